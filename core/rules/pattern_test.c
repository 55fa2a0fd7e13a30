// Patterns must mean what PCRE2 says, fast ways included, and never hang.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <time.h>

#include "pattern.h"

static struct pattern_scratch *scratch;

static int make_scratch(void **state)
{
    (void)state;
    scratch = pattern_scratch_new();
    return 0;
}

static int free_scratch(void **state)
{
    (void)state;
    pattern_scratch_free(scratch);
    pattern_scratch_free(NULL);
    return 0;
}

static struct pattern *compiled(str expression, unsigned flags)
{
    struct pattern_fault fault;
    struct pattern *pattern = pattern_compile(expression, flags, &fault);
    if (!pattern) fail_msg("%.*s: %s", STR_ARG(expression), fault.text);
    return pattern;
}

static void test_answers(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        unsigned flags;
        const char *subject;
        enum pattern_answer answer;
    } cases[] = {
        {"\\bceo\\b", 0, "the ceo", PATTERN_YES},
        {"\\bceo\\b", 0, "the CEO", PATTERN_NO},
        {"\\bceo\\b", PATTERN_CASELESS, "the CEO", PATTERN_YES},
        {"\\bceo\\b", PATTERN_CASELESS,
         "\xC3\xA4"
         "CEO",
         PATTERN_NO}, // a letter before it
        {"\\bceo\\b", PATTERN_CASELESS, "\xC3\xA4 CEO", PATTERN_YES},
        {"p\xC3\xA4\xC3\xA4llikk\xC3\xB6", PATTERN_CASELESS, "P\xC3\x84\xC3\x84LLIKK\xC3\x96",
         PATTERN_YES},
        {"p\xC3\xA4", 0, "pa", PATTERN_NO},
        {"^.$", 0, "\xC3\xA4", PATTERN_YES},            // one character
        {"^.$", PATTERN_BYTES, "\xC3\xA4", PATTERN_NO}, // two bytes
        {"abc", PATTERN_WHOLE, "abc", PATTERN_YES},
        {"abc", PATTERN_WHOLE, "abcd", PATTERN_NO},
        {"abc", PATTERN_WHOLE, "zabc", PATTERN_NO},
        {"a|ab", PATTERN_WHOLE, "ab", PATTERN_YES},
        {"a$", 0, "a\n", PATTERN_NO},    // $ is the very end
        {"a.b", 0, "a\nb", PATTERN_YES}, // . is any character
        {"", 0, "", PATTERN_YES},
        {"", 0, "x", PATTERN_YES},
        {"a@b", 0, "xa@bx", PATTERN_YES}, // a byte that must be there
        {"a@b", 0, "xa-bx", PATTERN_NO},
        {"a@b", 0, "\xC3\xA4 a@b", PATTERN_YES},
        {"1@?2", 0, "12", PATTERN_YES},
        {"\\p{Lu}", 0, "a", PATTERN_NO}, // only the UTF program knows it
        {"\\p{Lu}", 0, "A", PATTERN_YES},
        {"\\x{20AC}", 0, "5 \xE2\x82\xAC", PATTERN_YES},
        {"(*UTF)a", 0, "a", PATTERN_YES},
        {"k", PATTERN_CASELESS, "\xE2\x84\xAA", PATTERN_YES}, // the Kelvin sign
        {"\\d", 0, "\xD9\xA5", PATTERN_YES},                  // an Arabic five
        {"\\w{4,}", 0, "abc", PATTERN_NO},                    // shorter than any match
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pattern *pattern = compiled(str_of(cases[i].expression), cases[i].flags);
        enum pattern_answer got = pattern_search(pattern, scratch, str_of(cases[i].subject));
        if (got != cases[i].answer) fail_msg("%s in '%s'", cases[i].expression, cases[i].subject);
        pattern_free(pattern);
    }
    pattern_free(NULL);
}

