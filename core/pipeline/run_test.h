// A chain to test the engine with: a source that counts, stages that wait, emit and fail where they
// are told to, sinks that keep what they get.
//
// Every record has one column, "n": its number from 0 on.
#ifndef PIPELINE_RUN_TEST_H
#define PIPELINE_RUN_TEST_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/csv/writer.h"
#include "run.h"

enum { ROWS = 7, NOWHERE = -1 };

static const str number_name[] = {{"n", 1}};
static const struct columns number_columns = {.count = 1, .names = number_name};

static inline uint64_t mixed(uint64_t x)
{
    x = (x ^ x >> 31) * 0x9E3779B97F4A7C15u;
    return x ^ x >> 29;
}

static inline long long number_at(struct batch *batch, uint32_t row)
{
    str text = batch_get(batch, row, 0);
    char digits[24] = {0};
    memcpy(digits, text.data, text.len);
    return strtoll(digits, NULL, 10);
}

// ---- source

struct counting {
    struct source source;
    uint64_t batches, given; // how many to give, and how many were
    int64_t fails_at;        // the batch, or NOWHERE
    atomic_int alive, alive_max;
};

static inline bool counting_next(void *state, struct batch *batch, struct err *err)
{
    struct counting *counting = state;
    if (counting->fails_at >= 0 && counting->given == (uint64_t)counting->fails_at) {
        return err_set(err, ERR_DATA, "input", 7, "source failed");
    }
    if (counting->given == counting->batches) return false;
    batch_begin_empty(batch, &number_columns, ROWS);
    for (uint32_t row = 0; row < ROWS; row++) {
        batch_set_number(batch, row, 0, (int64_t)(counting->given * ROWS + row));
    }
    counting->given++;
    int alive = atomic_fetch_add(&counting->alive, 1) + 1;
    if (alive > atomic_load(&counting->alive_max)) atomic_store(&counting->alive_max, alive);
    return true;
}

static inline void counting_progress(void *state, uint64_t *done, uint64_t *total)
{
    const struct counting *counting = state;
    *done = counting->given;
    *total = counting->batches;
}

static inline void counting_init(struct counting *counting, uint64_t batches)
{
    *counting = (struct counting){.batches = batches, .fails_at = NOWHERE};
    counting->source = (struct source){.state = counting,
                                       .columns = &number_columns,
                                       .next = counting_next,
                                       .progress = counting_progress};
}

// ---- sink

struct keeping {
    struct sink sink;
    struct buffer text;
    uint64_t writes;
    int64_t fails_at; // the write (0 is the header), or NOWHERE
    enum err_kind failure;
    unsigned delay_us;
    atomic_int *alive; // counted down at every write but the first
    atomic_bool busy;  // to find two writers at once
    bool met;
};

static inline bool keeping_write(void *state, str text, struct err *err)
{
    struct keeping *keeping = state;
    if (atomic_exchange(&keeping->busy, true)) keeping->met = true;
    if (keeping->delay_us) usleep(keeping->delay_us);
    buffer_add(&keeping->text, text);
    bool fails = (int64_t)keeping->writes == keeping->fails_at;
    if (keeping->writes++ && keeping->alive) atomic_fetch_sub(keeping->alive, 1);
    atomic_store(&keeping->busy, false);
    return !fails || err_set(err, keeping->failure, "sink", 0, "sink failed");
}

static inline void keeping_init(struct keeping *keeping)
{
    *keeping = (struct keeping){.fails_at = NOWHERE, .failure = ERR_IO};
    keeping->sink = (struct sink){keeping_write, keeping};
}

// ---- stages

struct testing {
    const char *name;
    unsigned delay_us;   // at most; which batch waits how long is mixed
    int64_t fails_at;    // the record, or NOWHERE
    bool stops;          // fails without an error
    int rejects_every;   // records whose number it divides leave for PLACE_REJECT; 0 = none
    int changes_every;   // records whose number it divides are copied to PLACE_CHANGE
    atomic_bool *set_at; // set when record set_record is seen
    int64_t set_record;
    int64_t expected; // ORDERED: the number that must be next at least
    bool out_of_order, prepared_lost;
    // BARRIER:
    pthread_mutex_t lock;
    int64_t *numbers;
    size_t count, capacity, pieces;
    bool combined, late; // late: a record came after combine
    bool combine_fails, drain_fails, fill_fails, combine_emits;
};

static inline const struct columns *testing_open(void *state, const struct columns *in,
                                                 struct err *err)
{
    (void)state;
    (void)err;
    return in;
}

static inline const struct columns *testing_place(void *state, enum place place)
{
    (void)state;
    return place == PLACE_REJECT || place == PLACE_CHANGE ? &number_columns : NULL;
}

