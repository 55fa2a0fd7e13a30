// The engine must give the same bytes, counts and order with one thread and with eight.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run_test.h"

enum { BATCHES = 60, RECORDS = BATCHES * ROWS };

static const char *const chains[] = {
    "",   "m",  "mm",  "o",  "p",   "b",     "mo",   "om",     "mom",    "oo",     "pmp",   "mb",
    "bm", "bo", "mbm", "bb", "mob", "ompbm", "obop", "mbobmo", "mmmmmm", "oooooo", "pbpbpb"};

static void check_chain(const char *kinds, unsigned threads, unsigned delay_us)
{
    struct trial trial;
    trial_init(&trial, kinds, BATCHES, threads);
    for (size_t i = 0; i < trial.run.stage_count; i++) trial.testing[i].delay_us = delay_us;
    assert_true(trial_run(&trial));
    assert_int_equal(trial.err.kind, ERR_NONE);
    assert_text(&trial.main.text, numbers_text(RECORDS, NULL));
    assert_false(trial.main.met);
    assert_int_equal(trial.run.records, RECORDS);
    for (size_t i = 0; i < trial.run.stage_count; i++) {
        assert_false(trial.testing[i].out_of_order);
        assert_false(trial.testing[i].prepared_lost);
        assert_false(trial.testing[i].late);
        assert_int_equal(trial.run.results[i].in, RECORDS);
        assert_int_equal(trial.run.results[i].out[PLACE_MAIN], RECORDS);
        assert_string_equal(trial.run.results[i].name, trial.stages[i].name);
    }
    trial_release(&trial);
}

static void test_order_is_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
        for (unsigned threads = 0; threads <= THREADS_MAX; threads++) {
            check_chain(chains[i], threads, 0);
        }
        check_chain(chains[i], 4, 400);
        check_chain(chains[i], THREADS_MAX, 400);
    }
}

static void test_no_records(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
        struct trial trial;
        trial_init(&trial, chains[i], 0, 3);
        assert_true(trial_run(&trial));
        assert_text(&trial.main.text, numbers_text(0, NULL));
        for (size_t stage = 0; stage < trial.run.stage_count; stage++) {
            assert_int_equal(trial.testing[stage].combined, chains[i][stage] == 'b');
            assert_int_equal(trial.rejects[stage].writes, 1); // the header
        }
        trial_release(&trial);
    }
}

static bool by_three(long long number) { return number % 3 == 0; }
static bool by_five(long long number) { return number % 5 == 0; }
static bool by_four_not_three(long long number) { return number % 4 == 0 && number % 3; }
static bool neither(long long number) { return number % 4 && number % 3; }

// What leaves for a place arrives there in order and is counted; copies are not.
static void test_places(void **state)
{
    (void)state;
    static const char *const pairs[] = {"mm", "mo", "om", "bm", "mb", "pp", "bb", "ob"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        for (unsigned threads = 1; threads <= THREADS_MAX; threads += 3) {
            struct trial trial;
            trial_init(&trial, pairs[i], BATCHES, threads);
            trial.testing[0].rejects_every = 3;
            trial.testing[0].changes_every = 5;
            trial.testing[1].rejects_every = 4;
            trial.testing[0].delay_us = trial.testing[1].delay_us = 100;
            assert_true(trial_run(&trial));
            assert_text(&trial.main.text, numbers_text(RECORDS, neither));
            assert_text(&trial.rejects[0].text, numbers_text(RECORDS, by_three));
            assert_text(&trial.rejects[1].text, numbers_text(RECORDS, by_four_not_three));
            assert_text(&trial.changes[0].text, numbers_text(RECORDS, by_five));
            const struct stage_result *first = &trial.run.results[0], *second = first + 1;
            assert_int_equal(first->in, RECORDS);
            assert_int_equal(first->out[PLACE_REJECT], RECORDS / 3);
            assert_int_equal(first->out[PLACE_CHANGE], 0);
            assert_int_equal(first->out[PLACE_MAIN], RECORDS - RECORDS / 3);
            assert_int_equal(second->in, RECORDS - RECORDS / 3);
            assert_int_equal(second->in, second->out[PLACE_MAIN] + second->out[PLACE_REJECT]);
            assert_false(trial.rejects[0].met || trial.rejects[1].met || trial.changes[0].met);
            trial_release(&trial);
        }
    }
}

static void test_tallies_are_summed_and_sorted(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= THREADS_MAX; threads++) {
        struct trial trial;
        trial_init(&trial, "m", BATCHES, threads);
        trial.testing[0].rejects_every = 3;
        assert_true(trial_run(&trial));
        const struct stage_result *result = &trial.run.results[0];
        assert_int_equal(result->by_source.count, 2);
        assert_memory_equal(result->by_source.entries[0].group.data, "even", 4);
        assert_memory_equal(result->by_source.entries[1].group.data, "odd", 3);
        assert_int_equal(tally_get(&result->by_source, STR("even"), STR("in")), RECORDS / 2);
        assert_int_equal(tally_get(&result->by_source, STR("odd"), STR("in")), RECORDS / 2);
        assert_int_equal(tally_get(&result->by_reason, STR("rejects"), STR("divided")),
                         RECORDS / 3);
        trial_release(&trial);
    }
}

// A place that nobody keeps is counted all the same.
static void test_without_sinks(void **state)
{
    (void)state;
    struct trial trial;
    trial_init(&trial, "mo", BATCHES, 4);
    trial.testing[0].rejects_every = 3;
    trial.run.main = NULL;
    trial.run_stages[0].sinks[PLACE_REJECT] = NULL;
    assert_true(trial_run(&trial));
    assert_int_equal(trial.run.results[0].out[PLACE_REJECT], RECORDS / 3);
    assert_int_equal(trial.run.results[1].out[PLACE_MAIN], RECORDS - RECORDS / 3);
    assert_int_equal(trial.main.writes + trial.rejects[0].writes, 0);
    trial_release(&trial);
}

