// What a program says, and how it ends, whatever happens to it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include "core/base/memory.h"
#include "core/csv/output.h"
#include "program.h"
#include "test_capture.h"

// ---- messages

static int say_all(void *quiet)
{
    message_program("lead-test");
    message_quiet(quiet != NULL);
    struct err err = {0};
    message_note("a note of %d", 1);
    message_warning("be warned: %s", "x");
    err_set(&err, ERR_DATA, "a.csv", 17, "no column '%s'", "emial");
    err_hint(&err, "did you mean email?");
    message_error(&err);
    err = (struct err){0};
    err_set(&err, ERR_IO, "b.csv", 0, "cannot read");
    message_error(&err);
    err = (struct err){0};
    err_set(&err, ERR_USAGE, NULL, 0, "nothing to do");
    message_error(&err);
    err = (struct err){0};
    err_set(&err, ERR_STOPPED, "c.csv", 1, "stopped");
    message_error(&err);
    message_block(STR("line\nline\n"));
    return 0;
}

static void test_messages(void **state)
{
    (void)state;
    static const char errors[] = "lead-test: a.csv:17: no column 'emial'\n  did you mean email?\n"
                                 "lead-test: b.csv: cannot read\nlead-test: nothing to do\n"
                                 "line\nline\n";
    char want[1024];
    struct captured captured = capture(say_all, NULL);
    snprintf(want, sizeof want, "lead-test: a note of 1\nlead-test: warning: be warned: x\n%s",
             errors);
    assert_string_equal(captured.err, want);
    assert_string_equal(captured.out, "");
    captured = capture(say_all, &captured);
    assert_string_equal(captured.err, errors);
}

static int say_text(void *text)
{
    message_note("%s", (const char *)text);
    return 0;
}

// No byte that a terminal may take as a command gets through; letters do.
static void test_masking(void **state)
{
    (void)state;
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"plain n\xC3\xA4me \xE2\x82\xAC", "plain n\xC3\xA4me \xE2\x82\xAC"},
        {"\033[31mred\a\b\t\r\x7F", "?[31mred?????"},
        {"a\xC2\x9B"
         "31m",
         "a?31m"}, // CSI in UTF-8
        {"a\xC2\xA0"
         "b",
         "a\xC2\xA0"
         "b"}, // a no-break space is none
        {"a\x9B"
         "31m\xE4",
         "a?31m?"}, // CSI as a bare byte; Latin-1
        {"\xC2", "?"},
        {"\xE2\x82", "??"},
        {"x\xFF\xC3\xA4\xFE"
         "y",
         "x?\xC3\xA4?y"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char want[256];
        struct captured captured = capture(say_text, (void *)(uintptr_t)cases[i].text);
        snprintf(want, sizeof want, "leadpipe: %s\n", cases[i].shown);
        assert_string_equal(captured.err, want);
    }
}

// ---- the end

static int print_and_finish(void *to)
{
    program_start("lead-test");
    if (to) {
        int fd = open(to, O_WRONLY);
        dup2(fd, STDOUT_FILENO);
    }
    printf("records");
    return program_finish(EXIT_HELD_BACK);
}

static void test_finish(void **state)
{
    (void)state;
    struct captured captured = capture(print_and_finish, NULL);
    assert_int_equal(captured.status, EXIT_HELD_BACK);
    assert_string_equal(captured.out, "records");
    char full[] = "/dev/full";
    captured = capture(print_and_finish, full);
    assert_int_equal(captured.status, EXIT_TROUBLE);
    assert_string_equal(captured.err,
                        "lead-test: <stdout>: cannot write: No space left on device\n");
}

static int fail_of(void *kind)
{
    struct err err = {0};
    program_start("lead-test");
    err_set(&err, *(enum err_kind *)kind, "a.csv", 3, "it is bad");
    return program_fail(&err);
}

