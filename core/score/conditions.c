// Conditions: fields, comparisons, and, or, not.
#include "parse.h"

#include "core/base/utf8.h"

enum { CONDITION_TESTS_MAX = 256, DEPTH_MAX = 50 };

str score_fold_kept(struct score_ruleset *rules, str text)
{
    struct buffer scratch = {0};
    str folded = score_fold(text, &scratch);
    folded = arena_copy(&rules->arena, utf8_nfc(folded, &rules->arena));
    buffer_release(&scratch);
    return folded;
}

struct score_list *score_list_find(struct score_ruleset *rules, str name)
{
    for (size_t i = 0; i < rules->list_count; i++) {
        if (str_equal(rules->lists[i]->name, name)) return rules->lists[i];
    }
    return NULL;
}

struct pattern *score_parse_pattern(struct score_parser *parser)
{
    struct token token;
    const char *hint = "for plain text use:  contains \"...\" or has word \"...\"";
    if (!parser_expect(&parser->base, TOKEN_PATTERN, &token, "a pattern between slashes", hint)) {
        return NULL;
    }
    struct rule_place place = token.place;
    unsigned flags;
    char bad;
    if (!pattern_flags(token.flags, &flags, &bad)) {
        place.column = token.end_column - (int)token.flags.len;
        parser_error(&parser->base, place, "the only letter known there is i: either case",
                     "'%c' behind a pattern means nothing", bad);
        return NULL;
    }
    struct pattern_fault fault;
    struct pattern *pattern = pattern_compile(token.text, flags, &fault);
    if (!pattern) {
        place.column += 1 + (int)fault.offset;
        parser_error(&parser->base, place, NULL, "bad pattern: %s", fault.text);
        return NULL;
    }
    struct score_ruleset *rules = parser->rules;
    rules->patterns = memory_grow(rules->patterns, &rules->pattern_capacity,
                                  rules->pattern_count + 1, sizeof *rules->patterns);
    rules->patterns[rules->pattern_count++] = pattern;
    return pattern;
}

static bool same_test(const struct score_test *a, const struct score_test *b)
{
    bool is_pattern = a->kind == TEST_MATCHES || a->kind == TEST_MATCHES_NOT;
    if (is_pattern && !str_equal(a->written, b->written)) return false; // its flags
    return a->kind == b->kind && a->field == b->field && a->low == b->low && a->high == b->high &&
           a->list == b->list && str_equal(a->text, b->text);
}

static struct score_node *new_node(struct score_parser *parser, enum node_kind kind,
                                   const struct score_node *left, const struct score_node *right)
{
    struct score_node *node = arena_new(&parser->rules->arena, struct score_node, 1);
    *node = (struct score_node){.kind = kind, .left = left, .right = right};
    return node;
}

// The node of a test; equal tests are asked once.
static struct score_node *test_node(struct score_parser *parser, struct score_test test)
{
    struct score_ruleset *rules = parser->rules;
    if (++parser->condition_tests > CONDITION_TESTS_MAX) {
        parser_error(&parser->base, test.place, "put the values into a list",
                     "a condition may have %d tests at most", CONDITION_TESTS_MAX);
        return NULL;
    }
    struct score_node *node = new_node(parser, NODE_TEST, NULL, NULL);
    for (size_t i = 0; i < rules->test_count; i++) {
        if (!same_test(&rules->tests[i], &test)) continue;
        node->test = (uint32_t)i;
        return node;
    }
    rules->tests = memory_grow(rules->tests, &rules->test_capacity, rules->test_count + 1,
                               sizeof *rules->tests);
    node->test = (uint32_t)rules->test_count;
    rules->tests[rules->test_count++] = test;
    return node;
}

static bool is_empty_text(struct score_parser *parser, const struct token *token)
{
    if (str_trim(token->text).len) return false;
    parser_error(&parser->base, token->place, "write:  is missing",
                 "an empty text can never be found");
    return true;
}

// A value: a text, a word or a number, as written.
static bool parse_value(struct score_parser *parser, struct token *token)
{
    enum token_kind kind = parser->base.token.kind;
    if (kind != TOKEN_TEXT && kind != TOKEN_WORD && kind != TOKEN_NUMBER) {
        return parser_expect(&parser->base, TOKEN_TEXT, token, "a value in quotes", NULL);
    }
    *token = parser->base.token;
    parser_advance(&parser->base);
    return !is_empty_text(parser, token);
}

