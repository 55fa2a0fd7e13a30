// Names in columns of their own: what was typed into the wrong one, and further given names.
#include "person.h"

#include "core/lead/fold.h"
#include "person_parse.h"

// One part, cleaned of what is no name.
static str clean_part(struct name_parse *parse, str typed)
{
    if (typed.len == 0) return typed;
    if (str_find(typed, '@') >= 0) {
        parse->person.flags |= PERSON_EMAIL;
        parse_note(parse, "email_as_name");
        return STR("");
    }
    str text = person_undecorated(parse->rules, typed, parse->arena);
    if (!parse_is_name(text)) {
        parse->person.flags |= PERSON_NOT_A_NAME;
        return typed;
    }
    if (text.len != typed.len) parse_note(parse, "decoration");
    return text;
}

// "unknown", "info" in one column while the other holds a name. "Test" and single letters may be
// names there.
static str drop_placeholder(struct name_parse *parse, str part)
{
    bool may_be_name = part.len < 2 || str_equal_nocase(part, STR("test"));
    if (may_be_name || !parse_is_placeholder(parse, part)) return part;
    parse_note(parse, "placeholder");
    return STR("");
}

static str join(struct arena *arena, str a, str b)
{
    if (a.len == 0) return b;
    if (b.len == 0) return a;
    char *out = arena_bytes(arena, a.len + b.len + 1);
    memcpy(out, a.data, a.len);
    out[a.len] = ' ';
    memcpy(out + a.len + 1, b.data, b.len);
    return (str){out, a.len + b.len + 1};
}

// Whether the only filled column holds a whole name.
static bool is_whole_name(const struct name_parse *parse, str text, bool is_first_column)
{
    struct name_tokens tokens;
    if (!person_tokens(text, &tokens, parse->arena) || tokens.count < 2) return false;
    if (str_find(text, ',') >= 0) return true;
    size_t last = tokens.count - 1;
    for (size_t i = 0; i <= last; i++) {
        int given, family;
        person_strength(parse->rules, tokens.at[i].key, &given, &family);
        bool is_telling = is_first_column ? i == last && family > given : given > family;
        if (is_telling) return true;
    }
    return false;
}

// Degrees off the end of the family name, honorifics off its front, and the given name when it was
// typed there as well.
static str trim_last(struct name_parse *parse, str last, str first)
{
    struct name_tokens tokens;
    last = parse_cut_commas(parse, last);
    if (!person_tokens(last, &tokens, parse->arena) || tokens.count < 2) return last;
    str country = parse->context->country;
    size_t from = person_honorifics(parse->rules, &tokens, country, parse->is_shouted);
    parse_add_honorifics(parse, &tokens, 0, from);
    str given = fold_text(first, FOLD_AND, parse->arena);
    while (from + 1 < tokens.count && str_equal(tokens.at[from].key, given)) {
        parse_note(parse, "split_name");
        from++;
    }
    size_t end = person_without_suffix(parse->rules, &tokens, from, 1, country, parse->is_shouted);
    parse_add_suffix(parse, person_text(&tokens, end, tokens.count));
    return from || end < tokens.count ? person_text(&tokens, from, end) : last;
}

// The words of the first-name column that are given names: without the family name when it was
// typed there as well. Small particles at the end ("Vincent van") go to the family name.
static size_t given_end(struct name_parse *parse, const struct name_tokens *tokens, size_t from)
{
    struct name_tokens last;
    size_t end = tokens->count;
    if (!person_tokens(parse->person.last, &last, parse->arena) || last.count == 0) return end;
    if (end - from > last.count) {
        str tail = person_keys(tokens, end - last.count, end);
        if (str_equal(tail, person_keys(&last, 0, last.count))) {
            parse_note(parse, "split_name");
            return end - last.count;
        }
    }
    size_t at = end;
    while (at > from + 1 && parse_is_particle(parse, tokens, at - 1, at) &&
           is_all_lower(person_case(tokens->at[at - 1].text))) {
        at--;
    }
    if (at < end) {
        parse_note(parse, "split_name");
        parse->person.last = join(parse->arena, person_text(tokens, at, end), parse->person.last);
    }
    return at;
}

