// Makes persons out of their number, and the lead that a person leaves in one row.
#include "generate.h"

#include <string.h>

// What formats a phone can be typed in; change_repeat picks another one.
enum phone_format {
    PHONE_HOME,
    PHONE_PLUS,
    PHONE_COMPACT,
    PHONE_ZEROS,
    PHONE_BRACKETS,
    PHONE_EXTENSION
};
enum { PHONE_FORMATS = PHONE_EXTENSION + 1 };

static void add_free_mail(struct text *email, const struct country *country, struct dice *dice)
{
    static const char *const everywhere[] = {"gmail.com",   "gmail.com",     "gmail.com",
                                             "outlook.com", "yahoo.com",     "hotmail.com",
                                             "icloud.com",  "protonmail.com"};
    static const char *const disposable[] = {"mailinator.com", "yopmail.com", "tempmail.net",
                                             "guerrillamail.com", "10minutemail.com"};
    if (dice_chance(dice, 4)) {
        text_add(email, disposable[dice_below(dice, 5)]);
    } else if (strcmp(country->code, "DE") == 0 && dice_chance(dice, 40)) {
        text_add(email, dice_chance(dice, 50) ? "web.de" : "gmx.de");
    } else {
        text_add(email, everywhere[dice_below(dice, 8)]);
    }
}

static void add_local_part(struct text *email, const struct person *person, struct dice *dice)
{
    struct text first = {0}, last = {0};
    text_add_plain(&first, &person->first_name);
    text_add_plain(&last, &person->last_name);
    unsigned shape = dice_below(dice, 20);
    if (shape >= 16) first.len = 1;
    text_add_text(email, &first);
    if (shape < 12) text_add(email, ".");
    if (shape == 12) text_add(email, "_");
    if (shape == 13) text_add(email, "-");
    text_add_text(email, &last);
}

static void make_email(struct person *person, struct dice *dice, const struct text *domain,
                       bool again)
{
    if (dice_chance(dice, 2)) return;
    bool at_work = domain->len > 0 && dice_chance(dice, 72);
    add_local_part(&person->email, person, dice);
    if (again || dice_chance(dice, at_work ? 2 : 60))
        text_add_number(&person->email, dice_below(dice, 10000), 1);
    text_add(&person->email, "@");
    if (at_work) {
        text_add_text(&person->email, domain);
    } else {
        add_free_mail(&person->email, person->country, dice);
    }
}

static void make_name(struct person *person, struct dice *dice, uint64_t rows)
{
    const struct language *language = person->country->language;
    pools_first_name(&person->first_name, language, dice, rows);
    pools_last_name(&person->last_name, language, dice, rows);
    if (dice_below(dice, 1000) >= 10) return;
    unsigned pairs = pools_count(language->accented) / 2;
    text_set(&person->first_name, language->accented[2 * dice_below(dice, pairs)]);
    text_set(&person->last_name, language->accented[2 * dice_below(dice, pairs) + 1]);
}

static void make_company(struct person *person, struct dice *dice, struct text *domain,
                         uint64_t rows)
{
    static const char *const fronts[] = {"www.", "https://www.", "https://",
                                         "WWW.", "http://",      "www."};
    if (dice_chance(dice, 4)) return;
    uint32_t companies = (uint32_t)(50 + rows * person->country->percent / 400);
    pools_company(&person->company, domain, person->country, dice_rank(dice, companies, 5));
    if (dice_chance(dice, 45)) return;
    text_add(&person->website, fronts[dice_below(dice, 6)]);
    text_add_text(&person->website, domain);
    if (dice_chance(dice, 20)) text_add(&person->website, "/");
}

static void make_place(struct person *person, struct dice *dice)
{
    if (dice_chance(dice, 10)) return;
    const char *const *places = person->country->places;
    unsigned place = dice_below(dice, pools_count(places) / 2);
    text_add(&person->city, places[2 * place]);
    if (dice_chance(dice, 80)) text_add_pattern(&person->postal_code, places[2 * place + 1], dice);
}

void person_make(struct person *person, const struct options *options, uint64_t number,
                 struct draws draws)
{
    struct dice dice = dice_for(options->seed, number, STREAM_PERSON);
    struct dice email = dice_for(options->seed, number, STREAM_EMAIL + draws.email);
    struct dice phone = dice_for(options->seed, number, STREAM_PHONE + draws.phone);
    struct text domain = {0};
    *person = (struct person){.country = country_any(&dice)};
    make_name(person, &dice, options->rows);
    make_company(person, &dice, &domain, options->rows);
    make_email(person, &email, &domain, draws.email > 0);
    pools_job_title(&person->job_title, person->country, &dice, options->rows);
    make_place(person, &dice);
    person->phone_format = dice_chance(&dice, 50) ? PHONE_HOME : dice_below(&dice, PHONE_EXTENSION);
    if (dice_chance(&dice, 3)) person->phone_format = PHONE_EXTENSION;
    if (dice_chance(&dice, 12)) return;
    const char *const *mobiles = person->country->mobiles;
    text_add_pattern(&person->digits, mobiles[dice_below(&phone, pools_count(mobiles))], &phone);
}

