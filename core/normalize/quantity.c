#include "quantity.h"

#include "core/base/utf8.h"
#include "core/lead/fold.h"

// ---- Pieces ----

enum piece_kind { PIECE_NUMBER, PIECE_WORD, PIECE_SIGN };

struct piece {
    enum piece_kind kind;
    str text;      // WORD, SIGN as typed
    int64_t value; // NUMBER in thousandths
    bool is_near;  // no blank before it
};

enum { PIECES_MAX = 16, CELL_LEN_MAX = 80 };

struct pieces {
    struct piece at[PIECES_MAX];
    size_t count;
};

static bool is_word_byte(char c) { return byte_is_letter(c) || (c & 0x80); }

// A sign of more than one byte that is no letter: dashes, "≥", "<" in full width.
static size_t wide_sign_len(str rest)
{
    size_t at = 0;
    int32_t c = utf8_next(rest, &at);
    return c >= 0x80 && !utf8_is_letter(c) && !utf8_is_mark(c) ? at : 0;
}

// Three digits behind a comma, dot, blank or apostrophe are thousands, when they end there.
static bool is_group(str text, size_t at)
{
    if (at + 4 > text.len) return false;
    char c = text.data[at];
    if (c != ',' && c != '.' && c != ' ' && c != '\'') return false;
    for (size_t i = 1; i < 4; i++) {
        if (!byte_is_digit(text.data[at + i])) return false;
    }
    return at + 4 == text.len || !byte_is_digit(text.data[at + 4]);
}

static bool read_number(str cell, size_t *at, int64_t *thousandths)
{
    size_t i = *at, start = *at;
    int64_t value = 0;
    while (i < cell.len && byte_is_digit(cell.data[i])) {
        if (value > 99999999) return false;
        value = value * 10 + (cell.data[i++] - '0');
    }
    while (value && i - start <= 3 && is_group(cell, i)) {
        if (value > 99999) return false;
        value = value * 1000 + (cell.data[i + 1] - '0') * 100 + (cell.data[i + 2] - '0') * 10 +
                (cell.data[i + 3] - '0');
        start = i + 1;
        i += 4;
    }
    value *= 1000;
    bool has_decimals = i + 1 < cell.len && (cell.data[i] == '.' || cell.data[i] == ',') &&
                        byte_is_digit(cell.data[i + 1]);
    if (has_decimals) {
        int scale = 100;
        for (i++; i < cell.len && byte_is_digit(cell.data[i]); i++) {
            value += scale * (cell.data[i] - '0');
            scale /= 10;
        }
    }
    *at = i;
    *thousandths = value;
    return true;
}

static bool cut(str cell, struct pieces *pieces)
{
    pieces->count = 0;
    if (cell.len > CELL_LEN_MAX) return false;
    size_t at = 0;
    bool is_near = false;
    while (at < cell.len) {
        size_t start = at, sign = 0;
        if (byte_is_blank(cell.data[at])) {
            at++;
            is_near = false;
            continue;
        }
        if (pieces->count == PIECES_MAX) return false;
        struct piece *piece = &pieces->at[pieces->count++];
        *piece = (struct piece){.is_near = is_near};
        if (byte_is_digit(cell.data[at])) {
            piece->kind = PIECE_NUMBER;
            if (!read_number(cell, &at, &piece->value)) return false;
        } else if ((sign = wide_sign_len(str_from(cell, at))) > 0 || !is_word_byte(cell.data[at])) {
            piece->kind = PIECE_SIGN;
            at += sign ? sign : 1;
        } else {
            piece->kind = PIECE_WORD;
            while (at < cell.len && is_word_byte(cell.data[at]) &&
                   !wide_sign_len(str_from(cell, at))) {
                utf8_next(cell, &at);
            }
        }
        piece->text = (str){cell.data + start, at - start};
        is_near = true;
    }
    return pieces->count > 0;
}

// ---- Words around numbers ----

struct reader {
    const struct word_rules *rules;
    struct arena *arena;
    struct pieces pieces;
    size_t at;
};

// The longest run of words and signs from here that is of that kind; its value, and steps over it.
static bool take(struct reader *reader, enum word_kind kind, str *value)
{
    size_t most = reader->pieces.count - reader->at < 4 ? reader->pieces.count - reader->at : 4;
    for (size_t n = most; n > 0; n--) {
        const struct piece *first = &reader->pieces.at[reader->at];
        const struct piece *last = first + n - 1;
        bool has_number = false;
        for (size_t i = 0; i < n; i++) has_number = has_number || first[i].kind == PIECE_NUMBER;
        if (has_number) continue;
        str text = {first->text.data,
                    (size_t)(last->text.data + last->text.len - first->text.data)};
        str found = word_find(reader->rules, kind, text, reader->arena);
        if (!found.data) continue;
        if (value) *value = found;
        reader->at += n;
        return true;
    }
    return false;
}

