#include "assemble.h"

#include <stdlib.h>

#include "core/base/memory.h"

// The mean of all pairs across two groups must be at least that; each counts within limits, so that
// one of them alone decides nothing.
enum {
    MEAN_LEAST = -6 * WEIGHT_BIT,
    CROSS_LEAST = -20 * WEIGHT_BIT,
    CROSS_MOST = 10 * WEIGHT_BIT,
};

void assembly_add(struct assembly *assembly, uint32_t a, uint32_t b, int32_t weight)
{
    assembly->edges = memory_grow(assembly->edges, &assembly->edge_capacity,
                                  assembly->edge_count + 1, sizeof *assembly->edges);
    assembly->edges[assembly->edge_count++] = (struct assembly_edge){weight, a, b, false};
}

void assembly_keep_apart(struct assembly *assembly, uint32_t a, uint32_t b)
{
    assembly->apart = memory_grow(assembly->apart, &assembly->apart_capacity,
                                  assembly->apart_count + 2, sizeof *assembly->apart);
    assembly->apart[assembly->apart_count++] = (struct assembly_apart){b, 0};
    assembly->apart[assembly->apart_count++] = (struct assembly_apart){a, 0};
}

// The heaviest first; equal ones by the smaller id, then by the larger.
static int compare_edges(const void *a, const void *b, void *state)
{
    const struct assembly_edge *x = a, *y = b;
    const struct profile *profiles = state;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    int order = str_compare(profiles[x->a].id, profiles[y->a].id);
    return order ? order : str_compare(profiles[x->b].id, profiles[y->b].id);
}

static void sort_edges(struct assembly *assembly, const struct profile profiles[])
{
    for (size_t i = 0; i < assembly->edge_count; i++) {
        struct assembly_edge *edge = &assembly->edges[i];
        if (str_compare(profiles[edge->a].id, profiles[edge->b].id) <= 0) continue;
        uint32_t other = edge->a;
        edge->a = edge->b;
        edge->b = other;
    }
    if (assembly->edge_count == 0) return;
    union {
        const struct profile *profiles;
        void *state;
    } passed = {profiles}; // qsort_r has no const
    qsort_r(assembly->edges, assembly->edge_count, sizeof *assembly->edges, compare_edges,
            passed.state);
}

uint32_t assembly_cluster(const struct assembly *assembly, uint32_t record)
{
    while (assembly->parents[record] != record) record = assembly->parents[record];
    return record;
}

// The same, and what was passed on the way points further up.
static uint32_t find(struct assembly *assembly, uint32_t record)
{
    uint32_t *parents = assembly->parents;
    for (; parents[record] != record; record = parents[record]) {
        parents[record] = parents[parents[record]];
    }
    return record;
}

static bool contradict(const struct weigher *weigher, const struct profile profiles[],
                       const struct assembly_group *a, const struct assembly_group *b)
{
    if (a->count + b->count == 2) return false;
    int64_t sum = 0;
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            struct weighed weighed;
            weigher_weigh(weigher, &profiles[a->members[i]], &profiles[b->members[j]], &weighed);
            if (weighed.refusals & REFUSED_SUFFIX) return true;
            int32_t weight = weighed.total > CROSS_MOST    ? CROSS_MOST
                             : weighed.total < CROSS_LEAST ? CROSS_LEAST
                                                           : weighed.total;
            sum += weight;
        }
    }
    return sum < (int64_t)MEAN_LEAST * a->count * b->count;
}

static struct assembly_group merged(const struct profile profiles[], const struct assembly_group *a,
                                    const struct assembly_group *b)
{
    struct assembly_group group = {.count = 0};
    size_t i = 0, j = 0;
    while (group.count < ASSEMBLY_MEMBERS && (i < a->count || j < b->count)) {
        bool is_a = j == b->count || (i < a->count && profile_order(&profiles[a->members[i]],
                                                                    &profiles[b->members[j]]) < 0);
        group.members[group.count++] = is_a ? a->members[i++] : b->members[j++];
    }
    return group;
}

// Puts the list of one group behind that of another; 0 = empty.
static void link_apart(struct assembly *assembly, uint32_t to, uint32_t head, uint32_t tail)
{
    uint32_t *heads = assembly->apart_heads, *tails = assembly->apart_tails;
    if (!head) return;
    if (heads[to])
        assembly->apart[tails[to] - 1].next = head;
    else
        heads[to] = head;
    tails[to] = tail;
}

static void begin_apart(struct assembly *assembly, uint32_t count)
{
    if (assembly->apart_count == 0) return;
    assembly->apart_heads = memory_zeroed(count, sizeof *assembly->apart_heads);
    assembly->apart_tails = memory_zeroed(count, sizeof *assembly->apart_tails);
    for (uint32_t node = 0; node < assembly->apart_count; node++) {
        uint32_t record = assembly->apart[node ^ 1].other;
        link_apart(assembly, record, node + 1, node + 1);
    }
}

static bool must_stay_apart(struct assembly *assembly, uint32_t a, uint32_t b)
{
    if (!assembly->apart_heads || !assembly->apart_heads[b]) return false;
    for (uint32_t node = assembly->apart_heads[a]; node; node = assembly->apart[node - 1].next) {
        if (find(assembly, assembly->apart[node - 1].other) == b) return true;
    }
    return false;
}

void assembly_make(struct assembly *assembly, const struct weigher *weigher,
                   const struct profile profiles[], uint32_t count)
{
    assembly->count = count;
    assembly->parents = memory_alloc((count + 1) * sizeof *assembly->parents);
    assembly->groups = memory_alloc((count + 1) * sizeof *assembly->groups);
    for (uint32_t i = 0; i < count; i++) {
        assembly->parents[i] = i;
        assembly->groups[i] = (struct assembly_group){{i}, 1};
    }
    begin_apart(assembly, count);
    sort_edges(assembly, profiles);
    for (size_t i = 0; i < assembly->edge_count; i++) {
        struct assembly_edge *edge = &assembly->edges[i];
        uint32_t a = find(assembly, edge->a), b = find(assembly, edge->b);
        if (a == b) continue;
        const struct assembly_group *x = &assembly->groups[a], *y = &assembly->groups[b];
        bool is_asked = edge->weight < ASSEMBLY_ALWAYS_LEAST;
        edge->is_refused =
            must_stay_apart(assembly, a, b) || (is_asked && contradict(weigher, profiles, x, y));
        if (edge->is_refused) continue;
        uint32_t root = a < b ? a : b;
        assembly->groups[root] = merged(profiles, x, y);
        uint32_t under = a < b ? b : a;
        assembly->parents[under] = root;
        if (!assembly->apart_heads) continue;
        link_apart(assembly, root, assembly->apart_heads[under], assembly->apart_tails[under]);
    }
}

void assembly_release(struct assembly *assembly)
{
    memory_free(assembly->apart);
    memory_free(assembly->apart_heads);
    memory_free(assembly->apart_tails);
    memory_free(assembly->edges);
    memory_free(assembly->parents);
    memory_free(assembly->groups);
    *assembly = (struct assembly){0};
}
