// The strict reader gives what libcsv gives, whatever the sizes of blocks and reads, and names the
// line of the first record that is not canonical.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/buffer.h"
#include "libcsv.h"
#include "reader.h"

struct memory_input {
    str rest;
    size_t read_bytes; // at most so many at a time, 0 = all
    bool fails;        // at the end
};

static ssize_t read_memory(void *state, char *out, size_t len, struct err *err)
{
    struct memory_input *input = state;
    if (input->rest.len == 0 && input->fails) {
        err_set(err, ERR_IO, "test.csv.gz", 0, "truncated");
        return -1;
    }
    if (input->read_bytes && len > input->read_bytes) len = input->read_bytes;
    if (len > input->rest.len) len = input->rest.len;
    if (len) memcpy(out, input->rest.data, len);
    input->rest = str_from(input->rest, len);
    return (ssize_t)len;
}

static void show_field(void *state, str text)
{
    buffer_add_byte(state, '[');
    buffer_add(state, text);
    buffer_add_byte(state, ']');
}

static void show_record(void *state) { buffer_add_byte(state, '/'); }

static void show_records(const struct records *records, struct buffer *out)
{
    struct arena arena = {0};
    for (uint32_t row = 0; row < records->count; row++) {
        for (uint32_t i = 0; i < records->columns; i++) {
            show_field(out, records_text(records, row, i, &arena));
        }
        show_record(out);
    }
    arena_release(&arena);
}

// Header and records as [a][b]/[c][d]/; an error is left in err.
static void read_all(struct memory_input input, size_t block_bytes, struct buffer *out,
                     struct err *err)
{
    struct csv_reader *reader =
        csv_reader_open_from(read_memory, &input, "test.csv", block_bytes, err);
    if (!reader) return;
    for (uint32_t i = 0; i < csv_reader_columns(reader); i++) {
        show_field(out, csv_reader_name(reader, i));
    }
    if (csv_reader_columns(reader)) show_record(out);
    struct records records = {0};
    while (csv_reader_next(reader, &records, err)) {
        assert_true(records.count > 0);
        show_records(&records, out);
    }
    assert_int_equal(records.count, 0);
    struct err again = {0};
    assert_false(csv_reader_next(reader, &records, &again));
    assert_int_equal(again.kind, err->kind);
    records_release(&records);
    csv_reader_close(reader);
}

// What each regular file of the csv-spectrum collection (github.com/maxogden/csv-spectrum,
// BSD-2-Clause) asks of a reader, in inputs of our own.
static const struct {
    const char *name, *text, *want;
} good[] = {
    {"nothing", "", ""},
    {"header", "a,b\n", "[a][b]/"},
    {"header without line end", "a,b", "[a][b]/"},
    {"header with quotes", "\"a,1\",\"b\"\"\"\r\n1,2\r\n", "[a,1][b\"]/[1][2]/"},
    {"simple", "x,y,z\n7,8,9\n", "[x][y][z]/[7][8][9]/"},
    {"simple_crlf", "x,y,z\r\n7,8,9\r\n", "[x][y][z]/[7][8][9]/"},
    {"comma_in_quotes", "name,town\nAda,\"Turku, FI\"", "[name][town]/[Ada][Turku, FI]/"},
    {"empty", "x,y,z\n7,\"\",\"\"\n8,,9", "[x][y][z]/[7][][]/[8][][9]/"},
    {"empty_crlf", "x,y,z\r\n7,\"\",\"\"\r\n8,9,", "[x][y][z]/[7][][]/[8][9][]/"},
    {"escaped_quotes", "x,y\n1,\"she \"\"knows\"\" it\"\n", "[x][y]/[1][she \"knows\" it]/"},
    {"json", "k,v\n1,\"{\"\"at\"\": [1.0, 2.5]}\"\n", "[k][v]/[1][{\"at\": [1.0, 2.5]}]/"},
    {"newlines", "x,y\n\"one \ntwo\",3\n4,5\n", "[x][y]/[one \ntwo][3]/[4][5]/"},
    {"newlines_crlf", "x,y\r\n\"one \r\ntwo\",3\r\n4,5\r\n", "[x][y]/[one \r\ntwo][3]/[4][5]/"},
    {"quotes_and_newlines", "x,y\n1,\"a \n\"\"b\"\" \nc\"\n", "[x][y]/[1][a \n\"b\" \nc]/"},
    {"utf8", "x\n\xCA\xA4\n\xF0\x9F\x8D\x92\n", "[x]/[\xCA\xA4]/[\xF0\x9F\x8D\x92]/"},
    {"one column", "a\n\n\"\"\nb\r\n\r\n", "[a]/[]/[]/[b]/[]/"},
    {"blanks are kept", " a ,b\n 1,2 \n", "[ a ][b]/[ 1][2 ]/"},
    {"CR at the end", "a,b\n1,2\r", "[a][b]/[1][2]/"},
    {"CR inside quotes", "a,b\n\"1\r\",2\n", "[a][b]/[1\r][2]/"},
    {"no last line end", "a,b\n1,\"2\"", "[a][b]/[1][2]/"},
};

