#include "company_id.h"

enum { CELL_LEN_MAX = 40, ID_LEN_MAX = 20 };

// ---- Check digits ----

static int digit(str id, size_t i) { return id.data[i] - '0'; }

static bool are_digits(str id, size_t from, size_t to)
{
    if (to > id.len) return false;
    for (size_t i = from; i < to; i++) {
        if (!byte_is_digit(id.data[i])) return false;
    }
    return true;
}

static bool is_number(str id, size_t len) { return id.len == len && are_digits(id, 0, len); }

static int weighted(str id, const int weights[], size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++) sum += weights[i] * digit(id, i);
    return sum;
}

// Luhn: every second digit from the right doubled.
static bool is_luhn(str id)
{
    int sum = 0;
    for (size_t i = 0; i < id.len; i++) {
        int value = digit(id, id.len - 1 - i);
        if (i % 2) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

static int64_t number_of(str id, size_t from, size_t to)
{
    int64_t value = 0;
    for (size_t i = from; i < to; i++) value = value * 10 + digit(id, i);
    return value;
}

// The last digit is 11 minus the weighted sum modulo 11; 11 is written 0 and 10 does not occur.
static bool is_mod_11(str id, const int weights[], size_t count)
{
    int rest = 11 - weighted(id, weights, count) % 11;
    if (rest == 11) rest = 0;
    return rest < 10 && rest == digit(id, count);
}

// ---- Writing ----

// The digits of id in a pattern: # is the next digit, all else as it is.
static struct value write_id(str cell, str id, const char *pattern, const char *reason,
                             struct arena *arena)
{
    char out[ID_LEN_MAX + 8];
    size_t len = 0, at = 0;
    for (const char *p = pattern; *p && len < sizeof out; p++) {
        out[len++] = *p == '#' ? id.data[at++] : *p;
    }
    str text = {out, len};
    if (str_equal(cell, text)) return value_kept(cell);
    return (struct value){arena_copy(arena, text), reason, true};
}

static const char reason_id[] = "company_id";
static const char reason_zero[] = "zero_fill";

// id with a zero before it, in room.
static str with_zero(str id, char room[ID_LEN_MAX])
{
    room[0] = '0';
    memcpy(room + 1, id.data, id.len);
    return (str){room, id.len + 1};
}

// ---- Countries: id is capitals and digits, without the country ----

typedef struct value reader(str cell, str id, struct arena *arena);

static struct value read_fi(str cell, str id, struct arena *arena)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2};
    char room[ID_LEN_MAX];
    const char *reason = reason_id;
    if (is_number(id, 7)) {
        id = with_zero(id, room);
        reason = reason_zero;
    }
    if (!is_number(id, 8) || !is_mod_11(id, weights, 7)) return value_bad(cell);
    return write_id(cell, id, "#######-#", reason, arena);
}

static struct value read_se(str cell, str id, struct arena *arena)
{
    if (is_number(id, 12)) { // a VAT number ends in 01, a full org.nr begins with its century
        if (str_starts(id, STR("16")))
            id = str_from(id, 2);
        else if (str_ends(id, STR("01")))
            id = str_first(id, 10);
    }
    if (!is_number(id, 10) || !is_luhn(id)) return value_bad(cell);
    return write_id(cell, id, "######-####", reason_id, arena);
}

static struct value read_no(str cell, str id, struct arena *arena)
{
    static const int weights[] = {3, 2, 7, 6, 5, 4, 3, 2};
    if (str_ends(id, STR("MVA"))) id.len -= 3;
    if (!is_number(id, 9) || !is_mod_11(id, weights, 8)) return value_bad(cell);
    return write_id(cell, id, "#########", reason_id, arena);
}

static struct value read_dk(str cell, str id, struct arena *arena)
{
    static const int weights[] = {2, 7, 6, 5, 4, 3, 2, 1};
    if (!is_number(id, 8) || id.data[0] == '0' || weighted(id, weights, 8) % 11) {
        return value_bad(cell);
    }
    return write_id(cell, id, "########", reason_id, arena);
}