static bool wants_rejects, wants_repeats;

static bool process_wants(void *state, struct stage_worker *worker, struct batch *batch,
                          struct err *err)
{
    (void)state;
    (void)batch;
    (void)err;
    wants_rejects = stage_wants(worker, PLACE_REJECT);
    wants_repeats = stage_wants(worker, PLACE_REPEAT);
    return true;
}

static void test_wants(void **state)
{
    (void)state;
    struct trial trial;
    trial_init(&trial, "mm", 1, 1);
    trial.stages[1].process = process_wants;
    assert_true(trial_run(&trial));
    assert_true(wants_rejects);
    assert_false(wants_repeats);
    trial_release(&trial);
}

// A slow sink must hold back the source: the number of batches alive is bounded by the threads.
static void test_back_pressure(void **state)
{
    (void)state;
    static const char *const kinds[] = {"", "m", "mo", "omom"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        for (unsigned threads = 1; threads <= THREADS_MAX; threads *= 2) {
            struct trial trial;
            trial_init(&trial, kinds[i], 120, threads);
            trial.main.delay_us = 50;
            trial.main.alive = &trial.source.alive;
            assert_true(trial_run(&trial));
            assert_in_range(atomic_load(&trial.source.alive_max), 1, 2 * threads + 2);
            assert_int_equal(atomic_load(&trial.source.alive), 0);
            trial_release(&trial);
        }
    }
}

struct watched {
    uint64_t calls, records, bytes, bytes_total;
    bool went_back;
};

static void watch(void *state, const struct run_progress *progress)
{
    struct watched *watched = state;
    if (progress->records <= watched->records || progress->bytes <= watched->bytes) {
        watched->went_back = true;
    }
    watched->calls++;
    watched->records = progress->records;
    watched->bytes = progress->bytes;
    watched->bytes_total = progress->bytes_total;
}

static void test_progress(void **state)
{
    (void)state;
    struct watched watched = {0};
    struct trial trial;
    trial_init(&trial, "m", BATCHES, 4);
    trial.run.progress = watch;
    trial.run.progress_state = &watched;
    assert_true(trial_run(&trial));
    assert_false(watched.went_back);
    assert_int_equal(watched.calls, BATCHES);
    assert_int_equal(watched.bytes_total, BATCHES);
    assert_int_equal(watched.records, RECORDS);
    trial_release(&trial);
}

// An input of zero bytes has no columns: nothing is written, not even an empty line.
static void test_no_columns(void **state)
{
    (void)state;
    static const struct columns none = {0};
    struct trial trial;
    trial_init(&trial, "m", 0, 2);
    trial.source.source.columns = &none;
    assert_true(trial_run(&trial));
    assert_int_equal(trial.main.writes, 0);
    trial_release(&trial);
}

static atomic_int workers_made, workers_freed;

static void *make_worker(void *state)
{
    (void)state;
    atomic_fetch_add(&workers_made, 1);
    return memory_zeroed(1, sizeof(int));
}

static void free_worker(void *state, void *worker)
{
    (void)state;
    atomic_fetch_add(&workers_freed, 1);
    memory_free(worker);
}

// No two workers may share their state: each use raises it, a second user would be seen.
static bool use_worker(void *state, struct stage_worker *worker, struct batch *batch,
                       struct err *err)
{
    (void)state;
    (void)batch;
    int *in_use = worker->state;
    if ((*in_use)++) return err_set(err, ERR_DATA, NULL, 0, "shared");
    usleep(100);
    (*in_use)--;
    return true;
}

static void test_worker_state(void **state)
{
    (void)state;
    struct trial trial;
    trial_init(&trial, "mo", BATCHES, 5);
    for (int i = 0; i < 2; i++) {
        trial.stages[i].worker_init = make_worker;
        trial.stages[i].worker_release = free_worker;
        trial.stages[i].process = use_worker;
    }
    assert_true(trial_run(&trial));
    assert_int_equal(atomic_load(&workers_made), 10);
    assert_int_equal(atomic_load(&workers_freed), 10);
    trial_release(&trial);
}

static void test_place_names(void **state)
{
    (void)state;
    assert_string_equal(place_name(PLACE_MAIN), "leads");
    assert_string_equal(place_name(PLACE_REJECT), "rejects");
    assert_string_equal(place_name(PLACE_DUPLICATE), "duplicates");
    assert_string_equal(place_name(PLACE_EXISTING), "existing");
    assert_string_equal(place_name(PLACE_SUPPRESSED), "suppressed");
    assert_string_equal(place_name(PLACE_REPEAT), "repeats");
    assert_string_equal(place_name(PLACE_CHANGE), "changes");
    assert_string_equal(place_name(PLACE_CLUSTER), "clusters");
    assert_string_equal(place_name(PLACE_REVIEW), "review");
    assert_string_equal(place_name(PLACE_STATISTICS), "statistics");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_is_kept), cmocka_unit_test(test_no_records),
        cmocka_unit_test(test_places),        cmocka_unit_test(test_tallies_are_summed_and_sorted),
        cmocka_unit_test(test_without_sinks), cmocka_unit_test(test_wants),
        cmocka_unit_test(test_back_pressure), cmocka_unit_test(test_progress),
        cmocka_unit_test(test_no_columns),    cmocka_unit_test(test_worker_state),
        cmocka_unit_test(test_place_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
