// Which row of the sources table fits a record, and what holds of every record of that row.
#include "worker.h"

enum { SLOTS = 1024 };

static bool row_fits(struct score_worker *worker, const struct score_source *row,
                     const str values[3])
{
    if (row->is_otherwise) return true;
    for (int i = 0; i < 3; i++) {
        str value = str_trim(values[i]);
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

static uint32_t row_of(const struct score_ruleset *rules, struct score_worker *worker,
                       const str values[3])
{
    uint32_t row = 0;
    while (row < rules->sources.count && !row_fits(worker, &rules->sources.items[row], values)) {
        row++;
    }
    return row;
}

// Leads come in runs of one source: whether the last answer was for these values.
static bool is_same(const struct score_worker *worker, const str values[3])
{
    str kept = buffer_str(&worker->source);
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        str value = values[i];
        if (kept.len - at <= value.len || kept.data[at + value.len] != '\0') return false;
        if (value.len && memcmp(kept.data + at, value.data, value.len) != 0) return false;
        at += value.len + 1;
    }
    return at == kept.len;
}

static void begin_with(struct score_worker *worker, uint32_t row)
{
    worker->base_bits = worker->source_bits + row * worker->bit_words;
    worker->base_rule_bits = worker->source_rule_bits + row * worker->rule_words;
}

void score_find_source(const struct score_ruleset *rules, struct score_worker *worker,
                       const str values[3])
{
    if (worker->source.len && is_same(worker, values)) return;
    buffer_clear(&worker->source);
    for (int i = 0; i < 3; i++) {
        buffer_add(&worker->source, values[i]);
        buffer_add_byte(&worker->source, '\0');
    }
    bool is_known;
    uint32_t *row = cache_find(&worker->sources, buffer_str(&worker->source), 0, &is_known);
    if (!is_known) *row = row_of(rules, worker, values);
    begin_with(worker, *row);
}

static void add_level(const struct score_ruleset *rules, struct score_worker *worker,
                      const struct score_plan *plan, uint32_t row)
{
    const uint64_t *answers = plan->when_missing;
    if (row < rules->sources.count) {
        const struct score_source *source = &rules->sources.items[row];
        str level = source->levels[rules->fields[plan->field].detail];
        answers = plan->when_present;
        if (!answers) {
            score_answer_text(rules, worker, plan, level, worker->answers);
            answers = worker->answers;
        }
    }
    for (uint32_t i = 0; i < plan->word_count; i++) {
        worker->bits[plan->first_word + i] = answers[i];
    }
    for (uint32_t i = 0; i < plan->rule_word_count; i++) {
        worker->rule_bits[plan->first_rule_word + i] |= answers[plan->word_count + i];
    }
}

void score_make_sources(const struct score_ruleset *rules, struct score_worker *worker)
{
    size_t rows = rules->sources.is_used ? rules->sources.count + 1 : 1; // the last: none fits
    worker->source_bits = memory_zeroed(rows * worker->bit_words, sizeof *worker->source_bits);
    worker->source_rule_bits =
        memory_zeroed(rows * worker->rule_words, sizeof *worker->source_rule_bits);
    for (uint32_t row = 0; row < rows; row++) {
        worker->bits = worker->source_bits + row * worker->bit_words;
        worker->rule_bits = worker->source_rule_bits + row * worker->rule_words;
        if (rules->word_count) {
            memcpy(worker->bits, rules->bits_when_missing, rules->word_count * sizeof(uint64_t));
        }
        for (size_t i = 0; i < rules->level_count; i++) {
            add_level(rules, worker, &rules->levels[i], row);
        }
    }
    begin_with(worker, 0);
    if (rules->sources.is_used) cache_init(&worker->sources, SLOTS, sizeof(uint32_t));
}
