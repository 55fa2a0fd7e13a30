#include "edit_distance.h"

#include "utf8.h"

static size_t common_start(str a, str b)
{
    size_t len = a.len < b.len ? a.len : b.len, i = 0;
    while (i < len && a.data[i] == b.data[i]) i++;
    return i;
}

static size_t common_end(str a, str b)
{
    size_t len = a.len < b.len ? a.len : b.len, i = 0;
    while (i < len && a.data[a.len - 1 - i] == b.data[b.len - 1 - i]) i++;
    return i;
}

static int bounded(int distance, int limit) { return distance > limit ? limit + 1 : distance; }

// `tall` has 1 to 64 letters, one bit each: bit i of a word is row i of the table of distances, and
// the words say where the value rises (plus) or falls (minus) from one cell to the next.
static int bit_parallel(str tall, str wide, int limit)
{
    uint64_t places[256]; // of each letter in tall; only those of the two words are set
    for (size_t i = 0; i < wide.len; i++) places[(unsigned char)wide.data[i]] = 0;
    for (size_t i = 0; i < tall.len; i++) places[(unsigned char)tall.data[i]] = 0;
    for (size_t i = 0; i < tall.len; i++) {
        places[(unsigned char)tall.data[i]] |= (uint64_t)1 << i;
    }
    uint64_t down_plus = ~(uint64_t)0, down_minus = 0, diagonal = 0, before = 0;
    uint64_t last = (uint64_t)1 << (tall.len - 1);
    int distance = (int)tall.len;
    for (size_t j = 0; j < wide.len; j++) {
        uint64_t equal = places[(unsigned char)wide.data[j]];
        uint64_t swapped = ((~diagonal & equal) << 1) & before;
        diagonal = (((equal & down_plus) + down_plus) ^ down_plus) | equal | down_minus | swapped;
        uint64_t across_plus = down_minus | ~(diagonal | down_plus);
        uint64_t across_minus = diagonal & down_plus;
        distance += (across_plus & last) != 0;
        distance -= (across_minus & last) != 0;
        // Each column that is left can take one off at most.
        if (distance - (int)(wide.len - 1 - j) > limit) return limit + 1;
        across_plus = across_plus << 1 | 1;
        across_minus <<= 1;
        down_plus = across_minus | ~(diagonal | across_plus);
        down_minus = across_plus & diagonal;
        before = equal;
    }
    return bounded(distance, limit);
}

int edit_distance(str a, str b, int limit)
{
    str tall = a.len >= b.len ? a : b, wide = a.len >= b.len ? b : a;
    if (tall.len - wide.len > (size_t)limit) return limit + 1;
    size_t start = common_start(tall, wide);
    tall = str_from(tall, start);
    wide = str_from(wide, start);
    size_t end = common_end(tall, wide);
    tall.len -= end;
    wide.len -= end;
    if (wide.len == 0) return bounded((int)tall.len, limit);
    if (limit <= 0 || tall.len > EDIT_LETTERS_MAX) return limit + 1;
    if (wide.len == 1) {
        bool is_inside = str_find(tall, wide.data[0]) >= 0;
        return bounded((int)tall.len - is_inside, limit);
    }
    return bit_parallel(tall, wide, limit);
}

struct numbering {
    int32_t letters[2 * EDIT_LETTERS_MAX];
    size_t count;
};

static char number_of(struct numbering *numbers, int32_t letter)
{
    size_t i = 0;
    while (i < numbers->count && numbers->letters[i] != letter) i++;
    if (i == numbers->count) numbers->letters[numbers->count++] = letter;
    return (char)i;
}

static str number_letters(struct numbering *numbers, str text, char *out, bool *is_whole)
{
    size_t at = 0, count = 0;
    while (at < text.len && count < EDIT_LETTERS_MAX) {
        out[count++] = number_of(numbers, utf8_next(text, &at));
    }
    if (at < text.len) *is_whole = false;
    return (str){out, count};
}

bool letter_pair_make(struct letter_pair *pair, str a, str b)
{
    pair->a = a;
    pair->b = b;
    if (str_is_ascii(a) && str_is_ascii(b)) return true;
    struct numbering numbers;
    numbers.count = 0;
    bool is_whole = true;
    pair->a = number_letters(&numbers, a, pair->bytes[0], &is_whole);
    pair->b = number_letters(&numbers, b, pair->bytes[1], &is_whole);
    return is_whole;
}
