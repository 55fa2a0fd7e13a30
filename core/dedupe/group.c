#include "group.h"

#include "core/base/keytable.h"

enum { PARTITIONS = STORE_PARTITIONS, PREFETCH_AHEAD = 12 };

uint32_t groups_root(struct groups *groups, uint32_t record)
{
    uint32_t *parent = groups->parent;
    while (parent[record] != record) {
        parent[record] = parent[parent[record]];
        record = parent[record];
    }
    return record;
}

uint32_t groups_join(struct groups *groups, uint32_t a, uint32_t b)
{
    uint32_t root = a < b ? a : b;
    groups->parent[a < b ? b : a] = root;
    return root;
}

// All keys, partition by partition, in the order of their records within each; row numbers are
// record numbers from here on. starts[p] is where partition p begins.
static struct row_key *partition(struct store *store, size_t starts[PARTITIONS + 1])
{
    size_t at[PARTITIONS] = {0}, total = 0;
    for (size_t i = 0; i < store->count; i++) {
        const struct chunk *chunk = store->chunks[i];
        for (size_t k = 0; k < chunk->key_count; k++) at[store_partition_of(chunk->keys[k].hash)]++;
    }
    for (size_t p = 0; p < PARTITIONS; p++) {
        size_t count = at[p];
        starts[p] = at[p] = total;
        total += count;
    }
    starts[PARTITIONS] = total;
    struct row_key *keys = memory_map((total + 1) * sizeof *keys);
    for (size_t i = 0; i < store->count; i++) {
        struct chunk *chunk = store->chunks[i];
        for (size_t k = 0; k < chunk->key_count; k++) {
            struct row_key key = chunk->keys[k];
            key.row += chunk->base;
            keys[at[store_partition_of(key.hash)]++] = key;
        }
        store_free_keys(chunk);
    }
    return keys;
}

// Joins records whose key is in the table; base is added to the row numbers.
static void join_keys(struct groups *groups, struct key_table *table, const struct row_key *keys,
                      size_t count, uint32_t base)
{
    for (size_t i = 0; i < count; i++) {
        bool is_new;
        if (i + PREFETCH_AHEAD < count) key_table_prefetch(table, keys[i + PREFETCH_AHEAD].hash);
        uint32_t *first = key_table_put(table, keys[i].hash, &is_new);
        uint32_t record = base + keys[i].row;
        if (is_new) {
            *first = record;
        } else if (*first != record) {
            groups->kinds[record] |= 1u << keys[i].kind;
            groups_join(groups, groups_root(groups, *first), groups_root(groups, record));
        }
    }
}

static void join_in_memory(struct groups *groups, struct key_table *table, struct store *store)
{
    size_t starts[PARTITIONS + 1];
    struct row_key *keys = partition(store, starts);
    for (size_t p = 0; p < PARTITIONS; p++) {
        size_t count = starts[p + 1] - starts[p];
        key_table_clear(table);
        key_table_reserve(table, count);
        join_keys(groups, table, keys + starts[p], count, 0);
    }
    memory_unmap(keys, (starts[PARTITIONS] + 1) * sizeof *keys);
}

static bool join_from_file(struct groups *groups, struct key_table *table, struct store *store,
                           struct err *err)
{
    struct row_key *keys = NULL;
    size_t capacity = 0, count;
    bool ok = store_spill_keys(store, err);
    for (size_t p = 0; p < PARTITIONS && ok; p++) {
        key_table_clear(table);
        for (size_t i = 0; i < store->count && ok; i++) {
            const struct chunk *chunk = store->chunks[i];
            ok = store_read_keys(store, chunk, p, &keys, &capacity, &count, err);
            if (ok) join_keys(groups, table, keys, count, chunk->base);
        }
    }
    memory_free(keys);
    return ok;
}

// Points every record to its root and chains the members. From the last record to the first, so
// that each is put in front of those behind it; a root is always before its members.
void groups_chain(struct groups *groups)
{
    for (uint32_t record = groups->count; record-- > 0;) {
        uint32_t root = groups_root(groups, record);
        groups->parent[record] = root;
        if (root == record) continue;
        groups->next[record] = groups->next[root];
        groups->next[root] = record;
        groups->kinds[root] |= groups->kinds[record];
    }
}

void groups_begin(struct groups *groups, uint32_t records)
{
    *groups = (struct groups){.count = records};
    groups->parent = memory_alloc((size_t)records * sizeof *groups->parent);
    groups->next = memory_zeroed(records, sizeof *groups->next);
    groups->kinds = memory_zeroed(records, sizeof *groups->kinds);
    for (uint32_t i = 0; i < records; i++) groups->parent[i] = i;
}

bool groups_make(struct groups *groups, struct store *store, uint32_t records, struct err *err)
{
    groups_begin(groups, records);
    struct key_table table = {0};
    bool ok = true;
    if (store_has_spilled(store))
        ok = join_from_file(groups, &table, store, err);
    else
        join_in_memory(groups, &table, store);
    key_table_release(&table);
    if (ok) groups_chain(groups);
    return ok;
}

void groups_release(struct groups *groups)
{
    memory_free(groups->parent);
    memory_free(groups->next);
    memory_free(groups->kinds);
    memory_free(groups->weights);
    *groups = (struct groups){0};
}
