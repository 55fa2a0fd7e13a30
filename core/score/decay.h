// Points that lose worth with age.
//
//     struct score_decay decay = {DECAY_HALF_LIFE, 30000, {field, -1}};
//     score_decay_points(&decay, 16, 30, &left);     // 8: half after 30 days
//
// Integers only, from a table of 1/65536, so that every machine gives the same points. Only
// positive points fade: a bounce does not get better with time.
#ifndef SCORE_DECAY_H
#define SCORE_DECAY_H

#include <stdint.h>

enum decay_kind { DECAY_NONE, DECAY_HALF_LIFE, DECAY_FADE };

struct score_decay {
    enum decay_kind kind;
    int64_t days_1000; // half-life, or days until nothing is left, x 1000; above 0
    int fields[2];     // the fields that may hold the date: the first that does counts; -1 = none
};

// The share that is left after an age; kept between calls, for rules of one group ask the same.
// Zeroed is valid.
struct score_left {
    int64_t days_1000, age_days; // what it is for
    int64_t factor;              // / 2^shift
    int shift;
};

// What is left of points (at most a million) after age_days (0 or more), rounded half away from
// zero.
int32_t score_decay_points(const struct score_decay *decay, int32_t points, int64_t age_days,
                           struct score_left *left);

#endif
