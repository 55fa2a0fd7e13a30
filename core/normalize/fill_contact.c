// Country, e-mail addresses and telephone numbers.
#include "filler.h"

enum { CELL_ADDRESSES_MAX = 16 };

// The country of a cell; the few spellings there are repeat. The answer is copied twice: what the
// cell and the cache point to may be gone before the batch is.
static struct value country_of(struct filler *filler, str text)
{
    bool known;
    if (country_is_code(&filler->rules->countries, text)) return value_kept(text);
    struct value *answer = cache_find(&filler->countries, text, 0, &known);
    if (!known) {
        struct arena *arena = cache_arena(&filler->countries);
        *answer = country_code(&filler->rules->countries, text, arena);
        answer->text = arena_copy(arena, answer->text);
    }
    struct value value = *answer;
    value.text = value.is_valid ? arena_copy(&filler->batch->arena, answer->text) : text;
    return value;
}

void fill_country(struct filler *filler)
{
    const str *own = filler_pick_all(filler, FIELD_COUNTRY, TEXT_COUNTRY, FIELD_COUNTRY);
    for (uint32_t row = 0; row < filler->rows; row++) {
        str typed = filler_picked(own, row);
        if (typed.len == 0) {
            typed =
                filler_pick(filler, row, TARGET_COMPANY_COUNTRY, TEXT_COUNTRY, FIELD_COUNTRY, NULL);
        }
        if (typed.len == 0) continue;
        filler_set_value(filler, row, FIELD_COUNTRY, typed, country_of(filler, typed));
    }
}

// ---- addresses

// One address: to email, else to email_other. Returns whether there was a place for it (or it is
// there already).
static bool place_email(struct filler *filler, uint32_t row, str address)
{
    static const int fields[] = {FIELD_EMAIL, FIELD_EMAIL_OTHER};
    for (size_t i = 0; i < 2; i++) {
        str there = filler_get(filler, row, fields[i]);
        if (there.len == 0) filler_set(filler, row, fields[i], address);
        if (there.len == 0 || str_equal_nocase(there, address)) return true;
    }
    return false;
}

// The addresses of a cell. Returns whether all have found a place; otherwise the cell stays in
// extra.
static bool add_emails(struct filler *filler, uint32_t row, str typed)
{
    str rest = typed;
    for (int taken = 0; rest.len; taken++) {
        if (taken == CELL_ADDRESSES_MAX) return false; // each is found by reading all that follows
        const char *reason;
        str part = rest;
        str address = email_clean(part, &filler->batch->arena, &rest, &reason);
        bool is_first = filler_get(filler, row, FIELD_EMAIL).len == 0;
        if (address.len && !place_email(filler, row, address)) return false;
        if (address.len && is_first && reason) {
            filler_change(filler, row, FIELD_EMAIL, part, address, reason);
        }
        if (rest.len >= part.len) return true; // nothing was taken: no endless loop
    }
    return true;
}

// The domain of an address is not case-sensitive; what is before it is left as it was typed.
static void lower_domain(struct filler *filler, uint32_t row, int field)
{
    str address = filler_get(filler, row, field);
    if (address.len == 0) return;
    str domain = email_domain(address);
    size_t i = 0;
    while (i < domain.len && !byte_is_upper(domain.data[i])) i++;
    if (i == domain.len) return;
    char *out = arena_bytes(&filler->batch->arena, address.len);
    size_t local = (size_t)(domain.data - address.data);
    for (i = 0; i < address.len; i++) {
        out[i] = i < local ? address.data[i] : byte_lower(address.data[i]);
    }
    str lower = {out, address.len};
    filler_set(filler, row, field, lower);
    filler_change(filler, row, field, address, lower, "case");
}

// Takes a cell that is one plain address and the first of its lead, as most are. *has_capitals is
// only set, never cleared.
static bool take_usual_email(struct filler *filler, uint32_t row, str typed, bool *has_capitals)
{
    bool has_some;
    if (filler_get(filler, row, FIELD_EMAIL).len) return false;
    if (!email_is_usual(typed, &has_some)) return false;
    filler_set(filler, row, FIELD_EMAIL, typed);
    *has_capitals |= has_some;
    return true;
}

void fill_emails(struct filler *filler)
{
    static const int targets[] = {FIELD_EMAIL, FIELD_EMAIL_OTHER};
    for (uint32_t row = 0; row < filler->rows; row++) {
        bool may_lower = false;
        for (size_t t = 0; t < 2; t++) {
            if (!filler->is_filled[targets[t]]) continue;
            for (uint32_t i = 0; i < filler_count(filler, targets[t]); i++) {
                uint32_t column = filler_column(filler, targets[t], i);
                str text = filler_cell(filler, row, column, TEXT_LINE).text;
                bool is_taken = text.len == 0 || take_usual_email(filler, row, text, &may_lower);
                if (!is_taken) {
                    may_lower = true;
                    is_taken = add_emails(filler, row, text);
                }
                if (is_taken) filler_use(filler, row, column);
            }
        }
        if (!may_lower) continue;
        lower_domain(filler, row, FIELD_EMAIL);
        lower_domain(filler, row, FIELD_EMAIL_OTHER);
    }
}