static bool at_sign(const struct reader *reader, str sign)
{
    return reader->at < reader->pieces.count && reader->pieces.at[reader->at].kind == PIECE_SIGN &&
           str_equal(reader->pieces.at[reader->at].text, sign);
}

static bool take_sign(struct reader *reader, str sign)
{
    if (!at_sign(reader, sign)) return false;
    reader->at++;
    return true;
}

// Words and signs that say nothing.
static bool skip(struct reader *reader)
{
    static const char *const signs[] = {".", ",", "(", ")", "~", ":", "/", "≈"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (take_sign(reader, str_of(signs[i]))) return true;
    }
    return take(reader, WORD_ABOUT, NULL) || take(reader, WORD_PEOPLE, NULL) ||
           take(reader, WORD_LEAST, NULL);
}

static int64_t to_number(str digits)
{
    int64_t value = 0;
    for (size_t i = 0; i < digits.len && byte_is_digit(digits.data[i]); i++) {
        value = value * 10 + (digits.data[i] - '0');
    }
    return value;
}

// A number in thousandths, with k or m behind it.
static bool take_number(struct reader *reader, int64_t *value)
{
    if (reader->at >= reader->pieces.count) return false;
    const struct piece *piece = &reader->pieces.at[reader->at];
    if (piece->kind != PIECE_NUMBER) return false;
    *value = piece->value;
    reader->at++;
    if (reader->at < reader->pieces.count && piece[1].is_near && piece[1].text.len == 1 &&
        (piece[1].text.data[0] | 32) == 'k') {
        *value *= 1000;
        reader->at++;
    }
    return true;
}

struct range {
    int64_t low, high; // thousandths
    bool is_more, is_less, is_range,
        is_open;  // "more than", "under", two numbers, "+" or "at least"
    int64_t unit; // of the kind asked for, 0 when none was met
};

// Reads "more than 5 - 10 + UNIT" with words around it; every piece must be understood.
static bool read_range(struct reader *reader, enum word_kind units, struct range *range)
{
    *range = (struct range){0};
    bool has_number = false;
    while (reader->at < reader->pieces.count) {
        int64_t value;
        str unit;
        if (take_number(reader, &value)) {
            if (range->is_range) return false;
            if (has_number)
                range->is_range = true;
            else
                range->low = value;
            range->high = value;
            has_number = true;
        } else if (units != WORD_KIND_COUNT && has_number && take(reader, units, &unit)) {
            if (range->unit && range->unit != to_number(unit)) return false;
            range->unit = to_number(unit);
        } else if (take_sign(reader, STR("+"))) {
            range->is_open = true;
        } else if (take_sign(reader, STR("≥"))) {
            range->is_open = true;
        } else if (take_sign(reader, STR("≤"))) {
            range->is_less = true;
        } else if (!has_number && take(reader, WORD_LESS, NULL)) { // "over the next", then "over"
            range->is_less = true;
        } else if (take(reader, WORD_LEAST, NULL)) { // ">=", then ">"
            range->is_open = true;
        } else if (take(reader, WORD_MORE, NULL)) {
            range->is_more = true;
        } else if (!(has_number && take(reader, WORD_TO, NULL)) && !skip(reader)) {
            return false;
        }
    }
    return has_number && (!range->is_range || range->low <= range->high);
}

static bool is_plain_number(str cell)
{
    if (cell.len == 0 || cell.len > 9 || (cell.data[0] == '0' && cell.len > 1)) return false;
    for (size_t i = 0; i < cell.len; i++) {
        if (!byte_is_digit(cell.data[i])) return false;
    }
    return true;
}

static struct value write_number(str cell, int64_t value, struct arena *arena)
{
    if (value > 999999999) return value_bad(cell); // nobody means that
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    str text = arena_copy(arena, (str){digits + at, sizeof digits - at});
    return value_of(cell, text, "number");
}

struct value quantity_employees(const struct word_rules *rules, str cell, struct arena *arena)
{
    if (cell.len == 0 || is_plain_number(cell)) return value_kept(cell);
    if (cell.len > CELL_LEN_MAX) return value_bad(cell);
    str known = word_find(rules, WORD_EMPLOYEES, cell, arena);
    if (known.data) return value_of(cell, known, "number");
    struct reader reader = {.rules = rules, .arena = arena};
    struct range range;
    if (!cut(cell, &reader.pieces) || !read_range(&reader, WORD_KIND_COUNT, &range)) {
        return value_bad(cell);
    }
    if (range.low % 1000) return value_bad(cell);
    int64_t low = range.low / 1000;
    if (range.is_more) low++;
    if (range.is_less && !range.is_range) low = low > 0 ? 1 : 0;
    return write_number(cell, low, arena);
}

