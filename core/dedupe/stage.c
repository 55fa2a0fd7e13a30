#include "stage.h"

#include "core/base/timestamp.h"
#include "internal.h"

const struct columns *dedupe_open(void *state, const struct columns *in, struct err *err)
{
    (void)err;
    struct dedupe *dedupe = state;
    dedupe->in = in;
    dedupe->out = schema_extend(in, SCHEMA_STAGE_DEDUPE, dedupe->at);
    str *names = memory_zeroed(dedupe->out->count + 2, sizeof *names);
    names[0] = STR("role");
    names[1] = STR("cluster_id");
    memcpy(names + 2, in->names, in->count * sizeof *names);
    dedupe->duplicate_columns = columns_new(names, in->count + 2);
    memcpy(names, dedupe->out->names, dedupe->out->count * sizeof *names);
    names[dedupe->out->count] = STR("suppressed_by");
    dedupe->suppressed_columns = columns_new(names, dedupe->out->count + 1);
    memory_free(names);
    key_plan_make(&dedupe->plan, dedupe->options.rules, &dedupe->options.lists, in);
    key_plan_make(&dedupe->opt_out_plan, known_opt_out_rules(), &dedupe->options.lists, in);
    merge_plan_make(&dedupe->merge, dedupe->options.rules, in);
    return dedupe->out;
}

const struct columns *dedupe_place_columns(void *state, enum place place)
{
    const struct dedupe *dedupe = state;
    switch (place) {
    case PLACE_DUPLICATE: return dedupe->duplicate_columns;
    case PLACE_EXISTING: return dedupe->out;
    case PLACE_SUPPRESSED: return dedupe->suppressed_columns;
    default: return NULL;
    }
}

void *dedupe_worker_init(void *state)
{
    (void)state;
    struct dedupe_worker *worker = memory_zeroed(1, sizeof *worker);
    key_worker_init(&worker->keys);
    key_worker_init(&worker->opt_out_keys);
    return worker;
}

void dedupe_worker_release(void *state, void *worker_state)
{
    (void)state;
    struct dedupe_worker *worker = worker_state;
    key_worker_release(&worker->keys);
    key_worker_release(&worker->opt_out_keys);
    arena_release(&worker->arena);
    memory_free(worker);
}

void dedupe_close(void *state)
{
    struct dedupe *dedupe = state;
    columns_free(dedupe->out);
    columns_free(dedupe->duplicate_columns);
    columns_free(dedupe->suppressed_columns);
    merge_plan_release(&dedupe->merge);
    store_release(&dedupe->store);
    groups_release(&dedupe->groups);
    key_table_release(&dedupe->seen);
    memory_free(dedupe);
}

static bool has_any_word(str words, const str wanted[], size_t count)
{
    str word;
    while (words.len && str_cut(&words, ' ', &word)) {
        for (size_t i = 0; i < count; i++) {
            if (str_equal(word, wanted[i])) return true;
        }
    }
    return false;
}

uint8_t dedupe_row_flags(const struct dedupe *dedupe, struct dedupe_worker *worker,
                         struct batch *batch, uint32_t row)
{
    const struct dedupe_rules *rules = dedupe->options.rules;
    str opt_out = batch_get_or_empty(batch, row, dedupe->merge.opt_out);
    bool by_itself =
        opt_out.len && has_any_word(opt_out, rules->suppress_words, rules->suppress_count);
    uint8_t flags = by_itself ? ROW_OPTED_OUT : 0;
    const struct known *known = dedupe->options.known;
    if (!known || known->opted_out.count == 0) return flags;
    struct row_key keys[ROW_KEYS_MAX];
    size_t count = keys_of_row(&dedupe->opt_out_plan, &worker->opt_out_keys, batch, row, keys);
    for (size_t i = 0; i < count; i++) {
        if (key_table_find(&known->opted_out, keys[i].hash)) flags |= ROW_SUPPRESSED;
    }
    return flags;
}

uint64_t dedupe_known(const struct dedupe *dedupe, const struct row_key keys[], size_t count)
{
    const struct known *known = dedupe->options.known;
    if (!known || known->contacts_by_key.count == 0) return 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t *number = key_table_find(&known->contacts_by_key, keys[i].hash);
        if (number) return (uint64_t)keys[i].kind << 32 | *number;
    }
    return 0;
}

void dedupe_set_single(const struct dedupe *dedupe, struct batch *batch, uint32_t row)
{
    const struct merge_plan *merge = &dedupe->merge;
    const uint32_t *at = dedupe->at;
    str created = batch_get_or_empty(batch, row, merge->created_at);
    str last = batch_get_or_empty(batch, row, merge->last_activity_at);
    int64_t created_seconds, last_seconds;
    bool has_created = timestamp_parse(created, &created_seconds);
    bool has_last = timestamp_parse(last, &last_seconds);
    str earliest = has_created ? created : (str){"", 0}, latest = has_last ? last : earliest;
    if (!has_created && has_last) earliest = last;
    if (has_created && has_last && created_seconds > last_seconds) {
        earliest = last;
        latest = created;
    }
    batch_set(batch, row, at[AT_CLUSTER_ID], batch_get_or_empty(batch, row, merge->lead_id), 0);
    batch_set(batch, row, at[AT_CLUSTER_SIZE], STR("1"), CELL_PLAIN);
    batch_set(batch, row, at[AT_MATCHED_ON], STR(""), CELL_PLAIN);
    batch_set(batch, row, at[AT_MATCH_WEIGHT], STR(""), CELL_PLAIN);
    batch_set(batch, row, at[AT_SOURCES], batch_get_or_empty(batch, row, merge->source), 0);
    batch_set(batch, row, at[AT_TOUCHES], STR("1"), CELL_PLAIN);
    batch_set(batch, row, at[AT_FIRST_TOUCH], earliest, 0);
    batch_set(batch, row, at[AT_LAST_TOUCH], latest, 0);
}

