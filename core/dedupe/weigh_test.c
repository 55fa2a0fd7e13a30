// What is weighed, what is refused, and that the order of two records never matters.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "matching_test.h"
#include "weigh.h"

enum { FILL = 400 };

static struct profile profiles[FILL + 2];

// A table of people and companies in which no two are one, and a pair of which one may be.
static struct weighed weighed_pair(const char *a, const char *b)
{
    static const char *const first[] = {"Anna", "Juha", "Pekka", "Maria", "Olga", "Sven", "Petra"};
    static const char *const last[] = {"Virtanen", "Korhonen", "Berg",  "Lind",  "Schulz", "Weber",
                                       "Ek",       "Holm",     "Saari", "Koski", "Moreau"};
    struct weigher weigher;
    weigher_init(&weigher, &frequencies, &nicknames);
    for (int i = 0; i < FILL; i++) {
        const char *text = arena_cstring(
            &arena, arena_format(&arena,
                                 "first_name=%s|last_name=%s%c|email=p%d@site%d.fi|phone=04012%05d|"
                                 "date=19%02d-%02d-%02d|street=Katu %d|city=City%d|company=Firm%d",
                                 first[i % 7], last[i % 11], 'a' + i % 13, i * 7919 % 100003,
                                 i % 50, i * 7717 % 100000, 40 + i % 60, 1 + i % 12, 1 + i % 28, i,
                                 i % 31, i % 90));
        profiles[i] = profile_of(arena_cstring(&arena, arena_format(&arena, "f%d", i)), text);
    }
    profiles[FILL] = profile_of("a", a);
    profiles[FILL + 1] = profile_of("b", b);
    for (int i = 0; i < FILL + 2; i++) weigher_count(&weigher, &profiles[i]);
    weigher_settle(&weigher, profiles, FILL + 2);
    struct weighed one, two;
    memset(&one, 0, sizeof one);
    memset(&two, 0, sizeof two);
    weigher_weigh(&weigher, &profiles[FILL], &profiles[FILL + 1], &one);
    weigher_weigh(&weigher, &profiles[FILL + 1], &profiles[FILL], &two);
    assert_memory_equal(&one, &two, sizeof one);
    weigher_release(&weigher);
    return one;
}

static void test_verdicts(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        enum verdict verdict;
        unsigned refusals; // one of them
    } cases[] = {
        {"first_name=Tuula|last_name=Hakkarainen|email=tuula@x.fi",
         "first_name=Tuula|last_name=Hakkarainen|email=tuula@x.fi", VERDICT_MERGE, 0},
        {"first_name=Bob|last_name=Hakkarainen|phone=0409876543",
         "first_name=Robert|last_name=Hakkarainen|phone=+358409876543", VERDICT_MERGE, 0},
        {"first_name=Tuula|last_name=Hakkarainen|date=1971-06-24",
         "first_name=Hakkarainen|last_name=Tuula|date=1971-06-24", VERDICT_MERGE, 0},
        {"first_name=Tuula|last_name=Hakkarainen", "first_name=Tuula|last_name=Hakkarainen",
         VERDICT_REVIEW, REFUSED_ONE_FACT},
        {"first_name=Tuula|last_name=Hakkarainen|email=tuula@x.fi", "email=tuula@x.fi",
         VERDICT_MERGE, 0},
        {"first_name=Tuula|last_name=Hakkarainen|phone=0409876543", "phone=0409876543",
         VERDICT_REVIEW, REFUSED_ONE_FACT},
        {"first_name=Hans|last_name=Weber Jr|email=weber@x.fi|date=1971-06-24",
         "first_name=Hans|last_name=Weber Sr|email=weber@x.fi|date=1971-06-24", VERDICT_NO,
         REFUSED_SUFFIX},
        {"first_name=Tuula|last_name=Hakkarainen|email=koti@x.fi|phone=0409876543",
         "first_name=Juha|last_name=Hakkarainen|email=koti@x.fi|phone=0409876543", VERDICT_REVIEW,
         REFUSED_FAMILY},
        {"first_name=Tuula|last_name=Hakkarainen|phone=0409876543|email=koti@x.fi",
         "first_name=Sven|last_name=Lindqvist|phone=0409876543|email=koti@x.fi", VERDICT_NO,
         REFUSED_TWO_PEOPLE},
        {"first_name=Tuula|last_name=Hakkarainen|phone=0409876543|street=Tie 1|company=Zeta",
         "first_name=Tuula|last_name=Hakkarainen|phone=0501111111|street=Polku 88|company=Omega",
         VERDICT_REVIEW, REFUSED_CONFLICT},
        {"first_name=Tuula|last_name=Hakkarainen|email=tuula.hakkarainen@zeta.fi|company=Zeta",
         "first_name=Tuula|last_name=Hakkarainen|email=tuula.hakkarainen@omega.se|company=Omega",
         VERDICT_REVIEW, REFUSED_CONFLICT},
        {"first_name=Tuula|last_name=Hakkarainen|email=tuula.hakkarainen@zeta.fi|company=Zeta",
         "first_name=Tuula|last_name=Hakkarainen|email=tuula.hakkarainen@gmail.com|company=Zeta",
         VERDICT_MERGE, 0},
        {"first_name=Anna|last_name=Virtanen", "first_name=Sven|last_name=Holm", VERDICT_NO,
         REFUSED_TWO_PEOPLE},
        {"company=Penhale Logistics|phone=0409876543|street=Tie 1|city=Ulm",
         "company=Penhale Logistics Oy|phone=0409876543|street=Tie 1|city=Ulm", VERDICT_MERGE, 0},
        {"company=Penhale Logistics|phone=0409876543|street=Tie 1|city=Ulm",
         "company=Penhale Logistics|phone=0409876543|street=Polku 88|city=Ulm", VERDICT_REVIEW,
         REFUSED_OTHER_SITE},
        {"", "", VERDICT_NO, REFUSED_ONE_FACT},
        {"first_name=Anna", "city=Ulm", VERDICT_NO, REFUSED_ONE_FACT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct weighed weighed = weighed_pair(cases[i].a, cases[i].b);
        bool is_refused =
            cases[i].refusals ? weighed.refusals & cases[i].refusals : weighed.refusals == 0;
        if (weighed.verdict != cases[i].verdict || !is_refused)
            fail_msg("%s and %s: %d, %d, %u", cases[i].a, cases[i].b, (int)weighed.verdict,
                     weighed.total, weighed.refusals);
        arena_reset(&arena);
    }
}

