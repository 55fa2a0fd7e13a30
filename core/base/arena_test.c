// Pieces must not overlap, move or be misaligned, and resetting must keep the room.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

static bool is_aligned(const void *at) { return (uintptr_t)at % 16 == 0; }

// Pieces of all sizes, text and aligned ones mixed, each filled with its own byte.
static void test_pieces_are_apart(void **state)
{
    (void)state;
    enum { PIECES = 3000 };
    static char *pieces[PIECES];
    static size_t sizes[PIECES];
    struct arena arena = {0};
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < PIECES; i++) {
            sizes[i] = (size_t)(i * 37 % 211) + (i % 500 == 0 ? 100000 : 0);
            pieces[i] = i % 3 ? arena_bytes(&arena, sizes[i]) : arena_alloc(&arena, sizes[i]);
            assert_non_null(pieces[i]);
            if (i % 3 == 0) assert_true(is_aligned(pieces[i]));
            memset(pieces[i], i % 251, sizes[i]);
        }
        for (int i = 0; i < PIECES; i++) {
            for (size_t at = 0; at < sizes[i]; at++) {
                assert_int_equal((unsigned char)pieces[i][at], i % 251);
            }
        }
        arena_reset(&arena);
    }
    arena_release(&arena);
    arena_release(&arena);
}

static void test_reset_keeps_the_room(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t bytes = 0;
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 1000; i++) arena_alloc(&arena, 100);
        if (round == 1) bytes = arena.bytes;
        if (round > 1) assert_int_equal(arena.bytes, bytes);
        arena_reset(&arena);
    }
    arena_release(&arena);
    assert_int_equal(arena.bytes, 0);
}

// A huge piece now and then must not leave a chunk behind each time.
static void test_huge_pieces_are_reused(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int round = 0; round < 20; round++) {
        arena_bytes(&arena, 10);
        arena_bytes(&arena, 5 << 20);
        arena_bytes(&arena, 10);
        arena_reset(&arena);
    }
    assert_in_range(arena.bytes, 5 << 20, 8 << 20);
    arena_release(&arena);
}

static void test_copies(void **state)
{
    (void)state;
    struct arena arena = {0};
    char text[] = "text";
    str copy = arena_copy(&arena, str_of(text));
    const char *c = arena_cstring(&arena, str_of(text));
    memset(text, 'x', 4);
    assert_true(str_equal(copy, STR("text")));
    assert_string_equal(c, "text");
    assert_string_equal(arena_cstring(&arena, (str){0}), "");
    str empty = arena_copy(&arena, (str){0});
    assert_non_null(empty.data);
    assert_int_equal(empty.len, 0);
    assert_true(str_equal(arena_format(&arena, "%d-%s", 42, "b"), STR("42-b")));
    assert_int_equal(arena_format(&arena, "%s", "").len, 0);
    int *zeroed = arena_new(&arena, int, 1000);
    for (int i = 0; i < 1000; i++) assert_int_equal(zeroed[i], 0);
    arena_reset(&arena);
    memset(arena_alloc(&arena, 4000), 1, 4000);
    arena_reset(&arena);
    zeroed = arena_new(&arena, int, 1000); // the same room, cleared
    for (int i = 0; i < 1000; i++) assert_int_equal(zeroed[i], 0);
    arena_release(&arena);
}

static void test_trim(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *first = arena_bytes(&arena, 100);
    arena_trim(&arena, first + 3);
    char *second = arena_bytes(&arena, 5);
    assert_ptr_equal(second, first + 3);
    assert_true(is_aligned(arena_alloc(&arena, 8)));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_are_apart),
        cmocka_unit_test(test_reset_keeps_the_room),
        cmocka_unit_test(test_huge_pieces_are_reused),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_trim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
