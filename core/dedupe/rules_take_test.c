// What the survivor takes must be read for what it says, and what cannot be, told where it stands.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "rules_test.h"

static void test_takes(void **state)
{
    (void)state;
    struct loaded loaded;
    load(&loaded, "key one is lead_id\n"
                  "block address is street + city\n"
                  "block address is street + postal_code # in its place\n"
                  "city takes most common\n"
                  "region takes from survivor\n"
                  "employees takes max\n"
                  "timeframe_days takes min\n"
                  "minutes takes sum\n"
                  "interest takes union\n"
                  "notes takes joined\n"
                  "opt_out takes union\n"
                  "extra takes union\n"
                  "minutes takes sum per file\n"
                  "address takes newest\n"
                  "block person is first_name + last_name\n"
                  "person takes most filled\n");
    const struct dedupe_rules *rules = &loaded.rules;
    assert_true(loaded.ok);
    static const enum take_kind takes[] = {TAKE_COMMON,  TAKE_SURVIVOR, TAKE_MOST,   TAKE_LEAST,
                                           TAKE_SUM,     TAKE_UNION,    TAKE_JOINED, TAKE_WORDS,
                                           TAKE_OBJECTS, TAKE_SUM_FILE};
    size_t count = sizeof takes / sizeof *takes;
    assert_int_equal(rules->take_count, count);
    for (size_t i = 0; i < count; i++) assert_int_equal(rules->takes[i].kind, takes[i]);
    assert_int_equal(rules->block_count, 2);
    assert_true(str_equal(rules->blocks[0].name, STR("address")));
    assert_int_equal(rules->blocks[0].column_count, 2);
    assert_true(str_equal(rules->blocks[0].columns[1], STR("postal_code")));
    assert_int_equal(rules->blocks[0].kind, TAKE_NEWEST);
    assert_int_equal(rules->blocks[1].kind, TAKE_FILL);
    release(&loaded);
}

// A file of one's own adds to the shipped one: its block stands in the place of that.
static void test_local(void **state)
{
    (void)state;
    struct loaded loaded;
    put_file("dedupe.rules.local", STR("block address is street\ncity takes longest\n"));
    load(&loaded, "key one is lead_id\nblock address is street + city\n");
    assert_true(loaded.ok);
    assert_int_equal(loaded.rules.block_count, 1);
    assert_int_equal(loaded.rules.blocks[0].column_count, 1);
    assert_int_equal(loaded.rules.take_count, 1);
    release(&loaded);
}

static void test_messages(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place, *message, *hint;
    } cases[] = {
        {"key a is email\nnotes takes most filled\n", "2:18", "filled", ""},
        {"key a is email\nnotes takes from\n", "2:17", "expected \"survivor\"", ""},
        {"key a is email\nextra takes joined\n", "2:13", "an object is no text", "union"},
        {"key a is email\nopt_out takes newest\n", "2:15", "an opt-out of any record stays",
         "all words"},
        {"key a is email\nblock\n", "2:6", "expected the block's name", ""},
        {"key a is email\nblock city is street\n", "2:7", "\"city\" is a column", ""},
        {"key a is email\nblock b street\n", "2:9", "expected \"is\"", ""},
        {"key a is email\nblock b is stret\n", "2:12", "no column called \"stret\"", "street"},
        {"key a is email\nblock b is city + city\n", "2:19", "has been said already", ""},
        {"key a is email\nblock b is city + source\n", "2:19", "is always the survivor's own", ""},
        {"key a is email\nblock b is opt_out\n", "2:12", "has been said already", ""},
        {"key a is email\ncity takes longest\nblock b is city\n", "3:12",
         "how \"city\" is taken has been said already", ""},
        {"key a is email\nblock b is city\nblock c is city\n", "3:12", "has been said already", ""},
        {"key a is email\nblock b is city\ncity takes longest\n", "3:1",
         "\"city\" is taken with the block \"b\"", "without it"},
        {"key a is email\nblock b is city\nb takes longest\n", "3:9", "a block takes most filled",
         ""},
        {"key a is email\nb takes longest\n", "2:1", "\"b\"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct loaded loaded;
        struct buffer out = {0};
        load(&loaded, cases[i].text);
        diagnostics_write(&loaded.diagnostics, &out);
        buffer_add_byte(&out, '\0');
        char place[100];
        snprintf(place, sizeof place, "dedupe.rules:%s: ", cases[i].place);
        if (loaded.ok || loaded.diagnostics.errors != 1 || !strstr(out.data, place) ||
            !strstr(out.data, cases[i].message) || !strstr(out.data, cases[i].hint)) {
            fail_msg("'%s': %s", cases[i].text, out.data);
        }
        buffer_release(&out);
        release(&loaded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_takes, empty_folder),
        cmocka_unit_test_teardown(test_local, empty_folder),
        cmocka_unit_test_teardown(test_messages, empty_folder),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
