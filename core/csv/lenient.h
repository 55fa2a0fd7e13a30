// Reads records of foreign CSV: any delimiter, LF or CR LF (the decoder has made an LF of a lone
// CR), irregular quoting, ragged rows.
//
//     struct lenient lenient = {.dialect = dialect, .columns = 12};
//     size_t used = lenient_locate(&lenient, block, 0, is_last, &records, &faults, &capacity,
//     &lines);
//
// Regular records are located in place by the block scanner. A record that is irregular (a quote
// inside a bare field, text behind a closing quote, an unclosed quote) is decoded by libcsv from
// exactly the bytes up to our resynchronisation point, so that an unclosed quote does not swallow
// the records behind it: a quote that is not closed before a delimiter or line end within 64 KiB,
// or whose closing gives the wrong number of columns, is literal, and the record ends at its first
// line end (all of the rule: lenient_walk.h). Its fields are appended, regularly quoted, behind
// the block's bytes, so that the records handed out are all regular; raw_starts/raw_ends keep how
// it stood. Blanks round the fields of such a record are dropped, elsewhere they are kept.
#ifndef CSV_LENIENT_H
#define CSV_LENIENT_H

#include "core/base/err.h"
#include "dialect.h"
#include "records.h"

// Why a record could not be used.
enum record_fault {
    RECORD_OK,
    RECORD_TOO_MANY_FIELDS, // more than columns, and not all of the further ones empty
    RECORD_TOO_LONG,        // no line end within record_bytes_max; each piece is one such record
};

struct lenient {
    struct dialect dialect;
    uint32_t columns;        // of the header: 0 = not known yet (then records have no fields here,
                             // only their extent, and none is padded or refused)
    size_t record_bytes_max; // 0 = 64 MiB
    // Counters over all calls:
    uint64_t blank_lines; // skipped
    uint64_t irregular;   // repaired records
    uint64_t padded;      // short rows filled with empty fields
    uint64_t trimmed;     // long rows whose further fields were all empty
    // Private: the next bytes continue a record that was too long.
    bool is_in_long_record;
};

// Locates the whole records of the decoded UTF-8 text that block holds from `start` to its len.
// is_last says that the input ends there (a last record without a line end counts). Fills out:
// count records of lenient->columns fields each; out->lines relative to line_first, which is the
// caller's to set. faults[row] (*faults is grown, may begin as NULL) is RECORD_OK or why the record
// cannot be used: such a record has lenient->columns empty fields and its raw extent. Returns the
// bytes used; *lines_used is how many physical lines they hold. Blank records (nothing but blanks
// and delimiters) are skipped and counted.
//
// What is not used (up to the len that block had before) is to be given again, in front of what
// follows. 0 means that more text is
// needed to tell where the first record ends: at most record_bytes_max and 16 MiB more. With
// is_last it is never 0 but for an empty text; yet fewer records than there are may be taken when
// repairing made them much larger, so call until all is used.
//
// block must have no other user yet: its bytes may move, its len grows by what is appended. out
// gives up its block and takes a reference of this one. The results do not depend on how the text
// is cut into blocks. Regular records of the right width cost no copying (2 to 3 GB/s), irregular
// ones one or two microseconds, most of it libcsv's.
size_t lenient_locate(struct lenient *lenient, struct block *block, size_t start, bool is_last,
                      struct records *out, unsigned char **faults, size_t *faults_capacity,
                      uint64_t *lines_used);

// The fields of one record at the start of text, whatever their number: for looking at headers,
// preambles and sections. Views or copies in arena. Returns the bytes used including the line end;
// 0 when text is empty. *count is set to the number of fields, fields points to them. A blank line
// has one empty field. The end of text is a line end.
size_t lenient_fields(const struct dialect *dialect, str text, struct arena *arena, str **fields,
                      size_t *count);

#endif
