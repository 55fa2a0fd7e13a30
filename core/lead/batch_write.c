// Writing the records of a batch as canonical CSV.
//
// What a batch is made of is the same for all its records, so it is looked at once: runs of fields
// that stand in the block as they will be written (one copy, delimiters included), runs of columns
// that are empty (one copy of commas), and runs of cells. That halved the cost of a record of 80
// columns; writing through a pointer, with room for all commas made once a record, halved it again.
#include "batch.h"
#include "core/base/buffer.h"
#include "core/csv/writer.h"

enum part_kind {
    PART_RAW,   // fields of the block
    PART_EMPTY, // nothing but the commas between them
    PART_CELLS, // cells, empty where none is set
    PART_MIXED, // one column of cells over a field of the block
};

struct part {
    enum part_kind kind;
    uint32_t first, last; // in the order of writing
};

struct layout {
    uint32_t *columns; // [column_count]: the columns in the order of writing
    uint32_t column_count;
    struct part *parts;
    uint32_t count;
};

static enum part_kind kind_of(const struct batch *batch, uint32_t column)
{
    bool has_raw = column < batch->raw_columns;
    if (!batch->overlay[column]) return has_raw ? PART_RAW : PART_EMPTY;
    return has_raw ? PART_MIXED : PART_CELLS;
}

// Whether a column may be written in one piece with the one before it.
static bool continues(const struct layout *layout, enum part_kind kind, uint32_t i)
{
    const struct part *last = layout->count ? &layout->parts[layout->count - 1] : NULL;
    if (!last || last->kind != kind || kind == PART_MIXED) return false;
    // Fields of the block are one piece only where they are neighbours there.
    return kind != PART_RAW || layout->columns[i] == layout->columns[i - 1] + 1;
}

static void lay_out(const struct batch *batch, const struct projection *projection,
                    struct layout *layout)
{
    uint32_t count = projection ? projection->count : batch->columns->count;
    *layout = (struct layout){.column_count = count};
    layout->parts = memory_alloc((count + 1) * sizeof *layout->parts);
    layout->columns = memory_alloc((count + 1) * sizeof *layout->columns);
    for (uint32_t i = 0; i < count; i++) {
        layout->columns[i] = projection ? projection->columns[i] : i;
        enum part_kind kind = kind_of(batch, layout->columns[i]);
        if (continues(layout, kind, i))
            layout->parts[layout->count - 1].last = i;
        else
            layout->parts[layout->count++] = (struct part){kind, i, i};
    }
}

// Where the next byte goes. Up to `end` there is room for text; behind it, room is left for what
// stands between the texts of one record.
struct output {
    char *to, *end;
    struct buffer *buffer;
    size_t between;
};

static void make_room(struct output *output, size_t text)
{
    struct buffer *buffer = output->buffer;
    if (output->to) buffer->len = (size_t)(output->to - buffer->data);
    // Behind a text that has taken its room there may be commas of its record: room for two.
    output->to = buffer_room(buffer, text + 2 * output->between);
    output->end = buffer->data + buffer->capacity - output->between;
}

static inline void need(struct output *output, size_t text)
{
    if (output->end - output->to < (ptrdiff_t)text) make_room(output, text);
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

static inline void put_cell(const cell *value, struct output *output)
{
    str text = {value->data, value->len};
    if (text.len == 0) return;
    need(output, csv_field_room(text));
    output->to = value->flags & CELL_PLAIN ? put(output->to, text.data, text.len)
                                           : csv_put_field(output->to, text);
}

// Fields first..last of the block as they stand, delimiters between them included.
static void put_raw(const struct records *records, uint32_t row, uint32_t first, uint32_t last,
                    struct output *output)
{
    uint32_t start = records_field_start(records, row, first);
    size_t len = records_field_end(records, row, last) - start;
    need(output, len);
    memcpy(output->to, records->block->data + start, len);
    output->to += len;
}

static void put_cells(const struct batch *batch, uint32_t row, const uint32_t columns[],
                      uint32_t more, struct output *output)
{
    put_cell(&batch->overlay[columns[0]][row], output);
    for (uint32_t i = 1; i <= more; i++) {
        *output->to++ = ',';
        put_cell(&batch->overlay[columns[i]][row], output);
    }
}

static void put_part(const struct batch *batch, const struct layout *layout, uint32_t row,
                     const struct part *part, struct output *output)
{
    const uint32_t *columns = layout->columns + part->first;
    uint32_t more = part->last - part->first;
    switch (part->kind) {
    case PART_RAW: put_raw(&batch->records, row, columns[0], columns[more], output); break;
    case PART_EMPTY:
        memset(output->to, ',', more);
        output->to += more;
        break;
    case PART_CELLS: put_cells(batch, row, columns, more, output); break;
    case PART_MIXED:
        if (batch->overlay[columns[0]][row].flags & CELL_SET)
            put_cells(batch, row, columns, 0, output);
        else
            put_raw(&batch->records, row, columns[0], columns[0], output);
        break;
    }
}

static void put_record(const struct batch *batch, const struct layout *layout, uint32_t row,
                       struct output *output)
{
    need(output, 0);
    const char *start = output->to;
    for (uint32_t i = 0; i < layout->count; i++) {
        if (i) *output->to++ = ',';
        put_part(batch, layout, row, &layout->parts[i], output);
    }
    // A lone empty field would be read back as a blank line.
    bool is_lone = layout->column_count == 1 && output->to == start;
    if (is_lone) output->to = put(output->to, "\"\"", 2);
    *output->to++ = '\n';
}

struct range {
    uint32_t first, end;
};

static void put_rows(const struct batch *batch, const struct projection *projection,
                     struct range rows, struct buffer *out, uint32_t ends[])
{
    struct layout layout;
    lay_out(batch, projection, &layout);
    // Commas, LF, and the two quotes of a lone empty field.
    struct output output = {.buffer = out, .between = layout.column_count + 3};
    make_room(&output, 0);
    for (uint32_t row = rows.first; row < rows.end; row++) {
        put_record(batch, &layout, row, &output);
        if (ends) ends[row] = (uint32_t)(output.to - out->data);
    }
    out->len = (size_t)(output.to - out->data);
    memory_free(layout.parts);
    memory_free(layout.columns);
}

void batch_write(const struct batch *batch, uint32_t row, struct buffer *out)
{
    put_rows(batch, NULL, (struct range){row, row + 1}, out, NULL);
}

void batch_write_rows(const struct batch *batch, struct buffer *out, uint32_t ends[])
{
    put_rows(batch, NULL, (struct range){0, batch->count}, out, ends);
}

void batch_write_all(const struct batch *batch, struct buffer *out)
{
    batch_write_rows(batch, out, NULL);
}

void batch_write_projected(const struct batch *batch, const struct projection *projection,
                           struct buffer *out)
{
    put_rows(batch, projection, (struct range){0, batch->count}, out, NULL);
}
