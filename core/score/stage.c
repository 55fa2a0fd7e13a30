#include "stage.h"

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/pipeline/rejects.h"

enum {
    AT_SCORE,
    AT_FIT,
    AT_ENGAGEMENT,
    AT_SOURCE_POINTS,
    AT_SUSPICION,
    AT_GRADE,
    AT_TIER,
    AT_LIFECYCLE,
    AT_REASONS,
    AT_RULES_VERSION,
};

// The cells of the numbers that are nearly always meant, made once.
enum { TEXT_MIN = -200, TEXT_MAX = 200, TEXT_BYTES = 4 };
struct score_texts {
    cell cells[TEXT_MAX - TEXT_MIN + 1];
    char digits[TEXT_MAX - TEXT_MIN + 1][TEXT_BYTES];
};

struct score_stage_worker {
    struct score_worker *scorer;
    str *values;                  // columns of SCORE_ROWS_MAX records, one behind the other
    const str **columns;          // where each begins
    struct score_result *results; // of the batch's records
    bool *keep;
    size_t result_capacity, keep_capacity;
    struct rejects rejects;
    struct buffer line;
};

static cell cell_of(str text, bool is_plain)
{
    return (cell){text.data, (uint32_t)text.len, is_plain ? CELL_SET | CELL_PLAIN : CELL_SET};
}

static struct score_texts *make_texts(void)
{
    struct score_texts *texts = memory_zeroed(1, sizeof *texts);
    for (int number = TEXT_MIN; number <= TEXT_MAX; number++) {
        char *digits = texts->digits[number - TEXT_MIN];
        uint32_t at = TEXT_BYTES;
        unsigned rest = (unsigned)(number < 0 ? -number : number);
        do digits[--at] = (char)('0' + rest % 10);
        while (rest /= 10);
        if (number < 0) digits[--at] = '-';
        texts->cells[number - TEXT_MIN] = cell_of((str){digits + at, TEXT_BYTES - at}, true);
    }
    return texts;
}

static const struct columns *open_stage(void *state, const struct columns *in, struct err *err)
{
    struct score *score = state;
    struct score_options options = {.as_of = score->as_of, .columns = in->count ? in : NULL};
    str file = str_of(score->file ? score->file : "score.rules");
    score->rules = score_ruleset_load(score->book, file, &options, score->diagnostics);
    if (!score->rules) {
        if (diagnostics_ok(score->diagnostics, err)) {
            err_set(err, ERR_RULES, score->file, 0, "the rules cannot be used");
        }
        return NULL;
    }
    const str *fields = score_ruleset_fields(score->rules, &score->input_count);
    score->inputs = memory_zeroed(score->input_count + 1, sizeof *score->inputs);
    for (size_t i = 0; i < score->input_count; i++) score->inputs[i] = columns_find(in, fields[i]);
    score->source_name = columns_find(in, STR("source_name"));
    score->source_file = columns_find(in, STR("source_file"));
    score->source_row = columns_find(in, STR("source_row"));
    score->lead_id = columns_find(in, STR("lead_id"));
    score->texts = make_texts();
    score->out = schema_extend(in, SCHEMA_STAGE_SCORE, score->at);
    return score->out;
}

static void want(void *state, struct wanted *wanted)
{
    struct score *score = state;
    uint32_t added_count;
    const struct schema_field *added = schema_stage_fields(SCHEMA_STAGE_SCORE, &added_count);
    for (uint32_t i = 0; i < added_count; i++) score->wants[i] = wanted_has(wanted, added[i].name);
    size_t count;
    const str *fields = score_ruleset_fields(score->rules, &count);
    for (size_t i = 0; i < count; i++) wanted_add(wanted, fields[i]);
    wanted_add(wanted, STR("lead_id")); // of the discarded
}

static void close_stage(void *state)
{
    struct score *score = state;
    score_ruleset_free(score->rules);
    columns_free(score->out);
    memory_free(score->inputs);
    memory_free(score->texts);
    score->rules = NULL;
    score->out = NULL;
    score->inputs = NULL;
    score->texts = NULL;
}

static const struct columns *place_columns(void *state, enum place place)
{
    (void)state;
    return place == PLACE_REJECT ? rejects_columns() : NULL;
}

static void *worker_init(void *state)
{
    const struct score *score = state;
    struct score_stage_worker *worker = memory_zeroed(1, sizeof *worker);
    worker->scorer = score_worker_new(score->rules);
    if (!score->wants[AT_REASONS]) score_worker_skip_reasons(worker->scorer);
    worker->values =
        memory_zeroed(SCORE_ROWS_MAX * (score->input_count + 1), sizeof *worker->values);
    worker->columns = memory_zeroed(score->input_count + 1, sizeof *worker->columns);
    for (size_t i = 0; i < score->input_count; i++) {
        worker->columns[i] = worker->values + i * SCORE_ROWS_MAX;
    }
    return worker;
}

