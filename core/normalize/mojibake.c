#include "mojibake.h"

#include "core/base/utf8.h"

// Windows-1252 above the range that equals Latin-1: the characters of bytes 0x80..0x9F. 0 where no
// character is assigned.
static const uint16_t cp1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

// The byte of a character, or -1.
static int byte_of(int32_t c)
{
    if (c <= 0xFF) return c;
    for (int i = 0; i < 32; i++) {
        if (cp1252[i] == c) return 0x80 + i;
    }
    return -1;
}

// Characters that a repair may bring out. Wider sets give false repairs of upper-case names such
// as "SEVEROFRÍŠTINA".
static bool is_expected(int32_t c)
{
    if (c < 0x80) return true;
    if (c >= 0xA0 && c <= 0x17F) return true;
    if (c >= 0x386 && c <= 0x4FF) return true;
    if (c >= 0x1E00 && c <= 0x1EFF) return true;
    if (c >= 0x2010 && c <= 0x2044) return true;
    if (c >= 0x218 && c <= 0x21B) return true;
    switch (c) {
    case 0x18F: // Azerbaijani schwa
    case 0x259:
    case 0x1A0: // Vietnamese horned letters
    case 0x1A1:
    case 0x1AF:
    case 0x1B0:
    case 0x2BB: // letter apostrophes
    case 0x2BC:
    case 0x2BE:
    case 0x2BF:
    case 0x20AC:
    case 0x2122: return true;
    default: return false;
    }
}

// Writes the Windows-1252 bytes of text; returns false as soon as they cannot be UTF-8.
static bool encode(str text, char *out, size_t *len)
{
    size_t at = 0, count = 0;
    int following = 0; // continuation bytes that must come
    while (at < text.len) {
        int byte = byte_of(utf8_next(text, &at));
        if (byte < 0) return false;
        bool is_following = (byte & 0xC0) == 0x80;
        if (is_following != (following > 0)) return false;
        if (is_following)
            following--;
        else if (byte >= 0xF5 || (byte >= 0x80 && byte < 0xC2))
            return false;
        else
            following = byte < 0x80 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
        out[count++] = (char)byte;
    }
    *len = count;
    return following == 0;
}

bool mojibake_repair(str text, str *repaired, struct arena *arena)
{
    if (str_is_ascii(text)) return false;
    char *out = arena_bytes(arena, text.len);
    str found = {out, 0};
    bool is_good = encode(text, out, &found.len) && utf8_is_valid(found);
    for (size_t at = 0; is_good && at < found.len;) is_good = is_expected(utf8_next(found, &at));
    arena_trim(arena, out + (is_good ? found.len : 0));
    if (is_good) *repaired = found;
    return is_good;
}
