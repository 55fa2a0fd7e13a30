#include "merge.h"

#include "core/base/keytable.h"
#include "core/base/timestamp.h"
#include "core/csv/scan.h"
#include "core/lead/schema.h"

static int group_of(const struct merge_plan *plan, str name, enum schema_stage stage)
{
    bool is_verdict = stage == SCHEMA_STAGE_VALIDATE;
    if (is_verdict && str_starts(name, STR("email_"))) return plan->email;
    if (is_verdict && str_starts(name, STR("phone_"))) return plan->phone;
    if (str_equal(name, STR("phone_ext"))) return plan->phone;
    if (str_equal(name, STR("consent_at"))) return plan->consent;
    return -1;
}

// What a record is and where it came from is its own; never taken from another.
static bool is_own(int field)
{
    return field == FIELD_LEAD_ID || (field >= FIELD_SOURCE && field <= FIELD_SOURCE_ROW);
}

// Which time the column takes the newest or oldest by: its own, or else the record's.
static enum take_kind take_of(enum take_kind kind, int field)
{
    if (schema_fields[field].kind == VALUE_TIME) return kind;
    if (kind == TAKE_NEWEST) return TAKE_OF_NEWEST;
    return kind == TAKE_OLDEST ? TAKE_OF_OLDEST : kind;
}

static void find_blocks(struct merge_plan *plan)
{
    for (uint32_t i = 0; i < plan->columns->count; i++) plan->block[i] = -1;
    for (size_t i = 0; i < plan->rules->block_count; i++) {
        const struct block_rule *block = &plan->rules->blocks[i];
        for (size_t k = 0; k < block->column_count; k++) {
            int at = columns_find(plan->columns, block->columns[k]);
            plan->block_columns[i][k] = at;
            if (at >= 0) plan->block[at] = (int)i;
        }
    }
}

void merge_plan_make(struct merge_plan *plan, const struct dedupe_rules *rules,
                     const struct columns *columns)
{
    *plan = (struct merge_plan){.rules = rules, .columns = columns};
    const struct {
        int *at;
        str name;
    } wanted[] = {{&plan->lead_id, STR("lead_id")},
                  {&plan->source, STR("source")},
                  {&plan->source_name, STR("source_name")},
                  {&plan->source_campaign, STR("source_campaign")},
                  {&plan->source_file, STR("source_file")},
                  {&plan->source_row, STR("source_row")},
                  {&plan->created_at, STR("created_at")},
                  {&plan->last_activity_at, STR("last_activity_at")},
                  {&plan->email, STR("email")},
                  {&plan->email_other, STR("email_other")},
                  {&plan->phone, STR("phone")},
                  {&plan->mobile, STR("mobile")},
                  {&plan->phone_other, STR("phone_other")},
                  {&plan->consent, STR("consent")},
                  {&plan->consent_at, STR("consent_at")},
                  {&plan->country, STR("country")},
                  {&plan->opt_out, STR("opt_out")}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        *wanted[i].at = columns_find(columns, wanted[i].name);
    }
    plan->takes = memory_zeroed(columns->count, sizeof *plan->takes);
    plan->group = memory_zeroed(columns->count, sizeof *plan->group);
    plan->stays = memory_zeroed(columns->count, sizeof *plan->stays);
    plan->block = memory_zeroed(columns->count, sizeof *plan->block);
    for (uint32_t i = 0; i < columns->count; i++) {
        int field = schema_find(columns->names[i]);
        plan->group[i] = -1;
        if (field < 0) continue;
        plan->stays[i] = is_own(field);
        plan->group[i] = group_of(plan, columns->names[i], schema_fields[field].stage);
        for (size_t k = 0; k < rules->take_count; k++) {
            if (str_equal(rules->takes[k].column, columns->names[i])) {
                plan->takes[i] = take_of(rules->takes[k].kind, field);
            }
        }
    }
    find_blocks(plan);
    // Whatever the rules say, or do not.
    if (plan->opt_out >= 0) plan->takes[plan->opt_out] = TAKE_WORDS;
}

