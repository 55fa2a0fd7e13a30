// Counts are right, and the same however the values are spread and in whatever order they come.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "value_counts.h"

static hash128 value_of(uint32_t number) { return hash_128((str){(const char *)&number, 4}); }

// Value i occurs i % 7 + 1 times.
static void add_range(struct value_counts *counts, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) value_counts_add(counts, value_of(i), i % 7 + 1);
}

static void test_exact(void **state)
{
    (void)state;
    struct value_counts counts = {0};
    assert_int_equal(value_counts_of(&counts, value_of(1)), 0);
    for (int round = 0; round < 3; round++) add_range(&counts, 0, 1000);
    assert_true(value_counts_is_exact(&counts));
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(value_counts_of(&counts, value_of(i)), 3 * (i % 7 + 1));
    }
    assert_int_equal(value_counts_of(&counts, value_of(1000)), 0);
    value_counts_add(&counts, value_of(5), UINT32_MAX);
    assert_int_equal(value_counts_of(&counts, value_of(5)), UINT32_MAX);
    value_counts_release(&counts);
}

static void test_hash_of_zeroes(void **state)
{
    (void)state;
    struct value_counts counts = {0};
    value_counts_add(&counts, (hash128){0, 0}, 2);
    assert_int_equal(value_counts_of(&counts, (hash128){0, 0}), 2);
    value_counts_release(&counts);
}

static void test_sketch_is_close(void **state)
{
    (void)state;
    struct value_counts counts = {.most = 1000};
    add_range(&counts, 0, 200000);
    assert_false(value_counts_is_exact(&counts));
    unsigned too_high = 0;
    for (uint32_t i = 0; i < 200000; i++) {
        uint32_t count = value_counts_of(&counts, value_of(i));
        assert_true(count >= i % 7 + 1);
        too_high += count > i % 7 + 1;
    }
    assert_true(too_high < 200); // a tenth of the cells is in use: all four rows hit 1 in 10,000
    value_counts_release(&counts);
}

// Parts that stay exact, parts that do not, and both ways of putting them together.
static void check_spread(uint32_t most)
{
    enum { VALUES = 3000 };
    struct value_counts whole = {.most = most}, forth = {.most = most}, back = {.most = most};
    struct value_counts parts[3] = {{.most = most}, {.most = most}, {.most = most}};
    add_range(&whole, 0, VALUES);
    for (uint32_t i = VALUES; i-- > 0;) {
        value_counts_add(&parts[i < 200 ? 0 : 1 + i % 2], value_of(i), i % 7 + 1);
    }
    for (int i = 0; i < 3; i++) value_counts_merge(&forth, &parts[i]);
    for (int i = 3; i-- > 0;) value_counts_merge(&back, &parts[i]);
    assert_int_equal(whole.total, forth.total);
    assert_int_equal(whole.total, back.total);
    assert_int_equal(value_counts_is_exact(&whole), value_counts_is_exact(&forth));
    assert_int_equal(value_counts_is_exact(&whole), value_counts_is_exact(&back));
    for (uint32_t i = 0; i < VALUES + 500; i++) {
        uint32_t count = value_counts_of(&whole, value_of(i));
        assert_int_equal(value_counts_of(&forth, value_of(i)), count);
        assert_int_equal(value_counts_of(&back, value_of(i)), count);
    }
    for (int i = 0; i < 3; i++) value_counts_release(&parts[i]);
    value_counts_release(&whole);
    value_counts_release(&forth);
    value_counts_release(&back);
}

static void test_spread_over_workers(void **state)
{
    (void)state;
    check_spread(5000); // exact throughout
    check_spread(3000); // exactly full
    check_spread(2000); // parts exact, the whole a sketch
    check_spread(300);  // some parts sketches already
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_hash_of_zeroes),
        cmocka_unit_test(test_sketch_is_close),
        cmocka_unit_test(test_spread_over_workers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
