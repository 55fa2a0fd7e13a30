// Finding fields: where delimiters and line ends stand that are not inside quotes.
//
// Quote-aware, 64 bytes at a time, with the widest instructions the machine has (AVX2, SSE2 with
// PCLMUL or shifts, NEON), chosen once at run time, and a portable form that gives the same
// answers. A quote toggles "inside" wherever it stands, which is RFC 4180 for regular input: a
// doubled quote toggles twice. Irregular records (a quote inside a bare field, text behind a
// closing quote) are found afterwards by scan_is_regular and are the reader's business.
#ifndef CSV_SCAN_H
#define CSV_SCAN_H

#include "core/base/str.h"

enum scan_kind { SCAN_PORTABLE, SCAN_SSE2, SCAN_AVX2, SCAN_NEON, SCAN_KIND_COUNT };

struct scan_state {
    uint64_t inside; // all ones when the last byte so far was inside quotes
};

// Appends to ends[] the offset (base + i) of every delimiter and LF outside quotes in data[0..len).
// data is readable for 64 bytes behind len. ends has room for len entries. Returns how many were
// written; *state carries over to the next piece.
typedef size_t scan_function(const char *data, size_t len, char delimiter, uint32_t base,
                             struct scan_state *state, uint32_t *ends);

// The scanner of a kind, NULL when this machine lacks it; scan_best is the fastest it has.
scan_function *scan_of(enum scan_kind kind);
scan_function *scan_best(void);
const char *scan_kind_name(enum scan_kind kind);

#endif
