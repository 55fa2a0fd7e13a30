// The columns of a stream of records: their names in order, found by name.
//
// Immutable and shared once made: a stage makes its output columns when it is opened and every
// batch points to them.
#ifndef LEAD_COLUMNS_H
#define LEAD_COLUMNS_H

#include "core/base/map.h"

struct columns {
    uint32_t count;
    const str *names;
    struct map by_name;
    void *memory; // what names and their bytes live in; NULL when they are static
};

// Copies the names. Equal names are allowed; columns_find gives the first.
struct columns *columns_new(const str names[], uint32_t count);

// in, followed by those of `added` that in does not have; at[i] (may be NULL) is where added[i] is.
struct columns *columns_extend(const struct columns *in, const str added[], uint32_t count,
                               uint32_t at[]);

void columns_free(struct columns *columns); // NULL allowed

// The number of the column, or -1.
int columns_find(const struct columns *columns, str name);

#endif
