// What holds for a whole file: profile, constants, preamble, dates, countries, options, messages.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/buffer.h"
#include "plan.h"

static struct rulebook book;
static struct knowledge knowledge;

static int load(void **state)
{
    (void)state;
    rulebook_add_dir(&book, "rules");
    struct diagnostics diagnostics = {0};
    struct err err = {0};
    return knowledge_load(&knowledge, &book, &diagnostics, &err) ? 0 : -1;
}

static int release(void **state)
{
    (void)state;
    knowledge_release(&knowledge);
    rulebook_release(&book);
    return 0;
}

static bool make(struct export_plan *plan, const char *text, const struct export_options *options,
                 struct err *err)
{
    static const struct export_options none = {0};
    *plan = (struct export_plan){0};
    *err = (struct err){0};
    return plan_make(plan, &knowledge, options ? options : &none, str_of(text), true, "in/x.csv.gz",
                     STR("x.csv.gz"), err);
}

#define assert_str(got, want) assert_true(str_equal(got, STR(want)))

static void test_constants(void **state)
{
    (void)state;
    struct export_plan plan;
    struct err err;
    assert_true(make(&plan, "Name,Email\nAda,a@x.fi\n", NULL, &err));
    assert_null(plan.profile);
    assert_str(plan.source, "other");
    assert_str(plan.source_name, "x");
    assert_str(plan.key, "other");
    assert_str(plan.file, "x.csv.gz");
    assert_int_equal(plan.header_line, 1);
    assert_int_equal(plan.body_line, 2);
    assert_int_equal(plan.window_records, 1);
    assert_null(plan.notes);
    plan_release(&plan);

    const char *teams =
        "1. Summary\nMeeting title\tNight shift\nStart time\t3/4/26, 4:00:05 PM\n\n"
        "2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\n"
        "Ada\t3/4/26, 4:00:05 PM\t3/4/26, 5:00:00 PM\t1h\ta@x.fi\n";
    assert_true(make(&plan, teams, NULL, &err));
    assert_str(plan.profile->name, "Microsoft Teams");
    assert_str(plan.source, "webinar");
    assert_str(plan.source_name, "Teams");
    assert_str(plan.campaign, "Night shift");
    assert_str(plan.created, "3/4/26, 4:00:05 PM");
    assert_int_equal(plan.dates, DATE_MONTH_FIRST);
    assert_int_equal(plan.skipped[SKIP_PREAMBLE], 3);
    assert_int_equal(plan.skipped[SKIP_BLANK], 1);
    assert_int_equal(plan.skipped[SKIP_HEADER], 2);
    assert_int_equal(plan.body_line, 7);
    plan_release(&plan);

    struct export_options options = {.source = STR("direct_mail"),
                                     .source_name = STR("Postikortti"),
                                     .source_campaign = STR("Syksy"),
                                     .country = STR("FI")};
    assert_true(make(&plan, teams, &options, &err));
    assert_str(plan.source, "direct_mail");
    assert_str(plan.source_name, "Postikortti");
    assert_str(plan.campaign, "Syksy");
    assert_str(plan.country, "FI");
    plan_release(&plan);

    options = (struct export_options){.source = STR("luma")};
    assert_true(make(&plan, "Name,Email\nAda,a@x.fi\n", &options, &err));
    assert_str(plan.profile->name, "Luma");
    assert_str(plan.source, "trade_show");
    plan_release(&plan);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum date_order want;
        bool has_note;
    } cases[] = {
        {"Email,Created\na@x.fi,03/04/2026\nb@x.fi,13/04/2026\n", DATE_DAY_FIRST, false},
        {"Email,Created\na@x.fi,03/04/2026\nb@x.fi,04/13/2026\n", DATE_MONTH_FIRST, false},
        {"Email,Created\na@x.fi,13/04/2026\nb@x.fi,04/13/2026\n", DATE_ORDER_UNKNOWN, true},
        {"Email,Created\na@x.fi,03/04/2026\n", DATE_ORDER_UNKNOWN, true},
        {"Email,Created\na@x.fi,03/04/2026 2:30 PM\n", DATE_MONTH_FIRST, false},
        {"Email,Created\na@x.fi,3.4.2026\n", DATE_DAY_FIRST, false},
        // Nothing shows it but where the people are, or the language.
        {"Email,Country,Created\na@x.us,United States,03/04/2026\n", DATE_MONTH_FIRST, true},
        {"Sähköposti;Etunimi;Luotu\na@x.fi;Ada;03/04/2026\n", DATE_DAY_FIRST, true},
        // Another column does.
        {"Email,Last Activity Date,Created\na@x.fi,25/12/2026,03/04/2026\n", DATE_DAY_FIRST, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct export_plan plan;
        struct err err;
        assert_true(make(&plan, cases[i].text, NULL, &err));
        int column = mapping_column(&plan.mapping, FIELD_CREATED_AT);
        assert_true(column >= 0);
        if (plan.mapping.columns[column].dates.order != cases[i].want) {
            print_message("%s\n", cases[i].text);
        }
        assert_int_equal(plan.mapping.columns[column].dates.order, cases[i].want);
        assert_int_equal(plan.notes != NULL, cases[i].has_note);
        plan_release(&plan);
    }
    struct export_plan plan;
    struct err err;
    struct export_options options = {.dates = DATE_DAY_FIRST};
    assert_true(make(&plan, "Email,Created\na@x.fi,03/04/2026\n", &options, &err));
    assert_int_equal(plan.mapping.columns[1].dates.order, DATE_DAY_FIRST);
    assert_null(plan.notes);
    plan_release(&plan);
}

