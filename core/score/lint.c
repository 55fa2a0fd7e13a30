// Warnings: lines that are understood but cannot do what they seem to.
#include "core/base/suggest.h"
#include "core/lead/words.h"
#include "parse.h"

static void unused_lists(const struct score_ruleset *rules, struct diagnostics *found)
{
    for (size_t i = 0; i < rules->list_count; i++) {
        const struct score_list *list = rules->lists[i];
        if (list->is_used || list->layer > 0) continue; // an included file may serve others
        diagnostics_add(found, SEVERITY_WARNING, list->place, NULL, "list \"%.*s\" is never used",
                        STR_ARG(list->name));
    }
}

static bool word_stands_in(str phrase, str text)
{
    struct word_table table = {0};
    uint64_t bits[1] = {0};
    score_words_add(&table, phrase, 0);
    score_words_seal(&table);
    score_words_search(&table, text, bits);
    score_words_release(&table);
    return bits[0] != 0;
}

static bool text_in(str text, str wanted)
{
    return wanted.len <= text.len && memmem(text.data, text.len, wanted.data, wanted.len);
}

// Whether the earlier test is true whenever the later one is.
static bool test_implies(const struct score_test *later, const struct score_test *earlier)
{
    if (later->field != earlier->field || later->kind == TEST_MISSING) return false;
    bool is_text = later->kind >= TEST_IS && later->kind <= TEST_HAS_WORD;
    bool holds_text = is_text && later->kind != TEST_IS_NOT; // the value holds later->text
    switch (earlier->kind) {
    case TEST_PRESENT: return true;
    case TEST_CONTAINS:
        if (later->kind == TEST_HAS_WORD && str_find(earlier->text, ' ') >= 0) return false;
        return holds_text && text_in(later->text, earlier->text);
    case TEST_STARTS:
        return (later->kind == TEST_IS || later->kind == TEST_STARTS) &&
               str_starts(later->text, earlier->text);
    case TEST_ENDS:
        return (later->kind == TEST_IS || later->kind == TEST_ENDS) &&
               str_ends(later->text, earlier->text);
    case TEST_HAS_WORD:
        return (later->kind == TEST_IS || later->kind == TEST_HAS_WORD) &&
               word_stands_in(earlier->text, later->text);
    case TEST_IN: return later->kind == TEST_IS && list_has(&earlier->list->list, later->text);
    case TEST_IN_DOMAINS:
        return later->kind == TEST_IS && list_has_domain(&earlier->list->list, later->text);
    case TEST_RANGE:
    case TEST_DAYS_RANGE:
    case TEST_SECONDS_RANGE:
        return later->kind == earlier->kind && earlier->low <= later->low &&
               later->high <= earlier->high;
    case TEST_MISSING:
    case TEST_IS:
    case TEST_IS_NOT:
    case TEST_MATCHES:
    case TEST_MATCHES_NOT:
    case TEST_OUTSIDE: break;
    }
    return false;
}

bool score_implies(const struct score_ruleset *rules, const struct score_node *later,
                   const struct score_node *earlier)
{
    if (later->kind == NODE_OR) {
        return score_implies(rules, later->left, earlier) &&
               score_implies(rules, later->right, earlier);
    }
    if (earlier->kind == NODE_AND) {
        return score_implies(rules, later, earlier->left) &&
               score_implies(rules, later, earlier->right);
    }
    if (later->kind == NODE_AND) {
        return score_implies(rules, later->left, earlier) ||
               score_implies(rules, later->right, earlier);
    }
    if (earlier->kind == NODE_OR) {
        return score_implies(rules, later, earlier->left) ||
               score_implies(rules, later, earlier->right);
    }
    if (later->kind == NODE_NOT && earlier->kind == NODE_NOT) {
        return score_implies(rules, earlier->left, later->left);
    }
    if (later->kind != NODE_TEST || earlier->kind != NODE_TEST) return false;
    return later->test == earlier->test ||
           test_implies(&rules->tests[later->test], &rules->tests[earlier->test]);
}

