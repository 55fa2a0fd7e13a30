// A whole name as first and last name, for tables that have one column for both.
//
//     full_name_split(STR("Dr. Vincent van der Berg Jr."), &arena, &first, &last);
//                                                          // "Vincent", "van der Berg Jr."
//
// The last word, with the particles before it and what is put behind it, is the last name;
// "Berg, Anna" is the other way round. One word alone is a last name. Titles and degrees are left
// out.
#ifndef DEDUPE_FULL_NAME_H
#define DEDUPE_FULL_NAME_H

#include "core/base/arena.h"

// Either may be empty. Views of `full`, or in arena.
void full_name_split(str full, struct arena *arena, str *first, str *last);

#endif
