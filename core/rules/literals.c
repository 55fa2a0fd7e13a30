#include "literals.h"

enum { WORD_BYTES = 8, BLOCK_BYTES = 64, BLOCKS = LITERALS_TEXT_MAX / BLOCK_BYTES + 1 };

static const uint64_t ones = 0x0101010101010101u;

// Eight bytes, the first of them lowest.
static inline uint64_t load(const char *at)
{
    uint64_t word;
    memcpy(&word, at, WORD_BYTES);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

// The bytes from `at` on, fewer than eight, zeroes behind them.
static inline uint64_t load_part(str text, size_t at)
{
    size_t left = text.len - at;
    if (left == 0) return 0;
    if (at) return load(text.data + text.len - WORD_BYTES) >> 8 * (WORD_BYTES - left);
    uint64_t word = 0;
    for (size_t i = 0; i < left; i++) word |= (uint64_t)(unsigned char)text.data[i] << 8 * i;
    return word;
}

static inline void store(char *at, uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(at, &word, WORD_BYTES);
}

static inline uint64_t first_bytes(size_t len)
{
    return len < WORD_BYTES ? ((uint64_t)1 << 8 * len) - 1 : UINT64_MAX;
}

// Bit 7 of each of eight ASCII bytes: whether it is from `first` to `last`.
static inline uint64_t in_range(uint64_t word, char first, char last)
{
    return (word + (0x80 - (uint64_t)first) * ones) & ~(word + (0x7F - (uint64_t)last) * ones);
}

// Puts eight ASCII bytes into lower case; returns a bit for each: whether it belongs to words.
static inline uint64_t lower_word(uint64_t *word)
{
    const uint64_t high = 0x80 * ones;
    uint64_t letter = in_range(*word | 0x20 * ones, 'a', 'z') & high;
    uint64_t digit = in_range(*word, '0', '9');
    uint64_t underscore = ~((*word ^ '_' * ones) + 0x7F * ones);
    *word |= letter >> 2; // 0x20
    uint64_t found = (letter | digit | underscore) & high;
    return (found >> 7) * 0x0102040810204080u >> 56; // gathers bit 7 of every byte
}

static inline uint32_t slot_of(const struct literal_table *table, uint64_t head, size_t len)
{
    return (uint32_t)((head ^ len) * 0x9E3779B97F4A7C15u >> table->slot_shift);
}

void literals_seal(struct literal_table *table)
{
    enum { BITS_MIN = 6, SLOTS_EACH = 4 };
    unsigned bits = BITS_MIN;
    while ((size_t)1 << bits < table->count * SLOTS_EACH) bits++;
    table->slot_shift = 64 - bits;
    table->slots = memory_alloc(((size_t)1 << bits) * sizeof *table->slots);
    for (size_t i = 0; i < (size_t)1 << bits; i++) table->slots[i] = -1;
    for (size_t i = 0; i < sizeof table->starts / sizeof *table->starts; i++) {
        table->starts[i] = -1;
    }
    for (size_t i = 0; i < table->count; i++) {
        struct literal *literal = &table->items[i];
        int32_t *first = literal->is_start
                             ? &table->starts[literal->head & 0x7F]
                             : &table->slots[slot_of(table, literal->head, literal->first_len)];
        literal->next = *first;
        *first = (int32_t)i;
        table->has_starts |= literal->is_start;
        table->has_words |= !literal->is_start;
    }
}

// A text while it is searched.
struct subject {
    str text;
    const char *lower;      // zeroes behind it
    uint64_t words[BLOCKS]; // a bit for every byte
};

static bool is_blank_or_hyphen(char c) { return c == '-' || byte_is_blank(c); }

// Where the phrase ends that begins at `at`; 0 when it does not stand there.
static size_t phrase_end(const struct subject *subject, str phrase, size_t at)
{
    const char *lower = subject->lower; // zeroes behind it stop all loops
    for (size_t i = 0; i < phrase.len; i++) {
        if (phrase.data[i] != ' ') {
            if (at >= subject->text.len || lower[at++] != phrase.data[i]) return 0;
            continue;
        }
        if (!is_blank_or_hyphen(lower[at])) return 0;
        while (is_blank_or_hyphen(lower[at])) at++;
    }
    return at;
}

// The same of any literal.
static inline size_t end_of(const struct subject *subject, const struct literal *literal, size_t at)
{
    if (literal->is_phrase) return phrase_end(subject, literal->text, at);
    size_t len = literal->text.len;
    if (len > subject->text.len - at) return 0;
    const char *text = literal->is_caseless ? subject->lower : subject->text.data;
    return memcmp(text + at, literal->text.data, len) == 0 ? at + len : 0;
}

static inline bool is_word_byte(const struct subject *subject, size_t at)
{
    return subject->words[at / BLOCK_BYTES] >> at % BLOCK_BYTES & 1;
}

static inline void set_bit(uint64_t bits[], uint32_t bit)
{
    bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

static bool tail_fits(const struct literal_tail *tail, str rest)
{
    if (tail->least_one && rest.len == 0) return false;
    for (size_t i = 0; i < rest.len; i++) {
        if (!tail->set[(unsigned char)rest.data[i]]) return false;
    }
    return true;
}

static void search_start(const struct literal_table *table, const struct subject *subject,
                         uint64_t bits[])
{
    uint64_t head = load(subject->lower);
    for (int32_t i = table->starts[head & 0x7F]; i >= 0; i = table->items[i].next) {
        const struct literal *literal = &table->items[i];
        if ((head ^ literal->head) & literal->head_mask || !end_of(subject, literal, 0)) {
            continue;
        }
        str rest = str_from(subject->text, literal->text.len);
        if (!literal->tail || tail_fits(literal->tail, rest)) set_bit(bits, literal->bit);
    }
}

static inline void search_word(const struct literal_table *table, const struct subject *subject,
                               size_t at, size_t len, uint64_t bits[])
{
    uint64_t head = load(subject->lower + at) & first_bytes(len);
    for (int32_t i = table->slots[slot_of(table, head, len)]; i >= 0; i = table->items[i].next) {
        const struct literal *literal = &table->items[i];
        if (literal->head != head || literal->first_len != len) continue;
        size_t end = end_of(subject, literal, at);
        if (end == 0 || (literal->ends_in_word && is_word_byte(subject, end))) continue;
        set_bit(bits, literal->bit);
    }
}

// Where the word ends that goes on at `at`.
static size_t word_end(const struct subject *subject, size_t at)
{
    for (;;) {
        uint64_t others = ~subject->words[at / BLOCK_BYTES] >> at % BLOCK_BYTES;
        if (others) return at + (size_t)__builtin_ctzll(others);
        at = (at / BLOCK_BYTES + 1) * BLOCK_BYTES;
    }
}

static void search_words(const struct literal_table *table, const struct subject *subject,
                         uint64_t bits[])
{
    uint64_t carried = 0; // the byte before the block belongs to a word
    for (size_t block = 0; block * BLOCK_BYTES < subject->text.len; block++) {
        uint64_t words = subject->words[block];
        uint64_t starts = words & ~(words << 1 | carried);
        carried = words >> 63;
        for (; starts; starts &= starts - 1) {
            size_t at = block * BLOCK_BYTES + (size_t)__builtin_ctzll(starts);
            search_word(table, subject, at, word_end(subject, at) - at, bits);
        }
    }
}

// The bits of up to 64 bytes, which are put into lower case, zeroes behind them; *seen gathers what
// bits they have.
static uint64_t prepare_block(str text, char *lower, uint64_t *seen)
{
    uint64_t bits = 0, all = 0, word;
    size_t at = 0;
    for (; at + WORD_BYTES <= text.len; at += WORD_BYTES) {
        word = load(text.data + at);
        all |= word;
        bits |= lower_word(&word) << at;
        store(lower + at, word);
    }
    *seen |= all;
    if (at == BLOCK_BYTES) return bits;
    word = load_part(text, at);
    *seen |= word;
    bits |= lower_word(&word) << at;
    store(lower + at, word);
    return bits;
}

// Fills lower and words; returns false when the text is not ASCII.
static bool prepare(struct subject *subject, char *lower)
{
    str text = subject->text;
    uint64_t seen = 0;
    size_t block = 0;
    for (; text.len >= BLOCK_BYTES; block++, text = str_from(text, BLOCK_BYTES)) {
        str whole = {text.data, BLOCK_BYTES};
        subject->words[block] = prepare_block(whole, lower + block * BLOCK_BYTES, &seen);
    }
    // The last one, which may be empty, has a bit that is clear: no word goes on behind the end.
    subject->words[block] = prepare_block(text, lower + block * BLOCK_BYTES, &seen);
    subject->lower = lower;
    return (seen & 0x80 * ones) == 0;
}

bool literals_search(const struct literal_table *table, str text, struct buffer *scratch,
                     uint64_t bits[])
{
    if (text.len > LITERALS_TEXT_MAX) return false;
    buffer_clear(scratch);
    struct subject subject; // not cleared: prepare fills what is looked at
    subject.text = text;
    if (!prepare(&subject, buffer_room(scratch, text.len + 2 * WORD_BYTES))) return false;
    if (table->has_words) search_words(table, &subject, bits);
    if (table->has_starts && text.len) search_start(table, &subject, bits);
    return true;
}

void literals_release(struct literal_table *table)
{
    memory_free(table->items);
    memory_free(table->slots);
    arena_release(&table->arena);
    *table = (struct literal_table){0};
}
