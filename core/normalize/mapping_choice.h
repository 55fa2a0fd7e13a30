// Choosing between the meanings of a header: by the other columns, and by the values.
#ifndef NORMALIZE_MAPPING_CHOICE_H
#define NORMALIZE_MAPPING_CHOICE_H

#include "mapping.h"

// What the header of one column can mean; count 0 = unknown, 1 = decided.
struct choice {
    struct meaning meanings[MEANINGS_MAX];
    size_t count;
};

// Decides every column that has several meanings; those with one are their neighbours.
void choose_meanings(struct mapping *mapping, const struct choice choices[]);

#endif
