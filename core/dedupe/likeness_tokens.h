// The level of two texts of words, as sets of hashes: part of likeness_of.
#ifndef DEDUPE_LIKENESS_TOKENS_H
#define DEDUPE_LIKENESS_TOKENS_H

#include "likeness.h"

// Values of a kind that is prepared as tokens, neither blank.
enum likeness likeness_tokens(const struct likeness_rules *rules, enum likeness_kind kind,
                              const struct likeness_value *a, const struct likeness_value *b);

#endif
