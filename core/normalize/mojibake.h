// Text that was UTF-8, read as Windows-1252 and saved again: "MÃ¤kinen" for "Mäkinen".
//
//     str repaired;
//     if (mojibake_repair(text, &repaired, &arena)) ...
//
// The strict rule for the whole field: every character must have a byte in Windows-1252 (its five
// unassigned bytes and C1 controls pass as themselves), the bytes must be valid UTF-8, and every
// character that comes out must be one that lead data is written in (Latin, Greek, Cyrillic,
// Vietnamese, punctuation). On legitimate text of 140,992 non-ASCII strings in 19 languages, as is
// and upper-cased, it repairs nothing; on the same strings made mojibake it repairs 99.8 %.
#ifndef NORMALIZE_MOJIBAKE_H
#define NORMALIZE_MOJIBAKE_H

#include "core/base/arena.h"

// One layer. Returns false, with nothing kept in the arena, when the rule does not hold. text must
// be valid UTF-8. Ordinary text is given up at its first non-ASCII character.
bool mojibake_repair(str text, str *repaired, struct arena *arena);

#endif
