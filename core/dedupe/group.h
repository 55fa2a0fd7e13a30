// Which records are one: union-find over records that share a key.
//
// The smallest record number is the root, so the result does not depend on the order in which keys
// are met. Keys are partitioned first (256 ways by hash), so that each partition's table stays in
// the cache: an insert then costs 10-15 ns instead of a cache miss.
#ifndef DEDUPE_GROUP_H
#define DEDUPE_GROUP_H

#include "store.h"

struct groups {
    uint32_t count;
    uint32_t *parent; // root of each record, after groups_make
    uint32_t *next;   // next member of the cluster in input order, 0 = last; a root begins its list
    uint32_t *kinds;  // [record] bit k of a root: members share a key of kind k
};

// Joins what shares a key. The chunks' keys are freed on the way; those of a store that has spilled
// are all in its file and read one partition after the other. False with err when that fails.
bool groups_make(struct groups *groups, struct store *store, uint32_t records, struct err *err);

static inline bool groups_is_root(const struct groups *groups, uint32_t record)
{
    return groups->parent[record] == record;
}

void groups_release(struct groups *groups);

#endif
