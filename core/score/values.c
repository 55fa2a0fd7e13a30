// From a record's values to the answers of all tests on them.
#include "core/base/utf8.h"
#include "json.h"
#include "worker.h"

enum { BITS = 64, TRIAL_LOOKUPS = 4096, FOUND_SHARE_MIN = 8 };

static void set_bit(uint64_t bits[], uint32_t bit)
{
    bits[bit / BITS] |= (uint64_t)1 << bit % BITS;
}

// Patterns see valid UTF-8 only: bytes that are not become '?'.
static str valid_text(struct score_worker *worker, str text)
{
    if (utf8_valid_len(text) == text.len) return text;
    buffer_clear(&worker->clean);
    while (text.len) {
        size_t valid = utf8_valid_len(text);
        buffer_add(&worker->clean, str_first(text, valid));
        if (valid < text.len) buffer_add_byte(&worker->clean, '?');
        text = str_from(text, valid + 1);
    }
    return buffer_str(&worker->clean);
}

static bool pattern_found(struct score_worker *worker, const struct score_test *test, str text)
{
    enum pattern_answer answer =
        pattern_search(test->pattern, worker->scratch, valid_text(worker, text));
    worker->counts.pattern_limits += answer == PATTERN_LIMIT;
    return answer == PATTERN_YES;
}

static bool text_contains(str text, str wanted)
{
    if (text.len < wanted.len) return false;
    return memmem(text.data, text.len, wanted.data, wanted.len) != NULL;
}

// The answer of one test about a text that is there; words are searched for all tests at once.
static bool text_answer(struct score_worker *worker, const struct score_test *test, str text,
                        str folded)
{
    switch (test->kind) {
    case TEST_PRESENT: return true;
    case TEST_IS: return str_equal(folded, test->text);
    case TEST_IS_NOT: return !str_equal(folded, test->text);
    case TEST_CONTAINS: return text_contains(folded, test->text);
    case TEST_STARTS: return str_starts(folded, test->text);
    case TEST_ENDS: return str_ends(folded, test->text);
    case TEST_MATCHES: return pattern_found(worker, test, text);
    case TEST_MATCHES_NOT: return !pattern_found(worker, test, text);
    case TEST_IN: return list_has(&test->list->list, folded);
    case TEST_IN_DOMAINS: return list_has_domain(&test->list->list, folded);
    case TEST_MISSING:
    case TEST_HAS_WORD:
    case TEST_RANGE:
    case TEST_OUTSIDE:
    case TEST_DAYS_RANGE:
    case TEST_SECONDS_RANGE: break;
    }
    return false;
}

static void evaluate_text(const struct score_ruleset *rules, struct score_worker *worker,
                          const struct rule_field *field, str text, uint64_t bits[])
{
    str folded = field->needs_fold ? score_fold(text, &worker->fold) : text;
    for (uint32_t i = 0; i < field->word_count; i++) bits[i] = 0;
    for (uint32_t i = 0; i < field->test_count; i++) {
        const struct score_test *test = &rules->tests[field->tests[i]];
        if (text_answer(worker, test, text, folded)) set_bit(bits, i);
    }
    if (field->words.count) score_words_search(&field->words, folded, bits);
}

// The bytes of a value of 1 to 16 bytes and its length tell it apart from every other.
static struct short_key short_key(str text)
{
    struct short_key key = {.len = text.len};
    if (text.len >= 8) {
        memcpy(&key.low, text.data, 8);
        memcpy(&key.high, text.data + text.len - 8, 8);
    } else if (text.len >= 4) {
        uint32_t head, tail;
        memcpy(&head, text.data, 4);
        memcpy(&tail, text.data + text.len - 4, 4);
        key.low = (uint64_t)tail << 32 | head;
    } else {
        const unsigned char *bytes = (const unsigned char *)text.data;
        key.low =
            (uint64_t)bytes[text.len - 1] << 16 | (uint64_t)bytes[text.len / 2] << 8 | bytes[0];
    }
    return key;
}

