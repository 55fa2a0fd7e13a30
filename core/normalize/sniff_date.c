#include "sniff.h"

const char *date_order_name(enum date_order order)
{
    static const char *const names[] = {"not seen", "day first", "month first", "year first"};
    return names[order];
}

// The three numbers of a date written in digits, how long each is, and the mark between them.
struct date_parts {
    uint32_t number[3];
    size_t len[3];
    char mark;
    str rest; // what follows: a time, or nothing
};

static bool read_parts(str value, struct date_parts *parts)
{
    size_t at = 0;
    for (size_t i = 0; i < 3; i++) {
        if (i == 1) parts->mark = at < value.len ? value.data[at] : '\0';
        if (i > 0 && (at >= value.len || value.data[at++] != parts->mark)) return false;
        for (; at < value.len && byte_is_digit(value.data[at]) && parts->len[i] < 4; at++) {
            parts->number[i] = parts->number[i] * 10 + (uint32_t)(value.data[at] - '0');
            parts->len[i]++;
        }
        if (parts->len[i] == 0) return false;
    }
    parts->rest = str_from(value, at);
    char next = at < value.len ? value.data[at] : ' ';
    bool known = parts->mark == '/' || parts->mark == '-' || parts->mark == '.';
    return known && !byte_is_digit(next) && next != parts->mark;
}

static bool has_clock_12(str value)
{
    for (size_t i = 1; i + 1 < value.len; i++) {
        char first = byte_lower(value.data[i]), second = byte_lower(value.data[i + 1]);
        if ((first == 'a' || first == 'p') && second == 'm' && !byte_is_letter(value.data[i - 1])) {
            return i + 2 == value.len || !byte_is_letter(value.data[i + 2]);
        }
    }
    return false;
}

static bool within(uint32_t number, uint32_t max) { return number >= 1 && number <= max; }

// Which count a date written in digits belongs to.
static uint32_t *count_of(struct date_evidence *evidence, const struct date_parts *parts)
{
    uint32_t first = parts->number[0], second = parts->number[1];
    if (parts->len[0] == 4) {
        bool is_date = within(second, 12) && within(parts->number[2], 31);
        return is_date ? &evidence->year_first : &evidence->other;
    }
    bool is_day = within(first, 31) && within(second, 12);
    bool is_month = within(first, 12) && within(second, 31);
    bool fits = parts->len[0] <= 2 && parts->len[1] <= 2 && parts->len[2] % 2 == 0;
    if (!fits || (!is_day && !is_month)) return &evidence->other;
    if (parts->mark == '.' && is_day) return &evidence->dotted;
    if (is_day && is_month) return &evidence->either;
    return is_day ? &evidence->day_first : &evidence->month_first;
}

void sniff_date(struct date_evidence *evidence, str value)
{
    value = str_trim(value);
    if (value.len && value.data[0] == '\'') value = str_from(value, 1);
    struct date_parts parts = {0};
    if (!read_parts(value, &parts)) {
        evidence->other++;
        return;
    }
    ++*count_of(evidence, &parts);
    evidence->clock_12 += has_clock_12(parts.rest);
}

enum date_order date_evidence_order(const struct date_evidence *evidence)
{
    // Dots speak for the day only when no slashes say otherwise.
    uint32_t day = evidence->day_first, month = evidence->month_first;
    if (day == 0 && month == 0) day = evidence->dotted;
    if (day == 0 && month == 0) {
        bool is_iso = evidence->year_first && !evidence->either;
        return is_iso ? DATE_YEAR_FIRST : DATE_ORDER_UNSEEN;
    }
    return day >= month ? DATE_DAY_FIRST : DATE_MONTH_FIRST;
}

uint32_t date_evidence_against(const struct date_evidence *evidence, enum date_order order)
{
    if (order == DATE_DAY_FIRST) return evidence->month_first;
    if (order == DATE_MONTH_FIRST) return evidence->day_first;
    return 0;
}
