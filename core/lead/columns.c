#include "columns.h"

#include "core/base/memory.h"

struct columns *columns_new(const str names[], uint32_t count)
{
    struct columns *columns = memory_zeroed(1, sizeof *columns);
    size_t bytes = 0;
    for (uint32_t i = 0; i < count; i++) bytes += names[i].len;
    columns->count = count;
    columns->memory = memory_alloc(count * sizeof(str) + bytes);
    str *copies = columns->memory;
    char *at = (char *)(copies + count);
    columns->names = copies;
    for (uint32_t i = 0; i < count; i++) {
        if (names[i].len) memcpy(at, names[i].data, names[i].len);
        copies[i] = (str){at, names[i].len};
        at += names[i].len;
        if (!map_find(&columns->by_name, copies[i], NULL)) {
            map_put(&columns->by_name, copies[i], i);
        }
    }
    return columns;
}

struct columns *columns_extend(const struct columns *in, const str added[], uint32_t count,
                               uint32_t at[])
{
    str *names = memory_zeroed(in->count + count, sizeof *names);
    uint32_t total = in->count;
    if (in->count) memcpy(names, in->names, in->count * sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        int known = columns_find(in, added[i]);
        if (known < 0) names[total++] = added[i];
        if (at) at[i] = known < 0 ? total - 1 : (uint32_t)known;
    }
    struct columns *columns = columns_new(names, total);
    memory_free(names);
    return columns;
}

void columns_free(struct columns *columns)
{
    if (!columns) return;
    map_release(&columns->by_name);
    memory_free(columns->memory);
    memory_free(columns);
}

int columns_find(const struct columns *columns, str name)
{
    uint32_t at;
    return map_find(&columns->by_name, name, &at) ? (int)at : -1;
}
