// Pairs of records that share a key of the rules, for the weigher: added to the candidates that
// blocking has found.
#ifndef DEDUPE_EXACT_PAIRS_H
#define DEDUPE_EXACT_PAIRS_H

#include "blocking.h"
#include "store.h"

// Adds the pairs that candidates does not have. A key of more than BLOCK_OWN_MAX records gives
// the pairs of those that are near one another in profile_order. skip[kind]: keys that need not be
// looked at. The chunks' keys are freed on the way. Holds 16 bytes a key. False with err when a
// store that has spilled cannot be read.
bool exact_pairs_add(struct store *store, const bool skip[], const struct profile profiles[],
                     struct candidates *candidates, struct err *err);

#endif
