#include "schema.h"

#define ROW(stage, name, kind) {{name, sizeof(name) - 1}, VALUE_##kind, SCHEMA_STAGE_##stage},
#define NORMALIZE_ROW(id, name, kind) ROW(NORMALIZE, name, kind)
#define VALIDATE_ROW(id, name, kind) ROW(VALIDATE, name, kind)
#define DEDUPE_ROW(id, name, kind) ROW(DEDUPE, name, kind)
#define SCORE_ROW(id, name, kind) ROW(SCORE, name, kind)
#define ROUTE_ROW(id, name, kind) ROW(ROUTE, name, kind)

const struct schema_field schema_fields[] = {SCHEMA_LEAD(NORMALIZE_ROW) SCHEMA_VALIDATE(
    VALIDATE_ROW) SCHEMA_DEDUPE(DEDUPE_ROW) SCHEMA_SCORE(SCORE_ROW) SCHEMA_ROUTE(ROUTE_ROW)};

int schema_find(str name)
{
    for (int i = 0; i < SCHEMA_FIELD_COUNT; i++) {
        if (str_equal(schema_fields[i].name, name)) return i;
    }
    return -1;
}

const struct schema_field *schema_stage_fields(enum schema_stage stage, uint32_t *count)
{
    static const uint32_t ends[] = {(uint32_t)LEAD_FIELD_COUNT, (uint32_t)VALIDATE_END,
                                    (uint32_t)DEDUPE_END, (uint32_t)SCORE_END,
                                    (uint32_t)SCHEMA_FIELD_COUNT};
    uint32_t start = stage == SCHEMA_STAGE_NORMALIZE ? 0 : ends[stage - 1];
    *count = ends[stage] - start;
    return schema_fields + start;
}

struct columns *schema_extend(const struct columns *in, enum schema_stage stage, uint32_t at[])
{
    str names[SCHEMA_FIELD_COUNT];
    uint32_t count;
    const struct schema_field *fields = schema_stage_fields(stage, &count);
    for (uint32_t i = 0; i < count; i++) names[i] = fields[i].name;
    return columns_extend(in, names, count, at);
}
