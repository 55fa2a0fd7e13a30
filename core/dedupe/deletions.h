// Keys under which words meet that differ by one slip of typing or by order: a word with each of
// its letters left out (the symmetric deletions of SymSpell), the words of a text sorted, and two
// names whichever comes first.
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
    TOKENS_MAX = 32,
};

// The hashes of the word itself, first, and of what is left when one letter is taken out, each once
// (of "anna" there are two with "ana" in place of three). Returns how many; 0 for an empty word.
// About 12 ns a hash.
size_t deletions_of(str word, uint64_t hashes[DELETIONS_MAX]);

// The words of a folded text in bytewise order, one blank between them, in out, which has room for
// text.len bytes. Words after the 32nd are left out. text itself when it is sorted already.
str tokens_sorted(str text, char *out);

// Two names as one text, the lesser one first, so that given and family name may have changed
// places; empty when one of them is. out has room for both and a byte.
str names_sorted(str one, str other, char *out);

#endif
