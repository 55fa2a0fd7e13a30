// Goal: a program that dies leaves no unfinished file, and no finished one is lost by it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>

#include "input.h"
#include "output.h"
#include "test_files.h"
#include "unfinished.h"

static void assert_file(const char *path, str want)
{
    struct err err = {0};
    struct input *input = input_open(path, &err);
    assert_non_null(input);
    char *got = malloc(want.len + 1);
    assert_int_equal(input_read(input, got, want.len + 1, &err), want.len);
    if (want.len) assert_memory_equal(got, want.data, want.len);
    free(got);
    input_close(input);
}

static struct output *must_open(const char *path)
{
    struct err err = {0};
    struct output *output = output_open(path, &err);
    if (!output) fail_msg("%s: %s", err.file, err.text);
    return output;
}

static void unlink_all_removes_unfinished_files_only(void **state)
{
    (void)state;
    struct err err = {0};
    struct output *done = must_open(path_of("done.csv"));
    struct output *open_one = must_open(path_of("open.csv"));
    struct output *other = must_open(path_of("other.csv.gz"));
    assert_true(output_publish(done, &err));
    assert_int_equal(count_files(), 3);
    outputs_unlink_all();
    assert_int_equal(count_files(), 1);
    assert_file(path_of("done.csv"), STR(""));
    // The program may still come to the end of it: the file is gone, and that is said.
    assert_false(output_publish(open_one, &err));
    assert_int_equal(err.kind, ERR_IO);
    outputs_unlink_all();
    output_close(done);
    output_close(open_one);
    output_close(other);
    assert_int_equal(count_files(), 1);
}

static void on_terminate(int number)
{
    outputs_unlink_all();
    signal(number, SIG_DFL);
    raise(number);
}

static void signal_leaves_nothing(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGTERM, on_terminate);
        struct err err = {0};
        for (int i = 0; i < 20; i++) {
            char name[20];
            snprintf(name, sizeof name, "part%d.csv", i);
            struct output *output = output_open(path_of(name), &err);
            output_write(output, STR("x\n"), &err);
        }
        (void)!write(ends[1], "r", 1);
        for (;;) pause();
    }
    char ready;
    assert_int_equal(read(ends[0], &ready, 1), 1);
    assert_int_equal(count_files(), 20);
    kill(child, SIGTERM);
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    assert_int_equal(count_files(), 0);
    close(ends[0]);
    close(ends[1]);
}

static void table_of_unfinished_files_may_overflow(void **state)
{
    (void)state;
    int places[UNFINISHED_MAX];
    for (int i = 0; i < UNFINISHED_MAX; i++) {
        places[i] = unfinished_add(path_of("none"));
        assert_true(places[i] >= 0);
    }
    assert_int_equal(unfinished_add(path_of("none")), -1);
    struct err err = {0};
    struct output *output = must_open(path_of("still.csv"));
    assert_true(output_publish(output, &err));
    output_close(output);
    for (int i = 0; i < UNFINISHED_MAX; i++) unfinished_remove(places[i]);
    unfinished_remove(-1);
    int again = unfinished_add(path_of("none"));
    assert_true(again >= 0);
    unfinished_remove(again);
}

#define TEST(name) cmocka_unit_test_teardown(name, empty_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(unlink_all_removes_unfinished_files_only),
        TEST(signal_leaves_nothing),
        TEST(table_of_unfinished_files_may_overflow),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