// Lines of a chain that an earlier, wider line hides, and lines that say the same twice.
static void hidden_lines(const struct score_ruleset *rules, const struct score_group *group,
                         struct diagnostics *found)
{
    enum { LOOK_BACK_MAX = 200 };
    for (size_t i = 1; i < group->count; i++) {
        const struct score_rule *later = &group->rules[i];
        bool in_chain = later->is_else;
        for (size_t back = 1; back <= i && back <= LOOK_BACK_MAX; back++) {
            const struct score_rule *earlier = &group->rules[i - back];
            if (!later->when.node || !earlier->when.node) {
                in_chain &= earlier->is_else;
                continue;
            }
            bool implies = score_implies(rules, later->when.node, earlier->when.node);
            if (in_chain && implies) {
                diagnostics_add(found, SEVERITY_WARNING, later->place, NULL,
                                "this line never counts: line %d above is true whenever it is",
                                earlier->place.line);
                break;
            }
            if (implies && score_implies(rules, earlier->when.node, later->when.node)) {
                diagnostics_add(found, SEVERITY_WARNING, later->place, NULL,
                                "the same condition stands in line %d already",
                                earlier->place.line);
                break;
            }
            in_chain &= earlier->is_else;
        }
    }
}

static int32_t most_of(const struct score_rule *rule)
{
    if (rule->points <= 0) return 0;
    return rule->is_per ? rule->most : rule->points;
}

// The most anyone can get in a group: the best line of every chain, within the limits.
static int32_t reachable(const struct score_group *group)
{
    int32_t sum = 0, best = 0;
    for (size_t i = 0; i < group->count; i++) {
        int32_t most = most_of(&group->rules[i]);
        if (!group->rules[i].is_else) {
            sum += best;
            best = 0;
        }
        if (most > best) best = most;
    }
    sum += best;
    if (group->has_limits && sum > group->to) sum = group->to;
    if (group->has_limits && sum < group->from) sum = group->from;
    return sum;
}

static void large_points(const struct score_group *group, struct diagnostics *found)
{
    for (size_t i = 0; group->has_limits && i < group->count; i++) {
        const struct score_rule *rule = &group->rules[i];
        int32_t points = rule->points > 0 ? most_of(rule)
                         : rule->is_per   ? -rule->most
                                          : rule->points;
        if (points > group->to && points > 0) {
            diagnostics_add(found, SEVERITY_WARNING, rule->place, NULL,
                            "%+d is more than the limit of group %.*s, which is %d", (int)points,
                            STR_ARG(group->name), (int)group->to);
        }
        if (points + group->to < group->from && points < 0) {
            diagnostics_add(found, SEVERITY_WARNING, rule->place, NULL,
                            "%+d is below the floor of group %.*s, which is %d", (int)points,
                            STR_ARG(group->name), (int)group->from);
        }
    }
}

// "fit 30 + engagement 50" into out.
static int64_t write_sum(const struct score_ruleset *rules, struct buffer *out)
{
    int64_t sum = 0;
    for (size_t i = 0; i < rules->group_count; i++) {
        const struct score_group *group = &rules->groups[i];
        if (group->is_apart) continue;
        buffer_format(out, "%s%.*s %d", out->len ? " + " : "", STR_ARG(group->name),
                      (int)group->reachable);
        sum += group->reachable;
    }
    return sum < SCORE_MAX ? sum : SCORE_MAX;
}

