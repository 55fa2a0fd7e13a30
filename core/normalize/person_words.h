// What the parts of person names share: their words, what is known of them, letter case.
#ifndef NORMALIZE_PERSON_WORDS_H
#define NORMALIZE_PERSON_WORDS_H

#include "person.h"

enum person_kind {
    KIND_HONORIFIC = 1,
    KIND_POSTNOMINAL = 2,
    KIND_GENERATIONAL = 4,
    KIND_PARTICLE = 8,
    KIND_LOWER = 16,
    KIND_COUPLE = 32,
    KIND_MAC = 64,
    KIND_PLACEHOLDER = 128,
    KIND_GUEST = 256,
    KIND_COMPANY = 512,
};

struct person_word {
    unsigned kinds;
    str languages[4]; // where it is used as an honorific
};

enum { NAME_TOKENS_MAX = 12 };

struct name_token {
    str text; // as typed
    str key;  // folded; the keys of neighbours lie side by side with one blank between
};

struct name_tokens {
    struct name_token at[NAME_TOKENS_MAX];
    size_t count;
};

// Cuts text at its blanks. Tokens without a letter or digit are left out. False when there are more
// than NAME_TOKENS_MAX.
bool person_tokens(str text, struct name_tokens *tokens, struct arena *arena);

// The keys and the text of tokens [from, to).
str person_keys(const struct name_tokens *tokens, size_t from, size_t to);
str person_text(const struct name_tokens *tokens, size_t from, size_t to);

// What is known of folded words, or NULL.
const struct person_word *person_find(const struct person_rules *rules, str key);

static inline bool person_is(const struct person_rules *rules, str key, unsigned kinds)
{
    const struct person_word *word = person_find(rules, key);
    return word && (word->kinds & kinds);
}

// How usual a folded word is as a given and as a family name; both 0 when it is not known.
void person_strength(const struct person_rules *rules, str key, int *given, int *family);

// Letters of a text by case.
struct letter_case {
    size_t upper, lower;
};

struct letter_case person_case(str text);

static inline bool is_all_upper(struct letter_case letters)
{
    return letters.upper && !letters.lower;
}

static inline bool is_all_lower(struct letter_case letters)
{
    return letters.lower && !letters.upper;
}

// The name in title case. follows: another part of the name stands before it, so that particles are
// written small.
str person_title_case(const struct person_rules *rules, str name, bool follows, str country,
                      struct arena *arena);

// Without emoji, quotes, "(Guest)" and other brackets around or behind a name.
str person_undecorated(const struct person_rules *rules, str text, struct arena *arena);

// Whether a name begins in Chinese characters, kana or hangul: its family name stands first.
bool person_is_east_asian(str name);

// Takes honorifics off the front, as many as are there; returns how many tokens they are.
// is_shouted: the whole name is in capitals, so that capitals say nothing.
size_t person_honorifics(const struct person_rules *rules, const struct name_tokens *tokens,
                         str country, bool is_shouted);

// Where the tokens from `first` on end when degrees, Jr and the like are taken off; at least `keep`
// tokens stay.
size_t person_without_suffix(const struct person_rules *rules, const struct name_tokens *tokens,
                             size_t first, size_t keep, str country, bool is_shouted);

#endif
