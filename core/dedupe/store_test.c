// What is put into the store comes out byte for byte, in order, from memory and from the file; keys
// join records whatever their order.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "group.h"
#include "merge.h"
#include "store.h"

enum { CHUNKS = 9, ROWS = 5 };

static const str names[2] = {{"lead_id", 7}, {"notes", 5}};
static struct columns *columns;
static char long_text[9000];

static int begin(void **state)
{
    (void)state;
    columns = columns_new(names, 2);
    memset(long_text, 'x', sizeof long_text);
    return 0;
}

static int end(void **state)
{
    (void)state;
    columns_free(columns);
    return 0;
}

// The text of a record: some quoted, some with line ends, one long.
static str notes_of(uint32_t record)
{
    switch (record % 5) {
    case 0: return (str){"", 0};
    case 1: return STR("a \"quoted\", text");
    case 2: return STR("two\nlines");
    case 3: return (str){long_text, 100 + record * 197};
    default: return STR("plain");
    }
}

static struct batch *batch_of(uint32_t chunk)
{
    struct batch *batch = batch_new();
    batch_begin_empty(batch, columns, ROWS);
    batch->first_sequence = chunk * ROWS * 3; // gaps are allowed
    for (uint32_t row = 0; row < ROWS; row++) {
        uint32_t record = chunk * ROWS + row;
        batch_set_number(batch, row, 0, record);
        batch_set(batch, row, 1, notes_of(record), 0);
    }
    return batch;
}

enum { RECORDS = CHUNKS * ROWS, PAIRS = 40 };

static uint64_t random_state;

static uint32_t pick(uint32_t count)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random_state >> 33) % count;
}

struct pair {
    uint32_t record, key, kind;
};

static hash128 hash_of(uint32_t key) { return hash_128((str){(const char *)&key, sizeof key}); }

static void add_keys(struct store *store, struct chunk *chunk, uint32_t number,
                     const struct pair pairs[])
{
    struct row_key keys[PAIRS];
    size_t count = 0;
    for (size_t i = 0; i < PAIRS; i++) {
        if (pairs[i].record / ROWS != number) continue;
        keys[count++] =
            (struct row_key){hash_of(pairs[i].key), pairs[i].record % ROWS, pairs[i].kind};
    }
    store_set_keys(store, chunk, keys, count);
}

// Chunks in that order; pairs: their keys, or NULL.
static void fill(struct store *store, const uint32_t order[], uint64_t memory_max,
                 const struct pair pairs[])
{
    struct err err = {0};
    struct buffer scratch = {0};
    store_init(store, memory_max, NULL, "/tmp");
    for (size_t i = 0; i < CHUNKS; i++) {
        struct batch *batch = batch_of(order[i]);
        struct chunk *chunk = store_chunk(store, batch, true, &scratch);
        for (uint32_t row = 0; row < ROWS; row++) {
            uint32_t record = order[i] * ROWS + row;
            chunk->flags[row] = (uint8_t)(record % 3);
            chunk->known[row] = record * 7;
        }
        if (pairs) add_keys(store, chunk, order[i], pairs);
        assert_true(store_add(store, chunk, &err));
        batch_free(batch);
    }
    buffer_release(&scratch);
}

static void check_records(struct store *store, const struct merge_plan *plan)
{
    struct err err = {0};
    for (uint32_t record = 0; record < CHUNKS * ROWS; record++) {
        // An arena of its own, so that reading past the line is reading past the allocation.
        struct arena arena = {0};
        struct stored_row row;
        struct member member;
        assert_true(store_row(store, record, &arena, &row, &err));
        assert_true(str_ends(row.text, STR("\n")));
        assert_int_equal(row.flags, record % 3);
        assert_int_equal(row.known, record * 7);
        merge_read(plan, row.text, &arena, &member);
        assert_int_equal(strtol(member.fields[0].data, NULL, 10), record);
        assert_true(str_equal(member.fields[1], notes_of(record)));
        assert_int_equal(member.filled, 1 + (notes_of(record).len > 0));
        arena_release(&arena);
    }
}

static void check_blocks(struct store *store)
{
    struct err err = {0};
    for (size_t i = 0; i < CHUNKS; i++) {
        const struct chunk *chunk = store->chunks[i];
        struct batch *batch = batch_of((uint32_t)i);
        struct buffer want = {0};
        batch_write_all(batch, &want);
        struct chunk loaded;
        assert_true(store_load(store, chunk, &loaded, &err));
        const struct block *block = loaded.block;
        assert_int_equal(chunk->base, i * ROWS);
        assert_int_equal(block->len, want.len);
        assert_memory_equal(block->data, want.data, want.len);
        for (uint32_t row = 0; row < ROWS; row++) {
            assert_int_equal(loaded.flags[row], (chunk->base + row) % 3);
            assert_int_equal(loaded.known[row], (chunk->base + row) * 7);
        }
        block_release(loaded.block);
        buffer_release(&want);
        batch_free(batch);
    }
}

