// Whole names in one cell: commas, order, family names of several words.
#include "person.h"

#include "core/base/utf8.h"
#include "person_parse.h"

static bool has_two_surnames(str country)
{
    static const char countries[] = "ESMXARCOCLPEVEECGTCUBODOHNPYSVNICRPAUY";
    for (size_t i = 0; i + 1 < sizeof countries; i += 2) {
        if (str_equal(country, (str){countries + i, 2})) return true;
    }
    return false;
}

static bool is_surname(const struct name_parse *parse, str key)
{
    int given, family;
    person_strength(parse->rules, key, &given, &family);
    return family > given;
}

// ---- Splitting ----

// Where the family name begins when it stands last.
static size_t family_start(const struct name_parse *parse, const struct name_tokens *tokens,
                           size_t first, size_t end)
{
    // "van der Berg": nothing but particles before the name.
    if (end - 1 - first == parse_particles_before(parse, tokens, first, end - 1) &&
        (end - first > 2 || is_all_lower(person_case(tokens->at[first].text)))) {
        return first;
    }
    size_t start = end - 1;
    start -= parse_particles_before(parse, tokens, first + 1, start);
    str key = tokens->at[start].key;
    bool is_joined = str_equal(key, STR("y")) || str_equal(key, STR("i"));
    bool is_spanish = has_two_surnames(parse->context->country) && start > first + 1 &&
                      is_surname(parse, tokens->at[start - 1].key);
    if ((is_joined || is_spanish) && start > first + 1) { // "Ortega y Gasset", "García López"
        start--;
        start -= parse_particles_before(parse, tokens, first + 1, start);
    }
    return start;
}

// Where the family name ends when it stands first.
static size_t family_end(const struct name_parse *parse, const struct name_tokens *tokens,
                         size_t first, size_t end)
{
    size_t at = first + parse_particles_after(parse, tokens, first, end) + 1;
    if (has_two_surnames(parse->context->country) && at + 1 < end &&
        is_surname(parse, tokens->at[at].key)) {
        at++;
    }
    return at;
}

static bool is_loud(const struct name_token *token)
{
    struct letter_case letters = person_case(token->text);
    return is_all_upper(letters) && letters.upper > 1;
}

// "VIRTANEN Matti", "Jean DUPONT": capitals show the family name. Sets [*from, *to).
static bool find_loud_family(const struct name_parse *parse, const struct name_tokens *tokens,
                             size_t first, size_t end, size_t *from, size_t *to)
{
    if (parse->is_shouted) return false;
    size_t head = first, tail = end, loud = 0, letters = 0;
    while (head < end && is_loud(&tokens->at[head])) letters += tokens->at[head++].key.len;
    if (head == first) {
        while (tail > first && is_loud(&tokens->at[tail - 1])) {
            letters += tokens->at[--tail].key.len;
        }
    }
    *from = head == first ? tail : first;
    *to = head == first ? end : head;
    for (size_t i = first; i < end; i++) loud += is_loud(&tokens->at[i]);
    return letters > 2 && *to - *from == loud && loud < end - first;
}

static void set_one(struct name_parse *parse, const struct name_tokens *tokens, size_t at)
{
    bool is_last = parse->person.salutation.len || is_surname(parse, tokens->at[at].key);
    *(is_last ? &parse->person.last : &parse->person.first) = tokens->at[at].text;
}

static void split(struct name_parse *parse, const struct name_tokens *tokens, size_t first,
                  size_t end)
{
    size_t from, to;
    if (end - first == 1) {
        set_one(parse, tokens, first);
    } else if (find_loud_family(parse, tokens, first, end, &from, &to)) {
        if (from > first) from -= parse_particles_before(parse, tokens, first + 1, from);
        parse->person.last = person_text(tokens, from, to);
        parse_set_given(parse, tokens, from == first ? to : first, from == first ? end : from);
        parse_note(parse, from == first ? "name_order" : "split_name");
    } else if (parse->is_family_first) {
        size_t at = family_end(parse, tokens, first, end);
        parse->person.last = person_text(tokens, first, at);
        parse_set_given(parse, tokens, at, end);
        parse_note(parse, "name_order");
    } else {
        size_t at = family_start(parse, tokens, first, end);
        parse->person.last = person_text(tokens, at, end);
        parse_set_given(parse, tokens, first, at);
    }
}

