// What a person should look at in an export, and the evidence for what was decided.
#include <inttypes.h>

#include "core/normalize/name_order.h"
#include "inspect_facts.h"

enum { UNREAD_PERCENT = 5, REJECT_PERCENT = 10, SURE = 85, DOUBTS_SHOWN = 8 };

struct checks {
    const struct inspect_facts *facts;
    void *state;
    void (*say)(void *state, str text, str option);
    struct arena arena;
};

static unsigned percent(uint64_t part, uint64_t whole)
{
    unsigned share = whole ? (unsigned)((part * 100 + whole / 2) / whole) : 0;
    return share == 0 && part ? 1 : share;
}

uint64_t inspect_rejects(const struct inspect_facts *facts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < facts->result_count; i++) sum += facts->results[i].out[PLACE_REJECT];
    return sum;
}

str inspect_why(const struct inspect_facts *facts, const struct plan_column *column,
                struct arena *arena)
{
    static const char *const words[WHY_COUNT] = {
        "-",          "--mapping", "profile", "own column",   "header",
        "neighbours", "question",  "values",  "contradicted", "company's"};
    const struct synonyms *synonyms = &facts->knowledge->synonyms;
    bool is_word = column->why == WHY_HEADER || column->why == WHY_CHOICE;
    unsigned count = 0;
    str languages = {"", 0};
    for (size_t i = 0; is_word && i < synonyms->language_count; i++) {
        if (!(column->languages >> i & 1)) continue;
        count++;
        languages =
            arena_format(arena, "%.*s %.*s", STR_ARG(languages), STR_ARG(synonyms->languages[i]));
    }
    if (count > (column->why == WHY_CHOICE ? 1 : 2)) languages = STR("");
    return arena_format(arena, "%s%.*s", words[column->why], STR_ARG(languages));
}

// ---- dates -----------------------------------------------------------------------------------

static const char *basis_text(const struct export_plan *plan, struct arena *arena)
{
    switch (plan->dates_by) {
    case DATES_BY_USER: return "as asked for";
    case DATES_BY_COLUMNS: return "as other columns show";
    case DATES_BY_PROFILE: return "as the profile says";
    case DATES_BY_CLOCK: return "by the AM and PM of its times";
    case DATES_BY_COUNTRY: {
        str country = plan->country.len ? plan->country : plan->majority_country;
        return arena_format(arena, "as is usual in %.*s%c", STR_ARG(country), '\0').data;
    }
    case DATES_BY_LANGUAGE:
        return arena_format(arena, "as headers in '%.*s' suggest%c", STR_ARG(plan->language), '\0')
            .data;
    case DATES_BY_NOTHING: break;
    }
    return "as nothing tells";
}

str inspect_dates(const struct inspect_facts *facts, size_t at, struct arena *arena)
{
    const struct export_plan *plan = facts->plan;
    const struct plan_column *column = &plan->mapping.columns[at];
    const struct date_votes *votes = &column->votes;
    const char *order = date_order_text(column->dates.order);
    size_t dates = votes->day_first + votes->month_first + votes->open + votes->year_first +
                   votes->named + votes->serial + votes->epoch;
    if (dates == 0) return STR("no dates in it");
    if (column->dates.is_serial) {
        size_t others = dates - votes->serial + votes->other;
        str text =
            arena_format(arena, "%zu spreadsheet serial numbers, counted from 1900", votes->serial);
        if (others == 0) return text;
        return arena_format(arena, "%.*s; %zu of %zu %s not", STR_ARG(text), others,
                            dates + votes->other, others == 1 ? "is" : "are");
    }
    if (votes->serial == dates) {
        return arena_format(arena,
                            "%zu of %zu may be spreadsheet serial numbers: too few to read as such",
                            votes->serial, dates + votes->other);
    }
    if (column->dates.is_conflict) {
        return arena_format(arena,
                            "%zu show day first and %zu month first: the %zu that could be either "
                            "are not read",
                            votes->day_first, votes->month_first, votes->open);
    }
    size_t proofs = votes->day_first + votes->month_first;
    if (proofs) {
        return arena_format(arena, "%s, shown by %zu of %zu dates", order, proofs, dates);
    }
    if (votes->open == 0) {
        const char *how = votes->named   ? "each can be read in one way only"
                          : votes->epoch ? "seconds since 1970"
                                         : "year first: no question";
        return str_of(how);
    }
    const struct inspected_column *seen = &facts->inspection->columns[at];
    const char *basis =
        votes->dotted * 2 > votes->open ? "as dates with dots are" : basis_text(plan, arena);
    if (votes->open == 1 && facts->shows_examples && seen->before.len) {
        return arena_format(arena, "%.*s is the only date: its order cannot be seen; %s, %s",
                            STR_ARG(seen->before), order, basis);
    }
    return arena_format(arena, "none of %zu shows its order; %s, %s", votes->open, order, basis);
}

str inspect_zone(int minutes, struct arena *arena)
{
    int ahead = minutes < 0 ? -minutes : minutes;
    if (minutes == 0) return STR("UTC");
    return arena_format(arena, "%c%02d:%02d", minutes < 0 ? '-' : '+', ahead / 60, ahead % 60);
}

