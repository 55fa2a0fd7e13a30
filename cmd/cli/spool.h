// Text kept for later, in order: so that the rejects of several stages become one file, stage by
// stage, as if the programs had been run one after another.
#ifndef CLI_SPOOL_H
#define CLI_SPOOL_H

#include "core/csv/output.h"
#include "core/pipeline/run.h"

struct spool {
    const char *temp_dir;
    int file;          // an unlinked private file; -1 until something is written
    bool skips_header; // the first text written is a header that is not wanted
    struct sink sink;
};

// Text written to spool->sink is kept, less its header.
void spool_init(struct spool *spool, const char *temp_dir);

// Writes everything kept to the output.
bool spool_copy(struct spool *spool, struct output *output, struct err *err);

void spool_release(struct spool *spool);

#endif
