#include "words.h"

#include "core/base/utf8.h"

enum { FINAL_SIGMA = 0x3C2, SIGMA = 0x3C3 };

static size_t fold_char(str s, size_t *at, char *out)
{
    unsigned char c = (unsigned char)s.data[*at];
    if (c < 0x80) {
        out[0] = byte_lower(s.data[(*at)++]);
        return 1;
    }
    str ahead = str_first(str_from(s, *at), 4);
    size_t len = 2;
    while (len < 4 && utf8_valid_len(str_first(ahead, len)) != len) len++;
    if (utf8_valid_len(str_first(ahead, len)) < 2) {
        out[0] = '?';
        (*at)++;
        return 1;
    }
    int32_t lower = utf8_lower(utf8_next(s, at));
    return utf8_put(out, lower == FINAL_SIGMA ? SIGMA : lower);
}

str score_fold(str s, struct buffer *scratch)
{
    s = str_trim(s);
    buffer_clear(scratch);
    // A letter of two bytes may have a lower case of three.
    char *out = buffer_room(scratch, s.len * 2 + 4);
    size_t i = 0, len = 0;
    for (; i + 8 <= s.len; i += 8) {
        uint64_t word;
        memcpy(&word, s.data + i, 8);
        if (word & 0x8080808080808080u) break;
        word = word_lower(word);
        memcpy(out + i, &word, 8);
    }
    for (; i < s.len && (unsigned char)s.data[i] < 0x80; i++) out[i] = byte_lower(s.data[i]);
    len = i;
    while (i < s.len) len += fold_char(s, &i, out + len);
    scratch->len = len;
    return (str){out, len};
}

static bool is_blank_or_hyphen(char c) { return c == '-' || byte_is_blank(c); }

// Whether a character that belongs to words begins at `at`; then steps over it.
static bool take_word_char(str s, size_t *at)
{
    if (*at >= s.len) return false;
    char c = s.data[*at];
    if ((unsigned char)c < 0x80) {
        if (!byte_is_letter(c) && !byte_is_digit(c) && c != '_') return false;
        (*at)++;
        return true;
    }
    size_t next = *at;
    int32_t code = utf8_next(s, &next);
    if (!utf8_is_letter(code) && !utf8_is_mark(code) && !utf8_is_digit(code)) return false;
    *at = next;
    return true;
}

static void skip_char(str s, size_t *at)
{
    (*at)++;
    while (*at < s.len && ((unsigned char)s.data[*at] & 0xC0) == 0x80) (*at)++;
}

static uint32_t hash_word(str word)
{
    uint64_t head = 0;
    memcpy(&head, word.data, word.len < 8 ? word.len : 8);
    head = (head ^ word.len) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(head >> 32);
}

void score_words_add(struct word_table *table, str phrase, uint32_t bit)
{
    table->entries =
        memory_grow(table->entries, &table->capacity, table->count + 1, sizeof *table->entries);
    struct word_entry *entry = &table->entries[table->count++];
    *entry = (struct word_entry){.phrase = phrase, .bit = bit, .next = -1};
    size_t at = 0;
    while (take_word_char(phrase, &at)) entry->first_len = (uint32_t)at;
    for (at = 0; at < phrase.len;) {
        entry->ends_in_word = take_word_char(phrase, &at);
        if (!entry->ends_in_word) skip_char(phrase, &at);
    }
}

void score_words_seal(struct word_table *table)
{
    table->loose = -1;
    table->slot_count = 16;
    while (table->slot_count < table->count * 2) table->slot_count *= 2;
    table->slots = memory_alloc(table->slot_count * sizeof *table->slots);
    for (size_t i = 0; i < table->slot_count; i++) table->slots[i] = -1;
    for (size_t i = 0; i < table->count; i++) {
        struct word_entry *entry = &table->entries[i];
        str first = str_first(entry->phrase, entry->first_len);
        int32_t *head =
            first.len ? &table->slots[hash_word(first) & (table->slot_count - 1)] : &table->loose;
        entry->next = *head;
        *head = (int32_t)i;
    }
}

// Whether the phrase stands at `at`, the beginning of a word (or anything, for loose ones).
static bool stands_at(const struct word_entry *entry, str text, size_t at)
{
    str phrase = entry->phrase;
    for (size_t i = 0; i < phrase.len; i++) {
        if (phrase.data[i] == ' ') {
            if (at >= text.len || !is_blank_or_hyphen(text.data[at])) return false;
            while (at < text.len && is_blank_or_hyphen(text.data[at])) at++;
            continue;
        }
        if (at >= text.len || text.data[at] != phrase.data[i]) return false;
        at++;
    }
    return !entry->ends_in_word || !take_word_char(text, &at);
}

static void set_bit(uint64_t bits[], uint32_t bit) { bits[bit / 64] |= (uint64_t)1 << bit % 64; }

static void search_loose(const struct word_table *table, str text, uint64_t bits[])
{
    for (int32_t i = table->loose; i >= 0; i = table->entries[i].next) {
        const struct word_entry *entry = &table->entries[i];
        for (size_t at = 0; at < text.len; at++) {
            if (text.data[at] != entry->phrase.data[0] || !stands_at(entry, text, at)) continue;
            set_bit(bits, entry->bit);
            break;
        }
    }
}

void score_words_search(const struct word_table *table, str text, uint64_t bits[])
{
    if (table->loose >= 0) search_loose(table, text, bits);
    size_t at = 0;
    while (at < text.len) {
        size_t start = at;
        while (take_word_char(text, &at)) continue;
        if (at == start) {
            skip_char(text, &at);
            continue;
        }
        str word = {text.data + start, at - start};
        int32_t i = table->slots[hash_word(word) & (table->slot_count - 1)];
        for (; i >= 0; i = table->entries[i].next) {
            const struct word_entry *entry = &table->entries[i];
            if (entry->first_len == word.len && stands_at(entry, text, start)) {
                set_bit(bits, entry->bit);
            }
        }
    }
}

void score_words_release(struct word_table *table)
{
    memory_free(table->entries);
    memory_free(table->slots);
    *table = (struct word_table){0};
}
