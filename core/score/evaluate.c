// Applying the rules to a record.
#include "worker.h"

static void make_memos(struct score_worker *worker, const struct score_plan plans[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (plans[i].type == TYPE_TIME || plans[i].when_present) continue;
        struct score_memo *memo = &worker->memos[plans[i].field];
        memo->slot_bytes = plans[i].slot_bytes * ((size_t)1 << (64 - plans[i].slot_shift));
        memo->slots = memory_map(memo->slot_bytes);
    }
}

struct score_worker *score_worker_new(const struct score_ruleset *rules)
{
    struct score_worker *worker = memory_zeroed(1, sizeof *worker);
    worker->bit_words = rules->word_count + 1;
    worker->rule_words = rules->rule_count / 64 + 1;
    worker->field_count = rules->field_count + 1;
    worker->row_bits = memory_zeroed(SCORE_ROWS_MAX * worker->bit_words, sizeof *worker->row_bits);
    worker->row_rule_bits =
        memory_zeroed(SCORE_ROWS_MAX * worker->rule_words, sizeof *worker->row_rule_bits);
    worker->row_values =
        memory_zeroed(SCORE_ROWS_MAX * worker->field_count, sizeof *worker->row_values);
    worker->future = memory_zeroed(worker->field_count, sizeof *worker->future);
    worker->answers =
        memory_zeroed(rules->word_count + worker->rule_words + 1, sizeof *worker->answers);
    worker->numbers = memory_zeroed(rules->group_count + 1, sizeof *worker->numbers);
    worker->memos = memory_zeroed(worker->field_count, sizeof *worker->memos);
    worker->group_points = memory_zeroed(rules->group_count + 1, sizeof *worker->group_points);
    worker->parts = memory_zeroed(rules->part_max, sizeof *worker->parts);
    worker->notes = memory_zeroed(rules->part_max, sizeof *worker->notes);
    worker->vetoes = memory_zeroed(rules->veto_count + 1, sizeof *worker->vetoes);
    worker->extra_count = rules->extra_count;
    worker->extra = memory_zeroed(SCORE_ROWS_MAX * rules->extra_count + 1, sizeof *worker->extra);
    worker->columns = memory_alloc((rules->input_count + 1) * sizeof *worker->columns);
    worker->key = memory_zeroed(worker->rule_words + rules->choice_word_count, sizeof *worker->key);
    worker->scratch = pattern_scratch_new();
    make_memos(worker, rules->plans, rules->plan_count);
    make_memos(worker, rules->results, rules->result_count);
    score_make_sources(rules, worker);
    return worker;
}

void score_worker_free(struct score_worker *worker)
{
    if (!worker) return;
    for (size_t i = 0; i < worker->field_count; i++) {
        memory_unmap(worker->memos[i].slots, worker->memos[i].slot_bytes);
        if (worker->memos[i].has_cache) cache_release(&worker->memos[i].cache);
    }
    void *const arrays[] = {worker->row_bits,
                            worker->row_rule_bits,
                            worker->row_values,
                            worker->source_bits,
                            worker->source_rule_bits,
                            worker->answers,
                            worker->memos,
                            worker->group_points,
                            worker->numbers,
                            worker->parts,
                            worker->notes,
                            worker->vetoes,
                            worker->extra,
                            worker->key,
                            worker->future,
                            worker->columns};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) memory_free(arrays[i]);
    score_outcomes_release(&worker->outcomes);
    buffer_release(&worker->fold);
    buffer_release(&worker->clean);
    buffer_release(&worker->lower);
    buffer_release(&worker->source);
    if (worker->sources.slots) cache_release(&worker->sources);
    arena_release(&worker->arena);
    pattern_scratch_free(worker->scratch);
    memory_free(worker);
}

const struct score_counts *score_worker_counts(const struct score_worker *worker)
{
    return &worker->counts;
}

bool score_next_future(const struct score_ruleset *rules, struct score_worker *worker, size_t *at,
                       str *field, uint64_t *count)
{
    while (*at < rules->field_count && worker->future[*at] == 0) ++*at;
    if (*at == rules->field_count) return false;
    *field = rules->fields[*at].name;
    *count = worker->future[*at];
    worker->future[*at] = 0;
    return true;
}

// Points for every whole unit of the field's value, up to the most.
static int32_t points_per(const struct score_worker *worker, const struct score_rule *rule)
{
    const struct score_value *value = &worker->values[rule->per_field];
    if (!value->is_known || value->number <= 0 || rule->points == 0) return 0;
    int64_t units = value->number / rule->unit;
    int32_t size = rule->points < 0 ? -rule->points : rule->points;
    int32_t total = units > rule->most / size ? rule->most : (int32_t)units * size;
    return rule->points < 0 ? -total : total;
}

