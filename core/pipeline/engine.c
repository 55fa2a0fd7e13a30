#include "engine.h"

#include "core/base/memory.h"

size_t engine_side(size_t stage, enum place place) { return stage * PLACE_COUNT + place; }

// ---- making and freeing

static enum segment_end end_of(const struct stage *stage)
{
    return stage->kind == STAGE_ORDERED ? END_ORDERED : END_BARRIER;
}

static void cut_into_segments(struct engine *engine)
{
    struct run *run = engine->run;
    engine->segments = memory_zeroed(run->stage_count + 1, sizeof *engine->segments);
    struct segment *segment = engine->segments;
    for (size_t i = 0; i < run->stage_count; i++) {
        if (run->stages[i].stage->kind == STAGE_MAP) continue;
        segment->last = i;
        segment->end = end_of(run->stages[i].stage);
        (++segment)->first = i + 1;
    }
    segment->last = run->stage_count;
    segment->end = END_SINK;
    engine->segment_count = (size_t)(segment - engine->segments) + 1;
    for (size_t i = 0; i < engine->segment_count; i++) {
        engine->segments[i].queue_end = &engine->segments[i].queue;
        engine->segments[i].ring =
            memory_zeroed(engine->in_flight_max, sizeof *engine->segments[i].ring);
    }
}

static void make_worker(struct engine *engine, struct worker *worker)
{
    size_t count = engine->run->stage_count;
    worker->engine = engine;
    worker->stages = memory_zeroed(count, sizeof *worker->stages);
    worker->counts = memory_zeroed(count, sizeof *worker->counts);
    for (size_t i = 0; i < count; i++) {
        struct stage *stage = engine->run->stages[i].stage;
        worker->stages[i].engine = engine;
        worker->stages[i].item = worker;
        if (stage->worker_init) worker->stages[i].state = stage->worker_init(stage->state);
    }
}

void engine_init(struct engine *engine, struct run *run, const struct choice *choice)
{
    *engine = (struct engine){.run = run, .choice = choice};
    engine->worker_count = run->threads ? run->threads : 1;
    engine->in_flight_max = engine->worker_count * 2 + 2;
    pthread_mutex_init(&engine->lock, NULL);
    pthread_cond_init(&engine->changed, NULL);
    cut_into_segments(engine);
    engine->workers = memory_zeroed(engine->worker_count, sizeof *engine->workers);
    for (size_t i = 0; i < engine->worker_count; i++) make_worker(engine, &engine->workers[i]);
}

static void free_item(struct engine *engine, struct item *item)
{
    buffer_release(&item->text);
    for (size_t i = 0; i < engine->run->stage_count * PLACE_COUNT; i++) {
        buffer_release(&item->sides[i]);
    }
    memory_free(item->sides);
    batch_free(item->batch);
    memory_free(item);
}

static void free_items(struct engine *engine)
{
    for (size_t i = 0; i < engine->segment_count; i++) {
        struct segment *segment = &engine->segments[i];
        while (segment->queue) {
            struct item *item = segment->queue;
            segment->queue = item->next;
            free_item(engine, item);
        }
        for (size_t slot = 0; slot < engine->in_flight_max; slot++) {
            if (segment->ring[slot]) free_item(engine, segment->ring[slot]);
        }
        memory_free(segment->ring);
    }
    while (engine->idle_items) {
        struct item *item = engine->idle_items;
        engine->idle_items = item->next;
        free_item(engine, item);
    }
    while (engine->idle_batches) {
        struct batch *batch = engine->idle_batches;
        engine->idle_batches = batch->next;
        batch_free(batch);
    }
}

static void finish_worker(struct engine *engine, struct worker *worker)
{
    for (size_t i = 0; i < engine->run->stage_count; i++) {
        struct stage_result *result = &engine->run->results[i];
        struct stage *stage = engine->run->stages[i].stage;
        result->in += worker->counts[i].in;
        for (int place = 0; place < PLACE_COUNT; place++) {
            result->out[place] += worker->counts[i].out[place];
        }
        tally_merge(&result->by_source, &worker->stages[i].by_source);
        tally_merge(&result->by_reason, &worker->stages[i].by_reason);
        tally_release(&worker->stages[i].by_source);
        tally_release(&worker->stages[i].by_reason);
        if (stage->worker_release) {
            stage->worker_release(stage->state, worker->stages[i].state);
        }
    }
    memory_free(worker->stages);
    memory_free(worker->counts);
}

