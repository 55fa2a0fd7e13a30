#include "stage.h"

#include "core/base/timestamp.h"
#include "internal.h"

// What a worker will take when the records are given back, beyond what it took to receive them.
enum { WORKER_BYTES_LATER = 4 << 20 };

enum { DUPLICATE_OWN = 2 }; // columns of duplicates before those of the input: role, cluster_id

// The columns of the list of clusters: the id's own name, cluster_id.
static bool name_clusters(struct dedupe *dedupe, struct err *err)
{
    const struct field_rule *id = &dedupe->options.rules->match.id;
    if (dedupe->match.id < 0 && dedupe->in->count) {
        err_set(err, ERR_DATA, NULL, 0, "--clusters: no column \"%.*s\" names the records",
                STR_ARG(id->column));
        return err_hint(err, "\"id COLUMN\" in the rules names another one");
    }
    const str names[] = {id->column, STR("cluster_id")};
    dedupe->cluster_columns = columns_new(names, 2);
    return true;
}

const struct columns *dedupe_open(void *state, const struct columns *in, struct err *err)
{
    struct dedupe *dedupe = state;
    dedupe->in = in;
    if (!dedupe->options.again && columns_find(in, STR("cluster_id")) >= 0) {
        err_set(err, ERR_USAGE, NULL, 0,
                "the leads have a cluster_id already: they have been deduplicated");
        (void)err_hint(err, "--again does it once more, and overwrites what was found");
        return NULL;
    }
    if (!match_plan_make(&dedupe->match, dedupe->options.rules, in, err)) return NULL;
    if (dedupe->matcher && !matcher_open(dedupe->matcher, in, err)) return NULL;
    dedupe->out = schema_extend(in, SCHEMA_STAGE_DEDUPE, dedupe->at);
    dedupe->adds_all = dedupe->out->count == in->count + DEDUPE_COLUMNS;
    str *names = memory_zeroed(dedupe->out->count + DUPLICATE_OWN, sizeof *names);
    names[0] = STR("role");
    names[1] = STR("cluster_id");
    memcpy(names + DUPLICATE_OWN, in->names, in->count * sizeof *names);
    dedupe->duplicate_columns = columns_new(names, in->count + DUPLICATE_OWN);
    memcpy(names, dedupe->out->names, dedupe->out->count * sizeof *names);
    names[dedupe->out->count] = STR("suppressed_by");
    dedupe->suppressed_columns = columns_new(names, dedupe->out->count + 1);
    memory_free(names);
    key_plan_make(&dedupe->plan, dedupe->options.rules, &dedupe->options.lists, in);
    key_plan_make(&dedupe->company_plan, crm_company_rules(), &dedupe->options.lists, in);
    opt_out_columns_find(&dedupe->opt_outs_at, in);
    merge_plan_make(&dedupe->merge, dedupe->options.rules, in);
    dedupe->country = columns_find(in, STR("country"));
    dedupe->merge.lead_id = dedupe->match.id;
    if (dedupe->match.id >= 0) dedupe->merge.stays[dedupe->match.id] = true;
    static const str statistics[] = {{"part", 4}, {"kind", 4}, {"value", 5}, {"count", 5}};
    dedupe->statistics_columns = columns_new(statistics, 4);
    if (dedupe->options.lists_reviews) {
        dedupe->review_columns = review_columns(&dedupe->match, in);
    }
    bool ok = !dedupe->options.lists_clusters || name_clusters(dedupe, err);
    return ok && dedupe_can_flag(dedupe, err) ? dedupe->out : NULL;
}

const struct columns *dedupe_place_columns(void *state, enum place place)
{
    const struct dedupe *dedupe = state;
    switch (place) {
    case PLACE_DUPLICATE: return dedupe->duplicate_columns;
    case PLACE_EXISTING: return dedupe->out;
    case PLACE_SUPPRESSED: return dedupe->suppressed_columns;
    case PLACE_CLUSTER: return dedupe->cluster_columns;
    case PLACE_REVIEW: return dedupe->review_columns;
    case PLACE_STATISTICS: return dedupe->statistics_columns;
    default: return NULL;
    }
}

