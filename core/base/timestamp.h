// ISO 8601 times: text to seconds and back, in UTC. No clock is read here.
#ifndef BASE_TIMESTAMP_H
#define BASE_TIMESTAMP_H

#include "str.h"

// Reads 2026-11-24, 2026-11-24T06:00, 2026-11-24T06:00:00, each with an optional Z or +02:00.
// Without one the time is UTC. Returns false when text is anything else.
bool timestamp_parse(str text, int64_t *seconds);

// "2026-11-24T06:00:00Z" and a NUL into out.
void timestamp_format(int64_t seconds, char out[21]);

#endif
