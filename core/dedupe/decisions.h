// What people have decided of pairs: same or different, whatever weights or keys say.
//
//     struct decisions decisions = {0};
//     if (!decisions_load(&decisions, "decisions.csv", &err)) ...
//     if (decisions_of(&decisions, a, b) == DECIDED_DIFFERENT) ...
//
// The file is canonical CSV with the columns decision, a and b (ids of records), in any order; a
// row with a blank decision says nothing, so that a list of pairs for review can be filled in. Of
// two rows about one pair the last one counts.
#ifndef DEDUPE_DECISIONS_H
#define DEDUPE_DECISIONS_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/base/keytable.h"

enum decided { NOT_DECIDED, DECIDED_SAME, DECIDED_DIFFERENT };

struct decision {
    str a, b;
    enum decided decided;
};

struct decisions {
    struct arena arena;
    struct decision *items; // each pair once
    size_t count, capacity;
    struct key_table by_pair; // value = number + 1
};

// May be called for several files. False with err (file and line) when one cannot be read.
bool decisions_load(struct decisions *decisions, const char *file, struct err *err);

enum decided decisions_of(const struct decisions *decisions, str a, str b);

void decisions_release(struct decisions *decisions);

#endif
