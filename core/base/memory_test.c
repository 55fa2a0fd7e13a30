// Memory must be there, cleared where promised, and its lack must reach the handler.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memory.h"

static void test_nothing_is_never_null(void **state)
{
    (void)state;
    void *a = memory_alloc(0), *b = memory_zeroed(0, 8), *c = memory_zeroed(8, 0);
    assert_true(a && b && c);
    a = memory_resize(a, 0);
    assert_non_null(a);
    memory_free(a);
    memory_free(b);
    memory_free(c);
    memory_free(NULL);
    memory_unmap(NULL, 0);
}

static void test_grow(void **state)
{
    (void)state;
    size_t capacity = 0;
    int *items = NULL;
    assert_null(memory_grow(items, &capacity, 0, sizeof *items));
    size_t changes = 0;
    for (int i = 0; i < 10000; i++) {
        size_t before = capacity;
        items = memory_grow(items, &capacity, (size_t)i + 1, sizeof *items);
        changes += capacity != before;
        items[i] = i;
    }
    for (int i = 0; i < 10000; i++) assert_int_equal(items[i], i);
    assert_true(changes < 15); // doubles
    memory_free(items);
}

static void test_map_is_zeroed(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 4096, 5 << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *map = memory_map(sizes[i]);
        for (size_t at = 0; at < sizes[i]; at += 997) assert_int_equal(map[at], 0);
        map[sizes[i] - 1] = 1;
        memory_unmap(map, sizes[i]);
    }
}

// The sanitizers, which end a program that wants too much, are told to give NULL as others do.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "allocator_may_return_null=1"; }
const char *__tsan_default_options(void);
const char *__tsan_default_options(void) { return "allocator_may_return_null=1"; }

static void say_and_end(size_t bytes) { _exit(bytes > 1000 ? 42 : 43); }

static void want_too_much(int how)
{
    size_t capacity = 0, huge = (size_t)1 << 62;
    memory_on_failure(say_and_end);
    if (how == 0) memory_alloc(huge);
    if (how == 1) memory_zeroed(huge, 1);
    if (how == 2) memory_resize(NULL, huge);
    if (how == 3) memory_map(huge);
    if (how == 4) memory_grow(NULL, &capacity, huge, 1);
    if (how == 5) memory_grow(NULL, &capacity, huge, 16);
    if (how == 6) memory_zeroed(huge, 16);
    _exit(0);
}

static void test_lack_reaches_the_handler(void **state)
{
    (void)state;
    for (int how = 0; how < 7; how++) {
        int status;
        pid_t child = fork();
        if (child == 0) want_too_much(how);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 42);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_never_null),
        cmocka_unit_test(test_grow),
        cmocka_unit_test(test_map_is_zeroed),
        cmocka_unit_test(test_lack_reaches_the_handler),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
