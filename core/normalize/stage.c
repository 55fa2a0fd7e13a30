#include "stage.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/csv/lenient.h"
#include "core/pipeline/rejects.h"

enum { CACHE_BYTES_MAX = 4 << 20, CHANGE_COLUMNS = 6 };

struct normalize {
    struct normalize_options options;
    struct columns *out, *changes;
    bool wants[LEAD_FIELD_COUNT]; // somebody reads the column
    bool wants_all[LEAD_FIELD_COUNT];
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
    worker->filler.today = normalize->options.today;
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

// What is looked for in each record of a batch. Meta fills its tests with certain words; other
// systems have a column that says so.
struct test_marks {
    int column; // -1 = none
    struct byte_seeker bracket;
};

static bool is_test(struct batch *batch, uint32_t row, struct test_marks *marks)
{
    const struct block *block = batch->records.block;
    str line = records_line_text(&batch->records, row);
    // Hardly a line has a bracket, and that is quicker to see.
    if (byte_seek(&marks->bracket, line, block->data + block->len, '<') &&
        contains(line, STR("<test lead: dummy data for "))) {
        return true;
    }
    if (marks->column < 0) return false;
    uint32_t column = (uint32_t)marks->column;
    str text = str_trim(records_text(&batch->records, row, column, &batch->arena));
    return str_equal_nocase(text, STR("true")) || str_equal_nocase(text, STR("yes")) ||
           str_equal(text, STR("1"));
}

static str reject_reason(struct batch *batch, uint32_t row, struct test_marks *marks)
{
    if (batch->faults && batch->faults[row] != RECORD_OK) return STR("unreadable");
    return is_test(batch, row, marks) ? STR("test_lead") : (str){"", 0};
}

static bool set_apart(struct normalize_worker *worker, struct stage_worker *stage_worker,
                      struct batch *batch)
{
    const struct export_plan *plan = batch->origin;
    struct test_marks marks = {.column = mapping_column(&plan->mapping, TARGET_TEST_LEAD)};
    bool *keep = arena_new(&batch->arena, bool, batch->count);
    tally_add(&stage_worker->by_source, plan->source_name, STR("in"), batch->count);
    for (uint32_t row = 0; row < batch->count; row++) {
        str reason = reject_reason(batch, row, &marks);
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

// The steps in their order, each with the columns that it fills; one that has none always runs.
enum { STEP_FIELDS_MAX = 10, NO_MORE = -1 };
static const struct step {
    void (*fill)(struct filler *filler);
    int8_t fields[STEP_FIELDS_MAX];
} steps[] = {
    {fill_source, {NO_MORE}},
    {fill_country, {NO_MORE}},
    {fill_emails, {FIELD_EMAIL, FIELD_EMAIL_OTHER, NO_MORE}},
    {fill_phones,
     {FIELD_PHONE, FIELD_PHONE_EXT, FIELD_MOBILE, FIELD_PHONE_OTHER, FIELD_COUNTRY, NO_MORE}},
    {fill_names, {FIELD_SALUTATION, FIELD_FIRST_NAME, FIELD_MIDDLE_NAME, FIELD_LAST_NAME, NO_MORE}},
    {fill_title, {FIELD_JOB_TITLE, FIELD_SENIORITY, FIELD_DEPARTMENT, NO_MORE}},
    {fill_company,
     {FIELD_COMPANY, FIELD_COMPANY_ID, FIELD_EMPLOYEES, FIELD_WEBSITE, FIELD_DOMAIN, FIELD_LINKEDIN,
      NO_MORE}},
    {fill_address, {FIELD_STREET, FIELD_CITY, FIELD_REGION, FIELD_POSTAL_CODE, NO_MORE}},
    {fill_times,
     {FIELD_CREATED_AT, FIELD_LAST_ACTIVITY_AT, FIELD_CONSENT_AT, FIELD_ACQUIRED_AT, NO_MORE}},
    {fill_words, {NO_MORE}},
    {fill_texts, {NO_MORE}},
    {fill_sets, {NO_MORE}},
    {fill_id, {FIELD_LEAD_ID, NO_MORE}},
    {fill_extra, {FIELD_EXTRA, NO_MORE}},
};

static bool wants_step(const bool wants[], const struct step *step)
{
    const int8_t *field = step->fields;
    if (*field == NO_MORE) return true;
    while (*field != NO_MORE && !wants[*field]) field++;
    return *field != NO_MORE;
}

static void fill(struct filler *filler)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (wants_step(filler->wants, &steps[i])) steps[i].fill(filler);
    }
}

// What the steps read of each other. A lead without an id of its own is named by what it holds;
// names and addresses are read by the country, which the number may tell, and that by the domain.
static void want_what_wanted_fields_read(bool wants[])
{
    static const int8_t named_by[] = {FIELD_EMAIL,     FIELD_PHONE,   FIELD_FIRST_NAME,
                                      FIELD_LAST_NAME, FIELD_COMPANY, FIELD_CREATED_AT};
    static const int8_t by_country[] = {FIELD_SALUTATION, FIELD_FIRST_NAME, FIELD_MIDDLE_NAME,
                                        FIELD_LAST_NAME,  FIELD_COMPANY_ID, FIELD_STREET,
                                        FIELD_CITY,       FIELD_REGION,     FIELD_POSTAL_CODE};
    static const int8_t by_email[] = {FIELD_PHONE,       FIELD_PHONE_EXT, FIELD_MOBILE,
                                      FIELD_PHONE_OTHER, FIELD_COUNTRY,   FIELD_DOMAIN};
    // Extra is what no field took: all of them have to be asked.
    for (int i = 0; wants[FIELD_EXTRA] && i < LEAD_FIELD_COUNT; i++) wants[i] = true;
    for (size_t i = 0; wants[FIELD_LEAD_ID] && i < sizeof named_by; i++) wants[named_by[i]] = true;
    for (size_t i = 0; i < sizeof by_country; i++) wants[FIELD_COUNTRY] |= wants[by_country[i]];
    for (size_t i = 0; i < sizeof by_email; i++) wants[FIELD_EMAIL] |= wants[by_email[i]];
}

static void want(void *state, struct wanted *wanted)
{
    struct normalize *normalize = state;
    for (int i = 0; i < LEAD_FIELD_COUNT; i++) {
        normalize->wants[i] = wanted_has(wanted, schema_fields[i].name);
    }
    want_what_wanted_fields_read(normalize->wants);
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
    // The journal holds every change, whoever reads the column.
    filler->wants = filler->wants_changes ? normalize->wants_all : normalize->wants;
    fill(filler);
    if (is_watched) normalize->options.watch(normalize->options.watch_state, filler);
    if (!stage_wants(stage_worker, PLACE_CHANGE)) return true;
    return emit_changes(normalize, filler, stage_worker);
}

void normalize_stage(const struct normalize_options *options, struct stage *stage)
{
    struct normalize *normalize = memory_zeroed(1, sizeof *normalize);
    normalize->options = *options;
    memset(normalize->wants, true, sizeof normalize->wants);
    memset(normalize->wants_all, true, sizeof normalize->wants_all);
    *stage = (struct stage){.name = "normalize",
                            .kind = STAGE_MAP,
                            .places = STAGE_PLACE(PLACE_REJECT) | STAGE_PLACE(PLACE_CHANGE),
                            .state = normalize,
                            .open = open_stage,
                            .place_columns = place_columns,
                            .want = want,
                            .worker_init = worker_init,
                            .worker_release = worker_release,
                            .process = process,
                            .close = close_stage};
}
