// What the files of the lead generator share: random numbers, short texts, one person, one lead.
//
//     struct dice dice = dice_for(seed, person, STREAM_EMAIL);
//     if (dice_chance(&dice, 20)) text_add(&lead.column[EMAIL], "gmail.com");
//
// Whole numbers only, no locale, no clock: one seed gives the same bytes on every machine.
#ifndef GENERATE_H
#define GENERATE_H

#include <stdbool.h>
#include <stdint.h>

enum column {
    LEAD_ID,
    CREATED_AT,
    SOURCE,
    FIRST_NAME,
    LAST_NAME,
    EMAIL,
    PHONE,
    COMPANY,
    JOB_TITLE,
    COUNTRY,
    CITY,
    POSTAL_CODE,
    WEBSITE,
    NOTES,
    COLUMNS
};

enum style { STYLE_BARE, STYLE_QUOTED, STYLE_DIRTY };

// Independent streams of random numbers for one person or one row.
enum stream { STREAM_PERSON, STREAM_ROW, STREAM_DIRT, STREAM_EMAIL = 16, STREAM_PHONE = 1024 };

enum { TEXT_BYTES_MAX = 256 };

struct text {
    unsigned len;
    char bytes[TEXT_BYTES_MAX];
};

struct lead {
    struct text column[COLUMNS];
};

struct options {
    uint64_t rows;
    uint64_t seed;
    unsigned duplicates_ppm;
    unsigned dirt_ppm;
    unsigned sources;
    enum style style;
    const char *truth;
    const char *output;
};

struct country;

struct person {
    const struct country *country;
    unsigned phone_format;
    struct text digits; // The national number without trunk prefix; empty without a phone.
    struct text first_name, last_name, email, company, job_title, city, postal_code, website;
};

// The addresses and numbers that were given away already decide how often a person drew again.
struct draws {
    uint8_t email;
    uint8_t phone;
};

// generate_text.c: random numbers and texts. Text that does not fit is cut.
struct dice {
    uint64_t state;
};
struct dice dice_for(uint64_t seed, uint64_t number, unsigned stream);
uint64_t dice_next(struct dice *dice);
uint32_t dice_below(struct dice *dice, uint32_t limit);
bool dice_chance(struct dice *dice, unsigned percent);
bool dice_chance_ppm(struct dice *dice, unsigned parts_per_million);

// A rank below count whose chance falls like 1/rank; the first 2^flat ranks are equally common.
uint32_t dice_rank(struct dice *dice, uint32_t count, unsigned flat);

void text_add(struct text *text, const char *more);
void text_add_char(struct text *text, char c);
void text_add_text(struct text *text, const struct text *more);
void text_add_number(struct text *text, uint64_t number, unsigned width);
void text_set(struct text *text, const char *content);
void text_upper(struct text *text);
void text_lower(struct text *text);
void text_insert(struct text *text, unsigned at, char c);
void text_remove(struct text *text, unsigned at);

// Adds more in lower-case ASCII as people write it in an address: ü becomes ue, blanks go.
void text_add_plain(struct text *text, const struct text *more);

// Adds pattern with # as a digit, % as 2..9 and ? as a letter.
void text_add_pattern(struct text *text, const char *pattern, struct dice *dice);

// generate_names.c: the words by language and country. A list ends in a null pointer.
#define LIST(...) ((const char *const[]){__VA_ARGS__, 0})

struct words {
    const char *const *head, *const *start, *const *end;
};

struct language {
    struct words first_name, last_name;
    const char *const *accented; // First and last names with letters beyond ASCII, in turn.
    const char *const *titles;   // Titles in the language itself.
};

struct country {
    const char *code, *calling_code, *trunk, *domain;
    unsigned percent;
    const struct language *language;
    const char *const *suffixes; // Legal forms.
    const char *const *places;   // City and postal code pattern, in turn.
    const char *const *mobiles;  // Patterns of national numbers.
    const char *groups;          // How the number is written at home, # for each digit.
};

const struct country *country_any(struct dice *dice);

// generate_pools.c: how words make names, companies and titles.
unsigned pools_count(const char *const *list);
void pools_word(struct text *text, const struct words *words, uint32_t rank);
void pools_first_name(struct text *text, const struct language *language, struct dice *dice,
                      uint64_t rows);
void pools_last_name(struct text *text, const struct language *language, struct dice *dice,
                     uint64_t rows);

// Adds the company's name and its domain, both fixed by country and rank.
void pools_company(struct text *name, struct text *domain, const struct country *country,
                   uint32_t rank);
void pools_job_title(struct text *text, const struct country *country, struct dice *dice,
                     uint64_t rows);
void pools_source(struct text *text, struct dice *dice, unsigned sources);
void pools_notes(struct text *text, struct dice *dice);

// generate_lead.c: persons, and the leads they leave.
void person_make(struct person *person, const struct options *options, uint64_t number,
                 struct draws draws);
void person_phone(struct text *text, const struct person *person, unsigned format);
void lead_make(struct lead *lead, const struct person *person, const struct options *options,
               uint64_t row);

// generate_change.c: how the same person looks the second time, and what people type wrong.
// Both return the name of what they did.
const char *change_repeat(struct lead *lead, const struct person *person, struct dice *dice);
const char *change_dirt(struct lead *lead, struct dice *dice);
void change_ragged(struct lead *lead, struct dice *dice);

#endif