static void test_rare_weighs_more(void **state)
{
    (void)state;
    struct weighed common = weighed_pair("last_name=Virtanen|city=Ulm", "last_name=Virtanen");
    struct weighed rare = weighed_pair("last_name=Xyzwiczky|city=Ulm", "last_name=Xyzwiczky");
    assert_int_equal(common.has, 1u << FACT_LAST_NAME);
    assert_true(common.parts[FACT_LAST_NAME].weight + 2 * WEIGHT_BIT <
                rare.parts[FACT_LAST_NAME].weight);
    assert_true(rare.parts[FACT_LAST_NAME].weight < 17 * WEIGHT_BIT);
    assert_int_equal(common.parts[FACT_LAST_NAME].level, LEVEL_EQUAL);
    arena_reset(&arena);
}

// Places that agree are one fact: together they weigh less than their sum.
static void test_block(void **state)
{
    (void)state;
    const char *text = "first_name=Anna|last_name=Berg|street=Tie 1|city=Ulm|postal_code=89073";
    struct weighed weighed = weighed_pair(text, text);
    int32_t sum = weighed.parts[FACT_STREET].weight + weighed.parts[FACT_CITY].weight +
                  weighed.parts[FACT_POSTAL_CODE].weight;
    assert_true(weighed.block < sum);
    assert_true(weighed.block > weighed.parts[FACT_STREET].weight);
    arena_reset(&arena);
}

// An address made of the names adds a bit at most where only its domain is new.
static void test_derived_address(void **state)
{
    (void)state;
    struct weighed weighed = weighed_pair(
        "first_name=Tuula|last_name=Hakkarainen|email=tuula.hakkarainen@x.fi|website=x.fi",
        "first_name=Tuula|last_name=Hakkarainen|email=thakkarainen@x.fi");
    int32_t weight = weighed.parts[FACT_EMAIL].weight - weighed.capped;
    if (weighed.parts[FACT_EMAIL].level != LEVEL_DIFFERS) assert_true(weight <= WEIGHT_BIT);
    weighed = weighed_pair("first_name=Tuula|last_name=Hakkarainen|email=tuulahakkarainen@x.fi",
                           "first_name=Tuula|last_name=Hakkarainen|email=tuulahakkarainen@y.com");
    assert_int_equal(weighed.parts[FACT_EMAIL].level, LEVEL_NEAR);
    assert_true(weighed.parts[FACT_EMAIL].weight - weighed.capped <= WEIGHT_BIT);
    arena_reset(&arena);
}

