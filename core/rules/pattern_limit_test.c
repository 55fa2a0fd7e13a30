// A match must end soon whatever the pattern and the subject, a limit must be told from a no, and
// ASCII must be answered alike with and without UTF.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
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
        cmocka_unit_test(test_no_match_hangs),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_utf_and_bytes_agree),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
