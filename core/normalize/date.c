#include "date.h"

#include "core/lead/fold.h"
#include "date_scan.h"

struct moment {
    int year, month, day;
    int hour, minute, second;
    int offset; // minutes
    bool has_time, has_offset;
    const char *reason;
};

bool date_rules_load(struct date_rules *rules, struct rulebook *book, struct err *err)
{
    static const char file[] = "normalize/month_names.tsv";
    int meaning, name;
    if (!table_load(&rules->table, book, str_of(file), err) ||
        !table_need(&rules->table, file, "meaning", &meaning, err) ||
        !table_need(&rules->table, file, "name", &name, err)) {
        return false;
    }
    for (size_t i = 0; i < rules->table.rows; i++) {
        str what = table_cell(&rules->table, i, meaning);
        uint32_t value = 0;
        for (size_t j = 0; j < what.len && byte_is_digit(what.data[j]); j++) {
            value = value * 10 + (uint32_t)(what.data[j] - '0');
        }
        if (str_equal(what, STR("skip"))) value = DATE_WORD_SKIP;
        if (str_equal(what, STR("am"))) value = DATE_WORD_AM;
        if (str_equal(what, STR("pm"))) value = DATE_WORD_PM;
        str key = fold_text(table_cell(&rules->table, i, name), 0, &rules->arena);
        if (value >= 1 && value <= DATE_WORD_PM) map_put(&rules->words, key, value);
    }
    return true;
}

void date_rules_release(struct date_rules *rules)
{
    map_release(&rules->words);
    table_release(&rules->table);
    arena_release(&rules->arena);
    *rules = (struct date_rules){0};
}

// ---- The calendar ----

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

static bool is_real(const struct moment *moment)
{
    if (moment->year < 1900 || moment->year > 2100) return false;
    if (moment->month < 1 || moment->month > 12 || moment->day < 1) return false;
    if (moment->day > month_days(moment->year, moment->month)) return false;
    if (moment->hour > 23 || moment->minute > 59 || moment->second > 59) return false;
    if (moment->offset < -14 * 60 || moment->offset > 14 * 60) return false;
    bool is_midnight = moment->hour == 0 && moment->minute == 0 && moment->second == 0;
    bool is_first = moment->month == 1 && moment->day == 1 && is_midnight;
    return !is_first || (moment->year != 1900 && moment->year != 1970);
}

// Year, month and day of a number of days since 1970-01-01, by 400-year cycles of 146,097 days
// that begin on 1 March (H. Hinnant, "chrono-compatible low-level date algorithms").
static void set_days(struct moment *moment, int64_t days)
{
    days += 719468;
    int64_t era = days / 146097, day = days % 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= 365 * year + year / 4 - year / 100;
    int64_t month = (5 * day + 2) / 153;
    moment->day = (int)(day - (153 * month + 2) / 5 + 1);
    moment->month = (int)(month < 10 ? month + 3 : month - 9);
    moment->year = (int)(year + era * 400 + (moment->month <= 2));
}

static void set_seconds(struct moment *moment, int64_t seconds)
{
    moment->hour = (int)(seconds / 3600);
    moment->minute = (int)(seconds / 60 % 60);
    moment->second = (int)(seconds % 60);
    moment->has_time = true;
}

// ---- The time ----

// The pieces of a time from `from` on: hour, minute, second, fraction, half, zone, offset. Returns
// the piece behind them, or 0 when they are no time.
static size_t read_time(const struct date_pieces *pieces, size_t from, struct moment *moment)
{
    const struct date_piece *at = pieces->at;
    size_t i = from, end = pieces->count;
    if (i >= end || at[i].kind != DATE_NUMBER) return 0;
    if (at[i].digits == 6 || (at[i].digits == 4 && at[i].gap == 'T')) { // basic form
        int64_t value = at[i].digits == 4 ? at[i].value * 100 : at[i].value;
        if (value / 10000 > 23) return 0;
        set_seconds(moment, value / 10000 * 3600 + value / 100 % 100 * 60 + value % 100);
        if (value / 100 % 100 > 59 || value % 100 > 59) return 0;
        i++;
    } else {
        if (at[i].digits > 2) return 0;
        int parts[3] = {(int)at[i++].value, 0, 0};
        for (int part = 1; part < 3 && i < end; part++) {
            bool is_next = at[i].kind == DATE_NUMBER && at[i].digits == 2 &&
                           (at[i].gap == ':' || (at[i].gap == '.' && at[i - 1].gap != ':'));
            if (!is_next) break;
            parts[part] = (int)at[i++].value;
        }
        if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return 0;
        set_seconds(moment, parts[0] * 3600 + parts[1] * 60 + parts[2]);
    }
    bool has_fraction = i < end && at[i].kind == DATE_NUMBER && at[i - 1].gap == ':' &&
                        (at[i].gap == '.' || (at[i].gap == ',' && at[i].digits == 3)) &&
                        at[i].digits <= DATE_FRACTION_DIGITS;
    return has_fraction ? i + 1 : i;
}

