// `expect` lines: tests that stand beside the rules they test.
#include "core/base/json.h"
#include "parse.h"

static bool parse_setting(struct score_parser *parser, struct score_expect *expect)
{
    struct parser *base = &parser->base;
    struct score_ruleset *rules = parser->rules;
    struct rule_place place = base->token.place;
    parser->last_allowed = ORIGIN_LEVEL;
    int field = score_parse_field(parser);
    if (field < 0) return false;
    enum field_origin origin = rules->fields[field].origin;
    if (origin == ORIGIN_LEVEL || origin == ORIGIN_DOMAIN) {
        return parser_error(
            base, place, origin == ORIGIN_LEVEL ? "set source_name or source" : "set email",
            "\"%.*s\" is worked out from another field", STR_ARG(rules->fields[field].name));
    }
    parser_accept_word(base, "is");
    struct token token = base->token;
    if (token.kind != TOKEN_TEXT && token.kind != TOKEN_WORD && token.kind != TOKEN_NUMBER) {
        return parser_expect(base, TOKEN_TEXT, NULL, "a value", NULL);
    }
    parser_advance(base);
    struct score_setting setting = {.field = (uint32_t)field,
                                    .value = arena_copy(&rules->arena, token.text)};
    if (token.kind == TOKEN_NUMBER &&
        (parser_at_word(base, "days") || parser_at_word(base, "day"))) {
        parser_advance(base);
        if (!parser_expect_word(base, "ago")) return false;
        setting.is_days_ago = true;
        setting.days = token.number / 1000;
        if (setting.days < 0 || setting.days > DAYS_MAX) {
            return parser_error(base, token.place, NULL, "this is not a number of days");
        }
    }
    expect->settings = memory_grow(expect->settings, &expect->setting_capacity,
                                   expect->setting_count + 1, sizeof *expect->settings);
    expect->settings[expect->setting_count++] = setting;
    return true;
}

static bool parse_score_outcome(struct score_parser *parser, struct score_outcome *outcome)
{
    struct parser *base = &parser->base;
    outcome->kind = EXPECT_SCORE;
    if (parser_accept_word(base, "at")) {
        outcome->kind = parser_at_word(base, "most") ? EXPECT_SCORE_MOST : EXPECT_SCORE_LEAST;
        if (!parser_accept_word(base, "most") && !parser_expect_word(base, "least")) return false;
    }
    return score_parse_whole(parser, "a score", 0, SCORE_MAX, &outcome->number);
}

static bool parse_outcome(struct score_parser *parser, struct score_outcome *outcome)
{
    struct parser *base = &parser->base;
    *outcome = (struct score_outcome){.place = base->token.place};
    static const struct {
        const char *word;
        enum expect_kind kind;
    } words[] = {{"tier", EXPECT_TIER}, {"grade", EXPECT_GRADE}, {"lifecycle", EXPECT_LIFECYCLE}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!parser_accept_word(base, words[i].word)) continue;
        struct token token;
        outcome->kind = words[i].kind;
        if (!parser_expect(base, TOKEN_WORD, &token, "a word", NULL)) return false;
        outcome->text = token.text;
        return true;
    }
    if (parser_accept_word(base, "score")) return parse_score_outcome(parser, outcome);
    if (parser_accept_word(base, "reason")) {
        outcome->kind = EXPECT_REASON;
        struct token token;
        if (!parser_expect(base, TOKEN_TEXT, &token, "a reason in quotes", NULL)) return false;
        outcome->text = token.text;
        return true;
    }
    outcome->kind = EXPECT_DISCARD;
    if (parser_accept_word(base, "discard")) return true;
    outcome->kind = EXPECT_SET_ASIDE;
    if (parser_accept_word(base, "set")) return parser_expect_word(base, "aside");
    if (base->token.kind == TOKEN_BAD) return false;
    return parser_error(base, base->token.place, NULL,
                        "expected tier, grade, lifecycle, score, reason, discard or set aside, "
                        "found %s",
                        parser_describe(base, &base->token));
}

static bool parse_outcomes(struct score_parser *parser, struct score_expect *expect)
{
    do {
        struct score_outcome outcome;
        if (!parse_outcome(parser, &outcome)) return false;
        expect->outcomes = memory_grow(expect->outcomes, &expect->outcome_capacity,
                                       expect->outcome_count + 1, sizeof *expect->outcomes);
        expect->outcomes[expect->outcome_count++] = outcome;
    } while (parser_accept_punctuation(&parser->base, ","));
    return true;
}

bool score_parse_expect(struct score_parser *parser)
{
    struct score_ruleset *rules = parser->rules;
    rules->expects = memory_grow(rules->expects, &rules->expect_capacity, rules->expect_count + 1,
                                 sizeof *rules->expects);
    struct score_expect *expect = &rules->expects[rules->expect_count++];
    *expect = (struct score_expect){.place = parser->base.last.place};
    if (!parser_at_word(&parser->base, "gives")) {
        do {
            if (!parse_setting(parser, expect)) return false;
        } while (parser_accept_punctuation(&parser->base, ","));
    }
    return parser_expect_word(&parser->base, "gives") && parse_outcomes(parser, expect);
}

