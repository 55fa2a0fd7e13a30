// Result files of verifiers: whose they are, what they mean, which of several counts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "email_rules_test.h"
#include "verdicts.h"

enum { TODAY = 20000, DAYS_MAX = 90, FILE_DAY = 19990 }; // 2024-10-04

static struct verdicts verdicts;
static char path[] = "/tmp/verdicts_test.XXXXXX";

static int setup(void **state)
{
    int file = mkstemp(path);
    if (file < 0) return -1;
    close(file);
    return load_rules(state);
}

static int teardown(void **state)
{
    unlink(path);
    return release_rules(state);
}

static int begin(void **state)
{
    (void)state;
    struct err err = {0};
    return verdicts_load(&verdicts, &book, rules, &providers, &err) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    verdicts_release(&verdicts);
    arena_reset(&arena);
    return 0;
}

static bool has_day = true;

static bool read_bytes(str text, struct err *err)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text.data, 1, text.len, file), text.len);
    fclose(file);
    struct verdict_file given = {
        .path = path, .today = TODAY, .days_max = DAYS_MAX, .day = FILE_DAY, .has_day = has_day};
    return verdicts_read(&verdicts, &given, err);
}

static void read_text(const char *text)
{
    struct err err = {0};
    if (!read_bytes(str_of(text), &err)) fail_msg("%s\n%s", err.text, text);
}

// "status reasons flags suggestion checked" of an address.
static void check(const char *address, const char *expected)
{
    struct email_verdict verdict;
    str typed = str_of(address), checked = STR("offline");
    email_check(worker, typed, &arena, &verdict);
    const struct verdict_found *found = verdicts_find(&verdicts, typed, &arena);
    if (found) {
        verdicts_apply(&verdicts, found, typed, &arena, &verdict);
        checked = verdicts_checked(found, &arena);
    }
    str line = arena_format(&arena, "%s|%.*s|%.*s|%.*s|%.*s",
                            email_status_name(verdict.status).data, STR_ARG(verdict.reasons),
                            STR_ARG(verdict.flags), STR_ARG(verdict.suggestion), STR_ARG(checked));
    if (!str_equal(line, str_of(expected))) {
        fail_msg("%s: %.*s, not %s", address, STR_ARG(line), expected);
    }
    bool is_bare = verdict.status == EMAIL_VALID;
    assert_int_equal(verdict.reason.len == 0, is_bare);
}

static void test_zerobounce(void **state)
{
    (void)state;
    read_text("\"Email Address\",\"ZB Status\",\"ZB Sub Status\",\"ZB Did You Mean\"\n"
              "\"ok@firma.fi\",\"valid\",\"\",\"\"\n"
              "\"none@nokia.fi\",\"Valid\",\"\",\"\"\n"
              "\"gone@firma.fi\",\"invalid\",\"mailbox_not_found\",\"\"\n"
              "\"full@firma.fi\",\"invalid\",\"mailbox_quota_exceeded\",\"\"\n"
              "\"any@firma.fi\",\"catch-all\",\"\",\"\"\n"
              "\"trap@firma.fi\",\"spamtrap\",\"\",\"\"\n"
              "\"angry@firma.fi\",\"abuse\",\"\",\"\"\n"
              "\"no@firma.fi\",\"do_not_mail\",\"global_suppression\",\"\"\n"
              "\"sales@firma.fi\",\"do_not_mail\",\"role_based\",\"\"\n"
              "\"temp@firma.fi\",\"do_not_mail\",\"disposable\",\"\"\n"
              "\"slow@firma.fi\",\"unknown\",\"timeout_exceeded\",\"\"\n"
              "\"jo@gmail.co\",\"valid\",\"\",\"\"\n"
              "\"jo@firma.fo\",\"invalid\",\"possible_typo\",\"jo@firma.fi\"\n");
    check("ok@firma.fi", "valid||corporate||zerobounce 2024-09-24");
    check("OK@Firma.FI", "valid||corporate||zerobounce 2024-09-24");
    check("none@nokia.fi", "valid||corporate||zerobounce 2024-09-24");
    check("gone@firma.fi", "invalid|undeliverable|||zerobounce 2024-09-24");
    check("full@firma.fi", "risky|mailbox_full|corporate||zerobounce 2024-09-24");
    check("any@firma.fi", "risky|catch_all|corporate||zerobounce 2024-09-24");
    check("trap@firma.fi", "invalid|spam_trap|||zerobounce 2024-09-24");
    check("angry@firma.fi", "risky|complainer|corporate||zerobounce 2024-09-24");
    check("no@firma.fi", "risky|do_not_mail|corporate||zerobounce 2024-09-24");
    check("sales@firma.fi", "risky|role|role corporate||zerobounce 2024-09-24");
    check("temp@firma.fi", "risky|disposable|disposable||zerobounce 2024-09-24");
    check("slow@firma.fi", "valid||corporate||offline");
    check("jo@gmail.co", "valid||corporate||zerobounce 2024-09-24");
    check("jo@firma.fo", "invalid|undeliverable||jo@firma.fi|zerobounce 2024-09-24");
    check("new@firma.fi", "valid||corporate||offline");
    assert_int_equal(verdicts.unknown, 0);
}

