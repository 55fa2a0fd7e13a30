// What is written must be JSON whatever the bytes, and be read back as it was.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json.h"

#include "utf8.h"

static void assert_written(str text, const char *want)
{
    struct buffer out = {0};
    json_add_string(&out, text);
    buffer_add_byte(&out, '\0');
    assert_string_equal(out.data, want);
    buffer_release(&out);
}

static void test_strings(void **state)
{
    (void)state;
    assert_written((str){0}, "\"\"");
    assert_written(STR("plain n\xC3\xA4me \xF0\x9F\x98\x80"),
                   "\"plain n\xC3\xA4me \xF0\x9F\x98\x80\"");
    assert_written(STR("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    assert_written(STR("\n\r\t\b\0\x1F\x7F"), "\"\\n\\r\\t\\u0008\\u0000\\u001f\\u007f\"");
    assert_written(STR("a\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7z"),
                   "\"a\\u2028\\u2029\xE2\x80\xA7z\"");
    assert_written(STR("\xE2\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_written(STR("x\xFFy\xC3"), "\"x\xEF\xBF\xBDy\xEF\xBF\xBD\"");
    assert_written(STR("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

// Eight plain bytes are passed at once: whatever is not plain is seen at every place among them.
static void test_places(void **state)
{
    (void)state;
    struct buffer alone = {0}, among = {0};
    for (int byte = 0; byte < 128; byte++) {
        char c = (char)byte;
        buffer_clear(&alone);
        json_add_string(&alone, (str){&c, 1});
        str written = {alone.data + 1, alone.len - 2};
        for (size_t at = 0; at < 16; at++) {
            char text[] = "!~ #[]^_`az{|}09";
            text[at] = c;
            buffer_clear(&among);
            json_add_string(&among, (str){text, 16});
            str inside = {among.data + 1, among.len - 2};
            assert_int_equal(inside.len, 15 + written.len);
            assert_memory_equal(inside.data, text, at);
            assert_memory_equal(inside.data + at, written.data, written.len);
            assert_memory_equal(inside.data + at + written.len, text + at + 1, 15 - at);
        }
    }
    buffer_release(&alone);
    buffer_release(&among);
}

static void test_names(void **state)
{
    (void)state;
    struct buffer out = {0};
    bool is_first = true;
    buffer_add_byte(&out, '{');
    json_add_name(&out, &is_first, STR("a"));
    buffer_add_byte(&out, '1');
    json_add_name(&out, &is_first, STR("b\""));
    json_add_string(&out, STR("x"));
    buffer_add_byte(&out, '}');
    assert_true(str_equal(buffer_str(&out), STR("{\"a\": 1, \"b\\\"\": \"x\"}")));
    buffer_release(&out);
}

static void test_members(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name, *value; // NULL: not there
    } cases[] = {
        {"{\"a\": \"x\", \"b\": 12}", "b", "12"},
        {"{\"a\": \"x\", \"b\": 12}", "a", "x"},
        {" { \"a\" : \"x\" } ", "A", "x"},
        {"{\"a\":null,\"b\":true}", "a", "null"},
        {"{\"a\":\"\"}", "a", ""},
        {"{\"a\":\"x,}\\\"y\",\"b\":\"z\"}", "b", "z"},
        {"{\"a\":\"x,}\\\"y\",\"b\":\"z\"}", "a", "x,}\"y"},
        {"{\"a\\nb\":\"z\"}", "a\nb", "z"},
        {"{\"a\":\"\\u00e4\\uD83D\\uDE00\\/\\n\\t\"}", "a", "\xC3\xA4\xF0\x9F\x98\x80/\n\t"},
        {"{\"a\":\"\\ud800x\"}", "a", "\xEF\xBF\xBDx"}, // half a pair
        {"{\"a\":\"\\ude00\"}", "a", "\xEF\xBF\xBD"},
        {"{\"a\":\"\\u12\"}", "a",
         "\xEF\xBF\xBD"
         "12"}, // no four digits
        {"{\"a\":\"1\",\"a\":\"2\"}", "a", "1"},
        {"{}", "a", NULL},
        {"", "a", NULL},
        {"[]", "a", NULL},
        {"x", "a", NULL},
        {"{\"a\"", "a", NULL},
        {"{\"a\":", "a", NULL},
        {"{\"a\":}", "a", NULL},
        {"{\"a", "a", NULL},
        {"{\"a\\", "a", NULL},
        {"{\"b\":1", "a", NULL},
        {"{\"b\":1,", "a", NULL},
        {"{b:1,\"a\":2}", "a", NULL},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str value;
        bool found = json_member(str_of(cases[i].text), str_of(cases[i].name), &arena, &value);
        assert_int_equal(found, cases[i].value != NULL);
        if (found) assert_true(str_equal(value, str_of(cases[i].value)));
    }
    arena_release(&arena);
}

// write, then read: the same text comes back; bytes that are not UTF-8 as U+FFFD.
static void test_round_trip(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buffer out = {0};
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        static const char alphabet[] = "ab\"\\,}{: \n\t\x01\x7F\xC3\xA4\xE2\x80\xA8u";
        char text[12];
        size_t len = (size_t)(i % 12);
        for (size_t at = 0; at < len; at++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            text[at] = alphabet[(seed >> 33) % (sizeof alphabet - 1)];
        }
        bool is_first = true;
        buffer_clear(&out);
        buffer_add_byte(&out, '{');
        json_add_name(&out, &is_first, (str){text, len});
        json_add_string(&out, (str){text, len});
        json_add_name(&out, &is_first, STR("last"));
        json_add_string(&out, STR("here"));
        buffer_add_byte(&out, '}');
        assert_true(utf8_is_valid(buffer_str(&out)));
        str value;
        assert_true(json_member(buffer_str(&out), STR("last"), &arena, &value));
        assert_true(str_equal(value, STR("here")) ||
                    str_equal_nocase((str){text, len}, STR("last")));
        if (!utf8_is_valid((str){text, len})) continue;
        assert_true(json_member(buffer_str(&out), (str){text, len}, &arena, &value));
        assert_true(str_equal(value, (str){text, len}));
        arena_reset(&arena);
    }
    buffer_release(&out);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),    cmocka_unit_test(test_places),
        cmocka_unit_test(test_names),      cmocka_unit_test(test_members),
        cmocka_unit_test(test_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
