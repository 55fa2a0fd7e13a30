// Times: each column of dates in the order that the column shows.
#include "filler.h"

static struct date_context context_of(const struct filler *filler, uint32_t column)
{
    const struct plan_column *of = &filler->recipe->plan->mapping.columns[column];
    return (struct date_context){.order = of->dates.order,
                                 .year_now = filler->year_now,
                                 .is_serial = of->dates.is_serial,
                                 .has_zone = of->zone_by != ZONE_BY_NOTHING,
                                 .zone = of->zone};
}

// What the preamble says of the event's date holds for records without a time of their own.
static str event_date(struct filler *filler)
{
    const struct export_plan *plan = filler->recipe->plan;
    if (plan->created.len == 0) return plan->created;
    struct arena *arena = &filler->batch->arena;
    struct date_context context = {.order = plan->dates,
                                   .year_now = filler->year_now,
                                   .has_zone = plan->zone_by != ZONE_BY_NOTHING,
                                   .zone = plan->zone};
    str clean = text_clean(&filler->rules->text, plan->created, TEXT_LINE, arena).text;
    struct value value = date_normalize(&filler->rules->dates, clean, &context, arena);
    return value.is_valid ? value.text : (str){"", 0};
}

// Whether a year that stands beside the dates can be theirs: that of a name ("Top 2000"), or of a
// report written in January about December, is not.
static bool is_likely(const struct filler *filler, str date)
{
    enum { YEARS_BACK = 3, DATE_DIGITS = 10, YEAR_DIGITS = 4 };
    if (date.len < DATE_DIGITS) return false;
    if (filler->today.len && memcmp(date.data, filler->today.data, DATE_DIGITS) > 0) return false;
    int year = 0;
    for (int i = 0; i < YEAR_DIGITS; i++) year = year * 10 + (date.data[i] - '0');
    return !filler->year_now || year >= filler->year_now - YEARS_BACK;
}

// A date without a year is in that of its campaign.
static struct value with_a_year(struct filler *filler, uint32_t row, str typed,
                                struct date_context context, struct value value)
{
    context.year_missing = date_year_in(filler_get(filler, row, FIELD_SOURCE_CAMPAIGN));
    if (!context.year_missing) context.year_missing = filler->recipe->plan->year;
    if (!context.year_missing) return value;
    struct value dated =
        date_normalize(&filler->rules->dates, typed, &context, &filler->batch->arena);
    if (!dated.is_valid || !is_likely(filler, dated.text)) return value;
    dated.reason = "campaign_year";
    return dated;
}

static void set_time(struct filler *filler, uint32_t row, int field, const str *picked,
                     str otherwise)
{
    uint32_t column = 0;
    str typed = filler_picked(picked, row);
    if (picked)
        column = filler_column(filler, field, 0);
    else
        typed = filler_pick(filler, row, field, TEXT_LINE, field, &column);
    if (typed.len == 0) {
        filler_set_plain(filler, row, field, otherwise);
        return;
    }
    struct date_context context = context_of(filler, column);
    struct value value =
        date_normalize(&filler->rules->dates, typed, &context, &filler->batch->arena);
    if (!value.is_valid) value = with_a_year(filler, row, typed, context, value);
    filler_set_value(filler, row, field, typed, value);
}

void fill_times(struct filler *filler)
{
    static const int fields[] = {FIELD_CREATED_AT, FIELD_LAST_ACTIVITY_AT, FIELD_CONSENT_AT,
                                 FIELD_ACQUIRED_AT};
    str event = event_date(filler);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        str otherwise = fields[i] == FIELD_CREATED_AT ? event : (str){"", 0};
        if (!filler->is_filled[fields[i]] && otherwise.len == 0) continue;
        // Of several columns each has an order of its own.
        const str *picked = NULL;
        if (filler_count(filler, fields[i]) == 1) {
            picked = filler_pick_all(filler, fields[i], TEXT_LINE, fields[i]);
        }
        for (uint32_t row = 0; row < filler->rows; row++) {
            set_time(filler, row, fields[i], picked, otherwise);
        }
    }
}
