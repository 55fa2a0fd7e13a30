#include "decode.h"

#include "codepage.h"
#include "codepage_guess.h"
#include "core/base/utf8.h"

// A line that is longer is decoded in pieces of this size. Line-by-line decoding has to see a line
// whole to know whether it is UTF-8, and must not wait for an end that may never come.
enum { LINE_BYTES_MAX = 1 << 20 };

enum { CTRL_Z = 0x1A, REPLACEMENT = 0xFFFD };

const char *encoding_name(enum encoding encoding)
{
    static const char *const names[ENCODING_COUNT] = {
        [ENCODING_UTF8] = "UTF-8",          [ENCODING_UTF16LE] = "UTF-16LE",
        [ENCODING_UTF16BE] = "UTF-16BE",    [ENCODING_CP1252] = "Windows-1252",
        [ENCODING_MACROMAN] = "Mac Roman",  [ENCODING_CP1250] = "Windows-1250",
        [ENCODING_CP1251] = "Windows-1251", [ENCODING_CP1254] = "Windows-1254",
        [ENCODING_CP1257] = "Windows-1257", [ENCODING_CP850] = "IBM 850",
    };
    return names[encoding];
}

// The code page of lines that are not UTF-8.
static const uint16_t *page_of(const struct decoding *decoding)
{
    const uint16_t *page = codepage_of(decoding->encoding);
    return page ? page : codepage_windows_1252;
}

// Appends bytes, those above 7F by their code page (NULL: as they are). Never called with a text
// that was cut between CR and LF.
static void add_converted(struct decoding *decoding, str bytes, const uint16_t *page,
                          struct buffer *out)
{
    char *to = buffer_room(out, page ? 3 * bytes.len : bytes.len), *start = to;
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        if (c == 0) {
            decoding->nul_bytes++;
        } else if (c == '\r' && decoding->cr_only) {
            if (i + 1 == bytes.len || bytes.data[i + 1] != '\n') *to++ = '\n';
        } else if (c < 0x80 || !page) {
            *to++ = (char)c;
        } else {
            to += codepage_put(page, c, to);
        }
    }
    out->len += (size_t)(to - start);
}

static void add_valid(struct decoding *decoding, str bytes, struct buffer *out)
{
    if (decoding->cr_only) {
        add_converted(decoding, bytes, NULL, out);
        return;
    }
    for (ptrdiff_t nul; (nul = str_find(bytes, '\0')) >= 0;) {
        buffer_add(out, str_first(bytes, (size_t)nul));
        bytes = str_from(bytes, (size_t)nul + 1);
        decoding->nul_bytes++;
    }
    buffer_add(out, bytes);
}

// Lines

// Length of the line at the start of text with its end; 0 when it has none, or when that is a CR
// that an LF may follow.
static size_t line_len(const struct decoding *decoding, str text, bool is_last)
{
    if (!decoding->cr_only) return (size_t)(str_find(text, '\n') + 1);
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n') return i + 1;
        if (text.data[i] != '\r') continue;
        if (i + 1 < text.len) return text.data[i + 1] == '\n' ? i + 2 : i + 1;
        return is_last ? i + 1 : 0;
    }
    return 0;
}

// Offset behind the last line end in text[from..to), from when there is none. text[to..) is looked
// at only for the LF of a CR.
static size_t last_line_end(const struct decoding *decoding, str text, size_t from, size_t to)
{
    if (!decoding->cr_only) {
        const char *lf = to > from ? memrchr(text.data + from, '\n', to - from) : NULL;
        return lf ? (size_t)(lf - text.data) + 1 : from;
    }
    while (to > from) {
        char c = text.data[to - 1];
        if (c == '\n') return to;
        if (c == '\r' && to < text.len && text.data[to] != '\n') return to;
        to--;
    }
    return from;
}

// Where a piece of a line that is too long ends: not inside a character, nor between CR and LF.
static size_t cut_long_line(str line)
{
    size_t cut = LINE_BYTES_MAX;
    for (size_t back = 1; back <= 3; back++) {
        unsigned char c = (unsigned char)line.data[cut - back];
        if ((c & 0xC0) == 0x80) continue;
        size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        if (need > back) cut -= back;
        break;
    }
    return line.data[cut - 1] == '\r' ? cut - 1 : cut;
}

// Length of the next line or piece of a line at the start of text, 0 when it is incomplete.
static size_t next_line(const struct decoding *decoding, str text, bool is_last)
{
    // What lies further away makes the line too long in any case: two for CR LF.
    size_t len = line_len(decoding, str_first(text, LINE_BYTES_MAX + 2), is_last);
    if (len == 0 && (is_last || text.len > LINE_BYTES_MAX)) len = text.len;
    return len > LINE_BYTES_MAX ? cut_long_line(text) : len;
}