void engine_finish(struct engine *engine)
{
    for (size_t i = 0; i < engine->worker_count; i++) finish_worker(engine, &engine->workers[i]);
    for (size_t i = 0; i < engine->run->stage_count; i++) {
        tally_sort(&engine->run->results[i].by_source);
        tally_sort(&engine->run->results[i].by_reason);
    }
    free_items(engine);
    memory_free(engine->segments);
    memory_free(engine->workers);
    pthread_mutex_destroy(&engine->lock);
    pthread_cond_destroy(&engine->changed);
}

// ---- items and batches, reused

static struct batch *take_idle_batch(struct engine *engine)
{
    struct batch *batch = engine->idle_batches;
    if (!batch) return batch_new();
    engine->idle_batches = batch->next;
    batch->next = NULL;
    return batch;
}

static struct item *take_idle_item(struct engine *engine)
{
    struct item *item = engine->idle_items;
    if (item) {
        engine->idle_items = item->next;
        return item;
    }
    item = memory_zeroed(1, sizeof *item);
    item->sides = memory_zeroed(engine->run->stage_count * PLACE_COUNT, sizeof *item->sides);
    item->batch = batch_new();
    return item;
}

// Called with the lock held.
static void retire(struct engine *engine, struct item *item)
{
    batch_clear(item->batch);
    buffer_clear(&item->text);
    item->err.kind = ERR_NONE;
    item->prepared = NULL;
    item->next = engine->idle_items;
    engine->idle_items = item;
    engine->in_flight--;
}

// Whether an item can no longer change what comes out: it or an earlier one has failed. What is
// before the failed one goes on, since it may hold the error to be reported, the same one for any
// number of threads. Called with the lock held.
static bool is_moot(const struct engine *engine, const struct item *item)
{
    return engine->err.kind && item->origin >= engine->failed_origin;
}

// Called with the lock held.
static void note_failure(struct engine *engine, const struct item *item)
{
    if (!item->err.kind || is_moot(engine, item)) return;
    engine->err = item->err;
    engine->failed_origin = item->origin;
}

// ---- what stages call

struct batch *stage_batch(struct stage_worker *stage_worker)
{
    struct engine *engine = stage_worker->engine;
    pthread_mutex_lock(&engine->lock);
    struct batch *batch = take_idle_batch(engine);
    pthread_mutex_unlock(&engine->lock);
    return batch;
}

bool stage_wants(const struct stage_worker *stage_worker, enum place place)
{
    const struct worker *worker = stage_worker->item;
    size_t stage = (size_t)(stage_worker - worker->stages);
    return worker->engine->run->stages[stage].sinks[place] != NULL;
}

bool stage_emit(struct stage_worker *stage_worker, enum place place, struct batch *batch)
{
    return stage_emit_copies(stage_worker, place, batch, batch->count);
}

bool stage_emit_copies(struct stage_worker *stage_worker, enum place place, struct batch *batch,
                       uint64_t counted)
{
    struct worker *worker = stage_worker->item;
    struct engine *engine = worker->engine;
    size_t stage = (size_t)(stage_worker - worker->stages);
    worker->counts[stage].out[place] += counted;
    if (engine->run->stages[stage].sinks[place]) {
        batch_write_projected(batch, choice_place(engine->choice, stage, place),
                              &worker->item->sides[engine_side(stage, place)]);
    }
    batch_clear(batch);
    pthread_mutex_lock(&engine->lock);
    batch->next = engine->idle_batches;
    engine->idle_batches = batch;
    bool go_on = !is_moot(engine, worker->item);
    pthread_mutex_unlock(&engine->lock);
    return go_on;
}

// ---- the work on one item, outside the lock

static bool map(struct worker *worker, struct item *item, size_t first, size_t last)
{
    struct run *run = worker->engine->run;
    for (size_t i = first; i < last; i++) {
        struct stage *stage = run->stages[i].stage;
        worker->counts[i].in += item->batch->count;
        bool ok = stage->process(stage->state, &worker->stages[i], item->batch, &item->err);
        if (!ok) return err_set(&item->err, ERR_STOPPED, NULL, 0, "stopped");
        worker->counts[i].out[PLACE_MAIN] += item->batch->count;
    }
    return true;
}

static void work_on(struct worker *worker, struct item *item)
{
    struct engine *engine = worker->engine;
    struct segment *segment = &engine->segments[item->segment];
    worker->item = item;
    if (item->err.kind || !map(worker, item, segment->first, segment->last)) return;
    if (segment->end == END_SINK) {
        if (!engine->run->main) return;
        batch_write_projected(item->batch, choice_main(engine->choice), &item->text);
        return;
    }
    struct stage *stage = engine->run->stages[segment->last].stage;
    struct stage_worker *stage_worker = &worker->stages[segment->last];
    worker->counts[segment->last].in += item->batch->count;
    bool ok = true;
    if (segment->end == END_BARRIER) {
        ok = stage->sink(stage->state, stage_worker, item->batch, &item->err);
    } else if (stage->prepare) {
        ok = stage->prepare(stage->state, stage_worker, item->batch, &item->prepared, &item->err);
    }
    if (!ok) err_set(&item->err, ERR_STOPPED, NULL, 0, "stopped");
}