static struct score_node *text_test(struct score_parser *parser, uint32_t field,
                                    enum test_kind kind, const struct token *token)
{
    struct score_ruleset *rules = parser->rules;
    return test_node(parser, (struct score_test){.kind = kind,
                                                 .field = field,
                                                 .text = score_fold_kept(rules, token->text),
                                                 .written = token->text,
                                                 .place = token->place});
}

// `OPERATOR value, value`: true when one of them holds.
static struct score_node *parse_any_of(struct score_parser *parser, uint32_t field,
                                       enum test_kind kind)
{
    struct score_node *any = NULL;
    do {
        struct token token;
        if (!parse_value(parser, &token)) return NULL;
        struct score_node *one = text_test(parser, field, kind, &token);
        if (!one) return NULL;
        any = any ? new_node(parser, NODE_OR, any, one) : one;
    } while (parser_accept_punctuation(&parser->base, ","));
    return any;
}

static struct score_node *presence(struct score_parser *parser, uint32_t field, bool is_missing)
{
    return test_node(parser, (struct score_test){.kind = is_missing ? TEST_MISSING : TEST_PRESENT,
                                                 .field = field,
                                                 .place = parser->base.last.place});
}

static struct score_node *number_test(struct score_parser *parser, uint32_t field,
                                      enum test_kind kind, int64_t low, int64_t high,
                                      struct rule_place place)
{
    return test_node(parser,
                     (struct score_test){
                         .kind = kind, .field = field, .low = low, .high = high, .place = place});
}

static struct score_node *parse_is(struct score_parser *parser, uint32_t field,
                                   struct rule_place field_place)
{
    bool negated = parser_accept_word(&parser->base, "not");
    if (parser_accept_word(&parser->base, "missing")) return presence(parser, field, !negated);
    if (parser_accept_word(&parser->base, "present")) return presence(parser, field, negated);
    enum field_type type = parser->rules->fields[field].type;
    if (type == TYPE_NUMBER && parser_at(&parser->base, TOKEN_NUMBER)) {
        struct token token = parser->base.token;
        parser_advance(&parser->base);
        return number_test(parser, field, negated ? TEST_OUTSIDE : TEST_RANGE, token.number,
                           token.number, token.place);
    }
    if (type != TYPE_TEXT) {
        score_wrong_type(parser, field, TYPE_TEXT, field_place);
        return NULL;
    }
    struct token token;
    if (!parse_value(parser, &token)) return NULL;
    return text_test(parser, field, negated ? TEST_IS_NOT : TEST_IS, &token);
}

static void unknown_list(struct score_parser *parser, uint32_t field, const struct token *token)
{
    struct score_ruleset *rules = parser->rules;
    struct suggestion best = suggest_start(token->text);
    for (size_t i = 0; i < rules->list_count; i++) suggest_offer(&best, rules->lists[i]->name);
    const char *hint = parser_did_you_mean(&parser->base, best);
    const char *definition =
        arena_format(&rules->arena, "define it first:  list %.*s from \"lists/%.*s.txt\"",
                     STR_ARG(token->text), STR_ARG(token->text))
            .data;
    str name = rules->fields[field].name;
    if (!hint && rules->fields[field].is_domain) {
        hint = definition;
    } else if (!hint) {
        hint = arena_format(&rules->arena,
                            "write  %.*s is %.*s  or  %.*s in %.*s, ...  for values; for a list %s",
                            STR_ARG(name), STR_ARG(token->text), STR_ARG(name),
                            STR_ARG(token->text), definition)
                   .data;
    }
    parser_error(&parser->base, token->place, hint, "no list called \"%.*s\"",
                 STR_ARG(token->text));
}

// `in NAME`, or `in value, value`. A word alone is a list, but among fixed words it may be a value.
static struct score_node *parse_in(struct score_parser *parser, uint32_t field)
{
    const struct rule_field *about = &parser->rules->fields[field];
    struct token token = parser->base.token;
    if (token.kind != TOKEN_WORD) return parse_any_of(parser, field, TEST_IS);
    struct score_list *list = score_list_find(parser->rules, token.text);
    if (!list) {
        struct parser ahead = parser->base; // look one token further, on a copy
        struct diagnostics none = {0};
        ahead.lexer.diagnostics = &none;
        parser_advance(&ahead);
        bool is_value = about->is_words || (ahead.token.kind == TOKEN_PUNCTUATION &&
                                            str_equal(ahead.token.text, STR(",")));
        diagnostics_release(&none);
        if (is_value) return parse_any_of(parser, field, TEST_IS);
        unknown_list(parser, field, &token);
        return NULL;
    }
    parser_advance(&parser->base);
    list->is_used = true;
    return test_node(parser,
                     (struct score_test){.kind = about->is_domain ? TEST_IN_DOMAINS : TEST_IN,
                                         .field = field,
                                         .list = list,
                                         .place = token.place});
}

