// A refused record must be found again in the rejects as it stood, whatever its bytes.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rejects.h"
#include "run_test.h"

static const struct {
    str raw;
    const char *line; // what the file holds from the raw column on
} raws[] = {
    {{"plain", sizeof("plain") - 1}, "plain"},
    {{"a,\"b\"", sizeof("a,\"b\"") - 1}, "\"a,\"\"b\"\"\""},
    {{"two\nlines", sizeof("two\nlines") - 1}, "\"two\nlines\""},
    {{"n\xC3\xA4me", sizeof("n\xC3\xA4me") - 1}, "n\xC3\xA4me"},
    {{"bad \xE4 byte", sizeof("bad \xE4 byte") - 1}, "bad \\xe4 byte"},
    {{"\xC3", sizeof("\xC3") - 1}, "\\xc3"},
    {{"\xFF\xFE\xC3\xA4\x80", sizeof("\xFF\xFE\xC3\xA4\x80") - 1}, "\\xff\\xfe\xC3\xA4\\x80"},
    {{"nul \0 in \0", sizeof("nul \0 in \0") - 1}, "nul \\x00 in \\x00"},
    {{"\0\xE4", sizeof("\0\xE4") - 1}, "\\x00\\xe4"},
    {{"", sizeof("") - 1}, ""},
};

enum { RAWS = sizeof raws / sizeof *raws };

static bool reject_all(void *state, struct stage_worker *worker, struct batch *batch,
                       struct err *err)
{
    (void)state;
    (void)err;
    struct rejects rejects = {0};
    for (size_t i = 0; i < RAWS; i++) {
        struct reject reject = {STR("unreadable"), STR("a.csv"), STR("7"), STR("x:1"), raws[i].raw};
        rejects_add(&rejects, worker, i % 2 ? STR("Zoom") : STR("Messu"), &reject);
    }
    batch->count = 0;
    bool ok = rejects_emit(&rejects, worker, "normalize") && rejects.count == 0 &&
              rejects_emit(&rejects, worker, "normalize"); // nothing new: nothing sent
    rejects_release(&rejects);
    return ok;
}

static const struct columns *reject_columns(void *state, enum place place)
{
    (void)state;
    return place == PLACE_REJECT ? rejects_columns() : NULL;
}

static void test_bytes_and_counts(void **state)
{
    (void)state;
    for (int wanted = 0; wanted < 2; wanted++) {
        struct trial trial;
        trial_init(&trial, "m", 1, 1);
        trial.stages[0].process = reject_all;
        trial.stages[0].place_columns = reject_columns;
        if (!wanted) trial.run_stages[0].sinks[PLACE_REJECT] = NULL;
        assert_true(trial_run(&trial));
        const struct stage_result *result = &trial.run.results[0];
        assert_int_equal(result->out[PLACE_REJECT], RAWS);
        assert_int_equal(tally_get(&result->by_reason, STR("rejects"), STR("unreadable")), RAWS);
        assert_int_equal(tally_get(&result->by_source, STR("Messu"), STR("rejects")), RAWS / 2);
        if (wanted) {
            struct buffer want = {0};
            buffer_add(&want, STR("stage,reason,source_file,source_row,lead_id,raw\n"));
            for (size_t i = 0; i < RAWS; i++) {
                buffer_format(&want, "normalize,unreadable,a.csv,7,x:1,%s\n", raws[i].line);
            }
            assert_text(&trial.rejects[0].text, want);
        } else {
            assert_int_equal(trial.rejects[0].writes, 0);
        }
        trial_release(&trial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bytes_and_counts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
