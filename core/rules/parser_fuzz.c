// Seeds: testdata/corpus/rules.
//
// Rule files of arbitrary bytes: the lexer's tokens cover the text and keep its places, the
// parsers' base gets through, messages stay small, and a pattern answers as the same pattern does
// that has no fast ways.
#include <stdio.h>
#include <stdlib.h>

#include "core/base/utf8.h"
#include "literals.h"
#include "parser.h"
#include "pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

// Tokens come in order, each where it says, and no line gets two messages.
static void check_tokens(struct rule_text source)
{
    struct arena arena = {0};
    struct diagnostics found = {0};
    struct lexer lexer;
    lexer_init(&lexer, source, &arena, &found);
    int line = 1, column = 0;
    size_t lines_with_trouble = 0;
    for (int trouble_line = 0;;) {
        struct token token = lexer_next(&lexer);
        must(token.place.line >= line, "lines rise");
        if (token.place.line > line) column = 0;
        line = token.place.line;
        must(token.place.column >= column && token.end_column >= token.place.column,
             "columns rise");
        column = token.end_column;
        must(token.place.text.data >= source.text.data &&
                 token.place.text.data + token.place.text.len <= source.text.data + source.text.len,
             "the line is the file's");
        must((size_t)token.end_column <= token.place.text.len + 1, "a token ends on its line");
        if (token.kind == TOKEN_BAD && line != trouble_line) lines_with_trouble++;
        if (token.kind == TOKEN_BAD) trouble_line = line;
        if (token.kind == TOKEN_END) break;
    }
    must(found.errors == lines_with_trouble, "one message a line");
    must(found.errors == 0 || !diagnostics_ok(&found, NULL), "trouble is told");
    diagnostics_release(&found);
    arena_release(&arena);
}

// The ways a parser of ours goes through a file; the choice among them is the input's.
static void check_parsing(struct rule_text source)
{
    static const char *const known[] = {"list", "points", "tier", "expect"};
    struct arena arena = {0};
    struct diagnostics found = {0};
    struct parser parser;
    parser_init(&parser, source, &arena, &found);
    while (!parser_at(&parser, TOKEN_END)) {
        const char *before = parser.token.place.text.data;
        if (parser_accept_word(&parser, "list")) {
            if (parser_expect(&parser, TOKEN_WORD, NULL, "a name", NULL) &&
                parser_accept_punctuation(&parser, "=")) {
                parser_expect(&parser, TOKEN_TEXT, NULL, "a text", "a hint");
            }
            parser_end_statement(&parser);
        } else if (parser_accept_word(&parser, "points")) {
            parser_expect(&parser, TOKEN_NUMBER, NULL, "a number", NULL);
            parser_expect_word(&parser, "if");
            parser_skip_line(&parser);
        } else {
            parser_unknown_statement(&parser, known, sizeof known / sizeof *known);
        }
        must(parser_at(&parser, TOKEN_END) || parser.token.place.text.data > before,
             "every statement takes a line");
        must(parser_at(&parser, TOKEN_END) || parser.token.is_first, "a statement starts a line");
    }
    struct buffer text = {0};
    diagnostics_write(&found, &text);
    must(text.len < 64 << 10, "messages stay small");
    must((found.errors + found.warnings > 0) == (text.len > 0), "messages are told");
    buffer_release(&text);
    diagnostics_release(&found);
    arena_release(&arena);
}

// The same expression in a group beside an alternative that never matches: no byte is needed and no
// length known, so nothing is answered before the match.
static struct pattern *without_fast_ways(str expression, unsigned flags)
{
    struct buffer text = {0};
    buffer_add(&text, STR("(?:"));
    buffer_add(&text, expression);
    buffer_add(&text, STR(")|(?!)"));
    struct pattern *pattern = pattern_compile(buffer_str(&text), flags, NULL);
    buffer_release(&text);
    return pattern;
}

// What is told without PCRE2 is what PCRE2 says.
static void check_literals(str expression, unsigned flags, str subject, enum pattern_answer answer)
{
    struct literal_table table = {0};
    struct buffer scratch = {0};
    uint64_t bits[1] = {0};
    if (literals_add(&table, expression, flags, 5)) {
        literals_seal(&table);
        bool is_told = literals_search(&table, subject, &scratch, bits);
        must(!is_told || bits[0] == (uint64_t)(answer == PATTERN_YES) << 5,
             "literals are found where PCRE2 finds them");
    }
    buffer_release(&scratch);
    literals_release(&table);
}

static void check_pattern(str expression, unsigned flags, str subject)
{
    struct pattern_fault fault = {0};
    struct pattern *pattern = pattern_compile(expression, flags, &fault);
    must(pattern || fault.text[0], "a fault is explained");
    must(pattern || fault.offset <= expression.len, "a fault is in the pattern");
    struct pattern *plain = pattern ? without_fast_ways(expression, flags) : NULL;
    if (plain && (flags & PATTERN_BYTES || utf8_is_valid(subject))) {
        struct pattern_scratch *scratch = pattern_scratch_new();
        str groups[4];
        enum pattern_answer answer = pattern_search(pattern, scratch, subject);
        enum pattern_answer other = pattern_search(plain, scratch, subject);
        must(answer == other || answer == PATTERN_LIMIT || other == PATTERN_LIMIT,
             "the fast ways do not change the answer");
        check_literals(expression, flags, subject, answer);
        if (pattern_groups(pattern, scratch, subject, groups, 4) == PATTERN_YES) {
            must(groups[0].data >= subject.data &&
                     groups[0].data + groups[0].len <= subject.data + subject.len,
                 "a match is a part of the subject");
        }
        pattern_scratch_free(scratch);
    }
    pattern_free(plain);
    pattern_free(pattern);
}

// The first line is a pattern too, for a subject on the second; of the first byte come its flags.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    // A copy of its own size, so that a read past the end is seen.
    char *copy = malloc(size - 1);
    if (!copy) return 0;
    memcpy(copy, data + 1, size - 1);
    str text = {copy, size - 1}, rest = text, expression, subject = {"", 0};
    check_tokens((struct rule_text){"fuzz.rules", text});
    check_parsing((struct rule_text){"fuzz.rules", text});
    str_cut(&rest, '\n', &expression);
    if (rest.data) subject = rest;
    check_pattern(expression, data[0] & 7, subject);
    free(copy);
    return 0;
}
