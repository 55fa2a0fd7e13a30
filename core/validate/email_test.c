// The verdicts on four public suites and our own cases, and that nothing makes them slow.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <time.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/lead/email.h"
#include "email_attacks.h"
#include "email_rules.h"

struct world {
    struct rulebook book;
    struct diagnostics diagnostics;
    struct email_rules *all, *syntax;
    struct email_worker *worker, *syntax_worker;
    struct email_providers providers;
    struct arena arena;
};

static struct world world;

static struct email_rules *load(enum email_scope scope)
{
    struct err err = {0};
    struct email_rules *rules = email_rules_load(&world.book, scope, &world.diagnostics, &err);
    if (rules) return rules;
    struct buffer text = {0};
    diagnostics_write(&world.diagnostics, &text);
    print_error("%s:%ld: %s\n%.*s", err.file, err.line, err.text, (int)text.len, text.data);
    buffer_release(&text);
    return NULL;
}

static int setup(void **state)
{
    (void)state;
    rulebook_add_dir(&world.book, "rules");
    rulebook_add_dir(&world.book, "testdata");
    struct err err = {0};
    if (!email_providers_load(&world.providers, &world.book, &err)) return -1;
    world.all = load(EMAIL_ALL);
    world.syntax = load(EMAIL_SYNTAX);
    if (!world.all || !world.syntax) return -1;
    world.worker = email_worker_new(world.all);
    world.syntax_worker = email_worker_new(world.syntax);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    email_worker_free(world.worker);
    email_worker_free(world.syntax_worker);
    email_rules_free(world.all);
    email_rules_free(world.syntax);
    email_providers_release(&world.providers);
    diagnostics_release(&world.diagnostics);
    rulebook_release(&world.book);
    arena_release(&world.arena);
    return 0;
}

static int hex(char c) { return byte_is_digit(c) ? c - '0' : byte_lower(c) - 'a' + 10; }

// Undoes \\ \t \n \r \xHH.
static str unescape(str s)
{
    char *out = arena_bytes(&world.arena, s.len);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        if (c != '\\' || i + 1 == s.len) {
            out[len++] = c;
            continue;
        }
        c = s.data[++i];
        if (c == 'x' && i + 2 < s.len) {
            out[len++] = (char)(hex(s.data[i + 1]) * 16 + hex(s.data[i + 2]));
            i += 2;
        } else {
            out[len++] = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
        }
    }
    return (str){out, len};
}

static str read_rows(const char *name)
{
    struct rule_text text;
    struct err err = {0};
    if (!rulebook_read(&world.book, str_of(name), NULL, &text, &err)) fail_msg("%s", err.text);
    str rest = text.text, header;
    str_cut(&rest, '\n', &header);
    return rest;
}

// Checks one column of one suite; returns the number of rows.
static size_t check_suite(const char *name, struct email_worker *worker, int column)
{
    str rest = read_rows(name), line;
    size_t rows = 0, wrong = 0;
    while (str_cut(&rest, '\n', &line)) {
        str cells[8] = {0};
        int count = 0;
        while (count < 8 && str_cut(&line, '\t', &cells[count])) count++;
        if (count < 8) continue;
        rows++;
        struct email_verdict verdict;
        str address = unescape(cells[0]);
        email_check(worker, address, &world.arena, &verdict);
        bool is_right = email_is_usable(&verdict) == str_equal(cells[column], STR("valid"));
        if (address.len == 0) is_right = str_equal(verdict.reason, STR("missing"));
        bool has_reason =
            verdict.status == EMAIL_VALID ? verdict.reason.len == 0 : verdict.reason.len > 0;
        if (is_right && has_reason) continue;
        wrong++;
        print_error("%s: %.*s: expected %.*s, found %s %.*s\n", name, STR_ARG(cells[0]),
                    STR_ARG(cells[column]), email_status_name(verdict.status).data,
                    STR_ARG(verdict.reasons));
    }
    assert_int_equal(wrong, 0);
    return rows;
}

