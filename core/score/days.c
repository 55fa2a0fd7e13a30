// Dates that can be told at sight.
#include "worker.h"

// Whether s is THH:MM or THH:MM:SS, in range, a Z behind it or not.
static bool is_plain_clock(str s)
{
    if (s.len && s.data[s.len - 1] == 'Z') s.len--;
    if ((s.len != 6 && s.len != 9) || s.data[0] != 'T') return false;
    for (size_t i = 1; i < s.len; i += 3) {
        unsigned tens = (unsigned char)(s.data[i] - '0'),
                 ones = (unsigned char)(s.data[i + 1] - '0');
        unsigned most = i == 1 ? 23 : 59;
        if (tens > 9 || ones > 9 || tens * 10 + ones > most) return false;
        if (i > 1 && s.data[i - 1] != ':') return false;
    }
    return true;
}

bool score_plain_day(str text, int64_t *day)
{
    enum { DATE_BYTES = 10 };
    const char *at = text.data;
    if (text.len < DATE_BYTES || at[4] != '-' || at[7] != '-') return false;
    if (text.len > DATE_BYTES && !is_plain_clock(str_from(text, DATE_BYTES))) return false;
    static const unsigned char places[] = {0, 1, 2, 3, 5, 6, 8, 9};
    unsigned digits[8], bad = 0;
    for (int i = 0; i < 8; i++) {
        digits[i] = (unsigned char)(at[places[i]] - '0');
        bad |= digits[i] > 9;
    }
    unsigned year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    unsigned month = digits[4] * 10 + digits[5], number = digits[6] * 10 + digits[7];
    if (bad || month - 1 > 11 || number - 1 > 27 || year == 0) return false;
    // Howard Hinnant's days_from_civil; years begin in March.
    unsigned shifted = year - (month <= 2), era = shifted / 400, of_era = shifted % 400;
    unsigned of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + number - 1;
    *day = (int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return true;
}
