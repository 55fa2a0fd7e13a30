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

static void grow(struct map *map)
{
    struct map old = *map;
    map->capacity = old.capacity ? old.capacity * 2 : 16;
    map->slots = memory_zeroed(map->capacity, sizeof *map->slots);
    for (size_t i = 0; i < old.capacity; i++) {
        struct map_slot *from = &old.slots[i];
        if (from->key) *probe(map, (str){from->key, from->len}, from->hash) = *from;
    }
    memory_free(old.slots);
}

static struct map_slot *place(struct map *map, str key, bool *is_new)
{
    if (map->count * 2 >= map->capacity) grow(map);
    uint64_t hash = hash_64(key);
    struct map_slot *slot = probe(map, key, hash);
    *is_new = !slot->key;
    if (*is_new) {
        *slot = (struct map_slot){key.data ? key.data : "", (uint32_t)key.len, 0, hash};
        map->count++;
    }
    return slot;
}

bool map_put(struct map *map, str key, uint32_t value)
{
    bool is_new;
    place(map, key, &is_new)->value = value;
    return is_new;
}

uint32_t *map_slot_of(struct map *map, str key)
{
    bool is_new;
    return &place(map, key, &is_new)->value;
}

bool map_find(const struct map *map, str key, uint32_t *value)
{
    if (map->count == 0) return false;
    const struct map_slot *slot = probe(map, key, hash_64(key));
    if (!slot->key) return false;
    if (value) *value = slot->value;
    return true;
}

void map_release(struct map *map)
{
    memory_free(map->slots);
    *map = (struct map){0};
}
