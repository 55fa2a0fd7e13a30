// The score stage: points, tier, grade, lifecycle and reasons of every lead.
//
//     struct score score = {.book = &book, .diagnostics = &found, .as_of = now, .file =
//     "score.rules"}; struct stage stage = score_stage(&score);
//
// A MAP stage. Fills the columns score to rules_version (core/lead/schema.h), in place where the
// input has them. Leads that a rule discards go to the rejects with the reason "discarded"; those
// set aside stay, with the lifecycle "set_aside". Counts by source what came in and the tiers (of
// those set aside that alone).
//
// The rules are read when the stage is opened, for then the input's columns are known: columns that
// are kept beyond the schema may be named by the rules. A rule file that names a column that
// neither the schema nor the input has is an error that names its line.
#ifndef SCORE_STAGE_H
#define SCORE_STAGE_H

#include "core/lead/schema.h"
#include "core/pipeline/stage.h"
#include "score.h"

enum { SCORE_ADDED = SCORE_END - DEDUPE_END };

struct score {
    // Set by the caller; they outlive the run.
    struct rulebook *book;
    struct diagnostics *diagnostics; // what is wrong with the rules, for people
    int64_t as_of;                   // seconds since 1970-01-01 UTC
    const char *file;                // name of the rule file; NULL = score.rules

    // The stage's own.
    struct score_ruleset *rules;
    struct columns *out;
    uint32_t at[SCORE_ADDED]; // where the added columns are
    int *inputs;              // column of each field that the rules read, or -1
    size_t input_count;
    int source_name, source_file, source_row, lead_id; // of the input, or -1
    struct score_texts *texts;
    bool wants[SCORE_ADDED]; // somebody reads the added column
};

struct stage score_stage(struct score *score);

#endif
