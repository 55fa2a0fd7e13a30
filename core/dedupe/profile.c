#include "profile.h"

#include "core/base/hash.h"
#include "core/lead/fold.h"
#include "full_name.h"

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
    struct arena *arena;
    struct profile *out;
    struct fact facts[FACT_KINDS]; // text empty: blank
    str words[PROFILE_WORDS_MAX];  // of the cell that is being read
    size_t word_count;
};

// The columns of a kind, with a blank between them.
static str cells(struct maker *maker, enum fact_kind kind)
{
    str all = {0};
    for (size_t i = 0; i < maker->count; i++) {
        str value = str_trim(maker->columns[i].value);
        if (maker->columns[i].kind != kind || value.len == 0) continue;
        all = all.len ? arena_join(maker->arena, all, ' ', value) : value;
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

static void make_name(struct maker *maker, enum fact_kind kind, str text)
{
    read_words(maker, text);
    while (maker->word_count > 1) {
        uint8_t suffix = suffix_of(maker->words[maker->word_count - 1]);
        if (!suffix) break;
        maker->out->suffix = suffix;
        maker->word_count--;
    }
    if (maker->word_count == 0) return;
    struct fact *fact = &maker->facts[kind];
    bool is_first = kind == FACT_FIRST_NAME;
    set_text(fact, join(maker, maker->words, is_first ? 1 : maker->word_count, false));
    fact->is_known = frequency_is_known(maker->rules->frequencies,
                                        is_first ? FREQUENCY_GIVEN : FREQUENCY_SURNAME, fact->text);
    if (!is_first) return;
    set_words(maker, fact, maker->words, maker->word_count);
    fact->nickname = nicknames_find(maker->rules->nicknames, fact->text);
}

static void make_names(struct maker *maker)
{
    str first = cells(maker, FACT_FIRST_NAME), last = cells(maker, FACT_LAST_NAME), parts[2];
    if (!first.len || !last.len) {
        full_name_split(cells(maker, FACT_FULL_NAME), maker->arena, &parts[0], &parts[1]);
        if (!first.len) first = parts[0];
        if (!last.len) last = parts[1];
    }
    make_name(maker, FACT_FIRST_NAME, first);
    make_name(maker, FACT_LAST_NAME, last);
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
    return (str){out, len};
}

// Whether an address is made of the record's names: with their letters as they are compared, or
// less those that are not ASCII, as some systems make addresses.
static bool has_name(struct maker *maker, str local, enum fact_kind kind)
{
    enum { NAME_MIN = 3 };
    str name = maker->facts[kind].text;
    if (name.len < NAME_MIN) return false;
    str letters = squeezed(maker, name, false), cell = cells(maker, kind);
    if (memmem(local.data, local.len, letters.data, letters.len)) return true;
    letters = squeezed(maker, cell, true);
    return !str_is_ascii(cell) && letters.len >= NAME_MIN &&
           memmem(local.data, local.len, letters.data, letters.len);
}

static void make_email(struct maker *maker)
{
    const struct email_providers *providers = maker->rules->providers;
    str key = email_key_loose(providers, cells(maker, FACT_EMAIL), maker->arena);
    str local = email_local(key);
    if (local.len == 0 || email_is_role(providers, local)) return;
    struct fact *fact = &maker->facts[FACT_EMAIL];
    const str parts[2] = {local, email_domain(key)};
    set_text(fact, key);
    set_words(maker, fact, parts, 2);
    fact->is_free = email_is_free(providers, parts[1]);
    local = squeezed(maker, local, false);
    fact->is_own =
        has_name(maker, local, FACT_FIRST_NAME) || has_name(maker, local, FACT_LAST_NAME);
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

static void make_phone(struct maker *maker)
{
    enum { DIGITS_MIN = 7, DIGITS = 9 };
    str digits = digits_of(maker, cells(maker, FACT_PHONE));
    while (digits.len && digits.data[0] == '0') digits = str_from(digits, 1);
    size_t same = 0;
    while (same < digits.len && digits.data[same] == digits.data[0]) same++;
    if (digits.len < DIGITS_MIN || same == digits.len) return;
    set_text(&maker->facts[FACT_PHONE],
             digits.len > DIGITS ? str_from(digits, digits.len - DIGITS) : digits);
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

static void make_date(struct maker *maker)
{
    enum { DIGITS_MIN = 4, DAY = 8 };
    str cell = cells(maker, FACT_DATE), rest = str_from(cell, 4);
    char *day = arena_bytes(maker->arena, DAY);
    if (is_number(str_first(cell, 4)) && cell.len > 4 && read_part(&rest, 2, day + 4, 2) &&
        read_part(&rest, 2, day + 6, 2)) {
        memcpy(day, cell.data, 4);
        set_text(&maker->facts[FACT_DATE], (str){day, DAY});
        return;
    }
    str digits = digits_of(maker, cell);
    if (digits.len >= DIGITS_MIN) set_text(&maker->facts[FACT_DATE], digits);
}

static void make_website(struct maker *maker)
{
    str cell = cells(maker, FACT_WEBSITE);
    char *out = arena_bytes(maker->arena, cell.len);
    for (size_t i = 0; i < cell.len; i++) out[i] = byte_lower(cell.data[i]);
    str host = {out, cell.len};
    const str starts[] = {STR("https://"), STR("http://"), STR("www.")};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (str_starts(host, starts[i])) host = str_from(host, starts[i].len);
    }
    ptrdiff_t slash = str_find(host, '/');
    if (slash >= 0) host = str_first(host, (size_t)slash);
    if (host.len) set_text(&maker->facts[FACT_WEBSITE], host);
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
}

static void make_street(struct maker *maker)
{
    str numbers[PROFILE_WORDS_MAX];
    size_t count = 0;
    read_words(maker, cells(maker, FACT_STREET));
    if (maker->word_count == 0) return;
    for (size_t i = 0; i < maker->word_count; i++) {
        maker->words[i] = street_word(maker->words[i]);
        if (is_number(maker->words[i])) numbers[count++] = maker->words[i];
    }
    struct fact *fact = &maker->facts[FACT_STREET];
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

static void make_company(struct maker *maker)
{
    enum { LETTERS_MAX = 64 };
    str cell = cells(maker, FACT_COMPANY);
    read_words(maker, cell);
    if (maker->word_count == 0) return;
    read_words(maker, company_key(maker->rules->companies, cell, (str){0}, maker->arena));
    if (maker->word_count == 0) return;
    struct fact *fact = &maker->facts[FACT_COMPANY];
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

static void make_code(struct maker *maker, enum fact_kind kind)
{
    read_words(maker, cells(maker, kind));
    if (maker->word_count == 0) return;
    set_text(&maker->facts[kind], join(maker, maker->words, maker->word_count, false));
}

void profile_make(const struct profile_rules *rules, str id, const struct profile_column columns[],
                  size_t count, struct arena *arena, struct profile *out)
{
    *out = (struct profile){.id = id, .hash = hash_64(id)};
    struct maker maker = {
        .rules = rules, .columns = columns, .count = count, .arena = arena, .out = out};
    make_names(&maker);
    make_email(&maker);
    make_phone(&maker);
    make_date(&maker);
    make_website(&maker);
    make_street(&maker);
    make_company(&maker);
    const enum fact_kind codes[] = {FACT_ID,     FACT_POSTAL_CODE, FACT_CITY,
                                    FACT_REGION, FACT_TEXT,        FACT_COUNTRY};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) make_code(&maker, codes[i]);
    size_t filled = 0;
    for (int kind = 0; kind < FACT_KINDS; kind++) filled += maker.facts[kind].text.len > 0;
    out->facts = arena_alloc(arena, filled * sizeof *out->facts);
    filled = 0;
    for (int kind = 0; kind < FACT_KINDS; kind++) {
        if (maker.facts[kind].text.len == 0) continue;
        out->facts[filled++] = maker.facts[kind];
        out->at[kind] = (uint8_t)filled;
        out->has |= (uint16_t)(1u << kind);
    }
    const unsigned person = 1u << FACT_FIRST_NAME | 1u << FACT_LAST_NAME | 1u << FACT_EMAIL;
    out->is_company = out->has >> FACT_COMPANY & 1 && !(out->has & person);
}
