// Counting by name in two levels: what of what. Per worker without locks, added up at the end.
//
//     tally_add(tally, STR("source"), STR("Messuskanneri"), STR("reject"), 1);
//
// Small: a few hundred names. Looking up the same names again and again costs a hash and a probe;
// the name looked up last is remembered.
#ifndef PIPELINE_TALLY_H
#define PIPELINE_TALLY_H

#include "core/base/arena.h"
#include "core/base/map.h"

struct tally_entry {
    str group, name; // e.g. a source, and what was counted of it
    uint64_t count;
};

struct tally {
    struct arena arena;
    struct map index; // "group\0name" -> number of the entry
    struct tally_entry *entries;
    size_t count, capacity;
    size_t last; // the entry found last
};

void tally_add(struct tally *tally, str group, str name, uint64_t count);
uint64_t tally_get(const struct tally *tally, str group, str name);

// Adds all of from to tally.
void tally_merge(struct tally *tally, const struct tally *from);

// Sorts the entries by group, then name, bytewise: the order in which they are written.
void tally_sort(struct tally *tally);

void tally_release(struct tally *tally);

#endif
