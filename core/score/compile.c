// From lines to bits and steps: what can be done only when all lines are known.
#include "ruleset.h"

#include <stdio.h>

enum { BITS = 64 };

int score_group_find(const struct score_ruleset *rules, str name)
{
    for (size_t i = 0; i < rules->group_count; i++) {
        if (str_equal(rules->groups[i].name, name)) return (int)i;
    }
    return -1;
}

str score_number_text(struct arena *arena, int64_t number)
{
    const char *sign = number < 0 ? "-" : "";
    int64_t size = number < 0 ? -number : number;
    if (size % 1000 == 0) return arena_format(arena, "%s%lld", sign, (long long)(size / 1000));
    str text =
        arena_format(arena, "%s%lld.%03d", sign, (long long)(size / 1000), (int)(size % 1000));
    while (text.data[text.len - 1] == '0') text.len--;
    return (str){arena_cstring(arena, text), text.len};
}

bool score_number_parse(str s, int64_t *number)
{
    enum { DIGITS_MAX = 15 };
    size_t i = 0, digits = 0;
    bool is_negative = s.len && s.data[0] == '-';
    if (s.len && (s.data[0] == '-' || s.data[0] == '+')) i++;
    int64_t value = 0;
    for (; i < s.len && byte_is_digit(s.data[i]); i++, digits++) {
        if (digits == DIGITS_MAX) return false;
        value = value * 10 + (s.data[i] - '0');
    }
    if (digits == 0) return false;
    value *= 1000;
    if (i < s.len && s.data[i] == '.') {
        int64_t unit = 100;
        for (i++; i < s.len && byte_is_digit(s.data[i]); i++, unit /= 10) {
            value += (s.data[i] - '0') * unit;
        }
    }
    *number = is_negative ? -value : value;
    return i == s.len;
}

static bool never_holds(const struct score_test *test)
{
    return test->list && test->list->list.items.count == 0;
}

// Finds out how the field's test of that bit is asked: with all words, with all patterns that are
// words or beginnings, or alone.
static void sort_in(struct score_ruleset *rules, const struct score_test *test, uint32_t at)
{
    struct rule_field *field = &rules->fields[test->field];
    if (test->kind == TEST_HAS_WORD) {
        score_words_add(&field->words, test->text, at);
        // Of ASCII texts the literals tell; others cannot hold what is not ASCII.
        bool is_told = literals_add_phrase(&field->literals, test->text, at);
        field->words_needed |= !is_told && str_is_ascii(test->text);
        return;
    }
    unsigned flags;
    char bad;
    if (!test->pattern || !pattern_flags(test->written, &flags, &bad) ||
        !literals_add(&field->literals, test->text, flags, at)) {
        field->others[field->other_count++] = at;
        field->others_have_pattern |= test->pattern != NULL;
        field->others_need_fold |= needs_text(test->kind) && !test->pattern;
        return;
    }
    if (test->kind != TEST_MATCHES_NOT) return;
    if (!field->unless_found) {
        field->unless_found = arena_new(&rules->arena, uint64_t, words_for_bits(field->test_room));
    }
    field->unless_found[at / BITS] |= (uint64_t)1 << at % BITS;
}

// Gives every field's tests bits of their own, side by side.
static void lay_out_bits(struct score_ruleset *rules)
{
    for (size_t i = 0; i < rules->test_count; i++) {
        rules->fields[rules->tests[i].field].test_room++;
    }
    for (size_t i = 0; i < rules->field_count; i++) {
        struct rule_field *field = &rules->fields[i];
        field->tests = arena_new(&rules->arena, uint32_t, field->test_room);
        field->others = arena_new(&rules->arena, uint32_t, field->test_room);
        field->first_word = rules->word_count;
        rules->word_count += words_for_bits(field->test_room);
    }
    for (uint32_t i = 0; i < rules->test_count; i++) {
        struct score_test *test = &rules->tests[i];
        struct rule_field *field = &rules->fields[test->field];
        uint32_t at = field->test_count++;
        field->tests[at] = i;
        test->bit = field->first_word * BITS + at;
        sort_in(rules, test, at);
        if (never_holds(test)) continue;
        field->is_needed = true;
        field->needs_fold |= needs_text(test->kind) && !test->pattern;
        field->has_pattern |= test->pattern != NULL;
    }
    for (size_t i = 0; i < rules->field_count; i++) {
        struct rule_field *field = &rules->fields[i];
        if (field->words.count) score_words_seal(&field->words);
        if (field->literals.count) literals_seal(&field->literals);
    }
}

