// What all scanners share: the step from the bits of 64 bytes to separators, and the kinds that a
// build has. Only for scan*.c.
#ifndef CSV_SCAN_STEP_H
#define CSV_SCAN_STEP_H

#include "scan.h"

enum { SCAN_STEP = 64 };

// One bit a byte, the first byte lowest.
struct scan_bits {
    uint64_t quote, delimiter, lf, cr;
};

scan_function scan_portable;
scan_function scan_sse2; // present where __x86_64__ is defined, as scan_avx2 is
scan_function scan_avx2;
scan_function scan_neon; // present where __aarch64__ is defined

// Bit i of the result is the xor of bits 0..i.
static inline uint64_t scan_prefix_xor(uint64_t bits)
{
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
}

// Takes the bits of the next n bytes (1..64, those above are zero) and toggled, the prefix xor of
// their quotes. Returns the separators among them and carries *state over them.
__attribute__((always_inline)) static inline uint64_t
scan_step(const struct scan_bits *bits, uint64_t toggled, unsigned n, struct scan_state *state)
{
    uint64_t valid = ~UINT64_C(0) >> (SCAN_STEP - n);
    uint64_t inside = toggled ^ state->inside; // an opening quote is inside, a closing one is not
    uint64_t separators = (bits->delimiter | bits->lf) & ~inside;
    uint64_t opening = bits->quote & inside;
    uint64_t closing = bits->quote & ~inside;
    uint64_t text = ~(separators | closing);
    uint64_t line_cr = bits->cr & ~inside;

    uint64_t may_follow = separators | bits->quote | bits->cr;
    state->quotes |= bits->quote;
    state->irregular |= opening & (text << 1 | state->after_text);
    state->irregular |= (closing << 1 | state->after_close) & ~may_follow & valid;
    state->bare_cr |= (line_cr << 1 | state->after_cr) & ~bits->lf & valid;
    uint64_t newlines = bits->lf & inside;
    if (newlines) state->newlines_inside += (uint64_t)__builtin_popcountll(newlines);

    state->inside = 0 - (inside >> (n - 1) & 1);
    state->after_text = text >> (n - 1) & 1;
    state->after_close = closing >> (n - 1) & 1;
    state->after_cr = line_cr >> (n - 1) & 1;
    return separators;
}

// Writes base + i for every bit i; returns how many.
__attribute__((always_inline)) static inline size_t scan_write(uint64_t separators, uint32_t base,
                                                               uint32_t *ends)
{
    size_t count = 0;
    for (; separators; separators &= separators - 1) {
        ends[count++] = base + (uint32_t)__builtin_ctzll(separators);
    }
    return count;
}

// A last piece of fewer than 64 bytes, filled up, so that whole steps can be loaded from it. What
// it is filled with never shows: it is neither NUL nor above 0x7F, and its bits are cut off.
static inline void scan_fill(char filled[SCAN_STEP], const char *data, size_t len)
{
    memset(filled, ' ', SCAN_STEP);
    memcpy(filled, data, len);
}

static inline void scan_cut(struct scan_bits *bits, unsigned n)
{
    uint64_t valid = ~UINT64_C(0) >> (SCAN_STEP - n);
    bits->quote &= valid;
    bits->delimiter &= valid;
    bits->lf &= valid;
    bits->cr &= valid;
}

#endif
