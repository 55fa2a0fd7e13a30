// Each column of an export must become the right column of a lead, and the traps must not.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

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

// One string of the targets, in order.
static void targets_of(const struct export_plan *plan, char *out, size_t room)
{
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < plan->mapping.count; i++) {
        const struct plan_column *column = &plan->mapping.columns[i];
        str name = target_name(column->target);
        int added = snprintf(out + len, room - len, "%s%.*s", len ? " " : "", STR_ARG(name));
        len += (size_t)added;
        if (column->rank) len += (size_t)snprintf(out + len, room - len, "%u", column->rank);
    }
}

static void check(const char *text, const char *want)
{
    struct export_plan plan = {0};
    struct export_options options = {0};
    struct err err = {0};
    char got[600] = "";
    bool ok =
        plan_make(&plan, &knowledge, &options, str_of(text), true, "x.csv", STR("x.csv"), &err);
    if (ok) targets_of(&plan, got, sizeof got);
    if (!ok) snprintf(got, sizeof got, "refused: %s", err.text);
    if (strcmp(got, want) != 0) print_message("%s\n", text);
    assert_string_equal(got, want);
    plan_release(&plan);
}

static void test_neighbours_decide(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"Name,Email\nAda Lovelace,a@x.fi\n", "full_name email"},
        {"Vorname;Name;E-Mail\nJürgen;Groß;j@x.de\n", "first_name last_name email"},
        {"Prénom;Nom;Courriel\nÉtienne;Lemoinard;e@x.fr\n", "first_name last_name email"},
        {"Nom;Courriel\nÉtienne Lemoinard;e@x.fr\n", "full_name email"},
        {"Nombre;Apellidos;Correo electrónico\nLucía;Sandovarez;l@x.es\n",
         "first_name last_name email"},
        {"Nome;Cognome;E-mail\nGiulia;Rossi;g@x.it\n", "first_name last_name email"},
        {"Nome;E-mail\nGiulia Rossi;g@x.it\n", "full_name email"},
        {"Name,First Name,Last Name,Email\nAda Lovelace,Ada,Lovelace,a@x.fi\n",
         "full_name first_name last_name email"},
        {"Name,First Name,Last Name,Email\nTeräslinko Oy,Ada,Lovelace,a@x.fi\n",
         "company first_name last_name email"},
        {"Nimi;Yhteyshenkilö;Sähköposti\nTeräslinko Oy;Ada Lovelace;a@x.fi\n",
         "company full_name email"},
        {"Name,Display Name,Email\nAda Lovelace,Ada Lovelace,a@x.fi\n",
         "full_name full_name1 email"},
        {"Title,First Name,Email\nDr.,Ada,a@x.fi\nMs,Bea,b@x.fi\n", "salutation first_name email"},
        {"Title,First Name,Email\nCEO,Ada,a@x.fi\n,Bea,b@x.fi\n", "job_title first_name email"},
        {"Title,Job Title,Email\nDr.,CEO,a@x.fi\n", "salutation job_title email"},
        {"URL,Email\nhttps://www.linkedin.com/in/ada,a@x.fi\n", "linkedin email"},
        {"URL,Email\nhttps://example.com,a@x.fi\n", "website email"},
        {"State,Email\nactive,a@x.fi\n", "extra email"},
        {"State,Email\nCA,a@x.fi\n", "region email"},
        {"State,Email\nNY,a@x.fi\n", "region email"},
        {"Estado;Email\nEspaña;a@x.es\nPortugal;b@x.es\n", "country email"},
        {"Region,Country,Email\nUusimaa,Finland,a@x.fi\n", "region country email"},
        {"Datum;Skapad;E-post\n2026-01-01;2026-01-02;a@x.se\n", "extra created_at email"},
        {"Datum;E-post\n2026-01-01;a@x.se\n", "created_at email"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(cases[i].text, cases[i].want);
}

