// Patterns must say yes and no as PCRE2 does, the same for ASCII with and without UTF, and must end
// soon whatever the pattern and the subject.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/memory.h"
#include "pattern.h"

static struct pattern_scratch *scratch;

static int begin(void **state)
{
    (void)state;
    scratch = pattern_scratch_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    pattern_scratch_free(scratch);
    return 0;
}

static struct pattern *compiled(const char *expression, unsigned flags)
{
    struct pattern_fault fault = {{0}, 0};
    struct pattern *pattern = pattern_compile(str_of(expression), flags, &fault);
    if (!pattern) fail_msg("/%s/: %s at %zu", expression, fault.text, fault.offset);
    return pattern;
}

static enum pattern_answer search(const char *expression, unsigned flags, str subject)
{
    struct pattern *pattern = compiled(expression, flags);
    enum pattern_answer answer = pattern_search(pattern, scratch, subject);
    pattern_free(pattern);
    return answer;
}

static void test_answers(void **state)
{
    (void)state;
    enum { I = PATTERN_CASELESS, W = PATTERN_WHOLE, B = PATTERN_BYTES };
    const struct {
        const char *expression;
        unsigned flags;
        str subject;
        enum pattern_answer want;
    } cases[] = {
        {"ceo", 0, STR("the ceo"), PATTERN_YES},
        {"ceo", 0, STR("the CEO"), PATTERN_NO},
        {"ceo", I, STR("the CEO"), PATTERN_YES},
        {"\\bceo\\b", I, STR("CEOs"), PATTERN_NO},
        {"ceo", W, STR("ceo"), PATTERN_YES},
        {"ceo", W, STR("ceo "), PATTERN_NO},
        {"a|ab", W, STR("ab"), PATTERN_YES},
        {"x$", 0, STR("x\n"), PATTERN_NO},
        {"^b", 0, STR("a\nb"), PATTERN_NO},
        {"a.b", 0, STR("a\nb"), PATTERN_YES},
        {"a.b", 0, STR("a\0b"), PATTERN_YES},
        {"\\x00", 0, STR("a\0b"), PATTERN_YES},
        {"", 0, STR(""), PATTERN_YES},
        {"", W, STR("a"), PATTERN_NO},
        {"a", 0, {NULL, 0}, PATTERN_NO},
        {"a?", W, {NULL, 0}, PATTERN_YES},
        {"a-b", 0, STR("a-b"), PATTERN_YES},
        {"a-b", 0, STR("ab"), PATTERN_NO},
        {"[+]\\d{3}", 0, STR("+35"), PATTERN_NO},
        // Characters, not bytes.
        {"^.$", 0, STR("ä"), PATTERN_YES},
        {"^.$", B, STR("ä"), PATTERN_NO},
        {"^..$", B, STR("ä"), PATTERN_YES},
        {"Ä", I, STR("pä"), PATTERN_YES},
        {"ä", 0, STR("Ä"), PATTERN_NO},
        {"\\bjohtaja\\b", I, STR("myyntijohtaja ää"), PATTERN_NO},
        {"\\w+", W, STR("työ"), PATTERN_YES},
        {"\\p{Lu}", 0, STR("abC"), PATTERN_YES},
        {"\\p{Lu}", 0, STR("abc"), PATTERN_NO},
        {"\\x{416}", 0, STR("\u0416"), PATTERN_YES},
        {"k", I, STR("\u212A"), PATTERN_YES}, // the Kelvin sign folds to k
        {"k", I | B, STR("\u212A"), PATTERN_NO},
        // A byte that every ASCII match needs may be left out by none.
        {"a@b|c", 0, STR("c"), PATTERN_YES},
        {"(@)?c", 0, STR("c"), PATTERN_YES},
        {"\\d@\\d|ä", 0, STR("ä"), PATTERN_YES},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum pattern_answer got = search(cases[i].expression, cases[i].flags, cases[i].subject);
        if (got == cases[i].want) continue;
        fail_msg("/%s/ with %u on '%.*s': %d", cases[i].expression, cases[i].flags,
                 STR_ARG(cases[i].subject), (int)got);
    }
}

