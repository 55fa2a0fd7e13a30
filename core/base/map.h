// A flat hash map from text to a 32-bit number: open addressing, linear probing, load at most 2/3.
//
//     struct map map = {0};
//     map_put(&map, STR("fi"), 358);
//     uint32_t code;
//     if (map_find(&map, STR("fi"), &code)) ...
//     map_release(&map);
//
// Keeps views: the bytes of the keys are the caller's and must outlive the map. A probe costs one
// XXH3 and usually one cache line; a hit is confirmed on bytes. Once filled, a map may be read by
// any number of threads.
//
// Most questions are answered "no" (a domain that is no free mail, a word that is no title): a bit
// for each key in a filter of 12 bits a key and more says so without touching the slots, which for
// large lists are not in the cache. That took a tenth off lead-normalize.
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "str.h"

struct map_slot {
    const char *key;
    uint32_t len;
    uint32_t value;
    uint64_t hash;
};

struct map {
    struct map_slot *slots; // key NULL = free
    uint64_t *filter;       // capacity x 8 bits; a clear bit: no key has this hash
    size_t count, capacity; // capacity is 0 or a power of two
};

// Makes room for `count` keys in all: filling a large map without that costs twice the time.
void map_reserve(struct map *map, size_t count);

// Puts value under key; overwrites. Returns true when the key is new.
bool map_put(struct map *map, str key, uint32_t value);

// The place of the value of key, for counting: 0 when the key is new (its bytes are kept as a view,
// as with map_put). Valid until the next put.
uint32_t *map_slot_of(struct map *map, str key);

// The same with a hash that is known: map_hash(key), or that of the slot of another map.
uint32_t *map_slot_hashed(struct map *map, str key, uint64_t hash);

// Returns whether key is there; then *value (may be NULL) is set.
bool map_find(const struct map *map, str key, uint32_t *value);

// For one key that is looked up in several maps: its hash is made once, which is half of the cost.
uint64_t map_hash(str key);
bool map_find_hashed(const struct map *map, str key, uint64_t hash, uint32_t *value);

void map_release(struct map *map);

#endif
