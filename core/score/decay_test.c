// Points fade as documented: half after a half-life, nothing after a fade, whole numbers, the same
// as the exact formula to the last point.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "decay.h"

static void known_values(void **state)
{
    (void)state;
    static const struct {
        enum decay_kind kind;
        int days, points, age, expected;
    } rows[] = {
        {DECAY_HALF_LIFE, 30, 16, 30, 8},    {DECAY_HALF_LIFE, 30, 16, 0, 16},
        {DECAY_HALF_LIFE, 30, 16, 60, 4},    {DECAY_HALF_LIFE, 30, 5, 30, 3},
        {DECAY_HALF_LIFE, 30, 1, 30, 1},     {DECAY_HALF_LIFE, 30, 1, 31, 0},
        {DECAY_HALF_LIFE, 30, -10, 90, -10}, {DECAY_HALF_LIFE, 30, 1000, 100000, 0},
        {DECAY_FADE, 60, 10, 30, 5},         {DECAY_FADE, 60, 10, 60, 0},
        {DECAY_FADE, 60, 10, 59, 0},         {DECAY_FADE, 60, 10, 57, 1},
        {DECAY_FADE, 60, 15, 30, 8},         {DECAY_FADE, 60, 10, 1000, 0},
        {DECAY_FADE, 60, -5, 30, -5},        {DECAY_NONE, 1, 7, 99, 7},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct score_left left = {0};
        struct score_decay decay = {rows[i].kind, rows[i].days * 1000, {0, -1}};
        assert_int_equal(score_decay_points(&decay, rows[i].points, rows[i].age, &left),
                         rows[i].expected);
    }
}

// The table and its interpolation against the formula; only values that are within the error of a
// half may round the other way.
static void near_the_formula(void **state)
{
    (void)state;
    struct score_left left = {0};
    for (int days = 1; days < 400; days += 7) {
        struct score_decay decay = {DECAY_HALF_LIFE, days * 1000, {0, -1}};
        int32_t before = 100;
        for (int age = 0; age < 1000; age++) {
            double exact = 100 * exp2(-(double)age / days);
            int32_t points = score_decay_points(&decay, 100, age, &left);
            assert_true(points <= before);
            assert_true(fabs(points - exact) < 0.503);
            before = points;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_values),
                                       cmocka_unit_test(near_the_formula)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
