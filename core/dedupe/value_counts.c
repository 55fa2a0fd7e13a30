#include "value_counts.h"

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

void value_counts_release(struct value_counts *counts)
{
    key_table_release(&counts->exact);
    if (counts->sketch) memory_unmap(counts->sketch, sketch_bytes());
    *counts = (struct value_counts){0};
}
