#include "pages.h"

#include <sys/mman.h>
#include <unistd.h>

#include "memory.h"

enum { MAP_BYTES = 64 << 20 };

struct page_map {
    struct page_map *older;
    char *data;
    size_t used, bytes;
};

static size_t in_pages(size_t bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (bytes + page - 1) / page * page;
}

static struct page_map *map_new(size_t bytes, struct page_map *older)
{
    struct page_map *map = memory_alloc(sizeof *map);
    if (bytes < MAP_BYTES) bytes = MAP_BYTES;
    *map = (struct page_map){.older = older, .data = memory_map_small(bytes), .bytes = bytes};
    return map;
}

void *pages_take(struct pages *pages, size_t bytes)
{
    size_t wanted = in_pages(bytes);
    struct page_map *map = pages->newest;
    if (!map || map->bytes - map->used < wanted) {
        map = map_new(wanted, map);
        pages->newest = map;
    }
    void *run = map->data + map->used;
    map->used += wanted;
    return run;
}

void pages_give_back(void *run, size_t bytes)
{
    // A system that refuses keeps the memory until pages_release: more is taken, nothing is wrong.
    if (run && bytes) (void)madvise(run, in_pages(bytes), MADV_DONTNEED);
}

void pages_release(struct pages *pages)
{
    while (pages->newest) {
        struct page_map *map = pages->newest;
        pages->newest = map->older;
        memory_unmap(map->data, map->bytes);
        memory_free(map);
    }
}
