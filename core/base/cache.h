// A bounded memory of answers: the same value asked again costs about 15 ns instead of the work.
//
//     struct cache cache;
//     cache_init(&cache, 4096, sizeof(struct answer));
//     bool known;
//     struct answer *answer = cache_find(&cache, text, 0, &known);
//     if (!known) compute(text, answer, cache_arena(&cache));
//
// Titles, countries, companies and domains repeat in lead files; that is what makes this pay. One
// cache per worker, no locks. A slot is identified by the XXH3-128 of the text, so no bytes are
// compared. Forgetting is allowed at any time, so answers must depend on the text and salt alone.
#ifndef BASE_CACHE_H
#define BASE_CACHE_H

#include "arena.h"
#include "hash.h"

struct cache {
    char *slots; // a hash128 and the value behind it, side by side: one cache line, not two
    size_t capacity, value_bytes, slot_bytes;
    struct arena arena; // the text that answers point to
    uint64_t hits, misses;
};

// slots is rounded up to a power of two.
void cache_init(struct cache *cache, size_t slots, size_t value_bytes);
void cache_release(struct cache *cache);

// What tells a text from others. Callers that ask for many texts in a row make the keys of all,
// have the slots fetched, and then ask: a slot of a large cache is not in the processor's, and
// waiting for it was half of what an answer cost.
//
//     for (i ...) cache_fetch(&cache, keys[i] = cache_key(texts[i], 0));
//     for (i ...) answer = cache_find_key(&cache, keys[i], &known);
hash128 cache_key(str text, uint64_t salt);

static inline void cache_fetch(const struct cache *cache, hash128 key)
{
    __builtin_prefetch(cache->slots + (key.low & (cache->capacity - 1)) * cache->slot_bytes, 1);
}

void *cache_find_key(struct cache *cache, hash128 key, bool *known);

// The answer's place for this text: filled (*known true) or zeroed, for the caller to fill. Valid
// until the next cache_find. `salt` tells questions apart that share a cache, or contexts (the
// row's country) that change the answer.
void *cache_find(struct cache *cache, str text, uint64_t salt, bool *known);

// Where text belonging to answers is put. Such text lives until the next cache_trim: call that
// between batches, and copy what a batch keeps.
static inline struct arena *cache_arena(struct cache *cache) { return &cache->arena; }

// Forgets everything when answers hold more than bytes_max of text.
void cache_trim(struct cache *cache, size_t bytes_max);

#endif
