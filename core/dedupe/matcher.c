#include "matcher.h"

#include <pthread.h>

#include "core/base/keytable.h"
#include "core/base/memory.h"
#include "exact_pairs.h"
#include "explain.h"
#include "statistics.h"

enum { THREADS_MAX = 64, PAIRS_A_THREAD = 4096 };

struct matcher {
    struct matcher_options options;
    struct match_plan plan;
    struct profile *profiles; // [count], in the order of the records
    uint32_t count;
    struct weigher weigher;
    bool has_weigher;
    struct candidates candidates;
    struct assembly assembly;
    struct reviews reviews;
    uint32_t *weakest; // [record] of roots: number + 1 of the edge that joined last
};

struct matcher *matcher_new(const struct matcher_options *options)
{
    struct matcher *matcher = memory_zeroed(1, sizeof *matcher);
    matcher->options = *options;
    return matcher;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher) return;
    match_plan_release(&matcher->plan);
    assembly_release(&matcher->assembly);
    reviews_release(&matcher->reviews);
    candidates_release(&matcher->candidates);
    if (matcher->has_weigher) weigher_release(&matcher->weigher);
    memory_free(matcher->profiles);
    memory_free(matcher->weakest);
    memory_free(matcher);
}

static void begin_weigher(struct matcher *matcher)
{
    struct weigher *weigher = &matcher->weigher;
    const struct match_rules *rules = &matcher->options.rules->match;
    weigher_init(weigher, matcher->options.lists->frequencies, matcher->options.lists->nicknames);
    matcher->has_weigher = true;
    for (int set = 0; set < 2; set++) {
        weigher->merge_least[set] = rules->merge_least[set];
        weigher->review_least[set] = rules->review_least[set];
    }
}

bool matcher_open(struct matcher *matcher, const struct columns *columns, struct err *err)
{
    const char *statistics = matcher->options.statistics;
    begin_weigher(matcher);
    return match_plan_make(&matcher->plan, matcher->options.rules, columns, err) &&
           (!statistics || statistics_read(&matcher->weigher, statistics, err));
}

struct profile *matcher_profiles(const struct matcher *matcher, struct arena *arena,
                                 struct profile_values *values, struct batch *batch,
                                 const struct chunk *chunk)
{
    struct profile *profiles = memory_alloc(batch->count * sizeof *profiles);
    str *lines = arena_alloc(&batch->arena, batch->count * sizeof *lines);
    for (uint32_t row = 0; row < batch->count; row++) {
        uint32_t start = chunk->starts[row];
        lines[row] = (str){chunk->block->data + start, chunk->starts[row + 1] - start};
    }
    struct profile_rules lists = *matcher->options.lists;
    lists.values = values;
    match_plan_profiles(&matcher->plan, &lists, batch, lines, arena, profiles);
    return profiles;
}

// ---- pairs

static void take_profiles(struct matcher *matcher, struct store *store, uint32_t records)
{
    matcher->profiles = memory_alloc((records + 1) * sizeof *matcher->profiles);
    matcher->count = records;
    for (size_t i = 0; i < store->count; i++) {
        struct chunk *chunk = store->chunks[i];
        memcpy(matcher->profiles + chunk->base, chunk->profiles,
               chunk->rows * sizeof *chunk->profiles);
        memory_free(chunk->profiles);
        chunk->profiles = NULL;
    }
}

// A mailbox or a number by itself is a key of blocking too, and the id joins in any case.
static void skip_keys(const struct matcher *matcher, bool skip[])
{
    const struct dedupe_rules *rules = matcher->options.rules;
    for (size_t i = 0; i < rules->key_count; i++) {
        const struct key_part *part = &rules->keys[i].parts[0];
        bool is_blocked = part->kind == PART_EMAIL || part->kind == PART_PHONE ||
                          str_equal(part->column, rules->match.id.column);
        skip[i] = rules->keys[i].part_count == 1 && is_blocked;
    }
}