// ---- names -----------------------------------------------------------------------------------

static str names_basis(const struct plan_column *column, const struct export_plan *plan,
                       struct arena *arena)
{
    const struct person_votes *votes = &column->names;
    bool is_family = column->name_order == PERSON_FAMILY_FIRST;
    size_t shown = is_family ? votes->family_first : votes->given_first;
    size_t names = votes->given_first + votes->family_first + votes->open;
    str country = plan->country.len ? plan->country : plan->majority_country;
    switch (column->names_by) {
    case NAMES_BY_USER: return STR("as asked for");
    case NAMES_BY_VALUES:
        if (names == 1) return STR("shown by its only name");
        return arena_format(arena, "shown by %zu of %zu names", shown, names);
    case NAMES_BY_PROFILE: return STR("as the profile says");
    case NAMES_BY_HEADER: return STR("as its header says");
    case NAMES_BY_COUNTRY: return arena_format(arena, "as is usual in %.*s", STR_ARG(country));
    case NAMES_BY_NOTHING: break;
    }
    if (shown || names == 0) return STR("as most are");
    return arena_format(arena, "as most are; its %zu name%s no order", names,
                        names == 1 ? " shows" : "s show");
}

str inspect_names(const struct plan_column *column, const struct export_plan *plan,
                  struct arena *arena)
{
    const struct person_votes *votes = &column->names;
    str basis = names_basis(column, plan, arena);
    str text =
        arena_format(arena, "%s, %.*s", person_order_text(column->name_order), STR_ARG(basis));
    bool is_mixed = votes->given_first && votes->family_first;
    if (is_mixed && column->names_by != NAMES_BY_VALUES) {
        text = arena_format(
            arena, "%.*s; %zu show that, %zu the other", STR_ARG(text),
            column->name_order == PERSON_FAMILY_FIRST ? votes->family_first : votes->given_first,
            column->name_order == PERSON_FAMILY_FIRST ? votes->given_first : votes->family_first);
    }
    if (votes->commas) {
        text = arena_format(arena, "%.*s; %zu with a comma: as it stands", STR_ARG(text),
                            votes->commas);
    }
    if (votes->east_asian == 0) return text;
    return arena_format(arena, "%.*s; %zu in East Asian script: family name first", STR_ARG(text),
                        votes->east_asian);
}

// ---- what to check ---------------------------------------------------------------------------

static void say(struct checks *checks, const char *option, str text)
{
    checks->say(checks->state, text, str_of(option));
}

static void check_damage(struct checks *checks)
{
    static const char *const texts[DAMAGE_COUNT] = {
        "are numbers such as 3.58E+11: this file was saved by a spreadsheet, and their last digits "
        "are lost; ask for the file as it was exported",
        "are numbers with .0 behind them: a spreadsheet or database took them for numbers",
        "are dates turned into serial numbers by a spreadsheet; they are read as such",
        "had lost their leading zeros, by a spreadsheet; they were put back where the country's "
        "format shows it",
        "are errors of a spreadsheet (#NAME?, ####): what was there is lost",
        "were decoded wrongly before (Ã¤ for ä) and are repaired",
        "hold letters that were lost before the file came here"};
    const struct inspect_facts *facts = checks->facts;
    for (size_t i = 0; i < facts->plan->mapping.count; i++) {
        const struct inspected_column *seen = &facts->inspection->columns[i];
        str key = facts->plan->mapping.columns[i].key;
        for (int damage = 0; damage < DAMAGE_COUNT; damage++) {
            uint64_t count = seen->damage[damage];
            uint64_t filled = seen->filled > count ? seen->filled : count;
            if (count == 0) continue;
            say(checks, "",
                arena_format(&checks->arena, "%u %% of column '%.*s' (%" PRIu64 ") %s",
                             percent(count, filled), STR_ARG(key), count, texts[damage]));
        }
    }
}

static void check_names(struct checks *checks)
{
    static const struct {
        const char *reason, *one, *many;
    } doubts[] = {{"two_people", "name is of two people, who stay one lead",
                   "names are of two people each, who stay one lead"},
                  {"company_as_name", "name is a company's and stays as typed",
                   "names are companies' and stay as typed"},
                  {"not_a_name", "value in a name's place is no name and stays as typed",
                   "values in a name's place are no names and stay as typed"}};
    const struct tally *changes = &checks->facts->inspection->changes;
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++) {
        uint64_t count = tally_get(changes, STR("last_name"), str_of(doubts[i].reason));
        if (count == 0) continue;
        say(checks, "",
            arena_format(&checks->arena, "%" PRIu64 " %s", count,
                         count == 1 ? doubts[i].one : doubts[i].many));
    }
}

