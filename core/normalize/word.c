#include "word.h"

#include "core/base/utf8.h"
#include "core/lead/fold.h"

static const char *const kind_names[WORD_KIND_COUNT] = {
    "yes", "no",    "consent", "attended",  "opt_out", "more", "less",     "least",
    "to",  "about", "people",  "employees", "day",     "time", "timeframe"};

static const str nothing = {NULL, 0};

// Signs alone ("✓", ">") fold to nothing: they are their own key.
static str key_of(str text, struct arena *arena)
{
    str key = fold_text(text, FOLD_AND, arena);
    return key.len ? key : text;
}

bool word_rules_load(struct word_rules *rules, struct rulebook *book, struct err *err)
{
    static const char file[] = "normalize/words.tsv";
    int kind, text;
    struct table *table = &rules->table;
    if (!table_load(table, book, str_of(file), err) ||
        !table_need(table, file, "kind", &kind, err) ||
        !table_need(table, file, "text", &text, err) ||
        !table_need(table, file, "value", &rules->value, err)) {
        return false;
    }
    for (size_t i = 0; i < table->rows; i++) {
        str key = key_of(table_cell(table, i, text), &rules->arena);
        for (size_t k = 0; k < WORD_KIND_COUNT; k++) {
            bool is_kind = str_equal(table_cell(table, i, kind), str_of(kind_names[k]));
            if (is_kind && key.len) map_put(&rules->maps[k], key, (uint32_t)i);
        }
    }
    return true;
}

void word_rules_release(struct word_rules *rules)
{
    for (size_t i = 0; i < WORD_KIND_COUNT; i++) map_release(&rules->maps[i]);
    table_release(&rules->table);
    arena_release(&rules->arena);
    *rules = (struct word_rules){0};
}

static str find_key(const struct word_rules *rules, enum word_kind kind, str key)
{
    uint32_t row;
    if (!map_find(&rules->maps[kind], key, &row)) return nothing;
    str value = table_cell(&rules->table, row, rules->value);
    return value.data ? value : STR("");
}

str word_find(const struct word_rules *rules, enum word_kind kind, str text, struct arena *arena)
{
    return find_key(rules, kind, key_of(text, arena));
}

// "yes", "no" or data NULL.
static str yes_no(const struct word_rules *rules, str key)
{
    if (map_find(&rules->maps[WORD_YES], key, NULL)) return STR("yes");
    if (map_find(&rules->maps[WORD_NO], key, NULL)) return STR("no");
    return nothing;
}

// The answer that a sentence begins with. Words such as "on" or "ok" begin other sentences too.
static str first_answer(const struct word_rules *rules, str key)
{
    static const char *const answers[] = {"yes", "no",  "kylla", "joo",  "ei",    "ja", "nej",
                                          "nei", "jah", "nein",  "oui",  "non",   "si", "sim",
                                          "nao", "tak", "nie",   "true", "false", "nee"};
    ptrdiff_t blank = str_find(key, ' ');
    if (blank < 0) return nothing;
    str word = str_first(key, (size_t)blank);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        if (str_equal(word, str_of(answers[i]))) return yes_no(rules, word);
    }
    return nothing;
}

static struct value answer(str cell, str found)
{
    return found.data ? value_of(cell, found, "word") : value_bad(cell);
}

struct value word_yes_no(const struct word_rules *rules, str cell, struct arena *arena)
{
    if (cell.len == 0) return value_kept(cell);
    str key = key_of(cell, arena);
    str found = yes_no(rules, key);
    return answer(cell, found.data ? found : first_answer(rules, key));
}

static struct value further(const struct word_rules *rules, enum word_kind kind, str cell,
                            struct arena *arena)
{
    if (cell.len == 0) return value_kept(cell);
    str found = find_key(rules, kind, key_of(cell, arena));
    return found.data ? answer(cell, found) : word_yes_no(rules, cell, arena);
}

