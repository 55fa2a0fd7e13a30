#include "likeness.h"

#include "core/base/edit_distance.h"
#include "likeness_names.h"
#include "likeness_tokens.h"

enum {
    LOCAL_LETTERS_MIN = 4, // shorter local parts and site names are too many people's
    PHONE_DIGITS_MIN = 8,
    PHONE_LAST_DIGITS = 7,
    ID_LETTERS_MIN = 5,
    POSTAL_LETTERS_MIN = 4,
    DATE_DIGITS = 8,
    MONTH_DAYS = 31,
    YEAR_DAYS = 12 * MONTH_DAYS,
};

static enum likeness or_differ(bool holds, enum likeness level)
{
    return holds ? level : LIKE_DIFFER;
}

static bool is_one_slip(const struct likeness_value *a, const struct likeness_value *b,
                        uint32_t letters_min)
{
    bool is_long = a->letters.count >= letters_min && b->letters.count >= letters_min;
    return is_long && distance_within(&a->letters, &b->letters, 1) <= 1;
}

static enum likeness compare_emails(const struct likeness_value *a, const struct likeness_value *b)
{
    str local_a = str_first(a->letters.text, a->part_len);
    str local_b = str_first(b->letters.text, b->part_len);
    str domain_a = str_from(a->letters.text, a->part_len);
    str domain_b = str_from(b->letters.text, b->part_len);
    bool same_local = str_equal(local_a, local_b), same_domain = str_equal(domain_a, domain_b);
    bool is_long = local_a.len >= LOCAL_LETTERS_MIN && local_b.len >= LOCAL_LETTERS_MIN;
    // One slip on either side of the @.
    if (is_long && edit_distance(local_a, local_b, 1) <= 1 &&
        edit_distance(domain_a, domain_b, 1) <= 1) {
        return LIKE_TYPO;
    }
    if (is_long && same_local) return LIKE_LOCAL_PART;
    return or_differ(same_domain && domain_a.len && !a->is_free, LIKE_DOMAIN);
}

static enum likeness compare_phones(const struct likeness_value *a, const struct likeness_value *b)
{
    str x = a->letters.text, y = b->letters.text;
    if (x.len < PHONE_LAST_DIGITS || y.len < PHONE_LAST_DIGITS) return LIKE_DIFFER;
    bool same_end = memcmp(x.data + x.len - PHONE_LAST_DIGITS, y.data + y.len - PHONE_LAST_DIGITS,
                           PHONE_LAST_DIGITS) == 0;
    if (same_end) return LIKE_LAST_DIGITS;
    return or_differ(x.len == y.len && is_one_slip(a, b, PHONE_DIGITS_MIN), LIKE_TYPO);
}

// Near enough: every month has 31 days here.
static uint64_t days_apart(uint64_t a, uint64_t b)
{
    uint64_t x = a / 10000 * YEAR_DAYS + a / 100 % 100 * MONTH_DAYS + a % 100;
    uint64_t y = b / 10000 * YEAR_DAYS + b / 100 % 100 * MONTH_DAYS + b % 100;
    return x > y ? x - y : y - x;
}

static enum likeness compare_dates(const struct likeness_value *a, const struct likeness_value *b)
{
    if (!a->date || !b->date) return or_differ(is_one_slip(a, b, ID_LETTERS_MIN), LIKE_TYPO);
    uint64_t year = a->date / 10000, month = a->date / 100 % 100, day = a->date % 100;
    uint64_t other_month = b->date / 100 % 100, other_day = b->date % 100;
    bool same_year = year == b->date / 10000;
    if (same_year && month == other_day && day == other_month) return LIKE_SWAPPED;
    if (is_one_slip(a, b, DATE_DIGITS)) return LIKE_TYPO;
    if (same_year && month == other_month) return LIKE_YEAR_MONTH;
    if (same_year && day == other_day) return LIKE_YEAR_DAY;
    return or_differ(days_apart(a->date, b->date) <= YEAR_DAYS, LIKE_NEAR);
}

static enum likeness compare_postal_codes(const struct likeness_value *a,
                                          const struct likeness_value *b)
{
    if (is_one_slip(a, b, POSTAL_LETTERS_MIN)) return LIKE_TYPO;
    str x = a->letters.text, y = b->letters.text;
    size_t longer = x.len > y.len ? x.len : y.len, half = (longer + 1) / 2;
    if (x.len < POSTAL_LETTERS_MIN || y.len < POSTAL_LETTERS_MIN) return LIKE_DIFFER;
    return or_differ(str_equal(str_first(x, half), str_first(y, half)), LIKE_NEAR);
}

static enum likeness compare_websites(const struct likeness_value *a,
                                      const struct likeness_value *b)
{
    str x = str_first(a->letters.text, a->part_len), y = str_first(b->letters.text, b->part_len);
    if (x.len < LOCAL_LETTERS_MIN || y.len < LOCAL_LETTERS_MIN) return LIKE_DIFFER;
    if (str_equal(x, y)) return LIKE_DOMAIN;
    return or_differ(is_one_slip(a, b, 0), LIKE_TYPO);
}

enum likeness likeness_of(const struct likeness_rules *rules, enum likeness_kind kind,
                          const struct likeness_value *a, const struct likeness_value *b)
{
    if (!a->letters.text.len || !b->letters.text.len) return LIKE_BLANK;
    if (str_equal(a->letters.text, b->letters.text)) return LIKE_EXACT;
    switch (kind) {
    case LIKENESS_FIRST_NAME:
    case LIKENESS_LAST_NAME:
    case LIKENESS_FULL_NAME: return likeness_names(rules, kind, a, b);
    case LIKENESS_COMPANY:
    case LIKENESS_STREET:
    case LIKENESS_CITY:
    case LIKENESS_REGION:
    case LIKENESS_TEXT: return likeness_tokens(rules, kind, a, b);
    case LIKENESS_EMAIL: return compare_emails(a, b);
    case LIKENESS_PHONE: return compare_phones(a, b);
    case LIKENESS_DATE: return compare_dates(a, b);
    case LIKENESS_POSTAL_CODE: return compare_postal_codes(a, b);
    case LIKENESS_WEBSITE: return compare_websites(a, b);
    case LIKENESS_ID: return or_differ(is_one_slip(a, b, ID_LETTERS_MIN), LIKE_TYPO);
    case LIKENESS_COUNTRY:
    case LIKENESS_KINDS: break;
    }
    return LIKE_DIFFER;
}

// Whether a value of one column is that of the other, slips allowed.
static bool is_crossed(const struct likeness_rules *rules, const struct likeness_value *a,
                       const struct likeness_value *b)
{
    if (!a->letters.text.len || !b->letters.text.len) return false;
    return str_equal(a->letters.text, b->letters.text) ||
           distance_is_typo(&rules->limits, &a->letters, &b->letters);
}

bool likeness_names_swapped(const struct likeness_rules *rules,
                            const struct likeness_value *first_a,
                            const struct likeness_value *last_a,
                            const struct likeness_value *first_b,
                            const struct likeness_value *last_b)
{
    return is_crossed(rules, first_a, last_b) && is_crossed(rules, last_a, first_b) &&
           !str_equal(first_a->letters.text, first_b->letters.text) &&
           !str_equal(last_a->letters.text, last_b->letters.text);
}
