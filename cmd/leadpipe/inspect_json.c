// The facts about one export as JSON: what the screen shows, for programs.
#include <inttypes.h>

#include "core/base/json.h"
#include "inspect_facts.h"

struct json {
    struct buffer *out;
    bool is_first;
};

static void begin(struct json *json, const char *name, char bracket)
{
    if (name) json_add_name(json->out, &json->is_first, str_of(name));
    if (!name && !json->is_first) buffer_add(json->out, STR(", "));
    buffer_add_byte(json->out, bracket);
    json->is_first = true;
}

static void end(struct json *json, char bracket)
{
    buffer_add_byte(json->out, bracket);
    json->is_first = false;
}

static void add_string(struct json *json, const char *name, str text)
{
    json_add_name(json->out, &json->is_first, str_of(name));
    json_add_string(json->out, text);
}

// A text, or null where there is none.
static void add_optional(struct json *json, const char *name, str text)
{
    json_add_name(json->out, &json->is_first, str_of(name));
    if (text.len) {
        json_add_string(json->out, text);
    } else {
        buffer_add(json->out, STR("null"));
    }
}

static void add_number(struct json *json, const char *name, uint64_t number)
{
    json_add_name(json->out, &json->is_first, str_of(name));
    buffer_format(json->out, "%" PRIu64, number);
}

static void add_bool(struct json *json, const char *name, bool is_true)
{
    json_add_name(json->out, &json->is_first, str_of(name));
    buffer_add(json->out, is_true ? STR("true") : STR("false"));
}

static void add_dialect(struct json *json, const struct inspect_facts *facts)
{
    const struct decoding *decoding = &facts->counts.decoding;
    const struct dialect *dialect = &facts->plan->dialect;
    begin(json, "encoding", '{');
    add_string(json, "name", str_of(encoding_name(decoding->encoding)));
    add_bool(json, "byte_order_mark", decoding->bom_bytes > 0);
    add_number(json, "windows_1252_lines", decoding->codepage_lines);
    add_number(json, "nul_bytes", decoding->nul_bytes);
    add_number(json, "broken_characters", decoding->bad_sequences);
    end(json, '}');
    begin(json, "dialect", '{');
    add_string(json, "delimiter", (str){&dialect->delimiter, 1});
    add_bool(json, "sep_line", dialect->had_sep_line);
    add_bool(json, "backslash_escapes", dialect->backslash_escape);
    add_bool(json, "cr_line_ends", facts->plan->decoding.cr_only);
    add_number(json, "crlf_line_ends", facts->lines.crlf);
    add_number(json, "lf_line_ends", facts->plan->decoding.cr_only ? 0 : facts->lines.lf);
    add_number(json, "quoted_fields", facts->lines.quoted);
    end(json, '}');
}

static void add_source(struct json *json, const struct inspect_facts *facts)
{
    const struct export_plan *plan = facts->plan;
    const struct recognition *by = plan->recognised;
    add_optional(json, "profile", plan->profile ? plan->profile->name : (str){"", 0});
    begin(json, "recognised_by", '{');
    if (by) {
        begin(json, by->by_preamble ? "preamble" : "header", '[');
        for (size_t i = 0; i < by->texts.count; i++) {
            if (i) buffer_add(json->out, STR(", "));
            json_add_string(json->out, by->texts.items[i]);
        }
        end(json, ']');
    }
    end(json, '}');
    add_string(json, "source", plan->source);
    add_string(json, "source_name", plan->source_name);
    add_optional(json, "source_campaign", plan->campaign);
    add_optional(json, "event_date", plan->created);
    static const char *const deliveries[] = {"", "once", "cumulative"};
    add_optional(json, "delivery",
                 str_of(plan->profile ? deliveries[plan->profile->delivery] : ""));
}