static void worker_release(void *state, void *worker_state)
{
    (void)state;
    struct score_stage_worker *worker = worker_state;
    score_worker_free(worker->scorer);
    rejects_release(&worker->rejects);
    buffer_release(&worker->line);
    memory_free(worker->values);
    memory_free(worker->columns);
    memory_free(worker->results);
    memory_free(worker->keep);
    memory_free(worker);
}

// What was counted of one source, in a row of records from it.
struct source_count {
    str name;
    uint64_t in, by_tier[TIER_COUNT], set_aside;
};

static void flush_count(struct stage_worker *worker, struct source_count *count)
{
    if (count->in) tally_add(&worker->by_source, count->name, STR("in"), count->in);
    for (int i = 0; i < TIER_COUNT; i++) {
        if (!count->by_tier[i]) continue;
        str tier = score_tier_name((enum score_tier)i);
        tally_add(&worker->by_source, count->name, tier, count->by_tier[i]);
    }
    if (count->set_aside) {
        tally_add(&worker->by_source, count->name, STR("set_aside"), count->set_aside);
    }
    *count = (struct source_count){.name = count->name};
}

// Reads the values of one field from some rows on.
static void read_column(struct batch *batch, int column, uint32_t row, uint32_t count, str values[])
{
    if (column < 0) {
        for (uint32_t i = 0; i < count; i++) values[i] = (str){"", 0};
        return;
    }
    const cell *cells = batch->overlay[column];
    for (uint32_t i = 0; !cells && i < count; i++) {
        values[i] = batch_get(batch, row + i, (uint32_t)column);
    }
    if (!cells) return;
    cells += row;
    for (uint32_t i = 0; i < count; i++) {
        values[i] = (str){cells[i].data, cells[i].len};
        if (cells[i].flags & CELL_SET) continue;
        values[i] = batch_get(batch, row + i, (uint32_t)column);
    }
}

// Counts one record of a source.
static inline void count_row(struct stage_worker *worker, struct source_count *count, str source,
                             const struct score_result *result)
{
    if (!str_equal(source, count->name)) flush_count(worker, count);
    count->name = source;
    count->in++;
    if (result->verdict == SCORE_KEEP) count->by_tier[result->tier]++;
    if (result->verdict == SCORE_SET_ASIDE) count->set_aside++;
}

static void evaluate(const struct score *score, struct stage_worker *worker,
                     struct score_stage_worker *own, struct batch *batch)
{
    struct source_count count = {.name = {"", 0}};
    for (uint32_t row = 0; row < batch->count; row += SCORE_ROWS_MAX) {
        uint32_t rows = batch->count - row;
        if (rows > SCORE_ROWS_MAX) rows = SCORE_ROWS_MAX;
        for (size_t i = 0; i < score->input_count; i++) {
            read_column(batch, score->inputs[i], row, rows, own->values + i * SCORE_ROWS_MAX);
        }
        score_evaluate_rows(score->rules, own->scorer, own->columns, rows, &batch->arena,
                            own->results + row);
        str sources[SCORE_ROWS_MAX];
        read_column(batch, score->source_name, row, rows, sources);
        for (uint32_t i = 0; i < rows; i++) {
            count_row(worker, &count, sources[i], &own->results[row + i]);
        }
    }
    flush_count(worker, &count);
}

// Tells of dates after as_of, which were taken as today's: by the clock of who exported them, or
// days and months that changed places.
static void count_future(const struct score *score, struct stage_worker *worker,
                         struct score_stage_worker *own)
{
    str field;
    uint64_t count;
    for (size_t at = 0; score_next_future(score->rules, own->scorer, &at, &field, &count);) {
        tally_add(&worker->by_reason, STR("dates_in_future"), field, count);
    }
}

// The record as this stage read it: a line of canonical CSV, without its line end.
static str raw_line(struct score_stage_worker *own, struct batch *batch, uint32_t row)
{
    buffer_clear(&own->line);
    batch_write(batch, row, &own->line);
    str line = buffer_str(&own->line);
    while (line.len && (line.data[line.len - 1] == '\n' || line.data[line.len - 1] == '\r')) {
        line.len--;
    }
    return arena_copy(&batch->arena, line);
}

