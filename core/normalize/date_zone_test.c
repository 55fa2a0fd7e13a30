// Zones must be read as people write them, and hold for times that name none, never for days.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "date.h"

static struct rulebook book;
static struct date_rules rules;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    return date_rules_load(&rules, &book, &err) ? 0 : -1;
}

static int release(void **state)
{
    (void)state;
    date_rules_release(&rules);
    rulebook_release(&book);
    return 0;
}

static void test_zones(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_zone;
        int minutes;
    } rows[] = {
        {"UTC", true, 0},      {"utc", true, 0},
        {"EET", true, 120},    {"+02:00", true, 120},
        {"-0530", true, -330}, {"GMT+2", true, 120},
        {"UTC-5", true, -300}, {"UTC+01:00 Berlin", true, 60},
        {" +3 ", true, 180},   {"CST", false, 0},
        {"IST", false, 0},     {"+15:00", false, 0},
        {"+1:75", false, 0},   {"+358", false, 0},
        {"", false, 0},        {"EET+1", false, 0},
        {"local", false, 0},   {"+", false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int minutes = 0;
        if (date_zone(str_of(rows[i].text), &minutes) != rows[i].is_zone) {
            fail_msg("%s", rows[i].text);
        }
        if (rows[i].is_zone) assert_int_equal(minutes, rows[i].minutes);
    }
    static const struct {
        const char *header, *rest; // NULL = no zone
        int minutes;
    } headers[] = {
        {"Submit Date (UTC)", "Submit Date", 0},
        {"Registered at (UTC) [YYYY-MM-DD HH:MM:SS]", "Registered at", 0},
        {"First Seen (EET)", "First Seen", 120},
        {"Start [GMT+2]", "Start", 120},
        {"Created UTC", "Created", 0},
        {"Time in Session (minutes)", NULL, 0},
        {"Phone (+358)", NULL, 0},
        {"(UTC)", NULL, 0},
        {"utc", NULL, 0},
        {"a)(b", NULL, 0},
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        str rest;
        int minutes;
        bool found = date_zone_of_header(str_of(headers[i].header), &rest, &minutes);
        if (found != (headers[i].rest != NULL)) fail_msg("%s", headers[i].header);
        if (found) {
            assert_true(str_equal(rest, str_of(headers[i].rest)));
            assert_int_equal(minutes, headers[i].minutes);
        }
    }
}

static void test_zone_applied(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *want;
    } rows[] = {
        {"2026-10-13T14:05:00", "2026-10-13T14:05:00+02:00"},
        {"13.10.2026 14:05", "2026-10-13T14:05:00+02:00"},
        {"13.10.2026 14:05 UTC", "2026-10-13T14:05:00Z"},
        {"2026-10-13T14:05:00-05:00", "2026-10-13T14:05:00-05:00"},
        {"2026-10-13", "2026-10-13"}, // a day is in no zone
        {"1791889500", "2026-10-13T11:05:00Z"},
    };
    struct arena arena = {0};
    struct date_context context = {.order = DATE_DAY_FIRST, .has_zone = true, .zone = 120};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value value = date_normalize(&rules, str_of(rows[i].cell), &context, &arena);
        if (!str_equal(value.text, str_of(rows[i].want))) fail_msg("%s", rows[i].cell);
        value = date_normalize(&rules, value.text, &context, &arena);
        if (!str_equal(value.text, str_of(rows[i].want))) fail_msg("again: %s", rows[i].cell);
    }
    arena_release(&arena);
}

static void test_years(void **state)
{
    (void)state;
    assert_int_equal(date_year_in(STR("PackFair 2026")), 2026);
    assert_int_equal(date_year_in(STR("2026-10-29, 29/10/2026")), 2026);
    assert_int_equal(date_year_in(STR("2025/2026")), 0);
    assert_int_equal(date_year_in(STR("20261 leads, 12026")), 0);
    assert_int_equal(date_year_in(STR("Fair '26")), 0);
    assert_int_equal(date_year_in(STR("")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_zones),
                                       cmocka_unit_test(test_zone_applied),
                                       cmocka_unit_test(test_years)};
    return cmocka_run_group_tests(tests, load, release);
}
