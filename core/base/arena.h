// An arena: memory that is taken in small pieces and given back all at once.
//
//     struct arena arena = {0};
//     str name = arena_copy(&arena, view);
//     arena_reset(&arena);      // everything gone, the room kept for the next batch
//     arena_release(&arena);    // the room gone as well
//
// A piece costs a pointer bump. Pieces never move. Not for use by two threads at once.
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "str.h"

struct arena_chunk;

struct arena {
    char *at, *end;             // free room of the current chunk
    struct arena_chunk *chunks; // newest first; NULL when nothing was taken yet
    struct arena_chunk *spare;  // chunks kept by arena_reset
    size_t bytes;               // room in all chunks, for memory accounting
};

void *arena_alloc_slow(struct arena *arena, size_t bytes, size_t align);

// Uninitialised room for `bytes`, aligned for any type up to 16 bytes. Never NULL.
static inline void *arena_alloc(struct arena *arena, size_t bytes)
{
    uintptr_t at = ((uintptr_t)arena->at + 15) & ~(uintptr_t)15;
    if (arena->at && bytes <= (size_t)(arena->end - (char *)at) && (char *)at <= arena->end) {
        arena->at = (char *)at + bytes;
        return (void *)at;
    }
    return arena_alloc_slow(arena, bytes, 16);
}

// Uninitialised room for text: not aligned.
static inline char *arena_bytes(struct arena *arena, size_t bytes)
{
    if (arena->at && bytes <= (size_t)(arena->end - arena->at)) {
        char *at = arena->at;
        arena->at += bytes;
        return at;
    }
    return arena_alloc_slow(arena, bytes, 1);
}

#define arena_new(arena, type, count) ((type *)arena_zeroed(arena, (size_t)(count) * sizeof(type)))

void *arena_zeroed(struct arena *arena, size_t bytes);

// A copy of s that lives as long as the arena.
str arena_copy(struct arena *arena, str s);

// The same, with a NUL behind it that does not count in len, for C interfaces.
const char *arena_cstring(struct arena *arena, str s);

// first, separator and second as one text: what arena_format would do in ten times the time.
str arena_join(struct arena *arena, str first, char separator, str second);

// printf into the arena.
__attribute__((format(printf, 2, 3))) str arena_format(struct arena *arena, const char *format,
                                                       ...);

// Gives back the unused tail of the last arena_bytes piece that ended at `end`: at becomes the
// new end. For values whose final length is known only when they are written.
static inline void arena_trim(struct arena *arena, char *end) { arena->at = end; }

void arena_reset(struct arena *arena);
void arena_release(struct arena *arena);

#endif
