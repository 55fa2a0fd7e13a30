// A source profile made of a plan: what was understood of one export, pinned for those that follow.
//
//     profile_write(plan, STR("booth"), &text);        // the text of sources/booth.rules
//
// What was recognised (columns, ids, prefixes, tables, constants) is written out, so that a profile
// that was known before is not needed any more. Not in it: the encoding and the delimiter, which
// are told by each file, and the campaign, which is another one next time.
#ifndef NORMALIZE_PROFILE_H
#define NORMALIZE_PROFILE_H

#include "core/base/buffer.h"
#include "plan.h"

// Whether a word can name a saved profile and its file: a letter, then letters, digits, _ and -;
// none of the words for kinds of sources.
bool profile_name_is_good(str name);

// Appends the rules.
void profile_write(const struct export_plan *plan, str name, struct buffer *out);

// Whether a file read with the profile is understood as it was before: table, columns, order of
// dates, constants. Appends what differs to `differences`, a line each.
bool profile_reads_back(const struct export_plan *before, const struct export_plan *after,
                        struct buffer *differences);

#endif
