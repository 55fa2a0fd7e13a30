// A score rule file as a whole: its statements, the files it includes, and pieces that many
// statements share.
#include "core/base/utf8.h"
#include "parse.h"

enum { INCLUDES_MAX = 20 };

bool score_parse_whole(struct score_parser *parser, const char *what, int64_t least, int64_t most,
                       int64_t *number)
{
    struct token token;
    if (!parser_expect(&parser->base, TOKEN_NUMBER, &token, what, NULL)) return false;
    if (!token.is_whole) {
        return parser_error(&parser->base, token.place, NULL, "%s must be a whole number", what);
    }
    *number = token.number / 1000;
    if (*number >= least && *number <= most) return true;
    return parser_error(&parser->base, token.place, NULL, "%s must be between %lld and %lld", what,
                        (long long)least, (long long)most);
}

bool score_parse_duration(struct score_parser *parser, int64_t *count_1000, int64_t *unit_seconds)
{
    static const struct {
        const char *one, *many;
        int64_t seconds;
    } units[] = {{"day", "days", DAY_SECONDS},
                 {"hour", "hours", 3600},
                 {"week", "weeks", 7 * DAY_SECONDS},
                 {"minute", "minutes", 60},
                 {"month", "months", 30 * DAY_SECONDS}};
    struct token token;
    if (!parser_expect(&parser->base, TOKEN_NUMBER, &token, "a number", NULL)) return false;
    if (token.number < 0 || token.number > (int64_t)DAYS_MAX * 1000) {
        return parser_error(&parser->base, token.place, NULL, "this is not a length of time");
    }
    *count_1000 = token.number;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        bool is_unit = parser_accept_word(&parser->base, units[i].one) ||
                       parser_accept_word(&parser->base, units[i].many);
        *unit_seconds = units[i].seconds;
        if (is_unit) return true;
    }
    return parser_expect(&parser->base, TOKEN_BAD, NULL, "minutes, hours, days, weeks or months",
                         NULL);
}

// Whether text or a pattern further on in the line is not closed: that is then the slip to report.
static bool rest_is_bad(const struct score_parser *parser)
{
    struct parser ahead = parser->base;
    struct diagnostics none = {0};
    ahead.lexer.diagnostics = &none;
    while (!parser_at(&ahead, TOKEN_NEWLINE) && !parser_at(&ahead, TOKEN_END) &&
           !parser_at(&ahead, TOKEN_BAD)) {
        parser_advance(&ahead);
    }
    diagnostics_release(&none);
    return parser_at(&ahead, TOKEN_BAD);
}

bool score_parse_reason(struct score_parser *parser, str *reason)
{
    struct token token;
    if (!parser_at(&parser->base, TOKEN_TEXT) && rest_is_bad(parser)) {
        while (!parser_at(&parser->base, TOKEN_BAD)) parser_advance(&parser->base);
        return false;
    }
    if (!parser_expect(&parser->base, TOKEN_TEXT, &token, "the reason in quotes",
                       "every rule ends with a reason a salesperson can read, in quotes")) {
        return false;
    }
    *reason = str_trim(token.text);
    if (reason->len == 0) {
        return parser_error(&parser->base, token.place,
                            "every rule ends with a reason a salesperson can read, in quotes",
                            "this reason is empty");
    }
    for (size_t i = 0; i < reason->len; i++) {
        unsigned char c = (unsigned char)reason->data[i];
        if (c == ';') {
            return parser_error(&parser->base, token.place, "use a comma",
                                "a reason cannot hold \";\": it separates reasons");
        }
        if (c < 0x20 || c == 0x7F) {
            return parser_error(&parser->base, token.place, NULL,
                                "a reason cannot hold control characters");
        }
    }
    return true;
}

static void parse_statements(struct score_parser *parser);

