// Dates and times to ISO 8601.
//
//     struct date_votes votes = {0};
//     for (each cell of the column in the profile window) date_evidence(&rules, cell, &votes);
//     struct date_decision decision = date_order_decide(&votes, DATE_DAY_FIRST);
//     struct date_context context = {.order = decision.order, .year_now = 2026};
//     struct value at = date_normalize(&rules, STR("13.10.2026 klo 14.05"), &context, &arena);
//                                                       // 2026-10-13T14:05:00
//
// Day or month first is a property of the column, not of the cell: 08/09/2026 cannot be read alone.
// So columns are looked at first, one order is decided, and a cell that contradicts it stays as
// typed. Read: ISO 8601 (also basic), d.m.y, m/d/y, y/m/d with any separator, two-digit years,
// month names in 13 languages, ordinals, weekdays, 12 and 24 hour times, offsets, UTC and the
// common zone names, seconds and milliseconds since 1970, and spreadsheet serial numbers where the
// column holds them. Written: YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS with the offset that was given;
// none is invented (a column's zone is told by its header, profile or user) and no time is added.
// Canonical cells cost about 5 ns, others 100 to 200 ns.
#ifndef NORMALIZE_DATE_H
#define NORMALIZE_DATE_H

#include "core/base/arena.h"
#include "core/rules/list.h"
#include "value.h"

enum date_order {
    DATE_ORDER_UNKNOWN, // only cells that leave no doubt are read
    DATE_ISO,           // year, month, day
    DATE_DAY_FIRST,
    DATE_MONTH_FIRST,
    DATE_YEAR_FIRST, // as ISO, and two-digit years come first too
};

struct date_rules {
    struct table table;
    struct map words; // folded word -> 1..12 a month, or enum date_word
    struct arena arena;
};

struct date_context {
    enum date_order order;
    int year_now;     // two-digit years lie in the century that ends 20 years after it; 0: 2025
    int year_missing; // the year of dates without one ("22 Mar"); 0: they are not read
    bool is_serial;   // the column holds spreadsheet serial numbers
    bool has_zone;    // times without an offset are in the zone
    int zone;         // minutes east of UTC
};

// What the cells of a column show.
struct date_votes {
    size_t day_first, month_first; // proven: the other number is above 12
    size_t open;                   // day and month both up to 12 and different
    size_t dotted;                 // of those: written with dots, as day-first countries do
    size_t half_days;              // AM or PM
    size_t year_first, named;      // ISO and the like; with the name of a month: no question
    size_t serial, epoch;
    size_t other; // no date
};

struct date_decision {
    enum date_order order;
    bool is_assumed;  // nothing proves it: the dots or the default decided
    bool is_conflict; // both orders are proven: order is unknown
    bool is_serial;
};

// Reads normalize/month_names.tsv. The rulebook must outlive the rules.
bool date_rules_load(struct date_rules *rules, struct rulebook *book, struct err *err);
void date_rules_release(struct date_rules *rules);

// The cell must be cleaned (text.h). Reasons: iso_date, epoch, excel_serial, zone. Not valid: no
// date, no such day, in doubt, years before 1900 or after 2100, and the placeholders 1900-01-01 and
// 1970-01-01 at midnight.
struct value date_normalize(const struct date_rules *rules, str cell,
                            const struct date_context *context, struct arena *arena);

// Minutes east of UTC of a zone as people write it: "UTC", "EET", "+02:00", "GMT+2", "UTC-05:00
// New York". False when it is none, or one that means several (CST, IST).
bool date_zone(str text, int *minutes);

// A zone in brackets, or UTC as the last word, of the header of a time: "Submit Date (UTC)". *rest
// is the header up to it.
bool date_zone_of_header(str header, str *rest, int *minutes);

// The only year from 2000 to 2099 that stands in a text, such as the name of a trade show; 0 when
// there is none or there are several.
int date_year_in(str text);

// Whether the cell is a time as date_normalize writes it.
bool date_is_canonical(str cell);

// Counts what a cell shows. Empty cells show nothing.
void date_evidence(const struct date_rules *rules, str cell, struct date_votes *votes);

// One proven cell settles the order; cells that prove the opposite make a conflict. Without proof,
// dots mean day first; else usual (the profile's or country's order) is taken.
struct date_decision date_order_decide(const struct date_votes *votes, enum date_order usual);

#endif