static size_t read_half(const struct date_pieces *pieces, size_t i, struct moment *moment)
{
    if (i >= pieces->count || pieces->at[i].kind != DATE_HALF) return i;
    if (moment->hour == 12) moment->hour = 0;
    if (moment->hour < 12) moment->hour += (int)pieces->at[i].value;
    return i + 1;
}

static size_t read_offset(const struct date_pieces *pieces, size_t i, struct moment *moment)
{
    const struct date_piece *at = pieces->at;
    if (i < pieces->count && at[i].kind == DATE_ZONE) {
        moment->offset = (int)at[i++].value;
        moment->has_offset = true;
    }
    if (i >= pieces->count || at[i].kind != DATE_NUMBER) return i;
    if (at[i].gap != '+' && at[i].gap != '-') return i;
    int sign = at[i].gap == '-' ? -1 : 1;
    int64_t value = at[i].value;
    if (at[i].digits == 4)
        value = value / 100 * 60 + value % 100;
    else if (at[i].digits <= 2)
        value *= 60;
    else
        return i;
    i++;
    if (i < pieces->count && at[i].kind == DATE_NUMBER && at[i].gap == ':' && at[i].digits == 2) {
        value += at[i++].value;
    }
    moment->offset += sign * (int)value;
    moment->has_offset = true;
    return i;
}

// Where the time begins: the number before the first colon or before AM/PM, a number behind T, or
// the fourth number of a dotted date and time. The number of pieces when there is none.
static size_t find_time(const struct date_pieces *pieces)
{
    const struct date_piece *at = pieces->at;
    size_t numbers = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        if (at[i].gap == 'T') return i;
        bool is_next_colon = i + 1 < pieces->count && at[i + 1].gap == ':';
        bool is_next_half = i + 1 < pieces->count && at[i + 1].kind == DATE_HALF;
        if (at[i].kind == DATE_NUMBER && (is_next_colon || is_next_half)) return i;
        numbers += at[i].kind == DATE_NUMBER || at[i].kind == DATE_MONTH;
        if (numbers < 4) continue;
        bool is_dotted = at[i].gap == ' ' && i + 1 < pieces->count && at[i + 1].gap == '.';
        return is_dotted ? i : pieces->count;
    }
    return pieces->count;
}

// ---- The date ----

static int full_year(const struct date_piece *piece, const struct date_context *context)
{
    if (piece->digits > 2) return piece->digits == 4 ? (int)piece->value : 0;
    int latest = (context->year_now ? context->year_now : 2025) + 20;
    int year = latest - latest % 100 + (int)piece->value;
    return year > latest ? year - 100 : year;
}

// Day and month in the order of the column; false when in doubt or against it.
static bool set_day_month(struct moment *moment, int first, int second, char gap,
                          enum date_order order)
{
    bool is_day_first = order == DATE_DAY_FIRST;
    if (order != DATE_DAY_FIRST && order != DATE_MONTH_FIRST) {
        is_day_first = first > 12 || gap == '.';
        if (first <= 12 && second <= 12 && first != second && gap != '.') return false;
        if (gap == '.' && second > 12) is_day_first = false;
    }
    moment->day = is_day_first ? first : second;
    moment->month = is_day_first ? second : first;
    return moment->month <= 12;
}

static bool read_named(const struct date_piece *at, size_t count, struct moment *moment,
                       const struct date_context *context)
{
    const struct date_piece *numbers[2];
    size_t found = 0, months = 0;
    for (size_t i = 0; i < count; i++) {
        if (at[i].kind == DATE_MONTH) {
            moment->month = (int)at[i].value;
            months++;
        } else if (at[i].kind != DATE_NUMBER || found == 2) {
            return false;
        } else {
            numbers[found++] = &at[i];
        }
    }
    if (months != 1 || found == 0) return false;
    bool is_year_first = numbers[0]->digits > 2;
    if (found == 1) {
        if (is_year_first || !context->year_missing) return false;
        moment->day = (int)numbers[0]->value;
        moment->year = context->year_missing;
        return true;
    }
    if (numbers[is_year_first]->digits > 2) return false;
    moment->day = (int)numbers[is_year_first]->value;
    moment->year = full_year(numbers[!is_year_first], context);
    return true;
}

