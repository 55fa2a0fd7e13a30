// Records become one by the weight of all that they agree and differ in (MATCHING.md): profiles of
// every record, pairs that share any key, weights, clusters.
//
//     struct matcher *matcher = matcher_new(&options);
//     if (!matcher_open(matcher, columns, &err)) ...
//     chunk->profiles = matcher_profiles(matcher, &arena, &values, batch, chunk); // a worker's own
//     if (!matcher_match(matcher, store, records, &groups, &err)) ...  // the store is in order
//
// Records of one id are one in any case; where they have no id, those of the same bytes are. The
// result depends on the records alone, not on their order nor on the number of threads. Holds a
// profile of every record, about 1.3 kB, which no limit of memory bounds.
#ifndef DEDUPE_MATCHER_H
#define DEDUPE_MATCHER_H

#include "assemble.h"
#include "blocking.h"
#include "core/base/buffer.h"
#include "decisions.h"
#include "group.h"
#include "match_plan.h"
#include "review.h"

struct matcher_options {
    const struct dedupe_rules *rules;
    const struct profile_rules *lists;
    const struct decisions *decisions; // NULL: none
    bool keeps_reviews;
    const char *statistics; // a file to judge by (statistics.h); NULL: by the records themselves
    unsigned threads;
};

struct matcher;

struct matcher *matcher_new(const struct matcher_options *options);
void matcher_free(struct matcher *matcher); // NULL allowed

// Finds the columns, and reads the statistics that are named.
bool matcher_open(struct matcher *matcher, const struct columns *columns, struct err *err);

// The profiles of a batch's records, whose text is the chunk's. The caller's, by memory_free; what
// they hold is in arena and values, which must outlive the matcher.
struct profile *matcher_profiles(const struct matcher *matcher, struct arena *arena,
                                 struct profile_values *values, struct batch *batch,
                                 const struct chunk *chunk);

// Joins the records of the store. Fills groups: kinds are those of the weakest link, bits of enum
// fact_kind, MATCHED_SAME_ID or MATCHED_DECIDED; weights its weight.
bool matcher_match(struct matcher *matcher, struct store *store, uint32_t records,
                   struct groups *groups, struct err *err);

// The pairs that were compared, once matched.
const struct candidates *matcher_candidates(const struct matcher *matcher);

// The statistics that it judges by, as rows of a file, once matched.
void matcher_statistics(const struct matcher *matcher, struct buffer *out);

// The pairs for a person to look at, in order, once matched; those that ended up in one cluster, or
// are decided, are no longer in doubt.
const struct reviews *matcher_reviews(const struct matcher *matcher);

// Appends how the pair of the first records of these ids was judged, and what holds their cluster
// together. False with err (ERR_USAGE) when nobody has such an id.
bool matcher_explain(const struct matcher *matcher, struct groups *groups, str a, str b,
                     struct buffer *out, struct err *err);

// Bits of groups.kinds beside those of facts: all that joins the cluster.
enum { MATCHED_SAME_ID = 1 << 30, MATCHED_DECIDED = 1 << 29 };

// What a record takes in memory until it is matched, in bytes: without its profile.
enum { MATCHER_RECORD_BYTES = 1200 };

#endif
