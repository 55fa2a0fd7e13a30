// Postal addresses. What the person's columns leave blank is taken from the company's.
#include "filler.h"

// What a column of the person's holds, picked for all rows, else the company's column.
static str picked_or(struct filler *filler, const str *picked, uint32_t row, int company_target,
                     int field)
{
    str text = filler_picked(picked, row);
    return text.len ? text : filler_pick(filler, row, company_target, TEXT_LINE, field, NULL);
}

static str pick_either(struct filler *filler, uint32_t row, int target, int company_target,
                       int field)
{
    str text = filler_pick(filler, row, target, TEXT_LINE, field, NULL);
    if (text.len) return text;
    return filler_pick(filler, row, company_target, TEXT_LINE, field, NULL);
}

// The street with its number and its second line.
static void set_street(struct filler *filler, uint32_t row)
{
    str street = pick_either(filler, row, FIELD_STREET, TARGET_ADDRESS, FIELD_STREET);
    if (!street.len) {
        street = filler_pick(filler, row, TARGET_COMPANY_STREET, TEXT_LINE, FIELD_STREET, NULL);
    }
    str number = filler_pick(filler, row, TARGET_HOUSE_NUMBER, TEXT_LINE, FIELD_STREET, NULL);
    str more = filler_pick(filler, row, TARGET_STREET_MORE, TEXT_LINE, FIELD_STREET, NULL);
    if (number.len || more.len) {
        street = arena_format(&filler->batch->arena, "%.*s%s%.*s%s%.*s", STR_ARG(street),
                              street.len && number.len ? " " : "", STR_ARG(number),
                              (street.len || number.len) && more.len ? ", " : "", STR_ARG(more));
    }
    filler_set(filler, row, FIELD_STREET, street);
}

// "00100 Helsinki", "113 59 Stockholm", "SW1A 1AA London": up to the last word with a digit is the
// code.
static void split_postal_city(str text, str *code, str *city)
{
    size_t end = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.data[i])) continue;
        end = i + 1;
        while (end < text.len && text.data[end] != ' ') end++;
    }
    *code = str_trim(str_first(text, end));
    *city = str_trim(str_from(text, end));
    while (city->len && city->data[0] == ',') *city = str_trim(str_from(*city, 1));
}

struct picked_places {
    const str *codes, *cities;
};

static void set_place(struct filler *filler, uint32_t row, const struct picked_places *picked)
{
    str code = picked_or(filler, picked->codes, row, TARGET_COMPANY_POSTAL_CODE, FIELD_POSTAL_CODE);
    str city = picked_or(filler, picked->cities, row, TARGET_COMPANY_CITY, FIELD_CITY);
    str both = filler_pick(filler, row, TARGET_POSTAL_CITY, TEXT_LINE, FIELD_CITY, NULL);
    if (both.len) {
        str code_part, city_part;
        split_postal_city(both, &code_part, &city_part);
        if (!code.len) code = code_part;
        if (!city.len) city = city_part;
    }
    filler_set(filler, row, FIELD_CITY, city);
    filler_set(filler, row, FIELD_REGION,
               pick_either(filler, row, FIELD_REGION, TARGET_COMPANY_REGION, FIELD_REGION));
    if (code.len == 0) return;
    str country = filler_get(filler, row, FIELD_COUNTRY);
    filler_set_value(filler, row, FIELD_POSTAL_CODE, code,
                     postal_code(&filler->rules->addresses, code, country, &filler->batch->arena));
}

void fill_address(struct filler *filler)
{
    static const int targets[] = {FIELD_STREET,
                                  TARGET_ADDRESS,
                                  FIELD_CITY,
                                  FIELD_REGION,
                                  FIELD_POSTAL_CODE,
                                  TARGET_POSTAL_CITY,
                                  TARGET_COMPANY_STREET,
                                  TARGET_COMPANY_CITY,
                                  TARGET_COMPANY_REGION,
                                  TARGET_COMPANY_POSTAL_CODE};
    static const int streets[] = {FIELD_STREET, TARGET_ADDRESS, TARGET_COMPANY_STREET,
                                  TARGET_HOUSE_NUMBER, TARGET_STREET_MORE};
    bool has_any = false;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        has_any = has_any || filler_count(filler, targets[i]);
    }
    if (!has_any) return;
    bool has_street = false;
    for (size_t i = 0; i < sizeof streets / sizeof *streets; i++) {
        has_street = has_street || filler->is_filled[streets[i]];
    }
    for (uint32_t row = 0; has_street && row < filler->rows; row++) set_street(filler, row);
    struct picked_places picked;
    picked.codes = filler_pick_all(filler, FIELD_POSTAL_CODE, TEXT_LINE, FIELD_POSTAL_CODE);
    picked.cities = filler_pick_all(filler, FIELD_CITY, TEXT_LINE, FIELD_CITY);
    for (uint32_t row = 0; row < filler->rows; row++) set_place(filler, row, &picked);
}
