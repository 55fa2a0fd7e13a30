#include "writer.h"

#if defined(__SSE2__) && !defined(CSV_PORTABLE)
#include <emmintrin.h>
#endif

// Whether one of 16 bytes, given as two words, is a comma, a quote, CR or LF.
#if defined(__SSE2__) && !defined(CSV_PORTABLE)

static inline bool is_special(uint64_t low, uint64_t high)
{
    __m128i bytes = _mm_set_epi64x((long long)high, (long long)low);
    __m128i comma = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(','));
    __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    __m128i cr = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'));
    __m128i lf = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
    return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(comma, quote), _mm_or_si128(cr, lf)));
}

#else

// Not zero when word holds the byte. From Sean Eron Anderson's Bit Twiddling Hacks, "Determine if a
// word has a byte equal to n"; exact as a yes or no.
static inline uint64_t has_byte(uint64_t word, char byte)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t zero = word ^ (ones * (unsigned char)byte);
    return (zero - ones) & ~zero & (ones << 7);
}

static inline uint64_t has_special(uint64_t word)
{
    return has_byte(word, ',') | has_byte(word, '"') | has_byte(word, '\r') | has_byte(word, '\n');
}

static inline bool is_special(uint64_t low, uint64_t high)
{
    return (has_special(low) | has_special(high)) != 0;
}

#endif

static inline uint64_t load8(const char *from)
{
    uint64_t word;
    memcpy(&word, from, 8);
    return word;
}

static inline uint32_t load4(const char *from)
{
    uint32_t word;
    memcpy(&word, from, 4);
    return word;
}

static inline bool is_edge_blank(char c) { return c == ' ' || c == '\t'; }

// Copies text, not empty, to `to` and says whether it holds something that must be quoted. The
// pieces overlap at the end rather than reach past it. Inlined with to == NULL, it only looks.
static inline bool copy_and_look(char *to, str text)
{
    const char *from = text.data;
    size_t len = text.len;
    if (len >= 16) {
        bool special = false;
        for (size_t i = 0;; i += 16) {
            if (i + 16 > len) i = len - 16;
            uint64_t low = load8(from + i), high = load8(from + i + 8);
            if (to) memcpy(to + i, &low, 8);
            if (to) memcpy(to + i + 8, &high, 8);
            special |= is_special(low, high);
            if (i + 16 == len || special) return special;
        }
    }
    if (len >= 8) {
        uint64_t low = load8(from), high = load8(from + len - 8);
        if (to) memcpy(to, &low, 8);
        if (to) memcpy(to + len - 8, &high, 8);
        return is_special(low, high);
    }
    if (len >= 4) {
        uint32_t low = load4(from), high = load4(from + len - 4);
        if (to) memcpy(to, &low, 4);
        if (to) memcpy(to + len - 4, &high, 4);
        return is_special(low | (uint64_t)high << 32, 0);
    }
    unsigned char first = (unsigned char)from[0], middle = (unsigned char)from[len / 2],
                  last = (unsigned char)from[len - 1];
    if (to) to[0] = (char)first;
    if (to) to[len / 2] = (char)middle;
    if (to) to[len - 1] = (char)last;
    return is_special(first | (uint64_t)middle << 8 | (uint64_t)last << 16, 0);
}

bool csv_needs_quotes(str text)
{
    if (text.len == 0) return false;
    return copy_and_look(NULL, text) || is_edge_blank(text.data[0]) ||
           is_edge_blank(text.data[text.len - 1]);
}

// Whether sixteen bytes hold a quote, and where: how many bytes are before it (16: none).
#if defined(__SSE2__) && !defined(CSV_PORTABLE)

static inline unsigned before_quote(const char *from)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)from);
    int quotes = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    return (unsigned)__builtin_ctz((unsigned)quotes | 1u << 16);
}

#else

static inline unsigned before_quote(const char *from)
{
    const char *quote = memchr(from, '"', 16);
    return quote ? (unsigned)(quote - from) : 16;
}

#endif

// Sixteen bytes are copied whatever they hold, since there is room for twice the text; behind a
// quote the copying begins anew.
static char *put_quoted(char *to, str text)
{
    const char *from = text.data, *end = text.data + text.len;
    *to++ = '"';
    while (end - from >= 16) {
        unsigned len = before_quote(from);
        memcpy(to, from, 16);
        from += len;
        to += len;
        if (len == 16) continue;
        memcpy(to, "\"\"", 2);
        from++;
        to += 2;
    }
    while (from < end) {
        char c = *from++;
        to[0] = to[1] = c; // the second stays if it is a quote
        to += 1 + (c == '"');
    }
    *to++ = '"';
    return to;
}

static inline char *put_field(char *to, str text)
{
    if (text.len == 0) return to;
    bool must_quote = copy_and_look(to, text) || is_edge_blank(text.data[0]) ||
                      is_edge_blank(text.data[text.len - 1]);
    return must_quote ? put_quoted(to, text) : to + text.len;
}

char *csv_put_field(char *to, str text) { return put_field(to, text); }

void csv_write_field(struct buffer *out, str text)
{
    char *to = buffer_room(out, csv_field_room(text));
    out->len += (size_t)(put_field(to, text) - to);
}

void csv_write_record(struct buffer *out, const str fields[], size_t count)
{
    size_t room = 3; // two quotes and LF of a lone empty field
    for (size_t i = 0; i < count; i++) room += csv_field_room(fields[i]) + 1;
    char *start = buffer_room(out, room), *to = start;
    if (count == 1 && fields[0].len == 0) to = put_quoted(to, fields[0]);
    for (size_t i = 0; i < count; i++) {
        if (i) *to++ = ',';
        to = put_field(to, fields[i]);
    }
    *to++ = '\n';
    out->len += (size_t)(to - start);
}
