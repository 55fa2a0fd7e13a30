#include "company.h"

#include "core/base/memory.h"
#include "fold.h"

struct company_form {
    str compare, countries;
    char risk;     // 'A', 'B', 'C'
    bool may_lead; // may stand before the name
    bool may_glue; // may stand before or behind it without a blank
};

enum { WORDS_MAX = 40 };

bool company_rules_load(struct company_rules *rules, struct rulebook *book, struct err *err)
{
    static const char file[] = "normalize/legal_suffixes.tsv";
    int form, risk, where, compare, countries;
    struct table *table = &rules->table;
    if (!table_load(table, book, str_of(file), err) ||
        !table_need(table, file, "form", &form, err) ||
        !table_need(table, file, "risk", &risk, err) ||
        !table_need(table, file, "where", &where, err) ||
        !table_need(table, file, "compare", &compare, err) ||
        !table_need(table, file, "countries", &countries, err)) {
        return false;
    }
    rules->entries = memory_zeroed(table->rows + 1, sizeof *rules->entries);
    for (size_t i = 0; i < table->rows; i++) {
        str key = fold_text(table_cell(table, i, form), FOLD_AND, &rules->arena);
        str words[8];
        size_t count = fold_words(key, words, 8);
        if (count == 0 || count == 8) continue;
        if (count > rules->words_max) rules->words_max = count;
        str place = table_cell(table, i, where), level = table_cell(table, i, risk);
        str common = table_cell(table, i, compare);
        rules->entries[i] = (struct company_form){
            .compare = common.len ? common : key,
            .countries = table_cell(table, i, countries),
            .risk = level.len ? level.data[0] : 'A',
            .may_lead = str_find(place, 'l') >= 0,
            .may_glue = str_find(place, 'g') >= 0,
        };
        map_put(&rules->forms, key, (uint32_t)i);
    }
    return true;
}

void company_rules_release(struct company_rules *rules)
{
    map_release(&rules->forms);
    memory_free(rules->entries);
    table_release(&rules->table);
    arena_release(&rules->arena);
    *rules = (struct company_rules){0};
}

static const struct company_form *find_form(const struct company_rules *rules, str text)
{
    uint32_t at;
    return map_find(&rules->forms, text, &at) ? &rules->entries[at] : NULL;
}

// ---- Before folding ----

static bool is_word_byte(char c) { return byte_is_letter(c) || byte_is_digit(c) || (c & 0x80); }

// "A/S", "S.p.A.", "T:mi": one letter, a sign and a letter belong together, and a dot behind the
// last of them goes.
static str join_abbreviations(str name, struct arena *arena)
{
    char *out = arena_bytes(arena, name.len);
    size_t len = 0, word = 0; // letters since the last sign that was kept or joined
    bool is_joined = false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        bool is_joint = c == '.' || c == '/' || c == ':';
        bool is_followed =
            i + 1 < name.len && is_word_byte(name.data[i + 1]) && !byte_is_digit(name.data[i + 1]);
        if (is_joint && word == 1 && byte_is_letter(name.data[i - 1]) && is_followed) {
            word = 0;
            is_joined = true;
            continue;
        }
        if (c == '.' && is_joined && word == 1) c = ' ';
        is_joined = is_joined && is_word_byte(c);
        word = is_word_byte(c) ? word + 1 : 0;
        out[len++] = c;
    }
    arena_trim(arena, out + len);
    return (str){out, len};
}

// "Acme Inc (formerly Foo)" and "China Petrochemical Corp. (Sinopec)": without the brackets at the
// end, when something stands before them.
static str cut_brackets(str name)
{
    name = str_trim(name);
    if (!str_ends(name, STR(")"))) return name;
    size_t depth = 0;
    for (size_t i = name.len; i-- > 1;) {
        depth += name.data[i] == ')';
        if (name.data[i] != '(') continue;
        if (--depth) continue;
        str left = str_trim(str_first(name, i));
        return left.len ? left : name;
    }
    return name;
}