// UTF-8, and lines that are not. Runs of valid lines are copied at once; a line with an invalid
// byte is converted as a whole.
static size_t decode_lines(struct decoding *decoding, str text, bool is_last, struct buffer *out)
{
    size_t at = 0, bad = utf8_valid_len(text);
    while (at < text.len) {
        size_t start =
            bad == text.len && is_last ? text.len : last_line_end(decoding, text, at, bad);
        add_valid(decoding, (str){text.data + at, start - at}, out);
        at = start;
        str rest = str_from(text, at);
        size_t len = next_line(decoding, rest, is_last);
        if (len == 0) break;
        if (at + len <= bad) {
            add_valid(decoding, str_first(rest, len), out);
        } else {
            add_converted(decoding, str_first(rest, len), page_of(decoding), out);
            decoding->codepage_lines++;
        }
        at += len;
        if (at > bad) bad = at + utf8_valid_len(str_from(text, at));
    }
    return at;
}

// UTF-16

static uint32_t unit_at(const struct decoding *decoding, str text, size_t i)
{
    uint32_t first = (unsigned char)text.data[i], second = (unsigned char)text.data[i + 1];
    return decoding->encoding == ENCODING_UTF16LE ? first | second << 8 : first << 8 | second;
}

static bool is_high(uint32_t unit) { return (unit & 0xFC00) == 0xD800; }

static bool is_low(uint32_t unit) { return (unit & 0xFC00) == 0xDC00; }

// The code point of a unit that is no ASCII, stepping over a second unit.
static int32_t take_wide(struct decoding *decoding, str text, size_t *at, uint32_t unit)
{
    if (is_high(unit) && *at + 2 <= text.len) {
        uint32_t low = unit_at(decoding, text, *at);
        if (is_low(low)) {
            *at += 2;
            return (int32_t)(0x10000 + ((unit & 0x3FF) << 10 | (low & 0x3FF)));
        }
    }
    if (is_high(unit) || is_low(unit)) {
        decoding->bad_sequences++;
        return REPLACEMENT;
    }
    return (int32_t)unit;
}

// Whether what this unit means depends on what follows it.
static bool must_wait(const struct decoding *decoding, uint32_t unit)
{
    return is_high(unit) || unit == CTRL_Z || (unit == '\r' && decoding->cr_only);
}

static size_t decode_utf16(struct decoding *decoding, str text, bool is_last, struct buffer *out)
{
    // Two bytes become at most three; the half unit at the end as well.
    char *to = buffer_room(out, text.len / 2 * 3 + 3), *start = to;
    size_t at = 0;
    while (at + 2 <= text.len) {
        uint32_t unit = unit_at(decoding, text, at);
        bool has_next = at + 4 <= text.len;
        if (!has_next && !is_last && must_wait(decoding, unit)) break;
        at += 2;
        if (unit == 0) {
            decoding->nul_bytes++;
        } else if (unit == '\r' && decoding->cr_only) {
            if (!has_next || unit_at(decoding, text, at) != '\n') *to++ = '\n';
        } else if (unit == CTRL_Z && at == text.len) {
            break;
        } else if (unit < 0x80) {
            *to++ = (char)unit;
        } else {
            to += utf8_put(to, take_wide(decoding, text, &at, unit));
        }
    }
    if (is_last && at < text.len) {
        // Half a unit. A lone LF is what appending to the file with an ordinary tool leaves.
        if (text.data[at] == '\n') {
            *to++ = '\n';
        } else {
            decoding->bad_sequences++;
            to += utf8_put(to, REPLACEMENT);
        }
        at++;
    }
    out->len += (size_t)(to - start);
    return at;
}

static bool is_utf16(const struct decoding *decoding)
{
    return decoding->encoding == ENCODING_UTF16LE || decoding->encoding == ENCODING_UTF16BE;
}

size_t decode_unchanged(const struct decoding *decoding, str raw)
{
    enum { CUT_BYTES_MAX = 3 }; // of a character at the end
    if (is_utf16(decoding) || decoding->cr_only) return 0;
    size_t valid = utf8_valid_len(raw);
    if (raw.len - valid > CUT_BYTES_MAX) return 0;
    size_t end = last_line_end(decoding, raw, 0, valid);
    return str_find(str_first(raw, end), '\0') < 0 ? end : 0;
}

size_t decode_append(struct decoding *decoding, str raw, bool is_last, struct buffer *out)
{
    if (is_utf16(decoding)) {
        return decode_utf16(decoding, raw, is_last, out);
    }
    str text = raw;
    if (is_last && text.len && text.data[text.len - 1] == CTRL_Z) text.len--;
    size_t used = decode_lines(decoding, text, is_last, out);
    return used == text.len ? used + (raw.len - text.len) : used;
}