static void test_in_and_out(void **state)
{
    (void)state;
    static const uint32_t orders[][CHUNKS] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8}, {8, 7, 6, 5, 4, 3, 2, 1, 0}, {3, 0, 8, 1, 7, 5, 2, 6, 4}};
    static const uint64_t memory[] = {UINT64_MAX, 50000, 1};
    struct dedupe_rules rules = {0};
    struct merge_plan plan;
    merge_plan_make(&plan, &rules, columns);
    for (size_t i = 0; i < 9; i++) {
        struct store store;
        fill(&store, orders[i / 3], memory[i % 3], NULL);
        assert_int_equal(store_order(&store), CHUNKS * ROWS);
        size_t spilled = 0;
        for (size_t k = 0; k < CHUNKS; k++) spilled += !store.chunks[k]->block;
        if (i % 3 == 0) assert_int_equal(spilled, 0);
        if (i % 3 == 1) assert_in_range(spilled, 1, CHUNKS - 1);
        if (i % 3 == 2) assert_int_equal(spilled, CHUNKS);
        check_records(&store, &plan);
        check_blocks(&store);
        for (uint32_t record = 0; record < CHUNKS * ROWS; record++) {
            assert_ptr_equal(store_chunk_of(&store, record), store.chunks[record / ROWS]);
        }
        store_release(&store);
    }
    merge_plan_release(&plan);
}

static void test_no_folder(void **state)
{
    (void)state;
    struct store store;
    struct err err = {0};
    store_init(&store, 1, NULL, "/tmp/there/is/no/such/folder");
    struct batch *batch = batch_of(0);
    struct buffer scratch = {0};
    assert_false(store_add(&store, store_chunk(&store, batch, false, &scratch), &err));
    buffer_release(&scratch);
    assert_int_equal(err.kind, ERR_IO);
    assert_string_equal(err.file, "/tmp/there/is/no/such/folder");
    batch_free(batch);
    store_release(&store);
}

static void test_nothing(void **state)
{
    (void)state;
    struct store store;
    struct groups groups;
    store_init(&store, UINT64_MAX, NULL, "/tmp");
    assert_int_equal(store_order(&store), 0);
    struct err err = {0};
    assert_true(groups_make(&groups, &store, 0, &err));
    assert_int_equal(groups.count, 0);
    groups_release(&groups);
    store_release(&store);
}

// ---- groups: keys given as pairs (record, key); the clusters are those of a search over the pairs

static void close_pairs(const struct pair pairs[], uint32_t root[])
{
    for (uint32_t i = 0; i < RECORDS; i++) root[i] = i;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t a = 0; a < PAIRS; a++) {
            for (size_t b = 0; b < PAIRS; b++) {
                uint32_t *x = &root[pairs[a].record], *y = &root[pairs[b].record];
                if (pairs[a].key != pairs[b].key || *x == *y) continue;
                *x = *y = *x < *y ? *x : *y;
                changed = true;
            }
        }
    }
}

// Every root leads to all its members, in order, and to no other.
static void check_groups(const struct groups *groups, const uint32_t root[])
{
    uint32_t seen = 0;
    for (uint32_t record = 0; record < RECORDS; record++) {
        assert_int_equal(groups->parent[record], root[record]);
        assert_int_equal(groups_is_root(groups, record), root[record] == record);
        if (root[record] != record) continue;
        uint32_t last = record, at = record;
        do {
            assert_int_equal(root[at], record);
            assert_true(at >= last);
            last = at;
            seen++;
            at = groups->next[at];
        } while (at);
    }
    assert_int_equal(seen, RECORDS);
}

static void test_groups(void **state)
{
    (void)state;
    static const uint32_t backwards[CHUNKS] = {8, 7, 6, 5, 4, 3, 2, 1, 0};
    for (uint64_t round = 0; round < 200; round++) {
        random_state = round;
        struct pair pairs[PAIRS];
        uint32_t root[RECORDS], kinds[RECORDS] = {0};
        for (size_t i = 0; i < PAIRS; i++) {
            pairs[i] = (struct pair){pick(RECORDS), pick(4 + (uint32_t)round), 0};
            pairs[i].kind = pairs[i].key % 32; // one key is of one kind
        }
        close_pairs(pairs, root);
        for (size_t a = 0; a < PAIRS; a++) {
            for (size_t b = 0; b < PAIRS; b++) {
                bool meet = pairs[a].key == pairs[b].key && pairs[a].record != pairs[b].record;
                if (meet) kinds[root[pairs[a].record]] |= 1u << pairs[a].kind;
            }
        }
        struct store store;
        static const uint64_t memory[] = {UINT64_MAX, 50000, 1};
        struct err err = {0};
        fill(&store, backwards, memory[round % 3], pairs);
        struct groups groups = {0};
        assert_true(groups_make(&groups, &store, store_order(&store), &err));
        check_groups(&groups, root);
        for (uint32_t i = 0; i < RECORDS; i++) {
            if (groups_is_root(&groups, i)) assert_int_equal(groups.kinds[i], kinds[i]);
        }
        groups_release(&groups);
        store_release(&store);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_and_out),
        cmocka_unit_test(test_no_folder),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_groups),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
