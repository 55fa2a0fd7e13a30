#include "lenient.h"

#include "lenient_repair.h"
#include "lenient_walk.h"
#include "libcsv.h"
#include "scan.h"

enum {
    RECORD_BYTES_MAX = 64 << 20,
    // Bytes scanned at a time: little after an irregular record, whose odd quote may make the
    // rest of the window worthless, then more and more.
    WINDOW_BYTES_MIN = 1 << 10,
    WINDOW_BYTES_MAX = 16 << 10,
    // What repairing may add beyond twice the text, in bytes and in fields, before a call ends: a
    // file of one-letter rows under a header of ten thousand columns must not fill the memory.
    GROWTH_MAX = 1 << 20,
};

struct locating {
    struct lenient *lenient;
    struct block *block;
    struct walk_text text;
    struct records *out;
    unsigned char **faults;
    size_t *faults_capacity;
    size_t start, at; // of all, of the next record
    uint64_t line;    // of the next record, from 0
    struct walk walk;
    struct repair repair;
    bool has_empty_row; // repair_append put one there for records that cannot be used
    uint32_t empty_row;
    // The window and the separators in it from `at` on.
    scan_function *scan;
    size_t window_bytes;
    bool is_clean;                 // the window holds nothing irregular
    size_t window_end, next_quote; // the first quote in it from some record on, or its end
    size_t count, next;
    uint32_t *separators; // [WINDOW_BYTES_MAX]
};

// Makes room for one record and for those that the rest of the window may hold.
static void reserve(struct locating *l)
{
    struct records *out = l->out;
    if (!out->raw_starts) {
        size_t capacity = 0;
        out->raw_capacity = 0;
        out->raw_starts = memory_grow(NULL, &capacity, 1, sizeof *out->raw_starts);
        out->raw_ends = memory_grow(NULL, &out->raw_capacity, 1, sizeof *out->raw_ends);
    }
    size_t count = out->count + 1;
    if (out->columns) count += (l->count - l->next) / out->columns;
    records_reserve(out, count, out->columns);
    if (l->faults) *l->faults = memory_grow(*l->faults, l->faults_capacity, count, 1);
}

// Room for it was made by reserve; its ends stand already.
static void add_record(struct locating *l, uint32_t start, size_t raw_start, size_t raw_end,
                       enum record_fault fault)
{
    struct records *out = l->out;
    out->starts[out->count] = start;
    out->raw_starts[out->count] = (uint32_t)raw_start;
    out->raw_ends[out->count] = (uint32_t)raw_end;
    out->lines[out->count] = (uint32_t)l->line;
    if (l->faults) (*l->faults)[out->count] = (unsigned char)fault;
    out->count++;
}

static uint64_t count_newlines(const char *at, const char *end)
{
    uint64_t count = 0;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) at++, count++;
    return count;
}

static uint32_t *next_ends(const struct locating *l)
{
    if (l->out->columns == 0) return NULL;
    return l->out->ends + (size_t)l->out->count * l->out->columns;
}

static void add_unusable(struct locating *l, size_t raw_start, size_t raw_end,
                         enum record_fault fault)
{
    uint32_t columns = l->out->columns;
    if (columns && !l->has_empty_row) {
        struct walk none = {0};
        repair_copy(&l->repair, &l->text, &none, 0);
        repair_pad(&l->repair, columns);
        l->empty_row = repair_append(&l->repair, l->block, next_ends(l));
        l->text.data = l->block->data;
        l->has_empty_row = true;
    }
    uint32_t *ends = next_ends(l);
    for (uint32_t i = 0; i < columns; i++) ends[i] = l->empty_row + i;
    add_record(l, columns ? l->empty_row : (uint32_t)raw_start, raw_start, raw_end, fault);
}

static void add_repaired(struct locating *l)
{
    struct lenient *lenient = l->lenient;
    const struct walk *walk = &l->walk;
    uint32_t columns = l->out->columns;
    if (walk->is_irregular || walk->has_escapes) {
        repair_decode(&l->repair, &l->text, walk, columns);
    } else {
        repair_copy(&l->repair, &l->text, walk, columns);
    }
    if (l->repair.has_more_text) {
        add_unusable(l, walk->start, walk->end, RECORD_TOO_MANY_FIELDS);
        return;
    }
    lenient->irregular += walk->is_irregular;
    lenient->padded += l->repair.kept < columns;
    lenient->trimmed += walk->fields > columns;
    repair_pad(&l->repair, columns);
    uint32_t start = repair_append(&l->repair, l->block, next_ends(l));
    l->text.data = l->block->data;
    add_record(l, start, walk->start, walk->end, RECORD_OK);
}