static int32_t decayed(struct score_worker *worker, const struct score_rule *rule, int32_t points)
{
    if (rule->decay.kind == DECAY_NONE || points <= 0) return points;
    const int *fields = rule->decay.fields;
    const struct score_value *date = &worker->values[fields[0]];
    if (!date->is_known && fields[1] >= 0) date = &worker->values[fields[1]];
    worker->counts.dates_missing += !date->is_known;
    return date->is_known ? score_decay_points(&rule->decay, points, date->number, &worker->left)
                          : points;
}

static void add_part(struct score_worker *worker, int32_t points, uint32_t rule, str reason)
{
    worker->parts[worker->part_count++] =
        (struct score_part){.points = points, .rule = rule, .reason = reason};
}

// Sets the bits of the rules that no single field can tell.
static void judge_mixed(const struct score_ruleset *rules, struct score_worker *worker)
{
    for (size_t i = 0; i < rules->mixed_count; i++) {
        uint32_t number = rules->mixed[i];
        const struct score_rule *rule = rules->by_order[number];
        uint64_t holds = rule->is_per ? points_per(worker, rule) != 0
                                      : condition_holds(rules, rule->when, worker->bits);
        worker->rule_bits[number / 64] |= holds << number % 64;
    }
}

// The first rule from `at` on that is true, or one that is not below end.
static uint32_t next_rule(const struct score_worker *worker, uint32_t at, uint32_t end)
{
    if (at >= end) return end;
    size_t word = at / 64;
    uint64_t left = worker->rule_bits[word] >> at % 64 << at % 64;
    while (left == 0) {
        if (++word * 64 >= end) return end;
        left = worker->rule_bits[word];
    }
    return (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(left);
}

static int32_t hold_in_limits(struct score_worker *worker, const struct score_group *group,
                              int32_t points)
{
    if (!group->has_limits) return points;
    int32_t held = points < group->from ? group->from : points > group->to ? group->to : points;
    if (held != points && !group->is_apart) {
        add_part(worker, held - points, SCORE_NO_RULE,
                 points < held ? group->floor_text : group->limit_text);
    }
    return held;
}

static int32_t apply_group(const struct score_ruleset *rules, struct score_worker *worker,
                           uint32_t index, bool *any_rule)
{
    const struct score_group *group = &rules->groups[index];
    int32_t sum = 0;
    uint32_t end = group->first_order + (uint32_t)group->count, done_chain = UINT32_MAX;
    for (uint32_t at = next_rule(worker, group->first_order, end); at < end;
         at = next_rule(worker, at + 1, end)) {
        const struct score_rule *rule = rules->by_order[at];
        if (rule->chain == done_chain) continue; // a line above it in its chain was true
        done_chain = rule->chain;
        *any_rule = true;
        int32_t points = rule->is_per ? points_per(worker, rule) : rule->points;
        points = decayed(worker, rule, points);
        if (points == 0) continue;
        sum += points;
        if (group->is_apart) {
            worker->notes[worker->note_count++] = (struct score_note){index, rule};
        } else {
            add_part(worker, points, at, rule->reason);
        }
    }
    return hold_in_limits(worker, group, sum);
}

static int32_t group_points(const struct score_worker *worker, int group)
{
    return group < 0 ? 0 : worker->group_points[group];
}

static inline bool result_holds(const struct score_worker *worker, const struct result_test *test)
{
    int64_t number = worker->numbers[test->number];
    return (number >= test->low && number <= test->high) != test->is_outside;
}

// condition_holds for conditions that may speak of results.
static bool choice_holds(const struct score_ruleset *rules, const struct score_worker *worker,
                         struct score_condition when)
{
    int32_t at = when.start;
    while (at >= 0) {
        const struct score_step *step = &rules->steps[at];
        bool holds = step->bit & STEP_RESULT
                         ? result_holds(worker, &rules->result_tests[step->bit & ~STEP_RESULT])
                         : worker->bits[step->bit / 64] >> step->bit % 64 & 1;
        at = holds ? step->yes : step->no;
    }
    return at == STEP_TRUE;
}

// The first choice that holds, or NULL.
static const struct score_choice *choose(const struct score_ruleset *rules,
                                         const struct score_worker *worker,
                                         const struct score_choices *choices)
{
    for (size_t i = 0; i < choices->count; i++) {
        if (choice_holds(rules, worker, choices->items[i].when)) return &choices->items[i];
    }
    return NULL;
}

// Applies all groups and adds up; sets the bits of their results.
static void add_up(const struct score_ruleset *rules, struct score_worker *worker, bool *any_rule,
                   struct score_result *out)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < rules->group_count; i++) {
        worker->group_points[i] = apply_group(rules, worker, i, any_rule);
        if (!rules->groups[i].is_apart) sum += worker->group_points[i];
        worker->numbers[i + 1] = (int64_t)worker->group_points[i] * 1000;
    }
    out->score_raw = sum;
    out->score = sum < 0 ? 0 : sum > SCORE_MAX ? SCORE_MAX : sum;
    if (out->score != sum) {
        add_part(worker, out->score - sum, SCORE_NO_RULE,
                 sum < 0 ? STR("score is at least 0") : STR("score is at most 100"));
    }
    worker->numbers[0] = (int64_t)out->score * 1000;
}

