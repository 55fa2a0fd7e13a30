// UTF-8: checking, reading and writing code points, and Unicode normal form C.
//
// ASCII text takes a short way everywhere; only what is not ASCII reaches utf8proc, which is known
// to utf8.c alone.
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "arena.h"
#include "str.h"

// Number of bytes from the start of s that are strictly valid UTF-8 (no overlong forms, no
// surrogates, nothing above U+10FFFF); s.len when all are.
size_t utf8_valid_len(str s);

static inline bool utf8_is_valid(str s) { return utf8_valid_len(s) == s.len; }

// Reads the code point at s.data[*at] and steps over it. s must be valid there. -1 at the end.
int32_t utf8_next(str s, size_t *at);

// Writes code point c (valid) into out, which has room for 4 bytes; returns the bytes written.
size_t utf8_put(char *out, int32_t c);

// Number of code points in valid s.
size_t utf8_count(str s);

// s in normal form C: s itself when it already is (always so when no lead byte is above 0xCB: the
// code points below U+0300), else a copy in arena. s must be valid UTF-8.
str utf8_nfc(str s, struct arena *arena);

// Folded for comparing: NFKC, case-folded, marks kept. s itself when it is lower-case ASCII, else
// a copy in arena. s must be valid UTF-8.
str utf8_fold(str s, struct arena *arena);

// The simple lower/upper case form of one code point; letters without one are returned unchanged.
int32_t utf8_lower(int32_t c);
int32_t utf8_upper(int32_t c);
bool utf8_is_letter(int32_t c);
bool utf8_is_mark(int32_t c);
bool utf8_is_digit(int32_t c); // any Unicode decimal digit

// The value 0..9 of a decimal digit, or -1.
int utf8_digit_value(int32_t c);

// True for white space that is not ASCII: NBSP, the U+2000 row, narrow NBSP, ideographic space.
bool utf8_is_space(int32_t c);

// True for code points that show nothing: zero-width, BOM, soft hyphen, bidi marks.
bool utf8_is_invisible(int32_t c);

#endif