bool dedupe_place_owns(void *state, enum place place, uint32_t column)
{
    const struct dedupe *dedupe = state;
    // What was merged can be taken apart again; --first merges nothing.
    if (place == PLACE_DUPLICATE) return column < DUPLICATE_OWN || !dedupe->options.first;
    return place == PLACE_SUPPRESSED && column == dedupe->out->count;
}

void *dedupe_worker_init(void *state)
{
    struct dedupe *dedupe = state;
    dedupe->store.spare += WORKER_BYTES_LATER;
    struct dedupe_worker *worker = memory_zeroed(1, sizeof *worker);
    key_worker_init(&worker->keys);
    worker->kept = memory_zeroed(1, sizeof *worker->kept);
    dedupe->kept = memory_grow(dedupe->kept, &dedupe->kept_capacity, dedupe->kept_count + 1,
                               sizeof *dedupe->kept);
    dedupe->kept[dedupe->kept_count++] = worker->kept;
    key_worker_init(&worker->company_keys);
    opt_out_worker_init(&worker->opt_outs);
    return worker;
}

void dedupe_worker_release(void *state, void *worker_state)
{
    (void)state;
    struct dedupe_worker *worker = worker_state;
    key_worker_release(&worker->keys);
    key_worker_release(&worker->company_keys);
    opt_out_worker_release(&worker->opt_outs);
    batch_free(worker->members); // of a run that failed
    buffer_release(&worker->text);
    memory_free(worker->row_keys);
    arena_release(&worker->arena);
    memory_free(worker);
}

void dedupe_close(void *state)
{
    struct dedupe *dedupe = state;
    columns_free(dedupe->out);
    columns_free(dedupe->duplicate_columns);
    columns_free(dedupe->suppressed_columns);
    columns_free(dedupe->cluster_columns);
    columns_free(dedupe->review_columns);
    columns_free(dedupe->statistics_columns);
    buffer_release(&dedupe->statistics);
    merge_plan_release(&dedupe->merge);
    store_release(&dedupe->store);
    groups_release(&dedupe->groups);
    match_plan_release(&dedupe->match);
    roster_release(&dedupe->roster);
    for (size_t i = 0; i < dedupe->kept_count; i++) {
        arena_release(&dedupe->kept[i]->arena);
        profile_values_release(&dedupe->kept[i]->values);
        memory_free(dedupe->kept[i]);
    }
    memory_free(dedupe->kept);
    matcher_free(dedupe->matcher);
    key_table_release(&dedupe->seen);
    key_table_release(&dedupe->opted_out);
    memory_free(dedupe);
}

// The cell as it stands, with what is known of it.
static cell cell_at(struct batch *batch, uint32_t row, uint32_t column)
{
    const cell *cells = batch->overlay[column];
    if (cells && cells[row].flags & CELL_SET) return cells[row];
    str text = batch_get(batch, row, column);
    return (cell){text.data, (uint32_t)text.len, CELL_SET};
}

// A column that the input did not have is empty already.
static void set_empty(struct batch *batch, uint32_t column)
{
    if (column >= batch->raw_columns && !batch->overlay[column]) return;
    cell *cells = batch_cells(batch, column);
    for (uint32_t row = 0; row < batch->count; row++) {
        cells[row] = (cell){"", 0, CELL_SET | CELL_PLAIN};
    }
}

static void set_same(struct batch *batch, uint32_t column, str text)
{
    cell *cells = batch_cells(batch, column);
    for (uint32_t row = 0; row < batch->count; row++) {
        cells[row] = (cell){text.data, (uint32_t)text.len, CELL_SET | CELL_PLAIN};
    }
}

static void set_as(struct batch *batch, uint32_t column, int from)
{
    if (from < 0) {
        set_empty(batch, column);
        return;
    }
    cell *cells = batch_cells(batch, column);
    for (uint32_t row = 0; row < batch->count; row++) {
        cells[row] = cell_at(batch, row, (uint32_t)from);
    }
}

static bool seconds_of(cell value, int64_t *seconds)
{
    return value.len && timestamp_parse((str){value.data, value.len}, seconds);
}

