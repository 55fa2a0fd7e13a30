// The whole form: every record is held, joined with those that share a key, and merged.
#include <inttypes.h>

#include "core/csv/scan.h"
#include "internal.h"
#include "key_decisions.h"

static bool sink(void *state, struct stage_worker *stage_worker, struct batch *batch,
                 struct err *err)
{
    struct dedupe *dedupe = state;
    struct dedupe_worker *worker = stage_worker->state;
    if (batch->count == 0) return true;
    bool has_known = dedupe_has_crm(dedupe);
    struct chunk *chunk = store_chunk(&dedupe->store, batch, has_known, &worker->text);
    size_t room = keys_room(&dedupe->plan, batch->count);
    worker->row_keys =
        memory_grow(worker->row_keys, &worker->row_key_capacity, room, sizeof *worker->row_keys);
    size_t count = keys_of_batch(&dedupe->plan, &worker->keys, batch, worker->row_keys);
    if (!dedupe_flags(dedupe, worker, batch, chunk->flags, err)) {
        store_drop(chunk);
        return false;
    }
    if (has_known) {
        dedupe_known(dedupe, worker, batch, worker->row_keys, count, chunk->known, chunk->flags);
    }
    store_set_keys(&dedupe->store, chunk, worker->row_keys, count);
    if (dedupe_keeps_ids(dedupe)) {
        chunk->ids = roster_ids(batch, dedupe->match.id, &worker->kept->arena);
    }
    if (dedupe->matcher) {
        chunk->profiles = matcher_profiles(dedupe->matcher, &worker->kept->arena,
                                           &worker->kept->values, batch, chunk);
    }
    dedupe_count_rows(dedupe, stage_worker, batch, NULL, PLACE_MAIN, "in");
    return store_add(&dedupe->store, chunk, err);
}

// Who is in which cluster, and how good that is.
static bool tell_clusters(struct dedupe *dedupe, struct err *err)
{
    if (!roster_name(&dedupe->roster, &dedupe->store, &dedupe->groups, err)) return false;
    struct truth *truth = dedupe->options.truth;
    if (!truth) return true;
    truth_place(truth, &dedupe->roster, &dedupe->groups);
    evaluate(truth, dedupe->matcher ? matcher_candidates(dedupe->matcher) : NULL,
             dedupe->options.evaluation);
    return true;
}

static bool join_by_keys(struct dedupe *dedupe, uint32_t records, struct err *err)
{
    if (!groups_make(&dedupe->groups, &dedupe->store, records, err)) return false;
    const struct key_deciding deciding = {dedupe->options.decisions, &dedupe->store, &dedupe->plan,
                                          &dedupe->merge, dedupe->roster.ids};
    return !deciding.decisions || groups_decide(&dedupe->groups, &deciding, err);
}

static void tell_statistics(struct dedupe *dedupe)
{
    struct buffer *rows = &dedupe->statistics;
    const struct candidates *candidates = matcher_candidates(dedupe->matcher);
    if (dedupe->options.blocks_left_out) {
        memcpy(dedupe->options.blocks_left_out, candidates->skipped, sizeof candidates->skipped);
    }
    matcher_statistics(dedupe->matcher, rows);
    if (dedupe->options.statistics_hash) {
        *dedupe->options.statistics_hash = hash_128(buffer_str(rows));
    }
    if (!dedupe->options.lists_statistics) buffer_release(rows);
}

static bool explain(struct dedupe *dedupe, struct err *err)
{
    const struct dedupe_options *options = &dedupe->options;
    for (size_t i = 0; i < options->explain_count && dedupe->matcher; i++) {
        const struct decision *pair = &options->explain[i];
        if (!matcher_explain(dedupe->matcher, &dedupe->groups, pair->a, pair->b,
                             options->explanation, err)) {
            return false;
        }
    }
    return true;
}

static bool combine(void *state, struct stage_worker *stage_worker, struct err *err)
{
    (void)stage_worker;
    struct dedupe *dedupe = state;
    uint32_t records = store_order(&dedupe->store);
    if (dedupe->options.memory_needed) *dedupe->options.memory_needed = store_needs(&dedupe->store);
    bool has_ids = dedupe_keeps_ids(dedupe);
    if (has_ids) roster_take(&dedupe->roster, &dedupe->store, records);
    bool ok = dedupe->matcher
                  ? matcher_match(dedupe->matcher, &dedupe->store, records, &dedupe->groups, err)
                  : join_by_keys(dedupe, records, err);
    if (ok && dedupe->matcher) tell_statistics(dedupe);
    return ok && (!has_ids || tell_clusters(dedupe, err)) && explain(dedupe, err);
}

