// What users add in email.rules.local and in lists: as much as they like, in any form that PCRE2
// takes, with the same result as a rule has alone.
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
#include "email_rules.h"

static char folder[] = "/tmp/email_local_XXXXXX";
static struct arena arena;

static int setup(void **state)
{
    char email[64];
    (void)state;
    if (!mkdtemp(folder)) return -1;
    snprintf(email, sizeof email, "%s/email", folder);
    return mkdir(email, 0700);
}

static void path_of(const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", folder, name);
}

static void put(const char *name, str text)
{
    char path[128];
    path_of(name, path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fwrite(text.data, 1, text.len, file);
    assert_int_equal(fclose(file), 0);
}

static void drop(const char *name)
{
    char path[128];
    path_of(name, path);
    unlink(path);
}

static int teardown(void **state)
{
    (void)state;
    char path[128];
    path_of("email", path);
    rmdir(path);
    rmdir(folder);
    arena_release(&arena);
    return 0;
}

// A user's rules on top of the shipped ones.
struct own {
    struct rulebook book;
    struct diagnostics diagnostics;
    struct email_rules *rules;
    struct email_worker *worker;
    struct err err;
};

static void load(struct own *own, str lines)
{
    *own = (struct own){0};
    put("email.rules.local", lines);
    rulebook_add_dir(&own->book, folder);
    rulebook_add_dir(&own->book, "rules");
    own->rules = email_rules_load(&own->book, EMAIL_ALL, &own->diagnostics, &own->err);
    drop("email.rules.local");
    if (own->rules) own->worker = email_worker_new(own->rules);
}

static void release(struct own *own)
{
    email_worker_free(own->worker);
    email_rules_free(own->rules);
    diagnostics_release(&own->diagnostics);
    rulebook_release(&own->book);
}

static struct email_verdict check(struct own *own, const char *address)
{
    struct email_verdict verdict;
    if (!own->rules) fail_msg("%s", own->err.text);
    email_check(own->worker, str_of(address), &arena, &verdict);
    return verdict;
}

static bool has_code(const struct email_verdict *verdict, const char *code)
{
    str rest = verdict->reasons, own;
    while (rest.len && str_cut(&rest, ';', &own)) {
        if (str_equal(own, str_of(code))) return true;
    }
    return false;
}

// However many rules hold, none is lost.
static void test_many_rules_fire(void **state)
{
    (void)state;
    static const char *const subjects[] = {"domain ~ /firma/", "mailbox ~ /jane/",
                                           "mailbox ~ /jane/ and tld ~ /fi/"};
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        struct buffer lines = {0};
        struct own own;
        for (int n = 0; n < 90; n++) {
            buffer_format(&lines, "risk r%d when %s \"one of many\"\n", n, subjects[i]);
        }
        buffer_format(&lines, "reject mine when %s \"the last\"\n", subjects[i]);
        load(&own, buffer_str(&lines));
        struct email_verdict verdict = check(&own, "jane@firma.fi");
        assert_int_equal(verdict.status, EMAIL_INVALID);
        assert_true(str_equal(verdict.reason, STR("mine")));
        assert_true(has_code(&verdict, "r0") && has_code(&verdict, "r89"));
        assert_true(str_equal(email_line_text(own.rules, verdict.lines[0]), STR("the last")));
        verdict = check(&own, "jane@firma.fi"); // remembered
        assert_true(str_equal(verdict.reason, STR("mine")));
        verdict = check(&own, "ann@kauppa.se");
        assert_int_equal(verdict.status, EMAIL_VALID);
        release(&own);
        buffer_release(&lines);
    }
}

