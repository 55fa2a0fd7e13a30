#include "lexer.h"

#include <stdarg.h>
#include <stdio.h>

static void start_line(struct lexer *lexer)
{
    str rest = str_from(lexer->source.text, lexer->at);
    ptrdiff_t end = str_find(rest, '\n');
    lexer->line_start = lexer->at;
    lexer->line_text = end < 0 ? rest : str_first(rest, (size_t)end);
    lexer->is_silent = false;
}

void lexer_init(struct lexer *lexer, struct rule_text source, struct arena *arena,
                struct diagnostics *diagnostics)
{
    *lexer =
        (struct lexer){.source = source, .diagnostics = diagnostics, .arena = arena, .line = 1};
    start_line(lexer);
}

static char peek(const struct lexer *lexer, size_t ahead)
{
    size_t at = lexer->at + ahead;
    return at < lexer->source.text.len ? lexer->source.text.data[at] : '\0';
}

static bool at_end(const struct lexer *lexer) { return lexer->at >= lexer->source.text.len; }

static struct rule_place place_at(const struct lexer *lexer, size_t at)
{
    return (struct rule_place){lexer->source.file, lexer->line, (int)(at - lexer->line_start) + 1,
                               lexer->line_text};
}

static struct token token_at(struct lexer *lexer, enum token_kind kind, size_t start)
{
    struct token token = {.kind = kind,
                          .text = {lexer->source.text.data + start, lexer->at - start},
                          .place = place_at(lexer, start),
                          .end_column = (int)(lexer->at - lexer->line_start) + 1,
                          .is_first = !lexer->line_has_token};
    lexer->line_has_token = true;
    return token;
}

__attribute__((format(printf, 4, 5))) static void
report(struct lexer *lexer, struct rule_place place, const char *hint, const char *format, ...)
{
    if (lexer->is_silent) return;
    lexer->is_silent = true;
    char text[128];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    diagnostics_add(lexer->diagnostics, SEVERITY_ERROR, place, hint, "%s", text);
}

static bool is_word_start(char c)
{
    return byte_is_letter(c) || c == '_' || (unsigned char)c >= 0x80;
}

// A '-' or '.' belongs to a word only when a letter or digit follows ("half-life", "a. b").
static bool continues_word(const struct lexer *lexer)
{
    char c = peek(lexer, 0);
    if (is_word_start(c) || byte_is_digit(c)) return true;
    return (c == '-' || c == '.') &&
           (is_word_start(peek(lexer, 1)) || byte_is_digit(peek(lexer, 1)));
}

// The length of the typographic quote at `at`, 0 when there is none. A word may not begin with one:
// it would be taken as a letter, and the text never found.
static size_t curly_quote(const struct lexer *lexer, size_t at)
{
    static const char *const quotes[] = {"\u2018", "\u2019", "\u201A", "\u201B", "\u201C",
                                         "\u201D", "\u201E", "\u201F", "\u2039", "\u203A",
                                         "\u00AB", "\u00BB", "\uFF02"};
    str rest = str_from(lexer->source.text, at);
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        if (str_starts(rest, str_of(quotes[i]))) return strlen(quotes[i]);
    }
    return 0;
}

// Reports the quote at the lexer's place; the rest of the line is skipped.
static struct token curly(struct lexer *lexer)
{
    size_t start = lexer->at, from = start + curly_quote(lexer, start), end = from;
    while (!at_end(lexer) && peek(lexer, 0) != '\n') lexer->at++;
    while (end < lexer->at && !curly_quote(lexer, end) && lexer->source.text.data[end] != '"')
        end++;
    str inside = str_trim((str){lexer->source.text.data + from, end - from});
    struct token token = token_at(lexer, TOKEN_BAD, start);
    const char *hint =
        arena_format(lexer->arena, "use straight quotes:  \"%.*s\"", STR_ARG(inside)).data;
    report(lexer, token.place, hint, "a curly quote does not begin a text");
    return token;
}

static struct token word(struct lexer *lexer)
{
    size_t start = lexer->at;
    while (!at_end(lexer) && continues_word(lexer)) lexer->at++;
    return token_at(lexer, TOKEN_WORD, start);
}

static struct token number(struct lexer *lexer)
{
    size_t start = lexer->at;
    char sign = peek(lexer, 0) == '+' || peek(lexer, 0) == '-' ? peek(lexer, 0) : '\0';
    if (sign) lexer->at++;
    int64_t value = 0;
    bool too_large = false, is_whole = true;
    for (; byte_is_digit(peek(lexer, 0)); lexer->at++) {
        value = value * 10 + (peek(lexer, 0) - '0');
        if (value > 1000000000000) too_large = true, value = 0;
    }
    value *= 1000;
    if (peek(lexer, 0) == '.' && byte_is_digit(peek(lexer, 1))) {
        is_whole = false;
        lexer->at++;
        for (int64_t unit = 100; byte_is_digit(peek(lexer, 0)); lexer->at++, unit /= 10) {
            value += (peek(lexer, 0) - '0') * unit;
        }
    }
    struct token token = token_at(lexer, TOKEN_NUMBER, start);
    token.sign = sign;
    token.number = sign == '-' ? -value : value;
    token.is_whole = is_whole;
    if (too_large) {
        report(lexer, token.place, NULL, "this number is too large");
        token.kind = TOKEN_BAD;
    }
    return token;
}

