// Reads records of foreign CSV: any delimiter, LF, CR LF or CR, irregular quoting, ragged rows.
//
// Regular records are located in place by the block scanner. A record that is irregular (a quote
// inside a bare field, text behind a closing quote, an unclosed quote) is decoded by libcsv from
// exactly the bytes up to our resynchronisation point: a quote that is not closed before a
// delimiter or line end within 64 KiB, or whose closing gives the wrong number of columns, is
// literal, and the record ends at its first line end. Its fields are appended, regularly quoted,
// behind the block's bytes, so that the records handed out are all regular; raw_starts/raw_ends
// keep how it stood.
#ifndef CSV_LENIENT_H
#define CSV_LENIENT_H

#include "core/base/err.h"
#include "dialect.h"
#include "records.h"

// Why a record could not be used.
enum record_fault { RECORD_OK, RECORD_TOO_MANY_FIELDS, RECORD_TOO_LONG };

struct lenient {
    struct dialect dialect;
    uint32_t columns; // of the header: 0 = not known yet (then no record is padded or refused)
    // Counters over all calls:
    uint64_t blank_lines; // skipped
    uint64_t irregular;   // repaired records
    uint64_t padded;      // short rows filled with empty fields
    uint64_t trimmed;     // long rows whose further fields were all empty
};

// Locates the whole records of text (decoded UTF-8), which block holds from `start` on. is_last
// says that the input ends there (a last record without a line end counts). Fills out: count
// records of lenient->columns fields each; out->lines relative to line_first. faults[row] (grown by
// the callee, may be NULL) is RECORD_OK or why the record cannot be used: such a record has
// lenient->columns empty fields and its raw extent. Returns the bytes used; *lines_used is how many
// physical lines they hold. Blank records (no fields but blanks and delimiters) are skipped and
// counted.
size_t lenient_locate(struct lenient *lenient, struct block *block, size_t start, bool is_last,
                      struct records *out, unsigned char **faults, size_t *faults_capacity,
                      uint64_t *lines_used);

// The fields of one record at the start of text, whatever their number: for looking at headers,
// preambles and sections. Views or copies in arena. Returns the bytes used including the line end;
// 0 when text is empty. *count is set to the number of fields, fields points to them.
size_t lenient_fields(const struct dialect *dialect, str text, struct arena *arena, str **fields,
                      size_t *count);

#endif
