#include "diagnostics.h"

#include <stdarg.h>
#include <stdio.h>

enum { SHOWN_MAX = 20, INDENT = 4 };

struct diagnostic {
    struct diagnostic *next;
    enum severity severity;
    struct rule_place place;
    str text, hint;
};

void diagnostics_add(struct diagnostics *diagnostics, enum severity severity,
                     struct rule_place place, const char *hint, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);

    struct diagnostic *added = arena_new(&diagnostics->arena, struct diagnostic, 1);
    added->severity = severity;
    added->place = place;
    added->place.file = place.file ? arena_cstring(&diagnostics->arena, str_of(place.file)) : NULL;
    added->place.text = arena_copy(&diagnostics->arena, place.text);
    added->text = arena_copy(&diagnostics->arena, str_of(text));
    added->hint = arena_copy(&diagnostics->arena, str_of(hint));
    if (!diagnostics->last) diagnostics->last = &diagnostics->first;
    *diagnostics->last = added;
    diagnostics->last = &added->next;
    if (severity == SEVERITY_ERROR) diagnostics->errors++;
    if (severity == SEVERITY_WARNING) diagnostics->warnings++;
}

// The line without its indentation, and a caret below the column. A tab counts as one place, so
// that the caret stands below the byte meant; continuation bytes of UTF-8 take no place.
static void write_line(const struct rule_place *place, struct buffer *out)
{
    size_t skip = 0;
    while (skip < place->text.len && byte_is_blank(place->text.data[skip])) skip++;
    str line = str_trim(place->text);
    buffer_format(out, "%*s", INDENT, "");
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.data[i];
        buffer_add_byte(out, c < 0x20 || c == 0x7F ? ' ' : (char)c);
    }
    buffer_format(out, "\n%*s", INDENT, "");
    for (size_t i = skip; i + 1 < (size_t)place->column; i++) {
        bool continues = i < place->text.len && ((unsigned char)place->text.data[i] & 0xC0) == 0x80;
        if (!continues) buffer_add_byte(out, ' ');
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
    if (one->place.column) write_line(&one->place, out);
    if (one->hint.len) buffer_format(out, "%*s%.*s\n", INDENT, "", STR_ARG(one->hint));
}

void diagnostics_write(const struct diagnostics *diagnostics, struct buffer *out)
{
    enum severity shown = diagnostics->errors ? SEVERITY_ERROR : SEVERITY_WARNING;
    size_t total = diagnostics->errors ? diagnostics->errors : diagnostics->warnings;
    size_t count = 0;
    for (const struct diagnostic *one = diagnostics->first; one; one = one->next) {
        if (one->severity != shown) continue;
        if (count++ < SHOWN_MAX) write_one(one, out);
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
