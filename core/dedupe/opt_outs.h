// The opt-out lists: addresses, whole domains, numbers, and digests (MD5, SHA-1, SHA-256) of
// addresses and numbers. Each list has a name and says what its people do not want.
//
// Filled list by list, sealed, then asked by any number of threads.
#ifndef DEDUPE_OPT_OUTS_H
#define DEDUPE_OPT_OUTS_H

#include "core/base/digest.h"
#include "keys.h"
#include "suppress_set.h"

enum opt_out_meaning { NEVER_CONTACT, NO_EMAIL, NO_PHONE, OPT_OUT_MEANINGS };

struct opt_out_list {
    str name;
    enum opt_out_meaning meaning;
};

enum { OPT_OUTS_UNUSABLE_SHOWN = 3 };

struct opt_outs {
    struct suppress_set set;
    struct opt_out_list lists[SUPPRESS_LISTS_MAX];
    size_t list_count;
    const struct email_providers *providers;
    bool has_plain, has_domains, has_digests[DIGEST_KINDS];
    uint64_t entry_count, key_count;       // rows of lists; what of them can stop somebody
    uint64_t unusable_count;               // rows that stop nobody
    str unusable[OPT_OUTS_UNUSABLE_SHOWN]; // where the first of those are: "file:line"
    struct arena arena;
};

// providers and temp_dir must outlive it; bytes_max as in suppress_set_init.
void opt_outs_init(struct opt_outs *outs, const struct email_providers *providers,
                   uint64_t bytes_max, const char *temp_dir);
void opt_outs_release(struct opt_outs *outs);

// The list that further entries belong to. name is kept; at most SUPPRESS_LISTS_MAX lists.
void opt_outs_begin_list(struct opt_outs *outs, str name, enum opt_out_meaning meaning);

// Adds what a cell of a list says, in whatever form it stands: a digest, an address, a domain
// ("firm.fi", "@firm.fi", "https://www.firm.fi/"), a number with a plus. *is_entry: it was one of
// these, or the digest of nothing, which stands for an empty cell and is not added. arena is for
// the time being. False with err.
bool opt_outs_take_cell(struct opt_outs *outs, str text, struct arena *arena, bool *is_entry,
                        struct err *err);

bool opt_outs_take_key(struct opt_outs *outs, hash128 key, struct err *err);
bool opt_outs_take_digest(struct opt_outs *outs, enum digest_kind kind, hash128 bits,
                          struct err *err);
bool opt_outs_take_domain(struct opt_outs *outs, str domain, struct arena *arena, bool *is_entry,
                          struct err *err);

// Counts an entry that stops nobody, and remembers where the first are.
void opt_outs_note_unusable(struct opt_outs *outs, str file, uint64_t line);

bool opt_outs_seal(struct opt_outs *outs, struct err *err);

// The domain that the text names in one of the forms above, in lower case, as A-labels; empty when
// it names none. A view of text or in arena.
str opt_outs_domain(str text, struct arena *arena);

// ---- asking

// Where the columns are that lists are asked about.
struct opt_out_columns {
    int addresses[2], numbers[3], domain; // email, email_other; phone, mobile, phone_other
};

void opt_out_columns_find(struct opt_out_columns *at, const struct columns *columns);

struct opt_out_worker {
    struct arena arena;
    struct digester *digester;
    hash128 *keys;
    uint32_t *rows;
    size_t count, capacity, row_capacity;
};

void opt_out_worker_init(struct opt_out_worker *worker);
void opt_out_worker_release(struct opt_out_worker *worker);

// The lists that have the record, bit by bit, for all records of the batch: lists[row]. A record is
// asked for by each address and number, with its spellings (see opt_out_ask.c), and by the domains
// of its addresses and its company with those above them. 50 ns a record for plain lists, some
// 2 us for digests. False with err: the file cannot be read, or the digests not be made.
bool opt_outs_ask(const struct opt_outs *outs, const struct opt_out_columns *at,
                  struct opt_out_worker *worker, struct batch *batch, uint64_t lists[],
                  struct err *err);

#endif
