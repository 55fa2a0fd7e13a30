// Times must be read as ISO 8601 says and come back as they were.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "timestamp.h"

static void test_good(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"1970-01-01", 0},
        {"1970-01-01T00:00:00Z", 0},
        {"1969-12-31T23:59:59Z", -1},
        {"2026-11-24", 1795478400},
        {"2026-11-24T06:00", 1795500000},
        {"2026-11-24 06:00", 1795500000},
        {"2026-11-24T06:00:07Z", 1795500007},
        {"2026-11-24T06:00:07+02:00", 1795492807},
        {"2026-11-24T06:00:07-0530", 1795519807},
        {"2026-11-24T06:00+02", 1795492800},
        {"2000-02-29", 951782400},
        {"2024-02-29T23:59:59Z", 1709251199},
        {"0001-01-01", -62135596800},
        {"9999-12-31T23:59:59Z", 253402300799},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds;
        assert_true(timestamp_parse(str_of(cases[i].text), &seconds));
        assert_true(seconds == cases[i].seconds);
    }
}

static void test_bad(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2026",
        "2026-11",
        "2026-11-2",
        "26-11-24",
        "2026-11-31",
        "2025-02-29",
        "1900-02-29",
        "2026-00-01",
        "2026-13-01",
        "2026-01-00",
        "2026-01-32",
        "2026/11/24",
        "2026-11-24T",
        "2026-11-24T6:00",
        "2026-11-24T24:00",
        "2026-11-24T06:60",
        "2026-11-24T06:00:60",
        "2026-11-24T06:00:00+15:00",
        "2026-11-24T06:00:00+2",
        "2026-11-24T06:00:00z",
        " 2026-11-24",
        "2026-11-24 ",
        "2026-11-24x",
        "2026-11-24T06",
        "+026-11-24",
        "2026-11-24T06:00:00+02:60",
        "24.11.2026",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds;
        if (timestamp_parse(str_of(cases[i]), &seconds)) fail_msg("'%s' was read", cases[i]);
    }
}

// Against the C library over four centuries, and back.
static void test_round_trip(void **state)
{
    (void)state;
    for (int64_t seconds = -6000000000; seconds < 8000000000; seconds += 86399 * 61 + 7) {
        char text[21], want[32];
        time_t time = (time_t)seconds;
        struct tm parts;
        gmtime_r(&time, &parts);
        strftime(want, sizeof want, "%Y-%m-%dT%H:%M:%SZ", &parts);
        timestamp_format(seconds, text);
        assert_string_equal(text, want);
        int64_t back;
        assert_true(timestamp_parse(str_of(text), &back));
        assert_true(back == seconds);
    }
}

// The form of canonical records is read by a way of its own: it must agree with the other one, in
// and out of range, for any one byte that is changed.
static void test_canonical_form_is_read_as_any_other(void **state)
{
    (void)state;
    static const char *const starts[] = {"2026-11-24T06:00:07", "2024-02-29T23:59:59",
                                         "0000-01-28T00:00:00", "1999-12-31T19:09:10"};
    for (size_t start = 0; start < sizeof starts / sizeof *starts; start++) {
        for (int at = 0; at < 19; at++) {
            for (int byte = 1; byte < 256; byte++) {
                char canonical[21], other[25];
                memcpy(canonical, starts[start], 19);
                canonical[at] = (char)byte;
                memcpy(other, canonical, 19);
                memcpy(canonical + 19, "Z", 2);
                memcpy(other + 19, "+0000", 6);
                int64_t one = 0, two = 0;
                bool is_read = timestamp_parse(str_of(canonical), &one);
                assert_int_equal(timestamp_parse(str_of(other), &two), is_read);
                assert_true(!is_read || one == two);
            }
        }
    }
}

// What is outside of four digits still fits.
static void test_far_away(void **state)
{
    (void)state;
    static const int64_t far[] = {INT64_MIN, INT64_MIN / 1000, INT64_MAX / 1000, INT64_MAX};
    for (size_t i = 0; i < 4; i++) {
        char text[21];
        timestamp_format(far[i], text);
        assert_int_equal(strlen(text), 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_canonical_form_is_read_as_any_other),
        cmocka_unit_test(test_far_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
