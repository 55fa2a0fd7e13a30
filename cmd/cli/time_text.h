// Times as people type them and files show them, in UTC.
#ifndef CLI_TIME_TEXT_H
#define CLI_TIME_TEXT_H

#include "core/base/str.h"

// Reads 2026-11-24, 2026-11-24T06:00, 2026-11-24T06:00:00, each with an optional Z or +02:00.
// Without one the time is UTC. Returns false when text is anything else.
bool time_parse(str text, int64_t *seconds);

// "2026-11-24T06:00:00Z" and a NUL into out.
void time_format(int64_t seconds, char out[21]);

#endif
