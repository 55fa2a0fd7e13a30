// A compiled rule set: what core/score's own files share. Users include score.h.
//
// Every distinct test ("job_title has word vp") is asked once a record and leaves one bit; the bits
// of one field lie together, so that all answers about a value can be remembered by the value, and
// with them which rules that are about this field alone are true. Every rule has a bit, too: what
// there is to do for a record are the bits that are set.
// Conditions are walks over bits: at each step one bit decides which step is next, or the end.
#ifndef SCORE_RULESET_H
#define SCORE_RULESET_H

#include "core/base/timestamp.h"
#include "core/rules/list.h"
#include "core/rules/literals.h"
#include "core/rules/pattern.h"
#include "decay.h"
#include "score.h"
#include "words.h"

enum {
    SCORE_MAX = 100,
    POINTS_MAX = 1000,
    LIMIT_MAX = 100000,
    RULES_MAX = 20000,
    DAYS_MAX = 1000000,
    DAY_SECONDS = 86400,
};

// Where a field's value comes from: input columns first, results last.
enum field_origin {
    ORIGIN_COLUMN,
    ORIGIN_NAME,   // first_name and last_name joined
    ORIGIN_DOMAIN, // what follows the @ of an address
    ORIGIN_EXTRA,  // a member of the JSON object in `extra`
    ORIGIN_LEVEL,  // incentive, accuracy or awareness in the sources table
    ORIGIN_SCORE,
    ORIGIN_GROUP,
    ORIGIN_GRADE,
    ORIGIN_TIER,
    ORIGIN_LIFECYCLE,
};

enum field_type { TYPE_TEXT, TYPE_NUMBER, TYPE_TIME };

enum score_level { LEVEL_INCENTIVE, LEVEL_ACCURACY, LEVEL_AWARENESS, LEVEL_COUNT };

struct rule_field {
    str name; // as the schema calls it
    enum field_origin origin;
    enum field_type type;
    bool is_words;  // fixed words: bare words may stand for texts
    bool is_domain; // lists match parent domains as well
    uint32_t inputs[3];
    uint32_t detail; // ORIGIN_LEVEL: which; ORIGIN_EXTRA: which wanted member
    str group;       // ORIGIN_GROUP: its name, looked up in the end
    uint32_t group_index;
    struct rule_place place; // first use
    // Filled in the end:
    uint32_t *tests; // numbers of the tests on this field
    uint32_t test_count, test_room;
    uint32_t first_word; // of its bits
    struct word_table words;
    struct literal_table literals; // of ASCII texts: words, and patterns that need no PCRE2
    bool words_needed;             // but not all words
    uint64_t *unless_found;        // bits of those with !~; NULL = none
    uint32_t *others;              // bits of the tests that are asked one by one
    uint32_t other_count;
    bool is_needed;  // by a test, a rule or a decay
    bool needs_fold; // a test compares in lower case
    bool has_pattern;
    bool others_have_pattern; // among them are patterns for PCRE2
    bool others_need_fold;
    uint32_t *rules; // orders of the rules whose conditions are about this field alone
    uint32_t rule_count, first_rule_word, rule_word_count; // at least one word
};

// A test of a number or date as it is run.
struct number_test {
    int64_t low, high;
    bool of_seconds, is_outside, if_unreadable;
};

// A remembered value of up to 32 bytes: its bytes are the key, so no hash is needed to tell values
// apart.
struct short_slot {
    uint64_t key[4];
    uint64_t len; // 0 = free
    uint64_t answers[];
};

// How a field is read: all that the loop over the fields of a record needs. Answers about a value
// are word_count words of bits for the tests, then rule_word_count for the rules; of a number that
// is remembered, the number itself.
struct score_plan {
    enum field_origin origin;
    enum field_type type;
    uint32_t field, input, input2; // ORIGIN_EXTRA: input2 is the member
    uint32_t first_word, word_count, first_rule_word, rule_word_count, answer_words;
    uint32_t slot_bytes, slot_shift; // of the memory of short values
    bool is_fetched_ahead;           // the memory of short values is large
    bool is_small;                   // one word of each
    bool missing_counts;             // rules hold for a missing value
    bool needs_text;                 // a test looks at the characters
    bool needs_seconds;              // the day of a date is not enough
    const uint64_t *when_missing;
    const uint64_t *when_nothing; // rules that hold when no test does
    const uint64_t *when_present; // of texts that no test looks at: the same for all; else NULL
    const struct number_test *number_tests;
    uint32_t number_test_count;
};

