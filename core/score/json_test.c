// Members of `extra` are found by loose names, undone of escapes; faults in the object end it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json.h"

static void members(void **state)
{
    (void)state;
    static const struct {
        const char *object, *name, *expected; // NULL = none
    } rows[] = {
        {"{\"a\":\"b\"}", "a", "b"},
        {"{ \"a\" : \"b\" , \"c\" : 12 }", "c", "12"},
        {"{\"Lead Status\":\"New\"}", "lead_status", "New"},
        {"{\"lead-status\":\"New\"}", "Lead Status", "New"},
        {"{\"a\":\"x\\\"y\\\\z\\n\"}", "a", "x\"y\\z\n"},
        {"{\"a\":\"\\u00e4\\u20AC\"}", "a", "ä€"},
        {"{\"a\":\"\\ud83d\\ude00\"}", "a", "\xF0\x9F\x98\x80"},
        {"{\"a\":\"\\ud83dx\"}", "a", "\xEF\xBF\xBDx"},
        {"{\"a\":\"\\u00\"}", "a",
         "\xEF\xBF\xBD"
         "00"},
        {"{\"\\u0061\":\"b\"}", "a", "b"},
        {"{\"a\":null,\"a\":\"b\"}", "a", "b"},
        {"{\"a\":\"1\",\"a\":\"2\"}", "a", "1"},
        {"{\"a\":true}", "a", "true"},
        {"{\"a\":[1,{\"c\":\"]\"}],\"b\":2}", "b", "2"},
        {"{\"a\":[1,{\"c\":\"]\"}],\"b\":2}", "c", NULL},
        {"{\"a\":[1,2]}", "a", "[1,2]"},
        {"{\"a\":\"b\"", "a", "b"},
        {"{\"a\":\"b", "a", NULL},
        {"{\"a\":}", "a", NULL},
        {"{\"a\"", "a", NULL},
        {"{\"a\":\"\\", "a", NULL},
        {"", "a", NULL},
        {"{}", "a", NULL},
        {"[]", "a", NULL},
        {"text", "a", NULL},
        {"{\"a\":\"\"}", "a", ""},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str wanted[] = {str_of("other"), str_of(rows[i].name)}, found[2];
        score_json_members(str_of(rows[i].object), wanted, 2, &arena, found);
        assert_null(found[0].data);
        if (!rows[i].expected) {
            assert_null(found[1].data);
            continue;
        }
        if (!found[1].data || !str_equal(found[1], str_of(rows[i].expected))) {
            fail_msg("%s: %.*s", rows[i].object, STR_ARG(found[1]));
        }
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(members)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
