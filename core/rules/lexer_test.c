// The words of rule files, and every way to write them wrong.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lexer.h"

// Tokens written as a line: kind letter, text, flags; one message a line after "!".
static void describe(const char *text, struct buffer *out)
{
    static const char kinds[] = {'E', 'N', 'w', '#', 't', 'p', '.', '?'};
    struct arena arena = {0};
    struct diagnostics found = {0};
    struct lexer lexer;
    lexer_init(&lexer, (struct rule_text){"f", str_of(text)}, &arena, &found);
    for (;;) {
        struct token token = lexer_next(&lexer);
        if (token.kind == TOKEN_END) break;
        if (token.kind == TOKEN_NEWLINE) {
            buffer_add(out, STR("| "));
            continue;
        }
        buffer_format(out, "%c", kinds[token.kind]);
        if (token.kind == TOKEN_NUMBER) {
            buffer_format(out, "%lld%s%s ", (long long)token.number, token.is_whole ? "" : "f",
                          token.sign == '+' ? "+" : "");
        } else if (token.kind != TOKEN_BAD) {
            buffer_format(out, "%.*s%s%.*s ", STR_ARG(token.text), token.flags.len ? "/" : "",
                          STR_ARG(token.flags));
        } else {
            buffer_add_byte(out, ' ');
        }
    }
    if (found.errors) {
        struct err err = {0};
        diagnostics_ok(&found, &err);
        buffer_format(out, "! %s", err.text);
    }
    buffer_add_byte(out, '\0');
    diagnostics_release(&found);
    arena_release(&arena);
}

static const struct {
    const char *text, *want;
} cases[] = {
    {"", ""},
    {"\n\n  \n", ""},
    {"# only a comment", ""},
    {"word", "wword | "},
    {"a b\nc # d\n\ne", "wa wb | wc | we | "},
    {"\r\na\r\n", "wa | "},
    {"half-life email.domain _x a1 1a", "whalf-life wemail.domain w_x wa1 #1000 wa | "},
    {"a- a. a-+ -a", "wa .- wa ? wa .- .+ .- wa | ! '.' does not belong here"},
    {"na\xCC\x88me \xE4\xFF", "wna\xCC\x88me w\xE4\xFF | "},
    {"25 +25 -3.5 0.125 1.2349 -0", "#25000 #25000+ #-3500f #125f #1234f #0 | "},
    {"5. 1..2", "#5000 ? #1000 ? ? #2000 | ! '.' does not belong here"},
    {"999999999999 1000000000000", "#999999999999000 #1000000000000000 | "},
    {"1000000000001", "? | ! this number is too large"},
    {"99999999999999999999999999", "? | ! this number is too large"},
    {"\"text\" \"\" \"a # b\" \"a\\\"b\\\\c\\d\"", "ttext t ta # b ta\"b\\c\\d | "},
    {"\"open\nnext", "? | wnext | ! this text has no closing quote"},
    {"\"open\\\"", "? | ! this text has no closing quote"},
    {"\"", "? | ! this text has no closing quote"},
    {"/a b/ /a\\/b/i // /#/x", "pa b pa\\/b/i p p#/x | "},
    {"/\\\\/ z", "p\\\\ wz | "},
    {"/open", "? | ! this pattern has no closing /"},
    {"/open\\", "? | ! this pattern has no closing /"},
    {"/\\\n/", "? | ? | ! this pattern has no closing /"},
    {">= <= != !~ -> > < = ~ ( ) , : ; + * { } [ ] & | -",
     ".>= .<= .!= .!~ .-> .> .< .= .~ .( .) ., .: .; .+ .* .{ .} .[ .] .& .| .- | "},
    {"a>=5", "wa .>= #5000 | "},
    {"! a", "? wa | ! '!' does not belong here"},
    {"\x01 \x02\nok", "? ? | wok | ! a control character does not belong here"},
    {"@", "? | ! '@' does not belong here"},
};

static void test_tokens(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        describe(cases[i].text, &out);
        assert_string_equal(out.data, cases[i].want);
        buffer_release(&out);
    }
}

static void test_places(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics found = {0};
    struct lexer lexer;
    lexer_init(&lexer, (struct rule_text){"f", STR("a\n\n  bb  \"c\" # x\r\n d")}, &arena, &found);
    static const struct {
        enum token_kind kind;
        int line, column, end;
        bool is_first;
        const char *text;
    } want[] = {
        {TOKEN_WORD, 1, 1, 2, true, "a"},
        {TOKEN_NEWLINE, 1, 2, 2, false, "a"},
        {TOKEN_WORD, 3, 3, 5, true, "  bb  \"c\" # x\r"},
        {TOKEN_TEXT, 3, 7, 10, false, "  bb  \"c\" # x\r"},
        {TOKEN_NEWLINE, 3, 15, 15, false, "  bb  \"c\" # x\r"},
        {TOKEN_WORD, 4, 2, 3, true, " d"},
        {TOKEN_NEWLINE, 4, 3, 3, false, " d"},
        {TOKEN_END, 4, 3, 3, true, " d"},
        {TOKEN_END, 4, 3, 3, true, " d"}, // for ever
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct token token = lexer_next(&lexer);
        assert_int_equal(token.kind, want[i].kind);
        assert_int_equal(token.place.line, want[i].line);
        assert_int_equal(token.place.column, want[i].column);
        assert_int_equal(token.end_column, want[i].end);
        if (token.kind < TOKEN_NEWLINE) assert_int_equal(token.is_first, want[i].is_first);
        assert_true(str_equal(token.place.text, str_of(want[i].text)));
        assert_string_equal(token.place.file, "f");
    }
    diagnostics_release(&found);
    arena_release(&arena);
}

// One slip, one message; the next line is heard again.
static void test_one_message_a_line(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diagnostics found = {0};
    struct lexer lexer;
    lexer_init(&lexer, (struct rule_text){"f", STR("@ @ \"x\n@@@@ 99999999999999\nok\n?")}, &arena,
               &found);
    while (lexer_next(&lexer).kind != TOKEN_END) {
    }
    assert_int_equal(found.errors, 3);
    diagnostics_release(&found);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_one_message_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