enum test_kind {
    TEST_PRESENT,
    TEST_MISSING,
    TEST_IS,
    TEST_IS_NOT,
    TEST_CONTAINS,
    TEST_STARTS,
    TEST_ENDS,
    TEST_HAS_WORD,
    TEST_MATCHES,
    TEST_MATCHES_NOT,
    TEST_IN,
    TEST_IN_DOMAINS,
    TEST_RANGE,         // low <= number <= high
    TEST_OUTSIDE,       // not so, but there is a number
    TEST_DAYS_RANGE,    // the same of the age in calendar days
    TEST_SECONDS_RANGE, // and in seconds
};

struct score_test {
    enum test_kind kind;
    uint32_t field;
    uint32_t bit;      // filled in the end
    int64_t low, high; // numbers x 1000, days, seconds
    str text;          // folded; of patterns as written
    str written;       // as written, for messages
    const struct score_list *list;
    const struct pattern *pattern;
    struct rule_place place; // of the operand
};

// A condition while it is built and judged.
enum node_kind { NODE_TEST, NODE_NOT, NODE_AND, NODE_OR };
struct score_node {
    enum node_kind kind;
    uint32_t test;
    const struct score_node *left, *right; // NOT: left
};

// A condition as it is run.
enum { STEP_TRUE = -1, STEP_FALSE = -2 };
// In steps: not a bit but, without this flag, the number of a result_test.
#define STEP_RESULT 0x80000000u

// A test of a number that the rules give: 0 the score, then the groups.
struct result_test {
    int64_t low, high;
    uint32_t number;
    bool is_outside;
};

struct score_step {
    uint32_t bit;
    int32_t yes, no; // the next step, or one of the above
};

struct score_condition {
    const struct score_node *node; // NULL = always true
    int32_t start;
};

// Bits that vetoes, tiers and lifecycles ask.
struct choice_word {
    uint32_t word;
    uint64_t mask;
};

struct score_rule {
    struct score_condition when;
    int32_t points;
    bool is_else, keeps;
    bool is_per; // points for every `unit` of the field, at most `most` in all
    uint32_t per_field;
    int64_t unit; // x 1000
    int32_t most;
    struct score_decay decay;
    str reason, rendered;
    bool is_plain; // the reason needs no quotes in a cell
    int layer;
    uint32_t order; // its number among all rules, that of its bit
    uint32_t chain; // the same for a line and the `else` lines below it
    struct rule_place place;
};

struct score_group {
    str name;
    struct score_rule *rules;
    size_t count, capacity;
    bool has_limits, is_apart;
    int32_t from, to;
    str floor_text, limit_text; // "fit floor -30"
    struct score_decay decay;
    int layer;
    struct rule_place place;
    uint32_t first_order;
    int32_t reachable; // the most anyone can get
};

struct score_veto {
    enum score_verdict verdict;
    struct score_condition when;
    str reason; // as it is put among the reasons
    bool is_plain;
    struct rule_place place;
};

// A line of the tier or lifecycle table.
struct score_choice {
    str name;
    enum score_tier tier;
    bool is_otherwise;
    struct score_condition when;
    struct rule_place place;
};

// Lines of a nearer file replace those of the files it includes.
struct score_choices {
    struct score_choice *items;
    size_t count, capacity;
    int layer;
    struct score_choice *replaced; // the lines of the file before, for a warning
    size_t replaced_count;
};

struct score_step_of_grade {
    str label;
    int32_t from; // INT32_MIN for the last
    struct rule_place place;
};

struct score_grade {
    str axis;
    uint32_t group;
    struct score_step_of_grade *steps;
    size_t count, capacity;
    int layer;
    struct rule_place place;
};

struct score_source {
    str text; // folded, or empty
    struct pattern *pattern;
    bool is_otherwise;
    str levels[LEVEL_COUNT];
    struct rule_place place;
};

struct score_sources {
    struct score_source *items;
    size_t count, capacity;
    int layer;
    bool is_used;
};

struct score_list {
    str name;
    struct list list;
    bool is_used;
    int layer;
    struct rule_place place;
};

struct score_setting {
    uint32_t field;
    str value;
    bool is_days_ago;
    int64_t days;
};

enum expect_kind {
    EXPECT_TIER,
    EXPECT_GRADE,
    EXPECT_LIFECYCLE,
    EXPECT_SCORE,
    EXPECT_SCORE_LEAST,
    EXPECT_SCORE_MOST,
    EXPECT_REASON,
    EXPECT_DISCARD,
    EXPECT_SET_ASIDE,
};

struct score_outcome {
    enum expect_kind kind;
    str text;
    int64_t number;
    struct rule_place place;
};

struct score_expect {
    struct score_setting *settings;
    size_t setting_count, setting_capacity;
    struct score_outcome *outcomes;
    size_t outcome_count, outcome_capacity;
    struct rule_place place;
};