static bool read_three(const struct date_piece *at, struct moment *moment,
                       const struct date_context *context)
{
    if (at[0].digits == 4 || (at[0].digits <= 2 && at[2].digits <= 2 &&
                              (context->order == DATE_ISO || context->order == DATE_YEAR_FIRST))) {
        if (at[1].digits > 2 || at[2].digits > 2) return false;
        moment->year = full_year(&at[0], context);
        moment->month = (int)at[1].value;
        moment->day = (int)at[2].value;
        return true;
    }
    if (at[0].digits > 2 || at[1].digits > 2) return false;
    moment->year = full_year(&at[2], context);
    return set_day_month(moment, (int)at[0].value, (int)at[1].value, at[1].gap, context->order);
}

// A date in one number: 20260923, 20260923104520, seconds or milliseconds since 1970, a serial.
static bool read_one(const struct date_piece *at, struct moment *moment,
                     const struct date_context *context)
{
    int64_t value = at->value;
    if (at->digits == 14) {
        int64_t time = value % 1000000;
        set_seconds(moment, time / 10000 * 3600 + time / 100 % 100 * 60 + time % 100);
        if (time / 100 % 100 > 59 || time % 100 > 59) return false;
        value /= 1000000;
    }
    if (at->digits == 8 || at->digits == 14) {
        moment->year = (int)(value / 10000);
        moment->month = (int)(value / 100 % 100);
        moment->day = (int)(value % 100);
        return true;
    }
    if (at->digits == 13) value /= 1000;
    if (at->digits == 10 || at->digits == 13) {
        if (moment->has_time || value < 1000000000 || value > 4102444799) return false;
        set_days(moment, value / 86400);
        set_seconds(moment, value % 86400);
        moment->has_offset = true;
        moment->reason = "epoch";
        return true;
    }
    if (at->digits != 5 || !context->is_serial || value < 20000 || value > 60000) return false;
    set_days(moment, value - 25569); // day 25569 is 1970-01-01
    moment->reason = "excel_serial";
    return true;
}

static bool read_date(const struct date_piece *at, size_t count, struct moment *moment,
                      const struct date_context *context)
{
    for (size_t i = 0; i < count; i++) {
        if (at[i].kind == DATE_MONTH) return read_named(at, count, moment, context);
        if (at[i].kind != DATE_NUMBER || at[i].gap == '+') return false;
    }
    if (count == 3) return read_three(at, moment, context);
    if (count == 1) return read_one(at, moment, context);
    if (count != 2) return false;
    // A serial with a time: the fraction of a day.
    if (at[1].gap == '.' && at[0].digits == 5 && at[1].digits <= 12) {
        if (!read_one(at, moment, context)) return false;
        int64_t scale = 1;
        for (int i = 0; i < at[1].digits; i++) scale *= 10;
        int64_t seconds = (at[1].value * 86400 + scale / 2) / scale;
        if (seconds < 86400) set_seconds(moment, seconds);
        return seconds < 86400;
    }
    if (!context->year_missing || at[0].digits > 2 || at[1].digits > 2) return false;
    moment->year = context->year_missing;
    return set_day_month(moment, (int)at[0].value, (int)at[1].value, at[1].gap, context->order);
}

static bool read_moment(const struct date_pieces *pieces, struct moment *moment,
                        const struct date_context *context)
{
    size_t time = find_time(pieces), count = pieces->count;
    if (time == count) return read_date(pieces->at, count, moment, context);
    size_t end = read_time(pieces, time, moment);
    if (end == 0) return false;
    end = read_offset(pieces, read_half(pieces, end, moment), moment);
    end = read_half(pieces, end, moment);
    if (time == 0) return read_date(pieces->at + end, count - end, moment, context);
    return end == count && read_date(pieces->at, time, moment, context);
}

// ---- Writing ----

static char *put_number(char *at, int value, int digits)
{
    for (int i = digits; i-- > 0; value /= 10) at[i] = (char)('0' + value % 10);
    return at + digits;
}

static str write_moment(const struct moment *moment, struct arena *arena)
{
    char *out = arena_bytes(arena, 25), *at = put_number(out, moment->year, 4);
    *at++ = '-';
    at = put_number(at, moment->month, 2);
    *at++ = '-';
    at = put_number(at, moment->day, 2);
    if (moment->has_time) {
        *at++ = 'T';
        at = put_number(at, moment->hour, 2);
        *at++ = ':';
        at = put_number(at, moment->minute, 2);
        *at++ = ':';
        at = put_number(at, moment->second, 2);
        if (moment->has_offset && moment->offset == 0) {
            *at++ = 'Z';
        } else if (moment->has_offset) {
            int minutes = moment->offset < 0 ? -moment->offset : moment->offset;
            *at++ = moment->offset < 0 ? '-' : '+';
            at = put_number(at, minutes / 60, 2);
            *at++ = ':';
            at = put_number(at, minutes % 60, 2);
        }
    }
    arena_trim(arena, at);
    return (str){out, (size_t)(at - out)};
}

