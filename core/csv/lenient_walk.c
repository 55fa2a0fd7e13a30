#include "lenient_walk.h"

#include "core/base/memory.h"
#include "records.h"

enum {
    // Quotes inside a quoted field that close nothing, behind its first line end: more than this,
    // and they are the quotes of other records. Pairs are among them when the field's opening quote
    // is itself doubled: then so are those of all records, and every one would be followed far.
    STRAY_QUOTES_MAX = 32,
    // Quotes of a record that were followed in vain: more than this, and further ones are not, so
    // that a line of a million quotes is not read a million times.
    LITERAL_QUOTES_MAX = 16,
};

enum reach {
    REACH_ACROSS, // a quoted field may go over line ends
    REACH_LINE,   // it must end on its line
    REACH_PLAIN,  // and hold no stray quote
};

enum close { CLOSE_FOUND, CLOSE_NONE, CLOSE_MORE };

struct walking {
    const struct walk_text *text;
    struct walk *walk;
    enum reach reach;
    size_t quote_bytes_max;
    size_t keep;
    size_t line_end; // offset of the LF that ends the current line, or the text's end
    size_t literals;
};

static bool is_blank(const struct walk_text *text, char c)
{
    return (c == ' ' || c == '\t') && c != text->dialect.delimiter;
}

static size_t skip_blanks(const struct walk_text *text, size_t at, size_t limit)
{
    while (at < limit && is_blank(text, text->data[at])) at++;
    return at;
}

static void add_mark(struct walk *walk, size_t at, enum walk_mark_kind kind)
{
    walk->marks =
        memory_grow(walk->marks, &walk->marks_capacity, walk->mark_count + 1, sizeof *walk->marks);
    walk->marks[walk->mark_count++] = (struct walk_mark){at, kind};
}

// The LF of the line that `at` stands on, or the end of the text when it is the last one.
static enum walk_status find_line_end(const struct walk_text *text, size_t start, size_t at,
                                      size_t *line_end)
{
    const char *lf = at < text->len ? memchr(text->data + at, '\n', text->len - at) : NULL;
    if (!lf && !text->is_last) {
        return text->len - start > text->record_bytes_max ? WALK_LONG : WALK_MORE;
    }
    *line_end = lf ? (size_t)(lf - text->data) : text->len;
    return *line_end - start > text->record_bytes_max ? WALK_LONG : WALK_WHOLE;
}

// Whether a field may end at `at`: at a delimiter, LF, CR LF or the end of the text.
static enum close may_end(const struct walk_text *text, size_t at)
{
    if (at == text->len) return text->is_last ? CLOSE_FOUND : CLOSE_MORE;
    char c = text->data[at];
    if (c == text->dialect.delimiter || c == '\n') return CLOSE_FOUND;
    if (c != '\r') return CLOSE_NONE;
    if (at + 1 == text->len) return text->is_last ? CLOSE_FOUND : CLOSE_MORE;
    return text->data[at + 1] == '\n' ? CLOSE_FOUND : CLOSE_NONE;
}

// The next quote in [at, limit), stepping over escapes. limit when there is none.
static size_t next_quote(struct walking *walking, size_t at, size_t limit)
{
    const struct walk_text *text = walking->text;
    if (!text->dialect.backslash_escape) {
        const char *quote = at < limit ? memchr(text->data + at, '"', limit - at) : NULL;
        return quote ? (size_t)(quote - text->data) : limit;
    }
    for (; at < limit && text->data[at] != '"'; at++) {
        if (text->data[at] != '\\' || at + 1 >= limit) continue;
        if (text->data[at + 1] != '"' && text->data[at + 1] != '\\') continue;
        add_mark(walking->walk, at, MARK_ESCAPE);
        at++;
    }
    return at;
}

// Where a quoted field that opened at `open` must have ended.
static size_t close_limit(const struct walking *walking, size_t open)
{
    if (walking->reach != REACH_ACROSS) return walking->line_end;
    size_t limit = open + walking->quote_bytes_max;
    return limit > walking->line_end ? limit : walking->line_end;
}