// Sends what is discarded to the rejects and takes it, and its results, out.
static bool reject_discarded(const struct score *score, struct stage_worker *worker,
                             struct score_stage_worker *own, struct batch *batch)
{
    uint32_t kept = 0;
    for (uint32_t row = 0; row < batch->count; row++) {
        own->keep[row] = own->results[row].verdict != SCORE_DISCARD;
        if (own->keep[row]) {
            if (kept != row) own->results[kept] = own->results[row];
            kept++;
            continue;
        }
        struct reject reject = {.reason = STR("discarded"),
                                .source_file = batch_get_or_empty(batch, row, score->source_file),
                                .source_row = batch_get_or_empty(batch, row, score->source_row),
                                .lead_id = batch_get_or_empty(batch, row, score->lead_id),
                                .raw = raw_line(own, batch, row)};
        rejects_add(&own->rejects, worker, batch_get_or_empty(batch, row, score->source_name),
                    &reject);
    }
    if (kept == batch->count) return true;
    if (!rejects_emit(&own->rejects, worker, "score")) return false;
    batch_filter(batch, own->keep);
    return true;
}

// One column of numbers, which stand `offset` bytes into each result.
static void set_numbers(const struct score *score, const struct score_stage_worker *own,
                        struct batch *batch, int at, size_t offset)
{
    if (!score->wants[at]) return;
    uint32_t column = score->at[at], count = batch->count;
    cell *cells = batch_cells(batch, column);
    const cell *known = score->texts->cells;
    const char *from = (const char *)own->results + offset;
    for (uint32_t row = 0; row < count; row++, from += sizeof *own->results) {
        int32_t number;
        memcpy(&number, from, sizeof number);
        if (number < TEXT_MIN || number > TEXT_MAX)
            batch_set_number(batch, row, column, number);
        else
            cells[row] = known[number - TEXT_MIN];
    }
}

static inline str word_of(const struct score *score, const struct score_result *result, int at)
{
    switch (at) {
    case AT_TIER: return score_tier_name(result->tier);
    case AT_GRADE: return result->grade;
    case AT_LIFECYCLE: return result->lifecycle;
    case AT_REASONS: return result->reasons;
    case AT_RULES_VERSION: return score_ruleset_version(score->rules);
    }
    return (str){"", 0};
}

static inline void set_words(const struct score *score, const struct score_stage_worker *own,
                             struct batch *batch, int at)
{
    if (!score->wants[at]) return;
    cell *cells = batch_cells(batch, score->at[at]);
    for (uint32_t row = 0; row < batch->count; row++) {
        const struct score_result *result = &own->results[row];
        cells[row] =
            cell_of(word_of(score, result, at), at != AT_REASONS || result->reasons_are_plain);
    }
}

static void set_cells(const struct score *score, const struct score_stage_worker *own,
                      struct batch *batch)
{
    set_numbers(score, own, batch, AT_SCORE, offsetof(struct score_result, score));
    set_numbers(score, own, batch, AT_FIT, offsetof(struct score_result, fit));
    set_numbers(score, own, batch, AT_ENGAGEMENT, offsetof(struct score_result, engagement));
    set_numbers(score, own, batch, AT_SOURCE_POINTS, offsetof(struct score_result, source_points));
    set_numbers(score, own, batch, AT_SUSPICION, offsetof(struct score_result, suspicion));
    set_words(score, own, batch, AT_GRADE);
    set_words(score, own, batch, AT_TIER);
    set_words(score, own, batch, AT_LIFECYCLE);
    set_words(score, own, batch, AT_REASONS);
    set_words(score, own, batch, AT_RULES_VERSION);
}

static bool process(void *state, struct stage_worker *worker, struct batch *batch, struct err *err)
{
    (void)err;
    const struct score *score = state;
    struct score_stage_worker *own = worker->state;
    own->results =
        memory_grow(own->results, &own->result_capacity, batch->count, sizeof *own->results);
    own->keep = memory_grow(own->keep, &own->keep_capacity, batch->count, sizeof *own->keep);
    evaluate(score, worker, own, batch);
    count_future(score, worker, own);
    if (!reject_discarded(score, worker, own, batch)) return false;
    batch_widen(batch, score->out);
    set_cells(score, own, batch);
    return true;
}

struct stage score_stage(struct score *score)
{
    memset(score->wants, true, sizeof score->wants);
    return (struct stage){.name = "score",
                          .kind = STAGE_MAP,
                          .places = STAGE_PLACE(PLACE_REJECT),
                          .state = score,
                          .open = open_stage,
                          .place_columns = place_columns,
                          .want = want,
                          .worker_init = worker_init,
                          .worker_release = worker_release,
                          .process = process,
                          .close = close_stage};
}