static void test_neverbounce(void **state)
{
    (void)state;
    read_text("id,name,email,email_status\n1,A,a@firma.fi,valid\n2,B,b@firma.fi,invalid\n"
              "3,C,c@firma.fi,catchall\n4,D,d@firma.fi,disposable\n5,E,e@firma.fi,unknown\n");
    check("a@firma.fi", "valid||corporate||neverbounce 2024-09-24");
    check("b@firma.fi", "invalid|undeliverable|||neverbounce 2024-09-24");
    check("c@firma.fi", "risky|catch_all|corporate||neverbounce 2024-09-24");
    check("d@firma.fi", "risky|disposable|disposable||neverbounce 2024-09-24");
    check("e@firma.fi", "valid||corporate||offline");
    read_text("email,result\na@firma.fi,1\nf@firma.fi,0\n");
    check("a@firma.fi", "invalid|undeliverable|||neverbounce 2024-09-24");
    check("f@firma.fi", "valid||corporate||neverbounce 2024-09-24");
}

static void test_kickbox(void **state)
{
    (void)state;
    read_text("\xEF\xBB\xBF"
              "Email;Result;Reason;Sendex\r\na@firma.fi;deliverable;accepted_email;0,98\r\n"
              "b@firma.fi;undeliverable;rejected_email;0\r\n"
              "c@firma.fi;risky;low_deliverability;0,4\r\nd@firma.fi;risky;low_quality;0,4\r\n"
              "e@firma.fi;unknown;timeout;0\r\n");
    check("a@firma.fi", "valid||corporate||kickbox 2024-09-24");
    check("b@firma.fi", "invalid|undeliverable|||kickbox 2024-09-24");
    check("c@firma.fi", "risky|catch_all|corporate||kickbox 2024-09-24");
    check("d@firma.fi", "risky|low_quality|corporate||kickbox 2024-09-24");
    check("e@firma.fi", "valid||corporate||offline");
}

// The column of addresses by what is in it; rows that are short, blank or of no use.
static void test_odd_files(void **state)
{
    (void)state;
    read_text("nr,contact,result\n\n1,a@firma.fi,deliverable\n2\n3,,deliverable\n"
              "4,no address,deliverable\n5, B@firma.fi ,undeliverable\n6,c@firma.fi,whatever\n");
    check("a@firma.fi", "valid||corporate||kickbox 2024-09-24");
    check("b@firma.fi", "invalid|undeliverable|||kickbox 2024-09-24");
    assert_int_equal(verdicts.count, 2);
    assert_int_equal(verdicts.unknown, 2); // the short row's, which is empty, and the last
}

static void test_newest_counts(void **state)
{
    (void)state;
    read_text("address,status,sub_status,processed_at\n"
              "a@firma.fi,valid,,2024-09-30 11:00:00\na@firma.fi,invalid,,2024-09-01 11:00:00\n"
              "b@firma.fi,valid,,2024-09-30\nb@firma.fi,invalid,,2024-09-30\n"
              "c@firma.fi,invalid,,2024-07-07\nd@firma.fi,invalid,,2024-07-06\n"
              "e@firma.fi,invalid,,\nj.doe+x@gmail.com,invalid,,2024-10-05\n");
    check("a@firma.fi", "valid||corporate||zerobounce 2024-09-30");
    check("b@firma.fi", "invalid|undeliverable|||zerobounce 2024-09-30");
    check("c@firma.fi", "invalid|undeliverable|||zerobounce 2024-07-07"); // 89 days
    check("d@firma.fi", "invalid|undeliverable|||zerobounce 2024-07-06"); // 90
    check("e@firma.fi", "invalid|undeliverable|||zerobounce 2024-09-24");
    check("JDoe@googlemail.com", "invalid|undeliverable;provider_rule|free||zerobounce 2024-10-05");
    read_text("address,status,sub_status,processed_at\nf@firma.fi,valid,,2024-07-05\n");
    check("f@firma.fi", "valid||corporate||offline");
    assert_int_equal(verdicts.old, 1);
}

