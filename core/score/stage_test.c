// The stage in a run: what it adds, what it overwrites, what it rejects, what it counts; the same
// bytes for one thread and four; what it says of rules that do not fit the input.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/pipeline/run.h"
#include "stage.h"

// Columns beyond the schema (budget), and one that the stage itself fills (tier), in the middle.
enum { COLUMNS = 7, ROWS = 6 };
static const char *const column_names[COLUMNS] = {"lead_id",   "source_name", "source_row", "tier",
                                                  "job_title", "budget",      "notes"};
static const char *const rows[ROWS][COLUMNS] = {
    {"x1", "Fair", "2", "old", "CEO", "100", ""},
    {"x2", "Fair", "3", "", "clerk", "", "junk"},
    {"x3", "List, bought", "4", "", "CEO", "7", "rival"},
    {"x4", "List, bought", "5", "", "a \"chief\"", "", "junk"},
    {"x5", "Fair", "6", "", "", "", ""},
    {"x6", "Fair", "7", "", "CEO", "x", "later"},
};

static const char rule_text[] = "numbers budget\n"
                                "group fit\n"
                                "  +40 title has word \"ceo\"  \"decides\"\n"
                                "  +15 budget >= 50            \"budget, large\"\n"
                                "group suspicion not in score\n"
                                "  +3 title is \"clerk\"       \"clerk\"\n"
                                "discard when notes is \"junk\"    \"junk\"\n"
                                "set aside when notes is \"rival\" \"rival\"\n"
                                "tier hot when score >= 50\n"
                                "tier warm when score >= 30\n"
                                "grade fit A from 50, B from 1, else C\n"
                                "lifecycle MQL when tier in hot, warm\n";

struct world {
    struct rulebook book;
    struct diagnostics diagnostics;
    struct buffer leads, rejects;
    struct columns *columns;
    uint32_t given, batch_rows;
};

static bool next(void *state, struct batch *batch, struct err *err)
{
    (void)err;
    struct world *world = state;
    if (world->given == ROWS) return false;
    uint32_t left = ROWS - world->given;
    uint32_t count = left < world->batch_rows ? left : world->batch_rows;
    batch_begin_empty(batch, world->columns, count);
    for (uint32_t row = 0; row < count; row++) {
        for (uint32_t column = 0; column < COLUMNS; column++) {
            batch_set(batch, row, column, str_of(rows[world->given + row][column]), 0);
        }
    }
    world->given += count;
    return true;
}

static bool collect(void *state, str text, struct err *err)
{
    (void)err;
    buffer_add(state, text);
    return true;
}

// The rule text becomes a file of the rulebook.
static void begin(struct world *world, struct score *score, const char *text,
                  const char *const names[], uint32_t count)
{
    *world = (struct world){.batch_rows = 4};
    str views[COLUMNS];
    for (uint32_t i = 0; i < count; i++) views[i] = str_of(names[i]);
    world->columns = columns_new(views, count);
    char path[] = "/tmp/score-stage-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    *score = (struct score){.book = &world->book, .diagnostics = &world->diagnostics};
    timestamp_parse(STR("2026-11-21"), &score->as_of);
    struct rule_text read;
    struct err err = {0};
    assert_true(rulebook_read(&world->book, str_of(path), NULL, &read, &err));
    score->file = read.file; // kept by the book
    unlink(path);            // read once is enough
}

static void end(struct world *world)
{
    columns_free(world->columns);
    buffer_release(&world->leads);
    buffer_release(&world->rejects);
    diagnostics_release(&world->diagnostics);
    rulebook_release(&world->book);
}

static void check_text(const struct buffer *buffer, const char *expected)
{
    if (str_equal(buffer_str(buffer), str_of(expected))) return;
    fail_msg("\n%.*s\nexpected\n%s", (int)buffer->len, buffer->data, expected);
}

// The version is a digest of the rules: not written out here.
static void mask_version(struct buffer *text, str version)
{
    char *at;
    assert_int_equal(version.len, 13);
    while ((at = memmem(text->data, text->len, version.data, version.len))) memset(at, 'V', 13);
}

