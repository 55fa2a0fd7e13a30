#include "phone_slow.h"

#include "core/base/utf8.h"
#include "phone_repair.h"

enum { PARTS_MAX = 8, NUMBER_DIGITS_MIN = 6, WORD_BYTES_MAX = 32 };

// What one text is read with: passed around instead of six arguments.
struct job {
    const struct phone_rules *rules;
    const struct phone_plan *home;
    str text;
    struct phone_symbols symbols;
    struct phone_scan scan;       // of the whole text
    struct phone_reading reading; // of the whole text, as libphonenumber would
    bool is_number;               // the scan found one
    struct phone *out;
};

// --- reading parts ------------------------------------------------------------------------------

// Reads the symbols from `from` to `to`. True when they are a valid number.
static bool read_part(struct job *job, size_t from, size_t to, struct phone_scan *scan,
                      struct phone_reading *reading)
{
    struct phone_symbols part;
    part.len = (uint16_t)(to - from);
    memcpy(part.at, job->symbols.at + from, to - from);
    if (!phone_scan(&part, scan)) return false;
    return phone_read(job->rules, job->home, scan->has_plus, scan->digits, scan->count, reading) &&
           phone_is_good(reading);
}

static void put_extension(struct phone *out, const struct phone_scan *scan)
{
    for (size_t i = 0; i < scan->extension_len; i++) {
        out->ext[i] = (char)('0' + scan->extension[i]);
    }
    out->ext_len = scan->extension_len;
}

static void accept(struct job *job, const struct phone_reading *reading,
                   const struct phone_scan *scan, const char *reason)
{
    phone_fill(reading, job->out);
    job->out->reason = reason;
    if (scan) put_extension(job->out, scan);
}

static bool is_digit(uint8_t symbol) { return byte_is_digit((char)symbol); }

static bool is_any_letter(uint8_t symbol)
{
    if (symbol < 0x80) return byte_is_letter((char)symbol);
    return symbol >= SYMBOL_WIDE_X && symbol <= SYMBOL_LETTER;
}

// --- spreadsheets -------------------------------------------------------------------------------

// Digits that a spreadsheet took for a number: "358401234567.0", "3.58401E+11".
struct figure {
    uint8_t digits[PHONE_NSN_MAX + 4];
    size_t count; // before and after the point
    size_t decimals;
    bool has_exponent;
    size_t exponent;
    bool has_plus;
};

static bool take_figure(const struct phone_symbols *symbols, struct figure *figure)
{
    size_t at = 0, end = symbols->len, point = 0;
    while (end && symbols->at[end - 1] == ' ') end--;
    while (at < end && symbols->at[at] == ' ') at++;
    *figure = (struct figure){.has_plus = at < end && symbols->at[at] == '+'};
    at += figure->has_plus;
    for (; at < end && (symbols->at[at] | 32) != 'e'; at++) {
        bool is_point = symbols->at[at] == '.' || symbols->at[at] == ',';
        if (is_point && !point && figure->count) {
            point = figure->count;
        } else if (is_digit(symbols->at[at]) && figure->count < sizeof figure->digits) {
            figure->digits[figure->count++] = (uint8_t)(symbols->at[at] - '0');
        } else {
            return false;
        }
    }
    figure->decimals = point ? figure->count - point : 0;
    if (at == end) return figure->decimals > 0;
    figure->has_exponent = true;
    at++;
    if (at < end && symbols->at[at] == '+') at++;
    if (at == end || end - at > 2) return false;
    for (; at < end; at++) {
        if (!is_digit(symbols->at[at])) return false;
        figure->exponent = figure->exponent * 10 + (size_t)(symbols->at[at] - '0');
    }
    return figure->count >= 2 && figure->exponent >= 5;
}

// True when the text was a spreadsheet's number, for better or worse.
static bool parse_figure(struct job *job)
{
    struct figure figure;
    struct phone_reading reading;
    if (!take_figure(&job->symbols, &figure)) return false;
    size_t count = figure.count;
    if (figure.has_exponent) {
        // One digit before the point and all others behind it: nothing was lost.
        if (figure.decimals != figure.exponent || figure.count != figure.exponent + 1) {
            job->out->level = PHONE_INVALID;
            job->out->reason = "excel_damaged";
            return true;
        }
    } else {
        for (; figure.decimals; figure.decimals--) {
            if (figure.digits[--count] != 0) return false;
        }
        if (count < 7) return false;
    }
    if (!phone_read(job->rules, job->home, figure.has_plus, figure.digits, count, &reading) &&
        !phone_read(job->rules, job->home, true, figure.digits, count, &reading)) {
        return false;
    }
    if (!phone_is_good(&reading)) return false;
    accept(job, &reading, NULL, "excel_float");
    return true;
}

