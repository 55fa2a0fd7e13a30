// Maps and key tables must agree with a plain list, at every size.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "keytable.h"
#include "map.h"

enum { KEYS = 3000 };

static char names[KEYS][12];

static str name_of(int i)
{
    snprintf(names[i], sizeof names[i], "k%d", i * 7919 % KEYS);
    return str_of(names[i]);
}

static void test_map(void **state)
{
    (void)state;
    struct map map = {0};
    uint32_t value = 77;
    assert_false(map_find(&map, STR("k1"), &value));
    assert_int_equal(value, 77);
    for (int i = 0; i < KEYS; i++) {
        assert_true(map_put(&map, name_of(i), (uint32_t)i));
        assert_int_equal(map.count, i + 1);
        assert_true(map.count * 3 <= map.capacity * 2);
        assert_true(map_find(&map, name_of(i / 2), &value));
        assert_int_equal(value, i / 2);
    }
    for (int i = 0; i < KEYS; i++) {
        assert_true(map_find(&map, name_of(i), &value));
        assert_int_equal(value, i);
        assert_true(map_find(&map, name_of(i), NULL));
        assert_false(map_put(&map, name_of(i), (uint32_t)i + 1)); // overwrites
        ++*map_slot_of(&map, name_of(i));
    }
    for (int i = 0; i < KEYS; i++) {
        assert_true(map_find(&map, name_of(i), &value));
        assert_int_equal(value, i + 2);
    }
    assert_false(map_find(&map, STR("k"), &value));
    assert_false(map_find(&map, STR("k3000"), &value));
    assert_int_equal(map.count, KEYS);
    map_release(&map);
    assert_false(map_find(&map, STR("k1"), &value));
    map_release(&map);
}

static void test_map_odd_keys(void **state)
{
    (void)state;
    struct map map = {0};
    uint32_t value;
    assert_int_equal(*map_slot_of(&map, STR("new")), 0);
    assert_true(map_put(&map, (str){0}, 1)); // the empty key, also without bytes
    assert_true(map_find(&map, STR(""), &value));
    assert_int_equal(value, 1);
    assert_false(map_put(&map, STR(""), 2));
    assert_true(map_put(&map, STR("a\0b"), 3));
    assert_false(map_find(&map, STR("a"), &value));
    assert_true(map_put(&map, STR("A"), 4));
    assert_false(map_find(&map, STR("a"), &value));
    map_release(&map);
}

static hash128 key_of(uint64_t i) { return (hash128){i * 0x9E3779B97F4A7C15u, i / 2}; }

static void test_key_table(void **state)
{
    (void)state;
    struct key_table table = {0};
    bool is_new;
    assert_null(key_table_find(&table, key_of(1)));
    key_table_prefetch(&table, key_of(1));
    for (uint32_t i = 0; i < KEYS; i++) {
        uint32_t *value = key_table_put(&table, key_of(i), &is_new);
        assert_true(is_new);
        assert_int_equal(*value, 0);
        *value = i + 1;
        assert_true(table.count * 4 <= table.capacity * 3);
        assert_int_equal(*key_table_put(&table, key_of(i / 3), &is_new), i / 3 + 1);
        assert_false(is_new);
    }
    assert_int_equal(table.count, KEYS);
    for (uint32_t i = 0; i < KEYS; i++) {
        assert_int_equal(*key_table_find(&table, key_of(i)), i + 1);
    }
    assert_null(key_table_find(&table, key_of(KEYS)));
    size_t capacity = table.capacity;
    key_table_clear(&table);
    assert_null(key_table_find(&table, key_of(5)));
    assert_int_equal(*key_table_put(&table, key_of(5), &is_new), 0); // no value of before
    assert_true(is_new);
    assert_int_equal(table.capacity, capacity);
    key_table_release(&table);
    key_table_release(&table);
}

// Keys that all want the same slot, and the key that is all zero.
static void test_key_table_odd_keys(void **state)
{
    (void)state;
    struct key_table table = {0};
    bool is_new;
    for (uint64_t i = 0; i < 200; i++)
        *key_table_put(&table, (hash128){0, i}, &is_new) = (uint32_t)i;
    for (uint64_t i = 0; i < 200; i++) {
        const uint32_t *value = key_table_find(&table, (hash128){0, i});
        assert_non_null(value);
        assert_int_equal(*value, i);
    }
    assert_null(key_table_find(&table, (hash128){0, 200}));
    assert_null(key_table_find(&table, (hash128){4096, 0}));
    key_table_release(&table);
}

// Runs of keys that want the first and the last slots, so that they reach over the end and wait
// while the table grows, among others; as a table and as a set.
static void test_key_table_grows_in_place(void **state)
{
    (void)state;
    enum { RUNS = 4000 };
    for (uint64_t crowd = 1; crowd <= 64; crowd *= 2) {
        struct key_table table = {0}, set = {0};
        bool is_new;
        for (uint64_t i = 0; i < RUNS; i++) {
            uint64_t near = i * 0x9E3779B97F4A7C15u >> 54; // of the first or the last slots
            hash128 key = i % crowd ? (hash128){i % 2 ? ~near : near, i} : key_of(i);
            *key_table_put(&table, key, &is_new) = (uint32_t)i + 1;
            assert_true(is_new);
            assert_true(key_table_add(&set, key));
            assert_false(key_table_add(&set, key));
        }
        assert_int_equal(table.count, RUNS);
        assert_int_equal(set.count, RUNS);
        assert_null(set.values);
        for (uint64_t i = 0; i < RUNS; i++) {
            uint64_t near = i * 0x9E3779B97F4A7C15u >> 54;
            hash128 key = i % crowd ? (hash128){i % 2 ? ~near : near, i} : key_of(i);
            const uint32_t *value = key_table_find(&table, key);
            assert_non_null(value);
            assert_int_equal(*value, i + 1);
            assert_false(key_table_add(&set, key));
        }
        key_table_release(&table);
        key_table_release(&set);
    }
}

static void test_key_table_reserve(void **state)
{
    (void)state;
    struct key_table table = {0};
    bool is_new;
    key_table_reserve(&table, 1000);
    size_t capacity = table.capacity;
    for (uint32_t i = 0; i < 1000; i++) key_table_put(&table, key_of(i), &is_new);
    assert_int_equal(table.capacity, capacity);
    key_table_reserve(&table, 10); // never shrinks
    assert_int_equal(table.capacity, capacity);
    assert_non_null(key_table_find(&table, key_of(999)));
    key_table_release(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_map),
        cmocka_unit_test(test_map_odd_keys),
        cmocka_unit_test(test_key_table),
        cmocka_unit_test(test_key_table_odd_keys),
        cmocka_unit_test(test_key_table_grows_in_place),
        cmocka_unit_test(test_key_table_reserve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
