// Goal: numbers are read as libphonenumber reads them, and what it gets wrong is repaired without
// ever making a valid number out of what is none.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/buffer.h"
#include "core/lead/phone_read.h"
#include "core/lead/phone_repair.h"
#include "phone_test.h"

static str text_of(const char *path)
{
    struct rule_text text;
    struct err err = {0};
    struct rulebook files = book; // shares the arena
    assert_true(rulebook_read(&files, str_of(path), NULL, &text, &err));
    book = files;
    return text.text;
}

// The next row that is no comment; false at the end. The line of column names is a row too.
static bool next_row(str *rest, str cells[], size_t count)
{
    str line;
    while (str_cut(rest, '\n', &line)) {
        if (line.len == 0 || line.data[0] == '#') continue;
        for (size_t i = 0; i < count; i++) {
            cells[i] = (str){"", 0};
            str_cut(&line, '\t', &cells[i]);
        }
        return true;
    }
    return false;
}

static void assert_text(const char *got, str want, str where)
{
    if (str_equal(str_of(got), want)) return;
    fail_msg("%.*s: got '%s', want '%.*s'", STR_ARG(where), got, STR_ARG(want));
}

// What libphonenumber's steps give, as a row of oracle.tsv: "!fault" or the five columns.
static void read_exactly(str text, const struct phone_plan *home, struct buffer *out)
{
    static const char *const faults[] = {"",           "not_a_number", "no_country",
                                         "no_country", "too_short",    "too_long"};
    struct phone_symbols symbols;
    struct phone_scan scan;
    struct phone_reading reading;
    buffer_clear(out);
    if (!phone_symbols_of(text, &symbols) || !phone_scan(&symbols, &scan)) {
        buffer_format(out, "!not_a_number\t\t\t\t");
        return;
    }
    phone_read(&rules, home, scan.has_plus, scan.digits, scan.count, &reading);
    if (reading.fault) {
        buffer_format(out, "!%s\t\t\t\t", faults[reading.fault]);
        return;
    }
    struct phone phone = {0};
    phone_fill(&reading, &phone);
    bool is_possible = phone_length_is_possible(&rules, reading.code, reading.count);
    const char *level = phone.kind ? "valid" : is_possible ? "possible" : "invalid";
    buffer_format(out, "%s\t%s\t%s\t%s\t", phone.e164, phone_kind_name(phone.kind), phone.region,
                  level);
    for (size_t i = 0; i < scan.extension_len; i++) {
        buffer_add_byte(out, (char)('0' + scan.extension[i]));
    }
}

static void every_example_number_is_valid(void **state)
{
    (void)state;
    str rest = text_of("./testdata/phones/examples.tsv"), cells[3];
    size_t rows = 0, fillers = 0;
    struct buffer got = {0}, want = {0};
    struct phone phone;
    assert_true(next_row(&rest, cells, 3));
    for (; next_row(&rest, cells, 3); rows++) {
        read_exactly(cells[0], NULL, &got);
        buffer_clear(&want);
        buffer_format(&want, "%.*s\t%.*s\t%.*s\tvalid\t", STR_ARG(cells[0]), STR_ARG(cells[1]),
                      STR_ARG(cells[2]));
        assert_true(str_equal(buffer_str(&got), buffer_str(&want)));
        // Some are 12345678 and the like, which no lead has.
        phone_parse(&rules, cells[0], STR(""), &phone);
        if (phone.level == PHONE_VALID) {
            assert_text(phone.e164, cells[0], cells[0]);
            assert_null(phone.reason);
        } else {
            assert_string_equal(phone.reason, "placeholder");
            fillers++;
        }
    }
    buffer_release(&got);
    buffer_release(&want);
    assert_int_equal(fillers, 20);
    assert_int_equal(rows, 1141);
}

