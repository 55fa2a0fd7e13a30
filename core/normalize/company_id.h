// Registration and VAT numbers of companies, check digits verified.
//
//     company_id(STR("FI01120389"), STR(""), &arena).text;     // "0112038-9"
//     company_id(STR("5560160680"), STR("SE"), &arena).text;   // "556016-0680"
//
// One company has one id: a VAT number that contains the national number is written as that number
// (Finland, Sweden, Norway, Denmark, Estonia not, France), others with their country. Known: FI SE
// NO DK IS EE LV DE AT CH FR BE NL LU IT ES PT PL CZ GB. The check digit rules are those the
// registries publish. About 50 ns.
#ifndef NORMALIZE_COMPANY_ID_H
#define NORMALIZE_COMPANY_ID_H

#include "core/base/arena.h"
#include "value.h"

// cell: cleaned (text.h); country: alpha-2 in capitals or empty. A good number with another country
// before it stays as typed and is valid.
// Reasons: company_id; zero_fill when a leading zero came back. Not valid, as typed: a wrong check
// digit or length. Of other countries the cell stays and is valid.
struct value company_id(str cell, str country, struct arena *arena);

#endif