// A number that six people have says only that it is one of them.
static void test_switchboard(void **state)
{
    (void)state;
    struct weigher weigher;
    weigher_init(&weigher, &frequencies, &nicknames);
    static const char *const names[] = {"Aalto", "Berg", "Ceder", "Dahl", "Ek", "Friis", "Gran"};
    for (int i = 0; i < 7; i++) {
        const char *text =
            arena_cstring(&arena, arena_format(&arena, "last_name=%s|phone=0409876543", names[i]));
        profiles[i] = profile_of(names[i], text);
        weigher_count(&weigher, &profiles[i]);
    }
    weigher_settle(&weigher, profiles, 7);
    assert_int_equal(profile_fact(&profiles[0], FACT_PHONE)->holders, 7);
    struct weighed weighed;
    weigher_weigh(&weigher, &profiles[0], &profiles[1], &weighed);
    assert_true(weighed.parts[FACT_PHONE].weight <= -weigher.prior - 2 * WEIGHT_BIT);
    weigher_release(&weigher);
    arena_reset(&arena);
}

// Names that are rare in the table and common in their country say what they say there.
static void test_country(void **state)
{
    (void)state;
    const char *home = "first_name=Giuseppe|last_name=Rossi|country=IT|email=a@x.it";
    const char *none = "first_name=Giuseppe|last_name=Rossi|email=a@x.it";
    struct weighed one = weighed_pair(home, home), other = weighed_pair(none, none);
    for (enum fact_kind kind = FACT_FIRST_NAME; kind <= FACT_LAST_NAME; kind++) {
        assert_true(one.parts[kind].weight < other.parts[kind].weight);
    }
    // One country is known: the names together say no more than it and they do.
    struct weighed half = weighed_pair(home, none);
    int32_t both = half.parts[FACT_FIRST_NAME].weight + half.parts[FACT_LAST_NAME].weight;
    assert_true(both <= other.parts[FACT_FIRST_NAME].weight + other.parts[FACT_LAST_NAME].weight);
    struct weighed abroad =
        weighed_pair("first_name=Anna|country=IT", "first_name=Anna|country=FI");
    assert_true(abroad.parts[FACT_COUNTRY].weight < -2 * WEIGHT_BIT);
    arena_reset(&arena);
}

// Of people whom many are called like, agreeing says that it is one of them.
static void test_namesakes(void **state)
{
    (void)state;
    enum { PEOPLE = 12 };
    struct weigher weigher;
    weigher_init(&weigher, &frequencies, &nicknames);
    for (int i = 0; i < PEOPLE; i++) {
        str text = arena_format(&arena, "first_name=Xavra|last_name=Qwertz|email=p%d@x.fi", i);
        profiles[i] = profile_of("1", arena_cstring(&arena, text));
        weigher_count(&weigher, &profiles[i]);
    }
    weigher_settle(&weigher, profiles, PEOPLE);
    assert_int_equal(profiles[0].namesakes, PEOPLE);
    struct weighed weighed;
    weigher_weigh(&weigher, &profiles[0], &profiles[1], &weighed);
    int32_t both = weighed.parts[FACT_FIRST_NAME].weight + weighed.parts[FACT_LAST_NAME].weight;
    assert_true(both <= -weigher.prior - 3 * WEIGHT_BIT);
    weigher_release(&weigher);
    arena_reset(&arena);
}

// The names again, at another firm: namesakes have that, too.
static void test_address_anew(void **state)
{
    (void)state;
    struct weighed weighed =
        weighed_pair("first_name=Tuula|last_name=Hakkarainen|email=tuula.hakkarainen@x.fi",
                     "first_name=Tuula|last_name=Hakkarainen|email=tuula.hakkarainen@acme.com");
    assert_true(weighed.parts[FACT_EMAIL].weight - weighed.capped <= -2 * WEIGHT_BIT);
    arena_reset(&arena);
}

static void test_nothing(void **state)
{
    (void)state;
    struct weigher weigher;
    weigher_init(&weigher, &frequencies, &nicknames);
    weigher_settle(&weigher, NULL, 0);
    assert_int_equal(weigher.group_count, 0);
    weigher_release(&weigher);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts),    cmocka_unit_test(test_rare_weighs_more),
        cmocka_unit_test(test_block),       cmocka_unit_test(test_derived_address),
        cmocka_unit_test(test_switchboard), cmocka_unit_test(test_country),
        cmocka_unit_test(test_namesakes),   cmocka_unit_test(test_address_anew),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
