// The first failure is the one that is kept, and nothing overflows.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "err.h"

static void test_first_failure_stays(void **state)
{
    (void)state;
    struct err err = {0};
    assert_false(err_set(&err, ERR_DATA, "a.csv", 7, "bad %s", "quote"));
    assert_false(err_hint(&err, "try %d", 1));
    assert_false(err_set(&err, ERR_IO, "b.csv", 9, "other"));
    assert_int_equal(err.kind, ERR_DATA);
    assert_string_equal(err.file, "a.csv");
    assert_int_equal(err.line, 7);
    assert_string_equal(err.text, "bad quote");
    assert_string_equal(err.hint, "try 1");
    assert_false(err_set(NULL, ERR_IO, NULL, 0, "nobody listens"));
    assert_false(err_hint(NULL, "nobody listens"));
}

// A struct that is used again shows nothing of the time before.
static void test_again(void **state)
{
    (void)state;
    struct err err = {0};
    err_set(&err, ERR_DATA, "a.csv", 7, "bad");
    err_hint(&err, "hint");
    err.kind = ERR_NONE;
    err_set(&err, ERR_IO, NULL, 0, "worse");
    assert_string_equal(err.file, "");
    assert_string_equal(err.hint, "");
    assert_int_equal(err.line, 0);
}

static void test_long_texts_are_cut(void **state)
{
    (void)state;
    char text[2000];
    struct err err = {0};
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    err_set(&err, ERR_IO, text, 1, "%s", text);
    err_hint(&err, "%s", text);
    assert_int_equal(strlen(err.file), sizeof err.file - 1);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_int_equal(strlen(err.hint), sizeof err.hint - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_failure_stays),
        cmocka_unit_test(test_again),
        cmocka_unit_test(test_long_texts_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
