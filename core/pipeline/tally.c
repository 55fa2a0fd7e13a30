#include "tally.h"

#include <stdlib.h>

#include "core/base/memory.h"

static bool is_entry(const struct tally_entry *entry, str group, str name)
{
    return str_equal(entry->group, group) && str_equal(entry->name, name);
}

static str key_of(struct arena *arena, str group, str name)
{
    char *key = arena_bytes(arena, group.len + 1 + name.len);
    if (group.len) memcpy(key, group.data, group.len);
    key[group.len] = '\0';
    if (name.len) memcpy(key + group.len + 1, name.data, name.len);
    return (str){key, group.len + 1 + name.len};
}

void tally_add(struct tally *tally, str group, str name, uint64_t count)
{
    if (tally->last < tally->count && is_entry(&tally->entries[tally->last], group, name)) {
        tally->entries[tally->last].count += count;
        return;
    }
    char *mark = tally->arena.at;
    str key = key_of(&tally->arena, group, name);
    uint32_t at;
    if (map_find(&tally->index, key, &at)) {
        if (mark && tally->arena.at == key.data + key.len && key.data == mark) {
            arena_trim(&tally->arena, mark);
        }
    } else {
        at = (uint32_t)tally->count;
        tally->entries =
            memory_grow(tally->entries, &tally->capacity, tally->count + 1, sizeof *tally->entries);
        tally->entries[tally->count++] =
            (struct tally_entry){str_first(key, group.len), str_from(key, group.len + 1), 0};
        map_put(&tally->index, key, at);
    }
    tally->last = at;
    tally->entries[at].count += count;
}

uint64_t tally_get(const struct tally *tally, str group, str name)
{
    for (size_t i = 0; i < tally->count; i++) {
        if (is_entry(&tally->entries[i], group, name)) return tally->entries[i].count;
    }
    return 0;
}

void tally_merge(struct tally *tally, const struct tally *from)
{
    for (size_t i = 0; i < from->count; i++) {
        tally_add(tally, from->entries[i].group, from->entries[i].name, from->entries[i].count);
    }
}

static int entry_order(const void *a, const void *b)
{
    const struct tally_entry *x = a, *y = b;
    int order = str_compare(x->group, y->group);
    return order ? order : str_compare(x->name, y->name);
}

void tally_sort(struct tally *tally)
{
    if (tally->count) qsort(tally->entries, tally->count, sizeof *tally->entries, entry_order);
    map_release(&tally->index);
    for (size_t i = 0; i < tally->count; i++) {
        str group = tally->entries[i].group, name = tally->entries[i].name;
        map_put(&tally->index, key_of(&tally->arena, group, name), (uint32_t)i);
    }
    tally->last = 0;
}

void tally_release(struct tally *tally)
{
    map_release(&tally->index);
    memory_free(tally->entries);
    arena_release(&tally->arena);
    *tally = (struct tally){0};
}