static void test_odd_subjects(void **state)
{
    (void)state;
    struct pattern *pattern = compiled(STR("a\\x00?b"), 0);
    assert_int_equal(pattern_search(pattern, scratch, STR("a\0b")), PATTERN_YES);
    assert_int_equal(pattern_search(pattern, scratch, (str){0}), PATTERN_NO);
    assert_false(pattern_matches_empty(pattern, scratch));
    pattern_free(pattern);
    pattern = compiled(STR("x*"), 0);
    assert_int_equal(pattern_search(pattern, scratch, (str){0}), PATTERN_YES);
    assert_true(pattern_matches_empty(pattern, scratch));
    pattern_free(pattern);
    pattern = compiled(STR("\xC3\xA4*"), 0);
    assert_int_equal(pattern_search(pattern, scratch, (str){0}), PATTERN_YES);
    pattern_free(pattern);
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        str expression;
        unsigned flags;
        size_t offset;
    } cases[] = {
        {{"a(b", 3}, 0, 3},
        {{"[z-a]", 5}, 0, 3},
        {{"*", 1}, 0, 0},
        {{"a\\C", 3}, 0, 3}, // no single bytes of characters
        {{"\xC3", 1}, 0, 1},
        {{"ab\xFF", 3}, 0, 2},
        {{"\\x{100}", 7}, PATTERN_BYTES, 6},
        {{"(*UTF)a", 7}, PATTERN_BYTES, 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pattern_fault fault = {{0}, 99};
        assert_null(pattern_compile(cases[i].expression, cases[i].flags, &fault));
        assert_true(fault.text[0] != '\0');
        assert_in_range(fault.offset, 0, cases[i].expression.len);
    }
    static char long_one[40000];
    struct pattern_fault fault;
    memset(long_one, 'a', sizeof long_one);
    assert_null(pattern_compile((str){long_one, sizeof long_one}, 0, &fault));
    assert_null(pattern_compile(STR("("), 0, NULL)); // nobody asks why
}

static void test_groups(void **state)
{
    (void)state;
    struct pattern *pattern = compiled(STR("(\\d+)-(x)?(\\w*)"), 0);
    str subject = STR("id 12-abc.");
    str groups[6];
    assert_int_equal(pattern_groups(pattern, scratch, subject, groups, 6), PATTERN_YES);
    assert_true(str_equal(groups[0], STR("12-abc")));
    assert_true(str_equal(groups[1], STR("12")));
    assert_null(groups[2].data); // took no part
    assert_true(str_equal(groups[3], STR("abc")));
    assert_null(groups[4].data); // there is no such group
    assert_null(groups[5].data);
    assert_ptr_equal(groups[1].data, subject.data + 3);
    assert_int_equal(pattern_groups(pattern, scratch, STR("12-"), groups, 4), PATTERN_YES);
    assert_int_equal(groups[3].len, 0);
    assert_non_null(groups[3].data); // took part, and is empty
    assert_int_equal(pattern_groups(pattern, scratch, STR("none"), groups, 4), PATTERN_NO);
    pattern_free(pattern);
    // More groups than there is room for: those that fit are told.
    pattern = compiled(STR("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)(m)(n)(o)(p)(q)(r)"), 0);
    str many[20];
    assert_int_equal(pattern_groups(pattern, scratch, STR("abcdefghijklmnopqr"), many, 20),
                     PATTERN_YES);
    assert_true(str_equal(many[15], STR("o")));
    assert_null(many[19].data);
    pattern_free(pattern);
}

// Patterns that explode, on subjects that make them: an answer within a second, and the same one
// each time.
static void test_never_hangs(void **state)
{
    (void)state;
    static const char *const expressions[] = {"^(a+)+$", "^(a|aa)+$", "(.*)*b(.*)*c$",
                                              "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y"};
    static char subject[30000];
    memset(subject, 'a', sizeof subject);
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        struct pattern *pattern = compiled(str_of(expressions[i]), 0);
        for (size_t len = 10; len <= sizeof subject; len *= 10) {
            if (i == 4) memset(subject, 'x', len);
            subject[len - 1] = '!';
            clock_t start = clock();
            enum pattern_answer answer = pattern_search(pattern, scratch, (str){subject, len});
            assert_int_equal(pattern_search(pattern, scratch, (str){subject, len}), answer);
            assert_int_not_equal(answer, PATTERN_YES);
            assert_true(clock() - start < CLOCKS_PER_SEC);
            memset(subject, 'a', len);
        }
        pattern_free(pattern);
    }
    struct pattern *pattern = compiled(STR("^(a+)+$"), 0);
    memset(subject, 'a', sizeof subject);
    subject[99] = '!';
    assert_int_equal(pattern_search(pattern, scratch, (str){subject, 100}), PATTERN_LIMIT);
    // The scratch is as good as before.
    assert_int_equal(pattern_search(pattern, scratch, STR("aaa")), PATTERN_YES);
    pattern_free(pattern);
}

