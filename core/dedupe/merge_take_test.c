// What a column takes beyond the survivor's own: the words of "takes", blocks, what is made of
// several values.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "merge_test.h"

static void test_most_common(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        {"city takes most common", {"city=Turku", "city=Oulu", "city=Oulu"}, "city", "Oulu"},
        {"city takes most common", {"city=Turku", "city=Oulu"}, "city", "Turku"},
        {"city takes most common\nprefer newest",
         {"city=Turku|created_at=2026-01-01", "city=Oulu|created_at=2026-02-01",
          "city=Rauma|created_at=2026-01-15"},
         "city",
         "Oulu"},
        // Blanks are no value; of equals that of the survivor, else of the better record.
        {"city takes most common", {"email=x", "email=y", "city=Oulu"}, "city", "Oulu"},
        {"city takes most common\nprefer newest",
         {"email=x|created_at=2026-05-01", "city=Turku|created_at=2026-01-01",
          "city=Oulu|created_at=2026-02-01"},
         "city",
         "Oulu"},
        {"city takes most common", {"email=x", "email=y"}, "city", ""},
        // A verdict goes with the value.
        {"email takes most common",
         {"email=a|email_status=risky", "email=b|email_status=valid", "email=b"},
         "email_status",
         "valid"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_field(&cases[i]);
}

static void test_from_survivor(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        {"city takes from survivor", {"email=x", "city=Oulu"}, "city", ""},
        {"city takes from survivor\nprefer newest",
         {"city=Turku|created_at=2026-01-01", "city=Oulu|created_at=2026-02-01"},
         "city",
         "Oulu"},
        {"employees takes max\nminutes takes max", {"minutes=9", "minutes=10"}, "minutes", "10"},
        {"minutes takes min", {"minutes=9", "minutes=10"}, "minutes", "9"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_field(&cases[i]);
}

// The parts of an address come from one record.
static void test_blocks(void **state)
{
    (void)state;
    static const char address[] = "block address is street + city + postal_code + country";
    static const char newest[] = "block address is street + city + postal_code + country\n"
                                 "address takes newest";
    static const char survivor[] = "block address is street + city + postal_code + country\n"
                                   "address takes from survivor";
    static const char a[] = "street=Main 1|city=Turku|created_at=2026-01-01|country=FI";
    static const char b[] =
        "city=Oulu|postal_code=90100|created_at=2026-02-01|country=SE|street=K 2";
    static const char c[] = "city=Rauma|created_at=2026-03-01";
    static const char no_address[] = "email=x|country=DE|created_at=2026-04-01";
    static const struct field_case cases[] = {
        {address, {a, b}, "street", "K 2"},
        {address, {a, b}, "country", "SE"},
        {address, {a, c}, "postal_code", ""},
        {address, {"street=Main 1|city=Turku", "city=Oulu|postal_code=90100"}, "postal_code", ""},
        {address, {"street=Main 1|city=Turku", "city=Oulu|postal_code=90100"}, "street", "Main 1"},
        {address, {"city=Oulu|postal_code=90100", "city=Oulu|street=K 2"}, "street", "K 2"},
        // Of equals the survivor's, then the better record's.
        {"block address is street + city\nprefer newest",
         {"email=x|created_at=2026-09-01", "city=Turku|created_at=2026-01-01",
          "city=Oulu|created_at=2026-02-01"},
         "city",
         "Oulu"},
        // A country that a number told is no address, but better than none.
        {address, {no_address, a}, "country", "FI"},
        {address, {no_address, c}, "city", "Rauma"},
        {address, {no_address, c}, "country", "DE"},
        {address, {no_address, "email=y"}, "country", "DE"},
        {newest, {a, b, c}, "city", "Rauma"},
        {newest, {a, b, c}, "street", ""},
        {newest, {a, b, no_address}, "city", "Oulu"},
        {"block address is street + city\naddress takes oldest", {b, a, c}, "city", "Turku"},
        {survivor, {c, a, b}, "street", ""},
        {survivor, {c, a, b}, "city", "Rauma"},
        {survivor, {c, a, b}, "country", ""},
        // A verdict goes with its value, and so does the other address.
        {"block contact is email + phone",
         {"email=a|email_status=risky|email_other=x",
          "email=b|phone=+2|email_status=valid|email_other=y"},
         "email_status",
         "valid"},
        {"block contact is email + phone",
         {"email=a|email_status=risky|email_other=x",
          "email=b|phone=+2|email_status=valid|email_other=y"},
         "email_other",
         "y"},
        {"block contact is email + phone",
         {"email=a|phone_ext=5", "email=b|phone=+2|phone_ext=7"},
         "phone_ext",
         "7"},
        // Without such a line each is filled for itself.
        {"", {"street=Main 1|city=Turku", "city=Oulu|postal_code=90100"}, "postal_code", "90100"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_field(&cases[i]);
}

static void test_union(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        {"interest takes union",
         {"interest=Racks", "email=x", "interest=Lifts; Racks"},
         "interest",
         "Racks; Lifts"},
        {"interest takes union", {"interest= Racks ", "email=x"}, "interest", " Racks "},
        {"interest takes union", {"interest=Racks", "interest=Racks"}, "interest", "Racks"},
        {"interest takes union", {"email=x", "email=y"}, "interest", ""},
        {"interest takes union\nprefer newest",
         {"interest=A;;B|created_at=2026-01-01", "interest=D|created_at=2026-03-01",
          "interest=C|created_at=2026-02-01"},
         "interest",
         "D; C; A; B"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_field(&cases[i]);
}

static void test_objects(void **state)
{
    (void)state;
    static const struct {
        const char *texts[3], *want;
    } cases[] = {
        {{"{\"a\": \"1\"}", "{\"b\": 2}", NULL}, "{\"a\": \"1\", \"b\": 2}"},
        {{"{\"a\":\"1\",\"b\":\"2\"}", "{\"b\": 3, \"c\":null}", "{ }"},
         "{\"a\": \"1\", \"b\": \"2\", \"c\": null}"},
        {{"{\"a, }\": \"\\\"{\\\\\"}", "{\"b\": [1, {\"c\": \"]\"}], \"d\": {}}", NULL},
         "{\"a, }\": \"\\\"{\\\\\", \"b\": [1, {\"c\": \"]\"}], \"d\": {}}"},
        {{"{}", "{}", NULL}, "{}"},
        {{"{\"a\": 1}", "text", NULL}, ""},
        {{"{\"a\": 1", "{}", NULL}, ""},
        {{"{\"a\" 1}", "{}", NULL}, ""},
        {{"{\"a\": \"}", "{}", NULL}, ""},
        {{"{\"a\": }", "{}", NULL}, ""},
        {{"{\"a\": [}", "{}", NULL}, ""},
        {{"{\"a\": [1", "{}", NULL}, ""},
        {{"{\"a\": \"1\"", "{}", NULL}, ""},
        {{"{\"a\": [{]}}", "{}", NULL}, ""},
        {{"{\"a\": ]}", "{}", NULL}, ""},
        {{"{\"a\": 1} {}", "{}", NULL}, ""},
        {{"", "{}", NULL}, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        str texts[3];
        size_t count = 0;
        for (; count < 3 && cases[i].texts[count]; count++) {
            texts[count] = str_of(cases[i].texts[count]);
        }
        str got = merge_objects(texts, count, &arena);
        if (!str_equal(got, str_of(cases[i].want))) fail_msg("%zu: %.*s", i, STR_ARG(got));
        arena_release(&arena);
    }
}

static void test_joined_notes(void **state)
{
    (void)state;
    static const char joined[] = "notes takes joined";
    static const struct field_case cases[] = {
        {joined, {"notes=a \"b\", c", "email=x"}, "notes", "a \"b\", c"},
        {joined, {"notes= a ", "notes=a"}, "notes", " a "},
        {joined, {"email=x", "email=y"}, "notes", ""},
        // The oldest first, from where and when; without a time last.
        {joined,
         {"notes=call|source_name=Fair|created_at=2026-03-02T10:00:00", "notes=x|source=ad",
          "notes=quote, please|source_name=Zoom|created_at=2026-01-09", "notes=y"},
         "notes",
         "Zoom 2026-01-09: quote, please | Fair 2026-03-02: call | ad: x | y"},
        // One text of two sources once.
        {joined,
         {"notes=call|source_name=Fair|created_at=2026-03-02", "notes=call|source_name=Zoom",
          "notes=b|source_name=Zoom"},
         "notes",
         "Fair 2026-03-02: call | Zoom: b"},
        // What was joined before, joined again.
        {joined,
         {"notes=Zoom 2026-01-09: a \\ Fair: b|source_name=Zoom|created_at=2026-01-09",
          "notes=a|source_name=Zoom|created_at=2026-01-09",
          "notes=c|source_name=Fair|created_at=2026-02-01"},
         "notes",
         "Zoom 2026-01-09: a | Fair: b | Fair 2026-02-01: c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_field(&cases[i]);
}

// However many there are, the field stays one that people can read.
static void test_many_notes(void **state)
{
    (void)state;
    enum { MANY = 2000 };
    struct cluster cluster = {0};
    read_rules(&cluster, "notes takes joined");
    struct member *members = memory_zeroed(MANY, sizeof *members);
    for (size_t i = 0; i < MANY; i++) {
        char given[64];
        snprintf(given, sizeof given, "notes=note number %zu|source=ad", i);
        cluster.count = 0;
        add_member(&cluster, given);
        members[i] = cluster.members[0];
    }
    str out[COLUMNS];
    merge_fields(&cluster.plan, members, MANY, 0, &cluster.arena, out);
    str notes = out[columns_find(columns, STR("notes"))];
    assert_in_range(notes.len, 15000, 17000);
    assert_true(str_starts(notes, STR("ad: note number 0 | ad: note number 1 | ")));
    assert_true(str_ends(notes, STR(" more")));
    memory_free(members);
    release(&cluster);
}

// Two files may have one name: their rows are of two events.
static void test_files_of_one_name(void **state)
{
    (void)state;
    static const char per_file[] = "minutes takes sum per file";
    static const char z[] = "minutes=22|source_file=z.csv|source_row=2|source_campaign=May|"
                            "last_activity_at=2026-05-04T14:22:00";
    static const char z2[] = "minutes=18|source_file=z.csv|source_row=3|source_campaign=May|"
                             "last_activity_at=2026-05-04T14:41:00";
    static const char june[] = "minutes=30|source_file=z.csv|source_row=4|source_campaign=May|"
                               "last_activity_at=2026-06-04T14:41:00";
    static const struct field_case cases[] = {
        {per_file,
         {z, z2, "minutes=30|source_file=z.csv|source_row=4|source_campaign=June"},
         "minutes",
         "40"},
        {per_file,
         {z, z2, "minutes=30|source_file=z.csv|source_row=4|source_name=Teams"},
         "minutes",
         "40"},
        {per_file, {z, june, z2}, "minutes", "40"},
        // After midnight it is the same evening.
        {per_file,
         {z, "minutes=9|source_file=z.csv|source_row=3|source_campaign=May|"
             "last_activity_at=2026-05-05T00:10:00"},
         "minutes",
         "31"},
        // Where a row does not say when, nothing tells the events apart.
        {per_file,
         {z, z2, june, "minutes=1|source_file=z.csv|source_row=9|source_campaign=May"},
         "minutes",
         "71"},
        // The report once more, with a line in front: the same stretches.
        {per_file,
         {z, z2,
          "minutes=22|source_file=z.csv|source_row=7|source_campaign=May|"
          "last_activity_at=2026-05-04T14:22:00",
          "minutes=18|source_file=z.csv|source_row=8|source_campaign=May|"
          "last_activity_at=2026-05-04T14:41:00"},
         "minutes",
         "40"},
        // Days alone do not tell stretches apart.
        {per_file,
         {"minutes=5|source_file=z.csv|source_row=2|last_activity_at=2026-05-04",
          "minutes=5|source_file=z.csv|source_row=3|last_activity_at=2026-05-04"},
         "minutes",
         "10"},
        {"minutes takes sum", {z, june, z2}, "minutes", "70"},
        {"minutes takes sum", {"minutes=9", "minutes=many", "minutes=8"}, "minutes", "17"},
        {"minutes takes sum", {z, z, z2}, "minutes", "40"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_field(&cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_most_common), cmocka_unit_test(test_from_survivor),
        cmocka_unit_test(test_blocks),      cmocka_unit_test(test_objects),
        cmocka_unit_test(test_union),       cmocka_unit_test(test_joined_notes),
        cmocka_unit_test(test_many_notes),  cmocka_unit_test(test_files_of_one_name),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
