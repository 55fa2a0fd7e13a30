// Records that may be one meet; what too many have is split; the order of records does not matter.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "blocking.h"
#include "matching_test.h"

static bool meet(const char *a, const char *b)
{
    struct profile profiles[] = {profile_of("1", a), profile_of("2", b)};
    struct candidates found = {0};
    candidates_find(&nicknames, profiles, 2, &found);
    bool do_meet = found.count == 1 && found.pairs[0].a == 0 && found.pairs[0].b == 1;
    candidates_release(&found);
    return do_meet;
}

static void test_pairs(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool meet;
    } cases[] = {
        {"email=anna@acme.fi", "email=anna@acme.fi|first_name=A", true},
        {"email=annab@acme.fi", "email=annab@acme.com", true},
        {"email=ann@acme.fi", "email=ann@acme.com", false},
        {"phone=0401234567|last_name=Berg", "phone=+358401234567", true},
        {"first_name=Anna|last_name=Berg", "first_name=Berg|last_name=Anna", true},
        {"first_name=Anna|last_name=Meyer", "first_name=Anna|last_name=Maier", true},
        {"first_name=Anna|last_name=Stone", "first_name=Anna|last_name=Stine", true},
        {"first_name=Bob|date=1971-06-24", "first_name=Robert|date=1971-06-24", true},
        {"first_name=Anna|last_name=Berg", "first_name=Juha|last_name=Berg", false},
        {"id=1804974", "id=1804947", true},
        {"id=1804974", "id=1704947", false},
        {"company=Acme Oy|city=Ulm", "company=Acme Group|city=Ulm", true},
        {"company=Acme Oy|city=Ulm", "company=Acme Group|city=Bonn", false},
        {"company=AP|city=Ulm", "company=Ashcroft Plastics|city=Ulm", true},
        {"company=Acme|phone=0401234567", "first_name=Anna|phone=0401234567", false},
        {"", "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (meet(cases[i].a, cases[i].b) != cases[i].meet)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
    }
    arena_reset(&arena);
}

static void test_sources(void **state)
{
    (void)state;
    struct profile profiles[] = {profile_of("1", "id=12345"), profile_of("2", "id=12345"),
                                 profile_of("3", "id=12345")};
    profiles[0].source = profiles[1].source = 1;
    profiles[2].source = 2;
    struct candidates found = {0};
    candidates_find(&nicknames, profiles, 3, &found);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.pairs[0].b, 2);
    assert_int_equal(found.pairs[1].b, 2);
    candidates_release(&found);
}

enum { MANY = 300 };

// All share a number; names tell them apart, or nothing does.
static void make_many(struct profile profiles[MANY], bool is_named)
{
    for (int i = 0; i < MANY; i++) {
        str name =
            arena_format(&arena, "last_name=%c%c%d|phone=0401234567",
                         is_named ? 'a' + i / 3 % 26 : 'a', is_named ? 'a' + i / 78 : 'a', i);
        const char *text = arena_cstring(&arena, name);
        profiles[i] = profile_of(arena_cstring(&arena, arena_format(&arena, "%d", i)), text);
    }
}

static void test_large_blocks(void **state)
{
    (void)state;
    static struct profile profiles[MANY];
    struct candidates found = {0};
    make_many(profiles, true);
    candidates_find(&nicknames, profiles, MANY, &found);
    assert_int_equal(found.skipped[KEY_PHONE], 0);
    assert_in_range(found.count, MANY / 2, MANY * 6);
    candidates_release(&found);
    make_many(profiles, false);
    candidates_find(&nicknames, profiles, MANY, &found);
    assert_int_equal(found.skipped[KEY_PHONE], 1); // nothing to split them by
    assert_int_equal(found.count, 0);
    candidates_release(&found);
    arena_reset(&arena);
}

// Who has the same name as many others meets those who share an employer or a place as well.
static void test_split(void **state)
{
    (void)state;
    static struct profile profiles[MANY];
    struct candidates found = {0};
    for (int i = 0; i < MANY; i++) {
        str text = arena_format(&arena,
                                "first_name=Anna|last_name=Berg|company=Firm%d|city=Town%d|"
                                "email=a%d@gmail.com",
                                i % 150, (i + 75) % 150 * 2 + i / 150, i);
        profiles[i] = profile_of("1", arena_cstring(&arena, text));
    }
    candidates_find(&nicknames, profiles, MANY, &found);
    assert_int_equal(found.count, MANY / 2);
    for (size_t i = 0; i < found.count; i++) {
        assert_int_equal(found.pairs[i].a % 150, found.pairs[i].b % 150);
    }
    candidates_release(&found);
    arena_reset(&arena);
}

// The same record a thousand times is as many pairs, not half a million.
static void test_twins(void **state)
{
    (void)state;
    static struct profile profiles[MANY];
    struct candidates found = {0};
    for (int i = 0; i < MANY; i++) {
        const char *id = arena_cstring(&arena, arena_format(&arena, "%d", i));
        profiles[i] = profile_of(id, "phone=0401234567|city=Ulm|last_name=Berg");
    }
    candidates_find(&nicknames, profiles, MANY, &found);
    assert_int_equal(found.count, MANY - 1);
    candidates_release(&found);
    for (int i = 0; i < MANY; i++) profiles[i].source = 7;
    candidates_find(&nicknames, profiles, MANY, &found);
    assert_int_equal(found.count, 0);
    candidates_release(&found);
    arena_reset(&arena);
}

static void test_limits(void **state)
{
    (void)state;
    assert_int_equal(block_records_max(0), BLOCK_OWN_MAX);
    assert_int_equal(block_records_max(100000), 14);
    assert_int_equal(block_records_max(1000000), 8);
    assert_int_equal(block_records_max(10000000), 4);
    assert_int_equal(block_records_max(UINT32_MAX), 3);
}

static void test_names(void **state)
{
    (void)state;
    for (enum block_key key = 0; key < BLOCK_KEYS; key++) assert_non_null(block_key_name(key));
    assert_string_equal(block_key_name(KEY_LAST_POSTAL), "last_postal");
    assert_string_equal(block_key_name(KEY_COMPANY_SLIP), "company_slip");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_large_blocks), cmocka_unit_test(test_split),
        cmocka_unit_test(test_twins),        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
