// The words of every rule file: one lexer for all of them.
//
//     # a comment to the end of the line
//     word  half-life  email.domain  25  +25  -3.5  "text"  /pattern/i  ( ) , = ~ !~ >= <= > < !=
//
// A line ends a statement. Inside "text", \" is a quote and \\ a backslash. A pattern ends at the
// first / that no backslash precedes; inside it, \/ means /. `#` inside text and patterns is no
// comment. Words may hold letters, digits, _ . - and any byte above 0x7F; none begins with a curly
// quote, which is an error.
#ifndef RULES_LEXER_H
#define RULES_LEXER_H

#include "diagnostics.h"
#include "rulebook.h"

enum token_kind {
    TOKEN_END,     // end of the file
    TOKEN_NEWLINE, // end of a line that held something
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_TEXT,
    TOKEN_PATTERN,
    TOKEN_PUNCTUATION,
    TOKEN_BAD, // already reported
};

struct token {
    enum token_kind kind;
    str text;       // WORD, PUNCTUATION: as written; TEXT: unescaped; PATTERN: between the slashes
    str flags;      // PATTERN: the letters behind it
    char sign;      // NUMBER: '+', '-' or 0 when none was written
    int64_t number; // NUMBER: value x 1000 (three decimals), sign applied
    bool is_whole;  // NUMBER: no decimal point
    bool is_first;  // the first token of its line
    struct rule_place place;
    int end_column; // column behind the token's last byte
};

struct lexer {
    struct rule_text source;
    struct diagnostics *diagnostics;
    struct arena *arena; // for unescaped text
    size_t at;
    int line;
    size_t line_start;
    str line_text; // the whole current line
    bool line_has_token;
    bool is_silent; // trouble is not reported: the line is being skipped, or had trouble before
};

void lexer_init(struct lexer *lexer, struct rule_text source, struct arena *arena,
                struct diagnostics *diagnostics);

// The next token. Never fails: trouble is reported, once a line, and comes as TOKEN_BAD.
struct token lexer_next(struct lexer *lexer);

#endif
