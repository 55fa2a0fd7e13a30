// The normalize stage: records of any export in, leads of the schema out.
//
// A MAP stage whose source is an export_source (export.h). Unreadable records and test leads go to
// PLACE_REJECT, changed values to PLACE_CHANGE.
#ifndef NORMALIZE_STAGE_H
#define NORMALIZE_STAGE_H

#include "core/pipeline/stage.h"
#include "filler.h"

struct normalize_options {
    const struct value_rules *rules;    // must outlive the stage
    const struct sources *source_words; // the same
    int year_now;                       // of the run's as-of time, for two-digit years
    str today;                          // its date, 2026-11-24; empty: no date is too late
    // Called with each batch once its leads are filled, by any worker: what the filler has made of
    // the batch's records, its changes included. NULL = nobody watches.
    void (*watch)(void *state, struct filler *filler);
    void *watch_state;
};

// Fills *stage; its close frees the state.
void normalize_stage(const struct normalize_options *options, struct stage *stage);

#endif
