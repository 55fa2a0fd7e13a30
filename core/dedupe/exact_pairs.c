#include "exact_pairs.h"

#include <stdlib.h>

#include "core/base/memory.h"

enum { NEAR = 8 }; // neighbours that a record of a large block is paired with

struct keyed {
    uint64_t hash;
    uint32_t record;
};

struct gathered {
    const struct profile *profiles;
    struct keyed *keys;
    size_t count, capacity;
    struct candidate *pairs;
    size_t pair_count, pair_capacity;
};

static void gather(struct gathered *gathered, const struct row_key keys[], size_t count,
                   uint32_t base, const bool skip[])
{
    gathered->keys = memory_grow(gathered->keys, &gathered->capacity, gathered->count + count,
                                 sizeof *gathered->keys);
    for (size_t i = 0; i < count; i++) {
        if (skip[keys[i].kind]) continue;
        gathered->keys[gathered->count++] = (struct keyed){keys[i].hash.low, base + keys[i].row};
    }
}

static bool gather_all(struct gathered *gathered, struct store *store, const bool skip[],
                       struct err *err)
{
    struct row_key *keys = NULL;
    size_t capacity = 0, count;
    bool has_spilled = store_has_spilled(store), ok = !has_spilled || store_spill_keys(store, err);
    for (size_t i = 0; i < store->count && ok; i++) {
        struct chunk *chunk = store->chunks[i];
        if (!has_spilled) {
            gather(gathered, chunk->keys, chunk->key_count, chunk->base, skip);
            store_free_keys(chunk);
            continue;
        }
        for (size_t p = 0; p < STORE_PARTITIONS && ok; p++) {
            ok = store_read_keys(store, chunk, p, &keys, &capacity, &count, err);
            if (ok) gather(gathered, keys, count, chunk->base, skip);
        }
    }
    memory_free(keys);
    return ok;
}

static void take_pair(struct gathered *gathered, uint32_t a, uint32_t b)
{
    const struct profile *x = &gathered->profiles[a], *y = &gathered->profiles[b];
    if (a == b || x->is_company != y->is_company || (x->source && x->source == y->source)) return;
    gathered->pairs = memory_grow(gathered->pairs, &gathered->pair_capacity,
                                  gathered->pair_count + 1, sizeof *gathered->pairs);
    gathered->pairs[gathered->pair_count++] = (struct candidate){a < b ? a : b, a < b ? b : a};
}

static int compare_keys(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static int compare_order(const void *a, const void *b, void *state)
{
    const struct keyed *x = a, *y = b;
    const struct profile *profiles = state;
    return profile_order(&profiles[x->record], &profiles[y->record]);
}

static void take_block(struct gathered *gathered, struct keyed block[], size_t count)
{
    size_t reach = count;
    if (count > BLOCK_OWN_MAX) {
        union {
            const struct profile *profiles;
            void *state;
        } passed = {gathered->profiles}; // qsort_r has no const
        qsort_r(block, count, sizeof *block, compare_order, passed.state);
        reach = NEAR;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count && j - i <= reach; j++) {
            take_pair(gathered, block[i].record, block[j].record);
        }
    }
}

static void take_blocks(struct gathered *gathered)
{
    for (size_t start = 0, end; start < gathered->count; start = end) {
        for (end = start + 1; end < gathered->count; end++) {
            if (gathered->keys[end].hash != gathered->keys[start].hash) break;
        }
        take_block(gathered, gathered->keys + start, end - start);
    }
}

static int compare_pairs(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

// Both rising: one rising list, each pair once.
static void merge(struct candidates *to, const struct candidate more[], size_t count)
{
    struct candidate *all = memory_alloc((to->count + count + 1) * sizeof *all);
    size_t i = 0, j = 0, n = 0;
    while (i < to->count || j < count) {
        int order = i == to->count ? 1 : j == count ? -1 : compare_pairs(&to->pairs[i], &more[j]);
        struct candidate next = order <= 0 ? to->pairs[i++] : more[j++];
        if (n == 0 || compare_pairs(&all[n - 1], &next) != 0) all[n++] = next;
    }
    to->capacity = to->count + count + 1;
    memory_free(to->pairs);
    to->pairs = all;
    to->count = n;
}

bool exact_pairs_add(struct store *store, const bool skip[], const struct profile profiles[],
                     struct candidates *candidates, struct err *err)
{
    struct gathered gathered = {.profiles = profiles};
    bool ok = gather_all(&gathered, store, skip, err);
    if (ok && gathered.count) {
        qsort(gathered.keys, gathered.count, sizeof *gathered.keys, compare_keys);
        take_blocks(&gathered);
    }
    memory_free(gathered.keys);
    if (ok && gathered.pair_count) {
        qsort(gathered.pairs, gathered.pair_count, sizeof *gathered.pairs, compare_pairs);
        merge(candidates, gathered.pairs, gathered.pair_count);
    }
    memory_free(gathered.pairs);
    return ok;
}
