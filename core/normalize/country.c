#include "country.h"

#include "core/base/utf8.h"
#include "core/lead/fold.h"

bool country_rules_load(struct country_rules *rules, struct rulebook *book, struct err *err)
{
    static const char file[] = "normalize/countries.tsv";
    int name;
    if (!table_load(&rules->table, book, str_of(file), err) ||
        !table_need(&rules->table, file, "country", &rules->country, err) ||
        !table_need(&rules->table, file, "name", &name, err)) {
        return false;
    }
    map_reserve(&rules->names, rules->table.rows);
    for (size_t i = 0; i < rules->table.rows; i++) {
        str code = table_cell(&rules->table, i, rules->country);
        if (code.len != 2 || !byte_is_upper(code.data[0]) || !byte_is_upper(code.data[1])) continue;
        str key = fold_text(table_cell(&rules->table, i, name), FOLD_AND, &rules->arena);
        if (str_starts(key, STR("the "))) key = str_from(key, 4);
        if (key.len == 0) continue;
        map_put(&rules->names, key, (uint32_t)i);
        rules->code_rows[code.data[0] - 'A'][code.data[1] - 'A'] = (uint32_t)i + 1;
    }
    return true;
}

void country_rules_release(struct country_rules *rules)
{
    map_release(&rules->names);
    table_release(&rules->table);
    arena_release(&rules->arena);
    *rules = (struct country_rules){0};
}

// The code of the two letters, in whatever case, or "".
static str code_of_letters(const struct country_rules *rules, char first, char second)
{
    if (!byte_is_letter(first) || !byte_is_letter(second)) return STR("");
    uint32_t row = rules->code_rows[byte_lower(first) - 'a'][byte_lower(second) - 'a'];
    return row ? table_cell(&rules->table, row - 1, rules->country) : STR("");
}

bool country_is_code(const struct country_rules *rules, str code)
{
    return code.len == 2 && byte_is_upper(code.data[0]) && byte_is_upper(code.data[1]) &&
           code_of_letters(rules, code.data[0], code.data[1]).len == 2;
}

static str find_name(const struct country_rules *rules, str text, struct arena *arena)
{
    str key = fold_text(text, FOLD_AND, arena);
    if (str_starts(key, STR("the "))) key = str_from(key, 4);
    uint32_t row;
    if (!map_find(&rules->names, key, &row)) return STR("");
    return table_cell(&rules->table, row, rules->country);
}

// A flag: two regional indicator letters, U+1F1E6 is A.
static str find_flag(const struct country_rules *rules, str text)
{
    size_t at = 0;
    int32_t first = utf8_next(text, &at), second = utf8_next(text, &at);
    if (at != text.len || first < 0x1F1E6 || first > 0x1F1FF) return STR("");
    if (second < 0x1F1E6 || second > 0x1F1FF) return STR("");
    return code_of_letters(rules, (char)('A' + first - 0x1F1E6), (char)('A' + second - 0x1F1E6));
}

// Two letters behind a place are a state of the USA or a province of Canada where there is one.
static bool is_state(str text)
{
    static const char states[] = "ALAKAZARCACOCTDEFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNY"
                                 "NCNDOHOKORPARISCSDTNTXUTVTVAWAWVWIWYDCABBCMBNBNLNSNTNUONPEQCSKYT";
    if (text.len != 2) return false;
    for (size_t i = 0; i + 1 < sizeof states; i += 2) {
        if (str_equal_nocase(text, (str){states + i, 2})) return true;
    }
    return false;
}

// "Finland (FI)": the part before the brackets, else the one inside.
static str find_brackets(const struct country_rules *rules, str text, struct arena *arena)
{
    ptrdiff_t open = str_find(text, '(');
    if (open < 0) return STR("");
    str code = find_name(rules, str_first(text, (size_t)open), arena);
    if (code.len) return code;
    str inside = str_from(text, (size_t)open + 1);
    ptrdiff_t close = str_find(inside, ')');
    return close < 0 ? code : find_name(rules, str_first(inside, (size_t)close), arena);
}

// "Helsinki, Finland", "FI - Finland", "Suomi / Finland": the last part, else the first.
static str find_parts(const struct country_rules *rules, str text, struct arena *arena)
{
    for (size_t i = text.len; i-- > 1;) {
        char c = text.data[i];
        bool is_dash = c == '-' && text.data[i - 1] == ' ';
        if (c != ',' && c != '/' && c != ';' && c != '|' && !is_dash) continue;
        str last = str_trim(str_from(text, i + 1)), first = str_trim(str_first(text, i));
        if (is_state(last)) return STR("");
        str code = find_name(rules, last, arena);
        return code.len || c == ',' ? code : find_name(rules, first, arena);
    }
    return STR("");
}

struct value country_code(const struct country_rules *rules, str cell, struct arena *arena)
{
    if (cell.len == 0 || country_is_code(rules, cell)) return value_kept(cell);
    str code = find_name(rules, cell, arena);
    if (!code.len) code = find_flag(rules, cell);
    if (!code.len) code = find_brackets(rules, cell, arena);
    if (!code.len) code = find_parts(rules, cell, arena);
    return code.len ? value_of(cell, code, "country_code") : value_bad(cell);
}

str country_of_domain(const struct country_rules *rules, str domain)
{
    // Country codes sold to everybody: the domain says nothing of the country.
    static const char generic[] = "acagaiascccddjfmgggllaiolymemsmuncnunupwscshsrsttktotvvcwsxx";
    if (domain.len < 3 || domain.data[domain.len - 3] != '.') return STR("");
    char first = domain.data[domain.len - 2], second = domain.data[domain.len - 1];
    for (size_t i = 0; i + 1 < sizeof generic; i += 2) {
        if (generic[i] == byte_lower(first) && generic[i + 1] == byte_lower(second)) {
            return STR("");
        }
    }
    if (byte_lower(first) == 'c' && byte_lower(second) == 'o') return STR("");
    if (byte_lower(first) == 'u' && byte_lower(second) == 'k') return STR("GB");
    return code_of_letters(rules, first, second);
}
