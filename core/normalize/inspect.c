#include "inspect.h"

#include "core/base/utf8.h"

// Longer examples are cut; those that fit a line of the screen come first.
enum { EXAMPLE_BYTES_MAX = 120, EXAMPLE_LINE = 40 };

static const char *const damage_names[DAMAGE_COUNT] = {"scientific", "float",    "serial",  "zeros",
                                                       "cell_error", "mojibake", "replaced"};

const char *damage_name(enum damage damage) { return damage_names[damage]; }

void inspection_init(struct inspection *inspection, const struct export_plan *plan)
{
    *inspection = (struct inspection){.plan = plan};
    inspection->columns =
        arena_new(&inspection->arena, struct inspected_column, plan->mapping.count + 1);
}

void inspection_release(struct inspection *inspection)
{
    arena_release(&inspection->arena);
    tally_release(&inspection->changes);
    *inspection = (struct inspection){0};
}

uint64_t inspection_damage(const struct inspection *inspection, enum damage damage)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < inspection->plan->mapping.count; i++) {
        sum += inspection->columns[i].damage[damage];
    }
    return sum;
}

// ---- damage ----------------------------------------------------------------------------------

// Digits with one decimal mark, then nothing but zeros or an exponent.
static enum damage number_damage(str typed)
{
    size_t i = 0, whole = 0, zeros = 0;
    if (i < typed.len && (typed.data[i] == '+' || typed.data[i] == '\'')) i++;
    for (; i < typed.len && byte_is_digit(typed.data[i]); i++) whole++;
    bool has_mark = i < typed.len && (typed.data[i] == '.' || typed.data[i] == ',');
    if (has_mark) i++;
    size_t decimals = 0;
    for (; i < typed.len && byte_is_digit(typed.data[i]); i++) {
        decimals++;
        zeros += typed.data[i] == '0';
    }
    if (i == typed.len) {
        return whole >= 7 && decimals == 1 && zeros == 1 ? DAMAGE_FLOAT : DAMAGE_COUNT;
    }
    bool is_exponent = whole == 1 && (typed.data[i] | 32) == 'e' && i + 3 <= typed.len &&
                       typed.data[i + 1] == '+' && byte_is_digit(typed.data[i + 2]);
    return is_exponent && typed.len - i <= 5 ? DAMAGE_SCIENTIFIC : DAMAGE_COUNT;
}

// Also a column that was too narrow for its numbers: ########.
static bool is_cell_error(str typed)
{
    size_t marks = 0;
    while (marks < typed.len && typed.data[marks] == '#') marks++;
    return (marks >= 3 && marks == typed.len) || text_is_sheet_error(typed);
}

enum damage damage_of(str typed)
{
    typed = str_trim(typed);
    if (typed.len == 0) return DAMAGE_COUNT;
    if (byte_is_digit(typed.data[0]) || typed.data[0] == '+' || typed.data[0] == '\'') {
        return number_damage(typed);
    }
    if (typed.data[0] == '#' && is_cell_error(typed)) return DAMAGE_CELL_ERROR;
    bool is_replaced = memmem(typed.data, typed.len, "\xEF\xBF\xBD", 3) != NULL;
    return is_replaced ? DAMAGE_REPLACED : DAMAGE_COUNT;
}

static void note_damage(struct inspection *inspection, struct inspected_column *column,
                        enum damage damage, str typed)
{
    if (damage == DAMAGE_COUNT) return;
    column->damage[damage]++;
    if (!column->damaged.len) {
        column->damaged = arena_copy(&inspection->arena, str_first(typed, EXAMPLE_BYTES_MAX));
    }
}

// ---- examples --------------------------------------------------------------------------------