// ---- Whole names ----

// Whether a name, or each part of one with hyphens, is a usual given name.
static bool is_given_name(const struct name_parse *parse, str key)
{
    str part;
    int given, family;
    person_strength(parse->rules, key, &given, &family);
    if (given > 0) return true;
    if (str_find(key, '-') < 0) return false;
    while (str_cut(&key, '-', &part)) {
        person_strength(parse->rules, part, &given, &family);
        if (given == 0) return false;
    }
    return true;
}

// "Karl-Heinz", not "directeur" or "CEO".
static bool is_written_as_name(const struct name_parse *parse, const struct name_token *token)
{
    struct letter_case letters = person_case(token->text);
    if (letters.upper + letters.lower == 0 || parse->is_shouted) return true;
    size_t at = 0;
    (void)utf8_next(token->text, &at);
    bool is_capital = !is_all_lower(person_case(str_first(token->text, at)));
    return is_capital && !(is_all_upper(letters) && letters.upper > 1);
}

// Whether what stands before a comma is a family name alone: one word with its particles and forms
// of address ("von der Heide", "Dr. Holt"). *is_person: it begins as a whole name does.
static bool is_family_only(const struct name_parse *parse, str text, bool *is_person)
{
    struct name_tokens tokens;
    *is_person = false;
    if (!person_tokens(text, &tokens, parse->arena) || tokens.count == 0) return false;
    size_t first =
        person_honorifics(parse->rules, &tokens, parse->context->country, parse->is_shouted);
    size_t name = first + parse_particles_after(parse, &tokens, first, tokens.count);
    int given, family;
    person_strength(parse->rules, tokens.at[first].key, &given, &family);
    *is_person = given > family;
    return name + 1 == tokens.count;
}

// Whether what stands behind the comma are given names, by themselves or by what is before it.
static bool is_given_side(const struct name_parse *parse, str left, str right)
{
    struct name_tokens tokens;
    if (!person_tokens(right, &tokens, parse->arena) || tokens.count == 0) return false;
    if (is_given_name(parse, tokens.at[0].key)) return true;
    for (size_t i = 0; i < tokens.count; i++) {
        if (!is_written_as_name(parse, &tokens.at[i])) return false;
    }
    bool is_person;
    return is_family_only(parse, left, &is_person) || (tokens.count == 1 && !is_person);
}

// What stands behind the last comma goes when it is a degree or no name: "John Smith, PhD", "Matti
// Virtanen, toimitusjohtaja". "Ma, Andrew" and "Smith, Ed" are family and given name.
str parse_cut_commas(struct name_parse *parse, str text)
{
    for (size_t i = text.len; i-- > 0;) {
        if (text.data[i] != ',') continue;
        str left = str_trim(str_first(text, i)), right = str_trim(str_from(text, i + 1));
        size_t words = 1;
        for (size_t j = 0; j < left.len; j++) words += left.data[j] == ' ';
        bool has_comma = str_find(left, ',') >= 0;
        bool is_degree = parse_is_suffix(parse, right);
        bool is_name = words == 1 || is_given_side(parse, left, right);
        if (left.len == 0 || (is_degree ? words == 1 && right.len < 3 : is_name && !has_comma)) {
            return text;
        }
        parse_add_suffix(parse, right);
        text = left;
    }
    return text;
}

// The two sides of the only comma, family name first, as one text without it.
static str join_sides(struct name_parse *parse, str text, ptrdiff_t comma, size_t *family_words)
{
    str family = str_trim(str_first(text, (size_t)comma));
    str given = str_trim(str_from(text, (size_t)comma + 1));
    struct name_tokens tokens;
    *family_words = 0;
    if (person_tokens(family, &tokens, parse->arena)) *family_words = tokens.count;
    return arena_format(parse->arena, "%.*s %.*s", STR_ARG(family), STR_ARG(given));
}

