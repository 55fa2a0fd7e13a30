// Writing some columns only: what the stages are told of it, and what each output gets.
#ifndef PIPELINE_CHOOSE_H
#define PIPELINE_CHOOSE_H

#include "run.h"

struct choice {
    size_t stage_count;
    struct projection main;    // columns NULL: all
    struct projection *places; // [stage_count x PLACE_COUNT]; columns NULL: all
};

// Finds run->chosen in the columns of the stages, which have been opened (columns[i] goes into
// stage i), and asks the stages what they read. False with err (ERR_USAGE) when a column is not
// there or is chosen twice. Nothing chosen: nothing is asked, everything is written.
bool choose_columns(const struct run *run, const struct columns *const columns[],
                    struct choice *choice, struct err *err);

void choice_release(struct choice *choice);

// What batch_write_projected takes: NULL for all.
const struct projection *choice_main(const struct choice *choice);
const struct projection *choice_place(const struct choice *choice, size_t stage, enum place place);

#endif
