// From a text to the answers of all tests on it, and the memory of such answers.
#include "core/base/utf8.h"
#include "worker.h"

enum {
    BITS = 64,
    LONG_SLOTS = 2048,
};

static void set_bit(uint64_t bits[], uint32_t bit)
{
    bits[bit / BITS] |= (uint64_t)1 << bit % BITS;
}

str score_valid_text(struct score_worker *worker, str text)
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

bool score_pattern_found(struct score_worker *worker, const struct pattern *pattern, str text)
{
    enum pattern_answer answer = pattern_search(pattern, worker->scratch, text);
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
    case TEST_MATCHES: return score_pattern_found(worker, test->pattern, text);
    case TEST_MATCHES_NOT: return !score_pattern_found(worker, test->pattern, text);
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

static void ask(const struct score_ruleset *rules, struct score_worker *worker,
                const struct rule_field *field, uint32_t at, str text, str folded, uint64_t bits[])
{
    const struct score_test *test = &rules->tests[field->tests[at]];
    if (text_answer(worker, test, text, folded)) set_bit(bits, at);
}

// Sets the bits of the patterns that are literals. Returns whether that could be done: of other
// texts PCRE2 is asked.
static bool search_literals(struct score_worker *worker, const struct rule_field *field, str text,
                            uint64_t bits[])
{
    if (!literals_search(&field->literals, text, &worker->lower, bits)) return false;
    for (uint32_t i = 0; field->unless_found && i * BITS < field->test_count; i++) {
        bits[i] ^= field->unless_found[i];
    }
    return true;
}

// Asks what tables do not tell.
static void judge_others(const struct score_ruleset *rules, struct score_worker *worker,
                         const struct rule_field *field, str text, uint64_t bits[])
{
    if (field->others_have_pattern) text = score_valid_text(worker, text);
    bool needs_fold = field->others_need_fold || field->words_needed;
    str folded = needs_fold ? score_fold(text, &worker->fold) : text;
    for (uint32_t i = 0; i < field->other_count; i++) {
        ask(rules, worker, field, field->others[i], text, folded, bits);
    }
    if (field->words_needed) score_words_search(&field->words, folded, bits);
}

static void judge_text(const struct score_ruleset *rules, struct score_worker *worker,
                       const struct rule_field *field, str text, uint64_t bits[])
{
    bool has_tables = field->literals.count || field->words.count;
    if (!has_tables || search_literals(worker, field, text, bits)) {
        judge_others(rules, worker, field, text, bits);
        return;
    }
    if (field->has_pattern) text = score_valid_text(worker, text);
    str folded = field->needs_fold ? score_fold(text, &worker->fold) : text;
    for (uint32_t i = 0; i < field->test_count; i++) {
        ask(rules, worker, field, i, text, folded, bits);
    }
    if (field->words.count) score_words_search(&field->words, folded, bits);
}

void score_answer_text(const struct score_ruleset *rules, struct score_worker *worker,
                       const struct score_plan *plan, str text, uint64_t answers[])
{
    const struct rule_field *field = &rules->fields[plan->field];
    uint64_t *bits = worker->bits + plan->first_word, any = 0;
    if (plan->origin == ORIGIN_COLUMN) text = str_trim(text);
    if (text.len == 0) {
        memcpy(answers, plan->when_missing, plan->answer_words * sizeof *answers);
        return;
    }
    bits[0] = 0; // mostly the only one
    for (uint32_t i = 1; i < plan->word_count; i++) bits[i] = 0;
    judge_text(rules, worker, field, text, bits);
    for (uint32_t i = 0; i < plan->word_count; i++) any |= answers[i] = bits[i];
    if (any) {
        score_judge_rules(rules, field, worker->bits, answers + plan->word_count);
        return;
    }
    for (uint32_t i = 0; i < plan->rule_word_count; i++) {
        answers[plan->word_count + i] = plan->when_nothing[i];
    }
}

uint64_t *score_recall_long(struct score_memo *memo, const struct score_plan *plan, str text,
                            bool *known)
{
    if (!memo->has_cache) {
        cache_init(&memo->cache, LONG_SLOTS, plan->answer_words * sizeof(uint64_t));
        memo->has_cache = true;
    }
    if (++memo->lookups == SCORE_TRIAL_LOOKUPS) {
        memo->is_useless = memo->cache.hits < SCORE_TRIAL_HITS_MIN;
    }
    return cache_find(&memo->cache, text, 0, known);
}