static void add_tables(struct json *json, const struct inspect_facts *facts)
{
    const struct export_plan *plan = facts->plan;
    add_bool(json, "has_header", plan->has_header);
    add_bool(json, "header_known", plan->header_known);
    add_number(json, "header_line", plan->header_line);
    begin(json, "tables", '[');
    for (size_t i = 0; i < plan->table_count; i++) {
        begin(json, NULL, '{');
        add_optional(json, "title", plan->tables[i].title);
        add_number(json, "line", plan->tables[i].line);
        add_number(json, "columns", plan->tables[i].columns);
        add_bool(json, "is_taken", plan->tables[i].line == plan->header_line);
        end(json, '}');
    }
    end(json, ']');
    begin(json, "skipped", '{');
    for (int kind = 0; kind < SKIP_COUNT; kind++) {
        add_number(json, skip_name((enum skip_kind)kind), facts->counts.skipped[kind]);
    }
    end(json, '}');
}

static void add_records(struct json *json, const struct inspect_facts *facts)
{
    add_bool(json, "is_whole", !facts->lines.is_cut);
    add_bool(json, "is_refused", facts->plan->is_refused);
    add_number(json, "records", facts->lines.records);
    add_number(json, "leads", facts->lines.records - inspect_rejects(facts));
    begin(json, "rejects", '{');
    for (size_t i = 0; i < facts->result_count; i++) {
        const struct tally *tally = &facts->results[i].by_reason;
        begin(json, facts->results[i].name, '{');
        for (size_t j = 0; j < tally->count; j++) {
            if (!str_equal(tally->entries[j].group, STR("rejects"))) continue;
            json_add_name(json->out, &json->is_first, tally->entries[j].name);
            buffer_format(json->out, "%" PRIu64, tally->entries[j].count);
        }
        end(json, '}');
    }
    end(json, '}');
    add_number(json, "repaired_quotes", facts->counts.irregular);
    add_number(json, "short_records", facts->lines.shorter);
}

static const char *basis_name(enum date_basis basis)
{
    static const char *const names[] = {"nothing", "option",  "other_columns", "profile",
                                        "clock",   "country", "language"};
    return names[basis];
}

static void add_country(struct json *json, const struct inspect_facts *facts)
{
    const struct export_plan *plan = facts->plan;
    bool by_profile = plan->profile && plan->country.data == plan->profile->country;
    begin(json, "country", '{');
    add_optional(json, "default", plan->country);
    add_optional(json, "by",
                 plan->country.len == 0 ? (str){"", 0}
                 : by_profile           ? STR("profile")
                                        : STR("option"));
    add_optional(json, "majority", plan->majority_country);
    add_number(json, "leads_by_default", facts->inspection->default_country);
    add_number(json, "leads_by_phone", facts->inspection->phone_country);
    add_number(json, "numbers_read_by_majority", facts->inspection->guessed_numbers);
    end(json, '}');
    begin(json, "dates", '{');
    add_string(json, "order", str_of(date_order_text(plan->dates)));
    add_string(json, "by", str_of(basis_name(plan->dates_by)));
    add_number(json, "times_with_offset", facts->inspection->times_with_offset);
    add_number(json, "times_without_offset", facts->inspection->times_of_day);
    end(json, '}');
    add_optional(json, "language", plan->language);
}

static void add_votes(struct json *json, const struct plan_column *column)
{
    const struct date_votes *votes = &column->votes;
    begin(json, "dates", '{');
    add_string(json, "order", str_of(date_order_text(column->dates.order)));
    add_bool(json, "is_assumed", column->dates.is_assumed);
    add_bool(json, "is_conflict", column->dates.is_conflict);
    add_bool(json, "is_serial", column->dates.is_serial);
    add_number(json, "day_first", votes->day_first);
    add_number(json, "month_first", votes->month_first);
    add_number(json, "either", votes->open);
    add_number(json, "year_first", votes->year_first);
    add_number(json, "month_names", votes->named);
    static const char *const by[] = {"nothing", "option", "header", "profile"};
    char room[128];
    struct arena arena = {.at = room, .end = room + sizeof room};
    bool has_zone = column->zone_by != ZONE_BY_NOTHING;
    add_optional(json, "zone", has_zone ? inspect_zone(column->zone, &arena) : (str){"", 0});
    add_string(json, "zone_by", str_of(by[column->zone_by]));
    arena_release(&arena);
    end(json, '}');
}