static void the_oracle_agrees_on_every_row(void **state)
{
    (void)state;
    str rest = text_of("./testdata/phones/oracle.tsv"), cells[7];
    struct buffer got = {0};
    size_t rows = 0;
    assert_true(next_row(&rest, cells, 7));
    for (; next_row(&rest, cells, 7); rows++) {
        read_exactly(cells[1], phone_rules_plan(&rules, cells[0]), &got);
        str want = {cells[2].data, (size_t)(cells[6].data + cells[6].len - cells[2].data)};
        if (!str_equal(buffer_str(&got), want)) {
            fail_msg("%.*s %.*s: got '%.*s', want '%.*s'", STR_ARG(cells[0]), STR_ARG(cells[1]),
                     STR_ARG(buffer_str(&got)), STR_ARG(want));
        }
    }
    buffer_release(&got);
    assert_int_equal(rows, 4064);
}

static void assert_same(const struct phone *a, const struct phone *b, str where)
{
    assert_text(a->e164, str_of(b->e164), where);
    assert_text(a->region, str_of(b->region), where);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->level, b->level);
    assert_int_equal(a->code, b->code);
}

// phone_level_of says the same as phone_classify did.
static void assert_level(const struct phone *classified, str text)
{
    enum phone_kind kind;
    enum phone_level level = phone_level_of(&rules, text, &kind);
    if (level != classified->level || kind != classified->kind) fail_msg("%.*s", STR_ARG(text));
}

// Digits that the short cut must leave to phone_classify are among these: rows, too short, too
// long.
static void levels_are_those_of_classify(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 300000; i++) {
        char text[32] = "+";
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        size_t len = 1;
        uint64_t bits = seed >> 8;
        for (size_t count = 3 + bits % 18; len <= count; bits = bits / 7 + (seed << len)) {
            int step = bits & 8 ? (int)(bits % 3) - 1 : (int)(bits >> 5 & 7);
            text[len] = (char)('0' + (text[len - 1] + step) % 10);
            len++;
        }
        struct phone phone;
        phone_classify(&rules, (str){text, len}, &phone);
        assert_level(&phone, (str){text, len});
    }
}

// Parsing only adds to the oracle: what is valid there is valid and the same here, but for texts
// that hold two numbers or words behind a number.
static void parsing_keeps_what_is_valid(void **state)
{
    (void)state;
    str rest = text_of("./testdata/phones/oracle.tsv"), cells[7];
    size_t others = 0, valid = 0;
    assert_true(next_row(&rest, cells, 7));
    while (next_row(&rest, cells, 7)) {
        struct phone phone, again;
        phone_parse(&rules, cells[1], cells[0], &phone);
        if (str_equal(cells[5], STR("valid"))) {
            valid++;
            assert_int_equal(phone.level, PHONE_VALID);
            str reason = str_of(phone.reason);
            bool is_other = str_equal(reason, STR("several")) || str_equal(reason, STR("label")) ||
                            str_equal(reason, STR("no_plus"));
            bool is_same = str_equal(str_of(phone.e164), cells[2]);
            others += !is_same;
            if (!is_other) {
                assert_text(phone.e164, cells[2], cells[1]);
                assert_text(phone.ext, cells[6], cells[1]);
                assert_text(phone_kind_name(phone.kind), cells[3], cells[1]);
            }
        }
        if (phone.len == 0) continue;
        // E.164 is read as itself, with any country, and known from its digits.
        str e164 = {phone.e164, phone.len};
        phone_parse(&rules, e164, cells[0], &again);
        assert_same(&again, &phone, cells[1]);
        phone_parse(&rules, e164, STR("US"), &again);
        assert_same(&again, &phone, cells[1]);
        phone_classify(&rules, e164, &again);
        assert_same(&again, &phone, cells[1]);
        assert_level(&phone, e164);
    }
    assert_true(valid > 2500);
    assert_true(others <= 2);
}

struct example {
    const char *country, *text, *e164;
    const char *reason; // NULL = none
    const char *ext;
};

