#include "profile.h"

#include "core/base/hash.h"
#include "core/base/memory.h"
#include "core/lead/fold.h"
#include "full_name.h"
#include "phonetic.h"

static const char *const kind_names[FACT_KINDS + 1] = {
    "first_name", "last_name", "email", "phone",   "date",    "id",      "street",   "postal_code",
    "city",       "region",    "text",  "company", "website", "country", "full_name"};

const char *fact_kind_name(enum fact_kind kind) { return kind_names[kind]; }

int fact_kind_find(str word)
{
    for (int kind = 0; kind <= FACT_FULL_NAME; kind++) {
        if (str_equal(word, str_of(kind_names[kind]))) return kind;
    }
    return -1;
}

struct maker {
    const struct profile_rules *rules;
    const struct profile_column *columns;
    size_t count;
    struct arena *arena;          // of facts
    struct fact made, *fact;      // what is being made, and a pointer to it
    str words[PROFILE_WORDS_MAX]; // of the cell that is being read
    size_t word_count;
};

// The columns of a kind, with a blank between them.
static str cells(const struct maker *maker, enum fact_kind kind, struct arena *arena)
{
    str all = {0};
    for (size_t i = 0; i < maker->count; i++) {
        str value = str_trim(maker->columns[i].value);
        if (maker->columns[i].kind != kind || value.len == 0) continue;
        all = all.len ? arena_join(arena, all, ' ', value) : value;
    }
    return all;
}

// A last defence: cells that only say that there is nothing are empty when normalised.
static bool is_placeholder(str folded)
{
    static const str nothing[] = {{"na", 2},      {"n a", 3},  {"none", 4}, {"null", 4},
                                  {"unknown", 7}, {"test", 4}, {"nan", 3},  {"tbd", 3},
                                  {"x", 1},       {"xx", 2},   {"xxx", 3}};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        if (str_equal(folded, nothing[i])) return true;
    }
    return false;
}

static void read_words(struct maker *maker, str text)
{
    str folded = fold_text(text, 0, maker->arena);
    maker->word_count = 0;
    if (folded.len == 0 || is_placeholder(folded)) return;
    maker->word_count = fold_words(folded, maker->words, PROFILE_WORDS_MAX);
}

static str join(struct maker *maker, const str words[], size_t count, bool with_blanks)
{
    if (count == 1) return words[0];
    size_t len = 0;
    for (size_t i = 0; i < count; i++) len += words[i].len + 1;
    char *out = arena_bytes(maker->arena, len), *at = out;
    for (size_t i = 0; i < count; i++) {
        if (i && with_blanks) *at++ = ' ';
        memcpy(at, words[i].data, words[i].len);
        at += words[i].len;
    }
    return (str){out, (size_t)(at - out)};
}

static void set_text(struct fact *fact, str text)
{
    fact->text = text;
    fact->letters = name_letters_of(text);
}

static bool is_number(str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (!byte_is_digit(word.data[i])) return false;
    }
    return word.len > 0;
}

static void set_words(struct maker *maker, struct fact *fact, const str words[], size_t count)
{
    fact->words = arena_new(maker->arena, struct profile_word, count);
    fact->word_count = (uint16_t)count;
    for (size_t i = 0; i < count; i++) {
        fact->words[i].letters = name_letters_of(words[i]);
        fact->words[i].is_number = is_number(words[i]);
    }
}

static uint8_t suffix_of(str word)
{
    static const struct {
        str word;
        uint8_t suffix;
    } suffixes[] = {{{"jr", 2}, 1}, {{"junior", 6}, 1}, {{"sr", 2}, 2}, {{"senior", 6}, 2},
                    {{"ii", 2}, 3}, {{"iii", 3}, 4},    {{"iv", 2}, 5}};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (str_equal(word, suffixes[i].word)) return suffixes[i].suffix;
    }
    return 0;
}

// Letters and digits of a text in lower case; of "ae", "oe", "ue" and "aa", as addresses spell what
// they cannot have, the first letter: "Anna.Mueller" is "annamuller". plain: what is not ASCII is
// left out.
static str squeezed(struct maker *maker, str text, bool plain)
{
    char *out = arena_bytes(maker->arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = byte_lower(text.data[i]);
        bool is_ascii = (unsigned char)c < 0x80;
        if (is_ascii ? !byte_is_letter(c) && !byte_is_digit(c) : plain) continue;
        char before = len ? out[len - 1] : '\0';
        bool is_second = (c == 'e' && memchr("aou", before, 3)) || (c == 'a' && before == 'a');
        if (!is_second) out[len++] = c;
    }
    arena_trim(maker->arena, out + len);
    return (str){out, len};
}

