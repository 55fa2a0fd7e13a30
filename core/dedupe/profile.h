// A record as the matcher compares it (MATCHING.md, section 1): columns of named kinds made into
// one value a kind, with what is asked of it for every pair made once.
//
//     struct profile_column columns[] = {{FACT_FIRST_NAME, STR("Jürgen")}, {FACT_CITY,
//     STR("Ulm")}}; struct profile profile; profile_make(&rules, STR("17"), columns, 2, &arena,
//     &profile); const struct fact *city = profile_fact(&profile, FACT_CITY);     // NULL when
//     blank
//
// Values live in the arena, about 100 bytes a kind.
#ifndef DEDUPE_PROFILE_H
#define DEDUPE_PROFILE_H

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

// All of them outlive the profiles.
struct profile_rules {
    const struct email_providers *providers;
    const struct company_rules *companies;
    const struct nicknames *nicknames;
    const struct frequencies *frequencies;
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

struct fact {
    str text;                    // what values are equal and counted by
    struct name_letters letters; // what slips are counted in: the text, less its blanks
    // All words of a first name; those of a street or company, sorted; local part and domain.
    struct profile_word *words;
    str sorted;   // company: its sorted words, joined
    str numbers;  // street: its numbers in order
    str initials; // company: sorted, or the sorted letters of its only word
    share share;  // weigher_prepare: of those with this kind who have this value
    share other;  // names: of the same name in the other column
    share local;  // names: of those of the record's country
    uint32_t bits, local_bits;
    uint32_t holders;  // email, phone, website, street: distinct names it is on
    uint32_t nickname; // first name: its number
    uint16_t word_count;
    bool is_known; // names: in the shipped tables
    bool is_free;  // email: anybody may have an address there
    bool is_own;   // email: a name of the record is in its local part
};

struct profile {
    str id;
    uint64_t hash;          // of the id: an order that has nothing to do with the input's
    uint32_t source;        // records of one source, not 0, are never paired
    uint16_t has;           // bit 1 << kind
    uint8_t at[FACT_KINDS]; // 1 + where the kind is in facts; 0: blank
    uint8_t suffix;         // jr 1, sr 2, ii 3, iii 4, iv 5; 0 = none
    bool is_company;        // a company and nobody's name or address
    uint32_t namesakes;     // weigher_prepare: people of this first and last name
    struct fact *facts;
};

// Makes out. Columns of one kind are joined in their order. id is kept as a view.
void profile_make(const struct profile_rules *rules, str id, const struct profile_column columns[],
                  size_t count, struct arena *arena, struct profile *out);

static inline struct fact *profile_fact(const struct profile *profile, enum fact_kind kind)
{
    unsigned at = profile->at[kind];
    return at ? &profile->facts[at - 1] : NULL;
}

// The text of a kind, empty when it is blank.
static inline str profile_text(const struct profile *profile, enum fact_kind kind)
{
    const struct fact *fact = profile_fact(profile, kind);
    return fact ? fact->text : (str){0};
}

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
