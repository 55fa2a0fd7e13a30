// One name on its way through person.c and person_parts.c, and the steps they share.
#ifndef NORMALIZE_PERSON_PARSE_H
#define NORMALIZE_PERSON_PARSE_H

#include "person_words.h"

struct name_parse {
    const struct person_rules *rules;
    const struct person_context *context;
    struct arena *arena;
    bool is_shouted; // every cased letter is a capital
    bool is_family_first;
    struct person person;
};

struct name_parse parse_start(const struct person_rules *rules,
                              const struct person_context *context, struct arena *arena);

// Keeps the first reason that is given.
void parse_note(struct name_parse *parse, const char *reason);

// No name, with a reason; and what is no name, as typed in last and not valid.
struct person parse_empty(struct name_parse *parse, const char *reason, unsigned flags);
struct person parse_not_a_name(struct name_parse *parse, str typed, unsigned flags);

// Whether the text has a letter, is no web address and no list of things.
bool parse_is_name(str text);
bool parse_is_placeholder(const struct name_parse *parse, str text);
bool parse_has_couple(const struct name_parse *parse, const struct name_tokens *tokens);
bool parse_is_company(const struct name_parse *parse, const struct name_tokens *tokens);

// Whether tokens [from, to) are a particle of the family name behind them.
bool parse_is_particle(const struct name_parse *parse, const struct name_tokens *tokens,
                       size_t from, size_t to);

// How many tokens before `at` (but not before `first`) are its particles; how many from `at` on are
// particles with a name behind them.
size_t parse_particles_before(const struct name_parse *parse, const struct name_tokens *tokens,
                              size_t first, size_t at);
size_t parse_particles_after(const struct name_parse *parse, const struct name_tokens *tokens,
                             size_t at, size_t end);

// Puts tokens [from, to) into first and middle.
void parse_set_given(struct name_parse *parse, const struct name_tokens *tokens, size_t from,
                     size_t to);

// Adds tokens [from, to) to the salutation.
void parse_add_honorifics(struct name_parse *parse, const struct name_tokens *tokens, size_t from,
                          size_t to);

void parse_add_suffix(struct name_parse *parse, str suffix);

// Whether every word of the text is a degree or the like.
bool parse_is_suffix(const struct name_parse *parse, str text);

// The text without what stands behind its last commas, when that is a degree or no name.
str parse_cut_commas(struct name_parse *parse, str text);

// A whole name; typed is the cell as it was.
struct person parse_full(struct name_parse *parse, str text, str typed);

// The name after as many passes of person_from_parts as it takes to change nothing more.
struct person person_settled(const struct person_rules *rules, struct person person,
                             const struct person_context *context, struct arena *arena);

// Repairs letter case and sets is_valid.
struct person parse_finish(struct name_parse *parse);

#endif
