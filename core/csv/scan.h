// Finding fields: where delimiters and line ends stand that are not inside quotes.
//
//     scan_function *scan = scan_best();
//     struct scan_state state = {0};
//     size_t count = scan(data, len, ',', 0, &state, ends);
//     if (state.irregular) ...      // not RFC 4180: ends cannot be trusted from there on
//
// Quote-aware, 64 bytes at a time, with the widest instructions the machine has (AVX2, SSE2,
// NEON), chosen at run time, and a portable form that gives the same answers. A quote toggles
// "inside" wherever it stands, which is RFC 4180 for regular input: a doubled quote toggles twice.
// The same pass notes what a reader has to know before it may trust that (see struct scan_state);
// finding the record that is to blame is the reader's business.
//
// The method, after Langdale and Lemire, "Parsing gigabytes of JSON per second" (VLDB Journal
// 2019): one bit a byte for each kind of byte, and a prefix xor of the quote bits, here as one
// carry-less multiplication (AVX2) or six shifts.
#ifndef CSV_SCAN_H
#define CSV_SCAN_H

#include "core/base/str.h"

enum scan_kind { SCAN_PORTABLE, SCAN_SSE2, SCAN_AVX2, SCAN_NEON, SCAN_KIND_COUNT };

// Zero-initialised where a record begins.
struct scan_state {
    uint64_t inside; // all ones when the last byte so far was inside quotes
    // What the last byte was, 0 or 1.
    uint64_t after_text;  // nothing behind which a quote may open
    uint64_t after_close; // a closing quote: a separator, a quote or a CR must follow
    uint64_t after_cr;    // a CR outside quotes: an LF must follow
    // What was met since these were zeroed, 0 = never.
    uint64_t quotes;          // a quote
    uint64_t irregular;       // a quote inside a bare field, or text behind a closing quote
    uint64_t bare_cr;         // a CR outside quotes and not before an LF
    uint64_t nul;             // a NUL byte
    uint64_t not_ascii;       // a byte above 0x7F
    uint64_t newlines_inside; // how many LFs stood inside quotes
};

// Appends to ends[] the offset (base + i) of every delimiter and LF outside quotes in data[0..len).
// No byte behind len is read. ends has room for len entries. Returns how many were written; *state
// carries over to the next piece, so that any cutting into pieces gives the same answers.
typedef size_t scan_function(const char *data, size_t len, char delimiter, uint32_t base,
                             struct scan_state *state, uint32_t *ends);

// The scanner of a kind, NULL when this machine lacks it; scan_best is the fastest it has. Neither
// costs more than a few loads.
scan_function *scan_of(enum scan_kind kind);
scan_function *scan_best(void);
const char *scan_kind_name(enum scan_kind kind);

#endif
