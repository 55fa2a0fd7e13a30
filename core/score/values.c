// Reading the fields of a record.
#include "json.h"
#include "worker.h"

// Bits and rule_bits are a row's words of the plan's field.
static inline void put_answers(const struct score_plan *plan, const uint64_t answers[],
                               uint64_t bits[], uint64_t rule_bits[])
{
    if (plan->is_small) {
        bits[0] = answers[0];
        rule_bits[0] |= answers[1];
        return;
    }
    for (uint32_t i = 0; i < plan->word_count; i++) bits[i] = answers[i];
    for (uint32_t i = 0; i < plan->rule_word_count; i++) {
        rule_bits[i] |= answers[plan->word_count + i];
    }
}

// For the current row.
static void take_answers(struct score_worker *worker, const struct score_plan *plan,
                         const uint64_t answers[])
{
    put_answers(plan, answers, worker->bits + plan->first_word,
                worker->rule_bits + plan->first_rule_word);
}

// The bytes of a value of 1 to 32 bytes as four numbers, which with its length tell it apart from
// every other.
static inline void short_key(str text, uint64_t key[4])
{
    const char *end = text.data + text.len;
    key[1] = key[2] = key[3] = 0;
    if (text.len >= 8) {
        memcpy(&key[0], text.data, 8);
        memcpy(&key[1], end - 8, 8);
        if (text.len <= 16) return;
        memcpy(&key[2], text.data + 8, 8);
        memcpy(&key[3], end - 16, 8);
    } else if (text.len >= 4) {
        uint32_t head, tail;
        memcpy(&head, text.data, 4);
        memcpy(&tail, end - 4, 4);
        key[0] = (uint64_t)tail << 32 | head;
    } else {
        const unsigned char *bytes = (const unsigned char *)text.data;
        key[0] =
            (uint64_t)bytes[text.len - 1] << 16 | (uint64_t)bytes[text.len / 2] << 8 | bytes[0];
    }
}

static inline struct short_slot *slot_of(const struct score_memo *memo,
                                         const struct score_plan *plan, str text,
                                         const uint64_t key[4])
{
    uint64_t mixed = key[0] ^ (key[1] << 1 | key[1] >> 63) ^ (uint64_t)text.len << 56;
    if (text.len > 16) mixed ^= key[2] * 0xC2B2AE3D27D4EB4Fu ^ key[3] << 3;
    mixed *= 0x9E3779B97F4A7C15u;
    return (struct short_slot *)(void *)(memo->slots +
                                         (mixed >> plan->slot_shift) * plan->slot_bytes);
}

// Whether the slot holds the value's answers; else it is the value's from now on, to be filled.
static inline bool is_kept(struct short_slot *slot, str text, const uint64_t key[4])
{
    uint64_t differs = (slot->key[0] ^ key[0]) | (slot->key[1] ^ key[1]) | (slot->key[2] ^ key[2]) |
                       (slot->key[3] ^ key[3]) | (slot->len ^ text.len);
    if (differs == 0) return true;
    memcpy(slot->key, key, sizeof slot->key);
    slot->len = text.len;
    return false;
}

// A short value's answers, good until the next call.
static inline const uint64_t *short_answers(const struct score_ruleset *rules,
                                            struct score_worker *worker,
                                            const struct score_plan *plan, str text)
{
    struct score_memo *memo = &worker->memos[plan->field];
    uint64_t key[4];
    short_key(text, key);
    struct short_slot *slot = slot_of(memo, plan, text, key);
    if (!is_kept(slot, text, key)) {
        score_answer_text(rules, worker, plan, text, slot->answers);
        memo->short_misses++;
    }
    return slot->answers;
}

static const uint64_t *long_answers(const struct score_ruleset *rules, struct score_worker *worker,
                                    const struct score_plan *plan, str text)
{
    struct score_memo *memo = &worker->memos[plan->field];
    uint64_t *answers = worker->answers; // not to be remembered
    bool known = false;
    if (!memo->is_useless) answers = score_recall_long(memo, plan, text, &known);
    if (!known) score_answer_text(rules, worker, plan, text, answers);
    return answers;
}

