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
    PART_RAW,   // fields of the block, side by side
    PART_CELLS, // one column of cells, empty where none is set
    PART_MIXED, // one column of cells over a field of the block
};

struct part {
    enum part_kind kind;
    uint32_t commas;      // to be written before it: its own, and those of empty columns
    uint32_t first, last; // fields of the block
    const cell *cells;
};

struct layout {
    struct part *parts;
    uint32_t count, column_count;
    uint32_t commas; // behind the last part
};

// Adds column i of those that are written. `commas`: how many stand before it and have no part yet.
static void add_part(const struct batch *batch, uint32_t column, uint32_t commas,
                     struct layout *layout)
{
    struct part *last = layout->count ? &layout->parts[layout->count - 1] : NULL;
    const cell *cells = batch->overlay[column];
    bool has_raw = column < batch->raw_columns;
    // Fields of the block are one piece only where they are neighbours there.
    bool goes_on = last && last->kind == PART_RAW && last->last + 1 == column && commas == 1;
    if (!cells && goes_on) {
        last->last = column;
        return;
    }
    enum part_kind kind = !cells ? PART_RAW : has_raw ? PART_MIXED : PART_CELLS;
    layout->parts[layout->count++] = (struct part){kind, commas, column, column, cells};
}

static void lay_out(const struct batch *batch, const struct projection *projection,
                    struct layout *layout)
{
    uint32_t count = projection ? projection->count : batch->columns->count;
    *layout = (struct layout){.column_count = count};
    layout->parts = memory_alloc((count + 1) * sizeof *layout->parts);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t column = projection ? projection->columns[i] : i;
        if (i) layout->commas++;
        if (!batch->overlay[column] && column >= batch->raw_columns) continue; // empty
        add_part(batch, column, layout->commas, layout);
        layout->commas = 0;
    }
}

// Where the next byte goes. Up to `end` there is room for text; behind it, room is left for what
// stands between the texts of one record. Writers hold `to` themselves and hand it on: a place in
// memory would be read again after each byte that is written.
struct output {
    char *end;
    struct buffer *buffer;
    size_t between;
};

static char *make_room(struct output *output, char *to, size_t text)
{
    struct buffer *buffer = output->buffer;
    if (to) buffer->len = (size_t)(to - buffer->data);
    // Behind a text that has taken its room there may be commas of its record: room for two.
    to = buffer_room(buffer, text + 2 * output->between);
    output->end = buffer->data + buffer->capacity - output->between;
    return to;
}

static inline char *need(struct output *output, char *to, size_t text)
{
    return output->end - to < (ptrdiff_t)text ? make_room(output, to, text) : to;
}

// Commas, eight at a time: what is written too much is written over.
enum { COMMAS_AT_ONCE = 8 };

static inline char *put_commas(char *to, uint32_t count)
{
    for (uint32_t i = 0; i < count; i += COMMAS_AT_ONCE) {
        memcpy(to + i, ",,,,,,,,", COMMAS_AT_ONCE);
    }
    return to + count;
}

static inline char *put_cell(const cell *value, struct output *output, char *to)
{
    str text = {value->data, value->len};
    if (text.len == 0) return to;
    to = need(output, to, csv_field_room(text));
    return value->flags & CELL_PLAIN ? bytes_put(to, text.data, text.len) : csv_put_field(to, text);
}

// Fields of the block as they stand, delimiters between them included.
static char *put_raw(const struct records *records, uint32_t row, const struct part *part,
                     struct output *output, char *to)
{
    uint32_t start = records_field_start(records, row, part->first);
    size_t len = records_field_end(records, row, part->last) - start;
    to = need(output, to, len);
    memcpy(to, records->block->data + start, len);
    return to + len;
}

static char *put_record(const struct batch *batch, const struct layout *layout, uint32_t row,
                        struct output *output, char *to)
{
    to = need(output, to, 0);
    size_t before = (size_t)(to - output->buffer->data);
    for (uint32_t i = 0; i < layout->count; i++) {
        const struct part *part = &layout->parts[i];
        to = put_commas(to, part->commas);
        bool is_raw = part->kind == PART_RAW ||
                      (part->kind == PART_MIXED && !(part->cells[row].flags & CELL_SET));
        to = is_raw ? put_raw(&batch->records, row, part, output, to)
                    : put_cell(&part->cells[row], output, to);
    }
    to = put_commas(to, layout->commas);
    // A lone empty field would be read back as a blank line.
    bool is_lone = layout->column_count == 1 && to == output->buffer->data + before;
    if (is_lone) to = bytes_put(to, "\"\"", 2);
    *to++ = '\n';
    return to;
}

struct range {
    uint32_t first, end;
};

static void put_rows(const struct batch *batch, const struct projection *projection,
                     struct range rows, struct buffer *out, uint32_t ends[])
{
    struct layout layout;
    lay_out(batch, projection, &layout);
    // Commas and those written too much, LF, and the two quotes of a lone empty field.
    struct output output = {.buffer = out, .between = layout.column_count + COMMAS_AT_ONCE + 3};
    char *to = make_room(&output, NULL, 0);
    for (uint32_t row = rows.first; row < rows.end; row++) {
        to = put_record(batch, &layout, row, &output, to);
        if (ends) ends[row] = (uint32_t)(to - out->data);
    }
    out->len = (size_t)(to - out->data);
    memory_free(layout.parts);
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
