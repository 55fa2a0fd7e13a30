// The scanner of 64-bit ARM, where every machine has NEON.
#include "scan_step.h"

#ifdef __aarch64__

#include <arm_neon.h>

// One bit a byte from four vectors of bytes that are 0x00 or 0xFF: each byte keeps the bit of its
// place in its group of eight, then neighbours are added until eight bytes hold 64 bits.
static uint64_t gather(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
    static const uint8_t place_bytes[16] = {1, 2, 4, 8, 16, 32, 64, 128,
                                            1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t places = vld1q_u8(place_bytes);
    uint8x16_t low = vpaddq_u8(vandq_u8(a, places), vandq_u8(b, places));
    uint8x16_t high = vpaddq_u8(vandq_u8(c, places), vandq_u8(d, places));
    uint8x16_t sum = vpaddq_u8(low, high);
    sum = vpaddq_u8(sum, sum);
    return vgetq_lane_u64(vreinterpretq_u64_u8(sum), 0);
}

static uint64_t equal_neon(const uint8x16_t bytes[4], char pattern)
{
    uint8x16_t patterns = vdupq_n_u8((uint8_t)pattern);
    return gather(vceqq_u8(bytes[0], patterns), vceqq_u8(bytes[1], patterns),
                  vceqq_u8(bytes[2], patterns), vceqq_u8(bytes[3], patterns));
}

struct seen_neon {
    uint8x16_t least, bits;
};

static struct scan_bits bits_neon(const char *data, char delimiter, struct seen_neon *seen)
{
    uint8x16_t bytes[4];
    for (size_t i = 0; i < 4; i++) {
        bytes[i] = vld1q_u8((const uint8_t *)data + 16 * i);
        seen->least = vminq_u8(seen->least, bytes[i]);
        seen->bits = vorrq_u8(seen->bits, bytes[i]);
    }
    return (struct scan_bits){
        .quote = equal_neon(bytes, '"'),
        .delimiter = equal_neon(bytes, delimiter),
        .lf = equal_neon(bytes, '\n'),
        .cr = equal_neon(bytes, '\r'),
    };
}

size_t scan_neon(const char *data, size_t len, char delimiter, uint32_t base,
                 struct scan_state *state, uint32_t *ends)
{
    struct seen_neon seen = {vdupq_n_u8(' '), vdupq_n_u8(0)};
    struct scan_state now = *state;
    size_t count = 0, at = 0;
    for (; at + SCAN_STEP <= len; at += SCAN_STEP) {
        struct scan_bits bits = bits_neon(data + at, delimiter, &seen);
        uint64_t toggled = bits.quote ? scan_prefix_xor(bits.quote) : 0;
        uint64_t found = scan_step(&bits, toggled, SCAN_STEP, &now);
        count += scan_write(found, base + (uint32_t)at, ends + count);
    }
    if (at < len) {
        char filled[SCAN_STEP];
        scan_fill(filled, data + at, len - at);
        struct scan_bits bits = bits_neon(filled, delimiter, &seen);
        scan_cut(&bits, (unsigned)(len - at));
        uint64_t toggled = scan_prefix_xor(bits.quote);
        uint64_t found = scan_step(&bits, toggled, (unsigned)(len - at), &now);
        count += scan_write(found, base + (uint32_t)at, ends + count);
    }
    now.nul |= vminvq_u8(seen.least) == 0;
    now.not_ascii |= vmaxvq_u8(seen.bits) >> 7;
    *state = now;
    return count;
}

#endif
