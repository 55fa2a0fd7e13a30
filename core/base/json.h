// A little JSON: writing strings and names, and reading one member of a flat object of ours.
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "arena.h"
#include "buffer.h"

// Appends text as a JSON string with its quotes. Control characters, quotes and backslashes are
// escaped, U+2028 and U+2029 too; bytes that are not UTF-8 become U+FFFD, one each.
void json_add_string(struct buffer *out, str text);

// Appends `"name": ` with a comma before it unless *is_first, which it clears.
void json_add_name(struct buffer *out, bool *is_first, str name);

// The value of a member of the object at the start of text, as text: a string without its quotes
// (undone into arena when it holds escapes), a number or word as it stands. False when there is no
// such member or text is no object. Names are compared as written, without ASCII case.
bool json_member(str text, str name, struct arena *arena, str *value);

// Takes the next member of the object that *text begins with, or is in the middle of, and steps
// over it; false when there is none. For wanting several: one pass for all.
bool json_next_member(str *text, struct arena *arena, str *name, str *value);

#endif