// Finds the end of the quoted field whose quote is at `open`: *after is where the delimiter or line
// end stands. *is_stray: the field is not regular.
static enum close find_close(struct walking *walking, size_t open, size_t *after, bool *is_stray)
{
    const struct walk_text *text = walking->text;
    size_t limit = close_limit(walking, open);
    size_t end = limit < text->len ? limit : text->len;
    size_t strays = 0;
    bool is_opening = true, is_doubled = false; // opening: nothing but quotes so far
    for (size_t at = open + 1;;) {
        size_t from = at;
        at = next_quote(walking, at, end);
        if (at == end) break;
        is_opening &= at == from;
        if (at + 1 < text->len && text->data[at + 1] == '"') {
            if (is_doubled && at > walking->line_end && ++strays > STRAY_QUOTES_MAX) {
                return CLOSE_NONE;
            }
            at += 2;
            continue;
        }
        size_t behind = skip_blanks(text, at + 1, end);
        enum close close = may_end(text, behind);
        if (behind > at + 1 || close == CLOSE_NONE) *is_stray = true;
        if (close == CLOSE_FOUND) *after = behind;
        if (close != CLOSE_NONE) return close;
        if (walking->reach == REACH_PLAIN) return CLOSE_NONE;
        if (at > walking->line_end && ++strays > STRAY_QUOTES_MAX) return CLOSE_NONE;
        if (at - open > QUOTE_BYTES_MAX && at > walking->line_end) return CLOSE_NONE;
        if (text->dialect.backslash_escape) add_mark(walking->walk, at, MARK_STRAY);
        is_doubled |= is_opening;
        is_opening = false;
        at = behind;
    }
    if (limit >= text->len && !text->is_last) return CLOSE_MORE;
    // Only a field without stray quotes is worth following any further.
    if (limit < text->len && !*is_stray && walking->reach == REACH_ACROSS) {
        if (!walking->walk->hit_quote_limit) walking->walk->limit_line = walking->line_end + 1;
        walking->walk->hit_quote_limit = true;
    }
    return CLOSE_NONE;
}

static void keep_end(struct walking *walking, size_t start, size_t end, bool is_quoted)
{
    struct walk *walk = walking->walk;
    if (walk->fields++ < walking->keep) {
        walk->ends =
            memory_grow(walk->ends, &walk->ends_capacity, walk->kept + 1, sizeof *walk->ends);
        walk->ends[walk->kept++] = (uint32_t)end | (is_quoted ? FIELD_QUOTED : 0);
        return;
    }
    for (size_t i = start; i < end && !walk->has_more_text; i++) {
        char c = walking->text->data[i];
        walk->has_more_text = !byte_is_blank(c) && c != '"';
    }
}

// Walks over a field that begins with a quote at `open`. CLOSE_NONE: the quote is text.
static enum close walk_quoted(struct walking *walking, size_t start, size_t open, size_t *after)
{
    struct walk *walk = walking->walk;
    size_t marks = walk->mark_count;
    bool is_stray = open != start;
    enum close close = CLOSE_NONE;
    if (walking->literals < LITERAL_QUOTES_MAX) {
        close = find_close(walking, open, after, &is_stray);
    }
    if (close == CLOSE_MORE) return close;
    if (close == CLOSE_NONE) {
        walk->mark_count = marks;
        add_mark(walk, open, MARK_LITERAL);
        walking->literals++;
        walk->is_irregular = true;
        return close;
    }
    walk->is_irregular |= is_stray;
    walk->has_escapes |= walk->mark_count > marks;
    if (*after > walking->line_end && !walk->second_line) {
        walk->second_line = walking->line_end + 1;
    }
    return close;
}

static size_t walk_bare(struct walking *walking, size_t start, size_t from)
{
    const struct walk_text *text = walking->text;
    size_t len = walking->line_end - from;
    const char *at = len ? memchr(text->data + from, text->dialect.delimiter, len) : NULL;
    size_t end = at ? (size_t)(at - text->data) : walking->line_end;
    if (end > from && memchr(text->data + from, '"', end - from)) {
        walking->walk->is_irregular = true;
    }
    if (!at && end > start && text->data[end - 1] == '\r') end--;
    return end;
}

// Walks over all fields. See walk_record.
static enum walk_status walk_fields(struct walking *walking, size_t start)
{
    const struct walk_text *text = walking->text;
    struct walk *walk = walking->walk;
    enum walk_status status = find_line_end(text, start, start, &walking->line_end);
    for (size_t at = start; status == WALK_WHOLE; at++) {
        size_t open = skip_blanks(text, at, walking->line_end);
        size_t end = 0;
        enum close close = CLOSE_NONE;
        if (open < walking->line_end && text->data[open] == '"') {
            close = walk_quoted(walking, at, open, &end);
        }
        if (close == CLOSE_MORE) return WALK_MORE;
        if (close == CLOSE_FOUND && end > walking->line_end) {
            status = find_line_end(text, start, end, &walking->line_end);
            if (status != WALK_WHOLE) break;
        }
        if (close == CLOSE_NONE) end = walk_bare(walking, at, open < walking->line_end ? open : at);
        keep_end(walking, at, end, close == CLOSE_FOUND);
        walk->end = end;
        at = end;
        if (end >= text->len || text->data[end] != text->dialect.delimiter) break;
    }
    walk->next = walking->line_end < text->len ? walking->line_end + 1 : text->len;
    return status;
}

