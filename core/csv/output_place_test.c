// Goal: what is no file is written in place, and a full device is told from a reader that has gone
// away.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "input.h"
#include "output.h"
#include "test_files.h"

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

static void full_device_is_an_error_that_stays(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) < 0) skip();
    struct err err = {0}, again = {0};
    struct output *output = must_open("/dev/full");
    // Small writes are gathered: the error comes when they are handed on.
    assert_true(output_write(output, STR("a,b\n"), &err));
    assert_false(output_publish(output, &err));
    assert_int_equal(err.kind, ERR_IO);
    assert_string_equal(err.file, "/dev/full");
    assert_string_equal(err.text, "cannot write: No space left on device");
    assert_false(output_write(output, STR("more\n"), &again));
    assert_string_equal(again.text, err.text);
    again = (struct err){0};
    assert_false(output_flush(output, &again));
    assert_false(output_publish(output, &again));
    assert_string_equal(again.text, err.text);
    output_close(output);
    assert_int_equal(access("/dev/full", W_OK), 0);
}

static void gone_reader_is_stopped_not_failed(void **state)
{
    (void)state;
    void (*kept)(int) = signal(SIGPIPE, SIG_IGN);
    int ends[2];
    char path[64];
    assert_int_equal(pipe(ends), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    struct err err = {0}, again = {0};
    struct output *output = must_open(path);
    close(ends[0]);
    assert_true(output_write(output, STR("a,b\n"), &err));
    assert_false(output_flush(output, &err));
    assert_int_equal(err.kind, ERR_STOPPED);
    assert_false(output_write(output, STR("more"), &again));
    assert_int_equal(again.kind, ERR_STOPPED);
    output_close(output);
    close(ends[1]);
    signal(SIGPIPE, kept);
}

static void *read_slowly(void *fd)
{
    char bytes[5000];
    size_t total = 0;
    ssize_t got;
    while ((got = read(*(int *)fd, bytes, sizeof bytes)) > 0) {
        total += (size_t)got;
        usleep(500);
    }
    return (void *)total;
}

static void nonblocking_pipe_is_waited_for(void **state)
{
    (void)state;
    int ends[2];
    char path[64];
    assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
    fcntl(ends[0], F_SETFL, 0);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    struct output *output = must_open(path);
    // Refused to a user who has many pipes; then it is to us as well.
    int room = fcntl(ends[1], F_GETPIPE_SZ);
    assert_true(room == 1 << 20 || fcntl(ends[1], F_SETPIPE_SZ, 1 << 20) < 0);
    fcntl(ends[1], F_SETPIPE_SZ, 4096);
    pthread_t thread;
    pthread_create(&thread, NULL, read_slowly, &ends[0]);
    static char bytes[200000];
    struct err err = {0};
    assert_true(output_write(output, (str){bytes, sizeof bytes}, &err));
    assert_true(output_publish(output, &err));
    output_close(output);
    close(ends[1]);
    void *total;
    pthread_join(thread, &total);
    assert_int_equal((size_t)total, sizeof bytes);
    close(ends[0]);
}

// A pipe, which can be opened once more, and a socket, which cannot.
static void open_ends(int ends[2], bool is_socket, char path[64])
{
    int status = is_socket ? socketpair(AF_UNIX, SOCK_STREAM, 0, ends) : pipe(ends);
    assert_int_equal(status, 0);
    snprintf(path, 64, "/dev/fd/%d", ends[1]);
}

static atomic_bool stop;

static void *stop_soon(void *unused)
{
    usleep(50000);
    atomic_store(&stop, true);
    return unused;
}

// Nobody reads, and the thread that writes gets no signal.
static void waiting_write_is_stopped(void **state)
{
    (void)state;
    static char bytes[4 << 20];
    for (int is_socket = 0; is_socket < 2; is_socket++) {
        int ends[2];
        char path[64];
        open_ends(ends, is_socket, path);
        atomic_store(&stop, false);
        struct err err = {0}, again = {0};
        struct output *output = must_open(path);
        output_stop_on(output, &stop);
        assert_int_equal(fcntl(ends[1], F_GETFL) & O_NONBLOCK, 0); // others share it
        pthread_t thread;
        pthread_create(&thread, NULL, stop_soon, NULL);
        assert_false(output_write(output, (str){bytes, sizeof bytes}, &err));
        assert_int_equal(err.kind, ERR_STOPPED);
        assert_false(output_publish(output, &again));
        assert_int_equal(again.kind, ERR_STOPPED);
        pthread_join(thread, NULL);
        output_close(output);
        close(ends[0]);
        close(ends[1]);
    }
}

static void slow_reader_gets_all(void **state)
{
    (void)state;
    static char bytes[1500000];
    for (int is_socket = 0; is_socket < 2; is_socket++) {
        int ends[2];
        char path[64];
        open_ends(ends, is_socket, path);
        atomic_store(&stop, false);
        struct err err = {0};
        struct output *output = must_open(path);
        output_stop_on(output, &stop);
        pthread_t thread;
        pthread_create(&thread, NULL, read_slowly, &ends[0]);
        assert_true(output_write(output, (str){bytes, sizeof bytes}, &err));
        assert_true(output_publish(output, &err));
        output_close(output);
        close(ends[1]);
        void *total;
        pthread_join(thread, &total);
        assert_int_equal((size_t)total, sizeof bytes);
        close(ends[0]);
    }
}

// A stop that is set ends no write to a file: it would not wait.
static void file_is_not_stopped(void **state)
{
    (void)state;
    atomic_store(&stop, true);
    struct err err = {0};
    struct output *output = must_open(path_of("leads.csv"));
    output_stop_on(output, &stop);
    assert_true(output_write(output, STR("a,b\n"), &err));
    assert_true(output_publish(output, &err));
    output_close(output);
    assert_file(path_of("leads.csv"), STR("a,b\n"));
}

static void fifo_is_written_in_place(void **state)
{
    (void)state;
    const char *path = path_of("fifo");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(symlink("fifo", path_of("to_fifo")), 0);
    int fd = open(path, O_RDWR);
    struct err err = {0};
    const char *const names[] = {"fifo", "to_fifo"};
    for (int i = 0; i < 2; i++) {
        struct output *output = must_open(path_of(names[i]));
        assert_true(output_write(output, STR("a,b\n"), &err));
        assert_true(output_publish(output, &err));
        output_close(output);
        char got[8];
        assert_int_equal(read(fd, got, 8), 4);
        assert_memory_equal(got, "a,b\n", 4);
    }
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_true(S_ISFIFO(status.st_mode));
    assert_int_equal(count_files(), 2);
    close(fd);
}

// Standard output and its other names share one position, and stay open.
static void standard_output_is_shared(void **state)
{
    (void)state;
    static const char *const names[] = {"-", "/dev/stdout", "/dev/fd/1"};
    const char *path = path_of("redirected");
    fflush(stdout);
    int kept = dup(STDOUT_FILENO), fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(fd, STDOUT_FILENO);
    close(fd);
    bool ok = true;
    for (int i = 0; i < 3; i++) {
        struct err err = {0};
        struct output *output = output_open(names[i], &err);
        ok = ok && output && output_write(output, str_of(names[i]), &err) &&
             output_publish(output, &err);
        ok = ok && (i > 0 || strcmp(output_name(output), "<stdout>") == 0);
        output_close(output);
        ok = ok && fcntl(STDOUT_FILENO, F_GETFD) >= 0;
    }
    dup2(kept, STDOUT_FILENO);
    close(kept);
    assert_true(ok);
    assert_file(path, STR("-/dev/stdout/dev/fd/1"));
}

static void closed_standard_output_is_an_error(void **state)
{
    (void)state;
    fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    close(STDOUT_FILENO);
    struct err err = {0};
    const struct output *output = output_open("-", &err);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    assert_null(output);
    assert_string_equal(err.file, "<stdout>");
    assert_string_equal(err.text, "cannot write: Bad file descriptor");
}

#define TEST(name) cmocka_unit_test_teardown(name, empty_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(full_device_is_an_error_that_stays),
        TEST(gone_reader_is_stopped_not_failed),
        TEST(waiting_write_is_stopped),
        TEST(slow_reader_gets_all),
        TEST(file_is_not_stopped),
        TEST(nonblocking_pipe_is_waited_for),
        TEST(fifo_is_written_in_place),
        TEST(standard_output_is_shared),
        TEST(closed_standard_output_is_an_error),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