static size_t answer_words(const struct rule_field *field)
{
    return field->word_count + field->rule_word_count;
}

static uint64_t *recall_short(struct score_memo *memo, const struct rule_field *field, str text,
                              bool *known)
{
    if (!memo->keys) {
        memo->keys = memory_zeroed(SHORT_SLOTS, sizeof *memo->keys);
        memo->answers = memory_zeroed(SHORT_SLOTS * answer_words(field), sizeof *memo->answers);
    }
    struct short_key key = short_key(text);
    uint64_t mixed = (key.low ^ key.high << 1 ^ key.len << 56) * 0x9E3779B97F4A7C15u;
    size_t slot = mixed >> 56;
    struct short_key *at = &memo->keys[slot];
    *known = at->low == key.low && at->high == key.high && at->len == key.len;
    *at = key;
    return memo->answers + slot * answer_words(field);
}

static uint64_t *recall_long(struct score_memo *memo, const struct rule_field *field, str text,
                             bool *known)
{
    if (!memo->has_cache) {
        cache_init(&memo->cache, LONG_SLOTS, answer_words(field) * sizeof(uint64_t));
        memo->has_cache = true;
    }
    if (++memo->lookups == TRIAL_LOOKUPS) {
        memo->is_useless = memo->cache.hits < TRIAL_LOOKUPS / FOUND_SHARE_MIN;
    }
    return cache_find(&memo->cache, text, 0, known);
}

static void add_rules(struct score_worker *worker, const struct rule_field *field,
                      const uint64_t rule_bits[])
{
    for (uint32_t i = 0; i < field->rule_word_count; i++) {
        worker->rule_bits[field->first_rule_word + i] |= rule_bits[i];
    }
}

static void read_missing(struct score_worker *worker, const struct rule_field *field)
{
    uint64_t *bits = worker->bits + field->first_word;
    for (uint32_t i = 0; i < field->word_count; i++) bits[i] = field->when_missing[i];
    add_rules(worker, field, field->rules_when_missing);
}

// Fills answers: the field's bits, then those of its rules.
static void answer_text(const struct score_ruleset *rules, struct score_worker *worker,
                        const struct rule_field *field, str text, uint64_t answers[])
{
    uint64_t *bits = worker->bits + field->first_word;
    evaluate_text(rules, worker, field, text, bits);
    for (uint32_t i = 0; i < field->word_count; i++) answers[i] = bits[i];
    score_judge_rules(rules, field, worker->bits, answers + field->word_count);
}

// The answers about a text field: from memory when the value has been seen lately.
static void read_text(const struct score_ruleset *rules, struct score_worker *worker, size_t index,
                      str text)
{
    const struct rule_field *field = &rules->fields[index];
    if (text.len == 0) {
        read_missing(worker, field);
        return;
    }
    struct score_memo *memo = &worker->memos[index];
    bool is_short = text.len <= SHORT_MAX, known = false;
    uint64_t *answers = worker->answers;
    if (is_short)
        answers = recall_short(memo, field, text, &known);
    else if (!memo->is_useless && field->needs_text)
        answers = recall_long(memo, field, text, &known);
    if (!known) answer_text(rules, worker, field, text, answers);
    if (field->is_shared) {
        uint64_t *bits = worker->bits + field->first_word;
        for (uint32_t i = 0; i < field->word_count; i++) bits[i] = answers[i];
    }
    add_rules(worker, field, answers + field->word_count);
}

static void number_bits(const struct score_ruleset *rules, const struct rule_field *field,
                        const struct score_value *value, bool is_present, uint64_t bits[])
{
    for (uint32_t i = 0; i < field->word_count; i++) bits[i] = 0;
    for (uint32_t i = 0; i < field->test_count; i++) {
        const struct score_test *test = &rules->tests[field->tests[i]];
        int64_t number = test->kind == TEST_SECONDS_RANGE ? value->seconds : value->number;
        bool inside = number >= test->low && number <= test->high;
        bool answer = test->kind == TEST_OUTSIDE ? !inside : inside;
        answer &= value->is_known;
        if (test->kind == TEST_PRESENT) answer = is_present;
        if (test->kind == TEST_MISSING) answer = !is_present;
        if (answer) set_bit(bits, i);
    }
}

