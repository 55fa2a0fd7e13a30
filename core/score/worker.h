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

// A remembered short value: its bytes are the key, no hash needed to tell values apart.
enum { SHORT_MAX = 16, SHORT_SLOTS = 256, LONG_SLOTS = 2048 };
struct short_key {
    uint64_t low, high;
    uint64_t len; // 0 = free
};

struct score_memo {
    struct short_key *keys; // [SHORT_SLOTS]; NULL until first needed
    uint64_t *answers;      // [SHORT_SLOTS x words_of(field)]
    struct cache cache;     // longer values
    bool has_cache;
    uint64_t lookups;
    bool is_useless; // values do not repeat: evaluating them is cheaper than looking
};

struct score_note {
    uint32_t group;
    const struct score_rule *rule;
};

struct score_worker {
    uint64_t *bits;      // answers of tests
    uint64_t *rule_bits; // rules that are true
    size_t rule_words;
    uint64_t *answers;          // of one value, when they are not to be remembered
    struct score_value *values; // by field
    struct score_memo *memos;   // by field
    size_t memo_count;
    int32_t *group_points;
    struct score_part *parts;
    size_t part_count;
    struct score_note *notes; // what groups that are apart gave
    size_t note_count;
    uint32_t *vetoes; // numbers of those that hold
    size_t veto_count;
    str *extra; // members found in `extra`
    struct buffer fold, join, clean;
    struct buffer source; // the values that source_row is for
    struct arena arena;   // of one record
    struct pattern_scratch *scratch;
    size_t source_row; // of the sources table, SIZE_MAX = none
    struct score_counts counts;
};

// values.c: reads the input fields and sets the bits of all tests on them.
void score_read_record(const struct score_ruleset *rules, struct score_worker *worker,
                       const str values[]);

// Sets the bits of a result, once it is known.
void score_set_number(const struct score_ruleset *rules, struct score_worker *worker,
                      enum field_origin origin, uint32_t group, int64_t number);
void score_set_text(const struct score_ruleset *rules, struct score_worker *worker,
                    enum field_origin origin, str text);

// reasons.c: sorts the account and writes it.
void score_write_reasons(const struct score_ruleset *rules, struct score_worker *worker,
                         bool any_rule, struct arena *arena, struct score_result *out);

#endif
