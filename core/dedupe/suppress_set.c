#include "suppress_set.h"

#include <stdlib.h>

#include "core/base/memory.h"

enum { BUCKET_ENTRIES = 8, PART_SHIFT = 56, LIST_BITS = 8, HELD_MIN = 4096 };

static size_t part_of(hash128 key) { return key.low >> PART_SHIFT; }

static size_t bucket_of(const struct suppress_part *part, hash128 key)
{
    return (size_t)(key.low << (64 - PART_SHIFT) >> part->shift);
}

// Of bits that choose neither the partition nor the bucket.
static uint16_t mark_of(hash128 key) { return (uint16_t)(key.high >> 48); }

static unsigned list_of(hash128 entry) { return entry.high & ((1u << LIST_BITS) - 1); }

static bool is_entry_of(hash128 entry, hash128 key)
{
    return entry.low == key.low && (entry.high ^ key.high) >> LIST_BITS == 0;
}

void suppress_set_init(struct suppress_set *set, uint64_t bytes_max, const char *temp_dir)
{
    *set = (struct suppress_set){.held_max = SIZE_MAX};
    if (bytes_max) set->held_max = bytes_max / sizeof(hash128);
    if (set->held_max < HELD_MIN) set->held_max = HELD_MIN;
    temp_file_init(&set->file, temp_dir);
    temp_file_init(&set->sorted, temp_dir);
}

void suppress_set_release(struct suppress_set *set)
{
    for (size_t i = 0; i < SUPPRESS_PARTITIONS; i++) {
        memory_free(set->parts[i].entries);
        memory_free(set->parts[i].starts);
        memory_free(set->parts[i].marks);
    }
    memory_free(set->runs);
    temp_file_release(&set->file);
    temp_file_release(&set->sorted);
}

static bool write_entries(struct temp_file *file, const hash128 entries[], size_t count,
                          uint64_t *at, struct err *err)
{
    str bytes = {(const char *)entries, count * sizeof *entries};
    return temp_file_take(file, bytes.len, at, err) && temp_file_write(file, bytes, *at, err);
}

// Writes out what is in memory, partition by partition.
static bool spill(struct suppress_set *set, struct err *err)
{
    for (size_t i = 0; i < SUPPRESS_PARTITIONS; i++) {
        struct suppress_part *part = &set->parts[i];
        if (part->count == 0) continue;
        struct suppress_run run = {.count = (uint32_t)part->count, .part = (uint8_t)i};
        if (!write_entries(&set->file, part->entries, part->count, &run.at, err)) return false;
        set->runs =
            memory_grow(set->runs, &set->run_capacity, set->run_count + 1, sizeof *set->runs);
        set->runs[set->run_count++] = run;
        part->count = 0;
    }
    set->held = 0;
    return true;
}

bool suppress_set_add(struct suppress_set *set, hash128 key, unsigned list, struct err *err)
{
    struct suppress_part *part = &set->parts[part_of(key)];
    if (part->count == part->capacity) {
        part->entries =
            memory_grow(part->entries, &part->capacity, part->count + 1, sizeof *part->entries);
    }
    key.high = key.high >> LIST_BITS << LIST_BITS | list;
    part->entries[part->count++] = key;
    set->count++;
    return ++set->held < set->held_max || spill(set, err);
}

// ---- sealing

static int compare(const void *a, const void *b)
{
    const hash128 *left = a, *right = b;
    if (left->low != right->low) return left->low < right->low ? -1 : 1;
    return (left->high > right->high) - (left->high < right->high);
}

// A bucket has some eight entries; only a list made for it has more.
static void sort_bucket(hash128 entries[], size_t count)
{
    enum { BY_INSERTION = 32 };
    if (count > BY_INSERTION) {
        qsort(entries, count, sizeof *entries, compare);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        hash128 entry = entries[i];
        size_t at = i;
        for (; at && compare(&entry, &entries[at - 1]) < 0; at--) entries[at] = entries[at - 1];
        entries[at] = entry;
    }
}

// Puts the entries into buckets, by counting, and those of each bucket in order, each once.
static void sort_part(struct suppress_part *part, hash128 *entries, hash128 *scratch)
{
    size_t count = part->count;
    unsigned bits = 0;
    while ((size_t)BUCKET_ENTRIES << bits < count) bits++;
    size_t buckets = (size_t)1 << bits;
    part->shift = bits ? 64 - bits : 63; // 63: a key's next bit, of which there is no bucket 1
    if (!bits) buckets = 2;
    uint32_t *starts = part->starts = memory_zeroed(buckets + 2, sizeof *starts);
    for (size_t i = 0; i < count; i++) starts[bucket_of(part, entries[i]) + 2]++;
    for (size_t i = 2; i < buckets + 2; i++) starts[i] += starts[i - 1];
    for (size_t i = 0; i < count; i++) {
        scratch[starts[bucket_of(part, entries[i]) + 1]++] = entries[i];
    }
    size_t kept = 0;
    for (size_t bucket = 0, from = 0; bucket < buckets; bucket++) {
        size_t end = starts[bucket + 1];
        starts[bucket] = (uint32_t)kept;
        sort_bucket(scratch + from, end - from);
        for (size_t i = from; i < end; i++) {
            if (i > from && compare(&scratch[i], &scratch[i - 1]) == 0) continue;
            entries[kept++] = scratch[i];
        }
        from = end;
    }
    starts[buckets] = (uint32_t)kept;
    part->count = kept;
}

