// The key under which two spellings of one company meet: legal forms, articles, case, accents and
// signs taken away, and never everything.
//
//     struct company_rules rules = {0};
//     company_rules_load(&rules, &book, &err);
//     str key = company_key(&rules, STR("Oy Karl Fazer Ab"), STR("FI"), &arena);  // "karl fazer"
//
// What is a legal form stands in rules/normalize/legal_suffixes.tsv. Forms end a name, some may
// also begin it; the longest is taken off first, and again while there is one. A form of two
// letters or an ordinary word ("spa") needs evidence: the country, a comma or capitals before it,
// dots in it, or another form beside it. A trade name in brackets at the end and what follows
// "formerly" or "dba" is cut. For comparing only; the name as typed is what people see.
// About 0.4 us; names repeat, so callers keep a cache.
#ifndef LEAD_COMPANY_H
#define LEAD_COMPANY_H

#include "core/base/arena.h"
#include "core/rules/list.h"

struct company_form;

struct company_rules {
    struct table table;
    struct map forms; // folded form -> number in entries
    struct company_form *entries;
    size_t words_max; // longest form
    struct arena arena;
};

struct company_parts {
    str key;  // folded words; empty only when the name has no letter or digit
    str form; // the legal form nearest the name's end, in its common spelling ("oyj", "gmbh"), or
              // ""
};

// Reads normalize/legal_suffixes.tsv. The rulebook must outlive the rules.
bool company_rules_load(struct company_rules *rules, struct rulebook *book, struct err *err);
void company_rules_release(struct company_rules *rules);

// country: ISO 3166-1 alpha-2 in capitals, or empty. The answer is in arena or a view of the name
// or the rules.
struct company_parts company_split(const struct company_rules *rules, str name, str country,
                                   struct arena *arena);

// Its key alone.
str company_key(const struct company_rules *rules, str name, str country, struct arena *arena);

#endif
