// Groups, the lines that give points, and the vetoes.
#include "core/lead/schema.h"
#include "parse.h"

// A field that holds dates, or -1 (reported).
static int parse_date_field(struct score_parser *parser)
{
    struct rule_place place = parser->base.token.place;
    parser->last_allowed = ORIGIN_LEVEL;
    int field = score_parse_field(parser);
    if (field < 0 || parser->rules->fields[field].type == TYPE_TIME) return field;
    score_wrong_type(parser, (uint32_t)field, TYPE_TIME, place);
    return -1;
}

// `half-life 30 days of FIELD [or FIELD]`, `fades over 60 days of FIELD [or FIELD]`; `counted from`
// for `of`. Leaves *decay alone when neither is next.
static bool parse_decay(struct score_parser *parser, struct score_decay *decay)
{
    struct parser *base = &parser->base;
    bool is_half_life = parser_accept_word(base, "half-life");
    if (!is_half_life) {
        if (!parser_accept_word(base, "fades")) return true;
        if (!parser_expect_word(base, "over")) return false;
    }
    struct rule_place place = base->token.place;
    int64_t count, unit;
    if (!score_parse_duration(parser, &count, &unit)) return false;
    if (unit % DAY_SECONDS != 0 || count <= 0) {
        return parser_error(base, place, NULL, "ages are counted in days, at least a part of one");
    }
    bool is_counted = parser_accept_word(base, "counted") && parser_expect_word(base, "from");
    if (!is_counted && !parser_accept_word(base, "of")) {
        if (base->token.kind == TOKEN_BAD) return false;
        return parser_error(base, base->token.place, "counted from last_activity_at",
                            "expected \"counted from\" and a date field, found %s",
                            parser_describe(base, &base->token));
    }
    *decay = (struct score_decay){is_half_life ? DECAY_HALF_LIFE : DECAY_FADE,
                                  count * (unit / DAY_SECONDS),
                                  {parse_date_field(parser), -1}};
    if (decay->fields[0] < 0 || !parser_accept_word(base, "or")) return decay->fields[0] >= 0;
    decay->fields[1] = parse_date_field(parser);
    return decay->fields[1] >= 0;
}

static bool allowed_group_name(struct score_parser *parser, const struct token *token)
{
    static const char *const results[] = {"score", "tier", "grade", "lifecycle", "source_points"};
    str name = token->text;
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        if (!str_equal(name, str_of(results[i]))) continue;
        return parser_error(&parser->base, token->place, NULL, "a group cannot be called \"%.*s\"",
                            STR_ARG(name));
    }
    int schema = schema_find(name);
    bool is_column = schema >= 0 && schema_fields[schema].stage != SCHEMA_STAGE_SCORE &&
                     !str_equal(name, STR("source"));
    bool is_derived = str_equal(name, STR("name")) || str_equal(name, STR("title"));
    if (!is_column && !is_derived) return true;
    return parser_error(&parser->base, token->place, NULL,
                        "a group cannot be called \"%.*s\": that is a field", STR_ARG(name));
}

static struct score_group *open_group(struct score_parser *parser, const struct token *name)
{
    struct score_ruleset *rules = parser->rules;
    parser->group = score_group_find(rules, name->text);
    if (parser->group >= 0) return &rules->groups[parser->group];
    rules->groups = memory_grow(rules->groups, &rules->group_capacity, rules->group_count + 1,
                                sizeof *rules->groups);
    parser->group = (int)rules->group_count++;
    struct score_group *group = &rules->groups[parser->group];
    *group = (struct score_group){.name = arena_copy(&rules->arena, name->text),
                                  .layer = parser->layer,
                                  .place = name->place};
    return group;
}

static bool parse_limits(struct score_parser *parser, struct score_group *group)
{
    int64_t from, to;
    if (!score_parse_whole(parser, "a limit", -LIMIT_MAX, LIMIT_MAX, &from)) return false;
    if (!parser_expect_word(&parser->base, "to")) return false;
    struct rule_place place = parser->base.token.place;
    if (!score_parse_whole(parser, "a limit", -LIMIT_MAX, LIMIT_MAX, &to)) return false;
    if (from > to) {
        return parser_error(&parser->base, place, "put the smaller number first",
                            "from %lld to %lld leaves nothing", (long long)from, (long long)to);
    }
    group->has_limits = true;
    group->from = (int32_t)from;
    group->to = (int32_t)to;
    return true;
}

bool score_parse_group(struct score_parser *parser)
{
    struct parser *base = &parser->base;
    struct token name;
    if (!parser_expect(base, TOKEN_WORD, &name, "the name of the group", NULL)) return false;
    if (!allowed_group_name(parser, &name)) return false;
    struct score_group *group = open_group(parser, &name);
    while (!parser_at(base, TOKEN_NEWLINE) && !parser_at(base, TOKEN_END)) {
        if (parser_accept_word(base, "from")) {
            if (!parse_limits(parser, group)) return false;
        } else if (parser_accept_word(base, "apart")) {
            group->is_apart = true;
        } else if (parser_accept_word(base, "not")) {
            if (!parser_expect_word(base, "in") || !parser_expect_word(base, "score")) return false;
            group->is_apart = true;
        } else if (parser_at_word(base, "half-life") || parser_at_word(base, "fades")) {
            if (!parse_decay(parser, &group->decay)) return false;
        } else {
            return parser_expect(base, TOKEN_NEWLINE, NULL,
                                 "from ... to, half-life, fades over, not in score, or the end "
                                 "of the line",
                                 NULL);
        }
    }
    return true;
}