// What addresses are searched for: a name as it is compared, and less the letters that are not
// ASCII, as some systems make addresses; empty where that is too short.
static void set_spellings(struct maker *maker, str cell)
{
    enum { NAME_MIN = 3 };
    struct fact *fact = maker->fact;
    if (fact->text.len < NAME_MIN) return;
    fact->sorted = squeezed(maker, fact->text, false);
    if (str_is_ascii(cell)) return;
    str plain = squeezed(maker, cell, true);
    if (plain.len >= NAME_MIN) fact->initials = plain;
}

static void make_name(struct maker *maker, enum fact_kind kind, str cell)
{
    struct fact *fact = maker->fact;
    read_words(maker, cell);
    while (maker->word_count > 1) {
        uint8_t suffix = suffix_of(maker->words[maker->word_count - 1]);
        if (!suffix) break;
        fact->suffix = suffix;
        maker->word_count--;
    }
    if (maker->word_count == 0) return;
    bool is_first = kind == FACT_FIRST_NAME;
    set_text(fact, join(maker, maker->words, is_first ? 1 : maker->word_count, false));
    fact->is_known = frequency_is_known(maker->rules->frequencies,
                                        is_first ? FREQUENCY_GIVEN : FREQUENCY_SURNAME, fact->text);
    char sound[PHONETIC_SKELETON];
    fact->part = text_hash(phonetic_skeleton(fact->text, sound));
    set_spellings(maker, cell);
    if (!is_first) return;
    set_words(maker, fact, maker->words, maker->word_count);
    fact->nickname = nicknames_find(maker->rules->nicknames, fact->text);
}

static void make_email(struct maker *maker, str cell)
{
    const struct email_providers *providers = maker->rules->providers;
    str key = email_key_loose(providers, cell, maker->arena);
    str local = email_local(key);
    if (local.len == 0 || email_is_role(providers, local)) return;
    const str parts[2] = {local, email_domain(key)};
    set_text(maker->fact, key);
    set_words(maker, maker->fact, parts, 2);
    maker->fact->is_free = email_is_free(providers, parts[1]);
    maker->fact->part = text_hash(local);
    maker->fact->sorted = squeezed(maker, local, false);
}

static str digits_of(struct maker *maker, str text)
{
    char *out = arena_bytes(maker->arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (byte_is_digit(text.data[i])) out[len++] = text.data[i];
    }
    return (str){out, len};
}

static void make_phone(struct maker *maker, str cell)
{
    enum { DIGITS_MIN = 7, DIGITS = 9 };
    str digits = digits_of(maker, cell);
    while (digits.len && digits.data[0] == '0') digits = str_from(digits, 1);
    size_t same = 0;
    while (same < digits.len && digits.data[same] == digits.data[0]) same++;
    if (digits.len < DIGITS_MIN || same == digits.len) return;
    set_text(maker->fact, digits.len > DIGITS ? str_from(digits, digits.len - DIGITS) : digits);
    maker->fact->part = text_hash(str_from(digits, digits.len - DIGITS_MIN));
}

// Up to `most` digits at the start of text, into out with zeroes before them; not digits before
// them, at most one, are passed when there are any after it.
static bool read_part(str *text, size_t most, char out[], size_t width)
{
    str at = *text;
    if (at.len && !byte_is_digit(at.data[0])) at = str_from(at, 1);
    size_t len = 0;
    while (len < most && len < at.len && byte_is_digit(at.data[len])) len++;
    if (len == 0) return false;
    memset(out, '0', width);
    memcpy(out + width - len, at.data, len);
    *text = str_from(at, len);
    return true;
}

static void make_date(struct maker *maker, str cell)
{
    enum { DIGITS_MIN = 4, DAY = 8 };
    str rest = str_from(cell, 4);
    char *day = arena_bytes(maker->arena, DAY);
    if (is_number(str_first(cell, 4)) && cell.len > 4 && read_part(&rest, 2, day + 4, 2) &&
        read_part(&rest, 2, day + 6, 2)) {
        memcpy(day, cell.data, 4);
        set_text(maker->fact, (str){day, DAY});
    } else {
        str digits = digits_of(maker, cell);
        if (digits.len >= DIGITS_MIN) set_text(maker->fact, digits);
    }
    maker->fact->part = text_hash(str_first(maker->fact->text, 4));
}

