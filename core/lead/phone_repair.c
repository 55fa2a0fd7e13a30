#include "phone_repair.h"

// --- fillers ------------------------------------------------------------------------------------

bool phone_is_placeholder(const uint8_t *digits, size_t count)
{
    // The first three tell most numbers apart; a rising row begins too low to wrap there.
    if (count < 5 || digits[2] - digits[1] != digits[1] - digits[0]) return false;
    bool alike = true, rising = digits[0] <= 1, falling = digits[0] == 9 && count >= 9;
    for (size_t i = 1; i < count && (alike || rising || falling); i++) {
        alike = alike && digits[i] == digits[0];
        rising = rising && digits[i] == (digits[i - 1] + 1) % 10;
        falling = falling && digits[i] + 1 == digits[i - 1];
    }
    return alike || rising || falling;
}

static size_t put_code(uint16_t code, uint8_t *digits)
{
    size_t count = 0;
    if (code >= 100) digits[count++] = (uint8_t)(code / 100);
    if (code >= 10) digits[count++] = (uint8_t)(code / 10 % 10);
    digits[count++] = (uint8_t)(code % 10);
    return count;
}

bool phone_is_filler(uint16_t code, const uint8_t *digits, size_t count)
{
    if (phone_is_placeholder(digits, count)) return true;
    // Alike, rising or falling across the end of the code: else there is no need to join them.
    int step = count ? digits[0] - code % 10 : 0;
    if (count < 2 || count > PHONE_NSN_MAX || (step != digits[1] - digits[0] && step != -9)) {
        return false;
    }
    uint8_t all[3 + PHONE_NSN_MAX];
    size_t len = put_code(code, all);
    memcpy(all + len, digits, count);
    return phone_is_placeholder(all, len + count);
}

// --- repairs ------------------------------------------------------------------------------------

static bool apply_template(const struct phone_rules *rules, const struct phone_repair *repair,
                           const struct phone_reading *from, struct phone_reading *to)
{
    if (repair->open ? from->count < repair->from_len : from->count != repair->from_len) {
        return false;
    }
    uint8_t taken[PHONE_TEMPLATE_MAX], digits[PHONE_TEMPLATE_MAX + PHONE_NSN_MAX];
    size_t takes = 0, at = 0;
    for (size_t i = 0; i < repair->from_len; i++) {
        uint16_t choice = repair->from[i];
        if (!(choice >> from->digits[i] & 1)) return false;
        if (choice & (choice - 1)) taken[takes++] = from->digits[i];
    }
    for (size_t i = 0, take = 0; i < repair->to_len; i++) {
        digits[at++] = repair->to[i] == PHONE_TAKE ? taken[take++] : repair->to[i];
    }
    size_t tail = (size_t)(from->count - repair->from_len);
    memcpy(digits + at, from->digits + repair->from_len, tail);
    at += tail;
    if (at > PHONE_NSN_MAX) return false;
    *to = *from;
    memcpy(to->digits, digits, at);
    to->count = (uint8_t)at;
    to->state = phone_walk(rules, rules->code_start[to->code], digits, at);
    return phone_is_good(to);
}

static const char *repair_national(const struct phone_rules *rules, struct phone_typed typed,
                                   const struct phone_reading *from, struct phone_reading *to)
{
    if (from->fault) return NULL;
    for (uint32_t i = 0; i < rules->repair_count; i++) {
        const struct phone_repair *repair = &rules->repairs[i];
        if (repair->code == from->code && apply_template(rules, repair, from, to)) {
            return repair->reason;
        }
    }
    // 00 leads abroad, not to a number of the home country.
    bool leads_abroad = !from->has_code && typed.digits[0] == 0 && typed.digits[1] == 0;
    if (from->count < 5 || from->digits[0] != 0 || leads_abroad) return NULL;
    *to = *from;
    to->count--;
    memcpy(to->digits, from->digits + 1, to->count);
    to->state = phone_walk(rules, rules->code_start[to->code], to->digits, to->count);
    return phone_is_good(to) ? "trunk_zero" : NULL;
}

bool phone_read_abroad(const struct phone_rules *rules, const uint8_t *digits, size_t count,
                       struct phone_reading *to)
{
    return phone_read(rules, NULL, true, digits, count, to) && phone_is_good(to);
}

