// Options: every way to write them, and every way to get them wrong.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "help.h"
#include "message.h"
#include "option.h"
#include "program.h"
#include "test_capture.h"

static struct {
    bool quiet, all;
    const char *output;
    struct option_list rules;
    long threads;
    uint64_t memory;
    struct option_time as_of;
} got;

static const struct option first[] = {
    {OPTION_FLAG, 'q', "quiet", NULL, "say nothing", &got.quiet},
    {OPTION_FLAG, 'a', "all", NULL, "take all", &got.all},
    {OPTION_TEXT, 'o', "output", "FILE", "write to FILE", &got.output},
    {0},
};

static const struct option second[] = {
    {OPTION_LIST, 0, "rules", "DIR", "look in DIR", &got.rules},
    {OPTION_NUMBER, 0, "threads", "N", "work in N threads", &got.threads},
    {OPTION_SIZE, 0, "memory", "SIZE", "take SIZE", &got.memory},
    {OPTION_TIME, 0, "as-of", "TIME", "take TIME as now", &got.as_of},
    {0},
};

static const char *const examples[] = {"lead-test leads.csv", ".hidden 'x' \\n", NULL};

static const struct command command = {
    .name = "lead-test",
    .tagline = "try options",
    .operands = "[FILE...]",
    .about = "First.\n\nSecond \\ line.\n.third\n'fourth",
    .examples = examples,
    .tables = {first, second},
};

enum { WORDS_MAX = 8 };

// Parses the words and prints what was understood.
static int parse(void *words)
{
    char *argv[WORDS_MAX + 2] = {(char[]){"lead-test"}};
    int argc = 1;
    for (char **word = words; *word; word++) argv[argc++] = *word;
    message_program(command.name);
    struct operands operands = option_parse(&command, argc, argv);
    printf("q%d a%d o=%s r=", got.quiet, got.all, got.output ? got.output : "-");
    for (size_t i = 0; i < got.rules.count; i++) printf("%s,", got.rules.items[i]);
    printf(" t=%ld m=%llu as=%lld :", got.threads, (unsigned long long)got.memory,
           got.as_of.is_set ? (long long)got.as_of.seconds : -1);
    for (size_t i = 0; i < operands.count; i++) printf(" %s", operands.items[i]);
    memory_free(operands.items);
    return 0;
}

static const struct {
    const char *words[WORDS_MAX];
    const char *out;
} good[] = {
    {{NULL}, "q0 a0 o=- r= t=0 m=0 as=-1 :"},
    {{"a", "-", "b"}, "q0 a0 o=- r= t=0 m=0 as=-1 : a - b"},
    {{"-q", "a", "--all"}, "q1 a1 o=- r= t=0 m=0 as=-1 : a"},
    {{"-qa"}, "q1 a1 o=- r= t=0 m=0 as=-1 :"},
    {{"-o", "x"}, "q0 a0 o=x r= t=0 m=0 as=-1 :"},
    {{"-ox"}, "q0 a0 o=x r= t=0 m=0 as=-1 :"},
    {{"-qox", "y"}, "q1 a0 o=x r= t=0 m=0 as=-1 : y"},
    {{"-o-"}, "q0 a0 o=- r= t=0 m=0 as=-1 :"},
    {{"--output", "-q"}, "q0 a0 o=-q r= t=0 m=0 as=-1 :"}, // the value, whatever it looks like
    {{"--output=x=y"}, "q0 a0 o=x=y r= t=0 m=0 as=-1 :"},
    {{"--output="}, "q0 a0 o= r= t=0 m=0 as=-1 :"},
    {{"--output", "a", "--output", "b"}, "q0 a0 o=b r= t=0 m=0 as=-1 :"}, // the last one counts
    {{"--rules", "a", "--rules=b"}, "q0 a0 o=- r=a,b, t=0 m=0 as=-1 :"},
    {{"--threads", "4"}, "q0 a0 o=- r= t=4 m=0 as=-1 :"},
    {{"--memory", "512M"}, "q0 a0 o=- r= t=0 m=536870912 as=-1 :"},
    {{"--memory", "4g"}, "q0 a0 o=- r= t=0 m=4294967296 as=-1 :"},
    {{"--memory=1KiB"}, "q0 a0 o=- r= t=0 m=1024 as=-1 :"},
    {{"--memory=7"}, "q0 a0 o=- r= t=0 m=7 as=-1 :"},
    {{"--as-of", "1970-01-02"}, "q0 a0 o=- r= t=0 m=0 as=86400 :"},
    {{"--", "-q", "--help", "--"}, "q0 a0 o=- r= t=0 m=0 as=-1 : -q --help --"},
    {{"./-q", "--all"}, "q0 a1 o=- r= t=0 m=0 as=-1 : ./-q"},
};

static void test_good(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct captured captured = capture(parse, (void *)(uintptr_t)good[i].words);
        assert_string_equal(captured.err, "");
        assert_string_equal(captured.out, good[i].out);
        assert_int_equal(captured.status, 0);
    }
}

