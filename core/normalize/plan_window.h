// Looking at the records of the profile window: what the values of each column look like, the order
// of dates, the country that most leads are from.
#ifndef NORMALIZE_PLAN_WINDOW_H
#define NORMALIZE_PLAN_WINDOW_H

#include "plan.h"

// Fills the counts of plan->mapping's columns from the first records of body.
void window_sample(struct export_plan *plan, const struct knowledge *knowledge, str body,
                   bool is_whole);

// Once the columns are mapped: orders of dates and names, the majority country, from all records of
// body.
void window_decide(struct export_plan *plan, const struct knowledge *knowledge,
                   const struct export_options *options, str body, bool is_whole);

#endif