static void thresholds(struct score_ruleset *rules, struct diagnostics *found)
{
    struct buffer sum = {0};
    int64_t most = write_sum(rules, &sum);
    for (size_t i = 0; i < rules->test_count; i++) {
        const struct score_test *test = &rules->tests[i];
        const struct rule_field *field = &rules->fields[test->field];
        if (test->kind != TEST_RANGE || test->low == INT64_MIN) continue;
        bool is_above = test->low % 1000 == 1; // from "> 5", not ">= 5"
        const char *what = is_above ? "get above" : "reach";
        str low = score_number_text(&rules->arena, test->low - is_above);
        if (field->origin == ORIGIN_SCORE && test->low > most * 1000) {
            diagnostics_add(found, SEVERITY_WARNING, test->place, NULL,
                            "no lead can %s %.*s: the most anyone can score is %d (%.*s)", what,
                            STR_ARG(low), (int)most, STR_ARG(buffer_str(&sum)));
        }
        if (field->origin != ORIGIN_GROUP) continue;
        const struct score_group *group = &rules->groups[field->group_index];
        if (test->low > (int64_t)group->reachable * 1000) {
            diagnostics_add(found, SEVERITY_WARNING, test->place, NULL,
                            "no lead can %s %.*s: the most anyone can have in %.*s is %d", what,
                            STR_ARG(low), STR_ARG(group->name), (int)group->reachable);
        }
    }
    buffer_release(&sum);
    for (size_t i = 0; i < rules->grade_count; i++) {
        const struct score_grade *grade = &rules->grades[i];
        const struct score_group *group = &rules->groups[grade->group];
        for (size_t j = 0; j < grade->count; j++) {
            if (grade->steps[j].from <= group->reachable) continue;
            diagnostics_add(found, SEVERITY_WARNING, grade->steps[j].place, NULL,
                            "no lead can reach %d: the most anyone can have in %.*s is %d",
                            (int)grade->steps[j].from, STR_ARG(group->name), (int)group->reachable);
        }
    }
}

static void choice_order(const struct score_choices *choices, bool is_tiers,
                         struct diagnostics *found)
{
    for (size_t i = 1; i < choices->count; i++) {
        const struct score_choice *before = &choices->items[i - 1], *here = &choices->items[i];
        if (before->is_otherwise) {
            diagnostics_add(found, SEVERITY_WARNING, here->place, NULL,
                            "this line never counts: line %d says otherwise", before->place.line);
            return;
        }
        if (is_tiers && here->tier < before->tier) {
            diagnostics_add(found, SEVERITY_WARNING, here->place,
                            "the first line that is true wins: suspect, hot, warm, cold",
                            "%.*s comes after %.*s", STR_ARG(here->name), STR_ARG(before->name));
        }
    }
}

static bool has_choice(const struct score_choice items[], size_t count, str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(items[i].name, name)) return true;
    }
    return false;
}

// Lines of a nearer file take the place of all such lines of the file before: those without a line
// in it are gone, which is rarely meant. Without a tier a lead is cold.
static void lost_choices(struct score_ruleset *rules, const struct score_choices *choices,
                         bool is_tiers, struct diagnostics *found)
{
    struct buffer lost = {0};
    size_t count = 0;
    for (size_t i = 0; i < choices->replaced_count; i++) {
        str name = choices->replaced[i].name;
        bool is_default = is_tiers && str_equal(name, score_tier_name(TIER_COLD));
        if (is_default || has_choice(choices->items, choices->count, name) ||
            has_choice(choices->replaced, i, name)) {
            continue;
        }
        buffer_format(&lost, "%s%.*s", count++ ? ", " : "", STR_ARG(name));
    }
    if (count) {
        const char *path = choices->replaced[0].place.file, *slash = strrchr(path, '/');
        const char *file = slash ? slash + 1 : path;
        const char *what = is_tiers ? "tier" : "lifecycle";
        const char *hint =
            arena_format(&rules->arena, "copy the %s lines that are to stay from %s to this file",
                         what, file)
                .data;
        diagnostics_add(found, SEVERITY_WARNING, choices->items[0].place, hint,
                        "this replaces all %ss of %s: %.*s %s no line", what, file,
                        STR_ARG(buffer_str(&lost)), count == 1 ? "has" : "have");
    }
    buffer_release(&lost);
}

