// The repairs of an address as people type and paste it (email.h, email_clean).
#include "core/base/utf8.h"
#include "email.h"

enum { ROUNDS_MAX = 8 };

// What the bytes of a usual address add up to: how many there are, signs and capitals, each in bits
// of their own. Other bytes are not counted.
enum { USUAL_BYTES_MAX = 1023, USUAL_SIGN = 1 << 10, USUAL_CAPITAL = 1 << 20 };
enum { SIGN = 1 | USUAL_SIGN, CAP = 1 | USUAL_CAPITAL };

static const uint32_t usual_bytes[256] = {
    ['a'] = 1,   ['b'] = 1,   ['c'] = 1,   ['d'] = 1,    ['e'] = 1,   ['f'] = 1,   ['g'] = 1,
    ['h'] = 1,   ['i'] = 1,   ['j'] = 1,   ['k'] = 1,    ['l'] = 1,   ['m'] = 1,   ['n'] = 1,
    ['o'] = 1,   ['p'] = 1,   ['q'] = 1,   ['r'] = 1,    ['s'] = 1,   ['t'] = 1,   ['u'] = 1,
    ['v'] = 1,   ['w'] = 1,   ['x'] = 1,   ['y'] = 1,    ['z'] = 1,   ['A'] = CAP, ['B'] = CAP,
    ['C'] = CAP, ['D'] = CAP, ['E'] = CAP, ['F'] = CAP,  ['G'] = CAP, ['H'] = CAP, ['I'] = CAP,
    ['J'] = CAP, ['K'] = CAP, ['L'] = CAP, ['M'] = CAP,  ['N'] = CAP, ['O'] = CAP, ['P'] = CAP,
    ['Q'] = CAP, ['R'] = CAP, ['S'] = CAP, ['T'] = CAP,  ['U'] = CAP, ['V'] = CAP, ['W'] = CAP,
    ['X'] = CAP, ['Y'] = CAP, ['Z'] = CAP, ['0'] = 1,    ['1'] = 1,   ['2'] = 1,   ['3'] = 1,
    ['4'] = 1,   ['5'] = 1,   ['6'] = 1,   ['7'] = 1,    ['8'] = 1,   ['9'] = 1,   ['+'] = 1,
    ['-'] = 1,   ['.'] = 1,   ['_'] = 1,   ['@'] = SIGN,
};

bool email_is_usual(str s, bool *has_capitals)
{
    const unsigned char *bytes = (const unsigned char *)s.data;
    uint32_t sum = 0;
    size_t i = 0;
    if (s.len == 0 || s.len > USUAL_BYTES_MAX) return false;
    while (i + 4 <= s.len) {
        sum += usual_bytes[bytes[i]] + usual_bytes[bytes[i + 1]];
        sum += usual_bytes[bytes[i + 2]] + usual_bytes[bytes[i + 3]];
        i += 4;
        // Not only to end early: without a way out the compiler makes vectors of table entries.
        if (sum % USUAL_SIGN != i) return false;
    }
    for (; i < s.len; i++) sum += usual_bytes[bytes[i]];
    *has_capitals = sum >= USUAL_CAPITAL;
    bool is_one = sum % USUAL_SIGN == s.len && sum / USUAL_SIGN % USUAL_SIGN == 1;
    return is_one && s.data[s.len - 1] != '.';
}

// Full-width forms to ASCII; invisible code points left out; every other as it is.
static size_t put_visible(char *out, int32_t c)
{
    if (utf8_is_invisible(c)) return 0;
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == 0xFE6B) c = '@'; // small commercial at
    return utf8_put(out, c);
}

static str visible(str s, struct arena *arena)
{
    if (str_is_ascii(s) || !utf8_is_valid(s)) return s;
    char *out = arena_bytes(arena, s.len + 4);
    size_t len = 0;
    for (size_t at = 0; at < s.len;) len += put_visible(out + len, utf8_next(s, &at));
    arena_trim(arena, out + len);
    str nfc = utf8_nfc((str){out, len}, arena);
    return str_equal(nfc, s) ? s : nfc;
}

