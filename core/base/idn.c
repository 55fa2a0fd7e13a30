#include "idn.h"

#include <idn2.h>

#include "utf8.h"

enum { MIDDLE_DOT = 0xB7 };
enum { LOOKUP = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_USE_STD3_ASCII_RULES };

static bool has_a_label(str domain)
{
    if (str_find(domain, '-') < 0) return false;
    for (size_t i = 0; i + 4 <= domain.len; i++) {
        bool starts = i == 0 || domain.data[i - 1] == '.';
        if (starts && str_equal_nocase((str){domain.data + i, 4}, STR("xn--"))) return true;
    }
    return false;
}

bool idn_is_plain(str domain) { return str_is_ascii(domain) && !has_a_label(domain); }

// libidn2 takes NUL-terminated text and allocates its answer.
static bool keep(uint8_t *answer, struct arena *arena, str *out)
{
    if (!answer) return false;
    *out = arena_copy(arena, str_of((const char *)answer));
    idn2_free(answer);
    return out->len > 0;
}

static bool lookup(str domain, struct arena *arena, str *ascii)
{
    const char *text = arena_cstring(arena, domain);
    uint8_t *answer = NULL;
    if (idn2_lookup_u8((const uint8_t *)text, &answer, LOOKUP) != IDN2_OK) return false;
    return keep(answer, arena, ascii);
}

static bool decode(str domain, struct arena *arena, str *unicode)
{
    const char *text = arena_cstring(arena, domain);
    char *answer = NULL;
    if (idn2_to_unicode_8z8z(text, &answer, 0) != IDN2_OK) return false;
    return keep((uint8_t *)answer, arena, unicode);
}

// libidn2's tables know no lower case for some letters that Unicode has one for.
static str lower(str domain, struct arena *arena)
{
    char *out = arena_bytes(arena, domain.len * 2 + 4);
    size_t len = 0;
    for (size_t at = 0; at < domain.len;) {
        len += utf8_put(out + len, utf8_lower(utf8_next(domain, &at)));
    }
    arena_trim(arena, out + len);
    return (str){out, len};
}

static str lower_ascii(str domain, struct arena *arena)
{
    size_t i = 0;
    while (i < domain.len && !byte_is_upper(domain.data[i])) i++;
    if (i == domain.len) return domain;
    char *out = arena_bytes(arena, domain.len);
    for (i = 0; i < domain.len; i++) out[i] = byte_lower(domain.data[i]);
    return (str){out, domain.len};
}

// Letters, marks, digits, hyphens and dots (the ideographic ones too). libidn2 drops or maps away
// much of the rest, blanks and slashes among it, and then finds a name that nobody typed.
static bool is_name_point(int32_t c)
{
    if (c < 0x80) return byte_is_letter((char)c) || byte_is_digit((char)c) || c == '-' || c == '.';
    return utf8_is_letter(c) || utf8_is_mark(c) || utf8_is_digit(c) || c == 0x3002 || c == 0xFF0E ||
           c == 0xFF61;
}

// Whether a middle dot stands elsewhere than between two l, as in Catalan (RFC 5892, appendix A.3).
// libidn2 does not look.
static bool has_stray_dot(str domain)
{
    for (size_t at = 0, start = 0; at < domain.len; start = at) {
        if (utf8_next(domain, &at) != MIDDLE_DOT) continue;
        bool is_between = start > 0 && at < domain.len &&
                          byte_lower(domain.data[start - 1]) == 'l' &&
                          byte_lower(domain.data[at]) == 'l';
        if (!is_between) return true;
    }
    return false;
}

static bool is_readable(str domain)
{
    if (domain.len == 0 || domain.len > IDN_BYTES_MAX) return false;
    for (size_t at = 0; at < domain.len;) {
        int32_t c = utf8_next(domain, &at);
        if (c != MIDDLE_DOT && !is_name_point(c)) return false;
    }
    return !has_stray_dot(domain);
}

bool idn_to_ascii(str domain, struct arena *arena, str *ascii)
{
    if (idn_is_plain(domain)) {
        *ascii = lower_ascii(domain, arena);
        return domain.len > 0;
    }
    if (!is_readable(domain)) return false;
    if (!lookup(lower(domain, arena), arena, ascii)) return false;
    // Reading back and writing again must give the same: libidn2 lets A-labels pass undecoded.
    str unicode, again;
    if (!has_a_label(*ascii)) return true;
    return decode(*ascii, arena, &unicode) && !has_stray_dot(unicode) &&
           lookup(unicode, arena, &again) && str_equal(*ascii, again);
}

str idn_to_unicode(str domain, struct arena *arena)
{
    str unicode;
    if (!has_a_label(domain) || !is_readable(domain)) return domain;
    return decode(domain, arena, &unicode) ? unicode : domain;
}
