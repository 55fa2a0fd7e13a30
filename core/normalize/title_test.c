// Job titles: traps, compounds, several titles in one cell, every pattern of the table.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "title.h"

static struct rulebook book;
static struct title_rules rules;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    if (!title_rules_load(&rules, &book, &err)) fail_msg("%s", err.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    title_rules_release(&rules);
    rulebook_release(&book);
    return 0;
}

static const struct {
    const char *title, *seniority, *department; // department NULL: whatever
} rows[] = {
    {"", "", ""},
    {"CEO", "c_level", "general_management"},
    {"Chief Executive Officer", "c_level", "general_management"},
    {"CFO", "c_level", "finance"},
    {"Chief Financial Officer", "c_level", "finance"},
    {"CTO", "c_level", "engineering"},
    {"Chief Technology Officer (CTO)", "c_level", "engineering"},
    {"CMO", "c_level", "marketing"},
    {"CIO", "c_level", "it"},
    {"Managing Director", "c_level", "general_management"},
    {"President", "c_level", "general_management"},
    {"Vice President", "vp", NULL},
    {"Vice President of Sales", "vp", "sales"},
    {"Senior Vice President, Marketing", "vp", "marketing"},
    {"SVP Engineering", "vp", "engineering"},
    {"VP, Enterprise Architecture", "vp", NULL},
    {"Founder", "founder", "general_management"},
    {"Co-Founder & CTO", "founder", "engineering"},
    {"CEO & Founder", "founder", "general_management"},
    {"Owner", "owner", "general_management"},
    {"Owner / Sales", "owner", NULL},
    {"Managing Partner", "partner", NULL},
    {"Partner", "partner", NULL},
    {"Board Member", "board", "general_management"},
    {"Chairman of the Board", "board", NULL},
    {"CEO and Board Member", "c_level", "general_management"},
    {"Head of Marketing", "head", "marketing"},
    {"Global Head of Data", "head", "data"},
    {"Sales Director", "director", "sales"},
    {"Director of Engineering", "director", "engineering"},
    {"Director, Sales", "director", "sales"},
    {"Associate Director", "director", NULL},
    {"Marketing Manager", "manager", "marketing"},
    {"IT Manager", "manager", "it"},
    {"Team Lead", "lead", NULL},
    {"Lead Engineer", "lead", "engineering"},
    {"Senior Software Engineer", "senior", "engineering"},
    {"Principal Engineer", "senior", "engineering"},
    {"Software Engineer", "staff", "engineering"},
    {"Data Scientist", "staff", "data"},
    {"HR Specialist", "staff", "hr"},
    {"Junior Accountant", "entry", "finance"},
    {"Marketing Intern", "intern", "marketing"},
    {"Student", "intern", NULL},
    {"R&D Engineer", "staff", "research"},
    {"Mergers & Acquisitions Director", "director", "business_development"},
    // Traps
    {"Assistant to the CEO", "staff", NULL},
    {"Executive Assistant to the CEO", "staff", NULL},
    {"Executive Assistant", "staff", NULL},
    {"Assistant, Office of the President", "staff", NULL},
    {"Account Manager", "staff", "sales"},
    {"Key Account Manager", "staff", "sales"},
    {"Senior Account Manager", "staff", "sales"},
    {"Product Manager", "staff", "product"},
    {"Project Manager", "staff", "project"},
    {"Partner Manager", "staff", NULL},
    {"HR Business Partner", "staff", "hr"},
    {"Headhunter", "", NULL},
    {"Head", "head", NULL},
    {"Chief of Staff", "head", "general_management"},
    {"Sales Executive", "staff", "sales"},
    {"Account Executive", "staff", "sales"},
    {"Former CEO", "retired", NULL},
    {"Ex-CEO", "retired", NULL},
    {"CEO (retired)", "retired", NULL},
    {"Retired CEO, Board Member", "board", NULL},
    {"Italian Teacher", "staff", "education"},
    {"Market Analyst", "staff", NULL},
    {"Verona", "", ""},
    {"Konecranes", "", ""},
    {"Itinerary", "", ""},
    {"xyz", "", ""},
    {"12345", "", ""},
    {"---", "", ""},
    // Finnish
    {"Toimitusjohtaja", "c_level", "general_management"},
    {"toimitusjohtaja, yrittäjä", "owner", "general_management"},
    {"TJ", "c_level", "general_management"},
    {"Varatoimitusjohtaja", "vp", NULL},
    {"Toimitusjohtajan assistentti", "staff", NULL},
    {"Toimitusjohtajan sijainen", "vp", NULL},
    {"Myyntijohtaja", "director", "sales"},
    {"MYYNTIJOHTAJA", "director", "sales"},
    {"Markkinointijohtaja", "director", "marketing"},
    {"Markkinointipäällikkö", "manager", "marketing"},
    {"Talousjohtaja", "director", "finance"},
    {"Henkilöstöpäällikkö", "manager", "hr"},
    {"HR-päällikkö", "manager", "hr"},
    {"IT-päällikkö", "manager", "it"},
    {"Tietohallintojohtaja", "director", "it"},
    {"Ostopäällikkö", "manager", "procurement"},
    {"Hankintajohtaja", "director", "procurement"},
    {"Tuotantopäällikkö", "manager", "manufacturing"},
    {"Asiakaspalvelupäällikkö", "manager", "customer_service"},
    {"Ohjelmistokehittäjä", "staff", "engineering"},
    {"Projektipäällikkö", "manager", "project"},
    {"Hallituksen puheenjohtaja", "board", NULL},
    {"Hallituksen jäsen", "board", NULL},
    {"Yrittäjä", "owner", NULL},
    {"Perustaja ja toimitusjohtaja", "founder", NULL},
    {"Myyntiassistentti", "entry", "sales"},
    {"Harjoittelija", "intern", NULL},
    {"Kirjanpitäjä", "staff", "finance"},
    {"Johtava asiantuntija", "senior", NULL},
    // Swedish, Norwegian, Danish, Icelandic
    {"VD", "c_level", "general_management"},
    {"Vice VD", "vp", NULL},
    {"vVD", "vp", NULL},
    {"Verkställande direktör", "c_level", NULL},
    {"Försäljningschef", "manager", "sales"},
    {"Marknadschef", "manager", "marketing"},
    {"Ekonomichef", "manager", "finance"},
    {"Inköpschef", "manager", "procurement"},
    {"Styrelseordförande", "board", NULL},
    {"Säljare", "staff", "sales"},
    {"Teknisk chef", "manager", "engineering"},
    {"Daglig leder", "c_level", "general_management"},
    {"Salgssjef", "manager", "sales"},
    {"Økonomisjef", "manager", "finance"},
    {"Økonomidirektør", "director", "finance"},
    {"Administrerende direktør", "c_level", NULL},
    {"Salgschef", "manager", "sales"},
    {"Indkøbschef", "manager", "procurement"},
    {"Framkvæmdastjóri", "c_level", NULL},
    {"Sölustjóri", "manager", "sales"},
    {"Fjármálastjóri", "manager", "finance"},
    // German, French, Spanish, Italian, Dutch, Polish, Portuguese
    {"Geschäftsführer", "c_level", "general_management"},
    {"Geschäftsführerin", "c_level", "general_management"},
    {"Assistenz der Geschäftsführung", "staff", NULL},
    {"Vertriebsleiter", "manager", "sales"},
    {"Assistentin der Geschäftsführung", "staff", "general_management"},
    {"Referent der Geschäftsführung", "staff", "general_management"},
    {"Sekretariat Geschäftsleitung", "staff", "admin"},
    {"ehem. Geschäftsführer", "retired", "general_management"},
    {"Product Owner", "staff", "product"},
    {"Owner / Product Owner", "owner", "product"},
    {"Head Chef", "staff", ""},
    {"Leiter Vertrieb", "manager", "sales"},
    {"Marketingleiterin", "manager", "marketing"},
    {"Einkaufsleiter", "manager", "procurement"},
    {"Personalleiter", "manager", "hr"},
    {"Vorstand", "c_level", NULL},
    {"Aufsichtsrat", "board", NULL},
    {"Prokurist", "vp", NULL},
    {"Inhaber", "owner", NULL},
    {"Sachbearbeiter Buchhaltung", "staff", "finance"},
    {"Werkstudent", "intern", NULL},
    {"Directeur général", "c_level", NULL},
    {"Directeur commercial", "director", "sales"},
    {"Directrice marketing", "director", "marketing"},
    {"Responsable des achats", "manager", "procurement"},
    {"Chef de projet", "staff", NULL},
    {"PDG", "c_level", "general_management"},
    {"Director de ventas", "director", "sales"},
    {"Gerente de recursos humanos", "manager", "hr"},
    {"Responsabile acquisti", "manager", "procurement"},
    {"Amministratore delegato", "c_level", NULL},
    {"Hoofd inkoop", "manager", "procurement"},
    {"Algemeen directeur", "c_level", NULL},
    {"Kierownik sprzedaży", "manager", "sales"},
    {"Dyrektor finansowy", NULL, "finance"},
    {"Diretor comercial", "director", "sales"},
    {"Sócio", "partner", NULL},
};

