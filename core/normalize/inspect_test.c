// Damage must be told from numbers and words that are as they should be; what is counted must be
// what the stage has done.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/pipeline/run.h"
#include "export.h"
#include "inspect.h"
#include "stage.h"

static void test_damage(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        enum damage want;
    } cases[] = {
        {"3.58E+11", DAMAGE_SCIENTIFIC},
        {"3,58E+11", DAMAGE_SCIENTIFIC},
        {"4E+10", DAMAGE_SCIENTIFIC},
        {"3.58405550199E+11", DAMAGE_SCIENTIFIC},
        {"358405550199.0", DAMAGE_FLOAT},
        {"3584055501,0", DAMAGE_FLOAT},
        {"#NAME?", DAMAGE_CELL_ERROR},
        {"########", DAMAGE_CELL_ERROR},
        {"#ARVO!", DAMAGE_CELL_ERROR},
        {"Caf\xEF\xBF\xBD", DAMAGE_REPLACED},
        {"358405550199", DAMAGE_COUNT},
        {"12.50", DAMAGE_COUNT},
        {"1.0", DAMAGE_COUNT},
        {"040 555 0101", DAMAGE_COUNT},
        {"+358 40 555 0101", DAMAGE_COUNT},
        {"12E4", DAMAGE_COUNT},
        {"#1", DAMAGE_COUNT},
        {"", DAMAGE_COUNT},
        {"-", DAMAGE_COUNT},
        {"1,5", DAMAGE_COUNT},
        {"3.5E", DAMAGE_COUNT},
        {"3.5E+", DAMAGE_COUNT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum damage got = damage_of(str_of(cases[i].cell));
        if (got != cases[i].want) fail_msg("%s: %d", cases[i].cell, got);
    }
}

// An export run through the stage with an inspection watching.
struct watched {
    struct rulebook book;
    struct knowledge knowledge;
    struct value_rules values;
    struct export_source *source;
    struct inspection inspection;
};

static void watch(struct watched *watched, const char *text)
{
    char path[] = "/tmp/inspect_test.XXXXXX";
    int file = mkstemp(path);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    struct diagnostics diagnostics = {0};
    struct err err = {0};
    *watched = (struct watched){0};
    rulebook_add_dir(&watched->book, "rules");
    assert_true(knowledge_load(&watched->knowledge, &watched->book, &diagnostics, &err));
    assert_true(value_rules_load(&watched->values, &watched->book, &err));
    struct export_options options = {0};
    struct export_input input = {path, &options, NULL};
    watched->source = export_source_open(&input, 1, &watched->knowledge, 0, &err);
    assert_non_null(watched->source);
    inspection_init(&watched->inspection, export_source_plan(watched->source, 0));
    struct normalize_options made = {.rules = &watched->values,
                                     .source_words = &watched->knowledge.sources,
                                     .year_now = 2026,
                                     .watch = inspection_watch,
                                     .watch_state = &watched->inspection};
    struct stage stage;
    normalize_stage(&made, &stage);
    struct run_stage stages[] = {{.stage = &stage}};
    struct run run = {.source = export_source_stage(watched->source),
                      .stages = stages,
                      .stage_count = 1,
                      .threads = 1};
    assert_true(run_pipeline(&run, &err));
    stage.close(stage.state);
    run_release(&run);
    unlink(path);
}

static void unwatch(struct watched *watched)
{
    inspection_release(&watched->inspection);
    export_source_close(watched->source);
    knowledge_release(&watched->knowledge);
    value_rules_release(&watched->values);
    rulebook_release(&watched->book);
}

#define assert_str(got, want) assert_true(str_equal(got, STR(want)))

static void test_watch(void **state)
{
    (void)state;
    struct watched watched;
    watch(&watched, "Name,Email,Phone,Country,Postal code,Colour,Created\n"
                    "ADA BERG,ada@x.fi,3.58E+11,Finland,100,red,2026-01-02T10:00:00+02:00\n"
                    "Bo Ek,bo@x.fi;bo@y.fi,040 555 0101,Finland,33100,,2026-01-02 10:00\n"
                    "JÃ¤rvinen Otso,,########,Finland,n/a,blue,\n");
    const struct inspected_column *columns = watched.inspection.columns;
    assert_int_equal(watched.inspection.leads, 3);
    assert_int_equal(columns[0].filled, 3);
    assert_str(columns[0].before, "ADA BERG");
    assert_str(columns[0].after, "Ada | Berg");
    assert_int_equal(columns[0].damage[DAMAGE_MOJIBAKE], 1);
    assert_int_equal(columns[1].filled, 2);
    assert_str(columns[1].before, "bo@x.fi;bo@y.fi");
    assert_str(columns[1].after, "bo@x.fi | bo@y.fi");
    assert_int_equal(columns[2].damage[DAMAGE_SCIENTIFIC], 1);
    assert_int_equal(columns[2].damage[DAMAGE_CELL_ERROR], 1);
    assert_str(columns[2].damaged, "3.58E+11");
    assert_str(columns[2].after, "+358405550101");
    assert_int_equal(columns[4].filled, 2); // "n/a" is nothing
    assert_int_equal(columns[4].damage[DAMAGE_ZEROS], 1);
    assert_str(columns[4].after, "00100");
    assert_int_equal(columns[5].filled, 2);
    assert_int_equal(columns[5].taken, 0); // in extra
    assert_int_equal(watched.inspection.times_with_offset, 1);
    assert_int_equal(watched.inspection.times_of_day, 1);
    assert_int_equal(inspection_damage(&watched.inspection, DAMAGE_ZEROS), 1);
    assert_int_equal(watched.inspection.with_field[FIELD_EMAIL], 2);
    unwatch(&watched);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_watch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