// ---- numbers

// The country that a record shows itself: its own, or that of its address's top-level domain.
static str own_country(struct filler *filler, uint32_t row)
{
    str country = filler_get(filler, row, FIELD_COUNTRY);
    if (country.len == 2) return country;
    str domain = email_domain(filler_get(filler, row, FIELD_EMAIL));
    return country_of_domain(&filler->rules->countries, domain);
}

// Where a number that has no country of its own is read: the record's, the user's or profile's,
// what most of the file shows.
static str reading_country(struct filler *filler, uint32_t row)
{
    const struct export_plan *plan = filler->recipe->plan;
    str country = own_country(filler, row);
    if (country.len) return country;
    return plan->country.len ? plan->country : plan->majority_country;
}

static void set_number(struct filler *filler, uint32_t row, int field, str typed,
                       const struct phone *phone)
{
    bool is_number = phone->level == PHONE_VALID || phone->level == PHONE_POSSIBLE;
    if (is_number) {
        str e164 = arena_copy(&filler->batch->arena, (str){phone->e164, phone->len});
        filler_set_plain(filler, row, field, e164);
        if (filler->wants_changes && !str_equal(typed, e164)) {
            filler_change(filler, row, field, typed, e164, phone->reason ? phone->reason : "e164");
        }
    } else {
        filler_set(filler, row, field, typed);
        tally_add(filler->by_reason, STR("unreadable_values"), schema_fields[field].name, 1);
    }
    if (phone->ext_len && field == FIELD_PHONE) {
        str ext = arena_copy(&filler->batch->arena, (str){phone->ext, phone->ext_len});
        filler_set_plain(filler, row, FIELD_PHONE_EXT, ext);
    }
}

// An explicit international number tells the country of a lead that has none. In a file of ours
// every number is international, and what it tells has been told.
static void learn_country(struct filler *filler, uint32_t row, const struct phone *phone)
{
    const struct source_profile *profile = filler->recipe->plan->profile;
    if (profile && profile->own_columns) return;
    if (phone->level != PHONE_VALID || phone->used_default_country || !phone->region[0]) return;
    if (filler_get(filler, row, FIELD_COUNTRY).len) return;
    str region = arena_copy(&filler->batch->arena, (str){phone->region, 2});
    filler_set_plain(filler, row, FIELD_COUNTRY, region);
    filler_change(filler, row, FIELD_COUNTRY, STR(""), region, "phone_country");
}

static bool has_number(struct filler *filler, uint32_t row, str number)
{
    static const int fields[] = {FIELD_PHONE, FIELD_MOBILE, FIELD_PHONE_OTHER};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (str_equal(filler_get(filler, row, fields[i]), number)) return true;
    }
    return false;
}

static bool has_digits(str text)
{
    enum { NUMBER_DIGITS_MIN = 5 };
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) digits += byte_is_digit(text.data[i]);
    return digits >= NUMBER_DIGITS_MIN;
}

// One cell: its first number goes to `field` if that is free, everything further to phone_other.
// Returns whether everything found a place; otherwise ("call reception", a fourth number) the cell
// stays in extra.
static bool add_numbers(struct filler *filler, uint32_t row, int field, str typed)
{
    str country = reading_country(filler, row), rest = typed;
    str majority = filler->recipe->plan->majority_country;
    bool is_placed = true, is_any = false;
    while (rest.len) {
        struct phone phone;
        str part = rest;
        rest = phone_parse(&filler->rules->phones, rest, country, &phone);
        if (phone.level == PHONE_MISSING) continue;
        is_any = true;
        bool is_guess = phone.used_default_country && country.data == majority.data;
        filler->is_guessed[row] = filler->is_guessed[row] || is_guess;
        learn_country(filler, row, &phone);
        bool is_number = phone.len > 0;
        str as_typed =
            rest.len ? str_trim((str){part.data, (size_t)(rest.data - part.data)}) : part;
        if (rest.data < part.data || rest.data > part.data + part.len) as_typed = part;
        if (is_number && has_number(filler, row, (str){phone.e164, phone.len})) continue;
        if (filler_get(filler, row, field).len == 0) {
            set_number(filler, row, field, as_typed, &phone);
        } else if (is_number && filler_get(filler, row, FIELD_PHONE_OTHER).len == 0) {
            set_number(filler, row, FIELD_PHONE_OTHER, as_typed, &phone);
        } else {
            is_placed = false;
        }
    }
    return is_any && is_placed;
}

