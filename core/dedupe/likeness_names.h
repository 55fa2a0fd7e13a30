// The level of two names, word by word: part of likeness_of.
#ifndef DEDUPE_LIKENESS_NAMES_H
#define DEDUPE_LIKENESS_NAMES_H

#include "likeness.h"

// Values of one of the three kinds of names, neither blank.
enum likeness likeness_names(const struct likeness_rules *rules, enum likeness_kind kind,
                             const struct likeness_value *a, const struct likeness_value *b);

#endif
