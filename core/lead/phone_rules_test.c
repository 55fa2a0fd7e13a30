// Goal: a phone table or a hand-written list that is damaged is refused with its file, never obeyed
// and never a crash.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/lead/phone.h"

// Two countries: +47 with numbers 2d and 0 as trunk prefix, +881 without a country, 3d.
static const char small_table[] = "# a comment\n"
                                  "phones\t1\t1.0.0\t6\t2\t1\t2\n"
                                  "s\tNO.m\t-\n"
                                  "s\t-\t0123456789@1\n"
                                  "s\t-\t2@2 45@1\n"
                                  "s\t+\t-\n"
                                  "s\t-\t0@4\n"
                                  "s\t001.v\t-\n"
                                  "p\tNO\t47\t2,3\t3\t5\t1\t1\n"
                                  "p\t001\t881\t-\t0\t0\t0\t0\n"
                                  "n\t5\t0\t*\t0\t-\n"
                                  "c\t47\t1\t3\n"
                                  "c\t881\t2\t0\n";

static bool read_table(const char *text, struct phone_rules *rules, struct err *err)
{
    return phone_rules_read_table(rules, (struct rule_text){"small", str_of(text)}, err);
}

// The text with the first `from` replaced.
static char *replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    struct buffer out = {0};
    buffer_add(&out, (str){text, (size_t)(at - text)});
    buffer_add(&out, str_of(to));
    buffer_add(&out, str_of(at + strlen(from)));
    buffer_add_byte(&out, '\0');
    return out.data;
}

static void a_small_table_is_read(void **state)
{
    (void)state;
    struct phone_rules rules = {0};
    struct phone phone;
    assert_true(read_table(small_table, &rules, NULL));
    phone_parse(&rules, STR("+47 4"), STR(""), &phone);
    assert_int_equal(phone.level, PHONE_INVALID);
    assert_non_null(phone_rules_plan(&rules, STR("NO")));
    assert_non_null(phone_rules_plan(&rules, STR("no")));
    assert_null(phone_rules_plan(&rules, STR("SE")));
    assert_null(phone_rules_plan(&rules, STR("N")));
    assert_null(phone_rules_plan(&rules, STR("\xC3\xA4")));
    assert_null(phone_rules_plan(&rules, STR("")));
    phone_rules_release(&rules);
}

static const struct {
    const char *from, *to;
} damages[] = {
    {"phones\t1", "phones\t2"},
    {"phones\t1\t", "phones\t"},
    {"# a comment\nphones", "s\t-\t-\nphones"},
    {"\t6\t2\t1\t2", "\t5\t2\t1\t2"},
    {"\t6\t2\t1\t2", "\t7\t2\t1\t2"},
    {"\t6\t2\t1\t2", "\t6\t1\t1\t2"},
    {"\t6\t2\t1\t2", "\t6\t3\t1\t2"},
    {"\t6\t2\t1\t2", "\t6\t2\t0\t2"},
    {"\t6\t2\t1\t2", "\t6\t2\t2\t2"},
    {"\t6\t2\t1\t2", "\t6\t2\t1\t1"},
    {"\t6\t2\t1\t2", "\t6\t2\t1\t3"},
    {"\t6\t2\t1\t2", "\t70000\t2\t1\t2"},
    {"\t6\t2\t1\t2", "\t9999999\t2\t1\t2"},
    {"\t6\t2\t1\t2", "\t-6\t2\t1\t2"},
    {"2@2", "2@3"},        // to itself: a cycle
    {"2@2", "2@6"},        // forward
    {"2@2", "2@"},         // nowhere
    {"2@2", "@2"},         // no digit
    {"2@2", "x@2"},        // a letter
    {"2@2", "2-2"},        // no sign
    {"2@2 45", "2@2  45"}, // an empty run
    {"NO.m", "NO.x"},
    {"NO.m", "NO.-"},
    {"NO.m", "no.m"},
    {"NO.m", "NOR.m"},
    {"NO.m", "NO"},
    {"NO.m", ""},
    {"s\t-\t0@4\n", "s\t-\n"},
    {"s\t-\t0@4\n", "s\t-\t0@4\t\n"},
    {"s\t-\t0@4\n", "t\t-\t0@4\n"},
    {"p\tNO", "p\tNOR"},
    {"p\tNO", "p\t"},
    {"p\t001\t881", "p\tNO\t881"}, // a second plan of one region
    {"NO\t47", "NO\t0"},
    {"NO\t47", "NO\t047"},
    {"NO\t47", "NO\t1000"},
    {"NO\t47", "NO\t48"}, // a code without a line
    {"2,3", "2,18"},
    {"2,3", "2,,3"},
    {"\t3\t5\t1\t1", "\t7\t5\t1\t1"},
    {"\t3\t5\t1\t1", "\t3\t7\t1\t1"},
    {"\t3\t5\t1\t1", "\t3\t5\t2\t1"},
    {"\t3\t5\t1\t1", "\t3\t5\t0\t1"},
    {"\t3\t5\t1\t1", "\t3\t5\t1\t2"},
    {"n\t5", "n\t7"},
    {"n\t5\t0", "n\t5\t2"},
    {"\t*\t0\t-", "\t18\t0\t-"},
    {"\t*\t0\t-", "\t*\t18\t-"},
    {"\t*\t0\t-", "\t*\t0\t12345"},
    {"\t*\t0\t-", "\t*\t0\t1a"},
    {"c\t47\t1", "c\t47\t0"},
    {"c\t47\t1", "c\t47\t2"}, // another code's plan
    {"c\t47\t1", "c\t47\t9"},
    {"c\t47\t1\t3", "c\t47\t1\t7"},
    {"c\t881\t2\t0", "c\t47\t1\t3"}, // twice
    {"c\t881\t2\t0\n", ""},
};

