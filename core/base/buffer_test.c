// A buffer must hold what was added, whatever the sizes.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buffer.h"

static void test_adding(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    assert_int_equal(buffer_str(&buffer).len, 0);
    buffer_add(&buffer, (str){0});
    buffer_add(&buffer, STR(""));
    assert_int_equal(buffer.len, 0);
    assert_non_null(buffer_room(&buffer, 0)); // usable also when nothing is wanted
    for (int i = 0; i < 1000; i++) {
        buffer_add(&buffer, STR("ab"));
        buffer_add_byte(&buffer, '\0');
    }
    assert_int_equal(buffer.len, 3000);
    for (size_t i = 0; i < buffer.len; i++) assert_int_equal(buffer.data[i], "ab\0"[i % 3]);
    size_t capacity = buffer.capacity;
    buffer_clear(&buffer);
    assert_int_equal(buffer.len, 0);
    buffer_format(&buffer, "%03d|%s", 7, "x");
    assert_true(str_equal(buffer_str(&buffer), STR("007|x")));
    buffer_format(&buffer, "%s", "");
    assert_int_equal(buffer.len, 5);
    assert_int_equal(buffer.capacity, capacity);
    buffer_release(&buffer);
    assert_null(buffer.data);
    buffer_release(&buffer);
}

static void test_room_is_exactly_usable(void **state)
{
    (void)state;
    for (size_t size = 0; size < 300; size++) {
        struct buffer buffer = {0};
        memset(buffer_room(&buffer, size), 'x', size);
        buffer.len += size;
        buffer_format(&buffer, "%s", "end");
        assert_memory_equal(buffer.data + size, "end", 3);
        buffer_release(&buffer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adding),
        cmocka_unit_test(test_room_is_exactly_usable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