// The fields that a target fills, for those that are no field themselves or fill more than one.
static const struct {
    int target;
    int fields[5]; // ended by -1
} fills[] = {
    {TARGET_FULL_NAME,
     {FIELD_SALUTATION, FIELD_FIRST_NAME, FIELD_MIDDLE_NAME, FIELD_LAST_NAME, -1}},
    {TARGET_ADDRESS, {FIELD_STREET, FIELD_POSTAL_CODE, FIELD_CITY, -1}},
    {TARGET_HOUSE_NUMBER, {FIELD_STREET, -1}},
    {TARGET_STREET_MORE, {FIELD_STREET, -1}},
    {TARGET_POSTAL_CITY, {FIELD_POSTAL_CODE, FIELD_CITY, -1}},
    {TARGET_LEAD_SOURCE, {FIELD_SOURCE, -1}},
    {TARGET_SUBSCRIPTION, {FIELD_CONSENT, FIELD_OPT_OUT, -1}},
    {TARGET_OPT_OUT_EMAIL, {FIELD_OPT_OUT, -1}},
    {TARGET_OPT_OUT_PHONE, {FIELD_OPT_OUT, -1}},
    {TARGET_OPT_OUT_MAIL, {FIELD_OPT_OUT, -1}},
    {TARGET_OPT_OUT_ALL, {FIELD_OPT_OUT, -1}},
    {TARGET_DURATION, {FIELD_MINUTES, -1}},
    {TARGET_ATTENDEE_STATUS, {FIELD_ATTENDED, -1}},
    {TARGET_CHECKED_IN_AT, {FIELD_ATTENDED, -1}},
    {TARGET_ID, {FIELD_LEAD_ID, -1}},
    {TARGET_COMPANY_COUNTRY, {FIELD_COUNTRY, -1}},
    {FIELD_JOB_TITLE, {FIELD_JOB_TITLE, FIELD_SENIORITY, FIELD_DEPARTMENT, -1}},
};

static str join_fields(struct filler *filler, uint32_t row, const int fields[])
{
    struct arena *arena = &filler->batch->arena;
    str text = {"", 0};
    for (; *fields >= 0; fields++) {
        str value = filler_get(filler, row, *fields);
        if (value.len == 0) continue;
        if (text.len == 0) {
            text = value;
            continue;
        }
        text = arena_format(arena, "%.*s | %.*s", STR_ARG(text), STR_ARG(value));
    }
    return text;
}

// A cell with several numbers or addresses fills a second field, where no column has that one.
static str joined_with_other(struct filler *filler, uint32_t row, int field, int other)
{
    const struct mapping *mapping = &filler->recipe->plan->mapping;
    const int both[] = {field, other, field == FIELD_PHONE ? FIELD_PHONE_EXT : -1, -1};
    const int alone[] = {field, field == FIELD_PHONE ? FIELD_PHONE_EXT : -1, -1};
    size_t columns = 0;
    for (size_t i = 0; i < mapping->count; i++) {
        int target = mapping->columns[i].target;
        columns +=
            target == field || target == other || (field == FIELD_PHONE && target == FIELD_MOBILE);
    }
    return join_fields(filler, row, columns == 1 ? both : alone);
}

// What the lead holds of a cell.
static str made_of(struct filler *filler, uint32_t row, const struct plan_column *column)
{
    int target = column->target;
    bool is_second = column->rank > 0;
    if (is_second && target == FIELD_EMAIL) target = FIELD_EMAIL_OTHER;
    if (is_second && target == FIELD_PHONE) target = FIELD_PHONE_OTHER;
    if (target == FIELD_EMAIL) return joined_with_other(filler, row, target, FIELD_EMAIL_OTHER);
    if (target == FIELD_PHONE) return joined_with_other(filler, row, target, FIELD_PHONE_OTHER);
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++) {
        if (fills[i].target == target) return join_fields(filler, row, fills[i].fields);
    }
    return target < LEAD_FIELD_COUNT ? filler_get(filler, row, target) : (str){"", 0};
}

static str cut(struct arena *arena, str text)
{
    if (text.len <= EXAMPLE_BYTES_MAX) return arena_copy(arena, text);
    size_t len = EXAMPLE_BYTES_MAX;
    while (len && ((unsigned char)text.data[len] & 0xC0) == 0x80) len--;
    return arena_format(arena, "%.*s\xE2\x80\xA6", (int)len, text.data);
}

