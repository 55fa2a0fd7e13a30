#include "value_counts.h"

#include <stdlib.h>

#include "core/base/memory.h"

static size_t sketch_bytes(void)
{
    return (size_t)VALUE_SKETCH_ROWS * VALUE_SKETCH_WIDTH * sizeof(uint32_t);
}

static uint32_t add_counts(uint32_t a, uint32_t b)
{
    return b > UINT32_MAX - a ? UINT32_MAX : a + b;
}

// The cell of a value in a row of the sketch: the rows use different combinations of its two
// halves.
static size_t cell_of(hash128 value, unsigned row)
{
    uint64_t mixed = value.low + row * (value.high | 1);
    return (size_t)row * VALUE_SKETCH_WIDTH + (size_t)(mixed >> 43);
}

static void add_to_sketch(uint32_t *sketch, hash128 value, uint32_t times)
{
    for (unsigned row = 0; row < VALUE_SKETCH_ROWS; row++) {
        uint32_t *cell = &sketch[cell_of(value, row)];
        *cell = add_counts(*cell, times);
    }
}

static bool is_used(const struct key_table *table, size_t slot)
{
    return (table->keys[slot].low | table->keys[slot].high) != 0;
}

static void add_table_to_sketch(uint32_t *sketch, const struct key_table *table)
{
    for (size_t slot = 0; slot < table->capacity; slot++) {
        if (is_used(table, slot)) add_to_sketch(sketch, table->keys[slot], table->values[slot]);
    }
}

static void become_sketch(struct value_counts *counts)
{
    counts->sketch = memory_map(sketch_bytes());
    add_table_to_sketch(counts->sketch, &counts->exact);
    key_table_release(&counts->exact);
}

// The all-zero hash stands for a free slot: it counts as another value, here as in the sketch.
static hash128 usable(hash128 value)
{
    if ((value.low | value.high) == 0) value.low = 1;
    return value;
}

static void add(struct value_counts *counts, hash128 value, uint32_t times)
{
    if (counts->sketch) {
        add_to_sketch(counts->sketch, value, times);
        return;
    }
    bool is_new;
    uint32_t *count = key_table_put(&counts->exact, value, &is_new);
    *count = add_counts(*count, times);
    if (counts->exact.count > (counts->most ? counts->most : VALUES_EXACT)) become_sketch(counts);
}

void value_counts_add(struct value_counts *counts, hash128 value, uint32_t times)
{
    if (times == 0) return;
    counts->total += times;
    add(counts, usable(value), times);
}

void value_counts_merge(struct value_counts *counts, const struct value_counts *from)
{
    counts->total += from->total;
    if (!from->sketch) {
        for (size_t slot = 0; slot < from->exact.capacity; slot++) {
            if (is_used(&from->exact, slot)) {
                add(counts, from->exact.keys[slot], from->exact.values[slot]);
            }
        }
        return;
    }
    if (!counts->sketch) become_sketch(counts);
    for (size_t i = 0; i < (size_t)VALUE_SKETCH_ROWS * VALUE_SKETCH_WIDTH; i++) {
        counts->sketch[i] = add_counts(counts->sketch[i], from->sketch[i]);
    }
}

uint32_t value_counts_of(const struct value_counts *counts, hash128 value)
{
    value = usable(value);
    if (!counts->sketch) {
        const uint32_t *count = key_table_find(&counts->exact, value);
        return count ? *count : 0;
    }
    uint32_t least = UINT32_MAX;
    for (unsigned row = 0; row < VALUE_SKETCH_ROWS; row++) {
        uint32_t cell = counts->sketch[cell_of(value, row)];
        if (cell < least) least = cell;
    }
    return least;
}

static int compare_values(const void *a, const void *b)
{
    const struct value_count *x = a, *y = b;
    if (x->value.high != y->value.high) return x->value.high < y->value.high ? -1 : 1;
    return (x->value.low > y->value.low) - (x->value.low < y->value.low);
}

size_t value_counts_list(const struct value_counts *counts, uint32_t least,
                         struct value_count **list)
{
    size_t count = 0, capacity = 0;
    size_t cells =
        counts->sketch ? sketch_bytes() / sizeof *counts->sketch : counts->exact.capacity;
    *list = NULL;
    for (size_t i = 0; i < cells; i++) {
        struct value_count found = {{i, 0}, 0};
        if (counts->sketch) {
            found.count = counts->sketch[i];
        } else if (is_used(&counts->exact, i)) {
            found = (struct value_count){counts->exact.keys[i], counts->exact.values[i]};
        }
        if (found.count <= least) continue;
        *list = memory_grow(*list, &capacity, count + 1, sizeof **list);
        (*list)[count++] = found;
    }
    if (count) qsort(*list, count, sizeof **list, compare_values);
    return count;
}

void value_counts_begin(struct value_counts *counts, bool is_sketch, uint64_t total)
{
    value_counts_release(counts);
    counts->total = total;
    if (is_sketch) become_sketch(counts);
}

bool value_counts_put(struct value_counts *counts, struct value_count count)
{
    if (!counts->sketch) {
        add(counts, usable(count.value), count.count);
        return true;
    }
    if (count.value.high || count.value.low >= sketch_bytes() / sizeof *counts->sketch)
        return false;
    counts->sketch[count.value.low] = count.count;
    return true;
}

void value_counts_release(struct value_counts *counts)
{
    key_table_release(&counts->exact);
    if (counts->sketch) memory_unmap(counts->sketch, sketch_bytes());
    *counts = (struct value_counts){0};
}
