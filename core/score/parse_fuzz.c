// Seeds: testdata/corpus/score_rules.
//
// Any bytes as a rule file: no crash; and if it is understood, the reasons of any record add up to
// its score, hold nothing that needs quotes when they say so, and are the same the second time.
#include <stdlib.h>

#include "testing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t next_number(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

// A value: one of some that rules ask for, or a piece of the rule file itself.
static str random_value(uint64_t *seed, str text)
{
    static const char *const known[] = {"",
                                        "12",
                                        "-7.5",
                                        "2026-11-20",
                                        "2026-01-31T10:00:00+02:00",
                                        "vp sales",
                                        "\xFF\xE4",
                                        "{\"a\":\"b\",\"pages\":9}",
                                        "x@rival.com",
                                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    enum { KNOWN = sizeof known / sizeof *known };
    uint64_t choice = next_number(seed) % (KNOWN + 4);
    if (choice < KNOWN) return str_of(known[choice]);
    if (text.len == 0) return (str){"", 0};
    return str_first(str_from(text, next_number(seed) % text.len), next_number(seed) % 40);
}

static void check(bool holds)
{
    if (!holds) abort();
}

static void check_record(const struct score_ruleset *rules, struct score_worker *worker,
                         struct score_worker *other, const str values[], struct arena *arena)
{
    struct score_result a, b;
    score_evaluate(rules, worker, values, arena, &a);
    score_evaluate(rules, other, values, arena, &b);
    check(reasons_sum(a.reasons) == a.score);
    check(a.score >= 0 && a.score <= 100);
    check(a.reasons.len > 0 && str_equal(a.reasons, str_trim(a.reasons)));
    check(str_equal(a.reasons, b.reasons) && a.tier == b.tier && a.verdict == b.verdict);
    if (!a.reasons_are_plain) return;
    for (size_t i = 0; i < a.reasons.len; i++) {
        char c = a.reasons.data[i];
        check(c != ',' && c != '"' && c != '\n' && c != '\r');
    }
}

static void check_rules(const struct score_ruleset *rules, str text)
{
    size_t count;
    uint64_t seed = 88172645463325252u + text.len;
    score_ruleset_fields(rules, &count);
    str *values = memory_zeroed(count + 1, sizeof *values);
    struct arena arena = {0};
    struct score_worker *worker = score_worker_new(rules), *other = score_worker_new(rules);
    for (int round = 0; round < 8; round++) {
        for (size_t i = 0; i < count; i++) values[i] = random_value(&seed, text);
        check_record(rules, worker, other, values, &arena);
        arena_reset(&arena);
    }
    score_worker_free(worker);
    score_worker_free(other);
    arena_release(&arena);
    memory_free(values);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    // An exact copy, so that reading past the end is seen.
    char *copy = memory_alloc(size + 1);
    if (size) memcpy(copy, data, size);
    copy = memory_resize(copy, size ? size : 1);
    str text = {copy, size};
    struct diagnostics found = {0};
    struct score_options options = {.as_of = 1795219200};
    struct rule_text source = {"fuzz.rules", text};
    struct score_ruleset *rules = score_ruleset_parse(NULL, source, &options, &found);
    struct buffer messages = {0};
    diagnostics_write(&found, &messages);
    check((rules != NULL) == (found.errors == 0));
    if (rules) check_rules(rules, text);
    score_ruleset_free(rules);
    diagnostics_release(&found);
    buffer_release(&messages);
    memory_free(copy);
    return 0;
}