// A piece of a record that has no line end within record_bytes_max. False when more is needed.
static bool take_long_piece(struct locating *l)
{
    size_t left = l->text.len - l->at, max = l->text.record_bytes_max;
    const char *from = l->text.data + l->at;
    const char *lf = memchr(from, '\n', left > max ? max + 1 : left);
    if (!lf && left <= max) return false; // never so at the end, where there is an LF
    size_t end = l->at + (lf ? (size_t)(lf - from) : max);
    reserve(l);
    size_t raw_end = lf && end > l->at && lf[-1] == '\r' ? end - 1 : end;
    add_unusable(l, l->at, raw_end, RECORD_TOO_LONG);
    l->lenient->is_in_long_record = !lf;
    l->line += lf != NULL;
    l->at = end + (lf != NULL);
    return true;
}

// The record at l->at, whatever it is like. False when more text is needed.
static bool take_any(struct locating *l)
{
    enum walk_status status =
        walk_record(&l->text, l->at, l->out->columns, l->out->columns, &l->walk);
    if (status == WALK_MORE) return false;
    if (status == WALK_LONG) return take_long_piece(l);
    const struct walk *walk = &l->walk;
    reserve(l);
    uint32_t columns = l->out->columns;
    bool is_regular = !walk->is_irregular && !walk->has_escapes;
    if (columns == 0 || (is_regular && walk->fields == columns)) {
        if (columns) memcpy(next_ends(l), walk->ends, columns * sizeof *walk->ends);
        add_record(l, (uint32_t)walk->start, walk->start, walk->end, RECORD_OK);
    } else {
        add_repaired(l);
    }
    l->line++;
    if (walk->second_line) {
        l->line += count_newlines(l->text.data + walk->start, l->text.data + walk->end);
    }
    l->at = walk->next;
    return true;
}

static bool is_blank(const struct locating *l, char c)
{
    return c == l->text.dialect.delimiter || (byte_is_blank(c) && c != '\n');
}

// Steps over a line of nothing but blanks and delimiters.
static bool skip_blank_line(struct locating *l)
{
    const char *data = l->text.data;
    size_t at = l->at;
    while (at < l->text.len && is_blank(l, data[at])) at++;
    if (at == l->text.len || data[at] != '\n') return false;
    if (at - l->at > l->text.record_bytes_max) return false;
    l->lenient->blank_lines++;
    l->line++;
    l->at = at + 1;
    return true;
}

static size_t find_quote(const struct locating *l)
{
    const char *quote = memchr(l->text.data + l->at, '"', l->window_end - l->at);
    return quote ? (size_t)(quote - l->text.data) : l->window_end;
}

// The ends of a record that has quotes, but its last. False when a line ends among them.
static bool put_quoted_ends(const char *data, uint32_t start, const uint32_t *separators,
                            size_t count, uint32_t *ends)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t end = separators[i];
        if (data[end] == '\n') return false;
        ends[i] = end | (data[start] == '"' ? FIELD_QUOTED : 0);
        start = end + 1;
    }
    return true;
}

// Takes the record at l->at if it is regular, of the right width and wholly in the window.
static bool take_regular(struct locating *l)
{
    const char *data = l->text.data, *record = data + l->at;
    size_t columns = l->out->columns;
    if (columns == 0 || l->count - l->next < columns) return false;
    const uint32_t *separators = l->separators + l->next;
    size_t lf = separators[columns - 1], len = lf - l->at;
    if (data[lf] != '\n' || len > l->text.record_bytes_max) return false;
    if (l->next_quote < l->at) l->next_quote = find_quote(l);
    bool has_quotes = l->next_quote < lf;
    if (has_quotes && !l->is_clean) return false;
    bool has_newlines = memchr(record, '\n', len);
    uint32_t *ends = next_ends(l);
    size_t last = columns - 1, start = last ? separators[last - 1] + 1 : l->at;
    if (!has_quotes) {
        if (has_newlines) return false; // of a line with fewer fields
        memcpy(ends, separators, last * sizeof *ends);
    } else if (!put_quoted_ends(data, (uint32_t)l->at, separators, last, ends)) {
        return false;
    }
    uint32_t end = (uint32_t)lf - (lf > start && data[lf - 1] == '\r');
    ends[last] = end | (data[start] == '"' ? FIELD_QUOTED : 0);
    add_record(l, (uint32_t)l->at, l->at, end, RECORD_OK);
    l->line++;
    if (has_newlines) l->line += count_newlines(record, data + lf);
    l->next += columns;
    l->at = lf + 1;
    return true;
}

static void scan_window(struct locating *l)
{
    size_t len = l->text.len - l->at;
    if (len > l->window_bytes) len = l->window_bytes;
    const char *data = l->text.data + l->at;
    struct scan_state state = {0};
    l->next = 0;
    l->count =
        l->scan(data, len, l->text.dialect.delimiter, (uint32_t)l->at, &state, l->separators);
    l->is_clean = !state.irregular && !(state.bare_cr && state.quotes);
    if (l->text.dialect.backslash_escape && memchr(data, '\\', len)) l->is_clean = false;
    l->window_end = l->at + len;
    l->next_quote = state.quotes ? find_quote(l) : l->window_end;
    reserve(l);
    l->window_bytes *= 2;
    if (l->window_bytes > WINDOW_BYTES_MAX) l->window_bytes = WINDOW_BYTES_MAX;
}

