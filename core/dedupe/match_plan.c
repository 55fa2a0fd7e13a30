#include "match_plan.h"

#include "core/base/hash.h"
#include "core/base/memory.h"
#include "core/base/suggest.h"

// The column of a line of the rules; -1 when the stream does not have it.
static bool find_column(const struct field_rule *field, const struct columns *columns, int *at,
                        struct err *err)
{
    *at = columns_find(columns, field->column);
    if (*at >= 0 || !field->file || columns->count == 0) return true;
    struct suggestion best = suggest_start(field->column);
    for (uint32_t i = 0; i < columns->count; i++) suggest_offer(&best, columns->names[i]);
    err_set(err, ERR_DATA, field->file, field->line, "the input has no column called \"%.*s\"",
            STR_ARG(field->column));
    return best.word.len ? err_hint(err, "did you mean \"%.*s\"?", STR_ARG(best.word)) : false;
}

bool match_plan_make(struct match_plan *plan, const struct dedupe_rules *rules,
                     const struct columns *columns, struct err *err)
{
    const struct match_rules *match = &rules->match;
    int at;
    *plan = (struct match_plan){.id = -1, .across = -1};
    if (!find_column(&match->id, columns, &plan->id, err) ||
        !find_column(&match->across, columns, &plan->across, err)) {
        return false;
    }
    for (size_t i = 0; i < match->field_count; i++) {
        if (!find_column(&match->fields[i], columns, &at, err)) return false;
    }
    plan->columns = memory_alloc((columns->count + 1) * sizeof *plan->columns);
    for (uint32_t i = 0; i < columns->count; i++) {
        int kind = dedupe_rules_kind(rules, columns->names[i]);
        if (kind == FIELD_NO_KIND) continue;
        plan->columns[plan->count++] = (struct match_column){(enum fact_kind)kind, i};
    }
    return true;
}

void match_plan_release(struct match_plan *plan)
{
    memory_free(plan->columns);
    *plan = (struct match_plan){0};
}

static str id_and_digest(str id, str line, struct arena *arena)
{
    hash128 digest = hash_128(line);
    char *out = arena_bytes(arena, id.len + MATCH_DIGEST_BYTES);
    if (id.len) memcpy(out, id.data, id.len);
    memcpy(out + id.len, &digest, MATCH_DIGEST_BYTES);
    return (str){out, id.len + MATCH_DIGEST_BYTES};
}

static void make_profile(const struct match_plan *plan, const struct profile_rules *lists,
                         struct batch *batch, uint32_t row, str line, struct arena *arena,
                         struct profile *profile)
{
    struct profile_column *values = arena_alloc(&batch->arena, plan->count * sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        str text = batch_get(batch, row, plan->columns[i].column);
        if (text.len == 0) continue;
        values[count++] = (struct profile_column){plan->columns[i].kind, text};
    }
    str own = batch_get_or_empty(batch, row, plan->id), id = id_and_digest(own, line, arena);
    // The order of records is that of the hashes of their ids.
    profile_make(lists, own.len ? own : id, values, count, arena, profile);
    profile->id = id;
    str across = batch_get_or_empty(batch, row, plan->across);
    if (across.len) profile->source = (uint32_t)hash_64(across) | 1;
}

void match_plan_profiles(const struct match_plan *plan, const struct profile_rules *lists,
                         struct batch *batch, const str lines[], struct arena *arena,
                         struct profile profiles[])
{
    for (uint32_t row = 0; row < batch->count; row++) {
        make_profile(plan, lists, batch, row, lines[row], arena, &profiles[row]);
    }
}
