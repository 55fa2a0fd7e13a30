// Minutes of somebody who came, left and came back: a row each in the report of the webinar.
#include <stdlib.h>

#include "merge.h"

struct stretch {
    str file, row;
    int64_t value;
};

bool merge_number(str text, int64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.data[i]) || i > 17) return false;
        *number = *number * 10 + (text.data[i] - '0');
    }
    return text.len > 0;
}

static int compare_text(str a, str b)
{
    if (a.len != b.len) return a.len < b.len ? -1 : 1;
    return a.len ? memcmp(a.data, b.data, a.len) : 0;
}

// By file, by row, the largest value of a row first.
static int compare(const void *left, const void *right)
{
    const struct stretch *a = left, *b = right;
    int order = compare_text(a->file, b->file);
    if (order == 0) order = compare_text(a->row, b->row);
    if (order == 0) order = (a->value < b->value) - (a->value > b->value);
    return order;
}

static str field_of(const struct member *member, int column)
{
    return column < 0 ? (str){"", 0} : member->fields[column];
}

// Sums do not overflow: a value is below 10^18, and what is above that stays there.
static int64_t add(int64_t sum, int64_t value)
{
    enum { DIGITS = 18 };
    int64_t most = 1;
    for (int i = 0; i < DIGITS; i++) most *= 10;
    return sum > most - value ? most : sum + value;
}

static int64_t most_of_a_file(const struct stretch stretches[], size_t count)
{
    int64_t most = 0, sum = 0;
    for (size_t i = 0; i < count; i++) {
        const struct stretch *one = &stretches[i], *before = i ? one - 1 : NULL;
        bool is_same_file = before && one->file.len && compare_text(one->file, before->file) == 0;
        bool is_same_row = is_same_file && one->row.len && compare_text(one->row, before->row) == 0;
        if (!is_same_file) sum = 0;
        if (!is_same_row) sum = add(sum, one->value);
        if (sum > most) most = sum;
    }
    return most;
}

str merge_sum(const struct merge_plan *plan, const struct member members[], size_t count,
              uint32_t column, struct arena *arena)
{
    size_t found = 0;
    struct stretch *stretches = NULL;
    for (size_t i = 0; i < count; i++) {
        int64_t value;
        if (!merge_number(members[i].fields[column], &value)) continue;
        if (!stretches) stretches = arena_new(arena, struct stretch, count - i);
        stretches[found++] = (struct stretch){field_of(&members[i], plan->source_file),
                                              field_of(&members[i], plan->source_row), value};
    }
    if (found == 0) return (str){"", 0};
    qsort(stretches, found, sizeof *stretches, compare);
    return arena_format(arena, "%lld", (long long)most_of_a_file(stretches, found));
}