void dedupe_set_known(const struct dedupe *dedupe, struct batch *batch, uint32_t row,
                      uint64_t known)
{
    const uint32_t *at = dedupe->at;
    struct known_contact contact = {{"", 0}, {"", 0}, {"", 0}};
    str match = {"", 0};
    if (known) {
        contact = dedupe->options.known->contacts[(uint32_t)known - 1];
        match = dedupe->options.rules->keys[known >> 32].name;
    }
    batch_set(batch, row, at[AT_CRM_MATCH], match, CELL_PLAIN);
    batch_set(batch, row, at[AT_CRM_ID], contact.id, 0);
    batch_set(batch, row, at[AT_CRM_OWNER], contact.owner, 0);
    batch_set(batch, row, at[AT_CRM_STAGE], contact.stage, 0);
}

void dedupe_count(struct stage_worker *worker, str source_name, const char *what)
{
    tally_add(&worker->by_source, source_name, str_of(what), 1);
}

// Copies the diverted records of one place into a batch of its own.
static bool divert_to(struct dedupe *dedupe, struct stage_worker *worker, struct batch *batch,
                      const uint8_t places[], const uint8_t flags[], enum place place)
{
    uint32_t count = 0;
    for (uint32_t row = 0; row < batch->count; row++) count += places[row] == place;
    if (count == 0) return true;
    const struct columns *columns = dedupe_place_columns(dedupe, place);
    struct batch *side = stage_batch(worker);
    batch_begin_empty(side, columns, count);
    uint32_t to = 0;
    for (uint32_t row = 0; row < batch->count; row++) {
        if (places[row] != place) continue;
        for (uint32_t column = 0; column < batch->columns->count; column++) {
            str text = batch_get(batch, row, column);
            if (text.len) batch_set(side, to, column, text, 0);
        }
        if (place == PLACE_SUPPRESSED) {
            bool by_list = flags[row] & ROW_SUPPRESSED;
            str by = by_list ? STR("opt_out_list") : STR("opt_out");
            batch_set(side, to, batch->columns->count, by, CELL_PLAIN);
            tally_add(&worker->by_reason, str_of(place_name(place)), by, 1);
        }
        dedupe_count(worker, batch_get_or_empty(batch, row, dedupe->merge.source_name),
                     place_name(place));
        to++;
    }
    return stage_emit(worker, place, side);
}

bool dedupe_divert(struct dedupe *dedupe, struct stage_worker *worker, struct batch *batch,
                   const uint8_t places[], const uint8_t flags[])
{
    bool ok = divert_to(dedupe, worker, batch, places, flags, PLACE_SUPPRESSED) &&
              divert_to(dedupe, worker, batch, places, flags, PLACE_EXISTING);
    for (uint32_t row = 0; row < batch->count; row++) {
        if (places[row] != PLACE_MAIN && places[row] != PLACE_EXISTING) continue;
        str match = batch_get(batch, row, dedupe->at[AT_CRM_MATCH]);
        if (!match.len) continue;
        dedupe_count(worker, batch_get_or_empty(batch, row, dedupe->merge.source_name), "known");
    }
    bool *keep = arena_new(&batch->arena, bool, batch->count);
    for (uint32_t row = 0; row < batch->count; row++) keep[row] = places[row] == PLACE_MAIN;
    batch_filter(batch, keep);
    return ok;
}

void dedupe_stage(const struct dedupe_options *options, struct stage *stage)
{
    struct dedupe *dedupe = memory_zeroed(1, sizeof *dedupe);
    dedupe->options = *options;
    uint64_t memory_max = options->memory_max ? options->memory_max : UINT64_MAX;
    store_init(&dedupe->store, memory_max, options->temp_dir);
    *stage = (struct stage){.name = "dedupe",
                            .places = STAGE_PLACE(PLACE_DUPLICATE) | STAGE_PLACE(PLACE_EXISTING) |
                                      STAGE_PLACE(PLACE_SUPPRESSED),
                            .state = dedupe,
                            .open = dedupe_open,
                            .place_columns = dedupe_place_columns,
                            .worker_init = dedupe_worker_init,
                            .worker_release = dedupe_worker_release,
                            .close = dedupe_close};
    if (options->first)
        dedupe_first_stage(dedupe, stage);
    else
        dedupe_whole_stage(dedupe, stage);
}
