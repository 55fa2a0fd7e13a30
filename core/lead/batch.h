// A batch: some hundreds of records that travel through the stages together.
//
// A batch is an immutable block of input with its located fields (struct records) and, over it, an
// overlay of cells that stages have set or added. Column c of the batch is field c of the block for
// c < raw columns, unless its cell is set; every other column is empty until it is set. Unquoting
// happens when a field is read; the writer copies runs of untouched neighbouring fields as they
// are.
//
//     for (uint32_t row = 0; row < batch->count; row++) {
//         str email = batch_get(batch, row, email_column);
//         batch_set(batch, row, status_column, STR("valid"), CELL_PLAIN);
//     }
//
// Owned by one thread at a time. Text that cells point to lives in the batch's arena, in its block,
// or for ever (rule files, literals). No pointer into a batch survives the call it was given to.
#ifndef LEAD_BATCH_H
#define LEAD_BATCH_H

#include "columns.h"
#include "core/csv/records.h"

enum cell_flag {
    CELL_SET = 1,   // this cell hides the block's field
    CELL_PLAIN = 2, // known to hold no comma, quote, CR, LF and no blank at either end
};

typedef struct {
    const char *data;
    uint32_t len;
    uint32_t flags;
} cell;

struct batch {
    const struct columns *columns;
    uint32_t count;         // records
    struct records records; // where the records stood in the input; block NULL when from nowhere
    uint32_t raw_columns;   // columns [0, raw_columns) are the block's fields where no cell is set
    cell **overlay;         // [columns->count]; NULL = nothing set in that column
    size_t overlay_capacity;
    uint64_t first_sequence; // of the first record; the i-th has at most first_sequence + i
    const void *origin;      // what the source says of the file these records are from, or NULL
    // Of exports: why records could not be read (enum record_fault), in the arena, parallel to the
    // records as the source gave them; NULL = all could. Not kept by batch_filter.
    const unsigned char *faults;
    struct arena arena;
    struct batch *next; // for the engine's queues
};

// A new, empty batch, or one made empty again for reuse (keeps its room).
struct batch *batch_new(void);
void batch_clear(struct batch *batch);
void batch_free(struct batch *batch);

// Begins a batch of located records: the caller has filled batch->records. The columns are those of
// the records.
void batch_begin(struct batch *batch, const struct columns *columns);

// Begins a batch without a block: `count` records, every cell empty.
void batch_begin_empty(struct batch *batch, const struct columns *columns, uint32_t count);

// The same records under more columns: `columns` begins with the present ones.
void batch_widen(struct batch *batch, const struct columns *columns);

// The same records under other columns, all empty. The block stays readable through batch->records
// and texts that point into it stay valid; it is no longer written.
void batch_replace(struct batch *batch, const struct columns *columns);

// batch_cells of a column that has none yet.
cell *batch_new_cells(struct batch *batch, uint32_t column);

// The cells of one column, made (zeroed) on first use; index with the row. For setting many.
static inline cell *batch_cells(struct batch *batch, uint32_t column)
{
    cell *cells = batch->overlay[column];
    return cells ? cells : batch_new_cells(batch, column);
}

// The column's text, without quotes. May use the arena.
static inline str batch_get(struct batch *batch, uint32_t row, uint32_t column)
{
    const cell *cells = batch->overlay[column];
    if (cells && cells[row].flags & CELL_SET) return (str){cells[row].data, cells[row].len};
    if (column >= batch->raw_columns) return (str){"", 0};
    return records_text(&batch->records, row, column, &batch->arena);
}

// batch_get, or "" for column -1 (a column that the input does not have).
static inline str batch_get_or_empty(struct batch *batch, uint32_t row, int column)
{
    return column < 0 ? (str){"", 0} : batch_get(batch, row, (uint32_t)column);
}

// Sets one cell to text, which is not copied.
static inline void batch_set(struct batch *batch, uint32_t row, uint32_t column, str text,
                             unsigned flags)
{
    batch_cells(batch, column)[row] = (cell){text.data, (uint32_t)text.len, flags | CELL_SET};
}

// Decimal digits of a number, as a plain cell.
void batch_set_number(struct batch *batch, uint32_t row, uint32_t column, int64_t number);

// Drops every record whose keep[row] is false. The order stays.
void batch_filter(struct batch *batch, const bool keep[]);

// Appends record `row` as a line of canonical CSV, all its columns; it ends in LF, also where the
// block has CR LF, so that a file's line ends never mix.
struct buffer;
void batch_write(const struct batch *batch, uint32_t row, struct buffer *out);

// Appends all records; ends[row] (may be NULL) is where in out each one ended.
void batch_write_rows(const struct batch *batch, struct buffer *out, uint32_t ends[]);

// Appends all records.
void batch_write_all(const struct batch *batch, struct buffer *out);

// Some columns in some order: none of them is the batch's own count or more.
struct projection {
    uint32_t *columns;
    uint32_t count;
};

// Appends all records, of each the columns of the projection (NULL: all).
void batch_write_projected(const struct batch *batch, const struct projection *projection,
                           struct buffer *out);

#endif
