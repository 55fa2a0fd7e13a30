#include "inspect_layout.h"

#include <stdio.h>

#include "core/base/utf8.h"

enum { TEXT_AT = 15, OPTION_GAP = 2, INDENT = 2 };

static bool is_shown(int32_t c)
{
    return c >= ' ' && (c < 0x7F || c >= 0xA0) && !utf8_is_invisible(c) && c != 0x2028 &&
           c != 0x2029;
}

str layout_mask(str text, struct arena *arena)
{
    char *out = arena_bytes(arena, text.len * 4 + 1);
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        if (utf8_valid_len(str_first(str_from(text, at), 1)) == 0 &&
            utf8_valid_len(str_first(str_from(text, at), 4)) == 0) {
            len += (size_t)snprintf(out + len, 5, "\\x%02X", (unsigned char)text.data[at++]);
            continue;
        }
        int32_t c = utf8_next(text, &at);
        if (c == '\n' || c == '\r' || c == '\t') {
            out[len++] = ' ';
        } else if (is_shown(c)) {
            memcpy(out + len, text.data + from, at - from);
            len += at - from;
        } else if (c < 0x80) {
            len += (size_t)snprintf(out + len, 5, "\\x%02X", (unsigned)c);
        }
    }
    return (str){out, len};
}

void layout_cell(struct buffer *out, str text, size_t width, bool is_padded)
{
    size_t count = utf8_count(text);
    if (count > width) {
        size_t at = 0;
        for (size_t i = 0; i + 1 < width; i++) utf8_next(text, &at);
        buffer_format(out, "%.*s\xE2\x80\xA6", (int)at, text.data);
        return;
    }
    buffer_format(out, "%.*s%*s", STR_ARG(text), is_padded ? (int)(width - count) : 0, "");
}

// The bytes of text that fit into width columns, up to a blank where there is one.
static size_t fitting(str text, size_t width)
{
    size_t at = 0, blank = 0;
    for (size_t i = 0; i < width && at < text.len; i++) {
        if (text.data[at] == ' ') blank = at;
        utf8_next(text, &at);
    }
    if (at == text.len || text.data[at] == ' ') return at;
    return blank ? blank : at;
}

void layout_fact(struct buffer *out, const char *label, str text, const char *option)
{
    size_t option_len = option ? strlen(option) : 0;
    for (bool is_first = true; is_first || text.len; is_first = false) {
        size_t width = LAYOUT_WIDTH - TEXT_AT;
        if (is_first && option_len) width -= option_len + OPTION_GAP;
        size_t len = fitting(text, width);
        str line = str_first(text, len);
        buffer_format(out, "%*s%-*s", INDENT, "", TEXT_AT - INDENT, is_first ? label : "");
        bool has_option = is_first && option_len;
        layout_cell(out, line, width, has_option);
        if (has_option) buffer_format(out, "%*s%s", OPTION_GAP, "", option);
        buffer_add_byte(out, '\n');
        text = str_trim(str_from(text, len));
    }
}
