// Reads rules/email.rules, whose grammar that file states.
#include <stdio.h>

#include "core/base/memory.h"
#include "core/rules/parser.h"
#include "email_rules.h"

static const char *const subject_names[SUBJECT_COUNT] = {
    "address", "local", "mailbox", "stem",  "unicode_local",  "typed_domain",
    "domain",  "tld",   "tail",    "label", "unicode_domain",
};

const char *const email_severity_names[SEVERITY_COUNT] = {"off",     "flag", "note",
                                                          "unknown", "risk", "reject"};

static const char *const statements[] = {"accept",  "list",    "diagnose", "judge", "unreachable",
                                         "fixable", "unasked", "lasting",  "off",   "flag",
                                         "note",    "unknown", "risk",     "reject"};

// Reading one file.
struct reading {
    struct parser parser;
    struct email_rules *rules;
    struct rulebook *book;
    bool in_diagnose;
};

static int find_name(const char *const names[], int count, str word)
{
    for (int i = 0; i < count; i++) {
        if (str_equal(word, str_of(names[i]))) return i;
    }
    return -1;
}

static bool expect_known(struct parser *parser, const char *const names[], int count,
                         const char *what, int *number)
{
    struct token token;
    if (!parser_expect(parser, TOKEN_WORD, &token, what, NULL)) return false;
    *number = find_name(names, count, token.text);
    if (*number >= 0) return true;
    struct suggestion best = suggest_start(token.text);
    for (int i = 0; i < count; i++) suggest_offer(&best, str_of(names[i]));
    return parser_error(parser, token.place, parser_did_you_mean(parser, best),
                        "\"%.*s\" is not %s", STR_ARG(token.text), what);
}

static bool parse_subject(struct parser *parser, enum email_subject *subject)
{
    int number = 0;
    if (!expect_known(parser, subject_names, SUBJECT_COUNT, "a subject", &number)) return false;
    *subject = (enum email_subject)number;
    return true;
}

static bool parse_pattern(struct parser *parser, struct email_condition *condition)
{
    struct token token;
    char bad;
    if (!parser_expect(parser, TOKEN_PATTERN, &token, "a /pattern/", NULL)) return false;
    if (!pattern_flags(token.flags, &condition->pattern_flags, &bad)) {
        return parser_error(parser, token.place, "only i, for ignoring case, is known",
                            "'%c' is no flag of a pattern", bad);
    }
    struct pattern_fault fault = {0};
    condition->expression = token.text;
    condition->pattern = pattern_compile(token.text, condition->pattern_flags, &fault);
    if (condition->pattern) return true;
    struct rule_place place = token.place;
    place.column += 1 + (int)fault.offset;
    return parser_error(parser, place, NULL, "not a regular expression: %s", fault.text);
}

static bool parse_list_name(struct reading *reading, int *list)
{
    struct token token;
    if (!parser_expect(&reading->parser, TOKEN_WORD, &token, "the name of a list", NULL)) {
        return false;
    }
    struct suggestion best = suggest_start(token.text);
    for (size_t i = 0; i < reading->rules->list_count; i++) {
        *list = (int)i;
        if (str_equal(reading->rules->lists[i].name, token.text)) return true;
        suggest_offer(&best, reading->rules->lists[i].name);
    }
    return parser_error(&reading->parser, token.place, parser_did_you_mean(&reading->parser, best),
                        "no list \"%.*s\" has been named above", STR_ARG(token.text));
}

// SUBJECT ~ /p/ | SUBJECT !~ /p/ | SUBJECT [not] in|under LIST | SUBJECT = SUBJECT |
// SUBJECT repeats
static bool parse_condition(struct reading *reading, struct email_condition *condition)
{
    struct parser *parser = &reading->parser;
    struct token first = parser->token;
    if (!parse_subject(parser, &condition->subject)) return false;
    if (parser_accept_punctuation(parser, "~")) return parse_pattern(parser, condition);
    if (parser_accept_punctuation(parser, "!~")) {
        condition->negated = true;
        return parse_pattern(parser, condition);
    }
    if (parser_accept_punctuation(parser, "=")) {
        condition->test = TEST_SAME;
        return parse_subject(parser, &condition->other);
    }
    if (parser_accept_word(parser, "repeats")) {
        condition->test = TEST_REPEATS;
        return true;
    }
    condition->negated = parser_accept_word(parser, "not");
    bool is_under = parser_accept_word(parser, "under");
    condition->test = is_under ? TEST_UNDER : TEST_IN;
    if (is_under && condition->subject != SUBJECT_DOMAIN) {
        return parser_error(parser, first.place, "write: domain under LIST",
                            "only a domain can be under a list");
    }
    if (!is_under && !parser_accept_word(parser, "in")) {
        return parser_error(parser, parser->token.place, NULL,
                            "expected ~, !~, =, in, under, repeats or not, found %s",
                            parser_describe(parser, &parser->token));
    }
    return parse_list_name(reading, &condition->list);
}