static void check_examples(const struct example *examples, size_t count, enum phone_level level)
{
    for (size_t i = 0; i < count; i++) {
        const struct example *example = &examples[i];
        struct phone phone;
        phone_parse(&rules, str_of(example->text), str_of(example->country), &phone);
        str text = str_of(example->text);
        assert_text(phone.e164, str_of(example->e164), text);
        assert_text(phone.reason ? phone.reason : "-",
                    str_of(example->reason ? example->reason : "-"), text);
        assert_text(phone.ext, str_of(example->ext), text);
        assert_text(phone_level_name(phone.level), str_of(phone_level_name(level)), text);
    }
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void plain_numbers_are_read(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"FI", "040 123 4567", "+358401234567", NULL, ""},
        {"fi", "0401234567", "+358401234567", NULL, ""},
        {"FI", "401234567", "+358401234567", NULL, ""},
        {"FI", "358401234567", "+358401234567", NULL, ""},
        {"SE", "+358 40 1234567", "+358401234567", NULL, ""},
        {"", "+358 (0)40 1234567", "+358401234567", NULL, ""},
        {"FI", "00358401234567", "+358401234567", NULL, ""},
        {"FI", "p:+358401234567", "+358401234567", NULL, ""},
        {"FI", "Puh. 040-123 4567", "+358401234567", NULL, ""},
        {"IN", "'+91 99999 12345", "+919999912345", NULL, ""},
        {"US", "(415) 555-2671", "+14155552671", NULL, ""},
        {"US", "1-415-555-2671", "+14155552671", NULL, ""},
        {"DE", "089/1234567", "+49891234567", NULL, ""},
        {"DE", "+49 (0) 30 / 123 45 - 67", "+49301234567", NULL, ""},
        {"IT", "06 1234 5678", "+390612345678", NULL, ""},
        {"AR", "011 15 2345-6789", "+5491123456789", NULL, ""},
        {"BR", "0 xx 11 91234-5678", "+5511912345678", NULL, ""},
        {"JP",
         "\xEF\xBC\x90\xEF\xBC\x93\xEF\xBC\x8D\xEF\xBC\x94\xEF\xBC\x94\xEF\xBC\x93\xEF\xBC\x94"
         "-5678",
         "+81344345678", NULL, ""},
        {"FR",
         "06\xC2\xA0"
         "12\xC2\xA0"
         "34\xE2\x80\xAF"
         "56\xE2\x80\x89"
         "78",
         "+33612345678", NULL, ""}, // no-break, narrow and thin spaces
        {"FR", "\xE2\x80\xAA+33 6 12 34 56 78\xE2\x80\xAC", "+33612345678", NULL, ""},
        {"FI", "040\t1234567\r\n", "+358401234567", NULL, ""},
        {"", "+80012345679", "+80012345679", NULL, ""},
        {"GB", "020 7946 0958 ext 12", "+442079460958", NULL, "12"},
        {"US", "415-555-2671 x12/x13", "+14155552671", NULL, "12"},
        {"FI", "tel:+358-40-1234567;ext=12", "+358401234567", NULL, "12"},
        {"RU", "8 (495) 123-45-67 \xD0\xB4\xD0\xBE\xD0\xB1. 12", "+74951234567", NULL, "12"},
    };
    check_examples(examples, COUNT(examples), PHONE_VALID);
}