static struct value read_is(str cell, str id, struct arena *arena)
{
    static const int weights[] = {3, 2, 7, 6, 5, 4, 3, 2};
    if (!is_number(id, 10) || !is_mod_11(id, weights, 8)) return value_bad(cell);
    return write_id(cell, id, "######-####", reason_id, arena);
}

static struct value read_ee(str cell, str id, struct arena *arena)
{
    static const int vat[] = {3, 7, 1, 3, 7, 1, 3, 7};
    static const int first[] = {1, 2, 3, 4, 5, 6, 7}, second[] = {3, 4, 5, 6, 7, 8, 9};
    if (is_number(id, 9) && (10 - weighted(id, vat, 8) % 10) % 10 == digit(id, 8)) {
        return write_id(cell, id, "EE#########", reason_id, arena);
    }
    if (!is_number(id, 8)) return value_bad(cell);
    int check = weighted(id, first, 7) % 11;
    if (check == 10) check = weighted(id, second, 7) % 11 % 10;
    if (check != digit(id, 7)) return value_bad(cell);
    return write_id(cell, id, "########", reason_id, arena);
}

static struct value read_lv(str cell, str id, struct arena *arena)
{
    static const int weights[] = {9, 1, 4, 8, 3, 10, 2, 5, 7, 6};
    if (!is_number(id, 11) || digit(id, 0) < 4) return value_bad(cell);
    int rest = weighted(id, weights, 10) % 11;
    int check = rest < 4 ? 3 - rest : rest > 4 ? 14 - rest : -1;
    if (check != digit(id, 10)) return value_bad(cell);
    return write_id(cell, id, "###########", reason_id, arena);
}

// ISO 7064 MOD 11,10.
static bool is_mod_11_10(str id)
{
    int product = 10;
    for (size_t i = 0; i + 1 < id.len; i++) {
        int sum = (digit(id, i) + product) % 10;
        product = (sum ? sum : 10) * 2 % 11;
    }
    return (11 - product) % 10 == digit(id, id.len - 1);
}

static struct value read_de(str cell, str id, struct arena *arena)
{
    if (!is_number(id, 9) || id.data[0] == '0' || !is_mod_11_10(id)) return value_bad(cell);
    return write_id(cell, id, "DE#########", reason_id, arena);
}

static struct value read_at(str cell, str id, struct arena *arena)
{
    if (id.len == 9 && id.data[0] == 'U') id = str_from(id, 1);
    if (!is_number(id, 8)) return value_bad(cell);
    int sum = 4;
    for (size_t i = 0; i < 7; i++) {
        int value = digit(id, i);
        sum += i % 2 ? value / 5 + value * 2 % 10 : value;
    }
    if ((10 - sum % 10) % 10 != digit(id, 7)) return value_bad(cell);
    return write_id(cell, id, "ATU########", reason_id, arena);
}

static struct value read_ch(str cell, str id, struct arena *arena)
{
    static const int weights[] = {5, 4, 3, 2, 7, 6, 5, 4};
    if (id.len && id.data[0] == 'E') id = str_from(id, 1);
    static const char *const ends[] = {"MWST", "TVA", "IVA", "HR"};
    for (size_t i = 0; i < 4; i++) {
        if (str_ends(id, str_of(ends[i]))) id.len -= strlen(ends[i]);
    }
    if (!is_number(id, 9) || !is_mod_11(id, weights, 8)) return value_bad(cell);
    return write_id(cell, id, "CHE-###.###.###", reason_id, arena);
}

