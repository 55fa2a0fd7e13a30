// On what two values of one field agree: the levels that a weight table is asked with.
//
//     struct likeness_rules rules = LIKENESS_RULES;
//     rules.nicknames = &nicknames;
//     likeness_prepare(&rules, LIKENESS_FIRST_NAME, STR("bob"), &arena, &a);       // once a record
//     enum likeness level = likeness_of(&rules, LIKENESS_FIRST_NAME, &a, &b);      // once a pair
//     weight += weights[field][level];                                    // 2^10 parts of a bit
//
// A pair has one level a field, the closest that holds; blank when either value is empty.
// likeness_of(a, b) is likeness_of(b, a). It looks at the two values alone, in integers, and
// allocates nothing: 5 to 80 ns, full names 140. Values are prepared in 0.01 to 0.5 us.
//
// What text a kind expects (never a placeholder, which is blank to the caller):
//   first_name last_name full_name company street city region text    fold_text; company_key
//   email         email_key: one @, lower case
//   phone         E.164, or digits
//   postal_code country id     fold_text, better without blanks; country its code
//   website       a host name without www., lower case
//   date          2026-11-20, with a time behind it or not, or 20261120; other text as an id
#ifndef DEDUPE_LIKENESS_H
#define DEDUPE_LIKENESS_H

#include "core/lead/email.h"
#include "distance.h"
#include "metaphone.h"
#include "nicknames.h"

enum likeness_kind {
    LIKENESS_FIRST_NAME,
    LIKENESS_LAST_NAME,
    LIKENESS_FULL_NAME,
    LIKENESS_EMAIL,
    LIKENESS_PHONE,
    LIKENESS_COMPANY,
    LIKENESS_STREET,
    LIKENESS_CITY,
    LIKENESS_REGION,
    LIKENESS_POSTAL_CODE,
    LIKENESS_COUNTRY,
    LIKENESS_WEBSITE,
    LIKENESS_DATE,
    LIKENESS_ID,
    LIKENESS_TEXT,
    LIKENESS_KINDS
};

enum likeness {
    LIKE_BLANK,     // one is empty, or both: says nothing
    LIKE_DIFFER,    // none of the following
    LIKE_EXACT,     // the same text, or the same day
    LIKE_REORDERED, // the same words in another order
    LIKE_NICKNAME,  // names that one person may have (bob, robert)
    LIKE_INITIAL,   // one letter for a name (j, juha); a company's or region's first letters (ibm)
    LIKE_TYPO,      // within the limits of distance.h; codes, dates and numbers: one slip
    LIKE_PHONETIC,  // Double Metaphone or the Nordic folding is the same
    LIKE_START,     // a first name that begins the other one (tim, timothy)
    LIKE_CLOSE,     // Jaro-Winkler is at least close_least, or the letters are the same
    LIKE_ABBREVIATED,  // the same words, some of them abbreviated (mfg, manufacturing)
    LIKE_SUBSET,       // all words of one are in the other
    LIKE_OVERLAP,      // at least half of the words of both; a first name of several
    LIKE_OTHER_NUMBER, // a street's or company's words without its numbers
    LIKE_LOCAL_PART,   // the same before the @ of another domain
    LIKE_DOMAIN,       // the same behind it, where not anybody may have an address; a site's name
                       // under another top-level domain
    LIKE_LAST_DIGITS,  // the last seven of a phone number
    LIKE_SWAPPED,      // day and month have changed places
    LIKE_YEAR_MONTH,   // of a date
    LIKE_YEAR_DAY,
    LIKE_NEAR, // the first half of a postal code; dates less than a year apart
    LIKE_LEVELS
};

// What is known and asked. Without nicknames no name has any; without providers every domain
// counts.
struct likeness_rules {
    const struct nicknames *nicknames;
    const struct email_providers *providers;
    struct typo_limits limits; // of names, companies, streets, places and text
    int close_least;           // of a thousand; 0: LIKE_CLOSE is not asked for
};

// What the experiment with labelled sets was measured with: the narrow limits.
#define LIKENESS_RULES ((struct likeness_rules){.limits = {{3, 9, 0}}, .close_least = 880})

// A word of a name.
struct likeness_word {
    struct name_letters letters;
    struct metaphone sound;
    uint32_t nordic;   // hash of its Nordic folding
    uint32_t nickname; // number of the name, 0 = not known
};

// A value as likeness_of reads it: 64 bytes, and in the arena 56 for each word of a name or 8 for
// each token. The caller keeps it beside the arena and the text that it was made of. letters.text
// is what is compared (of a phone and a date the digits): what frequencies of values are counted
// by.
struct likeness_value {
    struct name_letters letters;
    union {
        const struct likeness_word *words; // of names, at most 8
        const uint64_t *tokens; // hashes of the words of companies, streets and the like, rising;
                                // odd: the word has a digit
        uint64_t date;          // 20261120, 0 = none
    };
    uint64_t initials; // of the words, or the letters of the only word: at most 8, sorted
    uint16_t count;    // of words or tokens
    uint16_t numbers;  // tokens that are odd
    uint16_t part_len; // of an address's local part, of a site's name
    uint16_t is_free;  // the domain says nothing: anybody may have an address there
    uint32_t nickname; // of the whole name
};

// Makes a value; out is all zero for an empty text, which may also be written {0}.
void likeness_prepare(const struct likeness_rules *rules, enum likeness_kind kind, str text,
                      struct arena *arena, struct likeness_value *out);

// The level of two values prepared for this kind by these rules.
enum likeness likeness_of(const struct likeness_rules *rules, enum likeness_kind kind,
                          const struct likeness_value *a, const struct likeness_value *b);

// Whether the two names of one record stand in each other's column in the second, slips allowed,
// and do not agree as they stand. Prepared first and last names; false when one is blank.
bool likeness_names_swapped(const struct likeness_rules *rules,
                            const struct likeness_value *first_a,
                            const struct likeness_value *last_a,
                            const struct likeness_value *first_b,
                            const struct likeness_value *last_b);

// Bit 1 << level for each level that values of the kind can have: what a weight table must have.
uint32_t likeness_levels(enum likeness_kind kind);

// Their words in rules and explanations: "first_name", "other_number". likeness_kind_find and
// likeness_find return -1 for what is none.
const char *likeness_kind_name(enum likeness_kind kind);
const char *likeness_name(enum likeness level);
int likeness_kind_find(str word);
int likeness_find(str word);

#endif
