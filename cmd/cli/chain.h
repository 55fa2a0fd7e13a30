// A chain of stages with its files: what every program runs, be it one stage or all of them.
//
//     struct chain chain;
//     chain_init(&chain, "lead-validate", &setup);
//     chain_add(&chain, stage);
//     if (!chain_open_outputs(&chain, &err) || !chain_run(&chain, source, &err)) ...
//     return chain_finish(&chain, &inputs, &err);
#ifndef CLI_CHAIN_H
#define CLI_CHAIN_H

#include "common.h"
#include "core/csv/output.h"
#include "core/pipeline/run.h"
#include "core/pipeline/summary.h"

enum { CHAIN_STAGES_MAX = 8, CHAIN_FILES_MAX = 4 };

struct chain_output {
    struct output *output;
    struct sink sink;
};

struct chain {
    const char *program;
    const struct setup *setup;
    struct stage stages[CHAIN_STAGES_MAX];
    struct run_stage run_stages[CHAIN_STAGES_MAX];
    size_t stage_count;
    struct chain_output main;
    struct chain_output places[CHAIN_STAGES_MAX][PLACE_COUNT];
    struct run run;
    hash128 stats_hash;                    // for the summary; 0 = none
    str *chosen;                           // of --columns
    struct output *files[CHAIN_FILES_MAX]; // the summary and the like, beside the records
    size_t file_count;
    bool is_part; // publishing it is not the last thing: a run folder follows
};

void chain_init(struct chain *chain, const char *program, const struct setup *setup);

// The place for the next stage, to be filled by its maker.
struct stage *chain_add(struct chain *chain);

// Opens the main output (NULL = none: leads are counted and dropped; "-" = standard output).
bool chain_open_main(struct chain *chain, const char *path, struct err *err);

// Opens the file of one place of one stage.
bool chain_open_place(struct chain *chain, size_t stage, enum place place, const char *path,
                      struct err *err);

// The files that the options name, for a program of one stage. Two that are one file, however they
// are spelled, are refused before anything is written.
bool chain_open_outputs(struct chain *chain, struct err *err);

// Moves everything from the source, showing progress, and checks that no record was lost.
bool chain_run(struct chain *chain, struct source *source, struct err *err);

// A file of its own to be published with the others: the summary. At most CHAIN_FILES_MAX.
bool chain_add_file(struct chain *chain, const char *path, str text, struct err *err);

// Publishes every output, all or, with err, none. (Renaming is the last step; a failure between two
// renames leaves the first.)
bool chain_publish(struct chain *chain, struct err *err);

// The summary as JSON.
void chain_summary(const struct chain *chain, const struct summary_input inputs[], size_t count,
                   struct buffer *out);

// Says how many records were taken out and kept nowhere.
void chain_say_dropped(const struct chain *chain);

// Closes the stages and outputs.
void chain_release(struct chain *chain);

// Writes a small file whole or not at all.
bool write_file(const char *path, str text, struct err *err);

#endif
