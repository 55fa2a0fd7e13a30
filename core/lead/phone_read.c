#include "phone_read.h"

// A run of digits that is part of a longer one.
struct span {
    const uint8_t *digits;
    size_t count;
};

enum { ROOM = PHONE_DIGITS_MAX + PHONE_INSERT_MAX };

static struct span span_from(struct span span, size_t from)
{
    return (struct span){span.digits + from, span.count - from};
}

const struct phone_state *phone_walk(const struct phone_rules *rules, uint16_t start,
                                     const uint8_t *digits, size_t count)
{
    const struct phone_state *states = rules->states, *state = &states[start];
    for (size_t i = 0; i < count && state != states; i++) state = &states[state->next[digits[i]]];
    return state;
}

size_t phone_code(const struct phone_rules *rules, const uint8_t *digits, size_t count,
                  uint16_t *code)
{
    uint16_t value = 0;
    if (count == 0 || digits[0] == 0) return 0;
    for (size_t i = 0; i < 3 && i < count; i++) {
        value = (uint16_t)(value * 10 + digits[i]);
        if (rules->code_plan[value]) {
            *code = value;
            return i + 1;
        }
    }
    return 0;
}

static bool is_whole(const struct phone_rules *rules, const struct phone_plan *plan,
                     struct span number)
{
    return phone_walk(rules, plan->general, number.digits, number.count)->accepts;
}

// The length of the longest match at the start of the number; -1 when there is none.
static ptrdiff_t longest(const struct phone_rules *rules, uint16_t start, struct span number)
{
    const struct phone_state *states = rules->states, *state = &states[start];
    ptrdiff_t length = -1;
    for (size_t i = 0; state != states; i++) {
        if (state->accepts) length = (ptrdiff_t)i;
        if (i == number.count) break;
        state = &states[state->next[number.digits[i]]];
    }
    return length;
}

// What a rule makes of a number that it matches: a part of it, or new digits in room.
static struct span rewrite(const struct phone_prefix *prefix, struct span number, size_t end,
                           uint8_t *room)
{
    if (prefix->drop == PHONE_DROP_ALL) return span_from(number, end);
    if (prefix->insert_len == 0 && prefix->cut == 0) return span_from(number, prefix->drop);
    size_t kept = end - prefix->cut - prefix->drop, count = prefix->insert_len;
    memcpy(room, prefix->insert, count);
    memcpy(room + count, number.digits + prefix->drop, kept);
    count += kept;
    memcpy(room + count, number.digits + end, number.count - end);
    return (struct span){room, count + number.count - end};
}

// Takes off what stands before the national number of a plan. The number as it is when nothing
// does, or when it was a whole number of the plan and would be none.
static struct span strip_prefix(const struct phone_rules *rules, const struct phone_plan *plan,
                                struct span number, uint8_t *room)
{
    const struct phone_prefix *prefix = &rules->prefixes[plan->prefix_first];
    for (size_t i = 0; i < plan->prefix_count; i++, prefix++) {
        ptrdiff_t end = longest(rules, prefix->start, number);
        if (end < 0 || (prefix->whole && (size_t)end != number.count)) continue;
        if (prefix->drop != PHONE_DROP_ALL && prefix->drop + prefix->cut > end) continue;
        struct span rest = rewrite(prefix, number, (size_t)end, room);
        if (is_whole(rules, plan, number) && !is_whole(rules, plan, rest)) return number;
        return rest;
    }
    return number;
}

static bool has_possible_length(const struct phone_plan *plan, size_t count)
{
    return count > plan->length_max || (plan->lengths >> count & 1);
}

// Strips the home country's own calling code where the number makes sense only without it.
static bool strip_own_code(const struct phone_rules *rules, const struct phone_plan *home,
                           struct span *number, uint8_t *room)
{
    size_t len = home->code_len;
    if (number->count < len || memcmp(number->digits, home->code_digits, len) != 0) return false;
    struct span rest = strip_prefix(rules, home, span_from(*number, len), room);
    bool is_too_long = home->lengths && number->count > home->length_max;
    if (!is_too_long && (is_whole(rules, home, *number) || !is_whole(rules, home, rest))) {
        return false;
    }
    *number = rest;
    return true;
}

// Finds and takes off the calling code, if any: reading->has_code and ->code.
static enum phone_fault find_code(const struct phone_rules *rules, const struct phone_plan *home,
                                  bool has_plus, struct span *number, uint8_t *room,
                                  struct phone_reading *reading)
{
    reading->is_international = has_plus;
    if (!has_plus && home) {
        ptrdiff_t end = longest(rules, home->idd, *number);
        bool zero_follows = end >= 0 && (size_t)end < number->count && number->digits[end] == 0;
        if (end >= 0 && !zero_follows) {
            *number = span_from(*number, (size_t)end);
            reading->is_international = true;
        }
    }
    if (reading->is_international) {
        if (number->count <= 2) return PHONE_FAULT_TOO_SHORT;
        size_t len = phone_code(rules, number->digits, number->count, &reading->code);
        if (len == 0) return PHONE_FAULT_UNKNOWN_CODE;
        *number = span_from(*number, len);
        reading->has_code = true;
    } else if (home && strip_own_code(rules, home, number, room)) {
        reading->code = home->code;
        reading->has_code = true;
    }
    return PHONE_FAULT_NONE;
}

static enum phone_fault find_number(const struct phone_rules *rules, const struct phone_plan *home,
                                    bool has_plus, struct span *number, uint8_t *room,
                                    struct phone_reading *reading)
{
    struct span all = *number;
    if (!home && !has_plus) return PHONE_FAULT_NO_COUNTRY;
    enum phone_fault fault = find_code(rules, home, has_plus, number, room, reading);
    if (fault == PHONE_FAULT_UNKNOWN_CODE && has_plus) {
        *number = all;
        fault = find_code(rules, home, false, number, room, reading);
        if (!fault && !reading->has_code) return PHONE_FAULT_UNKNOWN_CODE;
    }
    if (fault) return fault;
    reading->plan = reading->has_code ? &rules->plans[rules->code_plan[reading->code]] : home;
    reading->code = reading->plan->code;
    return number->count < 2 ? PHONE_FAULT_TOO_SHORT : PHONE_FAULT_NONE;
}

bool phone_read(const struct phone_rules *rules, const struct phone_plan *home, bool has_plus,
                const uint8_t *digits, size_t count, struct phone_reading *reading)
{
    // Two rooms: the number may be rewritten in step 2 and again in step 4.
    uint8_t first[ROOM], second[ROOM];
    struct span number = {digits, count};
    reading->has_code = false;
    reading->count = 0;
    reading->code = 0;
    reading->plan = NULL;
    reading->state = rules->states;
    reading->fault = find_number(rules, home, has_plus, &number, first, reading);
    if (reading->fault) return false;
    struct span rest = strip_prefix(rules, reading->plan, number, second);
    if (has_possible_length(reading->plan, rest.count)) number = rest;
    if (number.count < 2 || number.count > PHONE_NSN_MAX) {
        reading->fault = number.count < 2 ? PHONE_FAULT_TOO_SHORT : PHONE_FAULT_TOO_LONG;
        return false;
    }
    memcpy(reading->digits, number.digits, number.count);
    reading->count = (uint8_t)number.count;
    reading->state =
        phone_walk(rules, rules->code_start[reading->code], number.digits, number.count);
    return reading->state->kind != 0;
}
