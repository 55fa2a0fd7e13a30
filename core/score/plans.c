// How the fields of a record are read, and what its outcome follows from.
#include "ruleset.h"

enum { BITS = 64 };

void score_judge_rules(const struct score_ruleset *rules, const struct rule_field *field,
                       const uint64_t bits[], uint64_t rule_bits[])
{
    for (uint32_t i = 0; i < field->rule_word_count; i++) rule_bits[i] = 0;
    for (uint32_t i = 0; i < field->rule_count; i++) {
        uint32_t rule = field->rules[i];
        uint64_t holds = condition_holds(rules, rules->by_order[rule]->when, bits);
        rule_bits[rule / BITS - field->first_rule_word] |= holds << rule % BITS;
    }
}

// What is true of a missing value (`missing`, `not (... is ...)`, and rules about it), or of one
// that is there, where no test looks at its text.
static const uint64_t *judge_presence(struct score_ruleset *rules, const struct score_plan *plan,
                                      bool is_present)
{
    const struct rule_field *field = &rules->fields[plan->field];
    uint64_t *bits = memory_zeroed(rules->word_count, sizeof *bits);
    for (uint32_t i = 0; i < field->test_count; i++) {
        enum test_kind kind = rules->tests[field->tests[i]].kind;
        uint64_t holds = kind == (is_present ? TEST_PRESENT : TEST_MISSING);
        bits[plan->first_word + i / BITS] |= holds << i % BITS;
    }
    uint64_t *answers = arena_new(&rules->arena, uint64_t, plan->answer_words);
    memcpy(answers, bits + plan->first_word, plan->word_count * sizeof *bits);
    score_judge_rules(rules, field, bits, answers + plan->word_count);
    memory_free(bits);
    return answers;
}

static const uint64_t *judge_nothing(struct score_ruleset *rules, const struct rule_field *field)
{
    uint64_t *bits = memory_zeroed(rules->word_count, sizeof *bits);
    uint64_t *answers = arena_new(&rules->arena, uint64_t, field->rule_word_count);
    score_judge_rules(rules, field, bits, answers);
    memory_free(bits);
    return answers;
}

static void plan_number_tests(struct score_ruleset *rules, const struct rule_field *field,
                              struct score_plan *plan)
{
    struct number_test *tests = arena_new(&rules->arena, struct number_test, field->test_count);
    for (uint32_t i = 0; i < field->test_count; i++) {
        const struct score_test *test = &rules->tests[field->tests[i]];
        tests[i] = (struct number_test){.low = test->low,
                                        .high = test->high,
                                        .of_seconds = test->kind == TEST_SECONDS_RANGE,
                                        .is_outside = test->kind == TEST_OUTSIDE};
        if (test->kind == TEST_PRESENT || test->kind == TEST_MISSING) {
            tests[i].low = INT64_MIN;
            tests[i].high = INT64_MAX;
            tests[i].is_outside = test->kind == TEST_MISSING;
            tests[i].if_unreadable = test->kind == TEST_PRESENT;
        }
        plan->needs_seconds |= tests[i].of_seconds;
    }
    plan->number_tests = tests;
    plan->number_test_count = field->test_count;
}

// Words and numbers are few; texts such as titles are many: 1 MiB of them a field and thread, which
// is more than the processor's cache has room for, so their slots are fetched ahead.
static void plan_memory(const struct rule_field *field, struct score_plan *plan)
{
    enum { LINE_BYTES = 64, FEW_BITS = 8, MANY_BITS = 14 };
    bool is_few = field->is_words || field->type != TYPE_TEXT;
    plan->slot_shift = BITS - (is_few ? FEW_BITS : MANY_BITS);
    size_t bytes = sizeof(struct short_slot) + plan->answer_words * sizeof(uint64_t);
    plan->slot_bytes = (uint32_t)((bytes + LINE_BYTES - 1) / LINE_BYTES * LINE_BYTES);
    plan->is_fetched_ahead = !is_few && plan->needs_text &&
                             (field->origin == ORIGIN_COLUMN || field->origin == ORIGIN_DOMAIN);
}

