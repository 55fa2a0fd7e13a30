// How often each value of a column occurs, in bounded memory.
//
//     struct value_counts counts = {0};
//     value_counts_add(&counts, hash_128(value), 1);
//     value_counts_merge(&all, &counts);                     // workers, in any order
//     uint32_t n = value_counts_of(&all, hash_128(value));
//
// Exact while there are at most VALUES_EXACT different values (20 MiB). With more it becomes a
// count-min sketch of fixed size (32 MiB): never too low, and too high by 1 to 3 where 10 million
// values all differ, less where values repeat. What it answers depends on the values alone,
// not on their order nor on how they were spread over workers: a table turns into the sketch that
// it would have been from the start, and sketches add up cell by cell.
#ifndef DEDUPE_VALUE_COUNTS_H
#define DEDUPE_VALUE_COUNTS_H

#include "core/base/keytable.h"

enum { VALUES_EXACT = 5 << 17, VALUE_SKETCH_ROWS = 4, VALUE_SKETCH_WIDTH = 1 << 21 };

struct value_counts {
    struct key_table exact; // value = count
    uint32_t *sketch;       // NULL while exact; VALUE_SKETCH_ROWS x VALUE_SKETCH_WIDTH
    uint64_t total;         // of all counts
    size_t most;            // exact up to that many values; 0 = VALUES_EXACT
};

// Counts a value `times` times; a count stops at 2^32 - 1. 25 ns when exact, about 100 in a sketch.
void value_counts_add(struct value_counts *counts, hash128 value, uint32_t times);

// Adds what `from` has counted; from stays as it is. Both must have the same `most`.
void value_counts_merge(struct value_counts *counts, const struct value_counts *from);

// How often the value was counted: exactly, or at least that (see above).
uint32_t value_counts_of(const struct value_counts *counts, hash128 value);

static inline bool value_counts_is_exact(const struct value_counts *counts)
{
    return !counts->sketch;
}

// What was counted, for a file. Of a sketch value.low is the number of a cell, and high 0.
struct value_count {
    hash128 value;
    uint32_t count;
};

// Those above `least`, sorted by value; *list is the caller's, by memory_free. Returns how many.
size_t value_counts_list(const struct value_counts *counts, uint32_t least,
                         struct value_count **list);

// Restores empty counts: first how many there were in all, then each of the list. value_counts_put
// returns false when a sketch has no such cell.
void value_counts_begin(struct value_counts *counts, bool is_sketch, uint64_t total);
bool value_counts_put(struct value_counts *counts, struct value_count count);

void value_counts_release(struct value_counts *counts);

#endif
