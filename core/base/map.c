#include "map.h"

#include "hash.h"
#include "memory.h"

static struct map_slot *probe(const struct map *map, str key, uint64_t hash)
{
    size_t mask = map->capacity - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct map_slot *slot = &map->slots[i];
        if (!slot->key) return slot;
        if (slot->hash == hash && str_equal((str){slot->key, slot->len}, key)) return slot;
    }
}

// The slot takes the low bits of the hash, the filter high ones.
static size_t filter_bit(const struct map *map, uint64_t hash)
{
    return hash >> 32 & (map->capacity * 8 - 1);
}

static void filter_add(struct map *map, uint64_t hash)
{
    size_t bit = filter_bit(map, hash);
    map->filter[bit / 64] |= (uint64_t)1 << bit % 64;
}

static bool filter_has(const struct map *map, uint64_t hash)
{
    size_t bit = filter_bit(map, hash);
    return map->filter[bit / 64] >> bit % 64 & 1;
}

static void grow(struct map *map, size_t capacity)
{
    struct map old = *map;
    map->capacity = capacity;
    map->slots = memory_zeroed(map->capacity, sizeof *map->slots);
    map->filter = memory_zeroed(map->capacity / 8, sizeof *map->filter);
    for (size_t i = 0; i < old.capacity; i++) {
        struct map_slot *from = &old.slots[i];
        if (!from->key) continue;
        *probe(map, (str){from->key, from->len}, from->hash) = *from;
        filter_add(map, from->hash);
    }
    memory_free(old.slots);
    memory_free(old.filter);
}

void map_reserve(struct map *map, size_t count)
{
    size_t capacity = map->capacity ? map->capacity : 16;
    while (capacity * 2 < count * 3) capacity *= 2;
    if (capacity > map->capacity) grow(map, capacity);
}

static struct map_slot *place(struct map *map, str key, uint64_t hash, bool *is_new)
{
    if ((map->count + 1) * 3 > map->capacity * 2) map_reserve(map, map->count + 1);
    struct map_slot *slot = probe(map, key, hash);
    *is_new = !slot->key;
    if (*is_new) {
        *slot = (struct map_slot){key.data ? key.data : "", (uint32_t)key.len, 0, hash};
        filter_add(map, hash);
        map->count++;
    }
    return slot;
}

bool map_put(struct map *map, str key, uint32_t value)
{
    bool is_new;
    place(map, key, hash_64(key), &is_new)->value = value;
    return is_new;
}

uint32_t *map_slot_of(struct map *map, str key)
{
    bool is_new;
    return &place(map, key, hash_64(key), &is_new)->value;
}

uint32_t *map_slot_hashed(struct map *map, str key, uint64_t hash)
{
    bool is_new;
    return &place(map, key, hash, &is_new)->value;
}

uint64_t map_hash(str key) { return hash_64(key); }

bool map_find(const struct map *map, str key, uint32_t *value)
{
    return map->count != 0 && map_find_hashed(map, key, hash_64(key), value);
}

bool map_find_hashed(const struct map *map, str key, uint64_t hash, uint32_t *value)
{
    if (map->count == 0) return false;
    if (!filter_has(map, hash)) return false;
    const struct map_slot *slot = probe(map, key, hash);
    if (!slot->key) return false;
    if (value) *value = slot->value;
    return true;
}

void map_release(struct map *map)
{
    memory_free(map->slots);
    memory_free(map->filter);
    *map = (struct map){0};
}
