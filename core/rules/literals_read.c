// Which patterns are only literals: a reader of a small part of PCRE2's syntax.
#include "literals.h"
#include "pattern.h"

enum { CHOICES_MAX = 256, TEXT_MAX = 256, OPTIONAL_MAX = 4 };

struct choice {
    str items[CHOICES_MAX];
    size_t count;
};

static bool is_word_byte(char c) { return byte_is_letter(c) || byte_is_digit(c) || c == '_'; }

static bool take(str *rest, str what)
{
    if (!str_starts(*rest, what)) return false;
    *rest = str_from(*rest, what.len);
    return true;
}

// A character that stands for itself; the sign of any punctuation behind a backslash does.
static bool take_char(str *rest, char *c)
{
    if (rest->len == 0) return false;
    bool is_escaped = rest->data[0] == '\\';
    if (is_escaped && rest->len == 1) return false;
    *c = rest->data[is_escaped];
    if ((unsigned char)*c < ' ' || (unsigned char)*c >= 0x7F) return false;
    if (is_escaped && (is_word_byte(*c) && *c != '_')) return false;
    if (!is_escaped && memchr("^$.[]|()?*+{}", *c, 13)) return false;
    *rest = str_from(*rest, 1 + (size_t)is_escaped);
    return true;
}

// Adds what the characters stand for, each optional one there or left out.
static bool add_variants(struct arena *arena, str chars, const bool optional[],
                         struct choice *choice)
{
    unsigned optional_count = 0;
    for (size_t i = 0; i < chars.len; i++) optional_count += optional[i];
    if (optional_count > OPTIONAL_MAX) return false;
    for (unsigned left_out = 0; left_out < 1u << optional_count; left_out++) {
        if (choice->count == CHOICES_MAX) return false;
        char *text = arena_bytes(arena, chars.len + 1);
        size_t len = 0;
        unsigned at = 0;
        for (size_t i = 0; i < chars.len; i++) {
            if (optional[i] && left_out >> at++ & 1) continue;
            text[len++] = chars.data[i];
        }
        if (len == 0) return false;
        choice->items[choice->count++] = (str){text, len};
    }
    return true;
}

static bool read_text(struct arena *arena, str *rest, struct choice *choice)
{
    char chars[TEXT_MAX];
    bool optional[TEXT_MAX];
    size_t len = 0;
    while (len < TEXT_MAX && take_char(rest, &chars[len])) {
        optional[len++] = take(rest, STR("?"));
    }
    return len && len < TEXT_MAX && add_variants(arena, (str){chars, len}, optional, choice);
}

static bool read_choice(struct arena *arena, str *rest, struct choice *choice)
{
    bool is_group = take(rest, STR("(?:"));
    if (!is_group && take(rest, STR("("))) {
        is_group = true;
        if (rest->len && (rest->data[0] == '?' || rest->data[0] == '*')) return false;
    }
    do {
        if (!read_text(arena, rest, choice)) return false;
    } while (is_group && take(rest, STR("|")));
    return !is_group || take(rest, STR(")"));
}

static void put_in_set(struct literal_tail *tail, char c, bool is_caseless)
{
    tail->set[(unsigned char)c] = true;
    if (is_caseless && byte_is_letter(c)) tail->set[(unsigned char)(c ^ 32)] = true;
}

// The rest of a set of characters, behind its bracket: single ones and ranges like a-z.
static bool read_set(str *rest, struct literal_tail *tail, bool is_caseless)
{
    if (rest->len == 0 || rest->data[0] == ']') return false;
    while (!take(rest, STR("]"))) {
        if (rest->len >= 3 && is_word_byte(rest->data[0]) && rest->data[1] == '-' &&
            rest->data[2] != ']') {
            char from = rest->data[0], to = rest->data[2];
            if (!is_word_byte(to) || from > to) return false;
            for (int c = from; c <= to; c++) put_in_set(tail, (char)c, is_caseless);
            *rest = str_from(*rest, 3);
            continue;
        }
        char c;
        if (!take(rest, STR("."))) {
            bool is_escaped = rest->len && rest->data[0] == '\\';
            if (!take_char(rest, &c)) return false;
            if (c == '-' && !is_escaped && !str_starts(*rest, STR("]"))) return false;
        } else {
            c = '.';
        }
        put_in_set(tail, c, is_caseless);
    }
    return true;
}

