// Postal codes and company ids: spellings, lost zeros, check digits.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "address.h"
#include "company_id.h"

static struct rulebook book;
static struct address_rules rules;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    if (!address_rules_load(&rules, &book, &err)) fail_msg("%s", err.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    address_rules_release(&rules);
    rulebook_release(&book);
    return 0;
}

struct row {
    const char *cell, *country, *want; // want NULL: not valid
};

static const struct row codes[] = {
    {"", "FI", ""},
    {"00100", "FI", "00100"},
    {"FI-00100", "FI", "00100"},
    {"FIN-00100", "FI", "00100"},
    {"00 100", "FI", "00100"},
    {"100", "FI", "00100"},
    {"2600", "FI", "02600"},
    {"100.0", "FI", "00100"},
    {"12", "FI", NULL},
    {"123456", "FI", NULL},
    {"ABC", "FI", NULL},
    {"12345", "SE", "123 45"},
    {"123 45", "SE", "123 45"},
    {"S-123 45", "SE", "123 45"},
    {"SE-12345", "SE", "123 45"},
    {"1234", "SE", NULL},
    {"0150", "NO", "0150"},
    {"150", "NO", "0150"},
    {"N-0150", "NO", "0150"},
    {"800", "DK", "0800"},
    {"DK-2100", "DK", "2100"},
    {"101", "IS", "101"},
    {"80331", "DE", "80331"},
    {"D-80331", "DE", "80331"},
    {"1067", "DE", "01067"},
    {"1000", "FR", "01000"},
    {"75001", "FR", "75001"},
    {"1234ab", "NL", "1234 AB"},
    {"NL-1234 AB", "NL", "1234 AB"},
    {"00001", "PL", "00-001"},
    {"00-001", "PL", "00-001"},
    {"1001", "PL", "01-001"},
    {"LV1010", "LV", "LV-1010"},
    {"1010", "LV", "LV-1010"},
    {"LT-01103", "LT", "LT-01103"},
    {"1103", "LT", NULL},
    {"AD500", "AD", "AD500"},
    {"SW1A1AA", "GB", "SW1A 1AA"},
    {"sw1a 1aa", "GB", "SW1A 1AA"},
    {"M11AE", "GB", "M1 1AE"},
    {"B338TH", "GB", "B33 8TH"},
    {"CR26XH", "GB", "CR2 6XH"},
    {"DN551PT", "GB", "DN55 1PT"},
    {"W1A0AX", "GB", "W1A 0AX"},
    {"12345", "GB", NULL},
    {"D02AF30", "IE", "D02 AF30"},
    {"D6WXY00", "IE", "D6W XY00"},
    {"90210", "US", "90210"},
    {"902101234", "US", "90210-1234"},
    {"90210-1234", "US", "90210-1234"},
    {"2138", "US", "02138"},
    {"501", "US", "00501"},
    {"k1a0b1", "CA", "K1A 0B1"},
    {"K1A-0B1", "CA", "K1A 0B1"},
    {"01310100", "BR", "01310-100"},
    {"1310100", "BR", "01310-100"},
    {"1000001", "JP", "100-0001"},
    {"600001", "JP", "060-0001"},
    {"1000-001", "PT", "1000-001"},
    {"1000", "PT", "1000"},
    {"whatever", "", "whatever"},
    {"whatever", "AE", "whatever"},
    {"00100; 00200", "FI", NULL},
    {"PL 25", "FI", NULL},
};

static const struct row ids[] = {
    {"", "FI", ""},
    {"0112038-9", "FI", "0112038-9"},
    {"01120389", "FI", "0112038-9"},
    {"112038-9", "FI", "0112038-9"},
    {"1120389", "FI", "0112038-9"},
    {"FI01120389", "FI", "0112038-9"},
    {"FI01120389", "", "0112038-9"},
    {"FI 0112038-9", "SE", "FI 0112038-9"},
    {"0112038-9", "", "0112038-9"},
    {"1927400-1", "FI", "1927400-1"},
    {"0112038-8", "FI", NULL},
    {"0112038-8", "", NULL},
    {"FI01120388", "", NULL},
    {"12345", "FI", NULL},
    {"5560160680", "SE", "556016-0680"},
    {"556016-0680", "SE", "556016-0680"},
    {"165560160680", "SE", "556016-0680"},
    {"SE556016068001", "", "556016-0680"},
    {"SE556016068001", "SE", "556016-0680"},
    {"556016-0681", "SE", NULL},
    {"923609016", "NO", "923609016"},
    {"923 609 016", "NO", "923609016"},
    {"NO 923 609 016 MVA", "NO", "923609016"},
    {"923609017", "NO", NULL},
    {"24256790", "DK", "24256790"},
    {"DK24256790", "", "24256790"},
    {"DK-24 25 67 90", "DK", "24256790"},
    {"24256791", "DK", NULL},
    {"6204830369", "IS", "620483-0369"},
    {"620483-0369", "IS", "620483-0369"},
    {"620483-0469", "IS", NULL},
    {"EE100931558", "EE", "EE100931558"},
    {"100931559", "EE", NULL},
    {"40003032949", "LV", "40003032949"},
    {"LV40003032949", "", "40003032949"},
    {"40003032948", "LV", NULL},
    {"DE136695976", "DE", "DE136695976"},
    {"DE 136 695 976", "", "DE136695976"},
    {"136695976", "DE", "DE136695976"},
    {"DE136695977", "DE", NULL},
    {"HRB 12345", "DE", NULL},
    {"ATU13585627", "AT", "ATU13585627"},
    {"U13585627", "AT", "ATU13585627"},
    {"ATU13585626", "AT", NULL},
    {"CHE-101.329.561", "CH", "CHE-101.329.561"},
    {"CHE101329561 MWST", "CH", "CHE-101.329.561"},
    {"CHE-101.329.562", "CH", NULL},
    {"552 081 317", "FR", "552081317"},
    {"FR40303265045", "", "303265045"},
    {"FR41303265045", "FR", NULL},
    {"0428.759.497", "BE", "0428.759.497"},
    {"BE0428759497", "", "0428.759.497"},
    {"428759497", "BE", "0428.759.497"},
    {"0428.759.498", "BE", NULL},
    {"NL004495445B01", "", "NL004495445B01"},
    {"004495445B01", "NL", "NL004495445B01"},
    {"NL004495446B01", "NL", NULL},
    {"LU15027442", "", "LU15027442"},
    {"00743110157", "IT", "00743110157"},
    {"IT00743110157", "", "00743110157"},
    {"00743110158", "IT", NULL},
    {"A15075062", "ES", "A15075062"},
    {"ESA15075062", "", "A15075062"},
    {"A15075063", "ES", NULL},
    {"501964843", "PT", "501964843"},
    {"501964842", "PT", NULL},
    {"856-734-62-15", "PL", "8567346215"},
    {"PL8567346215", "", "8567346215"},
    {"8567346216", "PL", NULL},
    {"CZ25123891", "", "25123891"},
    {"25123892", "CZ", NULL},
    {"GB980780684", "", "GB980780684"},
    {"980780684", "GB", "GB980780684"},
    {"SC123456", "GB", "SC123456"},
    {"980780685", "GB", NULL},
    {"12-3456789", "US", "12-3456789"},
    {"anything at all", "", "anything at all"},
    {"ääkkönen", "FI", NULL},
    {"12345678901234567890123456789", "FI", NULL},
};

