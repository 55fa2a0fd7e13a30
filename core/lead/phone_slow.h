// The slow way to read a telephone number: letters, foreign digits, extensions, several numbers in
// one text, spreadsheets' figures. phone.c takes the fast one first; nothing else includes this.
#ifndef LEAD_PHONE_SLOW_H
#define LEAD_PHONE_SLOW_H

#include "phone_read.h"

// phone_parse without its fast way; *out is zeroed. Returns the text of further numbers.
str phone_parse_slowly(const struct phone_rules *rules, str text, const struct phone_plan *home,
                       struct phone *out);

#endif
