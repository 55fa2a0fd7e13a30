// A batch must write back what it was given, with nothing changed but what was set.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "batch.h"
#include "core/base/buffer.h"
#include "core/csv/input.h"
#include "core/csv/reader.h"

// Located records of a text, by the reader that every stage has.
struct text_input {
    str rest;
};

static ssize_t read_text(void *state, char *out, size_t len, struct err *err)
{
    (void)err;
    struct text_input *text = state;
    if (len > text->rest.len) len = text->rest.len;
    if (len) memcpy(out, text->rest.data, len);
    text->rest = str_from(text->rest, len);
    return (ssize_t)len;
}

struct loaded {
    struct batch *batch;
    struct columns *columns;
};

static struct loaded load(const char *text)
{
    struct text_input input = {str_of(text)};
    struct err err = {0};
    struct csv_reader *reader = csv_reader_open_from(read_text, &input, "test", 0, &err);
    assert_non_null(reader);
    str names[16];
    uint32_t count = csv_reader_columns(reader);
    for (uint32_t i = 0; i < count; i++) names[i] = csv_reader_name(reader, i);
    struct loaded loaded = {batch_new(), columns_new(names, count)};
    csv_reader_next(reader, &loaded.batch->records, &err);
    assert_int_equal(err.kind, ERR_NONE);
    batch_begin(loaded.batch, loaded.columns);
    csv_reader_close(reader);
    return loaded;
}

static void release(struct loaded *loaded)
{
    batch_free(loaded->batch);
    columns_free(loaded->columns);
}

static void assert_writes(const struct batch *batch, const char *want)
{
    struct buffer out = {0};
    batch_write_all(batch, &out);
    buffer_add_byte(&out, '\0');
    assert_string_equal(out.data, want);
    buffer_release(&out);
}

static void assert_cell(struct batch *batch, uint32_t row, uint32_t column, str want)
{
    str got = batch_get(batch, row, column);
    assert_int_equal(got.len, want.len);
    if (want.len) assert_memory_equal(got.data, want.data, want.len);
}

static void test_untouched(void **state)
{
    (void)state;
    struct loaded loaded = load("a,b,c\n1,\"x, \"\"y\"\"\",\n\"\",\" z\",\"plain\"\n,,\n");
    assert_int_equal(loaded.batch->count, 3);
    assert_cell(loaded.batch, 0, 0, STR("1"));
    assert_cell(loaded.batch, 0, 1, STR("x, \"y\""));
    assert_cell(loaded.batch, 0, 2, STR(""));
    assert_cell(loaded.batch, 1, 0, STR(""));
    assert_cell(loaded.batch, 1, 1, STR(" z"));
    assert_writes(loaded.batch, "1,\"x, \"\"y\"\"\",\n\"\",\" z\",\"plain\"\n,,\n");
    release(&loaded);
}

// CR LF does not survive: a file's line ends never mix.
static void test_line_ends(void **state)
{
    (void)state;
    struct loaded loaded = load("a,b\r\n1,2\r\n\"3\r\n\",4\r\n5,6");
    assert_cell(loaded.batch, 0, 1, STR("2"));
    assert_cell(loaded.batch, 1, 0, STR("3\r\n"));
    assert_writes(loaded.batch, "1,2\n\"3\r\n\",4\n5,6\n");
    release(&loaded);
}

// Every subset of set columns, so that every run of untouched ones is written.
static void test_every_subset_of_set_columns(void **state)
{
    (void)state;
    static const char *const raw[] = {"1", "\"a,b\"", "", "\" \"", "5"};
    static const char *const set[] = {"", "\"q\"\"q\"", "\"x\ny\"", "z", "\"t \""};
    static const str texts[] = {{"", 0}, {"q\"q", 3}, {"x\ny", 3}, {"z", 1}, {"t ", 2}};
    for (unsigned subset = 0; subset < 32; subset++) {
        struct loaded loaded = load("a,b,c,d,e\n1,\"a,b\",,\" \",5\n");
        struct buffer want = {0};
        for (uint32_t column = 0; column < 5; column++) {
            bool is_set = subset >> column & 1;
            if (is_set) batch_set(loaded.batch, 0, column, texts[column], 0);
            buffer_format(&want, "%s%s", column ? "," : "", is_set ? set[column] : raw[column]);
            if (is_set) assert_cell(loaded.batch, 0, column, texts[column]);
        }
        buffer_add(&want, STR("\n\0"));
        assert_writes(loaded.batch, want.data);
        buffer_release(&want);
        release(&loaded);
    }
}

