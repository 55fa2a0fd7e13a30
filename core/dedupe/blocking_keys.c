// The keys of one record.
#include "blocking.h"
#include "core/base/hash.h"
#include "deletions.h"
#include "phonetic.h"

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

// Each part is hashed with what comes before it as seed, so that parts never run together. No key
// where a part is blank.
static void add(struct block_keys *out, enum block_key kind, const str parts[], size_t count)
{
    uint64_t hash = (uint64_t)kind + 1;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len == 0) return;
        hash = hash_64_seed(parts[i], hash);
    }
    add_hash(out, kind, hash);
}

static void add_1(struct block_keys *out, enum block_key kind, str a) { add(out, kind, &a, 1); }

static void add_2(struct block_keys *out, enum block_key kind, str a, str b)
{
    add(out, kind, (const str[]){a, b}, 2);
}

static void add_3(struct block_keys *out, enum block_key kind, str a, str b, str c)
{
    add(out, kind, (const str[]){a, b, c}, 3);
}

// The word and the word less any letter, each with `with` when there is one.
static void add_slips(struct block_keys *out, enum block_key kind, str word, str with)
{
    uint64_t hashes[DELETIONS_MAX];
    size_t count = deletions_of(word, hashes);
    for (size_t i = 0; i < count; i++) {
        str slip = {(const char *)&hashes[i], sizeof hashes[i]};
        add_hash(out, kind, hash_64_seed(with, hash_64_seed(slip, (uint64_t)kind + 1)));
    }
}

struct person {
    str first, last, first_sound, last_sound, initial;
    str date, year, day, city, postal, street, number;
    char sounds[2][PHONETIC_SKELETON];
};

static str first_word(str text)
{
    ptrdiff_t blank = str_find(text, ' ');
    return blank < 0 ? text : str_first(text, (size_t)blank);
}

static str either(str a, str b) { return a.len ? a : b; }

static void read_person(const struct profile *profile, struct person *person)
{
    person->first = profile_text(profile, FACT_FIRST_NAME);
    person->last = profile_text(profile, FACT_LAST_NAME);
    person->first_sound = phonetic_skeleton(person->first, person->sounds[0]);
    person->last_sound = phonetic_skeleton(person->last, person->sounds[1]);
    person->initial = str_first(either(person->first, person->last), 1);
    person->date = profile_text(profile, FACT_DATE);
    person->year = str_first(person->date, 4);
    person->day = str_from(person->date, 4);
    person->city = profile_text(profile, FACT_CITY);
    person->postal = profile_text(profile, FACT_POSTAL_CODE);
    const struct fact *street = profile_fact(profile, FACT_STREET);
    person->street = street ? street->sorted : (str){0};
    person->number = street ? first_word(street->text) : (str){0};
}

static void add_sorted(struct block_keys *out, enum block_key kind, str a, str b)
{
    bool is_sorted = str_compare(a, b) <= 0;
    add_2(out, kind, is_sorted ? a : b, is_sorted ? b : a);
}

// The first name, or each name that it may stand for, and the date.
static void add_formal_names(const struct nicknames *nicknames, const struct profile *profile,
                             str date, struct block_keys *out)
{
    const struct fact *first = profile_fact(profile, FACT_FIRST_NAME);
    if (!first) return;
    const uint32_t *ids;
    size_t count = nicknames_set(nicknames, first->nickname, &ids);
    if (count == 0) add_2(out, KEY_DATE_FIRST, first->text, date);
    for (size_t i = 0; i < count; i++) {
        add_2(out, KEY_DATE_FIRST, nicknames_name(nicknames, ids[i]), date);
    }
}