static void good_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        for (size_t size = 0; size < 30; size++) {
            struct memory_input input = {str_of(good[i].text), size, false};
            struct buffer out = {0};
            struct err err = {0};
            read_all(input, size ? 1 + size * 7 % 19 : 0, &out, &err);
            assert_int_equal(err.kind, ERR_NONE);
            assert_true(str_equal(buffer_str(&out), str_of(good[i].want)));
            buffer_release(&out);
        }
    }
}

static const struct {
    const char *text;
    size_t len; // 0 = up to the NUL
    long line;
    const char *message, *hint;
} bad[] = {
    {"a,b\n1,2\n3\n", 0, 3, "record has 1 column, the header has 2", "lead-normalize"},
    {"a,b\n1,2,3\n", 0, 2, "record has 3 columns, the header has 2", "lead-normalize"},
    {"a,b\n1\n2,3,4\n", 0, 2, "record has 1 column, the header has 2", "lead-normalize"},
    {"a,b\n1,2,3\n4\n", 0, 2, "record has 3 columns, the header has 2", "lead-normalize"},
    {"a,b,c\n1\n2,3\n", 0, 2, "record has 1 column, the header has 3", "lead-normalize"},
    {"a,b\n1,2\n\n", 0, 3, "a blank line", "lead-normalize"},
    {"a,b\n1,2\r\n\r\n", 0, 3, "a blank line", "lead-normalize"},
    {"a,b\n\"x\ny\",2\n1,5\"\n", 0, 4, "a quote inside a field", "lead-normalize"},
    {"a,b\n1,\"2\"x\n", 0, 2, "text behind a closing quote", "lead-normalize"},
    {"a,b\n1,\"2\" \n", 0, 2, "text behind a closing quote", "lead-normalize"},
    {"a,b\n1, \"2\"\n", 0, 2, "a quote inside a field", "lead-normalize"},
    {"a,b\n1,2\n\"3\n4,5\n6,7\n", 0, 3, "a quote is not closed", "lead-normalize"},
    {"a,b\n1,2\n3,\"", 0, 3, "a quote is not closed", "lead-normalize"},
    {"\"a,b\n1,2\n", 0, 1, "a quote is not closed", "lead-normalize"},
    {"a\"b,c\n1,2\n", 0, 1, "a quote inside a field", "lead-normalize"},
    {"a,b\n1\r2,3\n", 0, 2, "a carriage return", "lead-normalize"},
    {"a,b\r1,2\r", 0, 1, "a carriage return", "lead-normalize"},
    {"a,b\n\"1\"\r2,3\n", 0, 2, "text behind a closing quote", "lead-normalize"},
    {"a,b\n1,2\n3,\0\n", 11, 3, "a NUL byte", "lead-normalize"},
    {"a,b\n1,2\n3,\"\0\"\n", 13, 3, "a NUL byte", "lead-normalize"},
    {"a,b\n\"\n\n\",2\n3,\xE4\n", 0, 5, "not valid UTF-8", "lead-normalize"},
    {"a,b\n1,\xC3\n\xA4,2\n", 0, 2, "not valid UTF-8", "lead-normalize"},
    {"a,\xFF\n1,2\n", 0, 1, "not valid UTF-8", "lead-normalize"},
    {"\xEF\xBB\xBF"
     "a,b\n1,2\n",
     0, 1, "begins with a byte order mark", "lead-normalize"},
    {"\xEF\xBB\xBF\"a\",b\n1,2\n", 0, 1, "begins with a byte order mark", "lead-normalize"},
    {"a,b\n1,2\n3,4,5\n6,\xFF\n", 0, 3, "record has 3 columns", "lead-normalize"},
    {"a,b\n1,2\n6,\xFF\n3,4,5\n", 0, 3, "not valid UTF-8", "lead-normalize"},
};

