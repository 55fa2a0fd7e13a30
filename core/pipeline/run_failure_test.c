// Whatever fails, wherever and in how many threads: the run ends, and says what failed first in the
// order of the records.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run_test.h"

enum { BATCHES = 60, RECORDS = BATCHES * ROWS };

static void assert_err(const struct trial *trial, enum err_kind kind, const char *text)
{
    assert_int_equal(trial->err.kind, kind);
    assert_string_equal(trial->err.text, text);
}

// What was written must be the beginning of what a whole run writes.
static void assert_beginning(const struct buffer *got, long long count)
{
    struct buffer whole = numbers_text(RECORDS, NULL), needed = numbers_text(count, NULL);
    assert_in_range(got->len, needed.len, whole.len);
    assert_memory_equal(got->data, whole.data, got->len);
    buffer_release(&whole);
    buffer_release(&needed);
}

// Two records fail in two stages. The earlier one is reported, also when it fails in a later stage
// and long after the other has been noticed.
static void test_earliest_error_wins(void **state)
{
    (void)state;
    static const struct {
        const char *kinds;
        int64_t fails[STAGES_MAX];
        const char *text;
    } cases[] = {
        {"m", {100}, "first failed"},
        {"o", {100}, "first failed"},
        {"p", {100}, "first failed"},
        {"mm", {200, 100}, "second failed"},
        {"mm", {100, 200}, "first failed"},
        {"mo", {205, 195}, "second failed"},
        {"mom", {205, NOWHERE, 195}, "third failed"},
        {"oom", {205, 205, 195}, "third failed"},
        {"oooooo", {205, 204, 203, 202, 201, 170}, "sixth failed"},
        {"popom", {250, 240, 230, 220, 199}, "fifth failed"},
        {"mb", {NOWHERE, 100}, "second failed"},
        {"bo", {NOWHERE, 100}, "second failed"},
        {"mbm", {300, NOWHERE, 2}, "first failed"}, // nothing comes behind the barrier
        {"bom", {NOWHERE, 130, 100}, "third failed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (unsigned threads = 1; threads <= THREADS_MAX; threads++) {
            struct trial trial;
            trial_init(&trial, cases[i].kinds, BATCHES, threads);
            for (size_t stage = 0; stage < trial.run.stage_count; stage++) {
                trial.testing[stage].fails_at = cases[i].fails[stage];
                trial.testing[stage].delay_us = 150;
            }
            assert_false(trial_run(&trial));
            assert_err(&trial, ERR_DATA, cases[i].text);
            trial_release(&trial);
        }
    }
}

// Every record before the failed one still reaches the sinks, whatever the threads.
static void test_what_is_before_goes_on(void **state)
{
    (void)state;
    static const char *const kinds[] = {"m", "mo", "om", "ooo"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        for (unsigned threads = 1; threads <= THREADS_MAX; threads++) {
            struct trial trial;
            trial_init(&trial, kinds[i], BATCHES, threads);
            trial.testing[0].fails_at = 30 * ROWS;
            trial.testing[0].delay_us = 100;
            assert_false(trial_run(&trial));
            assert_text(&trial.main.text, numbers_text(30 * ROWS, NULL));
            trial_release(&trial);
        }
    }
}

static void test_source_fails(void **state)
{
    (void)state;
    static const char *const kinds[] = {"", "m", "mo", "b"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        for (unsigned threads = 1; threads <= THREADS_MAX; threads++) {
            struct trial trial;
            trial_init(&trial, kinds[i], BATCHES, threads);
            trial.source.fails_at = 20;
            assert_false(trial_run(&trial));
            assert_err(&trial, ERR_DATA, "source failed");
            assert_string_equal(trial.err.file, "input");
            assert_int_equal(trial.err.line, 7);
            bool has_barrier = kinds[i][0] == 'b';
            assert_text(&trial.main.text, numbers_text(has_barrier ? 0 : 20 * ROWS, NULL));
            assert_false(trial.testing[0].combined);
            trial_release(&trial);
        }
    }
}

static void test_sinks_fail(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= THREADS_MAX; threads++) {
        for (int64_t at = 0; at < 12; at += 4) { // 0 is the header
            struct trial trial;
            trial_init(&trial, "mo", BATCHES, threads);
            trial.main.fails_at = at;
            assert_false(trial_run(&trial));
            assert_err(&trial, ERR_IO, "sink failed");
            assert_beginning(&trial.main.text, 0);
            assert_int_equal(trial.main.writes, at + 1); // none after the failed one
            trial_release(&trial);

            trial_init(&trial, "mo", BATCHES, threads);
            trial.testing[0].rejects_every = 2;
            trial.rejects[0].fails_at = at;
            assert_false(trial_run(&trial));
            assert_err(&trial, ERR_IO, "sink failed");
            assert_int_equal(trial.rejects[0].writes, at + 1);
            trial_release(&trial);
        }
    }
}