static void add_dates(const struct nicknames *nicknames, const struct profile *profile,
                      const struct person *p, struct block_keys *out)
{
    if (p->date.len == 0) return;
    str last_initial = str_first(p->last, 1), first_initial = str_first(p->first, 1);
    add_2(out, KEY_DATE_LAST, p->last_sound, p->date);
    add_1(out, KEY_DATE, p->date);
    add_2(out, KEY_DATE_INITIAL, p->date, p->initial);
    add_2(out, KEY_DATE_CITY, p->date, p->city);
    add_formal_names(nicknames, profile, p->date, out);
    add_3(out, KEY_FIRST_YEAR, p->first, p->year, last_initial);
    add_3(out, KEY_LAST_YEAR, p->last, p->year, first_initial);
    add_2(out, KEY_FIRST_DAY, p->first, p->day);
    add_2(out, KEY_LAST_DAY, p->last, p->day);
    if (p->first.len && p->last.len) {
        str lesser = str_compare(p->first, p->last) < 0 ? p->first : p->last;
        add_2(out, KEY_NAME_DAY, lesser, p->day);
    }
    add_3(out, KEY_YEAR_CITY, p->year, p->city, last_initial);
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
    add_3(out, KEY_LAST_CITY, p->last_sound, str_first(p->first, 1), p->city);
    add_3(out, KEY_FIRST_CITY, p->first, str_first(p->last, 2), p->city);
}

static void add_email(const struct profile *profile, struct block_keys *out)
{
    enum { LOCAL_MIN = 4 };
    const struct fact *email = profile_fact(profile, FACT_EMAIL);
    if (!email) return;
    str local = email->words[0].letters.text;
    add_1(out, KEY_EMAIL, email->text);
    if (local.len >= LOCAL_MIN) add_1(out, KEY_LOCAL_PART, local);
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
    bool is_whole = p.first.len && p.last.len;
    switch (family) {
    case FAMILY_NAMES:
        add_sorted(out, KEY_NAMES, p.first, p.last);
        add_sorted(out, KEY_SOUNDS, p.first_sound, p.last_sound);
        break;
    case FAMILY_DATES: add_dates(nicknames, profile, &p, out); break;
    case FAMILY_PLACES: add_places(&p, out); break;
    case FAMILY_LAST_SLIP:
        if (is_whole) add_slips(out, KEY_LAST_SLIP, p.last, p.first);
        break;
    case FAMILY_FIRST_SLIP:
        if (is_whole) add_slips(out, KEY_FIRST_SLIP, p.first, p.last);
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
    str site = profile_text(profile, FACT_WEBSITE), city = profile_text(profile, FACT_CITY);
    str postal = profile_text(profile, FACT_POSTAL_CODE), initial = str_first(company->text, 1);
    str number = street ? first_word(street->text) : (str){0};
    add_1(out, KEY_COMPANY, company->sorted);
    add_1(out, KEY_SITE, site);
    add_2(out, KEY_SITE_INITIAL, site, initial);
    for (size_t i = 0; i < company->word_count; i++) {
        str word = company->words[i].letters.text;
        add_2(out, KEY_WORD_POSTAL, word, postal);
        add_2(out, KEY_WORD_CITY, word, city);
        add_2(out, KEY_WORD_NUMBER, word, number);
    }
    add_2(out, KEY_ACRONYM, company->initials, either(postal, city));
    if (street) {
        add_2(out, KEY_COMPANY_STREET, street->sorted, either(city, postal));
        add_2(out, KEY_STREET_INITIAL, street->text, initial);
    }
    if (company->sorted.len < SLIP_LEN) {
        add_slips(out, KEY_COMPANY_SLIP, company->sorted, (str){0});
    }
}

static void add_contacts(const struct profile *profile, struct block_keys *out)
{
    enum { DIGITS = 7 };
    str phone = profile_text(profile, FACT_PHONE), id = profile_text(profile, FACT_ID);
    str name =
        either(profile_text(profile, FACT_FIRST_NAME), profile_text(profile, FACT_LAST_NAME));
    name = either(name, profile_text(profile, FACT_COMPANY));
    add_1(out, KEY_PHONE, phone);
    str end = phone.len > DIGITS ? str_from(phone, phone.len - DIGITS) : phone;
    add_2(out, KEY_PHONE_INITIAL, end, str_first(name, 1));
    if (id.len) add_slips(out, KEY_ID, id, (str){0});
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
