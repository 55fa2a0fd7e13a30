// Patterns that are only a choice of words, or of beginnings, told without PCRE2.
//
//     struct literal_table table = {0};
//     literals_add(&table, STR("\\b(?:ceo|head of)\\b"), PATTERN_CASELESS, 7);   // true: taken
//     literals_seal(&table);
//     if (!literals_search(&table, text, &scratch, bits)) ...                    // ask PCRE2 then
//
// One pass over a text answers all patterns of a table: a word costs a probe of a hash table, all
// beginnings together a look at the first bytes. That is a tenth of what PCRE2 takes for four such
// patterns on a title. What is taken means exactly what PCRE2 says of it:
//
//     \bCHOICE\b                                  CHOICE: (?:text|text) or (text|text) or text
//     ^CHOICE followed by text, $ or [a-z.]+$     text may hold optional characters: demos?
//
// where a text is ASCII, and between \b begins and ends with a letter, digit or underscore.
#ifndef RULES_LITERALS_H
#define RULES_LITERALS_H

#include "core/base/arena.h"
#include "core/base/buffer.h"

enum { LITERALS_TEXT_MAX = 4096 };

// What must follow a beginning: characters of a set up to the end, at least so many.
struct literal_tail {
    bool set[128];
    bool least_one;
};

struct literal {
    str text;                 // in lower case when caseless
    uint64_t head, head_mask; // its first word, or its first bytes, in lower case
    uint32_t first_len;       // bytes of its first word
    uint32_t bit;
    int32_t next; // of the same slot; -1 = none
    bool is_caseless, is_start;
    bool is_phrase; // a blank stands for any run of blanks and hyphens
    bool ends_in_word;
    const struct literal_tail *tail; // NULL = anything may follow
};

struct literal_table {
    struct arena arena;
    struct literal *items;
    size_t count, capacity;
    int32_t *slots; // by first word; made by literals_seal
    unsigned slot_shift;
    int32_t starts[128]; // by first byte, in lower case
    bool has_words, has_starts;
};

// Adds a pattern of pattern_compile's flags, which must be a valid one. Returns false, with nothing
// added, when it is of no known kind.
bool literals_add(struct literal_table *table, str expression, unsigned flags, uint32_t bit);

// Adds a phrase in lower case that is to be found as words of its own, in either case; a blank in
// it stands for any run of blanks and hyphens. Returns false when it is not ASCII or does not begin
// with a letter, digit or underscore.
bool literals_add_phrase(struct literal_table *table, str phrase, uint32_t bit);

// Makes the table ready for searching, by any number of threads.
void literals_seal(struct literal_table *table);

// Sets the bits of the patterns that are found. Returns false, without an answer, for a text that
// is not ASCII or longer than LITERALS_TEXT_MAX. The content of scratch is replaced.
bool literals_search(const struct literal_table *table, str text, struct buffer *scratch,
                     uint64_t bits[]);

void literals_release(struct literal_table *table);

#endif