static struct score_node *parse_matches(struct score_parser *parser, uint32_t field, bool negated)
{
    struct token token = parser->base.token;
    struct pattern *pattern = score_parse_pattern(parser);
    if (!pattern) return NULL;
    return test_node(parser, (struct score_test){.kind = negated ? TEST_MATCHES_NOT : TEST_MATCHES,
                                                 .field = field,
                                                 .pattern = pattern,
                                                 .text = token.text,
                                                 .written = token.flags,
                                                 .place = token.place});
}

static struct score_node *parse_between(struct score_parser *parser, uint32_t field)
{
    struct token low, high;
    if (!parser_expect(&parser->base, TOKEN_NUMBER, &low, "a number", NULL)) return NULL;
    if (!parser_expect_word(&parser->base, "and")) return NULL;
    if (!parser_expect(&parser->base, TOKEN_NUMBER, &high, "a number", NULL)) return NULL;
    if (low.number > high.number) {
        parser_error(&parser->base, high.place, "put the smaller number first",
                     "between %.*s and %.*s can never be true", STR_ARG(low.text),
                     STR_ARG(high.text));
        return NULL;
    }
    return number_test(parser, field, TEST_RANGE, low.number, high.number, high.place);
}

static struct score_node *parse_age(struct score_parser *parser, uint32_t field, bool is_older)
{
    struct rule_place place = parser->base.token.place;
    int64_t count, unit;
    if (!score_parse_duration(parser, &count, &unit)) return NULL;
    bool is_days = unit % DAY_SECONDS == 0 && count % 1000 == 0;
    int64_t limit = is_days ? count / 1000 * (unit / DAY_SECONDS) : count * unit / 1000;
    enum test_kind kind = is_days ? TEST_DAYS_RANGE : TEST_SECONDS_RANGE;
    return is_older ? number_test(parser, field, kind, limit + 1, INT64_MAX, place)
                    : number_test(parser, field, kind, 0, limit, place);
}

static struct score_node *parse_comparison(struct score_parser *parser, uint32_t field)
{
    struct token sign = parser->base.token, token;
    parser_advance(&parser->base);
    if (!parser_expect(&parser->base, TOKEN_NUMBER, &token, "a number", NULL)) return NULL;
    bool or_equal = str_ends(sign.text, STR("="));
    int64_t low = token.number, high = token.number;
    if (sign.text.data[0] == '>') {
        low += !or_equal;
        high = INT64_MAX;
    }
    if (sign.text.data[0] == '<') {
        low = INT64_MIN;
        high -= !or_equal;
    }
    bool is_not = sign.text.data[0] == '!';
    return number_test(parser, field, is_not ? TEST_OUTSIDE : TEST_RANGE, low, high, token.place);
}

static bool needs_type(struct score_parser *parser, uint32_t field, enum field_type type,
                       struct rule_place place)
{
    if (parser->rules->fields[field].type == type) return true;
    return score_wrong_type(parser, field, type, place);
}

// The comparisons that look at characters; at_text_test has said that one is next.
static struct score_node *parse_text_test(struct score_parser *parser, uint32_t field)
{
    struct parser *base = &parser->base;
    if (parser_accept_word(base, "contains")) return parse_any_of(parser, field, TEST_CONTAINS);
    if (parser_accept_word(base, "in")) return parse_in(parser, field);
    if (parser_accept_punctuation(base, "!~")) return parse_matches(parser, field, true);
    if (parser_accept_word(base, "has")) {
        bool is_plural = parser_accept_word(base, "words");
        if (!is_plural && !parser_expect_word(base, "word")) return NULL;
        return parse_any_of(parser, field, TEST_HAS_WORD);
    }
    bool is_start = parser_at_word(base, "starts");
    if (is_start || parser_at_word(base, "ends")) {
        parser_advance(base);
        if (!parser_expect_word(base, "with")) return NULL;
        return parse_any_of(parser, field, is_start ? TEST_STARTS : TEST_ENDS);
    }
    parser_advance(base); // matches or ~
    return parse_matches(parser, field, false);
}