static bool find_candidates(struct matcher *matcher, struct store *store, struct err *err)
{
    bool skip[DEDUPE_KEYS_MAX] = {false};
    skip_keys(matcher, skip);
    candidates_find(matcher->options.lists->nicknames, matcher->profiles, matcher->count,
                    &matcher->candidates);
    return exact_pairs_add(store, skip, matcher->profiles, &matcher->candidates, err);
}

static void take_statistics(struct matcher *matcher)
{
    struct weigher *weigher = &matcher->weigher;
    if (matcher->options.statistics) {
        weigher_settle_frozen(weigher, matcher->profiles, matcher->count);
        return;
    }
    for (uint32_t i = 0; i < matcher->count; i++) weigher_count(weigher, &matcher->profiles[i]);
    weigher_settle(weigher, matcher->profiles, matcher->count);
}

const struct candidates *matcher_candidates(const struct matcher *matcher)
{
    return &matcher->candidates;
}

// ---- weighing, in threads: each has a run of the pairs

struct weigh_job {
    const struct matcher *matcher;
    size_t first, end; // pairs
    struct assembly found;
    struct reviews reviews;
};

static void *weigh_run(void *state)
{
    struct weigh_job *job = state;
    const struct matcher *matcher = job->matcher;
    for (size_t i = job->first; i < job->end; i++) {
        struct candidate pair = matcher->candidates.pairs[i];
        struct weighed weighed;
        weigher_weigh(&matcher->weigher, &matcher->profiles[pair.a], &matcher->profiles[pair.b],
                      &weighed);
        if (weighed.verdict == VERDICT_MERGE)
            assembly_add(&job->found, pair.a, pair.b, weighed.total);
        if (weighed.verdict == VERDICT_REVIEW && matcher->options.keeps_reviews) {
            reviews_add(&job->reviews,
                        (struct review){pair.a, pair.b, weighed.total, weighed.refusals, false});
        }
    }
    return NULL;
}

static void take_found(struct matcher *matcher, struct weigh_job *job)
{
    for (size_t i = 0; i < job->found.edge_count; i++) {
        const struct assembly_edge *edge = &job->found.edges[i];
        assembly_add(&matcher->assembly, edge->a, edge->b, edge->weight);
    }
    for (size_t i = 0; i < job->reviews.count; i++) {
        reviews_add(&matcher->reviews, job->reviews.items[i]);
    }
    assembly_release(&job->found);
    reviews_release(&job->reviews);
}

static void weigh_pairs(struct matcher *matcher)
{
    struct weigh_job jobs[THREADS_MAX];
    pthread_t threads[THREADS_MAX];
    bool is_started[THREADS_MAX];
    size_t pairs = matcher->candidates.count, count = matcher->options.threads;
    if (count > THREADS_MAX) count = THREADS_MAX;
    if (count > pairs / PAIRS_A_THREAD) count = pairs / PAIRS_A_THREAD;
    if (count == 0) count = 1;
    for (size_t i = 0; i < count; i++) {
        jobs[i] = (struct weigh_job){
            .matcher = matcher, .first = pairs * i / count, .end = pairs * (i + 1) / count};
        // The last one is ours, and so is what no thread could be had for.
        is_started[i] =
            i + 1 < count && pthread_create(&threads[i], NULL, weigh_run, &jobs[i]) == 0;
        if (!is_started[i]) weigh_run(&jobs[i]);
    }
    for (size_t i = 0; i < count; i++) {
        if (is_started[i]) pthread_join(threads[i], NULL);
        take_found(matcher, &jobs[i]);
    }
}

// ---- clusters

// What records are the same by: their id; without one, all their bytes, if they say anything.
static bool same_by(const struct profile *profile, hash128 *by)
{
    str id = match_id(profile);
    *by = hash_128(id.len ? id : profile->id);
    return id.len || profile->has;
}

