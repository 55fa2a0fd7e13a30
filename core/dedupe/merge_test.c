// Which member stays and what it takes must follow the rules, line by line of dedupe.rules, and
// must not depend on the order of the members but where "the one that came first" decides.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/csv/writer.h"
#include "merge.h"

enum { COLUMNS = 20, MEMBERS_MAX = 4 };

static const str names[COLUMNS] = {{"lead_id", 7},       {"source", 6},
                                   {"source_name", 11},  {"source_campaign", 15},
                                   {"created_at", 10},   {"last_activity_at", 16},
                                   {"email", 5},         {"email_other", 11},
                                   {"phone", 5},         {"phone_ext", 9},
                                   {"opt_out", 7},       {"minutes", 7},
                                   {"notes", 5},         {"budget", 6},
                                   {"email_status", 12}, {"consent_at", 10},
                                   {"source_file", 11},  {"source_row", 10},
                                   {"consent", 7},       {"timeframe_days", 14}};

static struct columns *columns;

static int begin(void **state)
{
    (void)state;
    columns = columns_new(names, COLUMNS);
    return 0;
}

static int end(void **state)
{
    (void)state;
    columns_free(columns);
    return 0;
}

// A cluster, its rules and its members, given as COLUMN=VALUE pieces separated by |.
struct cluster {
    struct dedupe_rules rules;
    struct diagnostics diagnostics;
    struct rulebook book;
    struct merge_plan plan;
    struct arena arena;
    struct member members[MEMBERS_MAX];
    size_t count;
};

static void read_rules(struct cluster *cluster, const char *text)
{
    char path[] = "/tmp/leadpipe_test.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    fprintf(out, "key same is lead_id\n%s\n", text);
    fclose(out);
    struct err err = {0};
    bool ok = dedupe_rules_load(&cluster->rules, &cluster->book, path, &cluster->diagnostics, &err);
    remove(path);
    if (!ok) fail_msg("%s: %s", text, err.text);
    merge_plan_make(&cluster->plan, &cluster->rules, columns);
}

static void add_member(struct cluster *cluster, const char *given)
{
    str values[COLUMNS] = {{"", 0}}, rest = str_of(given), piece;
    for (size_t i = 0; i < COLUMNS; i++) values[i] = (str){"", 0};
    while (str_cut(&rest, '|', &piece)) {
        ptrdiff_t equals = str_find(piece, '=');
        if (equals < 0) continue;
        int column = columns_find(columns, str_first(piece, (size_t)equals));
        assert_true(column >= 0);
        values[column] = str_from(piece, (size_t)equals + 1);
    }
    struct buffer line = {0};
    for (size_t i = 0; i < COLUMNS; i++) {
        if (i) buffer_add_byte(&line, ',');
        csv_write_field(&line, values[i]);
    }
    buffer_add_byte(&line, '\n');
    str copy = arena_copy(&cluster->arena, buffer_str(&line));
    buffer_release(&line);
    merge_read(&cluster->plan, copy, &cluster->arena, &cluster->members[cluster->count++]);
}

static void make(struct cluster *cluster, const char *rules, const char *const given[])
{
    *cluster = (struct cluster){0};
    read_rules(cluster, rules);
    for (size_t i = 0; i < MEMBERS_MAX && given[i]; i++) add_member(cluster, given[i]);
}

static void release(struct cluster *cluster)
{
    merge_plan_release(&cluster->plan);
    dedupe_rules_release(&cluster->rules);
    diagnostics_release(&cluster->diagnostics);
    rulebook_release(&cluster->book);
    arena_release(&cluster->arena);
}

