// Walking one record of foreign CSV byte by byte: where its fields end, which quotes are text, and
// where the record ends when its quotes are not as they should be. Only for lenient*.c.
#ifndef CSV_LENIENT_WALK_H
#define CSV_LENIENT_WALK_H

#include "dialect.h"

enum {
    // A quoted field that goes over line ends must be closed within this much...
    QUOTE_BYTES_MAX = 64 << 10,
    // ... or, when nothing speaks against it, within this much: mail threads and pages of HTML.
    LONG_QUOTE_BYTES_MAX = 16 << 20,
};

struct walk_text {
    const char *data;
    size_t len;
    bool is_last; // nothing follows: the end of the text is a line end too
    struct dialect dialect;
    size_t record_bytes_max;
};

enum walk_status {
    WALK_WHOLE,
    WALK_MORE, // more text is needed to tell
    WALK_LONG, // no line end within record_bytes_max
};

// Places where libcsv must be told otherwise than the record stands.
enum walk_mark_kind {
    MARK_LITERAL, // a quote at the beginning of a field that opens nothing
    MARK_ESCAPE,  // a backslash that escapes the quote or backslash behind it
    MARK_STRAY, // a quote inside a quoted field, where an escaped one behind it would pair with it
};

struct walk_mark {
    size_t at;
    enum walk_mark_kind kind;
};

// One record. The arrays are kept from walk to walk; release them in the end.
struct walk {
    size_t start;
    size_t end;  // behind the last field
    size_t next; // behind the line end
    uint64_t fields;
    bool is_irregular;    // quotes where RFC 4180 has none
    bool has_escapes;     // backslash escapes (a dialect, not an irregularity)
    bool has_more_text;   // a field behind those kept is not empty
    bool hit_quote_limit; // a quote was literal only because it was not closed soon enough
    size_t second_line;   // where the second line begins; 0 when the record has one line
    size_t limit_line;    // the line behind the one on which the quote of hit_quote_limit stands
    uint32_t *ends;       // of the fields kept, FIELD_QUOTED as in records.h
    size_t kept, ends_capacity;
    struct walk_mark *marks;
    size_t mark_count, marks_capacity;
};

// Walks the record at `start`. columns is how many fields it should have, 0 = any. The first `keep`
// ends are kept. Decides what to do with quotes that are not regular:
//
// - A record of one line, or with regular quotes and the right number of fields, is as libcsv reads
//   it: a quote inside a bare field is text, a quoted field goes on to the first quote that stands
//   before a delimiter or a line end, blanks aside.
// - A quote that finds no such end within 64 KiB (on its own line: any distance) is text. A regular
//   record of the right number of fields may be longer, unless its second line looks like a record.
// - A record that goes over line ends, and is irregular or has a wrong number of fields, ends at
//   its first line end instead, its unclosed quote being text, when that gives the right number of
//   fields, or its second line has it. When neither has the right number, irregular quotes are
//   not trusted over line ends and regular ones are.
// - If the number of fields is still wrong, all irregular quotes are text if that makes it right.
//
// Deterministic: depends on the bytes from start on only, not on where the text was cut. Costs a
// few passes over an irregular record and what it might have been, a bounded number of times.
enum walk_status walk_record(const struct walk_text *text, size_t start, uint32_t columns,
                             size_t keep, struct walk *walk);

void walk_release(struct walk *walk);

#endif
