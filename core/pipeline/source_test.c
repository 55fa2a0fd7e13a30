// Canonical files must come through as they are, one after the other, or be refused by name.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/csv/test_files.h"

#include <fcntl.h>
#include <pthread.h>

#include "core/base/buffer.h"
#include "source.h"

// Everything that comes, as it would be written.
static bool read_all(const char *const paths[], size_t count, size_t block_bytes,
                     struct buffer *text, struct err *err)
{
    struct csv_source *opened = csv_source_open(paths, count, block_bytes, NULL, err);
    if (!opened) return false;
    struct source *source = csv_source_stage(opened);
    struct batch *batch = batch_new();
    while (source->next(source->state, batch, err)) {
        assert_ptr_equal(batch->columns, source->columns);
        assert_true(batch->count > 0);
        batch_write_all(batch, text);
        batch_clear(batch);
    }
    batch_free(batch);
    csv_source_close(opened);
    return err->kind == ERR_NONE;
}

static void assert_reads(const char *const paths[], size_t count, str want)
{
    for (size_t block_bytes = 0; block_bytes <= 64; block_bytes += 32) {
        struct buffer text = {0};
        struct err err = {0};
        assert_true(read_all(paths, count, block_bytes, &text, &err));
        assert_int_equal(text.len, want.len);
        if (want.len) assert_memory_equal(text.data, want.data, want.len);
        buffer_release(&text);
    }
}

static void test_several_files(void **state)
{
    (void)state;
    const char *a = put_file("a.csv", STR("id,name\n1,\"Ann, B\"\n2,\n"));
    const char *b = put_file("b.csv", STR("id,name\n"));
    const char *c = put_file("c.csv", STR("id,name\r\n3,\"\"\r\n\"4\",x"));
    const char *d = put_file("d.csv", STR(""));
    assert_reads((const char *[]){a}, 1, STR("1,\"Ann, B\"\n2,\n"));
    assert_reads((const char *[]){b}, 1, STR(""));
    assert_reads((const char *[]){d}, 1, STR(""));
    assert_reads((const char *[]){b, a, b, c}, 4, STR("1,\"Ann, B\"\n2,\n3,\"\"\n\"4\",x\n"));
    assert_reads((const char *[]){a, a}, 2, STR("1,\"Ann, B\"\n2,\n1,\"Ann, B\"\n2,\n"));
    // Nothing at all does not hide the header of the others, wherever it stands.
    assert_reads((const char *[]){d, a, d}, 3, STR("1,\"Ann, B\"\n2,\n"));
}

