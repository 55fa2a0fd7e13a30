// The times of the canonical record: ISO 8601, YYYY-MM-DD[THH:MM[:SS[.fff]][Z|+hh:mm]], a blank
// allowed for the T, no offset meaning UTC.
#ifndef SCORE_TIME_H
#define SCORE_TIME_H

#include "core/base/str.h"

enum { SECONDS_A_DAY = 86400 };

// Sets *seconds since 1970-01-01 UTC (a date alone is its midnight). False when s is no such time.
bool score_time_parse(str s, int64_t *seconds);

// The day that holds the second, counted from 1970-01-01; rounds down before it as well.
int64_t score_time_day(int64_t seconds);

// YYYY-MM-DD of a day of the years 0 to 9999 into out; no NUL.
void score_time_write_day(int64_t day, char out[10]);

#endif