static void bad_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        str text = {bad[i].text, bad[i].len ? bad[i].len : strlen(bad[i].text)};
        for (size_t size = 0; size < 30; size++) {
            struct memory_input input = {text, size, false};
            struct buffer out = {0};
            struct err err = {0};
            read_all(input, size, &out, &err);
            assert_int_equal(err.kind, ERR_DATA);
            assert_string_equal(err.file, "test.csv");
            // A header in a block that is not whole may be refused for another of its faults.
            if (bad[i].line > 1) assert_non_null(strstr(err.text, bad[i].message));
            assert_int_equal(err.line, bad[i].line);
            if (size == 0) assert_non_null(strstr(err.text, bad[i].message));
            assert_non_null(strstr(err.hint, bad[i].hint));
            buffer_release(&out);
        }
    }
}

static uint64_t random_next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

// Canonical records with line ends, quotes and letters that are not ASCII; notes the line of each.
static size_t add_random_records(struct buffer *out, uint64_t *seed, uint64_t *lines)
{
    static const char *const fields[] = {"",
                                         "a",
                                         "Virtanen",
                                         "\xC3\xA4",
                                         "\"\"",
                                         "\"x,y\"",
                                         "\"\"\"\"",
                                         "\"\n\"",
                                         "\"\r\n\"",
                                         "\"q\"\"\n\"\"r\"",
                                         "12",
                                         "long enough to go over a step",
                                         "\xE2\x82\xAC"};
    uint64_t line = 1;
    size_t count = random_next(seed) % 30;
    bool is_crlf = random_next(seed) % 2;
    for (size_t row = 0; row <= count; row++) {
        lines[row] = line++;
        size_t from = out->len;
        for (size_t i = 0; i < 3; i++) {
            if (i) buffer_add_byte(out, ',');
            buffer_add(out, str_of(fields[random_next(seed) % (sizeof fields / sizeof *fields)]));
        }
        for (size_t i = from; i < out->len; i++) line += out->data[i] == '\n';
        buffer_add(out, is_crlf ? STR("\r\n") : STR("\n"));
    }
    return count;
}

static void check_lines(str text, const uint64_t *lines, size_t count, size_t block_bytes)
{
    struct memory_input input = {text, 0, false};
    struct err err = {0};
    struct csv_reader *reader =
        csv_reader_open_from(read_memory, &input, "test.csv", block_bytes, &err);
    struct records records = {0};
    size_t row = 1;
    while (csv_reader_next(reader, &records, &err)) {
        for (uint32_t i = 0; i < records.count; i++) {
            assert_int_equal(records_line(&records, i), lines[row++]);
        }
    }
    assert_int_equal(row, count + 1);
    records_release(&records);
    csv_reader_close(reader);
}

static void same_as_libcsv(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (size_t size = 1; size <= 64; size++) {
        for (size_t round = 0; round < 8; round++) {
            struct buffer text = {0}, want = {0}, got = {0};
            uint64_t lines[31];
            size_t count = add_random_records(&text, &seed, lines);
            struct libcsv_events events = {show_field, show_record, &want};
            assert_true(libcsv_parse(buffer_str(&text), ',', 0, true, &events));
            struct err err = {0};
            size_t block_bytes = round % 2 ? size : 64 - size;
            read_all((struct memory_input){buffer_str(&text), size, false}, block_bytes, &got,
                     &err);
            assert_int_equal(err.kind, ERR_NONE);
            assert_true(str_equal(buffer_str(&got), buffer_str(&want)));
            check_lines(buffer_str(&text), lines, count, block_bytes);
            buffer_release(&text);
            buffer_release(&want);
            buffer_release(&got);
        }
    }
}

