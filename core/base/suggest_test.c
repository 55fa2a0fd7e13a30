// Did-you-mean must find slips of typing and not invent likeness.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "suggest.h"

static void test_distance(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int distance;
    } cases[] = {
        {"", "", 0},          {"a", "", 1},        {"tier", "tier", 0},
        {"tier", "TIER", 0},  {"teir", "tier", 1}, {"tie", "tier", 1},
        {"tiers", "tier", 1}, {"toer", "tier", 1}, {"kitten", "sitting", 3},
        {"ca", "abc", 3},     {"ab", "ba", 1},     {"abcdef", "badcfe", 3},
        {"abcd", "wxyz", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str a = str_of(cases[i].a), b = str_of(cases[i].b);
        assert_int_equal(suggest_distance(a, b, 9), cases[i].distance);
        assert_int_equal(suggest_distance(b, a, 9), cases[i].distance);
        for (int limit = 0; limit < 9; limit++) {
            int want = cases[i].distance > limit ? limit + 1 : cases[i].distance;
            assert_int_equal(suggest_distance(a, b, limit), want);
        }
    }
    char longer[200];
    memset(longer, 'a', sizeof longer);
    assert_int_equal(suggest_distance((str){longer, 200}, (str){longer, 200}, 3), 4);
    assert_int_equal(suggest_distance((str){longer, 64}, (str){longer, 64}, 3), 0);
}

static void test_suggestions(void **state)
{
    (void)state;
    static const char *const words[] = {"output", "rejects",   "threads",
                                        "quiet",  "rules-dir", "tier"};
    static const struct {
        const char *wanted, *best;
    } cases[] = {
        {"outptu", "output"},      {"reject", "rejects"}, {"thread", "threads"}, {"quite", "quiet"},
        {"rule-dir", "rules-dir"}, {"Tier", "tier"},      {"banana", ""},        {"", ""},
        {"outputoutput", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct suggestion best = suggest_start(str_of(cases[i].wanted));
        for (size_t word = 0; word < 6; word++) suggest_offer(&best, str_of(words[word]));
        assert_true(str_equal(best.word, str_of(cases[i].best)));
    }
}

// The first of equally near ones stays, so that messages do not depend on chance.
static void test_ties(void **state)
{
    (void)state;
    struct suggestion best = suggest_start(STR("abce"));
    suggest_offer(&best, STR("abcd"));
    suggest_offer(&best, STR("abcf"));
    assert_true(str_equal(best.word, STR("abcd")));
    suggest_offer(&best, STR("abce"));
    suggest_offer(&best, STR("abcd"));
    assert_true(str_equal(best.word, STR("abce")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_suggestions),
        cmocka_unit_test(test_ties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