static void wrong_numbers_are_repaired(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"FI", "358401234567.0", "+358401234567", "excel_float", ""},
        {"", "358401234567.0", "+358401234567", "excel_float", ""},
        {"FI", "3.58401234567E+11", "+358401234567", "excel_float", ""},
        {"FI", "3,58401234567e11", "+358401234567", "excel_float", ""},
        {"RU", "+8 495 123 45 67", "+74951234567", "plus_8", ""},
        {"", "+8 (495) 123-45-67", "+74951234567", "plus_8", ""},
        {"RU", "+89161234567", "+79161234567", "plus_8", ""},
        {"MX", "+52 1 55 1234 5678", "+525512345678", "mx_mobile_1", ""},
        {"", "+52 1 55 1234 5678 (office)", "+525512345678", "mx_mobile_1", ""},
        {"MX", "044 55 1234 5678", "+525512345678", "mx_trunk", ""},
        {"MX", "01 55 1234 5678", "+525512345678", "mx_trunk", ""},
        {"BR", "(11) 8123-4567", "+5511981234567", "br_ninth", ""},
        {"BJ", "97 12 34 56", "+2290197123456", "bj_01", ""},
        {"CI", "07 12 34 56", "+2250707123456", "ci_mobile", ""},
        {"CI", "05 12 34 56", "+2250505123456", "ci_mobile", ""},
        {"VN", "0120 123 4567", "+84701234567", "vn_mobile", ""},
        {"VN", "0169 123 4567", "+84391234567", "vn_mobile", ""},
        {"CO", "1 345 6789", "+576013456789", "co_fixed", ""},
        {"IT", "+39 6 1234 5678", "+390612345678", "it_zero", ""},
        {"US", "00358 40 1234567", "+358401234567", "idd_00", ""},
        {"JP", "00 44 20 7946 0958", "+442079460958", "idd_00", ""},
        {"", "+00 44 20 7946 0958", "+442079460958", "idd_00", ""},
        {"FI", "011 44 20 7946 0958", "+442079460958", "idd_00", ""},
        {"", "358401234567", "+358401234567", "no_plus", ""},
        {"US", "358401234567", "+358401234567", "no_plus", ""},
        {"DE", "4917612345678", "+4917612345678", "no_plus", ""},
        {"DE", "49 176 12345678", "+4917612345678", "no_plus", ""},
        {"DE", "4989123456", "+4989123456", NULL, ""},
        {"FI", "358 4946.09", "+358358494609", NULL, ""},
        {"DE", "04917 12345", "+49491712345", NULL, ""},
        {"ES", "+34 (0) 612 34 56 78", "+34612345678", "trunk_zero", ""},
        {"DK", "+45 (0) 32 34 56 78", "+4532345678", "trunk_zero", ""},
        {"FI", "+358 40 123 4567 (office)", "+358401234567", "label", ""},
        {"FI", "040 1234567 kl. 10-12", "+358401234567", "label", ""},
        {"FI", "Phone 1: 040 1234567", "+358401234567", "label", ""},
        {"FI", "Matti 040 123 4567 Virtanen 2. krs", "+358401234567", "label", ""},
        {"SE", "08-123 456 vx", "+468123456", "label", ""},
        {"SE", "08-123 456 ankn. 12", "+468123456", "ext_label", "12"},
        {"DE", "030 12345678 Durchwahl 12", "+493012345678", "ext_label", "12"},
        {"HU", "06 1 234 5677 MELL\xC3\x89K 12", "+3612345677", "ext_label", "12"},
        {"US", "+1 415 555 2671 ext. 12 (office)", "+14155552671", "ext_label", "12"},
        {"US", "1-800-FLOWERS", "+18003569377", "vanity", ""},
        {"DE", "0511/123456/7", "+49511123456", "several", ""},
        {"BY", "8 82499 289 22", "+375249928922", "trunk_twice", ""},
    };
    check_examples(examples, COUNT(examples), PHONE_VALID);
}

static void what_cannot_be_known_is_not_made_up(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"FI", "3.58401E+11", "", "excel_damaged", ""},
        {"FI", "3,58E11", "", "excel_damaged", ""},
        {"FI", "3.5840123456E+11", "", "excel_damaged", ""},
        {"FI", "000000000", "", "placeholder", ""},
        {"FI", "1111111", "", "placeholder", ""},
        {"US", "1234567890", "", "placeholder", ""},
        {"US", "555-555-5555", "", "placeholder", ""},
        {"IN", "9876543210", "", "placeholder", ""},
        {"", "+1234567890", "", "placeholder", ""},
        {"", "1234567890", "", "placeholder", ""},
        {"IN", "9999999999 (office)", "", "placeholder", ""},
        {"FI", "123", "", "too_short", ""},
        {"FI", "+3584012345678901", "", "too_long", ""},
        {"", "040 1234567", "", "no_country", ""},
        {"XX", "040 1234567", "", "no_country", ""},
        {"", "+999 1234567", "", "unknown_country_code", ""},
        {"US", "555-2671", "", "too_short", ""}, // an area code is not guessed
        {"FI", "12 apples 34", "", "too_short", ""},
    };
    check_examples(examples, COUNT(examples), PHONE_INVALID);
    static const struct example possible[] = {
        {"US", "4512345678", "+14512345678", "unassigned", ""}, // not Denmark's +45 12345678
        {"CR", "tel:9055467;phone-context=+506-3", "+50639055467", "unassigned", ""},
    };
    check_examples(possible, COUNT(possible), PHONE_POSSIBLE);
    static const struct example missing[] = {
        {"FI", "", "", NULL, ""},         {"FI", " \t\n", "", NULL, ""},
        {"FI", "-", "", "no_digits", ""}, {"FI", "n/a", "", "no_digits", ""},
        {"", "+", "", "no_digits", ""},   {"FI", "\xFF\xFE", "", "no_digits", ""},
    };
    check_examples(missing, COUNT(missing), PHONE_MISSING);
}

