// What a run did, as one JSON object with one schema everywhere (design section 3), and the check
// that no record was lost.
//
// Byte-deterministic: no time but as_of, no host, no path, no version; those are the manifest's.
#ifndef PIPELINE_SUMMARY_H
#define PIPELINE_SUMMARY_H

#include "core/base/buffer.h"
#include "core/base/hash.h"
#include "run.h"

struct summary_input {
    str name; // base name
    hash128 digest;
    uint64_t records;
    const struct tally *skipped; // names = kinds of lines that are no records; NULL = none
};

struct summary {
    const char *program;
    str as_of;
    hash128 rules_hash, stats_hash;
    const struct summary_input *inputs;
    size_t input_count;
    const struct stage_result *results;
    size_t stage_count;
};

void summary_write(const struct summary *summary, struct buffer *out);

// Whether every stage gave out what it took in, and took in what the one before gave. False with
// err (ERR_DATA) that names the stage and the numbers: a defect of ours, never of the input.
bool summary_holds(const struct summary *summary, uint64_t records, struct err *err);

#endif
