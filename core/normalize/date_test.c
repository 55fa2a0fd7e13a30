// Dates: every way they are written, every order, the calendar's edges, evidence of a column.
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
    if (!date_rules_load(&rules, &book, &err)) fail_msg("%s", err.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    date_rules_release(&rules);
    rulebook_release(&book);
    return 0;
}

#define U DATE_ORDER_UNKNOWN
#define D DATE_DAY_FIRST
#define M DATE_MONTH_FIRST
#define Y DATE_YEAR_FIRST

static const struct {
    const char *cell, *want; // want NULL: not valid
    enum date_order order;
} rows[] = {
    // ISO 8601
    {"2026-09-23", "2026-09-23", U},
    {"2026-09-23T10:45:20", "2026-09-23T10:45:20", U},
    {"2026-09-23T10:45:20Z", "2026-09-23T10:45:20Z", U},
    {"2026-09-23T10:45:20+05:30", "2026-09-23T10:45:20+05:30", U},
    {"2026-09-23T10:45:20-05:00", "2026-09-23T10:45:20-05:00", U},
    {"2026-09-23T10:45:20+0530", "2026-09-23T10:45:20+05:30", U},
    {"2026-09-23T10:45:20+00:00", "2026-09-23T10:45:20Z", U},
    {"2026-09-23T10:45:20.123Z", "2026-09-23T10:45:20Z", U},
    {"2026-09-23T10:45:20.123456+02:00", "2026-09-23T10:45:20+02:00", U},
    {"2026-09-23 10:45:20", "2026-09-23T10:45:20", U},
    {"2026-09-23 10:45", "2026-09-23T10:45:00", U},
    {"2026-09-23T10:45", "2026-09-23T10:45:00", U},
    {"2026-09-23 10:45:20 UTC", "2026-09-23T10:45:20Z", U},
    {"2023-03-24 10:23:10 UTC", "2023-03-24T10:23:10Z", U},
    {"2021-02-04 07:55:20 +0000", "2021-02-04T07:55:20Z", U},
    {"2026-09-13 08:00:00-0330", "2026-09-13T08:00:00-03:30", U},
    {"20260923", "2026-09-23", U},
    {"20260923T104520Z", "2026-09-23T10:45:20Z", U},
    {"20260923T1045", "2026-09-23T10:45:00", U},
    {"20260923104520", "2026-09-23T10:45:20", U},
    {"2026/05/28 7:01:33 PM GMT+2", "2026-05-28T19:01:33+02:00", U},
    {"2026.9.3", "2026-09-03", U},
    {"2026/9/3", "2026-09-03", M},
    {"2024-06-01T08:15:30.000Z", "2024-06-01T08:15:30Z", U},
    // Day first
    {"13.10.2026", "2026-10-13", U},
    {"13.10.2026", "2026-10-13", D},
    {"3.4.2026", "2026-04-03", D},
    {"3.4.2026", "2026-04-03", U},
    {"13.10.2026 klo 14.05", "2026-10-13T14:05:00", D},
    {"28.5.2026 klo 19.01.33", "2026-05-28T19:01:33", D},
    {"28.5.2026 klo 19:01", "2026-05-28T19:01:00", D},
    {"13.10.2026 14:05", "2026-10-13T14:05:00", U},
    {"13/04/2021 à 09:01:31", "2021-04-13T09:01:31", D},
    {"17/03/2026 18:00:00", "2026-03-17T18:00:00", D},
    {"08/09/2026", "2026-09-08", D},
    {"8-9-2026", "2026-09-08", D},
    {"08.09.26", "2026-09-08", D},
    {"08.09.99", "1999-09-08", D},
    {"23.9.26 klo 9.05", "2026-09-23T09:05:00", D},
    {"10/13/2026", NULL, D}, // against the column
    {"05/05/2026", "2026-05-05", U},
    {"14h05 13/10/2026", "2026-10-13T14:05:00", D},
    {"13.10.2026 14:05 Uhr", "2026-10-13T14:05:00", D},
    {"den 13.10.2026 kl. 14.05", "2026-10-13T14:05:00", D},
    // Month first
    {"08/09/2026 10:45:00 AM", "2026-08-09T10:45:00", M},
    {"08/09/2026 02:31:08 PM", "2026-08-09T14:31:08", M},
    {"3/3/26, 4:00:05 PM", "2026-03-03T16:00:05", M},
    {"3/15/2024 2:30 PM", "2024-03-15T14:30:00", U},
    {"3/15/2024 2:30 p.m.", "2024-03-15T14:30:00", U},
    {"3/15/2024 2:30 a. m.", "2024-03-15T02:30:00", U},
    {"12/31/2024 12:05 AM", "2024-12-31T00:05:00", M},
    {"12/31/2024 12:05 PM", "2024-12-31T12:05:00", M},
    {"12/31/2024 10 AM", "2024-12-31T10:00:00", M},
    {"01/27/2024", "2024-01-27", U},
    {"13/10/2026", NULL, M},
    // In doubt
    {"08/09/2026", NULL, U},
    {"8-9-26", NULL, U},
    {"26-09-23", "2026-09-23", Y},
    // Names of months
    {"Mar 22, 2025 19:13:27", "2025-03-22T19:13:27", U},
    {"Apr 09, 2020 8:50 PM", "2020-04-09T20:50:00", U},
    {"Mar 28, 2020 8:07 AM", "2020-03-28T08:07:00", M},
    {"09 Oct 2024", "2024-10-09", U},
    {"7-Feb-22", "2022-02-07", U},
    {"22 Mar 2025", "2025-03-22", U},
    {"March 5th, 2025", "2025-03-05", U},
    {"5th of March 2025", "2025-03-05", U},
    {"Sat, 22 Mar 2025 10:00:00 +0200", "2025-03-22T10:00:00+02:00", U},
    {"Saturday, March 22, 2025", "2025-03-22", U},
    {"5. maaliskuuta 2025", "2025-03-05", U},
    {"5. maaliskuuta 2025 klo 14.30", "2025-03-05T14:30:00", U},
    {"lauantai 22. maaliskuuta 2025", "2025-03-22", U},
    {"5 mars 2025", "2025-03-05", U},
    {"den 5 mars 2025 kl. 14:30", "2025-03-05T14:30:00", U},
    {"1er janvier 2025", "2025-01-01", U},
    {"14 juillet 2025", "2025-07-14", U},
    {"14 août 2025", "2025-08-14", U},
    {"3. März 2025", "2025-03-03", U},
    {"3. Dez. 2025", "2025-12-03", U},
    {"3 de marzo de 2025", "2025-03-03", U},
    {"3 de março de 2025", "2025-03-03", U},
    {"15 września 2025", "2025-09-15", U},
    {"15. október 2025", "2025-10-15", U},
    {"15 maggio 2025", "2025-05-15", U},
    {"2025 Mar 5", "2025-03-05", U},
    {"March 2025", NULL, U},
    {"22 Mar", NULL, U},
    // Seconds since 1970, serials
    {"1700000000", "2023-11-14T22:13:20Z", U},
    {"1700000000123", "2023-11-14T22:13:20Z", U},
    {"951782400", NULL, U},
    {"1709164800", "2024-02-29T00:00:00Z", U},
    {"45123", NULL, U},
    // Zones
    {"2026-09-23 10:45 EEST", "2026-09-23T10:45:00+03:00", U},
    {"2026-09-23 10:45 PST", "2026-09-23T10:45:00-08:00", U},
    {"2026-09-23 10:45 (UTC)", "2026-09-23T10:45:00Z", U},
    {"2026-09-23 10:45 XYZ", NULL, U},
    // No such day
    {"2026-02-29", NULL, U},
    {"2024-02-29", "2024-02-29", U},
    {"2100-02-29", NULL, U},
    {"2000-02-29", "2000-02-29", U},
    {"31.4.2026", NULL, D},
    {"0000-00-00", NULL, U},
    {"1900-01-00", NULL, U},
    {"1900-01-01", NULL, U},
    {"1970-01-01", NULL, U},
    {"1970-01-01T00:00:00Z", NULL, U},
    {"1970-01-02", "1970-01-02", U},
    {"1985-01-01", "1985-01-01", U},
    {"2026-13-01", NULL, U},
    {"2026-12-01T24:00:00", NULL, U},
    {"2026-12-01T10:60:00", NULL, U},
    {"2026-12-01T10:45:61Z", NULL, U},
    {"3026-12-01", NULL, U},
    {"32.12.2026", NULL, D},
    {"32/13/2026", NULL, U},
    // No dates
    {"", "", U},
    {"yesterday", NULL, U},
    {"Q3 2024", NULL, U},
    {"2024", NULL, U},
    {"2024-07", NULL, U},
    {"12", NULL, U},
    {"1.2.3.4", NULL, U},
    {"+358 40 1234567", NULL, D},
    {"10:45", NULL, U},
    {"31.12.", NULL, D},
    {"2026-09-23 2026-09-24", NULL, U},
    {"2026-09-23;", NULL, U},
    {"12345678901234567890", NULL, U},
    {"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", NULL, U},
    {"........", NULL, U},
    {"\xC3", NULL, U},
};