static void set_first(struct name_parse *parse, str first, str middle)
{
    struct name_tokens tokens;
    if (!person_tokens(first, &tokens, parse->arena) || tokens.count == 0) {
        parse->person.first = first;
        parse->person.middle = middle;
        return;
    }
    if (parse_has_couple(parse, &tokens)) {
        parse->person.flags |= PERSON_TWO_PEOPLE;
        parse->person.first = first;
        parse->person.middle = middle;
        return;
    }
    size_t from =
        person_honorifics(parse->rules, &tokens, parse->context->country, parse->is_shouted);
    parse_add_honorifics(parse, &tokens, 0, from);
    size_t end = given_end(parse, &tokens, from);
    parse_set_given(parse, &tokens, from, end);
    if (parse->person.middle.len) parse_note(parse, "split_name");
    parse->person.middle = join(parse->arena, parse->person.middle, middle);
}

// Whether a text is nothing but small particles: "van der" in a column for what stands between.
static bool is_particles(struct name_parse *parse, str text)
{
    struct name_tokens tokens;
    if (!person_tokens(text, &tokens, parse->arena) || tokens.count == 0) return false;
    if (!parse->is_shouted && !is_all_lower(person_case(text))) return false;
    for (size_t at = 0, take; at < tokens.count; at += take) {
        take = tokens.count - at;
        while (take && !parse_is_particle(parse, &tokens, at, at + take)) take--;
        if (take == 0) return false;
    }
    return true;
}

// The bytes of a capital or small letter at `at`, of ASCII or U+00C0..U+00FF; 0 when there is none.
static size_t letter_len(str text, size_t at, bool is_capital)
{
    if (at >= text.len) return 0;
    unsigned char c = (unsigned char)text.data[at];
    if (c < 0x80) return (is_capital ? byte_is_upper((char)c) : c >= 'a' && c <= 'z') ? 1 : 0;
    if (c != 0xC3 || at + 1 >= text.len) return 0;
    unsigned char second = (unsigned char)text.data[at + 1];
    if (second == 0x97 || second == 0xB7) return 0; // multiplication and division signs
    return (is_capital ? second < 0x9F : second >= 0x9F) ? 2 : 0;
}

// One part holds nothing that the long way could change: one word, or several with hyphens, of a
// capital and small letters.
static bool is_plain(str part)
{
    size_t at = 0;
    if (part.len == 0) return true;
    for (;;) {
        size_t capital = letter_len(part, at, true), small;
        if (!capital || !letter_len(part, at + capital, false)) return false;
        for (at += capital; (small = letter_len(part, at, false)) > 0;) at += small;
        if (at == part.len) return part.len > 2;
        if (part.data[at++] != '-') return false;
    }
}

static struct person keep_typed(struct name_parse *parse, const struct person *typed,
                                unsigned flags)
{
    struct person person = *typed;
    person.suffix = STR("");
    person.reason = NULL;
    person.flags = parse->person.flags | flags;
    person.is_valid = false;
    return person;
}

static struct person pass(const struct person_rules *rules, const struct person *typed,
                          const struct person_context *context, struct arena *arena)
{
    struct name_parse parse = parse_start(rules, context, arena);
    parse.person.salutation = typed->salutation;
    str first = typed->first, middle = typed->middle, last = typed->last;
    bool is_clean = is_plain(first) && is_plain(middle) && is_plain(last);
    if (!is_clean) {
        first = clean_part(&parse, first);
        middle = clean_part(&parse, middle);
        last = clean_part(&parse, last);
    }
    str both = join(arena, first, last);
    if (both.len == 0 && middle.len == 0) return parse_finish(&parse);
    if (parse.person.flags & PERSON_NOT_A_NAME) return keep_typed(&parse, typed, 0);
    if (parse_is_placeholder(&parse, both)) {
        return parse_empty(&parse, "placeholder", PERSON_PLACEHOLDER);
    }
    first = drop_placeholder(&parse, first);
    last = drop_placeholder(&parse, last);
    both = join(arena, first, last);
    if (is_clean) {
        parse.person.first = first;
        parse.person.middle = middle;
        parse.person.last = last;
        parse.person.is_valid = true;
        return parse.person;
    }
    parse.is_shouted = is_all_upper(person_case(join(arena, both, middle)));
    if ((first.len == 0 || last.len == 0) && middle.len == 0) {
        struct name_tokens tokens;
        bool is_short = person_tokens(both, &tokens, arena);
        if (is_short && parse_is_company(&parse, &tokens)) {
            return keep_typed(&parse, typed, PERSON_COMPANY);
        }
        if (!is_short) return keep_typed(&parse, typed, PERSON_NOT_A_NAME);
        if (is_whole_name(&parse, both, last.len == 0)) return parse_full(&parse, both, both);
        if (parse_has_couple(&parse, &tokens)) return keep_typed(&parse, typed, PERSON_TWO_PEOPLE);
    }
    if (last.len && is_particles(&parse, middle)) {
        parse_note(&parse, "split_name");
        last = join(arena, middle, last);
        middle = STR("");
    }
    parse.person.last = trim_last(&parse, last, first);
    set_first(&parse, parse_cut_commas(&parse, first), middle);
    return parse_finish(&parse);
}

