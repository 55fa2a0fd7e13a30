// The scanners of x86-64: SSE2, which every such machine has, and AVX2.
#include "scan_step.h"

#ifdef __x86_64__

#include <immintrin.h>

// What is seen in passing: the least byte (0 = there was a NUL) and all bits of all bytes.
struct seen_sse2 {
    __m128i least, bits;
};

static struct scan_bits bits_sse2(const char *data, __m128i delimiters, struct seen_sse2 *seen)
{
    const __m128i quotes = _mm_set1_epi8('"');
    const __m128i lfs = _mm_set1_epi8('\n');
    const __m128i crs = _mm_set1_epi8('\r');
    struct scan_bits bits = {0};
    for (unsigned i = 0; i < SCAN_STEP; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(data + i));
        bits.quote |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, quotes)) << i;
        bits.delimiter |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, delimiters))
                          << i;
        bits.lf |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, lfs)) << i;
        bits.cr |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, crs)) << i;
        seen->least = _mm_min_epu8(seen->least, bytes);
        seen->bits = _mm_or_si128(seen->bits, bytes);
    }
    return bits;
}

static void note_sse2(const struct seen_sse2 *seen, struct scan_state *state)
{
    __m128i nul = _mm_cmpeq_epi8(seen->least, _mm_setzero_si128());
    state->nul |= (uint64_t)_mm_movemask_epi8(nul);
    state->not_ascii |= (uint64_t)_mm_movemask_epi8(seen->bits);
}

size_t scan_sse2(const char *data, size_t len, char delimiter, uint32_t base,
                 struct scan_state *state, uint32_t *ends)
{
    const __m128i delimiters = _mm_set1_epi8(delimiter);
    struct seen_sse2 seen = {_mm_set1_epi8(' '), _mm_setzero_si128()};
    struct scan_state now = *state;
    size_t count = 0, at = 0;
    for (; at + SCAN_STEP <= len; at += SCAN_STEP) {
        struct scan_bits bits = bits_sse2(data + at, delimiters, &seen);
        uint64_t toggled = bits.quote ? scan_prefix_xor(bits.quote) : 0;
        uint64_t found = scan_step(&bits, toggled, SCAN_STEP, &now);
        count += scan_write(found, base + (uint32_t)at, ends + count);
    }
    if (at < len) {
        char filled[SCAN_STEP];
        scan_fill(filled, data + at, len - at);
        struct scan_bits bits = bits_sse2(filled, delimiters, &seen);
        scan_cut(&bits, (unsigned)(len - at));
        uint64_t toggled = scan_prefix_xor(bits.quote);
        uint64_t found = scan_step(&bits, toggled, (unsigned)(len - at), &now);
        count += scan_write(found, base + (uint32_t)at, ends + count);
    }
    note_sse2(&seen, &now);
    *state = now;
    return count;
}

#define WITH_AVX2 __attribute__((target("avx2,pclmul,bmi,popcnt")))
#define WITH_AVX2_INLINE __attribute__((target("avx2,pclmul,bmi,popcnt"), always_inline))

struct seen_avx2 {
    __m256i least, bits;
};

WITH_AVX2_INLINE static inline uint64_t equal_avx2(__m256i low, __m256i high, __m256i pattern)
{
    uint32_t low_bits = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, pattern));
    uint32_t high_bits = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, pattern));
    return (uint64_t)high_bits << 32 | low_bits;
}

WITH_AVX2_INLINE static inline struct scan_bits bits_avx2(const char *data, __m256i delimiters,
                                                          struct seen_avx2 *seen)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)data);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(data + 32));
    seen->least = _mm256_min_epu8(seen->least, _mm256_min_epu8(low, high));
    seen->bits = _mm256_or_si256(seen->bits, _mm256_or_si256(low, high));
    return (struct scan_bits){
        .quote = equal_avx2(low, high, _mm256_set1_epi8('"')),
        .delimiter = equal_avx2(low, high, delimiters),
        .lf = equal_avx2(low, high, _mm256_set1_epi8('\n')),
        .cr = equal_avx2(low, high, _mm256_set1_epi8('\r')),
    };
}

// The prefix xor of bits is their carry-less product with all ones.
WITH_AVX2_INLINE static inline uint64_t toggled_avx2(uint64_t bits)
{
    __m128i product =
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

// Written out by hand: a loop of four is left a loop by gcc -O2 and costs a fifth of the speed.
WITH_AVX2_INLINE static inline uint64_t write_four(uint64_t separators, uint32_t base,
                                                   uint32_t *ends)
{
    ends[0] = base + (uint32_t)_tzcnt_u64(separators);
    separators &= separators - 1;
    ends[1] = base + (uint32_t)_tzcnt_u64(separators);
    separators &= separators - 1;
    ends[2] = base + (uint32_t)_tzcnt_u64(separators);
    separators &= separators - 1;
    ends[3] = base + (uint32_t)_tzcnt_u64(separators);
    return separators & (separators - 1);
}

// As scan_write, but eight at a time without asking whether so many are left: what is written too
// much is overwritten by the next call. Room for 64 entries is needed.
WITH_AVX2_INLINE static inline size_t write_avx2(uint64_t separators, uint32_t base, uint32_t *ends)
{
    size_t count = (size_t)__builtin_popcountll(separators);
    for (size_t i = 0; i < count; i += 8) {
        separators = write_four(separators, base, ends + i);
        separators = write_four(separators, base, ends + i + 4);
    }
    return count;
}

WITH_AVX2 size_t scan_avx2(const char *data, size_t len, char delimiter, uint32_t base,
                           struct scan_state *state, uint32_t *ends)
{
    const __m256i delimiters = _mm256_set1_epi8(delimiter);
    struct seen_avx2 seen = {_mm256_set1_epi8(' '), _mm256_setzero_si256()};
    struct scan_state now = *state;
    size_t count = 0, at = 0;
    for (; at + SCAN_STEP <= len; at += SCAN_STEP) {
        struct scan_bits bits = bits_avx2(data + at, delimiters, &seen);
        uint64_t found = scan_step(&bits, toggled_avx2(bits.quote), SCAN_STEP, &now);
        count += write_avx2(found, base + (uint32_t)at, ends + count);
    }
    if (at < len) {
        char filled[SCAN_STEP];
        scan_fill(filled, data + at, len - at);
        struct scan_bits bits = bits_avx2(filled, delimiters, &seen);
        scan_cut(&bits, (unsigned)(len - at));
        uint64_t toggled = toggled_avx2(bits.quote);
        uint64_t found = scan_step(&bits, toggled, (unsigned)(len - at), &now);
        count += scan_write(found, base + (uint32_t)at, ends + count);
    }
    __m256i nul = _mm256_cmpeq_epi8(seen.least, _mm256_setzero_si256());
    now.nul |= (uint32_t)_mm256_movemask_epi8(nul);
    now.not_ascii |= (uint32_t)_mm256_movemask_epi8(seen.bits);
    *state = now;
    return count;
}

#endif
