// Taking merges apart: the members of clusters, as lead-dedupe wrote them to the duplicates.
//
//     struct undo *undo = undo_open(input, &wanted, &err);
//     while (undo_rows(undo, &text, &err)) ...             the members' rows alone, or
//
//     undo_leads_open(undo, leads, &err);
//     while (undo_leads(undo, &text, &err)) ...            leads with the merges undone
//
// A file of duplicates has role and cluster_id, then every member's record as it was read: what
// stands behind the second comma is the row, byte for byte, and is never taken apart to be put
// together again.
#ifndef DEDUPE_UNDO_H
#define DEDUPE_UNDO_H

#include "core/base/buffer.h"
#include "core/csv/input.h"

struct undo;

// The clusters to be undone; none = all of the file.
struct undo_wanted {
    const char *const *clusters;
    size_t count;
};

struct undo_counts {
    uint64_t clusters, rows; // undone, and their members
    uint64_t missing;        // undo_leads: of all clusters, those that the leads do not have
};

// Reads the header. The input and what wanted points to must outlive it. NULL with err when it is
// no file of duplicates.
struct undo *undo_open(struct input *duplicates, const struct undo_wanted *wanted, struct err *err);

// Appends the header of the records before their merge, then rows of members in the order of the
// file, some at a time. False at the end, or with err: a row that is no duplicate's, a cluster that
// is wanted and not there. Keeps no row: all memory is in `out`, which begins to be filled at once
// when every cluster is undone, and at the end of the file when some are.
bool undo_rows(struct undo *undo, struct buffer *out, struct err *err);

// Reads all duplicates, keeps the rows of the clusters to be undone, 16 bytes each beside their
// text, and reads the header of the leads, which needs cluster_id. False with err.
bool undo_leads_open(struct undo *undo, struct input *leads, struct err *err);

// Appends the leads, some at a time: where the record of a cluster to be undone stood, its members,
// in the leads' columns. A column that members had is theirs, byte for byte; those of dedupe are
// as for a record that is alone, but what a CRM knew is not known again; all others, of later
// stages, are empty. Leads that are not undone are copied. A record whose cluster_size is 1 is
// not a merged one. False at the end, or with err: the leads and the duplicates are not of one run,
// a cluster that was asked for is not in the leads.
bool undo_leads(struct undo *undo, struct buffer *out, struct err *err);

struct undo_counts undo_counts(const struct undo *undo);

void undo_close(struct undo *undo); // NULL allowed

#endif
