// A typed telephone number, taken apart: leading plus, digits, extension. No numbering plan is
// known here. The grammar is libphonenumber's (Apache-2.0), written as a scanner: what it takes for
// the start and the end of a number, for punctuation, for a vanity number and for an extension.
#ifndef LEAD_PHONE_TEXT_H
#define LEAD_PHONE_TEXT_H

#include "core/base/str.h"

enum {
    PHONE_TEXT_MAX = 250,   // code points; longer text is no number
    PHONE_DIGITS_MAX = 512, // of a scan: two texts at most, in the form with ;phone-context=
    PHONE_EXTENSION_MAX = 20,
};

// Text as one byte a code point: ASCII as it is, decimal digits of all scripts as '0' to '9', and
// what else the grammar knows as one of these.
enum phone_symbol {
    SYMBOL_NBSP = 0x80,
    SYMBOL_PUNCTUATION, // dashes, wide brackets, invisible separators: may stand between digits
    SYMBOL_WIDE_STOP,
    SYMBOL_WIDE_TILDE,
    SYMBOL_WIDE_HASH,
    SYMBOL_WIDE_X,
    SYMBOL_WIDE_E,
    SYMBOL_WIDE_I,
    SYMBOL_WIDE_N,
    SYMBOL_WIDE_T,
    SYMBOL_O_ACUTE,
    SYMBOL_ACUTE, // a combining one
    SYMBOL_DE,    // Cyrillic
    SYMBOL_O,
    SYMBOL_BE,
    SYMBOL_LETTER, // any other
    SYMBOL_OTHER,
};

struct phone_symbols {
    uint16_t len;
    uint8_t at[2 * PHONE_TEXT_MAX];
    uint16_t offset[2 * PHONE_TEXT_MAX + 1]; // where each begins in the text, in bytes
};

// Any bytes; those that are not UTF-8 become SYMBOL_OTHER. False when the text is too long.
bool phone_symbols_of(str text, struct phone_symbols *symbols);

struct phone_scan {
    bool has_plus;
    bool is_vanity;   // letters stand for digits
    bool has_label;   // the extension is behind a word or a sign for it, not one comma
    bool in_context;  // RFC 3966 with a phone-context
    uint16_t letters; // ASCII letters in the number, without the extension's label
    uint16_t count;   // of digits
    uint8_t extension_len;
    uint8_t extension[PHONE_EXTENSION_MAX]; // values, not characters
    uint8_t digits[PHONE_DIGITS_MAX];       // values, not characters
};

// False when this is no telephone number at all: a + in the middle, fewer than three digits (two
// are enough when they are all), foreign letters or signs among the digits.
bool phone_scan(const struct phone_symbols *symbols, struct phone_scan *scan);

#endif
