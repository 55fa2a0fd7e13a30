// Points, reasons, tier and lifecycle of a lead, from a rule file.
//
//     struct diagnostics found = {0};
//     struct score_options options = {.as_of = now};
//     struct score_ruleset *rules = score_ruleset_load(&book, STR("score.rules"), &options,
//     &found); struct score_worker *worker = score_worker_new(rules);          // one a thread
//     score_evaluate(rules, worker, values, &arena, &result);
//
// The language is described at the head of rules/score.rules. A rule set is immutable once loaded
// and shared by all threads; a worker holds the scratch and the memory of answers of one thread.
//
// Everything is integers and depends on the record, the rules and as_of alone. The parts of
// `reasons` that begin with a sign or a digit always add up to `score`.
#ifndef SCORE_SCORE_H
#define SCORE_SCORE_H

#include "core/lead/columns.h"
#include "core/rules/diagnostics.h"
#include "core/rules/rulebook.h"

struct score_ruleset;
struct score_worker;

struct score_options {
    int64_t as_of;                 // seconds since 1970-01-01 UTC; ages are counted from its day
    const struct columns *columns; // of the input; NULL = not known yet (then other columns than
                                   // the schema's must be declared in the rule file)
};

// Reads and compiles a rule file, what it includes, and NAME.local; runs its `expect` lines.
// Returns NULL when there are errors, which are in diagnostics, as warnings are. Keeps views into
// the book. Takes about a millisecond for a thousand lines.
struct score_ruleset *score_ruleset_load(struct rulebook *book, str name,
                                         const struct score_options *options,
                                         struct diagnostics *diagnostics);

// The same for a text that has been read already (its views are kept).
struct score_ruleset *score_ruleset_parse(struct rulebook *book, struct rule_text text,
                                          const struct score_options *options,
                                          struct diagnostics *diagnostics);

void score_ruleset_free(struct score_ruleset *rules); // NULL allowed

// The columns that the rules read: score_evaluate takes their values in this order.
const str *score_ruleset_fields(const struct score_ruleset *rules, size_t *count);

// "r" and 12 hex digits that stand for the content of all rule files and lists that were read.
str score_ruleset_version(const struct score_ruleset *rules);

size_t score_ruleset_rule_count(const struct score_ruleset *rules);

enum score_tier { TIER_SUSPECT, TIER_HOT, TIER_WARM, TIER_COLD, TIER_COUNT };

// "suspect", "hot", "warm", "cold".
str score_tier_name(enum score_tier tier);

// Minutes within which a lead of the tier is to be answered, or 0 when the rules do not say.
int64_t score_ruleset_answer_minutes(const struct score_ruleset *rules, enum score_tier tier);

enum score_verdict { SCORE_KEEP, SCORE_SET_ASIDE, SCORE_DISCARD };

// One line of the account: a rule's points, or what a limit took away.
struct score_part {
    int32_t points;
    uint32_t rule; // its number, in the order of the file, or SCORE_NO_RULE for limits
    str reason;    // without the points
};

enum { SCORE_NO_RULE = 0x7fffffff };

// Where a rule is written.
struct rule_place score_ruleset_place(const struct score_ruleset *rules, uint32_t rule);

struct score_result {
    int32_t score;                                     // 0..100
    int32_t score_raw;                                 // before it was held between 0 and 100
    int32_t fit, engagement, source_points, suspicion; // groups of those names; 0 without them
    enum score_tier tier;
    enum score_verdict verdict;
    str grade, lifecycle;
    str reasons;                    // see core/score/reasons.c
    bool reasons_are_plain;         // no comma, quote or line end in them
    const struct score_part *parts; // the account, strongest first; valid until the next call
    size_t part_count;
};

// values: one a field of score_ruleset_fields. Result texts live in arena, in the rules, or in the
// worker until the next call (parts).
void score_evaluate(const struct score_ruleset *rules, struct score_worker *worker,
                    const str values[], struct arena *arena, struct score_result *out);

enum { SCORE_ROWS_MAX = 32 };

// The same for several records at once, at most SCORE_ROWS_MAX: columns[i] are the values of field
// i, one a record; only the last result's parts are good. 0.2 microseconds a record with the
// shipped rules where values repeat.
void score_evaluate_rows(const struct score_ruleset *rules, struct score_worker *worker,
                         const str *const columns[], uint32_t count, struct arena *arena,
                         struct score_result results[]);

// What a worker came across, for warnings.
struct score_counts {
    uint64_t dates_missing;  // points that were to fade but had no readable date: kept whole
    uint64_t dates_future;   // dates after as_of: taken as age 0
    uint64_t pattern_limits; // patterns given up on a value: taken as not found
};

struct score_worker *score_worker_new(const struct score_ruleset *rules);

// From now on reasons stay empty: for those who do not read them.
void score_worker_skip_reasons(struct score_worker *worker);

void score_worker_free(struct score_worker *worker); // NULL allowed
const struct score_counts *score_worker_counts(const struct score_worker *worker);

// The next field, from number *at (0 to begin with) on, that had dates after as_of since this was
// last asked, and how many; such dates count as today's. False when there is none left.
bool score_next_future(const struct score_ruleset *rules, struct score_worker *worker, size_t *at,
                       str *field, uint64_t *count);

#endif
