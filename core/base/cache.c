#include "cache.h"

#include "memory.h"

void cache_init(struct cache *cache, size_t slots, size_t value_bytes)
{
    size_t capacity = 16;
    while (capacity < slots) capacity *= 2;
    *cache = (struct cache){.capacity = capacity, .value_bytes = value_bytes};
    cache->keys = memory_zeroed(capacity, sizeof *cache->keys);
    cache->values = memory_zeroed(capacity, value_bytes);
}

void cache_release(struct cache *cache)
{
    memory_free(cache->keys);
    memory_free(cache->values);
    arena_release(&cache->arena);
    *cache = (struct cache){0};
}

void *cache_find(struct cache *cache, str text, uint64_t salt, bool *known)
{
    hash128 key = hash_128(text);
    key.low ^= salt * 0x9E3779B97F4A7C15u;
    key.high |= 1; // never the all-zero key of a free slot
    size_t slot = key.low & (cache->capacity - 1);
    char *value = cache->values + slot * cache->value_bytes;
    *known = hash128_equal(cache->keys[slot], key);
    if (*known) {
        cache->hits++;
        return value;
    }
    cache->misses++;
    cache->keys[slot] = key;
    memset(value, 0, cache->value_bytes);
    return value;
}

void cache_trim(struct cache *cache, size_t bytes_max)
{
    if (cache->arena.bytes <= bytes_max) return;
    arena_release(&cache->arena);
    memset(cache->keys, 0, cache->capacity * sizeof *cache->keys);
}
