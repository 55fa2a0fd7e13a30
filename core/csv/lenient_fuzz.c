// Seeds: testdata/corpus/csv.
//
// Foreign CSV never loses a byte and never depends on how it is cut: every byte of the input is in
// a record's raw extent, in a line end or in a blank line; records have as many fields as there are
// columns, regularly quoted; reading in blocks of any size gives what reading at once gives; and
// libcsv finds as many fields in an irregular record as the walk that cut it out.
#include <stdlib.h>

#include "core/base/buffer.h"
#include "lenient.h"
#include "lenient_repair.h"
#include "libcsv.h"

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) abort();                                                                 \
    } while (0)

struct seen {
    struct buffer cells;   // all fields, each behind its length
    struct buffer extents; // offset, len, line and fault of each record
    uint64_t counters[4];
};

static void check_field(const struct records *records, uint32_t row, uint32_t column)
{
    str raw = records_raw(records, row, column);
    char behind = records->block->data[records_field_end(records, row, column)];
    if (column + 1 == records->columns) CHECK(behind == '\n' || behind == '\r');
    CHECK(records_is_quoted(records, row, column) == (raw.len && raw.data[0] == '"'));
    if (!records_is_quoted(records, row, column)) {
        CHECK(str_find(raw, '"') < 0 && str_find(raw, '\n') < 0);
        return;
    }
    CHECK(raw.len >= 2 && raw.data[raw.len - 1] == '"');
    for (size_t i = 1; i + 1 < raw.len; i++) {
        if (raw.data[i] == '"') CHECK(raw.data[++i] == '"' && i + 1 < raw.len);
    }
}

static void note(struct seen *seen, const struct records *records, const unsigned char *faults,
                 size_t offset)
{
    struct arena arena = {0};
    for (uint32_t row = 0; row < records->count; row++) {
        uint64_t extent[4] = {offset + records->raw_starts[row],
                              records_line_text(records, row).len, records_line(records, row),
                              faults[row]};
        buffer_add(&seen->extents, (str){(char *)extent, sizeof extent});
        for (uint32_t i = 0; i < records->columns; i++) {
            check_field(records, row, i);
            str text = records_text(records, row, i, &arena);
            if (faults[row]) CHECK(text.len == 0);
            buffer_add(&seen->cells, (str){(char *)&text.len, sizeof text.len});
            buffer_add(&seen->cells, text);
        }
    }
    arena_release(&arena);
}

static void read_all(struct seen *seen, str text, struct lenient lenient, size_t block_bytes)
{
    struct records records = {.line_first = 1};
    unsigned char *faults = NULL;
    size_t capacity = 0, at = 0, len = block_bytes;
    while (at < text.len) {
        if (len > text.len - at) len = text.len - at;
        struct block *block = block_new(len);
        if (len) memcpy(block->data, text.data + at, len);
        block->len = len;
        uint64_t lines;
        size_t used = lenient_locate(&lenient, block, 0, at + len == text.len, &records, &faults,
                                     &capacity, &lines);
        CHECK(used <= len && (used > 0 || at + len < text.len));
        note(seen, &records, faults, at);
        records.line_first += lines;
        at += used;
        len = used ? block_bytes : len * 2;
        block_release(block);
    }
    records_release(&records);
    memory_free(faults);
    uint64_t counters[4] = {lenient.blank_lines, lenient.irregular, lenient.padded,
                            lenient.trimmed};
    memcpy(seen->counters, counters, sizeof counters);
}

// What lies between the records must be line ends and blank lines, as many as were counted.
static void check_gap(str gap, char delimiter, bool is_behind_record, uint64_t *blank_lines)
{
    if (is_behind_record) { // its own line end, if it was not cut for its length
        if (str_starts(gap, STR("\r"))) gap = str_from(gap, 1);
        if (str_starts(gap, STR("\n"))) gap = str_from(gap, 1);
    }
    for (size_t i = 0; i < gap.len; i++) {
        CHECK(gap.data[i] == delimiter || byte_is_blank(gap.data[i]));
        *blank_lines += gap.data[i] == '\n' || i + 1 == gap.len;
        if (gap.data[i] == '\n' && i + 1 == gap.len) break;
    }
}