// The input values that an expect line describes; everything else is missing.
static void fill_values(const struct score_ruleset *rules, const struct score_expect *expect,
                        struct arena *arena, str values[])
{
    struct buffer extra = {0};
    for (size_t i = 0; i < rules->input_count; i++) values[i] = (str){"", 0};
    for (size_t i = 0; i < expect->setting_count; i++) {
        const struct score_setting *setting = &expect->settings[i];
        const struct rule_field *field = &rules->fields[setting->field];
        str value = setting->value;
        if (setting->is_days_ago) {
            char *date = arena_bytes(arena, 21);
            timestamp_format((rules->as_of_day - setting->days) * DAY_SECONDS, date);
            value = (str){date, 10}; // the day alone
        }
        if (field->origin != ORIGIN_EXTRA) {
            values[field->inputs[0]] = value;
            continue;
        }
        buffer_add_byte(&extra, extra.len ? ',' : '{');
        json_add_string(&extra, rules->extra_members[field->detail]);
        buffer_add_byte(&extra, ':');
        json_add_string(&extra, value);
    }
    if (extra.len) {
        buffer_add_byte(&extra, '}');
        values[rules->extra_input] = arena_copy(arena, buffer_str(&extra));
    }
    buffer_release(&extra);
}

static bool has_reason(str reasons, str wanted)
{
    str part;
    while (str_cut(&reasons, ';', &part)) {
        part = str_trim(part);
        ptrdiff_t blank = str_find(part, ' ');
        if (str_equal_nocase(part, wanted)) return true;
        if (blank >= 0 && str_equal_nocase(str_from(part, (size_t)blank + 1), wanted)) return true;
    }
    return false;
}

// What came instead of the outcome, or "" when it came.
static str failure(const struct score_outcome *outcome, const struct score_result *result,
                   struct arena *arena)
{
    str got = {"", 0};
    int64_t score = result->score;
    const char *what = "";
    switch (outcome->kind) {
    case EXPECT_TIER: what = "tier ", got = score_tier_name(result->tier); break;
    case EXPECT_GRADE: what = "grade ", got = result->grade; break;
    case EXPECT_LIFECYCLE: what = "lifecycle ", got = result->lifecycle; break;
    case EXPECT_SCORE:
        if (score == outcome->number) return got;
        return arena_format(arena, "expected score %lld, got %lld", (long long)outcome->number,
                            (long long)score);
    case EXPECT_SCORE_LEAST:
        if (score >= outcome->number) return got;
        return arena_format(arena, "expected a score of at least %lld, got %lld",
                            (long long)outcome->number, (long long)score);
    case EXPECT_SCORE_MOST:
        if (score <= outcome->number) return got;
        return arena_format(arena, "expected a score of at most %lld, got %lld",
                            (long long)outcome->number, (long long)score);
    case EXPECT_REASON:
        if (has_reason(result->reasons, outcome->text)) return got;
        return arena_format(arena, "expected the reason \"%.*s\"", STR_ARG(outcome->text));
    case EXPECT_DISCARD:
        if (result->verdict == SCORE_DISCARD) return got;
        return STR("expected the lead to be discarded");
    case EXPECT_SET_ASIDE:
        if (result->verdict == SCORE_SET_ASIDE) return got;
        return STR("expected the lead to be set aside");
    }
    if (str_equal_nocase(got, outcome->text)) return (str){"", 0};
    return arena_format(arena, "expected %s%.*s, got %s", what, STR_ARG(outcome->text),
                        got.len ? arena_cstring(arena, got) : "none");
}

// Whoever changes the points of shipped rules in a file of their own (local; NULL = none) has other
// expectations: those of the shipped file then only warn, their own must hold.
static enum severity severity_of(const struct score_expect *expect, const char *local)
{
    bool is_own = !local || (expect->place.file && strcmp(expect->place.file, local) == 0);
    return is_own ? SEVERITY_ERROR : SEVERITY_WARNING;
}

void score_check_expects(struct score_ruleset *rules, const char *local,
                         struct diagnostics *diagnostics)
{
    struct arena arena = {0};
    struct score_worker *worker = score_worker_new(rules);
    str *values = memory_zeroed(rules->input_count + 1, sizeof *values);
    for (size_t i = 0; i < rules->expect_count; i++) {
        const struct score_expect *expect = &rules->expects[i];
        struct score_result result;
        fill_values(rules, expect, &arena, values);
        score_evaluate(rules, worker, values, &arena, &result);
        for (size_t j = 0; j < expect->outcome_count; j++) {
            str text = failure(&expect->outcomes[j], &result, &arena);
            if (text.len == 0) continue;
            str why = arena_format(&arena, "why: %.*s", STR_ARG(result.reasons));
            diagnostics_add(diagnostics, severity_of(expect, local), expect->place, why.data,
                            "%.*s", STR_ARG(text));
        }
        arena_reset(&arena);
    }
    memory_free(values);
    score_worker_free(worker);
    arena_release(&arena);
}