static inline bool testing_emit(struct testing *testing, struct stage_worker *worker,
                                struct batch *batch)
{
    bool keep[ROWS];
    struct batch *rejected = stage_batch(worker), *changed = stage_batch(worker);
    batch_begin_empty(rejected, &number_columns, batch->count);
    batch_begin_empty(changed, &number_columns, batch->count);
    uint32_t rejects = 0, changes = 0;
    for (uint32_t row = 0; row < batch->count; row++) {
        long long number = number_at(batch, row);
        keep[row] = !testing->rejects_every || number % testing->rejects_every;
        if (!keep[row]) batch_set_number(rejected, rejects++, 0, number);
        if (!keep[row]) tally_add(&worker->by_reason, STR("rejects"), STR("divided"), 1);
        if (testing->changes_every && number % testing->changes_every == 0) {
            batch_set_number(changed, changes++, 0, number);
        }
        tally_add(&worker->by_source, number % 2 ? STR("odd") : STR("even"), STR("in"), 1);
    }
    rejected->count = rejects;
    changed->count = changes;
    batch_filter(batch, keep);
    // Both, whatever becomes of the first: a batch that was taken must be given back.
    bool goes_on = stage_emit(worker, PLACE_REJECT, rejected);
    return stage_emit_copies(worker, PLACE_CHANGE, changed, 0) && goes_on;
}

static inline bool testing_process(void *state, struct stage_worker *worker, struct batch *batch,
                                   struct err *err)
{
    struct testing *testing = state;
    uint64_t first = batch->count ? (uint64_t)number_at(batch, 0) : 0;
    if (testing->delay_us) usleep((useconds_t)(mixed(first) % testing->delay_us));
    for (uint32_t row = 0; row < batch->count; row++) {
        long long number = number_at(batch, row);
        if (testing->set_at && number == testing->set_record) atomic_store(testing->set_at, true);
        if (number != testing->fails_at) continue;
        if (testing->stops) return false;
        return err_set(err, ERR_DATA, NULL, (long)number, "%s failed", testing->name);
    }
    return testing_emit(testing, worker, batch);
}

static inline bool testing_ordered(void *state, struct stage_worker *worker, struct batch *batch,
                                   struct err *err)
{
    struct testing *testing = state;
    for (uint32_t row = 0; row < batch->count; row++) {
        long long number = number_at(batch, row);
        if (number < testing->expected) testing->out_of_order = true;
        testing->expected = number + 1;
    }
    return testing_process(state, worker, batch, err);
}

static inline bool testing_prepare(void *state, struct stage_worker *worker, struct batch *batch,
                                   void **prepared, struct err *err)
{
    (void)state;
    (void)worker;
    (void)err;
    *prepared = arena_new(&batch->arena, long long, 1);
    *(long long *)*prepared = batch->count ? number_at(batch, 0) : -1;
    return true;
}

static inline bool testing_prepared(void *state, struct stage_worker *worker, struct batch *batch,
                                    void *prepared, struct err *err)
{
    struct testing *testing = state;
    long long first = batch->count ? number_at(batch, 0) : -1;
    if (!prepared || *(long long *)prepared != first) testing->prepared_lost = true;
    return testing_ordered(state, worker, batch, err);
}

static inline bool testing_sink(void *state, struct stage_worker *worker, struct batch *batch,
                                struct err *err)
{
    struct testing *testing = state;
    if (!testing_process(state, worker, batch, err)) return false;
    pthread_mutex_lock(&testing->lock);
    if (testing->combined) testing->late = true;
    for (uint32_t row = 0; row < batch->count; row++) {
        testing->numbers = memory_grow(testing->numbers, &testing->capacity, testing->count + 1,
                                       sizeof *testing->numbers);
        testing->numbers[testing->count++] = number_at(batch, row);
    }
    pthread_mutex_unlock(&testing->lock);
    return true;
}