static void test_public_suites(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t rows;
    } suites[] = {{"email/isemail.tsv", 163},
                  {"email/django.tsv", 50},
                  {"email/zod.tsv", 89},
                  {"email/webkit-html5.tsv", 33}};
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
        assert_int_equal(check_suite(suites[i].name, world.syntax_worker, 1), suites[i].rows);
        assert_int_equal(check_suite(suites[i].name, world.worker, 7), suites[i].rows);
    }
}

static bool matches(str expected, str found)
{
    return str_equal(expected, STR("*")) || str_equal(expected, found);
}

enum { OWN_REASONS = 3, OWN_FLAGS, OWN_SUGGESTION, OWN_KEY, OWN_NEAR, OWN_COLUMNS };

static bool own_row(str line, str cells[OWN_COLUMNS])
{
    int count = 0;
    for (int i = 0; i < OWN_COLUMNS; i++) cells[i] = (str){"", 0};
    while (count < OWN_COLUMNS && str_cut(&line, '\t', &cells[count])) count++;
    return count > 1;
}

static bool has_word(str words, char separator, str word)
{
    str piece;
    while (words.len && str_cut(&words, separator, &piece)) {
        if (str_equal(piece, word)) return true;
    }
    return false;
}

// How many rows of own.tsv have the word in a column.
static size_t own_count(int column, char separator, str word)
{
    size_t count = 0;
    str rest = read_rows("email/own.tsv"), line, cells[OWN_COLUMNS];
    while (str_cut(&rest, '\n', &line)) {
        count += own_row(line, cells) && has_word(cells[column], separator, word);
    }
    return count;
}

// No row has a code or a flag that it is said to have nearly.
static void check_near(void)
{
    str rest = read_rows("email/own.tsv"), line, cells[OWN_COLUMNS], near;
    while (str_cut(&rest, '\n', &line)) {
        if (!own_row(line, cells)) continue;
        while (cells[OWN_NEAR].len && str_cut(&cells[OWN_NEAR], ' ', &near)) {
            if (has_word(cells[OWN_REASONS], ';', near) || has_word(cells[OWN_FLAGS], ' ', near)) {
                fail_msg("%.*s has it: %.*s", STR_ARG(cells[0]), STR_ARG(near));
            }
        }
    }
}

// Of every code there are rows that have it and one that nearly has; of every flag several.
static void test_own_cases_are_complete(void **state)
{
    (void)state;
    // Other tests have these: they need rules, files or options of their own.
    str elsewhere = STR("rule_limit list_missing blocked undeliverable spam_trap catch_all "
                        "mailbox_full complainer do_not_mail low_quality fixed");
    str flags =
            STR("role no_reply disposable relay free idn smtputf8 subaddressed typo gov edu mil "
                "corporate"),
        flag;
    check_near();
    for (size_t i = 0; i < world.all->rule_count; i++) {
        const struct email_rule *rule = &world.all->rules[i];
        bool is_flag = rule->severity == SEVERITY_FLAG;
        size_t have = own_count(is_flag ? OWN_FLAGS : OWN_REASONS, is_flag ? ' ' : ';', rule->code);
        size_t near = own_count(OWN_NEAR, ' ', rule->code);
        if (!has_word(elsewhere, ' ', rule->code) && (have < 2 || near < 1)) {
            fail_msg("%.*s: %zu, nearly %zu", STR_ARG(rule->code), have, near);
        }
    }
    while (flags.len && str_cut(&flags, ' ', &flag)) {
        if (own_count(OWN_FLAGS, ' ', flag) < 3) fail_msg("flag %.*s", STR_ARG(flag));
    }
}

