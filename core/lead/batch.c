#include "batch.h"

struct batch *batch_new(void) { return memory_zeroed(1, sizeof(struct batch)); }

void batch_clear(struct batch *batch)
{
    if (batch->columns) {
        memset(batch->overlay, 0, batch->columns->count * sizeof *batch->overlay);
    }
    records_clear(&batch->records);
    arena_reset(&batch->arena);
    batch->columns = NULL;
    batch->count = batch->raw_columns = 0;
    batch->origin = NULL;
    batch->faults = NULL;
    batch->first_sequence = 0;
    batch->next = NULL;
}

void batch_free(struct batch *batch)
{
    if (!batch) return;
    records_release(&batch->records);
    arena_release(&batch->arena);
    memory_free(batch->overlay);
    memory_free(batch);
}

// Room for one overlay pointer a column; those from `used` on are cleared.
static void reserve_overlay(struct batch *batch, uint32_t used, uint32_t count)
{
    batch->overlay =
        memory_grow(batch->overlay, &batch->overlay_capacity, count, sizeof *batch->overlay);
    memset(batch->overlay + used, 0, (count - used) * sizeof *batch->overlay);
}

void batch_begin(struct batch *batch, const struct columns *columns)
{
    reserve_overlay(batch, 0, columns->count);
    batch->columns = columns;
    batch->count = batch->records.count;
    batch->raw_columns = batch->records.columns;
}

void batch_begin_empty(struct batch *batch, const struct columns *columns, uint32_t count)
{
    reserve_overlay(batch, 0, columns->count);
    batch->columns = columns;
    batch->count = count;
    batch->raw_columns = 0;
}

void batch_widen(struct batch *batch, const struct columns *columns)
{
    reserve_overlay(batch, batch->columns->count, columns->count);
    batch->columns = columns;
}

void batch_replace(struct batch *batch, const struct columns *columns)
{
    reserve_overlay(batch, 0, columns->count);
    batch->columns = columns;
    batch->raw_columns = 0;
}

cell *batch_new_cells(struct batch *batch, uint32_t column)
{
    batch->overlay[column] = arena_new(&batch->arena, cell, batch->count);
    return batch->overlay[column];
}

void batch_set_number(struct batch *batch, uint32_t row, uint32_t column, int64_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0) digits[--at] = '-';
    str text = arena_copy(&batch->arena, (str){digits + at, sizeof digits - at});
    batch_set(batch, row, column, text, CELL_PLAIN);
}

static void filter_records(struct records *records, const bool keep[], uint32_t count)
{
    if (!records->block || records->count != count) return;
    uint32_t to = 0;
    size_t width = records->columns;
    for (uint32_t from = 0; from < count; from++) {
        if (!keep[from]) continue;
        records->starts[to] = records->starts[from];
        records->lines[to] = records->lines[from];
        if (records->raw_starts) {
            records->raw_starts[to] = records->raw_starts[from];
            records->raw_ends[to] = records->raw_ends[from];
        }
        memmove(records->ends + to * width, records->ends + from * width,
                width * sizeof *records->ends);
        to++;
    }
    records->count = to;
}

// Moves the cells of the rows kept to the front, four to a round.
static void filter_cells(cell to[], const cell from[], const uint32_t rows[], size_t kept)
{
    size_t i = 0;
    for (; i + 4 <= kept; i += 4) {
        to[i] = from[rows[i]];
        to[i + 1] = from[rows[i + 1]];
        to[i + 2] = from[rows[i + 2]];
        to[i + 3] = from[rows[i + 3]];
    }
    for (; i < kept; i++) to[i] = from[rows[i]];
}

// The flags are looked at once, not once a column: which rows are dropped is chance, and a wrong
// guess of the processor costs as much as ten cells.
void batch_filter(struct batch *batch, const bool keep[])
{
    uint32_t first = 0, kept = 0;
    while (first < batch->count && keep[first]) first++;
    if (first == batch->count) return;
    uint32_t *rows = arena_alloc(&batch->arena, (batch->count - first) * sizeof *rows);
    for (uint32_t row = first; row < batch->count; row++) {
        rows[kept] = row;
        kept += keep[row];
    }
    for (uint32_t column = 0; column < batch->columns->count; column++) {
        cell *cells = batch->overlay[column];
        if (cells) filter_cells(cells + first, cells, rows, kept);
    }
    filter_records(&batch->records, keep, batch->count);
    batch->count = first + kept;
}
