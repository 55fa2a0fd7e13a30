// How common a name, a word or any other value is: the shipped tables, blended with the counts of
// the input. What two records have in common weighs as much as it is rare.
//
//     struct frequencies frequencies = {0};
//     frequencies_load(&frequencies, &book, &err);
//     share p = frequency_share(&frequencies, FREQUENCY_SURNAME, STR("virtanen"), STR("FI"));
//     unsigned weight = frequency_bits(frequency_blend(p, 12, 5000));    // in 1/1024 bit
//
// All of it is integer arithmetic: the same on every machine.
#ifndef DEDUPE_FREQUENCY_H
#define DEDUPE_FREQUENCY_H

#include "core/base/map.h"
#include "core/rules/list.h"

// A share of all records, in 2^-48: SHARE_ONE is all of them, 0 none.
typedef uint64_t share;

#define SHARE_ONE ((share)1 << 48)

enum frequency_kind { FREQUENCY_SURNAME, FREQUENCY_GIVEN, FREQUENCY_COMPANY_WORD, FREQUENCY_KINDS };

enum {
    FREQUENCY_BIT = 1024, // of frequency_bits
    // In an input of that many records its own counts weigh as much as the tables.
    FREQUENCY_PRIOR_RECORDS = 1000,
    // A pair that agrees is in the count itself: what is left tells of other people.
    FREQUENCY_PAIR = 2,
};

struct frequency_table {
    struct table table;
    struct map rows; // name -> row of the table
    int share, countries;
};

struct frequencies {
    struct frequency_table tables[FREQUENCY_KINDS];
    struct arena arena; // names that had to be folded
};

// Reads dedupe/surnames.tsv, given_names.tsv and company_tokens.tsv, which a user's rules folder
// may replace or add to (NAME.local; the last row of a name counts). The rulebook must outlive
// them. About 4 ms, and memory of about 3 MiB. Call frequencies_release after a failure too.
bool frequencies_load(struct frequencies *frequencies, struct rulebook *book, struct err *err);

// Share of the people of a country (ISO alpha-2) who have this name, or of its companies whose name
// has this word. folded: as fold_text makes it, blanks do not count. An unknown country, or one
// that does not list the name, has the mean share over all countries. A name that is in no table
// has the share of a rare one, never 0. About 25 ns.
share frequency_share(const struct frequencies *frequencies, enum frequency_kind kind, str folded,
                      str country);

// Whether the name or word is in the table.
bool frequency_is_known(const struct frequencies *frequencies, enum frequency_kind kind,
                        str folded);

// The share of a value that `count` of `total` records have, seen by a pair that agrees in it, when
// `prior` is expected. Never 0. count > total is taken as total.
share frequency_blend(share prior, uint32_t count, uint64_t total);

// -log2 of a share in 1/1024 bit, rounded up; a share of 0 has 48 bits.
unsigned frequency_bits(share s);

void frequencies_release(struct frequencies *frequencies);

#endif
