// Progress on standard error: a line on a terminal, or JSON lines, or nothing.
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "core/pipeline/run.h"

// Chooses by --progress and whether standard error is a terminal; sets *callback (NULL = none).
void progress_start(const char *program,
                    void (**callback)(void *state, const struct run_progress *progress));

// Takes the line away, or writes the last JSON line.
void progress_end(uint64_t records);

#endif
