#include "plan_window.h"

#include "core/base/cache.h"
#include "name_order.h"
#include "walk.h"

// Of very wide files fewer records are sampled.
enum { SAMPLE_RECORDS = 2000, SAMPLE_RECORDS_MIN = 50, SAMPLE_CELLS = 1 << 20 };

// Half of the values are empty or come again and again: what they look like is remembered. A column
// that is mostly filled has shown what it holds before the last record of the sample.
enum { LOOK_SLOTS = 1024, SAMPLE_VALUES = 500 };

struct sampling {
    struct export_plan *plan;
    const struct sniffer *sniffer;
    struct cache looks; // enum look
    uint32_t records;
};

static void sample_value(struct sampling *sampling, struct value_counts *counts, str value,
                         struct arena *arena)
{
    if (sniff_filled(counts) == SAMPLE_VALUES) return;
    bool known = true;
    enum look nothing = LOOK_NOTHING, *look = &nothing;
    if (value.len) look = cache_find(&sampling->looks, value, 0, &known);
    if (!known) *look = sniff_value(sampling->sniffer, value, arena);
    sniff_count(counts, value, *look);
}

static bool sample(void *state, const struct records *records, uint32_t row, struct arena *arena)
{
    struct sampling *sampling = state;
    struct mapping *mapping = &sampling->plan->mapping;
    for (uint32_t i = 0; i < mapping->count; i++) {
        str value = records_text(records, row, i, arena);
        sample_value(sampling, &mapping->columns[i].counts, value, arena);
    }
    size_t count = ++sampling->records, cells = count * mapping->count;
    return count < SAMPLE_RECORDS && (cells < SAMPLE_CELLS || count < SAMPLE_RECORDS_MIN);
}

void window_sample(struct export_plan *plan, const struct knowledge *knowledge, str body,
                   bool is_whole)
{
    struct sampling sampling = {.plan = plan, .sniffer = &knowledge->sniffer};
    cache_init(&sampling.looks, LOOK_SLOTS, sizeof(enum look));
    const struct walk_of of = {plan, knowledge, is_whole, 1};
    walk_records(&of, body, sample, &sampling);
    cache_release(&sampling.looks);
}

// ---- dates and countries ---------------------------------------------------------------------

struct deciding {
    struct export_plan *plan;
    const uint32_t *looked_at; // the columns whose cells tell something
    uint32_t looked_at_count;
    const struct sniffer *sniffer;
    const struct person_rules *persons;
    uint32_t countries[26][26];
    int first, last; // columns of the two names, -1 = none
};

// So many records tell whether the two names stand in each other's columns.
enum { PAIRS_MAX = 500 };

static void count_country(struct deciding *deciding, str code)
{
    bool is_code = code.len == 2 && byte_is_upper(code.data[0]) && byte_is_upper(code.data[1]);
    if (is_code) deciding->countries[code.data[0] - 'A'][code.data[1] - 'A']++;
}

static bool is_phone(int target) { return target == FIELD_PHONE || target == FIELD_MOBILE; }

static void find_looked_at(struct deciding *deciding)
{
    struct export_plan *plan = deciding->plan;
    uint32_t *columns = arena_new(&plan->arena, uint32_t, plan->mapping.count), count = 0;
    for (uint32_t i = 0; i < plan->mapping.count; i++) {
        int target = plan->mapping.columns[i].target;
        if (target_is_time(target) || target == FIELD_COUNTRY || is_phone(target) ||
            target == TARGET_FULL_NAME) {
            columns[count++] = i;
        }
    }
    deciding->looked_at = columns;
    deciding->looked_at_count = count;
}

static bool look(void *state, const struct records *records, uint32_t row, struct arena *arena)
{
    struct deciding *deciding = state;
    struct mapping *mapping = &deciding->plan->mapping;
    deciding->plan->window_records++;
    if (deciding->first >= 0 && deciding->last >= 0 &&
        deciding->plan->window_records <= PAIRS_MAX) {
        name_order_look_at_pair(deciding->persons, &mapping->columns[deciding->first],
                                records_text(records, row, (uint32_t)deciding->first, arena),
                                records_text(records, row, (uint32_t)deciding->last, arena), arena);
    }
    for (uint32_t k = 0; k < deciding->looked_at_count; k++) {
        uint32_t i = deciding->looked_at[k];
        struct plan_column *column = &mapping->columns[i];
        int target = column->target;
        if (target_is_time(target)) {
            str value = str_trim(records_text(records, row, i, arena));
            if (value.len && value.data[0] == '\'') value = str_from(value, 1);
            date_evidence(&deciding->sniffer->dates, value, &column->votes);
        } else if (target == FIELD_COUNTRY) {
            str value = records_text(records, row, i, arena);
            count_country(deciding, sniff_country(deciding->sniffer, value, arena));
        } else if (is_phone(target)) {
            char code[2];
            str value = records_text(records, row, i, arena);
            if (sniff_phone_country(deciding->sniffer, value, code)) {
                count_country(deciding, (str){code, 2});
            }
        } else {
            str value = records_text(records, row, i, arena);
            name_order_look(deciding->persons, column, value, arena);
        }
    }
    return true;
}