static void test_countries_and_languages(void **state)
{
    (void)state;
    static const struct {
        const char *text, *country, *language;
    } cases[] = {
        {"Nimi;Sähköposti;Puhelin\nAda;a@x.fi;+358 40 1234567\n", "FI", "fi"},
        {"Namn;E-post;Land\nAda;a@x.se;Sverige\nBea;b@x.se;Sverige\nCyd;c@x.no;Norge\n", "SE",
         "sv"},
        {"Name,Email,Country\nAda,a@x.fi,Finland\nBea,b@x.se,Sweden\n", "", "en"},
        {"Vorname;Nachname;E-Mail\nAda;Lovelace;a@x.de\n", "", "de"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct export_plan plan;
        struct err err;
        assert_true(make(&plan, cases[i].text, NULL, &err));
        assert_true(str_equal(plan.majority_country, str_of(cases[i].country)));
        assert_true(str_equal(plan.language, str_of(cases[i].language)));
        plan_release(&plan);
    }
}

static void test_mapping_options(void **state)
{
    (void)state;
    static const struct {
        const char *header, *field, *want; // want: a part of the message, NULL = it works
    } cases[] = {
        {"Kontakt-Info", "email", NULL},
        {"kontakt info", "email", NULL},
        {"Kontakt", "email", "no column"},
        {"Kontakt-Info", "e-mail", "not a field"},
        {"Kontakt-Info", "email_status", "not a field"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct export_mapping one = {str_of(cases[i].header), str_of(cases[i].field)};
        struct export_options options = {.mappings = &one, .mapping_count = 1};
        struct export_plan plan;
        struct err err;
        bool ok = make(&plan, "Some list\nKontakt-Info,X\nsee below,a@x.fi\nnone,b@x.fi\n",
                       &options, &err);
        assert_int_equal(ok, cases[i].want == NULL);
        if (ok) {
            assert_int_equal(plan.mapping.columns[0].target, FIELD_EMAIL);
            assert_int_equal(plan.mapping.columns[0].why, WHY_USER);
        } else {
            assert_int_equal(err.kind, ERR_USAGE);
            assert_non_null(strstr(err.text, cases[i].want));
        }
        plan_release(&plan);
    }
}

static void test_keys(void **state)
{
    (void)state;
    struct export_plan plan;
    struct err err;
    assert_true(make(&plan, "Email,Other,Other,,Other 2\na@x.fi,1,2,3,4\n", NULL, &err));
    static const char *const keys[] = {"Email", "Other", "Other 2", "column 4", "Other 2 2"};
    for (size_t i = 0; i < 5; i++) {
        assert_true(str_equal(plan.mapping.columns[i].key, str_of(keys[i])));
        assert_true(str_equal(plan.columns->names[i], str_of(keys[i])));
    }
    plan_release(&plan);
}

static void test_refusals(void **state)
{
    (void)state;
    struct export_plan plan;
    struct err err;
    assert_false(make(&plan, "Name,Event\nAda,Meetup\n", NULL, &err));
    assert_int_equal(err.kind, ERR_DATA);
    assert_string_equal(err.file, "in/x.csv.gz");
    assert_non_null(strstr(err.hint, "Name, Event"));
    plan_release(&plan);
    struct export_options options = {.source = STR("webinars")};
    assert_false(make(&plan, "Name,Email\n", &options, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    plan_release(&plan);
}

// The header row, said by its line; and what the tables and the order of dates are from.
static void test_basis(void **state)
{
    (void)state;
    struct export_plan plan;
    struct err err;
    const char *text = "Name,Email\nHo,h@x.fi\n\nGuests\nNimi,Email,Pvm\nAda,a@x.fi,1/2/2026\n";
    assert_true(make(&plan, text, NULL, &err));
    assert_int_equal(plan.header_line, 5); // the one with more known headers
    assert_int_equal(plan.dates_by, DATES_BY_LANGUAGE);
    assert_int_equal(plan.mapping.columns[2].dates.order, DATE_DAY_FIRST);
    assert_int_equal(plan.table_count, 2);
    assert_str(plan.tables[1].title, "Guests");
    assert_int_equal(plan.tables[1].line, 5);
    assert_null(plan.recognised);
    plan_release(&plan);

    struct export_options options = {.header_line = 1};
    assert_true(make(&plan, text, &options, &err));
    assert_int_equal(plan.header_line, 1);
    plan_release(&plan);

    options.header_line = 9;
    assert_false(make(&plan, text, &options, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    plan_release(&plan);
}

// What reaches nobody is refused; to be looked at it is planned all the same.
static void test_look(void **state)
{
    (void)state;
    struct export_plan plan;
    struct err err;
    struct export_options options = {.is_look = true};
    const char *text = "Name,City\nAda Berg,Turku\n";
    assert_false(make(&plan, text, NULL, &err));
    assert_int_equal(err.kind, ERR_DATA);
    plan_release(&plan);
    assert_true(make(&plan, text, &options, &err));
    assert_true(plan.is_refused);
    assert_int_equal(plan.mapping.columns[1].target, FIELD_CITY);
    assert_false(plan_refuse(&plan, &err));
    assert_non_null(strstr(err.hint, "Name, City"));
    plan_release(&plan);
    assert_true(make(&plan, "Name,Email\nAda Berg,a@x.fi\n", &options, &err));
    assert_false(plan.is_refused);
    plan_release(&plan);
}

enum { LARGE_RECORDS = 60000 };

// A large list whose notes have line ends and commas in them, and of whose dates at most the last
// tells the order.
static bool make_large(struct export_plan *plan, const char *date, const char *last_date)
{
    struct buffer text = {0};
    buffer_add(&text, STR("Email,Country,Created,Notes\n"));
    for (int i = 0; i < LARGE_RECORDS; i++) {
        buffer_format(&text, "a%d@x.com,%s,%s,\"said \"\"a, b\"\",\n then\n,c,d,e, and no more\"\n",
                      i, i % 3 ? "SE" : "US", i + 1 < LARGE_RECORDS ? date : last_date);
    }
    buffer_add_byte(&text, '\0');
    struct err err;
    bool is_made = make(plan, text.data, NULL, &err);
    buffer_release(&text);
    return is_made;
}

static void test_large(void **state)
{
    (void)state;
    struct export_plan plan;
    // One day tells, wherever it stands.
    assert_true(make_large(&plan, "03/04/2026", "13/04/2026"));
    assert_int_equal(plan.mapping.columns[2].dates.order, DATE_DAY_FIRST);
    assert_false(plan.mapping.columns[2].dates.is_assumed);
    assert_int_equal(plan.window_records, LARGE_RECORDS);
    plan_release(&plan);
    // And one contradicts, wherever it stands.
    assert_true(make_large(&plan, "04/25/2026", "25/04/2026"));
    assert_true(plan.mapping.columns[2].dates.is_conflict);
    plan_release(&plan);
    assert_true(make_large(&plan, "2026-04-13", "2026-04-13"));
    const struct date_votes *votes = &plan.mapping.columns[2].votes;
    assert_int_equal(plan.mapping.columns[2].dates.order, DATE_ISO);
    assert_int_equal(votes->year_first, LARGE_RECORDS);
    assert_int_equal(votes->other, 0);
    assert_int_equal(plan.window_records, LARGE_RECORDS);
    assert_str(plan.majority_country, "SE");
    plan_release(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_constants),
        cmocka_unit_test(test_basis),
        cmocka_unit_test(test_look),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_countries_and_languages),
        cmocka_unit_test(test_mapping_options),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, load, release);
}