// A text for the current row.
static void read_text(const struct score_ruleset *rules, struct score_worker *worker,
                      const struct score_plan *plan, str text)
{
    const uint64_t *answers = plan->when_present;
    if (!answers) {
        answers = text.len > SHORT_MAX ? long_answers(rules, worker, plan, text)
                                       : short_answers(rules, worker, plan, text);
    }
    take_answers(worker, plan, answers);
}

static void read_present(struct score_worker *worker, const struct score_plan *plan,
                         const str texts[], uint32_t count)
{
    uint64_t *bits = worker->row_bits + plan->first_word;
    uint64_t *rule_bits = worker->row_rule_bits + plan->first_rule_word;
    for (uint32_t row = 0; row < count; row++) {
        if (texts[row].len) put_answers(plan, plan->when_present, bits, rule_bits);
        bits += worker->bit_words;
        rule_bits += worker->rule_words;
    }
}

// Texts of which there are few: the row before often has the very same, in the same place.
static void read_few(const struct score_ruleset *rules, struct score_worker *worker,
                     const struct score_plan *plan, const str texts[], uint32_t count)
{
    const uint64_t *answers = NULL;
    str last = {0};
    uint64_t *bits = worker->row_bits, *rule_bits = worker->row_rule_bits + plan->first_rule_word;
    for (uint32_t row = 0; row < count; row++) {
        str text = texts[row];
        if (text.len && (text.data != last.data || text.len != last.len)) {
            worker->bits = bits;
            answers = text.len > SHORT_MAX ? long_answers(rules, worker, plan, text)
                                           : short_answers(rules, worker, plan, text);
            last = text;
        }
        if (text.len) put_answers(plan, answers, bits + plan->first_word, rule_bits);
        bits += worker->bit_words;
        rule_bits += worker->rule_words;
    }
}

// Where the answers about a text are looked for.
struct asked {
    uint64_t key[4];
    struct short_slot *slot; // NULL: not in the memory of short values
};

static inline const uint64_t *answers_to(const struct score_ruleset *rules,
                                         struct score_worker *worker, const struct score_plan *plan,
                                         str text, const struct asked *asked)
{
    uint64_t *answers = worker->answers; // not to be remembered
    if (asked->slot) {
        if (is_kept(asked->slot, text, asked->key)) return asked->slot->answers;
        answers = asked->slot->answers;
        worker->memos[plan->field].short_misses++;
    } else if (text.len > SHORT_MAX) {
        return long_answers(rules, worker, plan, text);
    }
    score_answer_text(rules, worker, plan, text, answers);
    return answers;
}

// Texts of which there are many: the slots of all rows are fetched before the first is read.
static void read_many(const struct score_ruleset *rules, struct score_worker *worker,
                      const struct score_plan *plan, const str texts[], uint32_t count)
{
    struct score_memo *memo = &worker->memos[plan->field];
    struct asked asked[SCORE_ROWS_MAX];
    bool is_useless = memo->short_is_useless;
    uint64_t lookups = 0;
    for (uint32_t row = 0; row < count; row++) {
        asked[row].slot = NULL;
        if (texts[row].len - 1 >= SHORT_MAX || is_useless) continue; // empty ones, too
        short_key(texts[row], asked[row].key);
        asked[row].slot = slot_of(memo, plan, texts[row], asked[row].key);
        __builtin_prefetch(asked[row].slot, 1);
        lookups++;
    }
    memo->short_lookups += lookups;
    uint64_t *bits = worker->row_bits, *rule_bits = worker->row_rule_bits + plan->first_rule_word;
    for (uint32_t row = 0; row < count; row++) {
        if (texts[row].len) {
            worker->bits = bits;
            const uint64_t *answers = answers_to(rules, worker, plan, texts[row], &asked[row]);
            put_answers(plan, answers, bits + plan->first_word, rule_bits);
        }
        bits += worker->bit_words;
        rule_bits += worker->rule_words;
    }
    if (memo->short_lookups >= SCORE_TRIAL_LOOKUPS && !memo->is_tried) {
        memo->is_tried = true;
        memo->short_is_useless = memo->short_lookups - memo->short_misses < SCORE_TRIAL_HITS_MIN;
    }
}