// The day of YYYY-MM-DD, alone or with a time of UTC behind it, when that can be told at sight: the
// days that every month has. All other forms are timestamp_parse's.
static bool plain_day(str text, int64_t *day)
{
    enum { DATE_BYTES = 10 };
    const char *at = text.data;
    bool is_date = text.len >= DATE_BYTES && at[4] == '-' && at[7] == '-';
    if (!is_date || (text.len > DATE_BYTES && text.data[text.len - 1] != 'Z')) return false;
    static const unsigned char places[] = {0, 1, 2, 3, 5, 6, 8, 9};
    unsigned digits[8], bad = 0;
    for (int i = 0; i < 8; i++) {
        digits[i] = (unsigned char)(at[places[i]] - '0');
        bad |= digits[i] > 9;
    }
    unsigned year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    unsigned month = digits[4] * 10 + digits[5], number = digits[6] * 10 + digits[7];
    if (bad || month - 1 > 11 || number - 1 > 27 || year == 0) return false;
    if (text.len > DATE_BYTES) { // THH:MMZ or THH:MM:SSZ, in range
        unsigned hour = (unsigned char)(at[11] - '0') * 10u + (unsigned char)(at[12] - '0');
        bool has_seconds = text.len == 20;
        if (text.len != 17 && !has_seconds) return false;
        if (at[10] != 'T' || at[13] != ':' || !byte_is_digit(at[11]) || !byte_is_digit(at[12]) ||
            hour > 23 || at[14] < '0' || at[14] > '5' || !byte_is_digit(at[15])) {
            return false;
        }
        if (has_seconds &&
            (at[16] != ':' || at[17] < '0' || at[17] > '5' || !byte_is_digit(at[18]))) {
            return false;
        }
    }
    // Howard Hinnant's days_from_civil; years begin in March.
    unsigned shifted = year - (month <= 2), era = shifted / 400, of_era = shifted % 400;
    unsigned of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + number - 1;
    *day = (int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return true;
}

static void read_time(const struct score_ruleset *rules, struct score_worker *worker,
                      const struct rule_field *field, str text, struct score_value *value)
{
    int64_t time, day;
    if (!field->needs_seconds && plain_day(text, &day)) {
        value->is_known = true;
    } else {
        value->is_known = timestamp_parse(text, &time);
        if (!value->is_known) return;
        value->seconds = rules->as_of > time ? rules->as_of - time : 0;
        day = day_of(time);
    }
    worker->counts.dates_future += day > rules->as_of_day;
    value->number = rules->as_of_day > day ? rules->as_of_day - day : 0;
}

static void read_number(const struct score_ruleset *rules, struct score_worker *worker,
                        size_t index, str text)
{
    const struct rule_field *field = &rules->fields[index];
    struct score_value *value = &worker->values[index];
    *value = (struct score_value){0};
    if (text.len == 0) {
        read_missing(worker, field);
        return;
    }
    if (field->type == TYPE_TIME)
        read_time(rules, worker, field, text, value);
    else
        value->is_known = score_number_parse(text, &value->number);
    number_bits(rules, field, value, true, worker->bits + field->first_word);
    score_judge_rules(rules, field, worker->bits, worker->answers);
    add_rules(worker, field, worker->answers);
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
    size_t at = email.len;
    while (at && email.data[at - 1] != '@') at--;
    return at ? str_from(email, at) : (str){"", 0};
}

// Blanks at the ends do not count; most values have none.
static inline str trimmed(str s)
{
    if (s.len == 0) return s;
    bool has_edge = byte_is_blank(s.data[0]) || byte_is_blank(s.data[s.len - 1]);
    return has_edge ? str_trim(s) : s;
}

static str field_text(const struct score_ruleset *rules, struct score_worker *worker,
                      const struct rule_field *field, const str values[])
{
    switch (field->origin) {
    case ORIGIN_COLUMN: return trimmed(values[field->inputs[0]]);
    case ORIGIN_NAME:
        return joined_name(worker, trimmed(values[field->inputs[0]]),
                           trimmed(values[field->inputs[1]]));
    case ORIGIN_DOMAIN: return domain_of(trimmed(values[field->inputs[0]]));
    case ORIGIN_EXTRA: return trimmed(worker->extra[field->detail]);
    case ORIGIN_LEVEL:
        if (worker->source_row == SIZE_MAX) break;
        return rules->sources.items[worker->source_row].levels[field->detail];
    case ORIGIN_SCORE:
    case ORIGIN_GROUP:
    case ORIGIN_TIER:
    case ORIGIN_GRADE:
    case ORIGIN_LIFECYCLE: break;
    }
    return (str){"", 0};
}

static bool row_fits(const struct score_ruleset *rules, struct score_worker *worker,
                     const struct score_source *row, const str values[])
{
    if (row->is_otherwise) return true;
    for (int i = 0; i < 3; i++) {
        str value = trimmed(values[rules->source_inputs[i]]);
        if (value.len == 0) continue;
        if (row->pattern) {
            struct score_test test = {.pattern = row->pattern};
            if (pattern_found(worker, &test, value)) return true;
        } else if (str_equal(score_fold(value, &worker->fold), row->text)) {
            return true;
        }
    }
    return false;
}

// The row of the sources table that fits the record. Leads come in runs of one source: the last
// answer is kept with the values it was for.
static void find_source(const struct score_ruleset *rules, struct score_worker *worker,
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
    if (same && at == kept.len) return;
    buffer_clear(&worker->source);
    for (int i = 0; i < 3; i++) {
        buffer_add(&worker->source, values[rules->source_inputs[i]]);
        buffer_add_byte(&worker->source, '\0');
    }
    worker->source_row = SIZE_MAX;
    for (size_t i = 0; i < rules->sources.count; i++) {
        if (!row_fits(rules, worker, &rules->sources.items[i], values)) continue;
        worker->source_row = i;
        return;
    }
}

void score_read_record(const struct score_ruleset *rules, struct score_worker *worker,
                       const str values[])
{
    for (size_t i = 0; i < worker->rule_words; i++) worker->rule_bits[i] = 0;
    if (rules->extra_count) {
        arena_reset(&worker->arena);
        score_json_members(values[rules->extra_input], rules->extra_members, rules->extra_count,
                           &worker->arena, worker->extra);
    }
    if (rules->sources.is_used) find_source(rules, worker, values);
    for (size_t i = 0; i < rules->field_count; i++) {
        const struct rule_field *field = &rules->fields[i];
        if (field->origin >= ORIGIN_SCORE || !field->is_needed) continue;
        str text = field_text(rules, worker, field, values);
        if (field->type == TYPE_TEXT)
            read_text(rules, worker, i, text);
        else
            read_number(rules, worker, i, text);
    }
}

void score_set_number(const struct score_ruleset *rules, struct score_worker *worker,
                      enum field_origin origin, uint32_t group, int64_t number)
{
    struct score_value value = {.is_known = true, .number = number * 1000};
    for (size_t i = 0; i < rules->result_field_count; i++) {
        const struct rule_field *field = &rules->fields[rules->result_fields[i]];
        if (field->origin != origin || field->group_index != group) continue;
        number_bits(rules, field, &value, true, worker->bits + field->first_word);
    }
}

void score_set_text(const struct score_ruleset *rules, struct score_worker *worker,
                    enum field_origin origin, str text)
{
    for (size_t i = 0; i < rules->result_field_count; i++) {
        uint32_t index = rules->result_fields[i];
        if (rules->fields[index].origin == origin) read_text(rules, worker, index, text);
    }
}
