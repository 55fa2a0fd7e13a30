// Time zones as headers, profiles and people name them.
#include "date.h"

#include "date_scan.h"

// A day has no more than this between its zones.
enum { ZONE_HOURS_MAX = 14 };

static bool read_number(str *text, int *number)
{
    size_t i = 0;
    *number = 0;
    while (i < text->len && i < 2 && byte_is_digit(text->data[i])) {
        *number = *number * 10 + text->data[i++] - '0';
    }
    *text = str_from(*text, i);
    return i > 0;
}

// +02:00, -5, +0530
static bool read_offset(str *text, int *minutes)
{
    int hours, rest = 0;
    bool is_west = str_starts(*text, STR("-")) || str_starts(*text, STR("\xE2\x88\x92"));
    if (!is_west && !str_starts(*text, STR("+"))) return false;
    *text = str_from(*text, text->data[0] == '\xE2' ? 3 : 1);
    if (!read_number(text, &hours)) return false;
    if (str_starts(*text, STR(":"))) *text = str_from(*text, 1);
    read_number(text, &rest);
    *minutes = (hours * 60 + rest) * (is_west ? -1 : 1);
    return hours <= ZONE_HOURS_MAX && rest < 60;
}

bool date_zone(str text, int *minutes)
{
    size_t len = 0;
    text = str_trim(text);
    while (len < text.len && byte_is_letter(text.data[len])) len++;
    str word = str_first(text, len), rest = str_trim(str_from(text, len));
    int found = 0;
    if (len && !date_zone_word(word, &found)) return false;
    bool has_offset = (len == 0 || found == 0) && read_offset(&rest, &found);
    if (len == 0 && !has_offset) return false;
    *minutes = found;
    return rest.len == 0 || (has_offset && rest.data[0] == ' ');
}

bool date_zone_of_header(str header, str *rest, int *minutes)
{
    header = str_trim(header);
    size_t end = header.len;
    for (size_t i = end; i-- > 0;) {
        char c = header.data[i];
        if (c == ')' || c == ']') end = i;
        if (c != '(' && c != '[') continue;
        str inside = {header.data + i + 1, end - i - 1};
        *rest = str_trim(str_first(header, i));
        if (rest->len && date_zone(inside, minutes)) return true;
        end = i;
    }
    if (header.len < 5 || !str_equal_nocase(str_from(header, header.len - 4), STR(" utc"))) {
        return false;
    }
    *rest = str_trim(str_first(header, header.len - 4));
    *minutes = 0;
    return true;
}