// Cuts folded words from "formerly", "dba" and the like on, when something stands before them.
static size_t cut_alias(const str words[], size_t count)
{
    static const char *const marks[] = {"formerly", "fka", "dba", "aka", "trading"};
    for (size_t i = 1; i < count; i++) {
        for (size_t j = 0; j < sizeof marks / sizeof *marks; j++) {
            if (!str_equal(words[i], str_of(marks[j]))) continue;
            bool is_trading = str_equal(words[i], STR("trading"));
            if (!is_trading || (i + 2 < count && str_equal(words[i + 1], STR("as")))) return i;
        }
    }
    return count;
}

// ---- Evidence ----

struct evidence {
    str country;
    bool is_strong; // a comma or capitals or dots at the end of the name
    bool has_form;  // another form was taken off already
};

static bool has_country(const struct company_form *form, str country)
{
    str rest = form->countries, one;
    while (country.len && str_cut(&rest, ',', &one)) {
        if (str_equal(one, country)) return true;
    }
    return false;
}

// Whether the last word is written as a form would be: behind a comma, with dots or a slash in it,
// or in capitals while the name is not.
static bool ends_like_form(str name)
{
    name = str_trim(name);
    size_t start = name.len;
    bool has_sign = false, has_lower = false, has_upper = false;
    while (start && name.data[start - 1] != ' ' && name.data[start - 1] != ',') {
        char c = name.data[--start];
        has_sign = has_sign || ((c == '.' || c == '/') && start + 1 < name.len);
        has_lower = has_lower || (byte_is_letter(c) && !byte_is_upper(c));
        has_upper = has_upper || byte_is_upper(c);
    }
    if (start == 0) return false;
    if (has_sign || str_ends(str_trim(str_first(name, start)), STR(","))) return true;
    if (has_lower || !has_upper) return false;
    for (size_t i = 0; i < start; i++) {
        if (byte_is_letter(name.data[i]) && !byte_is_upper(name.data[i])) return true;
    }
    return false;
}

// Whether the form may go when these words stay.
static bool may_strip(const struct company_form *form, const struct evidence *evidence,
                      const str left[], size_t count)
{
    if (form->risk == 'A') return true;
    if (form->risk == 'C') return count > 1 && (left[0].len > 1 || left[1].len > 1);
    if (has_country(form, evidence->country) || evidence->has_form) return true;
    return evidence->is_strong && (form->countries.len == 0 || evidence->country.len == 0);
}

// ---- The words ----

struct name_words {
    str words[WORDS_MAX];
    size_t first, end;
    str form;
};

static str span(const str words[], size_t from, size_t to)
{
    const char *start = words[from].data;
    return (str){start, (size_t)(words[to - 1].data + words[to - 1].len - start)};
}

static void note_form(struct name_words *name, const struct company_form *form)
{
    if (name->form.len == 0) name->form = form->compare;
}

static bool strip_end(const struct company_rules *rules, struct name_words *name,
                      struct evidence *evidence)
{
    size_t count = name->end - name->first;
    for (size_t take = count - 1 < rules->words_max ? count - 1 : rules->words_max; take; take--) {
        size_t from = name->end - take;
        const struct company_form *form = find_form(rules, span(name->words, from, name->end));
        if (!form || !may_strip(form, evidence, name->words + name->first, count - take)) continue;
        note_form(name, form);
        name->end = from;
        evidence->has_form = true;
        if (name->end - name->first > 1 && str_equal(name->words[name->end - 1], STR("and"))) {
            name->end--;
        }
        return true;
    }
    return false;
}

