// Which column of an export is which column of a lead.
//
// In this order, the first that answers: what the user said; what the source profile says; our own
// columns; the header as a whole, known in 16 languages; words of a question, when the values
// agree; the values alone. A header with several meanings (Title, Name, State, URL) is decided by
// its neighbours and by its values. What no answer is found for stays, under its own name, in
// extra.
//
//     struct mapping mapping = {.columns = columns, .count = count};    // headers and counts
//     filled mapping_decide(&mapping, &knowledge, profile, wishes, wish_count, &arena);
//
// Works on headers and counts of looks only, so costs nothing that grows with the file.
#ifndef NORMALIZE_MAPPING_H
#define NORMALIZE_MAPPING_H

#include "person.h"
#include "sheet.h"
#include "target.h"

// Why a column was taken for what it is.
enum mapping_why {
    WHY_NOTHING, // unknown: extra
    WHY_USER,
    WHY_PROFILE,
    WHY_OWN,      // a column of ours, in a file of ours
    WHY_HEADER,   // the header is known
    WHY_CHOICE,   // of several meanings, by neighbours and values
    WHY_QUESTION, // words in the header, confirmed by the values
    WHY_VALUES,   // the values alone
    WHY_VETO,     // the header is known, but the values are something else: extra
    WHY_FALLBACK, // the company's address, as there is none of the person
    WHY_COUNT
};

// A short phrase for reports: "header", "source profile", ...
const char *mapping_why_text(enum mapping_why why);

// What the order of whole names is taken from.
enum name_basis {
    NAMES_BY_NOTHING, // given name first, as most are
    NAMES_BY_USER,
    NAMES_BY_VALUES,
    NAMES_BY_PROFILE,
    NAMES_BY_HEADER,
    NAMES_BY_COUNTRY, // of the leads
};

// What the zone of times without an offset is taken from.
enum zone_basis { ZONE_BY_NOTHING, ZONE_BY_USER, ZONE_BY_HEADER, ZONE_BY_PROFILE };

struct plan_column {
    str name; // the header, blanks and invisible characters tidied; "" when there is none
    str key;  // the column's name in extra: the header, with " 2" behind it when it comes again
    str folded;
    int target;
    // Of the columns with one target, in the order in which they are asked: 0 first. The first that
    // holds something fills the field. Of email and phone columns the next value fills email_other
    // or phone_other; notes and interest take all; of any other field it goes to extra.
    unsigned rank;
    const struct column_rule *rule; // of the profile, NULL = none; its rules stand in order
    str prefix;                     // to be taken off each value that begins with it
    enum mapping_why why;
    unsigned confidence;        // percent
    unsigned languages;         // of the header: bits of synonyms->languages
    struct value_counts counts; // of the sampled rows; filled in before mapping_decide
    struct date_votes votes;    // of the whole window; only for columns of times
    struct date_decision dates;
    enum zone_basis zone_by;   // only for columns of times; by nothing: they are in no zone
    int zone;                  // minutes east of UTC
    struct person_votes names; // of the whole window; only for columns of whole names
    enum person_order name_order;
    enum name_basis names_by;
};

// The user's word: this column is that field.
struct mapping_wish {
    str header; // folded
    int target;
    bool used; // set when the column is there
};

struct mapping {
    struct plan_column *columns; // name, key and counts filled in
    size_t count;
};

void mapping_decide(struct mapping *mapping, const struct knowledge *knowledge,
                    const struct source_profile *profile, struct mapping_wish wishes[],
                    size_t wish_count, struct arena *arena);

// For a list without headers, after mapping_decide: names, countries and web sites are taken by
// their values too.
void mapping_headerless(struct mapping *mapping);

// The best column of a target, or -1.
int mapping_column(const struct mapping *mapping, int target);

// Whether a lead can be reached through any of the columns: address, phone, profile, or street with
// a city or postal code.
bool mapping_has_contact(const struct mapping *mapping);

// Whether the target is a time.
bool target_is_time(int target);

#endif
