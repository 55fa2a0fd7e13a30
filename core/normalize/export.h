// The source of lead-normalize: exports of any make, one after another, as batches of records.
//
//     struct export_input inputs[] = {{"scans.csv", &options}, {"-", &options}};
//     struct export_source *exports = export_source_open(inputs, 2, &knowledge, &err);
//     engine(export_source_stage(exports), ...);
//
// Every input is profiled when the source is opened, before the first record is given. A batch
// holds records of one input: batch->origin is its struct export_plan, batch->columns the plan's
// columns, and batch->faults (NULL = none has any) says of each record whether it could be read
// (enum record_fault); one that could not has empty fields and its text in records_line_text.
//
// Records and skipped lines add up to the lines of the input: nothing vanishes.
#ifndef NORMALIZE_EXPORT_H
#define NORMALIZE_EXPORT_H

#include "core/csv/input.h"
#include "core/pipeline/stage.h"
#include "plan.h"

struct export_input {
    const char *path; // "-" is standard input
    const struct export_options *options;
    const atomic_bool *stop; // ends a waiting read once set (input_stop_on); may be NULL
};

struct export_source;

// Opens and profiles the inputs; keeps the pointers in them and knowledge. NULL with err when one
// cannot be read, is no text, or cannot be leads. block_bytes: how much is located at a time; 0 =
// 256 KiB.
struct export_source *export_source_open(const struct export_input inputs[], size_t count,
                                         const struct knowledge *knowledge, size_t block_bytes,
                                         struct err *err);

// The engine's view of it; lives as long as the export_source.
struct source *export_source_stage(struct export_source *exports);

// The plan of an input. Its notes are warnings for the user.
const struct export_plan *export_source_plan(const struct export_source *exports, size_t input);

// What was met in an input, complete once the source has ended.
struct export_counts {
    uint64_t records;
    uint64_t skipped[SKIP_COUNT];
    uint64_t unreadable;                 // of the records
    uint64_t irregular, padded, trimmed; // of the records: repaired quotes, short, long
    struct decoding decoding;            // its counters
    hash128 digest;                      // of the whole file
};

void export_source_counts(const struct export_source *exports, size_t input,
                          struct export_counts *counts);

void export_source_close(struct export_source *exports); // NULL allowed

#endif
