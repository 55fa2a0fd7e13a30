// Minutes of somebody who came, left and came back: a row each in the report of the webinar.
#include <stdlib.h>

#include "core/base/timestamp.h"
#include "merge.h"

// A row that has a number.
struct stretch {
    str file, name, campaign, row; // where it stood
    int64_t end;                   // seconds, when it is known
    bool has_end, has_clock;       // known; to the minute, not the day alone
    uint32_t event;
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

static int compare_number(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int compare_origin(const struct stretch *a, const struct stretch *b)
{
    int order = compare_text(a->file, b->file);
    if (order == 0) order = compare_text(a->name, b->name);
    return order ? order : compare_text(a->campaign, b->campaign);
}

static int by_origin(const void *left, const void *right)
{
    const struct stretch *a = left, *b = right;
    int order = compare_origin(a, b);
    if (order == 0) order = compare_number(a->has_end, b->has_end);
    return order ? order : compare_number(a->end, b->end);
}

// The largest value of a row first.
static int by_row(const void *left, const void *right)
{
    const struct stretch *a = left, *b = right;
    int order = compare_number(a->event, b->event);
    if (order == 0) order = compare_text(a->row, b->row);
    if (order == 0) order = compare_number(b->value, a->value);
    return order ? order : compare_number(a->end, b->end);
}

static int by_end(const void *left, const void *right)
{
    const struct stretch *a = left, *b = right;
    int order = compare_number(a->event, b->event);
    if (order == 0) order = compare_number(a->end, b->end);
    return order ? order : compare_number(a->value, b->value);
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

// Tells the events apart, from 1 on. source_file is a name without a folder, so that two files may
// share it: what has other sources or half a day between is from two.
static void number_events(struct stretch stretches[], size_t count)
{
    enum { HALF_DAY = 12 * 60 * 60 };
    qsort(stretches, count, sizeof *stretches, by_origin);
    uint32_t event = 0;
    bool has_ends = false; // of all of one origin: those without come first
    for (size_t i = 0; i < count; i++) {
        struct stretch *one = &stretches[i], *before = i ? one - 1 : NULL;
        bool is_same = before && one->file.len && compare_origin(one, before) == 0;
        if (!is_same) has_ends = one->has_end;
        if (!is_same || (has_ends && one->end - before->end > HALF_DAY)) event++;
        one->event = event;
    }
}

// Leaves of rows that were given twice the one with more, and of two rows that end together after
// the same time, as when a report was exported twice, one. Returns how many are left.
static size_t drop_repeated(struct stretch stretches[], size_t count)
{
    size_t kept = 0;
    qsort(stretches, count, sizeof *stretches, by_row);
    for (size_t i = 0; i < count; i++) {
        const struct stretch *last = kept ? &stretches[kept - 1] : NULL, *one = &stretches[i];
        bool is_same = last && one->event == last->event && one->row.len && one->file.len;
        if (is_same && compare_text(one->row, last->row) == 0) continue;
        stretches[kept++] = *one;
    }
    count = kept;
    kept = 0;
    qsort(stretches, count, sizeof *stretches, by_end);
    for (size_t i = 0; i < count; i++) {
        const struct stretch *last = kept ? &stretches[kept - 1] : NULL, *one = &stretches[i];
        bool is_same = last && one->event == last->event && one->has_clock && last->has_clock &&
                       one->end == last->end && one->value == last->value;
        if (!is_same) stretches[kept++] = *one;
    }
    return kept;
}

static int64_t total_of(const struct stretch stretches[], size_t count, bool is_per_file)
{
    int64_t most = 0, sum = 0, all = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || stretches[i].event != stretches[i - 1].event) sum = 0;
        sum = add(sum, stretches[i].value);
        all = add(all, stretches[i].value);
        if (sum > most) most = sum;
    }
    return is_per_file ? most : all;
}

static struct stretch stretch_of(const struct merge_plan *plan, const struct member *member,
                                 int64_t value)
{
    enum { DAY_BYTES = 10 };
    str end = field_of(member, plan->last_activity_at);
    struct stretch stretch = {.file = field_of(member, plan->source_file),
                              .name = field_of(member, plan->source_name),
                              .campaign = field_of(member, plan->source_campaign),
                              .row = field_of(member, plan->source_row),
                              .value = value};
    stretch.has_end = timestamp_parse(end, &stretch.end);
    if (!stretch.has_end) stretch.end = 0;
    stretch.has_clock = stretch.has_end && end.len > DAY_BYTES;
    return stretch;
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
        stretches[found++] = stretch_of(plan, &members[i], value);
    }
    if (found == 0) return (str){"", 0};
    if (found > 1) {
        number_events(stretches, found);
        found = drop_repeated(stretches, found);
    }
    bool is_per_file = plan->takes[column] == TAKE_SUM_FILE;
    return arena_format(arena, "%lld", (long long)total_of(stretches, found, is_per_file));
}
