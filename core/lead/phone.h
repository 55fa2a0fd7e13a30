// Telephone numbers: what a person typed -> E.164, and what an E.164 number is.
//
//     struct phone_rules rules = {0};
//     if (!phone_rules_load(&rules, &book, &err)) ...
//     struct phone phone;
//     str rest = phone_parse(&rules, STR("040 123 4567 / 09 123456"), STR("FI"), &phone);
//     // phone.e164 "+358401234567", phone.level PHONE_VALID; rest " 09 123456"
//     while (rest.len) rest = phone_parse(&rules, rest, STR("FI"), &other);
//
// Reads as libphonenumber does (the steps are in phone_read.h), from tables made of its metadata,
// and then some: what it takes wrongly or not at all is repaired, each repair only where it gives a
// valid number, and named by a reason. A valid E.164 number is read as itself, whatever the
// country (libphonenumber takes the 8 of Belarus's +375 810... for a prefix), and so is a possible
// one with the country that it was read with.
//
// Measured: 90 ns for international numbers, 130 to 150 for a realistic mix of all countries, 350
// for a mix of everything nasty. Allocates nothing. Any bytes may be given.
#ifndef LEAD_PHONE_H
#define LEAD_PHONE_H

#include "phone_rules.h"

// What kind of line a number is; the words of the column phone_kind.
enum phone_kind {
    PHONE_KIND_NONE, // not a valid number
    PHONE_FIXED,
    PHONE_MOBILE,
    PHONE_FIXED_OR_MOBILE, // the plan does not tell them apart (US, CA)
    PHONE_TOLL_FREE,
    PHONE_PREMIUM,
    PHONE_SHARED_COST,
    PHONE_VOIP,
    PHONE_PERSONAL,
    PHONE_PAGER,
    PHONE_UAN, // one number for all of a company's places
    PHONE_VOICEMAIL,
    PHONE_KIND_COUNT
};

enum phone_level {
    PHONE_MISSING,  // nothing was typed, or nothing that holds a digit
    PHONE_INVALID,  // cannot be dialled
    PHONE_POSSIBLE, // as long as the country's numbers are, but in no range that is in use
    PHONE_VALID,    // of a range that is in use
    PHONE_LEVEL_COUNT
};

struct phone {
    char e164[24]; // "+358401234567", NUL-terminated; "" unless valid or possible
    uint8_t len;
    uint8_t ext_len;
    char ext[22];   // digits of the extension, NUL-terminated
    char region[3]; // ISO 3166-1 alpha-2 of a valid number; "" for those of no one country (+800)
    uint16_t code;  // calling code, 0 when not valid or possible
    enum phone_kind kind;
    enum phone_level level;
    const char *reason;        // NULL, or a word: why it is not valid, or what was repaired
    bool used_default_country; // the calling code comes from `country`, not from the text
    bool is_ambiguous;         // typed without + and valid both with and without its calling code
};

// The reasons of numbers that are not valid. POSSIBLE: unassigned. MISSING: NULL, no_digits.
// INVALID: not_a_number no_country unknown_country_code too_short too_long bad_length placeholder
// excel_damaged; phone_classify also: not_e164.
// The reasons of numbers that were repaired and are valid:
//   excel_float   358401234567.0 or 3.58401234567E+11, whole
//   label         words behind the number were left out
//   vanity        letters stand for the digits of their keys
//   ext_label     the extension was behind a word of phones.words.tsv
//   several       the first of several numbers in the text
//   idd_00        00 or 011 before the calling code where another prefix is dialled, or after a +
//   no_plus       begins with a calling code, without a + (at least 10 digits)
//   plus_8        +8 for Russia's +7
//   trunk_zero    a 0 kept after the calling code where the country has none
//   trunk_twice   the national prefix was there twice
//   ...           those of phones.repairs.tsv

// Reads the first number of text. country is ISO 3166-1 alpha-2, or "" when unknown: then only
// numbers with a calling code can be read. Always fills *out. Returns the text of the further
// numbers, "" when there are none; only what is valid counts as a further number. Where country is
// "", read them with the first one's region: that is how they were found.
str phone_parse(const struct phone_rules *rules, str text, str country, struct phone *out);

// What a number in E.164 is, from its digits alone; the same level, kind, region and code that
// phone_parse gives for it. Text that does not begin with a + and a calling code is INVALID.
void phone_classify(const struct phone_rules *rules, str e164, struct phone *out);

// Its level, and *kind, without the rest: a quarter of the cost for a valid number.
enum phone_level phone_level_of(const struct phone_rules *rules, str e164, enum phone_kind *kind);

// "mobile", "fixed", ...; "" for PHONE_KIND_NONE.
const char *phone_kind_name(enum phone_kind kind);

// "missing", "invalid", "possible", "valid".
const char *phone_level_name(enum phone_level level);

#endif
