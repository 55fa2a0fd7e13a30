#include "hash.h"

// The functions themselves, not calls of the library: most texts are a few bytes long.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "memory.h"

uint64_t hash_64(str s) { return XXH3_64bits(s.data, s.len); }

uint64_t hash_64_seed(str s, uint64_t seed) { return XXH3_64bits_withSeed(s.data, s.len, seed); }

hash128 hash_128(str s)
{
    XXH128_hash_t hash = XXH3_128bits(s.data, s.len);
    return (hash128){hash.low64, hash.high64};
}

struct hash_stream {
    XXH3_state_t *state;
};

struct hash_stream *hash_stream_new(void)
{
    struct hash_stream *stream = memory_alloc(sizeof *stream);
    stream->state = XXH3_createState();
    // xxHash allocates by itself, because the state must be aligned, and returns NULL when it
    // cannot. To fail as everything else does, ask for what cannot be had either.
    if (!stream->state) (void)memory_alloc(SIZE_MAX / 2);
    XXH3_128bits_reset(stream->state);
    return stream;
}

void hash_stream_add(struct hash_stream *stream, str bytes)
{
    if (bytes.len) XXH3_128bits_update(stream->state, bytes.data, bytes.len);
}

hash128 hash_stream_digest(const struct hash_stream *stream)
{
    XXH128_hash_t hash = XXH3_128bits_digest(stream->state);
    return (hash128){hash.low64, hash.high64};
}

void hash_stream_free(struct hash_stream *stream)
{
    if (!stream) return;
    XXH3_freeState(stream->state);
    memory_free(stream);
}

// The digits of four bytes at once, the highest first: each to a byte of its own, then told from
// the letters by what a carry makes of it.
static inline uint64_t hex_digits(uint32_t four)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t x = four;
    x = (x | x << 16) & 0x0000FFFF0000FFFFu;
    x = (x | x << 8) & 0x00FF00FF00FF00FFu;
    x = (x | x << 4) & 0x0F * ones;
    uint64_t is_letter = (x + 6 * ones) >> 4 & ones;
    return __builtin_bswap64(x + '0' * ones + is_letter * ('a' - '0' - 10));
}

void hash_hex(hash128 hash, char out[32])
{
    const uint32_t parts[] = {(uint32_t)(hash.high >> 32), (uint32_t)hash.high,
                              (uint32_t)(hash.low >> 32), (uint32_t)hash.low};
    for (size_t i = 0; i < 4; i++) {
        uint64_t digits = hex_digits(parts[i]);
        if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) digits = __builtin_bswap64(digits);
        memcpy(out + 8 * i, &digits, 8);
    }
}
