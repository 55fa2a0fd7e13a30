// What is remembered, and read row by row or many rows at once, must not change what is said.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "testing.h"
#include "worker.h"

static const char text_of_rules[] =
    "dates seen_at\n"
    "numbers extra.pages\n"
    "sources incentive accuracy awareness\n"
    "  \"web\" none high low\n"
    "  /prize/i high low low\n"
    "  otherwise none medium medium\n"
    "group fit from -20 to 40\n"
    "  +30 title ~ /\\b(?:ceo|vice president)\\b/i \"decides\"\n"
    "  else +10 title ~ /\\b(?:manager|lead)\\b/ \"leads, in lower case\"\n"
    "  -5 title !~ /\\bsales?\\b/i \"not sales\"\n"
    "  +7 email.domain ~ /^(?:gmail|gmx)\\.[a-z.]+$/ and country in DE, FI \"free mail here\"\n"
    "  +3 name ~ /(.)\\1/ \"a letter twice\"\n"
    "  +2 city missing \"no city\"\n"
    "  +2 city present and city is not \"Oulu\" \"not from Oulu\"\n"
    "group engagement half-life 30 days counted from seen_at or created_at\n"
    "  +20 notes has word \"demo\" \"asked for a demo\"\n"
    "  +1 per 2 touches up to 5 \"touches\"\n"
    "  +4 source.incentive is high keep \"prize\"\n"
    "group suspicion not in score\n"
    "  +1 extra.pages >= 3 \"many pages\"\n"
    "  +1 name has word \"test\" \"test\"\n"
    "discard when email_status is invalid \"no way\"\n"
    "set aside when employees > 10 and country is SE \"large in Sweden\"\n"
    "tier suspect when suspicion >= 2\n"
    "tier hot when score >= 30 or (country is FI and score >= 20)\n"
    "tier warm when score >= 10\n"
    "tier cold otherwise\n"
    "grade fit A from 20, B from 5, else C\n"
    "lifecycle SQL when tier is hot and grade is A\n"
    "lifecycle MQL when created_at within 10 days\n"
    "lifecycle nurture otherwise\n";

static uint64_t next_number(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static str random_value(uint64_t *seed)
{
    static const char *const values[] = {
        "",
        "",
        "  ",
        "CEO",
        " vice president ",
        "Sales manager",
        "lead",
        "Vice  President",
        "toimitusjohtaja, p\xC3\xA4\xC3\xA4llikk\xC3\xB6 CEO",
        "sales\xFF lead",
        "one title that is longer than the memory of short ones: CEO",
        "a@gmail.com",
        "b@gmx.co1",
        "c@ gmx.de",
        "DE",
        "FI",
        "SE",
        "fi ",
        "Anna",
        "test",
        "Oulu",
        "Prize draw",
        "web",
        "a demo, please",
        "invalid",
        "valid",
        "5",
        "12",
        "-3",
        "2026-11-20",
        "2026-10-01",
        "2027-01-01",
        "2026-11-19T10:00:00Z",
        "{\"pages\":4}",
        "{\"pages\":\"2\"}"};
    return str_of(values[next_number(seed) % (sizeof values / sizeof *values)]);
}

static void assert_same(const struct score_result *a, const struct score_result *b)
{
    if (!str_equal(a->reasons, b->reasons)) {
        fail_msg("%.*s is not %.*s", STR_ARG(a->reasons), STR_ARG(b->reasons));
    }
    assert_int_equal(a->score, b->score);
    assert_int_equal(a->score_raw, b->score_raw);
    assert_int_equal(a->fit, b->fit);
    assert_int_equal(a->engagement, b->engagement);
    assert_int_equal(a->suspicion, b->suspicion);
    assert_int_equal(a->tier, b->tier);
    assert_int_equal(a->verdict, b->verdict);
    assert_int_equal(a->reasons_are_plain, b->reasons_are_plain);
    assert_int_equal(a->part_count, b->part_count);
    assert_true(str_equal(a->grade, b->grade));
    assert_true(str_equal(a->lifecycle, b->lifecycle));
}

static void check_rows(bool skips_reasons)
{
    enum { FIELDS_MAX = 40, ROUNDS = 200 };
    struct trial trial;
    trial_begin(&trial, text_of_rules);
    if (!trial.rules) fail_msg("%.*s", STR_ARG(buffer_str(&trial.messages)));
    if (skips_reasons) score_worker_skip_reasons(trial.worker);
    size_t count;
    score_ruleset_fields(trial.rules, &count);
    assert_in_range(count, 10, FIELDS_MAX);
    static str values[FIELDS_MAX][SCORE_ROWS_MAX];
    const str *columns[FIELDS_MAX];
    for (size_t i = 0; i < count; i++) columns[i] = values[i];
    uint64_t seed = 11, dates = 0;
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t rows = 1 + (uint32_t)(next_number(&seed) % SCORE_ROWS_MAX);
        for (size_t i = 0; i < count; i++) {
            for (uint32_t row = 0; row < rows; row++) {
                bool repeats = row && next_number(&seed) % 2;
                values[i][row] = repeats ? values[i][row - 1] : random_value(&seed);
            }
        }
        struct score_result results[SCORE_ROWS_MAX];
        score_evaluate_rows(trial.rules, trial.worker, columns, rows, &trial.arena, results);
        for (uint32_t row = 0; row < rows; row++) {
            struct score_worker *fresh = score_worker_new(trial.rules);
            struct score_result alone;
            if (skips_reasons) score_worker_skip_reasons(fresh);
            for (size_t i = 0; i < count; i++) trial.values[i] = values[i][row];
            score_evaluate(trial.rules, fresh, trial.values, &trial.arena, &alone);
            assert_same(&results[row], &alone);
            dates += score_worker_counts(fresh)->dates_missing;
            dates += score_worker_counts(fresh)->dates_future;
            score_worker_free(fresh);
        }
    }
    const struct score_counts *counts = score_worker_counts(trial.worker);
    assert_int_equal(counts->dates_missing + counts->dates_future, dates);
    assert_true(trial.worker->outcomes.hits > 0);
    trial_end(&trial);
}

static void remembered_and_in_rows(void **state)
{
    (void)state;
    check_rows(false);
}

static void remembered_without_reasons(void **state)
{
    (void)state;
    check_rows(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remembered_and_in_rows),
        cmocka_unit_test(remembered_without_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
