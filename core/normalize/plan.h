// What was understood of one export: how it is written, where its table is, what each column is,
// what holds for all of its records.
//
// Decided from the start of the file, the profile window, and from nothing else, so that the same
// bytes give the same plan, from a file or a pipe. A plan does not change afterwards; batches of
// records point to it as their origin.
#ifndef NORMALIZE_PLAN_H
#define NORMALIZE_PLAN_H

#include "core/csv/decode.h"
#include "core/csv/dialect.h"
#include "core/lead/columns.h"
#include "mapping.h"

// The user's word: the column of that header is that field (a column of the lead or a word of
// target.h).
struct export_mapping {
    str header, field;
};

// What the user says of an input. Zeroed is nothing.
struct export_options {
    str source; // one of the twelve words, or the name of a profile
    str source_name, source_campaign;
    str country;       // default, alpha-2
    bool has_encoding; // encoding is given
    enum encoding encoding;
    char delimiter;          // 0 = guess
    enum date_order dates;   // DATE_ORDER_UNKNOWN = guess
    enum person_order names; // PERSON_ORDER_UNKNOWN = guess
    bool has_zone;           // zone is given: minutes east of UTC
    int zone;
    uint64_t header_line; // the line of the header row; 0 = find it
    unsigned threads;     // more than 1: a second one may look at it, too
    bool is_look;         // to be looked at only: what has no contact is no error but is_refused
    const struct export_mapping *mappings;
    size_t mapping_count;
};

// What an order of dates is taken from, where a column's own dates do not show it.
enum date_basis {
    DATES_BY_NOTHING, // they are not read
    DATES_BY_USER,
    DATES_BY_COLUMNS, // other columns show it
    DATES_BY_PROFILE,
    DATES_BY_CLOCK,   // AM and PM
    DATES_BY_COUNTRY, // of the leads: a guess, and so is the next
    DATES_BY_LANGUAGE,
};

struct plan_note {
    str text; // for the user, without the file's name
    struct plan_note *next;
};

struct export_plan {
    struct arena arena;
    const char *name; // as messages name the input
    str file;         // its base name: the leads' source_file
    struct decoding decoding;
    struct dialect dialect;
    const struct source_profile *profile; // NULL = not recognised
    const struct recognition *recognised; // by what; NULL = asked for, or not recognised
    struct sheet_table *tables;           // of the file's start, in order
    size_t table_count;
    bool has_header, header_known;   // see sheet.h
    uint64_t header_line, body_line; // physical, 1-based; header_line 0 = none
    size_t body;                     // bytes of decoded text before the first record
    struct mapping mapping;
    const struct columns *columns; // of the batches: the keys of the mapping's columns
    str *header;                   // the header row's cells, as written; NULL without one
    uint64_t skipped[SKIP_COUNT];  // above the table

    // For every record that has nothing of its own:
    str source, source_name, campaign;
    str key;               // what a lead_id from the id column begins with
    int year;              // of dates without one: the campaign's, else the preamble's; 0 = none
    str created;           // the event's date as the preamble has it; len 0 = none
    str country;           // default; len 0 = none
    enum date_order dates; // for the preamble's date and columns that show no order
    enum date_basis dates_by;
    enum zone_basis zone_by; // of the preamble's date and columns whose header names no zone
    int zone;                // minutes east of UTC
    // Helps to read numbers and names, and is not written:
    str majority_country;    // of the countries and calling codes in the window; len 0 = none
    str language;            // of the header; len 0 = none
    uint64_t window_records; // of a large window an estimate
    bool is_whole;           // the window is all of the file
    bool is_refused;         // no column reaches anybody: these are no leads

    struct plan_note *notes; // warnings, in order
    struct plan_note **last_note;
};

// Makes the plan from decoded text, the start of the file; is_whole says that it is all of it. name
// and file are kept as views. plan->decoding is filled in by the caller. An empty text is a plan
// without columns and a note. False with err (ERR_DATA) when the file cannot be leads, ERR_USAGE
// when the options do not fit it.
bool plan_make(struct export_plan *plan, const struct knowledge *knowledge,
               const struct export_options *options, str text, bool is_whole, const char *name,
               str file, struct err *err);

void plan_release(struct export_plan *plan);

// The error of a plan that is_refused: returns false with err, which names the columns.
bool plan_refuse(const struct export_plan *plan, struct err *err);

// "day first", "month first", "year first", "not read".
const char *date_order_text(enum date_order order);

__attribute__((format(printf, 2, 3))) void plan_note(struct export_plan *plan, const char *format,
                                                     ...);

#endif
