// The level of two values of each kind, and which of them is the same from either side.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "levels.h"
#include "matching_test.h"

enum { EXCHANGED = LEVEL_EXCHANGED, LEAST = LEVEL_LEAST, DIFFER = LEVEL_DIFFERS };

// Words of companies all have ten bits.
static struct profile prepared(enum fact_kind kind, const char *text)
{
    struct profile_column column = {kind, str_of(text)};
    struct profile profile;
    profile_make(&rules, STR("1"), &column, 1, &arena, &profile);
    struct fact *fact = profile_fact(&profile, kind);
    assert_non_null(fact);
    for (size_t i = 0; i < fact->word_count; i++) fact->words[i].bits = 10 * FREQUENCY_BIT;
    return profile;
}

static void test_levels(void **state)
{
    (void)state;
    static const struct {
        enum fact_kind kind;
        const char *a, *b;
        int level;
    } cases[] = {
        {FACT_FIRST_NAME, "Anna", "anna", 0},
        {FACT_FIRST_NAME, "Bob", "Robert", 1},
        {FACT_FIRST_NAME, "Anna Maria", "Maria", 1},
        {FACT_FIRST_NAME, "Tuomas", "Toumas", 1},
        {FACT_FIRST_NAME, "J", "Juha", 2},
        {FACT_FIRST_NAME, "Xandr", "Xandrina", 2},
        {FACT_FIRST_NAME, "Martha", "Marhtea", LEAST},
        {FACT_FIRST_NAME, "Anna", "Juha", DIFFER},
        {FACT_LAST_NAME, "Virtanen", "Virtannen", 1},
        {FACT_LAST_NAME, "Berg", "Korhonen", DIFFER},
        {FACT_DATE, "1971-06-24", "1971-05-24", 1},
        {FACT_DATE, "1971-06-05", "1971-05-06", 1},
        {FACT_DATE, "1971-06-24", "1971-12-24", 2},
        {FACT_DATE, "1971-06-24", "1972-03-01", EXCHANGED},
        {FACT_DATE, "1971-06-24", "1983-02-11", DIFFER},
        {FACT_EMAIL, "anna.berg@x.fi", "anna.berg@y.com", 1},
        {FACT_EMAIL, "annaberg@acme.fi", "annabrergk@acme.fi", 1},
        {FACT_EMAIL, "marthaberg@acme.fi", "marthabellon@acme.fi", 2},
        {FACT_EMAIL, "anna@acme.fi", "juha@acme.fi", DIFFER},
        {FACT_EMAIL, "marthaberg@gmail.com", "marthabellon@gmail.com", DIFFER},
        {FACT_PHONE, "401234567", "401234568", 1},
        {FACT_PHONE, "401234567", "401299999", DIFFER},
        {FACT_STREET, "12 High Street", "High St 12", 1},
        {FACT_STREET, "12 High Street", "12 Hihg Street", 1},
        {FACT_STREET, "12 High Street", "77 High Street", DIFFER},
        {FACT_STREET, "Old High Street", "Old High Street 5", 2},
        {FACT_POSTAL_CODE, "00100", "00101", 1},
        {FACT_CITY, "Helsinki", "Helsinky", 1},
        {FACT_REGION, "nsw", "nsv", DIFFER},
        {FACT_WEBSITE, "acme.fi", "acmee.fi", 1},
        {FACT_COMPANY, "Penhale Logistics Ltd", "Logistics Penhale", 0},
        {FACT_COMPANY, "AP", "Ashcroft Plastics", 2},
        {FACT_COMPANY, "Penhale Logistics Group", "Penhale Logistic Group", 1},
        {FACT_COMPANY, "Penhale Manufacturing", "Penhale Mfg", 1},
        {FACT_COMPANY, "Penhale Marine Works", "Penhale Marine", 2},
        {FACT_COMPANY, "Penhale Marine", "Ashcroft Marine", DIFFER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum fact_kind kind = cases[i].kind;
        struct profile a = prepared(kind, cases[i].a), b = prepared(kind, cases[i].b);
        int level = level_of(&nicknames, kind, &a, &b);
        if (level != cases[i].level) fail_msg("%s, %s: %d", cases[i].a, cases[i].b, level);
        level = level_of(&nicknames, kind, &b, &a);
        if (level != cases[i].level) fail_msg("%s, %s: %d", cases[i].b, cases[i].a, level);
    }
}

static void test_likeness(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int likeness;
    } cases[] = {
        {"ann", "anne", 2}, {"an", "ann", 0},     {"smith", "smyte", 1},
        {"abc", "abc", 2},  {"juha", "pekka", 0}, {"christoffer", "kristofer", 1},
        {"", "", 0},        {"", "anna", 0},      {"abcdefghij", "abcdefghkl", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct name_letters a = name_letters_of(str_of(cases[i].a));
        struct name_letters b = name_letters_of(str_of(cases[i].b));
        if (text_likeness(&a, &b) != cases[i].likeness ||
            text_likeness(&b, &a) != cases[i].likeness)
            fail_msg("%s, %s: %d", cases[i].a, cases[i].b, text_likeness(&a, &b));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_likeness),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