static void valid_numbers_are_not_repaired(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"RU", "+84951234567", "+84951234567", NULL, ""}, // Vietnam, written without a gap
        {"VN", "+84 95 123 4567", "+84951234567", NULL, ""},
        {"BR", "(11) 2345-6789", "+551123456789", NULL, ""},
        {"MX", "55 1234 5678", "+525512345678", NULL, ""},
        {"IT", "+39 347 1234567", "+393471234567", NULL, ""},
        {"DE", "0511/123456", "+49511123456", NULL, ""},
        {"DE", "030 1234-0", "+493012340", NULL, ""},
        {"FI", "09 1234.0", "+358912340", NULL, ""}, // too short for a spreadsheet's figure
        {"US", "415.555.2670", "+14155552670", NULL, ""},
    };
    check_examples(examples, COUNT(examples), PHONE_VALID);
}

static void several_numbers_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *country, *text, *numbers;
    } cases[] = {
        {"FI", "040 1234567 / 09 123456", "+358401234567 +3589123456"},
        {"FI", "+358 40 1234567 +358 50 1234567", "+358401234567 +358501234567"},
        {"FI", "040-1234567 tai 050-7654321", "+358401234567 +358507654321"},
        {"FI", "09 123456 ja 040 1234567 sek\xC3\xA4 050 7654321",
         "+3589123456 +358401234567 +358507654321"},
        {"FI", "Work: 040 1234567\nHome: 050 765 4321", "+358401234567 +358507654321"},
        {"FI", "+358401234567, +358501234567 | +358457654321",
         "+358401234567 +358501234567 +358457654321"},
        {"", "+46 8 123456 / 08-654 321", "+468123456 +468654321"},
        {"IN", "9000000003/9000000004", "+919000000003 +919000000004"},
        {"IN", "9000000003 ::: 9000000004", "+919000000003 +919000000004"},
        {"FI", "040 1234567    050 7654321", "+358401234567 +358507654321"},
        {"FI", "040 1234567\r\n050 7654321", "+358401234567 +358507654321"},
        {"FI", "040 1234567/8", "+358401234567"},
        {"FI", "040 1234567; call after 10", "+358401234567"},
        {"GB", "020 7946 0958, 020 7946 0959; 00000", "+442079460958 +442079460959"},
        {"GB", "020 7946 0958 / 07911 123456 ext 3", "+442079460958 +447911123456"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer got = {0};
        str rest = str_of(cases[i].text), country = str_of(cases[i].country);
        for (int round = 0; rest.len && round < 9; round++) {
            struct phone phone;
            rest = phone_parse(&rules, rest, country, &phone);
            buffer_format(&got, "%s%s", got.len ? " " : "", phone.e164);
            if (country.len == 0) country = arena_copy(&book.arena, str_of(phone.region));
        }
        buffer_add_byte(&got, '\0');
        assert_string_equal(got.data, cases[i].numbers);
        buffer_release(&got);
    }
}

