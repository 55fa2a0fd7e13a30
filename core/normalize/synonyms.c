#include "synonyms.h"

#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "core/rules/list.h"
#include "target.h"

// Below this many letters a header without accents and blanks says too little ("no", "by").
enum { LOOSE_MIN = 4 };

// Accented letters (case-folded) and what they become: without the accent, and as people write
// them who have no such key. Where both are the same there is one form.
static const struct {
    uint16_t letter;
    char plain[3], wide[3];
} letters[] = {
    {0xDF, "ss", "ss"}, {0xE0, "a", "a"},  {0xE1, "a", "a"},   {0xE2, "a", "a"},
    {0xE3, "a", "a"},   {0xE4, "a", "ae"}, {0xE5, "a", "aa"},  {0xE6, "ae", "ae"},
    {0xE7, "c", "c"},   {0xE8, "e", "e"},  {0xE9, "e", "e"},   {0xEA, "e", "e"},
    {0xEB, "e", "e"},   {0xEC, "i", "i"},  {0xED, "i", "i"},   {0xEE, "i", "i"},
    {0xEF, "i", "i"},   {0xF0, "d", "d"},  {0xF1, "n", "n"},   {0xF2, "o", "o"},
    {0xF3, "o", "o"},   {0xF4, "o", "o"},  {0xF5, "o", "o"},   {0xF6, "o", "oe"},
    {0xF8, "o", "oe"},  {0xF9, "u", "u"},  {0xFA, "u", "u"},   {0xFB, "u", "u"},
    {0xFC, "u", "ue"},  {0xFD, "y", "y"},  {0xFE, "th", "th"}, {0xFF, "y", "y"},
    {0x101, "a", "a"},  {0x105, "a", "a"}, {0x107, "c", "c"},  {0x10D, "c", "c"},
    {0x10F, "d", "d"},  {0x113, "e", "e"}, {0x117, "e", "e"},  {0x119, "e", "e"},
    {0x11B, "e", "e"},  {0x123, "g", "g"}, {0x12B, "i", "i"},  {0x12F, "i", "i"},
    {0x137, "k", "k"},  {0x13C, "l", "l"}, {0x142, "l", "l"},  {0x144, "n", "n"},
    {0x146, "n", "n"},  {0x148, "n", "n"}, {0x151, "o", "oe"}, {0x153, "oe", "oe"},
    {0x159, "r", "r"},  {0x15B, "s", "s"}, {0x161, "s", "s"},  {0x165, "t", "t"},
    {0x16B, "u", "u"},  {0x16F, "u", "u"}, {0x171, "u", "ue"}, {0x173, "u", "u"},
    {0x17A, "z", "z"},  {0x17C, "z", "z"}, {0x17E, "z", "z"},
};

static bool is_separator(int32_t c)
{
    if (byte_is_letter((char)c) && c < 0x80) return false;
    return c <= ' ' || c == '_' || c == '-' || c == '.' || c == ':' || c == '*' || c == '?' ||
           c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB ||
           c == 0xBF || c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0x2014 || c == 0x7F ||
           utf8_is_space(c);
}

static str without_suffix(str text, str suffix)
{
    if (str_ends(text, suffix) && text.len > suffix.len) {
        return str_trim(str_first(text, text.len - suffix.len));
    }
    return text;
}

str header_fold(str header, struct arena *arena)
{
    str folded = utf8_fold(header, arena);
    char *out = arena_bytes(arena, folded.len + 1);
    size_t len = 0;
    bool blank = false;
    for (size_t at = 0; at < folded.len;) {
        unsigned char byte = (unsigned char)folded.data[at];
        int32_t c = byte < 0x80 ? (at++, byte) : utf8_next(folded, &at);
        if (c >= 0x80 && utf8_is_invisible(c)) continue;
        if (is_separator(c)) {
            blank = true;
            continue;
        }
        if (blank && len && c != '/' && out[len - 1] != '/') out[len++] = ' ';
        blank = false;
        if (c == 0x2019 || c == 0x2018 || c == 0xB4 || c == '`') c = '\'';
        if (c < 0x80) {
            out[len++] = (char)c;
        } else {
            len += utf8_put(out + len, c);
        }
    }
    str text = without_suffix((str){out, len}, STR("(required)"));
    return without_suffix(text, STR("(optional)"));
}

