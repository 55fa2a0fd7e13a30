// Goal: every repair is seen to work, and seen to leave alone what looks like its case and is not.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "phone_test.h"

// A text, and its number with the repair's reason; a text like it that is not repaired, and what
// that gives ("" where it is no number).
struct example {
    const char *reason, *country, *text, *e164, *other, *other_e164;
};

static void assert_repair(const struct example *example)
{
    struct phone phone;
    str country = str_of(example->country);
    phone_parse(&rules, str_of(example->text), country, &phone);
    if (phone.level != PHONE_VALID || !phone.reason || strcmp(phone.reason, example->reason) != 0 ||
        strcmp(phone.e164, example->e164) != 0) {
        fail_msg("%s: got '%s' %s, want '%s' %s", example->text, phone.e164,
                 phone.reason ? phone.reason : "-", example->e164, example->reason);
    }
    phone_parse(&rules, str_of(example->other), country, &phone);
    if ((phone.reason && strcmp(phone.reason, example->reason) == 0) ||
        strcmp(phone.e164, example->other_e164) != 0) {
        fail_msg("%s: got '%s' %s, want '%s' without %s", example->other, phone.e164,
                 phone.reason ? phone.reason : "-", example->other_e164, example->reason);
    }
}

// One a row of phones.repairs.tsv, in its order.
static const struct example of_rows[] = {
    {"mx_mobile_1", "MX", "+52 1 55 1234 5678", "+525512345678", "+52 1 01 1234 5678", ""},
    {"mx_trunk", "MX", "01 55 1234 5678", "+525512345678", "01 01 1234 5678", ""},
    {"mx_trunk", "MX", "044 55 1234 5678", "+525512345678", "044 55 1234 567", ""},
    {"mx_trunk", "MX", "045 55 1234 5678", "+525512345678", "046 55 1234 5678", ""},
    {"br_ninth", "BR", "(11) 8123-4567", "+5511981234567", "(11) 3123-4567", "+551131234567"},
    {"bj_01", "BJ", "97 12 34 56", "+2290197123456", "10 12 34 56", ""},
    {"ci_mobile", "CI", "02 12 34 56", "+2250102123456", "02 12 34 5", ""},
    {"ci_mobile", "CI", "05 12 34 56", "+2250505123456", "05 05 12 34 56", "+2250505123456"},
    {"ci_mobile", "CI", "07 12 34 56", "+2250707123456", "07 07 12 34 56", "+2250707123456"},
    {"vn_mobile", "VN", "0120 123 4567", "+84701234567", "0120 123 456", "+84120123456"},
    {"vn_mobile", "VN", "0121 123 4567", "+84791234567", "079 123 4567", "+84791234567"},
    {"vn_mobile", "VN", "0122 123 4567", "+84771234567", "077 123 4567", "+84771234567"},
    {"vn_mobile", "VN", "0126 123 4567", "+84761234567", "076 123 4567", "+84761234567"},
    {"vn_mobile", "VN", "0128 123 4567", "+84781234567", "078 123 4567", "+84781234567"},
    {"vn_mobile", "VN", "0123 123 4567", "+84831234567", "083 123 4567", "+84831234567"},
    {"vn_mobile", "VN", "0124 123 4567", "+84841234567", "084 123 4567", "+84841234567"},
    {"vn_mobile", "VN", "0125 123 4567", "+84851234567", "085 123 4567", "+84851234567"},
    {"vn_mobile", "VN", "0127 123 4567", "+84811234567", "081 123 4567", "+84811234567"},
    {"vn_mobile", "VN", "0129 123 4567", "+84821234567", "082 123 4567", "+84821234567"},
    {"vn_mobile", "VN", "0162 123 4567", "+84321234567", "0161 123 4567", "+841611234567"},
    {"vn_mobile", "VN", "0186 123 4567", "+84561234567", "0187 123 4567", "+841871234567"},
    {"vn_mobile", "VN", "0188 123 4567", "+84581234567", "0189 123 4567", "+841891234567"},
    {"vn_mobile", "VN", "0199 123 4567", "+84591234567", "0198 123 4567", "+841981234567"},
    {"co_fixed", "CO", "1 345 6789", "+576013456789", "9 345 6789", "+5793456789"},
    {"it_zero", "IT", "+39 6 1234 5678", "+390612345678", "+39 347 123 4567", "+393471234567"},
};

static void every_row_repairs_and_refrains(void **state)
{
    (void)state;
    size_t count = sizeof of_rows / sizeof *of_rows;
    assert_int_equal(rules.repair_count, count); // a row was added: add its example
    for (size_t i = 0; i < count; i++) {
        struct phone_repair *row = &rules.repairs[i];
        assert_string_equal(row->reason, of_rows[i].reason);
        assert_repair(&of_rows[i]);
        // It is this row that does it.
        struct phone phone;
        uint16_t code = row->code;
        row->code = 0;
        phone_parse(&rules, str_of(of_rows[i].text), str_of(of_rows[i].country), &phone);
        row->code = code;
        if (strcmp(phone.e164, of_rows[i].e164) == 0) {
            fail_msg("%s: row %zu does nothing", of_rows[i].text, i + 1);
        }
    }
}

// The repairs that are code, in the order of phone.h.
static void every_reason_repairs_and_refrains(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"excel_float", "FI", "358401234567.0", "+358401234567", "09 1234.0", "+358912340"},
        {"excel_float", "FI", "3.58401234567E+11", "+358401234567", "3.58401E+11", ""},
        {"label", "FI", "040 1234567 (office)", "+358401234567", "04 apples 12", ""},
        {"label", "FI", "2: 040 1234567", "+358401234567", "040 123 4567", "+358401234567"},
        {"vanity", "US", "1-800-FLOWERS", "+18003569377", "1-800-FL", ""},
        {"ext_label", "SE", "08-123 456 ankn. 12", "+468123456", "08-123 456 ext. 12",
         "+468123456"},
        {"ext_label", "SE", "08-123 456 anknytning 12", "+468123456", "08-123 456 ankn.",
         "+468123456"},
        {"several", "FI", "040 1234567 / 09 123456", "+358401234567", "040 123/4567",
         "+358401234567"},
        {"several", "DE", "0511/123456/7", "+49511123456", "0511/123456", "+49511123456"},
        {"idd_00", "US", "00358 40 1234567", "+358401234567", "00358 40 12", ""},
        {"idd_00", "FI", "011 44 20 7946 0958", "+442079460958", "00 44 20 7946 0958",
         "+442079460958"},
        {"no_plus", "", "358401234567", "+358401234567", "040 1234567", ""},
        {"no_plus", "US", "358401234567", "+358401234567", "4512345678", "+14512345678"},
        {"plus_8", "RU", "+8 495 123 45 67", "+74951234567", "+84951234567", "+84951234567"},
        {"plus_8", "", "+8 (495) 123-45-67", "+74951234567", "+84 95 123 4567", "+84951234567"},
        {"trunk_zero", "ES", "+34 (0) 612 34 56 78", "+34612345678", "+34 (0) 112 34 56 78", ""},
        {"trunk_zero", "FI", "+372 0 512 3456", "+3725123456", "+358 (0)40 1234567",
         "+358401234567"},
        {"trunk_twice", "BY", "8 82499 289 22", "+375249928922", "8 0249 928922", "+375249928922"},
        {"trunk_twice", "AU", "00863774681", "+61863774681", "00800774681", "+61800774681"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) assert_repair(&examples[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_repairs_and_refrains),
        cmocka_unit_test(every_reason_repairs_and_refrains),
    };
    return cmocka_run_group_tests(tests, load, release);
}
