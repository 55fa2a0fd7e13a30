// Random numbers and short texts for the lead generator.
#include "generate.h"

#include <string.h>

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

struct dice dice_for(uint64_t seed, uint64_t number, unsigned stream)
{
    return (struct dice){mix(mix(seed + stream) ^ mix(number * 0x9e3779b97f4a7c15 + stream))};
}

// The splitmix64 generator.
uint64_t dice_next(struct dice *dice)
{
    dice->state += 0x9e3779b97f4a7c15;
    return mix(dice->state);
}

uint32_t dice_below(struct dice *dice, uint32_t limit)
{
    return (uint32_t)(((dice_next(dice) >> 32) * limit) >> 32);
}

bool dice_chance(struct dice *dice, unsigned percent) { return dice_below(dice, 100) < percent; }

bool dice_chance_ppm(struct dice *dice, unsigned parts_per_million)
{
    return dice_below(dice, 1000000) < parts_per_million;
}

// Every doubling of the rank holds the same share of the draws. Unlike pow() this needs no
// floating point, so no two machines can round it differently.
uint32_t dice_rank(struct dice *dice, uint32_t count, unsigned flat)
{
    unsigned doublings = 0;
    while ((uint64_t)1 << (flat + doublings) < count) doublings++;
    for (;;) {
        unsigned octave = dice_below(dice, doublings + 1);
        uint32_t first = octave == 0 ? 0 : (uint32_t)1 << (flat + octave - 1);
        uint32_t span = octave == 0 ? (uint32_t)1 << flat : first;
        uint32_t rank = first + dice_below(dice, span);
        if (rank < count) return rank;
    }
}

static void add_bytes(struct text *text, const char *bytes, size_t len)
{
    size_t room = TEXT_BYTES_MAX - text->len;
    if (len > room) len = room;
    memcpy(text->bytes + text->len, bytes, len);
    text->len += (unsigned)len;
}

void text_add(struct text *text, const char *more) { add_bytes(text, more, strlen(more)); }

void text_add_char(struct text *text, char c) { add_bytes(text, &c, 1); }

void text_add_text(struct text *text, const struct text *more)
{
    add_bytes(text, more->bytes, more->len);
}

void text_add_number(struct text *text, uint64_t number, unsigned width)
{
    char digits[24];
    unsigned at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (sizeof digits - at < width) digits[--at] = '0';
    add_bytes(text, digits + at, sizeof digits - at);
}

void text_set(struct text *text, const char *content)
{
    text->len = 0;
    text_add(text, content);
}

void text_upper(struct text *text)
{
    for (unsigned i = 0; i < text->len; i++) {
        char c = text->bytes[i];
        if (c >= 'a' && c <= 'z') text->bytes[i] = (char)(c - 'a' + 'A');
    }
}

void text_lower(struct text *text)
{
    for (unsigned i = 0; i < text->len; i++) {
        char c = text->bytes[i];
        if (c >= 'A' && c <= 'Z') text->bytes[i] = (char)(c - 'A' + 'a');
    }
}

void text_insert(struct text *text, unsigned at, char c)
{
    if (text->len == TEXT_BYTES_MAX) return;
    memmove(text->bytes + at + 1, text->bytes + at, text->len - at);
    text->bytes[at] = c;
    text->len++;
}

void text_remove(struct text *text, unsigned at)
{
    memmove(text->bytes + at, text->bytes + at + 1, text->len - at - 1);
    text->len--;
}

static const char *spelled_plainly(const char *letter)
{
    static const char *const spellings[][2] = {
        {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"ß", "ss"}, {"å", "a"},  {"ø", "o"},
        {"æ", "ae"}, {"é", "e"},  {"è", "e"},  {"ë", "e"},  {"ï", "i"},  {"ç", "c"},
        {"ñ", "n"},  {"á", "a"},  {"í", "i"},  {"ó", "o"},  {"Ä", "ae"}, {"Ö", "oe"},
        {"Ü", "ue"}, {"Å", "a"},  {"Ø", "o"},  {"É", "e"},  {"Á", "a"},  {"Í", "i"},
    };
    for (unsigned i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (memcmp(letter, spellings[i][0], 2) == 0) return spellings[i][1];
    }
    return "";
}

void text_add_plain(struct text *text, const struct text *more)
{
    for (unsigned i = 0; i < more->len; i++) {
        char c = more->bytes[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) text_add_char(text, c);
        if ((unsigned char)c >= 0xc0 && i + 1 < more->len)
            text_add(text, spelled_plainly(&more->bytes[i++]));
    }
}

void text_add_pattern(struct text *text, const char *pattern, struct dice *dice)
{
    static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";
    for (; *pattern != '\0'; pattern++) {
        char c = *pattern;
        if (c == '#') c = (char)('0' + dice_below(dice, 10));
        if (c == '%') c = (char)('2' + dice_below(dice, 8));
        if (c == '?') c = letters[dice_below(dice, sizeof letters - 1)];
        text_add_char(text, c);
    }
}
