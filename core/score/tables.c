// Tiers, lifecycle, grades, times to answer, and the table of sources.
#include "parse.h"

static const char *const tier_names[TIER_COUNT] = {"suspect", "hot", "warm", "cold"};

str score_tier_name(enum score_tier tier)
{
    static const str names[TIER_COUNT] = {{"suspect", 7}, {"hot", 3}, {"warm", 4}, {"cold", 4}};
    return names[tier];
}

// Whether lines of this layer count: those of a nearer file make the ones before them void.
static bool enter_layer(int *layer, size_t *count, int current)
{
    if (*count && current > *layer) return false;
    if (*count && current < *layer) *count = 0;
    *layer = current;
    return true;
}

static void add_choice(struct score_parser *parser, struct score_choices *choices,
                       struct score_choice choice)
{
    if (choices->count && parser->layer < choices->layer) {
        memory_free(choices->replaced);
        choices->replaced = choices->items;
        choices->replaced_count = choices->count;
        choices->items = NULL;
        choices->count = choices->capacity = 0;
    }
    if (!enter_layer(&choices->layer, &choices->count, parser->layer)) return;
    choices->items =
        memory_grow(choices->items, &choices->capacity, choices->count + 1, sizeof *choices->items);
    choices->items[choices->count++] = choice;
}

static bool parse_tier_name(struct score_parser *parser, enum score_tier *tier)
{
    struct token token = parser->base.token;
    for (int i = 0; i < TIER_COUNT; i++) {
        if (!parser_accept_word(&parser->base, tier_names[i])) continue;
        *tier = (enum score_tier)i;
        return true;
    }
    if (token.kind == TOKEN_BAD) return false;
    return parser_error(&parser->base, token.place, NULL,
                        "expected suspect, hot, warm or cold, found %s",
                        parser_describe(&parser->base, &token));
}

// `when CONDITION` or `otherwise`.
static bool parse_when(struct score_parser *parser, enum field_origin last_allowed,
                       struct score_choice *choice)
{
    choice->is_otherwise = parser_accept_word(&parser->base, "otherwise");
    if (choice->is_otherwise) return true;
    if (parser_accept_word(&parser->base, "when")) {
        return score_parse_condition(parser, last_allowed, &choice->when);
    }
    if (parser->base.token.kind == TOKEN_BAD) return false;
    return parser_error(&parser->base, parser->base.token.place, NULL,
                        "expected \"when\" or \"otherwise\", found %s",
                        parser_describe(&parser->base, &parser->base.token));
}

bool score_parse_tier(struct score_parser *parser)
{
    struct score_choice choice = {.place = parser->base.last.place};
    if (!parse_tier_name(parser, &choice.tier)) return false;
    choice.name = score_tier_name(choice.tier);
    if (!parse_when(parser, ORIGIN_GRADE, &choice)) return false;
    add_choice(parser, &parser->rules->tiers, choice);
    return true;
}

bool score_parse_lifecycle(struct score_parser *parser)
{
    struct score_choice choice = {.place = parser->base.last.place};
    struct token name;
    if (!parser_expect(&parser->base, TOKEN_WORD, &name, "a word for the lifecycle", NULL)) {
        return false;
    }
    choice.name = arena_copy(&parser->rules->arena, name.text);
    if (!parse_when(parser, ORIGIN_TIER, &choice)) return false;
    add_choice(parser, &parser->rules->lifecycles, choice);
    return true;
}

static struct score_grade *grade_of(struct score_parser *parser, const struct token *axis)
{
    struct score_ruleset *rules = parser->rules;
    for (size_t i = 0; i < rules->grade_count; i++) {
        if (str_equal(rules->grades[i].axis, axis->text)) return &rules->grades[i];
    }
    rules->grades = memory_grow(rules->grades, &rules->grade_capacity, rules->grade_count + 1,
                                sizeof *rules->grades);
    struct score_grade *grade = &rules->grades[rules->grade_count++];
    *grade =
        (struct score_grade){.axis = arena_copy(&rules->arena, axis->text), .layer = parser->layer};
    return grade;
}

static bool parse_label(struct score_parser *parser, str *label)
{
    struct token token = parser->base.token;
    if (token.kind == TOKEN_WORD || (token.kind == TOKEN_NUMBER && !token.sign && token.is_whole)) {
        *label = arena_copy(&parser->rules->arena, token.text);
        parser_advance(&parser->base);
        return true;
    }
    return parser_expect(&parser->base, TOKEN_WORD, NULL, "a letter or number for the grade", NULL);
}

static void add_step(struct score_grade *grade, struct score_step_of_grade step)
{
    grade->steps =
        memory_grow(grade->steps, &grade->capacity, grade->count + 1, sizeof *grade->steps);
    grade->steps[grade->count++] = step;
}

// `A from 35, B from 20, else D`.
static bool parse_steps(struct score_parser *parser, struct score_grade *grade)
{
    struct parser *base = &parser->base;
    for (;;) {
        struct score_step_of_grade step = {.from = INT32_MIN, .place = base->token.place};
        bool is_last = parser_accept_word(base, "else");
        if (!parse_label(parser, &step.label)) return false;
        if (is_last) {
            add_step(grade, step);
            return true;
        }
        if (!parser_at_word(base, "from") && base->token.kind != TOKEN_BAD) {
            return parser_error(base, base->token.place,
                                "grade fit A from 35, B from 20, C from 5, else D",
                                "expected \"from\", found %s", parser_describe(base, &base->token));
        }
        if (!parser_accept_word(base, "from")) return false;
        step.place = base->token.place;
        int64_t from;
        if (!score_parse_whole(parser, "a limit", -LIMIT_MAX, LIMIT_MAX, &from)) return false;
        step.from = (int32_t)from;
        if (grade->count && step.from >= grade->steps[grade->count - 1].from) {
            return parser_error(base, step.place, "begin with the best grade",
                                "grades must go down: %d is not below %d", (int)step.from,
                                (int)grade->steps[grade->count - 1].from);
        }
        add_step(grade, step);
        if (parser_accept_punctuation(base, ",") || base->token.kind == TOKEN_BAD) continue;
        return parser_error(base, base->token.place, "end with the lowest grade:  else D",
                            "expected \",\", found %s", parser_describe(base, &base->token));
    }
}

