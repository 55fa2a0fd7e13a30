// One spelling for comparing text: what differs only in case, accents, punctuation or blanks is
// the same.
//
//     str key = fold_text(STR("L'Oréal & Søn A/S"), FOLD_AND, &arena);    // "loreal and son a s"
//
// Letters become lower case without marks (ä -> a, ø -> o, æ -> ae, ß -> ss, þ -> th, ł -> l: the
// map is applied before any decomposition, so that å is known as a letter), apostrophes vanish,
// every other sign is a blank, and blanks are single and never at an end. Scripts other than Latin,
// Greek and Cyrillic keep their marks. ASCII costs 1 to 2 ns a byte and allocates nothing but the
// answer.
#ifndef LEAD_FOLD_H
#define LEAD_FOLD_H

#include "core/base/arena.h"

enum fold_flag {
    FOLD_AND = 1,       // & and + are the word "and"
    FOLD_JOIN_DOTS = 2, // full stops vanish ("S.p.A." is "spa"); otherwise they are blanks
};

// The folded text: `text` itself when it is folded already, else in arena. text must be valid
// UTF-8. Idempotent.
str fold_text(str text, unsigned flags, struct arena *arena);

// Cuts a folded text at its blanks: at most `max` views, and how many there are of them.
size_t fold_words(str folded, str words[], size_t max);

#endif
