// Messages about rule files must show the place meant, and stay small whatever the file.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diagnostics.h"

static void assert_text(const struct diagnostics *found, const char *want)
{
    struct buffer out = {0};
    diagnostics_write(found, &out);
    buffer_add_byte(&out, '\0');
    assert_string_equal(out.data, want);
    buffer_release(&out);
}

static struct rule_place place(int line, int column, const char *text)
{
    return (struct rule_place){"score.rules", line, column, str_of(text)};
}

static void test_layout(void **state)
{
    (void)state;
    static const struct {
        int line, column;
        const char *text, *hint, *want;
    } cases[] = {
        {3, 5, "  if teir = hot", "did you mean \"tier\"?",
         "score.rules:3:5: error: no field\n    if teir = hot\n      ^\n    did you mean "
         "\"tier\"?\n"},
        {1, 1, "x", NULL, "score.rules:1:1: error: no field\n    x\n    ^\n"},
        {1, 4, "ab", NULL,
         "score.rules:1:4: error: no field\n    ab\n       ^\n"}, // behind the end
        {1, 3, "\tab", NULL, "score.rules:1:3: error: no field\n    ab\n     ^\n"},
        {1, 4, "a\tb\x01", NULL, "score.rules:1:4: error: no field\n    a b \n       ^\n"},
        {1, 6, "\xC3\xA4\xC3\xA4 x", NULL,
         "score.rules:1:6: error: no field\n    \xC3\xA4\xC3\xA4 x\n       ^\n"},
        {1, 1, "", NULL, "score.rules:1:1: error: no field\n    \n    ^\n"},
        {0, 0, "", "a hint", "score.rules: error: no field\n    a hint\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diagnostics found = {0};
        diagnostics_add(&found, SEVERITY_ERROR,
                        place(cases[i].line, cases[i].column, cases[i].text), cases[i].hint,
                        "no %s", "field");
        assert_text(&found, cases[i].want);
        diagnostics_release(&found);
    }
}

static void test_errors_hide_warnings(void **state)
{
    (void)state;
    struct diagnostics found = {0};
    struct err err = {0};
    assert_text(&found, "");
    diagnostics_add(&found, SEVERITY_WARNING, (struct rule_place){0}, NULL, "never true");
    assert_text(&found, "warning: never true\n");
    assert_true(diagnostics_ok(&found, &err));
    assert_int_equal(err.kind, ERR_NONE);
    diagnostics_add(&found, SEVERITY_ERROR, place(2, 1, "y"), "help", "second");
    diagnostics_add(&found, SEVERITY_ERROR, place(1, 1, "x"), NULL, "third");
    assert_text(&found, "score.rules:2:1: error: second\n    y\n    ^\n    help\n"
                        "score.rules:1:1: error: third\n    x\n    ^\n");
    assert_false(diagnostics_ok(&found, &err));
    assert_int_equal(err.kind, ERR_RULES);
    assert_string_equal(err.file, "score.rules");
    assert_int_equal(err.line, 2);
    assert_string_equal(err.text, "second");
    assert_string_equal(err.hint, "help");
    assert_int_equal(found.errors, 2);
    assert_int_equal(found.warnings, 1);
    diagnostics_release(&found);
}

// Millions of faults in one endless line cost neither memory nor a screen.
static void test_many_and_long(void **state)
{
    (void)state;
    static char line[1 << 20];
    struct diagnostics found = {0};
    memset(line, 'x', sizeof line);
    for (int i = 1; i <= 1000000; i++) {
        diagnostics_add(&found, SEVERITY_ERROR, (struct rule_place){"f", 1, i, {line, sizeof line}},
                        NULL, "no");
    }
    diagnostics_add(&found, SEVERITY_WARNING, (struct rule_place){0}, NULL, "w");
    assert_int_equal(found.errors, 1000000);
    assert_in_range(found.arena.bytes, 1, 100000);
    struct buffer out = {0};
    diagnostics_write(&found, &out);
    assert_in_range(out.len, 1000, 10000);
    assert_true(str_ends(buffer_str(&out), STR("\nand 999980 more\n")));
    buffer_release(&out);
    diagnostics_release(&found);
}

// The caret stands below the place meant, also far to the right in a long line of two-byte letters.
static void test_caret_in_a_long_line(void **state)
{
    (void)state;
    static char line[2000];
    for (size_t i = 0; i < sizeof line; i += 2) memcpy(line + i, "\xC3\xA4", 2);
    for (int column = 1; column < 2000; column += 2) {
        struct diagnostics found = {0};
        struct buffer out = {0};
        memcpy(line + column - 1, "??", 2);
        diagnostics_add(&found, SEVERITY_ERROR,
                        (struct rule_place){NULL, 0, column, {line, sizeof line}}, NULL, "x");
        diagnostics_write(&found, &out);
        str rest = buffer_str(&out), shown = {0}, caret = {0};
        str_cut(&rest, '\n', &shown);
        str_cut(&rest, '\n', &shown);
        str_cut(&rest, '\n', &caret);
        size_t places = 0, at = 0;
        for (; at < shown.len && shown.data[at] != '?'; at++) {
            places += ((unsigned char)shown.data[at] & 0xC0) != 0x80;
        }
        assert_true(at < shown.len);
        assert_int_equal(caret.len, places + 1);
        assert_in_range(shown.len, 80, 200);
        buffer_release(&out);
        diagnostics_release(&found);
        memcpy(line + column - 1, "\xC3\xA4", 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_errors_hide_warnings),
        cmocka_unit_test(test_many_and_long),
        cmocka_unit_test(test_caret_in_a_long_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