static bool drain(void *state, uint64_t *piece, struct err *err)
{
    (void)err;
    struct dedupe *dedupe = state;
    if (dedupe->drained == dedupe->store.count) return false;
    *piece = dedupe->drained++;
    return true;
}

// Locates the fields of a chunk's records. The text is our own, so it is regular; no column count
// can be wrong.
static void locate(const struct chunk *chunk, uint32_t columns, struct records *records)
{
    struct block *block = chunk->block;
    records->columns = columns;
    // The scanner wants room for one end a byte; regular text has fewer, but it may not be told so.
    records_reserve(records, chunk->rows, columns);
    size_t capacity = records->ends_capacity;
    records->ends = memory_grow(records->ends, &capacity, block->len + 1, sizeof *records->ends);
    records->ends_capacity = capacity;
    struct scan_state state = {0};
    scan_best()(block->data, block->len, ',', 0, &state, records->ends);
    records->block = block;
    records->count = chunk->rows;
    for (uint32_t row = 0; row < chunk->rows; row++) {
        uint32_t *ends = records->ends + (size_t)row * columns;
        records->starts[row] = chunk->starts[row];
        records->lines[row] = 0;
        uint32_t last = ends[columns - 1];
        if (last > chunk->starts[row] && block->data[last - 1] == '\r') ends[columns - 1]--;
        uint32_t start = chunk->starts[row];
        for (uint32_t column = 0; column < columns; column++) {
            uint32_t end = ends[column];
            if (block->data[start] == '"') ends[column] |= FIELD_QUOTED;
            start = end + 1;
        }
    }
}

// How many records a root's cluster has.
static uint32_t cluster_size(const struct groups *groups, uint32_t root)
{
    uint32_t count = 1;
    for (uint32_t next = groups->next[root]; next; next = groups->next[next]) count++;
    return count;
}

// What is known of a record, or of all members of a cluster.
struct findings {
    row_flags flags;           // of any
    struct crm_findings known; // by the strongest key
};

static void add_finding(struct findings *found, row_flags flags, uint64_t known)
{
    found->flags = row_flags_join(found->flags, flags);
    crm_join(&found->known, known);
}

// The members of a root's cluster, read, and what is found of them.
static struct member *read_members(struct dedupe *dedupe, struct dedupe_worker *worker,
                                   uint32_t root, size_t count, struct findings *found,
                                   struct err *err)
{
    struct member *members = arena_new(&worker->arena, struct member, count);
    uint32_t record = root;
    for (size_t i = 0; i < count; i++, record = dedupe->groups.next[record]) {
        struct stored_row row;
        if (!store_row(&dedupe->store, record, &worker->arena, &row, err)) return NULL;
        merge_read(&dedupe->merge, row.text, &worker->arena, &members[i]);
        add_finding(found, row.flags, row.known);
    }
    return members;
}

// The smallest id; where records have none, a digest of the smallest: no other cluster has that
// record, or they would be one.
static str cluster_id(const struct dedupe *dedupe, const struct member members[], size_t count,
                      struct arena *arena)
{
    str smallest = {"", 0}, line = members[0].line;
    int column = dedupe->merge.lead_id;
    for (size_t i = 0; i < count; i++) {
        str id = column < 0 ? (str){"", 0} : members[i].fields[column];
        if (id.len && (!smallest.len || str_compare(id, smallest) < 0)) smallest = id;
        if (str_compare(members[i].line, line) < 0) line = members[i].line;
    }
    return smallest.len ? smallest : cluster_digest(line, arena);
}

static void add_word(struct buffer *out, str word)
{
    if (out->len) buffer_add_byte(out, ';');
    buffer_add(out, word);
}

// What the records of the weakest link agree in.
static str matched_facts(uint32_t kinds, struct arena *arena)
{
    struct buffer words = {0};
    if (kinds & MATCHED_SAME_ID) add_word(&words, STR("same_id"));
    if (kinds & MATCHED_DECIDED) add_word(&words, STR("decided"));
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        if (kinds >> kind & 1) add_word(&words, str_of(fact_kind_name(kind)));
    }
    str text = arena_copy(arena, buffer_str(&words));
    buffer_release(&words);
    return text;
}

