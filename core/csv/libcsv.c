#include "libcsv.h"

#include <csv.h>

#include "core/base/memory.h"

// libcsv's memory grows by this much at a time: enough that a field of many megabytes is not
// copied once for every 128 bytes of it.
enum { GROWTH_BYTES_MIN = 256, GROWTH_BYTES_MAX = 1 << 20 };

struct parse {
    const struct libcsv_events *events;
    size_t fields; // of the current record
    size_t records;
    bool after_cr;       // the last record ended in CR: an LF that follows belongs to it
    bool strips_literal; // the field being read begins with a byte of ours
};

static int is_never(unsigned char c)
{
    (void)c;
    return 0;
}

static void parser_init(struct csv_parser *parser, unsigned char options, char delimiter,
                        size_t bytes)
{
    csv_init(parser, options); // fails for a NULL parser only
    csv_set_delim(parser, (unsigned char)delimiter);
    csv_set_realloc_func(parser, memory_resize);
    csv_set_free_func(parser, memory_free);
    size_t growth = bytes < GROWTH_BYTES_MIN ? GROWTH_BYTES_MIN : bytes;
    csv_set_blk_size(parser, growth > GROWTH_BYTES_MAX ? GROWTH_BYTES_MAX : growth);
}

static void on_field(void *data, size_t len, void *state)
{
    struct parse *parse = state;
    str text = data ? (str){data, len} : STR("");
    if (parse->strips_literal) text = str_from(text, 1);
    parse->strips_literal = false;
    parse->fields++;
    parse->after_cr = false;
    parse->events->field(parse->events->state, text);
}

// c is the byte that ended the record, -1 at the end of the text.
static void on_record(int c, void *state)
{
    struct parse *parse = state;
    bool ends_crlf = c == '\n' && parse->after_cr && parse->fields == 0;
    parse->after_cr = c == '\r';
    if (ends_crlf) return;
    if (parse->fields == 0) parse->events->field(parse->events->state, STR(""));
    parse->fields = 0;
    parse->records++;
    parse->events->record(parse->events->state);
}

bool libcsv_parse(str text, char delimiter, size_t piece_bytes, bool strict,
                  const struct libcsv_events *events)
{
    struct csv_parser parser;
    unsigned char options = CSV_REPALL_NL;
    if (strict) options |= CSV_STRICT | CSV_STRICT_FINI;
    parser_init(&parser, options, delimiter, text.len);
    csv_set_space_func(&parser, is_never);
    struct parse parse = {.events = events};
    bool is_good = true;
    for (size_t at = 0; at < text.len && is_good;) {
        size_t len = text.len - at;
        if (piece_bytes && len > piece_bytes) len = piece_bytes;
        is_good = csv_parse(&parser, text.data + at, len, on_field, on_record, &parse) == len;
        at += len;
    }
    // After an error csv_fini would make up a record of what was read so far.
    is_good = is_good && csv_fini(&parser, on_field, on_record, &parse) == 0;
    csv_free(&parser);
    return is_good;
}

void libcsv_record(const struct libcsv_piece *pieces, size_t count, char delimiter,
                   const struct libcsv_events *events)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) bytes += pieces[i].text.len;
    struct csv_parser parser;
    parser_init(&parser, 0, delimiter, bytes);
    csv_set_term_func(&parser, is_never);
    struct parse parse = {.events = events};
    for (size_t i = 0; i < count; i++) {
        // A quote is text to libcsv when its field has begun: begin it with a byte that on_field
        // takes away again.
        if (pieces[i].is_literal) {
            csv_parse(&parser, "x", 1, on_field, on_record, &parse);
            parse.strips_literal = true;
        }
        csv_parse(&parser, pieces[i].text.data, pieces[i].text.len, on_field, on_record, &parse);
    }
    csv_fini(&parser, on_field, on_record, &parse);
    if (parse.records == 0) on_record(-1, &parse); // libcsv is silent about nothing but blanks
    csv_free(&parser);
}
