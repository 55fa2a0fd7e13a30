// What a column of an export can be: a column of the lead, or one of the words below for what has
// to be worked on before it is one (a whole name, an opt-out by channel, a duration as text).
//
// The numbers of the lead's own columns are the FIELD_* of core/lead/schema.h.
#ifndef NORMALIZE_TARGET_H
#define NORMALIZE_TARGET_H

#include "core/lead/schema.h"

// number, word in rules and reports
#define TARGET_WORDS(X)                                                                            \
    X(FULL_NAME, "full_name")             /* first, middle and last name in one cell */            \
    X(NAME_SUFFIX, "name_suffix")         /* Jr., PhD: kept in extra */                            \
    X(ADDRESS, "address")                 /* a street, or a whole address in one cell */           \
    X(HOUSE_NUMBER, "house_number")       /* goes behind the street */                             \
    X(STREET_MORE, "street_more")         /* second line of the street: c/o, box, floor */         \
    X(POSTAL_CITY, "postal_city")         /* postal code and city in one cell */                   \
    X(LEAD_SOURCE, "lead_source")         /* the system's own word for the source, per lead */     \
    X(SUBSCRIPTION, "subscription")       /* subscribed, unsubscribed, cleaned ... */              \
    X(OPT_OUT_EMAIL, "opt_out_email")     /* yes or a date: no e-mail wanted */                    \
    X(OPT_OUT_PHONE, "opt_out_phone")     /* the same for calls */                                 \
    X(OPT_OUT_MAIL, "opt_out_mail")       /* for letters */                                        \
    X(OPT_OUT_ALL, "opt_out_all")         /* for everything */                                     \
    X(DURATION, "duration")               /* minutes, or text such as 1h 2m 6s */                  \
    X(ATTENDEE_STATUS, "attendee_status") /* checked in, not attending, refunded */                \
    X(CHECKED_IN_AT, "checked_in_at")     /* a time when attended, empty when not */               \
    X(APPROVAL, "approval")               /* approved, denied: kept in extra */                    \
    X(TEST_LEAD, "test_lead")             /* yes: a test of the form, not a lead */                \
    X(ID, "id")                           /* the export's own number; used with a key */           \
    X(UTM_SOURCE, "utm_source")           /* kept in extra */                                      \
    X(UTM_MEDIUM, "utm_medium")                                                                    \
    X(UTM_TERM, "utm_term")                                                                        \
    X(UTM_CONTENT, "utm_content")                                                                  \
    X(COMPANY_PHONE, "company_phone")   /* a switchboard: never the person's, kept in extra */     \
    X(COMPANY_STREET, "company_street") /* the company's address: the lead's when the export */    \
    X(COMPANY_CITY, "company_city")     /* has none for the person */                              \
    X(COMPANY_REGION, "company_region")                                                            \
    X(COMPANY_POSTAL_CODE, "company_postal_code")                                                  \
    X(COMPANY_COUNTRY, "company_country")                                                          \
    X(EXTRA, "extra")   /* known or unknown, kept in extra */                                      \
    X(IGNORE, "ignore") /* dropped because the user said so, or empty without a name */

#define TARGET_NUMBER(id, word) TARGET_##id,
enum target { TARGET_FIRST = LEAD_FIELD_COUNT - 1, TARGET_WORDS(TARGET_NUMBER) TARGET_COUNT };
#undef TARGET_NUMBER

// The word for a target: the name of the lead's column, or one of the above.
str target_name(int target);

// The target of that word, or -1. "extra" is TARGET_EXTRA; FIELD_EXTRA, the JSON object of a file
// that is ours already, is found by schema_find.
int target_find(str word);

#endif
