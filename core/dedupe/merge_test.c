// Which member stays and what it takes must follow the rules, line by line of dedupe.rules, and
// must not depend on the order of the members but where "the one that came first" decides.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "merge_test.h"

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
        {"", {"email=a@x.fi", "email=b@x.fi|email_other=a@x.fi"}, "email_other", "b@x.fi"},
        {"", {"email=a@x.fi", "email=b@x.fi|email_other=c@x.fi"}, "email_other", "b@x.fi"},
        {"", {"email=a@x.fi|email_other=A@x.fi", "email=b@x.fi"}, "email_other", "b@x.fi"},
        {"", {"email_other=c@x.fi", "notes=n"}, "email_other", "c@x.fi"},
        // The other address of the record whose address was taken.
        {"email takes longest",
         {"email=a|email_other=c", "email=bb|email_other=d", "email=e"},
         "email_other",
         "d"},
        {"prefer newest",
         {"email=a|created_at=2026-09-01", "email=b|created_at=2026-01-01",
          "email=c|created_at=2026-02-01"},
         "email_other",
         "c"},
        {"email_other takes longest",
         {"email=a|email_other=c", "email=b|email_other=dd"},
         "email_other",
         "dd"},
        {"opt_out takes all words", {"phone=+1", "phone=+2"}, "phone_other", "+2"},
        {"", {"phone=+1|mobile=+3", "mobile=+2"}, "phone_other", "+2"},
        {"", {"phone=+1|mobile=+3", "phone=+3|mobile=+1"}, "phone_other", ""},
        {"", {"phone=+1|phone_other=+4", "phone=+2"}, "phone_other", "+4"},
        {"", {"phone=+1", "phone=+1|phone_other=+1|mobile=+5"}, "phone_other", ""},
        {"phone takes longest",
         {"phone=+1|phone_ext=7|phone_status=bad", "phone=+22|phone_status=valid"},
         "phone_ext",
         ""},
        {"phone takes longest",
         {"phone=+1|phone_ext=7|phone_status=bad", "phone=+22|phone_status=valid"},
         "phone_status",
         "valid"},
        // An opt-out of any stays, whatever the rules.
        {"", {"opt_out=phone", "opt_out=email"}, "opt_out", "phone email"},
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
