// Setting records aside with a reason: the batch of rejects that every stage may emit.
//
//     struct rejects rejects = {0};
//     ... rejects_add(&rejects, worker, batch, row, STR("test_lead"));
//     rejects_emit(&rejects, worker, "normalize");
//
// Columns: stage, reason, source_file, source_row, lead_id, raw (design section 3); raw is the
// record as this stage read it, bad bytes as \xHH.
#ifndef PIPELINE_REJECTS_H
#define PIPELINE_REJECTS_H

#include "stage.h"

struct reject {
    str reason, source_file, source_row, lead_id, raw;
};

struct rejects {
    struct reject *rows;
    size_t count, capacity;
};

const struct columns *rejects_columns(void);

// Adds one; the views must live until the batch is done with; rejects_emit formats them at once.
// Counts it by reason, and by source (source_name) in the worker's tallies.
void rejects_add(struct rejects *rejects, struct stage_worker *worker, str source_name,
                 const struct reject *reject);

// Sends what was added since the last call to PLACE_REJECT. False when the run is to stop.
bool rejects_emit(struct rejects *rejects, struct stage_worker *worker, const char *stage);

void rejects_release(struct rejects *rejects);

#endif
