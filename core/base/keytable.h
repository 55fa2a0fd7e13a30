// A flat table of 128-bit keys, each with a 32-bit value: open addressing, linear probing, in huge
// pages. 16 bytes a slot and 4 for its value, load at most 3/4.
//
//     struct key_table table = {0};
//     key_table_prefetch(&table, key);                     // some keys ahead
//     uint32_t *value = key_table_put(&table, key, &is_new);
//
// Used as a set, by key_table_add alone, it makes no values. An insert costs 25 ns when prefetched
// a batch ahead, 65 when not (measured with 10 M keys). The 128 bits are the identity: no bytes are
// compared. For one thread; reading by many is fine.
//
// A key's slot is the upper bits of its lower half, so that the keys stand in order of their slots
// and doubling is one walk from the end to the start of the same memory, which only grows at its
// end: new pages, which cost more than the walk, are half as many as with a second table, and the
// table is never there twice.
#ifndef BASE_KEYTABLE_H
#define BASE_KEYTABLE_H

#include "hash.h"

struct key_table {
    hash128 *keys;    // both halves 0 = free
    uint32_t *values; // NULL until the first key_table_put
    size_t count, capacity;
    unsigned shift; // from the lower half of a key to its slot
};

// Room for `count` keys without growing.
void key_table_reserve(struct key_table *table, size_t count);

// Bytes of the keys once there was room for `count`; does nothing.
size_t key_table_bytes(const struct key_table *table, size_t count);

// The value of key; *is_new tells that it was not there (then the value is 0). Valid until the next
// put or add.
uint32_t *key_table_put(struct key_table *table, hash128 key, bool *is_new);

// Puts the key into a table that is a set. Returns whether it is new.
bool key_table_add(struct key_table *table, hash128 key);

// The value's place, or NULL. Not for sets.
const uint32_t *key_table_find(const struct key_table *table, hash128 key);

static inline void key_table_prefetch(const struct key_table *table, hash128 key)
{
    if (table->capacity) __builtin_prefetch(&table->keys[key.low >> table->shift], 1);
}

// key_table_add where key_table_reserve has made room: for many keys, at a third of the
// instructions.
static inline bool key_table_add_reserved(struct key_table *table, hash128 key)
{
    if ((key.low | key.high) == 0) key.low = 1;
    size_t slot = key.low >> table->shift;
    for (;; slot = (slot + 1) & (table->capacity - 1)) {
        hash128 held = table->keys[slot];
        if (hash128_equal(held, key)) return false;
        if ((held.low | held.high) == 0) break;
    }
    table->keys[slot] = key;
    table->count++;
    return true;
}

// Forgets every key, keeps the room.
void key_table_clear(struct key_table *table);
void key_table_release(struct key_table *table);

#endif
