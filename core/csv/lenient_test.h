// Reading a whole text leniently in blocks, and showing what was found. Only for lenient*_test.c.
#ifndef CSV_LENIENT_TEST_H
#define CSV_LENIENT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/buffer.h"
#include "lenient.h"

struct run {
    struct lenient lenient;
    size_t block_bytes;
    struct buffer out; // what was found, one record a line
};

static inline void show_text(struct buffer *out, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n')
            buffer_add(out, STR("\\n"));
        else if (text.data[i] == '\r')
            buffer_add(out, STR("\\r"));
        else
            buffer_add_byte(out, text.data[i]);
    }
}

// "line:[a][b]" or "line:!1" for a fault.
static inline void show_records(struct run *run, const struct records *records,
                                const unsigned char *faults)
{
    struct arena arena = {0};
    for (uint32_t row = 0; row < records->count; row++) {
        buffer_format(&run->out, "%llu:", (unsigned long long)records_line(records, row));
        if (faults[row] != RECORD_OK) buffer_format(&run->out, "!%d ", faults[row]);
        for (uint32_t i = 0; i < records->columns; i++) {
            str text = records_text(records, row, i, &arena);
            if (faults[row] != RECORD_OK) assert_int_equal(text.len, 0);
            if (faults[row] != RECORD_OK) continue;
            buffer_add_byte(&run->out, '[');
            show_text(&run->out, text);
            buffer_add_byte(&run->out, ']');
        }
        if (records->columns) {
            uint32_t end = records_field_end(records, row, records->columns - 1);
            char c = records->block->data[end];
            assert_true(c == '\n' || c == '\r');
        }
        if (faults[row] != RECORD_OK || records->columns == 0) {
            show_text(&run->out, records_line_text(records, row));
        }
        buffer_add_byte(&run->out, '\n');
    }
    arena_release(&arena);
}

// Reads text in blocks as a caller should: what is not used is put in front of the next block.
static inline void run_all(struct run *run, str text)
{
    struct records records = {.line_first = 1};
    unsigned char *faults = NULL;
    size_t capacity = 0, at = 0, len = run->block_bytes;
    while (at < text.len) {
        if (len > text.len - at) len = text.len - at;
        struct block *block = block_new(len);
        memcpy(block->data, text.data + at, len);
        block->len = len;
        uint64_t lines;
        size_t used = lenient_locate(&run->lenient, block, 0, at + len == text.len, &records,
                                     &faults, &capacity, &lines);
        assert_true(used <= len);
        assert_true(used > 0 || at + len < text.len);
        show_records(run, &records, faults);
        records.line_first += lines;
        at += used;
        len = used ? run->block_bytes : len * 2;
        block_release(block);
    }
    records_release(&records);
    memory_free(faults);
}

#endif
