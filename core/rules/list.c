#include "list.h"

#include <stdio.h>

#include "core/base/memory.h"
#include "diagnostics.h"

static str lower_copy(struct arena *arena, str item)
{
    size_t i = 0;
    while (i < item.len && !byte_is_upper(item.data[i])) i++;
    if (i == item.len) return item;
    char *out = arena_bytes(arena, item.len);
    for (i = 0; i < item.len; i++) out[i] = byte_lower(item.data[i]);
    return (str){out, item.len};
}

// The next line of *rest that is neither blank nor a comment, without its line end.
static bool next_line(str *rest, str *line)
{
    while (str_cut(rest, '\n', line)) {
        if (line->len && line->data[line->len - 1] == '\r') line->len--;
        if (line->len == 0 || line->data[0] == '#') continue;
        if (!byte_is_blank(line->data[0]) || str_trim(*line).len) return true;
    }
    return false;
}

// At least as many as next_line will find.
static size_t count_lines(str text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.len; i++) count += text.data[i] == '\n';
    return count;
}

static void add_lines(struct list *list, struct rulebook *book, str text, bool is_local)
{
    str line;
    map_reserve(&list->items, list->items.count + count_lines(text));
    while (next_line(&text, &line)) {
        str item = str_trim(line);
        if (!str_is_small(item)) item = lower_copy(&book->arena, item);
        bool takes_out = is_local && item.data[0] == '-';
        map_put(&list->items, takes_out ? str_trim(str_from(item, 1)) : item, !takes_out);
    }
}

bool list_load(struct list *list, struct rulebook *book, str name, const char *from,
               struct err *err)
{
    struct rule_text text;
    if (!rulebook_read(book, name, from, &text, err)) return false;
    add_lines(list, book, text.text, false);
    if (rulebook_read_local(book, name, &text, err)) add_lines(list, book, text.text, true);
    return !err || err->kind == ERR_NONE;
}

void list_add(struct list *list, str item) { map_put(&list->items, item, 1); }

bool list_has(const struct list *list, str item)
{
    uint32_t is_in;
    return map_find(&list->items, item, &is_in) && is_in;
}

bool list_has_domain(const struct list *list, str domain)
{
    for (;;) {
        if (list_has(list, domain)) return true;
        ptrdiff_t dot = str_find(domain, '.');
        if (dot < 0) return false;
        domain = str_from(domain, (size_t)dot + 1);
    }
}

void list_release(struct list *list) { map_release(&list->items); }

static bool find_line(struct rule_text text, str item, struct rule_place *place)
{
    str rest = text.text, line;
    *place = (struct rule_place){.file = text.file};
    for (int number = 1; str_cut(&rest, '\n', &line); number++) {
        str cell = str_trim(line);
        if (str_starts(cell, STR("-"))) cell = str_trim(str_from(cell, 1));
        bool is_it = cell.len >= item.len && item.len > 0 &&
                     str_equal_nocase(str_first(cell, item.len), item) &&
                     (cell.len == item.len || cell.data[item.len] == '\t');
        if (!is_it) continue;
        place->line = number;
        place->column = 1;
        place->text = line;
        return true;
    }
    return false;
}

void list_where(struct rulebook *book, str name, str item, struct rule_place *place)
{
    struct rule_text text;
    struct err err = {0};
    *place = (struct rule_place){0};
    if (rulebook_read_local(book, name, &text, &err) && find_line(text, item, place)) return;
    if (rulebook_read(book, name, NULL, &text, &err)) find_line(text, item, place);
}

static size_t count_cells(str line)
{
    size_t count = 1;
    for (size_t i = 0; i < line.len; i++) count += line.data[i] == '\t';
    return count;
}

static void read_names(str line, str **names, size_t *count)
{
    *count = count_cells(line);
    *names = memory_zeroed(*count, sizeof **names);
    for (size_t i = 0; i < *count; i++) str_cut(&line, '\t', &(*names)[i]);
}

// The next tab, or end: cells are short, so eight bytes at a time beat memchr.
static const char *find_tab(const char *at, const char *end)
{
    const uint64_t ones = 0x0101010101010101u;
    while (end - at >= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        word ^= '\t' * ones;
        uint64_t zero = (word - ones) & ~word & 0x80 * ones;
        if (zero && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
            return at + __builtin_ctzll(zero) / 8;
        }
        if (zero) break;
        at += 8;
    }
    while (at < end && *at != '\t') at++;
    return at;
}

static void add_row(struct table *table, str line, const int *to, size_t count)
{
    str *row = table->cells + table->rows++ * table->columns;
    for (size_t i = 0; i < table->columns; i++) row[i] = (str){"", 0};
    const char *at = line.data, *end = line.data + line.len;
    for (size_t i = 0; i < count && at <= end; i++) {
        const char *cell = at;
        at = find_tab(at, end);
        if (to[i] >= 0) row[to[i]] = (str){cell, (size_t)(at - cell)};
        at++;
    }
}

// Of what was added to a table: the line that should have named its columns.
static bool no_columns(const struct table *table, struct rule_text source, str line,
                       struct err *err)
{
    char names[120] = "";
    size_t len = 0;
    long number = 1;
    for (const char *at = source.text.data; at < line.data; at++) number += *at == '\n';
    for (size_t i = 0; i < table->columns && len < sizeof names; i++) {
        int got = snprintf(names + len, sizeof names - len, "%s%.*s", i ? ", " : "",
                           STR_ARG(table->names[i]));
        len += (size_t)got;
    }
    err_set(err, ERR_RULES, source.file, number,
            "the first line names none of the table's columns: %s", names);
    return err_hint(err, "a line of their names, with a tab between, comes before the rows");
}

static bool add_table(struct table *table, struct rule_text source, struct err *err)
{
    str rest = source.text, line;
    if (!next_line(&rest, &line)) {
        return err_set(err, ERR_RULES, source.file, 1, "a table needs a line of column names");
    }
    str *names;
    size_t count;
    read_names(line, &names, &count);
    if (!table->names) {
        table->names = names;
        table->columns = count;
    }
    int *to = memory_zeroed(count, sizeof *to);
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        to[i] = -1;
        for (size_t j = 0; j < table->columns; j++) {
            if (str_equal(names[i], table->names[j])) to[i] = (int)j;
        }
        known += to[i] >= 0;
    }
    if (known == 0) {
        memory_free(to);
        memory_free(names); // the table's own have known columns
        return no_columns(table, source, line, err);
    }
    size_t rows = table->rows + count_lines(rest);
    table->cells = memory_resize(table->cells, rows * table->columns * sizeof *table->cells);
    while (next_line(&rest, &line)) add_row(table, line, to, count);
    memory_free(to);
    if (names != table->names) memory_free(names);
    return true;
}

bool table_load(struct table *table, struct rulebook *book, str name, struct err *err)
{
    struct rule_text text;
    if (!rulebook_read(book, name, NULL, &text, err)) return false;
    if (!add_table(table, text, err)) return false;
    if (rulebook_read_local(book, name, &text, err)) return add_table(table, text, err);
    return !err || err->kind == ERR_NONE;
}

int table_column(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->columns; i++) {
        if (str_equal(table->names[i], str_of(name))) return (int)i;
    }
    return -1;
}

bool table_need(const struct table *table, const char *file, const char *name, int *column,
                struct err *err)
{
    *column = table_column(table, name);
    if (*column >= 0) return true;
    return err_set(err, ERR_RULES, file, 0, "the table has no column '%s'", name);
}

void table_release(struct table *table)
{
    memory_free(table->names);
    memory_free(table->cells);
    *table = (struct table){0};
}
