// Walks the records of the profile window as they will be read later.
//
//     walk_records(&walk, body, visitor, state);         // until the visitor has seen enough
//     walk_all(&walk, body, visitor, state);             // every record; in two threads if allowed
#ifndef NORMALIZE_WALK_H
#define NORMALIZE_WALK_H

#include "core/csv/records.h"
#include "plan.h"

// What is done with each record, in order; false ends the walk. The arena is for scratch.
typedef bool walk_visit(void *state, const struct records *records, uint32_t row,
                        struct arena *arena);

struct walk_of {
    const struct export_plan *plan; // how the table is written
    const struct knowledge *knowledge;
    bool is_whole;    // the body ends where the file does
    unsigned threads; // above 1: walk_all may use a second one
};

void walk_records(const struct walk_of *of, str body, walk_visit *visit, void *state);

// The visitor returns true always. A second thread visits what this one has located: the visitor
// must not write what locating reads (the plan but for the votes of its columns). Takes 0.5 ms a
// MiB in one thread, 0.3 in two.
void walk_all(const struct walk_of *of, str body, walk_visit *visit, void *state);

#endif
