// A cache may forget, but must never give the answer to another question.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "cache.h"

struct answer {
    uint32_t number, salt;
    str text;
};

// Far more texts than slots, in an order that comes back to each.
static void test_answers_are_right(void **state)
{
    (void)state;
    struct cache cache;
    cache_init(&cache, 100, sizeof(struct answer));
    uint64_t asked = 0;
    for (uint32_t i = 0; i < 40000; i++) {
        char text[16];
        uint32_t number = i * i % 997, salt = i % 3;
        int len = snprintf(text, sizeof text, "t%u", number);
        bool known;
        struct answer *answer = cache_find(&cache, (str){text, (size_t)len}, salt, &known);
        asked++;
        if (!known) {
            assert_int_equal(answer->number + answer->salt, 0); // cleared
            answer->number = number;
            answer->salt = salt;
            answer->text = arena_copy(cache_arena(&cache), (str){text, (size_t)len});
        }
        assert_int_equal(answer->number, number);
        assert_int_equal(answer->salt, salt);
        assert_true(str_equal(answer->text, (str){text, (size_t)len}));
        if (i % 1000 == 999) cache_trim(&cache, 64 << 10);
    }
    assert_int_equal(cache.hits + cache.misses, asked);
    assert_true(cache.hits > 0 && cache.misses > 0);
    cache_release(&cache);
}

static void test_repeats_are_known(void **state)
{
    (void)state;
    struct cache cache;
    bool known;
    cache_init(&cache, 1, sizeof(int));
    *(int *)cache_find(&cache, STR("Finland"), 0, &known) = 358;
    assert_false(known);
    assert_int_equal(*(int *)cache_find(&cache, STR("Finland"), 0, &known), 358);
    assert_true(known);
    cache_find(&cache, STR("Finland"), 1, &known); // another question
    assert_false(known);
    cache_find(&cache, STR(""), 0, &known);
    assert_false(known);
    cache_find(&cache, (str){0}, 0, &known);
    assert_true(known);
    cache_release(&cache);
}

static void test_trim_forgets_all(void **state)
{
    (void)state;
    struct cache cache;
    bool known;
    cache_init(&cache, 64, sizeof(str));
    *(str *)cache_find(&cache, STR("a"), 0, &known) = arena_copy(cache_arena(&cache), STR("b"));
    cache_trim(&cache, 1 << 20);
    cache_find(&cache, STR("a"), 0, &known);
    assert_true(known); // little text: kept
    cache_trim(&cache, 0);
    cache_find(&cache, STR("a"), 0, &known);
    assert_false(known);
    cache_release(&cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_are_right),
        cmocka_unit_test(test_repeats_are_known),
        cmocka_unit_test(test_trim_forgets_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