static bool at_text_test(const struct parser *base)
{
    static const char *const words[] = {"contains", "in", "matches", "has", "starts", "ends"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (parser_at_word(base, words[i])) return true;
    }
    return base->token.kind == TOKEN_PUNCTUATION &&
           (str_equal(base->token.text, STR("~")) || str_equal(base->token.text, STR("!~")));
}

static bool at_number_test(const struct parser *base)
{
    if (parser_at_word(base, "between")) return true;
    char first = base->token.kind == TOKEN_PUNCTUATION ? base->token.text.data[0] : 'x';
    return first == '<' || first == '>' || first == '=' || first == '!';
}

static struct score_node *parse_test(struct score_parser *parser)
{
    struct parser *base = &parser->base;
    struct rule_place place = base->token.place;
    struct token name = base->token;
    int found = score_parse_field(parser);
    if (found < 0) return NULL;
    uint32_t field = (uint32_t)found;
    if (parser_accept_word(base, "present")) return presence(parser, field, false);
    if (parser_accept_word(base, "missing")) return presence(parser, field, true);
    if (parser_accept_word(base, "is")) return parse_is(parser, field, place);
    if (at_text_test(base)) {
        if (!needs_type(parser, field, TYPE_TEXT, place)) return NULL;
        return parse_text_test(parser, field);
    }
    if (at_number_test(base)) {
        if (!needs_type(parser, field, TYPE_NUMBER, place)) return NULL;
        if (parser_accept_word(base, "between")) return parse_between(parser, field);
        return parse_comparison(parser, field);
    }
    bool is_older = parser_at_word(base, "older");
    if (is_older || parser_at_word(base, "within")) {
        if (!needs_type(parser, field, TYPE_TIME, place)) return NULL;
        parser_advance(base);
        if (is_older && !parser_expect_word(base, "than")) return NULL;
        return parse_age(parser, field, is_older);
    }
    if (base->token.kind != TOKEN_BAD) {
        parser_error(base, base->token.place,
                     "is, is not, in, contains, has word, starts with, ends with, ~, between, >=, "
                     "within, older than, present, missing",
                     "expected a comparison after \"%.*s\", found %s", STR_ARG(name.text),
                     parser_describe(base, &base->token));
    }
    return NULL;
}

static struct score_node *parse_or(struct score_parser *parser);

static struct score_node *parse_negation(struct score_parser *parser)
{
    struct parser *base = &parser->base;
    bool is_not = parser_at_word(base, "not");
    bool is_open = parser_at(base, TOKEN_PUNCTUATION) && str_equal(base->token.text, STR("("));
    if (!is_not && !is_open) return parse_test(parser);
    if (++parser->depth > DEPTH_MAX) {
        parser_error(base, base->token.place, NULL, "this condition is nested too deeply");
        return NULL;
    }
    parser_advance(base);
    struct score_node *inside = is_not ? parse_negation(parser) : parse_or(parser);
    parser->depth--;
    if (!inside) return NULL;
    if (is_not) return new_node(parser, NODE_NOT, inside, NULL);
    if (parser_accept_punctuation(base, ")")) return inside;
    if (base->token.kind != TOKEN_BAD) {
        parser_error(base, base->token.place, NULL, "expected \")\", found %s",
                     parser_describe(base, &base->token));
    }
    return NULL;
}

static struct score_node *parse_and(struct score_parser *parser)
{
    struct score_node *left = parse_negation(parser);
    while (left && parser_accept_word(&parser->base, "and")) {
        struct score_node *right = parse_negation(parser);
        left = right ? new_node(parser, NODE_AND, left, right) : NULL;
    }
    return left;
}

static struct score_node *parse_or(struct score_parser *parser)
{
    struct score_node *left = parse_and(parser);
    while (left && parser_accept_word(&parser->base, "or")) {
        struct score_node *right = parse_and(parser);
        left = right ? new_node(parser, NODE_OR, left, right) : NULL;
    }
    return left;
}

bool score_parse_condition(struct score_parser *parser, enum field_origin last_allowed,
                           struct score_condition *out)
{
    parser->last_allowed = last_allowed;
    parser->condition_tests = 0;
    parser->depth = 0;
    out->node = parse_or(parser);
    return out->node != NULL;
}
