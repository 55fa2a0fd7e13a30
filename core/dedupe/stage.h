// The dedupe stage: one record a cluster; duplicates, known contacts and opt-outs set apart.
//
// Two forms. The whole one is a BARRIER: it holds every record (in memory up to a limit, then in a
// file), joins what shares a key, transitively, and merges each cluster. The streaming one,
// `first`, is ORDERED: a record passes when none of its keys was seen before; it remembers 16 bytes
// a key at load 5/8 at most, holds no record and merges nothing.
#ifndef DEDUPE_STAGE_H
#define DEDUPE_STAGE_H

#include "core/pipeline/stage.h"
#include "decisions.h"
#include "evaluate.h"
#include "known.h"
#include "merge.h"
#include "profile.h"
#include "store.h"

struct dedupe_options {
    const struct dedupe_rules *rules;
    struct key_lists lists;
    const struct known *known; // NULL: no CRM and no opt-out list
    bool first;
    // By weight, with these tables, in so many threads (whole only); NULL: by keys.
    const struct profile_rules *weights;
    unsigned threads;
    const struct decisions *decisions; // whole: obeyed; NULL: none
    bool lists_reviews;                // to PLACE_REVIEW (by weight)
    bool again;                    // a cluster_id that is there already is overwritten, not refused
    bool lists_clusters;           // to PLACE_CLUSTER (whole only)
    struct truth *truth;           // whole: to be compared with; NULL: nothing
    struct evaluation *evaluation; // what came of it
    const char *statistics;        // by weight: a file to judge by; NULL: by the leads themselves
    bool lists_statistics;         // to PLACE_STATISTICS
    hash128 *statistics_hash;      // of those that were judged by
    uint64_t *blocks_left_out; // by weight: [BLOCK_KEYS], keys of too many records to be compared
    const struct decision *explain; // by weight: pairs to be explained (ids a and b)
    size_t explain_count;
    struct buffer *explanation; // what is said of them
    bool divert_existing;       // leads that the CRM knows go to PLACE_EXISTING
    uint64_t memory_max;   // of the whole process, or of what is held when in_use is NULL; 0 = none
    memory_in_use *in_use; // what the process takes now; NULL = not known
    // first: counts the people whose record passed before one that says they opted out; may be
    // NULL.
    uint64_t *late_opt_outs;
    uint64_t *memory_needed; // whole: set to the least memory_max that these records need
    const char *temp_dir;
};

// Fills *stage; what options point to must outlive it. The state is freed by the stage's close.
void dedupe_stage(const struct dedupe_options *options, struct stage *stage);

#endif
