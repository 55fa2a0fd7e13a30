// The fast distance must be that of the textbook table, for every pair of words and every limit.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "edit_distance.h"

static int least(int a, int b) { return a < b ? a : b; }

// The recurrence as it is defined.
static int table_distance(str a, str b)
{
    static int cells[130][130];
    for (size_t i = 0; i <= a.len; i++) cells[i][0] = (int)i;
    for (size_t j = 0; j <= b.len; j++) cells[0][j] = (int)j;
    for (size_t i = 1; i <= a.len; i++) {
        for (size_t j = 1; j <= b.len; j++) {
            int best = least(cells[i - 1][j] + 1, cells[i][j - 1] + 1);
            best = least(best, cells[i - 1][j - 1] + (a.data[i - 1] != b.data[j - 1]));
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
                best = least(best, cells[i - 2][j - 2] + 1);
            cells[i][j] = best;
        }
    }
    return cells[a.len][b.len];
}

static uint32_t next_random(uint32_t *seed)
{
    return (*seed = *seed * 1664525u + 1013904223u) >> 16;
}

static void check(str a, str b)
{
    int want = table_distance(a, b);
    for (int limit = 0; limit <= 5; limit++) {
        int bounded = want > limit ? limit + 1 : want;
        assert_int_equal(edit_distance(a, b, limit), bounded);
        assert_int_equal(edit_distance(b, a, limit), bounded);
    }
    assert_int_equal(edit_distance(a, b, 200), want);
}

static void test_every_short_pair(void **state)
{
    (void)state;
    enum { LETTERS_MAX = 5, WORDS = 1 + 3 + 9 + 27 + 81 + 243 };
    static char texts[WORDS][LETTERS_MAX];
    static str words[WORDS];
    size_t count = 0;
    for (size_t len = 0, powers = 1; len <= LETTERS_MAX; len++, powers *= 3) {
        for (size_t number = 0; number < powers; number++, count++) {
            size_t rest = number;
            for (size_t i = 0; i < len; i++, rest /= 3) texts[count][i] = (char)('a' + rest % 3);
            words[count] = (str){texts[count], len};
        }
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i; j < count; j++) check(words[i], words[j]);
    }
}

// Few edits of a long word, and words of nothing in common, up to the 64 letters of a machine word.
static void test_random_edits(void **state)
{
    (void)state;
    uint32_t seed = 5;
    for (int round = 0; round < 3000; round++) {
        char a[128], b[128];
        size_t len = next_random(&seed) % 61;
        unsigned letters = 2 + next_random(&seed) % 24;
        for (size_t i = 0; i < len; i++) a[i] = (char)('a' + next_random(&seed) % letters);
        memcpy(b, a, len);
        size_t len_b = len;
        for (uint32_t edits = next_random(&seed) % 5; edits > 0 && len_b > 1; edits--) {
            size_t at = next_random(&seed) % (len_b - 1);
            char letter = (char)('a' + next_random(&seed) % letters), moved = b[at];
            switch (next_random(&seed) % 4) {
            case 0: b[at] = letter; break;
            case 1: b[at] = b[at + 1], b[at + 1] = moved; break;
            case 2: memmove(b + at, b + at + 1, --len_b - at); break;
            default:
                if (len_b == 64) break;
                memmove(b + at + 1, b + at, len_b++ - at);
                b[at] = letter;
            }
        }
        check((str){a, len}, (str){b, len_b});
    }
}

static void test_limits_of_length(void **state)
{
    (void)state;
    char a[200], b[200];
    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    assert_int_equal(edit_distance((str){a, 64}, (str){b, 64}, 100), 64);
    assert_int_equal(edit_distance((str){a, 65}, (str){b, 65}, 100), 101);
    assert_int_equal(edit_distance((str){a, 200}, (str){a, 199}, 3), 1); // common ends do not count
    assert_int_equal(edit_distance((str){0}, (str){0}, 3), 0);
    assert_int_equal(edit_distance((str){0}, (str){a, 2}, 3), 2);
    assert_int_equal(edit_distance(STR("a"), STR("b"), 0), 1);
}

static int letters_apart(str a, str b)
{
    struct letter_pair pair;
    assert_true(letter_pair_make(&pair, a, b));
    return edit_distance(pair.a, pair.b, 9);
}

static void test_letters(void **state)
{
    (void)state;
    assert_int_equal(letters_apart(STR("иванов"), STR("ивонов")), 1);
    assert_int_equal(letters_apart(STR("иванов"), STR("ивнаов")), 1);
    assert_int_equal(letters_apart(STR("王小明"), STR("王大明")), 1);
    assert_int_equal(letters_apart(STR("παπας"), STR("papas")), 4 + 1);
    assert_int_equal(letters_apart(STR("nokia"), STR("nokla")), 1);
    struct letter_pair pair;
    char text[2 * 70];
    for (size_t i = 0; i < sizeof text; i += 2) memcpy(text + i, "ж", 2);
    assert_true(letter_pair_make(&pair, (str){text, 128}, STR("ж")));
    assert_int_equal(pair.a.len, 64);
    assert_false(letter_pair_make(&pair, (str){text, 130}, STR("ж")));
    assert_int_equal(pair.a.len, 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_short_pair),
        cmocka_unit_test(test_random_edits),
        cmocka_unit_test(test_limits_of_length),
        cmocka_unit_test(test_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
