// Lists and tables of rules/: plain text that users can read, override and extend.
//
//     struct list free_mail = {0};
//     list_load(&free_mail, &book, STR("email/free.txt"), NULL, &err);
//     if (list_has_domain(&free_mail, STR("mail.gmail.com"))) ...    // true by its parent
//
// A list holds one item a line; `#` at the start of a line is a comment; blanks at the ends do not
// count. In NAME.local a line "-item" takes an item out again. Items are compared as they are
// written there, in lower case (list_load folds ASCII letters, the lookups do not: pass lower
// case).
//
// A table is tab-separated: comments, then a line of column names, then rows. NAME.local has its
// own line of column names (any order, missing ones empty; none of the table's is an error) and its
// rows come after the shipped ones.
//
// Views are kept: the rulebook must outlive them. Read-only once loaded, for any number of threads.
#ifndef RULES_LIST_H
#define RULES_LIST_H

#include "core/base/map.h"
#include "rulebook.h"

struct list {
    struct map items; // value 1 = in the list, 0 = taken out
};

// from: the including rule file for relative names, or NULL.
bool list_load(struct list *list, struct rulebook *book, str name, const char *from,
               struct err *err);

// Adds one item (a view, lower case).
void list_add(struct list *list, str item);

bool list_has(const struct list *list, str item);

// Whether the domain or one of its parents is in the list; the last label alone counts too.
bool list_has_domain(const struct list *list, str domain);

void list_release(struct list *list);

struct rule_place;

// Where a list or table has the item: in the first of NAME.local and NAME with a line that is it or
// begins with it and a tab, in any case. Nowhere: *place is the file alone, or nothing.
void list_where(struct rulebook *book, str name, str item, struct rule_place *place);

struct table {
    str *names;
    str *cells; // rows x columns
    size_t columns, rows;
};

bool table_load(struct table *table, struct rulebook *book, str name, struct err *err);

// The number of a column, or -1.
int table_column(const struct table *table, const char *name);

// The same, or an error that names the file and the column.
bool table_need(const struct table *table, const char *file, const char *name, int *column,
                struct err *err);

static inline str table_cell(const struct table *table, size_t row, int column)
{
    return table->cells[row * table->columns + (size_t)column];
}

void table_release(struct table *table);

#endif
