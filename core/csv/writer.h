// Writing canonical CSV: comma, minimal quoting, a doubled quote for a quote.
//
// A field is quoted when it holds a comma, a quote, CR or LF, begins or ends with a blank or tab,
// or is the only field of its record and empty.
#ifndef CSV_WRITER_H
#define CSV_WRITER_H

#include "core/base/buffer.h"

// Whether text must be quoted (the lone empty field aside). Costs 4 ns for short text; 16 bytes at
// a time.
bool csv_needs_quotes(str text);

// Appends one field, quoted when it must be. No separator. 4 ns for 10 bytes. text is not part of
// out.
void csv_write_field(struct buffer *out, str text);

// The room that csv_put_field can need, and csv_write_field to a place with that much room: returns
// the end of what was written.
static inline size_t csv_field_room(str text) { return 2 * text.len + 2; }
char *csv_put_field(char *to, str text);

// Appends a whole record with its LF: 3 ns a field, 3 GB/s for short ones.
void csv_write_record(struct buffer *out, const str fields[], size_t count);

#endif