static void check(str cell, const struct date_context *context, const char *want)
{
    struct arena arena = {0};
    struct value got = date_normalize(&rules, cell, context, &arena);
    str text = want ? str_of(want) : cell;
    if (got.is_valid != (want != NULL) || !str_equal(got.text, text)) {
        print_error("'%.*s': got '%.*s'\n", STR_ARG(cell), STR_ARG(got.text));
        assert_true(false);
    }
    if (!want) assert_null(got.reason);
    assert_true((got.reason != NULL) == !str_equal(got.text, cell));
    struct value again = date_normalize(&rules, got.text, context, &arena);
    assert_null(again.reason);
    assert_int_equal(again.is_valid, got.is_valid);
    arena_release(&arena);
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct date_context context = {.order = rows[i].order, .year_now = 2026};
        check(str_of(rows[i].cell), &context, rows[i].want);
    }
}

static void test_contexts(void **state)
{
    (void)state;
    struct date_context serial = {.is_serial = true};
    check(STR("45123"), &serial, "2023-07-16");
    check(STR("45123.5"), &serial, "2023-07-16T12:00:00");
    check(STR("45123.75"), &serial, "2023-07-16T18:00:00");
    check(STR("45351"), &serial, "2024-02-29");
    check(STR("19999"), &serial, NULL);
    check(STR("60001"), &serial, NULL);
    struct date_context year = {.order = DATE_DAY_FIRST, .year_missing = 2026};
    check(STR("22 Mar"), &year, "2026-03-22");
    check(STR("31.12."), &year, "2026-12-31");
    check(STR("29.2."), &year, NULL);
    struct date_context now = {.order = DATE_DAY_FIRST, .year_now = 2080};
    check(STR("1.2.99"), &now, "2099-02-01");
    check(STR("1.2.01"), &now, "2001-02-01");
}