// Steps over the separators of what was taken without them. False when the window does not know
// the line end before l->at as one: then its quotes are out of step.
static bool is_in_step(struct locating *l)
{
    while (l->next < l->count && l->separators[l->next] + 1 < l->at) l->next++;
    if (l->next == l->count) return true; // and the next window begins at l->at
    return l->separators[l->next++] + 1 == l->at;
}

static bool is_over_budget(const struct locating *l)
{
    size_t text_bytes = l->text.len - l->start;
    size_t budget = 2 * text_bytes + GROWTH_MAX;
    return l->block->len - l->text.len > budget || (size_t)l->out->count * l->out->columns > budget;
}

// Whether a record that is not regular begins at l->at, rather than one that goes on behind the
// window and may be found regular in the next.
static bool is_in_window(const struct locating *l, size_t window_start)
{
    if (l->at == window_start) return true;
    for (size_t i = l->next; i < l->count; i++) {
        if (l->text.data[l->separators[i]] == '\n') return true;
    }
    return false;
}

// Takes the records of the next window. False when more text is needed, or enough was taken.
static bool take_window(struct locating *l)
{
    scan_window(l);
    size_t window_start = l->at;
    while (l->at < l->text.len) {
        if (!skip_blank_line(l)) {
            if (take_regular(l)) continue;
            if (is_over_budget(l)) return false;
            if (!is_in_window(l, window_start)) return true;
            if (!take_any(l)) return false;
            if (l->lenient->is_in_long_record) return true;
        }
        if (is_in_step(l)) {
            if (l->next == l->count) return true;
            continue;
        }
        l->window_bytes = WINDOW_BYTES_MIN;
        return true;
    }
    return true;
}

static void add_last_lf(struct block *block, size_t start)
{
    if (block->len == start || block->data[block->len - 1] == '\n') return;
    struct repair lf = {0};
    buffer_add(&lf.text, STR("\n"));
    repair_append(&lf, block, NULL);
    repair_release(&lf);
}

static void locate(struct locating *l)
{
    while (l->at < l->text.len) {
        if (l->lenient->is_in_long_record) {
            if (!take_long_piece(l)) return;
        } else if (!take_window(l)) {
            return;
        }
        if (is_over_budget(l)) return;
    }
}

size_t lenient_locate(struct lenient *lenient, struct block *block, size_t start, bool is_last,
                      struct records *out, unsigned char **faults, size_t *faults_capacity,
                      uint64_t *lines_used)
{
    size_t text_end = block->len;
    block_keep(block); // first: it may be the one that out gives up
    records_clear(out);
    out->block = block;
    out->columns = lenient->columns;
    if (is_last) add_last_lf(block, start);
    size_t max = lenient->record_bytes_max ? lenient->record_bytes_max : RECORD_BYTES_MAX;
    struct locating locating = {
        .lenient = lenient,
        .block = block,
        .text = {block->data, block->len, is_last, lenient->dialect, max},
        .out = out,
        .faults = faults,
        .faults_capacity = faults_capacity,
        .start = start,
        .at = start,
        .scan = scan_best(),
        .window_bytes = WINDOW_BYTES_MAX,
        .separators = memory_alloc(WINDOW_BYTES_MAX * sizeof *locating.separators),
    };
    locate(&locating);
    *lines_used = locating.line;
    walk_release(&locating.walk);
    repair_release(&locating.repair);
    memory_free(locating.separators);
    return (locating.at < text_end ? locating.at : text_end) - start;
}

struct collecting {
    struct arena *arena;
    str *fields;
    size_t count, capacity;
};

static void collect_field(void *state, str text)
{
    struct collecting *collecting = state;
    if (collecting->count == collecting->capacity) return;
    collecting->fields[collecting->count++] = arena_copy(collecting->arena, text);
}

static void collect_record(void *state) { (void)state; }

size_t lenient_fields(const struct dialect *dialect, str text, struct arena *arena, str **fields,
                      size_t *count)
{
    *count = 0;
    *fields = NULL;
    if (text.len == 0) return 0;
    struct walk_text whole = {text.data, text.len, true, *dialect, SIZE_MAX};
    struct walk walk = {0};
    walk_record(&whole, 0, 0, SIZE_MAX, &walk);
    *fields = arena_new(arena, str, walk.fields);
    *count = walk.fields;
    if (walk.is_irregular || walk.has_escapes) {
        struct collecting collecting = {arena, *fields, 0, walk.fields};
        struct libcsv_events events = {collect_field, collect_record, &collecting};
        struct repair repair = {0};
        repair_parse(&repair, &whole, &walk, &events);
        *count = collecting.count;
        repair_release(&repair);
    } else {
        size_t start = 0;
        for (size_t i = 0; i < walk.kept; i++) {
            size_t end = walk.ends[i] & ~FIELD_QUOTED;
            str raw = {text.data + start, end - start};
            (*fields)[i] = walk.ends[i] & FIELD_QUOTED ? csv_unquote(raw, arena) : raw;
            start = end + 1;
        }
    }
    size_t used = walk.next;
    walk_release(&walk);
    return used;
}
