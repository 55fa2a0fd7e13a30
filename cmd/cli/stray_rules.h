// Files in the user's folders of rules that nobody reads: a mistyped name would quietly change
// nothing.
#ifndef CLI_STRAY_RULES_H
#define CLI_STRAY_RULES_H

#include "core/rules/rulebook.h"

// Warns of each NAME.local that adds to nothing and of each file whose name is nearly that of a
// rule file, in one line with the name that was meant. What the book has read is not among them.
// Reads the folders in front of /etc/leadpipe; one that cannot be read is passed over.
void stray_rules_say(const struct rulebook *book);

#endif
