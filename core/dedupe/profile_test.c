// What each kind of column is compared by.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "matching_test.h"

static void test_values(void **state)
{
    (void)state;
    static const struct {
        enum fact_kind kind;
        const char *cell, *text;
    } cases[] = {
        {FACT_FIRST_NAME, "Jean-Luc Marie", "jean"},
        {FACT_LAST_NAME, "Van der Støl Jr.", "vanderstol"},
        {FACT_LAST_NAME, "Jr", "jr"},
        {FACT_LAST_NAME, "N/A", ""},
        {FACT_EMAIL, "Anna.Berg+fair@GMail.com", "annaberg@gmail.com"},
        {FACT_EMAIL, "info@acme.fi", ""},
        {FACT_EMAIL, "none", ""},
        {FACT_PHONE, "+358 40 123 4567", "401234567"},
        {FACT_PHONE, "0000000", ""},
        {FACT_PHONE, "1234", ""},
        {FACT_DATE, "1956-4-9", "19560409"},
        {FACT_DATE, "19560409", "19560409"},
        {FACT_DATE, "9.4.", ""},
        {FACT_STREET, "197 High Street", "197 high st"},
        {FACT_POSTAL_CODE, "E94 8DE", "e948de"},
        {FACT_WEBSITE, "https://www.Acme.fi/en", "acme.fi"},
        {FACT_COMPANY, "Penhale Logistics Ltd", "penhale logistics"},
        {FACT_TEXT, "xx", ""},
        {FACT_COUNTRY, "FI", "fi"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct profile_column column = {cases[i].kind, str_of(cases[i].cell)};
        struct profile profile;
        profile_make(&rules, STR("1"), &column, 1, &arena, &profile);
        str text = profile_text(&profile, cases[i].kind);
        if (!str_equal(text, str_of(cases[i].text)))
            fail_msg("%s: %.*s", cases[i].cell, STR_ARG(text));
        assert_int_equal(__builtin_popcount(profile.has), text.len > 0);
    }
}

static void test_record(void **state)
{
    (void)state;
    const struct profile_column columns[] = {
        {FACT_STREET, STR("7")},        {FACT_STREET, STR("Wallaby Place")},
        {FACT_FIRST_NAME, STR("Anna")}, {FACT_LAST_NAME, STR("Berg III")},
        {FACT_COMPANY, STR("Acme Oy")}, {FACT_EMAIL, STR("a.berg@acme.fi")},
    };
    struct profile profile;
    profile_make(&rules, STR("1"), columns, 6, &arena, &profile);
    assert_int_equal(profile.suffix, 4);
    assert_false(profile.is_company);
    assert_true(str_equal(profile_text(&profile, FACT_STREET), STR("7 wallaby pl")));
    assert_true(str_equal(profile_fact(&profile, FACT_STREET)->numbers, STR("7")));
    assert_true(profile.is_own);
    assert_true(profile_fact(&profile, FACT_FIRST_NAME)->is_known);
    assert_null(profile_fact(&profile, FACT_PHONE));
    profile_make(&rules, STR("2"), columns + 4, 1, &arena, &profile);
    assert_true(profile.is_company);
    profile_make(&rules, STR("3"), NULL, 0, &arena, &profile);
    assert_int_equal(profile.has, 0);
}

// Made once for all records that have the cell.
static void test_shared_values(void **state)
{
    (void)state;
    struct profile_values values = {0};
    struct profile_rules shared = rules;
    shared.values = &values;
    struct profile profiles[2];
    for (int i = 0; i < 2; i++) {
        char cell[] = "Berg Jr"; // is gone after the call
        const struct profile_column columns[] = {
            {FACT_LAST_NAME, str_of(cell)}, {FACT_FIRST_NAME, STR("n/a")}, {FACT_CITY, STR("Jr")}};
        profile_make(&shared, STR("1"), columns, 3, &arena, &profiles[i]);
        memset(cell, 'x', sizeof cell);
    }
    const struct fact *last = profile_fact(&profiles[0], FACT_LAST_NAME);
    assert_true(str_equal(last->text, STR("berg")));
    assert_ptr_equal(last, profile_fact(&profiles[1], FACT_LAST_NAME));
    assert_int_equal(profiles[1].suffix, 1);
    assert_null(profile_fact(&profiles[1], FACT_FIRST_NAME));
    assert_int_equal(values.count, 3);
    profile_values_release(&values);
}

// Addresses spell names in several ways.
static void test_own_address(void **state)
{
    (void)state;
    static const struct {
        const char *first, *last, *email;
        bool is_own;
    } cases[] = {
        {"Käthe", "Müller", "kaethe.mueller@x.de", true},
        {"Jürgen", "Weiß", "j.weiss@x.de", true},
        {"José", "Núñez", "jnnez@x.com", true},
        {"Åse", "Bøe", "aboe@x.no", true},
        {"Li", "Wu", "li.wu@x.cn", false},
        {"Anna", "Berg", "sales7@x.fi", false},
        {"Samuel", "", "samuel.k@x.fi", true},
        {"", "", "samuel.k@x.fi", false},
        {"Anna", "Berg", "a.berg@acme.fi", true},
        {"Jörg", "Schröder", "joerg@acme.de", true},
        {"Jörg", "Schröder", "jorg@acme.de", true},
        {"J", "Müller", "j.mueller@acme.de", true},
        {"Åse", "Lie", "aase@acme.no", true},
        {"Jörg", "Schröder", "georg@acme.de", false},
        {"Bo", "Li", "bo.li@acme.se", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct profile_column columns[] = {{FACT_FIRST_NAME, str_of(cases[i].first)},
                                                 {FACT_LAST_NAME, str_of(cases[i].last)},
                                                 {FACT_EMAIL, str_of(cases[i].email)}};
        struct profile profile;
        profile_make(&rules, STR("1"), columns, 3, &arena, &profile);
        if (profile.is_own != cases[i].is_own) fail_msg("%s", cases[i].email);
    }
}

// A whole name fills what no column of its own says.
static void test_full_name(void **state)
{
    (void)state;
    struct profile_column columns[] = {{FACT_FULL_NAME, STR("Berg, Anna")},
                                       {FACT_FIRST_NAME, STR("Anneli")}};
    struct profile profile;
    profile_make(&rules, STR("1"), columns, 1, &arena, &profile);
    assert_true(str_equal(profile_text(&profile, FACT_FIRST_NAME), STR("anna")));
    assert_true(str_equal(profile_text(&profile, FACT_LAST_NAME), STR("berg")));
    profile_make(&rules, STR("1"), columns, 2, &arena, &profile);
    assert_true(str_equal(profile_text(&profile, FACT_FIRST_NAME), STR("anneli")));
    assert_true(str_equal(profile_text(&profile, FACT_LAST_NAME), STR("berg")));
    assert_int_equal(fact_kind_find(STR("full_name")), FACT_FULL_NAME);
}

static void test_kinds(void **state)
{
    (void)state;
    for (int kind = 0; kind < FACT_KINDS; kind++) {
        assert_int_equal(fact_kind_find(str_of(fact_kind_name(kind))), kind);
    }
    assert_int_equal(fact_kind_find(STR("shoe")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),        cmocka_unit_test(test_record),
        cmocka_unit_test(test_shared_values), cmocka_unit_test(test_own_address),
        cmocka_unit_test(test_full_name),     cmocka_unit_test(test_kinds),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
