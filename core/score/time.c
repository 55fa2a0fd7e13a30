#include "time.h"

// The calendar conversions are Howard Hinnant's days_from_civil and civil_from_days
// (https://howardhinnant.github.io/date_algorithms.html): years begin in March, eras of 400 years
// have 146097 days.
enum { ERA_DAYS = 146097, EPOCH_OFFSET = 719468 };

static int64_t day_of(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (int64_t)era * ERA_DAYS + day_of_era - EPOCH_OFFSET;
}

void score_time_write_day(int64_t day, char out[10])
{
    day += EPOCH_OFFSET;
    int64_t era = (day >= 0 ? day : day - (ERA_DAYS - 1)) / ERA_DAYS;
    int of_era = (int)(day - era * ERA_DAYS);
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * of_year + 2) / 153;
    int month = month_from_march + (month_from_march < 10 ? 3 : -9);
    int64_t year = year_of_era + era * 400 + (month <= 2);
    int parts[] = {(int)(year / 100 % 100), (int)(year % 100), month,
                   of_year - (153 * month_from_march + 2) / 5 + 1};
    static const int at[] = {0, 2, 5, 8};
    out[4] = out[7] = '-';
    for (int i = 0; i < 4; i++) {
        out[at[i]] = (char)('0' + parts[i] / 10);
        out[at[i] + 1] = (char)('0' + parts[i] % 10);
    }
}

int64_t score_time_day(int64_t seconds)
{
    int64_t day = seconds / SECONDS_A_DAY;
    return day - (seconds % SECONDS_A_DAY < 0);
}

// Takes `digits` digits; -1 when they are not there.
static int take(str *s, size_t digits)
{
    if (s->len < digits) return -1;
    int value = 0;
    for (size_t i = 0; i < digits; i++) {
        if (!byte_is_digit(s->data[i])) return -1;
        value = value * 10 + (s->data[i] - '0');
    }
    *s = str_from(*s, digits);
    return value;
}

static bool take_byte(str *s, char c)
{
    if (s->len == 0 || s->data[0] != c) return false;
    *s = str_from(*s, 1);
    return true;
}

static bool take_date(str *s, int64_t *day)
{
    static const signed char lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = take(s, 4);
    if (year < 0 || !take_byte(s, '-')) return false;
    int month = take(s, 2);
    if (month < 1 || month > 12 || !take_byte(s, '-')) return false;
    int number = take(s, 2);
    if (number < 1 || number > lengths[month - 1]) return false;
    bool leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month == 2 && number == 29 && !leaps) return false;
    *day = day_of(year, month, number);
    return true;
}

static bool take_clock(str *s, int *seconds)
{
    int hour = take(s, 2);
    if (hour < 0 || hour > 24 || !take_byte(s, ':')) return false;
    int minute = take(s, 2), second = 0;
    if (minute < 0 || minute > 59) return false;
    if (take_byte(s, ':')) {
        second = take(s, 2);
        if (second < 0 || second > 60) return false;
        if (take_byte(s, '.')) {
            while (s->len && byte_is_digit(s->data[0])) *s = str_from(*s, 1);
        }
    }
    *seconds = hour * 3600 + minute * 60 + second;
    return true;
}

static bool take_offset(str *s, int *seconds)
{
    *seconds = 0;
    if (s->len == 0 || take_byte(s, 'Z') || take_byte(s, 'z')) return true;
    bool is_west = s->data[0] == '-';
    if (!take_byte(s, '+') && !take_byte(s, '-')) return false;
    int hours = take(s, 2), minutes = 0;
    if (hours < 0 || hours > 23) return false;
    if (take_byte(s, ':') || s->len) minutes = take(s, 2);
    if (minutes < 0 || minutes > 59) return false;
    *seconds = (hours * 3600 + minutes * 60) * (is_west ? -1 : 1);
    return true;
}

bool score_time_parse(str s, int64_t *seconds)
{
    int64_t day;
    int clock = 0, offset = 0;
    if (!take_date(&s, &day)) return false;
    if (s.len) {
        if (!take_byte(&s, 'T') && !take_byte(&s, ' ') && !take_byte(&s, 't')) return false;
        if (!take_clock(&s, &clock) || !take_offset(&s, &offset)) return false;
    }
    *seconds = day * SECONDS_A_DAY + clock - offset;
    return s.len == 0;
}