static void large_records(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_add(&text, STR("a,b\n1,2\n\""));
    for (size_t i = 0; i < 300000; i++) buffer_add(&text, STR("line\n,\"\""));
    buffer_add(&text, STR("\",x\n3,4\n"));
    struct memory_input input = {buffer_str(&text), 0, false};
    struct err err = {0};
    struct csv_reader *reader = csv_reader_open_from(read_memory, &input, "test.csv", 0, &err);
    struct records records = {0};
    uint64_t count = 0, line = 0;
    while (csv_reader_next(reader, &records, &err)) {
        count += records.count;
        line = records_line(&records, records.count - 1);
    }
    assert_int_equal(err.kind, ERR_NONE);
    assert_int_equal(count, 3);
    assert_int_equal(line, 300004);
    records_release(&records);
    csv_reader_close(reader);
    buffer_release(&text);
}

struct endless {
    const char *begin;
    size_t bytes; // given so far
};

// Gives `begin` and then one bare field without an end.
static ssize_t read_endlessly(void *state, char *out, size_t len, struct err *err)
{
    (void)err;
    struct endless *endless = state;
    memset(out, 'x', len);
    if (endless->bytes == 0) memcpy(out, endless->begin, strlen(endless->begin));
    endless->bytes += len;
    return (ssize_t)len;
}

static void read_endless(const char *begin, size_t bytes_max, const char *message)
{
    struct endless endless = {begin, 0};
    struct err err = {0};
    struct csv_reader *reader = csv_reader_open_from(read_endlessly, &endless, "-", 0, &err);
    struct records records = {0};
    assert_false(csv_reader_next(reader, &records, &err));
    assert_int_equal(err.kind, ERR_DATA);
    assert_int_equal(err.line, 2);
    assert_non_null(strstr(err.text, message));
    assert_true(endless.bytes <= bytes_max);
    records_release(&records);
    csv_reader_close(reader);
}

static void endless_record(void **state)
{
    (void)state;
    read_endless("a,b\n", CSV_RECORD_BYTES_MAX + (1 << 20), "record is longer than 64 MiB");
    read_endless("a,b\n\"", CSV_RECORD_BYTES_MAX + (1 << 20), "record is longer than 64 MiB");
    // What cannot become right is not read to the end of the limit.
    read_endless("a,b\n5\" pipe", 2 << 20, "a quote inside a field");
}

static void failing_input(void **state)
{
    (void)state;
    for (size_t block = 1; block < 20; block++) {
        struct memory_input input = {STR("a,b\n1,2\n3,4\n5"), 3, true};
        struct buffer out = {0};
        struct err err = {0};
        read_all(input, block, &out, &err);
        assert_int_equal(err.kind, ERR_IO);
        assert_string_equal(err.text, "truncated");
        assert_true(str_equal(buffer_str(&out), STR("[a][b]/[1][2]/[3][4]/")));
        buffer_release(&out);
    }
    struct memory_input input = {{0}, 0, true};
    struct err err = {0};
    assert_null(csv_reader_open_from(read_memory, &input, "test.csv", 0, &err));
    assert_int_equal(err.kind, ERR_IO);
}

// A block that was kept lives on when the reader has gone ahead.
static void kept_blocks(void **state)
{
    (void)state;
    struct memory_input input = {STR("a,b\n1,2\n3,4\n5,6\n"), 0, false};
    struct err err = {0};
    struct csv_reader *reader = csv_reader_open_from(read_memory, &input, "test.csv", 6, &err);
    struct records records = {0};
    assert_true(csv_reader_next(reader, &records, &err));
    struct block *block = block_keep(records.block);
    str first = records_raw(&records, 0, 0);
    while (csv_reader_next(reader, &records, &err)) continue;
    csv_reader_close(reader);
    records_release(&records);
    assert_true(str_equal(first, STR("1")));
    block_release(block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_files),     cmocka_unit_test(bad_files),
        cmocka_unit_test(same_as_libcsv), cmocka_unit_test(large_records),
        cmocka_unit_test(endless_record), cmocka_unit_test(failing_input),
        cmocka_unit_test(kept_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