static struct score_plan make_plan(struct score_ruleset *rules, uint32_t number)
{
    const struct rule_field *field = &rules->fields[number];
    struct score_plan plan = {.origin = field->origin,
                              .type = field->type,
                              .field = number,
                              .input = field->inputs[0],
                              .input2 = field->inputs[1],
                              .first_word = field->first_word,
                              .word_count = words_for_bits(field->test_count),
                              .first_rule_word = field->first_rule_word,
                              .rule_word_count = field->rule_word_count};
    if (field->origin == ORIGIN_EXTRA) plan.input2 = field->detail;
    plan.answer_words = plan.word_count + plan.rule_word_count + (field->type == TYPE_NUMBER);
    for (uint32_t i = 0; i < field->test_count; i++) {
        plan.needs_text |= needs_text(rules->tests[field->tests[i]].kind);
    }
    if (field->type != TYPE_TEXT) plan_number_tests(rules, field, &plan);
    plan.when_missing = judge_presence(rules, &plan, false);
    plan.when_nothing = judge_nothing(rules, field);
    if (field->type == TYPE_TEXT && !plan.needs_text) {
        plan.when_present = judge_presence(rules, &plan, true);
    }
    for (uint32_t i = 0; i < plan.rule_word_count; i++) {
        plan.missing_counts |= plan.when_missing[plan.word_count + i] != 0;
    }
    plan.is_small = plan.word_count == 1 && plan.rule_word_count == 1;
    plan_memory(field, &plan);
    return plan;
}

// Bits that a missing value sets make a field needed even when no value can set another.
static bool is_read(const struct score_ruleset *rules, const struct rule_field *field)
{
    bool is_read = field->is_needed;
    for (uint32_t i = 0; i < field->rule_count && !is_read; i++) {
        const struct score_node *node = rules->by_order[field->rules[i]]->when.node;
        is_read = node->kind != NODE_TEST;
    }
    return is_read;
}

static void plan_fields(struct score_ruleset *rules)
{
    rules->bits_when_missing = arena_new(&rules->arena, uint64_t, rules->word_count);
    rules->plans = arena_new(&rules->arena, struct score_plan, rules->field_count);
    rules->levels = arena_new(&rules->arena, struct score_plan, rules->field_count);
    rules->results = arena_new(&rules->arena, struct score_plan, rules->field_count);
    for (uint32_t i = 0; i < rules->field_count; i++) {
        const struct rule_field *field = &rules->fields[i];
        if (is_result_number(field)) continue;
        struct score_plan plan = make_plan(rules, i);
        memcpy(rules->bits_when_missing + plan.first_word, plan.when_missing,
               plan.word_count * sizeof(uint64_t));
        if (field->origin == ORIGIN_LEVEL)
            rules->levels[rules->level_count++] = plan;
        else if (field->origin > ORIGIN_LEVEL)
            rules->results[rules->result_count++] = plan;
        else if (is_read(rules, field))
            rules->plans[rules->plan_count++] = plan;
    }
}

// What outcomes follow from besides the rules that hold, and which rules they do not follow from.
static void plan_outcomes(struct score_ruleset *rules, size_t first_choice_step)
{
    uint64_t *masks = memory_zeroed(rules->word_count + 1, sizeof *masks);
    for (size_t i = first_choice_step; i < rules->step_count; i++) {
        uint32_t bit = rules->steps[i].bit;
        if (bit & STEP_RESULT) continue;
        masks[bit / BITS] |= (uint64_t)1 << bit % BITS;
    }
    rules->choice_words = arena_new(&rules->arena, struct choice_word, rules->word_count);
    for (uint32_t i = 0; i < rules->word_count; i++) {
        if (!masks[i]) continue;
        rules->choice_words[rules->choice_word_count++] = (struct choice_word){i, masks[i]};
    }
    memory_free(masks);
    rules->aging = arena_new(&rules->arena, uint64_t, rules->rule_count / BITS + 1);
    for (uint32_t i = 0; i < rules->rule_count; i++) {
        const struct score_rule *rule = rules->by_order[i];
        bool fades = rule->decay.kind != DECAY_NONE && rule->points > 0;
        rules->aging[i / BITS] |= (uint64_t)(rule->is_per || fades) << i % BITS;
    }
}

void score_make_plans(struct score_ruleset *rules, size_t first_choice_step)
{
    plan_fields(rules);
    plan_outcomes(rules, first_choice_step);
}
