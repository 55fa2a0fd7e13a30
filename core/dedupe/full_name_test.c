// A whole name must come apart where people would cut it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "full_name.h"

static void test_split(void **state)
{
    (void)state;
    static const struct {
        const char *full, *first, *last;
    } cases[] = {
        {"", "", ""},
        {"  ", "", ""},
        {",", "", ""},
        {"Berg", "", "Berg"},
        {"Dr.", "", "Dr."},
        {"Anna Berg", "Anna", "Berg"},
        {" Anna  Maria   Berg ", "Anna  Maria", "Berg"},
        {"Mr. John Doe", "John", "Doe"},
        {"Prof. Dr. Eva Maria Klein", "Eva Maria", "Klein"},
        {"Vincent van der Berg", "Vincent", "van der Berg"},
        {"van der Berg", "van", "der Berg"},
        {"Robert Downey Jr.", "Robert", "Downey Jr."},
        {"Robert Downey, Jr.", "Robert", "Downey Jr."},
        {"Anna Berg, PhD", "Anna", "Berg"},
        {"Anna Berg MBA", "Anna", "Berg"},
        {"Berg, Anna", "Anna", "Berg"},
        {"van der Berg, Anna Maria", "Anna Maria", "van der Berg"},
        {"Berg,", "", "Berg"},
        {", Anna", "Anna", ""},
        {"a b c d e f g h i j k l m n o p q r s", "a b c d e f g h i j k l m n o", "p q r s"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str first, last;
        full_name_split(str_of(cases[i].full), &arena, &first, &last);
        if (!str_equal(first, str_of(cases[i].first)) || !str_equal(last, str_of(cases[i].last)))
            fail_msg("%s: %.*s | %.*s", cases[i].full, STR_ARG(first), STR_ARG(last));
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_split)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
