#include "list.h"

#include "core/base/memory.h"

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
        if (str_ends(*line, STR("\r"))) line->len--;
        if (line->len == 0 || line->data[0] == '#') continue;
        if (!byte_is_blank(line->data[0]) || str_trim(*line).len) return true;
    }
    return false;
}

static void add_lines(struct list *list, struct rulebook *book, str text, bool is_local)
{
    str line;
    while (next_line(&text, &line)) {
        str item = lower_copy(&book->arena, str_trim(line));
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

static void add_row(struct table *table, str line, const int *to, size_t count)
{
    size_t wanted = (table->rows + 1) * table->columns;
    table->cells = memory_grow(table->cells, &table->capacity, wanted, sizeof *table->cells);
    str *row = table->cells + table->rows++ * table->columns;
    for (size_t i = 0; i < table->columns; i++) row[i] = (str){"", 0};
    str cell;
    for (size_t i = 0; i < count && str_cut(&line, '\t', &cell); i++) {
        if (to[i] >= 0) row[to[i]] = cell;
    }
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
    for (size_t i = 0; i < count; i++) {
        to[i] = -1;
        for (size_t j = 0; j < table->columns; j++) {
            if (str_equal(names[i], table->names[j])) to[i] = (int)j;
        }
    }
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