static struct value read_fr(str cell, str id, struct arena *arena)
{
    if (is_number(id, 14)) {
        return is_luhn(id) ? write_id(cell, id, "##############", reason_id, arena)
                           : value_bad(cell);
    }
    if (is_number(id, 11)) { // VAT: two digits that check the SIREN
        str siren = str_from(id, 2);
        if (number_of(id, 0, 2) != (12 + 3 * (number_of(siren, 0, 9) % 97)) % 97) {
            return value_bad(cell);
        }
        id = siren;
    }
    if (!is_number(id, 9) || !is_luhn(id)) return value_bad(cell);
    return write_id(cell, id, "#########", reason_id, arena);
}

static struct value read_be(str cell, str id, struct arena *arena)
{
    char room[ID_LEN_MAX];
    const char *reason = reason_id;
    if (is_number(id, 9)) {
        id = with_zero(id, room);
        reason = reason_zero;
    }
    if (!is_number(id, 10) || digit(id, 0) > 1) return value_bad(cell);
    if (97 - number_of(id, 0, 8) % 97 != number_of(id, 8, 10)) return value_bad(cell);
    return write_id(cell, id, "####.###.###", reason, arena);
}

// Old numbers check by weights, those of sole traders since 2020 by ISO 7064 MOD 97-10 over the
// whole, letters as two digits (N 23, L 21, B 11).
static struct value read_nl(str cell, str id, struct arena *arena)
{
    static const int weights[] = {9, 8, 7, 6, 5, 4, 3, 2};
    if (is_number(id, 8)) return write_id(cell, id, "########", reason_id, arena); // KvK: no check
    if (id.len != 12 || !are_digits(id, 0, 9) || id.data[9] != 'B' || !are_digits(id, 10, 12)) {
        return value_bad(cell);
    }
    int rest = weighted(id, weights, 8) % 11;
    int64_t head = (2321ll * 1000000000 + number_of(id, 0, 9)) % 97;
    int64_t whole = (head * 10000 + 1100 + number_of(id, 10, 12)) % 97;
    if (rest != digit(id, 8) && whole != 1) return value_bad(cell);
    char room[ID_LEN_MAX];
    memcpy(room, id.data, 9);
    memcpy(room + 9, id.data + 10, 2);
    return write_id(cell, (str){room, 11}, "NL#########B##", reason_id, arena);
}

static struct value read_lu(str cell, str id, struct arena *arena)
{
    if (!is_number(id, 8) || number_of(id, 0, 6) % 89 != number_of(id, 6, 8)) {
        return value_bad(cell);
    }
    return write_id(cell, id, "LU########", reason_id, arena);
}

static struct value read_it(str cell, str id, struct arena *arena)
{
    if (!is_number(id, 11) || !is_luhn(id)) return value_bad(cell);
    return write_id(cell, id, "###########", reason_id, arena);
}

// A letter, seven digits and a digit or letter over them.
static struct value read_es(str cell, str id, struct arena *arena)
{
    static const char letters[] = "JABCDEFGHI";
    if (id.len != 9 || !byte_is_letter(id.data[0]) || !are_digits(id, 1, 8)) return value_bad(cell);
    int sum = 0;
    for (size_t i = 1; i < 8; i++) {
        int value = digit(id, i) * (i % 2 ? 2 : 1);
        sum += value / 10 + value % 10;
    }
    int check = (10 - sum % 10) % 10;
    if (id.data[8] != '0' + check && id.data[8] != letters[check]) return value_bad(cell);
    return write_id(cell, id, "#########", reason_id, arena);
}

static struct value read_pt(str cell, str id, struct arena *arena)
{
    static const int weights[] = {9, 8, 7, 6, 5, 4, 3, 2};
    if (!is_number(id, 9)) return value_bad(cell);
    int check = 11 - weighted(id, weights, 8) % 11;
    if ((check > 9 ? 0 : check) != digit(id, 8)) return value_bad(cell);
    return write_id(cell, id, "#########", reason_id, arena);
}

