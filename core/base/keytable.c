#include "keytable.h"

#include "memory.h"

enum { CAPACITY_MIN = 64, LOAD_OF_8 = 6 };

static bool is_free(hash128 key) { return (key.low | key.high) == 0; }

static hash128 occupied(hash128 key)
{
    if (is_free(key)) key.low = 1;
    return key;
}

static size_t probe(const struct key_table *table, hash128 key)
{
    size_t slot = key.low >> table->shift;
    while (!is_free(table->keys[slot]) && !hash128_equal(table->keys[slot], key)) {
        slot = (slot + 1) & (table->capacity - 1);
    }
    return slot;
}

static void make_values(struct key_table *table)
{
    if (!table->values) table->values = memory_map(table->capacity * sizeof *table->values);
}

static bool has_room(size_t capacity, size_t count) { return capacity / 8 * LOAD_OF_8 >= count; }

// Makes an empty table anew, with room for count keys.
static void make(struct key_table *table, size_t count)
{
    key_table_release(table);
    table->capacity = CAPACITY_MIN;
    while (!has_room(table->capacity, count)) table->capacity *= 2;
    table->shift = 64 - (unsigned)__builtin_ctzll(table->capacity);
    table->keys = memory_map(table->capacity * sizeof *table->keys);
}

// A key that has to wait until all others have moved.
struct waiting {
    hash128 key;
    uint32_t value;
};

static void put_in_slot(struct key_table *table, size_t slot, hash128 key, uint32_t value)
{
    table->keys[slot] = key;
    if (table->values) table->values[slot] = value;
}

// Moves the key in slot `from` to its slot in the doubled table, which is behind it. False when it
// is not, or when the end of the table is in the way.
static bool move_up(struct key_table *table, size_t from)
{
    hash128 key = table->keys[from];
    uint32_t value = table->values ? table->values[from] : 0;
    size_t slot = key.low >> table->shift;
    if (slot <= from) return slot == from;
    while (slot < table->capacity && !is_free(table->keys[slot])) slot++;
    if (slot == table->capacity) return false;
    put_in_slot(table, slot, key, value);
    put_in_slot(table, from, (hash128){0, 0}, 0);
    return true;
}

// From the last slot to the first each key moves to about twice its place: past every key that has
// not moved yet. The few that would not, at the start, and those that would run over the end, wait.
static void grow(struct key_table *table)
{
    size_t before = table->capacity, waiting_count = 0, waiting_capacity = 0;
    struct waiting *waiting = NULL;
    table->capacity *= 2;
    table->shift--;
    table->keys = memory_remap(table->keys, before * sizeof *table->keys,
                               table->capacity * sizeof *table->keys);
    if (table->values) {
        table->values = memory_remap(table->values, before * sizeof *table->values,
                                     table->capacity * sizeof *table->values);
    }
    for (size_t slot = before; slot-- > 0;) {
        if (is_free(table->keys[slot]) || move_up(table, slot)) continue;
        waiting = memory_grow(waiting, &waiting_capacity, waiting_count + 1, sizeof *waiting);
        waiting[waiting_count++] =
            (struct waiting){table->keys[slot], table->values ? table->values[slot] : 0};
        put_in_slot(table, slot, (hash128){0, 0}, 0);
    }
    for (size_t i = 0; i < waiting_count; i++) {
        put_in_slot(table, probe(table, waiting[i].key), waiting[i].key, waiting[i].value);
    }
    memory_free(waiting);
}

void key_table_reserve(struct key_table *table, size_t count)
{
    if (table->capacity && has_room(table->capacity, count)) return;
    if (table->count == 0) make(table, count);
    while (!has_room(table->capacity, count)) grow(table);
}

size_t key_table_bytes(const struct key_table *table, size_t count)
{
    size_t capacity = table->capacity;
    if (capacity == 0 && count) capacity = CAPACITY_MIN;
    while (!has_room(capacity, count)) capacity *= 2;
    return capacity * sizeof *table->keys;
}

// The key's slot, where it is put when it is new.
static size_t place(struct key_table *table, hash128 key, bool *is_new)
{
    key_table_reserve(table, table->count + 1);
    key = occupied(key);
    size_t slot = probe(table, key);
    *is_new = is_free(table->keys[slot]);
    if (*is_new) {
        table->keys[slot] = key;
        table->count++;
    }
    return slot;
}

uint32_t *key_table_put(struct key_table *table, hash128 key, bool *is_new)
{
    size_t slot = place(table, key, is_new);
    make_values(table);
    if (*is_new) table->values[slot] = 0;
    return &table->values[slot];
}

bool key_table_add(struct key_table *table, hash128 key)
{
    bool is_new;
    (void)place(table, key, &is_new);
    return is_new;
}

const uint32_t *key_table_find(const struct key_table *table, hash128 key)
{
    if (table->count == 0) return NULL;
    size_t slot = probe(table, occupied(key));
    return is_free(table->keys[slot]) ? NULL : &table->values[slot];
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
