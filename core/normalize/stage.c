#include "stage.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/csv/lenient.h"
#include "core/pipeline/rejects.h"

enum { CACHE_BYTES_MAX = 4 << 20, CHANGE_COLUMNS = 6 };

struct normalize {
    struct normalize_options options;
    struct columns *out, *changes;
};

struct normalize_worker {
    struct filler filler;
    struct rejects rejects;
};

static const struct columns *open_stage(void *state, const struct columns *in, struct err *err)
{
    (void)in; // every export has its own columns
    (void)err;
    struct normalize *normalize = state;
    const struct columns none = {0};
    static const str changes[CHANGE_COLUMNS] = {{"lead_id", 7}, {"source_row", 10}, {"field", 5},
                                                {"before", 6},  {"after", 5},       {"reason", 6}};
    normalize->out = schema_extend(&none, SCHEMA_STAGE_NORMALIZE, NULL);
    normalize->changes = columns_new(changes, CHANGE_COLUMNS);
    return normalize->out;
}

static const struct columns *place_columns(void *state, enum place place)
{
    const struct normalize *normalize = state;
    if (place == PLACE_REJECT) return rejects_columns();
    return place == PLACE_CHANGE ? normalize->changes : NULL;
}

static void *worker_init(void *state)
{
    const struct normalize *normalize = state;
    struct normalize_worker *worker = memory_zeroed(1, sizeof *worker);
    filler_init(&worker->filler, normalize->options.rules, normalize->options.source_words,
                normalize->options.year_now);
    return worker;
}

static void worker_release(void *state, void *worker_state)
{
    (void)state;
    struct normalize_worker *worker = worker_state;
    filler_release(&worker->filler);
    rejects_release(&worker->rejects);
    memory_free(worker);
}

static void close_stage(void *state)
{
    struct normalize *normalize = state;
    columns_free(normalize->out);
    columns_free(normalize->changes);
    memory_free(normalize);
}

// ---- what is no lead

static bool contains(str text, str part)
{
    return text.len >= part.len && memmem(text.data, text.len, part.data, part.len) != NULL;
}

// Meta fills its tests with these words; other systems have a column that says so.
static bool is_test(const struct export_plan *plan, struct batch *batch, uint32_t row)
{
    str line = records_line_text(&batch->records, row);
    bool has_bracket = str_find(line, '<') >= 0; // hardly a line has, and that is quicker to see
    if (has_bracket && contains(line, STR("<test lead: dummy data for "))) return true;
    for (uint32_t i = 0; i < plan->mapping.count; i++) {
        if (plan->mapping.columns[i].target != TARGET_TEST_LEAD) continue;
        str text = str_trim(records_text(&batch->records, row, i, &batch->arena));
        return str_equal_nocase(text, STR("true")) || str_equal_nocase(text, STR("yes")) ||
               str_equal(text, STR("1"));
    }
    return false;
}

static str reject_reason(const struct export_plan *plan, struct batch *batch, uint32_t row)
{
    if (batch->faults && batch->faults[row] != RECORD_OK) return STR("unreadable");
    return is_test(plan, batch, row) ? STR("test_lead") : (str){"", 0};
}

static bool set_apart(struct normalize_worker *worker, struct stage_worker *stage_worker,
                      struct batch *batch)
{
    const struct export_plan *plan = batch->origin;
    bool *keep = arena_new(&batch->arena, bool, batch->count);
    tally_add(&stage_worker->by_source, plan->source_name, STR("in"), batch->count);
    for (uint32_t row = 0; row < batch->count; row++) {
        str reason = reject_reason(plan, batch, row);
        keep[row] = reason.len == 0;
        if (keep[row]) continue;
        struct reject reject = {
            .reason = reason,
            .source_file = plan->file,
            .source_row = arena_format(&batch->arena, "%llu",
                                       (unsigned long long)records_line(&batch->records, row)),
            .raw = records_line_text(&batch->records, row)};
        rejects_add(&worker->rejects, stage_worker, plan->source_name, &reject);
    }
    bool go_on = rejects_emit(&worker->rejects, stage_worker, "normalize");
    batch_filter(batch, keep);
    return go_on;
}

// ---- what is one

// By row, then in the order of the steps: the order people read.
static int change_order(const void *a, const void *b)
{
    const struct change *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static bool emit_changes(const struct normalize *normalize, struct filler *filler,
                         struct stage_worker *stage_worker)
{
    if (filler->change_count == 0) return true;
    qsort(filler->changes, filler->change_count, sizeof *filler->changes, change_order);
    struct batch *side = stage_batch(stage_worker);
    batch_begin_empty(side, normalize->changes, (uint32_t)filler->change_count);
    for (uint32_t i = 0; i < filler->change_count; i++) {
        const struct change *change = &filler->changes[i];
        batch_set(side, i, 0, filler_get(filler, change->row, FIELD_LEAD_ID), 0);
        batch_set(side, i, 1, filler_get(filler, change->row, FIELD_SOURCE_ROW), CELL_PLAIN);
        batch_set(side, i, 2, change->field, CELL_PLAIN);
        batch_set(side, i, 3, change->before, 0);
        batch_set(side, i, 4, change->after, 0);
        batch_set(side, i, 5, change->reason, CELL_PLAIN);
    }
    return stage_emit(stage_worker, PLACE_CHANGE, side);
}

static void fill(struct filler *filler)
{
    fill_source(filler);
    fill_country(filler);
    fill_emails(filler);
    fill_phones(filler);
    fill_names(filler);
    fill_title(filler);
    fill_company(filler);
    fill_address(filler);
    fill_times(filler);
    fill_words(filler);
    fill_texts(filler);
    fill_sets(filler);
    fill_id(filler);
    fill_extra(filler);
}

static bool process(void *state, struct stage_worker *stage_worker, struct batch *batch,
                    struct err *err)
{
    (void)err;
    const struct normalize *normalize = state;
    struct normalize_worker *worker = stage_worker->state;
    struct filler *filler = &worker->filler;
    if (!set_apart(worker, stage_worker, batch)) return false;
    cache_trim(&filler->countries, CACHE_BYTES_MAX);
    cache_trim(&filler->domains, CACHE_BYTES_MAX);
    cache_trim(&filler->sources, CACHE_BYTES_MAX);
    filler_begin(filler, batch, normalize->out);
    bool is_watched = normalize->options.watch != NULL;
    filler->wants_changes = is_watched || stage_wants(stage_worker, PLACE_CHANGE);
    filler->by_reason = &stage_worker->by_reason;
    fill(filler);
    if (is_watched) normalize->options.watch(normalize->options.watch_state, filler);
    if (!stage_wants(stage_worker, PLACE_CHANGE)) return true;
    return emit_changes(normalize, filler, stage_worker);
}

void normalize_stage(const struct normalize_options *options, struct stage *stage)
{
    struct normalize *normalize = memory_zeroed(1, sizeof *normalize);
    normalize->options = *options;
    *stage = (struct stage){.name = "normalize",
                            .kind = STAGE_MAP,
                            .places = STAGE_PLACE(PLACE_REJECT) | STAGE_PLACE(PLACE_CHANGE),
                            .state = normalize,
                            .open = open_stage,
                            .place_columns = place_columns,
                            .worker_init = worker_init,
                            .worker_release = worker_release,
                            .process = process,
                            .close = close_stage};
}