static struct value read_pl(str cell, str id, struct arena *arena)
{
    static const int weights[] = {6, 5, 7, 2, 3, 4, 5, 6, 7};
    if (!is_number(id, 10) || weighted(id, weights, 9) % 11 != digit(id, 9)) return value_bad(cell);
    return write_id(cell, id, "##########", reason_id, arena);
}

static struct value read_cz(str cell, str id, struct arena *arena)
{
    static const int weights[] = {8, 7, 6, 5, 4, 3, 2};
    if (!is_number(id, 8)) return value_bad(cell);
    if ((11 - weighted(id, weights, 7) % 11) % 10 != digit(id, 7)) return value_bad(cell);
    return write_id(cell, id, "########", reason_id, arena);
}

static struct value read_gb(str cell, str id, struct arena *arena)
{
    static const int weights[] = {8, 7, 6, 5, 4, 3, 2};
    bool has_letters = id.len == 8 && byte_is_letter(id.data[0]) && byte_is_letter(id.data[1]) &&
                       are_digits(id, 2, 8);
    if (has_letters || is_number(id, 8)) { // Companies House: no check digit
        return write_id(cell, id, "########", reason_id, arena);
    }
    if (!is_number(id, 9)) return value_bad(cell);
    int64_t sum = weighted(id, weights, 7) + number_of(id, 7, 9);
    if (sum % 97 && (sum + 55) % 97) return value_bad(cell);
    return write_id(cell, id, "GB#########", reason_id, arena);
}

static reader *find_reader(str country)
{
    static const struct {
        char country[3];
        reader *read;
    } readers[] = {
        {"FI", read_fi}, {"AX", read_fi}, {"SE", read_se}, {"NO", read_no}, {"DK", read_dk},
        {"IS", read_is}, {"EE", read_ee}, {"LV", read_lv}, {"DE", read_de}, {"AT", read_at},
        {"CH", read_ch}, {"FR", read_fr}, {"BE", read_be}, {"NL", read_nl}, {"LU", read_lu},
        {"IT", read_it}, {"ES", read_es}, {"PT", read_pt}, {"PL", read_pl}, {"CZ", read_cz},
        {"GB", read_gb},
    };
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        if (str_equal(country, str_of(readers[i].country))) return readers[i].read;
    }
    return NULL;
}

// Letters in capitals and digits. Other signs separate and go; false when there are too many.
static bool compact(str cell, char out[ID_LEN_MAX], size_t *len)
{
    *len = 0;
    if (cell.len > CELL_LEN_MAX) return false;
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.data[i];
        if (!byte_is_letter(c) && !byte_is_digit(c)) {
            if (c & 0x80) return false;
            continue;
        }
        if (*len == ID_LEN_MAX - 1) return false;
        out[(*len)++] = byte_is_letter(c) ? c & ~32 : c;
    }
    return *len > 0;
}

// "1234567-8" is written so in Finland only.
static bool looks_finnish(str cell)
{
    return cell.len == 9 && cell.data[7] == '-' && are_digits(cell, 0, 7) && are_digits(cell, 8, 9);
}

struct value company_id(str cell, str country, struct arena *arena)
{
    char room[ID_LEN_MAX];
    str id = {room, 0};
    if (cell.len == 0) return value_kept(cell);
    if (!compact(cell, room, &id.len))
        return find_reader(country) ? value_bad(cell) : value_kept(cell);
    str prefix = str_first(id, 2);
    reader *read = NULL;
    bool has_country = id.len > 8 && (read = find_reader(prefix)) != NULL;
    if (has_country) {
        struct value value = read(cell, str_from(id, 2), arena);
        bool is_foreign = country.len && !str_equal(prefix, country);
        if (value.is_valid) return is_foreign ? value_kept(cell) : value;
    }
    if (!country.len && looks_finnish(cell)) country = STR("FI");
    read = find_reader(country);
    if (read) return read(cell, id, arena);
    return has_country ? value_bad(cell) : value_kept(cell);
}
