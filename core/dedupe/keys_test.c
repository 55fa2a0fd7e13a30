// Two records share a key exactly when the rules say so: what counts in a part, what makes no key,
// and that nothing of one record reaches the next.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "core/base/memory.h"
#include "core/lead/schema.h"
#include "keys.h"
#include "known.h"

enum { COLUMNS = 11 };

enum { ID, FIRST, LAST, EMAIL, PHONE, MOBILE, COMPANY, COUNTRY, DOMAIN, EMAIL_OTHER, PHONE_OTHER };

static const str names[COLUMNS] = {{"lead_id", 7},      {"first_name", 10}, {"last_name", 9},
                                   {"email", 5},        {"phone", 5},       {"mobile", 6},
                                   {"company", 7},      {"country", 7},     {"domain", 6},
                                   {"email_other", 11}, {"phone_other", 11}};

static struct columns *columns;
static struct dedupe_rules rules;
static struct email_providers providers;
static struct company_rules companies;
static struct rulebook book;
static struct diagnostics diagnostics;

static int begin(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    columns = columns_new(names, COLUMNS);
    if (!dedupe_rules_load(&rules, &book, NULL, &diagnostics, &err) ||
        !email_providers_load(&providers, &book, &err) ||
        !company_rules_load(&companies, &book, &err)) {
        print_error("%s\n", err.text);
        return -1;
    }
    return 0;
}

static int end(void **state)
{
    (void)state;
    columns_free(columns);
    dedupe_rules_release(&rules);
    email_providers_release(&providers);
    company_rules_release(&companies);
    diagnostics_release(&diagnostics);
    rulebook_release(&book);
    return 0;
}

struct lead {
    const char *field[COLUMNS];
};

static struct batch *batch_of(const struct lead *leads, uint32_t count)
{
    struct batch *batch = batch_new();
    batch_begin_empty(batch, columns, count);
    for (uint32_t row = 0; row < count; row++) {
        for (uint32_t column = 0; column < COLUMNS; column++) {
            batch_set(batch, row, column, str_of(leads[row].field[column]), 0);
        }
    }
    return batch;
}

static const struct key_lists lists = {&providers, &companies};

// The names of the first record's keys that the second has too, in the order of the rules,
// separated by a blank.
static void shared_keys(const struct dedupe_rules *by, const struct lead two[2], char *out,
                        size_t room)
{
    struct key_plan plan;
    struct key_worker worker;
    struct row_key a[ROW_KEYS_MAX], b[ROW_KEYS_MAX];
    key_plan_make(&plan, by, &lists, columns);
    key_worker_init(&worker);
    struct batch *batch = batch_of(two, 2);
    size_t a_count = keys_of_row(&plan, &worker, batch, 0, a);
    size_t b_count = keys_of_row(&plan, &worker, batch, 1, b);
    bool share[DEDUPE_KEYS_MAX] = {false};
    for (size_t i = 0; i < a_count; i++) {
        for (size_t j = 0; j < b_count; j++) {
            if (!hash128_equal(a[i].hash, b[j].hash)) continue;
            share[a[i].kind] = true;
        }
    }
    size_t len = 0;
    for (size_t i = 0; i < by->key_count; i++) {
        if (!share[i]) continue;
        len += (size_t)snprintf(out + len, room - len, "%s%.*s", len ? " " : "",
                                STR_ARG(by->keys[i].name));
    }
    out[len] = '\0';
    batch_free(batch);
    key_worker_release(&worker);
}

