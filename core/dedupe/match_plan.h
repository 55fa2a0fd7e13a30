// Which columns of a stream the records are told apart and compared by, as dedupe.rules names them.
//
//     struct match_plan plan;
//     if (!match_plan_make(&plan, rules, columns, &err)) ...
//     match_plan_profiles(&plan, &lists, batch, &arena, profiles);
#ifndef DEDUPE_MATCH_PLAN_H
#define DEDUPE_MATCH_PLAN_H

#include "core/lead/batch.h"
#include "profile.h"
#include "rules.h"

struct match_plan {
    int id, across; // columns; -1 = none
    struct match_column {
        enum fact_kind kind;
        uint32_t column;
    } * columns; // in the order of the stream
    size_t count;
};

// False with err (ERR_DATA, at the line of the rules) when a column that the rules name is not
// there; a stream without any column has them all.
bool match_plan_make(struct match_plan *plan, const struct dedupe_rules *rules,
                     const struct columns *columns, struct err *err);
void match_plan_release(struct match_plan *plan);

// The bytes of a profile's id behind the record's own id: a digest of the record, so that two of
// one id, or of none, are told apart whatever their order.
enum { MATCH_DIGEST_BYTES = 16 };

// Makes a profile of each record. lines[row] is the record's text; what profiles hold is in arena.
void match_plan_profiles(const struct match_plan *plan, const struct profile_rules *lists,
                         struct batch *batch, const str lines[], struct arena *arena,
                         struct profile profiles[]);

// The record's own id: empty when it has none.
static inline str match_id(const struct profile *profile)
{
    return str_first(profile->id, profile->id.len - MATCH_DIGEST_BYTES);
}

#endif