// Repairs of how the calling code is written.
static const char *repair_code(const struct phone_rules *rules, const struct phone_plan *home,
                               struct phone_typed typed, struct phone_reading *to)
{
    const uint8_t *digits = typed.digits;
    size_t count = typed.count;
    if (count >= 10 && digits[0] == 0 && digits[1] == 0 &&
        phone_read_abroad(rules, digits + 2, count - 2, to)) {
        return "idd_00";
    }
    if (count >= 12 && digits[0] == 0 && digits[1] == 1 && digits[2] == 1 &&
        phone_read_abroad(rules, digits + 3, count - 3, to)) {
        return "idd_00";
    }
    if (home && home->code == 7 && typed.has_plus && count == 11 && digits[0] == 8) {
        uint8_t seven[11] = {7};
        memcpy(seven + 1, digits + 1, 10);
        if (phone_read_abroad(rules, seven, 11, to)) return "plus_8";
    }
    // A mistyped number of the home country must not become another country's.
    size_t digits_min = home ? 11 : 10;
    if (typed.has_plus || typed.is_vanity || count < digits_min || count > 15) return NULL;
    if (home && phone_length_is_possible(rules, home->code, count)) return NULL;
    return phone_read_abroad(rules, digits, count, to) ? "no_plus" : NULL;
}

const char *phone_repair(const struct phone_rules *rules, const struct phone_plan *home,
                         struct phone_typed typed, const struct phone_reading *reading,
                         struct phone_reading *to)
{
    // What was typed to fill the field must not become someone's number.
    if (reading->state->kind || phone_is_placeholder(typed.digits, typed.count)) return NULL;
    const char *reason = repair_national(rules, typed, reading, to);
    return reason ? reason : repair_code(rules, home, typed, to);
}

// --- what remains -------------------------------------------------------------------------------

const char *phone_length_fault(const struct phone_rules *rules, uint16_t code, size_t count)
{
    uint32_t lengths = rules->plans[rules->code_plan[code]].lengths;
    if (!(lengths >> count)) return "too_long";
    return lengths & ((1u << count) - 1) ? "bad_length" : "too_short";
}

static bool is_possible(const struct phone_rules *rules, const struct phone_reading *reading)
{
    return !reading->fault && phone_length_is_possible(rules, reading->code, reading->count);
}

// Why a reading is no valid number, nor a possible one.
static const char *fault_reason(const struct phone_rules *rules, struct phone_typed typed,
                                const struct phone_reading *reading)
{
    static const char *const reasons[] = {
        [PHONE_FAULT_NOT_A_NUMBER] = "not_a_number",
        [PHONE_FAULT_NO_COUNTRY] = "no_country",
        [PHONE_FAULT_UNKNOWN_CODE] = "unknown_country_code",
        [PHONE_FAULT_TOO_SHORT] = "too_short",
        [PHONE_FAULT_TOO_LONG] = "too_long",
    };
    if (typed.count < 5) return "too_short";
    if (reading->fault) return reasons[reading->fault];
    return phone_length_fault(rules, reading->code, reading->count);
}

void phone_fill(const struct phone_reading *reading, struct phone *out)
{
    uint8_t code[3];
    size_t len = put_code(reading->code, code), at = 0;
    out->e164[at++] = '+';
    for (size_t i = 0; i < len; i++) out->e164[at++] = (char)('0' + code[i]);
    for (size_t i = 0; i < reading->count; i++) out->e164[at++] = (char)('0' + reading->digits[i]);
    out->e164[at] = '\0';
    out->len = (uint8_t)at;
    out->code = reading->code;
    out->kind = (enum phone_kind)reading->state->kind;
    out->level = out->kind ? PHONE_VALID : PHONE_POSSIBLE;
    memcpy(out->region, reading->state->region, 2);
    out->used_default_country = !reading->has_code;
}

bool phone_settle(const struct phone_rules *rules, const struct phone_plan *home,
                  struct phone_typed typed, const struct phone_reading *reading, struct phone *out)
{
    struct phone_reading to;
    out->level = PHONE_INVALID;
    out->reason = phone_repair(rules, home, typed, reading, &to);
    if (out->reason) {
        phone_fill(&to, out);
    } else if (phone_is_placeholder(typed.digits, typed.count) ||
               (!reading->fault &&
                phone_is_filler(reading->code, reading->digits, reading->count))) {
        out->reason = "placeholder";
    } else if (typed.count >= 5 && is_possible(rules, reading)) {
        phone_fill(reading, out);
        out->reason = "unassigned";
    } else {
        out->reason = fault_reason(rules, typed, reading);
    }
    return out->level == PHONE_VALID;
}