// A changed value that fits a line tells most; then any that was taken.
static void offer_example(struct inspection *inspection, struct filler *filler, uint32_t row,
                          size_t at, str typed)
{
    struct inspected_column *column = &inspection->columns[at];
    if (column->example_rank == 4) return;
    str made = made_of(filler, row, &inspection->plan->mapping.columns[at]);
    bool is_changed = !str_equal(typed, made);
    bool is_short = typed.len + (is_changed ? made.len + 4 : 0) <= EXAMPLE_LINE;
    int rank = 1 + is_short + 2 * (is_changed && made.len);
    if (rank <= column->example_rank) return;
    column->example_rank = rank;
    column->before = cut(&inspection->arena, typed);
    column->after = cut(&inspection->arena, made);
}

// ---- watching --------------------------------------------------------------------------------

static void look_at_time(struct inspection *inspection, str time)
{
    if (time.len < 12 || time.data[10] != 'T') return;
    str clock = str_from(time, 11);
    bool has_offset =
        str_find(clock, '+') >= 0 || str_find(clock, '-') >= 0 || clock.data[clock.len - 1] == 'Z';
    inspection->times_with_offset += has_offset;
    inspection->times_of_day += !has_offset;
}

static void look_at_record(struct inspection *inspection, struct filler *filler, uint32_t row)
{
    size_t count = inspection->plan->mapping.count;
    for (uint32_t i = 0; i < count; i++) {
        struct inspected_column *column = &inspection->columns[i];
        str typed = str_trim(filler_typed(filler, row, i));
        if (typed.len == 0) continue;
        enum damage damage = damage_of(typed);
        note_damage(inspection, column, damage, typed);
        column->filled += damage == DAMAGE_CELL_ERROR;
        if (damage == DAMAGE_CELL_ERROR) continue;
        if (filler_cell(filler, row, i, TEXT_LINE).text.len == 0) continue; // spelled nothing
        column->filled++;
        bool is_taken = filler->used[(size_t)row * count + i];
        column->taken += is_taken;
        if (is_taken) offer_example(inspection, filler, row, i, typed);
    }
    for (int field = 0; field < LEAD_FIELD_COUNT; field++) {
        str value = filler_get(filler, row, field);
        inspection->with_field[field] += value.len > 0;
        if (schema_fields[field].kind == VALUE_TIME) look_at_time(inspection, value);
    }
    inspection->guessed_numbers += filler->is_guessed[row];
}

// The column that fills a field first: one of it, or of a target that becomes it.
static struct inspected_column *column_of(struct inspection *inspection, str name)
{
    int field = schema_find(name);
    int at = field < 0 ? -1 : mapping_column(&inspection->plan->mapping, field);
    for (size_t i = 0; at < 0 && i < sizeof fills / sizeof *fills; i++) {
        for (const int *one = fills[i].fields; *one >= 0; one++) {
            if (at < 0 && *one == field) {
                at = mapping_column(&inspection->plan->mapping, fills[i].target);
            }
        }
    }
    return at < 0 ? NULL : &inspection->columns[at];
}

// What the steps themselves have said of the values.
static void look_at_changes(struct inspection *inspection, const struct filler *filler)
{
    static const struct {
        const char *reason;
        enum damage damage;
    } known[] = {{"excel_serial", DAMAGE_SERIAL},
                 {"zero_fill", DAMAGE_ZEROS},
                 {"mojibake", DAMAGE_MOJIBAKE},
                 {"bad_bytes", DAMAGE_REPLACED}};
    for (size_t i = 0; i < filler->change_count; i++) {
        const struct change *change = &filler->changes[i];
        tally_add(&inspection->changes, change->field, change->reason, 1);
        inspection->default_country += str_equal(change->reason, STR("default"));
        inspection->phone_country += str_equal(change->reason, STR("phone_country"));
        for (size_t j = 0; j < sizeof known / sizeof *known; j++) {
            if (!str_equal(change->reason, str_of(known[j].reason))) continue;
            struct inspected_column *column = column_of(inspection, change->field);
            if (column) note_damage(inspection, column, known[j].damage, change->before);
        }
    }
}

void inspection_watch(void *state, struct filler *filler)
{
    struct inspection *inspection = state;
    inspection->leads += filler->rows;
    look_at_changes(inspection, filler);
    for (uint32_t row = 0; row < filler->rows; row++) look_at_record(inspection, filler, row);
}
