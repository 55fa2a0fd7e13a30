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
    int *block;            // [columns]: the block of the rules that it is a part of, -1 = none
    // Where the columns of the rules' blocks are, in their order; -1 = the stream has none.
    int block_columns[DEDUPE_BLOCKS_MAX][BLOCK_COLUMNS_MAX];
    bool *stays; // [columns]: always the survivor's own (lead_id, source ...)
    int lead_id, source, source_name, source_campaign, source_file, source_row, created_at,
        last_activity_at, email, email_other, phone, mobile, phone_other, consent, consent_at,
        country, opt_out;
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

// The parts of merge_fields, each in a file of its own; merge_take.c:
//
// Whether a stands before b by the preferences of the rules.
bool merge_is_better(const struct merge_plan *plan, const struct member *a, const struct member *b);

// The member whose value the column takes by its rule, the survivor's or next best where it has
// none or nobody has what the rule asks for. count = nobody.
size_t merge_taken_from(const struct merge_plan *plan, const struct member members[], size_t count,
                        size_t survivor, uint32_t column);

// The member that gives all columns of a block: of those that hold anything of it, the one that
// the block takes, by default that with most of it, of equals the one that has the column named
// first. A country alone, which a telephone number tells too, is nothing. count = nobody.
size_t merge_block_from(const struct merge_plan *plan, const struct member members[], size_t count,
                        size_t survivor, size_t block);

// Sets email_other and phone_other, unless a rule says what they take: to that of the member whose
// email or phone was taken, else to another address or number of the best record that has one.
// Once all others are set.
void merge_others(const struct merge_plan *plan, const struct member members[], size_t count,
                  size_t email_from, size_t phone_from, str out[]);

// merge_sum.c: the numbers of a column added up over the rows of one event, as a webinar report has
// one for each time that somebody came; of several events or files the most, or for TAKE_SUM all
// of them. One event: one file's name, source and campaign, and where all its rows say when they
// ended (last_activity_at), no half day between them. A row that was given twice counts once, and
// so do two of one end and length. "" when no member has a number. In arena.
str merge_sum(const struct merge_plan *plan, const struct member members[], size_t count,
              uint32_t column, struct arena *arena);

// merge_text.c: each value of a column once, the survivor's first, "; " between them; of objects
// (TAKE_OBJECTS) each member once, "" when one is none. In arena.
str merge_union(const struct merge_plan *plan, const struct member members[], size_t count,
                size_t survivor, uint32_t column, struct arena *arena);

// merge_json.c: one object with the members of all, of those of one name the first. "" when a text
// is no object. In arena.
str merge_objects(const str texts[], size_t count, struct arena *arena);

// Each text of a column once, the oldest record's first, with the name of its source and its day
// in front where there are several, " | " between them. 16 KiB at most: then it says how many more
// there are. In arena.
str merge_joined(const struct merge_plan *plan, const struct member members[], size_t count,
                 uint32_t column, struct arena *arena);

// Reads digits alone, below 10^18.
bool merge_number(str text, int64_t *number);

// Distinct words of a column over the members, in their order, joined by a blank.
str merge_words(const struct member members[], size_t count, int column, struct arena *arena);

// Number of distinct lists or events (source_name and source_campaign) the members came from.
size_t merge_touches(const struct merge_plan *plan, const struct member members[], size_t count);

// The earliest and the latest of the member's two times, as they stand; empty when it has none.
str merge_first_touch(const struct merge_plan *plan, const struct member *member);
str merge_last_touch(const struct merge_plan *plan, const struct member *member);

#endif