// Makes what the steps of tests of results refer to.
static void make_result_tests(struct score_ruleset *rules)
{
    rules->result_tests = arena_new(&rules->arena, struct result_test, rules->test_count);
    for (size_t i = 0; i < rules->test_count; i++) {
        const struct score_test *test = &rules->tests[i];
        const struct rule_field *field = &rules->fields[test->field];
        if (!is_result_number(field)) continue;
        struct result_test *to = &rules->result_tests[i];
        *to = (struct result_test){test->low, test->high,
                                   field->origin == ORIGIN_SCORE ? 0 : field->group_index + 1,
                                   test->kind == TEST_OUTSIDE || test->kind == TEST_MISSING};
        if (test->kind != TEST_PRESENT && test->kind != TEST_MISSING) continue;
        to->low = INT64_MIN;
        to->high = INT64_MAX;
    }
}

// Adds the steps of a condition, last ones first; returns where it begins.
static int32_t add_steps(struct score_ruleset *rules, const struct score_node *node, int32_t yes,
                         int32_t no)
{
    switch (node->kind) {
    case NODE_NOT: return add_steps(rules, node->left, no, yes);
    case NODE_AND: return add_steps(rules, node->left, add_steps(rules, node->right, yes, no), no);
    case NODE_OR: return add_steps(rules, node->left, yes, add_steps(rules, node->right, yes, no));
    case NODE_TEST: break;
    }
    rules->steps = memory_grow(rules->steps, &rules->step_capacity, rules->step_count + 1,
                               sizeof *rules->steps);
    const struct score_test *test = &rules->tests[node->test];
    bool is_result = is_result_number(&rules->fields[test->field]);
    rules->steps[rules->step_count] =
        (struct score_step){is_result ? STEP_RESULT | node->test : test->bit, yes, no};
    return (int32_t)rules->step_count++;
}

static void make_condition(struct score_ruleset *rules, struct score_condition *when)
{
    when->start = when->node ? add_steps(rules, when->node, STEP_TRUE, STEP_FALSE) : STEP_TRUE;
}

static bool is_plain(str s) { return str_find(s, ',') < 0 && str_find(s, '"') < 0; }

static void finish_group(struct score_ruleset *rules, struct score_group *group, uint32_t *order)
{
    group->first_order = *order;
    for (size_t i = 0; i < group->count; i++) {
        struct score_rule *rule = &group->rules[i];
        make_condition(rules, &rule->when);
        rule->order = (*order)++;
        rule->chain = rule->is_else && i ? group->rules[i - 1].chain : rule->order;
        rule->rendered =
            arena_format(&rules->arena, "%+d %.*s", (int)rule->points, STR_ARG(rule->reason));
        rule->is_plain = is_plain(rule->reason);
        rules->by_order[rule->order] = rule;
        if (!rule->decay.kind && !rule->keeps) rule->decay = group->decay;
        for (int j = 0; rule->decay.kind && j < 2; j++) {
            if (rule->decay.fields[j] >= 0) rules->fields[rule->decay.fields[j]].is_needed = true;
        }
        if (rule->is_per) rules->fields[rule->per_field].is_needed = true;
    }
    group->floor_text =
        arena_format(&rules->arena, "%.*s floor %d", STR_ARG(group->name), (int)group->from);
    group->limit_text =
        arena_format(&rules->arena, "%.*s limit %d", STR_ARG(group->name), (int)group->to);
}

// The one field that a condition is about, -1 when there are several.
static int only_field(const struct score_ruleset *rules, const struct score_node *node)
{
    if (node->kind == NODE_TEST) return (int)rules->tests[node->test].field;
    int left = only_field(rules, node->left);
    if (node->kind == NODE_NOT || left < 0) return left;
    return left == only_field(rules, node->right) ? left : -1;
}

// Gives every rule to the field it is about, or to those that are asked of every record.
static void distribute_rules(struct score_ruleset *rules)
{
    int *owners = memory_alloc((rules->rule_count + 1) * sizeof *owners);
    rules->mixed = arena_new(&rules->arena, uint32_t, rules->rule_count);
    for (uint32_t i = 0; i < rules->rule_count; i++) {
        const struct score_node *node = rules->by_order[i]->when.node;
        owners[i] = node ? only_field(rules, node) : -1;
        if (owners[i] >= 0)
            rules->fields[owners[i]].rule_count++;
        else
            rules->mixed[rules->mixed_count++] = i;
    }
    for (size_t i = 0; i < rules->field_count; i++) {
        struct rule_field *field = &rules->fields[i];
        field->rules = arena_new(&rules->arena, uint32_t, field->rule_count);
        field->rule_count = 0;
        field->rule_word_count = 1;
    }
    for (uint32_t i = 0; i < rules->rule_count; i++) {
        if (owners[i] < 0) continue;
        struct rule_field *field = &rules->fields[owners[i]];
        if (field->rule_count == 0) field->first_rule_word = i / BITS;
        field->rule_word_count = i / BITS - field->first_rule_word + 1;
        field->rules[field->rule_count++] = i;
    }
    memory_free(owners);
}