static void test_fail(void **state)
{
    (void)state;
    for (enum err_kind kind = ERR_USAGE; kind < ERR_STOPPED; kind++) {
        struct captured captured = capture(fail_of, &kind);
        assert_int_equal(captured.status, EXIT_TROUBLE);
        assert_string_equal(captured.err, "lead-test: a.csv:3: it is bad\n");
    }
    enum err_kind stopped = ERR_STOPPED; // a reader that went away
    struct captured captured = capture(fail_of, &stopped);
    assert_int_equal(captured.status, 128 + SIGPIPE);
    assert_string_equal(captured.err, "");
}

// The first signal asks to stop; the program then dies of it.
static int be_signalled(void *number)
{
    program_start("lead-test");
    if (atomic_load(program_stop())) return 10;
    raise(*(int *)number);
    if (!atomic_load(program_stop())) return 11;
    struct err err = {0};
    err_set(&err, ERR_STOPPED, NULL, 0, "stopped");
    return program_fail(&err);
}

static int be_signalled_twice(void *number)
{
    program_start("lead-test");
    raise(*(int *)number);
    raise(*(int *)number);
    return 12; // not reached
}

static int ignore_and_be_signalled(void *number)
{
    signal(*(int *)number, SIG_IGN); // as nohup does
    program_start("lead-test");
    raise(*(int *)number);
    return atomic_load(program_stop()) ? 13 : 0;
}

static void test_signals(void **state)
{
    (void)state;
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < 3; i++) {
        int number = numbers[i];
        struct captured captured = capture(be_signalled, &number);
        assert_int_equal(captured.status, 128 + number);
        assert_string_equal(captured.err, "");
        assert_int_equal(capture(be_signalled_twice, &number).status, 128 + number);
        assert_int_equal(capture(ignore_and_be_signalled, &number).status, 0);
    }
}

// ---- unfinished files

static char path[] = "/tmp/program_test.XXXXXX";

static int write_and_end(void *how)
{
    struct err err = {0};
    program_start("lead-test");
    struct output *output = output_open(path, &err);
    output_write(output, STR("half"), &err);
    switch (*(int *)how) {
    case 0: raise(SIGTERM), raise(SIGTERM); break;
    case 1: return err_set(&err, ERR_DATA, NULL, 0, "bad"), program_fail(&err);
    default: memory_alloc((size_t)1 << 62);
    }
    return 14;
}

static void test_unfinished_files_go(void **state)
{
    (void)state;
    static const int statuses[] = {128 + SIGTERM, EXIT_TROUBLE, EXIT_TROUBLE};
    close(mkstemp(path));
    for (int how = 0; how < 3; how++) {
        char command[128];
        assert_int_equal(capture(write_and_end, &how).status, statuses[how]);
        snprintf(command, sizeof command, "test \"$(echo %s*)\" = %s -a ! -s %s", path, path, path);
        assert_int_equal(system(command), 0);
    }
    unlink(path);
}

// ---- descriptors that the parent has closed

static int without_descriptors(void *unused)
{
    (void)unused;
    for (int fd = 0; fd < 3; fd++) close(fd);
    program_start("lead-test");
    int next = open("/dev/null", O_RDONLY);
    char byte;
    bool fails = read(STDIN_FILENO, &byte, 1) < 0 && write(STDOUT_FILENO, "x", 1) < 0;
    message_note("lost");
    return next > 2 && fails ? program_finish(EXIT_DONE) : 15;
}

static void test_closed_descriptors(void **state)
{
    (void)state;
    assert_int_equal(capture(without_descriptors, NULL).status, EXIT_DONE);
}

// The sanitizers, which end a program that wants too much, are told to give NULL as others do; and
// that one that ends midway keeps what it has.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "allocator_may_return_null=1:detect_leaks=0"; }
const char *__tsan_default_options(void);
const char *__tsan_default_options(void) { return "allocator_may_return_null=1"; }

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_masking),
        cmocka_unit_test(test_finish),
        cmocka_unit_test(test_fail),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_unfinished_files_go),
        cmocka_unit_test(test_closed_descriptors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