// Fills answers of a number or date that is there, whether it could be read or not.
static void judge_number(const struct score_ruleset *rules, struct score_worker *worker,
                         const struct score_plan *plan, const struct score_value *value,
                         uint64_t answers[])
{
    uint64_t *bits = worker->bits + plan->first_word;
    for (uint32_t i = 0; i < plan->word_count; i++) bits[i] = 0;
    for (uint32_t i = 0; i < plan->number_test_count; i++) {
        const struct number_test *test = &plan->number_tests[i];
        int64_t number = test->of_seconds ? value->seconds : value->number;
        bool inside = number >= test->low && number <= test->high;
        uint64_t answer = value->is_known ? inside != test->is_outside : test->if_unreadable;
        bits[i / 64] |= answer << i % 64;
    }
    for (uint32_t i = 0; i < plan->word_count; i++) answers[i] = bits[i];
    score_judge_rules(rules, &rules->fields[plan->field], worker->bits, answers + plan->word_count);
}

static void read_number(const struct score_ruleset *rules, struct score_worker *worker,
                        const struct score_plan *plan, str text)
{
    struct score_value *value = &worker->values[plan->field];
    if (text.len > SHORT_MAX) {
        value->is_known = score_number_parse(text, &value->number);
        judge_number(rules, worker, plan, value, worker->answers);
        take_answers(worker, plan, worker->answers);
        return;
    }
    uint64_t key[4];
    short_key(text, key);
    struct short_slot *slot = slot_of(&worker->memos[plan->field], plan, text, key);
    uint64_t *answers = slot->answers;
    uint64_t *kept = &answers[plan->answer_words - 1]; // the number itself, INT64_MIN = none
    if (!is_kept(slot, text, key)) {
        value->is_known = score_number_parse(text, &value->number);
        *kept = (uint64_t)(value->is_known ? value->number : INT64_MIN);
        judge_number(rules, worker, plan, value, answers);
    }
    value->number = (int64_t)*kept;
    value->is_known = value->number != INT64_MIN;
    take_answers(worker, plan, answers);
}

static void read_time(const struct score_ruleset *rules, struct score_worker *worker,
                      const struct score_plan *plan, str text)
{
    struct score_value *value = &worker->values[plan->field];
    int64_t time = 0, day = 0;
    value->is_known = !plan->needs_seconds && score_plain_day(text, &day);
    if (!value->is_known) {
        value->is_known = timestamp_parse(text, &time);
        value->seconds = rules->as_of > time ? rules->as_of - time : 0;
        day = day_of(time);
    }
    if (value->is_known) {
        worker->counts.dates_future += day > rules->as_of_day;
        worker->future[plan->field] += day > rules->as_of_day;
        value->number = rules->as_of_day > day ? rules->as_of_day - day : 0;
    }
    judge_number(rules, worker, plan, value, worker->answers);
    take_answers(worker, plan, worker->answers);
}

static str joined_name(struct score_worker *worker, str first, str last)
{
    if (first.len == 0) return last;
    if (last.len == 0) return first;
    return arena_join(&worker->arena, first, ' ', last);
}

static str domain_of(str email)
{
    const char *at = email.len ? memrchr(email.data, '@', email.len) : NULL;
    return at ? str_from(email, (size_t)(at - email.data) + 1) : (str){"", 0};
}

// Blanks at the ends do not count; most values have none.
static inline str trimmed(str s)
{
    if (s.len == 0) return s;
    // Cheap test first: every blank is at or below ' '.
    bool has_edge = (unsigned char)s.data[0] <= ' ' || (unsigned char)s.data[s.len - 1] <= ' ';
    return has_edge ? str_trim(s) : s;
}

static size_t bytes_of_bits(const struct score_ruleset *rules)
{
    return rules->word_count * sizeof(uint64_t);
}

