// Letter case of names: "MCDONALD-SMITH" to "McDonald-Smith", "van der berg" to "van der Berg".
#include "person_words.h"

#include "core/base/utf8.h"
#include "core/lead/fold.h"

struct letter_case person_case(str text)
{
    struct letter_case letters = {0, 0};
    size_t at = 0;
    while (at < text.len) {
        if ((unsigned char)text.data[at] < 0x80) {
            char c = text.data[at++];
            if (byte_is_letter(c)) *(byte_is_upper(c) ? &letters.upper : &letters.lower) += 1;
            continue;
        }
        int32_t c = utf8_next(text, &at);
        if (utf8_lower(c) != c)
            letters.upper++;
        else if (utf8_upper(c) != c)
            letters.lower++;
    }
    return letters;
}

struct caser {
    const struct person_rules *rules;
    bool is_turkish, is_dutch;
    char *out;
    size_t len;
};

static void put(struct caser *caser, int32_t c)
{
    caser->len += utf8_put(caser->out + caser->len, c);
}

static void put_upper(struct caser *caser, int32_t c)
{
    int32_t upper = caser->is_turkish && c == 'i' ? 0x130 : utf8_upper(c);
    put(caser, c == 0xDF ? c : upper); // no name begins with a sharp s; keep it when one does
}

static void put_lower(struct caser *caser, int32_t c)
{
    put(caser, caser->is_turkish && c == 'I' ? 0x131 : utf8_lower(c));
}

static bool is_roman(str word)
{
    static const char *const numerals[] = {"ii", "iii", "iv", "vi", "vii", "viii"};
    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++) {
        if (str_equal_nocase(word, str_of(numerals[i]))) return true;
    }
    return false;
}

// How many letters at the start of a word are followed by a further capital: Mc, Mac, O', D'.
static size_t prefix_len(const struct caser *caser, str word)
{
    if (word.len > 3 && str_equal_nocase(str_first(word, 2), STR("mc"))) return 2;
    if (word.len < 6 || !str_equal_nocase(str_first(word, 3), STR("mac"))) return 0;
    char room[160];
    struct arena arena = {.at = room, .end = room + sizeof room};
    bool is_mac = word.len < 32 && person_is(caser->rules, fold_text(word, 0, &arena), KIND_MAC);
    arena_release(&arena);
    return is_mac ? 3 : 0;
}

static bool is_apostrophe_at(str text, size_t at)
{
    return text.data[at] == '\'' || str_starts(str_from(text, at), STR("’"));
}

// One word between hyphens.
static void put_word(struct caser *caser, str word)
{
    if (is_roman(word)) {
        for (size_t i = 0; i < word.len; i++) put(caser, word.data[i] & ~32);
        return;
    }
    size_t prefix = prefix_len(caser, word), at = 0, letters = 0;
    bool is_start = true;
    while (at < word.len) {
        size_t from = at;
        int32_t c = utf8_next(word, &at);
        bool is_ij =
            caser->is_dutch && letters == 1 && (c == 'j' || c == 'J') && (word.data[0] | 32) == 'i';
        if (is_start || is_ij || (prefix && from == prefix))
            put_upper(caser, c);
        else
            put_lower(caser, c);
        bool is_letter = utf8_is_letter(c);
        letters += is_letter;
        is_start = is_start ? !is_letter : c == '.';
        // O'Brien, D'Angelo: one letter before the apostrophe. Not the 's of "King's".
        if (letters == 1 && !is_letter && is_apostrophe_at(word, from)) is_start = true;
    }
}

static void put_token(struct caser *caser, str token)
{
    str rest = token, word;
    while (str_cut(&rest, '-', &word)) {
        put_word(caser, word);
        if (rest.data) put(caser, '-');
    }
}

static bool is_small(const struct caser *caser, str token)
{
    char room[160];
    struct arena arena = {.at = room, .end = room + sizeof room};
    bool is_lower =
        token.len < 16 && person_is(caser->rules, fold_text(token, 0, &arena), KIND_LOWER);
    arena_release(&arena);
    return is_lower;
}

static void put_small(struct caser *caser, str token)
{
    for (size_t at = 0; at < token.len;) put_lower(caser, utf8_next(token, &at));
}

str person_title_case(const struct person_rules *rules, str name, bool follows, str country,
                      struct arena *arena)
{
    struct caser caser = {rules, str_equal(country, STR("TR")), str_equal(country, STR("NL")),
                          arena_bytes(arena, name.len * 3), 0};
    str rest = name, token;
    bool is_first = true;
    while (str_cut(&rest, ' ', &token)) {
        if (!is_first) put(&caser, ' ');
        bool is_last = !rest.data;
        if ((follows || !is_first) && !is_last && is_small(&caser, token))
            put_small(&caser, token);
        else
            put_token(&caser, token);
        is_first = false;
    }
    arena_trim(arena, caser.out + caser.len);
    return (str){caser.out, caser.len};
}
