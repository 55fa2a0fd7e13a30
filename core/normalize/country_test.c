// Countries: spellings, parts, traps; every name of the table; idempotence.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "country.h"

static struct rulebook book;
static struct country_rules rules;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    if (!country_rules_load(&rules, &book, &err)) fail_msg("%s", err.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    country_rules_release(&rules);
    rulebook_release(&book);
    return 0;
}

static const struct {
    const char *cell, *want; // want NULL: not valid
} rows[] = {
    {"", ""},
    {"FI", "FI"},
    {"fi", "FI"},
    {"FIN", "FI"},
    {"Fin.", "FI"},
    {"Finland", "FI"},
    {"FINLAND", "FI"},
    {"Suomi", "FI"},
    {"SUOMI", "FI"},
    {"Suomi / Finland", "FI"},
    {"D", "DE"}, // as on cars
    {"A", "AT"},
    {"X", NULL},
    {"Finnland", "FI"},
    {"Finlande", "FI"},
    {"Ruotsi", "SE"},
    {"Sverige", "SE"},
    {"Schweden", "SE"},
    {"Norja", "NO"},
    {"NO", "NO"},
    {"Tanska", "DK"},
    {"Saksa", "DE"},
    {"Deutschland", "DE"},
    {"Þýskaland", "DE"},
    {"GER", "DE"},
    {"Österreich", "AT"},
    {"Austria", "AT"},
    {"Australia", "AU"},
    {"Niger", "NE"},
    {"Nigeria", "NG"},
    {"Iran", "IR"},
    {"Iraq", "IQ"},
    {"UK", "GB"},
    {"U.K.", "GB"},
    {"United Kingdom", "GB"},
    {"England", "GB"},
    {"Scotland", "GB"},
    {"Great Britain", "GB"},
    {"Iso-Britannia", "GB"},
    {"USA", "US"},
    {"U.S.A.", "US"},
    {"United States of America", "US"},
    {"The United States", "US"},
    {"Yhdysvallat", "US"},
    {"Etats-Unis", "US"},
    {"États-Unis", "US"},
    {"The Netherlands", "NL"},
    {"Holland", "NL"},
    {"Alankomaat", "NL"},
    {"België", "BE"},
    {"Belgie", "BE"},
    {"Côte d'Ivoire", "CI"},
    {"Côte d’Ivoire", "CI"},
    {"Bosnia & Herzegovina", "BA"},
    {"Bosnia and Herzegovina", "BA"},
    {"Korea, Republic of", "KR"},
    {"South Korea", "KR"},
    {"Russia", "RU"},
    {"Russian Federation", "RU"},
    {"RU", "RU"},
    {"Congo", "CG"},
    {"DR Congo", "CD"},
    {"Kosovo", "XK"},
    {"Åland Islands", "AX"},
    {"Hong Kong", "HK"},
    {"Taiwan", "TW"},
    {"Namibia", "NA"},
    {"NA", "NA"},
    {"EL", "GR"},
    {"Helsinki, Finland", "FI"},
    {"Helsinki, FI", "FI"},
    {"Finland (FI)", "FI"},
    {"Switzerland (Schweiz)", "CH"},
    {"Greater Area (Norway)", "NO"},
    {"FI - Finland", "FI"},
    {"Finland - FI", "FI"},
    {"\U0001F1EB\U0001F1EE", "FI"},
    {"Georgia", "GE"},
    // What must not be guessed
    {"San Francisco, CA", NULL},
    {"Wilmington, DE", NULL},
    {"New Mexico", NULL},
    {"New Jersey", NULL},
    {"California", NULL},
    {"Europe", NULL},
    {"EU", NULL},
    {"XX", NULL},
    {"ZZ", NULL},
    {"Finlandia Hall", NULL},
    {"Findlay", NULL},
    {"12345", NULL},
    {"-", NULL},
    {"Kongo", NULL},
    {"\U0001F1EB", NULL},
};

static void test_rows(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str cell = str_of(rows[i].cell);
        struct value got = country_code(&rules, cell, &arena);
        str want = rows[i].want ? str_of(rows[i].want) : cell;
        if (got.is_valid != (rows[i].want != NULL) || !str_equal(got.text, want)) {
            fail_msg("'%s': got '%.*s'", rows[i].cell, STR_ARG(got.text));
        }
        assert_true((got.reason != NULL) == !str_equal(got.text, cell));
    }
    arena_release(&arena);
}

static void test_table(void **state)
{
    (void)state;
    struct arena arena = {0};
    int name = table_column(&rules.table, "name");
    for (size_t i = 0; i < rules.table.rows; i++) {
        str cell = table_cell(&rules.table, i, name);
        struct value once = country_code(&rules, cell, &arena);
        assert_true(once.is_valid);
        str country = table_cell(&rules.table, i, rules.country);
        if (!str_equal(once.text, country)) {
            fail_msg("'%.*s' is %.*s", STR_ARG(cell), STR_ARG(once.text));
        }
        assert_null(country_code(&rules, once.text, &arena).reason);
        arena_reset(&arena);
    }
    arena_release(&arena);
}

static void test_domains(void **state)
{
    (void)state;
    static const char *const domains[][2] = {
        {"nokia.fi", "FI"}, {"acme.co.uk", "GB"}, {"acme.com", ""}, {"acme.io", ""},
        {"acme.co", ""},    {"acme.xx", ""},      {"fi", ""},       {"", ""},
        {"a.DE", "DE"},     {"site.tv", ""},
    };
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) {
        str got = country_of_domain(&rules, str_of(domains[i][0]));
        if (!str_equal(got, str_of(domains[i][1]))) fail_msg("%s", domains[i][0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_domains),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
