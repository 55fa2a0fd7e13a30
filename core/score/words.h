// Text as the rules compare it, and the search for whole words.
//
//     str folded = score_fold(value, &scratch);               // lower case, valid UTF-8
//     struct word_table table = {0};
//     score_words_add(&table, STR("head of"), 7);             // folded as well
//     score_words_search(&table, folded, bits);               // sets bit 7 in bits
//
// One pass over the value finds the phrases of all rules at once: about a nanosecond a byte, no
// regular expressions. A phrase is found where it stands as words of its own: no letter, mark,
// digit or underscore may touch its first or last one. A blank in it stands for any run of blanks
// and hyphens, so that "vice president" finds "Vice-President".
#ifndef SCORE_WORDS_H
#define SCORE_WORDS_H

#include "core/base/buffer.h"

struct word_entry {
    str phrase;
    uint32_t first_len; // bytes of its first word, 0 when it begins with something else
    uint32_t bit;
    int32_t next; // of the same slot, or of the loose ones; -1 = none
    bool ends_in_word;
};

struct word_table {
    struct word_entry *entries;
    size_t count, capacity;
    int32_t *slots; // made by score_words_seal
    size_t slot_count;
    int32_t loose; // entries that begin with something else than a word
};

// s in lower case (simple case mapping, final sigma as sigma), without blanks at its ends, in
// scratch, whose content is replaced; bytes that are not valid UTF-8 become '?'.
str score_fold(str s, struct buffer *scratch);

// Adds a phrase, folded, whose bytes must outlive the table.
void score_words_add(struct word_table *table, str phrase, uint32_t bit);

// Makes the table ready for searching, by any number of threads.
void score_words_seal(struct word_table *table);

void score_words_search(const struct word_table *table, str folded, uint64_t bits[]);
void score_words_release(struct word_table *table);

#endif
