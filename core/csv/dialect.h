// How a foreign CSV file is written: its delimiter and habits, decided from the profile window.
#ifndef CSV_DIALECT_H
#define CSV_DIALECT_H

#include "core/base/arena.h"

struct dialect {
    char delimiter;        // , ; TAB |
    bool backslash_escape; // \" inside quotes is a quote (MySQL, some web tools)
    bool had_sep_line;     // a first line "sep=X" named the delimiter; skip it
    size_t body;           // offset of the first byte behind the sep= line
};

// Decides from decoded (UTF-8) text, the start of a file: the sep= line if there is one, else the
// delimiter whose number of fields is most consistent over the rows, honouring quotes; a file with
// no delimiter at all is one column of commas.
struct dialect dialect_guess(str window);

#endif
