// Goal: an input gives exactly the bytes that are in it, from a file, a pipe or standard input,
// plain or packed, and says so when it cannot.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "input.h"
#include "packing.h"
#include "test_files.h"

// Some text that packs well and is no repetition.
static void add_text(struct buffer *text, size_t bytes)
{
    uint32_t seed = 1;
    while (text->len < bytes) {
        seed = seed * 1664525u + 1013904223u;
        buffer_format(text, "lead %u,name%u@example.com\n", seed >> 8, seed >> 20);
    }
    text->len = bytes;
}

static void add_packed(struct buffer *out, enum packing packing, str bytes)
{
    struct packer *packer = packer_open(packing);
    assert_true(pack(packer, bytes, true, out));
    packer_close(packer);
}

// Reads all of it in pieces; the error, if any, goes to err.
static void read_all(struct input *input, size_t piece, struct buffer *out, struct err *err)
{
    ssize_t got;
    while ((got = input_read(input, buffer_room(out, piece), piece, err)) > 0) {
        out->len += (size_t)got;
    }
    assert_int_equal(got < 0, err->kind != ERR_NONE);
}

static void assert_same(const struct buffer *got, str want)
{
    assert_int_equal(got->len, want.len);
    if (want.len) assert_memory_equal(got->data, want.data, want.len);
}

static void file_is_read_in_any_pieces(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 3, 4, 5, 1000, 262143, 262144, 262145, 3000000};
    static const size_t pieces[] = {1 << 22, 65536, 1000, 7};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct buffer text = {0};
        add_text(&text, sizes[i]);
        const char *path = put_file("plain.csv", buffer_str(&text));
        for (size_t j = 0; j < sizeof pieces / sizeof *pieces; j++) {
            struct err err = {0};
            struct input *input = input_open(path, &err);
            assert_non_null(input);
            struct buffer got = {0};
            read_all(input, pieces[j], &got, &err);
            assert_int_equal(err.kind, ERR_NONE);
            assert_same(&got, buffer_str(&text));
            assert_true(hash128_equal(input_digest(input), hash_128(buffer_str(&text))));
            uint64_t done, total;
            input_progress(input, &done, &total);
            assert_int_equal(done, sizes[i]);
            assert_int_equal(total, sizes[i]);
            input_close(input);
            buffer_release(&got);
        }
        buffer_release(&text);
    }
}

static void packed_files_are_unpacked(void **state)
{
    (void)state;
    static const enum packing packings[] = {PACKING_GZIP, PACKING_ZSTD};
    struct buffer text = {0};
    add_text(&text, 700000);
    for (size_t i = 0; i < 2; i++) {
        // Three members, one of them empty, as `cat a.gz b.gz c.gz` makes them.
        struct buffer packed = {0};
        add_packed(&packed, packings[i], str_first(buffer_str(&text), 100));
        add_packed(&packed, packings[i], STR(""));
        add_packed(&packed, packings[i], str_from(buffer_str(&text), 100));
        // The name says nothing.
        const char *path = put_file("packed.csv", buffer_str(&packed));
        static const size_t pieces[] = {1 << 20, 1000};
        for (size_t j = 0; j < 2; j++) {
            struct err err = {0};
            struct input *input = input_open(path, &err);
            struct buffer got = {0};
            read_all(input, pieces[j], &got, &err);
            assert_int_equal(err.kind, ERR_NONE);
            assert_same(&got, buffer_str(&text));
            assert_true(hash128_equal(input_digest(input), hash_128(buffer_str(&packed))));
            uint64_t done, total;
            input_progress(input, &done, &total);
            assert_int_equal(done, packed.len);
            assert_int_equal(total, packed.len);
            input_close(input);
            buffer_release(&got);
        }
        buffer_release(&packed);
    }
    buffer_release(&text);
}

static void zero_bytes_behind_gzip_are_padding(void **state)
{
    (void)state;
    struct buffer packed = {0}, got = {0};
    add_packed(&packed, PACKING_GZIP, STR("a,b\n"));
    for (int i = 0; i < 600; i++) buffer_add_byte(&packed, '\0');
    add_packed(&packed, PACKING_GZIP, STR("1,2\n"));
    struct err err = {0};
    struct input *input = input_open(put_file("padded.gz", buffer_str(&packed)), &err);
    read_all(input, 100, &got, &err);
    assert_int_equal(err.kind, ERR_NONE);
    assert_same(&got, STR("a,b\n1,2\n"));
    input_close(input);
    buffer_release(&packed);
    buffer_release(&got);
}