static void test_shipped_keys(void **state)
{
    (void)state;
    static const struct {
        struct lead two[2];
        const char *want;
    } cases[] = {
        {{{{0}}, {{0}}}, ""},
        {{{{[ID] = "x1"}}, {{[ID] = "x1"}}}, "same_lead"},
        {{{{[ID] = "x1"}}, {{[ID] = "X1"}}}, ""},
        {{{{[EMAIL] = "Ann.Bo+x@gmail.com"}}, {{[EMAIL] = "annbo@googlemail.com"}}}, "email"},
        {{{{[EMAIL] = "ann.bo@firm.fi"}}, {{[EMAIL] = "annbo@firm.fi"}}}, ""},
        {{{{[EMAIL] = "info@firm.fi"}}, {{[EMAIL] = "info@firm.fi"}}}, ""},
        {{{{[EMAIL] = "info@firm.fi", [FIRST] = "Ann", [LAST] = "Bo"}},
          {{[EMAIL] = "INFO@firm.fi", [FIRST] = "ann", [LAST] = "BO"}}},
         "mailbox_name"},
        {{{{[EMAIL] = "info@firm.fi", [FIRST] = "Ann", [LAST] = "Bo"}},
          {{[EMAIL] = "info@firm.fi", [FIRST] = "Di", [LAST] = "Bo"}}},
         ""},
        {{{{[PHONE] = "+358405550100"}}, {{[PHONE] = "+358405550100"}}}, ""},
        {{{{[PHONE] = "+358405550100", [FIRST] = "Ann", [LAST] = "Bo"}},
          {{[MOBILE] = "+358405550100", [FIRST] = "Ann", [LAST] = "Bo"}}},
         "phone_name"},
        {{{{[PHONE] = "+358405550101", [MOBILE] = "+358405550100", [FIRST] = "Ann", [LAST] = "Bo"}},
          {{[PHONE] = "+358405550102",
            [MOBILE] = "+358405550101",
            [FIRST] = "Ann",
            [LAST] = "Bo"}}},
         "phone_name"},
        // As typed: no number.
        {{{{[PHONE] = "040 555 0100", [FIRST] = "Ann", [LAST] = "Bo"}},
          {{[PHONE] = "040 555 0100", [FIRST] = "Ann", [LAST] = "Bo"}}},
         ""},
        {{{{[PHONE] = "+3584", [FIRST] = "Ann", [LAST] = "Bo"}},
          {{[PHONE] = "+3584", [FIRST] = "Ann", [LAST] = "Bo"}}},
         ""},
        // One letter is no name; marks and case do not count.
        {{{{[COMPANY] = "Acme Oy", [FIRST] = "A", [LAST] = "Bo"}},
          {{[COMPANY] = "Acme Oy", [FIRST] = "A", [LAST] = "Bo"}}},
         ""},
        {{{{[COMPANY] = "Acme Oy", [FIRST] = "Jörg", [LAST] = "Bo"}},
          {{[COMPANY] = "ACME", [FIRST] = "JORG", [LAST] = "bo"}}},
         "name_company"},
        {{{{[COMPANY] = "Acme Oy", [FIRST] = "Ann", [LAST] = "Bo"}},
          {{[COMPANY] = "Acme Nordic Oy", [FIRST] = "Ann", [LAST] = "Bo"}}},
         ""},
        {{{{[DOMAIN] = "firm.fi", [FIRST] = "Ann", [LAST] = "Bo"}},
          {{[DOMAIN] = "FIRM.fi", [FIRST] = "Ann", [LAST] = "Bo"}}},
         "name_domain"},
        // The parts of a key do not run into one another.
        {{{{[DOMAIN] = "firm.fi", [FIRST] = "Anna", [LAST] = "Bo"}},
          {{[DOMAIN] = "firm.fi", [FIRST] = "Ann", [LAST] = "abo"}}},
         ""},
        {{{{[ID] = "x1", [EMAIL] = "ann@firm.fi", [FIRST] = "Ann", [LAST] = "Bo"}},
          {{[ID] = "x1", [EMAIL] = "ann@firm.fi", [FIRST] = "Ann", [LAST] = "Bo"}}},
         "same_lead email mailbox_name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[200];
        shared_keys(&rules, cases[i].two, got, sizeof got);
        if (strcmp(got, cases[i].want) != 0) fail_msg("%zu: '%s', not '%s'", i, got, cases[i].want);
    }
}

static void test_opt_out_keys(void **state)
{
    (void)state;
    static const struct {
        struct lead two[2];
        const char *want;
    } cases[] = {
        {{{{[EMAIL] = "info@firm.fi"}}, {{[EMAIL] = "Info@firm.fi"}}}, "email"},
        {{{{[EMAIL] = "ann@firm.fi"}}, {{[EMAIL] = "ann+fair@firm.fi"}}}, "email"},
        {{{{[EMAIL] = "ann@firm.fi"}}, {{[EMAIL] = "anna@firm.fi"}}}, ""},
        {{{{[EMAIL] = "ann@firm.fi"}}, {{[EMAIL_OTHER] = "ann@firm.fi"}}}, "email"},
        {{{{[EMAIL_OTHER] = "ann@firm.fi"}}, {{[EMAIL] = "ann@firm.fi"}}}, "email_other"},
        {{{{[PHONE] = "+358405550100"}}, {{[MOBILE] = "+358405550100"}}}, "phone"},
        {{{{[PHONE] = "+358405550100"}}, {{[PHONE_OTHER] = "+358405550100"}}}, "phone"},
        {{{{[PHONE] = "+358405550100"}}, {{[PHONE_OTHER] = "+358405550101"}}}, ""},
        {{{{[ID] = "x1"}}, {{[ID] = "x1"}}}, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[200];
        shared_keys(known_opt_out_rules(), cases[i].two, got, sizeof got);
        assert_string_equal(got, cases[i].want);
    }
}

// Parts of any length make a key, and only equal ones the same.
static void test_long_parts(void **state)
{
    (void)state;
    enum { LONG = 1100 };
    static char text[3][LONG + 1];
    for (size_t len = 900; len <= LONG; len++) {
        for (int i = 0; i < 3; i++) {
            memset(text[i], 'x', len);
            text[i][len] = '\0';
        }
        text[2][len - 1] = 'y';
        struct lead same[2] = {{{[DOMAIN] = text[0], [FIRST] = "Annabella", [LAST] = "Bohemia"}},
                               {{[DOMAIN] = text[1], [FIRST] = "Annabella", [LAST] = "Bohemia"}}};
        struct lead other[2] = {{{[DOMAIN] = text[0], [FIRST] = "Annabella", [LAST] = "Bohemia"}},
                                {{[DOMAIN] = text[2], [FIRST] = "Annabella", [LAST] = "Bohemia"}}};
        struct lead first[2] = {{{[DOMAIN] = "a.fi", [FIRST] = text[0], [LAST] = text[0]}},
                                {{[DOMAIN] = "a.fi", [FIRST] = text[1], [LAST] = text[1]}}};
        char got[200];
        shared_keys(&rules, same, got, sizeof got);
        if (strcmp(got, "name_domain") != 0) fail_msg("%zu bytes: '%s'", len, got);
        shared_keys(&rules, other, got, sizeof got);
        assert_string_equal(got, "");
        shared_keys(&rules, first, got, sizeof got);
        if (strcmp(got, "name_domain") != 0) fail_msg("names of %zu bytes: '%s'", len, got);
    }
}

// A record without a value has no key of it, whatever the record before had, also where the cell
// was set to nothing at all.
static void test_nothing_carries_over(void **state)
{
    (void)state;
    struct key_plan plan;
    struct key_worker worker;
    struct row_key keys[ROW_KEYS_MAX];
    key_plan_make(&plan, &rules, &lists, columns);
    key_worker_init(&worker);
    struct lead leads[4] = {{{[EMAIL] = "ann@gmail.com"}}, {{0}}, {{0}}, {{[EMAIL] = ""}}};
    struct batch *batch = batch_of(leads, 4);
    assert_int_equal(keys_of_row(&plan, &worker, batch, 0, keys), 1);
    for (uint32_t row = 1; row < 4; row++) {
        assert_int_equal(keys_of_row(&plan, &worker, batch, row, keys), 0);
    }
    batch_free(batch);
    key_worker_release(&worker);
}

// A company is remembered by name and country, and a country changes what its legal form is.
static void test_companies_are_remembered_rightly(void **state)
{
    (void)state;
    struct key_plan plan;
    struct key_worker warm;
    struct row_key keys[ROW_KEYS_MAX], again[ROW_KEYS_MAX];
    key_plan_make(&plan, &rules, &lists, columns);
    key_worker_init(&warm);
    static const char *const company[] = {"Acme AB", "Acme Oy", "Acme", "AS Acme", "Acme S.A."};
    static const char *const country[] = {"FI", "SE", "NO", ""};
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < 20; i++) {
            struct lead lead = {{[FIRST] = "Ann",
                                 [LAST] = "Bo",
                                 [COMPANY] = company[i % 5],
                                 [COUNTRY] = country[i / 5]}};
            struct batch *batch = batch_of(&lead, 1);
            struct key_worker cold;
            key_worker_init(&cold);
            size_t count = keys_of_row(&plan, &warm, batch, 0, keys);
            assert_int_equal(keys_of_row(&plan, &cold, batch, 0, again), count);
            assert_int_equal(count, 1);
            assert_true(hash128_equal(keys[0].hash, again[0].hash));
            key_worker_release(&cold);
            batch_free(batch);
        }
    }
    key_worker_release(&warm);
}