// ---- Minutes ----

// "1:02:06", "62:06", "1:02": whole seconds, or -1.
static int64_t clock_seconds(const struct pieces *pieces)
{
    if (pieces->count != 3 && pieces->count != 5) return -1;
    int64_t parts[3] = {0};
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->at[i];
        if (i % 2 ? !str_equal(piece->text, STR(":")) : piece->kind != PIECE_NUMBER) return -1;
        if (i % 2 == 0) parts[i / 2] = piece->value / 1000;
    }
    if (parts[1] > 59 || parts[2] > 59) return -1;
    if (pieces->count == 5) return parts[0] * 3600 + parts[1] * 60 + parts[2];
    return parts[0] > 23 ? parts[0] * 60 + parts[1] : parts[0] * 3600 + parts[1] * 60;
}

// "1h 2m 6s", "2 h 44", "PT1H2M": whole seconds, or -1.
static int64_t unit_seconds(struct reader *reader)
{
    int64_t seconds = 0, last = 0;
    bool has_unit = false;
    if (str_equal_nocase(reader->pieces.at[0].text, STR("PT"))) reader->at++;
    while (reader->at < reader->pieces.count) {
        int64_t value;
        str unit;
        if (take_number(reader, &value)) {
            if (take(reader, WORD_TIME, &unit))
                last = to_number(unit);
            else if (last == 3600)
                last = 60; // "2 h 44"
            else if (!has_unit && reader->at == reader->pieces.count)
                last = 60;
            else
                return -1;
            has_unit = true;
            seconds += value * last / 1000;
        } else if (!take_sign(reader, STR(",")) && !take_sign(reader, STR(".")) &&
                   !(has_unit && take(reader, WORD_TO, NULL)) && !skip(reader)) {
            return -1;
        }
    }
    return has_unit ? seconds : -1;
}

struct value quantity_minutes(const struct word_rules *rules, str cell, struct arena *arena)
{
    if (cell.len == 0 || is_plain_number(cell)) return value_kept(cell);
    struct reader reader = {.rules = rules, .arena = arena};
    if (!cut(cell, &reader.pieces)) return value_bad(cell);
    if (take_sign(&reader, STR("<"))) return write_number(cell, 0, arena);
    int64_t seconds = clock_seconds(&reader.pieces);
    if (seconds < 0) seconds = unit_seconds(&reader);
    return seconds < 0 ? value_bad(cell) : write_number(cell, seconds / 60, arena);
}

// ---- Time frames ----

// The days of a time frame in words, or data NULL. *is_open: words for no upper end stand before it
// ("more than a year").
static str known_timeframe(struct reader *reader, str cell, bool *is_open)
{
    *is_open = false;
    bool is_cut = cut(cell, &reader->pieces);
    bool has_sign = is_cut && reader->pieces.at[0].kind == PIECE_SIGN; // not seen in a folded text
    str known = {NULL, 0};
    if (!has_sign) known = word_find(reader->rules, WORD_TIMEFRAME, cell, reader->arena);
    if (known.data || !is_cut) return known;
    *is_open = take(reader, WORD_LEAST, NULL) || take(reader, WORD_MORE, NULL);
    if (reader->at == reader->pieces.count) return known;
    str rest = str_from(cell, (size_t)(reader->pieces.at[reader->at].text.data - cell.data));
    reader->at = 0;
    return word_find(reader->rules, WORD_TIMEFRAME, rest, reader->arena);
}

struct value quantity_timeframe_days(const struct word_rules *rules, str cell, struct arena *arena)
{
    if (cell.len == 0 || is_plain_number(cell)) return value_kept(cell);
    if (cell.len > CELL_LEN_MAX) return value_bad(cell);
    struct reader reader = {.rules = rules, .arena = arena};
    struct range range;
    bool is_open;
    str known = known_timeframe(&reader, cell, &is_open);
    if (str_equal(known, STR("-"))) return value_of(cell, STR(""), "number");
    if (known.data && is_open && to_number(known)) {
        return write_number(cell, to_number(known) + 1, arena);
    }
    if (known.data) return value_of(cell, known, "number");
    if (reader.pieces.count == 0 || !read_range(&reader, WORD_DAY, &range) || !range.unit) {
        return value_bad(cell);
    }
    int64_t days = range.high * range.unit;
    if (days % 1000 || days > 9999000) return value_bad(cell);
    days /= 1000;
    if (range.is_more || range.is_open) days++;
    return write_number(cell, days, arena);
}
