// The lines of dedupe.rules that say how records become one: match, id, field, merge, review.
#ifndef DEDUPE_RULES_MATCH_H
#define DEDUPE_RULES_MATCH_H

#include "core/rules/parser.h"
#include "profile.h"
#include "rules.h"

// What holds without such lines.
void match_rules_init(struct match_rules *match);

// Whether the current word begins one of them.
bool match_rules_start(const struct parser *parser);

// Reads one. False after a fault has been reported.
bool match_rules_parse(struct parser *parser, struct match_rules *match);

// Reports what does not go together once all lines are read.
void match_rules_check(const struct match_rules *match, const char *file,
                       struct diagnostics *diagnostics);

#endif
