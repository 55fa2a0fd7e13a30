// --suppress and --meaning: which opt-out lists there are, and reading them.
#ifndef CLI_OPT_OUT_LISTS_H
#define CLI_OPT_OUT_LISTS_H

#include "common.h"
#include "core/dedupe/known.h"

// Reads each list ([NAME:]FILE) into known, an export or not, and says which entries stop nobody.
// meanings: [NAME:]MEANING. The lists are sealed afterwards. False with err; a list that was named
// and stops nobody is a failure too, since it would quietly let everybody through.
bool opt_out_lists_read(const struct setup *setup, const struct option_list *files,
                        const struct option_list *meanings, const struct dedupe_rules *rules,
                        const struct key_lists *lists, struct known *known, struct err *err);

#endif
