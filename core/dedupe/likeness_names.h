// The level of two names, word by word: part of likeness_of.
#ifndef DEDUPE_LIKENESS_NAMES_H
#define DEDUPE_LIKENESS_NAMES_H

#include "likeness.h"

// What LIKE_CLOSE says of two words.
bool likeness_is_close(const struct likeness_rules *rules, const struct name_letters *a,
                       const struct name_letters *b);

// Values of one of the three kinds of names, neither blank.
enum likeness likeness_names(const struct likeness_rules *rules, enum likeness_kind kind,
                             const struct likeness_value *a, const struct likeness_value *b);

#endif