static inline int number_order(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static inline bool testing_combine(void *state, struct stage_worker *worker, struct err *err)
{
    struct testing *testing = state;
    testing->combined = true;
    if (testing->count) qsort(testing->numbers, testing->count, sizeof(int64_t), number_order);
    if (testing->combine_fails) return err_set(err, ERR_DATA, NULL, 0, "combine failed");
    if (!testing->combine_emits) return true;
    struct batch *batch = stage_batch(worker);
    batch_begin_empty(batch, &number_columns, 1);
    batch_set_number(batch, 0, 0, 4711);
    return stage_emit_copies(worker, PLACE_CHANGE, batch, 0);
}

static inline bool testing_drain(void *state, uint64_t *piece, struct err *err)
{
    struct testing *testing = state;
    if (testing->drain_fails && testing->pieces == 3) {
        return err_set(err, ERR_DATA, NULL, 0, "drain failed");
    }
    *piece = testing->pieces;
    return testing->pieces++ * ROWS < testing->count;
}

static inline bool testing_fill(void *state, struct stage_worker *worker, uint64_t piece,
                                struct batch *batch, struct err *err)
{
    (void)worker;
    struct testing *testing = state;
    if (testing->fill_fails && piece == 3) {
        return err_set(err, ERR_DATA, NULL, 0, "fill failed");
    }
    if (testing->delay_us) usleep((useconds_t)(mixed(piece) % testing->delay_us));
    size_t first = piece * ROWS, left = testing->count - first;
    batch_begin_empty(batch, &number_columns, left < ROWS ? (uint32_t)left : ROWS);
    for (uint32_t row = 0; row < batch->count; row++) {
        batch_set_number(batch, row, 0, testing->numbers[first + row]);
    }
    return true;
}

static inline void testing_stage(struct testing *testing, const char *name, enum stage_kind kind,
                                 struct stage *stage)
{
    *testing = (struct testing){.name = name, .fails_at = NOWHERE};
    pthread_mutex_init(&testing->lock, NULL);
    *stage = (struct stage){.name = name,
                            .kind = kind,
                            .state = testing,
                            .places = STAGE_PLACE(PLACE_REJECT) | STAGE_PLACE(PLACE_CHANGE),
                            .open = testing_open,
                            .place_columns = testing_place};
    if (kind == STAGE_MAP) stage->process = testing_process;
    if (kind == STAGE_ORDERED) stage->process = testing_ordered;
    if (kind != STAGE_BARRIER) return;
    stage->sink = testing_sink;
    stage->combine = testing_combine;
    stage->drain = testing_drain;
    stage->fill = testing_fill;
}

// ---- a chain of these

enum { STAGES_MAX = 6, THREADS_MAX = 8 };

struct trial {
    struct counting source;
    struct keeping main, rejects[STAGES_MAX], changes[STAGES_MAX];
    struct testing testing[STAGES_MAX];
    struct stage stages[STAGES_MAX];
    struct run_stage run_stages[STAGES_MAX];
    struct run run;
    struct err err;
};

// kinds: one letter a stage: m(ap), o(rdered), p (ordered with a prepared part), b(arrier).
static inline void trial_init(struct trial *trial, const char *kinds, uint64_t batches,
                              unsigned threads)
{
    static const char *const names[STAGES_MAX] = {"first",  "second", "third",
                                                  "fourth", "fifth",  "sixth"};
    *trial = (struct trial){0};
    counting_init(&trial->source, batches);
    keeping_init(&trial->main);
    size_t count = 0;
    for (; kinds[count]; count++) {
        enum stage_kind kind = kinds[count] == 'm'   ? STAGE_MAP
                               : kinds[count] == 'b' ? STAGE_BARRIER
                                                     : STAGE_ORDERED;
        struct stage *stage = &trial->stages[count];
        testing_stage(&trial->testing[count], names[count], kind, stage);
        if (kinds[count] == 'p') {
            stage->process = NULL;
            stage->prepare = testing_prepare;
            stage->process_prepared = testing_prepared;
        }
        keeping_init(&trial->rejects[count]);
        keeping_init(&trial->changes[count]);
        trial->run_stages[count] = (struct run_stage){.stage = stage};
        trial->run_stages[count].sinks[PLACE_REJECT] = &trial->rejects[count].sink;
        trial->run_stages[count].sinks[PLACE_CHANGE] = &trial->changes[count].sink;
    }
    trial->run = (struct run){.source = &trial->source.source,
                              .stages = trial->run_stages,
                              .stage_count = count,
                              .main = &trial->main.sink,
                              .threads = threads};
}

static inline bool trial_run(struct trial *trial) { return run_pipeline(&trial->run, &trial->err); }

static inline void trial_release(struct trial *trial)
{
    run_release(&trial->run);
    buffer_release(&trial->main.text);
    for (size_t i = 0; i < STAGES_MAX; i++) {
        buffer_release(&trial->rejects[i].text);
        buffer_release(&trial->changes[i].text);
        memory_free(trial->testing[i].numbers);
        if (i < trial->run.stage_count) pthread_mutex_destroy(&trial->testing[i].lock);
    }
}

// The header and the numbers below `count` that `keeps` keeps, as the sinks must get them.
static inline struct buffer numbers_text(long long count, bool (*keeps)(long long number))
{
    struct buffer text = {0};
    buffer_add(&text, STR("n\n"));
    for (long long i = 0; i < count; i++) {
        if (!keeps || keeps(i)) buffer_format(&text, "%lld\n", i);
    }
    return text;
}

static inline void assert_text(const struct buffer *got, struct buffer want)
{
    assert_int_equal(got->len, want.len);
    assert_memory_equal(got->data, want.data, want.len);
    buffer_release(&want);
}

#endif