static void add_names(struct json *json, const struct plan_column *column)
{
    static const char *const by[] = {"nothing", "option", "names", "profile", "header", "country"};
    bool is_family = column->name_order == PERSON_FAMILY_FIRST;
    begin(json, "names", '{');
    add_string(json, "order", is_family ? STR("family name first") : STR("given name first"));
    add_string(json, "by", str_of(by[column->names_by]));
    add_number(json, "given_first", column->names.given_first);
    add_number(json, "family_first", column->names.family_first);
    add_number(json, "either", column->names.open);
    add_number(json, "commas", column->names.commas);
    end(json, '}');
}

static void add_column(struct json *json, const struct inspect_facts *facts, size_t i)
{
    const struct plan_column *column = &facts->plan->mapping.columns[i];
    const struct inspected_column *seen = &facts->inspection->columns[i];
    const struct synonyms *synonyms = &facts->knowledge->synonyms;
    begin(json, NULL, '{');
    add_string(json, "column", column->key);
    add_string(json, "field", target_name(column->target));
    add_number(json, "rank", column->rank);
    add_string(json, "why", str_of(mapping_why_text(column->why)));
    begin(json, "languages", '[');
    for (size_t j = 0; j < synonyms->language_count; j++) {
        if (!(column->languages >> j & 1)) continue;
        if (!json->is_first) buffer_add(json->out, STR(", "));
        json_add_string(json->out, synonyms->languages[j]);
        json->is_first = false;
    }
    end(json, ']');
    add_number(json, "confidence", column->confidence);
    add_optional(json, "prefix", column->prefix);
    add_number(json, "filled", seen->filled);
    add_number(json, "taken", seen->taken);
    if (target_is_time(column->target)) add_votes(json, column);
    if (column->target == TARGET_FULL_NAME) add_names(json, column);
    begin(json, "looks", '{');
    for (int look = 0; look < LOOK_COUNT; look++) {
        if (column->counts.look[look] == 0) continue;
        add_number(json, look_name((enum look)look), column->counts.look[look]);
    }
    end(json, '}');
    begin(json, "damage", '{');
    for (int damage = 0; damage < DAMAGE_COUNT; damage++) {
        if (seen->damage[damage] == 0) continue;
        add_number(json, damage_name((enum damage)damage), seen->damage[damage]);
    }
    end(json, '}');
    if (facts->shows_examples && seen->example_rank) {
        begin(json, "example", '{');
        add_string(json, "before", seen->before);
        add_string(json, "after", seen->after);
        end(json, '}');
    }
    end(json, '}');
}

static void add_changes(struct json *json, const struct inspect_facts *facts)
{
    const struct tally *changes = &facts->inspection->changes;
    begin(json, "changes", '{');
    for (size_t i = 0; i < changes->count; i++) {
        const struct tally_entry *entry = &changes->entries[i];
        bool is_new = i == 0 || !str_equal(entry->group, changes->entries[i - 1].group);
        if (is_new && i) end(json, '}');
        if (is_new) {
            json_add_name(json->out, &json->is_first, entry->group);
            buffer_add_byte(json->out, '{');
            json->is_first = true;
        }
        json_add_name(json->out, &json->is_first, entry->name);
        buffer_format(json->out, "%" PRIu64, entry->count);
    }
    if (changes->count) end(json, '}');
    end(json, '}');
}

static void say_check(void *state, str text, str option)
{
    struct json *json = state;
    begin(json, NULL, '{');
    add_string(json, "text", text);
    add_optional(json, "option", option);
    end(json, '}');
}

void inspect_write_json(const struct inspect_facts *facts, struct buffer *out)
{
    struct json json = {out, true};
    begin(&json, NULL, '{');
    add_string(&json, "file", facts->plan->file);
    add_dialect(&json, facts);
    add_source(&json, facts);
    add_tables(&json, facts);
    add_records(&json, facts);
    add_country(&json, facts);
    begin(&json, "columns", '[');
    for (size_t i = 0; i < facts->plan->mapping.count; i++) {
        buffer_add(out, i ? STR(",\n  ") : STR("\n  "));
        json.is_first = true;
        add_column(&json, facts, i);
    }
    end(&json, ']');
    add_changes(&json, facts);
    begin(&json, "check", '[');
    inspect_checks(facts, &json, say_check);
    end(&json, ']');
    end(&json, '}');
}
