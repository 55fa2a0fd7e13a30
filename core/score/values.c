// Reading the fields of a record.
#include "json.h"
#include "worker.h"

static inline void take_answers(struct score_worker *worker, const struct score_plan *plan,
                                const uint64_t answers[])
{
    if (plan->is_small) {
        worker->bits[plan->first_word] = answers[0];
        worker->rule_bits[plan->first_rule_word] |= answers[1];
        return;
    }
    for (uint32_t i = 0; i < plan->word_count; i++) worker->bits[plan->first_word + i] = answers[i];
    for (uint32_t i = 0; i < plan->rule_word_count; i++) {
        worker->rule_bits[plan->first_rule_word + i] |= answers[plan->word_count + i];
    }
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

// The place of a short value's answers; *known says whether they are there already.
static inline uint64_t *recall_short(struct score_memo *memo, const struct score_plan *plan,
                                     str text, bool *known)
{
    uint64_t key[4];
    short_key(text, key);
    struct short_slot *slot = slot_of(memo, plan, text, key);
    uint64_t differs = (slot->key[0] ^ key[0]) | (slot->key[1] ^ key[1]) | (slot->key[2] ^ key[2]) |
                       (slot->key[3] ^ key[3]) | (slot->len ^ text.len);
    *known = differs == 0;
    if (*known) return slot->answers;
    memcpy(slot->key, key, sizeof key);
    slot->len = text.len;
    return slot->answers;
}

// A text that is not remembered: into answers, or not to be remembered at all.
static void read_new_text(const struct score_ruleset *rules, struct score_worker *worker,
                          const struct score_plan *plan, str text, uint64_t *answers)
{
    if (!answers) answers = worker->answers;
    score_answer_text(rules, worker, plan, text, answers);
    take_answers(worker, plan, answers);
}

static void read_long_text(const struct score_ruleset *rules, struct score_worker *worker,
                           const struct score_plan *plan, str text)
{
    struct score_memo *memo = &worker->memos[plan->field];
    uint64_t *answers = NULL;
    bool known = false;
    if (!memo->is_useless) answers = score_recall_long(memo, plan, text, &known);
    if (known)
        take_answers(worker, plan, answers);
    else
        read_new_text(rules, worker, plan, text, answers);
}

static inline void read_text(const struct score_ruleset *rules, struct score_worker *worker,
                             const struct score_plan *plan, str text)
{
    struct score_memo *memo = &worker->memos[plan->field];
    uint64_t *answers = NULL;
    bool known = false;
    if (plan->when_present) {
        take_answers(worker, plan, plan->when_present);
        return;
    }
    if (text.len > SHORT_MAX) {
        read_long_text(rules, worker, plan, text);
        return;
    }
    if (!memo->short_is_useless) {
        answers = recall_short(memo, plan, text, &known);
        memo->short_hits += known;
        if (++memo->short_lookups == SCORE_TRIAL_LOOKUPS) {
            memo->short_is_useless = memo->short_hits < SCORE_TRIAL_HITS_MIN;
        }
    }
    if (known)
        take_answers(worker, plan, answers);
    else
        read_new_text(rules, worker, plan, text, answers);
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
    bool known;
    uint64_t *answers = recall_short(&worker->memos[plan->field], plan, text, &known);
    uint64_t *kept = &answers[plan->answer_words - 1]; // the number itself, INT64_MIN = none
    if (!known) {
        value->is_known = score_number_parse(text, &value->number);
        *kept = (uint64_t)(value->is_known ? value->number : INT64_MIN);
        judge_number(rules, worker, plan, value, answers);
    }
    value->number = (int64_t)*kept;
    value->is_known = value->number != INT64_MIN;
    take_answers(worker, plan, answers);
}

// Whether s is THH:MM or THH:MM:SS, in range, a Z behind it or not.
static bool is_plain_clock(str s)
{
    if (s.len && s.data[s.len - 1] == 'Z') s.len--;
    if ((s.len != 6 && s.len != 9) || s.data[0] != 'T') return false;
    for (size_t i = 1; i < s.len; i += 3) {
        unsigned tens = (unsigned char)(s.data[i] - '0'),
                 ones = (unsigned char)(s.data[i + 1] - '0');
        unsigned most = i == 1 ? 23 : 59;
        if (tens > 9 || ones > 9 || tens * 10 + ones > most) return false;
        if (i > 1 && s.data[i - 1] != ':') return false;
    }
    return true;
}

// The day of a date that can be told at sight: YYYY-MM-DD of the days that every month has, alone
// or with a time of UTC. Half of timestamp_parse's time; all other forms are left to it.
static bool plain_day(str text, int64_t *day)
{
    enum { DATE_BYTES = 10 };
    const char *at = text.data;
    if (text.len < DATE_BYTES || at[4] != '-' || at[7] != '-') return false;
    if (text.len > DATE_BYTES && !is_plain_clock(str_from(text, DATE_BYTES))) return false;
    static const unsigned char places[] = {0, 1, 2, 3, 5, 6, 8, 9};
    unsigned digits[8], bad = 0;
    for (int i = 0; i < 8; i++) {
        digits[i] = (unsigned char)(at[places[i]] - '0');
        bad |= digits[i] > 9;
    }
    unsigned year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    unsigned month = digits[4] * 10 + digits[5], number = digits[6] * 10 + digits[7];
    if (bad || month - 1 > 11 || number - 1 > 27 || year == 0) return false;
    // Howard Hinnant's days_from_civil; years begin in March.
    unsigned shifted = year - (month <= 2), era = shifted / 400, of_era = shifted % 400;
    unsigned of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + number - 1;
    *day = (int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return true;
}

static void read_time(const struct score_ruleset *rules, struct score_worker *worker,
                      const struct score_plan *plan, str text)
{
    struct score_value *value = &worker->values[plan->field];
    int64_t time = 0, day = 0;
    value->is_known = !plan->needs_seconds && plain_day(text, &day);
    if (!value->is_known) {
        value->is_known = timestamp_parse(text, &time);
        value->seconds = rules->as_of > time ? rules->as_of - time : 0;
        day = day_of(time);
    }
    if (value->is_known) {
        worker->counts.dates_future += day > rules->as_of_day;
        value->number = rules->as_of_day > day ? rules->as_of_day - day : 0;
    }
    judge_number(rules, worker, plan, value, worker->answers);
    take_answers(worker, plan, worker->answers);
}

static str joined_name(struct score_worker *worker, str first, str last)
{
    if (first.len == 0) return last;
    if (last.len == 0) return first;
    buffer_clear(&worker->join);
    buffer_add(&worker->join, first);
    buffer_add_byte(&worker->join, ' ');
    buffer_add(&worker->join, last);
    return buffer_str(&worker->join);
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

static bool row_fits(const struct score_ruleset *rules, struct score_worker *worker,
                     const struct score_source *row, const str values[])
{
    if (row->is_otherwise) return true;
    for (int i = 0; i < 3; i++) {
        str value = trimmed(values[rules->source_inputs[i]]);
        if (value.len == 0) continue;
        if (row->pattern) {
            if (score_pattern_found(worker, row->pattern, score_valid_text(worker, value))) {
                return true;
            }
        } else if (str_equal(score_fold(value, &worker->fold), row->text)) {
            return true;
        }
    }
    return false;
}

// The row of the sources table that fits the record. Leads come in runs of one source: the last
// answer is kept with the values it was for. Returns whether it is a new one.
static bool find_source(const struct score_ruleset *rules, struct score_worker *worker,
                        const str values[])
{
    str kept = buffer_str(&worker->source);
    size_t at = 0;
    bool same = kept.len > 0;
    for (int i = 0; same && i < 3; i++) {
        str value = values[rules->source_inputs[i]];
        same = kept.len - at > value.len && kept.data[at + value.len] == '\0' &&
               (value.len == 0 || memcmp(kept.data + at, value.data, value.len) == 0);
        at += value.len + 1;
    }
    if (same && at == kept.len) return false;
    buffer_clear(&worker->source);
    for (int i = 0; i < 3; i++) {
        buffer_add(&worker->source, values[rules->source_inputs[i]]);
        buffer_add_byte(&worker->source, '\0');
    }
    worker->source_row = SIZE_MAX;
    for (size_t i = 0; i < rules->sources.count; i++) {
        if (!row_fits(rules, worker, &rules->sources.items[i], values)) continue;
        worker->source_row = i;
        break;
    }
    return true;
}

static size_t bytes_of_bits(const struct score_ruleset *rules)
{
    return rules->word_count * sizeof(uint64_t);
}

// The levels change with the row alone: what they mean for tests and rules is where every record
// of that row begins.
static void change_source(const struct score_ruleset *rules, struct score_worker *worker)
{
    memcpy(worker->bits, rules->bits_when_missing, bytes_of_bits(rules));
    memset(worker->rule_bits, 0, worker->rule_words * sizeof(uint64_t));
    for (size_t i = 0; i < rules->level_count; i++) {
        const struct score_plan *plan = &rules->levels[i];
        if (worker->source_row == SIZE_MAX) {
            take_answers(worker, plan, plan->when_missing);
            continue;
        }
        const struct score_source *row = &rules->sources.items[worker->source_row];
        read_text(rules, worker, plan, row->levels[rules->fields[plan->field].detail]);
    }
    memcpy(worker->base_bits, worker->bits, bytes_of_bits(rules));
    memcpy(worker->base_rule_bits, worker->rule_bits, worker->rule_words * sizeof(uint64_t));
}

static str field_text(struct score_worker *worker, const struct score_plan *plan,
                      const str values[])
{
    if (plan->origin == ORIGIN_NAME) {
        return joined_name(worker, trimmed(values[plan->input]), trimmed(values[plan->input2]));
    }
    if (plan->origin == ORIGIN_EXTRA) return trimmed(worker->extra[plan->input2]);
    str text = trimmed(values[plan->input]);
    return plan->origin == ORIGIN_DOMAIN ? domain_of(text) : text;
}

void score_read_record(const struct score_ruleset *rules, struct score_worker *worker,
                       const str values[])
{
    if (rules->extra_count) {
        arena_reset(&worker->arena);
        score_json_members(values[rules->extra_input], rules->extra_members, rules->extra_count,
                           &worker->arena, worker->extra);
    }
    if (rules->sources.is_used && find_source(rules, worker, values)) {
        change_source(rules, worker);
    }
    memcpy(worker->bits, worker->base_bits, bytes_of_bits(rules));
    for (size_t i = 0; i < worker->rule_words; i++)
        worker->rule_bits[i] = worker->base_rule_bits[i];
    for (size_t i = 0; i < rules->plan_count; i++) {
        const struct score_plan *plan = &rules->plans[i];
        str text = plan->origin == ORIGIN_COLUMN ? trimmed(values[plan->input])
                                                 : field_text(worker, plan, values);
        if (text.len == 0) {
            if (plan->type != TYPE_TEXT) worker->values[plan->field].is_known = false;
            if (plan->missing_counts) take_answers(worker, plan, plan->when_missing);
        } else if (plan->type == TYPE_TEXT) {
            read_text(rules, worker, plan, text);
        } else if (plan->type == TYPE_NUMBER) {
            read_number(rules, worker, plan, text);
        } else {
            read_time(rules, worker, plan, text);
        }
    }
}

void score_soon(const struct score_ruleset *rules, const struct score_worker *worker,
                const str values[])
{
    for (size_t i = 0; i < rules->plan_count; i++) {
        const struct score_plan *plan = &rules->plans[i];
        const struct score_memo *memo = &worker->memos[plan->field];
        if (!plan->is_fetched_ahead || memo->short_is_useless) continue;
        str text = trimmed(values[plan->input]);
        if (plan->origin == ORIGIN_DOMAIN) text = domain_of(text);
        if (text.len == 0 || text.len > SHORT_MAX) continue;
        uint64_t key[4];
        short_key(text, key);
        __builtin_prefetch(slot_of(memo, plan, text, key), 1);
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