// Expressions that count groups, quote or steer, each with an address that it is to find and one
// that it is not.
static const struct {
    const char *expression, *found, *other;
} expressions[] = {
    {"\\A(zz)q\\z", "zzq", "zz"},
    {"\\A(ab|cd)(?1)(?1)\\z", "abcdab", "abab"},
    {"\\A(ab|cd)(?-1)\\z", "cdab", "cd"},
    {"\\A(?<two>xy|yx)(?&two)\\z", "xyyx", "xy"},
    {"\\A(?P<to>pq|qp)(?P>to)\\z", "pqqp", "pq"},
    {"\\A(a)(b)\\2\\z", "abb", "aba"},
    {"\\A(?:(k)|l)(?(1)m|n)\\z", "ln", "lm"},
    {"\\A(u)\\g{1}\\z", "uu", "uv"},
    {"\\Aq\\Q.w\\E\\z", "q.w", "qxw"},
    {"\\As\\Kt\\z", "st", "tt"},
    {"(*ANYCRLF)\\Afoo\\z", "foo", "fo"},
    {"(?x) \\A g h \\z # a remark", "gh", "g"},
    {"y(?R)?z", "yyzz", "yy"},
    {"\\A(?<in>[ab](?&in)?[cd])\\z", "abcd", "abc"},
    {"\\A(?i)UP\\z", "up", "u"},
};

// A rule says the same beside others as it says alone, of the mailbox and of the domain.
static void test_joined_is_as_alone(void **state)
{
    (void)state;
    struct buffer lines = {0};
    struct own own;
    size_t count = sizeof expressions / sizeof *expressions;
    for (size_t i = 0; i < count; i++) {
        buffer_format(&lines, "risk m%zu when mailbox ~ /%s/\n", i, expressions[i].expression);
        buffer_format(&lines, "risk d%zu when label ~ /%s/ and domain ~ /%s/\n", i,
                      expressions[i].expression, "(o)(m)\\z|(m)(e)\\z");
    }
    load(&own, buffer_str(&lines));
    for (size_t i = 0; i < count; i++) {
        char address[64], code[8];
        snprintf(address, sizeof address, "%s@firma.com", expressions[i].found);
        snprintf(code, sizeof code, "m%zu", i);
        struct email_verdict verdict = check(&own, address);
        if (!has_code(&verdict, code)) fail_msg("%s: %s", address, expressions[i].expression);
        snprintf(address, sizeof address, "%s@firma.com", expressions[i].other);
        verdict = check(&own, address);
        if (has_code(&verdict, code)) fail_msg("%s: %s", address, expressions[i].expression);
        snprintf(address, sizeof address, "jane@%s.com", expressions[i].found);
        snprintf(code, sizeof code, "d%zu", i);
        bool is_label = !strchr(expressions[i].found, '.');
        verdict = check(&own, address);
        if (is_label && !has_code(&verdict, code)) fail_msg("%s is not found", address);
    }
    release(&own);
    buffer_release(&lines);
}

// Two that are joined by the domain, one of them with a group that the other counts.
static void test_joined_domains(void **state)
{
    (void)state;
    struct own own;
    load(&own, STR("risk da when domain ~ /(zz)q[.]/\n"
                   "risk db when domain ~ /x?(ab|cd)(?1)(?1)[.]/\n"));
    struct email_verdict verdict = check(&own, "jane@abcdab.fi");
    assert_true(has_code(&verdict, "db"));
    verdict = check(&own, "jane@zzq.fi");
    assert_true(has_code(&verdict, "da"));
    release(&own);
}

// A code that a verdict has keeps its line when a verifier adds another.
static void test_lines_stay(void **state)
{
    (void)state;
    struct own own;
    load(&own, STR(""));
    struct email_verdict verdict = check(&own, "test@test.com");
    assert_int_equal(verdict.status, EMAIL_RISKY);
    assert_true(str_equal(email_line_text(own.rules, verdict.lines[0]), STR("a sample address")));
    email_verdict_of(own.rules, verdict.reasons, &arena, &verdict);
    assert_int_equal(verdict.status, EMAIL_RISKY);
    assert_true(str_equal(email_line_severity(own.rules, verdict.lines[0]), STR("risk")));
    release(&own);
}