// Reports text or a pattern that does not end on its line; the rest of the line is skipped.
static struct token unclosed(struct lexer *lexer, size_t start, const char *what, const char *hint)
{
    while (!at_end(lexer) && peek(lexer, 0) != '\n') lexer->at++;
    struct token token = token_at(lexer, TOKEN_BAD, start);
    struct rule_place place = token.place;
    place.column = token.end_column;
    report(lexer, place, hint, "this %s", what);
    return token;
}

static struct token text(struct lexer *lexer)
{
    size_t start = lexer->at++;
    bool has_escape = false;
    for (;; lexer->at++) {
        char c = peek(lexer, 0);
        if (at_end(lexer) || c == '\n') {
            return unclosed(lexer, start, "text has no closing quote", "add \" at the end");
        }
        if (c == '"') break;
        if (c == '\\' && (peek(lexer, 1) == '"' || peek(lexer, 1) == '\\')) {
            has_escape = true;
            lexer->at++;
        }
    }
    str inside = {lexer->source.text.data + start + 1, lexer->at - start - 1};
    lexer->at++;
    struct token token = token_at(lexer, TOKEN_TEXT, start);
    token.text = inside;
    if (!has_escape) return token;
    char *out = arena_bytes(lexer->arena, inside.len);
    size_t len = 0;
    for (size_t i = 0; i < inside.len; i++) {
        bool escaped = inside.data[i] == '\\' && i + 1 < inside.len &&
                       (inside.data[i + 1] == '"' || inside.data[i + 1] == '\\');
        if (escaped) i++;
        out[len++] = inside.data[i];
    }
    token.text = (str){out, len};
    return token;
}

static struct token pattern(struct lexer *lexer)
{
    size_t start = lexer->at++;
    for (; peek(lexer, 0) != '/'; lexer->at++) {
        if (at_end(lexer) || peek(lexer, 0) == '\n') {
            return unclosed(lexer, start, "pattern has no closing /", "add / at the end");
        }
        if (peek(lexer, 0) == '\\' && peek(lexer, 1) != '\n' && peek(lexer, 1)) lexer->at++;
    }
    str inside = {lexer->source.text.data + start + 1, lexer->at - start - 1};
    lexer->at++;
    size_t flags = lexer->at;
    while (byte_is_letter(peek(lexer, 0))) lexer->at++;
    struct token token = token_at(lexer, TOKEN_PATTERN, start);
    token.text = inside;
    token.flags = (str){lexer->source.text.data + flags, lexer->at - flags};
    return token;
}

static struct token punctuation(struct lexer *lexer)
{
    static const char *const two[] = {">=", "<=", "!=", "!~", "->"};
    size_t start = lexer->at;
    for (size_t i = 0; i < sizeof two / sizeof *two; i++) {
        if (peek(lexer, 0) != two[i][0] || peek(lexer, 1) != two[i][1]) continue;
        lexer->at += 2;
        return token_at(lexer, TOKEN_PUNCTUATION, start);
    }
    char c = peek(lexer, 0);
    lexer->at++;
    if (strchr("(),=~><:;+*{}[]&|-", c) && c) return token_at(lexer, TOKEN_PUNCTUATION, start);
    struct token token = token_at(lexer, TOKEN_BAD, start);
    if ((unsigned char)c < 0x20 || c == 0x7F)
        report(lexer, token.place, NULL, "a control character does not belong here");
    else
        report(lexer, token.place, NULL, "'%c' does not belong here", c);
    return token;
}

static bool starts_number(const struct lexer *lexer)
{
    char c = peek(lexer, 0);
    if (byte_is_digit(c)) return true;
    return (c == '+' || c == '-') && byte_is_digit(peek(lexer, 1));
}

static void skip_blanks_and_comment(struct lexer *lexer)
{
    while (!at_end(lexer) && peek(lexer, 0) != '\n' && byte_is_blank(peek(lexer, 0))) lexer->at++;
    if (peek(lexer, 0) != '#') return;
    while (!at_end(lexer) && peek(lexer, 0) != '\n') lexer->at++;
}

static void next_line(struct lexer *lexer)
{
    lexer->at++;
    lexer->line++;
    start_line(lexer);
}

struct token lexer_next(struct lexer *lexer)
{
    for (;;) {
        skip_blanks_and_comment(lexer);
        if (at_end(lexer) || peek(lexer, 0) == '\n') {
            bool had_token = lexer->line_has_token;
            if (had_token || at_end(lexer)) {
                struct token token =
                    token_at(lexer, had_token ? TOKEN_NEWLINE : TOKEN_END, lexer->at);
                lexer->line_has_token = false;
                if (at_end(lexer)) return token;
                next_line(lexer);
                return token;
            }
            next_line(lexer);
            continue;
        }
        char c = peek(lexer, 0);
        if (starts_number(lexer)) return number(lexer);
        if ((unsigned char)c >= 0x80 && curly_quote(lexer, lexer->at)) return curly(lexer);
        if (is_word_start(c)) return word(lexer);
        if (c == '"') return text(lexer);
        if (c == '/') return pattern(lexer);
        return punctuation(lexer);
    }
}
