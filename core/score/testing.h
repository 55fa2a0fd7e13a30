// What the tests of this folder share: rules from a text, a record from "field=value" pairs.
#ifndef SCORE_TESTING_H
#define SCORE_TESTING_H

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "score.h"

struct trial {
    struct rulebook book;
    struct diagnostics found;
    struct score_ruleset *rules; // NULL when there are errors
    struct score_worker *worker;
    str *values;
    struct arena arena;
    struct buffer messages;
};

// Compiles a text as of 2026-11-21; messages are in trial->messages.
static inline void trial_begin(struct trial *trial, const char *text)
{
    *trial = (struct trial){0};
    struct score_options options = {0};
    timestamp_parse(STR("2026-11-21"), &options.as_of);
    struct rule_text source = {"t.rules", str_of(text)};
    trial->rules = score_ruleset_parse(&trial->book, source, &options, &trial->found);
    diagnostics_write(&trial->found, &trial->messages);
    if (!trial->rules) return;
    size_t count;
    score_ruleset_fields(trial->rules, &count);
    trial->worker = score_worker_new(trial->rules);
    trial->values = memory_zeroed(count + 1, sizeof *trial->values);
}

static inline void trial_end(struct trial *trial)
{
    score_worker_free(trial->worker);
    score_ruleset_free(trial->rules);
    diagnostics_release(&trial->found);
    rulebook_release(&trial->book);
    arena_release(&trial->arena);
    buffer_release(&trial->messages);
    memory_free(trial->values);
}

// Scores the record "a=b|c=d"; fields that the rules do not read are ignored.
static inline struct score_result trial_score(struct trial *trial, const char *record)
{
    size_t count;
    const str *fields = score_ruleset_fields(trial->rules, &count);
    str rest = str_of(record), pair;
    for (size_t i = 0; i < count; i++) trial->values[i] = (str){"", 0};
    while (str_cut(&rest, '|', &pair)) {
        ptrdiff_t equals = str_find(pair, '=');
        for (size_t i = 0; equals >= 0 && i < count; i++) {
            if (str_equal(fields[i], str_first(pair, (size_t)equals))) {
                trial->values[i] = str_from(pair, (size_t)equals + 1);
            }
        }
    }
    struct score_result result;
    score_evaluate(trial->rules, trial->worker, trial->values, &trial->arena, &result);
    return result;
}

// The sum of the parts of reasons that are points: they begin with a sign or a digit.
static inline int64_t reasons_sum(str reasons)
{
    int64_t sum = 0;
    str part;
    while (str_cut(&reasons, ';', &part)) {
        part = str_trim(part);
        bool is_negative = part.len && part.data[0] == '-';
        size_t at = part.len && (part.data[0] == '-' || part.data[0] == '+');
        int64_t points = 0;
        while (at < part.len && byte_is_digit(part.data[at])) {
            points = points * 10 + (part.data[at++] - '0');
        }
        sum += is_negative ? -points : points;
    }
    return sum;
}

#endif