// --- several numbers ----------------------------------------------------------------------------

// A run of symbols that holds at most one number: digits and what stands between them, but no /, no
// letter, no two blanks, and no + behind a digit.
struct part {
    uint16_t from, to;
    uint16_t digits;
};

static bool belongs_to_part(uint8_t symbol)
{
    switch (symbol) {
    case '+':
    case '-':
    case ' ':
    case '(':
    case ')':
    case '.':
    case '[':
    case ']':
    case '~':
    case '*':
    case SYMBOL_NBSP:
    case SYMBOL_PUNCTUATION:
    case SYMBOL_WIDE_STOP:
    case SYMBOL_WIDE_TILDE: return true;
    default: return is_digit(symbol);
    }
}

// The parts that hold digits, PARTS_MAX at most: the last one then has all the rest.
static size_t take_parts(const struct phone_symbols *symbols, struct part parts[PARTS_MAX])
{
    size_t count = 0;
    struct part part = {0};
    for (uint16_t i = 0; i <= symbols->len; i++) {
        uint8_t symbol = i < symbols->len ? symbols->at[i] : SYMBOL_OTHER;
        bool begins = symbol == '+' && part.digits && i && symbols->at[i - 1] != '+';
        bool is_wide_gap = symbol == ' ' && i && symbols->at[i - 1] == ' ';
        bool ends = i == symbols->len || begins || is_wide_gap || !belongs_to_part(symbol);
        if (ends) {
            part.to = i;
            if (part.digits) parts[count++] = part;
            if (count == PARTS_MAX) break;
            part = (struct part){.from = begins ? i : (uint16_t)(i + 1)};
        }
        if (i < symbols->len && is_digit(symbol)) part.digits++;
    }
    if (count == PARTS_MAX) parts[count - 1].to = symbols->len;
    return count;
}

// Whether a number follows the part `before`; *at is the part that it begins with.
static bool find_further(struct job *job, const struct part *parts, size_t count, size_t before,
                         size_t *at)
{
    struct phone_scan scan;
    struct phone_reading reading;
    for (size_t i = before + 1; i < count; i++) {
        for (size_t last = i; last < count; last++) {
            if (last > i + 1 && last + 1 < count) continue;
            if (parts[i].digits < NUMBER_DIGITS_MIN && last == i) continue;
            if (read_part(job, parts[i].from, parts[last].to, &scan, &reading) &&
                reading.count >= NUMBER_DIGITS_MIN) {
                *at = i;
                return true;
            }
        }
    }
    return false;
}

// "1234567/8": the last digits of another number, not digits of this one.
static bool is_short_alternative(const struct job *job, const struct part *parts, size_t count,
                                 size_t last)
{
    return last + 2 == count && parts[count - 1].digits <= 2 && parts[last].digits >= 5 &&
           job->symbols.at[parts[last].to] == '/';
}

static str text_from(const struct job *job, size_t symbol)
{
    return str_from(job->text, job->symbols.offset[symbol]);
}

// True when the text holds two numbers or more that are valid each on its own. Where it is a valid
// number as a whole, only two runs of digits that are not divided themselves are two numbers.
static bool parse_several(struct job *job, bool is_valid, str *rest)
{
    struct part parts[PARTS_MAX];
    size_t count = take_parts(&job->symbols, parts), next;
    struct phone_scan scan;
    struct phone_reading reading;
    const struct phone_plan *home = job->home;
    for (size_t last = 0; last + 1 < count; last++) {
        job->home = home;
        if (!read_part(job, parts[0].from, parts[last].to, &scan, &reading)) continue;
        if (reading.count < NUMBER_DIGITS_MIN || scan.extension_len) continue;
        if (!job->home) job->home = reading.plan;
        bool may_be_two = !is_valid || count == 2;
        if (may_be_two && find_further(job, parts, count, last, &next)) {
            *rest = text_from(job, parts[next].from);
        } else if (reading.count <= NUMBER_DIGITS_MIN ||
                   !is_short_alternative(job, parts, count, last)) {
            continue;
        }
        accept(job, &reading, NULL, "several");
        return true;
    }
    job->home = home;
    return false;
}

