#include "blocking.h"

#include <stdlib.h>

#include "core/base/hash.h"
#include "core/base/memory.h"

struct keyed {
    uint64_t hash;
    uint32_t record;
    uint32_t kind;
};

struct finder {
    const struct profile *profiles;
    struct keyed *keys;
    size_t count, capacity;
    struct candidates *out;
};

enum { RADIX = 256, DIGITS = 8 };

// Sorts by hash; equal ones stay in their order. room has space for as many. The result is in
// *keys, which may be the room.
static void sort_keys(struct keyed **keys, struct keyed **room, size_t count)
{
    for (int digit = 0; digit < DIGITS; digit++) {
        size_t starts[RADIX] = {0}, total = 0;
        int shift = 8 * digit;
        for (size_t i = 0; i < count; i++) starts[(*keys)[i].hash >> shift & (RADIX - 1)]++;
        if (starts[(*keys)[0].hash >> shift & (RADIX - 1)] == count) continue;
        for (int i = 0; i < RADIX; i++) {
            size_t here = starts[i];
            starts[i] = total;
            total += here;
        }
        for (size_t i = 0; i < count; i++) {
            (*room)[starts[(*keys)[i].hash >> shift & (RADIX - 1)]++] = (*keys)[i];
        }
        struct keyed *other = *keys;
        *keys = *room;
        *room = other;
    }
}

static int compare_keys(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static void take_pair(struct finder *finder, uint32_t a, uint32_t b)
{
    const struct profile *x = &finder->profiles[a], *y = &finder->profiles[b];
    if (x->is_company != y->is_company || (x->source && x->source == y->source)) return;
    struct candidates *out = finder->out;
    out->pairs = memory_grow(out->pairs, &out->capacity, out->count + 1, sizeof *out->pairs);
    out->pairs[out->count++] = (struct candidate){a < b ? a : b, a < b ? b : a};
}

// What a block is split by: the name; where that does not do, the year or the place. 0: nothing.
static uint64_t split_of(const struct profile *profile, int depth)
{
    if (depth == 0) {
        str last = profile_text(profile, FACT_LAST_NAME);
        if (!last.len) last = profile_text(profile, FACT_COMPANY);
        str first = profile_text(profile, FACT_FIRST_NAME);
        if (!last.len && !first.len) return 0;
        return hash_64_seed(str_first(last, 2), hash_64(str_first(first, 1))) | 1;
    }
    str part = str_first(profile_text(profile, FACT_DATE), 4);
    if (!part.len) part = profile_text(profile, FACT_POSTAL_CODE);
    if (!part.len) part = profile_text(profile, FACT_CITY);
    return part.len ? hash_64(part) | 1 : 0;
}

static void take_block(struct finder *finder, struct keyed block[], size_t count, int depth)
{
    enum { DEPTHS = 2 };
    if (count > BLOCK_RECORDS_MAX && depth == DEPTHS) {
        finder->out->skipped[block[0].kind]++;
        return;
    }
    if (count <= BLOCK_RECORDS_MAX) {
        for (size_t i = 0; i < count; i++) {
            for (size_t j = i + 1; j < count; j++) {
                take_pair(finder, block[i].record, block[j].record);
            }
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        block[i].hash = split_of(&finder->profiles[block[i].record], depth);
    }
    qsort(block, count, sizeof *block, compare_keys);
    for (size_t start = 0, end; start < count; start = end) {
        uint64_t hash = block[start].hash;
        for (end = start; end < count && block[end].hash == hash;) end++;
        if (hash) take_block(finder, block + start, end - start, depth + 1);
    }
}

static void gather(struct finder *finder, const struct nicknames *nicknames, uint32_t count)
{
    struct block_keys keys;
    for (uint32_t record = 0; record < count; record++) {
        block_keys_of(nicknames, &finder->profiles[record], &keys);
        finder->keys = memory_grow(finder->keys, &finder->capacity, finder->count + keys.count,
                                   sizeof *finder->keys);
        for (size_t i = 0; i < keys.count; i++) {
            finder->keys[finder->count++] =
                (struct keyed){keys.keys[i].hash, record, (uint32_t)keys.keys[i].kind};
        }
    }
}

// A record has some keys twice (two words alike); they stand beside each other.
static void take_blocks(struct finder *finder)
{
    for (size_t start = 0, end; start < finder->count; start = end) {
        struct keyed *block = &finder->keys[start];
        size_t kept = 0;
        for (end = start; end < finder->count && finder->keys[end].hash == block->hash; end++) {
            if (kept && block[kept - 1].record == finder->keys[end].record) continue;
            block[kept++] = finder->keys[end];
        }
        if (kept > 1) take_block(finder, block, kept, 0);
    }
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

// Sorts the pairs, and leaves each once: the second records of each first one put together, then
// sorted by themselves.
static void sort_pairs(struct candidates *out, uint32_t count)
{
    size_t *ends = memory_zeroed((size_t)count + 1, sizeof *ends), total = 0, kept = 0;
    uint32_t *seconds = memory_alloc((out->count + 1) * sizeof *seconds);
    for (size_t i = 0; i < out->count; i++) ends[out->pairs[i].a]++;
    for (uint32_t a = 0; a < count; a++) {
        size_t here = ends[a];
        ends[a] = total;
        total += here;
    }
    for (size_t i = 0; i < out->count; i++) seconds[ends[out->pairs[i].a]++] = out->pairs[i].b;
    for (uint32_t a = 0; a < count; a++) {
        size_t start = a ? ends[a - 1] : 0;
        if (ends[a] - start > 1) {
            qsort(seconds + start, ends[a] - start, sizeof *seconds, compare_numbers);
        }
        for (size_t i = start; i < ends[a]; i++) {
            if (i > start && seconds[i] == seconds[i - 1]) continue;
            out->pairs[kept++] = (struct candidate){a, seconds[i]};
        }
    }
    out->count = kept;
    memory_free(ends);
    memory_free(seconds);
}

void candidates_find(const struct nicknames *nicknames, const struct profile profiles[],
                     uint32_t count, struct candidates *out)
{
    struct finder finder = {.profiles = profiles, .out = out};
    gather(&finder, nicknames, count);
    if (finder.count) {
        struct keyed *room = memory_alloc(finder.count * sizeof *room);
        sort_keys(&finder.keys, &room, finder.count);
        memory_free(room);
        take_blocks(&finder);
    }
    memory_free(finder.keys);
    sort_pairs(out, count);
}

void candidates_release(struct candidates *candidates)
{
    memory_free(candidates->pairs);
    *candidates = (struct candidates){0};
}