bool score_parse_grade(struct score_parser *parser)
{
    struct rule_place place = parser->base.last.place;
    struct token axis;
    if (!parser_expect(&parser->base, TOKEN_WORD, &axis, "a group", NULL)) return false;
    struct score_grade read = {.place = axis.place, .layer = parser->layer};
    bool ok = parse_steps(parser, &read);
    struct score_grade *grade = ok ? grade_of(parser, &axis) : NULL;
    if (grade && grade->count && grade->layer == parser->layer) {
        ok = parser_error(&parser->base, place, NULL,
                          "there is a grade of \"%.*s\" already, in line %d", STR_ARG(axis.text),
                          grade->place.line);
    }
    if (ok && enter_layer(&grade->layer, &grade->count, parser->layer)) {
        memory_free(grade->steps);
        read.axis = grade->axis;
        *grade = read;
    } else {
        memory_free(read.steps);
    }
    return ok;
}

bool score_parse_answer(struct score_parser *parser)
{
    struct score_ruleset *rules = parser->rules;
    do {
        enum score_tier tier = TIER_COLD;
        int64_t count, unit;
        if (!parse_tier_name(parser, &tier)) return false;
        if (!parser_expect_word(&parser->base, "within")) return false;
        struct rule_place place = parser->base.token.place;
        if (!score_parse_duration(parser, &count, &unit)) return false;
        int64_t minutes = count * unit / 60000;
        if (minutes < 1) {
            return parser_error(&parser->base, place, NULL, "at least a minute is needed");
        }
        if (rules->answer_minutes[tier] && rules->answer_layer[tier] < parser->layer) continue;
        rules->answer_minutes[tier] = minutes;
        rules->answer_layer[tier] = parser->layer;
    } while (parser_accept_punctuation(&parser->base, ","));
    return true;
}

int64_t score_ruleset_answer_minutes(const struct score_ruleset *rules, enum score_tier tier)
{
    return rules->answer_minutes[tier];
}

static const str levels[] = {{"none", 4}, {"low", 3}, {"medium", 6}, {"high", 4}};

enum { LEVELS = sizeof levels / sizeof *levels };

const str *score_level_words(size_t *count)
{
    *count = LEVELS;
    return levels;
}

static bool parse_level(struct score_parser *parser, str *level)
{
    struct parser *base = &parser->base;
    for (size_t i = 0; i < LEVELS; i++) {
        *level = levels[i];
        if (parser_accept_word(base, levels[i].data)) return true;
    }
    if (base->token.kind == TOKEN_BAD) return false;
    return parser_error(base, base->token.place, "a row is: name incentive accuracy awareness",
                        "expected none, low, medium or high, found %s",
                        parser_describe(base, &base->token));
}

static bool parse_source_row(struct score_parser *parser)
{
    struct parser *base = &parser->base;
    struct score_ruleset *rules = parser->rules;
    struct score_source row = {.place = base->token.place};
    if (parser_at(base, TOKEN_PATTERN)) {
        row.pattern = score_parse_pattern(parser);
        if (!row.pattern) return false;
    } else if (parser_at(base, TOKEN_TEXT)) {
        row.text = score_fold_kept(rules, base->token.text);
        if (row.text.len == 0) {
            return parser_error(base, base->token.place, "write:  otherwise",
                                "an empty text can never be found");
        }
        parser_advance(base);
    } else {
        row.is_otherwise = true;
        if (!parser_expect_word(base, "otherwise")) return false;
    }
    for (int i = 0; i < LEVEL_COUNT; i++) {
        if (!parse_level(parser, &row.levels[i])) return false;
    }
    struct score_sources *sources = &rules->sources;
    if (!enter_layer(&sources->layer, &sources->count, parser->layer)) return true;
    sources->items =
        memory_grow(sources->items, &sources->capacity, sources->count + 1, sizeof *sources->items);
    sources->items[sources->count++] = row;
    return true;
}

// A level is no beginning of a row, but what a row broken in two goes on with.
static bool at_source_row(const struct parser *base)
{
    if (parser_at(base, TOKEN_TEXT) || parser_at(base, TOKEN_PATTERN)) return true;
    for (size_t i = 0; i < LEVELS; i++) {
        if (parser_at_word(base, levels[i].data)) return true;
    }
    return parser_at_word(base, "otherwise");
}

void score_parse_sources(struct score_parser *parser)
{
    static const char *const names[LEVEL_COUNT] = {"incentive", "accuracy", "awareness"};
    struct parser *base = &parser->base;
    bool ok = true;
    for (int i = 0; ok && i < LEVEL_COUNT; i++) ok = parser_expect_word(base, names[i]);
    if (ok)
        parser_end_statement(base);
    else
        parser_skip_line(base);
    while (at_source_row(base)) {
        if (parse_source_row(parser))
            parser_end_statement(base);
        else
            parser_skip_line(base);
    }
}
