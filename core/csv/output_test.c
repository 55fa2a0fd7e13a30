// Goal: an output stands under its name whole or not at all, leaves nothing else behind, and tells
// a full disk from a reader that has gone away.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "core/base/buffer.h"
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

static unsigned mode_of(const char *path)
{
    struct stat status;
    assert_int_equal(lstat(path, &status), 0);
    return status.st_mode & 07777;
}

static struct output *must_open(const char *path)
{
    struct err err = {0};
    struct output *output = output_open(path, &err);
    if (!output) fail_msg("%s: %s", err.file, err.text);
    return output;
}

static void file_appears_when_published(void **state)
{
    (void)state;
    struct err err = {0};
    const char *path = path_of("leads.csv");
    struct output *output = must_open(path);
    assert_string_equal(output_name(output), path);
    assert_true(output_write(output, STR("a,b\n"), &err));
    assert_true(output_flush(output, &err));
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(count_files(), 1); // beside it
    assert_true(output_write(output, STR("1,2\n"), &err));
    assert_int_equal(output_bytes(output), 8);
    assert_true(output_publish(output, &err));
    assert_file(path, STR("a,b\n1,2\n"));
    assert_int_equal(count_files(), 1);
    // A second time changes nothing, also when the file has gone since.
    assert_int_equal(unlink(path), 0);
    assert_true(output_publish(output, &err));
    output_close(output);
    assert_int_equal(count_files(), 0);
}

static void unpublished_file_is_removed(void **state)
{
    (void)state;
    struct err err = {0};
    const char *path = path_of("leads.csv");
    put_file("leads.csv", STR("old\n"));
    struct output *output = must_open(path);
    assert_true(output_write(output, STR("new\n"), &err));
    assert_int_equal(count_files(), 2);
    output_close(output);
    assert_file(path, STR("old\n"));
    assert_int_equal(count_files(), 1);
    output_close(NULL);
}

static void nothing_written_is_an_empty_file(void **state)
{
    (void)state;
    struct err err = {0};
    struct output *output = must_open(path_of("empty.csv"));
    assert_true(output_publish(output, &err));
    output_close(output);
    assert_file(path_of("empty.csv"), STR(""));
}

// Sizes around the two at which writing changes its way.
static void any_sizes_arrive_in_order(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 100000, 20, 98304, 98303, 131072, 1, 30000, 500000, 7, 0};
    struct buffer want = {0};
    struct err err = {0};
    const char *path = path_of("sizes");
    struct output *output = must_open(path);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            size_t start = want.len;
            for (size_t j = 0; j < sizes[i]; j++) buffer_add_byte(&want, (char)(j * 7 + i));
            assert_true(output_write(output, str_from(buffer_str(&want), start), &err));
        }
    }
    assert_int_equal(output_bytes(output), want.len);
    assert_true(output_publish(output, &err));
    output_close(output);
    assert_file(path, buffer_str(&want));
    buffer_release(&want);
}

static void mode_follows_umask_or_the_file_before(void **state)
{
    (void)state;
    static const struct {
        mode_t mask;
        int old; // mode of the file that is replaced, -1 for none
        unsigned want;
    } cases[] = {
        {022, -1, 0644},   {077, -1, 0600},   {0, -1, 0666},      {027, -1, 0640},
        {022, 0600, 0600}, {077, 0644, 0644}, {022, 04755, 0755}, {022, 0440, 0440},
    };
    mode_t kept = umask(0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = path_of("mode.csv");
        struct err err = {0};
        unlink(path);
        if (cases[i].old >= 0) {
            put_file("mode.csv", STR("old\n"));
            assert_int_equal(chmod(path, (mode_t)cases[i].old), 0);
        }
        umask(cases[i].mask);
        struct output *output = must_open(path);
        assert_true(output_write(output, STR("new\n"), &err));
        assert_true(output_publish(output, &err));
        output_close(output);
        assert_int_equal(mode_of(path), cases[i].want);
        assert_int_equal(umask(0), cases[i].mask); // nobody has touched it
        assert_file(path, STR("new\n"));
    }
    umask(kept);
}

