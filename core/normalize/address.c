#include "address.h"

enum { CODE_LEN_MAX = 12, CELL_LEN_MAX = 24, FORMAT_LEN_MAX = 16 };

// The lengths of codes that are digits alone and which no format changes, one bit each: most codes
// are such, and are answered without trying formats.
static uint16_t plain_lengths(str formats)
{
    uint32_t plain = 0, other = 0; // lengths; of formats that write something else
    str format;
    while (str_cut(&formats, '|', &format)) {
        uint32_t letters = 0, digits = 0;
        for (size_t i = 0; i < format.len; i++) {
            letters += byte_is_letter(format.data[i]);
            digits += format.data[i] == 'n';
        }
        if (letters > CODE_LEN_MAX) return 0;
        if (digits == format.len) plain |= 1u << digits & ~other;
        // Capitals may be missing in a code: it may be as short as what is left.
        for (uint32_t len = digits; digits < format.len && len <= letters; len++)
            other |= 1u << len;
    }
    return (uint16_t)plain;
}

bool address_rules_load(struct address_rules *rules, struct rulebook *book, struct err *err)
{
    static const char file[] = "normalize/postal_codes.tsv";
    int country;
    if (!table_load(&rules->table, book, str_of(file), err) ||
        !table_need(&rules->table, file, "country", &country, err) ||
        !table_need(&rules->table, file, "formats", &rules->formats, err) ||
        !table_need(&rules->table, file, "zeros", &rules->zeros, err)) {
        return false;
    }
    for (size_t i = 0; i < rules->table.rows && i < UINT16_MAX; i++) {
        str code = table_cell(&rules->table, i, country);
        if (code.len != 2 || !byte_is_upper(code.data[0]) || !byte_is_upper(code.data[1])) continue;
        rules->rows[code.data[0] - 'A'][code.data[1] - 'A'] = (uint16_t)(i + 1);
        rules->plain[code.data[0] - 'A'][code.data[1] - 'A'] =
            plain_lengths(table_cell(&rules->table, i, rules->formats));
    }
    return true;
}

void address_rules_release(struct address_rules *rules)
{
    table_release(&rules->table);
    *rules = (struct address_rules){0};
}

// Letters in capitals and digits only; false when there are too many or anything else but blanks,
// dots and hyphens.
static bool compact(str cell, char out[CELL_LEN_MAX], size_t *len)
{
    *len = 0;
    if (cell.len > CELL_LEN_MAX) return false;
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.data[i];
        if (byte_is_letter(c))
            out[(*len)++] = c & ~32;
        else if (byte_is_digit(c))
            out[(*len)++] = c;
        else if (c != ' ' && c != '-' && c != '.')
            return false;
    }
    return *len > 0;
}

static bool matches(char pattern, char c)
{
    switch (pattern) {
    case 'n': return byte_is_digit(c);
    case 'a': return byte_is_letter(c);
    case 'x': return byte_is_letter(c) || byte_is_digit(c);
    default: return pattern == c;
    }
}

// Writes the code in the format; false when it has another one. Capitals at the start of a format
// (LV-nnnn) may be missing in the code.
static bool apply(str format, str code, char out[FORMAT_LEN_MAX], size_t *len)
{
    size_t at = 0;
    bool lacks_start = code.len && byte_is_digit(code.data[0]);
    bool is_start = true;
    *len = 0;
    if (format.len > FORMAT_LEN_MAX) return false;
    for (size_t i = 0; i < format.len; i++) {
        char pattern = format.data[i];
        is_start = is_start && byte_is_upper(pattern);
        char c = pattern;
        if (byte_is_letter(pattern) && !(is_start && lacks_start)) {
            if (at == code.len || !matches(pattern, code.data[at])) return false;
            c = code.data[at++];
        }
        out[(*len)++] = c;
    }
    return at == code.len;
}

static bool apply_any(str formats, str code, char out[FORMAT_LEN_MAX], size_t *len)
{
    str format;
    while (str_cut(&formats, '|', &format)) {
        if (apply(format, code, out, len)) return true;
    }
    return false;
}

