// A saved profile must read back to the understanding that it was made of.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "profile.h"
#include "sources_parse.h"

static struct rulebook book;

static bool load(struct knowledge *knowledge, const char *rules)
{
    struct diagnostics diagnostics = {0};
    struct err err = {0};
    *knowledge = (struct knowledge){0};
    bool ok = knowledge_load(knowledge, &book, &diagnostics, &err);
    if (ok && rules) {
        sources_parse(&knowledge->sources, (struct rule_text){"saved.rules", str_of(rules)},
                      &diagnostics);
        ok = diagnostics_ok(&diagnostics, &err);
    }
    if (!ok) print_message("%s:%ld: %s\n", err.file, err.line, err.text);
    diagnostics_release(&diagnostics);
    return ok;
}

static int set_up(void **state)
{
    (void)state;
    rulebook_add_dir(&book, "rules");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    rulebook_release(&book);
    return 0;
}

static bool make(struct export_plan *plan, const struct knowledge *knowledge,
                 const struct export_options *options, const char *text)
{
    struct err err = {0};
    *plan = (struct export_plan){0};
    bool ok = plan_make(plan, knowledge, options, str_of(text), true, "in/scans.csv",
                        STR("scans.csv"), &err);
    if (!ok) print_message("%s\n", err.text);
    return ok;
}

// What asking for a field in this order of words does.
static const struct export_mapping mappings[] = {
    {{"Who", 3}, {"full_name", 9}}, {{"Cell", 4}, {"phone", 5}}, {{"column 2", 8}, {"rating", 6}}};

#define NO_OPTIONS                                                                                 \
    {                                                                                              \
        .source = { "", 0 }                                                                        \
    }

static const struct {
    const char *name, *text;
    struct export_options options;
    const char *want; // a line of the rules
} cases[] = {
    {"known headers", "Name,Email,Phone\nAda Berg,a@x.fi,040 1234567\n", NO_OPTIONS,
     "column \"Phone\" is phone"},
    {"quotes, backslashes and line ends in headers",
     "\"The \"\"boss\"\" C:\\\",Email,\"Notes\nfor us\"\nAda,a@x.fi,hello\n", NO_OPTIONS,
     "column \"The \\\"boss\\\" C:\\\\\" is extra"},
    {"a header twice", "Name,Email,Email,,\nAda Berg,a@x.fi,b@x.fi,,x\n", NO_OPTIONS,
     "column \"Email 2\" is email"},
    {"ranked phones", "Other Phone,Work Phone,Direct Phone,Email\n1,2,3,a@x.fi\n", NO_OPTIONS,
     "column \"Direct Phone\" is phone"},
    {"as the user says",
     "Who,Cell,Email\nAda Berg,040 1234567,a@x.fi\n",
     {.mappings = mappings,
      .mapping_count = 2,
      .country = {"FI", 2},
      .dates = DATE_DAY_FIRST,
      .source = {"trade_show", 10},
      .source_name = {"Booth \"4\"", 9}},
     "name \"Booth \\\"4\\\"\""},
    {"a known system",
     "id\tcreated_time\tad_id\tform_id\tis_organic\tphone_number\temail\n"
     "l:1\t2026-01-02\t1\t2\ttrue\tp:+358401234567\ta@x.fi\n",
     NO_OPTIONS, "id column \"id\" without prefix \"l:\""},
    {"several tables",
     "Report\nTopic,Webinar ID\nLaunch,12\nHost Details,\nUser Name,Email\nHo,h@x.fi\nAttendee "
     "Details,\nAttended,First Name,Last Name,Email,Registration Time,Approval Status,Time in "
     "Session (minutes)\nYes,Ada,Berg,a@x.fi,\"Mar 22, 2025 19:13:27\",approved,12\n",
     NO_OPTIONS, "table \"Attendee Details\""},
    {"dates that show no order", "Nimi,Email,Pvm\nAda Berg,a@x.fi,1/2/2026\n", NO_OPTIONS,
     "dates day first"},
    {"no header",
     "Ada Berg,17,a@x.fi\nOtso Laine,18,b@x.fi\n",
     {.mappings = mappings + 2, .mapping_count = 1},
     "column \"column 2\" is rating"},
};

static void test_reads_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct knowledge before_knowledge, after_knowledge;
        struct export_plan before, after;
        struct buffer rules = {0}, differences = {0};
        struct export_options options = {0};
        assert_true(load(&before_knowledge, NULL));
        assert_true(make(&before, &before_knowledge, &cases[i].options, cases[i].text));
        profile_write(&before, STR("saved"), &rules);
        buffer_add_byte(&rules, '\0');
        if (!strstr(rules.data, cases[i].want)) fail_msg("%s: %s", cases[i].name, rules.data);
        // The shipped ones stay: what is saved must win over them by its headers.
        if (!load(&after_knowledge, rules.data)) fail_msg("%s: %s", cases[i].name, rules.data);
        if (!before.has_header) options.source = STR("saved");
        assert_true(make(&after, &after_knowledge, &options, cases[i].text));
        bool is_known = after.profile && str_equal(after.profile->name, STR("saved"));
        if (!is_known) fail_msg("%s: not recognised", cases[i].name);
        if (!profile_reads_back(&before, &after, &differences)) {
            fail_msg("%s: %.*s", cases[i].name, STR_ARG(buffer_str(&differences)));
        }
        plan_release(&before);
        plan_release(&after);
        knowledge_release(&before_knowledge);
        knowledge_release(&after_knowledge);
        buffer_release(&rules);
        buffer_release(&differences);
    }
}

// And it must say so where the understanding is another one.
static void test_differences(void **state)
{
    (void)state;
    struct knowledge knowledge;
    struct export_plan before, after;
    struct buffer differences = {0};
    struct export_options none = {0},
                          asked = {.mappings = mappings, .mapping_count = 1, .country = STR("SE")};
    const char *text = "Who,Name,Email\nOtso,Ada Berg,a@x.fi\n";
    assert_true(load(&knowledge, NULL));
    assert_true(make(&before, &knowledge, &none, text));
    assert_true(make(&after, &knowledge, &asked, text));
    assert_false(profile_reads_back(&before, &after, &differences));
    buffer_add_byte(&differences, '\0');
    assert_non_null(strstr(differences.data, "country: '' is now 'SE'"));
    assert_non_null(strstr(differences.data, "field: 'extra' is now 'full_name'"));
    assert_non_null(strstr(differences.data, "column 'Who'"));
    buffer_release(&differences);
    plan_release(&before);
    plan_release(&after);
    knowledge_release(&knowledge);
}

static void test_names(void **state)
{
    (void)state;
    static const char *const good[] = {"booth", "Booth-4", "x", "fair_2026"};
    static const char *const bad[] = {"", "4booth", "a b", "../x", "a/b", "webinar", "å", "a.b"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(profile_name_is_good(str_of(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(profile_name_is_good(str_of(bad[i])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_back),
        cmocka_unit_test(test_differences),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
