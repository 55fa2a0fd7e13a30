// Company keys: what is taken off a name, with what evidence, and what must stay.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "company.h"

static struct rulebook book;
static struct company_rules rules;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    if (!company_rules_load(&rules, &book, &err)) fail_msg("%s", err.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    company_rules_release(&rules);
    rulebook_release(&book);
    return 0;
}

static const struct {
    const char *name, *country, *key, *form;
} rows[] = {
    // Finland, Sweden, the other Nordic countries
    {"Oy Karl Fazer Ab", "FI", "karl fazer", "ab"},
    {"Oy Karl Fazer Ab", "", "karl fazer", "oy"},
    {"Nokia Oyj", "FI", "nokia", "oyj"},
    {"NOKIA OYJ", "", "nokia", "oyj"},
    {"Kesko Oyj Abp", "FI", "kesko", NULL},
    {"Asunto Oy Helsingin Koivu", "FI", "helsingin koivu", NULL},
    {"As. Oy Vantaan Mänty", "FI", "vantaan manty", NULL},
    {"Kiinteistö Oy Keskuskatu 3", "FI", "keskuskatu 3", NULL},
    {"T:mi Matti Meikäläinen", "FI", "matti meikalainen", "tmi"},
    {"Tmi Matti Meikäläinen", "", "matti meikalainen", "tmi"},
    {"Meikäläinen Ky", "FI", "meikalainen", "ky"},
    {"Pohjolan Osuuspankki", "FI", "pohjolan osuuspankki", ""},
    {"Telefonaktiebolaget LM Ericsson (publ)", "SE", "telefonaktiebolaget lm ericsson", ""},
    {"Volvo Cars AB (publ)", "SE", "volvo cars", "ab"},
    {"Volvo Cars AB", "", "volvo cars", "ab"},
    {"AB Volvo", "SE", "volvo", "ab"},
    {"AB Volvo", "", "volvo", "ab"},
    {"volvo ab", "", "volvo ab", ""},
    {"volvo ab", "SE", "volvo", "ab"},
    {"Bostadsrättsföreningen Eken", "SE", "bostadsrattsforeningen eken", ""},
    {"Össur hf.", "IS", "ossur", "hf"},
    {"Marel ehf", "IS", "marel", "ehf"},
    {"Equinor ASA", "NO", "equinor", "asa"},
    {"DNB Bank ASA", "NO", "dnb bank", "asa"},
    {"A/S Norske Shell", "NO", "norske shell", "as"},
    {"Das AS", "NO", "das", "as"},
    {"Novo Nordisk A/S", "DK", "novo nordisk", "as"},
    {"Novo Nordisk A/S", "", "novo nordisk", "as"},
    {"Lego ApS", "DK", "lego", "aps"},
    {"Arla Foods amba", "DK", "arla foods", "amba"},
    // Never to nothing
    {"Coop", "DK", "coop", ""},
    {"AMBA", "DK", "amba", ""},
    {"IKS ApS", "DK", "iks", "aps"},
    {"Oy", "FI", "oy", ""},
    {"Oy Ab", "FI", "oy", NULL},
    {"Ltd.", "", "ltd", ""},
    {"The", "", "the", ""},
    {"", "", "", ""},
    {"...", "", "", ""},
    {"& Co.", "", "and co", ""},
    // English
    {"Daddy & Sons, Ltd.", "", "daddy and sons", "ltd"},
    {"JPMorgan Chase & Co.", "US", "jpmorgan chase", "co"},
    {"JPMORGAN CHASE & CO", "", "jpmorgan chase", "co"},
    {"Procter & Gamble Co.", "US", "procter and gamble", "co"},
    {"Johnson & Johnson", "US", "johnson and johnson", ""},
    {"Eli Lilly and Company", "US", "eli lilly", "co"},
    {"Ford Motor Company", "US", "ford motor", "co"},
    {"Ford Motor Co", "US", "ford motor", "co"},
    {"3M Company", "US", "3m company", ""},
    {"ABC Company", "US", "abc company", ""},
    {"Microsoft Corporation", "", "microsoft", "corp"},
    {"Microsoft Corp.", "", "microsoft", "corp"},
    {"T-Mobile US, Inc.", "US", "t mobile us", "inc"},
    {"Hello World Co. Ltd", "", "hello world", NULL},
    {"Example Pty Limited", "AU", "example", NULL},
    {"company (country) Pvt. Ltd.", "IN", "company country", NULL},
    {"posnegansett properties, llc.", "US", "posnegansett properties", "llc"},
    {"Dewey, Cheatem, & Howe", "US", "dewey cheatem and howe", ""},
    {"Enterprise Solutions", "US", "enterprise solutions", ""},
    {"The Solutions Co", "US", "solutions", "co"},
    {"Salesforce.com, Inc.", "US", "salesforce com", "inc"},
    {"Amazon.com Inc", "US", "amazon com", "inc"},
    {"7-Eleven, Inc.", "US", "7 eleven", "inc"},
    {"Tesco PLC", "GB", "tesco", "plc"},
    {"Tesco p.l.c.", "GB", "tesco", "plc"},
    {"Acme Inc (formerly Foo LLC)", "US", "acme", "inc"},
    {"Google LLC dba YouTube", "US", "google", "llc"},
    {"Google LLC d/b/a YouTube", "US", "google", "llc"},
    {"China Petrochemical Corp. (Sinopec)", "CN", "china petrochemical", "corp"},
    {"Bliss Spa", "US", "bliss spa", ""},
    {"Helsinki Zoo", "FI", "helsinki zoo", ""},
    {"Trading House Ltd", "GB", "trading house", "ltd"},
    {"Smith trading as Bakers", "GB", "smith", ""},
    {"J.P. Morgan", "US", "jp morgan", ""},
    // German, French, Italian, Spanish, Dutch, Polish and others
    {"BMW AG", "DE", "bmw", "ag"},
    {"Robert Bosch GmbH & Co. KG", "DE", "robert bosch", NULL},
    {"Müller GmbH", "DE", "muller", "gmbh"},
    {"Acme UG (haftungsbeschränkt)", "DE", "acme", "ug"},
    {"SE Blades Technology", "DE", "se blades technology", ""},
    {"SAP SE", "DE", "sap", "se"},
    {"SAP SE", "", "sap se", ""},
    {"Ferrari S.p.A.", "IT", "ferrari", "spa"},
    {"Ferrari S.p.A.", "", "ferrari", "spa"},
    {"FERRARI SPA", "IT", "ferrari", "spa"},
    {"Barilla G. e R. Fratelli S.p.A.", "IT", "barilla g e r fratelli", "spa"},
    {"L'Oréal SA", "FR", "loreal", "sa"},
    {"LOreal", "FR", "loreal", ""},
    {"Société Générale S.A.", "FR", "societe generale", "sa"},
    {"Inditex, S.A.", "ES", "inditex", "sa"},
    {"Cemex S.A.B. de C.V.", "MX", "cemex", NULL},
    {"Sociedad Cemex Sociedad Anonima de Capital Variable", "MX", "sociedad cemex", NULL},
    {"Schlumberger N.V.", "NL", "schlumberger", "nv"},
    {"Coop Supermarkten B.V.", "NL", "coop supermarkten", "bv"},
    {"Stichting Wikimedia Nederland", "NL", "wikimedia nederland", NULL},
    {"Orlen Sp. z o.o.", "PL", "orlen", NULL},
    {"ORLEN SP ZOO", "PL", "orlen", NULL},
    {"Orlen spółka z ograniczoną odpowiedzialnością", "PL", "orlen", NULL},
    {"S.C. Dacia S.R.L.", "RO", "dacia", "srl"},
    {"SIA Rimi Latvia", "LV", "rimi latvia", "sia"},
    {"UAB Kauno Grudai", "LT", "kauno grudai", "uab"},
    {"AS Tallink Grupp", "EE", "tallink grupp", "as"},
    {"Bolt Technology OÜ", "EE", "bolt technology", "ou"},
    {"PT Telkom Indonesia Tbk", "ID", "telkom indonesia", NULL},
    {"ООО Ромашка", "RU", "ромашка", NULL},
    {"株式会社日立製作所", "JP", "日立製作所", NULL},
    {"日立製作所株式会社", "JP", "日立製作所", NULL},
};

