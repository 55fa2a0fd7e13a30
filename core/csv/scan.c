#include "scan.h"

#include "scan_step.h"

#define EVERY_BYTE UINT64_C(0x0101010101010101)
#define LOW_SEVEN UINT64_C(0x7F7F7F7F7F7F7F7F)

static uint64_t load_word(const char *data)
{
    uint64_t word;
    memcpy(&word, data, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

// Bit i of the low 8 is set when byte i of word equals the byte that `pattern` repeats. Exact: no
// carry passes from byte to byte. The multiplication gathers bit 7 of each byte.
static uint64_t equal_bits(uint64_t word, uint64_t pattern)
{
    uint64_t different = word ^ pattern;
    uint64_t zero = ~(((different & LOW_SEVEN) + LOW_SEVEN) | different | LOW_SEVEN);
    return (zero >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static struct scan_bits portable_bits(const char *data, char delimiter, struct scan_state *state)
{
    uint64_t pattern = (unsigned char)delimiter * EVERY_BYTE;
    struct scan_bits bits = {0};
    for (unsigned i = 0; i < SCAN_STEP; i += 8) {
        uint64_t word = load_word(data + i);
        bits.quote |= equal_bits(word, '"' * EVERY_BYTE) << i;
        bits.delimiter |= equal_bits(word, pattern) << i;
        bits.lf |= equal_bits(word, '\n' * EVERY_BYTE) << i;
        bits.cr |= equal_bits(word, '\r' * EVERY_BYTE) << i;
        state->nul |= ~(((word & LOW_SEVEN) + LOW_SEVEN) | word | LOW_SEVEN);
        state->not_ascii |= word & ~LOW_SEVEN;
    }
    return bits;
}

size_t scan_portable(const char *data, size_t len, char delimiter, uint32_t base,
                     struct scan_state *state, uint32_t *ends)
{
    struct scan_state now = *state;
    size_t count = 0, at = 0;
    for (; at + SCAN_STEP <= len; at += SCAN_STEP) {
        struct scan_bits bits = portable_bits(data + at, delimiter, &now);
        uint64_t found = scan_step(&bits, scan_prefix_xor(bits.quote), SCAN_STEP, &now);
        count += scan_write(found, base + (uint32_t)at, ends + count);
    }
    if (at < len) {
        char filled[SCAN_STEP];
        scan_fill(filled, data + at, len - at);
        struct scan_bits bits = portable_bits(filled, delimiter, &now);
        scan_cut(&bits, (unsigned)(len - at));
        uint64_t toggled = scan_prefix_xor(bits.quote);
        uint64_t found = scan_step(&bits, toggled, (unsigned)(len - at), &now);
        count += scan_write(found, base + (uint32_t)at, ends + count);
    }
    *state = now;
    return count;
}

#ifdef __x86_64__

static bool has_avx2(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}

scan_function *scan_of(enum scan_kind kind)
{
    if (kind == SCAN_PORTABLE) return scan_portable;
    if (kind == SCAN_SSE2) return scan_sse2;
    if (kind == SCAN_AVX2 && has_avx2()) return scan_avx2;
    return NULL;
}

#else

scan_function *scan_of(enum scan_kind kind)
{
    if (kind == SCAN_PORTABLE) return scan_portable;
#ifdef __aarch64__
    if (kind == SCAN_NEON) return scan_neon;
#endif
    return NULL;
}

#endif

scan_function *scan_best(void)
{
    static const enum scan_kind order[] = {SCAN_AVX2, SCAN_NEON, SCAN_SSE2};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        scan_function *scan = scan_of(order[i]);
        if (scan) return scan;
    }
    return scan_portable;
}

const char *scan_kind_name(enum scan_kind kind)
{
    switch (kind) {
    case SCAN_PORTABLE: return "portable";
    case SCAN_SSE2: return "sse2";
    case SCAN_AVX2: return "avx2";
    case SCAN_NEON: return "neon";
    case SCAN_KIND_COUNT: break;
    }
    return "?";
}
