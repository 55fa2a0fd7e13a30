#include "timestamp.h"

#include <stdio.h>

enum { DAY_SECONDS = 86400 };

// Days since 1970-01-01 of a date of the Gregorian calendar, and back. Algorithms: Howard Hinnant,
// "chrono-Compatible Low-Level Date Algorithms" (the year begins in March; 400 years are an era).
static int64_t days_of(int year, int month, int day)
{
    int64_t shifted = year - (month <= 2);
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int64_t of_era = shifted - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t days, int *year, int *month, int *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted + (shifted < 10 ? 3 : -9));
    *year = (int)(years + era * 400 + (*month <= 2));
}

static bool take_number(str *text, size_t digits, int *number)
{
    if (text->len < digits) return false;
    *number = 0;
    for (size_t i = 0; i < digits; i++) {
        if (!byte_is_digit(text->data[i])) return false;
        *number = *number * 10 + (text->data[i] - '0');
    }
    *text = str_from(*text, digits);
    return true;
}

static bool take(str *text, char c)
{
    if (text->len == 0 || text->data[0] != c) return false;
    *text = str_from(*text, 1);
    return true;
}

static bool take_zone(str *text, int64_t *offset)
{
    *offset = 0;
    if (text->len == 0 || take(text, 'Z')) return true;
    int sign = text->data[0] == '-' ? -1 : 1, hours, minutes = 0;
    if (!take(text, '+') && !take(text, '-')) return false;
    if (!take_number(text, 2, &hours)) return false;
    take(text, ':');
    if (text->len && !take_number(text, 2, &minutes)) return false;
    *offset = sign * (hours * 3600 + minutes * 60);
    return hours <= 14 && minutes < 60;
}

static bool take_time(str *text, int *seconds)
{
    int hour, minute, second = 0;
    *seconds = 0;
    if (!take(text, 'T') && !take(text, ' ')) return true;
    if (!take_number(text, 2, &hour) || !take(text, ':')) return false;
    if (!take_number(text, 2, &minute)) return false;
    if (take(text, ':') && !take_number(text, 2, &second)) return false;
    *seconds = hour * 3600 + minute * 60 + second;
    return hour < 24 && minute < 60 && second < 60;
}

// Not zero when one of eight bytes is not what the form says; 0 in it stands for any digit.
static uint64_t differs(const char *at, const char *form)
{
    const uint64_t ones = 0x0101010101010101u, low = 0x7F * ones, high = 0x80 * ones;
    uint64_t word, values;
    memcpy(&word, form, sizeof word);
    memcpy(&values, at, sizeof values);
    values ^= word;
    word ^= '0' * ones;
    // Bit 7 of a byte of a sum: it is above 9, or, where the form has a mark, above 0.
    uint64_t is_mark = (((word & low) + low) | word) & high;
    return (((values & low) + 0x76 * ones + (is_mark >> 7) * 9) | values) & high;
}

static unsigned pair(const char *at) { return (unsigned)((at[0] - '0') * 10 + (at[1] - '0')); }

bool timestamp_is_canonical(str text)
{
    enum { CANONICAL_BYTES = 20, DAYS_OF_EVERY_MONTH = 28 };
    const char *at = text.data;
    if (text.len != CANONICAL_BYTES) return false;
    if (differs(at, "0000-00-") | differs(at + 8, "00T00:00") | differs(at + 12, "0:00:00Z")) {
        return false;
    }
    return pair(at + 5) - 1 < 12 && pair(at + 8) - 1 < DAYS_OF_EVERY_MONTH && pair(at + 11) < 24 &&
           pair(at + 14) < 60 && pair(at + 17) < 60;
}

// What canonical records hold, at a quarter of the price. False = not in that form.
static bool parse_canonical(str text, int64_t *seconds)
{
    if (!timestamp_is_canonical(text)) return false;
    const char *at = text.data;
    int year = (int)(pair(at) * 100 + pair(at + 2));
    int64_t days = days_of(year, (int)pair(at + 5), (int)pair(at + 8));
    *seconds = days * DAY_SECONDS + pair(at + 11) * 3600 + pair(at + 14) * 60 + pair(at + 17);
    return true;
}

bool timestamp_parse(str text, int64_t *seconds)
{
    if (parse_canonical(text, seconds)) return true;
    int year, month, day, of_day, same_year, same_month, same_day;
    int64_t offset;
    if (!take_number(&text, 4, &year) || !take(&text, '-')) return false;
    if (!take_number(&text, 2, &month) || !take(&text, '-')) return false;
    if (!take_number(&text, 2, &day) || month < 1 || month > 12 || day < 1) return false;
    if (!take_time(&text, &of_day) || !take_zone(&text, &offset) || text.len) return false;
    int64_t days = days_of(year, month, day);
    date_of(days, &same_year, &same_month, &same_day);
    *seconds = days * DAY_SECONDS + of_day - offset;
    return same_day == day; // 31 April is no date
}

void timestamp_format(int64_t seconds, char out[21])
{
    int64_t days = seconds / DAY_SECONDS, rest = seconds % DAY_SECONDS;
    if (rest < 0) days--, rest += DAY_SECONDS;
    int year, month, day;
    date_of(days, &year, &month, &day);
    snprintf(out, 21, "%04u-%02u-%02uT%02u:%02u:%02uZ", (unsigned)year % 10000,
             (unsigned)month % 100, (unsigned)day % 100, (unsigned)(rest / 3600) % 100,
             (unsigned)(rest / 60 % 60), (unsigned)(rest % 60));
}