// How many digits the first format has when it is made of digits only, else 0.
static size_t digit_count(str formats)
{
    size_t count = 0;
    for (size_t i = 0; i < formats.len && formats.data[i] != '|'; i++) {
        if (formats.data[i] == 'n')
            count++;
        else if (byte_is_letter(formats.data[i]))
            return 0;
    }
    return count;
}

static bool is_digits(str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.data[i])) return false;
    }
    return text.len > 0;
}

// "FI-00100", "D-80331", "S 123 45": without the country before the digits.
static str skip_country(str code, str country)
{
    size_t letters = 0;
    while (letters < code.len && byte_is_letter(code.data[letters])) letters++;
    if (letters == 0 || letters > 3 || letters == code.len) return code;
    static const char signs[] =
        "D DE|S SE|F FR|A AT|I IT|B BE|N NO|L LU|H HU|E ES|P PT|FIN FI|SF FI|"
        "CHE CH|FL LI|DEU DE|";
    str rest = {signs, sizeof signs - 2}, pair, sign = str_first(code, letters);
    bool is_known = str_equal(sign, country);
    while (!is_known && str_cut(&rest, '|', &pair)) {
        is_known = pair.len == letters + 3 && str_starts(pair, sign) && str_ends(pair, country);
    }
    return is_known ? str_from(code, letters) : code;
}

static struct value found(str cell, const char *text, size_t len, const char *reason,
                          struct arena *arena)
{
    str code = {text, len};
    if (str_equal(cell, code)) return value_kept(cell);
    return (struct value){arena_copy(arena, code), reason, true};
}

static struct value fill_zeros(str cell, str code, str formats, str zeros, struct arena *arena)
{
    char padded[CODE_LEN_MAX], out[FORMAT_LEN_MAX];
    size_t digits = digit_count(formats), len;
    size_t least =
        zeros.len == 1 && byte_is_digit(zeros.data[0]) ? (size_t)(zeros.data[0] - '0') : 0;
    if (!least || code.len < least || code.len >= digits || digits > CODE_LEN_MAX ||
        !is_digits(code)) {
        return value_bad(cell);
    }
    memset(padded, '0', digits - code.len);
    memcpy(padded + digits - code.len, code.data, code.len);
    if (!apply_any(formats, (str){padded, digits}, out, &len)) return value_bad(cell);
    return found(cell, out, len, "zero_fill", arena);
}

struct value postal_code(const struct address_rules *rules, str cell, str country,
                         struct arena *arena)
{
    if (cell.len == 0 || country.len != 2) return value_kept(cell);
    if (!byte_is_upper(country.data[0]) || !byte_is_upper(country.data[1])) return value_kept(cell);
    uint16_t row = rules->rows[country.data[0] - 'A'][country.data[1] - 'A'];
    if (row == 0) return value_kept(cell);
    uint16_t plain = rules->plain[country.data[0] - 'A'][country.data[1] - 'A'];
    if (cell.len <= CODE_LEN_MAX && plain >> cell.len & 1 && is_digits(cell)) {
        return value_kept(cell);
    }
    str formats = table_cell(&rules->table, row - 1u, rules->formats);
    str zeros = table_cell(&rules->table, row - 1u, rules->zeros);
    // A number that went through a spreadsheet: "100.0".
    str typed = str_ends(cell, STR(".0")) ? str_first(cell, cell.len - 2) : cell;
    char bytes[CELL_LEN_MAX], out[FORMAT_LEN_MAX];
    size_t len, out_len;
    if (!compact(typed, bytes, &len)) return value_bad(cell);
    str code = {bytes, len};
    if (apply_any(formats, code, out, &out_len)) {
        return found(cell, out, out_len, "postal_code", arena);
    }
    code = skip_country(code, country);
    if (code.len < len && apply_any(formats, code, out, &out_len)) {
        return found(cell, out, out_len, "postal_code", arena);
    }
    return fill_zeros(cell, code, formats, zeros, arena);
}