static void link_is_replaced_and_its_target_kept(void **state)
{
    (void)state;
    struct err err = {0};
    put_file("target.csv", STR("old\n"));
    assert_int_equal(symlink("target.csv", path_of("link.csv")), 0);
    assert_int_equal(symlink("nowhere", path_of("dangling.csv")), 0);
    const char *const names[] = {"link.csv", "dangling.csv"};
    for (int i = 0; i < 2; i++) {
        struct output *output = must_open(path_of(names[i]));
        assert_true(output_write(output, STR("new\n"), &err));
        assert_true(output_publish(output, &err));
        output_close(output);
        struct stat status;
        assert_int_equal(lstat(path_of(names[i]), &status), 0);
        assert_true(S_ISREG(status.st_mode));
        assert_file(path_of(names[i]), STR("new\n"));
    }
    assert_file(path_of("target.csv"), STR("old\n"));
    assert_int_equal(access(path_of("nowhere"), F_OK), -1);
}

static void packed_outputs_read_back(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i < 60000; i++) buffer_format(&text, "%d,lead%d@example.com\n", i, i * 31);
    static const struct {
        const char *name;
        const char *magic;
        size_t magic_len;
    } cases[] = {
        {"leads.csv.gz", "\x1F\x8B\x08", 3},
        {"leads.csv.zst", "\x28\xB5\x2F\xFD", 4},
        {"LEADS.GZ", "\x1F\x8B\x08", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t len = 0; len <= text.len; len += text.len ? text.len : 1) {
            struct err err = {0};
            const char *path = path_of(cases[i].name);
            struct output *output = must_open(path);
            str left = str_first(buffer_str(&text), len);
            for (; left.len; left = str_from(left, 5000)) {
                assert_true(output_write(output, str_first(left, 5000), &err));
            }
            assert_int_equal(output_bytes(output), len);
            assert_true(output_publish(output, &err));
            output_close(output);
            struct stat status;
            assert_int_equal(stat(path, &status), 0);
            assert_true(status.st_size > 0 && (len == 0 || (size_t)status.st_size < len / 2));
            char magic[4];
            int fd = open(path, O_RDONLY);
            assert_int_equal(read(fd, magic, 4), 4);
            close(fd);
            assert_memory_equal(magic, cases[i].magic, cases[i].magic_len);
            assert_file(path, str_first(buffer_str(&text), len));
        }
    }
    buffer_release(&text);
}

// The disk's limit is played by the limit on file sizes.
static void full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    static const char *const names[] = {"leads.csv", "leads.csv.gz", "leads.csv.zst"};
    char noise[4096];
    uint32_t seed = 1;
    struct rlimit kept, tight;
    getrlimit(RLIMIT_FSIZE, &kept);
    tight = kept;
    tight.rlim_cur = 300000;
    signal(SIGXFSZ, SIG_IGN);
    for (int i = 0; i < 3; i++) {
        const char *path = path_of(names[i]);
        put_file(names[i], STR("old\n"));
        struct err err = {0};
        struct output *output = must_open(path);
        setrlimit(RLIMIT_FSIZE, &tight);
        bool ok = true;
        for (int round = 0; ok && round < 200; round++) {
            for (size_t j = 0; j < sizeof noise; j++) {
                seed = seed * 1664525u + 1013904223u;
                noise[j] = (char)(seed >> 24);
            }
            ok = output_write(output, (str){noise, sizeof noise}, &err);
        }
        setrlimit(RLIMIT_FSIZE, &kept);
        assert_false(ok);
        assert_int_equal(err.kind, ERR_IO);
        assert_string_equal(err.file, path);
        assert_string_equal(err.text, "cannot write: File too large");
        // Given up at once, so that its room is free.
        assert_int_equal(count_files(), i + 1);
        struct err again = {0};
        assert_false(output_publish(output, &again));
        assert_string_equal(again.text, err.text);
        output_close(output);
        assert_file(path, STR("old\n"));
        assert_int_equal(count_files(), i + 1);
    }
    signal(SIGXFSZ, SIG_DFL);
}