static void test_groups(void **state)
{
    (void)state;
    struct pattern *pattern = compiled("(\\w+)@(\\w+)(\\.fi)?(z)?", 0);
    str groups[6];
    str subject = STR("to ann@firm.fi now");
    assert_int_equal(pattern_groups(pattern, scratch, subject, groups, 6), PATTERN_YES);
    assert_true(str_equal(groups[0], STR("ann@firm.fi")));
    assert_ptr_equal(groups[0].data, subject.data + 3);
    assert_true(str_equal(groups[1], STR("ann")));
    assert_true(str_equal(groups[2], STR("firm")));
    assert_true(str_equal(groups[3], STR(".fi")));
    assert_null(groups[4].data); // took no part
    assert_null(groups[5].data); // there is none
    groups[0] = STR("kept");
    assert_int_equal(pattern_groups(pattern, scratch, STR("nobody"), groups, 6), PATTERN_NO);
    assert_true(str_equal(groups[0], STR("kept")));
    pattern_free(pattern);
    // More groups than are kept: the first ones are right.
    pattern = compiled("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)(m)(n)(o)(p)(q)(r)", 0);
    str many[19];
    assert_int_equal(pattern_groups(pattern, scratch, STR("abcdefghijklmnopqr"), many, 19),
                     PATTERN_YES);
    assert_true(str_equal(many[15], STR("o")));
    assert_null(many[18].data);
    pattern_free(pattern);
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        unsigned flags;
        size_t offset;
    } cases[] = {{"a(b", 0, 3},
                 {"a)b", 0, 1},
                 {"[a", 0, 2},
                 {"*a", 0, 0},
                 {"a{2,1}", 0, 5},
                 {"\\C", 0, 2},
                 {"(?<n>a)(?<n>b)", 0, 12},
                 {"(*UTF)a", PATTERN_BYTES, 6},
                 {"a\xFF", 0, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pattern_fault fault = {{0}, 99};
        assert_null(pattern_compile(str_of(cases[i].expression), cases[i].flags, &fault));
        assert_true(fault.text[0]);
        if (fault.offset != cases[i].offset) fail_msg("%zu: %zu", i, fault.offset);
        assert_null(pattern_compile(str_of(cases[i].expression), cases[i].flags, NULL));
    }
    size_t len = 40000;
    char *text = memory_alloc(len);
    memset(text, 'a', len);
    struct pattern_fault fault = {{0}, 0};
    assert_null(pattern_compile((str){text, len}, 0, &fault));
    assert_true(fault.text[0]);
    memory_free(text);
    pattern_free(NULL);
    pattern_scratch_free(NULL);
}

static void test_flags(void **state)
{
    (void)state;
    unsigned flags = 77;
    char bad = 0;
    assert_true(pattern_flags(STR(""), &flags, &bad));
    assert_int_equal(flags, 0);
    assert_true(pattern_flags(STR("i"), &flags, &bad));
    assert_int_equal(flags, PATTERN_CASELESS);
    assert_false(pattern_flags(STR("ix"), &flags, &bad));
    assert_int_equal(bad, 'x');
}

static void test_matches_empty(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        bool want;
    } cases[] = {{"a*", true}, {"a", false}, {"|a", true}, {"^$", true}, {"\\s", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pattern *pattern = compiled(cases[i].expression, 0);
        assert_int_equal(pattern_matches_empty(pattern, scratch), cases[i].want);
        pattern_free(pattern);
    }
}

// ---- what must end

static const struct {
    const char *expression, *fill, *tail;
} slow[] = {{"(a+)+$", "a", "!"},
            {"(a|aa)+$", "a", "!"},
            {"^(\\w+\\s?)*$", "a", "!"},
            {"([a-z]+)*\\d", "a", ""},
            {"(x+x+)+y", "x", ""},
            {"(.*)*x", "a", ""},
            {"a.*a.*a.*a.*[yz]", "a", ""},
            {"^(([a-z])+.)+[A-Z]([a-z])+$", "a", ""},
            {"(?:a?){30}a{30}[bc]", "a", ""},
            {"(?R)?b|a", "a", ""},
            {"\\s+$", " ", "x"},
            {"(?:a|b)++[cd]", "a", ""},
            {"[a-z]{1,9000}[0-9]", "a", ""},
            {"(?=.*[xy]).", "a", ""},
            {"(\\w+)\\1[yz]", "a", ""},
            {"(a(b(c(d?)*)*)*)*[yz]", "abcd", ""}};

