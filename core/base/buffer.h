// A growable run of bytes.
//
//     struct buffer text = {0};
//     buffer_add(&text, STR("hello"));
//     buffer_release(&text);
//
// Zero-initialised is valid. buffer_clear keeps the room.
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "memory.h"
#include "str.h"

struct buffer {
    char *data;
    size_t len, capacity;
};

// Makes room for `more` further bytes and returns where they go; add to len what was written. Never
// NULL.
static inline char *buffer_room(struct buffer *buffer, size_t more)
{
    if (buffer->capacity - buffer->len <= more) {
        buffer->data = memory_grow(buffer->data, &buffer->capacity, buffer->len + more + 1, 1);
    }
    return buffer->data + buffer->len;
}

static inline void buffer_add(struct buffer *buffer, str s)
{
    if (s.len == 0) return;
    bytes_put(buffer_room(buffer, s.len), s.data, s.len);
    buffer->len += s.len;
}

static inline void buffer_add_byte(struct buffer *buffer, char c)
{
    *buffer_room(buffer, 1) = c;
    buffer->len++;
}

__attribute__((format(printf, 2, 3))) void buffer_format(struct buffer *buffer, const char *format,
                                                         ...);

static inline str buffer_str(const struct buffer *buffer)
{
    return (str){buffer->data, buffer->len};
}

static inline void buffer_clear(struct buffer *buffer) { buffer->len = 0; }

void buffer_release(struct buffer *buffer);

#endif
