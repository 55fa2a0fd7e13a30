#include "group.h"

#include "core/base/keytable.h"

enum { PARTITION_BITS = 8, PARTITIONS = 1 << PARTITION_BITS, PREFETCH_AHEAD = 12 };

static uint32_t find(uint32_t *parent, uint32_t record)
{
    while (parent[record] != record) {
        parent[record] = parent[parent[record]];
        record = parent[record];
    }
    return record;
}

static void join(struct groups *groups, uint32_t a, uint32_t b)
{
    a = find(groups->parent, a);
    b = find(groups->parent, b);
    if (a < b)
        groups->parent[b] = a;
    else
        groups->parent[a] = b;
}

// The upper half addresses the partition, the lower half the slot, so that they are independent.
static size_t partition_of(hash128 hash) { return hash.high >> (64 - PARTITION_BITS); }

// All keys, partition by partition, in the order of their records within each; row numbers are
// record numbers from here on. starts[p] is where partition p begins.
static struct stored_key *partition(struct store *store, size_t starts[PARTITIONS + 1])
{
    size_t at[PARTITIONS] = {0}, total = 0;
    for (size_t i = 0; i < store->count; i++) {
        const struct chunk *chunk = store->chunks[i];
        for (size_t k = 0; k < chunk->key_count; k++) at[partition_of(chunk->keys[k].hash)]++;
    }
    for (size_t p = 0; p < PARTITIONS; p++) {
        size_t count = at[p];
        starts[p] = at[p] = total;
        total += count;
    }
    starts[PARTITIONS] = total;
    struct stored_key *keys = memory_map((total + 1) * sizeof *keys);
    for (size_t i = 0; i < store->count; i++) {
        struct chunk *chunk = store->chunks[i];
        for (size_t k = 0; k < chunk->key_count; k++) {
            struct stored_key key = chunk->keys[k];
            key.row += chunk->base;
            keys[at[partition_of(key.hash)]++] = key;
        }
        memory_free(chunk->keys);
        chunk->keys = NULL;
        chunk->key_count = 0;
    }
    return keys;
}

static void join_partition(struct groups *groups, struct key_table *table,
                           const struct stored_key *keys, size_t count)
{
    key_table_clear(table);
    key_table_reserve(table, count);
    for (size_t i = 0; i < count; i++) {
        bool is_new;
        if (i + PREFETCH_AHEAD < count) key_table_prefetch(table, keys[i + PREFETCH_AHEAD].hash);
        uint32_t *first = key_table_put(table, keys[i].hash, &is_new);
        if (is_new) {
            *first = keys[i].row;
        } else if (*first != keys[i].row) {
            groups->kinds[keys[i].row] |= 1u << keys[i].kind;
            join(groups, *first, keys[i].row);
        }
    }
}

// Points every record to its root and chains the members. From the last record to the first, so
// that each is put in front of those behind it; a root is always before its members.
static void chain_members(struct groups *groups)
{
    for (uint32_t record = groups->count; record-- > 0;) {
        uint32_t root = find(groups->parent, record);
        groups->parent[record] = root;
        if (root == record) continue;
        groups->next[record] = groups->next[root];
        groups->next[root] = record;
        groups->kinds[root] |= groups->kinds[record];
    }
}

void groups_make(struct groups *groups, struct store *store, uint32_t records)
{
    groups->count = records;
    groups->parent = memory_alloc((size_t)records * sizeof *groups->parent);
    groups->next = memory_zeroed(records, sizeof *groups->next);
    groups->kinds = memory_zeroed(records, sizeof *groups->kinds);
    for (uint32_t i = 0; i < records; i++) groups->parent[i] = i;

    size_t starts[PARTITIONS + 1];
    struct stored_key *keys = partition(store, starts);
    struct key_table table = {0};
    for (size_t p = 0; p < PARTITIONS; p++) {
        join_partition(groups, &table, keys + starts[p], starts[p + 1] - starts[p]);
    }
    key_table_release(&table);
    memory_unmap(keys, (starts[PARTITIONS] + 1) * sizeof *keys);
    chain_members(groups);
}

void groups_release(struct groups *groups)
{
    memory_free(groups->parent);
    memory_free(groups->next);
    memory_free(groups->kinds);
    *groups = (struct groups){0};
}