static const struct {
    const char *words[WORDS_MAX];
    const char *err; // after the program's name
} bad[] = {
    {{"--outptu", "x"}, "no such option: --outptu (did you mean --output?)"},
    {{"--hepl"}, "no such option: --hepl (did you mean --help?)"},
    {{"--banana"}, "no such option: --banana"},
    {{"--out=x"}, "no such option: --out=x"}, // no abbreviations
    {{"-z"}, "no such option: -z"},
    {{"-qz"}, "no such option: -qz"},
    {{"---q"}, "no such option: ---q"},
    {{"--=x"}, "no such option: --=x"},
    {{"--quiet=1"}, "--quiet takes no value"},
    {{"--output"}, "--output needs a value: FILE"},
    {{"-o"}, "-o needs a value: FILE"},
    {{"-qo"}, "-o needs a value: FILE"},
    {{"--threads", "two"}, "--threads: 'two' is not a whole number"},
    {{"--threads", ""}, "--threads: '' is not a whole number"},
    {{"--threads", "-1"}, "--threads: '-1' is not a whole number"},
    {{"--threads", " 1"}, "--threads: ' 1' is not a whole number"},
    {{"--threads=1x"}, "--threads=1x: '1x' is not a whole number"},
    {{"--threads", "99999999999999999999"},
     "--threads: '99999999999999999999' is not a whole number"},
    {{"--memory", "4X"}, "--memory: '4X' is not a size such as 512M or 4G"},
    {{"--memory", "M"}, "--memory: 'M' is not a size such as 512M or 4G"},
    {{"--memory", "-1M"}, "--memory: '-1M' is not a size such as 512M or 4G"},
    {{"--memory", "99999999T"}, "--memory: '99999999T' is not a size such as 512M or 4G"},
    {{"--memory", "1MX"}, "--memory: '1MX' is not a size such as 512M or 4G"},
    {{"--as-of", "today"},
     "--as-of: 'today' is not a time such as 2026-11-24 or 2026-11-24T06:00Z"},
    {{"--no\033[31m"}, "no such option: --no?[31m"},
};

static void test_bad(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char want[512];
        struct captured captured = capture(parse, (void *)(uintptr_t)bad[i].words);
        snprintf(want, sizeof want, "lead-test: %s\nTry 'lead-test --help'.\n", bad[i].err);
        assert_string_equal(captured.err, want);
        assert_string_equal(captured.out, "");
        assert_int_equal(captured.status, EXIT_TROUBLE);
    }
}

static void test_too_often(void **state)
{
    (void)state;
    memset(&got, 0, sizeof got);
    got.rules.count = OPTION_LIST_MAX;
    const char *words[] = {"--rules", "x", NULL};
    struct captured captured = capture(parse, words);
    assert_string_equal(captured.err,
                        "lead-test: --rules: given too often\nTry 'lead-test --help'.\n");
    got.rules.count = 0;
}

static void test_answers(void **state)
{
    (void)state;
    struct captured captured = capture(parse, (const char *[]){"--version", "--nonsense", NULL});
    assert_int_equal(captured.status, 0);
    assert_memory_equal(captured.out, "lead-test ", 10);
    captured = capture(parse, (const char *[]){"--list-options", NULL});
    assert_string_equal(captured.out, "--quiet\n--all\n--output=\n--rules=\n--threads=\n--memory=\n"
                                      "--as-of=\n--help\n--version\n--man\n");
    captured = capture(parse, (const char *[]){"-q", "--help", NULL});
    assert_int_equal(captured.status, 0);
    assert_non_null(strstr(captured.out, "usage: lead-test [options] [FILE...]\n"));
    assert_non_null(strstr(captured.out, "  -o, --output FILE           write to FILE\n"));
    assert_non_null(strstr(captured.out, "      --rules DIR             look in DIR\n"));
    assert_non_null(strstr(captured.out, "\nexamples\n  lead-test leads.csv\n"));
    captured = capture(parse, (const char *[]){"--", "--help", NULL});
    assert_null(strstr(captured.out, "usage"));
}

// Text that mdoc would take as a command must stay text.
static void test_manual(void **state)
{
    (void)state;
    struct captured captured = capture(parse, (const char *[]){"--man", NULL});
    assert_int_equal(captured.status, 0);
    assert_non_null(strstr(captured.out, ".Dt LEAD-TEST 1\n"));
    assert_non_null(strstr(captured.out, "First.\n.Pp\nSecond \\e line.\n\\&.third\n\\&'fourth\n"));
    assert_non_null(strstr(captured.out, ".It Fl o , Fl -output Ar FILE\nwrite to FILE\n"));
    assert_non_null(strstr(captured.out, "\\&.hidden 'x' \\en\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),      cmocka_unit_test(test_bad),
        cmocka_unit_test(test_too_often), cmocka_unit_test(test_answers),
        cmocka_unit_test(test_manual),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
