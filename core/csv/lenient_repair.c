#include "lenient_repair.h"

#include "core/base/memory.h"
#include "libcsv.h"

static void add_piece(struct repair *repair, size_t count, str text, bool is_literal)
{
    repair->pieces =
        memory_grow(repair->pieces, &repair->pieces_capacity, count + 1, sizeof *repair->pieces);
    repair->pieces[count] = (struct libcsv_piece){text, is_literal};
}

// A literal quote is marked for libcsv_record; a stray one and \" become "", \\ becomes \.
void repair_parse(struct repair *repair, const struct walk_text *text, const struct walk *walk,
                  const struct libcsv_events *events)
{
    size_t count = 0, from = walk->start;
    bool is_literal = false;
    for (size_t i = 0; i < walk->mark_count; i++) {
        struct walk_mark mark = walk->marks[i];
        add_piece(repair, count++, (str){text->data + from, mark.at - from}, is_literal);
        from = mark.at;
        is_literal = mark.kind == MARK_LITERAL;
        if (is_literal) continue;
        from += mark.kind == MARK_ESCAPE;
        bool is_quote = text->data[from] == '"';
        add_piece(repair, count++, is_quote ? STR("\"\"") : STR("\\"), false);
        from++;
    }
    add_piece(repair, count++, (str){text->data + from, walk->end - from}, is_literal);
    libcsv_record(repair->pieces, count, text->dialect.delimiter, events);
}

static bool needs_quotes(str text, char delimiter)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == delimiter || c == '"' || c == '\n' || c == '\r') return true;
    }
    return false;
}

static void write_quoted(struct buffer *out, str text)
{
    buffer_add_byte(out, '"');
    for (str piece; text.data;) {
        ptrdiff_t at = str_find(text, '"');
        piece = at < 0 ? text : str_first(text, (size_t)at + 1);
        buffer_add(out, piece);
        if (at < 0) break;
        buffer_add_byte(out, '"');
        text = str_from(text, piece.len);
    }
    buffer_add_byte(out, '"');
}

static void keep_end(struct repair *repair, size_t end, bool is_quoted)
{
    repair->ends =
        memory_grow(repair->ends, &repair->ends_capacity, repair->kept + 1, sizeof *repair->ends);
    repair->ends[repair->kept++] = (uint32_t)end | (is_quoted ? FIELD_QUOTED : 0);
}

static void on_field(void *state, str text)
{
    struct repair *repair = state;
    if (repair->kept == repair->keep) {
        repair->has_more_text |= str_trim(text).len > 0;
        return;
    }
    if (repair->kept) buffer_add_byte(&repair->text, repair->delimiter);
    bool is_quoted = needs_quotes(text, repair->delimiter);
    if (is_quoted)
        write_quoted(&repair->text, text);
    else
        buffer_add(&repair->text, text);
    keep_end(repair, repair->text.len, is_quoted);
}

static void on_record(void *state) { (void)state; }

static void begin(struct repair *repair, char delimiter, size_t keep)
{
    buffer_clear(&repair->text);
    repair->kept = 0;
    repair->keep = keep;
    repair->has_more_text = false;
    repair->delimiter = delimiter;
}

void repair_decode(struct repair *repair, const struct walk_text *text, const struct walk *walk,
                   size_t keep)
{
    begin(repair, text->dialect.delimiter, keep);
    struct libcsv_events events = {on_field, on_record, repair};
    repair_parse(repair, text, walk, &events);
}

void repair_copy(struct repair *repair, const struct walk_text *text, const struct walk *walk,
                 size_t keep)
{
    begin(repair, text->dialect.delimiter, keep);
    size_t kept = walk->kept < keep ? walk->kept : keep;
    for (size_t i = 0; i < kept; i++) {
        keep_end(repair, (walk->ends[i] & ~FIELD_QUOTED) - walk->start,
                 walk->ends[i] & FIELD_QUOTED);
    }
    if (kept == 0) return;
    size_t len = repair->ends[kept - 1] & ~FIELD_QUOTED;
    buffer_add(&repair->text, (str){text->data + walk->start, len});
    repair->has_more_text = walk->has_more_text;
}

void repair_pad(struct repair *repair, size_t columns)
{
    while (repair->kept < columns) {
        if (repair->kept) buffer_add_byte(&repair->text, repair->delimiter);
        keep_end(repair, repair->text.len, false);
    }
    buffer_add_byte(&repair->text, '\n');
}

uint32_t repair_append(const struct repair *repair, struct block *block, uint32_t *ends)
{
    size_t start = block->len, len = repair->text.len;
    if (block->capacity - block->len < len) {
        while (block->capacity - block->len < len) block->capacity += block->capacity / 2 + len;
        block->data = memory_resize(block->data, block->capacity + BLOCK_PADDING);
        memset(block->data + block->capacity, 0, BLOCK_PADDING);
    }
    memcpy(block->data + start, repair->text.data, len);
    block->len += len;
    for (size_t i = 0; i < repair->kept; i++) ends[i] = repair->ends[i] + (uint32_t)start;
    return (uint32_t)start;
}

void repair_release(struct repair *repair)
{
    buffer_release(&repair->text);
    memory_free(repair->ends);
    memory_free(repair->pieces);
    *repair = (struct repair){0};
}
