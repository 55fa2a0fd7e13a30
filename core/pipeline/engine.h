// The inside of run.h, for run.c and engine.c alone: segments, items, workers and the lock.
#ifndef PIPELINE_ENGINE_H
#define PIPELINE_ENGINE_H

#include <pthread.h>

#include "choose.h"
#include "core/base/buffer.h"
#include "run.h"

// A batch on its way, with what its stages have sent to the sides.
struct item {
    struct batch *batch;
    uint64_t number; // its place in the order of its segment
    uint64_t origin; // its place in the order of all that was ever taken
    size_t segment;
    void *prepared;       // from the ORDERED stage's prepare
    struct buffer text;   // formatted for the main sink
    struct buffer *sides; // [stages x places]
    struct err err;       // why it failed; kind ERR_NONE when it did not
    struct item *next;
};

enum segment_end { END_SINK, END_ORDERED, END_BARRIER };

// MAP stages first..last-1, then the stage `last` that ends the segment (none for END_SINK).
struct segment {
    size_t first, last;
    enum segment_end end;
    struct item *queue, **queue_end; // waiting before the segment, in order
    uint64_t given, committed;       // numbers handed out, and committed in order
    struct item **ring;              // handed in, waiting for their turn
    bool committing;
};

struct worker {
    struct engine *engine;
    struct stage_worker *stages; // [stage_count]
    struct stage_counts {
        uint64_t in, out[PLACE_COUNT];
    } * counts; // [stage_count]
    struct item *item;
    size_t stage; // the stage at work, for stage_emit
    pthread_t thread;
};

struct engine {
    struct run *run;
    const struct choice *choice; // which columns are written
    struct segment *segments;
    size_t segment_count;
    struct worker *workers;
    size_t worker_count;

    pthread_mutex_t lock;
    pthread_cond_t changed;
    // All below are guarded by the lock.
    size_t live;    // the segment whose items come from the source or from a drained barrier
    bool taking;    // someone is at the source
    bool exhausted; // the live source has given everything
    bool combining; // someone is in a barrier's combine
    bool done;
    size_t in_flight, in_flight_max;
    uint64_t sequence; // of the next record
    uint64_t taken;    // items, from whatever source: the origin of the next
    struct item *idle_items;
    struct batch *idle_batches;
    struct err err;         // of the earliest failed item
    uint64_t failed_origin; // of that item; all before it still go their way to the end
};

size_t engine_side(size_t stage, enum place place);

// Cuts the chain into segments and makes the workers. The stages have been opened.
void engine_init(struct engine *engine, struct run *run, const struct choice *choice);

// Works until everything is done or something failed; called by each worker's thread.
void engine_work(struct worker *worker);

// Adds up the workers' counters into run->results and frees everything.
void engine_finish(struct engine *engine);

#endif
