// Saving what was understood of an export as a source profile of the user's own.
#ifndef LEADPIPE_INSPECT_SAVE_H
#define LEADPIPE_INSPECT_SAVE_H

#include "cmd/cli/common.h"
#include "core/normalize/plan.h"

// Ends the program when the name cannot be that of a profile.
void inspect_check_name(const char *name);

// Writes sources/NAME.rules into the first --rules-dir, else into the user's folder of rules, says
// where, and reads the export again with it: says so when it is not understood as before. A file or
// profile of that name that is there already is replaced only when is_forced. path: the export.
bool inspect_save(const struct setup *setup, const struct export_plan *plan, const char *name,
                  const char *path, bool is_forced, struct err *err);

#endif
