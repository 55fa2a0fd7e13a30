// Whose value a column takes, where it takes one member's.
#include <stdlib.h>

#include "core/base/timestamp.h"
#include "core/lead/schema.h"
#include "core/lead/words.h"
#include "merge.h"

static str field_or_empty(const struct member *member, int column)
{
    return column < 0 ? (str){"", 0} : member->fields[column];
}

// The best member, the survivor first, that has something in the column. count = nobody.
static size_t donor(const struct merge_plan *plan, const struct member members[], size_t count,
                    size_t survivor, uint32_t column)
{
    if (members[survivor].fields[column].len) return survivor;
    size_t best = count;
    for (size_t i = 0; i < count; i++) {
        if (members[i].fields[column].len == 0) continue;
        if (best == count || merge_is_better(plan, &members[i], &members[best])) best = i;
    }
    return best;
}

// Whether the column can hold the value: a text that nobody could read says nothing.
static bool is_readable(const struct merge_plan *plan, uint32_t column, str value)
{
    int64_t number;
    size_t count;
    str name = plan->columns->names[column];
    if (schema_fields[schema_find(name)].kind == VALUE_NUMBER) return merge_number(value, &number);
    const str *words = lead_words(name, &count);
    if (!words) return value.len > 0;
    for (size_t i = 0; i < count; i++) {
        if (str_equal(value, words[i])) return value.len > 0;
    }
    return false;
}

// How new, or how old, what the member says is: by the day of the consent where that is known.
static bool weigh_age(const struct merge_plan *plan, const struct member *member, uint32_t column,
                      int64_t *weight)
{
    bool is_newest = plan->takes[column] == TAKE_OF_NEWEST;
    if (!is_readable(plan, column, member->fields[column])) return false;
    *weight = is_newest ? member->newest : member->oldest;
    int64_t given;
    bool is_consent = (int)column == plan->consent;
    if (is_consent && timestamp_parse(field_or_empty(member, plan->consent_at), &given)) {
        *weight = given;
    }
    if (!is_newest) *weight = -*weight;
    return true;
}

// How much a value is what the column takes: the largest wins. False = this value has no say.
static bool weigh(const struct merge_plan *plan, const struct member *member, uint32_t column,
                  int64_t *weight)
{
    enum take_kind kind = plan->takes[column];
    str value = member->fields[column];
    if (kind == TAKE_OF_NEWEST || kind == TAKE_OF_OLDEST) {
        return weigh_age(plan, member, column, weight);
    }
    if (kind == TAKE_LONGEST) {
        *weight = (int64_t)value.len;
        return value.len > 0;
    }
    bool is_time = kind == TAKE_OLDEST || kind == TAKE_NEWEST;
    if (!(is_time ? timestamp_parse(value, weight) : merge_number(value, weight))) return false;
    if (kind == TAKE_OLDEST || kind == TAKE_LEAST) *weight = -*weight;
    return true;
}

// What is to be chosen from so far.
struct choice {
    size_t best; // count = nobody yet
    int64_t weight;
};

// The heavier; of equals the survivor, then the better record, then the first.
static void offer(const struct merge_plan *plan, const struct member members[], size_t count,
                  size_t survivor, size_t i, int64_t weight, struct choice *choice)
{
    size_t best = choice->best;
    bool wins = best == count || weight > choice->weight;
    if (!wins && weight == choice->weight && best != survivor) {
        wins = i == survivor || merge_is_better(plan, &members[i], &members[best]);
    }
    if (wins) *choice = (struct choice){i, weight};
}

struct held_value {
    hash128 hash;
    size_t member;
};

static int compare_values(const void *left, const void *right)
{
    const struct held_value *a = left, *b = right;
    if (a->hash.high != b->hash.high) return a->hash.high < b->hash.high ? -1 : 1;
    if (a->hash.low != b->hash.low) return a->hash.low < b->hash.low ? -1 : 1;
    return (a->member > b->member) - (a->member < b->member);
}

// The value that most members have.
static size_t common_from(const struct merge_plan *plan, const struct member members[],
                          size_t count, size_t survivor, uint32_t column)
{
    struct held_value *values = memory_alloc(count * sizeof *values);
    size_t held = 0;
    for (size_t i = 0; i < count; i++) {
        str value = members[i].fields[column];
        if (value.len) values[held++] = (struct held_value){hash_128(value), i};
    }
    qsort(values, held, sizeof *values, compare_values);
    struct choice choice = {count, 0};
    for (size_t from = 0, end; from < held; from = end) {
        for (end = from; end < held && hash128_equal(values[end].hash, values[from].hash);) end++;
        for (size_t i = from; i < end; i++) {
            offer(plan, members, count, survivor, values[i].member, (int64_t)(end - from), &choice);
        }
    }
    memory_free(values);
    return choice.best;
}

