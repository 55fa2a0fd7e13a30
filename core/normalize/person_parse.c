// The steps that names of one cell and of several share.
#include "person_parse.h"

#include "core/base/utf8.h"
#include "core/lead/fold.h"

void parse_note(struct name_parse *parse, const char *reason)
{
    if (!parse->person.reason) parse->person.reason = reason;
}

struct person parse_empty(struct name_parse *parse, const char *reason, unsigned flags)
{
    str nothing = STR("");
    return (struct person){
        nothing, nothing, nothing, nothing, nothing, reason, parse->person.flags | flags, true};
}

struct person parse_not_a_name(struct name_parse *parse, str typed, unsigned flags)
{
    struct person person = parse_empty(parse, NULL, flags);
    person.last = typed;
    person.is_valid = false;
    return person;
}

static bool has_letter(str text)
{
    size_t at = 0;
    while (at < text.len) {
        if (utf8_is_letter(utf8_next(text, &at))) return true;
    }
    return false;
}

// Letters and blanks alone keep their number of bytes when they are folded.
static bool is_ascii_words(str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_letter(text.data[i]) && text.data[i] != ' ') return false;
    }
    return text.len > 0;
}

bool parse_is_placeholder(const struct name_parse *parse, str text)
{
    if (is_ascii_words(text)) {
        size_t opening = person_opening(text.data[0], text.len > 1 ? text.data[1] : '\0');
        uint32_t length = 1u << (text.len < 31 ? text.len : 31);
        if (!(parse->rules->placeholder_lengths[opening] & length)) return false;
    }
    return person_is(parse->rules, fold_text(text, FOLD_AND, parse->arena), KIND_PLACEHOLDER);
}

static bool is_web(str text)
{
    for (size_t i = 0; i + 4 <= text.len; i++) {
        if (str_equal_nocase((str){text.data + i, 4}, STR("www."))) return true;
        if (text.data[i] == ':' && text.data[i + 1] == '/' && text.data[i + 2] == '/') return true;
    }
    return false;
}

bool parse_is_name(str text)
{
    size_t commas = 0;
    for (size_t i = 0; i < text.len; i++) commas += text.data[i] == ',';
    return commas <= 3 && has_letter(text) && !is_web(text);
}

// Whether a token couples two people. Single letters and "en" are also parts of names, so they only
// count between two given names.
static bool is_couple(const struct name_parse *parse, const struct name_tokens *tokens, size_t i)
{
    const struct name_token *at = tokens->at;
    if (i == 0 || i + 1 >= tokens->count) return false;
    if (!person_is(parse->rules, at[i].key, KIND_COUPLE)) return false;
    if (person_is(parse->rules, person_keys(tokens, i - 1, i + 2), KIND_PARTICLE)) return false;
    bool is_sign = at[i].text.len == 1 && !byte_is_letter(at[i].text.data[0]);
    if (is_sign) return true;
    if (!is_all_lower(person_case(at[i].text)) && !parse->is_shouted) return false;
    if (at[i].key.len > 2 || str_equal(at[i].key, STR("ja")) || str_equal(at[i].key, STR("og"))) {
        return true;
    }
    int given[2], family[2];
    person_strength(parse->rules, at[i - 1].key, &given[0], &family[0]);
    person_strength(parse->rules, at[i + 1].key, &given[1], &family[1]);
    return given[0] > family[0] && given[1] > family[1];
}

bool parse_has_couple(const struct name_parse *parse, const struct name_tokens *tokens)
{
    for (size_t i = 1; i + 1 < tokens->count; i++) {
        if (is_couple(parse, tokens, i)) return true;
    }
    return false;
}

bool parse_is_company(const struct name_parse *parse, const struct name_tokens *tokens)
{
    if (tokens->count < 2) return false;
    str key = tokens->at[tokens->count - 1].key;
    int given, family;
    person_strength(parse->rules, key, &given, &family);
    return !given && !family && person_is(parse->rules, key, KIND_COMPANY);
}

// ---- Particles ----

// Whether tokens [from, to) are a particle of the family name behind them.
bool parse_is_particle(const struct name_parse *parse, const struct name_tokens *tokens,
                       size_t from, size_t to)
{
    if (!person_is(parse->rules, person_keys(tokens, from, to), KIND_PARTICLE)) return false;
    if (to - from > 1) return true;
    const struct name_token *token = &tokens->at[from];
    bool is_small = is_all_lower(person_case(token->text));
    if (token->key.len == 1) return is_small && !str_ends(token->text, STR("."));
    int given, family;
    person_strength(parse->rules, token->key, &given, &family);
    return is_small || given < 6; // "Ben" in the middle is a given name
}

