// Goal: the pattern for an address says the same in two halves as in one; where that is not sure it
// is not cut.
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include "email_rules.h"

static const char shipped_local[] =
    "\\A[a-z0-9!#$%&'*+\\/=?^_`{|}~-]++(?:\\.[a-z0-9!#$%&'*+\\/=?^_`{|"
    "}~-]++)*+";

static struct rulebook book;
static struct email_rules *cut, *whole;

static struct email_rules *load(void)
{
    struct diagnostics diagnostics = {0};
    struct err err = {0};
    struct email_rules *rules = email_rules_load(&book, EMAIL_SYNTAX, &diagnostics, &err);
    diagnostics_release(&diagnostics);
    return rules;
}

static int setup(void **state)
{
    (void)state;
    rulebook_add_dir(&book, "rules");
    cut = load();
    whole = load();
    if (!cut || !whole) return -1;
    pattern_free(whole->behind_at);
    whole->behind_at = NULL;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    email_rules_free(cut);
    email_rules_free(whole);
    rulebook_release(&book);
    return 0;
}

static void assert_same(struct email_worker *const workers[2], str address, struct arena *arena)
{
    struct email_verdict one, two;
    email_check(workers[0], address, arena, &one);
    email_check(workers[1], address, arena, &two);
    if (one.status == two.status && str_equal(one.reasons, two.reasons)) return;
    fail_msg("'%.*s': %.*s, whole %.*s", STR_ARG(address), STR_ARG(one.reasons),
             STR_ARG(two.reasons));
}

// The shipped pattern is cut, and every change of one byte, or of two neighbours, to any ASCII
// byte, and every byte put in or left out, gets the same verdict.
static void test_halves_say_the_same(void **state)
{
    (void)state;
    static const char *const starts[] = {"Jo.d+x@sub.Firm-1.fi", "a@b.xn--p1ai", "x@y",
                                         "k_l@a--b.museum", "o'n@1.2.com"};
    static const char pairs[] = ".@-x1A[ \t";
    struct email_worker *workers[2] = {email_worker_new(cut), email_worker_new(whole)};
    struct arena arena = {0};
    assert_non_null(cut->behind_at);
    assert_true(cut->knows_plain_domains);
    for (size_t start = 0; start < sizeof starts / sizeof *starts; start++) {
        str base = str_of(starts[start]);
        char text[32];
        for (size_t at = 0; at <= base.len; at++) {
            for (int byte = 0; byte < 0x80; byte++) {
                memcpy(text, base.data, at);
                text[at] = (char)byte;
                memcpy(text + at + 1, base.data + at, base.len - at);
                assert_same(workers, (str){text, base.len + 1}, &arena); // put in
                if (at == base.len) continue;
                memcpy(text + at + 1, base.data + at + 1, base.len - at - 1);
                assert_same(workers, (str){text, base.len}, &arena); // instead
            }
            memcpy(text, base.data, base.len);
            for (size_t i = 0; at + 1 < base.len && i < (sizeof pairs - 1) * (sizeof pairs - 1);
                 i++) {
                text[at] = pairs[i / (sizeof pairs - 1)];
                text[at + 1] = pairs[i % (sizeof pairs - 1)];
                assert_same(workers, (str){text, base.len}, &arena);
            }
            memcpy(text, base.data, at);
            if (at < base.len) memcpy(text + at, base.data + at + 1, base.len - at - 1);
            assert_same(workers, (str){text, at < base.len ? base.len - 1 : base.len}, &arena);
        }
        arena_reset(&arena);
    }
    arena_release(&arena);
    for (int i = 0; i < 2; i++) email_worker_free(workers[i]);
}

// What stands behind the @ decides whether the pattern may be cut.
static void test_only_what_is_sure_is_cut(void **state)
{
    (void)state;
    static const struct {
        const char *rest;
        bool is_cut;
    } cases[] = {
        {"[a-z.]++\\z", true},
        {"(?:[a-z]++(?<!-)\\.)++(?:com|fi)\\z", true},
        {"[]|)a-z]++\\z", true},
        {"(?!xn)[a-z]{2}\\b\\z", true},
        {"a|b", false},           // the second branch has no local part
        {"(?:a|b)|c", false},     //
        {"\\[|a", false},         //
        {"?a", false},            // an @ that need not be there
        {"{2}a", false},          //
        {"+a", false},            //
        {"", false},              //
        {"(?<!ab)c", false},      // looks back behind the @
        {"(?<=\\.)c", false},     //
        {"(a)\\1", false},        // groups
        {"(?<n>a)\\k<n>", false}, //
        {"(?R)?a", false},        // itself
        {"(?1)(a)", false},       //
        {"(?-i:A)", false},       // case
        {"\\p{Lu}", false},       //
        {"[[:upper:]]", false},   //
        {"a(*ACCEPT)b", false},   // verbs
        {"\\Qa|b\\E", false},     //
        {"(?x) a#", false},       //
        {"\\Kab", false},         //
        {"(?^:a)", false},        //
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct email_rules rules = {.accept_flags = PATTERN_CASELESS};
        rules.accept_address = arena_format(&rules.arena, "%s@%s", shipped_local, cases[i].rest);
        email_accept_plan(&rules);
        if ((rules.behind_at != NULL) != cases[i].is_cut) fail_msg("@%s", cases[i].rest);
        pattern_free(rules.behind_at);
        arena_release(&rules.arena);
    }
}

// So do its flags and what stands before the @.
static void test_only_runs_of_atoms_are_cut(void **state)
{
    (void)state;
    static const char *const locals[] = {
        "\\A[a-z]++(?:\\.[a-z]++)*+",   // as it must be
        "\\A[a-z.]++(?:\\.[a-z.]++)*+", // the dot is an atom
        "\\A[a-z@]++(?:\\.[a-z@]++)*+", // the @ is
        "\\A[!-~]++(?:\\.[!-~]++)*+",   // in a range
        "\\A[^ ]++(?:\\.[^ ]++)*+",     //
        "\\A[a-z]+(?:\\.[a-z]+)*",      // may give back
        "\\A[a-z]++(?:\\.[a-y]++)*+",   // two classes
        "\\A[a-z]++",                   // no dots
        "[a-z]++(?:\\.[a-z]++)*+",      // anywhere
        "\\A[a\\]b]++(?:\\.[a\\]b]++)*+",
        "\\A[[:alpha:]]++(?:\\.[[:alpha:]]++)*+",
        "\\A[]++(?:\\.[]++)*+",
    };
    for (size_t i = 0; i < sizeof locals / sizeof *locals; i++) {
        for (unsigned flags = 0; flags <= PATTERN_CASELESS; flags++) {
            struct email_rules rules = {.accept_flags = flags};
            rules.accept_address = arena_format(&rules.arena, "%s@[a-z]++\\z", locals[i]);
            email_accept_plan(&rules);
            bool is_cut = rules.behind_at != NULL;
            if (is_cut != (i == 0 && flags == PATTERN_CASELESS)) fail_msg("%s", locals[i]);
            pattern_free(rules.behind_at);
            arena_release(&rules.arena);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_halves_say_the_same),
        cmocka_unit_test(test_only_what_is_sure_is_cut),
        cmocka_unit_test(test_only_runs_of_atoms_are_cut),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