// What people said: of ids, so of the first record that has each. Others of that id are with it.
static void decide(struct matcher *matcher, const struct key_table *first)
{
    const struct decisions *decisions = matcher->options.decisions;
    for (size_t i = 0; decisions && i < decisions->count; i++) {
        const struct decision *decision = &decisions->items[i];
        const uint32_t *a = key_table_find(first, hash_128(decision->a));
        const uint32_t *b = key_table_find(first, hash_128(decision->b));
        if (!a || !b) continue; // not of this run
        if (decision->decided == DECIDED_SAME)
            assembly_add(&matcher->assembly, *a, *b, ASSEMBLY_DECIDED);
        else
            assembly_keep_apart(&matcher->assembly, *a, *b);
    }
}

static void join_same(struct matcher *matcher)
{
    struct key_table first = {0};
    hash128 by;
    for (uint32_t i = 0; i < matcher->count; i++) {
        bool is_new;
        if (!same_by(&matcher->profiles[i], &by)) continue;
        uint32_t *record = key_table_put(&first, by, &is_new);
        if (is_new)
            *record = i;
        else
            assembly_add(&matcher->assembly, *record, i, ASSEMBLY_ALWAYS);
    }
    decide(matcher, &first);
    key_table_release(&first);
}

// What the records of a link have in common.
static uint32_t link_kinds(const struct matcher *matcher, const struct assembly_edge *edge)
{
    struct weighed weighed;
    uint32_t kinds = 0;
    weigher_weigh(&matcher->weigher, &matcher->profiles[edge->a], &matcher->profiles[edge->b],
                  &weighed);
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        if (weighed.has >> kind & 1 && weighed.parts[kind].weight > 0) kinds |= 1u << kind;
    }
    return kinds;
}

// Joins by one link: the heaviest come first, so the last one that joins is the weakest of the
// whole. Links that nobody weighed are all told of, as long as there are no others.
static void take_link(struct groups *groups, const struct assembly_edge *edge, uint32_t number,
                      uint32_t weakest[])
{
    uint32_t a = groups_root(groups, edge->a), b = groups_root(groups, edge->b);
    if (edge->is_refused || a == b) return;
    uint32_t root = groups_join(groups, a, b);
    uint32_t kinds = groups->kinds[a] | groups->kinds[b];
    groups->kinds[a] = groups->kinds[b] = 0;
    weakest[root] = 0;
    if (edge->weight == ASSEMBLY_ALWAYS) {
        groups->kinds[root] = kinds | MATCHED_SAME_ID;
    } else if (edge->weight == ASSEMBLY_DECIDED) {
        groups->kinds[root] = kinds | MATCHED_DECIDED;
    } else {
        weakest[root] = number + 1;
    }
}

static void take_links(struct matcher *matcher, struct groups *groups)
{
    const struct assembly *assembly = &matcher->assembly;
    uint32_t *weakest = matcher->weakest = memory_zeroed(matcher->count + 1, sizeof *weakest);
    for (size_t i = 0; i < assembly->edge_count; i++) {
        take_link(groups, &assembly->edges[i], (uint32_t)i, weakest);
    }
    for (uint32_t i = 0; i < matcher->count; i++) {
        if (!weakest[i] || groups_root(groups, i) != i) continue;
        const struct assembly_edge *edge = &assembly->edges[weakest[i] - 1];
        groups->kinds[i] = link_kinds(matcher, edge);
        groups->weights[i] = edge->weight;
    }
}

