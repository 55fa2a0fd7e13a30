// The keys of one record.
#include "blocking.h"
#include "deletions.h"

static const char *const names[BLOCK_KEYS] = {
    "phone",           "phone_initial",  "id",
    "email",           "local_part",     "names",
    "sounds",          "date",           "date_initial",
    "date_city",       "date_last",      "date_first",
    "first_year",      "last_year",      "first_day",
    "last_day",        "name_day",       "year_city",
    "postal_year",     "postal_day",     "first_sound_year",
    "last_sound_year", "last_postal",    "first_postal",
    "street",          "number_postal",  "street_last",
    "last_city",       "first_city",     "last_slip",
    "first_slip",      "company",        "site",
    "site_initial",    "company_street", "word_postal",
    "word_city",       "word_number",    "acronym",
    "street_initial",  "company_slip"};

const char *block_key_name(enum block_key key) { return names[key]; }

static void add_hash(struct block_keys *out, enum block_key kind, uint64_t hash)
{
    if (out->count == BLOCK_KEYS_MAX) return;
    out->keys[out->count].hash = hash;
    out->keys[out->count++].kind = kind;
}

// Parts are hashes, or small numbers; 0 is a blank part, and there is no key then.
static uint64_t with_part(uint64_t hash, uint64_t part)
{
    hash = (hash + part) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static void add_3(struct block_keys *out, enum block_key kind, uint64_t a, uint64_t b, uint64_t c)
{
    if (!a || !b || !c) return;
    uint64_t hash = with_part((uint64_t)kind + 1, a);
    add_hash(out, kind, with_part(with_part(hash, b), c));
}

static void add_2(struct block_keys *out, enum block_key kind, uint64_t a, uint64_t b)
{
    add_3(out, kind, a, b, 1);
}

static void add_1(struct block_keys *out, enum block_key kind, uint64_t a)
{
    add_3(out, kind, a, 1, 1);
}

// The word and the word less any letter, each with `with`.
static void add_slips(struct block_keys *out, enum block_key kind, str word, uint64_t with)
{
    uint64_t hashes[DELETIONS_MAX];
    size_t count = deletions_of(word, hashes);
    for (size_t i = 0; i < count; i++) add_2(out, kind, hashes[i] | 1, with);
}

// The first letters as a number.
static uint64_t start_of(str text, size_t letters)
{
    uint64_t start = 0;
    for (size_t i = 0; i < letters && i < text.len; i++) {
        start = start << 8 | (unsigned char)text.data[i];
    }
    return start;
}

static str first_word(str text)
{
    ptrdiff_t blank = str_find(text, ' ');
    return blank < 0 ? text : str_first(text, (size_t)blank);
}

static uint64_t either(uint64_t a, uint64_t b) { return a ? a : b; }

struct person {
    const struct fact *first_name, *last_name;
    uint64_t first, last, first_sound, last_sound;
    uint64_t first_initial, last_initial, initial, last_start; // last_start: two letters
    uint64_t date, year, day, city, postal, street, number;
};

static void read_person(const struct profile *profile, struct person *p)
{
    str first = profile_text(profile, FACT_FIRST_NAME);
    str last = profile_text(profile, FACT_LAST_NAME);
    p->first_name = profile_fact(profile, FACT_FIRST_NAME);
    p->last_name = profile_fact(profile, FACT_LAST_NAME);
    p->first = fact_hash(p->first_name);
    p->last = fact_hash(p->last_name);
    p->first_sound = fact_part(p->first_name);
    p->last_sound = fact_part(p->last_name);
    p->first_initial = start_of(first, 1);
    p->last_initial = start_of(last, 1);
    p->last_start = start_of(last, 2);
    p->initial = either(p->first_initial, p->last_initial);
    const struct fact *date = profile_fact(profile, FACT_DATE);
    p->date = fact_hash(date);
    p->year = fact_part(date);
    p->day = date ? text_hash(str_from(date->text, 4)) : 0;
    p->city = fact_hash(profile_fact(profile, FACT_CITY));
    p->postal = fact_hash(profile_fact(profile, FACT_POSTAL_CODE));
    const struct fact *street = profile_fact(profile, FACT_STREET);
    p->street = fact_part(street);
    p->number = street ? text_hash(first_word(street->text)) : 0;
}

static void add_sorted(struct block_keys *out, enum block_key kind, uint64_t a, uint64_t b)
{
    add_2(out, kind, a < b ? a : b, a < b ? b : a);
}

// The first name, or each name that it may stand for, and the date.
static void add_formal_names(const struct nicknames *nicknames, const struct person *p,
                             struct block_keys *out)
{
    if (!p->first_name) return;
    const uint32_t *ids;
    size_t count = nicknames_set(nicknames, p->first_name->nickname, &ids);
    if (count == 0) add_2(out, KEY_DATE_FIRST, p->first, p->date);
    for (size_t i = 0; i < count; i++) {
        add_2(out, KEY_DATE_FIRST, text_hash(nicknames_name(nicknames, ids[i])), p->date);
    }
}

static void add_dates(const struct nicknames *nicknames, const struct person *p,
                      struct block_keys *out)
{
    if (p->date == 0) return;
    add_2(out, KEY_DATE_LAST, p->last_sound, p->date);
    add_1(out, KEY_DATE, p->date);
    add_2(out, KEY_DATE_INITIAL, p->date, p->initial);
    add_2(out, KEY_DATE_CITY, p->date, p->city);
    add_formal_names(nicknames, p, out);
    add_3(out, KEY_FIRST_YEAR, p->first, p->year, p->last_initial);
    add_3(out, KEY_LAST_YEAR, p->last, p->year, p->first_initial);
    add_2(out, KEY_FIRST_DAY, p->first, p->day);
    add_2(out, KEY_LAST_DAY, p->last, p->day);
    if (p->first && p->last) {
        add_2(out, KEY_NAME_DAY, p->first < p->last ? p->first : p->last, p->day);
    }
    add_3(out, KEY_YEAR_CITY, p->year, p->city, p->last_initial);
    add_2(out, KEY_POSTAL_YEAR, p->postal, p->year);
    add_2(out, KEY_POSTAL_DAY, p->postal, p->day);
    add_2(out, KEY_FIRST_SOUND_YEAR, p->first_sound, p->year);
    add_2(out, KEY_LAST_SOUND_YEAR, p->last_sound, p->year);
}

static void add_places(const struct person *p, struct block_keys *out)
{
    add_2(out, KEY_LAST_POSTAL, p->last_sound, p->postal);
    add_2(out, KEY_FIRST_POSTAL, p->first, p->postal);
    add_1(out, KEY_STREET, p->street);
    add_2(out, KEY_NUMBER_POSTAL, p->number, p->postal);
    add_2(out, KEY_STREET_LAST, p->street, p->last_sound);
    add_3(out, KEY_LAST_CITY, p->last_sound, p->first_initial, p->city);
    add_3(out, KEY_FIRST_CITY, p->first, p->last_start, p->city);
}

static void add_email(const struct profile *profile, struct block_keys *out)
{
    enum { LOCAL_MIN = 4 };
    const struct fact *email = profile_fact(profile, FACT_EMAIL);
    if (!email) return;
    add_1(out, KEY_EMAIL, fact_hash(email));
    if (email->words[0].letters.text.len >= LOCAL_MIN) add_1(out, KEY_LOCAL_PART, email->part);
}

static void add_person(const struct nicknames *nicknames, const struct profile *profile,
                       enum block_family family, struct block_keys *out)
{
    struct person p;
    if (family == FAMILY_CONTACT) {
        add_email(profile, out);
        return;
    }
    read_person(profile, &p);
    switch (family) {
    case FAMILY_NAMES:
        add_sorted(out, KEY_NAMES, p.first, p.last);
        add_sorted(out, KEY_SOUNDS, p.first_sound, p.last_sound);
        break;
    case FAMILY_DATES: add_dates(nicknames, &p, out); break;
    case FAMILY_PLACES: add_places(&p, out); break;
    case FAMILY_LAST_SLIP:
        if (p.first && p.last) add_slips(out, KEY_LAST_SLIP, p.last_name->text, p.first);
        break;
    case FAMILY_FIRST_SLIP:
        if (p.first && p.last) add_slips(out, KEY_FIRST_SLIP, p.first_name->text, p.last);
        break;
    case FAMILY_CONTACT:
    case BLOCK_FAMILIES: break;
    }
}

static void add_company(const struct profile *profile, struct block_keys *out)
{
    enum { SLIP_LEN = 24 };
    const struct fact *company = profile_fact(profile, FACT_COMPANY);
    const struct fact *street = profile_fact(profile, FACT_STREET);
    uint64_t site = fact_hash(profile_fact(profile, FACT_WEBSITE));
    uint64_t city = fact_hash(profile_fact(profile, FACT_CITY));
    uint64_t postal = fact_hash(profile_fact(profile, FACT_POSTAL_CODE));
    uint64_t initial = start_of(company->text, 1);
    uint64_t number = street ? text_hash(first_word(street->text)) : 0;
    add_1(out, KEY_COMPANY, company->part);
    add_1(out, KEY_SITE, site);
    add_2(out, KEY_SITE_INITIAL, site, initial);
    for (size_t i = 0; i < company->word_count; i++) {
        uint64_t word = text_hash(company->words[i].letters.text);
        add_2(out, KEY_WORD_POSTAL, word, postal);
        add_2(out, KEY_WORD_CITY, word, city);
        add_2(out, KEY_WORD_NUMBER, word, number);
    }
    add_2(out, KEY_ACRONYM, text_hash(company->initials), either(postal, city));
    if (street) {
        add_2(out, KEY_COMPANY_STREET, street->part, either(city, postal));
        add_2(out, KEY_STREET_INITIAL, fact_hash(street), initial);
    }
    if (company->sorted.len < SLIP_LEN) add_slips(out, KEY_COMPANY_SLIP, company->sorted, 1);
}

static void add_contacts(const struct profile *profile, struct block_keys *out)
{
    const struct fact *phone = profile_fact(profile, FACT_PHONE);
    str name = profile_text(profile, FACT_FIRST_NAME);
    uint64_t set = profile->is_company ? 2 : 1; // never paired with one another
    if (!name.len) name = profile_text(profile, FACT_LAST_NAME);
    if (!name.len) name = profile_text(profile, FACT_COMPANY);
    add_2(out, KEY_PHONE, fact_hash(phone), set);
    add_3(out, KEY_PHONE_INITIAL, fact_part(phone), start_of(name, 1), set);
    str id = profile_text(profile, FACT_ID);
    if (id.len) add_slips(out, KEY_ID, id, set);
}

void block_keys_of(const struct nicknames *nicknames, const struct profile *profile,
                   enum block_family family, struct block_keys *out)
{
    out->count = 0;
    if (family == FAMILY_CONTACT) add_contacts(profile, out);
    if (!profile->is_company) {
        add_person(nicknames, profile, family, out);
    } else if (family == FAMILY_PLACES) {
        add_company(profile, out);
    }
}