// Whether two texts are times, in the form of canonical records, and the first is the later one:
// then they stand in the order of their bytes.
static bool is_later(cell a, cell b, const bool are_canonical[2])
{
    int64_t a_seconds, b_seconds;
    if (are_canonical[0] && are_canonical[1]) return memcmp(a.data, b.data, a.len) > 0;
    return seconds_of(a, &a_seconds) && seconds_of(b, &b_seconds) && a_seconds > b_seconds;
}

static bool is_time(cell value, bool *is_canonical)
{
    int64_t seconds;
    *is_canonical = timestamp_is_canonical((str){value.data, value.len});
    return *is_canonical || seconds_of(value, &seconds);
}

// The earlier and the later of the record's two times; empty when it has none.
static void set_touches(const struct dedupe *dedupe, struct batch *batch)
{
    const struct merge_plan *merge = &dedupe->merge;
    cell *first = batch_cells(batch, dedupe->at[AT_FIRST_TOUCH]);
    cell *last = batch_cells(batch, dedupe->at[AT_LAST_TOUCH]);
    for (uint32_t row = 0; row < batch->count; row++) {
        const cell none = {"", 0, CELL_SET | CELL_PLAIN};
        cell created = none, active = none;
        if (merge->created_at >= 0) created = cell_at(batch, row, (uint32_t)merge->created_at);
        if (merge->last_activity_at >= 0) {
            active = cell_at(batch, row, (uint32_t)merge->last_activity_at);
        }
        bool are_canonical[2];
        bool has_created = is_time(created, &are_canonical[0]);
        bool has_active = is_time(active, &are_canonical[1]);
        bool is_swapped = has_created && has_active && is_later(created, active, are_canonical);
        if (!has_created) created = has_active ? active : none;
        if (!has_active) active = created;
        first[row] = is_swapped ? active : created;
        last[row] = is_swapped ? created : active;
    }
}

void dedupe_set_singles(const struct dedupe *dedupe, struct batch *batch)
{
    const struct merge_plan *merge = &dedupe->merge;
    const uint32_t *at = dedupe->at;
    const bool *wants = dedupe->wants;
    if (wants[AT_FIRST_TOUCH] || wants[AT_LAST_TOUCH]) set_touches(dedupe, batch);
    if (wants[AT_CLUSTER_ID]) set_as(batch, at[AT_CLUSTER_ID], merge->lead_id);
    if (wants[AT_SOURCES]) set_as(batch, at[AT_SOURCES], merge->source);
    if (wants[AT_CLUSTER_SIZE]) set_same(batch, at[AT_CLUSTER_SIZE], STR("1"));
    if (wants[AT_TOUCHES]) set_same(batch, at[AT_TOUCHES], STR("1"));
    bool has_crm = dedupe_has_crm(dedupe);
    static const uint8_t empty[] = {AT_MATCHED_ON, AT_MATCH_WEIGHT, AT_CRM_ID, AT_CRM_OWNER,
                                    AT_CRM_STAGE};
    for (size_t i = 0; i < sizeof empty; i++) set_empty(batch, at[empty[i]]);
    if (!has_crm) set_empty(batch, at[AT_CRM_MATCH]);
    if (has_crm && wants[AT_CRM_MATCH]) set_same(batch, at[AT_CRM_MATCH], STR("none"));
}

void dedupe_count_rows(const struct dedupe *dedupe, struct stage_worker *worker,
                       struct batch *batch, const uint8_t places[], enum place place,
                       const char *what)
{
    str name = {"", 0};
    uint64_t count = 0;
    for (uint32_t row = 0; row < batch->count; row++) {
        if (places && places[row] != place) continue;
        str source = batch_get_or_empty(batch, row, dedupe->merge.source_name);
        if (!str_equal(source, name)) {
            if (count) tally_add(&worker->by_source, name, str_of(what), count);
            count = 0;
            name = source;
        }
        count++;
    }
    if (count) tally_add(&worker->by_source, name, str_of(what), count);
}

