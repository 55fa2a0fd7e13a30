#include "time_text.h"

#include <stdio.h>
#include <time.h>

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

bool time_parse(str text, int64_t *seconds)
{
    struct tm time = {0};
    if (!take_number(&text, 4, &time.tm_year) || !take(&text, '-')) return false;
    if (!take_number(&text, 2, &time.tm_mon) || !take(&text, '-')) return false;
    if (!take_number(&text, 2, &time.tm_mday)) return false;
    if (take(&text, 'T') || take(&text, ' ')) {
        if (!take_number(&text, 2, &time.tm_hour) || !take(&text, ':')) return false;
        if (!take_number(&text, 2, &time.tm_min)) return false;
        if (take(&text, ':') && !take_number(&text, 2, &time.tm_sec)) return false;
    }
    int64_t offset;
    if (!take_zone(&text, &offset) || text.len) return false;
    struct tm wanted = time;
    time.tm_year -= 1900;
    time.tm_mon -= 1;
    *seconds = timegm(&time) - offset;
    // timegm mends impossible dates; a mended date is not what was asked for.
    return time.tm_mday == wanted.tm_mday && time.tm_mon == wanted.tm_mon - 1 &&
           time.tm_hour == wanted.tm_hour && time.tm_min == wanted.tm_min;
}

void time_format(int64_t seconds, char out[21])
{
    time_t time = (time_t)seconds;
    struct tm parts;
    gmtime_r(&time, &parts);
    strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &parts);
}
