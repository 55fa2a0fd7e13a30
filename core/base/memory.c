#include "memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

// The one piece of mutable state in core: it is set once, before any thread runs.
static memory_failed *failure_handler;

void memory_on_failure(memory_failed *handler) { failure_handler = handler; }

static void *checked(void *memory, size_t bytes)
{
    if (memory || bytes == 0) return memory;
    if (failure_handler) failure_handler(bytes);
    abort();
}

void *memory_alloc(size_t bytes) { return checked(malloc(bytes ? bytes : 1), bytes); }

void *memory_zeroed(size_t count, size_t bytes_each)
{
    // calloc refuses a product that does not fit; then the product here would be wrong.
    bool fits = count == 0 || bytes_each <= SIZE_MAX / count;
    return checked(calloc(count ? count : 1, bytes_each ? bytes_each : 1),
                   fits ? count * bytes_each : SIZE_MAX);
}

void *memory_resize(void *old, size_t bytes)
{
    return checked(realloc(old, bytes ? bytes : 1), bytes);
}

void memory_free(void *old) { free(old); }

// Advice only: a refusal leaves ordinary pages. Small maps would waste a huge page.
static void *in_huge_pages(void *map, size_t bytes)
{
    if (map == MAP_FAILED) return checked(NULL, bytes);
    if (bytes >= (size_t)4 << 20) (void)madvise(map, bytes, MADV_HUGEPAGE);
    return map;
}

static void *map(size_t bytes)
{
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS;
    return mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
}

void *memory_map(size_t bytes) { return in_huge_pages(map(bytes), bytes); }

void *memory_map_small(size_t bytes)
{
    void *made = map(bytes);
    if (made == MAP_FAILED) return checked(NULL, bytes);
    (void)madvise(made, bytes, MADV_NOHUGEPAGE);
    return made;
}

#ifdef __SANITIZE_THREAD__
// The sanitizer does not see mremap: what another thread did at the place that was left would be
// taken for done to whatever is mapped there next.
static void *moved(void *map, size_t bytes_old, size_t bytes)
{
    void *made = memory_map(bytes);
    memcpy(made, map, bytes_old);
    memory_unmap(map, bytes_old);
    return made;
}
#else
static void *moved(void *map, size_t bytes_old, size_t bytes)
{
    return in_huge_pages(mremap(map, bytes_old, bytes, MREMAP_MAYMOVE), bytes);
}
#endif

void *memory_remap(void *map, size_t bytes_old, size_t bytes)
{
    return map ? moved(map, bytes_old, bytes) : memory_map(bytes);
}

void memory_unmap(void *map, size_t bytes)
{
    if (map) (void)munmap(map, bytes);
}

void *memory_grow(void *items, size_t *capacity, size_t wanted, size_t bytes_each)
{
    if (wanted <= *capacity) return items;
    size_t room = *capacity ? *capacity : 16;
    while (room < wanted) room *= 2;
    if (room > SIZE_MAX / bytes_each) return checked(NULL, SIZE_MAX);
    *capacity = room;
    return memory_resize(items, room * bytes_each);
}