static bool parse_conditions(struct reading *reading, struct email_rule *rule)
{
    do {
        if (rule->condition_count == EMAIL_CONDITIONS_MAX) {
            return parser_error(&reading->parser, reading->parser.token.place, NULL,
                                "a rule may have %d conditions at most", EMAIL_CONDITIONS_MAX);
        }
        struct email_condition *condition = &rule->conditions[rule->condition_count++];
        if (!parse_condition(reading, condition)) return false;
    } while (parser_accept_word(&reading->parser, "and"));
    return true;
}

static void free_patterns(struct email_rule *rule)
{
    for (size_t i = 0; i < rule->condition_count; i++) pattern_free(rule->conditions[i].pattern);
}

int email_rules_find(const struct email_rules *rules, str code)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        if (str_equal(rules->rules[i].code, code)) return (int)i;
    }
    return -1;
}

// A line without a condition sets how heavy every line with its code is.
static void set_severity(struct email_rules *rules, const struct email_rule *set)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        struct email_rule *rule = &rules->rules[i];
        if (!str_equal(rule->code, set->code)) continue;
        rule->severity = set->severity;
        if (set->text.len) rule->text = set->text;
    }
}

// Whether a line without a condition, whose code no line above has, may stand: one with a text
// makes a code, for what a verifier finds. Without, nothing would ever have it.
static bool makes_code(struct reading *reading, const struct email_rule *rule)
{
    if (email_builtin_is(rule->code)) return true;
    struct suggestion best = suggest_start(rule->code);
    for (size_t i = 0; i < reading->rules->rule_count; i++) {
        suggest_offer(&best, reading->rules->rules[i].code);
    }
    struct parser *parser = &reading->parser;
    const char *hint = parser_did_you_mean(parser, best);
    if (rule->text.len == 0) {
        return parser_error(parser, rule->place, hint ? hint : "a rule needs \"when\"",
                            "no line above has the code \"%.*s\"", STR_ARG(rule->code));
    }
    if (hint) {
        diagnostics_add(parser->lexer.diagnostics, SEVERITY_WARNING, rule->place, hint,
                        "nothing but a verifier's result can have the code \"%.*s\"",
                        STR_ARG(rule->code));
    }
    return true;
}

static bool add_rule(struct reading *reading, struct email_rule *rule)
{
    struct email_rules *rules = reading->rules;
    int same = email_rules_find(rules, rule->code);
    if (rule->condition_count == 0 && same >= 0) {
        set_severity(rules, rule);
        return true;
    }
    if (rule->condition_count == 0 && !makes_code(reading, rule)) return false;
    rule->marks = same >= 0 ? rules->rules[same].marks : 0;
    if (rules->rule_count == EMAIL_RULES_MAX) {
        return parser_error(&reading->parser, rule->place, NULL, "more than %d rules",
                            EMAIL_RULES_MAX);
    }
    rules->rules = memory_grow(rules->rules, &rules->rule_capacity, rules->rule_count + 1,
                               sizeof *rules->rules);
    rules->rules[rules->rule_count++] = *rule;
    return true;
}

static bool parse_rule(struct reading *reading, enum email_severity severity)
{
    struct parser *parser = &reading->parser;
    struct email_rule rule = {
        .severity = severity, .is_diagnosis = reading->in_diagnose, .place = parser->token.place};
    struct token token;
    if (!parser_expect(parser, TOKEN_WORD, &token, "a reason code", NULL)) return false;
    rule.code = token.text;
    bool ok = !parser_accept_word(parser, "when") || parse_conditions(reading, &rule);
    if (ok && parser_at(parser, TOKEN_TEXT)) {
        rule.text = parser->token.text;
        parser_advance(parser);
    }
    ok = ok && add_rule(reading, &rule);
    if (!ok) free_patterns(&rule);
    return ok;
}

static bool parse_accept(struct reading *reading)
{
    struct parser *parser = &reading->parser;
    struct token first = parser->token;
    struct email_condition condition = {0};
    if (!parse_subject(parser, &condition.subject)) return false;
    if (!parser_accept_punctuation(parser, "~")) {
        return parser_error(parser, parser->token.place, NULL, "expected ~ and a /pattern/");
    }
    enum email_subject subject = condition.subject;
    if (subject != SUBJECT_ADDRESS && subject != SUBJECT_LOCAL && subject != SUBJECT_DOMAIN &&
        subject != SUBJECT_TYPED_DOMAIN) {
        return parser_error(parser, first.place, NULL,
                            "accept knows address, local, typed_domain and domain");
    }
    if (!parse_pattern(parser, &condition)) return false;
    pattern_free(reading->rules->accept[subject]);
    reading->rules->accept[subject] = condition.pattern;
    if (subject == SUBJECT_ADDRESS) {
        reading->rules->accept_address = condition.expression;
        reading->rules->accept_flags = condition.pattern_flags;
    }
    return true;
}

