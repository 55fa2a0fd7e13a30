// Values as pairs are compared by: letters, words with their sounds, hashes of tokens, parts.
#include "core/base/hash.h"
#include "core/lead/fold.h"
#include "likeness.h"
#include "phonetic.h"

enum { NAME_WORDS_MAX = 8, VALUE_TOKENS_MAX = 32, NORDIC_BYTES_MAX = 64, INITIALS_MAX = 8 };

static uint32_t nordic_hash(str word)
{
    char out[NORDIC_BYTES_MAX];
    if (word.len > sizeof out) return 0;
    uint32_t hash = (uint32_t)hash_64(phonetic_nordic(word, out));
    return hash ? hash : 1;
}

static uint32_t nickname_of(const struct likeness_rules *rules, str name)
{
    return rules->nicknames ? nicknames_find(rules->nicknames, name) : 0;
}

static void prepare_name(const struct likeness_rules *rules, enum likeness_kind kind,
                         struct arena *arena, struct likeness_value *out)
{
    bool has_nicknames = kind != LIKENESS_LAST_NAME;
    str words[NAME_WORDS_MAX];
    out->count = (uint16_t)fold_words(out->letters.text, words, NAME_WORDS_MAX);
    if (out->count == 0) *out = (struct likeness_value){0};
    struct likeness_word *made = arena_alloc(arena, out->count * sizeof *made);
    for (size_t i = 0; i < out->count; i++) {
        made[i] = (struct likeness_word){
            .letters = name_letters_of(words[i]),
            .sound = metaphone_of(words[i]),
            .nordic = nordic_hash(words[i]),
            .nickname = has_nicknames ? nickname_of(rules, words[i]) : 0,
        };
    }
    out->words = made;
    if (has_nicknames) out->nickname = nickname_of(rules, out->letters.text);
}

// Rising, each once.
static size_t sort_tokens(uint64_t tokens[], size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t token = tokens[i];
        size_t to = kept;
        while (to > 0 && tokens[to - 1] > token) to--;
        if (to > 0 && tokens[to - 1] == token) continue;
        memmove(tokens + to + 1, tokens + to, (kept - to) * sizeof *tokens);
        tokens[to] = token;
        kept++;
    }
    return kept;
}

static bool has_digit(str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (byte_is_digit(word.data[i])) return true;
    }
    return false;
}

// The first letters of the words, or the letters of the only word, sorted: words change places.
static uint64_t initials_of(const str words[], size_t count)
{
    char initials[INITIALS_MAX] = {0};
    size_t len = count == 1 ? words[0].len : count;
    if (len > INITIALS_MAX) return 0;
    for (size_t i = 0; i < len; i++) {
        initials[i] = count == 1 ? words[0].data[i] : words[i].data[0];
    }
    for (size_t i = 1; i < len; i++) {
        for (size_t j = i; j > 0 && initials[j - 1] > initials[j]; j--) {
            char moved = initials[j];
            initials[j] = initials[j - 1];
            initials[j - 1] = moved;
        }
    }
    uint64_t packed;
    memcpy(&packed, initials, sizeof packed);
    return packed;
}

static void prepare_tokens(struct arena *arena, struct likeness_value *out)
{
    str words[VALUE_TOKENS_MAX];
    uint64_t tokens[VALUE_TOKENS_MAX];
    size_t count = fold_words(out->letters.text, words, VALUE_TOKENS_MAX);
    if (count == 0) *out = (struct likeness_value){0};
    for (size_t i = 0; i < count; i++) tokens[i] = hash_64(words[i]) << 1 | has_digit(words[i]);
    out->initials = initials_of(words, count);
    out->count = (uint16_t)sort_tokens(tokens, count);
    for (size_t i = 0; i < out->count; i++) out->numbers += tokens[i] & 1;
    uint64_t *kept = arena_alloc(arena, out->count * sizeof *kept);
    memcpy(kept, tokens, out->count * sizeof *kept);
    out->tokens = kept;
}

static uint16_t short_len(size_t len) { return (uint16_t)(len < UINT16_MAX ? len : UINT16_MAX); }

static void prepare_email(const struct likeness_rules *rules, struct likeness_value *out)
{
    str address = out->letters.text, domain = email_domain(address);
    out->part_len = short_len(email_local(address).len);
    out->is_free = rules->providers && email_is_free(rules->providers, domain);
}

static void prepare_website(struct likeness_value *out)
{
    ptrdiff_t dot = str_find(out->letters.text, '.');
    out->part_len = short_len(dot < 0 ? out->letters.text.len : (size_t)dot);
}

// The digits alone, so that one slip is one slip.
static str digits_of(str text, struct arena *arena)
{
    char *out = arena_bytes(arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (byte_is_digit(text.data[i])) out[len++] = text.data[i];
    }
    arena_trim(arena, out + len);
    return (str){out, len};
}

static bool is_iso_date(str text)
{
    const char *pattern = text.len > 4 && text.data[4] == '-' ? "9999-99-99" : "99999999";
    size_t len = strlen(pattern);
    if (text.len < len) return false;
    for (size_t i = 0; i < len; i++) {
        bool is_digit = byte_is_digit(text.data[i]);
        if (pattern[i] == '9' ? !is_digit : text.data[i] != pattern[i]) return false;
    }
    return text.len == len || !byte_is_digit(text.data[len]);
}

static void prepare_date(str text, struct arena *arena, struct likeness_value *out)
{
    enum { DATE_DIGITS = 8 };
    out->letters = name_letters_of(text);
    if (!is_iso_date(text)) return;
    str digits = str_first(digits_of(str_first(text, 10), arena), DATE_DIGITS);
    for (size_t i = 0; i < DATE_DIGITS; i++) out->date = out->date * 10 + (digits.data[i] - '0');
    out->letters = name_letters_of(digits);
}

void likeness_prepare(const struct likeness_rules *rules, enum likeness_kind kind, str text,
                      struct arena *arena, struct likeness_value *out)
{
    *out = (struct likeness_value){0};
    if (text.len == 0) return;
    if (kind == LIKENESS_PHONE) text = digits_of(text, arena);
    if (kind == LIKENESS_DATE) {
        prepare_date(text, arena, out);
        return;
    }
    out->letters = name_letters_of(text);
    switch (kind) {
    case LIKENESS_FIRST_NAME:
    case LIKENESS_LAST_NAME:
    case LIKENESS_FULL_NAME: prepare_name(rules, kind, arena, out); break;
    case LIKENESS_COMPANY:
    case LIKENESS_STREET:
    case LIKENESS_CITY:
    case LIKENESS_REGION:
    case LIKENESS_TEXT: prepare_tokens(arena, out); break;
    case LIKENESS_EMAIL: prepare_email(rules, out); break;
    case LIKENESS_WEBSITE: prepare_website(out); break;
    default: break;
    }
}
