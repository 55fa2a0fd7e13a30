// Pairs become clusters, whatever their order; groups that contradict each other stay apart.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "assemble.h"
#include "matching_test.h"

struct people {
    struct profile profiles[8];
    uint32_t count;
    struct weigher weigher;
};

static void make_people(struct people *people, const char *const texts[], uint32_t count)
{
    *people = (struct people){.count = count};
    weigher_init(&people->weigher, &frequencies, &nicknames);
    for (uint32_t i = 0; i < count; i++) {
        people->profiles[i] =
            profile_of(arena_cstring(&arena, arena_format(&arena, "%u", i)), texts[i]);
        weigher_count(&people->weigher, &people->profiles[i]);
    }
    weigher_settle(&people->weigher, people->profiles, count);
}

static void test_chain(void **state)
{
    (void)state;
    const char *text = "first_name=Tuula|last_name=Hakkarainen|email=tuula@x.fi";
    const char *const texts[] = {text, text, text, text, text};
    static const uint32_t orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
    static const uint32_t pairs[3][2] = {{3, 1}, {1, 2}, {4, 0}};
    struct people people;
    make_people(&people, texts, 5);
    for (size_t i = 0; i < 3; i++) {
        struct assembly assembly = {0};
        for (size_t j = 0; j < 3; j++) {
            const uint32_t *pair = pairs[orders[i][j]];
            assembly_add(&assembly, pair[0], pair[1], 5 * WEIGHT_BIT);
        }
        assembly_make(&assembly, &people.weigher, people.profiles, 5);
        static const uint32_t clusters[] = {0, 1, 1, 1, 0};
        for (uint32_t j = 0; j < 5; j++) {
            assert_int_equal(assembly_cluster(&assembly, j), clusters[j]);
        }
        assembly_release(&assembly);
    }
    weigher_release(&people.weigher);
    arena_reset(&arena);
}

// Records that must stay apart do, though a chain of joined pairs leads from one to the other; and
// what always joins does, though it contradicts.
static void test_apart_and_always(void **state)
{
    (void)state;
    const char *text = "first_name=Tuula|last_name=Hakkarainen|email=tuula@x.fi";
    const char *const texts[] = {text,
                                 text,
                                 text,
                                 text,
                                 "first_name=Otto|last_name=Berg Jr|email=otto@y.fi",
                                 "first_name=Eva|last_name=Lind Sr|email=eva@z.fi"};
    struct people people;
    make_people(&people, texts, 6);
    struct assembly assembly = {0};
    assembly_keep_apart(&assembly, 0, 3);
    assembly_keep_apart(&assembly, 3, 5);
    assembly_add(&assembly, 0, 1, 9 * WEIGHT_BIT);
    assembly_add(&assembly, 1, 2, 8 * WEIGHT_BIT);
    assembly_add(&assembly, 2, 3, 7 * WEIGHT_BIT);
    assembly_add(&assembly, 5, 4, ASSEMBLY_ALWAYS);
    assembly_make(&assembly, &people.weigher, people.profiles, 6);
    static const uint32_t clusters[] = {0, 0, 0, 3, 4, 4};
    for (uint32_t i = 0; i < 6; i++) {
        assert_int_equal(assembly_cluster(&assembly, i), clusters[i]);
    }
    assembly_release(&assembly);
    weigher_release(&people.weigher);
    arena_reset(&arena);
}

// 2 is blank enough to be either; 0 and 1 are two people, and the heavier pair wins.
static void test_contradiction(void **state)
{
    (void)state;
    const char *const texts[] = {
        "first_name=Tuula|last_name=Hakkarainen Jr|email=a@x.fi|date=1971-06-24",
        "first_name=Tuula|last_name=Hakkarainen Sr|email=b@x.fi|date=1943-01-02",
        "first_name=Tuula|last_name=Hakkarainen"};
    struct people people;
    make_people(&people, texts, 3);
    struct assembly assembly = {0};
    assembly_add(&assembly, 0, 2, 5 * WEIGHT_BIT);
    assembly_add(&assembly, 2, 1, 6 * WEIGHT_BIT);
    assembly_make(&assembly, &people.weigher, people.profiles, 3);
    assert_int_equal(assembly_cluster(&assembly, 0), 0);
    assert_int_equal(assembly_cluster(&assembly, 1), 1);
    assert_int_equal(assembly_cluster(&assembly, 2), 1);
    assert_false(assembly.edges[0].is_refused);
    assert_true(assembly.edges[1].is_refused);
    assembly_release(&assembly);
    weigher_release(&people.weigher);
    arena_reset(&arena);
}

static void test_nothing(void **state)
{
    (void)state;
    struct people people;
    const char *const texts[] = {""};
    make_people(&people, texts, 1);
    struct assembly assembly = {0};
    assembly_make(&assembly, &people.weigher, people.profiles, 1);
    assert_int_equal(assembly_cluster(&assembly, 0), 0);
    assembly_release(&assembly);
    weigher_release(&people.weigher);
    arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chain),
        cmocka_unit_test(test_apart_and_always),
        cmocka_unit_test(test_contradiction),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