static bool has_letters_of_one_case(str expression)
{
    bool has_lower = false;
    for (size_t i = 0; i < expression.len; i++) {
        char c = expression.data[i];
        if (c == '\\' && i + 1 < expression.len) {
            i++;
            continue;
        }
        if (byte_is_upper(c)) return false;
        has_lower |= byte_is_letter(c);
    }
    return has_lower;
}

static void patterns(const struct score_ruleset *rules, struct diagnostics *found)
{
    struct pattern_scratch *scratch = pattern_scratch_new();
    for (size_t i = 0; i < rules->test_count; i++) {
        const struct score_test *test = &rules->tests[i];
        const struct rule_field *field = &rules->fields[test->field];
        if (!test->pattern) continue;
        if (pattern_search(test->pattern, scratch, STR("")) == PATTERN_YES) {
            diagnostics_add(found, SEVERITY_WARNING, test->place, NULL,
                            "this pattern is found in every text: it matches nothing at all");
        }
        bool is_address = str_starts(field->name, STR("email")) || field->is_domain;
        if (test->written.len == 0 && !field->is_words && !is_address &&
            has_letters_of_one_case(test->text)) {
            diagnostics_add(found, SEVERITY_WARNING, test->place,
                            "put an i behind it for either case:  /.../i",
                            "this pattern finds lower case only");
        }
    }
    pattern_scratch_free(scratch);
}

static bool is_among(const str words[], size_t count, str text)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(words[i], text)) return true;
    }
    return false;
}

static const char *nearest(struct arena *arena, const str words[], size_t count, str text)
{
    struct suggestion best = suggest_start(text);
    for (size_t i = 0; i < count; i++) suggest_offer(&best, words[i]);
    if (best.word.len) {
        return arena_format(arena, "did you mean \"%.*s\"?", STR_ARG(best.word)).data;
    }
    str all = STR("its words are:");
    for (size_t i = 0; i < count; i++) all = arena_join(arena, all, ' ', words[i]);
    return arena_cstring(arena, all);
}

// Words that a column of fixed words cannot hold.
static void unknown_words(struct score_ruleset *rules, struct diagnostics *found)
{
    for (size_t i = 0; i < rules->test_count; i++) {
        const struct score_test *test = &rules->tests[i];
        const struct rule_field *field = &rules->fields[test->field];
        bool is_word = test->kind == TEST_IS || test->kind == TEST_IS_NOT;
        if (!is_word && test->kind != TEST_HAS_WORD) continue;
        size_t count;
        bool is_level = field->origin == ORIGIN_LEVEL;
        const str *words = is_level ? score_level_words(&count) : lead_words(field->name, &count);
        // Two words in one cell, such as "email phone".
        bool is_several = str_find(test->text, ' ') >= 0;
        if (!words || is_several || is_among(words, count, test->text)) continue;
        diagnostics_add(found, SEVERITY_WARNING, test->place,
                        nearest(&rules->arena, words, count, test->text), "%.*s is never \"%.*s\"",
                        STR_ARG(field->name), STR_ARG(test->written));
    }
}

void score_lint(struct score_ruleset *rules, struct diagnostics *found)
{
    unused_lists(rules, found);
    for (size_t i = 0; i < rules->group_count; i++) {
        struct score_group *group = &rules->groups[i];
        group->reachable = reachable(group);
        large_points(group, found);
        hidden_lines(rules, group, found);
    }
    thresholds(rules, found);
    choice_order(&rules->tiers, true, found);
    choice_order(&rules->lifecycles, false, found);
    lost_choices(rules, &rules->tiers, true, found);
    lost_choices(rules, &rules->lifecycles, false, found);
    patterns(rules, found);
    unknown_words(rules, found);
    for (size_t i = 1; i < rules->sources.count; i++) {
        if (!rules->sources.items[i - 1].is_otherwise) continue;
        diagnostics_add(found, SEVERITY_WARNING, rules->sources.items[i].place, NULL,
                        "this row never counts: the one above says otherwise");
    }
}