static bool parse_over(struct reading *reading, struct email_list *list)
{
    if (!parser_accept_word(&reading->parser, "over")) return true;
    do {
        int other;
        if (!parse_list_name(reading, &other)) return false;
        list->over |= 1u << other;
    } while (parser_at(&reading->parser, TOKEN_WORD));
    return true;
}

// list NAME = [optional] "file" [over LIST ...]
static bool parse_list(struct reading *reading)
{
    struct parser *parser = &reading->parser;
    struct email_rules *rules = reading->rules;
    struct token name, file;
    if (!parser_expect(parser, TOKEN_WORD, &name, "a name for the list", NULL)) return false;
    if (!parser_accept_punctuation(parser, "=")) {
        return parser_error(parser, parser->token.place, NULL, "expected = and a \"file\"");
    }
    bool is_optional = parser_accept_word(parser, "optional");
    if (!parser_expect(parser, TOKEN_TEXT, &file, "a \"file\"", NULL)) return false;
    if (rules->list_count == EMAIL_LISTS_MAX) {
        return parser_error(parser, name.place, NULL, "more than %d lists", EMAIL_LISTS_MAX);
    }
    struct email_list *list = &rules->lists[rules->list_count];
    *list = (struct email_list){.name = name.text, .file = file.text};
    if (!parse_over(reading, list)) return false;
    rules->list_count++;
    if (rules->scope == EMAIL_SYNTAX) return true;
    struct err err = {0};
    list->is_missing = is_optional && !rulebook_where(reading->book, file.text);
    if (list->is_missing) return true;
    if (list_load(&list->items, reading->book, file.text, NULL, &err)) return true;
    return parser_error(parser, file.place, err.hint[0] ? err.hint : NULL, "%s", err.text);
}

static bool parse_unreachable(struct reading *reading)
{
    static const char *const words[] = {"keep", "reject"};
    int number = 0;
    if (!expect_known(&reading->parser, words, 2, "reject or keep", &number)) return false;
    reading->rules->reject_unreachable = number == 1;
    return true;
}

// What codes can be besides heavy or light: WORD CODE ...
static const struct {
    const char *word;
    enum email_mark mark;
} marks[] = {{"fixable", EMAIL_FIXABLE}, {"unasked", EMAIL_UNASKED}, {"lasting", EMAIL_LASTING}};

static bool parse_mark(struct reading *reading, enum email_mark mark)
{
    struct parser *parser = &reading->parser;
    struct email_rules *rules = reading->rules;
    do {
        struct token token;
        bool is_known = false;
        if (!parser_expect(parser, TOKEN_WORD, &token, "a reason code", NULL)) return false;
        struct suggestion best = suggest_start(token.text);
        for (size_t i = 0; i < rules->rule_count; i++) {
            struct email_rule *rule = &rules->rules[i];
            suggest_offer(&best, rule->code);
            if (!str_equal(rule->code, token.text)) continue;
            rule->marks |= mark;
            is_known = true;
        }
        if (!is_known) {
            return parser_error(parser, token.place, parser_did_you_mean(parser, best),
                                "no line above has the code \"%.*s\"", STR_ARG(token.text));
        }
    } while (parser_at(parser, TOKEN_WORD));
    return true;
}

static bool parse_statement(struct reading *reading, int *handled)
{
    struct parser *parser = &reading->parser;
    *handled = 1;
    for (int i = 0; i < SEVERITY_COUNT; i++) {
        if (!parser_accept_word(parser, email_severity_names[i])) continue;
        return parse_rule(reading, (enum email_severity)i);
    }
    if (parser_accept_word(parser, "accept")) return parse_accept(reading);
    if (parser_accept_word(parser, "list")) return parse_list(reading);
    if (parser_accept_word(parser, "unreachable")) return parse_unreachable(reading);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (parser_accept_word(parser, marks[i].word)) return parse_mark(reading, marks[i].mark);
    }
    if (parser_accept_word(parser, "diagnose")) return reading->in_diagnose = true;
    if (parser_accept_word(parser, "judge")) {
        reading->in_diagnose = false;
        return true;
    }
    *handled = 0;
    return false;
}

bool email_parse(struct email_rules *rules, struct rule_text text, struct rulebook *book,
                 struct diagnostics *diagnostics, struct err *err)
{
    struct reading reading = {.rules = rules, .book = book};
    parser_init(&reading.parser, text, &rules->arena, diagnostics);
    while (!parser_at(&reading.parser, TOKEN_END)) {
        int handled;
        bool ok = parse_statement(&reading, &handled);
        if (!handled) {
            parser_unknown_statement(&reading.parser, statements,
                                     sizeof statements / sizeof *statements);
        } else if (ok) {
            parser_end_statement(&reading.parser);
        } else {
            parser_skip_line(&reading.parser);
        }
    }
    return diagnostics_ok(diagnostics, err);
}
