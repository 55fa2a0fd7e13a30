// What the two forms of the dedupe stage share.
#ifndef DEDUPE_INTERNAL_H
#define DEDUPE_INTERNAL_H

#include "core/lead/schema.h"
#include "group.h"
#include "matcher.h"
#include "stage.h"

enum { DEDUPE_COLUMNS = DEDUPE_END - FIELD_CLUSTER_ID };

// What a worker keeps as long as the stage lives: profiles and ids, values that profiles share.
struct keepsakes {
    struct arena arena;
    struct profile_values values;
};

struct dedupe {
    struct dedupe_options options;
    const struct columns *in;
    struct columns *out, *duplicate_columns, *suppressed_columns;
    uint32_t at[DEDUPE_COLUMNS];        // columns of out
    bool wants[DEDUPE_COLUMNS];         // somebody reads the added column
    bool adds_all;                      // none of them is a column of in
    struct key_plan plan, company_plan; // asked of the CRM
    struct opt_out_columns opt_outs_at;
    int country;
    struct merge_plan merge;
    struct store store;
    struct groups groups;
    struct matcher *matcher; // whole, by weight; else NULL
    struct match_plan match; // where the id is
    struct roster roster;    // whole, when somebody asks for ids
    struct columns *cluster_columns, *review_columns, *statistics_columns;
    struct buffer statistics; // rows, when they are listed
    struct keepsakes **kept;  // of the workers
    size_t kept_count, kept_capacity;
    size_t drained;             // chunks given so far
    struct key_table seen;      // first: the keys of all records
    struct key_table opted_out; // first: those of people who have opted out
};

// Whether the ids of all records are kept.
static inline bool dedupe_keeps_ids(const struct dedupe *dedupe)
{
    const struct dedupe_options *options = &dedupe->options;
    return options->lists_clusters || options->truth || options->decisions;
}

struct dedupe_worker {
    struct key_worker keys, company_keys;
    struct opt_out_worker opt_outs;
    // whole: what is gathered of one batch before it is kept.
    struct buffer text;
    struct row_key *row_keys;
    size_t row_key_capacity;
    struct keepsakes *kept;
    // whole: members of clusters, not yet emitted.
    struct arena arena; // what they point to
    struct batch *members;
    uint32_t member_count, member_room;
    uint64_t duplicate_count; // of them
};

enum dedupe_column {
    AT_CLUSTER_ID,
    AT_CLUSTER_SIZE,
    AT_MATCHED_ON,
    AT_MATCH_WEIGHT,
    AT_SOURCES,
    AT_TOUCHES,
    AT_FIRST_TOUCH,
    AT_LAST_TOUCH,
    AT_CRM_MATCH,
    AT_CRM_ID,
    AT_CRM_OWNER,
    AT_CRM_STAGE,
};

// Open, columns, workers and close are the same for both forms.
const struct columns *dedupe_open(void *state, const struct columns *in, struct err *err);
const struct columns *dedupe_place_columns(void *state, enum place place);
bool dedupe_place_owns(void *state, enum place place, uint32_t column);
void *dedupe_worker_init(void *state);
void dedupe_worker_release(void *state, void *worker);
void dedupe_close(void *state);

// ---- opt_out_rows.c

// Whether a record's own opt_out, an opt-out list or the CRM's takes it out or says how it may not
// be reached, for all records of the batch. False with err when a list cannot be asked.
bool dedupe_flags(const struct dedupe *dedupe, struct dedupe_worker *worker, struct batch *batch,
                  row_flags flags[], struct err *err);

// Whether a list that says no_email or no_phone has a column to say it in. False with err.
bool dedupe_can_flag(const struct dedupe *dedupe, struct err *err);

// Adds to the record's opt_out what lists say of who stays.
void dedupe_set_wishes(const struct dedupe *dedupe, struct batch *batch, uint32_t row,
                       row_flags flags);

// Says of each suppressed record by what.
void dedupe_set_suppressed_by(const struct dedupe *dedupe, struct stage_worker *worker,
                              const struct batch *batch, const uint8_t places[],
                              const row_flags flags[], struct batch *side);

// ---- crm_rows.c

bool dedupe_has_crm(const struct dedupe *dedupe);

// What the CRM has of each record, see crm.h: a contact that shares a key with it, else its
// company. keys are those of keys_of_batch. A contact that opted out adds to the row's flags.
void dedupe_known(const struct dedupe *dedupe, struct dedupe_worker *worker, struct batch *batch,
                  const struct row_key keys[], size_t count, uint64_t known[], row_flags flags[]);

// Sets the crm columns, after dedupe_set_singles. Returns whether the CRM knows the person.
bool dedupe_set_known(const struct dedupe *dedupe, struct batch *batch, uint32_t row,
                      const struct crm_findings *found);

// Counts the leads, diverted or not, that the CRM knows.
void dedupe_count_known(const struct dedupe *dedupe, struct stage_worker *worker,
                        struct batch *batch, const uint8_t places[]);

// ---- stage.c

// Sets the columns of dedupe as for records that are alone, none of them known, column by column;
// columns that the input did not have and that stay empty, or that nobody reads, are left alone.
void dedupe_set_singles(const struct dedupe *dedupe, struct batch *batch);

// Counts the records with that place (places NULL: all) under their source names: runs of one name
// cost one look.
void dedupe_count_rows(const struct dedupe *dedupe, struct stage_worker *worker,
                       struct batch *batch, const uint8_t places[], enum place place,
                       const char *what);

// A batch to be emitted with the records of that place, from column first_column on; views of
// batch. NULL when there is none; without cells when nobody wants it.
struct batch *dedupe_side(struct stage_worker *worker, struct batch *batch, const uint8_t places[],
                          enum place place, const struct columns *columns, uint32_t first_column);

// Moves the records whose place[row] is not MAIN out of the batch, in order, and emits them.
bool dedupe_divert(struct dedupe *dedupe, struct stage_worker *worker, struct batch *batch,
                   const uint8_t places[], const row_flags flags[]);

// The forms, each in a file of its own.
void dedupe_whole_stage(struct dedupe *dedupe, struct stage *stage);
void dedupe_first_stage(struct dedupe *dedupe, struct stage *stage);

#endif
