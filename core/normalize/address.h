// Postal codes in the spelling of their country.
//
//     struct address_rules rules = {0};
//     address_rules_load(&rules, &book, &err);
//     postal_code(&rules, STR("sw1a1aa"), STR("GB"), &arena).text;  // "SW1A 1AA"
//     postal_code(&rules, STR("100"), STR("FI"), &arena).text;      // "00100": a spreadsheet
//
// The formats stand in rules/normalize/postal_codes.tsv. About 40 ns.
#ifndef NORMALIZE_ADDRESS_H
#define NORMALIZE_ADDRESS_H

#include "core/base/arena.h"
#include "core/rules/list.h"
#include "value.h"

struct address_rules {
    struct table table;
    uint16_t rows[26][26];  // row + 1 of each country
    uint16_t plain[26][26]; // bit n: n digits stay as they are
    int formats, zeros;     // columns
};

// Reads normalize/postal_codes.tsv. The rulebook must outlive the rules.
bool address_rules_load(struct address_rules *rules, struct rulebook *book, struct err *err);
void address_rules_release(struct address_rules *rules);

// cell: cleaned (text.h); country: alpha-2 in capitals or empty. Without a country, or in one that
// is not listed, the cell stays and is valid. Reasons: postal_code; zero_fill when leading zeros
// came back. Not valid, as typed: it has none of the country's formats.
struct value postal_code(const struct address_rules *rules, str cell, str country,
                         struct arena *arena);

#endif
