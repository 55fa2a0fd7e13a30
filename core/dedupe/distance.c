#include "distance.h"

#include "core/base/edit_distance.h"
#include "core/base/utf8.h"

enum { ALPHABET = 26, ONCE = 0, TWICE = ALPHABET, DIGITS = 2 * ALPHABET };

// A letter has two bits, for the first time and for the next: one slip changes the count of one
// letter up and of one letter down at most, and each of them at most one bit.
static uint64_t with_letter(uint64_t bits, unsigned letter)
{
    uint64_t once = (uint64_t)1 << letter, twice = (uint64_t)1 << (letter + TWICE);
    return bits | once | (bits & once ? twice : 0);
}

static uint64_t with_byte(uint64_t bits, char c)
{
    if (byte_is_letter(c)) return with_letter(bits, (unsigned)(byte_lower(c) - 'a'));
    if (byte_is_digit(c)) return bits | (uint64_t)1 << (DIGITS + (c - '0'));
    return bits; // blanks and signs say too little for a bit
}

struct name_letters name_letters_of(str text)
{
    struct name_letters letters = {text, 0, (uint32_t)text.len, str_is_ascii(text)};
    if (letters.is_ascii) {
        for (size_t i = 0; i < text.len; i++) letters.bits = with_byte(letters.bits, text.data[i]);
        return letters;
    }
    letters.count = 0;
    for (size_t at = 0; at < text.len; letters.count++) {
        int32_t c = utf8_next(text, &at);
        letters.bits = c < 0x80 ? with_byte(letters.bits, (char)c)
                                : with_letter(letters.bits, (unsigned)c % ALPHABET);
    }
    return letters;
}

// A lower bound of the distance.
static int letters_missing(uint64_t a, uint64_t b)
{
    int from_a = __builtin_popcountll(a & ~b), from_b = __builtin_popcountll(b & ~a);
    return from_a > from_b ? from_a : from_b;
}

int distance_within(const struct name_letters *a, const struct name_letters *b, int limit)
{
    uint32_t longer = a->count > b->count ? a->count : b->count;
    uint32_t shorter = a->count + b->count - longer;
    if (longer - shorter > (uint32_t)limit) return limit + 1;
    if (letters_missing(a->bits, b->bits) > limit) return limit + 1;
    if (a->is_ascii && b->is_ascii) return edit_distance(a->text, b->text, limit);
    struct letter_pair pair;
    if (!letter_pair_make(&pair, a->text, b->text)) {
        return str_equal(a->text, b->text) ? 0 : limit + 1;
    }
    return edit_distance(pair.a, pair.b, limit);
}

struct matches {
    uint64_t in_a, in_b;  // a bit for each letter that has its match
    int64_t count, moved; // of matches; of those that stand in another order
};

// Each letter of b takes the first equal one of a that is free and not further off than the window.
static struct matches match_letters(str a, str b, const uint64_t places[256])
{
    struct matches matches = {0};
    size_t longer = a.len > b.len ? a.len : b.len, reach = longer / 2 > 0 ? longer / 2 - 1 : 0;
    for (size_t j = 0; j < b.len; j++) {
        size_t low = j > reach ? j - reach : 0, high = j + reach;
        if (low > 63) break;
        uint64_t window = (high >= 63 ? ~(uint64_t)0 : ((uint64_t)2 << high) - 1) >> low << low;
        uint64_t free = places[(unsigned char)b.data[j]] & window & ~matches.in_a;
        matches.in_a |= free & -free;
        matches.in_b |= (uint64_t)(free != 0) << j;
    }
    matches.count = __builtin_popcountll(matches.in_a);
    uint64_t rest_a = matches.in_a, rest_b = matches.in_b;
    for (; rest_a; rest_a &= rest_a - 1, rest_b &= rest_b - 1) {
        char x = a.data[__builtin_ctzll(rest_a)], y = b.data[__builtin_ctzll(rest_b)];
        matches.moved += x != y;
    }
    return matches;
}

struct fraction {
    int64_t part, whole;
};

