// One thread's side of scoring: values of the current record, bits, remembered answers, the
// account.
#ifndef SCORE_WORKER_H
#define SCORE_WORKER_H

#include "core/base/cache.h"
#include "ruleset.h"

// What is known of a field's current value.
struct score_value {
    bool is_known;   // a number or date could be read
    int64_t number;  // x 1000; of dates the age in days
    int64_t seconds; // of dates the age in seconds
};

// Remembered answers about one field: short values by their bytes, longer ones by their hash.
enum {
    SHORT_MAX = 32,
    SCORE_TRIAL_LOOKUPS = 4096, // after so many it is seen whether values repeat
    SCORE_TRIAL_HITS_MIN = SCORE_TRIAL_LOOKUPS / 8,
};

struct score_memo {
    char *slots;       // of plan->slot_bytes each; NULL for fields that are never read
    size_t slot_bytes; // of all
    struct cache cache;
    bool has_cache;
    uint64_t lookups, short_lookups, short_misses;
    // Values do not repeat, the long or the short ones: judging them is cheaper than looking.
    bool is_useless, short_is_useless, is_tried;
};

struct score_note {
    uint32_t group;
    const struct score_rule *rule;
};

// What was said of records of which the same was true.
struct score_kept {
    struct score_result result;
    bool is_there;
    char *text; // the reasons, then the grade
    struct score_part *parts;
    size_t text_room, part_room;
};

struct score_outcomes {
    struct score_kept *slots; // NULL until one is asked for
    uint64_t *keys;           // one a slot: bits of rules, then those of choices
    uint64_t lookups, hits;
    bool is_useless;
};

struct score_worker {
    // Of SCORE_ROWS_MAX rows, one behind the other.
    uint64_t *row_bits, *row_rule_bits;
    struct score_value *row_values;
    size_t bit_words, rule_words, field_count; // of one row
    // Of the current row:
    uint64_t *bits;             // answers of tests
    uint64_t *rule_bits;        // rules that are true
    struct score_value *values; // by field
    // What both are before a record's values are read: missing values, and the levels of its
    // source.
    const uint64_t *base_bits, *base_rule_bits;
    uint64_t *source_bits, *source_rule_bits; // of all rows of the sources table, and of none
    struct cache sources;                     // the rows of values, when the table is used
    uint64_t *future;         // by field: dates after as_of, since they were last asked for
    uint64_t *answers;        // of one value, when they are not to be remembered
    struct score_memo *memos; // by field
    int32_t *group_points;
    int64_t *numbers;       // results that conditions compare: the score, then every group's points
    struct score_left left; // of what was aged last
    struct score_part *parts;
    size_t part_count;
    struct score_note *notes; // what groups that are apart gave
    size_t note_count;
    uint32_t *vetoes; // numbers of those that hold
    size_t veto_count;
    str *extra; // members found in `extra`, extra_count a row
    size_t extra_count;
    const str **columns; // of score_evaluate's one row
    struct score_outcomes outcomes;
    uint64_t *key; // of the current record's outcome
    struct buffer fold, clean, lower;
    struct buffer source; // the values that they were last asked for
    struct arena arena;   // of the rows that are read together
    struct pattern_scratch *scratch;
    struct score_counts counts;
    bool skips_reasons;
};

static inline void score_go_to(struct score_worker *worker, uint32_t row)
{
    worker->bits = worker->row_bits + row * worker->bit_words;
    worker->rule_bits = worker->row_rule_bits + row * worker->rule_words;
    worker->values = worker->row_values + row * worker->field_count;
}

// answers.c: the place of a longer value's answers, plan->answer_words long; *known says whether
// they are there already.
uint64_t *score_recall_long(struct score_memo *memo, const struct score_plan *plan, str text,
                            bool *known);

// Fills the answers about a text that is not empty: bits of tests, then of rules.
void score_answer_text(const struct score_ruleset *rules, struct score_worker *worker,
                       const struct score_plan *plan, str text, uint64_t answers[]);

// Patterns see valid UTF-8 only: text itself, or a copy in which bytes that are not are '?', good
// until the next call.
str score_valid_text(struct score_worker *worker, str text);
bool score_pattern_found(struct score_worker *worker, const struct pattern *pattern, str text);

// values.c: reads the input fields of some rows, sets the bits of all tests on them and of the
// rules that are about one field alone.
void score_read_rows(const struct score_ruleset *rules, struct score_worker *worker,
                     const str *const columns[], uint32_t count);

// sources.c: makes what records of each source begin with, and finds that of a record's values of
// source, source_name and source_campaign.
void score_make_sources(const struct score_ruleset *rules, struct score_worker *worker);
void score_find_source(const struct score_ruleset *rules, struct score_worker *worker,
                       const str values[3]);

// days.c: the day of a date that can be told at sight: YYYY-MM-DD of the days that every month has,
// alone or with a time of UTC. Half of timestamp_parse's time; false for all other forms.
bool score_plain_day(str text, int64_t *day);

// Sets the bits of a result in words, once it is known.
void score_set_text(const struct score_ruleset *rules, struct score_worker *worker,
                    enum field_origin origin, str text);

// outcomes.c: where the outcome of the current record is kept, once its bits are known, and whether
// it is there already; NULL when it does not follow from the bits.
struct score_kept *score_recall_outcome(const struct score_ruleset *rules,
                                        struct score_worker *worker, bool *known);

// Copies a kept outcome, its texts into arena; the other way round; gives all back.
void score_give_outcome(const struct score_kept *kept, struct arena *arena,
                        struct score_result *out);
void score_keep_outcome(struct score_kept *kept, const struct score_result *result);
void score_outcomes_release(struct score_outcomes *outcomes);

// reasons.c: sorts the account and writes it.
void score_write_reasons(const struct score_ruleset *rules, struct score_worker *worker,
                         bool any_rule, struct arena *arena, struct score_result *out);

#endif
