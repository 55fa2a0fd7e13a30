// A pair's weight as text, for people: the prior, what each fact adds, what was refused, the total.
//
//     explain_pair(&weigher, a, b, &text);
#ifndef DEDUPE_EXPLAIN_H
#define DEDUPE_EXPLAIN_H

#include "core/base/buffer.h"
#include "weigh.h"

// Appends lines, each begun with two blanks. Both profiles have their shares (weigher_settle).
void explain_pair(const struct weigher *weigher, const struct profile *a, const struct profile *b,
                  struct buffer *out);

#endif