static void flags_say_where_the_country_came_from(void **state)
{
    (void)state;
    static const struct {
        const char *country, *text;
        bool used_default, is_ambiguous;
    } cases[] = {
        {"FI", "040 1234567", true, false},        {"FI", "+358401234567", false, false},
        {"FI", "00358401234567", false, false},    {"FI", "358401234567", false, false},
        {"SE", "46 8 123 456", true, true},        {"US", "1 415 555 2671", false, false},
        {"US", "415 555 2671", true, false},       {"MX", "044 55 1234 5678", true, false},
        {"MX", "+521 55 1234 5678", false, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct phone phone;
        phone_parse(&rules, str_of(cases[i].text), str_of(cases[i].country), &phone);
        assert_int_equal(phone.level, PHONE_VALID);
        assert_int_equal(phone.used_default_country, cases[i].used_default);
        assert_int_equal(phone.is_ambiguous, cases[i].is_ambiguous);
    }
}

static void classes_come_from_the_digits(void **state)
{
    (void)state;
    static const struct {
        const char *text, *level, *kind, *region, *reason;
    } cases[] = {
        {"+358401234567", "valid", "mobile", "FI", "-"},
        {"+442079460958", "valid", "fixed", "GB", "-"},
        {"+447781123456", "valid", "mobile", "GG", "-"},
        {"+14155552671", "valid", "fixed_or_mobile", "US", "-"},
        {"+80012345679", "valid", "toll_free", "", "-"},
        {"+77172123456", "valid", "fixed", "KZ", "-"},
        {"+390669812345", "valid", "fixed", "VA", "-"},
        {"+14512345678", "possible", "", "", "unassigned"},
        {"+3584", "invalid", "", "", "too_short"},
        {"+35840123456789012", "invalid", "", "", "too_long"},
        {"+9991234567", "invalid", "", "", "unknown_country_code"},
        {"+12222222222", "invalid", "", "", "placeholder"},
        {"+1234567890", "invalid", "", "", "placeholder"},
        {"0000000", "invalid", "", "", "placeholder"},
        {"040 1234567", "invalid", "", "", "no_country"},
        {"+358 40 1234567", "invalid", "", "", "not_e164"},
        {"+0", "invalid", "", "", "not_a_number"},
        {"3.58401E+11", "invalid", "", "", "excel_damaged"},
        {"", "missing", "", "", "-"},
        {"-", "missing", "", "", "no_digits"},
        {"+123456789012345678901234567890", "invalid", "", "", "placeholder"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct phone phone;
        str text = str_of(cases[i].text);
        phone_classify(&rules, text, &phone);
        assert_level(&phone, text);
        assert_text(phone_level_name(phone.level), str_of(cases[i].level), text);
        assert_text(phone_kind_name(phone.kind), str_of(cases[i].kind), text);
        assert_text(phone.region, str_of(cases[i].region), text);
        assert_text(phone.reason ? phone.reason : "-", str_of(cases[i].reason), text);
    }
}

static void long_text_is_no_number(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct phone phone;
    for (int i = 0; i < 100000; i++) buffer_add(&text, STR("1/"));
    str rest = phone_parse(&rules, buffer_str(&text), STR("FI"), &phone);
    assert_int_equal(phone.level, PHONE_INVALID);
    assert_int_equal(rest.len, 0);
    buffer_release(&text);
    // Numbers with NUL bytes are read to their end.
    phone_parse(&rules, (str){"040\0 1234567", 12}, STR("FI"), &phone);
    assert_int_not_equal(phone.level, PHONE_VALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_number_is_valid),
        cmocka_unit_test(the_oracle_agrees_on_every_row),
        cmocka_unit_test(parsing_keeps_what_is_valid),
        cmocka_unit_test(plain_numbers_are_read),
        cmocka_unit_test(wrong_numbers_are_repaired),
        cmocka_unit_test(what_cannot_be_known_is_not_made_up),
        cmocka_unit_test(valid_numbers_are_not_repaired),
        cmocka_unit_test(several_numbers_are_told_apart),
        cmocka_unit_test(flags_say_where_the_country_came_from),
        cmocka_unit_test(classes_come_from_the_digits),
        cmocka_unit_test(long_text_is_no_number),
        cmocka_unit_test(levels_are_those_of_classify),
    };
    return cmocka_run_group_tests(tests, load, release);
}