// Reads the partition's runs into *entries, behind what is in memory.
static bool gather(struct suppress_set *set, size_t number, hash128 **entries, size_t *capacity,
                   struct err *err)
{
    struct suppress_part *part = &set->parts[number];
    size_t count = part->count;
    for (size_t i = 0; i < set->run_count; i++) {
        if (set->runs[i].part == number) count += set->runs[i].count;
    }
    *entries = memory_grow(*entries, capacity, count + 1, sizeof **entries);
    if (part->count) memcpy(*entries, part->entries, part->count * sizeof **entries);
    for (size_t i = 0; i < set->run_count; i++) {
        const struct suppress_run *run = &set->runs[i];
        if (run->part != number) continue;
        if (!temp_file_read(&set->file, *entries + part->count, run->count * sizeof **entries,
                            run->at, err)) {
            return false;
        }
        part->count += run->count;
    }
    memory_free(part->entries);
    part->entries = NULL;
    return true;
}

static bool seal_to_file(struct suppress_set *set, struct err *err)
{
    hash128 *entries = NULL, *scratch = NULL;
    size_t capacity = 0, scratch_capacity = 0;
    bool ok = spill(set, err);
    for (size_t i = 0; i < SUPPRESS_PARTITIONS && ok; i++) {
        struct suppress_part *part = &set->parts[i];
        ok = gather(set, i, &entries, &capacity, err);
        if (!ok || part->count == 0) continue;
        scratch = memory_grow(scratch, &scratch_capacity, part->count, sizeof *scratch);
        sort_part(part, entries, scratch);
        part->marks = memory_alloc(part->count * sizeof *part->marks);
        for (size_t k = 0; k < part->count; k++) part->marks[k] = mark_of(entries[k]);
        ok = write_entries(&set->sorted, entries, part->count, &part->at, err);
    }
    memory_free(entries);
    memory_free(scratch);
    temp_file_release(&set->file);
    temp_file_init(&set->file, set->sorted.dir);
    return ok;
}

static void seal_in_memory(struct suppress_set *set)
{
    hash128 *scratch = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < SUPPRESS_PARTITIONS; i++) {
        struct suppress_part *part = &set->parts[i];
        if (part->count == 0) continue;
        scratch = memory_grow(scratch, &capacity, part->count, sizeof *scratch);
        sort_part(part, part->entries, scratch);
    }
    memory_free(scratch);
}

bool suppress_set_seal(struct suppress_set *set, struct err *err)
{
    bool ok = true;
    if (suppress_set_has_spilled(set))
        ok = seal_to_file(set, err);
    else
        seal_in_memory(set);
    set->count = 0;
    for (size_t i = 0; i < SUPPRESS_PARTITIONS; i++) set->count += set->parts[i].count;
    return ok;
}

// ---- asking

static void find_in_file(const struct suppress_set *set, const struct suppress_part *part,
                         hash128 key, uint32_t entry, uint64_t *lists, struct err *err)
{
    hash128 found;
    uint64_t at = part->at + (uint64_t)entry * sizeof found;
    if (!temp_file_read(&set->sorted, &found, sizeof found, at, err)) return;
    if (is_entry_of(found, key)) *lists |= (uint64_t)1 << list_of(found);
}

bool suppress_set_find(const struct suppress_set *set, hash128 key, uint64_t *lists,
                       struct err *err)
{
    const struct suppress_part *part = &set->parts[part_of(key)];
    *lists = 0;
    if (!part->starts) return true;
    const uint32_t *starts = &part->starts[bucket_of(part, key)];
    for (uint32_t i = starts[0]; i < starts[1]; i++) {
        if (part->entries) {
            if (is_entry_of(part->entries[i], key)) {
                *lists |= (uint64_t)1 << list_of(part->entries[i]);
            }
        } else if (part->marks[i] == mark_of(key)) {
            find_in_file(set, part, key, i, lists, err);
            if (err->kind) return false;
        }
    }
    return true;
}

void suppress_set_fetch_start(const struct suppress_set *set, hash128 key)
{
    const struct suppress_part *part = &set->parts[part_of(key)];
    if (part->starts) __builtin_prefetch(&part->starts[bucket_of(part, key)]);
}

void suppress_set_fetch(const struct suppress_set *set, hash128 key)
{
    const struct suppress_part *part = &set->parts[part_of(key)];
    if (!part->starts) return;
    uint32_t start = part->starts[bucket_of(part, key)];
    if (part->entries)
        __builtin_prefetch(&part->entries[start]);
    else
        __builtin_prefetch(&part->marks[start]);
}