size_t merge_taken_from(const struct merge_plan *plan, const struct member members[], size_t count,
                        size_t survivor, uint32_t column)
{
    enum take_kind kind = plan->takes[column];
    if (plan->stays[column] || kind == TAKE_SURVIVOR) return survivor;
    struct choice choice = {count, 0};
    if (kind == TAKE_COMMON) {
        choice.best = common_from(plan, members, count, survivor, column);
    } else if (kind != TAKE_FILL && kind < TAKE_SUM) {
        for (size_t i = 0; i < count; i++) {
            int64_t weight;
            if (!weigh(plan, &members[i], column, &weight)) continue;
            offer(plan, members, count, survivor, i, weight, &choice);
        }
    }
    return choice.best == count ? donor(plan, members, count, survivor, column) : choice.best;
}

// More the more columns of the block the member has; of as many, which come first. 0 when it has
// but the country.
static int64_t weigh_block(const struct merge_plan *plan, const struct member *member, size_t block)
{
    int64_t filled = 0, first = 0;
    bool has_other = false;
    for (size_t i = 0; i < plan->rules->blocks[block].column_count; i++) {
        int column = plan->block_columns[block][i];
        if (column < 0 || member->fields[column].len == 0) continue;
        filled++;
        first |= (int64_t)1 << (BLOCK_COLUMNS_MAX - 1 - i);
        has_other |= column != plan->country;
    }
    return has_other ? filled << BLOCK_COLUMNS_MAX | first : 0;
}

size_t merge_block_from(const struct merge_plan *plan, const struct member members[], size_t count,
                        size_t survivor, size_t block)
{
    enum take_kind kind = plan->rules->blocks[block].kind;
    if (kind == TAKE_SURVIVOR) return survivor;
    struct choice choice = {count, 0};
    for (size_t i = 0; i < count; i++) {
        int64_t weight = weigh_block(plan, &members[i], block);
        if (weight == 0) continue;
        if (kind == TAKE_NEWEST) weight = members[i].newest;
        if (kind == TAKE_OLDEST) weight = -members[i].oldest;
        offer(plan, members, count, survivor, i, weight, &choice);
    }
    return choice.best;
}

// A column and what else is kept of its kind.
struct other {
    int column;     // email_other
    int kept[2];    // email; phone and mobile; -1 = none
    size_t from;    // whose email was taken
    int offered[3]; // columns that another value is looked for in, the first first
};

static bool is_kept(const struct other *other, const str out[], str value)
{
    for (size_t i = 0; i < 2; i++) {
        if (other->kept[i] >= 0 && str_equal_nocase(value, out[other->kept[i]])) return true;
    }
    return false;
}

static str offered_by(const struct other *other, const struct member *member, const str out[])
{
    for (size_t i = 0; i < 3; i++) {
        str value = field_or_empty(member, other->offered[i]);
        if (value.len && !is_kept(other, out, value)) return value;
    }
    return (str){"", 0};
}

static void set_other(const struct merge_plan *plan, const struct member members[], size_t count,
                      const struct other *other, str out[])
{
    if (other->column < 0 || plan->takes[other->column] != TAKE_FILL ||
        plan->block[other->column] >= 0) {
        return;
    }
    out[other->column] = (str){"", 0};
    if (other->from < count) {
        str own = members[other->from].fields[other->column];
        if (!is_kept(other, out, own)) out[other->column] = own;
    }
    size_t best = count;
    for (size_t i = 0; i < count && out[other->column].len == 0; i++) {
        if (best < count && !merge_is_better(plan, &members[i], &members[best])) continue;
        if (offered_by(other, &members[i], out).len) best = i;
    }
    if (best < count) out[other->column] = offered_by(other, &members[best], out);
}

void merge_others(const struct merge_plan *plan, const struct member members[], size_t count,
                  size_t email_from, size_t phone_from, str out[])
{
    const struct other email = {.column = plan->email_other,
                                .kept = {plan->email, -1},
                                .from = email_from,
                                .offered = {plan->email, plan->email_other, -1}};
    const struct other phone = {.column = plan->phone_other,
                                .kept = {plan->phone, plan->mobile},
                                .from = phone_from,
                                .offered = {plan->phone, plan->mobile, plan->phone_other}};
    set_other(plan, members, count, &email, out);
    set_other(plan, members, count, &phone, out);
}