static str matched_on(const struct dedupe *dedupe, uint32_t kinds, struct arena *arena)
{
    if (dedupe->matcher) return matched_facts(kinds, arena);
    if (kinds == 0) return STR("decided"); // nothing else joins records that share no key
    const struct dedupe_rules *rules = dedupe->options.rules;
    size_t room = 1, len = 0;
    for (size_t i = 0; i < rules->key_count; i++) room += rules->keys[i].name.len + 1;
    char *out = arena_bytes(arena, room);
    for (size_t i = 0; i < rules->key_count; i++) {
        if (!(kinds >> i & 1)) continue;
        if (len) out[len++] = ';';
        memcpy(out + len, rules->keys[i].name.data, rules->keys[i].name.len);
        len += rules->keys[i].name.len;
    }
    return (str){out, len};
}

// Nothing where nobody weighed.
static str weight_text(const struct dedupe *dedupe, uint32_t root, struct arena *arena)
{
    int32_t weight = dedupe->groups.weights ? dedupe->groups.weights[root] : 0;
    return weight ? weight_bits(weight, arena) : (str){"", 0};
}

static void set_cluster(struct dedupe *dedupe, struct batch *batch, uint32_t row, uint32_t root,
                        const struct member members[], size_t count, str id, str on)
{
    const struct merge_plan *merge = &dedupe->merge;
    const uint32_t *at = dedupe->at;
    struct arena *arena = &batch->arena;
    size_t first = count, last = count;
    for (size_t i = 0; i < count; i++) {
        if (members[i].oldest == INT64_MAX) continue;
        if (first == count || members[i].oldest < members[first].oldest) first = i;
        if (last == count || members[i].newest > members[last].newest) last = i;
    }
    batch_set(batch, row, at[AT_CLUSTER_ID], arena_copy(arena, id), 0);
    batch_set_number(batch, row, at[AT_CLUSTER_SIZE], (int64_t)count);
    batch_set(batch, row, at[AT_MATCHED_ON], arena_copy(arena, on), CELL_PLAIN);
    batch_set(batch, row, at[AT_MATCH_WEIGHT], weight_text(dedupe, root, arena), CELL_PLAIN);
    batch_set(batch, row, at[AT_SOURCES], merge_words(members, count, merge->source, arena), 0);
    batch_set_number(batch, row, at[AT_TOUCHES], (int64_t)merge_touches(merge, members, count));
    str touches[2] = {{"", 0}, {"", 0}};
    if (first < count) touches[0] = merge_first_touch(merge, &members[first]);
    if (last < count) touches[1] = merge_last_touch(merge, &members[last]);
    batch_set(batch, row, at[AT_FIRST_TOUCH], arena_copy(arena, touches[0]), 0);
    batch_set(batch, row, at[AT_LAST_TOUCH], arena_copy(arena, touches[1]), 0);
}

static void set_merged(struct dedupe *dedupe, struct dedupe_worker *worker, struct batch *batch,
                       uint32_t row, const struct member members[], size_t count, size_t survivor)
{
    uint32_t columns = dedupe->in->count;
    str *merged = arena_new(&worker->arena, str, columns);
    merge_fields(&dedupe->merge, members, count, survivor, &worker->arena, merged);
    for (uint32_t column = 0; column < columns; column++) {
        if (str_equal(merged[column], members[0].fields[column])) continue; // the root's own
        batch_set(batch, row, column, arena_copy(&batch->arena, merged[column]), 0);
    }
}

// Emits the members that have been put aside and forgets them.
static bool flush_members(struct stage_worker *stage_worker)
{
    struct dedupe_worker *worker = stage_worker->state;
    struct batch *side = worker->members;
    uint64_t count = worker->duplicate_count;
    if (!side) return true;
    side->count = worker->member_count;
    worker->members = NULL;
    worker->member_count = worker->member_room = 0;
    worker->duplicate_count = 0;
    bool ok = stage_emit_copies(stage_worker, PLACE_DUPLICATE, side, count);
    arena_reset(&worker->arena);
    return ok;
}

// Makes room for a cluster's members in the batch that is being filled: some hundred go together.
static bool reserve_members(struct dedupe *dedupe, struct stage_worker *stage_worker,
                            uint32_t count)
{
    enum { MEMBERS_TOGETHER = 128 };
    struct dedupe_worker *worker = stage_worker->state;
    if (worker->members && worker->member_room - worker->member_count >= count) return true;
    if (!flush_members(stage_worker)) return false;
    worker->members = stage_batch(stage_worker);
    worker->member_room = count > MEMBERS_TOGETHER ? count : MEMBERS_TOGETHER;
    batch_begin_empty(worker->members, dedupe->duplicate_columns, worker->member_room);
    return true;
}

