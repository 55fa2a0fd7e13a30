// libcsv, the only place that knows it: the oracle that the scanner is tested against, and the
// decoder of irregular records.
//
// What libcsv 3.0.3 does unless told otherwise, and we do tell it: it drops blank lines, trims
// blanks round fields, grows its memory by 128 bytes at a time, and takes an unclosed quote at the
// end for a whole field.
#ifndef CSV_LIBCSV_H
#define CSV_LIBCSV_H

#include "core/base/arena.h"

// What a parse is told. Fields are views of the parser's memory and die when the call returns.
struct libcsv_events {
    void (*field)(void *state, str text);
    void (*record)(void *state);
    void *state;
};

// Parses text in pieces of piece_bytes (0 = at once). Blanks are kept; a blank line is a record of
// one empty field, as for our reader; CR LF is one line end. Returns false when libcsv stops with
// an error, which only strict mode has: a quote inside a bare field, text behind a closing quote,
// an unclosed quote.
bool libcsv_parse(str text, char delimiter, size_t piece_bytes, bool strict,
                  const struct libcsv_events *events);

// A piece of a record. is_literal: the piece begins with a quote that opens nothing, although it
// stands where a field begins (blanks aside).
struct libcsv_piece {
    str text;
    bool is_literal;
};

// Decodes one record, given without its line end, leniently: a quote inside a bare field or text
// behind a closing quote is text, blanks and tabs round fields and round quotes are dropped, CR
// and LF outside quotes are text. Tells of the fields and then once of the record.
void libcsv_record(const struct libcsv_piece *pieces, size_t count, char delimiter,
                   const struct libcsv_events *events);

#endif