void merge_plan_release(struct merge_plan *plan)
{
    memory_free(plan->takes);
    memory_free(plan->group);
    memory_free(plan->stays);
    memory_free(plan->block);
    *plan = (struct merge_plan){0};
}

static str field_or_empty(const struct member *member, int column)
{
    return column < 0 ? (str){"", 0} : member->fields[column];
}

static void learn(const struct merge_plan *plan, struct member *member)
{
    int64_t seconds;
    member->newest = INT64_MIN;
    member->oldest = INT64_MAX;
    const int times[] = {plan->created_at, plan->last_activity_at};
    for (size_t i = 0; i < 2; i++) {
        if (!timestamp_parse(field_or_empty(member, times[i]), &seconds)) continue;
        if (seconds > member->newest) member->newest = seconds;
        if (seconds < member->oldest) member->oldest = seconds;
    }
    for (uint32_t i = 0; i < plan->columns->count; i++) member->filled += member->fields[i].len > 0;
}

void merge_read(const struct merge_plan *plan, str line, struct arena *arena, struct member *member)
{
    uint32_t count = plan->columns->count;
    *member = (struct member){
        .line = line, .fields = arena_new(arena, str, count), .raws = arena_new(arena, str, count)};
    uint32_t *ends = arena_alloc(arena, (line.len + 1) * sizeof *ends);
    struct scan_state state = {0};
    size_t found = scan_best()(line.data, line.len, ',', 0, &state, ends);
    uint32_t start = 0;
    for (uint32_t i = 0; i < count && i < found; i++) {
        str raw = {line.data + start, ends[i] - start};
        if (i + 1 == count && str_ends(raw, STR("\r"))) raw.len--;
        bool is_quoted = raw.len && raw.data[0] == '"';
        member->raws[i] = raw;
        member->fields[i] = is_quoted ? csv_unquote(raw, arena) : raw;
        start = ends[i] + 1;
    }
    learn(plan, member);
}

// Below 0 when a is the better record by this preference.
static int compare(const struct merge_plan *plan, const struct prefer_rule *prefer,
                   const struct member *a, const struct member *b)
{
    switch (prefer->kind) {
    case PREFER_FILLED: return (a->filled < b->filled) - (a->filled > b->filled);
    case PREFER_NEWEST: return (a->newest < b->newest) - (a->newest > b->newest);
    case PREFER_OLDEST: return (a->oldest > b->oldest) - (a->oldest < b->oldest);
    case PREFER_SOURCE:
        return str_equal(field_or_empty(b, plan->source), prefer->source) -
               str_equal(field_or_empty(a, plan->source), prefer->source);
    }
    return 0;
}

bool merge_is_better(const struct merge_plan *plan, const struct member *a, const struct member *b)
{
    for (size_t i = 0; i < plan->rules->prefer_count; i++) {
        int order = compare(plan, &plan->rules->prefers[i], a, b);
        if (order) return order < 0;
    }
    return false;
}

size_t merge_survivor(const struct merge_plan *plan, const struct member members[], size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        if (merge_is_better(plan, &members[i], &members[best])) best = i;
    }
    return best;
}

// The member whose value each column takes that takes one's, or count: nobody's.
struct donors {
    size_t *blocks;      // [rules->block_count]
    size_t email, phone; // whose these are
};

static str made_of_several(const struct merge_plan *plan, const struct member members[],
                           size_t count, size_t survivor, uint32_t column, struct arena *arena)
{
    switch (plan->takes[column]) {
    case TAKE_SUM:
    case TAKE_SUM_FILE: return merge_sum(plan, members, count, column, arena);
    case TAKE_WORDS: return merge_words(members, count, (int)column, arena);
    case TAKE_OBJECTS:
    case TAKE_UNION: return merge_union(plan, members, count, survivor, column, arena);
    case TAKE_JOINED: return merge_joined(plan, members, count, column, arena);
    default: return (str){"", 0};
    }
}

