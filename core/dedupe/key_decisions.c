#include "key_decisions.h"

#include <stdlib.h>

#include "assemble.h"
#include "core/base/keytable.h"

enum { SHARED_MAX = ASSEMBLY_DECIDED - ASSEMBLY_ALWAYS_LEAST - 1 };

struct pair {
    uint32_t a, b;
};

// The decisions of one kind whose records are both here.
struct pairs {
    struct pair *items;
    size_t count, capacity;
};

static void pairs_add(struct pairs *pairs, uint32_t a, uint32_t b)
{
    pairs->items =
        memory_grow(pairs->items, &pairs->capacity, pairs->count + 1, sizeof *pairs->items);
    pairs->items[pairs->count++] = (struct pair){a, b};
}

static void find_pairs(const struct groups *groups, const struct key_deciding *deciding,
                       struct pairs *same, struct pairs *different)
{
    struct key_table first = {0};
    bool is_new;
    for (uint32_t record = 0; record < groups->count; record++) {
        if (deciding->ids[record].len == 0) continue;
        uint32_t *of_id = key_table_put(&first, hash_128(deciding->ids[record]), &is_new);
        if (is_new) *of_id = record;
    }
    for (size_t i = 0; i < deciding->decisions->count; i++) {
        const struct decision *decision = &deciding->decisions->items[i];
        const uint32_t *a = key_table_find(&first, hash_128(decision->a));
        const uint32_t *b = key_table_find(&first, hash_128(decision->b));
        if (!a || !b) continue; // not of this run
        pairs_add(decision->decided == DECIDED_SAME ? same : different, *a, *b);
    }
    key_table_release(&first);
}

static void chain_again(struct groups *groups)
{
    memset(groups->next, 0, groups->count * sizeof *groups->next);
    groups_chain(groups);
}

// One cluster that is put together anew: its members by their numbers in it.
struct regroup {
    struct groups *groups;
    const struct key_deciding *deciding;
    struct arena arena;
    uint32_t *records;
    struct profile *profiles; // nothing but the ids
    uint32_t count;
    struct batch *batch;
    struct row_key *keys;
    size_t key_count;
    struct assembly assembly;
};

static bool read_members(struct regroup *regroup, uint32_t root, struct err *err)
{
    const struct key_deciding *deciding = regroup->deciding;
    uint32_t columns = deciding->merge->columns->count, record = root;
    batch_begin_empty(regroup->batch, deciding->merge->columns, regroup->count);
    for (uint32_t i = 0; i < regroup->count; i++, record = regroup->groups->next[record]) {
        struct stored_row row;
        struct member member;
        if (!store_row(deciding->store, record, &regroup->arena, &row, err)) return false;
        merge_read(deciding->merge, row.text, &regroup->arena, &member);
        for (uint32_t column = 0; column < columns; column++) {
            batch_set(regroup->batch, i, column, member.fields[column], 0);
        }
        regroup->records[i] = record;
        // By the id, then by what the record says: the order of the input must not count.
        regroup->profiles[i].id =
            arena_join(&regroup->arena, deciding->ids[record], '\0', row.text);
    }
    return true;
}

