// The stage interface: what a stage is to the engine, and the engine to a stage.
//
// A source makes batches; stages change them; the engine moves them, in threads, keeps their order
// and writes what comes out. A stage states its kind:
//
//   MAP      each batch on its own, by any worker, in any order
//   ORDERED  batches one at a time, in their order; `prepare` may do the parallel part before
//   BARRIER  takes all records (`sink`, parallel, any order), thinks (`combine`), gives (`drain`)
//
// A stage says what becomes of records that leave the main stream by emitting them to a place as
// batches of their own; what is left in the batch when `process` returns goes on.
//
// Counting: the engine counts records in and out of every place. By source and by reason the stage
// itself counts, in its worker's tallies.
#ifndef PIPELINE_STAGE_H
#define PIPELINE_STAGE_H

#include "core/base/err.h"
#include "core/lead/batch.h"
#include "tally.h"
#include "wanted.h"

enum place {
    PLACE_MAIN,
    PLACE_REJECT,
    PLACE_DUPLICATE,
    PLACE_EXISTING,
    PLACE_SUPPRESSED,
    PLACE_REPEAT,
    PLACE_CHANGE,     // beside the main stream, as the next one is
    PLACE_UNVERIFIED, // addresses that a verifier has not seen
    PLACE_CLUSTER,    // the cluster of every record that was read
    PLACE_REVIEW,     // pairs that a person should look at
    PLACE_STATISTICS, // what weights were made of
    PLACE_COUNT
};

// "leads", "rejects", "duplicates", ... as files, options and the summary name them.
const char *place_name(enum place place);

// Whether it goes to a file that the user names, and to none otherwise.
static inline bool place_is_asked_for(enum place place)
{
    return place >= PLACE_UNVERIFIED && place <= PLACE_STATISTICS;
}

// Whether what is sent there is no record that has left the main stream, but something said beside
// it.
static inline bool place_is_beside(enum place place)
{
    return place == PLACE_CHANGE || place_is_asked_for(place);
}

// One worker's side of one stage. The engine makes it; the stage keeps its own state in `state`.
struct stage_worker {
    void *state;            // from worker_init
    struct tally by_source; // group = source name, name = "in", a place, or what the stage counts
    struct tally by_reason; // group = place, name = reason
    struct engine *engine;  // for emit
    void *item;             // the engine's: the batch being worked on
};

// Sends records to a place other than MAIN. The batch is the engine's from then on: made with
// stage_batch, never used again. Returns false when its reader is gone, or err is to be returned.
bool stage_emit(struct stage_worker *worker, enum place place, struct batch *batch);

// The same, where only `counted` of the batch's records have left the main stream: a copy of a
// record that also goes on is not counted.
bool stage_emit_copies(struct stage_worker *worker, enum place place, struct batch *batch,
                       uint64_t counted);

// An empty batch to fill and emit.
struct batch *stage_batch(struct stage_worker *worker);

// Whether anyone keeps what is sent to the place: when not, it need not be made in full, but it
// must still be counted (emit a batch of as many records with no columns).
bool stage_wants(const struct stage_worker *worker, enum place place);

enum stage_kind { STAGE_MAP, STAGE_ORDERED, STAGE_BARRIER };

// A bit of stage.places.
#define STAGE_PLACE(place) (1u << (place))

struct stage {
    const char *name; // "normalize", as the summary names it
    enum stage_kind kind;
    unsigned places; // besides MAIN: bits of where it may send records
    void *state;     // the stage's own

    // Called once before anything else. Returns the columns of what goes on (kept by the stage
    // until close), or NULL with err. `in` lives as long as the run.
    const struct columns *(*open)(void *state, const struct columns *in, struct err *err);

    // The columns of what is sent to a place. Called after open, for the bits of `places`.
    const struct columns *(*place_columns)(void *state, enum place place);

    // Called after open where not all columns are to be written, the last stage first, else not at
    // all. `wanted` holds what is read of what goes on and of the places; the stage adds what it
    // reads of its input. Columns that it makes and nobody reads it may leave empty, always the
    // same ones. NULL: the stage reads everything.
    void (*want)(void *state, struct wanted *wanted);

    // Whether a column of a place is there to say why the record is in that place, and so is
    // written whatever was chosen. NULL: none is.
    bool (*place_owns)(void *state, enum place place, uint32_t column);

    // A worker's own state: scratch, caches. May be NULL. workers of one stage do not share.
    void *(*worker_init)(void *state);
    void (*worker_release)(void *state, void *worker_state);

    // MAP and ORDERED.
    bool (*process)(void *state, struct stage_worker *worker, struct batch *batch, struct err *err);
    // ORDERED, optional: the parallel part, before process and for the same batch; what it learns
    // it keeps in batch cells or arena and returns through *prepared.
    bool (*prepare)(void *state, struct stage_worker *worker, struct batch *batch, void **prepared,
                    struct err *err);
    bool (*process_prepared)(void *state, struct stage_worker *worker, struct batch *batch,
                             void *prepared, struct err *err);

    // BARRIER. sink takes a batch, in any order, in parallel. combine is called once when all are
    // taken. drain is called by one thread at a time and describes the next batch (*piece), false
    // at the end or with err; fill makes it, in parallel, and may emit.
    bool (*sink)(void *state, struct stage_worker *worker, struct batch *batch, struct err *err);
    bool (*combine)(void *state, struct stage_worker *worker, struct err *err);
    bool (*drain)(void *state, uint64_t *piece, struct err *err);
    bool (*fill)(void *state, struct stage_worker *worker, uint64_t piece, struct batch *batch,
                 struct err *err);

    void (*close)(void *state); // NULL allowed
};

// Where batches come from.
struct source {
    void *state;
    const struct columns *columns; // of every batch; NULL when batches carry their own (exports)
    // Fills an empty batch with the next records, in order; one thread at a time. False at the end
    // or with err. first_sequence is set by the engine.
    bool (*next)(void *state, struct batch *batch, struct err *err);
    // Bytes done and in total, for progress; total 0 = unknown. May be NULL.
    void (*progress)(void *state, uint64_t *done, uint64_t *total);
};

#endif