// ---- committing, in order, by one thread a segment

static bool write_sides(struct worker *worker, struct item *item)
{
    struct run *run = worker->engine->run;
    bool ok = true;
    for (size_t stage = 0; stage < run->stage_count; stage++) {
        for (int place = 0; place < PLACE_COUNT; place++) {
            struct buffer *text = &item->sides[engine_side(stage, (enum place)place)];
            struct sink *sink = run->stages[stage].sinks[place];
            if (text->len && ok) ok = sink->write(sink->state, buffer_str(text), &item->err);
            buffer_clear(text);
        }
    }
    return ok;
}

static bool end_segment(struct worker *worker, struct item *item)
{
    struct run *run = worker->engine->run;
    struct segment *segment = &worker->engine->segments[item->segment];
    worker->item = item;
    if (segment->end == END_BARRIER) return write_sides(worker, item);
    if (segment->end == END_SINK) {
        if (!write_sides(worker, item)) return false;
        if (!item->text.len) return true;
        return run->main->write(run->main->state, buffer_str(&item->text), &item->err);
    }
    struct stage *stage = run->stages[segment->last].stage;
    struct stage_worker *stage_worker = &worker->stages[segment->last];
    bool ok = stage->prepare ? stage->process_prepared(stage->state, stage_worker, item->batch,
                                                       item->prepared, &item->err)
                             : stage->process(stage->state, stage_worker, item->batch, &item->err);
    if (ok) worker->counts[segment->last].out[PLACE_MAIN] += item->batch->count;
    return ok && write_sides(worker, item);
}

// Called with the lock held: an item has been committed and goes on, or is done with.
static void pass_on(struct engine *engine, struct item *item)
{
    struct segment *segment = &engine->segments[item->segment];
    if (segment->end != END_ORDERED || is_moot(engine, item)) {
        retire(engine, item);
        return;
    }
    struct segment *after = segment + 1;
    item->segment++;
    item->number = after->given++;
    item->prepared = NULL;
    item->next = NULL;
    *after->queue_end = item;
    after->queue_end = &item->next;
}

// Hands an item in. Whoever finds the next one in order, and nobody committing, commits all that
// are ready. Called and returns with the lock held.
static void hand_in(struct worker *worker, struct item *handed)
{
    struct engine *engine = worker->engine;
    struct segment *segment = &engine->segments[handed->segment];
    segment->ring[handed->number % engine->in_flight_max] = handed;
    if (segment->committing) return;
    segment->committing = true;
    for (;;) {
        struct item **slot = &segment->ring[segment->committed % engine->in_flight_max];
        struct item *item = *slot;
        if (!item) break;
        *slot = NULL;
        if (!item->err.kind && !is_moot(engine, item)) {
            pthread_mutex_unlock(&engine->lock);
            bool ok = end_segment(worker, item);
            if (!ok) err_set(&item->err, ERR_STOPPED, NULL, 0, "stopped");
            pthread_mutex_lock(&engine->lock);
        }
        note_failure(engine, item);
        segment->committed++;
        pass_on(engine, item);
        pthread_cond_broadcast(&engine->changed);
    }
    segment->committing = false;
}

// ---- taking

// Only one thread is here at a time, so it may also tell of the progress.
static bool next_from_input(struct engine *engine, struct item *item)
{
    struct run *run = engine->run;
    if (!run->source->next(run->source->state, item->batch, &item->err)) return false;
    run->records += item->batch->count;
    if (!run->progress) return true;
    struct run_progress progress = {.records = run->records};
    if (run->source->progress) {
        run->source->progress(run->source->state, &progress.bytes, &progress.bytes_total);
    }
    run->progress(run->progress_state, &progress);
    return true;
}

static bool next_from_source(struct worker *worker, struct item *item)
{
    struct engine *engine = worker->engine;
    struct run *run = engine->run;
    if (run->stop && atomic_load(run->stop)) {
        return err_set(&item->err, ERR_STOPPED, NULL, 0, "stopped");
    }
    if (engine->live == 0) return next_from_input(engine, item);
    size_t number = engine->segments[engine->live - 1].last;
    struct stage *stage = run->stages[number].stage;
    uint64_t piece;
    if (!stage->drain(stage->state, &piece, &item->err)) return false;
    item->number = piece; // kept until fill, which is done outside the taking
    return true;
}