static struct rule_place place_of_byte(struct rule_text text, size_t at)
{
    struct rule_place place = {text.file, 1, 1, text.text};
    size_t line_start = 0;
    for (size_t i = 0; i < at; i++) {
        if (text.text.data[i] != '\n') continue;
        place.line++;
        line_start = i + 1;
    }
    place.column = (int)(at - line_start) + 1;
    place.text = str_first(str_from(text.text, line_start), at - line_start);
    return place;
}

static void parse_text(struct score_parser *parser, struct rule_text text, str name, int layer)
{
    size_t valid = utf8_valid_len(text.text);
    if (valid < text.text.len) {
        diagnostics_add(parser->diagnostics, SEVERITY_ERROR, place_of_byte(text, valid),
                        "save the file as UTF-8", "this is not UTF-8");
        return;
    }
    struct parser outer = parser->base;
    const struct score_include *outer_file = parser->file;
    int outer_layer = parser->layer, outer_group = parser->group;
    struct score_include file = {outer_file, text.file};
    score_version_add(parser->rules, name, text.text);
    parser->file = &file;
    parser->layer = layer;
    parser->group = -1;
    parser_init(&parser->base, text, &parser->rules->arena, parser->diagnostics);
    parse_statements(parser);
    parser->base = outer;
    parser->file = outer_file;
    parser->layer = outer_layer;
    parser->group = outer_group;
}

// "a.rules -> b.rules -> ", outermost first.
static void write_chain(const struct score_include *file, struct buffer *out)
{
    if (!file) return;
    write_chain(file->from, out);
    buffer_format(out, "%s -> ", file->file);
}

static bool is_cycle(struct score_parser *parser, struct rule_place place, const char *path)
{
    int depth = 0;
    for (const struct score_include *file = parser->file; file; file = file->from, depth++) {
        if (!file->file || strcmp(file->file, path) != 0) continue;
        struct buffer chain = {0};
        write_chain(parser->file, &chain);
        parser_error(&parser->base, place, NULL, "a file includes itself: %.*s%s",
                     STR_ARG(buffer_str(&chain)), path);
        buffer_release(&chain);
        return true;
    }
    if (depth < INCLUDES_MAX) return false;
    parser_error(&parser->base, place, NULL, "files include one another too deeply");
    return true;
}

// Whether the file has been included before, by another one: then its lines are there already.
static bool was_included(struct score_parser *parser, const char *path)
{
    for (size_t i = 0; i < parser->included_count; i++) {
        if (strcmp(parser->included[i], path) == 0) return true;
    }
    parser->included = memory_grow(parser->included, &parser->included_capacity,
                                   parser->included_count + 1, sizeof *parser->included);
    parser->included[parser->included_count++] = path;
    return false;
}

static bool parse_include(struct score_parser *parser)
{
    struct parser *base = &parser->base;
    struct token token;
    if (!parser_expect(base, TOKEN_TEXT, &token, "a file name in quotes", NULL)) return false;
    if (!parser->book) return parser_error(base, token.place, NULL, "no files can be read here");
    struct err err = {0};
    struct rule_text text;
    if (!rulebook_read(parser->book, token.text, parser->file->file, &text, &err)) {
        return parser_error(base, token.place, err.hint[0] ? err.hint : NULL, "%s%s%s", err.file,
                            err.file[0] ? ": " : "", err.text);
    }
    if (is_cycle(parser, token.place, text.file)) return false;
    if (!was_included(parser, text.file)) {
        parse_text(parser, text, token.text, parser->layer + 1);
    }
    return true;
}

static const char *const statements[] = {"include",   "numbers", "dates",   "texts", "list",
                                         "sources",   "group",   "discard", "set",   "tier",
                                         "lifecycle", "answer",  "expect",  "grade", "else"};

