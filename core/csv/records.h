// Located records: a block of bytes and where each field of each record in it ends.
//
// The block is immutable and shared (reference-counted, freed with the last reference). Offsets are
// into block->data. Field c of record r begins at starts[r] for c = 0, else one byte behind the end
// of field c-1, and ends before records_end(r, c). The byte at the end of the last field is LF, or
// CR of CR LF, whatever ended the record (readers add an LF at the end of a file that lacks it).
//
//     "ends" row by row:   a,"b,c",d LF      ->   1, 7|QUOTED, 9
//
// Reading a field back is lazy: records_raw gives its bytes with the quotes, records_text without.
#ifndef CSV_RECORDS_H
#define CSV_RECORDS_H

#include <stdatomic.h>
#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/memory.h"
#include "core/base/pages.h"
#include "core/base/str.h"

// Readable bytes behind a block's last one, so that vector code may read past the end.
enum { BLOCK_PADDING = 64 };

struct block {
    atomic_uint references;
    size_t len, capacity;
    bool is_paged; // data is a run of pages (core/base/pages.h)
    char *data;    // capacity + BLOCK_PADDING bytes
};

// One reference, len 0. The padding is zeroed.
struct block *block_new(size_t capacity);

// The same in a run of zeroed pages, which goes back to the system with the last reference; not to
// be grown. The pages outlive the block; only this call is not thread-safe.
struct block *block_new_paged(struct pages *pages, size_t capacity);
struct block *block_keep(struct block *block);
void block_release(struct block *block); // NULL allowed

#define FIELD_QUOTED 0x80000000u // in ends: the field begins with a quote

struct records {
    struct block *block;
    uint32_t count, columns;
    uint32_t *starts; // [count]
    uint32_t *ends;   // [count x columns], bit 31 = FIELD_QUOTED
    uint32_t *lines;  // [count] physical lines between line_first and the record's first line
    uint64_t line_first;
    // Where the record stood as it was read; only for readers that repair records (starts and ends
    // then point to the repaired text). NULL otherwise: the record is its fields.
    uint32_t *raw_starts, *raw_ends; // [count]; raw_ends excludes the line end
    size_t starts_capacity, ends_capacity, lines_capacity, raw_capacity;
};

// Keeps the arrays' room, gives up the block.
void records_clear(struct records *records);
void records_release(struct records *records);

// Makes room for `count` records of `columns` fields in all arrays that are in use.
void records_reserve(struct records *records, size_t count, size_t columns);

static inline uint32_t records_field_end(const struct records *records, uint32_t row,
                                         uint32_t column)
{
    return records->ends[(size_t)row * records->columns + column] & ~FIELD_QUOTED;
}

static inline uint32_t records_field_start(const struct records *records, uint32_t row,
                                           uint32_t column)
{
    return column == 0 ? records->starts[row] : records_field_end(records, row, column - 1) + 1;
}

static inline bool records_is_quoted(const struct records *records, uint32_t row, uint32_t column)
{
    return records->ends[(size_t)row * records->columns + column] & FIELD_QUOTED;
}

// The field's bytes as they stand in the block, quotes included.
static inline str records_raw(const struct records *records, uint32_t row, uint32_t column)
{
    uint32_t start = records_field_start(records, row, column);
    return (str){records->block->data + start, records_field_end(records, row, column) - start};
}

// Text between the quotes of a quoted field, with each doubled quote made one; a view when nothing
// was doubled, else a copy in arena. raw begins and ends with a quote.
str csv_unquote(str raw, struct arena *arena);

// The field's text. A view into the block unless a doubled quote had to be undone.
static inline str records_text(const struct records *records, uint32_t row, uint32_t column,
                               struct arena *arena)
{
    str raw = records_raw(records, row, column);
    return records_is_quoted(records, row, column) ? csv_unquote(raw, arena) : raw;
}

// The whole record as it was read, without its line end.
static inline str records_line_text(const struct records *records, uint32_t row)
{
    if (records->raw_starts) {
        return (str){records->block->data + records->raw_starts[row],
                     records->raw_ends[row] - records->raw_starts[row]};
    }
    uint32_t end = records_field_end(records, row, records->columns - 1);
    return (str){records->block->data + records->starts[row], end - records->starts[row]};
}

// The physical line, 1-based, on which the record begins.
static inline uint64_t records_line(const struct records *records, uint32_t row)
{
    return records->line_first + records->lines[row];
}

#endif
