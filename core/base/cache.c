#include "cache.h"

#include "memory.h"

void cache_init(struct cache *cache, size_t slots, size_t value_bytes)
{
    size_t capacity = 16;
    while (capacity < slots) capacity *= 2;
    *cache = (struct cache){.capacity = capacity, .value_bytes = value_bytes};
    cache->slot_bytes = (sizeof(hash128) + value_bytes + 15) / 16 * 16;
    cache->slots = memory_zeroed(capacity, cache->slot_bytes);
}

void cache_release(struct cache *cache)
{
    memory_free(cache->slots);
    arena_release(&cache->arena);
    *cache = (struct cache){0};
}

hash128 cache_key(str text, uint64_t salt)
{
    hash128 key = hash_128(text);
    key.low ^= salt * 0x9E3779B97F4A7C15u;
    key.high |= 1; // never the all-zero key of a free slot
    return key;
}

void *cache_find(struct cache *cache, str text, uint64_t salt, bool *known)
{
    return cache_find_key(cache, cache_key(text, salt), known);
}

void *cache_find_key(struct cache *cache, hash128 key, bool *known)
{
    char *slot = cache->slots + (key.low & (cache->capacity - 1)) * cache->slot_bytes;
    char *value = slot + sizeof key;
    hash128 held;
    memcpy(&held, slot, sizeof held);
    *known = hash128_equal(held, key);
    if (*known) {
        cache->hits++;
        return value;
    }
    cache->misses++;
    memcpy(slot, &key, sizeof key);
    memset(value, 0, cache->value_bytes);
    return value;
}

void cache_trim(struct cache *cache, size_t bytes_max)
{
    if (cache->arena.bytes <= bytes_max) return;
    arena_release(&cache->arena);
    memset(cache->slots, 0, cache->capacity * cache->slot_bytes);
}
