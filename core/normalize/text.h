// The cleaning that every cell gets before anything else looks at it.
//
//     struct text_rules rules = {0};
//     text_rules_load(&rules, &book, &err);
//     struct value clean = text_clean(&rules, cell, TEXT_LINE, &arena);
//
// In this order: mojibake repaired (mojibake.h), normal form C, control, zero-width and bidi
// characters removed, every kind of blank made a space, runs of them one space, ends trimmed, HTML
// entities decoded, doubled quotes round a cell (""Bob"") and spreadsheet escapes (="0123", a
// leading apostrophe before + - = @ or a digit) taken off, and the spellings of "nothing"
// (rules/normalize/nulls.txt) made empty. What looks like a formula stays as it is: that is the
// writer's concern.
//
// A clean ASCII cell costs 5 to 10 ns and comes back as it is.
#ifndef NORMALIZE_TEXT_H
#define NORMALIZE_TEXT_H

#include "core/base/arena.h"
#include "core/rules/list.h"
#include "value.h"

enum text_kind {
    TEXT_LINE,    // one line: line ends become spaces
    TEXT_NOTES,   // lines stay lines, ended by LF; blanks at their ends are cut
    TEXT_NAME,    // one line; "Null" and "Na" are names, "NULL" and "none" are not
    TEXT_COUNTRY, // one line of a column of country codes: "NA" is Namibia
};

struct text_rules {
    struct list nulls;
    uint32_t null_lengths[256]; // by first byte: bit n = some spelling is n bytes long (31: more)
    uint32_t look_lengths[256]; // the same for what text_is_kept cannot answer, as bytes are typed
    uint32_t last_lengths[256]; // null_lengths by last byte, as bytes are typed
};

// Reads normalize/nulls.txt. The rulebook must outlive the rules.
bool text_rules_load(struct text_rules *rules, struct rulebook *book, struct err *err);
void text_rules_release(struct text_rules *rules);

// The cell, cleaned; always valid. Reasons, the weightiest that applied: null, mojibake, bad_bytes,
// entity, text_escape, quotes, nfc, invisible, control, trimmed. Bytes that are not UTF-8 become
// U+FFFD.
struct value text_clean(const struct text_rules *rules, str cell, enum text_kind kind,
                        struct arena *arena);

// Whether nothing in a text needs a look: printable ASCII, no `&` but before a blank, no two blanks
// in a row. For whole records: then text_is_kept answers for each of their cells, in 2 ns instead
// of 10.
bool text_is_clean(str text);

// Whether the trimmed text is a spelling of nothing.
bool text_is_null(const struct text_rules *rules, str text, enum text_kind kind);

// Whether text_clean leaves a clean text as it is. Its ends and length say so of nearly all.
static inline bool text_is_kept(const struct text_rules *rules, str text, enum text_kind kind)
{
    if (text.len == 0) return true;
    uint32_t bit = 1u << (text.len < 31 ? text.len : 31);
    uint32_t looks = rules->look_lengths[(unsigned char)text.data[0]];
    unsigned char last = (unsigned char)text.data[text.len - 1];
    // One cell in fourteen begins like a null of its length, few of them end like one as well.
    if (looks & bit) {
        if (looks == UINT32_MAX) return false;
        if (rules->last_lengths[last] & bit && text_is_null(rules, text, kind)) return false;
    }
    return last != ' ';
}

// Whether it is what a spreadsheet writes, in its language, for a value that it could not compute.
bool text_is_sheet_error(str text);

#endif
