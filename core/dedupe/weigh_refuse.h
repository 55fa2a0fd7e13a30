// What weights do not see: families, colleagues, branches, namesakes (MATCHING.md, section 6).
#ifndef DEDUPE_WEIGH_REFUSE_H
#define DEDUPE_WEIGH_REFUSE_H

#include "weigh.h"

// A level that no kind has: one record or both are blank.
enum { LEVEL_BLANK = LEVELS };

static inline int weighed_level(const struct weighed *weighed, enum fact_kind kind)
{
    return weighed->has >> kind & 1 ? weighed->parts[kind].level : LEVEL_BLANK;
}

// The flags of enum refusal. is_derived: the addresses are alike because names are.
unsigned refusals_of(const struct weigher *weigher, const struct profile *a,
                     const struct profile *b, const struct weighed *weighed, bool is_derived);

// Groups of kinds: the names, the address, and each other kind. Bits of what may be added up.
unsigned fact_group(enum fact_kind kind);

#endif
