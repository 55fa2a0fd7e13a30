// The stage in a run: what it adds, what it sets aside, what it counts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/buffer.h"
#include "core/pipeline/run.h"
#include "stage.h"

enum { COLUMNS = 9, ROWS = 9 };

static const char *const column_names[COLUMNS] = {"lead_id", "source_name", "source_row",
                                                  "email",   "phone",       "mobile",
                                                  "opt_out", "email_other", "phone_other"};

typedef const char *const cells[COLUMNS];

static cells rows[] = {
    {"x1", "Fair", "2", "jane@firma.fi", "", "", ""},
    {"x2", "Fair", "3", "info@firma.fi", "+358401234567", "", ""},
    {"x3", "Fair", "4", "jane@firma", "", "", ""},
    {"x4", "List, bought", "5", "", "", "+358401234567", ""},
    {"x5", "List, bought", "6", "", "040", "", ""},
    {"x6", "List, bought", "7", "jane,doe@firma.fi", "", "123", ""},
    {"x7", "Fair", "8", "jane@gmail.con", "+358401234567", "", ""},
    // Unreachable: an opt-out is told to dedupe all the same, where it is one of what is sent.
    {"x8", "Fair", "9", "jane@firma", "", "", "phone email"},
    {"x9", "Fair", "10", "jane@firma", "", "", "phone"},
};

// Reached by the second address or number; of the third neither is of use.
static cells other_rows[] = {
    {"x1", "Fair", "2", "pia@example.com", "", "", "", "pia.salo@firma.fi", ""},
    {"x2", "Fair", "3", "", "12", "", "", "", "+358401234567"},
    {"x3", "Fair", "4", "", "12", "", "", "pia@example.com", "12"},
};

