#include "wanted.h"

bool wanted_has(const struct wanted *wanted, str column)
{
    return wanted->all || map_find(&wanted->names, column, NULL);
}

bool wanted_has_any(const struct wanted *wanted, const str columns[])
{
    for (; columns->len; columns++) {
        if (wanted_has(wanted, *columns)) return true;
    }
    return false;
}

void wanted_add(struct wanted *wanted, str column)
{
    if (!wanted->all) map_put(&wanted->names, column, 1);
}

void wanted_release(struct wanted *wanted) { map_release(&wanted->names); }
