// Statistics that were written and read again weigh every pair the same, exact or as a sketch.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "matching_test.h"
#include "statistics.h"

enum { RECORDS = 60 };

static char path[] = "/tmp/leadpipe_test.XXXXXX";
static struct profile profiles[RECORDS];

static void put(str header, str rows)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fwrite(header.data, 1, header.len, file);
    fwrite(rows.data, 1, rows.len, file);
    fclose(file);
}

static void make(struct weigher *weigher, size_t most)
{
    weigher_init(weigher, &frequencies, &nicknames);
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) weigher->values[kind].most = most;
    for (uint32_t i = 0; i < RECORDS; i++) {
        str text = arena_format(&arena,
                                "first_name=Given%u|last_name=Family%u|email=p%u@x%u.fi|"
                                "phone=+3584055501%02u|company=Firm %u Works|city=City%u",
                                i % 7, i % 11, i % 50, i % 3, i % 9, i % 13, i % 2);
        profiles[i] = profile_of(arena_cstring(&arena, arena_format(&arena, "r%u", i)),
                                 arena_cstring(&arena, text));
        weigher_count(weigher, &profiles[i]);
    }
    weigher_settle(weigher, profiles, RECORDS);
}

static void totals(const struct weigher *weigher, int32_t out[RECORDS][RECORDS])
{
    for (uint32_t i = 0; i < RECORDS; i++) {
        for (uint32_t j = 0; j < RECORDS; j++) {
            struct weighed weighed;
            weigher_weigh(weigher, &profiles[i], &profiles[j], &weighed);
            out[i][j] = weighed.total;
        }
    }
}

static void check_round_trip(size_t most)
{
    static int32_t want[RECORDS][RECORDS], got[RECORDS][RECORDS];
    struct weigher weigher, again;
    struct buffer text = {0}, text_again = {0};
    struct err err = {0};
    make(&weigher, most);
    totals(&weigher, want);
    statistics_write(&weigher, &text);
    put(STR("part,kind,value,count\n"), buffer_str(&text));
    weigher_init(&again, &frequencies, &nicknames);
    if (!statistics_read(&again, path, &err)) fail_msg("%ld: %s", err.line, err.text);
    weigher_settle_frozen(&again, profiles, RECORDS);
    totals(&again, got);
    assert_memory_equal(got, want, sizeof got);
    statistics_write(&again, &text_again);
    assert_true(str_equal(buffer_str(&text), buffer_str(&text_again)));
    weigher_release(&weigher);
    weigher_release(&again);
    buffer_release(&text);
    buffer_release(&text_again);
    arena_reset(&arena);
}

static void test_exact(void **state)
{
    (void)state;
    check_round_trip(0);
}

static void test_sketch(void **state)
{
    (void)state;
    check_round_trip(5);
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "records,,,5\n",
        "version,,,2\n",
        "version,,,1\n",
        "version,,,1\nrecords,,,0\n",
        "version,,,1\nrecords,,,5\nnear,first_name,9,1\n",
        "version,,,1\nrecords,,,5\nnear,shoe,0,1\n",
        "version,,,1\nrecords,,,5\nvalue,email,total,9\nvalue,email,00,1\n",
        ("version,,,1\nrecords,,,5\nvalue,email,sketch,9\n"
         "value,email,ffffffffffffffffffffffffffffffff,1\n"),
        "version,,,1\nrecords,,,5\nwhat,,,1\n",
        "version,,,1\nrecords,,,x\n",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct weigher weigher;
        struct err err = {0};
        put(STR("part,kind,value,count\n"), str_of(rows[i]));
        weigher_init(&weigher, &frequencies, &nicknames);
        if (statistics_read(&weigher, path, &err)) fail_msg("not refused: %s", rows[i]);
        assert_int_equal(err.kind, ERR_DATA);
        weigher_release(&weigher);
    }
}

static int begin(void **state)
{
    int file = mkstemp(path);
    return file < 0 || close(file) != 0 ? -1 : load(state);
}

static int end(void **state) { return unlink(path) != 0 ? -1 : unload(state); }

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_exact), cmocka_unit_test(test_sketch),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, begin, end);
}
