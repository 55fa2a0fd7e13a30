// How many slips of typing lie between two words: the restricted Damerau-Levenshtein distance
// (optimal string alignment): insert, delete or replace a letter, or swap two neighbours; nothing
// is edited twice.
//
//     if (edit_distance(STR("meyer"), STR("meier"), 1) <= 1) ...
//
// What the words have in common at either end is stripped, and the rest goes through the
// bit-parallel recurrence of Hyyrö (2003), one machine word a column. Nothing is allocated.
#ifndef BASE_EDIT_DISTANCE_H
#define BASE_EDIT_DISTANCE_H

#include "str.h"

// Letters that may be left when the common ends are gone; what has more is never near.
enum { EDIT_LETTERS_MAX = 64 };

// The distance in bytes; `limit` + 1 when it is larger than limit, or when more than
// EDIT_LETTERS_MAX bytes of either word are left. 20 to 50 ns for names.
int edit_distance(str a, str b, int limit);

// Two texts as one byte a letter, so that what counts bytes counts letters: equal code points of
// either text have equal bytes.
struct letter_pair {
    str a, b;
    char bytes[2][EDIT_LETTERS_MAX];
};

// ASCII stays as it is, as views; of other texts (valid UTF-8) the first EDIT_LETTERS_MAX letters
// are numbered, and false tells that there were more.
bool letter_pair_make(struct letter_pair *pair, str a, str b);

#endif