static void damage_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct phone_rules rules = {0};
        struct err err = {0};
        char *text = replaced(small_table, damages[i].from, damages[i].to);
        if (read_table(text, &rules, &err)) fail_msg("%s -> %s", damages[i].from, damages[i].to);
        assert_int_equal(err.kind, ERR_RULES);
        assert_string_equal(err.file, "small");
        assert_true(err.text[0] && err.hint[0]);
        phone_rules_release(&rules);
        free(text);
    }
}

static void a_cut_table_is_refused(void **state)
{
    (void)state;
    // The last byte is a line end: without it the table is whole.
    for (size_t len = 0; len < sizeof small_table - 2; len++) {
        struct phone_rules rules = {0};
        struct err err = {0};
        struct rule_text cut = {"small", {small_table, len}};
        // A cut number may still be one: "c\t881\t2\t" has no start, "c\t88" no plan.
        assert_false(phone_rules_read_table(&rules, cut, &err));
        phone_rules_release(&rules);
    }
}

// The shipped table with a byte changed is refused or gives rules that are safe to use.
static void changed_bytes_do_no_harm(void **state)
{
    (void)state;
    struct rulebook book = {0};
    struct rule_text table;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    assert_true(rulebook_read(&book, STR("normalize/phones.table"), NULL, &table, &err));
    char *bytes = malloc(table.text.len);
    uint64_t seed = 88172645463325252u;
    size_t refused = 0;
    for (int round = 0; round < 200; round++) {
        memcpy(bytes, table.text.data, table.text.len);
        for (int change = 0; change < 1 + round % 3; change++) {
            seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
            bytes[seed % table.text.len] = "0123456789\t\n@*-+ps"[seed >> 40 & 15];
        }
        struct phone_rules rules = {0};
        struct rule_text changed = {"changed", {bytes, table.text.len}};
        if (phone_rules_read_table(&rules, changed, NULL)) {
            struct phone phone;
            phone_parse(&rules, STR("040 123 4567 ext 12"), STR("FI"), &phone);
            phone_parse(&rules, STR("011 15 2345-6789"), STR("AR"), &phone);
            phone_parse(&rules, STR("+44 (0)20 7946 0958"), STR(""), &phone);
            phone_parse(&rules, STR("0001234567890123456789012345"), STR("JP"), &phone);
        } else {
            refused++;
        }
        phone_rules_release(&rules);
    }
    assert_true(refused > 20);
    free(bytes);
    rulebook_release(&book);
}

// A folder of its own, so that what is read is what was written.
static void write_file(const char *folder, const char *name, const char *text)
{
    struct buffer path = {0};
    buffer_format(&path, "%s/%s", folder, name);
    buffer_add_byte(&path, '\0');
    FILE *file = fopen(path.data, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    buffer_release(&path);
}

static bool load_with(const char *name, const char *text, struct phone *phone, struct err *err)
{
    char folder[] = P_tmpdir "/phone_rules_XXXXXX", path[256];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/normalize", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    write_file(path, name, text);
    struct rulebook book = {0};
    struct phone_rules rules = {0};
    rulebook_add_dir(&book, folder);
    rulebook_add_dir(&book, "rules");
    bool ok = phone_rules_load(&rules, &book, err);
    if (ok) phone_parse(&rules, STR("+46 8 123 456 zzz 12"), STR(""), phone);
    phone_rules_release(&rules);
    rulebook_release(&book);
    snprintf(path, sizeof path, "%s/normalize/%s", folder, name);
    unlink(path);
    snprintf(path, sizeof path, "%s/normalize", folder);
    rmdir(path);
    rmdir(folder);
    return ok;
}

static void lists_can_be_extended_and_are_checked(void **state)
{
    (void)state;
    struct phone phone;
    struct err err = {0};
    assert_true(load_with("phones.words.tsv.local", "word\nzzz\n", &phone, &err));
    assert_string_equal(phone.ext, "12");
    static const char *const bad[] = {"52\t1N\tN5N",
                                      "52\t1N\tNN",
                                      "52\t[6-\tN",
                                      "52\t[]\tN",
                                      "52\t[9-6]\tN",
                                      "x\t1N\tN",
                                      "0\t1N\tN",
                                      "1000\t1N\tN",
                                      "52\t\tN",
                                      "52\t1N\t",
                                      "52\tNNNNNNNNNNNNNNNNNNNNN\tN"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[200];
        snprintf(text, sizeof text, "code\tfrom\tto\treason\n%s\tr\n", bad[i]);
        err = (struct err){0};
        if (load_with("phones.repairs.tsv.local", text, &phone, &err)) fail_msg("%s", bad[i]);
        assert_int_equal(err.kind, ERR_RULES);
        assert_string_equal(err.file, "normalize/phones.repairs.tsv");
    }
    err = (struct err){0};
    assert_false(load_with("phones.table", "phones\t1\n", &phone, &err));
    assert_int_equal(err.kind, ERR_RULES);
    assert_int_equal(err.line, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_table_is_read),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(a_cut_table_is_refused),
        cmocka_unit_test(changed_bytes_do_no_harm),
        cmocka_unit_test(lists_can_be_extended_and_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
