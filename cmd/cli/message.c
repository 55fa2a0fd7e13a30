#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/utf8.h"

static const char *program = "leadpipe";
static bool is_quiet;
static void (*before)(void);

void message_program(const char *name) { program = name; }

void message_quiet(bool quiet) { is_quiet = quiet; }

void message_before(void (*hook)(void)) { before = hook; }

// Length of the bytes at s.data[at] that a terminal may take as a command: C0 controls but LF, DEL,
// C1 controls in UTF-8 (U+0080 to U+009F) or bare, as any byte that is not UTF-8. 0 = show it.
static size_t steering_bytes(str s, size_t at, size_t valid_to)
{
    unsigned char c = (unsigned char)s.data[at];
    if (at >= valid_to || (c < 0x20 && c != '\n') || c == 0x7F) return 1;
    return c == 0xC2 && (unsigned char)s.data[at + 1] < 0xA0 ? 2 : 0;
}

void message_mask(str text, struct buffer *out)
{
    size_t valid_to = utf8_valid_len(text);
    for (size_t i = 0; i < text.len;) {
        size_t masked = steering_bytes(text, i, valid_to);
        buffer_add_byte(out, masked ? '?' : text.data[i]);
        i += masked ? masked : 1;
        if (i > valid_to) valid_to = i + utf8_valid_len(str_from(text, i));
    }
}

// One write a message, so that lines of the stages of a pipe do not mix.
static void say(str text)
{
    struct buffer out = {0};
    message_mask(text, &out);
    if (before) before();
    // Nothing can be done when standard error cannot be written.
    if (write(STDERR_FILENO, out.data, out.len) < 0) is_quiet = true;
    buffer_release(&out);
}

// A message is one line, whatever the names and values in it: a line end would begin another that
// the program never said.
static void add_line(struct buffer *out, const char *text)
{
    for (; *text; text++) buffer_add_byte(out, *text == '\n' ? '?' : *text);
    buffer_add_byte(out, '\n');
}

__attribute__((format(printf, 2, 0))) static void say_format(const char *kind, const char *format,
                                                             va_list arguments)
{
    char text[2048];
    int len = vsnprintf(text, sizeof text, format, arguments);
    if (len < 0) return;
    struct buffer line = {0};
    buffer_format(&line, "%s: %s", program, kind);
    add_line(&line, text);
    say(buffer_str(&line));
    buffer_release(&line);
}

void message_note(const char *format, ...)
{
    if (is_quiet) return;
    va_list arguments;
    va_start(arguments, format);
    say_format("", format, arguments);
    va_end(arguments);
}

void message_warning(const char *format, ...)
{
    if (is_quiet) return;
    va_list arguments;
    va_start(arguments, format);
    say_format("warning: ", format, arguments);
    va_end(arguments);
}

void message_error(const struct err *err)
{
    if (err->kind == ERR_STOPPED) return;
    char place[sizeof err->file + 32] = "";
    if (err->file[0] && err->line)
        snprintf(place, sizeof place, "%s:%ld: ", err->file, err->line);
    else if (err->file[0])
        snprintf(place, sizeof place, "%s: ", err->file);
    char text[sizeof place + sizeof err->text];
    snprintf(text, sizeof text, "%s%s", place, err->text);
    struct buffer line = {0};
    buffer_format(&line, "%s: ", program);
    add_line(&line, text);
    if (err->hint[0]) {
        buffer_add(&line, STR("  "));
        add_line(&line, err->hint);
    }
    say(buffer_str(&line));
    buffer_release(&line);
}

void message_block(str text) { say(text); }

bool message_is_quiet(void) { return is_quiet; }

void message_usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_format("", format, arguments);
    va_end(arguments);
    fprintf(stderr, "Try '%s --help'.\n", program);
    exit(EXIT_TROUBLE);
}
