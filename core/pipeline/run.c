#include "run.h"

#include "choose.h"
#include "core/base/memory.h"
#include "core/csv/writer.h"
#include "engine.h"

static const char *const place_names[] = {"leads",      "rejects", "duplicates", "existing",
                                          "suppressed", "repeats", "changes",    "unverified",
                                          "clusters",   "review",  "statistics"};

const char *place_name(enum place place) { return place_names[place]; }

static bool write_header(struct sink *sink, const struct columns *columns,
                         const struct projection *projection, struct err *err)
{
    // An input of zero bytes has no columns: nothing comes out, not an empty line.
    if (!sink || !columns || columns->count == 0) return true;
    uint32_t count = projection ? projection->count : columns->count;
    if (count == 0) return true;
    str *names = memory_alloc(count * sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        names[i] = columns->names[projection ? projection->columns[i] : i];
    }
    struct buffer text = {0};
    csv_write_record(&text, names, count);
    bool ok = sink->write(sink->state, buffer_str(&text), err);
    buffer_release(&text);
    memory_free(names);
    return ok;
}

static bool open_stages(struct run *run, const struct columns **columns, struct err *err)
{
    columns[0] = run->source->columns;
    for (size_t i = 0; i < run->stage_count; i++) {
        struct stage *stage = run->stages[i].stage;
        columns[i + 1] = stage->open(stage->state, columns[i], err);
        if (!columns[i + 1]) return false;
    }
    return true;
}

static bool write_headers(struct run *run, const struct columns **columns,
                          const struct choice *choice, struct err *err)
{
    for (size_t i = 0; i < run->stage_count; i++) {
        struct stage *stage = run->stages[i].stage;
        for (int place = PLACE_MAIN + 1; place < PLACE_COUNT; place++) {
            struct sink *sink = run->stages[i].sinks[place];
            if (!sink || !(stage->places & STAGE_PLACE(place))) continue;
            const struct columns *of_place = stage->place_columns(stage->state, (enum place)place);
            const struct projection *chosen = choice_place(choice, i, (enum place)place);
            if (!write_header(sink, of_place, chosen, err)) return false;
        }
    }
    return write_header(run->main, columns[run->stage_count], choice_main(choice), err);
}

static void *thread_main(void *worker)
{
    engine_work(worker);
    return NULL;
}

static bool work(struct run *run, const struct choice *choice, struct err *err)
{
    struct engine engine;
    engine_init(&engine, run, choice);
    size_t started = 1;
    // A machine that grants fewer threads still does the work, with those it grants.
    while (started < engine.worker_count &&
           pthread_create(&engine.workers[started].thread, NULL, thread_main,
                          &engine.workers[started]) == 0) {
        started++;
    }
    engine_work(&engine.workers[0]);
    for (size_t i = 1; i < started; i++) pthread_join(engine.workers[i].thread, NULL);
    if (engine.err.kind && err && err->kind == ERR_NONE) *err = engine.err;
    bool ok = engine.err.kind == ERR_NONE;
    engine_finish(&engine);
    return ok;
}

bool run_pipeline(struct run *run, struct err *err)
{
    const struct columns **columns = memory_zeroed(run->stage_count + 1, sizeof *columns);
    run->results = memory_zeroed(run->stage_count, sizeof *run->results);
    run->records = 0;
    for (size_t i = 0; i < run->stage_count; i++) run->results[i].name = run->stages[i].stage->name;
    struct choice choice = {0};
    bool ok = open_stages(run, columns, err) && choose_columns(run, columns, &choice, err) &&
              write_headers(run, columns, &choice, err) && work(run, &choice, err);
    choice_release(&choice);
    memory_free(columns);
    return ok;
}

void run_release(struct run *run)
{
    for (size_t i = 0; run->results && i < run->stage_count; i++) {
        tally_release(&run->results[i].by_source);
        tally_release(&run->results[i].by_reason);
    }
    memory_free(run->results);
    run->results = NULL;
}