// Every member as it was, marked survivor or duplicate; the survivor is counted as staying.
static void put_members(struct dedupe *dedupe, struct stage_worker *stage_worker,
                        const struct member members[], size_t count, size_t survivor, str id,
                        str on)
{
    struct dedupe_worker *worker = stage_worker->state;
    struct batch *side = worker->members;
    bool is_wanted = stage_wants(stage_worker, PLACE_DUPLICATE);
    int name = dedupe->merge.source_name;
    str place = str_of(place_name(PLACE_DUPLICATE));
    for (size_t i = 0; i < count; i++) {
        bool stays = i == survivor;
        uint32_t row = worker->member_count++;
        const str *fields = members[i].fields, *raws = members[i].raws;
        for (uint32_t column = 0; is_wanted && column < dedupe->in->count; column++) {
            // Plain to the writer: quotes that no one needed stay too, so that undo is exact.
            if (raws[column].len) batch_set(side, row, column + 2, raws[column], CELL_PLAIN);
        }
        batch_set(side, row, 0, stays ? STR("survivor") : STR("duplicate"), CELL_PLAIN);
        batch_set(side, row, 1, id, 0);
        if (stays) continue;
        tally_add(&stage_worker->by_source, name < 0 ? STR("") : fields[name], place, 1);
    }
    tally_add(&stage_worker->by_reason, place, on, count - 1);
    worker->duplicate_count += count - 1;
}

static bool fill_cluster(struct dedupe *dedupe, struct stage_worker *stage_worker,
                         struct batch *batch, uint32_t row, uint32_t root, struct findings *found,
                         struct err *err)
{
    struct dedupe_worker *worker = stage_worker->state;
    size_t count = cluster_size(&dedupe->groups, root);
    if (!reserve_members(dedupe, stage_worker, (uint32_t)count)) return false;
    struct member *members = read_members(dedupe, worker, root, count, found, err);
    if (!members) return false;
    size_t survivor = merge_survivor(&dedupe->merge, members, count);
    str id = cluster_id(dedupe, members, count, &worker->arena);
    str on = matched_on(dedupe, dedupe->groups.kinds[root], &worker->arena);
    set_cluster(dedupe, batch, row, root, members, count, id, on);
    set_merged(dedupe, worker, batch, row, members, count, survivor);
    put_members(dedupe, stage_worker, members, count, survivor, id, on);
    return true;
}

// Sets what a root's record becomes.
static bool fill_row(struct dedupe *dedupe, struct stage_worker *stage_worker,
                     const struct chunk *chunk, struct batch *batch, uint32_t row,
                     struct findings *found, struct err *err)
{
    uint32_t record = chunk->base + row;
    if (!dedupe->groups.next[record]) {
        add_finding(found, chunk->flags[row], chunk->known ? chunk->known[row] : 0);
        return true;
    }
    return fill_cluster(dedupe, stage_worker, batch, row, record, found, err);
}

// The members of clusters that begin some rows ahead stand anywhere in memory: their text is
// fetched meanwhile, where it begins before that.
static void fetch_ahead(const struct dedupe *dedupe, const struct chunk *chunk, uint32_t row)
{
    enum { TEXT_AHEAD = 6, START_AHEAD = 12, MEMBERS_FETCHED = 4 };
    const uint32_t ahead[] = {TEXT_AHEAD, START_AHEAD};
    for (int i = 0; i < 2; i++) {
        if (row + ahead[i] >= chunk->rows) return;
        uint32_t record = chunk->base + row + ahead[i];
        if (!groups_is_root(&dedupe->groups, record)) continue;
        for (int member = 0; member < MEMBERS_FETCHED; member++) {
            record = dedupe->groups.next[record];
            if (!record) break;
            if (ahead[i] == TEXT_AHEAD)
                store_fetch_text(&dedupe->store, record);
            else
                store_fetch_start(&dedupe->store, record);
        }
    }
}

static bool fill_rows(struct dedupe *dedupe, struct stage_worker *stage_worker,
                      const struct chunk *chunk, struct batch *batch, struct err *err)
{
    uint8_t *places = arena_new(&batch->arena, uint8_t, batch->count);
    row_flags *flags = arena_new(&batch->arena, row_flags, batch->count);
    dedupe_set_singles(dedupe, batch);
    for (uint32_t row = 0; row < batch->count; row++) {
        struct findings found = {0};
        fetch_ahead(dedupe, chunk, row);
        if (!groups_is_root(&dedupe->groups, chunk->base + row)) {
            places[row] = PLACE_DUPLICATE; // its cluster's root speaks for it
            continue;
        }
        if (!fill_row(dedupe, stage_worker, chunk, batch, row, &found, err)) return false;
        flags[row] = found.flags;
        bool is_known = dedupe_set_known(dedupe, batch, row, &found.known);
        dedupe_set_wishes(dedupe, batch, row, flags[row]);
        if (flags[row] & ROW_TAKEN_OUT)
            places[row] = PLACE_SUPPRESSED;
        else if (is_known && dedupe->options.divert_existing)
            places[row] = PLACE_EXISTING;
    }
    return flush_members(stage_worker) && dedupe_divert(dedupe, stage_worker, batch, places, flags);
}