static void check_years(struct checks *checks)
{
    for (int field = 0; field < LEAD_FIELD_COUNT; field++) {
        if (schema_fields[field].kind != VALUE_TIME) continue;
        uint64_t count = tally_get(&checks->facts->inspection->changes, schema_fields[field].name,
                                   STR("campaign_year"));
        if (count == 0) continue;
        say(checks, "",
            arena_format(&checks->arena,
                         "%" PRIu64 " value%s of %.*s without a year %s given that of the campaign "
                         "or of the lines above the table",
                         count, count == 1 ? "" : "s", STR_ARG(schema_fields[field].name),
                         count == 1 ? "is" : "are"));
    }
}

static const char *option_for(int field)
{
    if (field == FIELD_PHONE || field == FIELD_MOBILE || field == FIELD_PHONE_OTHER) {
        return "--country CODE, where they are national ones";
    }
    return schema_fields[field].kind == VALUE_TIME ? "--dates ORDER" : "";
}

// Cells of a field that damage has made unreadable, which was said.
static uint64_t damaged(const struct inspect_facts *facts, int field)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < facts->plan->mapping.count; i++) {
        const struct inspected_column *seen = &facts->inspection->columns[i];
        if (facts->plan->mapping.columns[i].target != field) continue;
        sum += seen->damage[DAMAGE_SCIENTIFIC] + seen->damage[DAMAGE_CELL_ERROR];
    }
    return sum;
}

static void check_unread(struct checks *checks)
{
    const struct inspect_facts *facts = checks->facts;
    if (facts->result_count == 0) return;
    for (int field = 0; field < LEAD_FIELD_COUNT; field++) {
        uint64_t unread = tally_get(&facts->results[0].by_reason, STR("unreadable_values"),
                                    schema_fields[field].name);
        uint64_t filled = facts->inspection->with_field[field], lost = damaged(facts, field);
        unread = unread > lost ? unread - lost : 0;
        if (unread == 0 || percent(unread, filled) < UNREAD_PERCENT) continue;
        say(checks, option_for(field),
            arena_format(
                &checks->arena,
                "%" PRIu64 " of %" PRIu64 " value%s of %.*s could not be read and stay as typed",
                unread, filled, filled == 1 ? "" : "s", STR_ARG(schema_fields[field].name)));
    }
}

static void check_columns(struct checks *checks)
{
    const struct export_plan *plan = checks->facts->plan;
    size_t doubts = 0;
    for (size_t i = 0; i < plan->mapping.count; i++) {
        const struct plan_column *column = &plan->mapping.columns[i];
        bool is_doubtful = column->why != WHY_NOTHING && column->confidence < SURE;
        if (!is_doubtful || ++doubts > DOUBTS_SHOWN) continue;
        char quote = str_find(column->key, '"') >= 0 ? '\'' : '"';
        str option = arena_format(&checks->arena, "--mapping %c%.*s=FIELD%c%c", quote,
                                  STR_ARG(column->key), quote, '\0');
        bool is_left = column->target == TARGET_EXTRA;
        const char *before = is_left ? "stays in" : "is taken for";
        say(checks, option.data,
            arena_format(&checks->arena, "column '%.*s' %s %.*s (%s), %u %% sure",
                         STR_ARG(column->key), before, STR_ARG(target_name(column->target)),
                         mapping_why_text(column->why), column->confidence));
    }
}

static void check_file(struct checks *checks)
{
    const struct inspect_facts *facts = checks->facts;
    if (facts->plan->is_refused) {
        say(checks, "--mapping \"COLUMN=FIELD\"",
            STR("no column holds an e-mail address, a phone number or a postal address: these are "
                "no leads, and lead-normalize refuses the file"));
    }
    uint64_t rejects = inspect_rejects(facts), records = facts->lines.records;
    if (!facts->plan->is_refused && percent(rejects, records) >= REJECT_PERCENT) {
        say(checks, "",
            arena_format(&checks->arena,
                         "%u %% of the records would be rejected; lead-normalize and lead-validate "
                         "keep them, with the reason, with --keep-all DIR",
                         percent(rejects, records)));
    }
    if (facts->counts.irregular) {
        say(checks, "",
            arena_format(&checks->arena, "%" PRIu64 " record%s stray or unclosed quotes, repaired",
                         facts->counts.irregular,
                         facts->counts.irregular == 1 ? " has" : "s have"));
    }
    if (facts->lines.shorter) {
        say(checks, "",
            arena_format(&checks->arena, "%" PRIu64 " record%s shorter than the header",
                         facts->lines.shorter, facts->lines.shorter == 1 ? " is" : "s are"));
    }
    if (!facts->plan->profile && str_equal(facts->plan->source, STR("other"))) {
        say(checks, "--source WORD (ad, trade_show, webinar ...)",
            STR("where these leads come from is not known"));
    }
}

void inspect_checks(const struct inspect_facts *facts, void *state,
                    void (*say_one)(void *state, str text, str option))
{
    struct checks checks = {.facts = facts, .state = state, .say = say_one};
    for (const struct plan_note *note = facts->plan->notes; note; note = note->next) {
        say(&checks, "", note->text);
    }
    if (facts->plan->mapping.count) {
        check_file(&checks);
        check_damage(&checks);
        check_names(&checks);
        check_years(&checks);
        check_unread(&checks);
        check_columns(&checks);
    }
    arena_release(&checks.arena);
}
