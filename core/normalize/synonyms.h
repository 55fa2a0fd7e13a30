// Which header means which column: rules/header_synonyms.tsv.
//
//     struct synonyms synonyms = {0};
//     if (!synonyms_load(&synonyms, &book, &err)) ...
//     struct meaning meanings[MEANINGS_MAX];
//     str folded = header_fold(STR("E-Mail-Adresse *"), &arena);         // "e mail adresse"
//     size_t count = synonyms_find(&synonyms, folded, &arena, meanings);  // email
//
// A header is compared as a whole, folded, and failing that without accents and blanks
// ("LASTNAME", "Sahkoposti"): never by a part of it, because "Company Name for Emails" is neither.
// Phrases inside a question are another lookup, whose answer the values have to confirm.
//
// Loading 6,000 rows takes about 2 ms. Read-only once loaded, for any number of threads.
#ifndef NORMALIZE_SYNONYMS_H
#define NORMALIZE_SYNONYMS_H

#include "core/base/map.h"
#include "core/rules/rulebook.h"

enum { MEANINGS_MAX = 8, LANGUAGES_MAX = 16 };

// One thing that a header can mean.
struct meaning {
    int target;
    unsigned rank;      // of several columns with one target the lowest comes first
    unsigned languages; // a bit for each language of synonyms->languages; 0 = of no language
};

struct synonym_entry {
    struct meaning meaning;
    uint32_t next; // number of the next entry for the same header, 0 at the end
};

struct synonym_phrase {
    str words; // folded, a blank at either end
    int target;
};

struct synonyms {
    struct arena arena;
    struct map whole, loose;       // folded header -> number of its first entry
    struct synonym_entry *entries; // from 1
    size_t count, capacity;
    struct synonym_phrase *phrases;
    size_t phrase_count, phrase_capacity;
    str languages[LANGUAGES_MAX];
    size_t language_count;
};

// Reads header_synonyms.tsv and its .local. The rulebook must outlive the synonyms.
bool synonyms_load(struct synonyms *synonyms, struct rulebook *book, struct err *err);
void synonyms_release(struct synonyms *synonyms);

// A header (valid UTF-8) as it is compared: Unicode-folded; `_ - . : * ?` quotes and runs of any
// blanks made one blank; nothing invisible; no blanks around a slash, none at the ends; no
// "(required)" behind it. In arena or a view.
str header_fold(str header, struct arena *arena);

// What a folded header means: fills meanings, best rank first (equal ranks in the order of the
// file), and returns how many there are; 0 when it is not known. The arena is for scratch.
size_t synonyms_find(const struct synonyms *synonyms, str folded, struct arena *arena,
                     struct meaning meanings[MEANINGS_MAX]);

// The target of the first phrase that stands in a folded header as whole words, or -1.
int synonyms_phrase(const struct synonyms *synonyms, str folded, struct arena *arena);

#endif
