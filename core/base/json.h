// Writing JSON: escaping, and nothing else. Deterministic, no floats.
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "buffer.h"

// Appends text as a JSON string with its quotes. Control characters, quotes and backslashes are
// escaped, U+2028 and U+2029 too; bytes that are not UTF-8 become U+FFFD, one each.
void json_add_string(struct buffer *out, str text);

// Appends `"name": ` with a comma before it unless *is_first, which it clears.
void json_add_name(struct buffer *out, bool *is_first, str name);

#endif