// Every cut of a small stream: an error after a prefix of the text, never a wrong byte and never
// success. Below the magic number the file is plain text.
static void truncated_streams_are_named(void **state)
{
    (void)state;
    static const enum packing packings[] = {PACKING_GZIP, PACKING_ZSTD};
    struct buffer text = {0};
    add_text(&text, 3000);
    for (size_t i = 0; i < 2; i++) {
        struct buffer packed = {0};
        add_packed(&packed, packings[i], buffer_str(&text));
        bool some_before_error = false;
        for (size_t cut = PACKING_MAGIC_BYTES; cut < packed.len; cut++) {
            const char *path = put_file("cut", str_first(buffer_str(&packed), cut));
            struct err err = {0}, again = {0};
            struct input *input = input_open(path, &err);
            struct buffer got = {0};
            read_all(input, 512, &got, &err);
            assert_int_equal(err.kind, ERR_DATA);
            assert_string_equal(err.file, path);
            assert_non_null(strstr(err.text, "truncated"));
            assert_non_null(strstr(err.text, packing_name(packings[i])));
            assert_true(err.hint[0]);
            assert_true(got.len <= text.len);
            assert_memory_equal(got.data, text.data, got.len);
            some_before_error = some_before_error || got.len > 1000;
            // The error stays.
            char byte;
            assert_int_equal(input_read(input, &byte, 1, &again), -1);
            assert_int_equal(again.kind, ERR_DATA);
            input_close(input);
            buffer_release(&got);
        }
        assert_true(some_before_error || packings[i] == PACKING_ZSTD);
        buffer_release(&packed);
    }
    buffer_release(&text);
}

static void damaged_streams_are_named(void **state)
{
    (void)state;
    static const enum packing packings[] = {PACKING_GZIP, PACKING_ZSTD};
    struct buffer text = {0};
    add_text(&text, 600000);
    for (size_t i = 0; i < 2; i++) {
        struct buffer packed = {0};
        add_packed(&packed, packings[i], buffer_str(&text));
        size_t whole = packed.len;
        for (int kind = 0; kind < 3; kind++) {
            packed.len = whole;
            if (kind == 0) packed.data[whole / 2] ^= 0x55;   // in the middle
            if (kind == 1) packed.data[whole - 2] ^= 0x55;   // in the checksum or length
            if (kind == 2) buffer_add(&packed, STR("more")); // behind the end
            struct err err = {0};
            struct buffer got = {0};
            struct input *input = input_open(put_file("bad", buffer_str(&packed)), &err);
            read_all(input, 65536, &got, &err);
            assert_int_equal(err.kind, ERR_DATA);
            assert_non_null(strstr(err.text, "damaged"));
            if (kind == 0) assert_true(got.len > 0);
            if (kind == 0) packed.data[whole / 2] ^= 0x55;
            if (kind == 1) packed.data[whole - 2] ^= 0x55;
            if (kind == 2) assert_same(&got, buffer_str(&text));
            input_close(input);
            buffer_release(&got);
        }
        buffer_release(&packed);
    }
    buffer_release(&text);
}

struct trickle {
    int fd;
    str bytes;
    size_t piece;
};

static void *write_slowly(void *argument)
{
    struct trickle *trickle = argument;
    while (trickle->bytes.len) {
        str piece = str_first(trickle->bytes, trickle->piece);
        if (write(trickle->fd, piece.data, piece.len) != (ssize_t)piece.len) break;
        trickle->bytes = str_from(trickle->bytes, piece.len);
        usleep(200);
    }
    close(trickle->fd);
    return NULL;
}

// A pipe on descriptor 0 while body runs.
static void pipe_is_read_until_full(void **state)
{
    (void)state;
    struct buffer text = {0}, packed = {0};
    add_text(&text, 5000);
    add_packed(&packed, PACKING_GZIP, buffer_str(&text));
    int kept = dup(STDIN_FILENO);
    for (int is_packed = 0; is_packed < 2; is_packed++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        // The first write is shorter than the magic number.
        str bytes = is_packed ? buffer_str(&packed) : buffer_str(&text);
        struct trickle trickle = {ends[1], bytes, is_packed ? 3 : 33};
        pthread_t thread;
        pthread_create(&thread, NULL, write_slowly, &trickle);
        struct err err = {0};
        struct input *input = input_open("-", &err);
        assert_string_equal(input_name(input), "<stdin>");
        assert_true(str_equal(input_base_name(input), STR("stdin")));
        char got[6000];
        assert_int_equal(input_read(input, got, 4000, &err), 4000);
        assert_int_equal(input_read(input, got + 4000, 2000, &err), 1000);
        assert_int_equal(input_read(input, got, 1, &err), 0);
        assert_int_equal(err.kind, ERR_NONE);
        uint64_t done, total;
        input_progress(input, &done, &total);
        assert_int_equal(done, is_packed ? packed.len : text.len);
        assert_int_equal(total, 0);
        pthread_join(thread, NULL);
        input_close(input);
        // Closing the input leaves the program's standard input open.
        assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
    }
    dup2(kept, STDIN_FILENO);
    close(kept);
    buffer_release(&text);
    buffer_release(&packed);
}

