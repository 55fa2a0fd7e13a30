// Runs a chain of stages: source, stages, sinks, in threads, in order, with back-pressure.
//
//     struct run_stage stages[] = {{.stage = &validate, .sinks[PLACE_REJECT] = &rejects}};
//     struct run run = {.source = &source, .stages = stages, .stage_count = 1, .main = &leads};
//     if (!run_pipeline(&run, &err)) ...
//     ... run.results[0].out[PLACE_REJECT] ...
//     run_release(&run);
//
// The chain is cut into segments at ORDERED and BARRIER stages. A worker takes a batch from the
// source or from the queue before a segment, takes it through the segment's MAP stages, and hands
// it in; what was handed in is committed strictly in order, by whoever holds the next one: sides
// are written, then the batch goes to its ORDERED stage, its BARRIER, or, already formatted, to the
// main sink. No thread only reads or only writes, so one thread does the same work as many, and the
// same bytes come out. The number of batches alive is bounded; that is the back-pressure.
//
// When something fails, the error of the earliest batch in order is the one that is reported.
#ifndef PIPELINE_RUN_H
#define PIPELINE_RUN_H

#include <stdatomic.h>

#include "stage.h"

// Where text goes. write is called by one thread at a time, in order.
struct sink {
    bool (*write)(void *state, str text, struct err *err);
    void *state;
};

struct run_progress {
    uint64_t records;            // taken from the source
    uint64_t bytes, bytes_total; // of the inputs; total 0 = unknown
};

struct run_stage {
    struct stage *stage;
    struct sink *sinks[PLACE_COUNT]; // NULL: what is sent there is counted and dropped
};

struct stage_result {
    const char *name;
    uint64_t in, out[PLACE_COUNT];
    struct tally by_source, by_reason; // sorted
};

struct run {
    struct source *source;
    struct run_stage *stages;
    size_t stage_count;
    struct sink *main; // NULL: counted and dropped
    // The columns to be written, in this order; chosen_count 0 = all. Places that hold leads get
    // these too, in their own order, after or before what is theirs; rejects and changes are what
    // they are. What nobody reads is not made: it is empty in the text of rejects, and no value of
    // it is counted as unreadable.
    const str *chosen;
    size_t chosen_count;
    unsigned threads;        // 0 is taken as 1
    const atomic_bool *stop; // set by a signal: the run ends with ERR_STOPPED. May be NULL
    // Called after each batch taken, by one thread at a time.
    void (*progress)(void *state, const struct run_progress *progress);
    void *progress_state;

    // Filled in by the run:
    struct stage_result *results; // [stage_count]
    uint64_t records;             // given by the source
};

// Opens every stage, writes the headers of all sinks, moves everything, closes every stage. False
// with err when anything failed (ERR_USAGE: a chosen column is none, or is chosen twice); then what
// was written so far must not be published.
bool run_pipeline(struct run *run, struct err *err);

void run_release(struct run *run);

#endif
