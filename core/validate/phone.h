// What the telephone numbers of a lead are worth: phone and mobile together.
//
//     struct phone_finding finding = phone_check(phones, phone, mobile);
//     // finding.status "valid", finding.kind "mobile"
//
// The one place of this folder that knows core/lead/phone.h.
#ifndef VALIDATE_PHONE_H
#define VALIDATE_PHONE_H

#include "core/base/str.h"

struct phone_rules;

struct phone_finding {
    str status;     // "valid", "possible", "invalid", "missing": that of the better number
    str kind;       // its kind, or ""
    bool is_usable; // valid or possible
};

// rules may be NULL: then numbers are judged by their form alone.
struct phone_finding phone_check(const struct phone_rules *rules, str phone, str mobile);

#endif
