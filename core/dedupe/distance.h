// How near two names are: typing errors within a limit that grows with the length, and the Jaro and
// Jaro-Winkler likeness in parts of a thousand.
//
//     struct name_letters a = name_letters_of(STR("karlsson")), b =
//     name_letters_of(STR("karlson")); if (distance_is_typo(&TYPO_LIMITS, &a, &b)) ... if
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

// From how many letters on (of the shorter text) one, two and three slips are allowed; 0 = never.
struct typo_limits {
    uint8_t from[3];
};

// 1 from 4 letters, 2 from 7, 3 from 10; and the narrower one for short texts with nothing around
// them: 1 from 3, 2 from 9.
extern const struct typo_limits TYPO_LIMITS, TYPO_LIMITS_NARROW;

// About 4 ns a letter.
struct name_letters name_letters_of(str text);

// Slips allowed for a text of so many letters.
int typo_limit(const struct typo_limits *limits, uint32_t letters);

// The edit distance in letters (core/base/edit_distance.h), `limit` + 1 when it is larger than
// limit. Most pairs are told apart by their lengths and letters alone, in 8 ns; the others take
// 20 to 40.
int distance_within(const struct name_letters *a, const struct name_letters *b, int limit);

// Whether the texts differ by no more slips than the shorter one allows. Equal texts: true.
bool distance_is_typo(const struct typo_limits *limits, const struct name_letters *a,
                      const struct name_letters *b);

// Jaro's likeness, 0 to 1000, rounded to the nearest; Winkler's raises what is above 700 by a tenth
// of what is missing for each of the first four letters in common. Two empty texts are alike
// (1000), an empty one and another are not (0). Letters after the 64th do not count. About 65 ns.
int distance_jaro(str a, str b);
int distance_jaro_winkler(str a, str b);

// Whether distance_jaro_winkler is at least `least`. What the letters alone rule out costs 8 ns.
bool distance_is_close(const struct name_letters *a, const struct name_letters *b, int least);

// Whether the texts have the same letters in whatever order, from 4 letters on; from 6 on one more
// or less, or another. Letters that are there more than twice count twice. 4 ns.
bool distance_is_shuffled(const struct name_letters *a, const struct name_letters *b);

#endif
