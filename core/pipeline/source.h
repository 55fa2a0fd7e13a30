// The source of every program but lead-normalize: canonical CSV from one or several inputs.
#ifndef PIPELINE_SOURCE_H
#define PIPELINE_SOURCE_H

#include "core/csv/input.h"
#include "stage.h"

struct csv_source;

// Opens the inputs in order ("-" is standard input) and reads their headers; all must have the
// first one's, without a name that stands twice. NULL and err on failure. block_bytes 0 = the
// reader's own choice. *stop (NULL allowed), once set, ends a read that waits for bytes with
// ERR_STOPPED.
struct csv_source *csv_source_open(const char *const paths[], size_t count, size_t block_bytes,
                                   const atomic_bool *stop, struct err *err);

// The engine's view of it; lives as long as the csv_source.
struct source *csv_source_stage(struct csv_source *source);

// What was read of the i-th input: its base name, digest and records, for the summary.
void csv_source_input(const struct csv_source *source, size_t i, str *name, hash128 *digest,
                      uint64_t *records);

void csv_source_close(struct csv_source *source); // NULL allowed

#endif
