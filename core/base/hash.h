// Hashing: XXH3 (https://xxhash.com), the only place that knows it. 64 bits address tables, whose
// hits are then confirmed on bytes; 128 bits are keys and ids on their own. Never for privacy.
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "str.h"

typedef struct {
    uint64_t low, high;
} hash128;

// 11 ns for 20 to 40 bytes.
uint64_t hash_64(str s);
uint64_t hash_64_seed(str s, uint64_t seed);

// 12-14 ns for 20 to 40 bytes.
hash128 hash_128(str s);

static inline bool hash128_equal(hash128 a, hash128 b)
{
    return a.low == b.low && a.high == b.high;
}

// Streaming, for files: the digest of what hash_stream_add was given, in order. Keeps about
// 600 bytes; release with hash_stream_free.
struct hash_stream;
struct hash_stream *hash_stream_new(void);
void hash_stream_add(struct hash_stream *stream, str bytes);
hash128 hash_stream_digest(const struct hash_stream *stream);
void hash_stream_free(struct hash_stream *stream);

// 32 lower-case hex digits, most significant first, into out; no NUL.
void hash_hex(hash128 hash, char out[32]);

#endif
