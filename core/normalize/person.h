// Person names: one cell or several into salutation, first, middle and last name.
//
//     struct person_rules rules = {0};
//     person_rules_load(&rules, &book, &err);
//     struct person_context context = {PERSON_FAMILY_FIRST, STR("FI")};
//     struct person person = person_from_full(&rules, STR("Virtanen Matti Juhani"), &context,
//     &arena);
//     // first "Matti", middle "Juhani", last "Virtanen"
//
// Whether the family name stands first is a property of the column: see person_order_vote. A comma
// ("Virtanen, Matti") and a family name in capitals ("VIRTANEN Matti") tell for themselves.
// Honorifics go to the salutation, degrees and Jr to `suffix`, emoji and "(Guest)" away, particles
// (van der, de la) with the family name. Letter case is repaired only in a part that is all
// capitals or all small. Two people in a cell, or a company, are flagged and not taken apart.
// 100 to 300 ns for a usual name.
#ifndef NORMALIZE_PERSON_H
#define NORMALIZE_PERSON_H

#include "core/base/arena.h"
#include "core/rules/list.h"
#include "value.h"

enum person_order { PERSON_ORDER_UNKNOWN, PERSON_GIVEN_FIRST, PERSON_FAMILY_FIRST };

enum person_flag {
    PERSON_TWO_PEOPLE = 1,  // "Matti ja Liisa Virtanen"
    PERSON_COMPANY = 2,     // "Nordic Widgets Oy" where a person should be
    PERSON_PLACEHOLDER = 4, // "test test", "etunimi sukunimi": nothing is left
    PERSON_EMAIL = 8,       // an address in the place of a name: nothing is left
    PERSON_NOT_A_NAME = 16, // no letters, a web address, a sentence: as typed in last
};

struct person_word;

struct person_rules {
    struct table words_table, names_table;
    struct map words; // folded word or words -> number in entries
    struct person_word *entries;
    size_t count;
    struct map names; // folded name -> strength as given name | strength as family name << 8
    // By the first two letters (person_opening): bit n = a placeholder n bytes long (31: more).
    uint32_t placeholder_lengths[1024];
    struct arena arena;
};

// The place of texts that begin with these letters, whatever their case; second 0 = there is none.
static inline size_t person_opening(char first, char second)
{
    return (size_t)(first & 31) << 5 | (size_t)(second & 31);
}

struct person_context {
    enum person_order order; // of the column; unknown is read as given name first
    str country;             // alpha-2 or empty: decides what is doubtful
};

// Texts are views of what was passed, or in arena.
struct person {
    str salutation, first, middle, last;
    str suffix;         // what was taken off the end, for the journal
    const char *reason; // NULL when nothing changed (person_from_parts), else the weightiest of:
                        // placeholder, email_as_name, decoration, suffix, honorific, case,
                        // name_order, split_name
    unsigned flags;     // enum person_flag
    bool is_valid;      // false: two people, a company, or no name
};

// Reads normalize/name_tokens.tsv and normalize/person_names.tsv. The rulebook must outlive them.
bool person_rules_load(struct person_rules *rules, struct rulebook *book, struct err *err);
void person_rules_release(struct person_rules *rules);

// A cell that holds the whole name. Cells must be cleaned (text.h, TEXT_NAME).
struct person person_from_full(const struct person_rules *rules, str full,
                               const struct person_context *context, struct arena *arena);

// Cells of separate columns, any of them empty. Further given names move to middle; a whole name in
// one of the two columns is taken apart. What person_from_full gave comes back unchanged.
struct person person_from_parts(const struct person_rules *rules, const struct person *typed,
                                const struct person_context *context, struct arena *arena);

// A first and a last name, alone, in which person_from_parts finds nothing to do: 15 ns instead of
// 150.
bool person_is_usual(const struct person_rules *rules, str first, str last);

// Whether a word of what was typed stands in no part of the person: a degree, a nickname in
// brackets, a title. "Guest" and placeholders are no part of a name. 0.3 us.
bool person_has_lost(const struct person_rules *rules, str typed, const struct person *person,
                     struct arena *arena);

// What a column of whole names shows.
struct person_votes {
    size_t given_first, family_first; // by how usual the outer words are as given and family names
    size_t commas;                    // "Virtanen, Matti": says nothing of cells without a comma
    size_t east_asian;                // in those scripts the family name stands first, says no more
    size_t open;
};

// Counts one cell.
void person_order_vote(const struct person_rules *rules, str name, struct person_votes *votes,
                       struct arena *arena);

// The order that at least three quarters of the telling cells have, else `usual`.
enum person_order person_order_decide(const struct person_votes *votes, enum person_order usual);

#endif