// A stream without some columns makes the keys it can; phone stands in for mobile and mobile for
// phone.
static void test_missing_columns(void **state)
{
    (void)state;
    const str few[] = {{"mobile", 6}, {"first_name", 10}, {"last_name", 9}, {"email", 5}};
    struct columns *less = columns_new(few, 4);
    struct key_plan plan;
    struct key_worker worker;
    struct row_key keys[ROW_KEYS_MAX];
    key_plan_make(&plan, &rules, &lists, less);
    key_worker_init(&worker);
    struct batch *batch = batch_new();
    batch_begin_empty(batch, less, 1);
    batch_set(batch, 0, 0, STR("+358405550100"), 0);
    batch_set(batch, 0, 1, STR("Ann"), 0);
    batch_set(batch, 0, 2, STR("Bo"), 0);
    assert_int_equal(keys_of_row(&plan, &worker, batch, 0, keys), 1);
    assert_true(str_equal(rules.keys[keys[0].kind].name, STR("phone_name")));
    batch_free(batch);
    key_worker_release(&worker);
    columns_free(less);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_keys),
        cmocka_unit_test(test_opt_out_keys),
        cmocka_unit_test(test_long_parts),
        cmocka_unit_test(test_nothing_carries_over),
        cmocka_unit_test(test_companies_are_remembered_rightly),
        cmocka_unit_test(test_missing_columns),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