// A file on standard input that somebody has read from already counts from there.
static void redirected_file_begins_where_it_stands(void **state)
{
    (void)state;
    int kept = dup(STDIN_FILENO);
    int fd = open(put_file("stands", STR("0123456789")), O_RDONLY);
    lseek(fd, 4, SEEK_SET);
    dup2(fd, STDIN_FILENO);
    close(fd);
    struct err err = {0};
    struct input *input = input_open("-", &err);
    struct buffer got = {0};
    read_all(input, 100, &got, &err);
    assert_same(&got, STR("456789"));
    uint64_t done, total;
    input_progress(input, &done, &total);
    assert_int_equal(done, 6);
    assert_int_equal(total, 6);
    input_close(input);
    buffer_release(&got);
    dup2(kept, STDIN_FILENO);
    close(kept);
}

static void closed_standard_input_is_an_error(void **state)
{
    (void)state;
    int kept = dup(STDIN_FILENO);
    close(STDIN_FILENO);
    struct err err = {0};
    assert_null(input_open("-", &err));
    dup2(kept, STDIN_FILENO);
    close(kept);
    assert_int_equal(err.kind, ERR_IO);
    assert_string_equal(err.file, "<stdin>");
}

static void nonblocking_pipe_is_waited_for(void **state)
{
    (void)state;
    const char *path = path_of("fifo");
    assert_int_equal(mkfifo(path, 0600), 0);
    // Opened for reading and writing, so that neither open waits.
    int fd = open(path, O_RDWR | O_NONBLOCK);
    int kept = dup(STDIN_FILENO);
    dup2(fd, STDIN_FILENO);
    struct trickle trickle = {dup(fd), STR("a,b\n1,2\n"), 3};
    pthread_t thread;
    pthread_create(&thread, NULL, write_slowly, &trickle);
    struct err err = {0};
    struct input *input = input_open("-", &err);
    char got[8];
    assert_int_equal(input_read(input, got, 8, &err), 8);
    assert_memory_equal(got, "a,b\n1,2\n", 8);
    pthread_join(thread, NULL);
    input_close(input);
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(fd);
}

static void what_cannot_be_opened_is_named(void **state)
{
    (void)state;
    struct err err = {0};
    const char *path = path_of("absent.csv");
    assert_null(input_open(path, &err));
    assert_int_equal(err.kind, ERR_IO);
    assert_string_equal(err.file, path);
    assert_string_equal(err.text, "cannot open: No such file or directory");

    err = (struct err){0};
    assert_null(input_open(folder, &err));
    assert_int_equal(err.kind, ERR_IO);
    assert_string_equal(err.file, folder);
    assert_string_equal(err.text, "cannot read: it is a directory");
    assert_true(err.hint[0]);

    if (geteuid() == 0) return; // root may read everything
    err = (struct err){0};
    path = put_file("secret.csv", STR("a\n"));
    assert_int_equal(chmod(path, 0), 0);
    assert_null(input_open(path, &err));
    assert_string_equal(err.text, "cannot open: Permission denied");
}

static void base_name_is_the_last_part(void **state)
{
    (void)state;
    struct err err = {0};
    struct input *input = input_open(put_file("leads.csv.gz", STR("")), &err);
    assert_true(str_equal(input_base_name(input), STR("leads.csv.gz")));
    assert_string_equal(input_name(input), path_of("leads.csv.gz"));
    input_close(input);
    input_close(NULL);
}

static atomic_bool stop;

static void on_alarm(int number)
{
    (void)number;
    atomic_store(&stop, true);
}

// A pipe that nobody writes to: the signal ends the read.
static void signal_stops_a_waiting_read(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    int kept = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    struct sigaction action = {.sa_handler = on_alarm}, old;
    sigaction(SIGALRM, &action, &old);
    assert_int_equal(write(ends[1], "ab", 2), 2);
    struct err err = {0};
    struct input *input = input_open("-", &err);
    input_stop_on(input, &stop);
    ualarm(50000, 0);
    char got[8];
    // What was there comes first.
    assert_int_equal(input_read(input, got, 8, &err), 2);
    assert_int_equal(err.kind, ERR_NONE);
    assert_int_equal(input_read(input, got, 8, &err), -1);
    assert_int_equal(err.kind, ERR_STOPPED);
    input_close(input);
    sigaction(SIGALRM, &old, NULL);
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_is_read_in_any_pieces),
        cmocka_unit_test(packed_files_are_unpacked),
        cmocka_unit_test(zero_bytes_behind_gzip_are_padding),
        cmocka_unit_test(truncated_streams_are_named),
        cmocka_unit_test(damaged_streams_are_named),
        cmocka_unit_test(pipe_is_read_until_full),
        cmocka_unit_test(redirected_file_begins_where_it_stands),
        cmocka_unit_test(closed_standard_input_is_an_error),
        cmocka_unit_test(nonblocking_pipe_is_waited_for),
        cmocka_unit_test(what_cannot_be_opened_is_named),
        cmocka_unit_test(base_name_is_the_last_part),
        cmocka_unit_test(signal_stops_a_waiting_read),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
