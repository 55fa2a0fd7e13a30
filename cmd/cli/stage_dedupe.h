// What a program of several stages needs to know of the options of dedupe.
#ifndef CLI_STAGE_DEDUPE_H
#define CLI_STAGE_DEDUPE_H

#include <stdbool.h>

// Whether --on-match divert was given: leads that the CRM knows are to have a file.
bool dedupe_diverts(void);

#endif