// Files of ours have been read already: what stayed as typed would not be read now by what the rest
// has become.
static bool is_ours(const struct export_plan *plan)
{
    return plan->profile && plan->profile->own_columns;
}

// The country of more than half of the records that show one.
static void set_majority(struct export_plan *plan, const struct deciding *deciding)
{
    if (is_ours(plan)) return;
    uint64_t sum = 0, most = 0;
    size_t best = 0;
    for (size_t i = 0; i < 26 * (size_t)26; i++) {
        uint32_t count = deciding->countries[i / 26][i % 26];
        sum += count;
        if (count > most) most = count, best = i;
    }
    if (most * 2 <= sum) return;
    char code[2] = {(char)('A' + best / 26), (char)('A' + best % 26)};
    plan->majority_country = arena_copy(&plan->arena, (str){code, 2});
}

static bool is_month_first_country(str country)
{
    return str_equal(country, STR("US")) || str_equal(country, STR("PH"));
}

// The order where a column's own dates show none: what was said, what the other columns show, what
// the profile knows, the 12-hour clock, the country, the language. The last two are a guess.
static enum date_order usual_order(const struct export_plan *plan,
                                   const struct export_options *options, enum date_basis *by)
{
    size_t day = 0, month = 0, half_days = 0;
    *by = DATES_BY_USER;
    if (options->dates != DATE_ORDER_UNKNOWN) return options->dates;
    *by = DATES_BY_NOTHING;
    if (is_ours(plan)) return DATE_ORDER_UNKNOWN;
    *by = DATES_BY_COLUMNS;
    for (size_t i = 0; i < plan->mapping.count; i++) {
        const struct date_votes *votes = &plan->mapping.columns[i].votes;
        day += votes->day_first;
        month += votes->month_first;
        half_days += votes->half_days;
    }
    if (day && !month) return DATE_DAY_FIRST;
    if (month && !day) return DATE_MONTH_FIRST;
    *by = DATES_BY_PROFILE;
    if (plan->profile && plan->profile->dates != DATE_ORDER_UNKNOWN) return plan->profile->dates;
    *by = DATES_BY_CLOCK;
    if (half_days) return DATE_MONTH_FIRST;
    *by = DATES_BY_COUNTRY;
    str country = plan->country.len ? plan->country : plan->majority_country;
    if (country.len) return is_month_first_country(country) ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
    bool is_english = plan->language.len == 0 || str_equal(plan->language, STR("en"));
    *by = is_english ? DATES_BY_NOTHING : DATES_BY_LANGUAGE;
    return is_english ? DATE_ORDER_UNKNOWN : DATE_DAY_FIRST;
}

const char *date_order_text(enum date_order order)
{
    switch (order) {
    case DATE_DAY_FIRST: return "day first";
    case DATE_MONTH_FIRST: return "month first";
    case DATE_ISO:
    case DATE_YEAR_FIRST: return "year first";
    case DATE_ORDER_UNKNOWN: break;
    }
    return "not read";
}

static const char *assumed_text(enum date_order order)
{
    return order == DATE_DAY_FIRST     ? "day first is assumed"
           : order == DATE_MONTH_FIRST ? "month first is assumed"
                                       : "they are not read";
}

static void decide_dates(struct export_plan *plan, const struct export_options *options)
{
    plan->dates = usual_order(plan, options, &plan->dates_by);
    bool is_guess = plan->dates_by == DATES_BY_NOTHING || plan->dates_by >= DATES_BY_COUNTRY;
    for (size_t i = 0; i < plan->mapping.count; i++) {
        struct plan_column *column = &plan->mapping.columns[i];
        if (!target_is_time(column->target)) continue;
        const struct date_votes *votes = &column->votes;
        column->dates = date_order_decide(votes, plan->dates);
        if (options->dates != DATE_ORDER_UNKNOWN) column->dates.order = options->dates;
        if (column->dates.is_conflict) {
            plan_note(
                plan,
                "column '%.*s' has %zu dates with the day first and %zu with the month first; "
                "those that could be either are not read (--dates decides)",
                STR_ARG(column->key), votes->day_first, votes->month_first);
        } else if (votes->open && column->dates.is_assumed && !votes->dotted && is_guess) {
            plan_note(plan,
                      "column '%.*s': %zu date%s could be read either way, none tells; %s (--dates "
                      "decides)",
                      STR_ARG(column->key), votes->open, votes->open == 1 ? "" : "s",
                      assumed_text(column->dates.order));
        }
    }
}

void window_decide(struct export_plan *plan, const struct knowledge *knowledge,
                   const struct export_options *options, str body, bool is_whole)
{
    struct deciding deciding = {.plan = plan,
                                .sniffer = &knowledge->sniffer,
                                .persons = knowledge->persons,
                                .first = mapping_column(&plan->mapping, FIELD_FIRST_NAME),
                                .last = mapping_column(&plan->mapping, FIELD_LAST_NAME)};
    find_looked_at(&deciding);
    const struct walk_of of = {plan, knowledge, is_whole, options->threads};
    walk_all(&of, body, look, &deciding);
    set_majority(plan, &deciding);
    decide_dates(plan, options);
    name_orders_decide(plan, knowledge, options);
}