static void check_extents(const struct seen *seen, str text, char delimiter)
{
    size_t at = 0;
    uint64_t blank_lines = 0, last_line = 0;
    for (size_t i = 0; i < seen->extents.len; i += 4 * sizeof(uint64_t)) {
        uint64_t extent[4];
        memcpy(extent, seen->extents.data + i, sizeof extent);
        CHECK(extent[0] >= at && extent[2] >= last_line);
        check_gap((str){text.data + at, extent[0] - at}, delimiter, i > 0, &blank_lines);
        uint64_t line = 1;
        for (size_t k = 0; k < extent[0]; k++) line += text.data[k] == '\n';
        CHECK(line == extent[2]);
        at = extent[0] + extent[1];
        last_line = extent[2];
        CHECK(at <= text.len);
    }
    check_gap((str){text.data + at, text.len - at}, delimiter, seen->extents.len > 0, &blank_lines);
    CHECK(blank_lines == seen->counters[0]);
}

static void count_field(void *state, str text)
{
    (void)text;
    ++*(uint64_t *)state;
}

static void count_record(void *state) { (void)state; }

static void check_walk(const struct lenient *lenient, str text)
{
    struct walk_text whole = {text.data, text.len, true, lenient->dialect, SIZE_MAX};
    struct walk walk = {0};
    struct repair repair = {0};
    for (size_t at = 0; at < text.len; at = walk.next) {
        CHECK(walk_record(&whole, at, lenient->columns, 100, &walk) == WALK_WHOLE);
        CHECK(walk.next > at && walk.end <= walk.next && walk.end >= at);
        if (!walk.is_irregular && !walk.has_escapes) continue;
        uint64_t count = 0;
        struct libcsv_events events = {count_field, count_record, &count};
        repair_parse(&repair, &whole, &walk, &events);
        CHECK(count == walk.fields);
    }
    walk_release(&walk);
    repair_release(&repair);
}

static void release(struct seen *seen)
{
    buffer_release(&seen->cells);
    buffer_release(&seen->extents);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Three bytes choose the dialect and the cutting; the rest is the text.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3 || size > 4096) return 0;
    struct lenient lenient = {
        .dialect = {.delimiter = ",;\t|"[data[0] & 3], .backslash_escape = data[0] & 4},
        .columns = data[1] & 15,
        .record_bytes_max = data[0] & 8 ? 20 + (data[0] >> 4) : 0,
    };
    size_t block_bytes = data[2] ? data[2] : 1;
    char *copy = memory_alloc(size - 3);
    if (size > 3) memcpy(copy, data + 3, size - 3);
    str text = {copy, size - 3};

    struct seen whole = {0}, cut = {0};
    read_all(&whole, text, lenient, text.len);
    read_all(&cut, text, lenient, block_bytes);
    CHECK(str_equal(buffer_str(&whole.extents), buffer_str(&cut.extents)));
    CHECK(str_equal(buffer_str(&whole.cells), buffer_str(&cut.cells)));
    CHECK(memcmp(whole.counters, cut.counters, sizeof whole.counters) == 0);
    check_extents(&whole, text, lenient.dialect.delimiter);

    check_walk(&lenient, text);

    struct arena arena = {0};
    str *fields;
    size_t count;
    size_t used = lenient_fields(&lenient.dialect, text, &arena, &fields, &count);
    CHECK(used <= text.len && (used > 0) == (text.len > 0) && (count > 0) == (text.len > 0));
    arena_release(&arena);

    release(&whole);
    release(&cut);
    memory_free(copy);
    return 0;
}
