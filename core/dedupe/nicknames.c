#include "nicknames.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/lead/fold.h"

// A form and a name it may stand for, the form's number in the upper half.
struct pairs {
    uint64_t *items;
    size_t count, capacity;
};

static uint32_t number_of(struct nicknames *nicknames, str name)
{
    uint32_t *number = map_slot_of(&nicknames->by_name, name);
    if (*number) return *number;
    nicknames->entries = memory_grow(nicknames->entries, &nicknames->capacity, nicknames->count + 1,
                                     sizeof *nicknames->entries);
    nicknames->entries[nicknames->count++] = (struct nickname_entry){.name = name};
    return *number = (uint32_t)nicknames->count;
}

static void add_pair(struct pairs *pairs, uint32_t form, uint32_t name)
{
    pairs->items =
        memory_grow(pairs->items, &pairs->capacity, pairs->count + 1, sizeof *pairs->items);
    pairs->items[pairs->count++] = (uint64_t)form << 32 | name;
}

static void remove_pair(struct pairs *pairs, uint32_t form, uint32_t name)
{
    size_t kept = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        if (pairs->items[i] != ((uint64_t)form << 32 | name))
            pairs->items[kept++] = pairs->items[i];
    }
    pairs->count = kept;
}

// A form and its names, which stand apart with commas; "-" takes one away again.
static void read_row(struct nicknames *nicknames, struct pairs *pairs, str form, str names,
                     struct arena *arena)
{
    form = fold_text(form, 0, arena);
    str name;
    while (form.len && str_cut(&names, ',', &name)) {
        name = str_trim(name);
        bool takes_away = str_starts(name, STR("-"));
        name = fold_text(str_from(name, takes_away), 0, arena);
        if (name.len == 0) continue;
        uint32_t number = number_of(nicknames, form);
        (takes_away ? remove_pair : add_pair)(pairs, number, number_of(nicknames, name));
    }
}

static bool read_table(struct nicknames *nicknames, struct pairs *pairs, const char *file,
                       struct rulebook *book, struct err *err)
{
    struct table table = {0};
    int form, names;
    bool is_read = table_load(&table, book, str_of(file), err) &&
                   table_need(&table, file, "form", &form, err) &&
                   table_need(&table, file, "names", &names, err);
    for (size_t row = 0; is_read && row < table.rows; row++) {
        read_row(nicknames, pairs, table_cell(&table, row, form), table_cell(&table, row, names),
                 &book->arena);
    }
    table_release(&table);
    return is_read;
}

static int compare_pairs(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t bit_of(uint32_t name) { return (uint64_t)1 << (name * 0x9E3779B1u >> 26); }

static void make_sets(struct nicknames *nicknames, struct pairs *pairs)
{
    for (uint32_t name = 1; name <= nicknames->count; name++) add_pair(pairs, name, name);
    if (pairs->count == 0) return;
    qsort(pairs->items, pairs->count, sizeof *pairs->items, compare_pairs);
    nicknames->ids = memory_alloc(pairs->count * sizeof *nicknames->ids);
    uint32_t filled = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        if (i && pairs->items[i] == pairs->items[i - 1]) continue;
        struct nickname_entry *entry = &nicknames->entries[(pairs->items[i] >> 32) - 1];
        uint32_t name = (uint32_t)pairs->items[i];
        if (entry->count++ == 0) entry->start = filled;
        entry->signature |= bit_of(name);
        nicknames->ids[filled++] = name;
    }
}

bool nicknames_load(struct nicknames *nicknames, struct rulebook *book, struct err *err)
{
    struct pairs pairs = {0};
    bool is_read = read_table(nicknames, &pairs, "dedupe/nicknames.tsv", book, err) &&
                   read_table(nicknames, &pairs, "dedupe/nicknames_europe.tsv", book, err);
    make_sets(nicknames, &pairs);
    memory_free(pairs.items);
    return is_read;
}

void nicknames_release(struct nicknames *nicknames)
{
    map_release(&nicknames->by_name);
    memory_free(nicknames->entries);
    memory_free(nicknames->ids);
    *nicknames = (struct nicknames){0};
}

uint32_t nicknames_find(const struct nicknames *nicknames, str name)
{
    uint32_t number;
    return map_find(&nicknames->by_name, name, &number) ? number : 0;
}

bool nicknames_meet(const struct nicknames *nicknames, uint32_t a, uint32_t b)
{
    if (a == 0 || b == 0) return false;
    const struct nickname_entry *x = &nicknames->entries[a - 1], *y = &nicknames->entries[b - 1];
    if ((x->signature & y->signature) == 0) return false;
    const uint32_t *one = nicknames->ids + x->start, *one_end = one + x->count;
    const uint32_t *other = nicknames->ids + y->start, *other_end = other + y->count;
    while (one < one_end && other < other_end) {
        if (*one == *other) return true;
        if (*one < *other)
            one++;
        else
            other++;
    }
    return false;
}

size_t nicknames_set(const struct nicknames *nicknames, uint32_t name, const uint32_t **ids)
{
    if (name == 0) return 0;
    *ids = nicknames->ids + nicknames->entries[name - 1].start;
    return nicknames->entries[name - 1].count;
}

str nicknames_name(const struct nicknames *nicknames, uint32_t name)
{
    return nicknames->entries[name - 1].name;
}
