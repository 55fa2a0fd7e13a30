// The numbering plans of the world, loaded: what phone.h reads numbers with.
//
// rules/normalize/phones.table holds one digit automaton for all regions (its header says how it
// was made); phones.repairs.tsv and phones.words.tsv are written by hand and may be extended with
// NAME.local. Everything that the automaton refers to is checked while loading, so that reading a
// number needs no checks.
#ifndef LEAD_PHONE_RULES_H
#define LEAD_PHONE_RULES_H

#include "core/rules/list.h"

enum {
    PHONE_NSN_MAX = 17,   // digits of a national number; E.164 allows 15, some plans have more
    PHONE_INSERT_MAX = 4, // digits that a national-prefix rule puts in front
    PHONE_TEMPLATE_MAX = 20,
};

// A state of the automaton; 0 is the dead one, which leads to itself. Without cycles otherwise: a
// state leads to lower ones only.
struct phone_state {
    uint16_t next[10];
    char region[2]; // of a valid national number that ends here; "\0\0" for no one country's
    uint8_t kind;   // enum phone_kind, 0 = no valid number ends here
    bool accepts;   // automata that only say yes or no
};

struct phone_plan {
    char region[2];
    uint16_t code; // the calling code
    uint8_t code_len;
    uint8_t code_digits[3];
    uint32_t lengths; // bit n: national numbers may have n digits
    uint8_t length_max;
    uint16_t general;      // start state: whole national numbers
    uint16_t idd;          // start state: what is dialled before a calling code
    uint16_t prefix_first; // national-prefix rules
    uint16_t prefix_count;
};

// The longest match of `start` at the beginning of a number loses `drop` digits in front
// (PHONE_DROP_ALL: the whole match) and `cut` at its end, and gets `insert` in front.
enum { PHONE_DROP_ALL = 255 };
struct phone_prefix {
    uint16_t start;
    bool whole; // only where the match is the whole number
    uint8_t drop, cut;
    uint8_t insert_len;
    uint8_t insert[PHONE_INSERT_MAX];
};

// A rewriting of national numbers of one calling code that are not valid: where numbering plans
// have changed. `from` is a set of digits (bits) for each place; `to` digits, or PHONE_TAKE for the
// next digit that stood at a place with more than one choice.
enum { PHONE_TAKE = 10 };
struct phone_repair {
    const char *reason;
    uint16_t code;
    uint8_t from_len, to_len;
    bool open; // further digits may follow, and stay
    uint16_t from[PHONE_TEMPLATE_MAX];
    uint8_t to[PHONE_TEMPLATE_MAX];
};

struct phone_rules {
    struct phone_state *states;
    struct phone_plan *plans; // number 0 is not used
    struct phone_prefix *prefixes;
    uint32_t state_count, plan_count, prefix_count, code_count;
    uint16_t code_plan[1000];  // by calling code: its main plan, 0 = not a calling code
    uint16_t code_start[1000]; // by calling code: start state of its valid numbers
    uint16_t region_plan[26 * 26];
    struct phone_repair *repairs;
    uint32_t repair_count;
    struct map extension_words; // lower case
    struct arena arena;         // reasons
};

// Reads normalize/phones.table, phones.repairs.tsv and phones.words.tsv. Takes about a millisecond
// and 0.4 MB. The book must outlive the rules. Read-only afterwards, for any number of threads.
// A file that is damaged gives ERR_RULES. Release in either case.
bool phone_rules_load(struct phone_rules *rules, struct rulebook *book, struct err *err);

// The table alone, from memory: for tests and fuzzing.
bool phone_rules_read_table(struct phone_rules *rules, struct rule_text table, struct err *err);

void phone_rules_release(struct phone_rules *rules);

// The plan of a country (ISO 3166-1 alpha-2, either case), or NULL.
static inline const struct phone_plan *phone_rules_plan(const struct phone_rules *rules,
                                                        str country)
{
    if (country.len != 2 || !byte_is_letter(country.data[0]) || !byte_is_letter(country.data[1])) {
        return NULL;
    }
    int at = ((country.data[0] | 32) - 'a') * 26 + ((country.data[1] | 32) - 'a');
    return rules->region_plan[at] ? &rules->plans[rules->region_plan[at]] : NULL;
}

#endif
