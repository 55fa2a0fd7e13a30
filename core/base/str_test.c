// Views: every function on empty, missing and ordinary bytes.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "str.h"

static const str none = {0};

static void test_comparing(void **state)
{
    (void)state;
    assert_true(str_equal(none, STR("")));
    assert_true(str_equal(STR("a\0b"), STR("a\0b")));
    assert_false(str_equal(STR("a\0b"), STR("a\0c")));
    assert_false(str_equal(STR("a"), STR("ab")));
    assert_true(str_equal_nocase(STR("MiXed-9"), STR("mIxED-9")));
    assert_false(str_equal_nocase(STR("\xC3\x84"), STR("\xC3\xA4"))); // ASCII letters only
    assert_false(str_equal_nocase(STR("@["), STR("`{")));             // 32 apart, and no letters
    assert_true(str_compare(none, STR("")) == 0);
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("b"), STR("ab")) > 0);
    assert_true(str_compare(STR("\xC3"), STR("z")) > 0); // unsigned bytes
    assert_true(str_starts(none, STR("")) && str_ends(none, none) && str_starts(STR("a"), none));
    assert_true(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")));
    assert_true(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")));
}

static void test_parts(void **state)
{
    (void)state;
    assert_true(str_equal(str_from(STR("abc"), 1), STR("bc")));
    assert_int_equal(str_from(STR("abc"), 3).len, 0);
    assert_int_equal(str_from(STR("abc"), 9).len, 0);
    assert_int_equal(str_from(none, 2).len, 0);
    assert_true(str_equal(str_first(STR("abc"), 2), STR("ab")));
    assert_true(str_equal(str_first(STR("abc"), 9), STR("abc")));
    assert_true(str_equal(str_trim(STR(" \t\r\n\v\f a b \n")), STR("a b")));
    assert_int_equal(str_trim(STR(" \t ")).len, 0);
    assert_int_equal(str_trim(none).len, 0);
    assert_int_equal(str_find(STR("abca"), 'a'), 0);
    assert_int_equal(str_find(STR("abc"), '\0'), -1);
    assert_int_equal(str_find(STR("a\0c"), '\0'), 1);
    assert_int_equal(str_find(none, 'a'), -1);
    assert_int_equal(str_of(NULL).len, 0);
}

static void test_cut(void **state)
{
    (void)state;
    static const struct {
        const char *text, *pieces[4];
        size_t count;
    } cases[] = {
        {"", {""}, 1},
        {"a", {"a"}, 1},
        {",", {"", ""}, 2},
        {"a,", {"a", ""}, 2},
        {",a", {"", "a"}, 2},
        {"a,,b", {"a", "", "b"}, 3},
        {"ab,c,d e", {"ab", "c", "d e"}, 3},
        {",,,", {"", "", "", ""}, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str rest = str_of(cases[i].text), piece;
        size_t count = 0;
        while (str_cut(&rest, ',', &piece)) {
            assert_true(count < cases[i].count);
            assert_true(str_equal(piece, str_of(cases[i].pieces[count++])));
        }
        assert_int_equal(count, cases[i].count);
    }
    str rest = none, piece;
    assert_false(str_cut(&rest, ',', &piece));
}

static void test_bytes(void **state)
{
    (void)state;
    for (int i = 0; i < 256; i++) {
        char c = (char)i;
        assert_int_equal(byte_is_digit(c), i >= '0' && i <= '9');
        assert_int_equal(byte_is_upper(c), i >= 'A' && i <= 'Z');
        assert_int_equal(byte_is_letter(c), (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z'));
        assert_int_equal(byte_is_blank(c), i == ' ' || (i >= 9 && i <= 13));
        assert_int_equal((unsigned char)byte_lower(c), i >= 'A' && i <= 'Z' ? i + 32 : i);
        for (int at = 0; at < 8; at++) {
            char bytes[8] = {'@', 'A', 'Z', '[', '`', 'z', '\x7F', '\xC1'}, lower[8];
            bytes[at] = c;
            uint64_t word;
            memcpy(&word, bytes, 8);
            word = word_lower(word);
            memcpy(lower, &word, 8);
            for (int j = 0; j < 8; j++) assert_int_equal(lower[j], byte_lower(bytes[j]));
        }
    }
}

// A byte that is not ASCII at every place of every length.
static void test_is_ascii(void **state)
{
    (void)state;
    char text[40];
    assert_true(str_is_ascii(none));
    for (size_t len = 1; len <= sizeof text; len++) {
        memset(text, 0x7F, sizeof text);
        assert_true(str_is_ascii((str){text, len}));
        for (size_t at = 0; at < len; at++) {
            text[at] = '\x80';
            assert_false(str_is_ascii((str){text, len}));
            assert_true(str_is_ascii((str){text, at}));
            text[at] = 'a';
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comparing), cmocka_unit_test(test_parts),
        cmocka_unit_test(test_cut),       cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_is_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
