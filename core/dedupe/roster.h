// The ids of all records and the cluster each is in, when somebody asks: --clusters, --evaluate.
//
//     struct roster roster = {0};
//     roster_take(&roster, &store, records);      // chunks have their ids
//     roster_name(&roster, &store, &groups, &err) // once the groups are final
//     roster.ids[record], roster_cluster(&roster, &groups, record)
//
// Holds 32 bytes a record and the ids.
#ifndef DEDUPE_ROSTER_H
#define DEDUPE_ROSTER_H

#include "group.h"

struct roster {
    str *ids;      // [record]; empty where it has none
    str *clusters; // [record] of roots: the cluster's id
    uint32_t count;
    struct arena arena; // of clusters whose records have no id
};

// The ids of a batch's records, copied into arena; column -1 = none. The caller's, by memory_free.
str *roster_ids(struct batch *batch, int column, struct arena *arena);

// Takes the chunks' ids.
void roster_take(struct roster *roster, struct store *store, uint32_t records);

// Names the clusters. False with err when a store that has spilled cannot be read.
bool roster_name(struct roster *roster, const struct store *store, const struct groups *groups,
                 struct err *err);

static inline str roster_cluster(const struct roster *roster, const struct groups *groups,
                                 uint32_t record)
{
    return roster->clusters[groups->parent[record]];
}

void roster_release(struct roster *roster);

// The id of a cluster whose records have none: a digest of the smallest of their texts. In arena.
str cluster_digest(str line, struct arena *arena);

#endif
