// Which columns anybody reads of what goes on from a stage: the stages behind it, and the outputs.
//
// Nearly always all. When only some columns are to be written (run.chosen), each stage is asked,
// the last one first, what it reads itself; it may leave empty what nobody reads. That is what
// makes a run that writes few columns a cheap one.
#ifndef PIPELINE_WANTED_H
#define PIPELINE_WANTED_H

#include "core/base/map.h"

struct wanted {
    bool all;
    struct map names;
};

// Whether the column is read.
bool wanted_has(const struct wanted *wanted, str column);

// Whether one of the columns is; `columns` ends with an empty name.
bool wanted_has_any(const struct wanted *wanted, const str columns[]);

// Adds a column that is read. The name must outlive the run.
void wanted_add(struct wanted *wanted, str column);

void wanted_release(struct wanted *wanted);

#endif
