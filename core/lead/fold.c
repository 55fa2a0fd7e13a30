#include "fold.h"

#include "core/base/utf8.h"

// The base letters of U+00C0..U+024F and U+1E00..U+1EFF, two bytes each: from the decompositions
// of the Unicode character database, and by hand where there is none (ø, ł, ð ...).
static const char latin[] =
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thssa a a a a a aec e e e e "
    "i i i i d n o o o o o   o u u u u y thy a a a a a a c c c c c c c c d d d d e e e e e e "
    "e e e e g g g g g g g g h h h h i i i i i i i i i i ijijj j k k k l l l l l l l l l l n "
    "n n n n n n n n o o o o o o oeoer r r r r r s s s s s s s s t t t t t t u u u u u u u u "
    "u u u u w w y y y z z z z z z s b b b b b b o c c d d d d d e e e f f g g hvi i k k   l "
    "m n n o o o oioip p r s s s s t t t t u u u v y y z z z z z z 2 5 5 tsw         dzdzdzlj"
    "ljljnjnjnja a i i o o u u u u u u u u u u e a a a a aeaeg g g g k k o o o o z z j dzdzdz"
    "g g hvw n n a a aeaeo o a a a a e e e e i i i i o o o o r r r r u u u u s s t t y y h h "
    "n d ououz z a a e e o o o o o o o o y y l n t j dbqpa c c   t s z q q b u v e e j j q q "
    "r r y y ";
static const char latin_additional[] =
    "a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h h h h h "
    "i i i i k k k k k k l l l l l l l l m m m m m m n n n n n n n n o o o o o o o o p p p p "
    "r r r r r r r r s s s s s s s s s s t t t t t t t t u u u u u u u u u u v v v v w w w w "
    "w w w w w w x x x x y y z z z z z z h t w y a s s s ssd a a a a a a a a a a a a a a a a "
    "a a a a a a a a e e e e e e e e e e e e e e e e i i i i o o o o o o o o o o o o o o o o "
    "o o o o o o o o u u u u u u u u u u u u u u y y y y y y y y llllv v y y ";

// Greek and Cyrillic letters with marks, in order.
static const struct {
    uint16_t marked, base;
} others[] = {
    {0x385, 0xA8},  {0x390, 0x3B9}, {0x3AC, 0x3B1}, {0x3AD, 0x3B5}, {0x3AE, 0x3B7}, {0x3AF, 0x3B9},
    {0x3B0, 0x3C5}, {0x3CA, 0x3B9}, {0x3CB, 0x3C5}, {0x3CC, 0x3BF}, {0x3CD, 0x3C5}, {0x3CE, 0x3C9},
    {0x3D3, 0x3D2}, {0x3D4, 0x3D2}, {0x439, 0x438}, {0x450, 0x435}, {0x451, 0x435}, {0x453, 0x433},
    {0x457, 0x456}, {0x45C, 0x43A}, {0x45D, 0x438}, {0x45E, 0x443}, {0x477, 0x475}, {0x4C2, 0x436},
    {0x4D1, 0x430}, {0x4D3, 0x430}, {0x4D7, 0x435}, {0x4DB, 0x4D9}, {0x4DD, 0x436}, {0x4DF, 0x437},
    {0x4E3, 0x438}, {0x4E5, 0x438}, {0x4E7, 0x43E}, {0x4EB, 0x4E9}, {0x4ED, 0x44D}, {0x4EF, 0x443},
    {0x4F1, 0x443}, {0x4F3, 0x443}, {0x4F5, 0x447}, {0x4F9, 0x44B},
};

enum {
    LATIN_FIRST = 0xC0,
    LATIN_LAST = 0x24F,
    ADDITIONAL_FIRST = 0x1E00,
    ADDITIONAL_LAST = 0x1EFF
};

struct folder {
    char *out;
    size_t len;
    unsigned flags;
    bool has_gap; // a blank is due before the next letter
};

static void put_byte(struct folder *folder, char c)
{
    if (folder->has_gap && folder->len) folder->out[folder->len++] = ' ';
    folder->has_gap = false;
    folder->out[folder->len++] = c;
}

static void put_ascii(struct folder *folder, char c)
{
    if (byte_is_letter(c)) {
        put_byte(folder, byte_lower(c));
    } else if (byte_is_digit(c)) {
        put_byte(folder, c);
    } else if ((c == '&' || c == '+') && (folder->flags & FOLD_AND)) {
        folder->has_gap = true;
        put_byte(folder, 'a');
        put_byte(folder, 'n');
        put_byte(folder, 'd');
        folder->has_gap = true;
    } else if (c != '\'' && c != '`' && (c != '.' || !(folder->flags & FOLD_JOIN_DOTS))) {
        folder->has_gap = true;
    }
}