// Every day from 1900 to 2100, written in several ways, comes out as it went in.
static void test_every_day(void **state)
{
    (void)state;
    static const char *const names[] = {"Jan", "Feb",  "maaliskuuta", "avril",
                                        "Mai", "juni", "lipca",       "août",
                                        "set", "Oct",  "listopada",   "Dez"};
    struct arena arena = {0};
    struct date_context context = {.order = DATE_DAY_FIRST};
    for (int year = 1901; year <= 2100; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= 31; day++) {
                str iso = arena_format(&arena, "%04d-%02d-%02d", year, month, day);
                if (!date_normalize(&rules, iso, &context, &arena).is_valid) continue;
                str dotted = arena_format(&arena, "%d.%d.%d", day, month, year);
                str named = arena_format(&arena, "%d %s %d", day, names[month - 1], year);
                assert_true(str_equal(date_normalize(&rules, dotted, &context, &arena).text, iso));
                assert_true(str_equal(date_normalize(&rules, named, &context, &arena).text, iso));
            }
            arena_reset(&arena);
        }
    }
    arena_release(&arena);
}

static struct date_decision decide(const char *const cells[], enum date_order usual)
{
    struct date_votes votes = {0};
    for (size_t i = 0; cells[i]; i++) date_evidence(&rules, str_of(cells[i]), &votes);
    return date_order_decide(&votes, usual);
}

