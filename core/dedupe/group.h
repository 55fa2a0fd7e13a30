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
    int32_t *weights; // [record] of a root: of its weakest link; NULL: keys join, not weights
};

// Joins what shares a key. The chunks' keys are freed on the way; those of a store that has spilled
// are all in its file and read one partition after the other. False with err when that fails.
bool groups_make(struct groups *groups, struct store *store, uint32_t records, struct err *err);

// The same by hand: every record by itself, then joins, then the members' lists. groups_join takes
// roots and returns the new one.
void groups_begin(struct groups *groups, uint32_t records);
uint32_t groups_root(struct groups *groups, uint32_t record);
uint32_t groups_join(struct groups *groups, uint32_t a, uint32_t b);
void groups_chain(struct groups *groups);

static inline bool groups_is_root(const struct groups *groups, uint32_t record)
{
    return groups->parent[record] == record;
}

void groups_release(struct groups *groups);

#endif