// ---- Canonical cells ----

static int read_digits(const char *at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!byte_is_digit(at[i])) return -1;
        value = value * 10 + (at[i] - '0');
    }
    return value;
}

// Reads YYYY-MM-DD[THH:MM:SS[Z|+HH:MM]] with nothing to change in it.
static bool read_canonical(str cell, struct moment *moment)
{
    const char *p = cell.data;
    if (cell.len != 10 && cell.len != 19 && cell.len != 20 && cell.len != 25) return false;
    if (p[4] != '-' || p[7] != '-') return false;
    moment->year = read_digits(p, 4);
    moment->month = read_digits(p + 5, 2);
    moment->day = read_digits(p + 8, 2);
    int parts[5] = {0};
    if (cell.len > 10) {
        if (p[10] != 'T' || p[13] != ':' || p[16] != ':') return false;
        for (int i = 0; i < 3; i++) parts[i] = read_digits(p + 11 + i * 3, 2);
    }
    if (cell.len == 20 && p[19] != 'Z') return false;
    if (cell.len == 25) {
        if ((p[19] != '+' && p[19] != '-') || p[22] != ':') return false;
        parts[3] = read_digits(p + 20, 2);
        parts[4] = read_digits(p + 23, 2);
        if (parts[4] > 59 || (parts[3] == 0 && parts[4] == 0)) return false;
    }
    for (int i = 0; i < 5; i++) {
        if (parts[i] < 0) return false;
    }
    moment->hour = parts[0];
    moment->minute = parts[1];
    moment->second = parts[2];
    moment->offset = parts[3] * 60 + parts[4];
    return true;
}

static uint64_t word_at(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static int two_digits(const char *at) { return at[0] * 10 + at[1] - '0' * 11; }

// Whether it is a time as most systems write it, and neither one of the special cases nor late in
// its month: eight bytes at a time, a fifth of what reading it costs. False says nothing.
static bool is_usual(str cell)
{
    static const char form[] = "0000-00-00T00:00:00Z";
    // What takes a wrong byte's distance from the form over 127: ten for digits, one for signs.
    static const char over[] = "vvvvvvvvvvvvvv";
    static const size_t steps[] = {0, 8, 12};
    const uint64_t ones = 0x0101010101010101u;
    if (cell.len != sizeof form - 1) return false;
    const char *p = cell.data;
    uint64_t bad = 0;
    for (size_t i = 0; i < 3; i++) {
        uint64_t apart = word_at(p + steps[i]) ^ word_at(form + steps[i]);
        bad |= apart | ((apart & 0x7F * ones) + word_at(over + steps[i]));
    }
    if (bad & 0x80 * ones) return false;
    int year = two_digits(p) * 100 + two_digits(p + 2), month = two_digits(p + 5);
    int day = two_digits(p + 8);
    return year > 1900 && year <= 2100 && year != 1970 && month >= 1 && month <= 12 && day >= 1 &&
           day <= 28 && two_digits(p + 11) < 24 && two_digits(p + 14) < 60 &&
           two_digits(p + 17) < 60;
}

bool date_is_canonical(str cell)
{
    if (is_usual(cell)) return true;
    struct moment moment = {0};
    return read_canonical(cell, &moment) && is_real(&moment);
}

struct value date_normalize(const struct date_rules *rules, str cell,
                            const struct date_context *context, struct arena *arena)
{
    if (cell.len == 0 || is_usual(cell)) return value_kept(cell);
    struct moment moment = {0};
    if (read_canonical(cell, &moment)) {
        if (!is_real(&moment)) return value_bad(cell);
        if (!context->has_zone || cell.len != 19) return value_kept(cell);
    }
    moment = (struct moment){.reason = "iso_date"};
    struct date_pieces pieces;
    if (!date_scan(rules, cell, &pieces) || !read_moment(&pieces, &moment, context) ||
        !is_real(&moment)) {
        return value_bad(cell);
    }
    if (context->has_zone && moment.has_time && !moment.has_offset) {
        moment.has_offset = true;
        moment.offset = context->zone;
        if (strcmp(moment.reason, "excel_serial") != 0) moment.reason = "zone";
    }
    return value_of(cell, write_moment(&moment, arena), moment.reason);
}
