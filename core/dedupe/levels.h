// How near two records' values of one kind are (MATCHING.md, section 4): the levels that weights
// are given for. Slips are counted by distance.h.
//
//     int level = level_of(&nicknames, FACT_CITY, a, b);     // 0 equal, 1 alike, LEVEL_DIFFERS
//
// Nothing is allocated; 5 to 150 ns. Companies and addresses are not symmetric: pass the records
// in profile_order.
#ifndef DEDUPE_LEVELS_H
#define DEDUPE_LEVELS_H

#include "profile.h"

enum { LEVEL_EQUAL, LEVEL_NEAR, LEVEL_LESS, LEVEL_EXCHANGED, LEVEL_LEAST, LEVEL_DIFFERS, LEVELS };

// Of two texts: 2 = one slip, or two when both have 10 letters; 1 = two slips, or much the same
// letters; 0 = unlike. Equal texts of three letters and more: 2.
int text_likeness(const struct name_letters *a, const struct name_letters *b);

// Both records have the kind. Companies' words have their bits (weigher_prepare).
int level_of(const struct nicknames *nicknames, enum fact_kind kind, const struct profile *a,
             const struct profile *b);

// Whether two first names may be one person's: nicknames, or a given name that both have.
bool first_names_meet(const struct nicknames *nicknames, const struct fact *a,
                      const struct fact *b);

#endif