static void test_values_confirm(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        // A tick in a column called Email is no address.
        {"Name,Email,Contact email\nAda Lovelace,yes,a@x.fi\nBea Berg,no,b@x.fi\n",
         "full_name extra email"},
        {"First name,What's your work email?,Phone\nAda,a@x.fi,040 123 4567\n",
         "first_name email phone"},
        // The question is about e-mail, but the answers are not.
        {"First name,How often do you read email?,Phone\nAda,daily,040 123 4567\n",
         "first_name extra phone"},
        {"First name,Kontaktinfo,City\nAda,a@x.fi,Turku\nBea,b@x.fi,Oulu\n",
         "first_name email city"},
        // An owner's address is not the lead's, whatever the header is called.
        {"First name,Phone,Sales rep's mail,City\nAda,0401234567,me@x.fi,Turku\n",
         "first_name phone extra city"},
        {"First name,Contact owner,Email\nAda,me@x.fi,a@x.fi\n", "first_name extra email"},
        {"Email,I agree that you may send me offers\na@x.fi,1\nb@x.fi,0\n", "email consent"},
        {"Email,I agree to the privacy policy\na@x.fi,1\n", "email extra"},
        {"Email,I do not want to receive offers\na@x.fi,yes\n", "email opt_out_email"},
        {"Email,May we contact you?\na@x.fi,\"Yes, by email;Yes, by phone\"\n", "email consent"},
        {"Email,Mitarbeiter\na@x.de,250\n", "email employees"},
        {"Email,Mitarbeiter\na@x.de,Eva Muster\nb@x.de,Eva Muster\n", "email extra"},
        {"Email,Registered,Date\na@x.fi,Yes,2026-10-15\n", "email extra created_at"},
        {"Email,Last seen (EET)\na@x.fi,2026-10-15\n", "email last_activity_at"},
        {"Email,How did you hear about us?\na@x.fi,LinkedIn\n", "email extra"},
        {"Name,Email,\nAda Lovelace,a@x.fi,\n", "full_name email ignore"},
        {"Name,Email,\nAda Lovelace,a@x.fi,something\n", "full_name email extra"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(cases[i].text, cases[i].want);
}

static void test_ranks_and_opt_outs(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"Name,Email,Email\nAda Lovelace,a@x.fi,b@x.fi\n", "full_name email email1"},
        {"Email,Company Phone,Phone,Mobile,Home Phone,Other Phone\na@x.fi,,,,,\n",
         "email company_phone phone mobile phone_other phone_other1"},
        {"Email,Email Opt Out,Do Not Call,Do Not Mail,Do Not Contact\na@x.fi,0,1,0,0\n",
         "email opt_out_email opt_out_phone opt_out_mail opt_out_all"},
        {"Email,Company City,Company Country\na@x.fi,Turku,FI\n", "email city country"},
        {"Email,City,Company City,Company Country\na@x.fi,Oulu,Turku,FI\n",
         "email city company_city company_country"},
        {"Email,Record ID,Badge ID\na@x.fi,1,2\n", "email extra extra"},
        {"Email,utm_source,utm_campaign\na@x.fi,google,spring\n",
         "email utm_source source_campaign"},
        {"Sähköposti;Y-tunnus;Toimiala;Henkilöstö;Osasto\na@x.fi;1234567-8;metalli;95;osto\n",
         "email company_id industry employees department"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(cases[i].text, cases[i].want);
}

static void test_lists_without_header(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"a@example.com\nb@example.com\n", "email"},
        {"Ada Lovelace,a@x.fi,+44 20 7946 0018,Finland\nBob Berg,b@x.fi,,Norway\n",
         "full_name email phone country"},
        {"Muu,Tieto,Jokin\nAda Lovelace,a@x.fi,12\nBob Berg,b@x.fi,13\n", "extra email extra"},
        {"email\na@example.com\n", "email"},
        {"E-Mail\n", "email"},
        {"a,b,c\n1,2,3\n", "refused: no header row found: no line has two known headers, one of "
                           "them an address, a phone or a name"},
        {"email\nnord.de\nsued.de\n",
         "refused: no cell of column \"email\" is an address, and no other header is known"},
        {"Tieto,E-mail\n1,nord.de\n2,a@x.fi\n3,sued.de\n",
         "refused: few cells of column \"E-mail\" are addresses, and no other header is known"},
        {"Name,Event,Guests\nAda Lovelace,Meetup,2\n",
         "refused: no column holds an e-mail address, a phone number or a postal address"},
        {"Name,Street,Zip,City\nAda Lovelace,Katu 1,20100,Turku\n",
         "full_name street postal_code city"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(cases[i].text, cases[i].want);
}

static void test_own_columns(void **state)
{
    (void)state;
    check("lead_id,source,source_name,source_file,source_row,email,opt_out,minutes,extra,score\n"
          "x1,ad,Meta,a.csv,2,a@x.fi,,,{},9\n",
          "lead_id source source_name source_file source_row email opt_out minutes extra extra");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_neighbours_decide),  cmocka_unit_test(test_values_confirm),
        cmocka_unit_test(test_ranks_and_opt_outs), cmocka_unit_test(test_lists_without_header),
        cmocka_unit_test(test_own_columns),
    };
    return cmocka_run_group_tests(tests, load, release);
}