// Every choice of up to three of the four columns, in every order, whatever of them is set: the
// same as the fields of the whole line, put together.
static void test_projected(void **state)
{
    (void)state;
    enum { COLUMNS = 4 };
    static const char *const raw[COLUMNS] = {"1", "\"2,\"", "", "4"};
    static const char *const set[COLUMNS] = {"A", "B", "\"C,\"", ""};
    static const char *const set_text[COLUMNS] = {"A", "B", "C,", ""};
    for (unsigned which = 0; which < 1u << COLUMNS; which++) {
        struct loaded loaded = load("a,b,c,d\n1,\"2,\",,4\r\n");
        for (uint32_t i = 0; i < COLUMNS; i++) {
            if (which >> i & 1) batch_set(loaded.batch, 0, i, str_of(set_text[i]), 0);
        }
        for (uint32_t order = 0; order < COLUMNS * COLUMNS * COLUMNS; order++) {
            uint32_t columns[] = {order % 4, order / 4 % 4, order / 16};
            for (uint32_t count = 2; count <= 3; count++) {
                struct projection projection = {columns, count};
                struct buffer got = {0}, want = {0};
                batch_write_projected(loaded.batch, &projection, &got);
                for (uint32_t i = 0; i < count; i++) {
                    const char *const *from = which >> columns[i] & 1 ? set : raw;
                    buffer_format(&want, "%s%s", i ? "," : "", from[columns[i]]);
                }
                buffer_add_byte(&want, '\n');
                assert_true(str_equal(buffer_str(&got), buffer_str(&want)));
                buffer_release(&got);
                buffer_release(&want);
            }
        }
        release(&loaded);
    }
}

static void test_projected_to_one(void **state)
{
    (void)state;
    struct loaded loaded = load("a,b\n1,\n2,x\n");
    uint32_t second = 1;
    struct projection projection = {&second, 1};
    struct buffer out = {0};
    batch_write_projected(loaded.batch, &projection, &out);
    assert_true(str_equal(buffer_str(&out), STR("\"\"\nx\n"))); // never an empty line
    buffer_release(&out);
    release(&loaded);
}

static void test_one_column(void **state)
{
    (void)state;
    struct loaded loaded = load("a\n\"\"\nx\n\"\"\ny\n");
    batch_set(loaded.batch, 1, 0, STR(""), CELL_PLAIN);
    batch_set(loaded.batch, 2, 0, STR("z"), 0);
    assert_writes(loaded.batch, "\"\"\n\"\"\nz\ny\n"); // never an empty line
    release(&loaded);
}

static void test_widen(void **state)
{
    (void)state;
    struct loaded loaded = load("a,b\n1,2\n3,4\n");
    uint32_t at[2];
    const str added[] = {STR("b"), STR("c")};
    struct columns *wide = columns_extend(loaded.columns, added, 2, at);
    assert_int_equal(at[0], 1);
    assert_int_equal(at[1], 2);
    batch_set(loaded.batch, 1, 0, STR("kept"), 0);
    batch_widen(loaded.batch, wide);
    assert_cell(loaded.batch, 0, 2, STR(""));
    assert_writes(loaded.batch, "1,2,\nkept,4,\n");
    batch_set(loaded.batch, 0, at[0], STR("over"), 0);
    batch_set_number(loaded.batch, 1, at[1], -12);
    assert_writes(loaded.batch, "1,over,\nkept,4,-12\n");
    assert_cell(loaded.batch, 1, 2, STR("-12"));
    release(&loaded);
    columns_free(wide);
}

