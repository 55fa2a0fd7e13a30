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

// Whether eight bytes are ASCII that stands for itself in a string.
static inline bool are_plain(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x80 * ones;
    uint64_t quote = word ^ '"' * ones, backslash = word ^ '\\' * ones, delete = word ^ 0x7F * ones;
    // Bit 7 of some byte: that byte is not ASCII, below a blank, or one of the three.
    uint64_t found =
        word | (word - 0x20 * ones) | (quote - ones) | (backslash - ones) | (delete - ones);
    return (found & high) == 0;
}

static inline uint64_t load8(const char *at)
{
    uint64_t word;
    memcpy(&word, at, 8);
    return word;
}

// The bytes of a text of less than eight, and blanks.
static inline uint64_t load_short(str text)
{
    uint64_t word = 0x2020202020202020u;
    for (size_t i = 0; i < text.len; i++) word = word << 8 | (unsigned char)text.data[i];
    return word;
}

// Whether all of the text stands for itself.
static bool is_plain(str text)
{
    if (text.len < 8) return are_plain(load_short(text));
    for (size_t i = 0; i + 8 < text.len; i += 8) {
        if (!are_plain(load8(text.data + i))) return false;
    }
    return are_plain(load8(text.data + text.len - 8));
}

static void add_valid(struct buffer *out, str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (i + 8 <= text.len && are_plain(load8(text.data + i))) {
            i += 7;
            continue;
        }
        unsigned char c = (unsigned char)text.data[i];
        bool is_kept = c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
        if (is_kept && !(c == 0xE2 && is_line_separator(text, i))) continue;
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
    char *to = buffer_room(out, text.len + 2);
    if (is_plain(text)) {
        *to = '"';
        *bytes_put(to + 1, text.data, text.len) = '"';
        out->len += text.len + 2;
        return;
    }
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

static str skip_blanks(str text)
{
    while (text.len && byte_is_blank(text.data[0])) text = str_from(text, 1);
    return text;
}

// Takes a string, its quotes off, from the start of *text; escapes stay as they are.
static bool take_string(str *text, str *inside)
{
    if (text->len == 0 || text->data[0] != '"') return false;
    for (size_t i = 1; i < text->len; i++) {
        if (text->data[i] == '\\') {
            i++;
        } else if (text->data[i] == '"') {
            *inside = (str){text->data + 1, i - 1};
            *text = str_from(*text, i + 1);
            return true;
        }
    }
    return false;
}

static int hex_value(char c)
{
    if (byte_is_digit(c)) return c - '0';
    c = byte_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The number of a \uXXXX at text[at], or -1.
static int32_t unicode_escape(str text, size_t at)
{
    if (at + 6 > text.len || text.data[at] != '\\' || text.data[at + 1] != 'u') return -1;
    int32_t c = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        int value = hex_value(text.data[i]);
        if (value < 0) return -1;
        c = c << 4 | value;
    }
    return c;
}

static size_t put_unicode(str text, size_t *at, char *out)
{
    int32_t c = unicode_escape(text, *at), low;
    *at += c < 0 ? 2 : 6;
    if (c >= 0xD800 && c < 0xDC00 && (low = unicode_escape(text, *at)) >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        *at += 6;
    }
    return utf8_put(out, c < 0 || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c);
}

static str unescape(str text, struct arena *arena)
{
    if (str_find(text, '\\') < 0) return text;
    // No escape is longer than what it stands for, but a lone bad \u: 2 bytes become 3.
    char *out = arena_bytes(arena, text.len * 2);
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        if (text.data[at] != '\\' || at + 1 == text.len) {
            out[len++] = text.data[at++];
        } else if (text.data[at + 1] == 'u') {
            len += put_unicode(text, &at, out + len);
        } else {
            static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
            const char *known = strchr(from, text.data[at + 1]);
            out[len++] = known && *known ? to[known - from] : text.data[at + 1];
            at += 2;
        }
    }
    return (str){out, len};
}

// Takes the value at the start of *text: a string without quotes, or what stands up to the next
// comma or brace (our objects are flat).
static bool take_value(str *text, str *value, bool *is_string)
{
    *text = skip_blanks(*text);
    *is_string = take_string(text, value);
    if (*is_string) return true;
    size_t len = 0;
    while (len < text->len && text->data[len] != ',' && text->data[len] != '}') len++;
    *value = str_trim(str_first(*text, len));
    *text = str_from(*text, len);
    return value->len > 0;
}

bool json_next_member(str *text, struct arena *arena, str *name, str *value)
{
    str member, found;
    bool is_string;
    *text = skip_blanks(*text);
    if (text->len == 0 || !strchr("{,", text->data[0])) return false;
    *text = skip_blanks(str_from(*text, 1));
    if (!take_string(text, &member)) return false;
    *text = skip_blanks(*text);
    if (text->len == 0 || text->data[0] != ':') return false;
    *text = str_from(*text, 1);
    if (!take_value(text, &found, &is_string)) return false;
    *name = unescape(member, arena);
    *value = is_string ? unescape(found, arena) : found;
    return true;
}

bool json_member(str text, str name, struct arena *arena, str *value)
{
    str member;
    text = skip_blanks(text);
    if (text.len == 0 || text.data[0] != '{') return false;
    while (json_next_member(&text, arena, &member, value)) {
        if (str_equal_nocase(member, name)) return true;
    }
    return false;
}
