#include "person_words.h"

#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "core/lead/fold.h"

static unsigned kind_of(str name)
{
    static const char *const kinds[] = {"honorific", "postnominal", "generational", "particle",
                                        "lower",     "couple",      "mac",          "placeholder",
                                        "guest",     "company"};
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_equal(name, str_of(kinds[i]))) return 1u << i;
    }
    return 0;
}

static void add_word(struct person_rules *rules, str key, unsigned kind, str language)
{
    uint32_t at = (uint32_t)rules->count;
    if (!map_find(&rules->words, key, &at)) {
        map_put(&rules->words, key, at);
        rules->count++;
    }
    struct person_word *word = &rules->entries[at];
    word->kinds |= kind;
    for (size_t i = 0; kind == KIND_HONORIFIC && i < 4; i++) {
        if (str_equal(word->languages[i], language)) break;
        if (word->languages[i].len) continue;
        word->languages[i] = language;
        break;
    }
}

static bool load_words(struct person_rules *rules, struct rulebook *book, struct err *err)
{
    static const char file[] = "normalize/name_tokens.tsv";
    struct table *table = &rules->words_table;
    int kind, language, name;
    if (!table_load(table, book, str_of(file), err) ||
        !table_need(table, file, "kind", &kind, err) ||
        !table_need(table, file, "language", &language, err) ||
        !table_need(table, file, "name", &name, err)) {
        return false;
    }
    rules->entries = memory_zeroed(table->rows + 1, sizeof *rules->entries);
    for (size_t i = 0; i < table->rows; i++) {
        str key = fold_text(table_cell(table, i, name), FOLD_AND, &rules->arena);
        unsigned bit = kind_of(table_cell(table, i, kind));
        if (key.len && bit) add_word(rules, key, bit, table_cell(table, i, language));
        if (key.len && bit == KIND_PLACEHOLDER) {
            uint32_t length = 1u << (key.len < 31 ? key.len : 31);
            char second = key.len > 1 ? key.data[1] : '\0';
            rules->placeholder_lengths[person_opening(key.data[0], second)] |= length;
        }
    }
    return true;
}

static uint32_t read_strength(str text)
{
    uint32_t value = 0;
    for (size_t i = 0; i < text.len && byte_is_digit(text.data[i]); i++) {
        value = value * 10 + (uint32_t)(text.data[i] - '0');
    }
    return value < 255 ? value : 255;
}

static bool load_names(struct person_rules *rules, struct rulebook *book, struct err *err)
{
    static const char file[] = "normalize/person_names.tsv";
    struct table *table = &rules->names_table;
    int name, given, family;
    if (!table_load(table, book, str_of(file), err) ||
        !table_need(table, file, "name", &name, err) ||
        !table_need(table, file, "given", &given, err) ||
        !table_need(table, file, "family", &family, err)) {
        return false;
    }
    map_reserve(&rules->names, table->rows);
    for (size_t i = 0; i < table->rows; i++) {
        str key = fold_text(table_cell(table, i, name), FOLD_AND, &rules->arena);
        uint32_t strength = read_strength(table_cell(table, i, given)) |
                            read_strength(table_cell(table, i, family)) << 8;
        if (key.len) map_put(&rules->names, key, strength);
    }
    return true;
}

bool person_rules_load(struct person_rules *rules, struct rulebook *book, struct err *err)
{
    return load_words(rules, book, err) && load_names(rules, book, err);
}

void person_rules_release(struct person_rules *rules)
{
    map_release(&rules->words);
    map_release(&rules->names);
    memory_free(rules->entries);
    table_release(&rules->words_table);
    table_release(&rules->names_table);
    arena_release(&rules->arena);
    *rules = (struct person_rules){0};
}

const struct person_word *person_find(const struct person_rules *rules, str key)
{
    uint32_t at;
    return map_find(&rules->words, key, &at) ? &rules->entries[at] : NULL;
}

void person_strength(const struct person_rules *rules, str key, int *given, int *family)
{
    uint32_t both = 0;
    map_find(&rules->names, key, &both);
    *given = both & 255;
    *family = both >> 8;
}

// ---- Tokens ----

bool person_tokens(str text, struct name_tokens *tokens, struct arena *arena)
{
    tokens->count = 0;
    char *out = arena_bytes(arena, text.len * 4 + 16), *at = out;
    char room[512]; // a token seldom needs more; then the arena below takes it
    struct arena folding = {.at = room, .end = room + sizeof room};
    bool is_good = true;
    str rest = text, piece;
    while (is_good && str_cut(&rest, ' ', &piece)) {
        str key = fold_text(piece, FOLD_AND, &folding);
        if (key.len == 0) continue;
        is_good = tokens->count < NAME_TOKENS_MAX &&
                  (size_t)(at - out) + key.len + 1 <= text.len * 4 + 16;
        if (!is_good) break;
        if (at != out) *at++ = ' ';
        memcpy(at, key.data, key.len);
        tokens->at[tokens->count++] = (struct name_token){piece, {at, key.len}};
        at += key.len;
        if (!folding.chunks) folding.at = room;
    }
    arena_release(&folding);
    arena_trim(arena, at);
    return is_good;
}

str person_keys(const struct name_tokens *tokens, size_t from, size_t to)
{
    if (from >= to) return STR("");
    str first = tokens->at[from].key, last = tokens->at[to - 1].key;
    return (str){first.data, (size_t)(last.data + last.len - first.data)};
}

str person_text(const struct name_tokens *tokens, size_t from, size_t to)
{
    if (from >= to) return STR("");
    str first = tokens->at[from].text, last = tokens->at[to - 1].text;
    return (str){first.data, (size_t)(last.data + last.len - first.data)};
}

// ---- Order of a column ----

bool person_is_east_asian(str name)
{
    size_t at = 0;
    if (name.len == 0 || (unsigned char)name.data[0] < 0xE3) return false;
    int32_t c = utf8_next(name, &at);
    return (c >= 0x3040 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
}

void person_order_vote(const struct person_rules *rules, str name, struct person_votes *votes,
                       struct arena *arena)
{
    if (name.len == 0) return;
    if (str_find(name, ',') >= 0) {
        votes->commas++;
        return;
    }
    struct name_tokens tokens;
    name = person_undecorated(rules, name, arena);
    if (person_is_east_asian(name)) {
        votes->east_asian++;
        return;
    }
    if (!person_tokens(name, &tokens, arena)) return;
    size_t first = person_honorifics(rules, &tokens, STR(""), false);
    size_t end = person_without_suffix(rules, &tokens, first, 2, STR(""), false);
    if (end - first < 2) return;
    int given[2], family[2];
    person_strength(rules, tokens.at[first].key, &given[0], &family[0]);
    person_strength(rules, tokens.at[end - 1].key, &given[1], &family[1]);
    // Each step is a doubling; three steps for either order are an opinion.
    int lean = (given[0] - family[0]) - (given[1] - family[1]);
    if (lean >= 3)
        votes->given_first++;
    else if (lean <= -3)
        votes->family_first++;
    else
        votes->open++;
}

enum person_order person_order_decide(const struct person_votes *votes, enum person_order usual)
{
    size_t all = votes->given_first + votes->family_first;
    if (votes->given_first * 4 > all * 3) return PERSON_GIVEN_FIRST;
    if (votes->family_first * 4 > all * 3) return PERSON_FAMILY_FIRST;
    return usual;
}
