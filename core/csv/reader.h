// Reads canonical CSV (design section 3): what passes between stages. LF or CR LF, comma, one
// header.
//
//     struct csv_reader *reader = csv_reader_open(input, &err);
//     csv_reader_header(reader) ...
//     struct records records = {0};
//     while (csv_reader_next(reader, &records, &err)) ...
//
// Strict: a record with another number of columns than the header, a quote inside a bare field,
// text behind a closing quote, an unclosed quote, invalid UTF-8, a NUL byte or a UTF-8 BOM before
// the header is an error that names file and line. Every other tool's canonical output passes.
#ifndef CSV_READER_H
#define CSV_READER_H

#include "input.h"
#include "records.h"

struct csv_reader;

// Reads the header. An input of zero bytes has zero columns (csv_reader_columns 0) and no records.
// The input stays the caller's. block_bytes: how much is located at a time; 0 = 256 KiB. Records
// longer than a block make it grow, up to 64 MiB.
struct csv_reader *csv_reader_open(struct input *input, size_t block_bytes, struct err *err);

uint32_t csv_reader_columns(const struct csv_reader *reader);
str csv_reader_name(const struct csv_reader *reader, uint32_t column);

// Locates the next block of whole records. False at the end, or with err set.
bool csv_reader_next(struct csv_reader *reader, struct records *out, struct err *err);

void csv_reader_close(struct csv_reader *reader); // NULL allowed

#endif
