// The summary of a run on the screen: where every record of every source went.
#ifndef LEADPIPE_REPORT_H
#define LEADPIPE_REPORT_H

#include "core/pipeline/run.h"
#include "top.h"

struct report {
    const char *program, *as_of, *dir;
    size_t input_count;
    const struct stage_result *results;
    size_t stage_count;
    const struct top_lead *top;
    const char *others[PLACE_COUNT]; // the files of records that are no leads, without ".csv"
    size_t other_count;
};

// Appends the text.
void report_write(const struct report *report, struct buffer *out);

#endif