static void check(const struct row *row, struct value got, struct value again)
{
    str cell = str_of(row->cell), want = row->want ? str_of(row->want) : cell;
    bool is_same = str_equal(got.text, want) && got.is_valid == (row->want != NULL);
    bool is_told = (got.reason != NULL) == !str_equal(got.text, cell);
    bool is_stable = !again.reason && again.is_valid == got.is_valid;
    if (is_same && is_told && is_stable) return;
    fail_msg("'%s' %s: '%.*s'%s", row->cell, row->country, STR_ARG(got.text),
             is_stable ? "" : " unstable");
}

static void test_codes(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        str country = str_of(codes[i].country);
        struct value got = postal_code(&rules, str_of(codes[i].cell), country, &arena);
        check(&codes[i], got, postal_code(&rules, got.text, country, &arena));
    }
    assert_string_equal(postal_code(&rules, STR("100"), STR("FI"), &arena).reason, "zero_fill");
    assert_string_equal(postal_code(&rules, STR("12345"), STR("SE"), &arena).reason, "postal_code");
    arena_release(&arena);
}

static void test_ids(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        str country = str_of(ids[i].country);
        struct value got = company_id(str_of(ids[i].cell), country, &arena);
        check(&ids[i], got, company_id(got.text, country, &arena));
    }
    arena_release(&arena);
}

// Of the ten last digits exactly one is right.
static void test_check_digit(void **state)
{
    (void)state;
    static const struct row stems[] = {
        {"0112038", "FI", NULL},   {"556016068", "SE", NULL},  {"92360901", "NO", NULL},
        {"13669597", "DE", NULL},  {"0074311015", "IT", NULL}, {"2425679", "DK", NULL},
        {"856734621", "PL", NULL}, {"4000303294", "LV", NULL},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        int valid = 0;
        for (int last = 0; last < 10; last++) {
            str cell = arena_format(&arena, "%s%d", stems[i].cell, last);
            valid += company_id(cell, str_of(stems[i].country), &arena).is_valid;
        }
        if (valid != 1) fail_msg("%s: %d", stems[i].country, valid);
    }
    arena_release(&arena);
}

static void test_random(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789ABEFINSUX -./";
    static const char *const countries[] = {"FI", "SE", "NO", "DK", "IS", "EE", "LV", "DE",
                                            "AT", "CH", "FR", "BE", "NL", "LU", "IT", "ES",
                                            "PT", "PL", "CZ", "GB", "US", "LT", "CA", ""};
    struct arena arena = {0};
    uint32_t seed = 11;
    for (int i = 0; i < 500000; i++) {
        char text[16];
        seed = seed * 1664525 + 1013904223;
        size_t len = 1 + (seed >> 16) % 14;
        for (size_t j = 0; j < len; j++) {
            seed = seed * 1664525 + 1013904223;
            unsigned pick = seed >> 10;
            text[j] = pick % 4 ? alphabet[pick / 4 % 10] : alphabet[pick / 4 % 23];
        }
        str country = str_of(countries[i % 24]), cell = {text, len};
        struct value code = postal_code(&rules, cell, country, &arena);
        struct value code_again = postal_code(&rules, code.text, country, &arena);
        struct value id = company_id(cell, country, &arena);
        struct value id_again = company_id(id.text, country, &arena);
        if (code_again.reason || code_again.is_valid != code.is_valid || id_again.reason ||
            id_again.is_valid != id.is_valid) {
            fail_msg("'%.*s' %s: '%.*s' '%.*s'", STR_ARG(cell), countries[i % 24],
                     STR_ARG(code.text), STR_ARG(id.text));
        }
        arena_reset(&arena);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_check_digit),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
