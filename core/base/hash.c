#include "hash.h"

// The functions themselves, not calls of the library: a third off short texts, which nearly all
// are.
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

void hash_hex(hash128 hash, char out[32])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) {
        out[i] = digits[hash.high >> (60 - 4 * i) & 15];
        out[16 + i] = digits[hash.low >> (60 - 4 * i) & 15];
    }
}
