// Members of the JSON object in the column `extra`, read in one pass.
//
//     str wanted[] = {STR("lead_status")}, found[1];
//     score_json_members(object, wanted, 1, &arena, found);
//
// Names are compared without ASCII case, and blanks, hyphens, dots, slashes and underscores count
// as the same, so that a rule may write extra.lead_status for "Lead Status".
#ifndef SCORE_JSON_H
#define SCORE_JSON_H

#include "core/base/arena.h"
#include "core/base/str.h"

// Sets found[i] to the value of the first member called wanted[i]: text without its escapes (in
// arena when there are any), numbers, true, false, arrays and objects as written; {0} when there is
// no such member, or it is null. What follows a fault in the object is not seen.
void score_json_members(str object, const str wanted[], size_t count, struct arena *arena,
                        str found[]);

#endif
