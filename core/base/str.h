// A view of bytes: where they are and how many. Never NUL-terminated, never owned.
//
//     str line = STR("name,email"), name;
//     while (str_cut(&line, ',', &name)) use(name);
//
// Passed by value. Who owns the bytes behind a view is said where the view is handed out.
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *data;
    size_t len;
} str;

#define STR(literal) ((str){(literal), sizeof(literal) - 1})

// The arguments of a "%.*s" conversion.
#define STR_ARG(s) (int)(s).len, (s).data

static inline str str_of(const char *text) { return (str){text, text ? strlen(text) : 0}; }

static inline bool str_equal(str a, str b)
{
    if (a.len != b.len || a.len == 0) return a.len == b.len;
    return a.data == b.data || memcmp(a.data, b.data, a.len) == 0; // often the same view
}

static inline bool str_starts(str s, str prefix)
{
    if (prefix.len == 0) return true;
    return s.len >= prefix.len && memcmp(s.data, prefix.data, prefix.len) == 0;
}

static inline bool str_ends(str s, str suffix)
{
    if (suffix.len == 0) return true;
    return s.len >= suffix.len && memcmp(s.data + s.len - suffix.len, suffix.data, suffix.len) == 0;
}

// The part of s from byte `from` on; empty when from is past the end.
static inline str str_from(str s, size_t from)
{
    if (s.len == 0) return s;
    return from >= s.len ? (str){s.data + s.len, 0} : (str){s.data + from, s.len - from};
}

static inline str str_first(str s, size_t len) { return len >= s.len ? s : (str){s.data, len}; }

static inline bool byte_is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static inline bool byte_is_digit(char c) { return (unsigned char)(c - '0') < 10; }

static inline bool byte_is_upper(char c) { return (unsigned char)(c - 'A') < 26; }

static inline bool byte_is_letter(char c) { return (unsigned char)((c | 32) - 'a') < 26; }

// ASCII lower case of one byte; other bytes are returned as they are.
static inline char byte_lower(char c) { return byte_is_upper(c) ? (char)(c | 32) : c; }

// byte_lower of the eight bytes of a word at once.
static inline uint64_t word_lower(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t low = word & 0x7F * ones;
    // Bit 7 of a byte: at least 'A', and not beyond 'Z', and ASCII.
    uint64_t upper = (low + 0x3F * ones) & ~(low + 0x25 * ones) & ~word & 0x80 * ones;
    return word | upper >> 2;
}

// Bit 7 of each byte of the result: that byte of the word is ASCII and in [from, to].
static inline uint64_t word_between(uint64_t word, char from, char to)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t low = word & 0x7F * ones;
    return (low + (uint64_t)(0x80 - from) * ones) & ~(low + (uint64_t)(0x7F - to) * ones) & ~word &
           0x80 * ones;
}

// ASCII without capitals: its own lower case. Eight bytes at a time; the last eight overlap.
static inline bool str_is_small(str s)
{
    const uint64_t high = 0x8080808080808080u;
    uint64_t word = 0, seen = 0;
    if (s.len < 8) {
        for (size_t i = 0; i < s.len; i++) word = word << 8 | (unsigned char)s.data[i];
        return !(word_between(word, 'A', 'Z') | (word & high));
    }
    for (size_t i = 0; i + 8 < s.len; i += 8) {
        memcpy(&word, s.data + i, 8);
        seen |= word_between(word, 'A', 'Z') | (word & high);
    }
    memcpy(&word, s.data + s.len - 8, 8);
    return !(seen | word_between(word, 'A', 'Z') | (word & high));
}

// s without ASCII blanks (space, tab, LF, VT, FF, CR) at either end.
static inline str str_trim(str s)
{
    while (s.len && byte_is_blank(s.data[0])) s = (str){s.data + 1, s.len - 1};
    while (s.len && byte_is_blank(s.data[s.len - 1])) s.len--;
    return s;
}

// Index of the first byte c in s, or -1.
static inline ptrdiff_t str_find(str s, char c)
{
    const char *at = s.len ? memchr(s.data, c, s.len) : NULL;
    return at ? at - s.data : -1;
}

// Which of many pieces of one text hold a byte, asked in the order in which they stand: the text is
// searched once, not piece by piece. Begin with zero.
struct byte_seeker {
    const char *from, *at; // the first such byte behind from, or the end of the text
};

// Whether piece holds c. end: that of the text.
static inline bool byte_seek(struct byte_seeker *seeker, str piece, const char *end, char c)
{
    if (piece.len == 0) return false;
    bool is_known = seeker->from && seeker->from <= piece.data && seeker->at >= piece.data;
    if (!is_known) {
        const char *at = memchr(piece.data, c, (size_t)(end - piece.data));
        *seeker = (struct byte_seeker){piece.data, at ? at : end};
    }
    return seeker->at < piece.data + piece.len;
}

// Takes the next piece of *rest, up to `separator`, into *piece and steps over it. Returns false
// when *rest has been used up (data == NULL). "a,,b" has three pieces, "" has one empty piece.
static inline bool str_cut(str *rest, char separator, str *piece)
{
    if (!rest->data) return false;
    ptrdiff_t at = str_find(*rest, separator);
    if (at < 0) {
        *piece = *rest;
        *rest = (str){0};
        return true;
    }
    *piece = str_first(*rest, (size_t)at);
    *rest = str_from(*rest, (size_t)at + 1);
    return true;
}

// Copies len bytes, nothing behind them, and returns the end. Most texts are some bytes long: up to
// 32 without a call, as two pieces that overlap.
static inline char *bytes_put(char *to, const char *from, size_t len)
{
    if (len > 32) {
        memcpy(to, from, len);
    } else if (len >= 16) {
        char head[16], tail[16];
        memcpy(head, from, 16);
        memcpy(tail, from + len - 16, 16);
        memcpy(to, head, 16);
        memcpy(to + len - 16, tail, 16);
    } else if (len >= 8) {
        uint64_t head, tail;
        memcpy(&head, from, 8);
        memcpy(&tail, from + len - 8, 8);
        memcpy(to, &head, 8);
        memcpy(to + len - 8, &tail, 8);
    } else if (len >= 4) {
        uint32_t head, tail;
        memcpy(&head, from, 4);
        memcpy(&tail, from + len - 4, 4);
        memcpy(to, &head, 4);
        memcpy(to + len - 4, &tail, 4);
    } else if (len) {
        char first = from[0], middle = from[len / 2], last = from[len - 1];
        to[0] = first;
        to[len / 2] = middle;
        to[len - 1] = last;
    }
    return to + len;
}

// Equal when ASCII letters are compared without case.
static inline bool str_equal_nocase(str a, str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (byte_lower(a.data[i]) != byte_lower(b.data[i])) return false;
    }
    return true;
}

// Bytewise order, as memcmp: below 0, 0 or above 0.
static inline int str_compare(str a, str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.data, b.data, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

// True when every byte is below 0x80.
static inline bool str_is_ascii(str s)
{
    size_t i = 0;
    uint64_t seen = 0;
    for (; i + 8 <= s.len; i += 8) {
        uint64_t word;
        memcpy(&word, s.data + i, 8);
        seen |= word;
    }
    for (; i < s.len; i++) seen |= (unsigned char)s.data[i];
    return (seen & 0x8080808080808080u) == 0;
}

#endif
