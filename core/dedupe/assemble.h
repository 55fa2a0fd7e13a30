// Accepted pairs made into clusters, with a look at the whole at every join (MATCHING.md, section
// 8): two groups that contradict each other stay apart, though one of their pairs agrees.
//
//     struct assembly assembly = {0};
//     assembly_add(&assembly, a, b, weighed.total);             // each accepted pair, in any order
//     assembly_make(&assembly, &weigher, profiles, count);
//     uint32_t first = assembly_cluster(&assembly, record);     // smallest record of its cluster
//     assembly_release(&assembly);
//
// The result does not depend on the order of records or pairs: pairs are taken by falling weight,
// then by ids. At most 16 pairs are weighed a join.
#ifndef DEDUPE_ASSEMBLE_H
#define DEDUPE_ASSEMBLE_H

#include "weigh.h"

enum { ASSEMBLY_MEMBERS = 4 };

struct assembly_edge {
    int32_t weight;
    uint32_t a, b;
    bool is_refused; // assembly_make: its groups contradict each other
};

// Who speaks for a group: its members with the smallest hashes of their ids.
struct assembly_group {
    uint32_t members[ASSEMBLY_MEMBERS];
    uint8_t count;
};

struct assembly {
    struct assembly_edge *edges;
    size_t edge_count, edge_capacity;
    uint32_t *parents;
    struct assembly_group *groups; // [record] of roots
    uint32_t count;
};

void assembly_add(struct assembly *assembly, uint32_t a, uint32_t b, int32_t weight);

// Joins; edges are sorted, and those that were refused are marked: they are for review.
void assembly_make(struct assembly *assembly, const struct weigher *weigher,
                   const struct profile profiles[], uint32_t count);

uint32_t assembly_cluster(const struct assembly *assembly, uint32_t record);

void assembly_release(struct assembly *assembly);

#endif