static void test_survivor(void **state)
{
    (void)state;
    static const struct {
        const char *rules;
        const char *members[MEMBERS_MAX];
        size_t want;
    } cases[] = {
        {"", {"lead_id=a", "lead_id=b|email=x"}, 0},
        {"prefer most filled", {"lead_id=a", "lead_id=b|email=x"}, 1},
        {"prefer most filled", {"lead_id=a|email=x", "lead_id=b|email=x"}, 0},
        {"prefer newest", {"created_at=2026-01-01", "created_at=2026-01-02", "email=x"}, 1},
        {"prefer newest", {"email=x", "created_at=2026-01-01"}, 1},
        {"prefer newest",
         {"created_at=2026-01-05", "created_at=2026-01-01|last_activity_at=2026-02-01"},
         1},
        {"prefer oldest", {"email=x", "created_at=2026-01-02", "created_at=2026-01-01"}, 2},
        {"prefer oldest", {"created_at=soon", "created_at=2026-01-02"}, 1},
        // By the instant, not by the text.
        {"prefer oldest",
         {"created_at=2026-01-01T10:00:00+00:00", "created_at=2026-01-01T11:00:00+02:00"},
         1},
        {"prefer source crm", {"source=ad", "source=crm", "source=crm|email=x"}, 1},
        {"prefer source crm, most filled", {"source=ad", "source=crm", "source=crm|email=x"}, 2},
        {"prefer most filled, newest",
         {"email=x|created_at=2026-01-01", "email=x|created_at=2026-01-03",
          "created_at=2026-01-09"},
         1},
        {"prefer source crm, source webinar", {"source=ad", "source=webinar"}, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cluster cluster;
        make(&cluster, cases[i].rules, cases[i].members);
        size_t got = merge_survivor(&cluster.plan, cluster.members, cluster.count);
        if (got != cases[i].want) fail_msg("%zu (%s): %zu", i, cases[i].rules, got);
        release(&cluster);
    }
}

// What the merged record has in one column.
struct field_case {
    const char *rules;
    const char *members[MEMBERS_MAX];
    const char *column, *want;
};

static void check_field(const struct field_case *wanted)
{
    struct cluster cluster;
    make(&cluster, wanted->rules, wanted->members);
    str out[COLUMNS];
    size_t survivor = merge_survivor(&cluster.plan, cluster.members, cluster.count);
    merge_fields(&cluster.plan, cluster.members, cluster.count, survivor, &cluster.arena, out);
    str got = out[columns_find(columns, str_of(wanted->column))];
    if (!str_equal(got, str_of(wanted->want))) {
        fail_msg("%s of '%s', '%s'...: '%.*s', not '%s'", wanted->column, wanted->members[0],
                 wanted->members[1], STR_ARG(got), wanted->want);
    }
    release(&cluster);
}

static void test_default_fill(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        {"", {"email=a@x.fi", "email=b@x.fi"}, "email", "a@x.fi"},
        {"", {"notes=n", "email=b@x.fi"}, "email", "b@x.fi"},
        {"", {"notes=n", "notes=m"}, "email", ""},
        // The next best, not the next.
        {"prefer newest",
         {"created_at=2026-03-01", "created_at=2026-01-01|notes=old",
          "created_at=2026-02-01|notes=new"},
         "notes",
         "new"},
        {"", {"budget=1", "budget=2"}, "budget", "1"}, // beyond the schema
        {"", {"notes=n", "budget=2"}, "budget", "2"},
        // What a record is stays its own, also when it is blank.
        {"", {"email=x", "lead_id=b"}, "lead_id", ""},
        {"", {"email=x", "source=ad"}, "source", ""},
        {"", {"email=x", "source_campaign=c"}, "source_campaign", ""},
        // Quoted values are merged without their quotes.
        {"", {"email=x", "notes=a \"b\", c\nd"}, "notes", "a \"b\", c\nd"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_field(&cases[i]);
}

static void test_takes(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        {"created_at takes oldest",
         {"created_at=2026-03-01", "created_at=2026-01-01", "created_at=2026-02-01"},
         "created_at",
         "2026-01-01"},
        {"created_at takes oldest",
         {"email=x", "created_at=2026-01-01"},
         "created_at",
         "2026-01-01"},
        {"created_at takes oldest",
         {"created_at=soon", "created_at=2026-01-01"},
         "created_at",
         "2026-01-01"},
        {"created_at takes oldest", {"created_at=soon", "created_at=later"}, "created_at", "soon"},
        {"created_at takes oldest",
         {"created_at=2026-01-01T10:00:00+00:00", "created_at=2026-01-01T11:00:00+02:00"},
         "created_at",
         "2026-01-01T11:00:00+02:00"},
        {"last_activity_at takes newest",
         {"last_activity_at=2026-03-01", "last_activity_at=2026-01-01"},
         "last_activity_at",
         "2026-03-01"},
        {"minutes takes most", {"minutes=9", "minutes=10"}, "minutes", "10"},
        {"minutes takes most", {"minutes=9", "minutes=many"}, "minutes", "9"},
        {"minutes takes most", {"minutes=0", "minutes="}, "minutes", "0"},
        {"minutes takes most", {"minutes=9", "minutes=18446744073709551716"}, "minutes", "9"},
        {"minutes takes sum per file",
         {"minutes=22|source_file=z.csv|source_row=2", "minutes=18|source_file=z.csv|source_row=3",
          "minutes=13|source_file=z.csv|source_row=11"},
         "minutes",
         "53"},
        // Another file may be the same report again, or another webinar: the most counts.
        {"minutes takes sum per file",
         {"minutes=22|source_file=z.csv|source_row=2", "minutes=18|source_file=z.csv|source_row=3",
          "minutes=30|source_file=y.csv|source_row=2"},
         "minutes",
         "40"},
        // One file given twice.
        {"minutes takes sum per file",
         {"minutes=22|source_file=z.csv|source_row=2", "minutes=22|source_file=z.csv|source_row=2",
          "minutes=18|source_file=z.csv|source_row=3"},
         "minutes",
         "40"},
        // Without files nobody knows whether they are stretches of one webinar.
        {"minutes takes sum per file", {"minutes=9", "minutes=many", "minutes=8"}, "minutes", "9"},
        {"minutes takes sum per file", {"minutes=many", "email=x"}, "minutes", "many"},
        {"minutes takes sum per file",
         {"minutes=999999999999999999|source_file=z", "minutes=999999999999999999|source_file=z"},
         "minutes",
         "1000000000000000000"},
        {"minutes takes least", {"minutes=9", "minutes=10", "minutes=0"}, "minutes", "0"},
        {"notes takes longest", {"notes=ab", "notes=abc", "notes=xyz"}, "notes", "abc"},
        // The survivor's own where it is as good.
        {"notes takes longest\nprefer newest",
         {"notes=abc|created_at=2026-01-01", "notes=xyz|created_at=2026-01-02"},
         "notes",
         "xyz"},
        {"opt_out takes all words",
         {"opt_out=email", "opt_out=phone email", "opt_out=all"},
         "opt_out",
         "email phone all"},
        {"opt_out takes all words", {"email=x", "email=y"}, "opt_out", ""},
        {"opt_out takes all words",
         {"opt_out=  email  phone ", "email=x"},
         "opt_out",
         "email phone"},
        {"notes takes longest\nnotes takes longest", {"notes=ab", "notes=abc"}, "notes", "abc"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_field(&cases[i]);
}

// What is no time goes by that of its record, and stays with the fuller one no more.
static void test_of_the_newest_record(void **state)
{
    (void)state;
    static const char consent[] = "prefer most filled\nconsent takes newest";
    static const char days[] = "prefer most filled\ntimeframe_days takes newest";
    static const struct field_case cases[] = {
        {consent,
         {"consent=yes|created_at=2024-01-01|notes=n|email=x", "consent=no|created_at=2026-01-01"},
         "consent",
         "no"},
        {consent,
         {"consent=yes|created_at=2024-01-01|consent_at=2023-05-01|email=x",
          "consent=no|created_at=2026-01-01"},
         "consent_at",
         ""},
        // The newest that says anything.
        {consent,
         {"consent=no|created_at=2024-01-01", "created_at=2026-01-01|notes=n|email=x"},
         "consent",
         "no"},
        {consent,
         {"consent=no|created_at=2024-01-01", "consent=perhaps|created_at=2026-01-01|notes=n"},
         "consent",
         "no"},
        {consent,
         {"consent=yes|created_at=2026-05-01|consent_at=2023-05-01|email=x",
          "consent=no|created_at=2023-01-01|consent_at=2025-05-01"},
         "consent",
         "no"},
        {consent,
         {"consent=yes|consent_at=2023-05-01|created_at=2026-05-01|email=x",
          "consent=no|created_at=2025-01-01"},
         "consent",
         "no"},
        // Without times the survivor's; no time is older than any.
        {consent, {"consent=no", "consent=yes|email=x"}, "consent", "yes"},
        {consent, {"consent=no|created_at=2020-01-01", "consent=yes|email=x"}, "consent", "no"},
        {"consent takes oldest",
         {"consent=no|created_at=2026-01-01", "consent=yes|created_at=2024-01-01", "consent=no"},
         "consent",
         "yes"},
        {days,
         {"timeframe_days=0|created_at=2023-01-01|email=x",
          "timeframe_days=360|created_at=2026-01-01"},
         "timeframe_days",
         "360"},
        {days,
         {"timeframe_days=30|created_at=2023-01-01", "timeframe_days=soon|created_at=2026-01-01"},
         "timeframe_days",
         "30"},
        {days, {"timeframe_days=soon", "timeframe_days=later"}, "timeframe_days", "soon"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_field(&cases[i]);
}

static void test_what_goes_with_what(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        // A verdict goes with the address it is about, also when it is blank.
        {"", {"email=a|email_status=risky", "email=b|email_status=valid"}, "email_status", "risky"},
        {"",
         {"notes=n|email_status=missing", "email=b|email_status=valid"},
         "email_status",
         "valid"},
        {"", {"email=a", "email=b|email_status=valid"}, "email_status", ""},
        {"", {"phone=+1", "phone=+2|phone_ext=9"}, "phone_ext", ""},
        {"", {"email=a", "phone=+2|phone_ext=9"}, "phone_ext", "9"},
        // Another address is kept beside the one that stays.
        {"", {"email=a@x.fi", "email=b@x.fi"}, "email_other", "b@x.fi"},
        {"", {"email=a@x.fi", "email=A@X.fi"}, "email_other", ""},
        {"", {"email=a@x.fi|email_other=c@x.fi", "email=b@x.fi"}, "email_other", "c@x.fi"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_field(&cases[i]);
}

static void test_touches(void **state)
{
    (void)state;
    static const char *const members[MEMBERS_MAX] = {
        "source_name=Zoom|source_campaign=May|created_at=2026-05-02|last_activity_at=2026-05-01",
        "source_name=Zoom|source_campaign=May", "source_name=Zoom|source_campaign=June",
        "source_name=ZoomMay"};
    struct cluster cluster;
    make(&cluster, "", members);
    assert_int_equal(merge_touches(&cluster.plan, cluster.members, 4), 3);
    assert_int_equal(merge_touches(&cluster.plan, cluster.members, 1), 1);
    str first = merge_first_touch(&cluster.plan, &cluster.members[0]);
    str last = merge_last_touch(&cluster.plan, &cluster.members[0]);
    assert_true(str_equal(first, STR("2026-05-01")));
    assert_true(str_equal(last, STR("2026-05-02")));
    assert_int_equal(merge_first_touch(&cluster.plan, &cluster.members[1]).len, 0);
    release(&cluster);
}

// Where the rules decide, the order of the members does not.
static void test_order_of_members(void **state)
{
    (void)state;
    static const char rules[] = "prefer most filled, newest\ncreated_at takes oldest\n"
                                "last_activity_at takes newest\nminutes takes most";
    static const char *const given[3] = {
        "lead_id=a|email=a@x.fi|created_at=2026-01-01|minutes=3|notes=n",
        "lead_id=b|phone=+2|created_at=2026-02-01|last_activity_at=2026-04-01|minutes=7",
        "lead_id=c|source=ad|created_at=2025-02-01"};
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    struct buffer want = {0};
    for (size_t order = 0; order < 6; order++) {
        const char *members[MEMBERS_MAX] = {given[orders[order][0]], given[orders[order][1]],
                                            given[orders[order][2]], NULL};
        struct cluster cluster;
        make(&cluster, rules, members);
        str out[COLUMNS];
        struct buffer got = {0};
        size_t survivor = merge_survivor(&cluster.plan, cluster.members, 3);
        merge_fields(&cluster.plan, cluster.members, 3, survivor, &cluster.arena, out);
        for (size_t i = 0; i < COLUMNS; i++) {
            buffer_add(&got, out[i]);
            buffer_add_byte(&got, '|');
        }
        if (order == 0) buffer_add(&want, buffer_str(&got));
        assert_true(str_equal(buffer_str(&got), buffer_str(&want)));
        buffer_release(&got);
        release(&cluster);
    }
    buffer_release(&want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_survivor),
        cmocka_unit_test(test_default_fill),
        cmocka_unit_test(test_takes),
        cmocka_unit_test(test_what_goes_with_what),
        cmocka_unit_test(test_touches),
        cmocka_unit_test(test_order_of_members),
        cmocka_unit_test(test_of_the_newest_record),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