static bool is_same(const struct person *a, const struct person *b)
{
    return str_equal(a->first, b->first) && str_equal(a->last, b->last) &&
           str_equal(a->middle, b->middle) && str_equal(a->salutation, b->salutation);
}

// What one pass uncovers the next may repair ("Dr. 🍀 (Guest) Matti,"), so passes go on until one
// changes nothing; the first one usually did it all.
struct person person_settled(const struct person_rules *rules, struct person person,
                             const struct person_context *context, struct arena *arena)
{
    for (int i = 0; i < 8; i++) {
        struct person next = pass(rules, &person, context, arena);
        bool is_done = is_same(&person, &next);
        next.flags |= person.flags;
        next.is_valid = next.is_valid && person.is_valid;
        if (person.reason || is_done) next.reason = person.reason;
        if (person.suffix.len) next.suffix = person.suffix;
        person = next;
        if (is_done) break;
    }
    return person;
}

// Whether all bytes of a text, which has two or more, are small letters.
static inline bool is_small_letters(const char *text, size_t len)
{
    uint64_t word = 0x6161616161616161u;
    if (len >= 8) {
        for (size_t at = 0; at + 8 < len; at += 8) {
            memcpy(&word, text + at, 8);
            if (word_between(word, 'a', 'z') != 0x8080808080808080u) return false;
        }
        memcpy(&word, text + len - 8, 8); // the last eight overlap
    } else if (len >= 4) {
        uint32_t head, tail;
        memcpy(&head, text, 4);
        memcpy(&tail, text + len - 4, 4);
        word = (uint64_t)tail << 32 | head;
    } else {
        memcpy(&word, text, 2);
        memcpy((char *)&word + 2, text + len - 2, 2);
    }
    return word_between(word, 'a', 'z') == 0x8080808080808080u;
}

// A capital and small letters, all ASCII: the usual name.
static inline bool is_ascii_name(str part)
{
    return part.len >= 3 && byte_is_upper(part.data[0]) &&
           is_small_letters(part.data + 1, part.len - 1);
}

// Whether a placeholder may begin with these two letters and be of this length.
static inline bool may_be_placeholder(const struct person_rules *rules, const char letters[],
                                      size_t len)
{
    uint32_t lengths = rules->placeholder_lengths[person_opening(letters[0], letters[1])];
    return lengths >> (len < 31 ? len : 31) & 1;
}

bool person_is_usual(const struct person_rules *rules, str first, str last)
{
    return is_ascii_name(first) && is_ascii_name(last) &&
           !may_be_placeholder(rules, first.data, first.len) &&
           !may_be_placeholder(rules, last.data, last.len) &&
           !may_be_placeholder(rules, first.data, first.len + 1 + last.len);
}

struct person person_from_parts(const struct person_rules *rules, const struct person *typed,
                                const struct person_context *context, struct arena *arena)
{
    if (typed->middle.len == 0 && person_is_usual(rules, typed->first, typed->last)) {
        str nothing = STR("");
        return (struct person){typed->salutation, typed->first, nothing, typed->last,
                               nothing,           NULL,         0,       true};
    }
    struct person person = pass(rules, typed, context, arena);
    return person.reason ? person_settled(rules, person, context, arena) : person;
}
