#include "parser.h"

#include <stdarg.h>
#include <stdio.h>

void parser_init(struct parser *parser, struct rule_text source, struct arena *arena,
                 struct diagnostics *diagnostics)
{
    *parser = (struct parser){0};
    lexer_init(&parser->lexer, source, arena, diagnostics);
    parser_advance(parser);
}

void parser_advance(struct parser *parser)
{
    parser->last = parser->token;
    parser->token = lexer_next(&parser->lexer);
}

bool parser_at_word(const struct parser *parser, const char *word)
{
    return parser->token.kind == TOKEN_WORD && str_equal(parser->token.text, str_of(word));
}

bool parser_accept_word(struct parser *parser, const char *word)
{
    if (!parser_at_word(parser, word)) return false;
    parser_advance(parser);
    return true;
}

bool parser_accept_punctuation(struct parser *parser, const char *punctuation)
{
    if (parser->token.kind != TOKEN_PUNCTUATION) return false;
    if (!str_equal(parser->token.text, str_of(punctuation))) return false;
    parser_advance(parser);
    return true;
}

const char *parser_describe(struct parser *parser, const struct token *token)
{
    struct arena *arena = parser->lexer.arena;
    switch (token->kind) {
    case TOKEN_END: return "the end of the file";
    case TOKEN_NEWLINE: return "the end of the line";
    case TOKEN_TEXT: return arena_format(arena, "the text \"%.*s\"", STR_ARG(token->text)).data;
    case TOKEN_PATTERN: return arena_format(arena, "the pattern /%.*s/", STR_ARG(token->text)).data;
    case TOKEN_WORD:
    case TOKEN_NUMBER:
    case TOKEN_PUNCTUATION:
    case TOKEN_BAD: break;
    }
    return arena_format(arena, "\"%.*s\"", STR_ARG(token->text)).data;
}

bool parser_error(struct parser *parser, struct rule_place place, const char *hint,
                  const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    diagnostics_add(parser->lexer.diagnostics, SEVERITY_ERROR, place, hint, "%s", text);
    return false;
}

bool parser_expect(struct parser *parser, enum token_kind kind, struct token *token,
                   const char *what, const char *hint)
{
    if (parser->token.kind == kind) {
        if (token) *token = parser->token;
        parser_advance(parser);
        return true;
    }
    if (parser->token.kind == TOKEN_BAD) return false; // already reported
    return parser_error(parser, parser->token.place, hint, "expected %s, found %s", what,
                        parser_describe(parser, &parser->token));
}

bool parser_expect_word(struct parser *parser, const char *word)
{
    if (parser_accept_word(parser, word)) return true;
    if (parser->token.kind == TOKEN_BAD) return false;
    return parser_error(parser, parser->token.place, NULL, "expected \"%s\", found %s", word,
                        parser_describe(parser, &parser->token));
}

void parser_skip_line(struct parser *parser)
{
    while (parser->token.kind != TOKEN_NEWLINE && parser->token.kind != TOKEN_END) {
        parser->lexer.is_silent = true;
        parser_advance(parser);
    }
    if (parser->token.kind == TOKEN_NEWLINE) parser_advance(parser);
}

bool parser_end_statement(struct parser *parser)
{
    bool ok = parser->token.kind == TOKEN_NEWLINE || parser->token.kind == TOKEN_END;
    if (!ok && parser->token.kind != TOKEN_BAD) {
        parser_error(parser, parser->token.place, NULL, "%s does not belong here",
                     parser_describe(parser, &parser->token));
    }
    parser_skip_line(parser);
    return ok;
}

const char *parser_did_you_mean(struct parser *parser, struct suggestion best)
{
    if (best.word.len == 0) return NULL;
    return arena_format(parser->lexer.arena, "did you mean \"%.*s\"?", STR_ARG(best.word)).data;
}

void parser_unknown_statement(struct parser *parser, const char *const known[], size_t count)
{
    struct suggestion best = suggest_start(parser->token.text);
    for (size_t i = 0; i < count; i++) suggest_offer(&best, str_of(known[i]));
    if (parser->token.kind == TOKEN_WORD) {
        parser_error(parser, parser->token.place, parser_did_you_mean(parser, best),
                     "\"%.*s\" is not a word that can start a line", STR_ARG(parser->token.text));
    } else if (parser->token.kind != TOKEN_BAD) {
        parser_error(parser, parser->token.place, NULL, "a line cannot start with %s",
                     parser_describe(parser, &parser->token));
    }
    parser_skip_line(parser);
}