// The texts of a field in all rows: in texts, or as they stand in the column. Of a column's the
// blanks at the ends are taken off only when they are judged.
static const str *field_texts(struct score_worker *worker, const struct score_plan *plan,
                              const str *const columns[], uint32_t count, str texts[])
{
    const str *values = columns[plan->input];
    switch (plan->origin) {
    case ORIGIN_NAME:
        for (uint32_t row = 0; row < count; row++) {
            texts[row] =
                joined_name(worker, trimmed(values[row]), trimmed(columns[plan->input2][row]));
        }
        return texts;
    case ORIGIN_DOMAIN:
        for (uint32_t row = 0; row < count; row++) texts[row] = domain_of(trimmed(values[row]));
        return texts;
    case ORIGIN_EXTRA:
        for (uint32_t row = 0; row < count; row++) {
            texts[row] = trimmed(worker->extra[row * worker->extra_count + plan->input2]);
        }
        return texts;
    default: break;
    }
    if (plan->type == TYPE_TEXT && !plan->when_present) return values;
    for (uint32_t row = 0; row < count; row++) texts[row] = trimmed(values[row]);
    return texts;
}

static void read_numbers(const struct score_ruleset *rules, struct score_worker *worker,
                         const struct score_plan *plan, const str texts[], uint32_t count)
{
    for (uint32_t row = 0; row < count; row++) {
        score_go_to(worker, row);
        if (texts[row].len == 0)
            worker->values[plan->field].is_known = false;
        else if (plan->type == TYPE_NUMBER)
            read_number(rules, worker, plan, texts[row]);
        else
            read_time(rules, worker, plan, texts[row]);
    }
}

static void read_missing(struct score_worker *worker, const struct score_plan *plan,
                         const str texts[], uint32_t count)
{
    for (uint32_t row = 0; row < count; row++) {
        if (texts[row].len) continue;
        score_go_to(worker, row);
        take_answers(worker, plan, plan->when_missing);
    }
}

// What holds before a field is read: of missing values, and of the levels of the row's source.
static void begin_rows(const struct score_ruleset *rules, struct score_worker *worker,
                       const str *const columns[], uint32_t count)
{
    arena_reset(&worker->arena);
    for (uint32_t row = 0; row < count; row++) {
        score_go_to(worker, row);
        if (rules->extra_count) {
            score_json_members(columns[rules->extra_input][row], rules->extra_members,
                               rules->extra_count, &worker->arena,
                               worker->extra + row * worker->extra_count);
        }
        if (rules->sources.is_used) {
            str values[3];
            for (int i = 0; i < 3; i++) values[i] = columns[rules->source_inputs[i]][row];
            score_find_source(rules, worker, values);
        }
        memcpy(worker->bits, worker->base_bits, bytes_of_bits(rules));
        worker->rule_bits[0] = worker->base_rule_bits[0]; // mostly the only one
        for (size_t i = 1; i < worker->rule_words; i++) {
            worker->rule_bits[i] = worker->base_rule_bits[i];
        }
    }
}

void score_read_rows(const struct score_ruleset *rules, struct score_worker *worker,
                     const str *const columns[], uint32_t count)
{
    begin_rows(rules, worker, columns, count);
    for (size_t i = 0; i < rules->plan_count; i++) {
        const struct score_plan *plan = &rules->plans[i];
        str room[SCORE_ROWS_MAX];
        const str *texts = field_texts(worker, plan, columns, count, room);
        if (plan->missing_counts) read_missing(worker, plan, texts, count);
        if (plan->type != TYPE_TEXT)
            read_numbers(rules, worker, plan, texts, count);
        else if (plan->when_present)
            read_present(worker, plan, texts, count);
        else if (plan->is_fetched_ahead)
            read_many(rules, worker, plan, texts, count);
        else
            read_few(rules, worker, plan, texts, count);
    }
}

void score_set_text(const struct score_ruleset *rules, struct score_worker *worker,
                    enum field_origin origin, str text)
{
    for (size_t i = 0; i < rules->result_count; i++) {
        const struct score_plan *plan = &rules->results[i];
        if (plan->origin != origin) continue;
        if (text.len == 0)
            take_answers(worker, plan, plan->when_missing);
        else
            read_text(rules, worker, plan, text);
    }
}
