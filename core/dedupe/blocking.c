#include "blocking.h"

#include <stdlib.h>

#include "core/base/memory.h"

struct keyed {
    uint64_t hash;
    uint32_t record;
    uint32_t kind;
};

struct finder {
    const struct profile *profiles;
    struct keyed *keys, *room;
    size_t count, capacity, room_capacity;
    bool *is_twin; // [record]: another one stands for it
    size_t most;   // records of a block
    bool has_sources;
    struct candidates *out;
};

enum { RADIX_BITS = 11, RADIX = 1 << RADIX_BITS, DIGITS = 4 }; // the upper 44 bits

// What the upper bits have put beside each other, by all bits.
static void sort_rest(struct keyed keys[], size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct keyed key = keys[i];
        size_t at = i;
        for (; at && keys[at - 1].hash > key.hash; at--) keys[at] = keys[at - 1];
        keys[at] = key;
    }
}

// Sorts the keys by hash; equal ones stay in their order.
static void sort_keys(struct finder *finder)
{
    size_t count = finder->count;
    finder->room =
        memory_grow(finder->room, &finder->room_capacity, finder->capacity, sizeof *finder->room);
    for (int digit = 0; digit < DIGITS; digit++) {
        struct keyed *from = finder->keys, *to = finder->room;
        size_t starts[RADIX] = {0}, total = 0;
        int shift = 64 - RADIX_BITS * (DIGITS - digit);
        for (size_t i = 0; i < count; i++) starts[from[i].hash >> shift & (RADIX - 1)]++;
        for (int i = 0; i < RADIX; i++) {
            size_t here = starts[i];
            starts[i] = total;
            total += here;
        }
        for (size_t i = 0; i < count; i++) {
            to[starts[from[i].hash >> shift & (RADIX - 1)]++] = from[i];
        }
        finder->keys = to;
        finder->room = from;
        size_t capacity = finder->capacity;
        finder->capacity = finder->room_capacity;
        finder->room_capacity = capacity;
    }
    sort_rest(finder->keys, count);
}

static int compare_keys(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static bool same_names(const struct profile *a, const struct profile *b)
{
    for (enum fact_kind kind = FACT_FIRST_NAME; kind <= FACT_LAST_NAME; kind++) {
        const struct fact *x = profile_fact(a, kind), *y = profile_fact(b, kind);
        if (!x || !y || !fact_is_same(x, y)) return false;
    }
    return true;
}

// Whether a key that finds names that are only alike finds what the names themselves find, too.
static bool is_known_pair(uint32_t kind, const struct profile *a, const struct profile *b)
{
    switch ((enum block_key)kind) {
    case KEY_SOUNDS:
    case KEY_LAST_SLIP:
    case KEY_FIRST_SLIP: return same_names(a, b);
    default: return false;
    }
}

static void take_pair(struct finder *finder, uint32_t kind, uint32_t a, uint32_t b)
{
    const struct profile *x = &finder->profiles[a], *y = &finder->profiles[b];
    if (finder->has_sources && x->source && x->source == y->source) return;
    if (is_known_pair(kind, x, y)) return;
    struct candidates *out = finder->out;
    out->pairs = memory_grow(out->pairs, &out->capacity, out->count + 1, sizeof *out->pairs);
    out->pairs[out->count++] = (struct candidate){a < b ? a : b, a < b ? b : a};
}

// What a block is split by: what else a pair must have in common where a key says little.
enum split {
    SPLIT_NAME,
    SPLIT_EMPLOYER,
    SPLIT_DOMAIN,
    SPLIT_POSTAL,
    SPLIT_CITY,
    SPLIT_YEAR,
    SPLITS
};

static uint64_t domain_of(const struct profile *profile)
{
    const struct fact *email = profile_fact(profile, FACT_EMAIL);
    if (email && !email->is_free) return text_hash(email->words[1].letters.text);
    return fact_hash(profile_fact(profile, FACT_WEBSITE));
}

// Two letters of the last name or company, and the initial of the first.
static uint64_t letters_of(const struct profile *profile)
{
    str last = profile_text(profile, FACT_LAST_NAME);
    str first = profile_text(profile, FACT_FIRST_NAME);
    if (!last.len) last = profile_text(profile, FACT_COMPANY);
    uint64_t letters = 0;
    for (size_t i = 0; i < 2; i++) {
        letters = letters << 8 | (i < last.len ? (unsigned char)last.data[i] : 0);
    }
    return letters << 8 | (first.len ? (unsigned char)first.data[0] : 0);
}

// 0: the record has nothing of that kind, and leaves the block.
static uint64_t split_of(const struct profile *profile, enum split by)
{
    switch (by) {
    case SPLIT_NAME: return letters_of(profile);
    case SPLIT_EMPLOYER: return fact_part(profile_fact(profile, FACT_COMPANY));
    case SPLIT_DOMAIN: return domain_of(profile);
    case SPLIT_POSTAL: return fact_hash(profile_fact(profile, FACT_POSTAL_CODE));
    case SPLIT_CITY: return fact_hash(profile_fact(profile, FACT_CITY));
    case SPLIT_YEAR: return fact_part(profile_fact(profile, FACT_DATE));
    case SPLITS: break;
    }
    return 0;
}

static bool take_block(struct finder *finder, struct keyed block[], size_t count, enum split from);

// Returns how many parts were left out; all of the block is, where no record has what it is split
// by.
static size_t split_block(struct finder *finder, struct keyed block[], size_t count, enum split by)
{
    size_t parts = 0, left_out = 0;
    for (size_t i = 0; i < count; i++) {
        block[i].hash = split_of(&finder->profiles[block[i].record], by);
    }
    qsort(block, count, sizeof *block, compare_keys);
    for (size_t start = 0, end; start < count; start = end) {
        uint64_t hash = block[start].hash;
        for (end = start; end < count && block[end].hash == hash;) end++;
        if (!hash) continue;
        parts++;
        left_out += !take_block(finder, block + start, end - start, by + 1);
    }
    return parts ? left_out : count;
}

size_t block_records_max(uint32_t records)
{
    enum { MOST = BLOCK_OWN_MAX, LEAST = 3 };
    const uint64_t limit = 4100625000; // 45^4 * 1000: 45 in a table of 1,000, 8 of a million
    size_t most = LEAST;
    while (most < MOST && (most + 1) * (most + 1) * (most + 1) * (most + 1) * records <= limit)
        most++;
    return most;
}

// What is one person's or company's own may be shared by an office; of other facts so many records
// have the same that chance alone does it.
static size_t most_records(const struct finder *finder, uint32_t kind)
{
    switch ((enum block_key)kind) {
    case KEY_PHONE:
    case KEY_EMAIL:
    case KEY_ID: return BLOCK_OWN_MAX;
    default: return finder->most;
    }
}

// A block that is too large is split in each way that has not been tried on it. Whether one of them
// left nothing out.
static bool take_block(struct finder *finder, struct keyed block[], size_t count, enum split from)
{
    if (count > most_records(finder, block->kind)) {
        bool is_whole = false;
        for (enum split by = from; by < SPLITS; by++) {
            is_whole = split_block(finder, block, count, by) == 0 || is_whole;
        }
        return is_whole;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            take_pair(finder, block[i].kind, block[i].record, block[j].record);
        }
    }
    return true;
}