static void test_rows(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct title got = title_read(&rules, str_of(rows[i].title), &arena);
        bool is_same =
            (!rows[i].seniority || str_equal(got.seniority, str_of(rows[i].seniority))) &&
            (!rows[i].department || str_equal(got.department, str_of(rows[i].department)));
        if (is_same) continue;
        print_error("'%s': %.*s, %.*s\n", rows[i].title, STR_ARG(got.seniority),
                    STR_ARG(got.department));
        wrong++;
    }
    assert_int_equal(wrong, 0);
    arena_release(&arena);
}

// Each pattern says something when it stands alone, and nothing breaks on it.
static void test_table(void **state)
{
    (void)state;
    struct arena arena = {0};
    int text = table_column(&rules.table, "text"), field = table_column(&rules.table, "field");
    for (size_t i = 0; i < rules.table.rows; i++) {
        str title = table_cell(&rules.table, i, text);
        struct title got = title_read(&rules, title, &arena);
        bool is_seniority = str_equal(table_cell(&rules.table, i, field), STR("seniority"));
        if ((is_seniority ? got.seniority : got.department).len == 0) {
            fail_msg("'%.*s' says nothing", STR_ARG(title));
        }
        arena_reset(&arena);
    }
    arena_release(&arena);
}

static void test_long(void **state)
{
    (void)state;
    struct arena arena = {0};
    char text[5000];
    for (size_t i = 0; i < sizeof text; i++) text[i] = "ceo, "[i % 5];
    title_read(&rules, (str){text, sizeof text}, &arena);
    memset(text, 'x', sizeof text);
    assert_int_equal(title_read(&rules, (str){text, sizeof text}, &arena).seniority.len, 0);
    memset(text, ' ', sizeof text);
    assert_int_equal(title_read(&rules, (str){text, sizeof text}, &arena).seniority.len, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
