// Digits -> calling code and national number, and whether that is a valid one.
//
// The steps are libphonenumber's, in its order (each can change what the next one sees):
//   1. a plus, or the home country's international prefix unless a 0 follows, leads to a calling
//      code; the shortest of one to three digits that is one (they are prefix-free). After a plus
//      that leads to none, the number is read as if there were no plus.
//   2. without either, the home country's own code is stripped when the whole is no number of the
//      plan and the rest is, or when the whole is too long.
//   3. the plan is that of the code's main country, or the home country's when no code was read.
//   4. a national prefix, a carrier code or an area code that has to be rewritten is taken off,
//      unless the number was a whole number of the plan and no longer is; and only where what is
//      left has a possible length or is too long.
//   5. validity, country and kind come from one walk through the code's automaton.
#ifndef LEAD_PHONE_READ_H
#define LEAD_PHONE_READ_H

#include "phone.h"
#include "phone_text.h"

enum phone_fault {
    PHONE_FAULT_NONE,
    PHONE_FAULT_NOT_A_NUMBER,
    PHONE_FAULT_NO_COUNTRY,
    PHONE_FAULT_UNKNOWN_CODE,
    PHONE_FAULT_TOO_SHORT,
    PHONE_FAULT_TOO_LONG,
};

struct phone_reading {
    enum phone_fault fault;
    bool is_international;         // a plus or an international prefix was typed
    bool has_code;                 // the calling code was typed, with or without a prefix
    uint8_t count;                 // of digits
    uint8_t digits[PHONE_NSN_MAX]; // national number, values
    uint16_t code;
    const struct phone_plan
        *plan; // of the code's main country, or the home country; not set for a fault
    const struct phone_state *state; // where the number ends; its kind is 0 when it is not valid
};

// Reads digits; home may be NULL. Fills *reading; true when it is a valid number.
bool phone_read(const struct phone_rules *rules, const struct phone_plan *home, bool has_plus,
                const uint8_t *digits, size_t count, struct phone_reading *reading);

// The state in which a national number of a calling code ends; its kind says whether it is valid.
const struct phone_state *phone_walk(const struct phone_rules *rules, uint16_t start,
                                     const uint8_t *digits, size_t count);

// The number of digits (1 to 3) of the calling code at the start, 0 when there is none.
size_t phone_code(const struct phone_rules *rules, const uint8_t *digits, size_t count,
                  uint16_t *code);

// Whether a national number of this code may have so many digits (the main country's plan).
static inline bool phone_length_is_possible(const struct phone_rules *rules, uint16_t code,
                                            size_t count)
{
    return count <= PHONE_NSN_MAX && (rules->plans[rules->code_plan[code]].lengths >> count & 1);
}

#endif