struct score_declared {
    str name;
    enum field_type type;
};

struct score_ruleset {
    struct arena arena;
    int64_t as_of, as_of_day;
    str *inputs;
    size_t input_count, input_capacity;
    struct rule_field *fields;
    size_t field_count, field_capacity;
    struct score_test *tests;
    size_t test_count, test_capacity;
    struct result_test *result_tests; // [test_count], used where a test is one of a result
    uint64_t *bits_when_missing;      // of a record without any value
    struct score_step *steps;
    size_t step_count, step_capacity;
    struct score_group *groups;
    size_t group_count, group_capacity, rule_count;
    const struct score_rule **by_order; // [rule_count]
    uint32_t *mixed;                    // rules to be asked of every record: several fields, or per
    size_t mixed_count;
    uint64_t *aging; // bits of rules whose points are not always the same
    struct choice_word *choice_words;
    size_t choice_word_count;
    struct score_veto *vetoes;
    size_t veto_count, veto_capacity;
    struct score_choices tiers, lifecycles;
    struct score_grade *grades;
    size_t grade_count, grade_capacity;
    struct score_sources sources;
    uint32_t source_inputs[3]; // source, source_name, source_campaign; when sources.is_used
    struct score_list **lists;
    size_t list_count, list_capacity;
    struct pattern **patterns; // to be freed
    size_t pattern_count, pattern_capacity;
    struct score_expect *expects;
    size_t expect_count, expect_capacity;
    struct score_declared *declared;
    size_t declared_count, declared_capacity;
    int64_t answer_minutes[TIER_COUNT];
    int answer_layer[TIER_COUNT];
    uint32_t word_count; // of the bits of a record
    str *extra_members;  // names wanted of `extra`
    size_t extra_count, extra_capacity;
    uint32_t extra_input;
    int group_fit, group_engagement, group_source, group_suspicion; // -1 = none
    struct score_plan *plans, *levels,
        *results; // input fields, levels of sources, results in words
    size_t plan_count, level_count, result_count;
    size_t part_max; // parts a record can have
    hash128 version_sum;
    char version[13];
};

static inline bool condition_holds(const struct score_ruleset *rules, struct score_condition when,
                                   const uint64_t bits[])
{
    int32_t at = when.start;
    while (at >= 0) {
        const struct score_step *step = &rules->steps[at];
        at = bits[step->bit / 64] >> step->bit % 64 & 1 ? step->yes : step->no;
    }
    return at == STEP_TRUE;
}

static inline uint32_t words_for_bits(uint32_t bits) { return bits ? (bits + 63) / 64 : 1; }

static inline bool needs_text(enum test_kind kind)
{
    return kind != TEST_PRESENT && kind != TEST_MISSING && kind < TEST_RANGE;
}

static inline bool is_result_number(const struct rule_field *field)
{
    return field->origin == ORIGIN_SCORE || field->origin == ORIGIN_GROUP;
}

// Whether `later` can be true only when `earlier` is, as far as one can tell without data.
bool score_implies(const struct score_ruleset *rules, const struct score_node *later,
                   const struct score_node *earlier);

// The day that holds the second, counted from 1970-01-01; rounds down before it as well.
static inline int64_t day_of(int64_t seconds)
{
    return seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
}

// Which of the field's own rules hold, from its bits: rule_word_count words.
void score_judge_rules(const struct score_ruleset *rules, const struct rule_field *field,
                       const uint64_t bits[], uint64_t rule_bits[]);

// Makes plans, levels, results and what outcomes follow from, once all bits and rules have their
// places; steps of choices begin at first_choice_step.
void score_make_plans(struct score_ruleset *rules, size_t first_choice_step);

// What incentive, accuracy and awareness can be: *count words.
const str *score_level_words(size_t *count);

// The number of the group of that name, or -1.
int score_group_find(const struct score_ruleset *rules, str name);

// The text of a number x 1000, as people write it. In arena.
str score_number_text(struct arena *arena, int64_t number_1000);

// A number as cells hold it: digits, a sign, a decimal point; x 1000, further decimals cut off.
bool score_number_parse(str s, int64_t *number_1000);

// Lays out bits, makes the steps, and everything else that needs all lines to be known. Reports
// what is wrong; false then.
bool score_compile(struct score_ruleset *rules, struct diagnostics *diagnostics);

// Adds warnings about lines that cannot do what they seem to.
void score_lint(struct score_ruleset *rules, struct diagnostics *diagnostics);

// Runs the `expect` lines; each that fails is an error, or a warning where local rules (the file,
// NULL = none) have changed what it expects.
void score_check_expects(struct score_ruleset *rules, const char *local,
                         struct diagnostics *diagnostics);

#endif
