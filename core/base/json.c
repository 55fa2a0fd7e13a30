#include "json.h"

#include "utf8.h"

static void add_escaped(struct buffer *out, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    switch (c) {
    case '"': buffer_add(out, STR("\\\"")); break;
    case '\\': buffer_add(out, STR("\\\\")); break;
    case '\n': buffer_add(out, STR("\\n")); break;
    case '\r': buffer_add(out, STR("\\r")); break;
    case '\t': buffer_add(out, STR("\\t")); break;
    default:
        buffer_add(out, STR("\\u00"));
        buffer_add_byte(out, digits[c >> 4]);
        buffer_add_byte(out, digits[c & 15]);
    }
}

static bool is_line_separator(str text, size_t at)
{
    str rest = str_from(text, at);
    return str_starts(rest, STR("\xE2\x80\xA8")) || str_starts(rest, STR("\xE2\x80\xA9"));
}

static void add_valid(struct buffer *out, str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool is_plain = c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
        if (is_plain && !(c == 0xE2 && is_line_separator(text, i))) continue;
        buffer_add(out, (str){text.data + from, i - from});
        if (c == 0xE2) {
            buffer_add(out, text.data[i + 2] == '\xA8' ? STR("\\u2028") : STR("\\u2029"));
            i += 2;
        } else {
            add_escaped(out, c);
        }
        from = i + 1;
    }
    buffer_add(out, str_from(text, from));
}

void json_add_string(struct buffer *out, str text)
{
    buffer_add_byte(out, '"');
    for (;;) {
        size_t good = utf8_valid_len(text);
        add_valid(out, str_first(text, good));
        if (good == text.len) break;
        buffer_add(out, STR("\xEF\xBF\xBD"));
        text = str_from(text, good + 1);
    }
    buffer_add_byte(out, '"');
}

void json_add_name(struct buffer *out, bool *is_first, str name)
{
    if (!*is_first) buffer_add(out, STR(", "));
    *is_first = false;
    json_add_string(out, name);
    buffer_add(out, STR(": "));
}