static void make_website(struct maker *maker, str cell)
{
    char *out = arena_bytes(maker->arena, cell.len);
    for (size_t i = 0; i < cell.len; i++) out[i] = byte_lower(cell.data[i]);
    str host = {out, cell.len};
    const str starts[] = {STR("https://"), STR("http://"), STR("www.")};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (str_starts(host, starts[i])) host = str_from(host, starts[i].len);
    }
    ptrdiff_t slash = str_find(host, '/');
    if (slash >= 0) host = str_first(host, (size_t)slash);
    if (host.len) set_text(maker->fact, host);
}

static str street_word(str word)
{
    static const struct {
        str word, is;
    } words[] = {{{"street", 6}, {"st", 2}},     {{"avenue", 6}, {"ave", 3}},
                 {{"av", 2}, {"ave", 3}},        {{"boulevard", 9}, {"blvd", 4}},
                 {{"drive", 5}, {"dr", 2}},      {{"lane", 4}, {"ln", 2}},
                 {{"road", 4}, {"rd", 2}},       {{"place", 5}, {"pl", 2}},
                 {{"court", 5}, {"ct", 2}},      {{"highway", 7}, {"hwy", 3}},
                 {{"crescent", 8}, {"cres", 4}}, {{"circuit", 7}, {"cct", 3}},
                 {{"close", 5}, {"cl", 2}},      {{"square", 6}, {"sq", 2}},
                 {{"terrace", 7}, {"tce", 3}},   {{"parade", 6}, {"pde", 3}},
                 {{"north", 5}, {"n", 1}},       {{"south", 5}, {"s", 1}},
                 {{"east", 4}, {"e", 1}},        {{"west", 4}, {"w", 1}}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(word, words[i].word)) return words[i].is;
    }
    return word;
}

static void sort_words(str words[], size_t count)
{
    for (size_t i = 1; i < count; i++) {
        str word = words[i];
        size_t at = i;
        for (; at && str_compare(words[at - 1], word) > 0; at--) words[at] = words[at - 1];
        words[at] = word;
    }
}

// text in order, letters without blanks, words sorted.
static void set_sorted(struct maker *maker, struct fact *fact)
{
    fact->text = join(maker, maker->words, maker->word_count, true);
    fact->letters = name_letters_of(join(maker, maker->words, maker->word_count, false));
    sort_words(maker->words, maker->word_count);
    set_words(maker, fact, maker->words, maker->word_count);
    fact->sorted = join(maker, maker->words, maker->word_count, false);
    fact->part = text_hash(fact->sorted);
}

static void make_street(struct maker *maker, str cell)
{
    str numbers[PROFILE_WORDS_MAX];
    size_t count = 0;
    read_words(maker, cell);
    if (maker->word_count == 0) return;
    for (size_t i = 0; i < maker->word_count; i++) {
        maker->words[i] = street_word(maker->words[i]);
        if (is_number(maker->words[i])) numbers[count++] = maker->words[i];
    }
    struct fact *fact = maker->fact;
    if (count) fact->numbers = join(maker, numbers, count, true);
    set_sorted(maker, fact);
}

static void sort_bytes(char *bytes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        char byte = bytes[i];
        size_t at = i;
        for (; at && bytes[at - 1] > byte; at--) bytes[at] = bytes[at - 1];
        bytes[at] = byte;
    }
}

static void make_company(struct maker *maker, str cell)
{
    enum { LETTERS_MAX = 64 };
    read_words(maker, cell);
    if (maker->word_count == 0) return;
    read_words(maker, company_key(maker->rules->companies, cell, (str){0}, maker->arena));
    if (maker->word_count == 0) return;
    struct fact *fact = maker->fact;
    set_sorted(maker, fact);
    const str *words = maker->words;
    bool is_one = maker->word_count == 1;
    size_t count = is_one ? words[0].len : maker->word_count;
    if (count > LETTERS_MAX) count = LETTERS_MAX;
    char *initials = arena_bytes(maker->arena, count);
    for (size_t i = 0; i < count; i++) initials[i] = is_one ? words[0].data[i] : words[i].data[0];
    sort_bytes(initials, count);
    fact->initials = (str){initials, count};
}

static void make_code(struct maker *maker, str cell)
{
    read_words(maker, cell);
    if (maker->word_count == 0) return;
    set_text(maker->fact, join(maker, maker->words, maker->word_count, false));
}