// Not judged by every rule: what is left says nothing against them.
static cells unknown_rows[] = {
    {"x1", "Fair", "2", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab@firma.fi", "", "", ""},
    {"x2", "Fair", "3", "jane@firma.fi", "", "", ""},
    {"x3", "Fair", "4", " ", "", "", ""},
};

struct world {
    struct rulebook book;
    struct diagnostics diagnostics;
    struct buffer leads, rejects;
    struct columns *columns;
    cells *rows;
    uint32_t given, row_count;
};

static str text_of(const char *text) { return str_of(text ? text : ""); }

static bool next(void *state, struct batch *batch, struct err *err)
{
    (void)err;
    struct world *world = state;
    if (world->given == world->row_count) return false;
    // Batches of four and the rest.
    uint32_t count = world->row_count - world->given;
    if (count > 4 && world->given == 0) count = 4;
    batch_begin_empty(batch, world->columns, count);
    for (uint32_t row = 0; row < count; row++) {
        for (uint32_t column = 0; column < COLUMNS; column++) {
            batch_set(batch, row, column, text_of(world->rows[world->given + row][column]), 0);
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

static void check_text(const struct buffer *buffer, const char *expected)
{
    if (str_equal(buffer_str(buffer), str_of(expected))) return;
    fail_msg("\n%.*s\nexpected\n%s", (int)buffer->len, buffer->data, expected);
}

static void release(struct world *world)
{
    columns_free(world->columns);
    buffer_release(&world->leads);
    buffer_release(&world->rejects);
    diagnostics_release(&world->diagnostics);
    rulebook_release(&world->book);
}

// Runs rows through the stage. dir is searched before the shipped rules; may be NULL.
static void run_rows(struct world *world, struct run *run, cells given[], uint32_t count,
                     const char *dir)
{
    world->rows = given;
    world->row_count = count;
    struct err err = {0};
    str names[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) names[i] = str_of(column_names[i]);
    world->columns = columns_new(names, COLUMNS);
    if (dir) rulebook_add_dir(&world->book, dir);
    rulebook_add_dir(&world->book, "rules");
    struct email_rules *rules =
        email_rules_load(&world->book, EMAIL_ALL, &world->diagnostics, &err);
    if (!rules) fail_msg("%s", err.text);
    struct validate_options options = {.rules = rules};
    struct stage stage;
    validate_stage(&options, &stage);
    struct sink leads = {collect, &world->leads}, rejects = {collect, &world->rejects};
    struct run_stage stages[] = {{.stage = &stage, .sinks[PLACE_REJECT] = &rejects}};
    struct source source = {.state = world, .columns = world->columns, .next = next};
    *run = (struct run){.source = &source, .stages = stages, .stage_count = 1, .main = &leads};
    if (!run_pipeline(run, &err)) fail_msg("%s", err.text);
    stage.close(stage.state);
    email_rules_free(rules);
}

static void test_stage(void **state)
{
    (void)state;
    struct world world = {0};
    struct run run;
    run_rows(&world, &run, rows, ROWS, NULL);
    check_text(
        &world.leads,
        "lead_id,source_name,source_row,email,phone,mobile,opt_out,email_other,phone_other,email_"
        "status,"
        "email_reason,email_reasons,email_flags,email_suggestion,email_checked,phone_status,phone_"
        "kind\n"
        "x1,Fair,2,jane@firma.fi,,,,,,valid,,,corporate,,offline,missing,\n"
        "x2,Fair,3,info@firma.fi,+358401234567,,,,,risky,role,role,role "
        "corporate,,offline,possible,\n"
        "x4,\"List, bought\",5,,,+358401234567,,,,unknown,missing,missing,,,offline,possible,\n"
        "x7,Fair,8,jane@gmail.con,+358401234567,,,,,invalid,tld_unknown,tld_unknown;typo,typo,"
        "jane@gmail.com,offline,possible,\n"
        "x8,Fair,9,jane@firma,,,phone email,,,invalid,domain_no_dot,domain_no_dot,,,offline,"
        "missing,\n");
    check_text(&world.rejects, "stage,reason,source_file,source_row,lead_id,raw\n"
                               "validate,unreachable,,4,x3,\"x3,Fair,4,jane@firma,,,,,\"\n"
                               "validate,unreachable,,6,x5,\"x5,\"\"List, bought\"\",6,,040,,,,\"\n"
                               "validate,unreachable,,7,x6,\"x6,\"\"List, bought\"\",7,"
                               "\"\"jane,doe@firma.fi\"\",,123,,,\"\n"
                               "validate,unreachable,,10,x9,\"x9,Fair,10,jane@firma,,,phone,,\"\n");
    const struct stage_result *result = &run.results[0];
    assert_int_equal(result->in, ROWS);
    assert_int_equal(result->out[PLACE_MAIN], 5);
    assert_int_equal(result->out[PLACE_REJECT], 4);
    assert_int_equal(tally_get(&result->by_source, STR("Fair"), STR("in")), 6);
    assert_int_equal(tally_get(&result->by_source, STR("List, bought"), STR("in")), 3);
    assert_int_equal(tally_get(&result->by_source, STR("List, bought"), STR("rejects")), 2);
    assert_int_equal(tally_get(&result->by_source, STR("Fair"), STR("email_invalid")), 4);
    assert_int_equal(tally_get(&result->by_reason, STR("rejects"), STR("unreachable")), 4);
    run_release(&run);
    release(&world);
}

// A folder of the user's own: unreachable leads are kept, a code is heavier.
static void test_own_rules(void **state)
{
    (void)state;
    struct world world = {0};
    struct run run;
    run_rows(&world, &run, rows, ROWS, "testdata/email/own_rules");
    assert_int_equal(run.results[0].out[PLACE_MAIN], ROWS);
    assert_int_equal(run.results[0].out[PLACE_REJECT], 0);
    run_release(&run);
    release(&world);
}

static void test_others_reach(void **state)
{
    (void)state;
    struct world world = {0};
    struct run run;
    run_rows(&world, &run, other_rows, 3, NULL);
    assert_int_equal(run.results[0].out[PLACE_MAIN], 2);
    check_text(&world.rejects, "stage,reason,source_file,source_row,lead_id,raw\n"
                               "validate,unreachable,,4,x3,"
                               "\"x3,Fair,4,,12,,,pia@example.com,12\"\n");
    run_release(&run);
    release(&world);
}

// Under the policy as shipped: what could not be judged is not unreachable, and is counted.
static void test_unknown_is_kept(void **state)
{
    (void)state;
    struct world world = {0};
    struct run run;
    run_rows(&world, &run, unknown_rows, 3, "testdata/email/unjudged_rules");
    const struct stage_result *result = &run.results[0];
    assert_int_equal(result->out[PLACE_MAIN], 2);
    assert_int_equal(result->out[PLACE_REJECT], 1);
    assert_int_equal(tally_get(&result->by_source, STR("Fair"), STR("email_unknown")), 3);
    assert_int_equal(tally_get(&result->by_source, STR("Fair"), STR("email_rule_limit")), 1);
    assert_int_equal(tally_get(&result->by_source, STR("Fair"), STR("email_list_missing")), 2);
    run_release(&run);
    release(&world);
}

static void test_no_columns(void **state)
{
    (void)state;
    struct err err = {0};
    str name = STR("Mail");
    struct columns *columns = columns_new(&name, 1);
    struct validate_options options = {0};
    struct stage stage;
    validate_stage(&options, &stage);
    assert_null(stage.open(stage.state, columns, &err));
    assert_int_equal(err.kind, ERR_DATA);
    stage.close(stage.state);
    columns_free(columns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stage),        cmocka_unit_test(test_own_rules),
        cmocka_unit_test(test_others_reach), cmocka_unit_test(test_unknown_is_kept),
        cmocka_unit_test(test_no_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