// A date that cannot be read, or lies in the future, makes no result fresh.
static void test_odd_dates(void **state)
{
    (void)state;
    read_text("address,status,sub_status,processed_at\na@firma.fi,invalid,,2024-09-30\n"
              "\n\"a@firma.fi\",valid,\"two\nlines\",soon\nb@firma.fi,valid,,31.12.2023\n"
              "b@firma.fi,invalid,,2024-10-04T10:00:00Z\nb@firma.fi,valid,,2024-10-06\n"
              "c@firma.fi,invalid,,2024-10-05\nd@firma.fi,invalid,,9999-12-31\n"
              "e@firma.fi,invalid,,2024-09-301\nf@firma.fi,invalid,,30.9.2024 08:00\n"
              "g@firma.fi,invalid,,31.9.2024\nh@firma.fi,invalid,,30.09.24\n");
    check("a@firma.fi", "invalid|undeliverable|||zerobounce 2024-09-30");
    check("b@firma.fi", "invalid|undeliverable|||zerobounce 2024-10-04");
    check("c@firma.fi", "invalid|undeliverable|||zerobounce 2024-10-05"); // a day ahead
    check("d@firma.fi", "valid||corporate||offline");
    check("e@firma.fi", "valid||corporate||offline");
    check("f@firma.fi", "invalid|undeliverable|||zerobounce 2024-09-30");
    check("g@firma.fi", "valid||corporate||offline");
    check("h@firma.fi", "valid||corporate||offline");
    assert_int_equal(verdicts.old, 1);
    assert_int_equal(verdicts.undated, 4);
    assert_int_equal(verdicts.undated_line, 4);
    assert_int_equal(verdicts.ahead, 2);
    assert_int_equal(verdicts.ahead_line, 8);
    assert_int_equal(verdicts.used, 4);
}

// Where nothing says when the file was checked.
static void test_no_day(void **state)
{
    (void)state;
    struct err err = {0};
    has_day = false;
    read_text("email,result,verified_at\na@firma.fi,undeliverable,2024-10-01\n"
              "b@firma.fi,undeliverable,\n");
    bool is_read = read_bytes(STR("email,result\na@firma.fi,deliverable\n"), &err);
    has_day = true;
    check("a@firma.fi", "invalid|undeliverable|||kickbox 2024-10-01");
    check("b@firma.fi", "valid||corporate||offline");
    assert_int_equal(verdicts.undated, 1);
    assert_false(is_read);
    assert_non_null(strstr(err.hint, "--verdicts-date"));
}

// What was judged offline and what was found are put together.
static void test_with_offline(void **state)
{
    (void)state;
    read_text("email,result,reason\ninfo@firma.fi,deliverable,\njane@mailinator.com,deliverable,\n"
              "a@gmail.com,deliverable,\nj\xC3\xA4ne@firma.fi,deliverable,\n"
              "jane@hotmial.com,deliverable,\njane doe@firma.fi,deliverable,\n"
              "info@mail.firma.fi,undeliverable,\n");
    check("info@firma.fi", "risky|role|role corporate||kickbox 2024-09-24");
    check("jane@mailinator.com", "risky|disposable|disposable||kickbox 2024-09-24");
    check("a@gmail.com", "valid||free||kickbox 2024-09-24");
    check("j\xC3\xA4ne@firma.fi", "valid||smtputf8 corporate||kickbox 2024-09-24");
    check("jane@hotmial.com", "valid||corporate||kickbox 2024-09-24");
    check("info@mail.firma.fi", "invalid|undeliverable;role|role||kickbox 2024-09-24");
    check("jane doe@firma.fi", "invalid|space|||kickbox 2024-09-24");
}