static bool parse_points(struct score_parser *parser, struct score_rule *rule)
{
    struct token token = parser->base.token;
    if (token.kind == TOKEN_NUMBER && !token.sign) {
        str text = token.text;
        return parser_error(&parser->base, token.place,
                            arena_format(&parser->rules->arena,
                                         "write +%.*s to add points or -%.*s to take them away",
                                         STR_ARG(text), STR_ARG(text))
                                .data,
                            "points need a sign");
    }
    int64_t points;
    if (!score_parse_whole(parser, "points", -POINTS_MAX, POINTS_MAX, &points)) return false;
    rule->points = (int32_t)points;
    rule->place = token.place;
    return true;
}

// `per [5] FIELD up to 16`.
static bool parse_per(struct score_parser *parser, struct score_rule *rule)
{
    struct parser *base = &parser->base;
    rule->is_per = true;
    rule->unit = 1000;
    if (parser_at(base, TOKEN_NUMBER)) {
        if (base->token.number <= 0) {
            return parser_error(base, base->token.place, NULL, "per what? this must be above 0");
        }
        rule->unit = base->token.number;
        parser_advance(base);
    }
    struct rule_place place = base->token.place;
    parser->last_allowed = ORIGIN_LEVEL;
    int field = score_parse_field(parser);
    if (field < 0) return false;
    rule->per_field = (uint32_t)field;
    if (parser->rules->fields[field].type != TYPE_NUMBER) {
        return score_wrong_type(parser, rule->per_field, TYPE_NUMBER, place);
    }
    int64_t most;
    if (!parser_expect_word(base, "up") || !parser_expect_word(base, "to")) return false;
    if (!score_parse_whole(parser, "the most points", -LIMIT_MAX, LIMIT_MAX, &most)) return false;
    rule->most = (int32_t)(most < 0 ? -most : most);
    return true;
}

// A nearer file's line with the reason of an included one takes its place, in its chain.
static struct score_rule *rule_place(struct score_group *group, const struct score_rule *rule)
{
    for (size_t i = 0; i < group->count; i++) {
        struct score_rule *known = &group->rules[i];
        if (known->layer != rule->layer && str_equal(known->reason, rule->reason)) return known;
    }
    group->rules =
        memory_grow(group->rules, &group->capacity, group->count + 1, sizeof *group->rules);
    struct score_rule *added = &group->rules[group->count++];
    *added = (struct score_rule){.layer = rule->layer + 1, .is_else = rule->is_else};
    return added;
}

bool score_parse_rule(struct score_parser *parser)
{
    struct parser *base = &parser->base;
    struct score_ruleset *rules = parser->rules;
    struct rule_place start = base->token.place;
    struct score_rule rule = {.layer = parser->layer};
    rule.is_else = parser_accept_word(base, "else");
    if (parser->group < 0) {
        return parser_error(base, start, "start one first:  group fit", "points outside a group");
    }
    struct score_group *group = &rules->groups[parser->group];
    if (rule.is_else && group->count == 0) {
        return parser_error(base, start, NULL, "\"else\" needs a line above it in its group");
    }
    if (!parse_points(parser, &rule)) return false;
    if (parser_accept_word(base, "per")) {
        if (!parse_per(parser, &rule)) return false;
    } else if (!score_parse_condition(parser, ORIGIN_LEVEL, &rule.when)) {
        return false;
    }
    rule.keeps = parser_accept_word(base, "keep");
    if (!parse_decay(parser, &rule.decay)) return false;
    if (!score_parse_reason(parser, &rule.reason)) return false;
    if (rules->rule_count == RULES_MAX) {
        return parser_error(base, start, NULL, "more than %d rules", RULES_MAX);
    }
    group = &rules->groups[parser->group];
    struct score_rule *to = rule_place(group, &rule);
    if (to->layer > rule.layer) {
        rules->rule_count += to->place.line == 0;
        rule.is_else = to->is_else;
        *to = rule;
    }
    return true;
}

bool score_parse_veto(struct score_parser *parser, enum score_verdict verdict)
{
    struct parser *base = &parser->base;
    struct score_ruleset *rules = parser->rules;
    struct score_veto veto = {.verdict = verdict, .place = base->last.place};
    int64_t days = 0, unit = 0;
    if (verdict == SCORE_SET_ASIDE) {
        if (!parser_expect_word(base, "aside")) return false;
        if (parser_accept_word(base, "for")) {
            if (!score_parse_duration(parser, &days, &unit)) return false;
            days = days * unit / 1000 / DAY_SECONDS;
        }
    }
    if (!parser_expect_word(base, "when")) return false;
    if (!score_parse_condition(parser, ORIGIN_TIER, &veto.when)) return false;
    str reason;
    if (!score_parse_reason(parser, &reason)) return false;
    char until[21];
    timestamp_format((rules->as_of_day + days) * DAY_SECONDS, until);
    veto.reason =
        verdict == SCORE_DISCARD ? arena_format(&rules->arena, "discarded: %.*s", STR_ARG(reason))
        : days > 0
            ? arena_format(&rules->arena, "set aside until %.10s: %.*s", until, STR_ARG(reason))
            : arena_format(&rules->arena, "set aside: %.*s", STR_ARG(reason));
    rules->vetoes = memory_grow(rules->vetoes, &rules->veto_capacity, rules->veto_count + 1,
                                sizeof *rules->vetoes);
    rules->vetoes[rules->veto_count++] = veto;
    return true;
}