struct batch *dedupe_side(struct stage_worker *worker, struct batch *batch, const uint8_t places[],
                          enum place place, const struct columns *columns, uint32_t first_column)
{
    uint32_t count = 0, *rows = arena_alloc(&batch->arena, (batch->count + 1) * sizeof *rows);
    for (uint32_t row = 0; row < batch->count; row++) {
        if (places[row] == place) rows[count++] = row;
    }
    if (count == 0) return NULL;
    struct batch *side = stage_batch(worker);
    batch_begin_empty(side, columns, count);
    if (!stage_wants(worker, place)) return side;
    uint32_t room = columns->count - first_column;
    uint32_t copied = batch->columns->count < room ? batch->columns->count : room;
    for (uint32_t column = 0; column < copied; column++) {
        const cell *from = batch->overlay[column];
        if (column >= batch->raw_columns && !from) continue;
        cell *cells = batch_cells(side, first_column + column);
        for (uint32_t i = 0; i < count; i++) {
            bool is_set = from && from[rows[i]].flags & CELL_SET;
            cells[i] = is_set ? from[rows[i]] : cell_at(batch, rows[i], column);
        }
    }
    return side;
}

// Copies the diverted records of one place into a batch of its own.
static bool divert_to(struct dedupe *dedupe, struct stage_worker *worker, struct batch *batch,
                      const uint8_t places[], const row_flags flags[], enum place place)
{
    const struct columns *columns = dedupe_place_columns(dedupe, place);
    struct batch *side = dedupe_side(worker, batch, places, place, columns, 0);
    if (!side) return true;
    if (place == PLACE_SUPPRESSED)
        dedupe_set_suppressed_by(dedupe, worker, batch, places, flags, side);
    dedupe_count_rows(dedupe, worker, batch, places, place, place_name(place));
    return stage_emit(worker, place, side);
}

bool dedupe_divert(struct dedupe *dedupe, struct stage_worker *worker, struct batch *batch,
                   const uint8_t places[], const row_flags flags[])
{
    bool ok = divert_to(dedupe, worker, batch, places, flags, PLACE_SUPPRESSED) &&
              divert_to(dedupe, worker, batch, places, flags, PLACE_EXISTING);
    dedupe_count_known(dedupe, worker, batch, places);
    bool *keep = arena_new(&batch->arena, bool, batch->count);
    for (uint32_t row = 0; row < batch->count; row++) keep[row] = places[row] == PLACE_MAIN;
    batch_filter(batch, keep);
    return ok;
}

void dedupe_stage(const struct dedupe_options *options, struct stage *stage)
{
    struct dedupe *dedupe = memory_zeroed(1, sizeof *dedupe);
    dedupe->options = *options;
    memset(dedupe->wants, true, sizeof dedupe->wants);
    uint64_t memory_max = options->memory_max ? options->memory_max : UINT64_MAX;
    store_init(&dedupe->store, memory_max, options->in_use, options->temp_dir);
    *stage = (struct stage){.name = "dedupe",
                            .places = STAGE_PLACE(PLACE_DUPLICATE) | STAGE_PLACE(PLACE_EXISTING) |
                                      STAGE_PLACE(PLACE_SUPPRESSED),
                            .state = dedupe,
                            .open = dedupe_open,
                            .place_columns = dedupe_place_columns,
                            .place_owns = dedupe_place_owns,
                            .worker_init = dedupe_worker_init,
                            .worker_release = dedupe_worker_release,
                            .close = dedupe_close};
    if (options->lists_statistics) stage->places |= STAGE_PLACE(PLACE_STATISTICS);
    if (options->lists_reviews) stage->places |= STAGE_PLACE(PLACE_REVIEW);
    if (options->lists_clusters) stage->places |= STAGE_PLACE(PLACE_CLUSTER);
    if (options->weights && !options->first) {
        const struct matcher_options matcher = {options->rules,      options->weights,
                                                options->decisions,  options->lists_reviews,
                                                options->statistics, options->threads};
        dedupe->matcher = matcher_new(&matcher);
        dedupe->store.record_bytes += MATCHER_RECORD_BYTES;
    }
    if (options->first)
        dedupe_first_stage(dedupe, stage);
    else
        dedupe_whole_stage(dedupe, stage);
}