static int compare_keys(const void *a, const void *b)
{
    const struct row_key *x = a, *y = b;
    if (x->hash.low != y->hash.low) return x->hash.low < y->hash.low ? -1 : 1;
    if (x->hash.high != y->hash.high) return x->hash.high < y->hash.high ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static size_t end_of(const struct regroup *regroup, size_t start)
{
    size_t end = start + 1;
    while (end < regroup->key_count &&
           hash128_equal(regroup->keys[end].hash, regroup->keys[start].hash)) {
        end++;
    }
    return end;
}

static void make_keys(struct regroup *regroup)
{
    struct key_worker worker;
    const struct key_plan *plan = regroup->deciding->keys;
    key_worker_init(&worker);
    regroup->keys =
        arena_alloc(&regroup->arena, keys_room(plan, regroup->count) * sizeof *regroup->keys);
    regroup->key_count = keys_of_batch(plan, &worker, regroup->batch, regroup->keys);
    key_worker_release(&worker);
    if (regroup->key_count) {
        qsort(regroup->keys, regroup->key_count, sizeof *regroup->keys, compare_keys);
    }
}

// The more keys two records share, the earlier they are joined.
static void join_by_keys(struct regroup *regroup)
{
    struct pairs shared = {0};
    for (size_t start = 0, end; start < regroup->key_count; start = end) {
        end = end_of(regroup, start);
        for (size_t i = start; i < end; i++) {
            for (size_t j = i + 1; j < end; j++) {
                uint32_t a = regroup->keys[i].row, b = regroup->keys[j].row;
                if (a != b) pairs_add(&shared, a, b);
            }
        }
    }
    if (shared.count) qsort(shared.items, shared.count, sizeof *shared.items, compare_pairs);
    for (size_t start = 0, end; start < shared.count; start = end) {
        struct pair pair = shared.items[start];
        for (end = start; end < shared.count; end++) {
            if (compare_pairs(&shared.items[start], &shared.items[end]) != 0) break;
        }
        size_t keys = end - start < SHARED_MAX ? end - start : SHARED_MAX;
        assembly_add(&regroup->assembly, pair.a, pair.b, ASSEMBLY_ALWAYS_LEAST + (int32_t)keys);
    }
    memory_free(shared.items);
}

static uint32_t member_of(const struct regroup *regroup, uint32_t record)
{
    uint32_t low = 0, high = regroup->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (regroup->records[middle] < record)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void join_by_id(struct regroup *regroup)
{
    struct key_table first = {0};
    for (uint32_t i = 0; i < regroup->count; i++) {
        bool is_new;
        str id = regroup->deciding->ids[regroup->records[i]];
        uint32_t *member = id.len ? key_table_put(&first, hash_128(id), &is_new) : NULL;
        if (member && is_new) *member = i;
        if (member && !is_new) assembly_add(&regroup->assembly, *member, i, ASSEMBLY_ALWAYS);
    }
    key_table_release(&first);
}

static void obey(struct regroup *regroup, const struct pairs *same, const struct pairs *different,
                 uint32_t root)
{
    for (int i = 0; i < 2; i++) {
        const struct pairs *pairs = i ? different : same;
        for (size_t k = 0; k < pairs->count; k++) {
            struct pair pair = pairs->items[k];
            bool is_here = groups_root(regroup->groups, pair.a) == root &&
                           groups_root(regroup->groups, pair.b) == root;
            if (!is_here) continue;
            uint32_t a = member_of(regroup, pair.a), b = member_of(regroup, pair.b);
            if (i)
                assembly_keep_apart(&regroup->assembly, a, b);
            else
                assembly_add(&regroup->assembly, a, b, ASSEMBLY_DECIDED);
        }
    }
}

// Members point to their new roots, which know the keys that their own members share.
static void write_back(struct regroup *regroup)
{
    struct groups *groups = regroup->groups;
    for (uint32_t i = 0; i < regroup->count; i++) {
        uint32_t root = assembly_cluster(&regroup->assembly, i);
        groups->parent[regroup->records[i]] = regroup->records[root];
        groups->kinds[regroup->records[i]] = 0;
    }
    for (size_t start = 0, end; start < regroup->key_count; start = end) {
        end = end_of(regroup, start);
        for (size_t i = start + 1; i < end; i++) {
            for (size_t j = start; j < i; j++) {
                const struct row_key *a = &regroup->keys[i], *b = &regroup->keys[j];
                uint32_t root = assembly_cluster(&regroup->assembly, a->row);
                if (a->row == b->row || assembly_cluster(&regroup->assembly, b->row) != root)
                    continue;
                groups->kinds[regroup->records[root]] |= 1u << a->kind;
            }
        }
    }
}

static bool put_together(struct groups *groups, const struct key_deciding *deciding,
                         const struct pairs *same, const struct pairs *different, uint32_t root,
                         struct err *err)
{
    struct regroup regroup = {.groups = groups, .deciding = deciding, .count = 1};
    for (uint32_t next = groups->next[root]; next; next = groups->next[next]) regroup.count++;
    regroup.records = arena_alloc(&regroup.arena, regroup.count * sizeof *regroup.records);
    regroup.profiles = arena_new(&regroup.arena, struct profile, regroup.count);
    regroup.batch = batch_new();
    bool ok = read_members(&regroup, root, err);
    if (ok) {
        make_keys(&regroup);
        join_by_keys(&regroup);
        join_by_id(&regroup);
        obey(&regroup, same, different, root);
        assembly_make(&regroup.assembly, NULL, regroup.profiles, regroup.count); // nothing to ask
        write_back(&regroup);
    }
    assembly_release(&regroup.assembly);
    batch_free(regroup.batch);
    arena_release(&regroup.arena);
    return ok;
}

bool groups_decide(struct groups *groups, const struct key_deciding *deciding, struct err *err)
{
    struct pairs same = {0}, different = {0};
    bool ok = true;
    find_pairs(groups, deciding, &same, &different);
    for (size_t i = 0; i < same.count; i++) {
        uint32_t a = groups_root(groups, same.items[i].a), b = groups_root(groups, same.items[i].b);
        if (a != b) groups_join(groups, a, b);
    }
    chain_again(groups);
    for (size_t i = 0; i < different.count && ok; i++) {
        uint32_t root = groups_root(groups, different.items[i].a);
        // Once taken apart, the pairs behind that one are as well.
        if (groups_root(groups, different.items[i].b) != root) continue;
        ok = put_together(groups, deciding, &same, &different, root, err);
    }
    chain_again(groups);
    memory_free(same.items);
    memory_free(different.items);
    return ok;
}