// How many tokens before `at` (but not before `first`) are its particles.
size_t parse_particles_before(const struct name_parse *parse, const struct name_tokens *tokens,
                              size_t first, size_t at)
{
    size_t from = at;
    for (;;) {
        size_t take = 0;
        for (size_t n = 3; n > 0 && !take; n--) {
            if (from >= first + n && parse_is_particle(parse, tokens, from - n, from)) take = n;
        }
        if (!take) return at - from;
        from -= take;
    }
}

// How many tokens from `at` on are particles with a name behind them.
size_t parse_particles_after(const struct name_parse *parse, const struct name_tokens *tokens,
                             size_t at, size_t end)
{
    size_t to = at;
    for (;;) {
        size_t take = 0;
        for (size_t n = 3; n > 0 && !take; n--) {
            if (to + n < end && parse_is_particle(parse, tokens, to, to + n)) take = n;
        }
        if (!take) return to - at;
        to += take;
    }
}

void parse_set_given(struct name_parse *parse, const struct name_tokens *tokens, size_t from,
                     size_t to)
{
    if (from >= to) return;
    bool is_pair = to - from > 1 && parse_is_particle(parse, tokens, from, from + 1) &&
                   !is_all_lower(person_case(tokens->at[from].text)); // "Abdul Rahman"
    size_t first = from + 1 + is_pair;
    parse->person.first = person_text(tokens, from, first);
    parse->person.middle = person_text(tokens, first, to);
}

// ---- Letter case ----

static bool has_vowel(str text)
{
    size_t at = 0;
    while (at < text.len) {
        int32_t c = utf8_next(text, &at);
        if (c >= 0x80 || memchr("aeiouyAEIOUY", (int)c, 12)) return true;
    }
    return false;
}

static void repair_case(struct name_parse *parse, str *part, bool is_given, bool follows)
{
    struct letter_case letters = person_case(*part);
    if (is_all_upper(letters)) {
        // "JP", "AJ": initials, unless the whole name is in capitals.
        bool is_short = letters.upper <= 2 && (!parse->is_shouted || !has_vowel(*part));
        if (letters.upper < 2 || (is_given && is_short)) return;
    } else if (!is_all_lower(letters)) {
        return;
    }
    str name =
        person_title_case(parse->rules, *part, follows, parse->context->country, parse->arena);
    if (!str_equal(name, *part)) parse_note(parse, "case");
    *part = name;
}

struct person parse_finish(struct name_parse *parse)
{
    struct person *person = &parse->person;
    repair_case(parse, &person->first, true, false);
    repair_case(parse, &person->middle, true, true);
    repair_case(parse, &person->last, false, person->first.len > 0);
    person->is_valid =
        (person->flags & (PERSON_TWO_PEOPLE | PERSON_COMPANY | PERSON_NOT_A_NAME)) == 0;
    return *person;
}

void parse_add_honorifics(struct name_parse *parse, const struct name_tokens *tokens, size_t from,
                          size_t to)
{
    if (from >= to) return;
    str found = person_text(tokens, from, to);
    str had = parse->person.salutation;
    parse->person.salutation =
        had.len && !str_equal_nocase(had, found)
            ? arena_format(parse->arena, "%.*s %.*s", STR_ARG(had), STR_ARG(found))
            : found;
    parse_note(parse, "honorific");
}

void parse_add_suffix(struct name_parse *parse, str suffix)
{
    if (suffix.len == 0) return;
    parse->person.suffix = suffix;
    parse_note(parse, "suffix");
}

// Whether every word is a degree or the like.
bool parse_is_suffix(const struct name_parse *parse, str text)
{
    struct name_tokens tokens;
    if (!person_tokens(text, &tokens, parse->arena)) return false;
    unsigned kinds = KIND_POSTNOMINAL | KIND_GENERATIONAL;
    if (person_is(parse->rules, person_keys(&tokens, 0, tokens.count), kinds)) return true;
    for (size_t i = 0; i < tokens.count; i++) {
        if (!person_is(parse->rules, tokens.at[i].key, kinds)) return false;
    }
    return true;
}

struct name_parse parse_start(const struct person_rules *rules,
                              const struct person_context *context, struct arena *arena)
{
    struct name_parse parse = {.rules = rules, .context = context, .arena = arena};
    parse.is_family_first = context->order == PERSON_FAMILY_FIRST;
    parse.person = parse_empty(&parse, NULL, 0);
    return parse;
}
