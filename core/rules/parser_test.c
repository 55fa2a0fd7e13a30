// What the parsers of all rule files share must report once, suggest, and go on.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parser.h"

static struct arena arena;
static struct diagnostics found;

static struct parser parser_of(const char *text)
{
    struct parser parser;
    parser_init(&parser, (struct rule_text){"f", str_of(text)}, &arena, &found);
    return parser;
}

// The messages so far, less where they are; then none.
static void assert_messages(const char *want)
{
    struct buffer out = {0};
    diagnostics_write(&found, &out);
    buffer_add_byte(&out, '\0');
    assert_string_equal(out.len > 1 ? out.data : "", want);
    buffer_release(&out);
    diagnostics_release(&found);
}

static int clean(void **state)
{
    (void)state;
    diagnostics_release(&found);
    arena_release(&arena);
    return 0;
}

static void test_accept(void **state)
{
    (void)state;
    struct parser parser = parser_of("list free = >= \"list\"\nx");
    assert_false(parser_accept_word(&parser, "lis"));
    assert_true(parser_at_word(&parser, "list"));
    assert_true(parser_accept_word(&parser, "list"));
    assert_int_equal(parser.last.kind, TOKEN_WORD);
    assert_false(parser_accept_punctuation(&parser, "="));
    struct token name;
    assert_true(parser_expect(&parser, TOKEN_WORD, &name, "a name", NULL));
    assert_true(str_equal(name.text, STR("free")));
    assert_false(parser_accept_punctuation(&parser, ">="));
    assert_true(parser_accept_punctuation(&parser, "="));
    assert_true(parser_accept_punctuation(&parser, ">="));
    assert_false(parser_at_word(&parser, "list")); // a text is no word
    assert_true(parser_expect(&parser, TOKEN_TEXT, NULL, "a text", NULL));
    assert_true(parser_end_statement(&parser));
    assert_true(parser_at_word(&parser, "x"));
    assert_true(parser.token.is_first);
    parser_skip_line(&parser);
    assert_true(parser_at(&parser, TOKEN_END));
    parser_skip_line(&parser);
    parser_advance(&parser);
    assert_true(parser_at(&parser, TOKEN_END));
    assert_messages("");
}

static void test_expect(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"word", "f:1:1: error: expected a number, found \"word\"\n    word\n    ^\n    like 5\n"},
        {"\"t\"",
         "f:1:1: error: expected a number, found the text \"t\"\n    \"t\"\n    ^\n    like 5\n"},
        {"/p/i",
         "f:1:1: error: expected a number, found the pattern /p/\n    /p/i\n    ^\n    like 5\n"},
        {"",
         "f:1:1: error: expected a number, found the end of the file\n    \n    ^\n    like 5\n"},
        {">=", "f:1:1: error: expected a number, found \">=\"\n    >=\n    ^\n    like 5\n"},
        {"@", "f:1:1: error: '@' does not belong here\n    @\n    ^\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parser parser = parser_of(cases[i].text);
        assert_false(parser_expect(&parser, TOKEN_NUMBER, NULL, "a number", "like 5"));
        assert_messages(cases[i].want);
    }
    struct parser parser = parser_of("x");
    parser_advance(&parser);
    assert_false(parser_expect_word(&parser, "points"));
    assert_messages(
        "f:1:2: error: expected \"points\", found the end of the line\n    x\n     ^\n");
    parser = parser_of("points");
    assert_true(parser_expect_word(&parser, "points"));
    assert_messages("");
}

// After an error the line is skipped without another word, and the next line is read.
static void test_end_of_statement(void **state)
{
    (void)state;
    struct parser parser = parser_of("a b @ \"open\nnext @\nlast");
    assert_true(parser_accept_word(&parser, "a"));
    assert_false(parser_end_statement(&parser));
    assert_true(parser_at_word(&parser, "next"));
    assert_messages("f:1:3: error: \"b\" does not belong here\n    a b @ \"open\n      ^\n");
    parser_advance(&parser);
    assert_false(parser_end_statement(&parser)); // reported by the lexer, not twice
    assert_true(parser_at_word(&parser, "last"));
    assert_messages("f:2:6: error: '@' does not belong here\n    next @\n         ^\n");
}

static void test_unknown_statement(void **state)
{
    (void)state;
    static const char *const known[] = {"list", "points", "tier"};
    struct parser parser = parser_of("teir hot\nbanana 1\n25 x\n\"a\"\n@\ntier");
    for (int i = 0; i < 5; i++) parser_unknown_statement(&parser, known, 3);
    assert_true(parser_at_word(&parser, "tier"));
    assert_messages(
        "f:1:1: error: \"teir\" is not a word that can start a line\n    teir hot\n    ^\n"
        "    did you mean \"tier\"?\n"
        "f:2:1: error: \"banana\" is not a word that can start a line\n    banana 1\n    ^\n"
        "f:3:1: error: a line cannot start with \"25\"\n    25 x\n    ^\n"
        "f:4:1: error: a line cannot start with the text \"a\"\n    \"a\"\n    ^\n"
        "f:5:1: error: '@' does not belong here\n    @\n    ^\n");
}

static void test_suggesting(void **state)
{
    (void)state;
    struct parser parser = parser_of("x");
    struct suggestion best = suggest_start(STR("emial"));
    assert_null(parser_did_you_mean(&parser, best));
    suggest_offer(&best, STR("email"));
    assert_string_equal(parser_did_you_mean(&parser, best), "did you mean \"email\"?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_accept, clean),
        cmocka_unit_test_teardown(test_expect, clean),
        cmocka_unit_test_teardown(test_end_of_statement, clean),
        cmocka_unit_test_teardown(test_unknown_statement, clean),
        cmocka_unit_test_teardown(test_suggesting, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