static void test_own_cases(void **state)
{
    (void)state;
    str rest = read_rows("email/own.tsv"), line;
    size_t rows = 0, wrong = 0;
    while (str_cut(&rest, '\n', &line)) {
        str cells[OWN_COLUMNS];
        if (!own_row(line, cells)) continue;
        rows++;
        struct email_verdict verdict;
        str address = unescape(cells[0]);
        email_check(world.worker, address, &world.arena, &verdict);
        str key = email_key(&world.providers, address, &world.arena);
        if (matches(cells[1], email_status_name(verdict.status)) &&
            matches(cells[2], verdict.reason) && matches(cells[3], verdict.reasons) &&
            matches(cells[4], verdict.flags) && matches(cells[5], verdict.suggestion) &&
            (cells[OWN_KEY].len == 0 || str_equal(cells[OWN_KEY], key))) {
            continue;
        }
        wrong++;
        print_error("%.*s\n  found: %s|%.*s|%.*s|%.*s|%.*s|%.*s\n", STR_ARG(cells[0]),
                    email_status_name(verdict.status).data, STR_ARG(verdict.reason),
                    STR_ARG(verdict.reasons), STR_ARG(verdict.flags), STR_ARG(verdict.suggestion),
                    STR_ARG(key));
    }
    assert_int_equal(wrong, 0);
    assert_true(rows >= 400);
}

// Addresses that mail is sent to every day: those of the maintainers of the installed packages,
// where there are any.
static void test_maintainers_are_not_rejected(void **state)
{
    (void)state;
    char line[1024];
    size_t count = 0;
    FILE *packages = popen("dpkg-query -W -f='${Maintainer}\\n' 2>/dev/null", "r");
    while (packages && fgets(line, sizeof line, packages)) {
        char *start = strchr(line, '<'), *end = start ? strchr(start, '>') : NULL;
        if (!end) continue;
        struct email_verdict verdict;
        str address = {start + 1, (size_t)(end - start) - 1};
        if (str_find(address, '@') < 0) continue; // a web page
        email_check(world.worker, address, &world.arena, &verdict);
        if (!email_is_usable(&verdict) || verdict.suggestion.len) {
            fail_msg("%.*s: %.*s %.*s", STR_ARG(address), STR_ARG(verdict.reasons),
                     STR_ARG(verdict.suggestion));
        }
        count++;
    }
    if (packages) pclose(packages);
    if (count == 0) print_message("no packages to ask: skipped\n");
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// Thirteen shapes that make careless patterns explode, at 50 kB and at the longest length that is
// looked at.
static void test_attacks(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (size_t i = 0; i < EMAIL_ATTACKS; i++) {
        for (int is_long = 0; is_long < 2; is_long++) {
            email_attack(&text, i, is_long ? 50000 : 310);
            struct email_verdict verdict;
            double start = seconds(), best = 1;
            for (int repeat = 0; repeat < 3; repeat++) {
                email_check(world.worker, buffer_str(&text), &world.arena, &verdict);
                double now = seconds();
                if (now - start < best) best = now - start;
                start = now;
            }
            if (best > 0.001) fail_msg("%s: %.0f us", email_attacks[i], best * 1e6);
            if (email_is_usable(&verdict)) fail_msg("%s is usable", email_attacks[i]);
        }
    }
    buffer_release(&text);
}

// What a user may change in a folder of their own.
static void test_own_rules(void **state)
{
    (void)state;
    static const struct {
        const char *address, *reason, *reasons, *flags;
        enum email_status status;
    } cases[] = {
        {"jane@my_firma.fi", "list_missing", "list_missing", "corporate", EMAIL_UNKNOWN},
        {"info@firma.fi", "list_missing", "list_missing;role", "role corporate", EMAIL_UNKNOWN},
        {"jane@guerrillamail.com", "disposable", "disposable;list_missing", "disposable",
         EMAIL_INVALID},
        {"jane@mailinator.com", "list_missing", "list_missing", "corporate", EMAIL_UNKNOWN},
        {"jane@gmail.co", "list_missing", "list_missing", "corporate", EMAIL_UNKNOWN},
        {"jane@badfirm.fi", "blocked", "blocked;list_missing", "corporate", EMAIL_RISKY},
        {"jane@mail.badfirm.fi", "blocked", "blocked;list_missing", "corporate", EMAIL_RISKY},
        {"jane@notbadfirm.fi", "list_missing", "list_missing", "corporate", EMAIL_UNKNOWN},
        {"jane@shop.competitor.com", "competitor", "competitor;list_missing", "corporate",
         EMAIL_RISKY},
        {"jane@competitor.com.au", "list_missing", "list_missing", "corporate", EMAIL_UNKNOWN},
        {"s123456@mit.edu", "student", "student;list_missing", "edu corporate", EMAIL_RISKY},
        {"s12345@mit.edu", "list_missing", "list_missing", "edu corporate", EMAIL_UNKNOWN},
        {"s123456@firma.fi", "list_missing", "list_missing", "corporate", EMAIL_UNKNOWN},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@firma.fi", "junk_local",
         "junk_local;rule_limit;list_missing", "corporate", EMAIL_RISKY},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab@firma.fi", "rule_limit",
         "rule_limit;list_missing", "corporate", EMAIL_UNKNOWN},
    };
    struct rulebook book = {0};
    struct err err = {0};
    rulebook_add_dir(&book, "testdata/email/own_rules");
    rulebook_add_dir(&book, "rules");
    struct email_rules *rules = email_rules_load(&book, EMAIL_ALL, &world.diagnostics, &err);
    if (!rules) fail_msg("%s", err.text);
    struct email_worker *worker = email_worker_new(rules);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct email_verdict verdict;
        email_check(worker, str_of(cases[i].address), &world.arena, &verdict);
        if (verdict.status == cases[i].status &&
            str_equal(verdict.reason, str_of(cases[i].reason)) &&
            str_equal(verdict.reasons, str_of(cases[i].reasons)) &&
            str_equal(verdict.flags, str_of(cases[i].flags))) {
            continue;
        }
        fail_msg("%s: %s %.*s|%.*s", cases[i].address, email_status_name(verdict.status).data,
                 STR_ARG(verdict.reasons), STR_ARG(verdict.flags));
    }
    assert_false(email_rules_reject_unreachable(rules));
    email_worker_free(worker);
    email_rules_free(rules);
    rulebook_release(&book);
}