static struct person parse_comma(struct name_parse *parse, str text, ptrdiff_t comma, str typed)
{
    size_t words;
    struct name_tokens tokens;
    str joined = join_sides(parse, text, comma, &words);
    if (!person_tokens(joined, &tokens, parse->arena) || words == 0 || words >= tokens.count) {
        return parse_not_a_name(parse, typed, PERSON_NOT_A_NAME);
    }
    str country = parse->context->country;
    struct name_tokens family = {.count = words}, given = {.count = tokens.count - words};
    memcpy(family.at, tokens.at, words * sizeof *tokens.at);
    memcpy(given.at, tokens.at + words, given.count * sizeof *tokens.at);
    size_t front = person_honorifics(parse->rules, &family, country, parse->is_shouted);
    parse_add_honorifics(parse, &family, 0, front);
    size_t back = words;
    while (back > front + 1 && parse_is_suffix(parse, family.at[back - 1].text)) back--;
    parse_add_suffix(parse, person_text(&family, back, words));
    parse->person.last = person_text(&family, front, back);
    size_t first = person_honorifics(parse->rules, &given, country, parse->is_shouted);
    parse_add_honorifics(parse, &given, 0, first);
    size_t end = person_without_suffix(parse->rules, &given, first, 1, country, parse->is_shouted);
    parse_add_suffix(parse, person_text(&given, end, given.count));
    parse_set_given(parse, &given, first, end);
    if (parse_has_couple(parse, &given)) {
        parse->person.flags |= PERSON_TWO_PEOPLE;
        parse->person.first = person_text(&given, first, end);
        parse->person.middle = STR("");
    }
    parse_note(parse, "name_order");
    return parse_finish(parse);
}

struct person parse_full(struct name_parse *parse, str text, str typed)
{
    if (parse_is_placeholder(parse, text))
        return parse_empty(parse, "placeholder", PERSON_PLACEHOLDER);
    struct name_tokens tokens;
    bool is_short = person_tokens(text, &tokens, parse->arena) && tokens.count > 0;
    if (is_short && parse_is_company(parse, &tokens)) {
        return parse_not_a_name(parse, typed, PERSON_COMPANY);
    }
    if (person_is_east_asian(text)) parse->is_family_first = true;
    text = parse_cut_commas(parse, text);
    ptrdiff_t comma = str_find(text, ',');
    if (comma >= 0) return parse_comma(parse, text, comma, typed);
    if (!person_tokens(text, &tokens, parse->arena) || tokens.count == 0) {
        return parse_not_a_name(parse, typed, PERSON_NOT_A_NAME);
    }
    str country = parse->context->country;
    size_t first = person_honorifics(parse->rules, &tokens, country, parse->is_shouted);
    parse_add_honorifics(parse, &tokens, 0, first);
    size_t end = person_without_suffix(parse->rules, &tokens, first, 2, country, parse->is_shouted);
    parse_add_suffix(parse, person_text(&tokens, end, tokens.count));
    tokens.count = end;
    if (parse_has_couple(parse, &tokens)) {
        tokens.count--;
        if (!parse_has_couple(parse, &tokens)) {
            return parse_not_a_name(parse, typed, PERSON_TWO_PEOPLE);
        }
        parse->person.flags |= PERSON_TWO_PEOPLE;
        parse->person.first = person_text(&tokens, first, end - 1);
        parse->person.last = tokens.at[end - 1].text;
    } else {
        split(parse, &tokens, first, end);
    }
    parse_note(parse, "split_name");
    return parse_finish(parse);
}

struct person person_from_full(const struct person_rules *rules, str full,
                               const struct person_context *context, struct arena *arena)
{
    struct name_parse parse = parse_start(rules, context, arena);
    if (full.len == 0) return parse.person;
    if (str_find(full, '@') >= 0) return parse_empty(&parse, "email_as_name", PERSON_EMAIL);
    str text = person_undecorated(rules, full, arena);
    if (!parse_is_name(text)) return parse_not_a_name(&parse, full, PERSON_NOT_A_NAME);
    if (text.len != full.len) parse_note(&parse, "decoration");
    parse.is_shouted = is_all_upper(person_case(text));
    return person_settled(rules, parse_full(&parse, text, full), context, arena);
}
