// The lines of dedupe.rules that say what the survivor takes, and columns as they name them. Only
// for rules*.c.
#ifndef DEDUPE_RULES_TAKE_H
#define DEDUPE_RULES_TAKE_H

#include "core/rules/parser.h"
#include "rules.h"

// The column of the schema that token is, in *field. False when it is none, which is reported.
bool rules_schema_column(struct parser *parser, const struct token *token, int *field);

// Whether such a line begins here: a column of the schema, or a block that a line before named.
bool take_rules_start(const struct parser *parser, const struct dedupe_rules *rules);

// COLUMN takes WHAT, BLOCK takes WHAT. False when a fault was reported.
bool take_rules_parse(struct parser *parser, struct dedupe_rules *rules);

// block NAME is COLUMN + COLUMN ..., behind the word block. A block of that name goes.
bool block_rules_parse(struct parser *parser, struct dedupe_rules *rules);

#endif
