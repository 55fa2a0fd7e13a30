#include "review.h"

#include <stdlib.h>

#include "core/base/buffer.h"
#include "weigh.h"

enum { AT_A = 1, AT_B = 2, AT_WEIGHT = 6, AT_REFUSED = 7, OWN_COLUMNS = 8 };

void reviews_add(struct reviews *reviews, struct review review)
{
    reviews->items =
        memory_grow(reviews->items, &reviews->capacity, reviews->count + 1, sizeof *reviews->items);
    reviews->items[reviews->count++] = review;
}

static int compare(const void *a, const void *b)
{
    const struct review *x = a, *y = b;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

void reviews_sort(struct reviews *reviews)
{
    size_t kept = 0;
    if (reviews->count) qsort(reviews->items, reviews->count, sizeof *reviews->items, compare);
    for (size_t i = 0; i < reviews->count; i++) {
        if (kept && compare(&reviews->items[kept - 1], &reviews->items[i]) == 0) continue;
        reviews->items[kept++] = reviews->items[i];
    }
    reviews->count = kept;
}

size_t reviews_from(const struct reviews *reviews, uint32_t record)
{
    size_t low = 0, high = reviews->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reviews->items[middle].a < record)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void reviews_release(struct reviews *reviews)
{
    memory_free(reviews->items);
    *reviews = (struct reviews){0};
}

struct columns *review_columns(const struct match_plan *plan, const struct columns *in)
{
    static const str own[OWN_COLUMNS] = {{"decision", 8}, {"a", 1},      {"b", 1},
                                         {"by", 2},       {"date", 4},   {"because", 7},
                                         {"weight", 6},   {"refused", 7}};
    struct arena arena = {0};
    uint32_t count = OWN_COLUMNS + 2 * (uint32_t)plan->count;
    str *names = arena_new(&arena, str, count);
    memcpy(names, own, sizeof own);
    for (uint32_t i = 0; i < plan->count; i++) {
        str name = in->names[plan->columns[i].column];
        names[OWN_COLUMNS + 2 * i] = arena_format(&arena, "%.*s_a", STR_ARG(name));
        names[OWN_COLUMNS + 2 * i + 1] = arena_format(&arena, "%.*s_b", STR_ARG(name));
    }
    struct columns *columns = columns_new(names, count);
    arena_release(&arena);
    return columns;
}

str weight_bits(int32_t weight, struct arena *arena)
{
    int32_t size = weight < 0 ? -weight : weight;
    int32_t tenths = (size * 10 + WEIGHT_BIT / 2) / WEIGHT_BIT;
    return arena_format(arena, "%s%d.%d", weight < 0 ? "-" : "", tenths / 10, tenths % 10);
}

// The words of what was refused.
static str refused_text(const struct review *review, struct arena *arena)
{
    static const struct {
        unsigned refusal;
        str word;
    } words[] = {{REFUSED_SUFFIX, {"suffix", 6}},
                 {REFUSED_ONE_FACT, {"one_fact", 8}},
                 {REFUSED_OTHER_SITE, {"other_site", 10}},
                 {REFUSED_FAMILY, {"other_name", 10}},
                 {REFUSED_CONFLICT, {"conflict", 8}}};
    str text = {"", 0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!(review->refusals & words[i].refusal)) continue;
        text = text.len ? arena_join(arena, text, ';', words[i].word) : words[i].word;
    }
    if (review->is_group)
        text = text.len ? arena_join(arena, text, ';', STR("group")) : STR("group");
    return text;
}

bool review_fill(const struct review *review, const struct match_plan *plan,
                 const struct merge_plan *merge, const struct store *store, struct batch *batch,
                 uint32_t row, struct err *err)
{
    const uint32_t records[2] = {review->a, review->b};
    batch_set(batch, row, AT_WEIGHT, weight_bits(review->weight, &batch->arena), CELL_PLAIN);
    batch_set(batch, row, AT_REFUSED, refused_text(review, &batch->arena), CELL_PLAIN);
    for (uint32_t side = 0; side < 2; side++) {
        struct stored_row stored;
        struct member member;
        if (!store_row(store, records[side], &batch->arena, &stored, err)) return false;
        merge_read(merge, arena_copy(&batch->arena, stored.text), &batch->arena, &member);
        if (plan->id >= 0) batch_set(batch, row, side ? AT_B : AT_A, member.fields[plan->id], 0);
        for (uint32_t i = 0; i < plan->count; i++) {
            str value = member.fields[plan->columns[i].column];
            if (value.len) batch_set(batch, row, OWN_COLUMNS + 2 * i + side, value, 0);
        }
    }
    return true;
}