// The parallel part of taking from a drained barrier.
static void fill(struct worker *worker, struct item *item, uint64_t piece)
{
    size_t number = worker->engine->segments[item->segment - 1].last;
    struct stage *stage = worker->engine->run->stages[number].stage;
    worker->item = item;
    bool ok = stage->fill(stage->state, &worker->stages[number], piece, item->batch, &item->err);
    if (!ok) err_set(&item->err, ERR_STOPPED, NULL, 0, "stopped");
    if (ok) worker->counts[number].out[PLACE_MAIN] += item->batch->count;
}

// Takes the next item from the live source and works on it. The lock is held on entry and exit.
static void take(struct worker *worker)
{
    struct engine *engine = worker->engine;
    struct item *item = take_idle_item(engine);
    engine->in_flight++;
    engine->taking = true;
    pthread_mutex_unlock(&engine->lock);
    bool got = next_from_source(worker, item);
    pthread_mutex_lock(&engine->lock);
    engine->taking = false;
    if (!got && !item->err.kind) {
        engine->exhausted = true;
        retire(engine, item);
        pthread_cond_broadcast(&engine->changed);
        return;
    }
    uint64_t piece = item->number;
    item->segment = engine->live;
    item->number = engine->segments[engine->live].given++;
    item->origin = engine->taken++;
    if (engine->live == 0) {
        item->batch->first_sequence = engine->sequence;
        engine->sequence += item->batch->count;
    }
    if (item->err.kind) engine->exhausted = true;
    pthread_cond_broadcast(&engine->changed);
    pthread_mutex_unlock(&engine->lock);
    if (item->segment > 0 && !item->err.kind) fill(worker, item, piece);
    work_on(worker, item);
    pthread_mutex_lock(&engine->lock);
    hand_in(worker, item);
}

static bool take_from_queues(struct worker *worker)
{
    struct engine *engine = worker->engine;
    for (size_t i = engine->segment_count; i-- > engine->live + 1;) {
        struct segment *segment = &engine->segments[i];
        struct item *item = segment->queue;
        if (!item) continue;
        segment->queue = item->next;
        if (!segment->queue) segment->queue_end = &segment->queue;
        pthread_mutex_unlock(&engine->lock);
        work_on(worker, item);
        pthread_mutex_lock(&engine->lock);
        hand_in(worker, item);
        return true;
    }
    return false;
}

// The live source is exhausted and everything it gave has been committed: either all is done, or a
// barrier has all its records and becomes the next source. The lock is held on entry and exit.
static void turn(struct worker *worker)
{
    struct engine *engine = worker->engine;
    size_t barrier = engine->live;
    while (barrier < engine->segment_count && engine->segments[barrier].end != END_BARRIER) {
        barrier++;
    }
    if (barrier == engine->segment_count || engine->err.kind) {
        engine->done = true;
        pthread_cond_broadcast(&engine->changed);
        return;
    }
    size_t number = engine->segments[barrier].last;
    struct stage *stage = engine->run->stages[number].stage;
    struct item *item = take_idle_item(engine);
    item->origin = engine->taken++;
    engine->in_flight++;
    engine->combining = true;
    pthread_mutex_unlock(&engine->lock);
    worker->item = item;
    bool ok = stage->combine(stage->state, &worker->stages[number], &item->err) &&
              write_sides(worker, item);
    if (!ok) err_set(&item->err, ERR_STOPPED, NULL, 0, "stopped");
    pthread_mutex_lock(&engine->lock);
    engine->combining = false;
    note_failure(engine, item);
    retire(engine, item);
    engine->live = barrier + 1;
    engine->exhausted = false;
    pthread_cond_broadcast(&engine->changed);
}

void engine_work(struct worker *worker)
{
    struct engine *engine = worker->engine;
    pthread_mutex_lock(&engine->lock);
    while (!engine->done) {
        if (take_from_queues(worker)) continue;
        bool failed = engine->err.kind != ERR_NONE;
        if (failed) engine->exhausted = true;
        if (!engine->exhausted && !engine->taking && !engine->combining &&
            engine->in_flight < engine->in_flight_max) {
            take(worker);
        } else if (engine->exhausted && !engine->taking && !engine->combining &&
                   engine->in_flight == 0) {
            turn(worker);
        } else {
            pthread_cond_wait(&engine->changed, &engine->lock);
        }
    }
    pthread_cond_broadcast(&engine->changed);
    pthread_mutex_unlock(&engine->lock);
}