static struct fraction jaro(str a, str b)
{
    if (a.len == 0 || b.len == 0) return (struct fraction){a.len == b.len, 1};
    uint64_t places[256]; // of each letter in a; only those of the two words are set
    for (size_t j = 0; j < b.len; j++) places[(unsigned char)b.data[j]] = 0;
    for (size_t i = 0; i < a.len; i++) places[(unsigned char)a.data[i]] = 0;
    for (size_t i = 0; i < a.len; i++) places[(unsigned char)a.data[i]] |= (uint64_t)1 << i;
    struct matches matches = match_letters(a, b, places);
    int64_t m = matches.count, len_a = (int64_t)a.len, len_b = (int64_t)b.len;
    if (m == 0) return (struct fraction){0, 1};
    // (m / len_a + m / len_b + (m - moved / 2) / m) / 3
    int64_t in_order = m - matches.moved / 2;
    return (struct fraction){m * m * (len_a + len_b) + in_order * len_a * len_b,
                             3 * m * len_a * len_b};
}

static int thousandths(struct fraction f)
{
    return (int)((2000 * f.part + f.whole) / (2 * f.whole));
}

// Letters look for their match from the left, so that the answer might depend on which text comes
// first: that is settled here.
static void take_letters(struct letter_pair *pair, str a, str b)
{
    bool is_swapped = a.len != b.len ? a.len < b.len : str_compare(a, b) < 0;
    letter_pair_make(pair, is_swapped ? b : a, is_swapped ? a : b);
    pair->a = str_first(pair->a, EDIT_LETTERS_MAX);
    pair->b = str_first(pair->b, EDIT_LETTERS_MAX);
}

int distance_jaro(str a, str b)
{
    struct letter_pair pair;
    take_letters(&pair, a, b);
    return thousandths(jaro(pair.a, pair.b));
}

int distance_jaro_winkler(str a, str b)
{
    enum { START_MAX = 4 };
    struct letter_pair pair;
    take_letters(&pair, a, b);
    struct fraction f = jaro(pair.a, pair.b);
    if (f.part * 10 <= f.whole * 7) return thousandths(f);
    size_t start = 0, shorter = pair.a.len < pair.b.len ? pair.a.len : pair.b.len;
    while (start < START_MAX && start < shorter && pair.a.data[start] == pair.b.data[start])
        start++;
    f.part = f.part * 10 + (int64_t)start * (f.whole - f.part);
    f.whole *= 10;
    return thousandths(f);
}

// Letters, up to four, that both begin with; at least as many as there are.
static int64_t most_start(const struct name_letters *a, const struct name_letters *b)
{
    enum { START_MAX = 4 };
    if (!a->is_ascii || !b->is_ascii) return START_MAX;
    size_t start = 0, shorter = a->count < b->count ? a->count : b->count;
    while (start < START_MAX && start < shorter && a->text.data[start] == b->text.data[start])
        start++;
    return (int64_t)start;
}

// No pair of words with these letters can have more: as if all letters that may have a match have
// it in order.
static bool may_be_close(const struct name_letters *a, const struct name_letters *b, int least)
{
    int64_t len_a = a->count, len_b = b->count;
    int64_t left_a = len_a - __builtin_popcountll(a->bits & ~b->bits);
    int64_t left_b = len_b - __builtin_popcountll(b->bits & ~a->bits);
    int64_t matches = left_a < left_b ? left_a : left_b;
    int64_t start = most_start(a, b);
    // jaro <= (matches / len_a + matches / len_b + 1) / 3; winkler <= jaro + start/10 (1 - jaro)
    int64_t jaro_part = matches * (len_a + len_b) + len_a * len_b, jaro_whole = 3 * len_a * len_b;
    int64_t part = (10 - start) * jaro_part + start * jaro_whole, whole = 10 * jaro_whole;
    return 2000 * part + whole >= 2 * whole * least;
}

bool distance_is_close(const struct name_letters *a, const struct name_letters *b, int least)
{
    bool is_short = a->count <= EDIT_LETTERS_MAX && b->count <= EDIT_LETTERS_MAX;
    if (is_short && !may_be_close(a, b, least)) return false;
    return distance_jaro_winkler(a->text, b->text) >= least;
}
