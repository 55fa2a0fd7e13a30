// Slips within a limit, and Jaro and Jaro-Winkler as their papers define them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/edit_distance.h"
#include "distance.h"

static void test_within(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int distance; // 3: more than two
    } cases[] = {
        {"", "", 0},
        {"li", "lu", 1},
        {"jan", "jane", 1},
        {"leon", "liam", 3},
        {"meyer", "meyre", 1},
        {"meyer", "maier", 2},
        {"karlsson", "carlson", 2},
        {"schwarzenegger", "schwartzeneger", 2},
        {"schwarzenegger", "shwartzeneger", 3},
        {"иванов", "ивнаов", 1},
        {"王小明", "王大明", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct name_letters a = name_letters_of(str_of(cases[i].a));
        struct name_letters b = name_letters_of(str_of(cases[i].b));
        assert_int_equal(distance_within(&a, &b, 2), cases[i].distance);
        assert_int_equal(distance_within(&b, &a, 2), cases[i].distance);
    }
}

// The look at lengths and letters must never tell apart what the distance calls near.
static void test_letters_lose_nothing(void **state)
{
    (void)state;
    enum { WORDS = 700, LEN_MAX = 9 };
    static char texts[WORDS][LEN_MAX];
    static struct name_letters words[WORDS];
    uint32_t seed = 3;
    for (size_t i = 0; i < WORDS; i++) {
        size_t len = 1 + i % LEN_MAX;
        for (size_t j = 0; j < len; j++) {
            seed = seed * 1664525u + 1013904223u;
            texts[i][j] = "abcz 19"[(seed >> 16) % 7];
        }
        words[i] = name_letters_of((str){texts[i], len});
    }
    for (size_t i = 0; i < WORDS; i++) {
        for (size_t j = i; j < WORDS; j++) {
            for (int limit = 0; limit <= 3; limit++) {
                int want = edit_distance(words[i].text, words[j].text, limit);
                assert_int_equal(distance_within(&words[i], &words[j], limit), want);
            }
        }
    }
}

static void test_long_texts(void **state)
{
    (void)state;
    char text[2 * 300];
    for (size_t i = 0; i < sizeof text; i += 2) memcpy(text + i, "ж", 2);
    struct name_letters long_one = name_letters_of((str){text, 600});
    struct name_letters same = name_letters_of((str){text, 600});
    struct name_letters shorter = name_letters_of((str){text, 598});
    assert_int_equal(long_one.count, 300);
    assert_int_equal(distance_within(&long_one, &same, 3), 0);
    assert_int_equal(distance_within(&long_one, &shorter, 3), 4); // too long to be looked at
    assert_int_equal(distance_jaro((str){text, 600}, (str){text, 598}), 1000);
    memset(text, 'a', sizeof text);
    assert_int_equal(distance_jaro_winkler((str){text, 600}, (str){text, 70}), 1000);
}

// Made with jellyfish 1.3.0 (PyPI), in parts of a thousand; the Latin ones to "itman" are among
// those that Winkler (1990) prints.
static const struct {
    const char *a, *b;
    int jaro, winkler;
} jaro_cases[] = {
    {"martha", "marhta", 944, 961},
    {"dixon", "dicksonx", 767, 813},
    {"dwayne", "duane", 822, 840},
    {"jones", "johnson", 790, 832},
    {"abroms", "abrams", 889, 922},
    {"shackleford", "shackelford", 970, 982},
    {"dunningham", "cunnigham", 896, 896},
    {"nichleson", "nichulson", 926, 956},
    {"massey", "massie", 889, 933},
    {"jeraldine", "geraldine", 926, 926},
    {"michelle", "michael", 869, 921},
    {"julies", "julius", 889, 933},
    {"tanya", "tonya", 867, 880},
    {"hardin", "martinez", 722, 722},
    {"itman", "smith", 467, 467},
    {"virtanen", "virtanenn", 963, 978},
    {"korhonen", "korhnoen", 958, 975},
    {"andersson", "anderson", 963, 978},
    {"karlsson", "carlsson", 917, 917},
    {"lindqvist", "lindkvist", 926, 956},
    {"meier", "meyer", 867, 893},
    {"mueller", "muller", 897, 917},
    {"nowak", "novak", 867, 893},
    {"kowalski", "kowalsky", 917, 950},
    {"garcia", "gracia", 944, 950},
    {"fernandez", "hernandez", 926, 926},
    {"rossi", "russo", 733, 760},
    {"jan", "joan", 917, 925},
    {"anna", "hanna", 933, 933},
    {"a", "b", 0, 0},
    {"a", "a", 1000, 1000},
    {"ab", "ba", 0, 0},
    {"abc", "abcd", 917, 942},
    {"kristian", "christian", 884, 884},
    {"stefan", "stephan", 849, 894},
    {"william", "bill", 726, 726},
    {"juha pekka", "juhapekka", 967, 980},
    {"van der berg", "vanderberg", 944, 961},
    {"al", "ali", 889, 911},
    {"jukka", "jussi", 600, 600},
    {"crate", "trace", 733, 733},
    {"schmidt", "smith", 707, 736},
    {"abcvwxyz", "zcbvwxya", 778, 778},
    {"aaaa", "aaa", 917, 942},
    {"elisabeth", "lisbeth", 926, 926},
    {"aleksandr", "alexander", 852, 896},
    {"nordic timber", "nordic timber oy", 938, 963},
    {"thompson", "tomson", 917, 925},
    {"иванов", "ивонов", 822, 858},
    {"иванов", "иваноф", 889, 933},
    {"παπαδοπουλος", "παπαδοπουλου", 944, 967},
    {"王小明", "王大明", 778, 800},
    {"", "", 1000, 1000},
    {"", "a", 0, 0},
};

static void test_jaro(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof jaro_cases / sizeof *jaro_cases; i++) {
        str a = str_of(jaro_cases[i].a), b = str_of(jaro_cases[i].b);
        assert_int_equal(distance_jaro(a, b), jaro_cases[i].jaro);
        assert_int_equal(distance_jaro_winkler(a, b), jaro_cases[i].winkler);
        assert_int_equal(distance_jaro(b, a), jaro_cases[i].jaro);
        assert_int_equal(distance_jaro_winkler(b, a), jaro_cases[i].winkler);
    }
}

static void test_close(void **state)
{
    (void)state;
    size_t rows = sizeof jaro_cases / sizeof *jaro_cases;
    for (size_t i = 0; i < rows * rows; i++) {
        struct name_letters a = name_letters_of(str_of(jaro_cases[i / rows].a));
        struct name_letters b = name_letters_of(str_of(jaro_cases[i % rows].b));
        int winkler = distance_jaro_winkler(a.text, b.text);
        for (int least = 1; least <= 1000; least += 27) {
            assert_int_equal(distance_is_close(&a, &b, least), winkler >= least);
        }
        assert_true(distance_is_close(&a, &b, winkler));
        assert_false(distance_is_close(&a, &b, winkler + 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_within),     cmocka_unit_test(test_letters_lose_nothing),
        cmocka_unit_test(test_long_texts), cmocka_unit_test(test_jaro),
        cmocka_unit_test(test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
