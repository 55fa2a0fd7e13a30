// From a record's values to the answers of all tests on them.
#include "core/base/utf8.h"
#include "json.h"
#include "time.h"
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

static uint64_t *recall_short(struct score_memo *memo, const struct rule_field *field, str text,
                              bool *known)
{
    if (!memo->keys) {
        memo->keys = memory_zeroed(SHORT_SLOTS, sizeof *memo->keys);
        memo->bits = memory_zeroed(SHORT_SLOTS * (size_t)field->word_count, sizeof *memo->bits);
    }
    struct short_key key = short_key(text);
    uint64_t mixed = (key.low ^ key.high << 1 ^ key.len << 56) * 0x9E3779B97F4A7C15u;
    size_t slot = mixed >> 56;
    struct short_key *at = &memo->keys[slot];
    *known = at->low == key.low && at->high == key.high && at->len == key.len;
    *at = key;
    return memo->bits + slot * field->word_count;
}

static uint64_t *recall_long(struct score_memo *memo, const struct rule_field *field, str text,
                             bool *known)
{
    if (!memo->has_cache) {
        cache_init(&memo->cache, LONG_SLOTS, field->word_count * sizeof(uint64_t));
        memo->has_cache = true;
    }
    if (++memo->lookups == TRIAL_LOOKUPS) {
        memo->is_useless = memo->cache.hits < TRIAL_LOOKUPS / FOUND_SHARE_MIN;
    }
    return cache_find(&memo->cache, text, 0, known);
}

// The bits of a text field: from memory when the value has been seen lately.
static void read_text(const struct score_ruleset *rules, struct score_worker *worker, size_t index,
                      str text)
{
    const struct rule_field *field = &rules->fields[index];
    uint64_t *bits = worker->bits + field->first_word;
    if (text.len == 0) {
        memcpy(bits, field->when_missing, field->word_count * sizeof *bits);
        return;
    }
    struct score_memo *memo = &worker->memos[index];
    bool is_short = text.len <= SHORT_MAX, known;
    if (!field->needs_text || (memo->is_useless && !is_short)) {
        evaluate_text(rules, worker, field, text, bits);
        return;
    }
    uint64_t *recalled =
        is_short ? recall_short(memo, field, text, &known) : recall_long(memo, field, text, &known);
    if (!known) evaluate_text(rules, worker, field, text, recalled);
    for (uint32_t i = 0; i < field->word_count; i++) bits[i] = recalled[i];
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

static void read_number(const struct score_ruleset *rules, struct score_worker *worker,
                        size_t index, str text)
{
    const struct rule_field *field = &rules->fields[index];
    struct score_value *value = &worker->values[index];
    uint64_t *bits = worker->bits + field->first_word;
    *value = (struct score_value){0};
    if (text.len == 0) {
        memcpy(bits, field->when_missing, field->word_count * sizeof *bits);
        return;
    }
    if (field->type == TYPE_NUMBER) {
        value->is_known = score_number_parse(text, &value->number);
    } else {
        int64_t time;
        value->is_known = score_time_parse(text, &time);
        if (value->is_known) {
            value->seconds = rules->as_of - time;
            value->number = rules->as_of_day - score_time_day(time);
            value->is_future = value->seconds < 0 && value->number < 0;
            if (value->seconds < 0) value->seconds = 0;
            if (value->number < 0) value->number = 0;
        }
        worker->counts.dates_future += value->is_future;
    }
    number_bits(rules, field, value, true, bits);
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
