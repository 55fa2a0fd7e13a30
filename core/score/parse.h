// The parser of score rules: state shared by the files that parse its parts.
#ifndef SCORE_PARSE_H
#define SCORE_PARSE_H

#include "core/rules/parser.h"
#include "ruleset.h"

struct score_include {
    const struct score_include *from;
    const char *file;
};

struct score_parser {
    struct parser base; // of the current file
    struct score_ruleset *rules;
    struct rulebook *book;
    const struct score_options *options;
    struct diagnostics *diagnostics;
    const struct score_include *file; // the current file, and what included it
    int layer;                        // 0 the main file, 1.. included ones, -1 NAME.local
    int group;                        // the current one, -1 = none yet
    enum field_origin last_allowed;   // origins beyond this one are not known yet here
    size_t condition_tests;           // of the condition that is read
    int depth;                        // of its parentheses
    const char **included;            // files that have been included
    size_t included_count, included_capacity;
};

// The functions that parse a statement stop at the end of its line and return true, or report what
// is wrong and return false; the rest of the line is then skipped.

// fields.c

// Reads a field's name. -1 when it is not one (reported).
int score_parse_field(struct score_parser *parser);

// The field of a column that the schema has.
uint32_t score_column_field(struct score_parser *parser, str name, struct rule_place place);
uint32_t score_input(struct score_ruleset *rules, str name);

// Reports that a field is not of the type that a test or line needs; false.
bool score_wrong_type(struct score_parser *parser, uint32_t field, enum field_type wanted,
                      struct rule_place place);

// `numbers a, b`, `dates a`, `texts a`.
bool score_parse_declaration(struct score_parser *parser, enum field_type type);

// conditions.c

bool score_parse_condition(struct score_parser *parser, enum field_origin last_allowed,
                           struct score_condition *out);

// A compiled pattern from the current token, or NULL (reported).
struct pattern *score_parse_pattern(struct score_parser *parser);

// text folded for comparing, in the rules' arena, in normal form C.
str score_fold_kept(struct score_ruleset *rules, str text);

// The list of that name, or NULL.
struct score_list *score_list_find(struct score_ruleset *rules, str name);

// rule_lines.c
bool score_parse_group(struct score_parser *parser);
bool score_parse_rule(struct score_parser *parser);
bool score_parse_veto(struct score_parser *parser, enum score_verdict verdict);

// tables.c
bool score_parse_tier(struct score_parser *parser);
bool score_parse_lifecycle(struct score_parser *parser);
bool score_parse_grade(struct score_parser *parser);
bool score_parse_answer(struct score_parser *parser);

// Steps over all lines of the table, whatever is wrong with them.
void score_parse_sources(struct score_parser *parser);

// expects.c
bool score_parse_expect(struct score_parser *parser);

// lists.c
bool score_parse_list(struct score_parser *parser);

// Adds what was read to the digest that names the version of the rules.
void score_version_add(struct score_ruleset *rules, str name, str content);

// statements.c

// Reads a whole number with or without sign. False (reported) when it is not there.
bool score_parse_whole(struct score_parser *parser, const char *what, int64_t least, int64_t most,
                       int64_t *number);

// `N minutes|hours|days|weeks` (singular as well): *count x 1000, *unit_seconds.
bool score_parse_duration(struct score_parser *parser, int64_t *count_1000, int64_t *unit_seconds);

// The reason in quotes that ends a rule.
bool score_parse_reason(struct score_parser *parser, str *reason);

#endif