// True when only one part of the text is a number: behind a short figure ("2: 040 123456") or
// before what is none.
static bool parse_one_part(struct job *job, str *rest)
{
    struct part parts[PARTS_MAX];
    size_t count = take_parts(&job->symbols, parts), next;
    struct phone_scan scan;
    struct phone_reading reading;
    for (size_t i = 0; count > 1 && i < count; i++) {
        if (read_part(job, parts[i].from, parts[i].to, &scan, &reading) &&
            reading.count >= NUMBER_DIGITS_MIN) {
            accept(job, &reading, &scan, "label");
            if (find_further(job, parts, count, i, &next)) *rest = text_from(job, parts[next].from);
            return true;
        }
        if (parts[i].digits > 2) return false;
    }
    return false;
}

// --- words --------------------------------------------------------------------------------------

// The place of the first letter behind the first two digits; the length when there is none.
static size_t first_letter(const struct phone_symbols *symbols)
{
    size_t digits = 0;
    for (size_t i = 0; i < symbols->len; i++) {
        digits += is_digit(symbols->at[i]);
        if (digits >= 2 && is_any_letter(symbols->at[i])) return i;
    }
    return symbols->len;
}

// Whether the letters from `from` are a word for an extension and its digits follow, and no others:
// then *scan gets them.
static bool take_extension_word(const struct job *job, size_t from, struct phone_scan *scan)
{
    const struct phone_symbols *symbols = &job->symbols;
    char word[WORD_BYTES_MAX + 4];
    size_t at = from, len = 0, digits = 0;
    while (at < symbols->len && is_any_letter(symbols->at[at])) {
        size_t byte = symbols->offset[at++];
        if (len > WORD_BYTES_MAX - 4) return false;
        len += utf8_put(word + len, utf8_lower(utf8_next(job->text, &byte)));
    }
    if (!map_find(&job->rules->extension_words, (str){word, len}, NULL)) return false;
    while (at < symbols->len && strchr(".:- ", symbols->at[at]) && symbols->at[at]) at++;
    while (at < symbols->len && is_digit(symbols->at[at]) && digits < 9) {
        scan->extension[digits++] = (uint8_t)(symbols->at[at++] - '0');
    }
    for (size_t i = at; i < symbols->len; i++) {
        if (is_digit(symbols->at[i])) return false;
    }
    if (digits == 0) return false;
    scan->extension_len = (uint8_t)digits;
    return true;
}

// True when what stands before the first letter is a valid number, so that the letters are not
// digits of it.
static bool parse_before_words(struct job *job)
{
    size_t letter = first_letter(&job->symbols);
    struct phone_scan scan;
    struct phone_reading reading;
    if (letter == job->symbols.len || !read_part(job, 0, letter, &scan, &reading)) return false;
    const char *reason = "label";
    if (take_extension_word(job, letter, &scan)) {
        reason = "ext_label";
    } else if (job->is_number) {
        scan.extension_len = job->scan.extension_len;
        memcpy(scan.extension, job->scan.extension, sizeof scan.extension);
    }
    accept(job, &reading, &scan, reason);
    return true;
}

// --- all together -------------------------------------------------------------------------------

// "+8 (495) 123-45-67": no calling code is written "8 ", so that this is Russia's +7 even where the
// digits are a valid number of +84 or +86.
static bool parse_plus_8(struct job *job)
{
    const struct phone_symbols *symbols = &job->symbols;
    size_t at = 0;
    struct phone_scan *scan = &job->scan;
    while (at < symbols->len && symbols->at[at] != '+' && !is_digit(symbols->at[at])) at++;
    if (at + 2 >= symbols->len || symbols->at[at] != '+' || symbols->at[at + 1] != '8')
        return false;
    uint8_t gap = symbols->at[at + 2];
    if (is_digit(gap) || is_any_letter(gap) || !job->is_number || scan->count != 11) return false;
    scan->digits[0] = 7;
    struct phone_reading reading;
    bool ok = phone_read_abroad(job->rules, scan->digits, scan->count, &reading);
    scan->digits[0] = 8;
    if (ok) accept(job, &reading, scan, "plus_8");
    return ok;
}

