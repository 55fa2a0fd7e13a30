// What was added is found, with its lists, in memory and from the file; nothing else is.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "suppress_set.h"

static hash128 key_of(uint32_t number) { return hash_128((str){(const char *)&number, 4}); }

static uint64_t lists_of(const struct suppress_set *set, hash128 key)
{
    struct err err = {0};
    uint64_t lists;
    suppress_set_fetch_start(set, key);
    suppress_set_fetch(set, key);
    assert_true(suppress_set_find(set, key, &lists, &err));
    return lists;
}

// Keys [0, count) are added twice, those that three divides to list 63 as well.
static void check(uint32_t count, uint64_t bytes_max, bool spills)
{
    struct suppress_set set;
    struct err err = {0};
    suppress_set_init(&set, bytes_max, "/tmp");
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < count; i++) {
            assert_true(suppress_set_add(&set, key_of(i), i % 5, &err));
            if (i % 3 == 0) assert_true(suppress_set_add(&set, key_of(i), 63, &err));
        }
    }
    assert_true(suppress_set_seal(&set, &err));
    assert_int_equal(suppress_set_has_spilled(&set), spills);
    assert_int_equal(set.count, count + (count + 2) / 3);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t wanted = (uint64_t)1 << i % 5 | (i % 3 ? 0 : (uint64_t)1 << 63);
        assert_true(lists_of(&set, key_of(i)) == wanted);
        hash128 other = key_of(i);
        other.high ^= 0x100; // the least difference
        assert_true(lists_of(&set, other) == 0);
    }
    for (uint32_t i = count; i < 2 * count + 10; i++) assert_true(lists_of(&set, key_of(i)) == 0);
    suppress_set_release(&set);
}

static void test_in_memory(void **state)
{
    (void)state;
    check(0, 0, false);
    check(1, 0, false);
    check(100, 0, false);
    check(50000, 0, false);
}

static void test_from_file(void **state)
{
    (void)state;
    check(5000, 1, true);
    check(50000, 1 << 20, true);
}

static void test_same_partition(void **state)
{
    (void)state;
    struct suppress_set set;
    struct err err = {0};
    suppress_set_init(&set, 0, "/tmp");
    for (uint64_t i = 0; i < 100; i++) {
        assert_true(suppress_set_add(&set, (hash128){0, i << 8}, 1, &err)); // one bucket
    }
    assert_true(suppress_set_seal(&set, &err));
    for (uint64_t i = 0; i < 200; i++) {
        assert_true(lists_of(&set, (hash128){0, i << 8}) == (i < 100 ? 2 : 0));
    }
    suppress_set_release(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_memory),
        cmocka_unit_test(test_from_file),
        cmocka_unit_test(test_same_partition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
