// Shapes of text that make careless patterns explode: for tests and for measuring.
#ifndef VALIDATE_EMAIL_ATTACKS_H
#define VALIDATE_EMAIL_ATTACKS_H

#include "core/base/buffer.h"

enum { EMAIL_ATTACKS = 13 };

static const char *const email_attacks[EMAIL_ATTACKS] = {
    "a",  "a.",        "<",  "\"a", "a@a.", "xn--",    "a@xn--a.",
    "(a", "\xC3\xA9.", "a-", "@",   " ",    "\xCC\x81"};

// Makes of the text the shape, repeated up to `bytes`; every second one behind "a@b".
static inline void email_attack(struct buffer *text, size_t shape, size_t bytes)
{
    str piece = str_of(email_attacks[shape]);
    buffer_clear(text);
    if (shape % 2) buffer_add(text, STR("a@b"));
    while (text->len + piece.len <= bytes) buffer_add(text, piece);
}

#endif
