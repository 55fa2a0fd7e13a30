// How names and words of verifiers are compared: letters and digits alone, without case.
#ifndef VALIDATE_VERDICTS_FOLD_H
#define VALIDATE_VERDICTS_FOLD_H

#include "core/base/arena.h"

// "Catch-All" and "catch_all" -> "catchall", in the arena.
static inline str verdicts_fold(str text, struct arena *arena)
{
    char *out = arena_bytes(arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = byte_lower(text.data[i]);
        if (byte_is_letter(c) || byte_is_digit(c)) out[len++] = c;
    }
    arena_trim(arena, out + len);
    return (str){out, len};
}

#endif