static void test_replace(void **state)
{
    (void)state;
    struct loaded loaded = load("a,b\n1,2\n3,4\n");
    const str names[] = {STR("x"), STR("y"), STR("z")};
    struct columns *other = columns_new(names, 3);
    str kept = batch_get(loaded.batch, 1, 1);
    batch_set(loaded.batch, 0, 0, STR("gone"), 0);
    batch_replace(loaded.batch, other);
    assert_cell(loaded.batch, 0, 0, STR(""));
    assert_writes(loaded.batch, ",,\n,,\n");
    batch_set(loaded.batch, 1, 2, kept, 0); // texts of the block stay valid
    assert_writes(loaded.batch, ",,\n,,4\n");
    release(&loaded);
    columns_free(other);
}

static void test_filter(void **state)
{
    (void)state;
    for (unsigned subset = 0; subset < 32; subset++) {
        struct loaded loaded = load("a,b\n0,x\n1,\"y,\"\n2,\n3,\"\"\n4,z\n");
        static const char *const ends[] = {"x", "\"y,\"", "", "\"\"", "z"};
        struct buffer want = {0};
        bool keep[5];
        for (uint32_t row = 0; row < 5; row++) {
            keep[row] = subset >> row & 1;
            batch_set_number(loaded.batch, row, 0, (int64_t)row * 11);
            if (keep[row]) buffer_format(&want, "%u,%s\n", row * 11, ends[row]);
        }
        buffer_add_byte(&want, '\0');
        batch_filter(loaded.batch, keep);
        assert_int_equal(loaded.batch->count, __builtin_popcount(subset));
        assert_writes(loaded.batch, want.data);
        buffer_release(&want);
        release(&loaded);
    }
}

// Records without a block, long and short cells, and the same batch used again.
static void test_empty_and_again(void **state)
{
    (void)state;
    static const char eighty[] =
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaa";
    const str names[] = {STR("x"), STR("y")};
    struct columns *columns = columns_new(names, 2);
    struct batch *batch = batch_new();
    batch_clear(batch); // harmless on a new one
    for (int round = 0; round < 3; round++) {
        for (uint32_t len = 0; len < sizeof eighty; len++) {
            batch_begin_empty(batch, columns, 2);
            assert_cell(batch, 1, 1, STR(""));
            assert_writes(batch, ",\n,\n");
            batch_set(batch, 0, 1, (str){eighty, len}, CELL_PLAIN);
            struct buffer want = {0};
            buffer_format(&want, ",%.*s\n,\n", (int)len, eighty);
            buffer_add_byte(&want, '\0');
            assert_writes(batch, want.data);
            buffer_release(&want);
            batch_clear(batch);
            assert_int_equal(batch->count, 0);
        }
    }
    batch_free(batch);
    batch_free(NULL);
    columns_free(columns);
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t number;
        const char *text;
    } cases[] = {{0, "0"},
                 {7, "7"},
                 {-7, "-7"},
                 {1000000, "1000000"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};
    const str names[] = {STR("x")};
    struct columns *columns = columns_new(names, 1);
    struct batch *batch = batch_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        batch_begin_empty(batch, columns, 1);
        batch_set_number(batch, 0, 0, cases[i].number);
        assert_cell(batch, 0, 0, str_of(cases[i].text));
        batch_clear(batch);
    }
    batch_free(batch);
    columns_free(columns);
}

static void test_get_or_empty(void **state)
{
    (void)state;
    struct loaded loaded = load("a\n1\n");
    assert_int_equal(batch_get_or_empty(loaded.batch, 0, -1).len, 0);
    assert_int_equal(batch_get_or_empty(loaded.batch, 0, 0).len, 1);
    release(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_untouched),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_every_subset_of_set_columns),
        cmocka_unit_test(test_projected),
        cmocka_unit_test(test_projected_to_one),
        cmocka_unit_test(test_one_column),
        cmocka_unit_test(test_widen),
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_filter),
        cmocka_unit_test(test_empty_and_again),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_get_or_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
