#include "phone.h"

#include "phone_repair.h"
#include "phone_slow.h"

enum { PLAIN_DIGITS_MAX = 31, E164_DIGITS_MAX = 20, TWO_NUMBERS_DIGITS_MIN = 14 };

const char *phone_kind_name(enum phone_kind kind)
{
    static const char *const names[] = {
        "",          "fixed",   "mobile",      "fixed_or_mobile",
        "toll_free", "premium", "shared_cost", "voip",
        "personal",  "pager",   "uan",         "voicemail",
    };
    return (unsigned)kind < PHONE_KIND_COUNT ? names[kind] : "";
}

const char *phone_level_name(enum phone_level level)
{
    static const char *const names[] = {"missing", "invalid", "possible", "valid"};
    return (unsigned)level < PHONE_LEVEL_COUNT ? names[level] : "";
}

// Bits, so that counting needs no branch: a byte of a plain number, a digit.
enum { PLAIN_KNOWN = 2, PLAIN_GAP = PLAIN_KNOWN, PLAIN_DIGIT = PLAIN_KNOWN | 1 };
static const uint8_t plain_class[256] = {
    [' '] = PLAIN_GAP,   ['-'] = PLAIN_GAP,   ['('] = PLAIN_GAP,   [')'] = PLAIN_GAP,
    ['.'] = PLAIN_GAP,   ['['] = PLAIN_GAP,   [']'] = PLAIN_GAP,   ['0'] = PLAIN_DIGIT,
    ['1'] = PLAIN_DIGIT, ['2'] = PLAIN_DIGIT, ['3'] = PLAIN_DIGIT, ['4'] = PLAIN_DIGIT,
    ['5'] = PLAIN_DIGIT, ['6'] = PLAIN_DIGIT, ['7'] = PLAIN_DIGIT, ['8'] = PLAIN_DIGIT,
    ['9'] = PLAIN_DIGIT,
};

struct plain {
    uint8_t digits[PLAIN_DIGITS_MAX];
    size_t count;
    bool has_plus, has_gaps;
};

// The values of eight digits; false when some byte is none.
static bool digit_values(const char *at, uint8_t values[8])
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t word;
    memcpy(&word, at, 8);
    word ^= '0' * ones;
    if ((word | ((word & 0x7F * ones) + 0x76 * ones)) & 0x80 * ones) return false;
    memcpy(values, &word, 8);
    return true;
}

// take_plain of 8 to 16 digits and perhaps a plus: two words instead of a step for each byte.
static bool take_digits(str text, struct plain *plain)
{
    plain->has_plus = text.len && text.data[0] == '+';
    text = str_from(text, plain->has_plus);
    if (text.len < 8 || text.len > 16) return false;
    size_t tail = text.len - 8;
    plain->count = text.len;
    plain->has_gaps = false;
    return digit_values(text.data, plain->digits) &&
           digit_values(text.data + tail, plain->digits + tail);
}

// The digits of ASCII text without letters; false for all that wants a closer look.
static bool take_plain(str text, struct plain *plain)
{
    if (take_digits(text, plain)) return true;
    size_t from = 0, count = 0;
    unsigned known = PLAIN_KNOWN;
    while (from < text.len && plain_class[(uint8_t)text.data[from]] == PLAIN_GAP) from++;
    plain->has_plus = from < text.len && text.data[from] == '+';
    from += plain->has_plus;
    for (size_t i = from; i < text.len; i++) {
        unsigned class = plain_class[(uint8_t)text.data[i]];
        plain->digits[count] = (uint8_t)(text.data[i] - '0');
        known &= class;
        count += class & 1;
        if (count == PLAIN_DIGITS_MAX && i + 1 < text.len) return false;
    }
    if (!known || count < 4) return false;
    plain->count = count;
    plain->has_gaps = text.len - from > count;
    // "358401234567.0" is a number that a spreadsheet wrote; "+8 495" is how some write +7 495.
    if (plain->has_gaps && str_ends(text, STR(".0"))) return false;
    return !(plain->has_plus && plain->has_gaps && plain->digits[0] == 8);
}