static void make_fact(struct maker *maker, enum fact_kind kind, str cell)
{
    switch (kind) {
    case FACT_FIRST_NAME:
    case FACT_LAST_NAME: make_name(maker, kind, cell); break;
    case FACT_EMAIL: make_email(maker, cell); break;
    case FACT_PHONE: make_phone(maker, cell); break;
    case FACT_DATE: make_date(maker, cell); break;
    case FACT_STREET: make_street(maker, cell); break;
    case FACT_COMPANY: make_company(maker, cell); break;
    case FACT_WEBSITE: make_website(maker, cell); break;
    case FACT_ID:
    case FACT_POSTAL_CODE:
    case FACT_CITY:
    case FACT_REGION:
    case FACT_TEXT:
    case FACT_COUNTRY: make_code(maker, cell); break;
    case FACT_KINDS: break;
    }
}

// NULL: the cell says nothing.
static struct fact *new_fact(struct maker *maker, enum fact_kind kind, str cell)
{
    maker->made = (struct fact){.text = {0}};
    maker->fact = &maker->made;
    make_fact(maker, kind, cell);
    if (maker->made.text.len == 0) return NULL;
    maker->made.value = hash_128(maker->made.text);
    struct fact *kept = arena_alloc(maker->arena, sizeof *kept);
    *kept = maker->made;
    return kept;
}

static struct fact *fact_of(struct maker *maker, enum fact_kind kind, str cell)
{
    struct profile_values *values = maker->rules->values;
    if (!values) return new_fact(maker, kind, cell);
    hash128 key = hash_128(cell);
    key.low += 0x9E3779B97F4A7C15u * (uint64_t)(kind + 1);
    bool is_new;
    uint32_t *number = key_table_put(&values->table, key, &is_new);
    if (!is_new) return values->facts[*number];
    *number = (uint32_t)values->count;
    values->facts =
        memory_grow(values->facts, &values->capacity, values->count + 1, sizeof *values->facts);
    struct fact **fact = &values->facts[values->count++];
    return *fact = new_fact(maker, kind, arena_copy(&values->arena, cell));
}

void profile_values_release(struct profile_values *values)
{
    key_table_release(&values->table);
    memory_free(values->facts);
    arena_release(&values->arena);
    *values = (struct profile_values){0};
}

// Whether an address is made of a name.
static bool has_name(const struct fact *email, const struct fact *name)
{
    if (!name) return false;
    const str local = email->sorted, spellings[] = {name->sorted, name->initials};
    for (int i = 0; i < 2; i++) {
        if (spellings[i].len && memmem(local.data, local.len, spellings[i].data, spellings[i].len))
            return true;
    }
    return false;
}

static void finish(struct profile *profile)
{
    const struct fact *first = profile_fact(profile, FACT_FIRST_NAME);
    const struct fact *last = profile_fact(profile, FACT_LAST_NAME);
    const struct fact *email = profile_fact(profile, FACT_EMAIL);
    if (first) profile->suffix = first->suffix;
    if (last && last->suffix) profile->suffix = last->suffix;
    profile->is_own = email && (has_name(email, first) || has_name(email, last));
    const unsigned person = 1u << FACT_FIRST_NAME | 1u << FACT_LAST_NAME | 1u << FACT_EMAIL;
    profile->is_company = profile->has >> FACT_COMPANY & 1 && !(profile->has & person);
}

// A name that has no column of its own, from that of the whole name; else empty.
static str of_full_name(struct maker *maker, enum fact_kind kind, struct arena *arena)
{
    str first = {0}, last = {0};
    if (kind == FACT_FIRST_NAME || kind == FACT_LAST_NAME) {
        full_name_split(cells(maker, FACT_FULL_NAME, arena), arena, &first, &last);
    }
    return kind == FACT_FIRST_NAME ? first : last;
}

void profile_make(const struct profile_rules *rules, str id, const struct profile_column columns[],
                  size_t count, struct arena *arena, struct profile *out)
{
    *out = (struct profile){.id = id, .hash = hash_64(id)};
    struct maker maker = {.rules = rules, .columns = columns, .count = count};
    maker.arena = rules->values ? &rules->values->arena : arena;
    struct fact *facts[FACT_KINDS];
    size_t filled = 0;
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        str cell = cells(&maker, kind, arena);
        if (cell.len == 0) cell = of_full_name(&maker, kind, arena);
        if (cell.len == 0) continue;
        struct fact *fact = fact_of(&maker, kind, cell);
        if (!fact) continue;
        facts[filled++] = fact;
        out->at[kind] = (uint8_t)filled;
        out->has |= (uint16_t)(1u << kind);
    }
    out->facts = arena_alloc(arena, filled * sizeof *out->facts);
    memcpy(out->facts, facts, filled * sizeof *facts);
    finish(out);
}
