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

// Weights of pairs that are joined unasked, the heaviest first: records of one id, what people have
// decided, and anything from the least of them on.
enum {
    ASSEMBLY_ALWAYS = INT32_MAX,
    ASSEMBLY_DECIDED = INT32_MAX - 1,
    ASSEMBLY_ALWAYS_LEAST = INT32_MAX - 1000,
};

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

// Two records that must not come together: each is a node in the list of its group.
struct assembly_apart {
    uint32_t other; // record
    uint32_t next;  // node + 1
};

struct assembly {
    struct assembly_apart *apart; // two nodes a pair
    size_t apart_count, apart_capacity;
    uint32_t *apart_heads, *apart_tails; // [record] of roots: node + 1; NULL when there are none
    struct assembly_edge *edges;
    size_t edge_count, edge_capacity;
    uint32_t *parents;
    struct assembly_group *groups; // [record] of roots
    uint32_t count;
};

void assembly_add(struct assembly *assembly, uint32_t a, uint32_t b, int32_t weight);

// Keeps two records apart, whatever joins them, directly or through others.
void assembly_keep_apart(struct assembly *assembly, uint32_t a, uint32_t b);

// Joins; edges are sorted, and those that were refused are marked: they are for review.
void assembly_make(struct assembly *assembly, const struct weigher *weigher,
                   const struct profile profiles[], uint32_t count);

uint32_t assembly_cluster(const struct assembly *assembly, uint32_t record);

void assembly_release(struct assembly *assembly);

#endif