// Those that are still in doubt, and the pairs whose groups contradict each other.
static void settle_reviews(struct matcher *matcher, struct groups *groups)
{
    struct reviews *reviews = &matcher->reviews;
    const struct assembly *assembly = &matcher->assembly;
    const struct decisions *decisions = matcher->options.decisions;
    for (size_t i = 0; i < assembly->edge_count; i++) {
        const struct assembly_edge *edge = &assembly->edges[i];
        if (!edge->is_refused || edge->weight >= ASSEMBLY_ALWAYS_LEAST) continue;
        uint32_t a = edge->a < edge->b ? edge->a : edge->b, b = edge->a ^ edge->b ^ a;
        reviews_add(reviews, (struct review){a, b, edge->weight, 0, true});
    }
    size_t kept = 0;
    for (size_t i = 0; i < reviews->count; i++) {
        const struct review *review = &reviews->items[i];
        if (groups_root(groups, review->a) == groups_root(groups, review->b)) continue;
        str a = match_id(&matcher->profiles[review->a]),
            b = match_id(&matcher->profiles[review->b]);
        if (decisions && decisions_of(decisions, a, b) != NOT_DECIDED) continue;
        reviews->items[kept++] = *review;
    }
    reviews->count = kept;
    reviews_sort(reviews);
}

void matcher_statistics(const struct matcher *matcher, struct buffer *out)
{
    statistics_write(&matcher->weigher, out);
}

const struct reviews *matcher_reviews(const struct matcher *matcher) { return &matcher->reviews; }

bool matcher_match(struct matcher *matcher, struct store *store, uint32_t records,
                   struct groups *groups, struct err *err)
{
    take_profiles(matcher, store, records);
    if (!find_candidates(matcher, store, err)) return false;
    take_statistics(matcher);
    weigh_pairs(matcher);
    join_same(matcher);
    assembly_make(&matcher->assembly, &matcher->weigher, matcher->profiles, records);
    groups_begin(groups, records);
    groups->weights = memory_zeroed(records, sizeof *groups->weights);
    take_links(matcher, groups);
    if (matcher->options.keeps_reviews) settle_reviews(matcher, groups);
    groups_chain(groups);
    return true;
}

// ---- explaining

static bool find_record(const struct matcher *matcher, str id, uint32_t *record, struct err *err)
{
    for (*record = 0; *record < matcher->count; ++*record) {
        if (str_equal(match_id(&matcher->profiles[*record]), id)) return true;
    }
    return err_set(err, ERR_USAGE, NULL, 0, "--explain-pair: no record has the id '%.*s'",
                   STR_ARG(id));
}

static void explain_cluster(const struct matcher *matcher, struct groups *groups, uint32_t root,
                            struct buffer *out)
{
    uint32_t number = matcher->weakest[root], kinds = groups->kinds[root];
    if (!number) {
        buffer_format(out, "  in one cluster: %s\n",
                      kinds & MATCHED_DECIDED ? "that was decided" : "they have one id");
        return;
    }
    struct arena arena = {0};
    const struct assembly_edge *edge = &matcher->assembly.edges[number - 1];
    str a = match_id(&matcher->profiles[edge->a]), b = match_id(&matcher->profiles[edge->b]);
    buffer_format(out, "  in one cluster: its weakest link is %.*s - %.*s, %.*s bits\n", STR_ARG(a),
                  STR_ARG(b), STR_ARG(weight_bits(edge->weight, &arena)));
    arena_release(&arena);
}

bool matcher_explain(const struct matcher *matcher, struct groups *groups, str a, str b,
                     struct buffer *out, struct err *err)
{
    uint32_t records[2];
    if (!find_record(matcher, a, &records[0], err) || !find_record(matcher, b, &records[1], err)) {
        return false;
    }
    buffer_format(out, "%.*s - %.*s\n", STR_ARG(a), STR_ARG(b));
    explain_pair(&matcher->weigher, &matcher->profiles[records[0]], &matcher->profiles[records[1]],
                 out);
    const struct decisions *decisions = matcher->options.decisions;
    enum decided decided = decisions ? decisions_of(decisions, a, b) : NOT_DECIDED;
    if (decided == DECIDED_SAME) buffer_add(out, STR("  decided: the same\n"));
    if (decided == DECIDED_DIFFERENT) buffer_add(out, STR("  decided: different\n"));
    uint32_t root = groups_root(groups, records[0]);
    if (groups_root(groups, records[1]) == root)
        explain_cluster(matcher, groups, root, out);
    else
        buffer_add(out, STR("  in two clusters\n"));
    return true;
}
