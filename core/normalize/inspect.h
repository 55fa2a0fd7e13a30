// What becomes of the records of an export, counted as the normalize stage fills them: the facts
// that `leadpipe inspect` shows beside the plan.
//
//     struct inspection inspection;
//     inspection_init(&inspection, plan);
//     struct normalize_options made = {..., .watch = inspection_watch, .watch_state = &inspection};
//     ... run the stage in one thread ...
//     inspection.columns[3].before, .after, .filled ...
//
// It decides nothing: fields, examples and reasons are those that the stage's own steps have set.
// Memory: two short texts a column.
#ifndef NORMALIZE_INSPECT_H
#define NORMALIZE_INSPECT_H

#include "filler.h"

// What has happened to a file before it came to us, seen in its values.
enum damage {
    DAMAGE_SCIENTIFIC, // 3.58E+11: a number that a spreadsheet has rounded
    DAMAGE_FLOAT,      // 358405550199.0: a number that was a number for a while
    DAMAGE_SERIAL,     // 45123: a date as a spreadsheet counts it
    DAMAGE_ZEROS,      // 1230 for 01230: leading zeros lost, in postal codes and company ids
    DAMAGE_CELL_ERROR, // #NAME? ######
    DAMAGE_MOJIBAKE,   // JÃ¼rgen: text that was decoded wrongly
    DAMAGE_REPLACED,   // U+FFFD or bytes of no encoding: letters that are lost
    DAMAGE_COUNT
};

// "scientific", "float", ... as JSON names them.
const char *damage_name(enum damage damage);

struct inspected_column {
    uint64_t filled; // cells that hold something
    uint64_t taken;  // of those: taken by a field; the others are left for extra
    uint64_t damage[DAMAGE_COUNT];
    str damaged;       // the first damaged cell
    str before, after; // an example: the cell, and what the lead holds; both "" when none is filled
    int example_rank;  // how good the example is
};

struct inspection {
    const struct export_plan *plan;
    struct arena arena;
    struct inspected_column *columns;         // [plan->mapping.count]
    uint64_t leads;                           // records that were filled
    uint64_t with_field[LEAD_FIELD_COUNT];    // leads that have something in the field
    uint64_t times_with_offset, times_of_day; // of all times: with an offset; without
    uint64_t default_country, phone_country;  // countries that came from there
    uint64_t guessed_numbers;                 // leads with a number read by the file's majority
    struct tally changes;                     // group: field, name: reason
};

void inspection_init(struct inspection *inspection, const struct export_plan *plan);
void inspection_release(struct inspection *inspection);

// For normalize_options.watch; the state is the struct inspection. For stages run in one thread.
void inspection_watch(void *inspection, struct filler *filler);

// Records with the damage in all columns.
uint64_t inspection_damage(const struct inspection *inspection, enum damage damage);

// What one cell shows, or DAMAGE_COUNT. Dates and zeros are not told by a cell alone.
enum damage damage_of(str typed);

#endif
