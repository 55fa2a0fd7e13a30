// ISO 8601 times: text to seconds and back, in UTC. No clock is read here.
#ifndef BASE_TIMESTAMP_H
#define BASE_TIMESTAMP_H

#include "str.h"

// Reads 2026-11-24, 2026-11-24T06:00, 2026-11-24T06:00:00, each with an optional Z or +02:00.
// Without one the time is UTC. Returns false when text is anything else.
bool timestamp_parse(str text, int64_t *seconds);

// Whether text is a time as timestamp_format writes it, on a day that every month has (the 29th to
// the 31st are not looked at): timestamp_parse takes it, and two of them are in order as their
// bytes are.
bool timestamp_is_canonical(str text);

// "2026-11-24T06:00:00Z" and a NUL into out.
void timestamp_format(int64_t seconds, char out[21]);

#endif