// Parses the statement whose first word is current. Returns false when it was not understood; the
// rest of the line is for the caller.
static bool parse_statement(struct score_parser *parser)
{
    struct parser *base = &parser->base;
    if (parser_at(base, TOKEN_NUMBER) || parser_at_word(base, "else")) {
        return score_parse_rule(parser);
    }
    if (parser_accept_word(base, "include")) return parse_include(parser);
    if (parser_accept_word(base, "numbers")) return score_parse_declaration(parser, TYPE_NUMBER);
    if (parser_accept_word(base, "dates")) return score_parse_declaration(parser, TYPE_TIME);
    if (parser_accept_word(base, "texts")) return score_parse_declaration(parser, TYPE_TEXT);
    if (parser_accept_word(base, "list")) return score_parse_list(parser);
    if (parser_accept_word(base, "group")) return score_parse_group(parser);
    if (parser_accept_word(base, "discard")) return score_parse_veto(parser, SCORE_DISCARD);
    if (parser_accept_word(base, "set")) return score_parse_veto(parser, SCORE_SET_ASIDE);
    if (parser_accept_word(base, "tier")) return score_parse_tier(parser);
    if (parser_accept_word(base, "lifecycle")) return score_parse_lifecycle(parser);
    if (parser_accept_word(base, "grade")) return score_parse_grade(parser);
    if (parser_accept_word(base, "answer")) return score_parse_answer(parser);
    return parser_accept_word(base, "expect") && score_parse_expect(parser);
}

static bool is_statement(const struct parser *base)
{
    if (base->token.kind == TOKEN_NUMBER) return true;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        if (parser_at_word(base, statements[i])) return true;
    }
    return false;
}

static void parse_statements(struct score_parser *parser)
{
    struct parser *base = &parser->base;
    while (!parser_at(base, TOKEN_END)) {
        if (parser_accept_word(base, "sources")) {
            score_parse_sources(parser);
        } else if (!is_statement(base)) {
            parser_unknown_statement(base, statements, sizeof statements / sizeof *statements);
        } else if (parse_statement(parser)) {
            parser_end_statement(base);
        } else {
            parser_skip_line(base);
        }
    }
}

static struct score_ruleset *parse(struct rulebook *book, struct rule_text text, str name,
                                   const struct rule_text *local,
                                   const struct score_options *options,
                                   struct diagnostics *diagnostics)
{
    struct score_ruleset *rules = memory_zeroed(1, sizeof *rules);
    rules->as_of = options->as_of;
    rules->as_of_day = day_of(options->as_of);
    struct score_parser parser = {
        .rules = rules, .book = book, .options = options, .diagnostics = diagnostics, .group = -1};
    size_t errors_before = diagnostics->errors;
    parse_text(&parser, text, name, 0);
    if (local) parse_text(&parser, *local, STR(".local"), -1);
    memory_free(parser.included);
    bool ok = diagnostics->errors == errors_before && score_compile(rules, diagnostics);
    if (ok) score_check_expects(rules, local ? local->file : NULL, diagnostics);
    if (ok) score_lint(rules, diagnostics);
    if (diagnostics->errors == errors_before) return rules;
    score_ruleset_free(rules);
    return NULL;
}

struct score_ruleset *score_ruleset_parse(struct rulebook *book, struct rule_text text,
                                          const struct score_options *options,
                                          struct diagnostics *diagnostics)
{
    return parse(book, text, STR("score.rules"), NULL, options, diagnostics);
}

struct score_ruleset *score_ruleset_load(struct rulebook *book, str name,
                                         const struct score_options *options,
                                         struct diagnostics *diagnostics)
{
    struct rule_text text, local;
    struct err err = {0};
    bool ok = rulebook_read(book, name, NULL, &text, &err);
    bool has_local = ok && rulebook_read_local(book, name, &local, &err);
    if (err.kind != ERR_NONE) {
        diagnostics_add(diagnostics, SEVERITY_ERROR,
                        (struct rule_place){.file = err.file[0] ? err.file : NULL},
                        err.hint[0] ? err.hint : NULL, "%s", err.text);
        return NULL;
    }
    ptrdiff_t slash;
    while ((slash = str_find(name, '/')) >= 0) name = str_from(name, (size_t)slash + 1);
    return parse(book, text, name, has_local ? &local : NULL, options, diagnostics);
}