// What stands between the addresses of a cell for numbers. Returns whether nothing of it is left.
static bool add_between(struct filler *filler, uint32_t row, int field, str text)
{
    while (text.len && strchr(" ,;/|<>()", text.data[0])) text = str_from(text, 1);
    while (text.len && strchr(" ,;/|<>()", text.data[text.len - 1])) text.len--;
    if (text.len == 0) return true;
    return has_digits(text) && add_numbers(filler, row, field, text);
}

static bool add_misplaced_email(struct filler *filler, uint32_t row, str typed)
{
    int field = filler_get(filler, row, FIELD_EMAIL).len ? FIELD_EMAIL_OTHER : FIELD_EMAIL;
    bool is_free = filler_get(filler, row, field).len == 0;
    bool is_placed = add_emails(filler, row, typed);
    str made = filler_get(filler, row, field);
    if (is_free && made.len) filler_change(filler, row, field, typed, made, "email_as_phone");
    lower_domain(filler, row, field);
    return is_placed;
}

// An address in a column for numbers, as in a record whose cells have moved by one, is an address
// and no number: to email or email_other, else to extra. What stands around it is read as numbers.
static bool add_misplaced(struct filler *filler, uint32_t row, int field, str typed)
{
    bool is_placed = true;
    size_t from = 0, at = 0;
    while (at < typed.len) {
        size_t end = at;
        while (end < typed.len && !byte_is_blank(typed.data[end])) end++;
        str piece = {typed.data + at, end - at};
        if (str_find(piece, '@') >= 0) {
            str before = {typed.data + from, at - from};
            is_placed = add_between(filler, row, field, before) && is_placed;
            is_placed = add_misplaced_email(filler, row, piece) && is_placed;
            from = end;
        }
        at = end + 1;
    }
    return add_between(filler, row, field, str_from(typed, from)) && is_placed;
}

// A lead without a country is read by its own international number, wherever that stands.
static void look_ahead(struct filler *filler, uint32_t row, const int fields[], size_t count)
{
    if (own_country(filler, row).len) return;
    for (size_t f = 0; f < count; f++) {
        for (uint32_t i = 0; i < filler_count(filler, fields[f]); i++) {
            uint32_t column = filler_column(filler, fields[f], i);
            str text = str_trim(filler_cell(filler, row, column, TEXT_LINE).text);
            struct phone phone;
            if (text.len == 0 || text.data[0] != '+') continue;
            phone_parse(&filler->rules->phones, text, STR(""), &phone);
            learn_country(filler, row, &phone);
        }
    }
}

static void default_country(struct filler *filler, uint32_t row)
{
    str country = filler->recipe->plan->country;
    if (filler_get(filler, row, FIELD_COUNTRY).len) return;
    filler_set_plain(filler, row, FIELD_COUNTRY, country);
    filler_change(filler, row, FIELD_COUNTRY, STR(""), country, "default");
}

// The numbers of one column: what is in a field already goes before.
static void add_column(struct filler *filler, uint32_t row, int field, uint32_t column)
{
    str text = filler_cell(filler, row, column, TEXT_LINE).text;
    bool is_taken = text.len == 0 || (str_find(text, '@') < 0 ? add_numbers : add_misplaced)(
                                         filler, row, field, text);
    if (is_taken) filler_use(filler, row, column);
}

void fill_phones(struct filler *filler)
{
    static const int fields[] = {FIELD_PHONE, FIELD_MOBILE, FIELD_PHONE_OTHER};
    enum { FIELDS = sizeof fields / sizeof *fields };
    const struct export_plan *plan = filler->recipe->plan;
    struct place {
        int field;
        uint32_t column;
    } *places = arena_alloc(&filler->batch->arena, (plan->mapping.count + 1) * sizeof *places);
    uint32_t columns = 0, filled = 0;
    for (size_t f = 0; f < FIELDS; f++) {
        columns += filler_count(filler, fields[f]);
        for (uint32_t i = 0; filler->is_filled[fields[f]] && i < filler_count(filler, fields[f]);
             i++) {
            places[filled++] = (struct place){fields[f], filler_column(filler, fields[f], i)};
        }
    }
    for (uint32_t row = 0; row < filler->rows; row++) {
        if (columns > 1) look_ahead(filler, row, fields, FIELDS);
        for (uint32_t i = 0; i < filled; i++) {
            add_column(filler, row, places[i].field, places[i].column);
        }
        str ext = filler_pick(filler, row, FIELD_PHONE_EXT, TEXT_LINE, FIELD_PHONE_EXT, NULL);
        if (ext.len) filler_set(filler, row, FIELD_PHONE_EXT, ext);
        if (plan->country.len) default_country(filler, row);
    }
}
