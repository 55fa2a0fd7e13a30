// Which code page the lines are written in that are not UTF-8: by the letters of languages.
#ifndef CSV_CODEPAGE_GUESS_H
#define CSV_CODEPAGE_GUESS_H

#include "core/base/str.h"
#include "decode.h"

// Reads the lines of text (ended by line_end) that are not UTF-8, up to 65,536 bytes above 7F
// beside letters, and returns the code page that makes words of one language of them. Windows-1252
// unless another is clearly better: at least two bytes that are no letters of the best language
// there, and a quarter of them at most left over. 1 GB/s for the lines that are UTF-8, 50 MB/s for
// others.
enum encoding codepage_guess(str text, char line_end);

// The table of a single-byte encoding; NULL for the Unicode ones.
const uint16_t *codepage_of(enum encoding encoding);

#endif