static enum walk_status walk_reach(const struct walk_text *text, size_t start, enum reach reach,
                                   size_t quote_bytes_max, size_t keep, struct walk *walk)
{
    *walk = (struct walk){
        .start = start,
        .ends = walk->ends,
        .ends_capacity = walk->ends_capacity,
        .marks = walk->marks,
        .marks_capacity = walk->marks_capacity,
    };
    struct walking walking = {text, walk, reach, quote_bytes_max, keep, 0, 0};
    return walk_fields(&walking, start);
}

// Whether the line at `at` has the right number of fields by itself.
static enum walk_status looks_like_record(const struct walk_text *text, size_t at, uint32_t columns,
                                          bool *answer)
{
    struct walk_text line = *text;
    if (line.record_bytes_max > QUOTE_BYTES_MAX) line.record_bytes_max = QUOTE_BYTES_MAX;
    struct walk walk = {0};
    enum walk_status status = WALK_WHOLE;
    *answer = false;
    if (at < text->len || !text->is_last) {
        status = walk_reach(&line, at, REACH_LINE, 0, 0, &walk);
        *answer = status == WALK_WHOLE && walk.fields == columns;
    }
    walk_release(&walk);
    return status == WALK_LONG ? WALK_WHOLE : status;
}

// Whether the record, which goes over line ends and is irregular or has a wrong number of fields,
// is better cut at its first line end, as `line` is.
static enum walk_status prefers_line(const struct walk_text *text, uint32_t columns,
                                     const struct walk *across, const struct walk *line,
                                     bool *answer)
{
    *answer = across->is_irregular;
    if (columns == 0) return WALK_WHOLE;
    bool has_swallowed;
    enum walk_status status = looks_like_record(text, across->second_line, columns, &has_swallowed);
    bool line_fits = line->fields == columns;
    if (across->fields == columns)
        *answer = line_fits && has_swallowed;
    else
        *answer = line_fits || has_swallowed || across->is_irregular;
    return status;
}

static void swap(struct walk *a, struct walk *b)
{
    struct walk kept = *a;
    *a = *b;
    *b = kept;
}

static bool fits(const struct walk *walk, uint32_t columns)
{
    return columns == 0 || walk->fields == columns;
}

// A quote that was not closed within 64 KiB is followed further. *answer: with success, in walk.
static enum walk_status walk_long(const struct walk_text *text, uint32_t columns, size_t keep,
                                  struct walk *walk, struct walk *other, bool *answer)
{
    *answer = false;
    bool has_swallowed;
    enum walk_status status = looks_like_record(text, walk->limit_line, columns, &has_swallowed);
    if (status != WALK_WHOLE || has_swallowed) return status;
    status = walk_reach(text, walk->start, REACH_ACROSS, LONG_QUOTE_BYTES_MAX, keep, other);
    if (status == WALK_MORE) return status;
    *answer = status == WALK_WHOLE && !other->is_irregular && other->fields == columns;
    if (*answer) swap(walk, other);
    return WALK_WHOLE;
}

static enum walk_status choose(const struct walk_text *text, size_t start, uint32_t columns,
                               size_t keep, struct walk *walk, struct walk *other)
{
    enum walk_status across = walk_reach(text, start, REACH_ACROSS, QUOTE_BYTES_MAX, keep, walk);
    if (across == WALK_MORE) return across;
    if (across == WALK_WHOLE && !walk->is_irregular && fits(walk, columns)) return across;
    bool answer = false;
    if (walk->hit_quote_limit && columns) {
        enum walk_status status = walk_long(text, columns, keep, walk, other, &answer);
        if (status != WALK_WHOLE || answer) return status;
    }
    if (across == WALK_LONG || walk->second_line) {
        enum walk_status status = walk_reach(text, start, REACH_LINE, 0, keep, other);
        if (status != WALK_WHOLE) return status;
        answer = true;
        if (across == WALK_WHOLE) status = prefers_line(text, columns, walk, other, &answer);
        if (status != WALK_WHOLE) return status;
        if (answer) swap(walk, other);
    }
    if (!fits(walk, columns) && walk->is_irregular) {
        enum walk_status status = walk_reach(text, start, REACH_PLAIN, 0, keep, other);
        if (status != WALK_WHOLE) return status;
        if (fits(other, columns)) swap(walk, other);
    }
    return WALK_WHOLE;
}

enum walk_status walk_record(const struct walk_text *text, size_t start, uint32_t columns,
                             size_t keep, struct walk *walk)
{
    struct walk other = {0};
    enum walk_status status = choose(text, start, columns, keep, walk, &other);
    walk_release(&other);
    return status;
}

void walk_release(struct walk *walk)
{
    memory_free(walk->ends);
    memory_free(walk->marks);
    *walk = (struct walk){0};
}
