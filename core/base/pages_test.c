// Goal: runs of pages do not overlap, are zeroed and writable, give their memory back, and need few
// maps however many they are.
#include "pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static size_t count_maps(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    size_t count = 0;
    for (int c; maps && (c = getc(maps)) != EOF;) count += c == '\n';
    if (maps) fclose(maps);
    return count;
}

static void test_runs(void **state)
{
    (void)state;
    enum { RUNS = 3000 };
    static char *runs[RUNS];
    static size_t bytes[RUNS];
    struct pages pages = {0};
    size_t before = count_maps();
    for (size_t i = 0; i < RUNS; i++) {
        bytes[i] = 1 + i * 37 % 150000;
        runs[i] = pages_take(&pages, bytes[i]);
        assert_int_equal(runs[i][0] | runs[i][bytes[i] - 1], 0);
        memset(runs[i], (int)(i % 250 + 1), bytes[i]);
    }
    for (size_t i = 0; i < RUNS; i += 2) pages_give_back(runs[i], bytes[i]);
    assert_true(count_maps() < before + 32);
    for (size_t i = 0; i < RUNS; i++) {
        char want = i % 2 ? (char)(i % 250 + 1) : 0;
        assert_int_equal(runs[i][0], want);
        assert_int_equal(runs[i][bytes[i] - 1], want);
    }
    pages_release(&pages);
    pages_release(&pages); // harmless
}

static void test_memory_goes_back(void **state)
{
    (void)state;
    enum { BYTES = 8 << 20 };
    struct pages pages = {0};
    char *run = pages_take(&pages, BYTES);
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    unsigned char resident;
    memset(run, 1, BYTES);
    assert_int_equal(mincore(run + BYTES / 2, page, &resident), 0);
    assert_true(resident & 1);
    pages_give_back(run, BYTES);
    assert_int_equal(mincore(run + BYTES / 2, page, &resident), 0);
    assert_false(resident & 1);
    pages_release(&pages);
}

static void test_large_run(void **state)
{
    (void)state;
    struct pages pages = {0};
    size_t bytes = (size_t)100 << 20;
    char *small = pages_take(&pages, 1), *large = pages_take(&pages, bytes);
    large[0] = large[bytes - 1] = 1;
    assert_int_equal(small[0], 0);
    pages_give_back(large, bytes);
    assert_int_equal(large[bytes - 1], 0);
    pages_release(&pages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_memory_goes_back),
        cmocka_unit_test(test_large_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