static str make_grade(const struct score_ruleset *rules, const struct score_worker *worker,
                      struct arena *arena)
{
    const struct score_grade *grades = rules->grades;
    if (rules->grade_count == 0) return (str){"", 0};
    str labels[4];
    size_t count = 0, len = 0;
    for (size_t i = 0; i < rules->grade_count && count < 4; i++) {
        const struct score_step_of_grade *step = grades[i].steps;
        while (worker->group_points[grades[i].group] < step->from) step++;
        labels[count++] = step->label;
        len += step->label.len;
    }
    char *text = arena_bytes(arena, len), *at = text;
    for (size_t i = 0; i < count; i++) {
        memcpy(at, labels[i].data, labels[i].len);
        at += labels[i].len;
    }
    return (str){text, len};
}

static void apply_vetoes(const struct score_ruleset *rules, struct score_worker *worker,
                         struct score_result *out)
{
    for (uint32_t i = 0; i < rules->veto_count; i++) {
        if (!choice_holds(rules, worker, rules->vetoes[i].when)) continue;
        worker->vetoes[worker->veto_count++] = i;
        if (rules->vetoes[i].verdict > out->verdict) out->verdict = rules->vetoes[i].verdict;
    }
}

static void decide(const struct score_ruleset *rules, struct score_worker *worker,
                   struct arena *arena, struct score_result *out)
{
    out->grade = make_grade(rules, worker, arena);
    score_set_text(rules, worker, ORIGIN_GRADE, out->grade);
    const struct score_choice *tier = choose(rules, worker, &rules->tiers);
    out->tier = tier ? tier->tier : TIER_COLD;
    score_set_text(rules, worker, ORIGIN_TIER, score_tier_name(out->tier));
    apply_vetoes(rules, worker, out);
    const struct score_choice *lifecycle = choose(rules, worker, &rules->lifecycles);
    out->lifecycle = lifecycle ? lifecycle->name : (str){"", 0};
    if (out->verdict == SCORE_SET_ASIDE) out->lifecycle = STR("set_aside");
    if (out->verdict == SCORE_DISCARD) out->lifecycle = STR("discarded");
}

static void work_out(const struct score_ruleset *rules, struct score_worker *worker,
                     struct arena *arena, struct score_result *out)
{
    bool any_rule = false;
    *out = (struct score_result){0};
    worker->part_count = worker->note_count = worker->veto_count = 0;
    add_up(rules, worker, &any_rule, out);
    decide(rules, worker, arena, out);
    out->fit = group_points(worker, rules->group_fit);
    out->engagement = group_points(worker, rules->group_engagement);
    out->source_points = group_points(worker, rules->group_source);
    out->suspicion = group_points(worker, rules->group_suspicion);
    if (!worker->skips_reasons) score_write_reasons(rules, worker, any_rule, arena, out);
}

static void evaluate_row(const struct score_ruleset *rules, struct score_worker *worker,
                         struct arena *arena, struct score_result *out)
{
    bool is_known;
    judge_mixed(rules, worker);
    struct score_kept *kept = score_recall_outcome(rules, worker, &is_known);
    if (is_known) {
        score_give_outcome(kept, arena, out);
        return;
    }
    work_out(rules, worker, arena, out);
    if (kept) score_keep_outcome(kept, out);
}

void score_evaluate_rows(const struct score_ruleset *rules, struct score_worker *worker,
                         const str *const columns[], uint32_t count, struct arena *arena,
                         struct score_result results[])
{
    score_read_rows(rules, worker, columns, count);
    for (uint32_t row = 0; row < count; row++) {
        score_go_to(worker, row);
        evaluate_row(rules, worker, arena, &results[row]);
    }
}

void score_evaluate(const struct score_ruleset *rules, struct score_worker *worker,
                    const str values[], struct arena *arena, struct score_result *out)
{
    for (size_t i = 0; i < rules->input_count; i++) worker->columns[i] = &values[i];
    score_evaluate_rows(rules, worker, worker->columns, 1, arena, out);
}

void score_worker_skip_reasons(struct score_worker *worker) { worker->skips_reasons = true; }
