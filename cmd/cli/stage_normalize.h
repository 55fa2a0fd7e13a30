// The normalize stage and its source as programs see them: exports in, leads out.
#ifndef CLI_STAGE_NORMALIZE_H
#define CLI_STAGE_NORMALIZE_H

#include "core/normalize/export.h"
#include "core/pipeline/run.h"
#include "core/pipeline/summary.h"
#include "stages.h"

struct filler;
struct value_rules;
struct normalizer; // an opened set of exports and the stage that reads them

// Opens the exports in order, decides how each is read, and fills *stage. uses_options: --source
// and the like are about these exports. NULL with err.
struct normalizer *normalizer_open(const struct setup *setup, const char *const paths[],
                                   size_t count, bool uses_options, struct stage *stage,
                                   struct err *err);

struct source *normalizer_source(struct normalizer *normalizer);

// What was read of each export, for the summary: count entries, valid until normalizer_close.
const struct summary_input *normalizer_inputs(struct normalizer *normalizer, size_t *count);

// Says what people should know of how the exports were read.
void normalizer_say_warnings(const struct normalizer *normalizer);

// Says when more than one number, or date, in twenty leads could not be read, and what helps.
// result is that of the normalize stage.
void normalizer_say_numbers(const struct stage_result *result);

// Has `watch` called with the batches of normalizers opened from now on (normalize_options.watch);
// they also take what cannot be leads (export_plan.is_refused), since it is only looked at.
void normalizer_watch(void (*watch)(void *state, struct filler *filler), void *state);

// What was decided of the i-th export, and what was met in it so far.
const struct export_plan *normalizer_plan(const struct normalizer *normalizer, size_t i);
void normalizer_counts(const struct normalizer *normalizer, size_t i, struct export_counts *counts);

// What the decisions were made with. Valid once a normalizer was opened, until release.
const struct knowledge *normalizer_knowledge(void);

// What normalize knows of values, for a stage behind it that needs some of the same: NULL when no
// normalizer was opened. Until release.
const struct value_rules *normalizer_values(void);

void normalizer_close(struct normalizer *normalizer); // NULL allowed

extern const struct option normalize_options[];

#endif
