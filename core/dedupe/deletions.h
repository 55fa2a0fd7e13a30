// Keys under which words meet that differ by one slip of typing: a word with each of its letters
// left out (the symmetric deletions of SymSpell).
//
//     uint64_t hashes[DELETIONS_MAX];
//     size_t count = deletions_of(STR("meyer"), hashes);    // meyer, eyer, myer, meer, meyr, meye
//
// Two words one edit or one swap of neighbours apart share at least one hash; words that share one
// are up to two edits apart, so that each pair is to be verified. Texts are folded
// (core/lead/fold.h). Nothing is allocated.
#ifndef DEDUPE_DELETIONS_H
#define DEDUPE_DELETIONS_H

#include "core/base/str.h"

enum {
    DELETIONS_LETTERS_MIN = 4,  // shorter words are too many words' neighbours: themselves alone
    DELETIONS_LETTERS_MAX = 32, // longer ones too
    DELETIONS_MAX = DELETIONS_LETTERS_MAX + 1,
};

// The hashes of the word itself, first, and of what is left when one letter is taken out, each once
// (of "anna" there are two with "ana" in place of three). Returns how many; 0 for an empty word.
// About 12 ns a hash.
size_t deletions_of(str word, uint64_t hashes[DELETIONS_MAX]);

#endif