// The list of clusters has every record, in the order in which they came.
static bool list_clusters(struct dedupe *dedupe, struct stage_worker *stage_worker,
                          const struct chunk *chunk)
{
    if (!dedupe->options.lists_clusters) return true;
    struct batch *side = stage_batch(stage_worker);
    batch_begin_empty(side, dedupe->cluster_columns, chunk->rows);
    for (uint32_t row = 0; row < chunk->rows; row++) {
        uint32_t record = chunk->base + row;
        batch_set(side, row, 0, dedupe->roster.ids[record], 0);
        batch_set(side, row, 1, roster_cluster(&dedupe->roster, &dedupe->groups, record), 0);
    }
    return stage_emit(stage_worker, PLACE_CLUSTER, side);
}

// The first piece brings the statistics with it.
static bool list_statistics(struct dedupe *dedupe, struct stage_worker *stage_worker,
                            const struct chunk *chunk)
{
    enum { ROWS = 1024, COLUMNS = 4 };
    str rest = buffer_str(&dedupe->statistics), line = {0}, value;
    if (!dedupe->options.lists_statistics || chunk->base != 0) return true;
    while (rest.len) {
        struct batch *side = stage_batch(stage_worker);
        batch_begin_empty(side, dedupe->statistics_columns, ROWS);
        uint32_t row = 0;
        for (; row < ROWS && rest.len && str_cut(&rest, '\n', &line); row++) {
            for (uint32_t column = 0; column < COLUMNS && str_cut(&line, ',', &value); column++) {
                batch_set(side, row, column, value, CELL_PLAIN);
            }
        }
        side->count = row;
        if (!stage_emit(stage_worker, PLACE_STATISTICS, side)) return false;
    }
    return true;
}

// The doubtful pairs whose first record is in the chunk: nobody has given up the text of the
// second.
static bool list_reviews(struct dedupe *dedupe, struct stage_worker *stage_worker,
                         const struct chunk *chunk, struct err *err)
{
    if (!dedupe->options.lists_reviews || !dedupe->matcher) return true;
    const struct reviews *reviews = matcher_reviews(dedupe->matcher);
    size_t first = reviews_from(reviews, chunk->base);
    size_t count = reviews_from(reviews, chunk->base + chunk->rows) - first;
    if (count == 0) return true;
    struct batch *side = stage_batch(stage_worker);
    batch_begin_empty(side, dedupe->review_columns, (uint32_t)count);
    for (uint32_t row = 0; row < count && stage_wants(stage_worker, PLACE_REVIEW); row++) {
        if (!review_fill(&reviews->items[first + row], &dedupe->match, &dedupe->merge,
                         &dedupe->store, side, row, err)) {
            batch_free(side);
            return false;
        }
    }
    return stage_emit(stage_worker, PLACE_REVIEW, side);
}

static bool fill(void *state, struct stage_worker *stage_worker, uint64_t piece,
                 struct batch *batch, struct err *err)
{
    struct dedupe *dedupe = state;
    struct dedupe_worker *worker = stage_worker->state;
    const struct chunk *chunk = dedupe->store.chunks[piece];
    struct chunk loaded;
    batch_free(worker->members); // of a piece that failed
    worker->members = NULL;
    if (!store_load(&dedupe->store, chunk, &loaded, err)) return false;
    locate(&loaded, dedupe->in->count, &batch->records);
    batch->first_sequence = chunk->base;
    batch_begin(batch, dedupe->in);
    batch_widen(batch, dedupe->out);
    if (!list_statistics(dedupe, stage_worker, &loaded)) return false;
    if (!list_clusters(dedupe, stage_worker, &loaded)) return false;
    if (!list_reviews(dedupe, stage_worker, &loaded, err)) return false;
    if (!fill_rows(dedupe, stage_worker, &loaded, batch, err)) return false;
    // A cluster is made where its first record stands: later pieces ask for no earlier text.
    store_done(&dedupe->store, piece);
    return true;
}

void dedupe_whole_stage(struct dedupe *dedupe, struct stage *stage)
{
    (void)dedupe;
    stage->kind = STAGE_BARRIER;
    stage->sink = sink;
    stage->combine = combine;
    stage->drain = drain;
    stage->fill = fill;
}
