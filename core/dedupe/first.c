// The streaming form: the first record of every key passes.
#include <inttypes.h>

#include "internal.h"

struct prepared {
    struct row_key *keys; // all keys, row by row
    size_t count;
    row_flags *flags; // [rows]
    uint64_t *known;  // [rows]
};

enum { PREFETCH_AHEAD = 16 };

// Part of prepare, unless the input has columns of dedupe already: duplicates leave as they came.
static void set_singles(const struct dedupe *dedupe, struct batch *batch)
{
    batch_widen(batch, dedupe->out);
    dedupe_set_singles(dedupe, batch);
}

// The parallel part: hashing, and looking up what does not change.
static bool prepare(void *state, struct stage_worker *stage_worker, struct batch *batch,
                    void **result, struct err *err)
{
    struct dedupe *dedupe = state;
    struct dedupe_worker *worker = stage_worker->state;
    struct prepared *prepared = arena_new(&batch->arena, struct prepared, 1);
    *result = prepared;
    size_t room = keys_room(&dedupe->plan, batch->count);
    prepared->keys = arena_alloc(&batch->arena, room * sizeof *prepared->keys);
    prepared->count = keys_of_batch(&dedupe->plan, &worker->keys, batch, prepared->keys);
    prepared->flags = arena_new(&batch->arena, row_flags, batch->count);
    prepared->known = arena_new(&batch->arena, uint64_t, batch->count);
    if (!dedupe_flags(dedupe, worker, batch, prepared->flags, err)) return false;
    dedupe_known(dedupe, worker, batch, prepared->keys, prepared->count, prepared->known,
                 prepared->flags);
    dedupe_count_rows(dedupe, stage_worker, batch, NULL, PLACE_MAIN, "in");
    if (dedupe->adds_all) set_singles(dedupe, batch);
    return true;
}

// Makes room in the set of keys. It cannot be anywhere but in memory, since what passes is decided
// at once: when its next size is more than the limit allows, that is the end.
static bool reserve_seen(struct dedupe *dedupe, size_t more, struct err *err)
{
    struct key_table *seen = &dedupe->seen;
    size_t wanted = seen->count + more, before = key_table_bytes(seen, seen->count);
    size_t after = key_table_bytes(seen, wanted);
    if (after > before && dedupe->options.memory_max && dedupe->options.in_use) {
        enum { MIB = 1 << 20 };
        // The table grows in place: of its present pages all count already.
        uint64_t needed = dedupe->options.in_use() + (after - before);
        if (needed > dedupe->options.memory_max) {
            err_set(err, ERR_USAGE, NULL, 0,
                    "--memory: the keys of the leads seen by --first do not fit: %" PRIu64
                    "M of memory are allowed, %" PRIu64 "M would be needed now",
                    dedupe->options.memory_max / MIB, needed / MIB + 1);
            return err_hint(err, "allow more --memory, or leave out --first: then records and "
                                 "keys go to --temp-dir");
        }
    }
    key_table_reserve(seen, wanted);
    return true;
}

// A record whose person has opted out, and its keys: is it too late, because an earlier record of
// that person has passed?
static bool note_opt_out(struct dedupe *dedupe, const struct row_key keys[], uint32_t count,
                         bool is_duplicate, const bool was_seen[])
{
    bool is_late = false, is_new;
    for (uint32_t i = 0; i < count; i++) {
        is_late |= is_duplicate && was_seen[i] && !key_table_find(&dedupe->opted_out, keys[i].hash);
    }
    for (uint32_t i = 0; i < count; i++) {
        (void)key_table_put(&dedupe->opted_out, keys[i].hash, &is_new);
    }
    return is_late;
}

// Marks the rows one of whose keys was seen before; the keys of those count as seen too. Counts
// them by that key, the first in the order of the rules.
static void mark_seen(struct dedupe *dedupe, const struct prepared *prepared, uint8_t places[],
                      uint64_t by_kind[])
{
    const struct row_key *keys = prepared->keys;
    size_t count = prepared->count;
    for (size_t i = 0; i < count && i < PREFETCH_AHEAD; i++) {
        key_table_prefetch(&dedupe->seen, keys[i].hash);
    }
    for (size_t i = 0; i < count;) {
        uint32_t row = keys[i].row, of_row = 0;
        bool was_seen[ROW_KEYS_MAX];
        do {
            size_t ahead = i + PREFETCH_AHEAD;
            if (ahead < count) key_table_prefetch(&dedupe->seen, keys[ahead].hash);
            was_seen[of_row] = !key_table_add_reserved(&dedupe->seen, keys[i].hash);
            if (was_seen[of_row] && places[row] != PLACE_DUPLICATE) {
                places[row] = PLACE_DUPLICATE;
                by_kind[keys[i].kind]++;
            }
            of_row++;
        } while (++i < count && keys[i].row == row);
        if (!(prepared->flags[row] & ROW_TAKEN_OUT)) continue;
        bool is_late = note_opt_out(dedupe, keys + i - of_row, of_row,
                                    places[row] == PLACE_DUPLICATE, was_seen);
        if (is_late && dedupe->options.late_opt_outs) ++*dedupe->options.late_opt_outs;
    }
}

