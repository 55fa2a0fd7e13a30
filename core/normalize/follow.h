// Tells records from other lines inside a table: repeated headers, totals, footers, the tables
// behind it.
//
//     struct follow follow;
//     follow_init(&follow, &knowledge, plan);
//     follow_rows(&follow, &records, faults, text);      // now only the records are left
//
// Costs a few nanoseconds a record: only lines with nothing but their first cell, and those that
// begin like the header or a total, are looked at more closely.
#ifndef NORMALIZE_FOLLOW_H
#define NORMALIZE_FOLLOW_H

#include "core/csv/records.h"
#include "plan.h"

struct follow {
    const struct knowledge *knowledge;
    const struct export_plan *plan;
    int email_column;             // -1 = none
    uint32_t header_column;       // the first that has a name
    enum skip_kind behind;        // SKIP_COUNT inside the table, else what lines are now
    uint64_t skipped[SKIP_COUNT]; // counted by this follow; blank lines are the reader's
    struct arena arena;           // scratch
};

void follow_init(struct follow *follow, const struct knowledge *knowledge,
                 const struct export_plan *plan);
void follow_release(struct follow *follow);

// How far behind a line the next one is looked for.
enum { FOLLOW_AHEAD_BYTES = 64 << 10 };

// Takes the lines out of records that are none. faults (may be NULL) goes with the records. text is
// what the records' block was made from, from its first byte, and FOLLOW_AHEAD_BYTES behind the
// block, or all there is.
void follow_rows(struct follow *follow, struct records *records, unsigned char *faults, str text);

#endif