static bool is_apostrophe(int32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0xB4 || (c >= 0x2B9 && c <= 0x2BF) ||
           c == 0x2C8 || c == 0x2032;
}

static int32_t without_mark(int32_t c)
{
    if (c < 0x370 || c > 0x52F) return c;
    size_t from = 0, to = sizeof others / sizeof *others;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (others[middle].marked == c) return others[middle].base;
        if (others[middle].marked < c)
            from = middle + 1;
        else
            to = middle;
    }
    return c;
}

static void put_latin(struct folder *folder, const char *pair)
{
    if (pair[0] == ' ') {
        folder->has_gap = true;
        return;
    }
    put_byte(folder, pair[0]);
    if (pair[1] != ' ') put_byte(folder, pair[1]);
}

static void put_wide(struct folder *folder, int32_t c)
{
    if (c >= LATIN_FIRST && c <= LATIN_LAST) {
        put_latin(folder, latin + (size_t)(c - LATIN_FIRST) * 2);
    } else if (c >= ADDITIONAL_FIRST && c <= ADDITIONAL_LAST) {
        put_latin(folder, latin_additional + (size_t)(c - ADDITIONAL_FIRST) * 2);
    } else if (c == 0x259) { // Azerbaijani schwa, alone of its block in names
        put_byte(folder, 'e');
    } else if (utf8_is_letter(c) || utf8_is_digit(c) || (utf8_is_mark(c) && c > 0x36F)) {
        char bytes[4];
        size_t len = utf8_put(bytes, without_mark(utf8_lower(c)));
        for (size_t i = 0; i < len; i++) put_byte(folder, bytes[i]);
    } else if (!is_apostrophe(c) && !utf8_is_mark(c) && !utf8_is_invisible(c)) {
        folder->has_gap = true;
    }
}

// Whether the text is folded already.
static bool is_folded(str text)
{
    bool after_blank = true;
    size_t i = 0;
    for (; i + 8 <= text.len; i += 8) {
        uint64_t word;
        memcpy(&word, text.data + i, 8);
        if (word_between(word, 'a', 'z') != UINT64_C(0x8080808080808080)) break;
        after_blank = false;
    }
    for (; i < text.len; i++) {
        char c = text.data[i];
        bool is_blank = c == ' ';
        if (is_blank ? after_blank : !(c >= 'a' && c <= 'z') && !byte_is_digit(c)) return false;
        after_blank = is_blank;
    }
    return !after_blank || text.len == 0;
}

// What ASCII becomes: a letter or digit, a blank, or, NUL, something that is more than a blank.
static const char simple_signs[129] = "                                "
                                      "      \0\0   \0  \0 "
                                      "0123456789"
                                      "       "
                                      "abcdefghijklmnopqrstuvwxyz"
                                      "     \0"
                                      "abcdefghijklmnopqrstuvwxyz"
                                      "     ";

// The usual text: letters, digits and single signs that are blanks, without a branch for each byte.
// False when it holds anything else.
static bool fold_simple(str text, char *out, size_t *len)
{
    char *at = out;
    bool is_gap = true;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        char folded = c < 0x80 ? simple_signs[c] : '\0';
        if (folded == '\0') return false;
        *at = folded;
        bool is_blank = folded == ' ';
        at += !(is_blank & is_gap);
        is_gap = is_blank;
    }
    *len = (size_t)(at - out) - (at != out && at[-1] == ' ');
    return true;
}

// Whether every character is in the tables above; what is not goes through NFKC and full case
// folding first.
static bool is_simple(str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < 0x80 || (c & 0xC0) == 0x80) continue;
        if (c < 0xC3 || (c > 0xC9 && c < 0xD0) || c > 0xD1) return false;
    }
    return true;
}

str fold_text(str text, unsigned flags, struct arena *arena)
{
    if (is_folded(text)) return text;
    char *out = arena_bytes(arena, text.len);
    size_t len;
    bool is_done = fold_simple(text, out, &len);
    arena_trim(arena, is_done ? out + len : out);
    if (is_done) return (str){out, len};
    if (!str_is_ascii(text) && !is_simple(text)) text = utf8_fold(text, arena);
    struct folder folder = {arena_bytes(arena, text.len * 4 + 1), 0, flags, false};
    size_t at = 0;
    while (at < text.len) {
        if ((unsigned char)text.data[at] < 0x80)
            put_ascii(&folder, text.data[at++]);
        else
            put_wide(&folder, utf8_next(text, &at));
    }
    arena_trim(arena, folder.out + folder.len);
    return (str){folder.out, folder.len};
}

size_t fold_words(str folded, str words[], size_t max)
{
    size_t count = 0, start = 0;
    for (size_t i = 0; i <= folded.len && count < max; i++) {
        if (i < folded.len && folded.data[i] != ' ') continue;
        if (i > start) words[count++] = (str){folded.data + start, i - start};
        start = i + 1;
    }
    return count;
}