// Tabs, thin spaces, direction marks and the like between the digits are spaces.
static void clear_gaps(struct job *job)
{
    for (size_t i = 0; i < job->symbols.len; i++) {
        uint8_t *symbol = &job->symbols.at[i];
        if (*symbol == SYMBOL_OTHER) {
            size_t byte = job->symbols.offset[i];
            str rest = str_from(job->text, byte);
            if (utf8_valid_len(str_first(rest, job->symbols.offset[i + 1] - byte)) == 0) continue;
            int32_t c = utf8_next(job->text, &byte);
            if (utf8_is_space(c) || utf8_is_invisible(c) || c == 0xB7 || c == 0x2022) *symbol = ' ';
        } else if (*symbol == '\t' || *symbol == '_') {
            *symbol = ' ';
        }
    }
}

static bool has_digit(const struct phone_symbols *symbols)
{
    for (size_t i = 0; i < symbols->len; i++) {
        if (is_digit(symbols->at[i])) return true;
    }
    return false;
}

// Settles for what the digits of a scan are. True when they are valid after all.
static bool settle_scan(struct job *job, const struct phone_scan *scan,
                        const struct phone_reading *reading)
{
    struct phone_typed typed = {scan->digits, scan->count, scan->has_plus, scan->is_vanity};
    *job->out = (struct phone){0};
    bool is_valid = phone_settle(job->rules, job->home, typed, reading, job->out);
    if (job->out->len) put_extension(job->out, scan);
    return is_valid;
}

// The readings in the order of their trust; true when one is a valid number.
static bool parse_any(struct job *job, str *rest)
{
    const struct phone_scan *scan = &job->scan;
    if (parse_figure(job)) return true;
    job->is_number = phone_scan(&job->symbols, &job->scan);
    if (parse_plus_8(job)) return true;
    bool is_valid = job->is_number &&
                    phone_read(job->rules, job->home, scan->has_plus, scan->digits, scan->count,
                               &job->reading) &&
                    phone_is_good(&job->reading);
    // An extension that is called one is one, even where its digits are a number.
    bool is_clear = is_valid && (scan->in_context || (scan->has_label && scan->letters == 0));
    if (!is_clear && parse_several(job, is_valid, rest)) return true;
    if (is_valid && scan->letters == 0) {
        accept(job, &job->reading, scan, NULL);
        return true;
    }
    // The words of an RFC 3966 context are none.
    if (!(is_valid && scan->in_context) && parse_before_words(job)) return true;
    if (!is_valid) return false;
    accept(job, &job->reading, scan, scan->is_vanity ? "vanity" : NULL);
    return true;
}

// What is left when the text is no valid number with its words: without them, or repaired.
static void settle(struct job *job)
{
    struct phone_scan before;
    struct phone_reading reading;
    size_t letter = first_letter(&job->symbols);
    before.count = 0;
    bool is_whole = job->is_number && job->scan.in_context;
    if (letter < job->symbols.len && !is_whole) read_part(job, 0, letter, &before, &reading);
    if (before.count && settle_scan(job, &before, &reading)) return;
    if (!job->is_number || settle_scan(job, &job->scan, &job->reading)) return;
    // Three letters or more were taken for digits; a number before them says more.
    if (before.count >= 5) settle_scan(job, &before, &reading);
}

str phone_parse_slowly(const struct phone_rules *rules, str text, const struct phone_plan *home,
                       struct phone *out)
{
    struct job job;
    str rest = {"", 0};
    if (str_trim(text).len == 0) return rest;
    job.rules = rules;
    job.home = home;
    job.text = text;
    job.out = out;
    out->level = PHONE_INVALID;
    out->reason = "not_a_number";
    if (!phone_symbols_of(text, &job.symbols)) return rest;
    if (!has_digit(&job.symbols)) {
        out->level = PHONE_MISSING;
        out->reason = "no_digits";
        return rest;
    }
    clear_gaps(&job);
    if (!parse_any(&job, &rest) && !parse_one_part(&job, &rest)) settle(&job);
    return rest;
}
