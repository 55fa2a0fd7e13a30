// Long fields, long lines and many windows: nothing is lost or swallowed, nothing takes minutes,
// and where a block ends makes no difference.
#include "lenient_test.h"

static void add_repeated(struct buffer *out, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++) buffer_add(out, str_of(text));
}

// Counts the records and remembers the longest field.
static void measure(str text, struct lenient lenient, size_t block_bytes, size_t *count,
                    size_t *longest)
{
    struct run run = {.lenient = lenient, .block_bytes = block_bytes};
    run_all(&run, text);
    *count = *longest = 0;
    str rest = buffer_str(&run.out), line;
    while (str_cut(&rest, '\n', &line)) {
        *count += line.len > 0;
        if (line.len > *longest) *longest = line.len;
    }
    buffer_release(&run.out);
}

static void megabyte_fields(void **state)
{
    (void)state;
    struct lenient lenient = {.dialect = {.delimiter = ','}, .columns = 2};
    size_t count, longest;
    struct buffer text = {0};

    // One line: a quoted field may be of any length.
    buffer_add(&text, STR("1,\""));
    add_repeated(&text, "lorem, ipsum ", 400000);
    buffer_add(&text, STR("\"\n2,b\n"));
    measure(buffer_str(&text), lenient, 256 << 10, &count, &longest);
    assert_int_equal(count, 2);
    assert_true(longest > 5000000);

    // Many lines that do not look like records: likewise.
    buffer_clear(&text);
    buffer_add(&text, STR("1,\""));
    add_repeated(&text, "a line of a mail\n", 100000);
    buffer_add(&text, STR("\"\n2,b\n"));
    measure(buffer_str(&text), lenient, 256 << 10, &count, &longest);
    assert_int_equal(count, 2);
    assert_true(longest > 1700000);

    // Many lines that look like records: they are records.
    buffer_clear(&text);
    buffer_add(&text, STR("1,\"open\n"));
    add_repeated(&text, "swallowed,no\n", 10000);
    buffer_add(&text, STR("2,close\"\n3,c\n"));
    measure(buffer_str(&text), lenient, 256 << 10, &count, &longest);
    assert_int_equal(count, 10003);
    buffer_release(&text);
}

// A field of `inner` repeated to about `bytes`, opened by a quote and closed by one.
static void add_long_field(struct buffer *out, const char *inner, size_t bytes)
{
    size_t len = strlen(inner);
    buffer_add(out, STR("1,\""));
    add_repeated(out, inner, bytes / len);
    buffer_add(out, str_first(str_of(inner), bytes % len));
    buffer_add(out, STR("\",3\n4,5,6\n"));
}

// How far a quote is followed, and that the answer does not depend on where the text was cut.
static void quote_limits(void **state)
{
    (void)state;
    enum { LIMIT = 64 << 10 };
    static const struct {
        const char *inner;
        size_t bytes, records; // 0 = many
    } limits[] = {
        {"not a record\n", LIMIT - 100, 2},
        {"not a record\n", LIMIT - 1, 2},
        {"not a record\n", LIMIT, 2},
        {"not a record\n", LIMIT + 1, 2},
        {"not a record\n", 200000, 2},
        {"a,true,record\n", LIMIT - 2, 2},
        {"a,true,record\n", LIMIT - 1, 0},
        {"a,true,record\n", LIMIT, 0},
        {"a,true,record\n", LIMIT + 1, 0},
        {"one long line, ", 200000, 2},
        {"\n,\"x,", 6 * 4, 2},
        {"\n,\"x,", 6 * 34, 0},
        {"\n\"x", 3 * 32, 2},
        {"\n\"x", 3 * 33, 0},
        {"\"x\n\"", 4 * 32 + 3, 2}, // ""x, and pairs at the beginning of every line
        {"\"x\n\"", 4 * 33 + 3, 0},
    };
    static const size_t blocks[] = {777,       16384,     LIMIT,  LIMIT + 2,
                                    LIMIT + 5, LIMIT + 6, 100000, 1000000};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct buffer text = {0}, first = {0};
        add_long_field(&text, limits[i].inner, limits[i].bytes);
        for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
            struct run run = {.lenient = {.dialect = {.delimiter = ','}, .columns = 3},
                              .block_bytes = blocks[k]};
            run_all(&run, buffer_str(&text));
            size_t records = 0;
            for (size_t j = 0; j < run.out.len; j++) records += run.out.data[j] == '\n';
            if (limits[i].records)
                assert_int_equal(records, limits[i].records);
            else
                assert_true(records > 2);
            if (k == 0) buffer_add(&first, buffer_str(&run.out));
            assert_true(str_equal(buffer_str(&run.out), buffer_str(&first)));
            buffer_release(&run.out);
        }
        buffer_release(&text);
        buffer_release(&first);
    }
}