// A reader that has gone away ends the run without another message.
static void test_reader_goes_away(void **state)
{
    (void)state;
    struct trial trial;
    trial_init(&trial, "mm", BATCHES, 4);
    trial.main.fails_at = 3;
    trial.main.failure = ERR_STOPPED;
    assert_false(trial_run(&trial));
    assert_int_equal(trial.err.kind, ERR_STOPPED);
    assert_true(trial.source.given < BATCHES);
    trial_release(&trial);
}

// A stage that returns false without an error (its reader is gone) stops the run as well.
static void test_stage_stops(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct trial trial;
        trial_init(&trial, "om", BATCHES, threads);
        trial.testing[1].fails_at = 100;
        trial.testing[1].stops = true;
        assert_false(trial_run(&trial));
        assert_int_equal(trial.err.kind, ERR_STOPPED);
        trial_release(&trial);
    }
}

static void test_stop_flag(void **state)
{
    (void)state;
    static const char *const kinds[] = {"m", "mo", "mb", "bm"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        for (unsigned threads = 1; threads <= 4; threads++) {
            atomic_bool stop = false;
            struct trial trial;
            trial_init(&trial, kinds[i], BATCHES, threads);
            trial.run.stop = &stop;
            trial.testing[0].set_at = &stop;
            trial.testing[0].set_record = 15 * ROWS;
            assert_false(trial_run(&trial));
            assert_int_equal(trial.err.kind, ERR_STOPPED);
            assert_in_range(trial.source.given, 16, 16 + 2 * threads + 2);
            assert_false(trial.testing[0].combined || trial.testing[1].combined);
            trial_release(&trial);
        }
    }
}

static void test_barrier_fails(void **state)
{
    (void)state;
    static const char *const texts[] = {"combine failed", "drain failed", "fill failed"};
    for (int what = 0; what < 3; what++) {
        for (unsigned threads = 1; threads <= THREADS_MAX; threads++) {
            struct trial trial;
            trial_init(&trial, "mbo", BATCHES, threads);
            trial.testing[1].combine_fails = what == 0;
            trial.testing[1].drain_fails = what == 1;
            trial.testing[1].fill_fails = what == 2;
            trial.testing[1].delay_us = 100;
            assert_false(trial_run(&trial));
            assert_err(&trial, ERR_DATA, texts[what]);
            // The three pieces before the failed one came through.
            assert_text(&trial.main.text, numbers_text(what == 0 ? 0 : 3 * ROWS, NULL));
            trial_release(&trial);
        }
    }
}

// What combine emits is written, and a failure to write it is not lost.
static void test_combine_emits(void **state)
{
    (void)state;
    for (int64_t fails_at = NOWHERE; fails_at <= 1; fails_at++) {
        struct trial trial;
        trial_init(&trial, "bm", BATCHES, 3);
        trial.testing[0].combine_emits = true;
        trial.changes[0].fails_at = fails_at;
        assert_int_equal(trial_run(&trial), fails_at == NOWHERE);
        if (fails_at == NOWHERE) {
            assert_memory_equal(trial.changes[0].text.data, "n\n4711\n", trial.changes[0].text.len);
            assert_text(&trial.main.text, numbers_text(RECORDS, NULL));
        } else {
            assert_err(&trial, ERR_IO, "sink failed");
        }
        trial_release(&trial);
    }
}

static const struct columns *refuse(void *state, const struct columns *in, struct err *err)
{
    (void)state;
    (void)in;
    err_set(err, ERR_RULES, "score.rules", 3, "no column 'emial'");
    return NULL;
}

static void test_open_fails(void **state)
{
    (void)state;
    struct trial trial;
    trial_init(&trial, "mm", BATCHES, 4);
    trial.stages[1].open = refuse;
    assert_false(trial_run(&trial));
    assert_err(&trial, ERR_RULES, "no column 'emial'");
    assert_int_equal(trial.source.given, 0);
    assert_int_equal(trial.main.writes, 0);
    trial_release(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_earliest_error_wins), cmocka_unit_test(test_what_is_before_goes_on),
        cmocka_unit_test(test_source_fails),        cmocka_unit_test(test_sinks_fail),
        cmocka_unit_test(test_reader_goes_away),    cmocka_unit_test(test_stage_stops),
        cmocka_unit_test(test_stop_flag),           cmocka_unit_test(test_barrier_fails),
        cmocka_unit_test(test_combine_emits),       cmocka_unit_test(test_open_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