static void test_rows(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct company_parts got =
            company_split(&rules, str_of(rows[i].name), str_of(rows[i].country), &arena);
        bool is_same = str_equal(got.key, str_of(rows[i].key)) &&
                       (!rows[i].form || str_equal(got.form, str_of(rows[i].form)));
        if (is_same) continue;
        print_error("'%s' %s: got '%.*s' form '%.*s'\n", rows[i].name, rows[i].country,
                    STR_ARG(got.key), STR_ARG(got.form));
        wrong++;
    }
    assert_int_equal(wrong, 0);
    arena_release(&arena);
}

// Every form of the table is taken off a name in its own country, and alone it stays.
static void test_table(void **state)
{
    (void)state;
    struct arena arena = {0};
    int form = table_column(&rules.table, "form");
    int risk = table_column(&rules.table, "risk");
    for (size_t i = 0; i < rules.table.rows; i++) {
        str text = table_cell(&rules.table, i, form);
        str alone = company_key(&rules, text, STR(""), &arena);
        assert_true(alone.len > 0);
        if (!str_equal(table_cell(&rules.table, i, risk), STR("A"))) continue;
        str name = arena_format(&arena, "Zyxwv %.*s", STR_ARG(text));
        struct company_parts with = company_split(&rules, name, STR(""), &arena);
        if (!str_equal(with.key, STR("zyxwv"))) {
            fail_msg("'%.*s': '%.*s'", STR_ARG(name), STR_ARG(with.key));
        }
        arena_reset(&arena);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