// These take minutes when something is quadratic.
static void hostile_sizes(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        size_t times;
    } hostile[] = {
        {"a line of opening quotes", "\"a,", 1 << 20},
        {"a line of doubled quotes", "\"a\"\",", 1 << 20},
        {"a line of quotes", "\"", 1 << 22},
        {"a line of quotes and blanks", "\" ", 1 << 21},
        {"lines of opening quotes", "\"abc,1\n", 1 << 18},
        {"lines of stray quotes", "\"a\"b,1\n", 1 << 18},
        {"records in doubled quotes", "\"\"a\"\",\"\"b c\"\",\"\"d\"\"\n", 1 << 19},
        {"records in quadrupled quotes", "\"\"\"\"a\"\"\"\",b,c\n", 1 << 19},
        {"doubled quotes, some of them odd", "\"\"a\"\",b,c\n\"\"12\" a\"\",b,c\n", 1 << 18},
        {"lines of opening quotes, far apart", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,1\nx\n",
         1 << 15},
        {"delimiters", ",", 1 << 22},
        {"lines of one field", "a\n", 1 << 20},
        {"opening quotes and blanks", "   \"   ", 1 << 19},
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct buffer text = {0};
        add_repeated(&text, hostile[i].text, hostile[i].times);
        struct lenient lenient = {.dialect = {.delimiter = ','}, .columns = 3};
        size_t count, longest;
        measure(buffer_str(&text), lenient, 64 << 10, &count, &longest);
        assert_true(count <= hostile[i].times * 2);
        buffer_release(&text);
    }
}

static uint64_t random_next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

// Mostly good records, with trouble now and then; long enough for many windows of the scanner.
static void add_random_text(struct buffer *out, uint64_t *seed)
{
    static const char *const trouble[] = {"\"",       "\"a",      "a\"",  "\"\"", "\" \"",
                                          "\\\"",     "\r",       "\n",   ",",    " ",
                                          "\"x\ny\"", "\"\\\"\"", ",,,,", "\n\n", "x\"\"y"};
    enum { TROUBLES = sizeof trouble / sizeof *trouble };
    uint64_t rate = 2 + random_next(seed) % 60;
    while (out->len < 60000) {
        for (size_t i = 0; i < 3; i++) {
            bool is_quoted = random_next(seed) % 4 == 0;
            if (is_quoted) buffer_add_byte(out, '"');
            for (uint64_t k = random_next(seed) % 9; k > 0; k--) buffer_add(out, STR("field"));
            if (random_next(seed) % rate == 0) {
                buffer_add(out, str_of(trouble[random_next(seed) % TROUBLES]));
            }
            if (is_quoted) buffer_add(out, STR("a,\nb\"\"\""));
            if (i < 2) buffer_add_byte(out, ',');
        }
        buffer_add(out, random_next(seed) % 8 ? STR("\n") : STR("\r\n"));
    }
}

static void cut_anywhere(void **state)
{
    (void)state;
    static const size_t blocks[] = {1000, 3001, 16384, 20000, 70000};
    uint64_t seed = 8;
    for (size_t round = 0; round < 60; round++) {
        struct buffer text = {0}, first = {0};
        add_random_text(&text, &seed);
        for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
            struct lenient lenient = {
                .dialect = {.delimiter = ',', .backslash_escape = round % 3 == 0},
                .columns = round % 7 ? 3 : 0,
            };
            struct run run = {.lenient = lenient, .block_bytes = blocks[k]};
            run_all(&run, buffer_str(&text));
            if (k == 0) buffer_add(&first, buffer_str(&run.out));
            assert_true(str_equal(buffer_str(&run.out), buffer_str(&first)));
            buffer_release(&run.out);
        }
        buffer_release(&text);
        buffer_release(&first);
    }
}

static void padding_is_bounded(void **state)
{
    (void)state;
    enum { ROWS = 20000, COLUMNS = 2000 };
    struct buffer text = {0};
    add_repeated(&text, "a\n", ROWS);
    struct lenient lenient = {.dialect = {.delimiter = ','}, .columns = COLUMNS};
    struct records records = {0};
    unsigned char *faults = NULL;
    size_t capacity = 0, at = 0, rows = 0;
    while (at < text.len) {
        struct block *block = block_new(text.len - at);
        memcpy(block->data, text.data + at, text.len - at);
        block->len = text.len - at;
        uint64_t lines;
        size_t used =
            lenient_locate(&lenient, block, 0, true, &records, &faults, &capacity, &lines);
        assert_true(used > 0);
        assert_true(block->len < 4u << 20);
        at += used;
        rows += records.count;
        block_release(block);
    }
    assert_int_equal(rows, ROWS);
    records_release(&records);
    memory_free(faults);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(megabyte_fields),    cmocka_unit_test(quote_limits),
        cmocka_unit_test(hostile_sizes),      cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(padding_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
