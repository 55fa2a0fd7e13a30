#include "keytable.h"

#include "memory.h"

enum { CAPACITY_MIN = 64 };

static hash128 occupied(hash128 key)
{
    if ((key.low | key.high) == 0) key.low = 1;
    return key;
}

static size_t probe(const struct key_table *table, hash128 key)
{
    size_t mask = table->capacity - 1, slot = key.low & mask;
    while ((table->keys[slot].low | table->keys[slot].high) != 0 &&
           !hash128_equal(table->keys[slot], key)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

static void resize(struct key_table *table, size_t capacity)
{
    struct key_table old = *table;
    table->capacity = capacity;
    table->keys = memory_map(capacity * sizeof *table->keys);
    table->values = memory_map(capacity * sizeof *table->values);
    for (size_t i = 0; i < old.capacity; i++) {
        if ((old.keys[i].low | old.keys[i].high) == 0) continue;
        size_t slot = probe(table, old.keys[i]);
        table->keys[slot] = old.keys[i];
        table->values[slot] = old.values[i];
    }
    memory_unmap(old.keys, old.capacity * sizeof *old.keys);
    memory_unmap(old.values, old.capacity * sizeof *old.values);
}

void key_table_reserve(struct key_table *table, size_t count)
{
    size_t capacity = table->capacity ? table->capacity : CAPACITY_MIN;
    while (capacity < count * 2) capacity *= 2;
    if (capacity > table->capacity) resize(table, capacity);
}

uint32_t *key_table_put(struct key_table *table, hash128 key, bool *is_new)
{
    if ((table->count + 1) * 2 > table->capacity) key_table_reserve(table, table->count + 1);
    key = occupied(key);
    size_t slot = probe(table, key);
    *is_new = (table->keys[slot].low | table->keys[slot].high) == 0;
    if (*is_new) {
        table->keys[slot] = key;
        table->values[slot] = 0;
        table->count++;
    }
    return &table->values[slot];
}

const uint32_t *key_table_find(const struct key_table *table, hash128 key)
{
    if (table->count == 0) return NULL;
    size_t slot = probe(table, occupied(key));
    bool is_free = (table->keys[slot].low | table->keys[slot].high) == 0;
    return is_free ? NULL : &table->values[slot];
}

void key_table_clear(struct key_table *table)
{
    if (table->capacity) memset(table->keys, 0, table->capacity * sizeof *table->keys);
    table->count = 0;
}

void key_table_release(struct key_table *table)
{
    memory_unmap(table->keys, table->capacity * sizeof *table->keys);
    memory_unmap(table->values, table->capacity * sizeof *table->values);
    *table = (struct key_table){0};
}