// Letters, digits and # only, accents undone in one of the two ways. Returns whether the two ways
// differ.
static bool loosen(str folded, bool is_wide, struct arena *arena, str *loose)
{
    char *out = arena_bytes(arena, folded.len * 2 + 1);
    size_t len = 0;
    bool differs = false;
    for (size_t at = 0; at < folded.len;) {
        size_t start = at;
        char byte = folded.data[at];
        if ((unsigned char)byte < 0x80) {
            if (byte_is_letter(byte) || byte_is_digit(byte) || byte == '#') out[len++] = byte;
            at++;
            continue;
        }
        int32_t c = utf8_next(folded, &at);
        size_t i = 0, count = sizeof letters / sizeof *letters;
        while (i < count && letters[i].letter != c) i++;
        str piece = {folded.data + start, at - start};
        if (i < count) piece = str_of(is_wide ? letters[i].wide : letters[i].plain);
        if (i < count && strcmp(letters[i].wide, letters[i].plain) != 0) differs = true;
        memcpy(out + len, piece.data, piece.len);
        len += piece.len;
    }
    *loose = (str){out, len};
    return differs;
}

static unsigned language_bit(struct synonyms *synonyms, str language)
{
    if (str_equal(language, STR("*")) || language.len == 0) return 0;
    size_t i = 0;
    while (i < synonyms->language_count && !str_equal(synonyms->languages[i], language)) i++;
    if (i == LANGUAGES_MAX) return 0;
    if (i == synonyms->language_count) synonyms->languages[synonyms->language_count++] = language;
    return 1u << i;
}

// Adds a meaning to the chain of a key, sorted by rank; the same target in another language only
// adds the language.
static void add_meaning(struct synonyms *synonyms, struct map *map, str key, struct meaning meaning)
{
    uint32_t *first = map_slot_of(map, key);
    uint32_t before = 0;
    for (uint32_t at = *first; at; at = synonyms->entries[at].next) {
        struct meaning *known = &synonyms->entries[at].meaning;
        if (known->target == meaning.target) {
            known->languages |= meaning.languages;
            return;
        }
        if (known->rank <= meaning.rank) before = at;
    }
    size_t number = synonyms->count ? synonyms->count : 1;
    synonyms->entries =
        memory_grow(synonyms->entries, &synonyms->capacity, number + 1, sizeof *synonyms->entries);
    uint32_t next = before ? synonyms->entries[before].next : *first;
    synonyms->entries[number] = (struct synonym_entry){meaning, next};
    synonyms->count = number + 1;
    if (before) {
        synonyms->entries[before].next = (uint32_t)number;
    } else {
        *first = (uint32_t)number;
    }
}

static void add_whole(struct synonyms *synonyms, str synonym, struct meaning meaning)
{
    str folded = header_fold(synonym, &synonyms->arena);
    if (folded.len == 0) return;
    add_meaning(synonyms, &synonyms->whole, folded, meaning);
    str loose;
    bool differs = loosen(folded, false, &synonyms->arena, &loose);
    if (loose.len < LOOSE_MIN) return;
    add_meaning(synonyms, &synonyms->loose, loose, meaning);
    if (differs) {
        loosen(folded, true, &synonyms->arena, &loose);
        add_meaning(synonyms, &synonyms->loose, loose, meaning);
    }
}

// The words of a text: what is no letter, digit, apostrophe or # is a blank, an apostrophe begins a
// word ("rep's" holds "rep"), and there is a blank at either end.
static str spaced(str folded, struct arena *arena)
{
    char *out = arena_bytes(arena, folded.len * 2 + 2);
    size_t len = 0;
    out[len++] = ' ';
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.data[i];
        bool stays = (unsigned char)c >= 0x80 || byte_is_letter(c) || byte_is_digit(c) ||
                     c == '\'' || c == '#';
        if (c == '\'' && out[len - 1] != ' ') out[len++] = ' ';
        if (stays) {
            out[len++] = c;
        } else if (out[len - 1] != ' ') {
            out[len++] = ' ';
        }
    }
    if (out[len - 1] != ' ') out[len++] = ' ';
    return (str){out, len};
}

static void add_phrase(struct synonyms *synonyms, str synonym, int target)
{
    synonyms->phrases = memory_grow(synonyms->phrases, &synonyms->phrase_capacity,
                                    synonyms->phrase_count + 1, sizeof *synonyms->phrases);
    str words = spaced(header_fold(synonym, &synonyms->arena), &synonyms->arena);
    synonyms->phrases[synonyms->phrase_count++] = (struct synonym_phrase){words, target};
}

