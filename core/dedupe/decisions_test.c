// Decisions are read as they were written down, and every slip is told where it is.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "decisions.h"

static char path[] = "/tmp/leadpipe_test.XXXXXX";

static void put(const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void test_read(void **state)
{
    (void)state;
    struct decisions decisions = {0};
    struct err err = {0};
    put("weight,decision,a,b,because\n"
        "1.0,same,x1,x2,called\n"
        ",,x1,x3,\n"
        ",same,x4,x5,\n"
        ", different ,x5, x4 ,\"no, two\"\n");
    assert_true(decisions_load(&decisions, path, &err));
    assert_int_equal(decisions.count, 2);
    assert_int_equal(decisions_of(&decisions, STR("x2"), STR("x1")), DECIDED_SAME);
    assert_int_equal(decisions_of(&decisions, STR("x1"), STR("x3")), NOT_DECIDED);
    assert_int_equal(decisions_of(&decisions, STR("x4"), STR("x5")), DECIDED_DIFFERENT);
    put("");
    assert_true(decisions_load(&decisions, path, &err));
    decisions_release(&decisions);
}

static void test_messages(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        long line;
        const char *message, *hint;
    } cases[] = {
        {"decision,a\n", 1, "no column \"b\"", "decision,a,b"},
        {"decision,a,b\nsame,1,2\nsam,1,3\n", 3, "not \"sam\"", "same"},
        {"decision,a,b\nsame,,2\n", 2, "the ids of two records", ""},
        {"decision,a,b\ndifferent,2,2\n", 2, "\"2\" is one record", ""},
        {"decision,a,b\nsame,1\n", 2, "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decisions decisions = {0};
        struct err err = {0};
        put(cases[i].text);
        assert_false(decisions_load(&decisions, path, &err));
        bool holds = err.line == cases[i].line && strstr(err.text, cases[i].message) &&
                     strstr(err.hint, cases[i].hint);
        if (!holds) fail_msg("%s: %ld %s %s", cases[i].text, err.line, err.text, err.hint);
        decisions_release(&decisions);
    }
    struct decisions decisions = {0};
    struct err err = {0};
    assert_false(decisions_load(&decisions, "/no/such", &err));
}

static int begin(void **state)
{
    (void)state;
    int file = mkstemp(path);
    return file < 0 ? -1 : close(file);
}

static int end(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_read),
                                       cmocka_unit_test(test_messages)};
    return cmocka_run_group_tests(tests, begin, end);
}