static bool resolve_groups(struct score_ruleset *rules, struct diagnostics *diagnostics)
{
    bool ok = true;
    for (size_t i = 0; i < rules->field_count; i++) {
        struct rule_field *field = &rules->fields[i];
        if (field->origin != ORIGIN_GROUP) continue;
        int group = score_group_find(rules, field->group);
        if (group < 0) {
            diagnostics_add(diagnostics, SEVERITY_ERROR, field->place, NULL,
                            "no group called \"%.*s\"", STR_ARG(field->group));
            ok = false;
        }
        field->group_index = (uint32_t)group;
    }
    for (size_t i = 0; i < rules->grade_count; i++) {
        struct score_grade *grade = &rules->grades[i];
        int group = score_group_find(rules, grade->axis);
        if (group < 0) {
            diagnostics_add(diagnostics, SEVERITY_ERROR, grade->place, NULL,
                            "no group called \"%.*s\"", STR_ARG(grade->axis));
            ok = false;
        }
        grade->group = (uint32_t)group;
    }
    if (rules->sources.is_used && rules->sources.count == 0) {
        for (size_t i = 0; i < rules->field_count; i++) {
            if (rules->fields[i].origin != ORIGIN_LEVEL) continue;
            diagnostics_add(diagnostics, SEVERITY_ERROR, rules->fields[i].place,
                            "write a table first:  sources incentive accuracy awareness",
                            "there is no table of sources");
            return false;
        }
    }
    return ok;
}

bool score_compile(struct score_ruleset *rules, struct diagnostics *diagnostics)
{
    if (!resolve_groups(rules, diagnostics)) return false;
    lay_out_bits(rules);
    make_result_tests(rules);
    rules->by_order = arena_new(&rules->arena, const struct score_rule *, rules->rule_count);
    uint32_t order = 0;
    for (size_t i = 0; i < rules->group_count; i++) finish_group(rules, &rules->groups[i], &order);
    size_t first_choice_step = rules->step_count;
    for (size_t i = 0; i < rules->veto_count; i++) {
        make_condition(rules, &rules->vetoes[i].when);
        rules->vetoes[i].is_plain = is_plain(rules->vetoes[i].reason);
    }
    for (size_t i = 0; i < rules->tiers.count; i++) {
        make_condition(rules, &rules->tiers.items[i].when);
    }
    for (size_t i = 0; i < rules->lifecycles.count; i++) {
        make_condition(rules, &rules->lifecycles.items[i].when);
    }
    distribute_rules(rules);
    score_make_plans(rules, first_choice_step);
    rules->group_fit = score_group_find(rules, STR("fit"));
    rules->group_engagement = score_group_find(rules, STR("engagement"));
    rules->group_source = score_group_find(rules, STR("source"));
    rules->group_suspicion = score_group_find(rules, STR("suspicion"));
    rules->part_max = rules->rule_count + 2 * rules->group_count + 2;
    char digits[32];
    hash_hex(rules->version_sum, digits);
    rules->version[0] = 'r';
    memcpy(rules->version + 1, digits, sizeof rules->version - 1);
    return true;
}

str score_ruleset_version(const struct score_ruleset *rules)
{
    return (str){rules->version, sizeof rules->version};
}

const str *score_ruleset_fields(const struct score_ruleset *rules, size_t *count)
{
    *count = rules->input_count;
    return rules->inputs;
}

struct rule_place score_ruleset_place(const struct score_ruleset *rules, uint32_t rule)
{
    return rule < rules->rule_count ? rules->by_order[rule]->place : (struct rule_place){0};
}

size_t score_ruleset_rule_count(const struct score_ruleset *rules) { return rules->rule_count; }

void score_ruleset_free(struct score_ruleset *rules)
{
    if (!rules) return;
    for (size_t i = 0; i < rules->pattern_count; i++) pattern_free(rules->patterns[i]);
    for (size_t i = 0; i < rules->list_count; i++) list_release(&rules->lists[i]->list);
    for (size_t i = 0; i < rules->group_count; i++) memory_free(rules->groups[i].rules);
    for (size_t i = 0; i < rules->grade_count; i++) memory_free(rules->grades[i].steps);
    for (size_t i = 0; i < rules->field_count; i++) {
        score_words_release(&rules->fields[i].words);
        literals_release(&rules->fields[i].literals);
    }
    for (size_t i = 0; i < rules->expect_count; i++) {
        memory_free(rules->expects[i].settings);
        memory_free(rules->expects[i].outcomes);
    }
    memory_free(rules->tiers.replaced);
    memory_free(rules->lifecycles.replaced);
    void *const arrays[] = {
        rules->inputs,  rules->fields,        rules->tests,        rules->steps,
        rules->groups,  rules->vetoes,        rules->tiers.items,  rules->lifecycles.items,
        rules->grades,  rules->sources.items, rules->lists,        rules->patterns,
        rules->expects, rules->declared,      rules->extra_members};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) memory_free(arrays[i]);
    arena_release(&rules->arena);
    memory_free(rules);
}