static bool are_same(const struct profile *a, const struct profile *b)
{
    if (a->has != b->has || a->suffix != b->suffix) return false;
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        if (a->has >> kind & 1 && !fact_is_same(profile_fact(a, kind), profile_fact(b, kind)))
            return false;
    }
    return true;
}

static uint64_t hash_of_facts(const struct profile *profile)
{
    uint64_t hash = (uint64_t)profile->has << 8 | profile->suffix;
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        hash = (hash + fact_hash(profile_fact(profile, kind))) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return hash;
}

// Records that are the same in all facts are paired with the first of them, which alone is paired
// with others: what is accepted of it is accepted of all of them.
static void take_twins(struct finder *finder, struct keyed block[], size_t count)
{
    size_t first = 0;
    for (size_t i = 1; i < count; i++) {
        const struct profile *least = &finder->profiles[block[first].record];
        if (profile_order(&finder->profiles[block[i].record], least) < 0) first = i;
    }
    const struct profile *profile = &finder->profiles[block[first].record];
    for (size_t i = 0; i < count; i++) {
        uint32_t record = block[i].record;
        if (i == first || !are_same(profile, &finder->profiles[record])) continue;
        take_pair(finder, BLOCK_KEYS, block[first].record, record);
        finder->is_twin[record] = true;
    }
}

static void add_key(struct finder *finder, uint64_t hash, uint32_t record, enum block_key kind)
{
    finder->keys =
        memory_grow(finder->keys, &finder->capacity, finder->count + 1, sizeof *finder->keys);
    finder->keys[finder->count++] = (struct keyed){hash, record, (uint32_t)kind};
}

static void gather(struct finder *finder, const struct nicknames *nicknames, uint32_t count,
                   enum block_family family)
{
    struct block_keys keys;
    for (uint32_t record = 0; record < count; record++) {
        if (finder->is_twin[record]) continue;
        block_keys_of(nicknames, &finder->profiles[record], family, &keys);
        for (size_t i = 0; i < keys.count; i++) {
            add_key(finder, keys.keys[i].hash, record, keys.keys[i].kind);
        }
    }
}

// A record has some keys twice (two words alike); they stand beside each other.
static void take_blocks(struct finder *finder, bool are_twins)
{
    if (finder->count == 0) return;
    sort_keys(finder);
    for (size_t start = 0, end; start < finder->count; start = end) {
        struct keyed *block = &finder->keys[start];
        uint64_t hash = block->hash;
        size_t kept = 0;
        for (end = start; end < finder->count && finder->keys[end].hash == hash; end++) {
            if (kept && block[kept - 1].record == finder->keys[end].record) continue;
            block[kept++] = finder->keys[end];
        }
        if (kept < 2) continue;
        uint32_t kind = block->kind;
        if (are_twins) {
            take_twins(finder, block, kept);
        } else if (!take_block(finder, block, kept, 0)) {
            finder->out->skipped[kind]++;
        }
    }
    finder->count = 0;
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
    struct finder finder = {.profiles = profiles, .out = out, .most = block_records_max(count)};
    finder.is_twin = memory_zeroed((size_t)count + 1, sizeof *finder.is_twin);
    for (uint32_t record = 0; record < count; record++) {
        if (profiles[record].source) finder.has_sources = true;
        if (profiles[record].source || !profiles[record].has) continue;
        add_key(&finder, hash_of_facts(&profiles[record]), record, 0);
    }
    take_blocks(&finder, true);
    for (enum block_family family = 0; family < BLOCK_FAMILIES; family++) {
        gather(&finder, nicknames, count, family);
        take_blocks(&finder, false);
    }
    memory_free(finder.keys);
    memory_free(finder.room);
    memory_free(finder.is_twin);
    sort_pairs(out, count);
}

void candidates_release(struct candidates *candidates)
{
    memory_free(candidates->pairs);
    *candidates = (struct candidates){0};
}