// What follows the choice of a pattern that begins with ^; its characters are added to the texts.
static bool read_tail(struct arena *arena, str rest, bool is_caseless, struct choice *choice,
                      const struct literal_tail **tail)
{
    char more[TEXT_MAX];
    size_t len = 0;
    while (len < TEXT_MAX && take_char(&rest, &more[len])) len++;
    if (len == TEXT_MAX) return false;
    for (size_t i = 0; len && i < choice->count; i++) {
        str before = choice->items[i];
        char *text = arena_bytes(arena, before.len + len);
        memcpy(text, before.data, before.len);
        memcpy(text + before.len, more, len);
        choice->items[i] = (str){text, before.len + len};
    }
    if (rest.len == 0) return true;
    struct literal_tail *read = arena_new(arena, struct literal_tail, 1);
    *tail = read;
    if (take(&rest, STR("["))) {
        if (!read_set(&rest, read, is_caseless)) return false;
        read->least_one = take(&rest, STR("+"));
        if (!read->least_one && !take(&rest, STR("*"))) return false;
    }
    return (take(&rest, STR("$")) || take(&rest, STR("\\z"))) && rest.len == 0;
}

static bool are_words(const struct choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        str text = choice->items[i];
        if (!is_word_byte(text.data[0]) || !is_word_byte(text.data[text.len - 1])) return false;
    }
    return true;
}

static struct literal make_literal(struct arena *arena, str written, bool is_caseless)
{
    struct literal literal = {.text = written, .is_caseless = is_caseless, .next = -1};
    char *lower = arena_bytes(arena, written.len + 1);
    for (size_t i = 0; i < written.len; i++) lower[i] = byte_lower(written.data[i]);
    if (is_caseless) literal.text.data = lower;
    literal.ends_in_word = is_word_byte(written.data[written.len - 1]);
    while (literal.first_len < written.len && is_word_byte(written.data[literal.first_len])) {
        literal.first_len++;
    }
    return literal;
}

// The first bytes, the first of them lowest, whatever the machine's order.
static void set_head(struct literal *literal, size_t len)
{
    for (size_t i = 0; i < len && i < sizeof literal->head; i++) {
        uint64_t byte = (unsigned char)byte_lower(literal->text.data[i]);
        literal->head |= byte << 8 * i;
        literal->head_mask |= (uint64_t)0xFF << 8 * i;
    }
}

bool literals_add(struct literal_table *table, str expression, unsigned flags, uint32_t bit)
{
    struct choice choice;
    choice.count = 0;
    const struct literal_tail *tail = NULL;
    bool is_caseless = flags & PATTERN_CASELESS;
    if (flags & ~(unsigned)PATTERN_CASELESS) return false;
    str rest = expression;
    bool is_word = take(&rest, STR("\\b"));
    if (!is_word && !take(&rest, STR("^")) && !take(&rest, STR("\\A"))) return false;
    if (!read_choice(&table->arena, &rest, &choice)) return false;
    if (is_word) {
        if (!str_equal(rest, STR("\\b")) || !are_words(&choice)) return false;
    } else if (!read_tail(&table->arena, rest, is_caseless, &choice, &tail)) {
        return false;
    }
    for (size_t i = 0; i < choice.count; i++) {
        table->items =
            memory_grow(table->items, &table->capacity, table->count + 1, sizeof *table->items);
        struct literal *literal = &table->items[table->count++];
        *literal = make_literal(&table->arena, choice.items[i], is_caseless);
        literal->is_start = !is_word;
        literal->bit = bit;
        literal->tail = tail;
        set_head(literal, is_word ? literal->first_len : literal->text.len);
    }
    return true;
}

bool literals_add_phrase(struct literal_table *table, str phrase, uint32_t bit)
{
    if (phrase.len == 0 || !is_word_byte(phrase.data[0]) || !str_is_ascii(phrase)) return false;
    struct literal literal = make_literal(&table->arena, phrase, true);
    literal.is_phrase = true;
    literal.bit = bit;
    set_head(&literal, literal.first_len);
    table->items =
        memory_grow(table->items, &table->capacity, table->count + 1, sizeof *table->items);
    table->items[table->count++] = literal;
    return true;
}
