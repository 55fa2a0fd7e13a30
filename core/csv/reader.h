// Reads canonical CSV (design section 3): what passes between stages. LF or CR LF, comma, one
// header.
//
//     struct csv_reader *reader = csv_reader_open(input, 0, &err);
//     csv_reader_name(reader, column) ...
//     struct records records = {0};
//     while (csv_reader_next(reader, &records, &err)) ...
//
// Strict: a record with another number of columns than the header, a quote inside a bare field,
// text behind a closing quote, an unclosed quote, invalid UTF-8, a NUL byte, a CR outside quotes
// that no LF follows, or a UTF-8 BOM before the header is an error that names file and line. Every
// other tool's canonical output passes.
//
// Costs one pass with the block scanner, which finds separators and trouble alike, and one look at
// each separator; fields are not touched. Only a block with trouble in it is walked byte by byte.
#ifndef CSV_READER_H
#define CSV_READER_H

#include "input.h"
#include "records.h"

// Records, and the header, must be shorter.
enum { CSV_RECORD_BYTES_MAX = 64 << 20 };

struct csv_reader;

// Reads the header. An input of zero bytes has zero columns (csv_reader_columns 0) and no records.
// The input stays the caller's. block_bytes: how much is located at a time; 0 = 256 KiB. Records
// longer than a block make it grow, up to 64 MiB. NULL with err when the input or its header
// cannot be read.
struct csv_reader *csv_reader_open(struct input *input, size_t block_bytes, struct err *err);

// The same from anything that gives bytes: read as input_read (up to len, 0 at the end, -1 with
// err), but it may give fewer than len. name is for messages; it is copied.
typedef ssize_t csv_read(void *state, char *out, size_t len, struct err *err);

struct csv_reader *csv_reader_open_from(csv_read *read, void *state, const char *name,
                                        size_t block_bytes, struct err *err);

uint32_t csv_reader_columns(const struct csv_reader *reader);

// The name of a column, without its quotes; lives as long as the reader.
str csv_reader_name(const struct csv_reader *reader, uint32_t column);

// Locates the next block of whole records, at least one. False at the end, or with err set; then
// again at every further call. What was read before a failure of the input is delivered first.
bool csv_reader_next(struct csv_reader *reader, struct records *out, struct err *err);

void csv_reader_close(struct csv_reader *reader); // NULL allowed

#endif