// What people write for a domain in a list is read as one; of the rest they are told.
static void test_lists_as_written(void **state)
{
    (void)state;
    struct own own;
    put("email/block.txt.local", STR("bücher.de\n.rival3.fi\n*.rival4.fi\n@firma5.fi\n"
                                     "Rival6.FI.\njane@rivalfirm.fi\nhttps://firma.fi/\n"
                                     "Firma7.fi # remark\n"));
    put("email/role.txt.local", STR("myynti.helsinki@\nosto osasto\n"));
    put("email/allow.txt.local", STR("-spray.se\n"));
    load(&own, STR(""));
    static const char *const blocked[] = {"a.b@bücher.de", "a.b@xn--bcher-kva.de", "a.b@rival3.fi",
                                          "a.b@rival4.fi", "a.b@x.rival4.fi",      "a.b@firma5.fi",
                                          "a.b@rival6.fi"};
    for (size_t i = 0; i < sizeof blocked / sizeof *blocked; i++) {
        struct email_verdict verdict = check(&own, blocked[i]);
        if (!has_code(&verdict, "blocked")) fail_msg("%s", blocked[i]);
    }
    struct email_verdict verdict = check(&own, "myynti.helsinki@firma.fi");
    assert_true(has_code(&verdict, "role"));
    assert_int_equal(own.diagnostics.errors, 0);
    assert_int_equal(own.diagnostics.warnings, 4);
    struct buffer text = {0};
    diagnostics_write(&own.diagnostics, &text);
    buffer_add_byte(&text, '\0');
    static const char *const said[] = {
        "block.txt.local:6:1: warning: no address can match \"jane@rivalfirm.fi\"",
        "block.txt.local:7:1: warning: no address can match \"https://firma.fi/\"",
        "block.txt.local:8:1: warning: no address can match \"firma7.fi # remark\"",
        "role.txt.local:2:1: warning: no address can match \"osto osasto\""};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (!strstr(text.data, said[i])) fail_msg("%s\n%s", said[i], text.data);
    }
    buffer_release(&text);
    release(&own);
    drop("email/block.txt.local");
    drop("email/role.txt.local");
    drop("email/allow.txt.local");
}

// A code that no line has is a slip; one with a text makes a code for a verifier's results.
static void test_unknown_codes(void **state)
{
    (void)state;
    struct own own;
    load(&own, STR("reject dispossable\n"));
    assert_null(own.rules);
    assert_string_equal(own.err.text, "no line above has the code \"dispossable\"");
    assert_string_equal(own.err.hint, "did you mean \"disposable\"?");
    release(&own);
    load(&own, STR("risk greylisted \"a verifier was put off\"\n"));
    assert_non_null(own.rules);
    assert_int_equal(own.diagnostics.warnings, 0);
    release(&own);
    load(&own, STR("reject dispossable \"throw-away\"\n"));
    assert_int_equal(own.diagnostics.warnings, 1);
    release(&own);
}

// Rows of typos.tsv.local with something else than a tab between.
static void test_half_rows(void **state)
{
    (void)state;
    struct own own;
    put("email/typos.tsv.local", STR("wrong\tright\nfrima.fi\tfirma.fi\nfimra.fi firma.fi\n"));
    load(&own, STR(""));
    assert_null(own.rules);
    assert_int_equal(own.err.line, 3);
    assert_non_null(strstr(own.err.file, "typos.tsv.local"));
    release(&own);
    drop("email/typos.tsv.local");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_rules_fire),  cmocka_unit_test(test_joined_is_as_alone),
        cmocka_unit_test(test_joined_domains),   cmocka_unit_test(test_lines_stay),
        cmocka_unit_test(test_lists_as_written), cmocka_unit_test(test_unknown_codes),
        cmocka_unit_test(test_half_rows),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
