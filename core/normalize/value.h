// What every function of this folder answers: one value in canonical form, or as it was typed.
//
//     struct value country = country_code(&tables, cell, &arena);
//     if (country.reason) journal(cell, country.text, country.reason);
//     if (!country.is_valid) count_as_unreadable(cell);
//
// All of them are pure: the same text, rules and context give the same answer, in any thread; and
// idempotent: a canonical value is its own canonical form. Text is a view of the input, of the
// rules, a literal, or new text in the arena that was passed.
#ifndef NORMALIZE_VALUE_H
#define NORMALIZE_VALUE_H

#include "core/base/str.h"

struct value {
    str text;           // canonical; as typed when is_valid is false
    const char *reason; // NULL when the text is unchanged, else a short code for the journal
    bool is_valid;      // false: could not be made canonical
};

static inline struct value value_kept(str text) { return (struct value){text, NULL, true}; }

static inline struct value value_bad(str typed) { return (struct value){typed, NULL, false}; }

// `text` in place of `typed`; no change and no reason when they are equal.
static inline struct value value_of(str typed, str text, const char *reason)
{
    if (str_equal(typed, text)) return value_kept(typed);
    return (struct value){text, reason, true};
}

#endif
