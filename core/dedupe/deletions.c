#include "deletions.h"

#include "core/base/hash.h"
#include "core/base/utf8.h"

enum { LETTER_BYTES_MAX = 4 };

static size_t letter_len(str text, size_t at)
{
    size_t start = at;
    utf8_next(text, &at);
    return at - start;
}

size_t deletions_of(str word, uint64_t hashes[DELETIONS_MAX])
{
    if (word.len == 0) return 0;
    hashes[0] = hash_64(word);
    if (word.len < DELETIONS_LETTERS_MIN) return 1;
    if (word.len > (size_t)DELETIONS_LETTERS_MAX * LETTER_BYTES_MAX) return 1;
    size_t letters = str_is_ascii(word) ? word.len : utf8_count(word);
    if (letters < DELETIONS_LETTERS_MIN || letters > DELETIONS_LETTERS_MAX) return 1;
    char rest[DELETIONS_LETTERS_MAX * LETTER_BYTES_MAX]; // the word without the letter at `at`
    size_t count = 1, at = 0, len = letter_len(word, 0);
    memcpy(rest, word.data + len, word.len - len);
    hashes[count++] = hash_64((str){rest, word.len - len});
    for (;;) {
        size_t next = at + len;
        if (next == word.len) return count;
        size_t next_len = letter_len(word, next);
        bool is_same = next_len == len && memcmp(word.data + at, word.data + next, len) == 0;
        memcpy(rest + at, word.data + at, len);
        // What is behind the letter taken out moves when it is longer or shorter than the last one.
        if (next_len != len) {
            memcpy(rest + next, word.data + next + next_len, word.len - next - next_len);
        }
        if (!is_same) hashes[count++] = hash_64((str){rest, word.len - next_len});
        at = next;
        len = next_len;
    }
}
