// Repairs of digits that are no valid number as they are, and the reasons of those that stay so.
// Knows nothing of text.
#ifndef LEAD_PHONE_REPAIR_H
#define LEAD_PHONE_REPAIR_H

#include "phone_read.h"

// The digits that were typed.
struct phone_typed {
    const uint8_t *digits; // values
    size_t count;
    bool has_plus;
    bool is_vanity;
};

// A number that is not valid as it was read -> one that is, in *to, and the reason. NULL when no
// repair gives a valid number.
const char *phone_repair(const struct phone_rules *rules, const struct phone_plan *home,
                         struct phone_typed typed, const struct phone_reading *reading,
                         struct phone_reading *to);

// Why a national number of this many digits (17 at most) cannot be: too_short, too_long,
// bad_length.
const char *phone_length_fault(const struct phone_rules *rules, uint16_t code, size_t count);

// Digits that people type to fill a field: all alike, 12345..., 01234..., 98765...
bool phone_is_placeholder(const uint8_t *digits, size_t count);

// Whether a calling code and a number under it are digits typed to fill a field, alone or together.
bool phone_is_filler(uint16_t code, const uint8_t *digits, size_t count);

// Whether a reading is a valid number that means someone.
static inline bool phone_is_good(const struct phone_reading *reading)
{
    return reading->state->kind && !phone_is_filler(reading->code, reading->digits, reading->count);
}

// phone_read of digits that begin with a calling code; true when that gives a good number.
bool phone_read_abroad(const struct phone_rules *rules, const uint8_t *digits, size_t count,
                       struct phone_reading *to);

// Writes the E.164 form and what is known of a number; level VALID or POSSIBLE.
void phone_fill(const struct phone_reading *reading, struct phone *out);

// Fills *out with what digits without any text around them are: valid as read, repaired, possible,
// or not. True when valid.
bool phone_settle(const struct phone_rules *rules, const struct phone_plan *home,
                  struct phone_typed typed, const struct phone_reading *reading, struct phone *out);

#endif
