#include "arena.h"

#include <stdarg.h>
#include <stdio.h>

#include "memory.h"

struct arena_chunk {
    struct arena_chunk *next;
    size_t bytes;
    _Alignas(16) char data[];
};

enum { CHUNK_BYTES_MIN = 4096, CHUNK_BYTES_MAX = 1 << 20 };

static struct arena_chunk *spare_chunk(struct arena *arena, size_t bytes)
{
    for (struct arena_chunk **link = &arena->spare; *link; link = &(*link)->next) {
        if ((*link)->bytes < bytes) continue;
        struct arena_chunk *chunk = *link;
        *link = chunk->next;
        return chunk;
    }
    return NULL;
}

static struct arena_chunk *new_chunk(struct arena *arena, size_t bytes)
{
    size_t room = arena->bytes < CHUNK_BYTES_MIN ? CHUNK_BYTES_MIN : arena->bytes;
    if (room > CHUNK_BYTES_MAX) room = CHUNK_BYTES_MAX;
    if (room < bytes) room = bytes;
    struct arena_chunk *chunk = memory_alloc(sizeof *chunk + room);
    chunk->bytes = room;
    arena->bytes += room;
    return chunk;
}

void *arena_alloc_slow(struct arena *arena, size_t bytes, size_t align)
{
    struct arena_chunk *chunk = spare_chunk(arena, bytes + align);
    if (!chunk) chunk = new_chunk(arena, bytes + align);
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    // A chunk's data begins on a 16-byte boundary, which satisfies every align asked for.
    arena->at = chunk->data + bytes;
    arena->end = chunk->data + chunk->bytes;
    return chunk->data;
}

void *arena_zeroed(struct arena *arena, size_t bytes)
{
    void *memory = arena_alloc(arena, bytes);
    memset(memory, 0, bytes);
    return memory;
}

str arena_copy(struct arena *arena, str s)
{
    if (s.len == 0) return (str){"", 0};
    char *copy = arena_bytes(arena, s.len);
    bytes_put(copy, s.data, s.len);
    return (str){copy, s.len};
}

const char *arena_cstring(struct arena *arena, str s)
{
    char *copy = arena_bytes(arena, s.len + 1);
    if (s.len) memcpy(copy, s.data, s.len);
    copy[s.len] = '\0';
    return copy;
}

str arena_join(struct arena *arena, str first, char separator, str second)
{
    char *joined = arena_bytes(arena, first.len + 1 + second.len);
    if (first.len) memcpy(joined, first.data, first.len);
    joined[first.len] = separator;
    if (second.len) memcpy(joined + first.len + 1, second.data, second.len);
    return (str){joined, first.len + 1 + second.len};
}

str arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_bytes(arena, (size_t)(len < 0 ? 0 : len) + 1);
    vsnprintf(text, (size_t)(len < 0 ? 0 : len) + 1, format, again);
    va_end(again);
    return (str){text, (size_t)(len < 0 ? 0 : len)};
}

void arena_reset(struct arena *arena)
{
    while (arena->chunks) {
        struct arena_chunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        chunk->next = arena->spare;
        arena->spare = chunk;
    }
    arena->at = arena->end = NULL;
}

void arena_release(struct arena *arena)
{
    arena_reset(arena);
    while (arena->spare) {
        struct arena_chunk *chunk = arena->spare;
        arena->spare = chunk->next;
        memory_free(chunk);
    }
    *arena = (struct arena){0};
}