// A number of a home country whose digits begin with the country's own code and mean another valid
// number, *other, when that is taken for it.
static bool is_ambiguous(const struct phone_rules *rules, const struct plain *plain,
                         const struct phone_reading *reading, struct phone_reading *other)
{
    const struct phone_plan *home = reading->plan;
    size_t len = home->code_len, count = plain->count;
    if (count < len || memcmp(plain->digits, home->code_digits, len) != 0) return false;
    if (reading->count == count - len &&
        !memcmp(reading->digits, plain->digits + len, count - len)) {
        return false;
    }
    return phone_read(rules, NULL, true, plain->digits, count, other) &&
           (other->count != reading->count ||
            memcmp(other->digits, reading->digits, other->count) != 0);
}

// Whether an ambiguous number is one that has lost its +, as in a spreadsheet: German numbers may
// be so long that libphonenumber takes 49 176 12345678 for a fixed line in an area 04917. Ranges of
// mobiles are exact, so a number that falls into one, with the calling code and without the digit
// that is dialled before an area, is one. Short ones are left alone: a mistyped number of the home
// country must not become another one.
static bool has_lost_plus(const struct plain *plain, const struct phone_reading *reading,
                          const struct phone_reading *other)
{
    enum { DIGITS_MIN = 11 };
    return plain->count >= DIGITS_MIN && reading->count == plain->count &&
           other->state->kind == PHONE_MOBILE && reading->state->kind != PHONE_MOBILE;
}

// An E.164 number is itself, whatever its plan would take for a prefix in it.
static bool read_e164(const struct phone_rules *rules, const struct plain *plain,
                      struct phone_reading *reading)
{
    size_t len = phone_code(rules, plain->digits, plain->count, &reading->code);
    if (len == 0 || plain->count - len > PHONE_NSN_MAX) return false;
    reading->count = (uint8_t)(plain->count - len);
    reading->state =
        phone_walk(rules, rules->code_start[reading->code], plain->digits + len, reading->count);
    if (!reading->state->kind) return false;
    memcpy(reading->digits, plain->digits + len, reading->count);
    reading->has_code = true;
    reading->is_international = true;
    reading->fault = PHONE_FAULT_NONE;
    reading->plan = &rules->plans[rules->code_plan[reading->code]];
    return true;
}

static void parse_plain(const struct phone_rules *rules, const struct plain *plain,
                        const struct phone_plan *home, struct phone *out)
{
    struct phone_reading reading;
    bool is_e164 = plain->has_plus && !plain->has_gaps && read_e164(rules, plain, &reading);
    if (!is_e164) phone_read(rules, home, plain->has_plus, plain->digits, plain->count, &reading);
    if (phone_is_good(&reading)) {
        struct phone_reading other;
        bool ambiguous = !reading.has_code && is_ambiguous(rules, plain, &reading, &other);
        bool is_other = ambiguous && has_lost_plus(plain, &reading, &other);
        phone_fill(is_other ? &other : &reading, out);
        out->is_ambiguous = ambiguous;
        if (is_other) out->reason = "no_plus";
        return;
    }
    struct phone_typed typed = {plain->digits, plain->count, plain->has_plus, false};
    phone_settle(rules, home, typed, &reading, out);
}

static str parse_once(const struct phone_rules *rules, str text, const struct phone_plan *home,
                      struct phone *out)
{
    struct plain plain;
    if (!take_plain(text, &plain)) return phone_parse_slowly(rules, text, home, out);
    parse_plain(rules, &plain, home, out);
    if (out->level == PHONE_VALID || !plain.has_gaps || plain.count < TWO_NUMBERS_DIGITS_MIN) {
        return (str){"", 0};
    }
    // They may be two numbers with some blanks between them.
    *out = (struct phone){0};
    return phone_parse_slowly(rules, text, home, out);
}

