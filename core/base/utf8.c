#include "utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "memory.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static bool follows(unsigned char c) { return (c & 0xC0) == 0x80; }

// Length of the valid sequence that begins at p, 0 when it is not valid. Table 3-7 of the Unicode
// standard: the second byte's range depends on the first.
static size_t sequence_len(const unsigned char *p, size_t left)
{
    unsigned char c = p[0];
    if (c < 0x80) return 1;
    if (c < 0xC2 || c > 0xF4) return 0;
    if (left < 2 || !follows(p[1])) return 0;
    if (c < 0xE0) return 2;
    if (left < 3 || !follows(p[2])) return 0;
    if (c < 0xF0) {
        if (c == 0xE0 && p[1] < 0xA0) return 0;
        if (c == 0xED && p[1] > 0x9F) return 0;
        return 3;
    }
    if (left < 4 || !follows(p[3])) return 0;
    if (c == 0xF0 && p[1] < 0x90) return 0;
    if (c == 0xF4 && p[1] > 0x8F) return 0;
    return 4;
}

#ifdef __SSE2__
static inline __m128i load_16(const char *at)
{
    return _mm_loadu_si128((const __m128i *)(const void *)at);
}

// Steps over ASCII 64 bytes at a time, then 16.
static size_t skip_blocks(str s, size_t i)
{
    for (; i + 64 <= s.len; i += 64) {
        const char *at = s.data + i;
        __m128i first = _mm_or_si128(load_16(at), load_16(at + 16));
        __m128i second = _mm_or_si128(load_16(at + 32), load_16(at + 48));
        if (_mm_movemask_epi8(_mm_or_si128(first, second))) break;
    }
    for (; i + 16 <= s.len; i += 16) {
        unsigned bits = (unsigned)_mm_movemask_epi8(load_16(s.data + i));
        if (bits) return i + (size_t)__builtin_ctz(bits);
    }
    return i;
}
#else
static size_t skip_blocks(str s, size_t i)
{
    (void)s;
    return i;
}
#endif

// The first byte at or behind i that is not ASCII, or s.len: blocks, then 8 bytes at a time. The
// last 8 overlap, so that only texts shorter than that are read byte by byte.
static size_t skip_ascii(str s, size_t i)
{
    const uint64_t high = 0x8080808080808080u;
    uint64_t word;
    for (i = skip_blocks(s, i); i + 8 <= s.len; i += 8) {
        memcpy(&word, s.data + i, 8);
        if (word & high) break;
    }
    if (i + 8 > s.len && s.len >= 8) {
        memcpy(&word, s.data + s.len - 8, 8);
        if (!(word & high)) return s.len;
    }
    while (i < s.len && !(s.data[i] & 0x80)) i++;
    return i;
}

size_t utf8_valid_len(str s)
{
    const unsigned char *p = (const unsigned char *)s.data;
    for (size_t i = 0; (i = skip_ascii(s, i)) < s.len;) {
        size_t len = sequence_len(p + i, s.len - i);
        if (len == 0) return i;
        i += len;
    }
    return s.len;
}

int32_t utf8_next(str s, size_t *at)
{
    if (*at >= s.len) return -1;
    const unsigned char *p = (const unsigned char *)s.data + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *at += 2;
        return (p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return (p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    *at += 4;
    return (p[0] & 0x07) << 18 | (p[1] & 0x3F) << 12 | (p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

size_t utf8_put(char *out, int32_t c)
{
    return (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)out);
}

size_t utf8_count(str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++) count += ((unsigned char)s.data[i] & 0xC0) != 0x80;
    return count;
}

static str map_with(str s, struct arena *arena, utf8proc_option_t options)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)s.data, (utf8proc_ssize_t)s.len, &mapped, options);
    // Without memory there is no answer; text as it was would be a wrong one. Ask for what cannot
    // be had, to fail as everything else does.
    if (len == UTF8PROC_ERROR_NOMEM) (void)memory_alloc(SIZE_MAX / 2);
    if (len < 0) return s; // only for invalid text, which the caller has ruled out
    str copy = arena_copy(arena, (str){(const char *)mapped, (size_t)len});
    free(mapped);
    return copy;
}

str utf8_nfc(str s, struct arena *arena)
{
    size_t i = 0;
    while (i < s.len && (unsigned char)s.data[i] < 0xCC) i++;
    if (i == s.len) return s;
    return map_with(s, arena, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
}

static str fold_ascii(str s, struct arena *arena)
{
    size_t i = 0;
    while (i < s.len && !byte_is_upper(s.data[i])) i++;
    if (i == s.len) return s;
    char *out = arena_bytes(arena, s.len);
    for (i = 0; i < s.len; i++) out[i] = byte_lower(s.data[i]);
    return (str){out, s.len};
}

// Small letters of two bytes that NFKC and case folding leave as they are: Latin, Cyrillic. No
// marks are among them, so that nothing is composed either.
static bool is_folded_letter(unsigned char lead, unsigned char trail)
{
    static const uint64_t small[2] = {UINT64_C(0x55A2AAAAAAAAAAAA), UINT64_C(0x54AAAAAAAAAAA954)};
    if (lead == 0xC3) return trail >= 0xA0;
    if (lead == 0xC4 || lead == 0xC5) return small[lead & 1] >> (trail & 63) & 1;
    return (lead == 0xD0 && trail >= 0xB0) || (lead == 0xD1 && trail <= 0x9F);
}

// Whether only ASCII letters can be left to fold.
static bool is_nearly_folded(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char lead = (unsigned char)s.data[i];
        if (lead < 0x80) continue;
        if (++i == s.len || !is_folded_letter(lead, (unsigned char)s.data[i])) return false;
    }
    return true;
}

str utf8_fold(str s, struct arena *arena)
{
    if (str_is_ascii(s) || is_nearly_folded(s)) return fold_ascii(s, arena);
    return map_with(s, arena,
                    UTF8PROC_COMPOSE | UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
}

int32_t utf8_lower(int32_t c) { return utf8proc_tolower(c); }

int32_t utf8_upper(int32_t c) { return utf8proc_toupper(c); }

bool utf8_is_letter(int32_t c)
{
    if (c < 0x80) return byte_is_letter((char)c);
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_mark(int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_digit(int32_t c)
{
    if (c < 0x80) return byte_is_digit((char)c);
    return utf8proc_category(c) == UTF8PROC_CATEGORY_ND;
}

int utf8_digit_value(int32_t c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c < 0x80 || utf8proc_category(c) != UTF8PROC_CATEGORY_ND) return -1;
    // Decimal digits come in runs of ten that begin at their zero; the mathematical digits
    // (U+1D7CE on) are five such runs side by side.
    if (c >= 0x1D7CE && c <= 0x1D7FF) return (c - 0x1D7CE) % 10;
    int value = 0;
    while (value < 9 && utf8proc_category(c - value - 1) == UTF8PROC_CATEGORY_ND) value++;
    return value;
}

bool utf8_is_space(int32_t c)
{
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool utf8_is_invisible(int32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}