// The last code point of valid s and where it begins.
static int32_t last_point(str s, size_t *start)
{
    *start = s.len - 1;
    while (*start > 0 && ((unsigned char)s.data[*start] & 0xC0) == 0x80) --*start;
    size_t at = *start;
    return utf8_next(s, &at);
}

static bool is_curly_quote(int32_t c)
{
    return (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

// Blanks and typographic quotes at the ends; s is valid UTF-8.
static str trim_wide(str s)
{
    for (;;) {
        s = str_trim(s);
        size_t at = 0, start;
        int32_t c = utf8_next(s, &at);
        if (c >= 0x80 && (utf8_is_space(c) || is_curly_quote(c))) {
            s = str_from(s, at);
            continue;
        }
        if (s.len == 0) return s;
        c = last_point(s, &start);
        if (c < 0x80 || !(utf8_is_space(c) || is_curly_quote(c))) return s;
        s.len = start;
    }
}

static str trim(str s) { return utf8_is_valid(s) ? trim_wide(s) : str_trim(s); }

static bool is_pair(str s, char open, char close)
{
    return s.len >= 2 && s.data[0] == open && s.data[s.len - 1] == close;
}

// One layer of what surrounds an address. Every call costs a constant time, or shortens s to the
// inside of its only brackets.
static str peel(str s)
{
    if (s.len >= 7 && str_equal_nocase(str_first(s, 7), STR("mailto:"))) {
        ptrdiff_t query = str_find(s, '?');
        return str_from(query < 0 ? s : str_first(s, (size_t)query), 7);
    }
    if (is_pair(s, '"', '"') || is_pair(s, '<', '>') || is_pair(s, '[', ']')) {
        return (str){s.data + 1, s.len - 2};
    }
    if (s.len && strchr("<('", s.data[0]) && s.data[0]) return str_from(s, 1);
    if (s.len && strchr(".,;:)>'", s.data[s.len - 1]) && s.data[s.len - 1]) {
        return str_first(s, s.len - 1);
    }
    return s;
}

// "Jane Doe <jane@x.fi>": what the only brackets hold, when that is an address and nothing before
// them is.
static str in_brackets(str s)
{
    ptrdiff_t open = str_find(s, '<');
    if (open < 0) return s;
    str inside = str_from(s, (size_t)open + 1);
    ptrdiff_t close = str_find(inside, '>');
    if (close < 0 || str_find(inside, '<') >= 0) return s;
    if (str_trim(str_from(inside, (size_t)close + 1)).len) return s;
    inside.len = (size_t)close;
    if (str_find(inside, '@') < 0 || str_find(str_first(s, (size_t)open), '@') >= 0) return s;
    return inside;
}

// "jane@x.fi (Jane Doe)": without the remark, when it is the only one.
static str without_remark(str s)
{
    if (s.len == 0 || s.data[s.len - 1] != ')') return s;
    ptrdiff_t open = str_find(s, '(');
    if (open < 1 || !byte_is_blank(s.data[open - 1])) return s;
    str remark = str_from(s, (size_t)open + 1);
    if (str_find(remark, '(') >= 0 || str_find(remark, '@') >= 0) return s;
    return str_find(remark, ')') + 1 == (ptrdiff_t)remark.len ? str_first(s, (size_t)open) : s;
}

static str unwrap(str s)
{
    for (;;) {
        str inner = trim(peel(without_remark(in_brackets(trim(s)))));
        if (inner.len == s.len) return inner;
        s = inner;
    }
}

static bool separates(char c) { return byte_is_blank(c) || (c && strchr(",;|/&<>()\"", c)); }

static bool is_domain_byte(char c)
{
    return byte_is_letter(c) || byte_is_digit(c) || c == '.' || c == '-' ||
           (unsigned char)c >= 0x80;
}

// Takes the first of several addresses: *first is it, *rest what follows. False when there are
// not at least two that look like one.
static bool split_first(str s, str *first, str *rest)
{
    ptrdiff_t at = str_find(s, '@');
    if (at < 1 || str_find(str_from(s, (size_t)at + 1), '@') < 0) return false;
    size_t start = (size_t)at, end = (size_t)at + 1;
    while (start > 0 && !separates(s.data[start - 1])) start--;
    while (end < s.len && is_domain_byte(s.data[end])) end++;
    str domain = {s.data + at + 1, end - (size_t)at - 1};
    if (start == (size_t)at || str_find(domain, '.') < 1 || !separates(s.data[end])) return false;
    *first = (str){s.data + start, end - start};
    *rest = str_from(s, end);
    while (rest->len &&
           (separates(rest->data[0]) || rest->data[0] == '\'' || rest->data[0] == ':')) {
        *rest = str_from(*rest, 1);
    }
    ptrdiff_t next = str_find(*rest, '@');
    return next >= 1 && (size_t)next + 1 < rest->len && !separates(rest->data[next - 1]);
}

// "n/a, jane@x.fi", "email: jane@x.fi": the first address that follows something else and a comma
// or the like with a blank. *rest is what is behind it, where that holds another.
static bool skip_to_address(str s, str *first, str *rest)
{
    for (size_t i = 1; i + 1 < s.len; i++) {
        bool has_capitals;
        if (!byte_is_blank(s.data[i]) || !strchr(",;:|", s.data[i - 1])) continue;
        str piece = str_from(s, i + 1);
        while (piece.len && byte_is_blank(piece.data[0])) piece = str_from(piece, 1);
        size_t len = 0;
        while (len < piece.len && !separates(piece.data[len])) len++;
        *first = str_first(piece, len);
        if (!email_is_usual(*first, &has_capitals) || str_find(email_domain(*first), '.') < 1)
            continue;
        *rest = str_from(piece, len);
        while (rest->len && separates(rest->data[0])) *rest = str_from(*rest, 1);
        if (str_find(*rest, '@') < 1) *rest = (str){"", 0};
        return true;
    }
    return false;
}

// "%40" of a link, where there is no other @.
static str decode_at(str s, struct arena *arena)
{
    if (s.len < 3 || str_find(s, '@') >= 0) return s;
    const char *sign = memmem(s.data, s.len, "%40", 3);
    if (!sign) return s;
    size_t at = (size_t)(sign - s.data);
    char *out = arena_bytes(arena, s.len);
    memcpy(out, s.data, at);
    out[at] = '@';
    memcpy(out + at + 1, sign + 3, s.len - at - 3);
    return (str){out, s.len - 2};
}

// One round. Sets *several when s held more than one address.
static str clean_once(str s, struct arena *arena, str *rest, bool *several)
{
    s = decode_at(trim(visible(s, arena)), arena);
    if (str_find(s, '@') < 0) return s;
    str first, after;
    if (split_first(s, &first, &after)) {
        s = first;
        *rest = after;
        *several = true;
    } else if (skip_to_address(s, &first, &after)) {
        size_t before = (size_t)(first.data - s.data);
        if (after.len || str_find(str_first(s, before), '@') >= 0) *several = true;
        if (after.len) *rest = after;
        s = first;
    }
    return unwrap(s);
}

str email_clean(str typed, struct arena *arena, str *rest, const char **reason)
{
    str none;
    bool has_capitals;
    if (!rest) rest = &none;
    *rest = (str){"", 0};
    *reason = NULL;
    if (email_is_usual(typed, &has_capitals)) return typed;

    // What one repair uncovers may need another: "mailto:jane%40firma.fi?subject=@".
    str s = typed;
    bool several = false;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        str next = clean_once(s, arena, rest, &several);
        if (str_equal(next, s)) break;
        s = next;
    }
    if (!str_equal(s, typed)) *reason = several ? "multiple_addresses" : "fixed";
    return s;
}
