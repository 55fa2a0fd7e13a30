#include "phone_text.h"

#include "core/base/utf8.h"

static uint8_t wide_letter(int32_t c)
{
    switch (c < 0xFF41 ? c + 0x20 : c) {
    case 0xFF45: return SYMBOL_WIDE_E;
    case 0xFF49: return SYMBOL_WIDE_I;
    case 0xFF4E: return SYMBOL_WIDE_N;
    case 0xFF54: return SYMBOL_WIDE_T;
    case 0xFF58: return SYMBOL_WIDE_X;
    default: return SYMBOL_LETTER;
    }
}

static bool is_wide_letter(int32_t c)
{
    return (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}

static uint8_t symbol_of(int32_t c)
{
    if (c < 0x80) return (uint8_t)c;
    if (c >= 0x2010 && c <= 0x2015) return SYMBOL_PUNCTUATION;
    if (is_wide_letter(c)) return wide_letter(c);
    switch (c) {
    case 0xA0: return SYMBOL_NBSP;
    case 0xAD:
    case 0x200B:
    case 0x2053:
    case 0x2060:
    case 0x2212:
    case 0x223C:
    case 0x3000:
    case 0x30FC:
    case 0xFF08:
    case 0xFF09:
    case 0xFF0D:
    case 0xFF0F:
    case 0xFF3B:
    case 0xFF3D: return SYMBOL_PUNCTUATION;
    case 0xFF0E: return SYMBOL_WIDE_STOP;
    case 0xFF5E: return SYMBOL_WIDE_TILDE;
    case 0xFF03: return SYMBOL_WIDE_HASH;
    case 0xFF0B: return '+';
    case 0xD3:
    case 0xF3: return SYMBOL_O_ACUTE;
    case 0x301: return SYMBOL_ACUTE;
    case 0x414:
    case 0x434: return SYMBOL_DE;
    case 0x41E:
    case 0x43E: return SYMBOL_O;
    case 0x411:
    case 0x431: return SYMBOL_BE;
    default: break;
    }
    int value = utf8_digit_value(c);
    if (value >= 0) return (uint8_t)('0' + value);
    return utf8_is_letter(c) ? SYMBOL_LETTER : SYMBOL_OTHER;
}

bool phone_symbols_of(str text, struct phone_symbols *symbols)
{
    size_t at = 0, valid = 0;
    symbols->len = 0;
    if (text.len > 4 * PHONE_TEXT_MAX) return false;
    while (at < text.len) {
        if (symbols->len == PHONE_TEXT_MAX) return false;
        symbols->offset[symbols->len] = (uint16_t)at;
        if (valid <= at) valid = at + utf8_valid_len(str_from(text, at));
        uint8_t symbol = SYMBOL_OTHER;
        if (valid > at) {
            symbol = symbol_of(utf8_next(text, &at));
        } else {
            at++; // a byte that is not UTF-8
        }
        symbols->at[symbols->len++] = symbol;
    }
    symbols->offset[symbols->len] = (uint16_t)at;
    return true;
}

// A part of the symbols.
struct view {
    const uint8_t *at;
    size_t len;
};

static bool is_digit(uint8_t symbol) { return byte_is_digit((char)symbol); }

static bool is_letter(uint8_t symbol) { return symbol < 0x80 && byte_is_letter((char)symbol); }

// What may stand between the digits of a number; x is the place of a carrier code.
static bool is_between(uint8_t symbol)
{
    switch (symbol) {
    case '-':
    case 'x':
    case 'X':
    case ' ':
    case '(':
    case ')':
    case '.':
    case '[':
    case ']':
    case '/':
    case '~':
    case '*':
    case SYMBOL_NBSP:
    case SYMBOL_PUNCTUATION:
    case SYMBOL_WIDE_STOP:
    case SYMBOL_WIDE_TILDE: return true;
    default: return false;
    }
}

// Letters and digits, and # behind an extension: a number may end with these.
static bool may_end(uint8_t symbol)
{
    return is_digit(symbol) || is_letter(symbol) || symbol == '#' ||
           (symbol >= SYMBOL_WIDE_X && symbol <= SYMBOL_LETTER && symbol != SYMBOL_ACUTE);
}

static uint8_t lower(uint8_t symbol)
{
    return symbol < 0x80 ? (uint8_t)byte_lower((char)symbol) : symbol;
}

// Where `literal` (lower case when without_case) begins in view, at `from` or behind it; -1.
static ptrdiff_t find(struct view view, const char *literal, size_t from)
{
    size_t len = strlen(literal);
    for (size_t i = from; i + len <= view.len; i++) {
        if (memcmp(view.at + i, literal, len) == 0) return (ptrdiff_t)i;
    }
    return -1;
}

static struct view part(struct view view, size_t from, size_t to)
{
    return (struct view){view.at + from, to - from};
}

// --- extensions ---------------------------------------------------------------------------------

// What an extension's digits are, found from the end of the number.
struct ending {
    size_t digits_at, digits;
    bool has_hash; // a # behind them
};

static struct ending ending_of(struct view view)
{
    struct ending ending = {.has_hash = view.len && view.at[view.len - 1] == '#'};
    size_t end = view.len - ending.has_hash;
    ending.digits_at = end;
    while (ending.digits_at && is_digit(view.at[ending.digits_at - 1])) ending.digits_at--;
    ending.digits = end - ending.digits_at;
    return ending;
}

static bool is_blank(uint8_t symbol)
{
    return symbol == ' ' || symbol == '\t' || symbol == SYMBOL_NBSP;
}

// Steps over symbols of a label, without case; false when it is not there.
static bool accept(struct view view, size_t *at, const char *label)
{
    size_t i = *at;
    for (; *label; label++, i++) {
        if (i >= view.len || lower(view.at[i]) != (uint8_t)*label) return false;
    }
    *at = i;
    return true;
}

static bool accept_symbol(struct view view, size_t *at, uint8_t symbol)
{
    if (*at >= view.len || lower(view.at[*at]) != symbol) return false;
    *at += 1;
    return true;
}

// ext extn extension xt xtn extensi(o|ó)n, the wide letters of the same, доб, anexo.
static bool accept_clear_label(struct view view, size_t *at)
{
    size_t i = *at;
    if (accept(view, at, "anexo")) return true;
    if (accept_symbol(view, &i, SYMBOL_DE)) {
        if (!accept_symbol(view, &i, SYMBOL_O) || !accept_symbol(view, &i, SYMBOL_BE)) return false;
        *at = i;
        return true;
    }
    accept(view, &i, "e");
    if (accept(view, &i, "xt")) {
        size_t more = i;
        if (accept(view, &more, "ensi")) {
            if (accept(view, &more, "o")) {
                accept_symbol(view, &more, SYMBOL_ACUTE);
                i = more;
            } else if (accept_symbol(view, &more, SYMBOL_O_ACUTE)) {
                i = more;
            }
        }
        accept(view, &i, "n");
        *at = i;
        return true;
    }
    i = *at;
    accept_symbol(view, &i, SYMBOL_WIDE_E);
    if (!accept_symbol(view, &i, SYMBOL_WIDE_X) || !accept_symbol(view, &i, SYMBOL_WIDE_T)) {
        return false;
    }
    accept_symbol(view, &i, SYMBOL_WIDE_N);
    *at = i;
    return true;
}

static bool accept_unclear_label(struct view view, size_t *at)
{
    static const uint8_t signs[] = {
        'x', '#', '~', SYMBOL_WIDE_X, SYMBOL_WIDE_HASH, SYMBOL_WIDE_TILDE};
    for (size_t i = 0; i < sizeof signs; i++) {
        if (accept_symbol(view, at, signs[i])) return true;
    }
    if (accept(view, at, "int")) return true;
    size_t i = *at;
    if (!accept_symbol(view, &i, SYMBOL_WIDE_I) || !accept_symbol(view, &i, SYMBOL_WIDE_N) ||
        !accept_symbol(view, &i, SYMBOL_WIDE_T)) {
        return false;
    }
    *at = i;
    return true;
}

// Whether only what may follow a label stands before the digits: ": - ," and blanks.
static bool leads_to_digits(struct view view, size_t at)
{
    if (at < view.len &&
        (view.at[at] == ':' || view.at[at] == '.' || view.at[at] == SYMBOL_WIDE_STOP)) {
        at++;
    }
    while (at < view.len && (is_blank(view.at[at]) || view.at[at] == ',' || view.at[at] == '-')) {
        at++;
    }
    return at == view.len;
}

static bool is_dashes_and_spaces(struct view view, size_t at)
{
    for (size_t i = at; i < view.len; i++) {
        if (view.at[i] != '-' && view.at[i] != ' ') return false;
    }
    return at < view.len;
}

// Whether an extension begins at `from` and reaches the end. The less clear its label, the fewer
// digits it may have.
static bool extension_at(struct view view, size_t from, const struct ending *ending)
{
    struct view head = part(view, 0, ending->digits_at);
    size_t at = from;
    if (!ending->has_hash && accept(head, &at, ";ext=") && at == head.len) return true;
    at = from;
    while (at < head.len && (is_blank(head.at[at]) || head.at[at] == ',')) at++;
    size_t label = at;
    if (accept_clear_label(head, &label) && leads_to_digits(head, label)) return true;
    label = at;
    if (ending->digits <= 9 && accept_unclear_label(head, &label) && leads_to_digits(head, label)) {
        return true;
    }
    if (ending->has_hash && ending->digits <= 6 && is_dashes_and_spaces(head, from)) return true;
    at = from;
    while (at < head.len && is_blank(head.at[at])) at++;
    label = at;
    if (ending->digits <= 15 && (accept(head, &label, ",,") || accept(head, &label, ";")) &&
        leads_to_digits(head, label)) {
        return true;
    }
    label = at;
    while (accept(head, &label, ",")) {
    }
    return ending->digits <= 9 && label > at && leads_to_digits(head, label);
}

// The first place from `from` to `to` where an extension begins, or -1.
static ptrdiff_t find_extension(struct view view, size_t from, size_t to,
                                const struct ending *ending)
{
    if (ending->digits == 0 || ending->digits > PHONE_EXTENSION_MAX) return -1;
    if (to > ending->digits_at) to = ending->digits_at;
    // No label holds a digit.
    size_t behind = ending->digits_at;
    while (behind > from && !is_digit(view.at[behind - 1])) behind--;
    from = behind;
    for (size_t i = from; i <= to; i++) {
        if (extension_at(view, i, ending)) return (ptrdiff_t)i;
    }
    return -1;
}

// --- the number ---------------------------------------------------------------------------------

// Whether this can be a number: plus signs, three digits or more with punctuation between them,
// then digits, punctuation and letters, then perhaps an extension.
static bool is_viable(struct view view)
{
    if (view.len == 2 && is_digit(view.at[0]) && is_digit(view.at[1])) return true;
    size_t at = 0, digits = 0;
    while (at < view.len && view.at[at] == '+') at++;
    for (; digits < 3; at++) {
        if (at == view.len) return false;
        if (is_digit(view.at[at])) {
            digits++;
        } else if (!is_between(view.at[at])) {
            return false;
        }
    }
    size_t end = at;
    while (end < view.len &&
           (is_digit(view.at[end]) || is_between(view.at[end]) || is_letter(view.at[end]))) {
        end++;
    }
    if (end == view.len) return true;
    struct ending ending = ending_of(view);
    return find_extension(view, at, end, &ending) >= 0;
}

// From the first plus or digit to the last letter, digit or #, and not into a second number
// ("x302/x2303").
static struct view extract(struct view view)
{
    size_t from = 0;
    while (from < view.len && view.at[from] != '+' && !is_digit(view.at[from])) from++;
    view = part(view, from, view.len);
    while (view.len && !may_end(view.at[view.len - 1])) view.len--;
    for (size_t i = 0; i < view.len; i++) {
        if (view.at[i] != '/' && view.at[i] != '\\') continue;
        size_t next = i + 1;
        while (next < view.len && view.at[next] == ' ') next++;
        if (next < view.len && view.at[next] == 'x') return part(view, 0, i);
    }
    return view;
}

static bool is_global_context(struct view context)
{
    size_t digits = 0;
    for (size_t i = 1; i < context.len; i++) {
        bool is_separator = context.at[i] < 0x80 && strchr("-.()", context.at[i]);
        if (!is_digit(context.at[i]) && !is_separator) return false;
        digits += is_digit(context.at[i]);
    }
    return digits > 0;
}

// Labels of letters, digits and inner dashes with stops between; the last begins with a letter and
// one stop may follow it.
static bool is_domain_context(struct view context)
{
    if (context.len && context.at[context.len - 1] == '.') context.len--;
    size_t label = 0;
    for (size_t i = 0; i <= context.len; i++) {
        bool ends = i == context.len || context.at[i] == '.';
        bool is_name = !ends && (is_digit(context.at[i]) || is_letter(context.at[i]));
        if (!ends && !is_name && context.at[i] != '-') return false;
        if (!ends) continue;
        if (i == label || context.at[label] == '-' || context.at[i - 1] == '-') return false;
        if (i == context.len && !is_letter(context.at[label])) return false;
        label = i + 1;
    }
    return true;
}

// RFC 3966 "tel:7042;phone-context=+1-914-555": the number in its context, into `room`. False when
// the context is no context.
static bool in_context(struct view whole, size_t at, uint8_t *room, struct view *number)
{
    size_t begin = at + strlen(";phone-context=");
    ptrdiff_t semicolon = find(whole, ";", begin);
    struct view context = part(whole, begin, semicolon < 0 ? whole.len : (size_t)semicolon);
    bool is_global = context.len && context.at[0] == '+';
    if (context.len == 0) return false;
    if (is_global ? !is_global_context(context) : !is_domain_context(context)) return false;
    size_t len = 0;
    if (is_global) {
        memcpy(room, context.at, context.len);
        len = context.len;
    }
    ptrdiff_t tel = find(whole, "tel:", 0);
    size_t from = tel < 0 ? 0 : (size_t)tel + 4;
    if (from < at) {
        memcpy(room + len, whole.at + from, at - from);
        len += at - from;
    }
    *number = (struct view){room, len};
    return true;
}

static void take_digits(struct view view, struct phone_scan *scan)
{
    static const uint8_t key[26] = {2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6,
                                    6, 6, 7, 7, 7, 7, 8, 8, 8, 9, 9, 9, 9};
    scan->letters = 0;
    for (size_t i = 0; i < view.len; i++) scan->letters += is_letter(view.at[i]);
    scan->is_vanity = scan->letters >= 3;
    scan->count = 0;
    for (size_t i = 0; i < view.len; i++) {
        if (is_digit(view.at[i])) {
            scan->digits[scan->count++] = (uint8_t)(view.at[i] - '0');
        } else if (scan->is_vanity && is_letter(view.at[i])) {
            scan->digits[scan->count++] = key[(view.at[i] | 32) - 'a'];
        }
    }
}

bool phone_scan(const struct phone_symbols *symbols, struct phone_scan *scan)
{
    struct view view = {symbols->at, symbols->len}, number;
    uint8_t room[2 * PHONE_TEXT_MAX];
    ptrdiff_t context = find(view, ";phone-context=", 0);
    scan->in_context = context >= 0;
    if (scan->in_context) {
        if (!in_context(view, (size_t)context, room, &number)) return false;
    } else {
        number = extract(view);
    }
    ptrdiff_t subaddress = find(number, ";isub=", 0);
    if (subaddress > 0) number.len = (size_t)subaddress;
    if (!is_viable(number)) return false;
    scan->has_plus = number.at[0] == '+';
    scan->extension_len = 0;
    scan->has_label = false;
    struct ending ending = ending_of(number);
    ptrdiff_t extension = find_extension(number, 0, number.len, &ending);
    if (extension >= 0 && is_viable(part(number, 0, (size_t)extension))) {
        for (size_t i = 0; i < ending.digits; i++) {
            scan->extension[i] = (uint8_t)(number.at[ending.digits_at + i] - '0');
        }
        scan->extension_len = (uint8_t)ending.digits;
        for (size_t i = (size_t)extension; i < ending.digits_at; i++) {
            bool is_sign = may_end(number.at[i]) || number.at[i] == '~';
            bool is_pause = i && number.at[i] == ',' && number.at[i - 1] == ',';
            scan->has_label = scan->has_label || is_sign || is_pause;
        }
        number.len = (size_t)extension;
    }
    take_digits(number, scan);
    return true;
}
