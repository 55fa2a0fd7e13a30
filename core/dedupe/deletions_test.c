// Words one slip apart must share a key, and what a key is made of must not depend on order.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/hash.h"
#include "deletions.h"

static void check_deletions(const char *word, const char *const *want)
{
    uint64_t hashes[DELETIONS_MAX];
    size_t count = deletions_of(str_of(word), hashes), wanted = 0;
    while (want[wanted]) wanted++;
    assert_int_equal(count, wanted);
    for (size_t i = 0; i < count; i++) assert_true(hashes[i] == hash_64(str_of(want[i])));
}

static void test_deletions(void **state)
{
    (void)state;
    check_deletions("", (const char *[]){NULL});
    check_deletions("leo", (const char *[]){"leo", NULL});
    check_deletions("meyer",
                    (const char *[]){"meyer", "eyer", "myer", "meer", "meyr", "meye", NULL});
    check_deletions("anna", (const char *[]){"anna", "nna", "ana", "ann", NULL});
    check_deletions("aaaa", (const char *[]){"aaaa", "aaa", NULL});
    check_deletions("ким", (const char *[]){"ким", NULL});
    check_deletions("ива王a",
                    (const char *[]){"ива王a", "ва王a", "иа王a", "ив王a", "иваa", "ива王", NULL});
    check_deletions("a王bж", (const char *[]){"a王bж", "王bж", "abж", "a王ж", "a王b", NULL});
    char text[33 * 4];
    for (size_t i = 0; i < 33; i++) memcpy(text + i * 4, "😀", 4);
    uint64_t hashes[DELETIONS_MAX];
    assert_int_equal(deletions_of((str){text, 33 * 4}, hashes), 1);
    assert_int_equal(deletions_of((str){text, 32 * 4}, hashes), 2);
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)('a' + i % 26);
    assert_int_equal(deletions_of((str){text, 32}, hashes), 33);
    assert_int_equal(deletions_of((str){text, 33}, hashes), 1);
    assert_int_equal(deletions_of((str){text, 132}, hashes), 1);
}

static bool share_a_hash(str a, str b)
{
    uint64_t x[DELETIONS_MAX], y[DELETIONS_MAX];
    size_t count = deletions_of(a, x), other = deletions_of(b, y);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < other; j++) {
            if (x[i] == y[j]) return true;
        }
    }
    return false;
}

static void test_one_slip_meets(void **state)
{
    (void)state;
    const str word = STR("kankaansuo");
    char text[16];
    for (size_t at = 0; at < word.len; at++) {
        memcpy(text, word.data, word.len);
        text[at] = 'z';
        assert_true(share_a_hash(word, (str){text, word.len}));
        memmove(text + at, text + at + 1, word.len - at - 1);
        assert_true(share_a_hash(word, (str){text, word.len - 1}));
        if (at == 0) continue;
        memcpy(text, word.data, word.len);
        text[at - 1] = word.data[at];
        text[at] = word.data[at - 1];
        assert_true(share_a_hash(word, (str){text, word.len}));
    }
    assert_false(share_a_hash(STR("virtanen"), STR("korhonen")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deletions),
        cmocka_unit_test(test_one_slip_meets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