static void check_run(unsigned threads, uint32_t batch_rows)
{
    struct world world;
    struct score score;
    begin(&world, &score, rule_text, column_names, COLUMNS);
    world.batch_rows = batch_rows;
    struct stage stage = score_stage(&score);
    struct sink leads = {collect, &world.leads}, rejects = {collect, &world.rejects};
    struct run_stage stages[] = {{.stage = &stage, .sinks[PLACE_REJECT] = &rejects}};
    struct source source = {.state = &world, .columns = world.columns, .next = next};
    struct run run = {
        .source = &source, .stages = stages, .stage_count = 1, .main = &leads, .threads = threads};
    struct err err = {0};
    if (!run_pipeline(&run, &err)) fail_msg("%s", err.text);
    mask_version(&world.leads, score_ruleset_version(score.rules));
    check_text(&world.leads,
               "lead_id,source_name,source_row,tier,job_title,budget,notes,score,fit,engagement,"
               "source_points,suspicion,grade,lifecycle,reasons,rules_version\n"
               "x1,Fair,2,hot,CEO,100,,55,55,0,0,0,A,MQL,\"+40 decides; +15 budget, large\","
               "VVVVVVVVVVVVV\n"
               "x3,\"List, bought\",4,warm,CEO,7,rival,40,40,0,0,0,B,set_aside,+40 decides; set "
               "aside: rival,VVVVVVVVVVVVV\n"
               "x5,Fair,6,cold,,,,0,0,0,0,0,C,,0 no rule matched,VVVVVVVVVVVVV\n"
               "x6,Fair,7,warm,CEO,x,later,40,40,0,0,0,B,MQL,+40 decides,VVVVVVVVVVVVV\n");
    check_text(
        &world.rejects,
        "stage,reason,source_file,source_row,lead_id,raw\n"
        "score,discarded,,3,x2,\"x2,Fair,3,,clerk,,junk\"\n"
        "score,discarded,,5,x4,\"x4,\"\"List, bought\"\",5,,\"\"a \"\"\"\"chief\"\"\"\"\"\",,"
        "junk\"\n");
    const struct stage_result *result = &run.results[0];
    assert_int_equal(result->in, 6);
    assert_int_equal(result->out[PLACE_MAIN], 4);
    assert_int_equal(result->out[PLACE_REJECT], 2);
    static const struct {
        const char *source, *name;
        uint64_t count;
    } tallies[] = {{"Fair", "in", 4},           {"Fair", "hot", 1},
                   {"Fair", "warm", 1},         {"Fair", "cold", 1},
                   {"Fair", "rejects", 1},      {"List, bought", "in", 2},
                   {"List, bought", "warm", 0}, {"List, bought", "set_aside", 1}};
    for (size_t i = 0; i < sizeof tallies / sizeof *tallies; i++) {
        assert_int_equal(
            tally_get(&result->by_source, str_of(tallies[i].source), str_of(tallies[i].name)),
            tallies[i].count);
    }
    assert_int_equal(tally_get(&result->by_reason, STR("rejects"), STR("discarded")), 2);
    run_release(&run);
    stage.close(stage.state);
    end(&world);
}

static void in_a_run(void **state)
{
    (void)state;
    check_run(1, 4);
    check_run(1, 1);
    check_run(4, 1);
}

static void fails(const char *text, const char *const names[], uint32_t count, const char *expected)
{
    struct world world;
    struct score score;
    begin(&world, &score, text, names, count);
    struct stage stage = score_stage(&score);
    struct err err = {0};
    assert_null(stage.open(stage.state, world.columns, &err));
    assert_int_equal(err.kind, ERR_RULES);
    assert_string_equal(err.text, expected);
    assert_true(err.line > 0);
    stage.close(stage.state);
    end(&world);
}

// A column that neither the schema nor the input has is an error that names its line; a column of
// the schema that the input lacks is missing in every record.
static void unfit_rules(void **state)
{
    (void)state;
    fails("group fit\n  +1 salary present \"a\"\n", column_names, COLUMNS,
          "no field called \"salary\"");
    fails("texts salary\ngroup fit\n  +1 salary present \"a\"\n", column_names, COLUMNS,
          "the input has no column \"salary\"");
    fails("group fit\n  +1 budget > 5 \"a\"\n", column_names, COLUMNS,
          "\"budget\" is text, so it cannot be compared as a number");
    struct world world;
    struct score score;
    begin(&world, &score, "group fit\n  +1 budget present \"a\"\n  +1 country missing \"b\"\n",
          column_names, COLUMNS);
    struct stage stage = score_stage(&score);
    struct err err = {0};
    if (!stage.open(stage.state, world.columns, &err)) fail_msg("%s", err.text);
    stage.close(stage.state);
    end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(in_a_run), cmocka_unit_test(unfit_rules)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
