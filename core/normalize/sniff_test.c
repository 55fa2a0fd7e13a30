// Values must be taken for what they are, and for nothing more.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sniff.h"

static struct rulebook book;
static struct sniffer sniffer;

static int load(void **state)
{
    (void)state;
    rulebook_add_dir(&book, "rules");
    struct err err = {0};
    return sniffer_load(&sniffer, &book, &err) ? 0 : -1;
}

static int release(void **state)
{
    (void)state;
    sniffer_release(&sniffer);
    rulebook_release(&book);
    return 0;
}

static void test_looks(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        enum look want;
    } cases[] = {
        {"", LOOK_NOTHING},
        {"--", LOOK_NOTHING},
        {"N/A", LOOK_NOTHING},
        {"[not provided]", LOOK_NOTHING},
        {"0.0.00", LOOK_NOTHING},
        {"########", LOOK_NOTHING},
        {"a@example.com", LOOK_EMAIL},
        {"Bob B <BOB@EXAMPLE.COM>", LOOK_EMAIL},
        {"mailto:cyd@example.com", LOOK_EMAIL},
        {"@handle", LOOK_TEXT},
        {"a@b", LOOK_TEXT},
        {"lunch @ noon. ok", LOOK_TEXT},
        {"https://www.linkedin.com/in/example-1", LOOK_LINKEDIN},
        {"https://www.linkedin.com/company/example", LOOK_URL},
        {"www.example.si", LOOK_URL},
        {"example.nl", LOOK_URL},
        {"+358 40 123 4567", LOOK_PHONE},
        {"p:+358401234567", LOOK_PHONE},
        {"'+46 70 174 06 13", LOOK_PHONE},
        {"0401234567", LOOK_PHONE},
        {"(555) 150-1000", LOOK_PHONE},
        {"040-555 0101", LOOK_PHONE},
        {"20 55 01 01", LOOK_PHONE},
        {"358-40-4444444", LOOK_PHONE},
        {"852 29", LOOK_TEXT},
        {"1200", LOOK_NUMBER},
        {"2144811276471145", LOOK_NUMBER},
        {"3.58401E+11", LOOK_NUMBER},
        {"1,50", LOOK_NUMBER},
        {"2026-10-12", LOOK_DATE},
        {"20.10.2026 9:42", LOOK_DATE},
        {"10/28/2026 2:30 PM", LOOK_DATE},
        {"09 Oct 2026", LOOK_DATE},
        {"45123", LOOK_NUMBER},
        {"11-50", LOOK_TEXT},
        {"kyllä", LOOK_YES},
        {"TRUE", LOOK_YES},
        {"1", LOOK_YES},
        {"ei", LOOK_NO},
        {"0", LOOK_NO},
        {"Suomi", LOOK_COUNTRY},
        {"DE", LOOK_COUNTRY},
        {"United Kingdom", LOOK_COUNTRY},
        {"Herr", LOOK_HONORIFIC},
        {"Dr.", LOOK_HONORIFIC},
        {"OPEN", LOOK_STATUS},
        {"Vuoksenrauta Oy", LOOK_COMPANY},
        {"Kühnert-Oswald Pharma AG", LOOK_COMPANY},
        {"Wiślanka Magazyny Sp. z o.o.", LOOK_COMPANY},
        {"Ada Lovelace", LOOK_PERSON},
        {"Åkesson, Björn", LOOK_PERSON},
        {"Maximilian von der Ahlen", LOOK_PERSON},
        {"One Two Three Four Five", LOOK_TEXT},
        {"Pieter de Vries", LOOK_PERSON},
        {"toimitusjohtaja", LOOK_TEXT},
        {"\xFF\xFE", LOOK_TEXT},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum look got = sniff_value(&sniffer, str_of(cases[i].value), &arena);
        if (got != cases[i].want) print_message("%s: %s\n", cases[i].value, look_name(got));
        assert_int_equal(got, cases[i].want);
    }
    arena_release(&arena);
}

static void test_countries(void **state)
{
    (void)state;
    static const struct {
        const char *phone, *want;
    } cases[] = {
        {"+358 40 123", "FI"},
        {"00358405550104", "FI"},
        {"+1 555 0100", "US"},
        {"+46701", "SE"},
        {"'+49 171", "DE"},
        {"p:+4570", "DK"},
        {"+3725550101", "EE"},
        {"040 555", ""},
        {"+", ""},
        {"+999", ""},
        {"+01 555", ""},
        {"000358", ""},
        {"+35", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char code[3] = "";
        if (!sniff_phone_country(&sniffer, str_of(cases[i].phone), code)) code[0] = '\0';
        assert_string_equal(code, cases[i].want);
    }
    struct arena arena = {0};
    assert_true(str_equal(sniff_country(&sniffer, STR("Deutschland"), &arena), STR("DE")));
    assert_int_equal(sniff_country(&sniffer, STR("Imatra"), &arena).len, 0);
    assert_int_equal(sniff_country(&sniffer, STR(""), &arena).len, 0);
    arena_release(&arena);
}

static void test_shares(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct value_counts counts = {0};
    assert_int_equal(sniff_share(&counts, LOOK_EMAIL), 0);
    sniff_add(&sniffer, &counts, STR("a@example.com"), &arena);
    sniff_add(&sniffer, &counts, STR("none"), &arena);
    sniff_add(&sniffer, &counts, STR("later"), &arena);
    assert_int_equal(sniff_filled(&counts), 2);
    assert_int_equal(sniff_share(&counts, LOOK_EMAIL), 50);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_countries),
        cmocka_unit_test(test_shares),
    };
    return cmocka_run_group_tests(tests, load, release);
}