// Adds the digits of the home number into the # of the country's groups; what is left follows.
static void add_home_number(struct text *text, const struct person *person)
{
    struct text digits = {0};
    unsigned at = 0;
    text_add(&digits, person->country->trunk);
    text_add_text(&digits, &person->digits);
    for (const char *group = person->country->groups; *group != '\0' && at < digits.len; group++) {
        text_add_char(text, *group == '#' ? digits.bytes[at++] : *group);
    }
    while (at < digits.len) text_add_char(text, digits.bytes[at++]);
}

static void add_spaced(struct text *text, const struct text *digits)
{
    for (unsigned i = 0; i < digits->len; i++) {
        if (i == 3 || i == 6) text_add_char(text, ' ');
        text_add_char(text, digits->bytes[i]);
    }
}

void person_phone(struct text *text, const struct person *person, unsigned format)
{
    const struct country *country = person->country;
    text->len = 0;
    if (person->digits.len == 0) return;
    switch (format % PHONE_FORMATS) {
    case PHONE_HOME: add_home_number(text, person); break;
    case PHONE_EXTENSION:
        add_home_number(text, person);
        text_add(text, country->percent % 2 == 0 ? " x12" : " ext. 7");
        break;
    case PHONE_ZEROS:
        text_add(text, strcmp(country->calling_code, "1") == 0 ? "+" : "00");
        text_add(text, country->calling_code);
        text_add_text(text, &person->digits);
        break;
    case PHONE_COMPACT:
        text_add(text, "+");
        text_add(text, country->calling_code);
        text_add_text(text, &person->digits);
        break;
    default:
        text_add(text, "+");
        text_add(text, country->calling_code);
        text_add(text, " ");
        if (format % PHONE_FORMATS == PHONE_BRACKETS && country->trunk[0] != '\0')
            text_add(text, "(0)");
        add_spaced(text, &person->digits);
    }
}

// Days since 1970-01-01 as a date, by the proleptic Gregorian calendar.
static void add_date(struct text *text, uint32_t days)
{
    static const unsigned char month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t year = 1970, month = 0;
    for (;; year++) {
        uint32_t length = year % 4 == 0 ? 366 : 365; // Right until 2100.
        if (days < length) break;
        days -= length;
    }
    for (;; month++) {
        uint32_t length = month_days[month] + (month == 1 && year % 4 == 0);
        if (days < length) break;
        days -= length;
    }
    text_add_number(text, year, 4);
    text_add(text, "-");
    text_add_number(text, month + 1, 2);
    text_add(text, "-");
    text_add_number(text, days + 1, 2);
}

static void add_time(struct text *text, uint64_t seconds)
{
    add_date(text, (uint32_t)(seconds / 86400));
    text_add(text, "T");
    text_add_number(text, seconds / 3600 % 24, 2);
    text_add(text, ":");
    text_add_number(text, seconds / 60 % 60, 2);
    text_add(text, ":");
    text_add_number(text, seconds % 60, 2);
    text_add(text, "Z");
}

void lead_make(struct lead *lead, const struct person *person, const struct options *options,
               uint64_t row)
{
    enum { FIRST_SECOND = 1672531200, SECONDS = 900 * 86400, JITTER = 86400 }; // From 2023-01-01.
    struct dice dice = dice_for(options->seed, row, STREAM_ROW);
    struct text *column = lead->column;
    for (unsigned i = 0; i < COLUMNS; i++) column[i].len = 0;
    text_add(&column[LEAD_ID], "L");
    text_add_number(&column[LEAD_ID], row + 1, 7);
    add_time(&column[CREATED_AT],
             FIRST_SECOND + row * SECONDS / options->rows + dice_below(&dice, JITTER));
    pools_source(&column[SOURCE], &dice, options->sources);
    text_add_text(&column[FIRST_NAME], &person->first_name);
    text_add_text(&column[LAST_NAME], &person->last_name);
    text_add_text(&column[EMAIL], &person->email);
    person_phone(&column[PHONE], person, person->phone_format);
    text_add_text(&column[COMPANY], &person->company);
    text_add_text(&column[JOB_TITLE], &person->job_title);
    text_add(&column[COUNTRY], person->country->code);
    text_add_text(&column[CITY], &person->city);
    text_add_text(&column[POSTAL_CODE], &person->postal_code);
    text_add_text(&column[WEBSITE], &person->website);
    pools_notes(&column[NOTES], &dice);
}