static void test_facts_for_the_summary(void **state)
{
    (void)state;
    const char *a = put_file("a.csv", STR("id\n1\n2\n3\n"));
    const char *b = put_file("b.csv", STR("id\n4\n"));
    const char *paths[] = {a, b};
    struct err err = {0};
    struct csv_source *opened = csv_source_open(paths, 2, 0, NULL, &err);
    struct source *source = csv_source_stage(opened);
    struct batch *batch = batch_new();
    uint64_t done, total;
    while (source->next(source->state, batch, &err)) batch_clear(batch);
    source->progress(source->state, &done, &total);
    assert_int_equal(done, 14);
    assert_int_equal(total, 14);
    str name;
    hash128 digest;
    uint64_t records;
    csv_source_input(opened, 1, &name, &digest, &records);
    assert_true(str_equal(name, STR("b.csv")));
    assert_true(hash128_equal(digest, hash_128(STR("id\n4\n"))));
    assert_int_equal(records, 1);
    csv_source_input(opened, 0, &name, &digest, &records);
    assert_true(str_equal(name, STR("a.csv")));
    assert_true(hash128_equal(digest, hash_128(STR("id\n1\n2\n3\n"))));
    assert_int_equal(records, 3);
    batch_free(batch);
    csv_source_close(opened);
    csv_source_close(NULL);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second, *text;
        long line;
        enum err_kind kind;
    } cases[] = {
        {"a,b\n", "a\n", "its columns differ", 1, ERR_DATA},
        {"a,b\n", "b,a\n1,2\n", "its columns differ", 1, ERR_DATA},
        {"a,b\n1,2\n", "a,b,c\n", "its columns differ", 1, ERR_DATA},
        {"a,b\n1,2\n", "A,b\n", "its columns differ", 1, ERR_DATA},
        {"a,b\n1,2\n", "a,b\n1,2\n3\n", "", 3, ERR_DATA},
        {"a,b\n1,2\n", "a,b\n\"1\"x,2\n", "", 2, ERR_DATA},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *paths[] = {put_file("first.csv", str_of(cases[i].first)),
                               put_file("second.csv", str_of(cases[i].second))};
        struct buffer text = {0};
        struct err err = {0};
        assert_false(read_all(paths, 2, 0, &text, &err));
        assert_int_equal(err.kind, cases[i].kind);
        assert_string_equal(err.file, paths[1]);
        assert_int_equal(err.line, cases[i].line);
        assert_non_null(strstr(err.text, cases[i].text));
        buffer_release(&text);
    }
    const char *paths[] = {put_file("first.csv", STR("a\n1\n")), path_of("none.csv")};
    struct buffer text = {0};
    struct err err = {0};
    assert_false(read_all(paths, 2, 0, &text, &err));
    assert_int_equal(err.kind, ERR_IO);
    assert_string_equal(err.file, paths[1]);
}

// The stages would judge the first and pass on both: which one is meant, nobody can tell.
static void test_column_twice(void **state)
{
    (void)state;
    static const struct {
        const char *header, *name; // NULL: fine
    } cases[] = {
        {"a,b,a\n1,2,3\n", "'a'"}, {"a,b,b\n", "'b'"},     {"a,\"b\",b", "'b'"},
        {"a,A\n1,2\n", NULL},      {"a,,\n1,2,3\n", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *paths[] = {put_file("twice.csv", str_of(cases[i].header))};
        struct buffer text = {0};
        struct err err = {0};
        assert_int_equal(read_all(paths, 1, 0, &text, &err), cases[i].name == NULL);
        buffer_release(&text);
        if (!cases[i].name) continue;
        assert_int_equal(err.kind, ERR_DATA);
        assert_string_equal(err.file, paths[0]);
        assert_int_equal(err.line, 1);
        assert_non_null(strstr(err.text, cases[i].name));
    }
}

static void *set_later(void *stop)
{
    usleep(50000);
    atomic_store((atomic_bool *)stop, true);
    return NULL;
}

// A signal ends a read that waits for a writer, both for the header and for records.
static void test_stop(void **state)
{
    (void)state;
    static const char *const before[] = {"", "a,b\n1,2\n"};
    for (int i = 0; i < 2; i++) {
        int ends[2];
        char path[64];
        atomic_bool stop = false;
        struct err err = {0};
        pthread_t thread;
        assert_int_equal(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
        assert_int_equal(write(ends[1], before[i], strlen(before[i])), strlen(before[i]));
        snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
        const char *paths[] = {path};
        assert_int_equal(pthread_create(&thread, NULL, set_later, &stop), 0);
        struct csv_source *opened = csv_source_open(paths, 1, 0, &stop, &err);
        struct batch *batch = batch_new();
        if (opened) {
            struct source *source = csv_source_stage(opened);
            while (source->next(source->state, batch, &err)) batch_clear(batch);
        }
        assert_int_equal(err.kind, ERR_STOPPED);
        pthread_join(thread, NULL);
        batch_free(batch);
        csv_source_close(opened);
        close(ends[0]);
        close(ends[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_several_files, empty_folder),
        cmocka_unit_test_teardown(test_facts_for_the_summary, empty_folder),
        cmocka_unit_test_teardown(test_refused, empty_folder),
        cmocka_unit_test_teardown(test_column_twice, empty_folder),
        cmocka_unit_test(test_stop),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
