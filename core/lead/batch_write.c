// Writing the records of a batch as canonical CSV.
//
// What a batch is made of is the same for all its records, so it is looked at once: runs of fields
// that stand in the block as they will be written (one copy, delimiters included), runs of columns
// that are empty (one copy of commas), and cells. That halves the cost of a record of 80 columns.
#include "batch.h"
#include "core/base/buffer.h"
#include "core/csv/writer.h"

enum part_kind {
    PART_RAW,   // fields of the block
    PART_EMPTY, // nothing but the commas between them
    PART_CELLS, // one column of cells, empty where none is set
    PART_MIXED, // one column of cells over a field of the block
};

struct part {
    enum part_kind kind;
    uint32_t first, last;
};

struct layout {
    struct part *parts;
    uint32_t count;
};

static enum part_kind kind_of(const struct batch *batch, uint32_t column)
{
    bool has_raw = column < batch->raw_columns;
    if (!batch->overlay[column]) return has_raw ? PART_RAW : PART_EMPTY;
    return has_raw ? PART_MIXED : PART_CELLS;
}

static void lay_out(const struct batch *batch, struct layout *layout)
{
    uint32_t count = batch->columns->count;
    layout->parts = memory_alloc(count * sizeof *layout->parts);
    layout->count = 0;
    for (uint32_t column = 0; column < count; column++) {
        enum part_kind kind = kind_of(batch, column);
        struct part *last = layout->count ? &layout->parts[layout->count - 1] : NULL;
        bool joins = last && last->kind == kind && (kind == PART_RAW || kind == PART_EMPTY);
        if (joins)
            last->last = column;
        else
            layout->parts[layout->count++] = (struct part){kind, column, column};
    }
}

// Short copies without a call: most cells are a few bytes long.
static inline char *put(char *to, const char *from, size_t len)
{
    if (len > 16) {
        memcpy(to, from, len);
    } else if (len >= 8) {
        uint64_t head, tail;
        memcpy(&head, from, 8);
        memcpy(&tail, from + len - 8, 8);
        memcpy(to, &head, 8);
        memcpy(to + len - 8, &tail, 8);
    } else if (len >= 4) {
        uint32_t head, tail;
        memcpy(&head, from, 4);
        memcpy(&tail, from + len - 4, 4);
        memcpy(to, &head, 4);
        memcpy(to + len - 4, &tail, 4);
    } else {
        for (size_t i = 0; i < len; i++) to[i] = from[i];
    }
    return to + len;
}

static inline void put_cell(const cell *value, struct buffer *out)
{
    str text = {value->data, value->len};
    if (text.len == 0) return;
    if (!(value->flags & CELL_PLAIN) && csv_needs_quotes(text)) {
        csv_write_field(out, text);
        return;
    }
    char *to = buffer_room(out, text.len);
    out->len += (size_t)(put(to, text.data, text.len) - to);
}

// Fields first..last of the block as they stand, delimiters between them included.
static void put_raw(const struct records *records, uint32_t row, uint32_t first, uint32_t last,
                    struct buffer *out)
{
    uint32_t start = records_field_start(records, row, first);
    buffer_add(out,
               (str){records->block->data + start, records_field_end(records, row, last) - start});
}

static void put_commas(struct buffer *out, uint32_t count)
{
    memset(buffer_room(out, count), ',', count);
    out->len += count;
}

static void put_part(const struct batch *batch, uint32_t row, const struct part *part,
                     struct buffer *out)
{
    const cell *cells = batch->overlay[part->first];
    switch (part->kind) {
    case PART_RAW: put_raw(&batch->records, row, part->first, part->last, out); break;
    case PART_EMPTY: put_commas(out, part->last - part->first); break;
    case PART_CELLS: put_cell(&cells[row], out); break;
    case PART_MIXED:
        if (cells[row].flags & CELL_SET)
            put_cell(&cells[row], out);
        else
            put_raw(&batch->records, row, part->first, part->first, out);
        break;
    }
}

static void put_record(const struct batch *batch, const struct layout *layout, uint32_t row,
                       struct buffer *out)
{
    size_t start = out->len;
    for (uint32_t i = 0; i < layout->count; i++) {
        if (i) buffer_add_byte(out, ',');
        put_part(batch, row, &layout->parts[i], out);
    }
    // A lone empty field would be read back as a blank line.
    if (out->len == start && batch->columns->count == 1) buffer_add(out, STR("\"\""));
    buffer_add_byte(out, '\n');
}

void batch_write(const struct batch *batch, uint32_t row, struct buffer *out)
{
    struct layout layout;
    lay_out(batch, &layout);
    put_record(batch, &layout, row, out);
    memory_free(layout.parts);
}

void batch_write_rows(const struct batch *batch, struct buffer *out, uint32_t ends[])
{
    struct layout layout;
    lay_out(batch, &layout);
    for (uint32_t row = 0; row < batch->count; row++) {
        put_record(batch, &layout, row, out);
        if (ends) ends[row] = (uint32_t)out->len;
    }
    memory_free(layout.parts);
}

void batch_write_all(const struct batch *batch, struct buffer *out)
{
    batch_write_rows(batch, out, NULL);
}
