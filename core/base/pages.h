// Many runs of pages, each of which goes back to the system when it is given up, unlike what
// memory_free frees. The runs are cut from large maps: a map of its own for each would meet the
// system's limit of 65,530 maps a process, at some twenty million records.
//
//     struct pages pages = {0};
//     char *data = pages_take(&pages, bytes);   // zeroed
//     pages_give_back(data, bytes);             // its memory is the system's again
//     pages_release(&pages);
//
// Not thread-safe, but for pages_give_back. Address space is not used again; nothing else is lost.
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

struct page_map;

struct pages {
    struct page_map *newest;
};

// Whole pages, at least `bytes` of them, zeroed. Never NULL.
void *pages_take(struct pages *pages, size_t bytes);

// What was taken holds zeroes now and takes no memory until it is written to.
void pages_give_back(void *run, size_t bytes);

// All of it; no run may be used any more.
void pages_release(struct pages *pages);

#endif
