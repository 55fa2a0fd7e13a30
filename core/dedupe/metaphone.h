// Double Metaphone (Lawrence Philips, C/C++ Users Journal, June 2000): how a name may sound to an
// English reader, once in the usual way and once as the language it may come from would have it.
//
//     struct metaphone code = metaphone_of(STR("schmidt"));    // "XMT" and "SMT"
//     if (metaphone_equal(code, other)) ...
//
// Codes are cut after eight sounds and kept in a machine word each. For ASCII letters in lower
// case; whatever else stands in the text is passed over, so that a text of another script has no
// code. Nothing is allocated.
#ifndef DEDUPE_METAPHONE_H
#define DEDUPE_METAPHONE_H

#include "core/base/str.h"

enum { METAPHONE_LETTERS = 8 };

// Letters of a code from the lowest byte on, 0 behind the last. Without a second way of saying it
// both are the same.
struct metaphone {
    uint64_t primary, alternate;
};

// 140 ns for a family name.
struct metaphone metaphone_of(str text);

// Whether one code of each is the same. What has no code is equal to nothing.
static inline bool metaphone_equal(struct metaphone a, struct metaphone b)
{
    return a.primary && b.primary &&
           (a.primary == b.primary || a.primary == b.alternate || a.alternate == b.primary ||
            a.alternate == b.alternate);
}

// Writes the letters of a code into out and returns how many.
size_t metaphone_letters(uint64_t code, char out[METAPHONE_LETTERS]);

#endif
