// Any text may come as an export. A plan must be made or refused, and then every line of it must be
// a record or be counted, in blocks of any size alike.
#include <stdio.h>
#include <stdlib.h>

#include "core/base/utf8.h"
#include "core/csv/lenient.h"
#include "follow.h"

static struct knowledge knowledge;
static struct rulebook book;

struct tally_of_lines {
    uint64_t records, skipped[SKIP_COUNT];
    hash128 digest;
};

// Reads the body in pieces of piece_bytes, as the source does.
static void read_body(const struct export_plan *plan, str body, size_t piece_bytes,
                      struct tally_of_lines *tally)
{
    struct lenient lenient = {.dialect = plan->dialect, .columns = (uint32_t)plan->mapping.count};
    struct follow follow;
    struct records records = {0};
    struct hash_stream *hash = hash_stream_new();
    unsigned char *faults = NULL;
    size_t capacity = 0, piece = piece_bytes;
    follow_init(&follow, &knowledge, plan);
    while (body.len) {
        str text = str_first(body, piece);
        struct block *block = block_new(text.len);
        memcpy(block->data, text.data, text.len);
        block->len = text.len;
        uint64_t lines;
        size_t used = lenient_locate(&lenient, block, 0, text.len == body.len, &records, &faults,
                                     &capacity, &lines);
        block_release(block);
        if (used == 0 && text.len == body.len) abort();
        piece = used ? piece_bytes : piece * 2;
        follow_rows(&follow, &records, faults, body);
        body = str_from(body, used);
        tally->records += records.count;
        for (uint32_t row = 0; row < records.count; row++) {
            hash_stream_add(hash, records_line_text(&records, row));
            hash_stream_add(hash, STR("\n"));
        }
    }
    for (size_t i = 0; i < SKIP_COUNT; i++) tally->skipped[i] = follow.skipped[i];
    tally->skipped[SKIP_BLANK] += lenient.blank_lines;
    tally->digest = hash_stream_digest(hash);
    hash_stream_free(hash);
    follow_release(&follow);
    records_release(&records);
    memory_free(faults);
}

// How many records the text holds, whatever they are.
static uint64_t count_rows(const struct export_plan *plan, str text)
{
    uint64_t count = 0;
    struct arena arena = {0};
    text = str_from(text, plan->dialect.body);
    while (text.len) {
        str *cells;
        size_t cell_count;
        size_t used = lenient_fields(&plan->dialect, text, &arena, &cells, &cell_count);
        if (used == 0) abort();
        text = str_from(text, used);
        count++;
        arena_reset(&arena);
    }
    arena_release(&arena);
    return count;
}

static void check_mapping(const struct export_plan *plan)
{
    for (size_t i = 0; i < plan->mapping.count; i++) {
        const struct plan_column *column = &plan->mapping.columns[i];
        if (column->target < 0 || column->target >= TARGET_COUNT) abort();
        for (size_t j = 0; j < i; j++) {
            const struct plan_column *other = &plan->mapping.columns[j];
            if (str_equal(column->key, other->key)) abort();
            bool same = column->target == other->target && column->target != TARGET_EXTRA;
            if (same && column->rank == other->rank) abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    if (!book.dir_count) {
        struct diagnostics diagnostics = {0};
        rulebook_add_dir(&book, "rules");
        if (!knowledge_load(&knowledge, &book, &diagnostics, &err)) abort();
    }
    str text = {(const char *)data, size};
    // The decoder gives UTF-8 without NUL bytes.
    if (memchr(data, '\0', size) || memchr(data, '\r', size) || !utf8_is_valid(text)) return 0;
    static const struct export_options none = {0};
    struct export_plan plan = {0};
    if (plan_make(&plan, &knowledge, &none, text, true, "x", STR("x"), &err)) {
        check_mapping(&plan);
        struct tally_of_lines whole = {0}, pieces = {0};
        read_body(&plan, str_from(text, plan.body), SIZE_MAX / 4, &whole);
        read_body(&plan, str_from(text, plan.body), 7, &pieces);
        if (whole.records != pieces.records || !hash128_equal(whole.digest, pieces.digest)) abort();
        if (memcmp(whole.skipped, pieces.skipped, sizeof whole.skipped) != 0) abort();
        uint64_t sum = whole.records;
        for (size_t i = 0; i < SKIP_COUNT; i++) sum += whole.skipped[i] + plan.skipped[i];
        sum -= plan.dialect.had_sep_line;
        // A quote that is never closed ends a line for one reader and not for the other.
        if (!memchr(data, '"', size) && sum != count_rows(&plan, text)) abort();
    } else if (err.kind != ERR_DATA) {
        abort();
    }
    plan_release(&plan);
    return 0;
}
