// Counting by name must not depend on who counted what in which order.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "tally.h"

static void assert_entry(const struct tally *tally, size_t i, str group, str name, uint64_t count)
{
    assert_true(i < tally->count);
    assert_true(str_equal(tally->entries[i].group, group));
    assert_true(str_equal(tally->entries[i].name, name));
    assert_int_equal(tally->entries[i].count, count);
}

static void test_add_and_get(void **state)
{
    (void)state;
    struct tally tally = {0};
    tally_add(&tally, STR("Messu"), STR("in"), 1);
    tally_add(&tally, STR("Messu"), STR("in"), 2); // the one found last
    tally_add(&tally, STR("Zoom"), STR("in"), 5);
    tally_add(&tally, STR("Messu"), STR("in"), 4); // by the index
    tally_add(&tally, STR("Messu"), STR("rejects"), 0);
    assert_int_equal(tally.count, 3);
    assert_int_equal(tally_get(&tally, STR("Messu"), STR("in")), 7);
    assert_int_equal(tally_get(&tally, STR("Zoom"), STR("in")), 5);
    assert_int_equal(tally_get(&tally, STR("Messu"), STR("rejects")), 0);
    assert_int_equal(tally_get(&tally, STR("Zoom"), STR("out")), 0);
    tally_release(&tally);
    assert_int_equal(tally.count, 0);
}

// "a" of "bc" is not "ab" of "c", and empty names are names.
static void test_names_are_kept_apart(void **state)
{
    (void)state;
    struct tally tally = {0};
    tally_add(&tally, STR("a"), STR("bc"), 1);
    tally_add(&tally, STR("ab"), STR("c"), 2);
    tally_add(&tally, STR(""), STR("abc"), 4);
    tally_add(&tally, STR("abc"), STR(""), 8);
    tally_add(&tally, (str){0}, (str){0}, 16);
    tally_add(&tally, STR(""), STR(""), 16);
    assert_int_equal(tally.count, 5);
    assert_int_equal(tally_get(&tally, STR("ab"), STR("c")), 2);
    assert_int_equal(tally_get(&tally, STR("abc"), STR("")), 8);
    assert_int_equal(tally_get(&tally, STR(""), STR("")), 32);
    tally_release(&tally);
}

// The names are copied: the caller's bytes may change.
static void test_names_are_copied(void **state)
{
    (void)state;
    struct tally tally = {0};
    char text[] = "first";
    tally_add(&tally, str_of(text), str_of(text), 1);
    memcpy(text, "later", 5);
    tally_add(&tally, str_of(text), str_of(text), 1);
    assert_entry(&tally, 0, STR("first"), STR("first"), 1);
    assert_entry(&tally, 1, STR("later"), STR("later"), 1);
    tally_release(&tally);
}

static void test_sort(void **state)
{
    (void)state;
    struct tally tally = {0};
    tally_sort(&tally);
    tally_add(&tally, STR("b"), STR("x"), 1);
    tally_add(&tally, STR("a"), STR("z"), 2);
    tally_add(&tally, STR("a"), STR("\xC3\xA4"), 3);
    tally_add(&tally, STR("a"), STR("Z"), 4);
    tally_add(&tally, STR(""), STR("q"), 5);
    tally_sort(&tally);
    assert_entry(&tally, 0, STR(""), STR("q"), 5);
    assert_entry(&tally, 1, STR("a"), STR("Z"), 4);
    assert_entry(&tally, 2, STR("a"), STR("z"), 2);
    assert_entry(&tally, 3, STR("a"), STR("\xC3\xA4"), 3);
    assert_entry(&tally, 4, STR("b"), STR("x"), 1);
    // Counting goes on after sorting, into the right entries.
    tally_add(&tally, STR("a"), STR("z"), 10);
    tally_add(&tally, STR("b"), STR("x"), 10);
    assert_int_equal(tally.count, 5);
    assert_entry(&tally, 2, STR("a"), STR("z"), 12);
    assert_entry(&tally, 4, STR("b"), STR("x"), 11);
    tally_release(&tally);
}

// Hundreds of names, split over workers in different ways, give one sum.
static void test_merge(void **state)
{
    (void)state;
    struct tally sums[2];
    memset(sums, 0, sizeof sums);
    for (int way = 0; way < 2; way++) {
        struct tally workers[3];
        memset(workers, 0, sizeof workers);
        for (int i = 0; i < 3000; i++) {
            char name[16];
            int of = way ? 2999 - i : i;
            snprintf(name, sizeof name, "n%d", of % 500);
            tally_add(&workers[(of * 7 + way) % 3], of % 2 ? STR("odd") : STR("even"), str_of(name),
                      (uint64_t)of);
        }
        for (int i = 0; i < 3; i++) tally_merge(&sums[way], &workers[way ? 2 - i : i]);
        for (int i = 0; i < 3; i++) tally_release(&workers[i]);
        tally_sort(&sums[way]);
    }
    assert_int_equal(sums[0].count, 500);
    assert_int_equal(sums[1].count, 500);
    for (size_t i = 0; i < 500; i++) {
        const struct tally_entry *entry = &sums[1].entries[i];
        assert_entry(&sums[0], i, entry->group, entry->name, entry->count);
    }
    tally_release(&sums[0]);
    tally_release(&sums[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add_and_get),
        cmocka_unit_test(test_names_are_kept_apart),
        cmocka_unit_test(test_names_are_copied),
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_merge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
