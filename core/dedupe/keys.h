// The keys of a lead: what dedupe.rules calls a key, as 128 bits made of the XXH3-128 of its parts.
//
// A key whose part is blank, a placeholder or a shared mailbox is not made. Every part is read and
// digested once a record, however many keys use it, and all records of a batch together; companies
// repeat and are remembered.
#ifndef DEDUPE_KEYS_H
#define DEDUPE_KEYS_H

#include "core/base/cache.h"
#include "core/lead/batch.h"
#include "core/lead/company.h"
#include "core/lead/email.h"
#include "rules.h"

enum { KEY_PARTS_MAX = DEDUPE_KEYS_MAX * DEDUPE_PARTS_MAX, ROW_KEYS_MAX = 2 * DEDUPE_KEYS_MAX };

// Knowledge that keys need, loaded once and shared.
struct key_lists {
    const struct email_providers *providers;
    const struct company_rules *companies;
};

// Where a key's parts are in a stream of records.
struct key_plan {
    const struct dedupe_rules *rules;
    struct key_lists lists;
    struct {
        enum part_kind kind;
        int column, column_second; // second: mobile beside phone; -1 = none
    } parts[KEY_PARTS_MAX];
    size_t part_count;
    struct {
        uint8_t parts[DEDUPE_PARTS_MAX];
        uint8_t part_count;
        uint8_t mark;   // tells keys of equal parts apart
        bool is_usable; // every part has its column
    } keys[DEDUPE_KEYS_MAX];
    size_t key_count;
    bool is_single; // every key is one part
    int country_column;
};

// Keys of one thing, in whatever column or list it stands; their marks.
enum key_of { KEY_OF_DOMAIN = 0xFC, KEY_OF_NUMBER = 0xFD, KEY_OF_MAILBOX = 0xFE };

struct row_key {
    hash128 hash;
    uint32_t row;  // of the batch
    uint32_t kind; // number of the key in the rules
};

struct key_worker {
    struct arena arena;     // what is made of a batch
    struct cache companies; // digests of their keys
    str *mailboxes;         // of the column that was asked for last, or NULL
    int mailbox_column;
};

// The key of a mailbox (email_key_loose), a number (E.164) or a domain; zeroes for empty text. The
// first two are those of known_opt_out_rules.
hash128 key_of_text(enum key_of what, str text);

// Finds the columns. Keys that name a column the stream lacks are left out.
void key_plan_make(struct key_plan *plan, const struct dedupe_rules *rules,
                   const struct key_lists *lists, const struct columns *columns);

void key_worker_init(struct key_worker *worker);
void key_worker_release(struct key_worker *worker);

// The keys of all records of the batch: record by record, each record's in the order of the rules.
// keys has keys_room. Returns how many there are.
size_t keys_of_batch(const struct key_plan *plan, struct key_worker *worker, struct batch *batch,
                     struct row_key keys[]);
size_t keys_room(const struct key_plan *plan, uint32_t rows);

// The keys of one record, at most ROW_KEYS_MAX. For few: by the batch they cost half.
size_t keys_of_row(const struct key_plan *plan, struct key_worker *worker, struct batch *batch,
                   uint32_t row, struct row_key keys[ROW_KEYS_MAX]);

#endif