struct value word_consent(const struct word_rules *rules, str cell, struct arena *arena)
{
    return further(rules, WORD_CONSENT, cell, arena);
}

struct value word_attended(const struct word_rules *rules, str cell, struct arena *arena)
{
    return further(rules, WORD_ATTENDED, cell, arena);
}

// ---- Opt-outs ----

static const char *const channels[] = {"email", "phone", "mail", "all"};

static unsigned channel_bit(str name)
{
    for (unsigned i = 0; i < 4; i++) {
        if (str_equal(name, str_of(channels[i]))) return 1u << i;
    }
    return 0;
}

static str write_channels(unsigned bits, struct arena *arena)
{
    if (bits & 8) bits = 8; // all covers the others
    for (unsigned i = 0; i < 4; i++) {
        if (bits == 1u << i) return str_of(channels[i]);
    }
    char *out = arena_bytes(arena, 32), *at = out;
    for (unsigned i = 0; i < 4; i++) {
        if (!(bits >> i & 1)) continue;
        if (at != out) *at++ = ' ';
        memcpy(at, channels[i], strlen(channels[i]));
        at += strlen(channels[i]);
    }
    arena_trim(arena, at);
    return (str){out, (size_t)(at - out)};
}

// Channels named one by one, separated by blanks, commas, semicolons or slashes. 0 when a word is
// none.
static unsigned named_channels(const struct word_rules *rules, str cell, struct arena *arena)
{
    unsigned bits = channel_bit(find_key(rules, WORD_OPT_OUT, key_of(cell, arena)));
    if (bits) return bits;
    size_t at = 0;
    while (at < cell.len) {
        size_t start = at;
        while (at < cell.len && !memchr(" ,;/|", cell.data[at], 5)) at++;
        str word = {cell.data + start, at - start};
        at++;
        if (word.len == 0) continue;
        unsigned bit = channel_bit(find_key(rules, WORD_OPT_OUT, key_of(word, arena)));
        if (!bit) return 0;
        bits |= bit;
    }
    return bits;
}

static bool is_date(str cell)
{
    size_t digits = 0;
    for (size_t i = 0; i < cell.len; i++) digits += byte_is_digit(cell.data[i]);
    return digits >= 6 && cell.len < 40;
}

struct value word_opt_out(const struct word_rules *rules, str cell, str channel,
                          struct arena *arena)
{
    if (cell.len == 0) return value_kept(cell);
    unsigned bits = named_channels(rules, cell, arena);
    if (bits) return value_of(cell, write_channels(bits, arena), "word");
    struct value said = word_consent(rules, cell, arena);
    // "Opted out" is yes to the opt-out, "subscribed" no.
    bool is_reversed = find_key(rules, WORD_CONSENT, key_of(cell, arena)).data != NULL;
    if (said.is_valid) {
        bool is_out = str_equal(said.text, STR("yes")) != is_reversed;
        return value_of(cell, is_out ? channel : STR(""), "word");
    }
    return is_date(cell) ? value_of(cell, channel, "word") : value_bad(cell);
}

// ---- Ratings ----

struct value word_rating(str cell)
{
    static const char *const digits = "0123456789";
    size_t stars = 0, others = 0;
    for (str rest = cell; rest.len; rest = str_from(rest, 3)) {
        if (str_starts(rest, STR("★")) || str_starts(rest, STR("⭐")))
            stars++;
        else if (!str_starts(rest, STR("☆")))
            others++;
    }
    if (others == 0 && stars > 0 && stars < 10) {
        return (struct value){{digits + stars, 1}, "word", true};
    }
    bool is_number = cell.len == 3 && byte_is_digit(cell.data[0]);
    if (is_number && cell.data[1] == '/' && byte_is_digit(cell.data[2])) {
        return (struct value){str_first(cell, 1), "word", true};
    }
    if (is_number && (cell.data[1] == '.' || cell.data[1] == ',') && cell.data[2] == '0') {
        return (struct value){str_first(cell, 1), "word", true};
    }
    return value_kept(cell);
}
