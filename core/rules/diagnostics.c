#include "diagnostics.h"

#include <stdarg.h>
#include <stdio.h>

enum { SHOWN_MAX = 20, INDENT = 4 };

// So much of a long line is shown, the place meant in its middle.
enum { LINE_BYTES_MAX = 160 };

struct diagnostic {
    struct diagnostic *next;
    enum severity severity;
    struct rule_place place; // text: the part of the line that is shown
    int indent;              // column of that part's first byte, less 1
    str text, hint;
};

static bool is_continuation(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

// The part of the line around the column: without the blanks at its ends, not too long, cut between
// characters.
static str shown_part(const struct rule_place *place, int *indent)
{
    str line = place->text;
    *indent = 0;
    if (line.len == 0) return line; // a message about the file as a whole
    size_t from = 0, meant = place->column > 0 ? (size_t)place->column - 1 : 0;
    while (from < line.len && byte_is_blank(line.data[from])) from++;
    if (meant > from + LINE_BYTES_MAX / 2 && line.len - from > LINE_BYTES_MAX) {
        from = meant - LINE_BYTES_MAX / 2;
        if (from > line.len) from = line.len;
        while (from < line.len && is_continuation(line.data[from])) from++;
    }
    size_t to = from + LINE_BYTES_MAX;
    if (to > line.len) to = line.len;
    while (to > from && to < line.len && is_continuation(line.data[to])) to--;
    *indent = (int)from;
    return (str){line.data + from, to - from};
}

// More than are shown are only counted: a file that is no rule file may give millions.
static bool is_one_too_many(struct diagnostics *diagnostics, enum severity severity)
{
    size_t *count = severity == SEVERITY_ERROR ? &diagnostics->errors : &diagnostics->warnings;
    return (*count)++ >= SHOWN_MAX;
}

void diagnostics_add(struct diagnostics *diagnostics, enum severity severity,
                     struct rule_place place, const char *hint, const char *format, ...)
{
    if (is_one_too_many(diagnostics, severity)) return;
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);

    struct diagnostic *added = arena_new(&diagnostics->arena, struct diagnostic, 1);
    added->severity = severity;
    added->place = place;
    added->place.file = place.file ? arena_cstring(&diagnostics->arena, str_of(place.file)) : NULL;
    added->place.text = arena_copy(&diagnostics->arena, shown_part(&place, &added->indent));
    added->text = arena_copy(&diagnostics->arena, str_of(text));
    added->hint = arena_copy(&diagnostics->arena, str_of(hint));
    if (!diagnostics->last) diagnostics->last = &diagnostics->first;
    *diagnostics->last = added;
    diagnostics->last = &added->next;
}

// The line without its indentation, and a caret below the column. A tab counts as one place, so
// that the caret stands below the byte meant; continuation bytes of UTF-8 take no place.
static void write_line(const struct diagnostic *one, struct buffer *out)
{
    str line = one->place.text;
    buffer_format(out, "%*s", INDENT, "");
    for (size_t i = 0; i < str_trim(line).len; i++) {
        unsigned char c = (unsigned char)line.data[i];
        buffer_add_byte(out, c < 0x20 || c == 0x7F ? ' ' : (char)c);
    }
    buffer_format(out, "\n%*s", INDENT, "");
    for (size_t i = 0; i + 1 + (size_t)one->indent < (size_t)one->place.column; i++) {
        if (i >= line.len || !is_continuation(line.data[i])) buffer_add_byte(out, ' ');
    }
    buffer_add(out, STR("^\n"));
}

static void write_one(const struct diagnostic *one, struct buffer *out)
{
    static const char *const names[] = {"error", "warning"};
    if (one->place.file) buffer_format(out, "%s:", one->place.file);
    if (one->place.line) buffer_format(out, "%d:%d:", one->place.line, one->place.column);
    buffer_format(out, "%s%s: %.*s\n", one->place.file ? " " : "", names[one->severity],
                  STR_ARG(one->text));
    if (one->place.column) write_line(one, out);
    if (one->hint.len) buffer_format(out, "%*s%.*s\n", INDENT, "", STR_ARG(one->hint));
}

void diagnostics_write(const struct diagnostics *diagnostics, struct buffer *out)
{
    enum severity shown = diagnostics->errors ? SEVERITY_ERROR : SEVERITY_WARNING;
    size_t total = diagnostics->errors ? diagnostics->errors : diagnostics->warnings;
    for (const struct diagnostic *one = diagnostics->first; one; one = one->next) {
        if (one->severity == shown) write_one(one, out);
    }
    if (total > SHOWN_MAX) buffer_format(out, "and %zu more\n", total - SHOWN_MAX);
}

bool diagnostics_ok(const struct diagnostics *diagnostics, struct err *err)
{
    if (diagnostics->errors == 0) return true;
    const struct diagnostic *one = diagnostics->first;
    while (one->severity != SEVERITY_ERROR) one = one->next;
    err_set(err, ERR_RULES, one->place.file, one->place.line, "%.*s", STR_ARG(one->text));
    if (one->hint.len) err_hint(err, "%.*s", STR_ARG(one->hint));
    return false;
}

void diagnostics_release(struct diagnostics *diagnostics)
{
    arena_release(&diagnostics->arena);
    *diagnostics = (struct diagnostics){0};
}
