#include "json.h"

#include "core/base/utf8.h"

enum { NESTING_MAX = 64 };

static void skip_blanks(str *s)
{
    while (s->len && byte_is_blank(s->data[0])) *s = (str){s->data + 1, s->len - 1};
}

static bool take(str *s, char c)
{
    skip_blanks(s);
    if (s->len == 0 || s->data[0] != c) return false;
    *s = (str){s->data + 1, s->len - 1};
    return true;
}

// Takes a string whose opening quote is next; *inside is what stands between the quotes.
static bool take_string(str *s, str *inside, bool *has_escape)
{
    if (!take(s, '"')) return false;
    *has_escape = false;
    for (size_t i = 0; i < s->len; i++) {
        if (s->data[i] == '"') {
            *inside = str_first(*s, i);
            *s = str_from(*s, i + 1);
            return true;
        }
        if (s->data[i] == '\\') {
            *has_escape = true;
            i++;
        }
    }
    return false;
}

static int hex4(const char *at, size_t left)
{
    int value = 0;
    if (left < 4) return -1;
    for (int i = 0; i < 4; i++) {
        char c = byte_lower(at[i]);
        if (!byte_is_digit(c) && (c < 'a' || c > 'f')) return -1;
        value = value * 16 + (byte_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

// Reads \uXXXX, and the second half of a surrogate pair; *i is at the u and ends at the last digit.
static int32_t unicode_escape(str s, size_t *i)
{
    int32_t c = hex4(s.data + *i + 1, s.len - *i - 1);
    if (c < 0) return 0xFFFD;
    *i += 4;
    bool is_high = c >= 0xD800 && c < 0xDC00;
    if (is_high && s.len - *i > 6 && s.data[*i + 1] == '\\' && s.data[*i + 2] == 'u') {
        int32_t low = hex4(s.data + *i + 3, s.len - *i - 3);
        if (low >= 0xDC00 && low < 0xE000) {
            *i += 6;
            return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return c >= 0xD800 && c < 0xE000 ? 0xFFFD : c;
}

static str unescape(str s, struct arena *arena)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    char *out = arena_bytes(arena, s.len + 4); // an escape is never shorter than what it means
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] != '\\' || i + 1 == s.len) {
            out[len++] = s.data[i];
            continue;
        }
        char c = s.data[++i];
        const char *known = c ? strchr(from, c) : NULL;
        if (c == 'u')
            len += utf8_put(out + len, unicode_escape(s, &i));
        else
            out[len++] = known ? to[known - from] : c;
    }
    arena_trim(arena, out + len);
    return (str){out, len};
}

// Takes any value; *written is its text as it stands.
static bool take_value(str *s, str *written)
{
    skip_blanks(s);
    const char *start = s->data;
    int depth = 0;
    bool has_escape;
    str inside;
    while (s->len) {
        char c = s->data[0];
        if (c == '"') {
            if (!take_string(s, &inside, &has_escape)) return false;
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}' || c == ']')) break;
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        if (depth > NESTING_MAX) return false;
        *s = (str){s->data + 1, s->len - 1};
    }
    *written = str_trim((str){start, (size_t)(s->data - start)});
    return written->len > 0;
}

static char plain_byte(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == '/' ? '_' : byte_lower(c);
}

static bool same_name(str a, str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (plain_byte(a.data[i]) != plain_byte(b.data[i])) return false;
    }
    return true;
}

static bool take_member(str *s, const str wanted[], size_t count, struct arena *arena, str found[])
{
    str name, value;
    bool has_escape;
    if (!take_string(s, &name, &has_escape)) return false;
    if (has_escape) name = unescape(name, arena);
    if (!take(s, ':')) return false;
    skip_blanks(s);
    bool is_text = s->len && s->data[0] == '"';
    if (is_text ? !take_string(s, &value, &has_escape) : !take_value(s, &value)) return false;
    for (size_t i = 0; i < count; i++) {
        if (found[i].data || !same_name(name, wanted[i])) continue;
        if (!is_text && str_equal(value, STR("null"))) return true;
        found[i] = is_text && has_escape ? unescape(value, arena) : value;
    }
    return true;
}

void score_json_members(str object, const str wanted[], size_t count, struct arena *arena,
                        str found[])
{
    for (size_t i = 0; i < count; i++) found[i] = (str){0};
    if (!take(&object, '{')) return;
    do {
        if (!take_member(&object, wanted, count, arena, found)) return;
    } while (take(&object, ','));
}