static void count_kinds(const struct dedupe *dedupe, struct stage_worker *worker,
                        const uint64_t by_kind[])
{
    const struct dedupe_rules *rules = dedupe->options.rules;
    str place = str_of(place_name(PLACE_DUPLICATE));
    for (size_t i = 0; i < rules->key_count; i++) {
        if (by_kind[i]) tally_add(&worker->by_reason, place, rules->keys[i].name, by_kind[i]);
    }
}

static bool emit_seen(struct dedupe *dedupe, struct stage_worker *worker, struct batch *batch,
                      const uint8_t places[])
{
    const struct columns *columns = dedupe->duplicate_columns;
    struct batch *side = dedupe_side(worker, batch, places, PLACE_DUPLICATE, columns, 2);
    if (!side) return true;
    for (uint32_t i = 0; i < side->count; i++) batch_set(side, i, 0, STR("duplicate"), CELL_PLAIN);
    const char *what = place_name(PLACE_DUPLICATE);
    dedupe_count_rows(dedupe, worker, batch, places, PLACE_DUPLICATE, what);
    return stage_emit(worker, PLACE_DUPLICATE, side);
}

static bool process(void *state, struct stage_worker *stage_worker, struct batch *batch,
                    void *result, struct err *err)
{
    struct dedupe *dedupe = state;
    const struct prepared *prepared = result;
    if (!reserve_seen(dedupe, prepared->count, err)) return false;
    uint8_t *places = arena_new(&batch->arena, uint8_t, batch->count); // PLACE_MAIN
    uint64_t by_kind[DEDUPE_KEYS_MAX] = {0};
    mark_seen(dedupe, prepared, places, by_kind);
    count_kinds(dedupe, stage_worker, by_kind);
    if (!emit_seen(dedupe, stage_worker, batch, places)) return false;
    if (!dedupe->adds_all) set_singles(dedupe, batch);
    for (uint32_t row = 0; row < batch->count; row++) {
        if (places[row] == PLACE_DUPLICATE) continue;
        struct crm_findings found = {{prepared->known[row]}, prepared->known[row] != 0};
        bool is_known = dedupe_set_known(dedupe, batch, row, &found);
        dedupe_set_wishes(dedupe, batch, row, prepared->flags[row]);
        if (prepared->flags[row] & ROW_TAKEN_OUT)
            places[row] = PLACE_SUPPRESSED;
        else if (is_known && dedupe->options.divert_existing)
            places[row] = PLACE_EXISTING;
    }
    return dedupe_divert(dedupe, stage_worker, batch, places, prepared->flags);
}

static void want_keys(const struct key_plan *plan, const struct columns *columns,
                      struct wanted *wanted)
{
    for (size_t i = 0; i < plan->part_count; i++) {
        int at[] = {plan->parts[i].column, plan->parts[i].column_second};
        for (size_t k = 0; k < 2; k++) {
            if (at[k] >= 0) wanted_add(wanted, columns->names[at[k]]);
        }
        if (plan->parts[i].kind == PART_COMPANY) wanted_add(wanted, STR("country"));
    }
}

static void want_opt_outs(const struct opt_out_columns *at, const struct columns *columns,
                          struct wanted *wanted)
{
    const int asked[] = {at->addresses[0], at->addresses[1], at->numbers[0],
                         at->numbers[1],   at->numbers[2],   at->domain};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        if (asked[i] >= 0) wanted_add(wanted, columns->names[asked[i]]);
    }
}

// The whole job compares, merges and ranks its records by all they hold; this one reads keys.
static void want(void *state, struct wanted *wanted)
{
    struct dedupe *dedupe = state;
    uint32_t count;
    const struct schema_field *added = schema_stage_fields(SCHEMA_STAGE_DEDUPE, &count);
    for (uint32_t i = 0; i < count; i++) dedupe->wants[i] = wanted_has(wanted, added[i].name);
    if (dedupe->wants[AT_CLUSTER_ID]) wanted_add(wanted, STR("lead_id"));
    if (dedupe->wants[AT_SOURCES]) wanted_add(wanted, STR("source"));
    if (dedupe->wants[AT_FIRST_TOUCH] || dedupe->wants[AT_LAST_TOUCH]) {
        wanted_add(wanted, STR("created_at"));
        wanted_add(wanted, STR("last_activity_at"));
    }
    wanted_add(wanted, STR("opt_out"));
    want_keys(&dedupe->plan, dedupe->in, wanted);
    want_keys(&dedupe->company_plan, dedupe->in, wanted);
    want_opt_outs(&dedupe->opt_outs_at, dedupe->in, wanted);
}

void dedupe_first_stage(struct dedupe *dedupe, struct stage *stage)
{
    (void)dedupe;
    stage->kind = STAGE_ORDERED;
    stage->want = want;
    stage->prepare = prepare;
    stage->process_prepared = process;
}
