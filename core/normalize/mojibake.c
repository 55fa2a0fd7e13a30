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

enum { LAYERS_MAX = 3 };

// How far a character speaks for a repair that brings it out.
enum weight {
    UNEXPECTED, // against it: it comes out of upper-case names such as "SEVEROFRÍŠTINA"
    FOREIGN,    // for it in the company of another: "Ø±" and "é »" are bytes of one by chance
    EXPECTED,
};

struct range {
    int32_t from, to;
    enum weight weight;
};

// In rising order.
static const struct range ranges[] = {
    {0x00, 0x7F, EXPECTED},     {0xA0, 0x17F, EXPECTED},
    {0x18F, 0x18F, EXPECTED},                             // Azerbaijani schwa
    {0x1A0, 0x1A1, EXPECTED},                             // Vietnamese horned letters
    {0x1AF, 0x1B0, EXPECTED},   {0x218, 0x21B, EXPECTED}, // Romanian
    {0x259, 0x259, EXPECTED},   {0x2BB, 0x2BC, EXPECTED}, // letter apostrophes
    {0x2BE, 0x2BF, EXPECTED},   {0x300, 0x33F, EXPECTED}, // accents apart from their letters
    {0x386, 0x4FF, EXPECTED},                             // Greek, Cyrillic
    {0x531, 0x5F4, FOREIGN},                              // Armenian, Hebrew
    {0x600, 0x6FF, FOREIGN},                              // Arabic
    {0x780, 0x7FF, FOREIGN},                              // Thaana, N'Ko
    {0x900, 0x17FF, FOREIGN}, // of India and South-East Asia; Georgian, Ethiopic, Cherokee, Khmer
    {0x1E00, 0x1EFF, EXPECTED}, {0x1F00, 0x1FFF, FOREIGN}, // Greek with all its accents
    {0x200B, 0x200F, EXPECTED}, {0x2010, 0x2044, EXPECTED},
    {0x20AC, 0x20AC, EXPECTED}, {0x2122, 0x2122, EXPECTED},
    {0x3000, 0x30FF, FOREIGN}, // Chinese, Japanese, Korean
    {0x4E00, 0x9FFF, FOREIGN},  {0xAC00, 0xD7A3, FOREIGN},
    {0xFF01, 0xFF9F, FOREIGN},
};

static enum weight weight_of(int32_t c)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges && c >= ranges[i].from; i++) {
        if (c <= ranges[i].to) return ranges[i].weight;
    }
    return UNEXPECTED;
}

// Whether a text is one that lead data may hold, rather than one that bytes gave by chance.
static bool is_plausible(str text)
{
    bool has_foreign = false, has_pair = false, was_foreign = false;
    for (size_t at = 0; at < text.len;) {
        enum weight weight = weight_of(utf8_next(text, &at));
        if (weight == UNEXPECTED) return false;
        bool is_foreign = weight == FOREIGN;
        has_foreign = has_foreign || is_foreign;
        has_pair = has_pair || (is_foreign && was_foreign);
        was_foreign = is_foreign;
    }
    return has_pair || !has_foreign;
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
    str found = {out, 0}, layer = text;
    bool is_good = false;
    // What a layer uncovers may be damaged itself, and look like nothing: then the next one
    // decides. A layer is undone in place, since it never gets longer.
    for (int i = 0; i < LAYERS_MAX && !is_good; i++) {
        if (!encode(layer, out, &found.len) || !utf8_is_valid(found)) break;
        is_good = is_plausible(found);
        layer = found;
    }
    arena_trim(arena, out + (is_good ? found.len : 0));
    if (is_good) *repaired = found;
    return is_good;
}
