// What the two forms of undo share. Only for undo*.c.
#ifndef DEDUPE_UNDO_INTERNAL_H
#define DEDUPE_UNDO_INTERNAL_H

#include "core/base/keytable.h"
#include "core/csv/reader.h"
#include "merge.h"
#include "undo.h"

// Columns of duplicates.
enum { UNDO_ROLE, UNDO_CLUSTER_ID, UNDO_OWN };

struct undo_row {
    size_t at;          // in rows
    uint32_t len, next; // its length without a line end; the next of its cluster, 0 = last
};

struct undo_cluster {
    uint32_t first, last, count; // of kept rows; numbers are 1 and up
    bool is_found;               // in the leads
};

// Where a column of the leads comes from when its record is a member.
enum undo_source {
    UNDO_EMPTY,
    UNDO_OF_MEMBER, // its column `at`, byte for byte
    UNDO_TEXT,      // the text of its column `at`
    UNDO_FIRST_TOUCH,
    UNDO_LAST_TOUCH,
    UNDO_ONE, // cluster_size, touches
};

struct undo_column {
    enum undo_source source;
    uint32_t at;
};

struct undo {
    struct input *input;
    struct csv_reader *reader;
    int lead_id; // column of the duplicates
    struct undo_wanted wanted;
    bool has_started, has_ended;
    struct records records;
    struct arena arena; // of one block of records
    struct undo_counts counts;
    bool *is_met;    // [wanted.count]: in the duplicates
    str *cluster_of; // [wanted.count]: where it is a lead's id, that lead's cluster, in names
    struct arena names;
    // undo_leads: the kept rows by cluster.
    struct key_table by_id; // hash of a cluster_id -> number in clusters
    struct undo_cluster *clusters;
    size_t cluster_count, cluster_capacity;
    struct undo_row *rows;
    size_t row_count, row_capacity;
    struct buffer text;
    struct columns *columns; // of a member
    struct dedupe_rules rules;
    struct merge_plan plan;
    struct input *leads_input;
    struct csv_reader *leads;
    struct undo_column *sources; // [columns of the leads]
    int id_at, size_at;          // of the leads
};

// One row of the duplicates that is to be undone.
struct undo_member {
    str cluster, row; // views; of the row all behind cluster_id, without a line end
    bool is_survivor;
};

// Looks at row number `row` of undo->records. Returns whether its cluster is wanted; false also
// with err when it is no row of duplicates.
bool undo_member(struct undo *undo, uint32_t row, struct undo_member *member, struct err *err);

// Whether all that were asked for were met, or err.
bool undo_all_met(const struct undo *undo, struct err *err);

#endif
