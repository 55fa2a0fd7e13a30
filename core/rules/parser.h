// What the parsers of all rule files share: the current token, expecting, reporting, suggesting.
//
//     struct parser parser;
//     parser_init(&parser, text, &arena, &diagnostics);
//     while (!parser_at(&parser, TOKEN_END)) {
//         if (parser_accept_word(&parser, "list")) parse_list(&parser);
//         else parser_unknown_statement(&parser, statements, count);
//     }
//
// After an error the rest of the statement's line is skipped, so that one slip gives one message.
#ifndef RULES_PARSER_H
#define RULES_PARSER_H

#include "core/base/suggest.h"
#include "lexer.h"

struct parser {
    struct lexer lexer;
    struct token token; // the current one
    struct token last;  // the one before it
};

void parser_init(struct parser *parser, struct rule_text source, struct arena *arena,
                 struct diagnostics *diagnostics);

void parser_advance(struct parser *parser);

static inline bool parser_at(const struct parser *parser, enum token_kind kind)
{
    return parser->token.kind == kind;
}

// Whether the current token is this word (words of the language are written in lower case) or this
// punctuation. The accept forms step over it when it is.
bool parser_at_word(const struct parser *parser, const char *word);
bool parser_accept_word(struct parser *parser, const char *word);
bool parser_accept_punctuation(struct parser *parser, const char *punctuation);

// Steps over a token of this kind and copies it to *token (may be NULL), or reports "expected WHAT,
// found ..." and returns false. hint may be NULL.
bool parser_expect(struct parser *parser, enum token_kind kind, struct token *token,
                   const char *what, const char *hint);
bool parser_expect_word(struct parser *parser, const char *word);

// Reports an error at a token and returns false.
__attribute__((format(printf, 4, 5))) bool parser_error(struct parser *parser,
                                                        struct rule_place place, const char *hint,
                                                        const char *format, ...);

// Steps over the end of the line, or reports what stands there instead. Then the parser is at the
// first token of the next statement, whatever happened.
bool parser_end_statement(struct parser *parser);

// Skips to the first token of the next line.
void parser_skip_line(struct parser *parser);

// Reports that the current word cannot start a line, suggests one of the known, skips the line.
void parser_unknown_statement(struct parser *parser, const char *const known[], size_t count);

// "did you mean "X"?" for the best offer, or NULL when nothing was near. In arena.
const char *parser_did_you_mean(struct parser *parser, struct suggestion best);

// How a token is named in a message: 'the end of the line', "word", ... In arena.
const char *parser_describe(struct parser *parser, const struct token *token);

#endif