// Records lie across the pieces that are read; the answer does not depend on them.
static void test_large_file(void **state)
{
    (void)state;
    enum { ROWS = 60000 };
    struct buffer text = {0};
    struct err err = {0};
    buffer_add(&text, STR("note,email,result,reason\n"));
    for (int i = 0; i < ROWS; i++) {
        buffer_format(&text, "\"a note, with\nline %d\"\"\",p%d@firma.fi,%s,\n", i, i,
                      i % 3 ? "deliverable" : "undeliverable");
    }
    assert_true(text.len > 3 << 20);
    if (!read_bytes(buffer_str(&text), &err)) fail_msg("%s", err.text);
    assert_int_equal(verdicts.count, ROWS);
    for (int i = 0; i < ROWS; i += 7) {
        str address = arena_format(&arena, "p%d@firma.fi", i);
        const struct verdict_found *found = verdicts_find(&verdicts, address, &arena);
        assert_non_null(found);
        assert_int_equal(found->meaning->code.len == 0, i % 3 != 0);
    }
    buffer_release(&text);
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "empty"},
        {"name,phone\nJane,040\n", "no column"},
        {"result\nvalid\n", "no column"},
        {"email,email_status,email_checked\na@b.fi,valid,offline\n", "these are leads"},
        {"PK\x03\x04", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        if (read_bytes(str_of(cases[i][0]), &err)) fail_msg("%s", cases[i][0]);
        if (!strstr(err.text, cases[i][1])) fail_msg("%s: %s", cases[i][0], err.text);
    }
}

// Traps, complaints and bans of one verifier outlast what another finds later; in whatever order
// the files are given. Of the same day the worse counts.
static void test_lasting(void **state)
{
    (void)state;
    static const char *const files[] = {
        "Email Address,ZB Status,ZB Sub Status,ZB Processed At\n"
        "trap@firma.fi,spamtrap,,2024-09-20\n"
        "angry@firma.fi,abuse,,2024-09-20\n"
        "never@firma.fi,do_not_mail,global_suppression,2024-09-20\n"
        "gone@firma.fi,invalid,mailbox_not_found,2024-09-20\n"
        "same@firma.fi,valid,,2024-09-22\n"
        "left@firma.fi,do_not_mail,global_suppression,2024-09-20\n",
        "email,result,reason,verified_at\n"
        "trap@firma.fi,deliverable,accepted_email,2024-09-22\n"
        "angry@firma.fi,deliverable,accepted_email,2024-09-22\n"
        "never@firma.fi,deliverable,accepted_email,2024-09-22\n"
        "gone@firma.fi,deliverable,accepted_email,2024-09-22\n"
        "same@firma.fi,undeliverable,rejected_email,2024-09-22\n"
        "left@firma.fi,undeliverable,rejected_email,2024-09-22\n",
    };
    for (int first = 0; first < 2; first++) {
        read_text(files[first]);
        read_text(files[!first]);
        check("trap@firma.fi", "invalid|spam_trap|||zerobounce 2024-09-20");
        check("angry@firma.fi", "risky|complainer|corporate||zerobounce 2024-09-20");
        check("never@firma.fi", "risky|do_not_mail|corporate||zerobounce 2024-09-20");
        check("gone@firma.fi", "valid||corporate||kickbox 2024-09-22");
        check("same@firma.fi", "invalid|undeliverable|||kickbox 2024-09-22");
        check("left@firma.fi", "invalid|undeliverable|||kickbox 2024-09-22");
        end(state);
        begin(state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_zerobounce, begin, end),
        cmocka_unit_test_setup_teardown(test_neverbounce, begin, end),
        cmocka_unit_test_setup_teardown(test_kickbox, begin, end),
        cmocka_unit_test_setup_teardown(test_odd_files, begin, end),
        cmocka_unit_test_setup_teardown(test_newest_counts, begin, end),
        cmocka_unit_test_setup_teardown(test_lasting, begin, end),
        cmocka_unit_test_setup_teardown(test_odd_dates, begin, end),
        cmocka_unit_test_setup_teardown(test_no_day, begin, end),
        cmocka_unit_test_setup_teardown(test_with_offline, begin, end),
        cmocka_unit_test_setup_teardown(test_large_file, begin, end),
        cmocka_unit_test_setup_teardown(test_refused, begin, end),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