static bool strip_start(const struct company_rules *rules, struct name_words *name,
                        struct evidence *evidence)
{
    size_t count = name->end - name->first;
    for (size_t take = count - 1 < 3 ? count - 1 : 3; take; take--) {
        str text = span(name->words, name->first, name->first + take);
        const struct company_form *form = find_form(rules, text);
        if (!form || !form->may_lead) continue;
        if (!may_strip(form, evidence, name->words + name->first + take, count - take)) continue;
        note_form(name, form);
        name->first += take;
        evidence->has_form = true;
        return true;
    }
    return false;
}

// Forms of languages without blanks stand against the name.
static bool strip_glued(const struct company_rules *rules, struct name_words *name)
{
    for (size_t len = 24; len >= 6; len -= 3) {
        str *first = &name->words[name->first], *last = &name->words[name->end - 1];
        const struct company_form *form;
        if (first->len > len && (form = find_form(rules, str_first(*first, len))) &&
            form->may_glue) {
            note_form(name, form);
            *first = str_from(*first, len);
            return true;
        }
        if (last->len > len && (form = find_form(rules, str_from(*last, last->len - len))) &&
            form->may_glue) {
            note_form(name, form);
            last->len -= len;
            return true;
        }
    }
    return false;
}

// Whether the first word is written as a leading form would be: in capitals while the name is not,
// or with a sign in it.
static bool begins_like_form(str name)
{
    str rest = str_trim(name), word;
    if (!str_cut(&rest, ' ', &word) || !rest.data) return false;
    bool has_sign = false;
    for (size_t i = 0; i < word.len; i++) {
        if (byte_is_letter(word.data[i]) && !byte_is_upper(word.data[i])) return false;
        has_sign = has_sign || word.data[i] == '/' || word.data[i] == '.';
    }
    for (size_t i = 0; i < rest.len; i++) {
        if (byte_is_letter(rest.data[i]) && !byte_is_upper(rest.data[i])) return true;
    }
    return has_sign;
}

static bool can_lose(const struct name_words *name) { return name->end - name->first > 1; }

static void strip_forms(const struct company_rules *rules, struct name_words *name, str text,
                        str country)
{
    struct evidence end = {country, ends_like_form(text), false};
    while (can_lose(name) && strip_end(rules, name, &end)) end.is_strong = false;
    struct evidence start = {country, begins_like_form(text), end.has_form};
    while (can_lose(name) && strip_start(rules, name, &start)) start.is_strong = false;
    end.has_form = start.has_form; // "Oy Karl Fazer Ab": one supports the other
    while (can_lose(name) && strip_end(rules, name, &end)) continue;
}

static str join_words(const struct name_words *name, struct arena *arena)
{
    size_t len = 0;
    for (size_t i = name->first; i < name->end; i++) len += name->words[i].len + 1;
    char *out = arena_bytes(arena, len), *at = out;
    for (size_t i = name->first; i < name->end; i++) {
        if (at != out) *at++ = ' ';
        memcpy(at, name->words[i].data, name->words[i].len);
        at += name->words[i].len;
    }
    arena_trim(arena, at);
    return (str){out, (size_t)(at - out)};
}

struct company_parts company_split(const struct company_rules *rules, str text, str country,
                                   struct arena *arena)
{
    str cut = cut_brackets(text);
    str folded = fold_text(join_abbreviations(cut, arena), FOLD_AND, arena);
    struct name_words name = {.end = 0};
    name.end = fold_words(folded, name.words, WORDS_MAX);
    if (name.end == 0 || name.end == WORDS_MAX) return (struct company_parts){folded, STR("")};
    name.end = cut_alias(name.words, name.end);
    while (can_lose(&name) && str_equal(name.words[name.first], STR("the"))) name.first++;

    strip_forms(rules, &name, cut, country);
    while (folded.len >= 9 && (folded.data[0] & 0x80) && strip_glued(rules, &name)) continue;
    return (struct company_parts){join_words(&name, arena), name.form};
}

str company_key(const struct company_rules *rules, str name, str country, struct arena *arena)
{
    return company_split(rules, name, country, arena).key;
}