static size_t donor_of(const struct merge_plan *plan, const struct member members[], size_t count,
                       size_t survivor, uint32_t column, const struct donors *donors)
{
    // A verdict goes with the value it is about.
    uint32_t leader = plan->group[column] >= 0 ? (uint32_t)plan->group[column] : column;
    int block = plan->block[plan->block[column] >= 0 ? column : leader];
    if (block >= 0) {
        size_t from = donors->blocks[block];
        bool is_left = from < count && members[from].fields[column].len == 0;
        bool is_strict = plan->rules->blocks[block].kind == TAKE_SURVIVOR;
        // A telephone number tells a country too: where no address has one, it is anybody's.
        if (from < count && !(is_left && !is_strict && (int)column == plan->country)) return from;
    }
    size_t from = merge_taken_from(plan, members, count, survivor, leader);
    return from == count && leader != column ? survivor : from;
}

void merge_fields(const struct merge_plan *plan, const struct member members[], size_t count,
                  size_t survivor, struct arena *arena, str out[])
{
    size_t blocks[DEDUPE_BLOCKS_MAX];
    struct donors donors = {blocks, count, count};
    for (size_t i = 0; i < plan->rules->block_count; i++) {
        blocks[i] = merge_block_from(plan, members, count, survivor, i);
    }
    for (uint32_t column = 0; column < plan->columns->count; column++) {
        if (plan->takes[column] >= TAKE_SUM && !plan->stays[column]) {
            out[column] = made_of_several(plan, members, count, survivor, column, arena);
            if (out[column].len) continue;
        }
        size_t from = donor_of(plan, members, count, survivor, column, &donors);
        out[column] = from == count ? (str){"", 0} : members[from].fields[column];
        if ((int)column == plan->email) donors.email = from;
        if ((int)column == plan->phone) donors.phone = from;
    }
    merge_others(plan, members, count, donors.email, donors.phone, out);
}

// Nearly all clusters are small, and looking through what there is costs less than a table.
enum { MEMBERS_FEW = 32 };

static size_t count_touches(const struct merge_plan *plan, const struct member members[],
                            size_t count)
{
    struct key_table met = {0};
    size_t touches = 0;
    for (size_t i = 0; i < count; i++) {
        hash128 both = hash_128(field_or_empty(&members[i], plan->source_name));
        hash128 campaign = hash_128(field_or_empty(&members[i], plan->source_campaign));
        both.low = both.low * 0x9E3779B97F4A7C15u + campaign.low;
        both.high = both.high * 0x9E3779B97F4A7C15u + campaign.high;
        touches += key_table_add(&met, both);
    }
    key_table_release(&met);
    return touches;
}

size_t merge_touches(const struct merge_plan *plan, const struct member members[], size_t count)
{
    if (count > MEMBERS_FEW) return count_touches(plan, members, count);
    size_t touches = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_new = true;
        for (size_t j = 0; j < i && is_new; j++) {
            is_new = !str_equal(field_or_empty(&members[i], plan->source_name),
                                field_or_empty(&members[j], plan->source_name)) ||
                     !str_equal(field_or_empty(&members[i], plan->source_campaign),
                                field_or_empty(&members[j], plan->source_campaign));
        }
        touches += is_new;
    }
    return touches;
}

static str touch_at(const struct merge_plan *plan, const struct member *member, int64_t wanted)
{
    int64_t seconds;
    str created = field_or_empty(member, plan->created_at);
    if (timestamp_parse(created, &seconds) && seconds == wanted) return created;
    str last = field_or_empty(member, plan->last_activity_at);
    return timestamp_parse(last, &seconds) && seconds == wanted ? last : (str){"", 0};
}

str merge_first_touch(const struct merge_plan *plan, const struct member *member)
{
    return touch_at(plan, member, member->oldest);
}

str merge_last_touch(const struct merge_plan *plan, const struct member *member)
{
    return touch_at(plan, member, member->newest);
}