static str filled(char *text, size_t len, const char *fill, const char *tail)
{
    size_t at = 0, fill_len = strlen(fill), tail_len = strlen(tail);
    for (; at + fill_len + tail_len <= len; at += fill_len) memcpy(text + at, fill, fill_len);
    memcpy(text + at, tail, tail_len);
    return (str){text, at + tail_len};
}

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// A generous bound, for sanitizers and slow machines: what it guards against takes minutes.
static void check_ends(size_t len)
{
    char *text = memory_alloc(len + 8);
    for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
        struct pattern *pattern = compiled(slow[i].expression, 0);
        str subject = filled(text, len, slow[i].fill, slow[i].tail);
        double start = cpu_seconds();
        enum pattern_answer answer = pattern_search(pattern, scratch, subject);
        double took = cpu_seconds() - start;
        if (took > 10) fail_msg("/%s/ on %zu bytes took %.1f s", slow[i].expression, len, took);
        if (len > 100 && answer == PATTERN_YES && slow[i].expression[1] != '?') {
            fail_msg("/%s/ matched", slow[i].expression);
        }
        pattern_free(pattern);
    }
    memory_free(text);
}

static void test_no_match_hangs(void **state)
{
    (void)state;
    check_ends(PATTERN_SUBJECT_MAX);
    check_ends(50000);
    check_ends(4 << 20);
}

static void test_limit(void **state)
{
    (void)state;
    char text[64];
    memset(text, 'a', 40);
    text[40] = '!';
    assert_int_equal(search("(a+)+$", 0, (str){text, 41}), PATTERN_LIMIT);
    assert_int_equal(search("(a+)+$", PATTERN_BYTES, (str){text, 41}), PATTERN_LIMIT);
    // The next match with the same scratch is not harmed.
    assert_int_equal(search("(a+)+!", 0, (str){text, 41}), PATTERN_YES);
    // A rule cannot lift the limits.
    assert_int_equal(search("(*LIMIT_MATCH=100000000)(a+)+$", 0, (str){text, 41}), PATTERN_LIMIT);

    char *large = memory_alloc(PATTERN_SUBJECT_MAX + 1);
    memset(large, 'a', PATTERN_SUBJECT_MAX + 1);
    assert_int_equal(search("aa", 0, (str){large, PATTERN_SUBJECT_MAX}), PATTERN_YES);
    assert_int_equal(search("aa", 0, (str){large, PATTERN_SUBJECT_MAX + 1}), PATTERN_LIMIT);
    // No match without the needed byte, however long the subject.
    assert_int_equal(search("a@", 0, (str){large, PATTERN_SUBJECT_MAX + 1}), PATTERN_NO);
    memory_free(large);
}

// ---- ASCII with and without UTF

static uint64_t random_state = 12345;

static uint32_t pick(uint32_t count)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random_state >> 33) % count;
}

// A random expression of pieces that mean the same in both, and a random ASCII subject: the program
// without UTF, the one with (forced by an ä that follows the subject where it cannot matter) and
// PATTERN_BYTES say the same.
static void test_utf_and_bytes_agree(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",   "B",   "ab",    ".",    "\\d",   "\\w",
                                         "\\s", "\\b", "[a-c]", "[^b]", "(a|b)", "(?:ab)",
                                         "x?",  "1+",  "\\.",   "@",    "-"};
    static const char alphabet[] = "aAbBc1 .@-xZ_\n";
    for (int round = 0; round < 4000; round++) {
        char expression[80] = "^";
        size_t len = 1;
        for (uint32_t i = 0, count = 1 + pick(5); i < count; i++) {
            const char *piece = pieces[pick(sizeof pieces / sizeof *pieces)];
            len += (size_t)snprintf(expression + len, sizeof expression - len, "%s", piece);
        }
        char subject[16];
        uint32_t subject_len = pick(10);
        for (uint32_t i = 0; i < subject_len; i++) subject[i] = alphabet[pick(14)];
        unsigned flags = pick(2) ? PATTERN_CASELESS : 0;
        str ascii = {subject, subject_len};
        enum pattern_answer with_both = search(expression, flags, ascii);
        enum pattern_answer with_bytes = search(expression, flags | PATTERN_BYTES, ascii);
        snprintf(expression + len, sizeof expression - len, "|ää");
        enum pattern_answer with_utf = search(expression, flags, ascii);
        if (with_both != with_bytes || with_both != with_utf) {
            fail_msg("/%s/ on '%.*s': %d %d %d", expression, STR_ARG(ascii), (int)with_both,
                     (int)with_bytes, (int)with_utf);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),       cmocka_unit_test(test_groups),
        cmocka_unit_test(test_faults),        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_matches_empty), cmocka_unit_test(test_no_match_hangs),
        cmocka_unit_test(test_limit),         cmocka_unit_test(test_utf_and_bytes_agree),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
