// What is wrong with a record that should be canonical: the slow, exact walk that follows when the
// block scanner has seen trouble. Only for reader.c.
#ifndef CSV_STRICT_H
#define CSV_STRICT_H

#include "core/base/err.h"
#include "core/base/str.h"

struct strict_place {
    const char *name; // of the input
    uint64_t line;    // where the first record begins
    uint32_t columns; // that a record must have; 0 = any number
};

// Walks the records of text and sets err (ERR_DATA, the line on which the record begins) for the
// first that is not canonical; false then. A last record without a line end is an unclosed quote
// when is_last, else it is looked at only for what cannot become right any more.
bool strict_check(str text, bool is_last, const struct strict_place *place, struct err *err);

#endif
