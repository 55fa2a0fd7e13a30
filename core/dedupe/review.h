// Pairs for a person to look at, side by side: too light to be one, too heavy to be two, or
// refused.
//
// The list begins with the columns of decisions.h, blank, so that it can be filled in and given
// back.
#ifndef DEDUPE_REVIEW_H
#define DEDUPE_REVIEW_H

#include "match_plan.h"
#include "merge.h"
#include "store.h"

struct review {
    uint32_t a, b; // records, a < b
    int32_t weight;
    uint8_t refusals; // of enum refusal
    bool is_group;    // their groups contradict each other
};

struct reviews {
    struct review *items; // rising by a, then b
    size_t count, capacity;
};

void reviews_add(struct reviews *reviews, struct review review);

// Puts them in order, each pair once.
void reviews_sort(struct reviews *reviews);

// Where the pairs begin whose first record is `record` or a later one.
size_t reviews_from(const struct reviews *reviews, uint32_t record);

void reviews_release(struct reviews *reviews);

// decision,a,b,by,date,because,weight,refused, then each compared column of either record.
struct columns *review_columns(const struct match_plan *plan, const struct columns *in);

// Fills one row of a batch of these columns; text is in the batch's arena. False with err when a
// record cannot be read back.
bool review_fill(const struct review *review, const struct match_plan *plan,
                 const struct merge_plan *merge, const struct store *store, struct batch *batch,
                 uint32_t row, struct err *err);

// A weight in bits, with one decimal. In arena.
str weight_bits(int32_t weight, struct arena *arena);

#endif
