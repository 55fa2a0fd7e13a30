// How likely two records are one: the Fellegi-Sunter weight of what they agree and differ in, in
// 1/1024 bit, and what is refused whatever the weight (MATCHING.md, sections 3, 5, 6 and 7).
//
//     struct weigher weigher;
//     weigher_init(&weigher, &frequencies, &nicknames);
//     for (uint32_t i = 0; i < count; i++) weigher_count(&weigher, &profiles[i]);
//     weigher_settle(&weigher, profiles, count);
//     weigher_weigh(&weigher, &profiles[a], &profiles[b], &weighed);
//     if (weighed.verdict == VERDICT_MERGE) ...
//
// Once settled, the weight of a pair depends on its two records and these statistics alone, in
// integers, so that every machine and every order of the input gives the same. weigher_weigh
// allocates nothing, may be called by any number of threads and takes 1 to 2.5 us, most of it
// waiting for values in large tables: profile_prefetch asks for them some pairs ahead.
#ifndef DEDUPE_WEIGH_H
#define DEDUPE_WEIGH_H

#include "levels.h"
#include "value_counts.h"

enum {
    WEIGHT_BIT = FREQUENCY_BIT,
    // A pair of at least that weight is one record, or for a person to look at, unless the rules
    // say otherwise.
    WEIGHT_MERGE = 3 * WEIGHT_BIT,
    WEIGHT_REVIEW = 0,
    HOLDERS_MAX = 5, // names on one number, people of one name, before they count
};

enum verdict { VERDICT_NO, VERDICT_REVIEW, VERDICT_MERGE };

enum refusal {
    REFUSED_SUFFIX = 1,      // a junior and a senior: never
    REFUSED_ONE_FACT = 2,    // nothing but one thing agrees
    REFUSED_OTHER_SITE = 4,  // companies: another address
    REFUSED_FAMILY = 8,      // another first or last name
    REFUSED_TWO_PEOPLE = 16, // both: not even for review
    REFUSED_CONFLICT = 32,   // two ways to reach them differ
};

struct weighed_part {
    int32_t weight;
    uint8_t level; // levels.h
};

struct weighed {
    int32_t total; // prior, and all parts as they count together
    uint16_t has;  // bit 1 << kind: parts that both records have
    uint8_t refusals;
    enum verdict verdict;
    struct weighed_part parts[FACT_KINDS];
    int32_t block;  // what street, place and the like count together
    int32_t capped; // taken off an address that is made of the names
};

struct weigher {
    const struct frequencies *frequencies;
    const struct nicknames *nicknames;
    struct value_counts values[FACT_KINDS], holders[FACT_KINDS], words, domains;
    struct value_counts local[2];         // first and last names by country
    struct value_counts names, namesakes; // whole names, and how many people have them
    struct key_table held;                // values with the names that hold them
    uint64_t records;
    int32_t prior;
    unsigned group_count;                    // of kinds that the table has
    share near[FACT_KINDS][LEVELS];          // of chance pairs
    int32_t m_bits[2][FACT_KINDS][LEVELS];   // -log2 of m: persons, companies
    int32_t differ[2][FACT_KINDS];           // weight
    int32_t merge_least[2], review_least[2]; // persons, companies; may be set after weigher_init
};

void weigher_init(struct weigher *weigher, const struct frequencies *frequencies,
                  const struct nicknames *nicknames);
void weigher_release(struct weigher *weigher);

// Counts a record's values.
void weigher_count(struct weigher *weigher, const struct profile *profile);

// Gives every profile the shares of its values, and takes what chance agrees in from a sample of
// 20,000 pairs, chosen by the ids. Costs a pass over the
// records and the sample.
void weigher_settle(struct weigher *weigher, struct profile profiles[], uint32_t count);

// The same from statistics that were read: nothing has been counted, nothing is sampled.
void weigher_settle_frozen(struct weigher *weigher, struct profile profiles[], uint32_t count);

// What weigher_settle does for one record; for records that were not counted.
void weigher_prepare(const struct weigher *weigher, struct profile *profile);

void weigher_weigh(const struct weigher *weigher, const struct profile *a, const struct profile *b,
                   struct weighed *out);

#endif
