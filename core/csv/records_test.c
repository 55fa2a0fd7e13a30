// Blocks live as long as their last user, and located fields read back as the header of records
// draws them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "records.h"

static void unquoting(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *want;
    } cases[] = {
        {"\"\"", ""},
        {"\"a\"", "a"},
        {"\"a,b\nc\"", "a,b\nc"},
        {"\"\"\"\"", "\""},
        {"\"a\"\"b\"", "a\"b"},
        {"\"\"\"\"\"\"", "\"\""},
        {"\"\"\"a\"\"\"", "\"a\""},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str raw = str_of(cases[i].raw);
        str text = csv_unquote(raw, &arena);
        assert_true(str_equal(text, str_of(cases[i].want)));
        bool is_view = text.data > raw.data && text.data <= raw.data + raw.len;
        assert_true(is_view == !strstr(cases[i].raw + 1, "\"\"") || text.len == 0);
    }
    arena_release(&arena);
}

// The record of the header's drawing, and one that ends in CR LF.
static void fields(void **state)
{
    (void)state;
    str text = STR("a,\"b,c\",d\n,\"\",\"x\"\"y\"\r\n");
    struct records records = {.columns = 3, .line_first = 7};
    records_reserve(&records, 2, 3);
    records.block = block_new(text.len);
    memcpy(records.block->data, text.data, text.len);
    records.block->len = text.len;
    const uint32_t ends[] = {1, 7 | FIELD_QUOTED, 9, 10, 13 | FIELD_QUOTED, 20 | FIELD_QUOTED};
    memcpy(records.ends, ends, sizeof ends);
    records.starts[0] = 0;
    records.starts[1] = 10;
    records.lines[0] = 0;
    records.lines[1] = 1;
    records.count = 2;
    struct arena arena = {0};
    static const char *const want[] = {"a", "b,c", "d", "", "", "x\"y"};
    for (uint32_t i = 0; i < 6; i++) {
        str got = records_text(&records, i / 3, i % 3, &arena);
        assert_true(str_equal(got, str_of(want[i])));
    }
    assert_true(records_is_quoted(&records, 0, 1));
    assert_false(records_is_quoted(&records, 0, 2));
    assert_true(str_equal(records_raw(&records, 1, 2), STR("\"x\"\"y\"")));
    assert_true(str_equal(records_line_text(&records, 1), STR(",\"\",\"x\"\"y\"")));
    assert_int_equal(records_line(&records, 1), 8);
    arena_release(&arena);
    records_release(&records);
}

static void references(void **state)
{
    (void)state;
    struct block *block = block_new(10);
    assert_int_equal(block->len, 0);
    for (size_t i = 0; i < BLOCK_PADDING; i++) assert_int_equal(block->data[10 + i], 0);
    struct records records = {.block = block_keep(block), .count = 3};
    assert_int_equal(block->references, 2);
    records_clear(&records);
    assert_int_equal(block->references, 1);
    assert_int_equal(records.count, 0);
    records_clear(&records);
    block_release(block);
    block_release(NULL);
    assert_null(block_keep(NULL));
}

static void room(void **state)
{
    (void)state;
    struct records records = {0};
    records_reserve(&records, 1, 3);
    records.ends[2] = 42;
    records_reserve(&records, 1000, 3);
    assert_int_equal(records.ends[2], 42);
    assert_true(records.ends_capacity >= 3000 && records.starts_capacity >= 1000);
    assert_null(records.raw_starts);
    records_release(&records);
    assert_null(records.ends);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unquoting),
        cmocka_unit_test(fields),
        cmocka_unit_test(references),
        cmocka_unit_test(room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
