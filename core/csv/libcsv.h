// libcsv, the only place that knows it: the oracle that the scanner is tested against, and the
// decoder of irregular records.
#ifndef CSV_LIBCSV_H
#define CSV_LIBCSV_H

#include "core/base/arena.h"

// What a parse is told. Fields are views of the parser's memory and die when the call returns.
struct libcsv_events {
    void (*field)(void *state, str text);
    void (*record)(void *state);
    void *state;
};

// Parses text in pieces of piece_bytes (0 = at once). Blanks are kept and blank lines reported, as
// our reader does (libcsv trims and drops them by default). Returns false when libcsv stops with
// an error, which only strict mode has.
bool libcsv_parse(str text, char delimiter, size_t piece_bytes, bool strict,
                  const struct libcsv_events *events);

#endif
