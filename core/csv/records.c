#include "records.h"

struct block *block_new(size_t capacity)
{
    struct block *block = memory_alloc(sizeof *block);
    block->data = memory_alloc(capacity + BLOCK_PADDING);
    memset(block->data + capacity, 0, BLOCK_PADDING);
    block->capacity = capacity;
    block->len = 0;
    block->is_paged = false;
    atomic_init(&block->references, 1);
    return block;
}

struct block *block_new_paged(struct pages *pages, size_t capacity)
{
    struct block *block = memory_alloc(sizeof *block);
    block->data = pages_take(pages, capacity + BLOCK_PADDING);
    block->capacity = capacity;
    block->len = 0;
    block->is_paged = true;
    atomic_init(&block->references, 1);
    return block;
}

struct block *block_keep(struct block *block)
{
    if (block) atomic_fetch_add_explicit(&block->references, 1, memory_order_relaxed);
    return block;
}

void block_release(struct block *block)
{
    if (!block) return;
    if (atomic_fetch_sub_explicit(&block->references, 1, memory_order_acq_rel) != 1) return;
    if (block->is_paged)
        pages_give_back(block->data, block->capacity + BLOCK_PADDING);
    else
        memory_free(block->data);
    memory_free(block);
}

void records_clear(struct records *records)
{
    block_release(records->block);
    records->block = NULL;
    records->count = 0;
}

void records_release(struct records *records)
{
    records_clear(records);
    memory_free(records->starts);
    memory_free(records->ends);
    memory_free(records->lines);
    memory_free(records->raw_starts);
    memory_free(records->raw_ends);
    *records = (struct records){0};
}

void records_reserve(struct records *records, size_t count, size_t columns)
{
    records->starts =
        memory_grow(records->starts, &records->starts_capacity, count, sizeof *records->starts);
    records->lines =
        memory_grow(records->lines, &records->lines_capacity, count, sizeof *records->lines);
    records->ends =
        memory_grow(records->ends, &records->ends_capacity, count * columns, sizeof *records->ends);
    if (!records->raw_starts) return;
    size_t before = records->raw_capacity;
    records->raw_starts =
        memory_grow(records->raw_starts, &before, count, sizeof *records->raw_starts);
    records->raw_ends =
        memory_grow(records->raw_ends, &records->raw_capacity, count, sizeof *records->raw_ends);
}

str csv_unquote(str raw, struct arena *arena)
{
    str inside = raw.len >= 2 ? (str){raw.data + 1, raw.len - 2} : (str){raw.data, 0};
    if (str_find(inside, '"') < 0) return inside;
    char *out = arena_bytes(arena, inside.len);
    size_t len = 0;
    for (size_t i = 0; i < inside.len; i++) {
        out[len++] = inside.data[i];
        if (inside.data[i] == '"') i++;
    }
    arena_trim(arena, out + len);
    return (str){out, len};
}