static void test_flags(void **state)
{
    (void)state;
    unsigned flags = 99;
    char bad = 0;
    assert_true(pattern_flags(STR(""), &flags, &bad));
    assert_int_equal(flags, 0);
    assert_true(pattern_flags(STR("i"), &flags, &bad));
    assert_int_equal(flags, PATTERN_CASELESS);
    assert_false(pattern_flags(STR("ix"), &flags, &bad));
    assert_int_equal(bad, 'x');
    (void)pattern_has_jit();
}

static bool start_allows(const struct pattern_start *start, str subject)
{
    if (!start->is_known) return true;
    for (size_t i = 0; i < subject.len; i++) {
        unsigned char byte = (unsigned char)subject.data[i];
        if (start->bytes[byte / 64] >> byte % 64 & 1) return true;
        if (start->is_anchored) return false;
    }
    return false;
}

// No subject that matches is ruled out by its bytes or by its beginning: every text of up to four
// characters that matter to the patterns.
static void test_starts_rule_out_no_match(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        unsigned flags;
    } cases[] = {
        {"\\A(?:no|do[-_.]?not)[-_.]?a", PATTERN_CASELESS},
        {"\\Aab?(?!n)", 0},
        {"(?<=a)b", 0},
        {"\\A(?=.n)a|\\Abn", 0},
        {"[nA]|^b", 0},
        {"\\ba\\b", 0},
        {"a*", 0},
        {"\\A\\z|\\Aa", 0},
        {"(.)\\1", 0},
        {"\\A(.)\\1", PATTERN_CASELESS},
        {"(?|(?:\\An(?:o|.a))|(?i:\\AB-))", 0},
        {"[^ab]", 0},
        {"\\An(?<!n)o|\\A-\\Kb", 0},
        {"[\\p{Lu}]", 0},
        {"\\A\\p{Ll}b", 0},
        {"\\An$", 0},
        {"\\A(?:a|\\Bb)n", 0},
        {"b\\z", PATTERN_CASELESS},
    };
    static const char letters[] = "abnoA-.B";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pattern *pattern = compiled(str_of(cases[i].expression), cases[i].flags);
        struct pattern_start start = pattern_learn_start(pattern, scratch);
        for (size_t len = 0, count = 1; len <= 4; len++, count *= 8) {
            for (size_t n = 0; n < count; n++) {
                char text[4];
                for (size_t at = 0; at < len; at++) text[at] = letters[n >> (3 * at) & 7];
                str subject = {text, len};
                if (pattern_search(pattern, scratch, subject) != PATTERN_YES) continue;
                bool allowed = start_allows(&start, subject);
                for (size_t at = 1; at <= len; at++) {
                    allowed &= pattern_may_begin(pattern, scratch, str_first(subject, at));
                }
                if (!allowed) fail_msg("%s: '%.*s'", cases[i].expression, STR_ARG(subject));
            }
        }
        pattern_free(pattern);
    }
}

// And what they are there for: most of what does not match is told at once.
static void test_starts_are_known(void **state)
{
    (void)state;
    struct pattern *pattern = compiled(STR("\\A(?:no|bounces?)\\z"), 0);
    struct pattern_start start = pattern_learn_start(pattern, scratch);
    assert_true(start.is_known && start.is_anchored);
    assert_int_equal(start.bytes[0], 0);
    assert_int_equal(start.bytes[1], (uint64_t)1 << ('n' - 64) | (uint64_t)1 << ('b' - 64));
    assert_true(pattern_may_begin(pattern, scratch, STR("bo")));
    assert_false(pattern_may_begin(pattern, scratch, STR("ba")));
    assert_false(pattern_may_begin(pattern, scratch, STR("nob")));
    pattern_free(pattern);
    pattern = compiled(STR("[<>]"), 0);
    start = pattern_learn_start(pattern, scratch);
    assert_true(start.is_known && !start.is_anchored);
    assert_int_equal(start.bytes[0], (uint64_t)1 << '<' | (uint64_t)1 << '>');
    assert_true(pattern_may_begin(pattern, scratch, STR("a")));
    pattern_free(pattern);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_odd_subjects),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_never_hangs),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_starts_rule_out_no_match),
        cmocka_unit_test(test_starts_are_known),
    };
    return cmocka_run_group_tests(tests, make_scratch, free_scratch);
}
