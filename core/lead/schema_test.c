// The columns of a lead are the contract with every other tool: names, order and owners.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "schema.h"

static const char *const stages[SCHEMA_STAGE_COUNT] = {
    "lead_id source source_name source_campaign source_file source_row created_at "
    "last_activity_at salutation first_name middle_name last_name email email_other phone "
    "phone_ext mobile phone_other company company_id employees industry job_title seniority "
    "department street city region postal_code country website domain linkedin consent "
    "consent_at opt_out legal_basis acquired_at attended minutes rating timeframe_days interest "
    "captured_by notes extra",
    "email_status email_reason email_reasons email_flags email_suggestion email_checked "
    "phone_status phone_kind",
    "cluster_id cluster_size matched_on match_weight sources touches first_touch_at "
    "last_touch_at crm_match crm_id crm_owner crm_stage",
    "score fit engagement source_points suspicion grade tier lifecycle reasons rules_version",
    "owner queue answer_by route_reason",
};

static void test_names_and_order(void **state)
{
    (void)state;
    int field = 0;
    for (int stage = 0; stage < SCHEMA_STAGE_COUNT; stage++) {
        str rest = str_of(stages[stage]), name;
        uint32_t count, i = 0;
        const struct schema_field *fields = schema_stage_fields((enum schema_stage)stage, &count);
        assert_ptr_equal(fields, &schema_fields[field]);
        while (str_cut(&rest, ' ', &name)) {
            assert_true(i < count);
            assert_true(str_equal(fields[i].name, name));
            assert_int_equal(fields[i].stage, stage);
            assert_int_equal(schema_find(name), field + (int)i);
            i++;
        }
        assert_int_equal(i, count);
        field += (int)count;
    }
    assert_int_equal(field, SCHEMA_FIELD_COUNT);
    assert_int_equal(schema_find(STR("emial")), -1);
    assert_int_equal(schema_find(STR("")), -1);
    assert_int_equal(schema_find(STR("Email")), -1);
}

static void test_numbers_of_fields(void **state)
{
    (void)state;
    assert_int_equal(schema_find(STR("lead_id")), FIELD_LEAD_ID);
    assert_int_equal(schema_find(STR("email")), FIELD_EMAIL);
    assert_int_equal(schema_find(STR("extra")), FIELD_EXTRA);
    assert_int_equal(schema_find(STR("email_status")), FIELD_EMAIL_STATUS);
    assert_int_equal(schema_find(STR("cluster_id")), FIELD_CLUSTER_ID);
    assert_int_equal(schema_find(STR("score")), FIELD_SCORE);
    assert_int_equal(schema_find(STR("route_reason")), FIELD_ROUTE_REASON);
}

static void test_kinds(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum value_kind kind;
    } cases[] = {
        {"email", VALUE_TEXT},        {"postal_code", VALUE_TEXT}, {"phone", VALUE_TEXT},
        {"source_row", VALUE_NUMBER}, {"employees", VALUE_NUMBER}, {"score", VALUE_NUMBER},
        {"created_at", VALUE_TIME},   {"answer_by", VALUE_TIME},   {"source", VALUE_WORD},
        {"tier", VALUE_WORD},         {"opt_out", VALUE_WORDS},    {"extra", VALUE_JSON},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int field = schema_find(str_of(cases[i].name));
        assert_true(field >= 0);
        assert_int_equal(schema_fields[field].kind, cases[i].kind);
    }
}

// A stage appends what is missing and finds what is there.
static void test_extend(void **state)
{
    (void)state;
    const str names[] = {STR("tier"), STR("own"), STR("score")};
    struct columns *in = columns_new(names, 3);
    uint32_t at[16];
    struct columns *out = schema_extend(in, SCHEMA_STAGE_SCORE, at);
    assert_int_equal(out->count, 3 + 10 - 2);
    assert_int_equal(at[0], 2); // score
    assert_int_equal(at[1], 3); // fit
    assert_int_equal(at[6], 0); // tier
    assert_int_equal(columns_find(out, STR("rules_version")), (int)out->count - 1);
    struct columns *again = schema_extend(out, SCHEMA_STAGE_SCORE, at);
    assert_int_equal(again->count, out->count);
    columns_free(in);
    columns_free(out);
    columns_free(again);
}

static void test_columns(void **state)
{
    (void)state;
    char name[] = "email";
    const str names[] = {str_of(name), STR(""), STR("email"), STR("b\0c")};
    struct columns *columns = columns_new(names, 4);
    memcpy(name, "XXXXX", 5);                                 // copied
    assert_int_equal(columns_find(columns, STR("email")), 0); // the first of equals
    assert_int_equal(columns_find(columns, STR("")), 1);
    assert_int_equal(columns_find(columns, STR("b\0c")), 3);
    assert_int_equal(columns_find(columns, STR("b")), -1);
    assert_int_equal(columns_find(columns, STR("EMAIL")), -1);
    struct columns *none = columns_new(NULL, 0);
    assert_int_equal(columns_find(none, STR("email")), -1);
    uint32_t at[2];
    struct columns *more = columns_extend(none, names + 2, 2, at);
    assert_int_equal(at[0], 0);
    assert_int_equal(at[1], 1);
    struct columns *same = columns_extend(columns, names + 2, 1, NULL);
    assert_int_equal(same->count, 4);
    columns_free(columns);
    columns_free(none);
    columns_free(more);
    columns_free(same);
    columns_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_and_order), cmocka_unit_test(test_numbers_of_fields),
        cmocka_unit_test(test_kinds),           cmocka_unit_test(test_extend),
        cmocka_unit_test(test_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