static bool read_rank(str text, unsigned *rank)
{
    *rank = text.len == 1 ? (unsigned)(text.data[0] - '0') : 0;
    return text.len == 0 || (text.len == 1 && byte_is_digit(text.data[0]));
}

static bool add_rows(struct synonyms *synonyms, const struct table *table, const char *file,
                     struct err *err)
{
    int field, language, match, rank, synonym;
    if (!table_need(table, file, "field", &field, err)) return false;
    if (!table_need(table, file, "lang", &language, err)) return false;
    if (!table_need(table, file, "match", &match, err)) return false;
    if (!table_need(table, file, "rank", &rank, err)) return false;
    if (!table_need(table, file, "synonym", &synonym, err)) return false;
    map_reserve(&synonyms->whole, table->rows);
    map_reserve(&synonyms->loose, table->rows);
    str last_word = {"", 0}; // many synonyms of one field follow each other
    int last_target = -1;
    for (size_t row = 0; row < table->rows; row++) {
        str text = table_cell(table, row, synonym), kind = table_cell(table, row, match);
        str word = table_cell(table, row, field);
        if (!str_equal(word, last_word)) last_target = target_find(word);
        last_word = word;
        struct meaning meaning = {.target = last_target};
        if (meaning.target < 0) {
            return err_set(err, ERR_RULES, file, 0, "'%.*s' is not a field (header '%.*s')",
                           STR_ARG(table_cell(table, row, field)), STR_ARG(text));
        }
        if (!read_rank(table_cell(table, row, rank), &meaning.rank)) {
            return err_set(err, ERR_RULES, file, 0, "the rank of '%.*s' is not a digit",
                           STR_ARG(text));
        }
        if (!utf8_is_valid(text)) {
            return err_set(err, ERR_RULES, file, 0, "a synonym of '%.*s' is not UTF-8",
                           STR_ARG(target_name(meaning.target)));
        }
        meaning.languages = language_bit(synonyms, table_cell(table, row, language));
        if (str_equal(kind, STR("words"))) {
            add_phrase(synonyms, text, meaning.target);
        } else if (kind.len == 0 || str_equal(kind, STR("whole"))) {
            add_whole(synonyms, text, meaning);
        } else {
            return err_set(err, ERR_RULES, file, 0, "match of '%.*s' is neither whole nor words",
                           STR_ARG(text));
        }
    }
    return true;
}

bool synonyms_load(struct synonyms *synonyms, struct rulebook *book, struct err *err)
{
    str name = STR("header_synonyms.tsv");
    struct table table = {0};
    bool ok = table_load(&table, book, name, err);
    const char *file = ok ? rulebook_where(book, name) : NULL;
    ok = ok && add_rows(synonyms, &table, file, err);
    table_release(&table);
    return ok;
}

void synonyms_release(struct synonyms *synonyms)
{
    map_release(&synonyms->whole);
    map_release(&synonyms->loose);
    memory_free(synonyms->entries);
    memory_free(synonyms->phrases);
    arena_release(&synonyms->arena);
    *synonyms = (struct synonyms){0};
}

size_t synonyms_find(const struct synonyms *synonyms, str folded, struct arena *arena,
                     struct meaning meanings[MEANINGS_MAX])
{
    uint32_t at = 0;
    if (folded.len == 0) return 0;
    if (!map_find(&synonyms->whole, folded, &at)) {
        str loose;
        loosen(folded, false, arena, &loose);
        if (loose.len < LOOSE_MIN || !map_find(&synonyms->loose, loose, &at)) return 0;
    }
    size_t count = 0;
    for (; at && count < MEANINGS_MAX; at = synonyms->entries[at].next) {
        meanings[count++] = synonyms->entries[at].meaning;
    }
    return count;
}

int synonyms_phrase(const struct synonyms *synonyms, str folded, struct arena *arena)
{
    str text = spaced(folded, arena);
    for (size_t i = 0; i < synonyms->phrase_count; i++) {
        str words = synonyms->phrases[i].words;
        if (memmem(text.data, text.len, words.data, words.len)) return synonyms->phrases[i].target;
    }
    return -1;
}
