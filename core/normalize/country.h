// Countries: any usual spelling in fifteen languages, alpha-2, alpha-3 or sporting code, to ISO
// 3166-1 alpha-2.
//
//     struct country_rules rules = {0};
//     country_rules_load(&rules, &book, &err);
//     country_code(&rules, STR("Suomi"), &arena).text;              // "FI"
//     country_code(&rules, STR("Helsinki, Finland"), &arena).text;  // "FI"
//
// For cells of a country column only: "CA" is Canada here, in a column of states it is California.
// Names are looked up whole, never by likeness (Niger is not Nigeria). England, Scotland, Wales and
// Northern Ireland are GB. Spellings stand in rules/normalize/countries.tsv. About 60 ns for a
// name, 5 ns for a code.
#ifndef NORMALIZE_COUNTRY_H
#define NORMALIZE_COUNTRY_H

#include "core/base/arena.h"
#include "core/rules/list.h"
#include "value.h"

struct country_rules {
    struct table table;
    struct map names;           // folded name -> row
    uint32_t code_rows[26][26]; // row + 1 of each alpha-2 code; 0 = no country
    int country;                // the table's column
    struct arena arena;
};

// Reads normalize/countries.tsv. The rulebook must outlive the rules.
bool country_rules_load(struct country_rules *rules, struct rulebook *book, struct err *err);
void country_rules_release(struct country_rules *rules);

// The cell must be cleaned (text.h). Reason: country_code. Unknown names stay and are not valid.
struct value country_code(const struct country_rules *rules, str cell, struct arena *arena);

// Whether the text is an alpha-2 code in capitals.
bool country_is_code(const struct country_rules *rules, str code);

// The country of a domain's top level ("nokia.fi" -> "FI", "acme.co.uk" -> "GB"), or "" for generic
// ones and for country codes that the world uses as if they were (.io, .co, .me, .ai, .tv ...).
str country_of_domain(const struct country_rules *rules, str domain);

#endif
