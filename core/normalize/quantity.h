// Numbers that people write in words and ranges: employees, minutes, days until they want to buy.
//
//     quantity_employees(&rules, STR("51-200"), &arena).text;           // "51"
//     quantity_minutes(&rules, STR("1h 2m 6s"), &arena).text;           // "62"
//     quantity_timeframe_days(&rules, STR("1–3 kk"), &arena).text;      // "90"
//
// Cells must be cleaned (text.h). What is not understood stays as typed and is not valid. Plain
// digits come back as they are. Reason: number.
#ifndef NORMALIZE_QUANTITY_H
#define NORMALIZE_QUANTITY_H

#include "word.h"

// The lower end of a range: "51-200" is 51, "more than 250" 251, "10,001+" 10001, "under 10" 1,
// "1 000" and "1.000" 1000, "5k" 5000; ranges that a spreadsheet made dates ("Nov-50" for 11-50).
struct value quantity_employees(const struct word_rules *rules, str cell, struct arena *arena);

// Whole minutes: "62", "62.5", "1:02:06", "62:06", "1 h 2 min", "PT1H2M". Two numbers with a colon
// are minutes and seconds when the first is above 23, else hours and minutes.
struct value quantity_minutes(const struct word_rules *rules, str cell, struct arena *arena);

// The upper end of a range in days, months of 30: "1-3 months" is 90, "within 6 weeks" 42,
// "immediately" 0, "just looking" empty. A range without an upper end is not within the number
// that it begins with: "more than 2 weeks" is 15, "6+ months" and "at least 6 months" 181.
struct value quantity_timeframe_days(const struct word_rules *rules, str cell, struct arena *arena);

#endif