static void test_evidence(void **state)
{
    (void)state;
    static const char *const days[] = {"12/08/2026", "01/02/2026", "23/09/2026", "", NULL};
    assert_int_equal(decide(days, DATE_MONTH_FIRST).order, DATE_DAY_FIRST);
    assert_false(decide(days, DATE_MONTH_FIRST).is_assumed);
    static const char *const months[] = {"12/08/2026", "9/23/26, 4:00 PM", NULL};
    assert_int_equal(decide(months, DATE_DAY_FIRST).order, DATE_MONTH_FIRST);
    static const char *const both[] = {"23/09/2026", "09/23/2026", NULL};
    assert_int_equal(decide(both, DATE_DAY_FIRST).order, DATE_ORDER_UNKNOWN);
    assert_true(decide(both, DATE_DAY_FIRST).is_conflict);
    static const char *const open[] = {"12/08/2026", "05/05/2026", NULL};
    assert_int_equal(decide(open, DATE_MONTH_FIRST).order, DATE_MONTH_FIRST);
    assert_true(decide(open, DATE_MONTH_FIRST).is_assumed);
    static const char *const dots[] = {"12.8.2026", "1.2.2026", NULL};
    assert_int_equal(decide(dots, DATE_MONTH_FIRST).order, DATE_DAY_FIRST);
    assert_true(decide(dots, DATE_MONTH_FIRST).is_assumed);
    static const char *const iso[] = {"2026-08-12", "2026-01-02T10:00:00Z", NULL};
    assert_int_equal(decide(iso, DATE_MONTH_FIRST).order, DATE_ISO);
    static const char *const serials[] = {"45123", "45124.5", "", NULL};
    assert_true(decide(serials, DATE_DAY_FIRST).is_serial);
    static const char *const odd[] = {"45123", "45124", "gestern", "45126", NULL};
    assert_true(decide(odd, DATE_DAY_FIRST).is_serial);
    static const char *const two[] = {"45123", "gestern", "45126", NULL};
    assert_true(decide(two, DATE_DAY_FIRST).is_serial);
    static const char *const half[] = {"45123", "gestern", "45126", "morgen", NULL};
    assert_false(decide(half, DATE_DAY_FIRST).is_serial);
    static const char *const mixed[] = {"45123", "2026-01-02", NULL};
    assert_false(decide(mixed, DATE_DAY_FIRST).is_serial);
    static const char *const none[] = {"hello", "", NULL};
    assert_int_equal(decide(none, DATE_DAY_FIRST).order, DATE_DAY_FIRST);
}

static void test_random(void **state)
{
    (void)state;
    static const char *const pieces[] = {"1",  "12", "31", "2026", "26", ".",   "/",   "-",
                                         ":",  "T",  "Z",  " ",    "+",  "AM",  "Mar", "klo",
                                         "00", "59", "24", "h",    ",",  "UTC", "of",  "99"};
    struct arena arena = {0};
    uint32_t seed = 7;
    for (int i = 0; i < 300000; i++) {
        char text[64];
        size_t len = 0;
        seed = seed * 1664525 + 1013904223;
        for (unsigned j = 0; j < 1 + (seed >> 28); j++) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)];
            if (len + strlen(piece) > sizeof text) break;
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        struct date_context context = {.order = (enum date_order)(seed >> 8) % 5,
                                       .year_now = 2026,
                                       .is_serial = (seed >> 12) & 1};
        struct value once = date_normalize(&rules, (str){text, len}, &context, &arena);
        struct value twice = date_normalize(&rules, once.text, &context, &arena);
        assert_true(once.is_valid == twice.is_valid && !twice.reason);
        if (once.is_valid) assert_true(once.text.len >= 10 && once.text.data[4] == '-');
        arena_reset(&arena);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),      cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_every_day), cmocka_unit_test(test_evidence),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
