// A record as the matcher compares it (MATCHING.md, section 1): columns of named kinds made into
// one value a kind, with what is asked of it for every pair made once.
//
//     struct profile_column columns[] = {{FACT_FIRST_NAME, STR("Jürgen")}, {FACT_CITY,
//     STR("Ulm")}}; struct profile profile; profile_make(&rules, STR("17"), columns, 2, &arena,
//     &profile); const struct fact *city = profile_fact(&profile, FACT_CITY);     // NULL when
//     blank
//
// What a value is compared by is made once for all records that have it, when there is a table of
// values (below): a profile is then 130 bytes and 8 a kind, and each different value about 300. A
// table is for one thread at a time; profiles made with several are compared as well.
#ifndef DEDUPE_PROFILE_H
#define DEDUPE_PROFILE_H

#include "core/base/keytable.h"
#include "core/lead/company.h"
#include "core/lead/email.h"
#include "distance.h"
#include "frequency.h"
#include "nicknames.h"

enum fact_kind {
    FACT_FIRST_NAME,
    FACT_LAST_NAME,
    FACT_EMAIL,
    FACT_PHONE,
    FACT_DATE,
    FACT_ID,
    FACT_STREET,
    FACT_POSTAL_CODE,
    FACT_CITY,
    FACT_REGION,
    FACT_TEXT,
    FACT_COMPANY,
    FACT_WEBSITE,
    FACT_COUNTRY,
    FACT_KINDS,
    FACT_FULL_NAME = FACT_KINDS // of a column only: what has no name of its own gets it from there
};

enum { PROFILE_WORDS_MAX = 32 };

// Values that were seen, by their cells. Zeroes are an empty table.
struct profile_values {
    struct key_table table; // cell and kind: number of the fact
    struct fact **facts;    // NULL: the cell says nothing
    size_t count, capacity;
    struct arena arena;
};

void profile_values_release(struct profile_values *values);

// All of them outlive the profiles.
struct profile_rules {
    const struct email_providers *providers;
    const struct company_rules *companies;
    const struct nicknames *nicknames;
    const struct frequencies *frequencies;
    struct profile_values *values; // NULL: each profile has its own
};

struct profile_column {
    enum fact_kind kind;
    str value; // valid UTF-8, as typed or normalised
};

struct profile_word {
    struct name_letters letters;
    share share;   // weigher_prepare: of a company's word, an address's domain
    uint32_t bits; // -log2 of it
    bool is_number;
};

// What most comparisons ask for stands first, in the lines that profile_prefetch fetches.
struct fact {
    str text;                    // what values are equal and counted by
    struct name_letters letters; // what slips are counted in: the text, less its blanks
    share share;                 // weigher_prepare: of those with this kind who have this value
    uint32_t bits;
    uint32_t holders;  // email, phone, website, street: distinct names it is on
    uint32_t nickname; // first name: its number
    uint16_t word_count;
    bool is_known;  // names: in the shipped tables, or of many records
    bool is_free;   // email: anybody may have an address there
    uint8_t suffix; // names: jr 1, sr 2, ii 3, iii 4, iv 5; 0 = none
    bool is_prepared;
    // All words of a first name; those of a street or company, sorted; local part and domain.
    struct profile_word *words;
    share other;   // names: of the same name in the other column
    str sorted;    // company, street: its sorted words, joined; names, local part: see profile.c
    str numbers;   // street: its numbers in order
    str initials;  // company: sorted, or the sorted letters of its only word; names: see profile.c
    hash128 value; // of text; counts and keys go by it
    uint64_t part; // hash for keys: sound of a name, local part, end of a number, year, words
};

struct profile {
    str id;
    uint64_t hash;          // of the id: an order that has nothing to do with the input's
    uint32_t source;        // records of one source, not 0, are never paired
    uint16_t has;           // bit 1 << kind
    uint8_t at[FACT_KINDS]; // 1 + where the kind is in facts; 0: blank
    uint8_t suffix;         // of its names
    bool is_company;        // a company and nobody's name or address
    bool is_own;            // one of the names is in the local part of the address
    uint32_t namesakes;     // weigher_prepare: people of this first and last name
    uint32_t local_bits[2]; // of the names, among the people of the country
    share local[2];
    struct fact **facts;
};

// Makes out. Columns of one kind are joined in their order. id is kept as a view; values are, too,
// where there is no table of values.
void profile_make(const struct profile_rules *rules, str id, const struct profile_column columns[],
                  size_t count, struct arena *arena, struct profile *out);

static inline struct fact *profile_fact(const struct profile *profile, enum fact_kind kind)
{
    unsigned at = profile->at[kind];
    return at ? profile->facts[at - 1] : NULL;
}

// Fetches what comparing a profile will want, in three steps, each some pairs before the next: what
// one step fetches the next one reads.
static inline void profile_prefetch(const struct profile *profile, int step)
{
    enum { LINE = 64 };
    if (step == 0) {
        __builtin_prefetch(profile);
        __builtin_prefetch((const char *)profile + LINE);
    } else if (step == 1) {
        __builtin_prefetch(profile->facts);
        __builtin_prefetch((const char *)profile->facts + LINE);
    } else {
        int count = __builtin_popcount(profile->has);
        for (int i = 0; i < count; i++) {
            __builtin_prefetch(profile->facts[i]);
            __builtin_prefetch((const char *)profile->facts[i] + LINE);
        }
    }
}

// The text of a kind, empty when it is blank.
static inline str profile_text(const struct profile *profile, enum fact_kind kind)
{
    const struct fact *fact = profile_fact(profile, kind);
    return fact ? fact->text : (str){0};
}

static inline bool fact_is_same(const struct fact *a, const struct fact *b)
{
    return a == b || str_equal(a->text, b->text);
}

// The hash of a text by which keys and counts go.
static inline uint64_t text_hash(str text) { return text.len ? hash_128(text).low | 1 : 0; }

static inline uint64_t fact_hash(const struct fact *fact) { return fact ? fact->value.low | 1 : 0; }

static inline uint64_t fact_part(const struct fact *fact) { return fact ? fact->part : 0; }

// The one order in which two records are compared: below 0, 0 or above 0.
static inline int profile_order(const struct profile *a, const struct profile *b)
{
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return str_compare(a->id, b->id);
}

// Their words: "first_name". fact_kind_find returns -1 for what is none; it knows full_name.
const char *fact_kind_name(enum fact_kind kind);
int fact_kind_find(str word);

#endif
