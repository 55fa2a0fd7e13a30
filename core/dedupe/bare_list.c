#include "bare_list.h"

#include "core/base/memory.h"

enum { READ_BYTES = 1 << 20, LINE_BYTES_MAX = 1 << 24 };

// ---- lines and cells

// Takes the next line, without its end, from *rest; false when none is whole (is_last: the rest is
// one).
static bool next_line(str *rest, bool is_last, str *line)
{
    ptrdiff_t end = str_find(*rest, '\n');
    if (end < 0 && (!is_last || rest->len == 0)) return false;
    *line = end < 0 ? *rest : str_first(*rest, (size_t)end);
    *rest = str_from(*rest, end < 0 ? rest->len : (size_t)end + 1);
    return true;
}

static bool is_separator(char c)
{
    static const bool separators[256] = {[','] = true, [';'] = true, ['\t'] = true, ['|'] = true};
    return separators[(unsigned char)c];
}

static str unquoted(str text)
{
    text = str_trim(text);
    if (text.len > 1 && text.data[0] == '"' && text.data[text.len - 1] == '"') {
        text = str_trim((str){text.data + 1, text.len - 2});
    }
    return text;
}

// Takes the next cell of a line, which is not empty.
static str next_cell(str *line)
{
    size_t end = 0;
    while (end < line->len && !is_separator(line->data[end])) end++;
    str text = str_first(*line, end);
    *line = str_from(*line, end + 1);
    return unquoted(text);
}

// ---- guessing

struct row_look {
    size_t cells;
    bool has_digest, has_address, has_domain; // domain: in the column that is one
};

static struct row_look look_at(str line, int domain_column, struct arena *arena)
{
    struct row_look look = {0};
    enum digest_kind kind;
    hash128 bits;
    for (int column = 0; line.len; column++) {
        str text = next_cell(&line);
        look.cells++;
        look.has_digest |= digest_read(text, &kind, &bits);
        look.has_address |= str_find(text, '@') > 0;
        look.has_domain |= column == domain_column && opt_outs_domain(text, arena).len;
    }
    return look;
}

static bool says(str header, const char *word)
{
    size_t len = strlen(word);
    for (size_t at = 0; at + len <= header.len; at++) {
        if (str_equal_nocase(str_first(str_from(header, at), len), str_of(word))) return true;
    }
    return false;
}

static bool says_domain(str header)
{
    return says(header, "domain") || says(header, "website") || says(header, "url");
}

// The only column, or the one whose header says so; none where there are addresses too.
static int find_domain_column(str header)
{
    bool is_only = true;
    int found = -1;
    for (size_t i = 0; i < header.len; i++) is_only &= !is_separator(header.data[i]);
    if (is_only) return 0;
    for (int column = 0; header.len; column++) {
        str text = next_cell(&header);
        if (says(text, "mail")) return -1;
        if (found < 0 && says_domain(text)) found = column;
    }
    return found;
}

static str without_mark(str text)
{
    return str_starts(text, STR("\xEF\xBB\xBF")) ? str_from(text, 3) : text;
}

bool bare_list_guess(str sample, bool is_whole, struct bare_list *list)
{
    struct arena arena = {0};
    size_t rows = 0, entries = 0;
    str rest = without_mark(sample), line;
    bool is_first = true;
    *list = (struct bare_list){-1};
    while (next_line(&rest, is_whole, &line)) {
        line = str_trim(line);
        if (line.len == 0) continue;
        if (is_first) list->domain_column = find_domain_column(line);
        struct row_look look = look_at(line, list->domain_column, &arena);
        bool is_entry = !look.has_address && (look.has_digest || look.has_domain);
        if (!is_first || is_entry) rows++;
        entries += is_entry;
        is_first = false;
    }
    arena_release(&arena);
    return rows && entries * 2 >= rows;
}

// ---- reading

struct reader {
    const struct bare_list *list;
    struct opt_outs *outs;
    struct arena arena;
    str file;
    uint64_t line;
    bool had_line;
};

// In any column: a domain is one in its own alone.
static bool may_be_entry(str text)
{
    enum digest_kind kind;
    hash128 bits;
    return digest_read(text, &kind, &bits) || str_find(text, '@') > 0 || str_starts(text, STR("+"));
}

static bool take_cells(struct reader *reader, str line, bool *is_entry, struct err *err)
{
    bool has_entry = false, is_one;
    str domain = {"", 0};
    for (int column = 0; line.len; column++) {
        str text = next_cell(&line);
        if (column == reader->list->domain_column) domain = text;
        if (!may_be_entry(text)) continue;
        if (!opt_outs_take_cell(reader->outs, text, &reader->arena, &is_one, err)) return false;
        has_entry |= is_one;
    }
    *is_entry = has_entry;
    if (has_entry || domain.len == 0) return true;
    return opt_outs_take_domain(reader->outs, domain, &reader->arena, is_entry, err);
}

static bool take_line(struct reader *reader, str line, struct err *err)
{
    bool is_entry = false;
    reader->line++;
    line = str_trim(line);
    if (line.len == 0) return true;
    bool is_first = !reader->had_line;
    reader->had_line = true;
    enum digest_kind kind;
    hash128 bits;
    if (digest_read(line, &kind, &bits)) { // most lines of a long list
        reader->outs->entry_count++;
        return opt_outs_take_digest(reader->outs, kind, bits, err);
    }
    arena_reset(&reader->arena);
    if (!take_cells(reader, line, &is_entry, err)) return false;
    if (is_first && !is_entry) return true; // a header
    reader->outs->entry_count++;
    if (!is_entry) opt_outs_note_unusable(reader->outs, reader->file, reader->line);
    return true;
}

// Takes the whole lines of text; returns how many bytes they have, or -1.
static ptrdiff_t take_lines(struct reader *reader, str text, bool is_last, struct err *err)
{
    str rest = text, line;
    while (next_line(&rest, is_last, &line)) {
        if (!take_line(reader, line, err)) return -1;
    }
    return (ptrdiff_t)(text.len - rest.len);
}

static bool read_all(struct reader *reader, struct buffer *text, struct input *input,
                     struct err *err)
{
    for (bool is_last = false;;) {
        ptrdiff_t used = take_lines(reader, buffer_str(text), is_last, err);
        if (used < 0) return false;
        text->len -= (size_t)used;
        memmove(text->data, text->data + used, text->len);
        if (is_last) return true;
        if (text->len > LINE_BYTES_MAX) {
            return err_set(err, ERR_DATA, input_name(input), (long)reader->line + 1,
                           "a line of more than %d MiB in an opt-out list", LINE_BYTES_MAX >> 20);
        }
        ssize_t got = input_read(input, buffer_room(text, READ_BYTES), READ_BYTES, err);
        if (got < 0) return false;
        text->len += (size_t)got;
        is_last = got == 0;
    }
}

bool bare_list_read(const struct bare_list *list, str head, struct input *input,
                    struct opt_outs *outs, struct err *err)
{
    struct reader reader = {.list = list, .outs = outs, .file = input_base_name(input)};
    struct buffer text = {0};
    buffer_room(&text, READ_BYTES);
    buffer_add(&text, without_mark(head));
    bool ok = read_all(&reader, &text, input, err);
    buffer_release(&text);
    arena_release(&reader.arena);
    return ok;
}