str phone_parse(const struct phone_rules *rules, str text, str country, struct phone *out)
{
    const struct phone_plan *home = phone_rules_plan(rules, country);
    *out = (struct phone){0};
    str rest = parse_once(rules, text, home, out);
    // A number that is only possible may still have a prefix before it. Read it until it stays.
    for (int i = 0; i < PHONE_NSN_MAX && out->level == PHONE_POSSIBLE; i++) {
        struct phone again = {0};
        str e164 = {out->e164, out->len};
        parse_once(rules, e164, home, &again);
        if (str_equal(e164, (str){again.e164, again.len})) break;
        if (again.len) {
            memcpy(again.ext, out->ext, sizeof again.ext);
            again.ext_len = out->ext_len;
            again.used_default_country = out->used_default_country;
            if (!again.reason) again.reason = "trunk_twice";
        }
        *out = again;
    }
    return rest;
}

static bool take_e164(str text, struct plain *plain)
{
    return text.len > 1 && text.data[0] == '+' && text.len <= E164_DIGITS_MAX + 2 &&
           take_plain(text, plain) && !plain->has_gaps;
}

void phone_classify(const struct phone_rules *rules, str e164, struct phone *out)
{
    struct plain plain;
    struct phone_reading reading = {.has_code = true, .state = rules->states};
    *out = (struct phone){0};
    if (!take_e164(e164, &plain)) {
        // Why it stayed as it was typed.
        struct phone typed = {0};
        phone_parse_slowly(rules, e164, NULL, &typed);
        out->level = typed.level == PHONE_MISSING ? PHONE_MISSING : PHONE_INVALID;
        out->reason =
            typed.level == PHONE_VALID || typed.level == PHONE_POSSIBLE ? "not_e164" : typed.reason;
        return;
    }
    out->level = PHONE_INVALID;
    size_t len = phone_code(rules, plain.digits, plain.count, &reading.code);
    size_t count = plain.count - len;
    if (len == 0) {
        out->reason = phone_is_placeholder(plain.digits, plain.count) ? "placeholder"
                                                                      : "unknown_country_code";
    } else if (phone_is_filler(reading.code, plain.digits + len, count)) {
        out->reason = "placeholder";
    } else if (count < 2 || count > PHONE_NSN_MAX) {
        out->reason = count < 2 ? "too_short" : "too_long";
    } else {
        reading.count = (uint8_t)count;
        memcpy(reading.digits, plain.digits + len, count);
        reading.state = phone_walk(rules, rules->code_start[reading.code], reading.digits, count);
        if (reading.state->kind || phone_length_is_possible(rules, reading.code, count)) {
            phone_fill(&reading, out);
            if (!reading.state->kind) out->reason = "unassigned";
            return;
        }
        out->reason = phone_length_fault(rules, reading.code, count);
    }
}

// The kind of a valid E.164 number whose digits are not in a row; PHONE_KIND_NONE for all others.
static enum phone_kind kind_of_plain(const struct phone_rules *rules, str e164)
{
    if (e164.len < 8 || e164.len > E164_DIGITS_MAX || e164.data[0] != '+') return PHONE_KIND_NONE;
    uint8_t digits[3];
    uint16_t code;
    for (int i = 0; i < 3; i++) {
        digits[i] = (uint8_t)(e164.data[i + 1] - '0');
        if (digits[i] > 9) return PHONE_KIND_NONE;
    }
    size_t len = phone_code(rules, digits, 3, &code);
    if (len == 0 || e164.len - 1 - len > PHONE_NSN_MAX) return PHONE_KIND_NONE;
    // phone_is_filler says no unless the first steps are alike.
    const char *national = e164.data + 1 + len;
    int into = national[0] - national[-1], first = national[1] - national[0];
    if (national[2] - national[1] == first || into == first || into == -9) return PHONE_KIND_NONE;
    const struct phone_state *states = rules->states, *state = &states[rules->code_start[code]];
    for (const char *end = e164.data + e164.len; national < end; national++) {
        unsigned digit = (unsigned char)(*national - '0');
        if (digit > 9) return PHONE_KIND_NONE;
        state = &states[state->next[digit]];
    }
    return (enum phone_kind)state->kind;
}

enum phone_level phone_level_of(const struct phone_rules *rules, str e164, enum phone_kind *kind)
{
    *kind = kind_of_plain(rules, e164);
    if (*kind) return PHONE_VALID;
    struct phone phone;
    phone_classify(rules, e164, &phone);
    *kind = phone.kind;
    return phone.level;
}
