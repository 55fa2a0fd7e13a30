// The weigher's statistics as a file: what it has counted, so that another run can judge by the
// same.
//
//     statistics_write(&weigher, &text);                       // after weigher_settle
//     if (!statistics_read(&weigher, "stats.csv", &err)) ...   // after weigher_init, instead of
//     counting
//
// Canonical CSV, part,kind,value,count, sorted: the same statistics give the same bytes. Values are
// digests, and those that weigh nothing (counted once or twice) are left out.
#ifndef DEDUPE_STATISTICS_H
#define DEDUPE_STATISTICS_H

#include "core/base/buffer.h"
#include "weigh.h"

// Appends the rows, without the header.
void statistics_write(const struct weigher *weigher, struct buffer *out);

// False with err (file and line) when it cannot be read or is something else.
bool statistics_read(struct weigher *weigher, const char *file, struct err *err);

#endif