static void what_cannot_be_created_is_named(void **state)
{
    (void)state;
    char deep[600], long_name[400];
    snprintf(deep, sizeof deep, "%s/no/leads.csv", folder);
    memset(long_name, 'x', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    memcpy(long_name, folder, strlen(folder));
    long_name[strlen(folder)] = '/';
    char slash[300];
    snprintf(slash, sizeof slash, "%s/new/", folder);
    const struct {
        const char *path, *text;
        bool has_hint;
    } cases[] = {
        {deep, "cannot create: No such file or directory", true},
        {folder, "cannot write: Is a directory", false},
        {slash, "cannot create: Is a directory", false},
        {"", "cannot create: Is a directory", false},
        {"/dev/fd/987", "cannot open: Bad file descriptor", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        assert_null(output_open(cases[i].path, &err));
        assert_int_equal(err.kind, ERR_IO);
        assert_string_equal(err.file, cases[i].path);
        assert_string_equal(err.text, cases[i].text);
        assert_int_equal(err.hint[0] != '\0', cases[i].has_hint);
    }
    // Too long a name is only known when it is renamed to.
    struct err err = {0};
    struct output *output = must_open(long_name);
    assert_false(output_publish(output, &err));
    assert_string_equal(err.text, "cannot rename the finished file: File name too long");
    output_close(output);
    assert_int_equal(count_files(), 0);
}

static void name_of_full_length_is_fine(void **state)
{
    (void)state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    struct err err = {0};
    struct output *output = must_open(path_of(name));
    assert_true(output_publish(output, &err));
    output_close(output);
    assert_int_equal(access(path_of(name), F_OK), 0);
}

static void several_are_published_together(void **state)
{
    (void)state;
    struct output *outputs[3];
    struct err err = {0};
    static const char *const names[] = {"rejects.csv", "duplicates.csv", "leads.csv"};
    for (int i = 0; i < 3; i++) {
        outputs[i] = must_open(path_of(names[i]));
        assert_true(output_write(outputs[i], str_of(names[i]), &err));
    }
    assert_true(output_publish_all(outputs, 3, &err));
    assert_int_equal(count_files(), 3);
    assert_true(output_publish_all(outputs, 3, &err));
    for (int i = 0; i < 3; i++) {
        output_close(outputs[i]);
        assert_file(path_of(names[i]), str_of(names[i]));
    }
}

// One of them cannot be finished: then none appears, whatever the order.
static void none_is_published_when_one_fails(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) < 0) skip();
    for (int at = 0; at < 3; at++) {
        struct output *outputs[3];
        struct err err = {0};
        for (int i = 0; i < 3; i++) {
            char name[] = "a.csv";
            name[0] = (char)('a' + i);
            outputs[i] = must_open(i == at ? "/dev/full" : path_of(name));
            assert_true(output_write(outputs[i], STR("x\n"), &err));
        }
        assert_false(output_publish_all(outputs, 3, &err));
        assert_string_equal(err.text, "cannot write: No space left on device");
        for (int i = 0; i < 3; i++) output_close(outputs[i]);
        assert_int_equal(count_files(), 0);
    }
}

#define TEST(name) cmocka_unit_test_teardown(name, empty_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(file_appears_when_published),
        TEST(unpublished_file_is_removed),
        TEST(nothing_written_is_an_empty_file),
        TEST(any_sizes_arrive_in_order),
        TEST(mode_follows_umask_or_the_file_before),
        TEST(link_is_replaced_and_its_target_kept),
        TEST(packed_outputs_read_back),
        TEST(full_disk_leaves_the_old_file),
        TEST(what_cannot_be_created_is_named),
        TEST(name_of_full_length_is_fine),
        TEST(several_are_published_together),
        TEST(none_is_published_when_one_fails),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