// Rule files that cannot be used are refused with a message that names the place.
static void test_bad_rules(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"rejct no_at", "\"rejct\" is not a word that can start a line"},
        {"reject", "expected a reason code"},
        {"reject x when adress ~ /a/", "\"adress\" is not a subject"},
        {"reject x when address ~ /(/", "not a regular expression"},
        {"reject x when address ~ /a/x", "'x' is no flag"},
        {"reject x when address in nolist", "no list \"nolist\""},
        {"reject x when local under y", "only a domain can be under a list"},
        {"reject x when address like /a/", "expected ~, !~, =, in, under, repeats or not"},
        {"list x = \"no/such/file\"", "no rule file"},
        {"unreachable maybe", "is not reject or keep"},
        {"accept tld ~ /a/", "accept knows"},
        {"reject x \"text\" more", "does not belong here"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rulebook book = {0};
        struct diagnostics diagnostics = {0};
        struct email_rules rules = {.scope = EMAIL_ALL};
        struct err err = {0};
        struct rule_text text = {"test.rules", str_of(cases[i].text)};
        if (email_parse(&rules, text, &book, &diagnostics, &err)) fail_msg("%s", cases[i].text);
        if (!strstr(err.text, cases[i].message)) fail_msg("%s: %s", cases[i].text, err.text);
        assert_int_equal(diagnostics.errors, 1);
        arena_release(&rules.arena);
        memory_free(rules.rules);
        diagnostics_release(&diagnostics);
        rulebook_release(&book);
    }
}

static void test_policy_and_text(void **state)
{
    (void)state;
    assert_true(email_rules_reject_unreachable(world.all));
    assert_true(email_rules_text(world.all, STR("no_at")).len > 0);
    assert_int_equal(email_rules_text(world.all, STR("nonsense")).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_public_suites),
        cmocka_unit_test(test_own_cases),
        cmocka_unit_test(test_own_cases_are_complete),
        cmocka_unit_test(test_maintainers_are_not_rejected),
        cmocka_unit_test(test_attacks),
        cmocka_unit_test(test_own_rules),
        cmocka_unit_test(test_bad_rules),
        cmocka_unit_test(test_policy_and_text),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
