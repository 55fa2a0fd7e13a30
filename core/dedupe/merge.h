// One record out of several: which member of a cluster stays, and what it takes from the others.
#ifndef DEDUPE_MERGE_H
#define DEDUPE_MERGE_H

#include "core/lead/batch.h"
#include "rules.h"

struct member {
    str line;               // as stored, with its line end
    str *fields;            // [columns], without quotes
    str *raws;              // [columns], as they stand in the line
    int filled;             // fields that hold something
    int64_t newest, oldest; // seconds; INT64_MIN, INT64_MAX when no time is known
};

// What the rules mean for the columns of a stream.
struct merge_plan {
    const struct dedupe_rules *rules;
    const struct columns *columns;
    enum take_kind *takes; // [columns]
    int *group;            // [columns]: the column whose donor this one follows, -1 = itself
    bool *stays;           // [columns]: always the survivor's own (lead_id, source ...)
    int lead_id, source, source_name, source_campaign, source_file, source_row, created_at,
        last_activity_at, email, email_other, phone, mobile, phone_other, consent, consent_at,
        opt_out;
};

void merge_plan_make(struct merge_plan *plan, const struct dedupe_rules *rules,
                     const struct columns *columns);
void merge_plan_release(struct merge_plan *plan);

// Splits a member's line into fields and learns what ranking needs. fields, raws and unquoted text
// are in arena.
void merge_read(const struct merge_plan *plan, str line, struct arena *arena,
                struct member *member);

// The number of the member that stays.
size_t merge_survivor(const struct merge_plan *plan, const struct member members[], size_t count);

// The merged record: out[columns], views of the members' fields or text in arena.
void merge_fields(const struct merge_plan *plan, const struct member members[], size_t count,
                  size_t survivor, struct arena *arena, str out[]);

// The numbers of a column added up over the rows of one file, as a webinar report has one for each
// time that somebody came; of several files, each of which may hold all of it, the most. A row that
// was given twice counts once. "" when no member has a number. In arena.
str merge_sum(const struct merge_plan *plan, const struct member members[], size_t count,
              uint32_t column, struct arena *arena);

// Reads digits alone, below 10^18.
bool merge_number(str text, int64_t *number);

// Distinct values of a column over the members, in their order, joined by a blank.
str merge_words(const struct member members[], size_t count, int column, struct arena *arena);

// Number of distinct lists or events (source_name and source_campaign) the members came from.
size_t merge_touches(const struct merge_plan *plan, const struct member members[], size_t count);

// The earliest and the latest of the member's two times, as they stand; empty when it has none.
str merge_first_touch(const struct merge_plan *plan, const struct member *member);
str merge_last_touch(const struct merge_plan *plan, const struct member *member);

#endif
