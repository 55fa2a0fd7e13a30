// Decisions of people where keys join: what is the same is joined as well, and a cluster that holds
// two records decided to be different is taken apart and put together once more without letting
// them meet: records that share the most keys first.
#ifndef DEDUPE_KEY_DECISIONS_H
#define DEDUPE_KEY_DECISIONS_H

#include "decisions.h"
#include "group.h"
#include "merge.h"

struct key_deciding {
    const struct decisions *decisions;
    const struct store *store;
    const struct key_plan *keys;
    const struct merge_plan *merge;
    const str *ids; // [record]
};

// Changes groups made by groups_make. False with err when a record cannot be read back.
bool groups_decide(struct groups *groups, const struct key_deciding *deciding, struct err *err);

#endif
