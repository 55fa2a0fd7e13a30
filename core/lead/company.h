// placeholder until the company module is merged: overwritten by it.
#ifndef LEAD_COMPANY_H
#define LEAD_COMPANY_H
#include "core/base/arena.h"
#include "core/rules/list.h"
struct company_rules;
str company_key(const struct company_rules *rules, str name, str country, struct arena *arena);
#endif
