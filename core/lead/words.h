// The words that columns of fixed words can hold.
//
//     size_t count;
//     const str *words = lead_words(STR("email_status"), &count);   // valid risky ...
//
// What other modules make these words from keeps them here, so that rules which speak of a word no
// lead can have are told so.
#ifndef LEAD_WORDS_H
#define LEAD_WORDS_H

#include "core/base/str.h"

enum { SENIORITY_COUNT = 16, DEPARTMENT_COUNT = 27 };

// The first of both is "": not known. Seniorities rise, the least senior first.
extern const str lead_seniorities[SENIORITY_COUNT];
extern const str lead_departments[DEPARTMENT_COUNT];

// The words of a column of the schema, *count of them; NULL when it may hold others.
const str *lead_words(str column, size_t *count);

#endif
