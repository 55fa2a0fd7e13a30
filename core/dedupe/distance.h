// How near two names are: the edit distance in letters, and the Jaro and Jaro-Winkler likeness in
// parts of a thousand.
//
//     struct name_letters a = name_letters_of(STR("karlsson")), b =
//     name_letters_of(STR("karlson")); if (distance_within(&a, &b, 2) <= 2) ... if
//     (distance_jaro_winkler(a.text, b.text) >= 880) ...
//
// Texts are folded (core/lead/fold.h); what is counted are letters, not bytes, of whatever script.
// Integers all through: the same answer on every machine. Nothing is allocated.
#ifndef DEDUPE_DISTANCE_H
#define DEDUPE_DISTANCE_H

#include "core/base/str.h"

// A text prepared for comparing.
struct name_letters {
    str text;       // a view
    uint64_t bits;  // which letters it has, once and twice
    uint32_t count; // of letters
    bool is_ascii;  // a byte a letter
};

// About 4 ns a letter.
struct name_letters name_letters_of(str text);

// The edit distance in letters (core/base/edit_distance.h), `limit` + 1 when it is larger than
// limit. Most pairs are told apart by their lengths and letters alone, in 8 ns; the others take
// 20 to 40.
int distance_within(const struct name_letters *a, const struct name_letters *b, int limit);

// Jaro's likeness, 0 to 1000, rounded to the nearest; Winkler's raises what is above 700 by a tenth
// of what is missing for each of the first four letters in common. Two empty texts are alike
// (1000), an empty one and another are not (0). Letters after the 64th do not count. About 65 ns.
int distance_jaro(str a, str b);
int distance_jaro_winkler(str a, str b);

// Whether distance_jaro_winkler is at least `least`. What the letters alone rule out costs 8 ns.
bool distance_is_close(const struct name_letters *a, const struct name_letters *b, int least);

#endif
