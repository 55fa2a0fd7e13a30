// One screen about one export.
#include <inttypes.h>

#include "core/base/utf8.h"
#include "inspect_facts.h"
#include "inspect_layout.h"

// The columns of the table of columns; what is left of the line is for the example.
enum { HEADER_WIDTH = 20, FIELD_WIDTH = 16, WHY_WIDTH = 13, EXAMPLE_WIDTH = 35 };

enum { TEXTS_SHOWN = 5, LISTED_BYTES = 700 };

struct page {
    const struct inspect_facts *facts;
    const struct export_plan *plan;
    struct buffer *out;
    struct arena arena;
};

static const char *plural(uint64_t count) { return count == 1 ? "" : "s"; }

static str shown(struct page *page, str text) { return layout_mask(text, &page->arena); }

// ---- the file --------------------------------------------------------------------------------

static void write_title(struct page *page)
{
    const struct inspect_facts *facts = page->facts;
    uint64_t rejects = inspect_rejects(facts), records = facts->lines.records;
    str name = shown(page, str_of(page->plan->name));
    buffer_format(
        page->out, "%.*s\n%s%" PRIu64 " record%s = %" PRIu64 " lead%s + %" PRIu64 " reject%s\n\n",
        STR_ARG(name), facts->lines.is_cut ? "its first 16 MiB: " : "", records, plural(records),
        records - rejects, plural(records - rejects), rejects, plural(rejects));
}

static void write_encoding(struct page *page)
{
    const struct decoding *decoding = &page->facts->counts.decoding;
    struct buffer text = {0};
    buffer_format(&text, "%s", encoding_name(decoding->encoding));
    if (decoding->bom_bytes) buffer_add(&text, STR(", with a byte order mark"));
    if (decoding->codepage_lines) {
        bool is_all = decoding->encoding != ENCODING_UTF8;
        buffer_format(&text,
                      is_all ? ": %" PRIu64 " line%s not UTF-8"
                             : "; %" PRIu64 " line%s not, and read as Windows-1252",
                      decoding->codepage_lines, decoding->codepage_lines == 1 ? " is" : "s are");
    }
    if (decoding->nul_bytes) {
        buffer_format(&text, "; %" PRIu64 " NUL byte%s dropped", decoding->nul_bytes,
                      plural(decoding->nul_bytes));
    }
    if (decoding->bad_sequences) {
        buffer_format(&text, "; %" PRIu64 " broken character%s", decoding->bad_sequences,
                      plural(decoding->bad_sequences));
    }
    layout_fact(page->out, "encoding", buffer_str(&text), "--encoding NAME");
    buffer_release(&text);
}

static void add_line_ends(const struct inspect_facts *facts, struct buffer *text)
{
    const struct inspect_lines *lines = &facts->lines;
    if (facts->plan->decoding.cr_only) {
        buffer_add(text, STR(", CR line ends"));
    } else if (lines->crlf && lines->lf) {
        buffer_format(text, ", line ends CR LF (%" PRIu64 ") and LF (%" PRIu64 ")", lines->crlf,
                      lines->lf);
    } else {
        buffer_format(text, ", %s line ends", lines->crlf ? "CR LF" : "LF");
    }
}

static void write_dialect(struct page *page)
{
    const struct dialect *dialect = &page->plan->dialect;
    const struct inspect_lines *lines = &page->facts->lines;
    char c = dialect->delimiter;
    struct buffer text = {0};
    const char *name = c == ',' ? "comma" : c == ';' ? "semicolon" : c == '\t' ? "tab" : NULL;
    if (page->plan->mapping.count == 1) {
        buffer_add(&text, STR("one column"));
    } else if (name) {
        buffer_format(&text, "%s between fields", name);
    } else {
        buffer_format(&text, "'%c' between fields", c);
    }
    if (dialect->had_sep_line) buffer_add(&text, STR(" (its sep= line says so)"));
    if (lines->records) {
        add_line_ends(page->facts, &text);
        if (!lines->quoted) buffer_add(&text, STR(", no quotes"));
        if (lines->quoted) {
            buffer_format(&text, ", %" PRIu64 " field%s in quotes", lines->quoted,
                          plural(lines->quoted));
        }
    }
    if (dialect->backslash_escape) buffer_add(&text, STR(", \\\" for a quote"));
    layout_fact(page->out, "dialect", buffer_str(&text), "--delimiter CHAR");
    buffer_release(&text);
}

static void add_recognition(struct page *page, struct buffer *text)
{
    const struct recognition *by = page->plan->recognised;
    if (!by) {
        buffer_add(text, STR("as asked for"));
        return;
    }
    buffer_format(text, "known by the %s", by->by_preamble ? "lines above: " : "headers ");
    for (size_t i = 0; i < by->texts.count && i < TEXTS_SHOWN; i++) {
        str one = shown(page, by->texts.items[i]);
        buffer_format(text, "%s\"%.*s\"", i ? ", " : "", STR_ARG(one));
    }
    if (by->texts.count > TEXTS_SHOWN) {
        buffer_format(text, " and %zu more", by->texts.count - TEXTS_SHOWN);
    }
}

static void write_source(struct page *page)
{
    const struct export_plan *plan = page->plan;
    struct buffer text = {0};
    if (plan->profile) {
        buffer_format(&text, "%.*s, ", STR_ARG(shown(page, plan->profile->name)));
        add_recognition(page, &text);
    } else {
        buffer_add(&text, STR("not known"));
    }
    layout_fact(page->out, "profile", buffer_str(&text), "--source PROFILE");
    buffer_clear(&text);
    buffer_format(&text, "source %.*s, source_name %.*s", STR_ARG(plan->source),
                  STR_ARG(shown(page, plan->source_name)));
    layout_fact(page->out, "leads get", buffer_str(&text), "--source WORD --name TEXT");
    if (plan->campaign.len || plan->created.len) {
        buffer_clear(&text);
        if (plan->campaign.len) {
            buffer_format(&text, "campaign %.*s", STR_ARG(shown(page, plan->campaign)));
        }
        if (plan->created.len) {
            buffer_format(&text, "%sevent on %.*s", text.len ? ", " : "",
                          STR_ARG(shown(page, plan->created)));
        }
        layout_fact(page->out, "", buffer_str(&text), "--campaign TEXT");
    }
    buffer_release(&text);
}

// ---- the table -------------------------------------------------------------------------------

static void add_table(struct page *page, struct buffer *text, const struct sheet_table *table)
{
    if (table->title.len) {
        buffer_format(text, "\"%.*s\", ", STR_ARG(shown(page, table->title)));
    }
    buffer_format(text, "line %" PRIu64 ", %zu columns", table->line, table->columns);
}

static void write_table(struct page *page)
{
    static const char *const kinds[SKIP_COUNT] = {"above the table", "header", "footer",
                                                  "of other tables", "blank",  "repeated headers"};
    const struct export_plan *plan = page->plan;
    struct buffer text = {0}, others = {0};
    if (plan->has_header) buffer_format(&text, "line %" PRIu64, plan->header_line);
    if (!plan->has_header) buffer_add(&text, STR("none: columns are told by their values"));
    if (plan->has_header && !plan->header_known) buffer_add(&text, STR(", of words not known"));
    for (size_t i = 0; i < plan->table_count; i++) {
        const struct sheet_table *table = &plan->tables[i];
        bool is_taken = table->line == plan->header_line;
        if (is_taken && table->title.len) {
            buffer_format(&text, ", below \"%.*s\"", STR_ARG(shown(page, table->title)));
        }
        if (is_taken) continue;
        if (others.len) buffer_add(&others, STR("; "));
        add_table(page, &others, table);
    }
    layout_fact(page->out, "header row", buffer_str(&text), "--header-line LINE");
    if (others.len) layout_fact(page->out, "not taken", buffer_str(&others), "--header-line LINE");
    buffer_clear(&text);
    for (int kind = 0; kind < SKIP_COUNT; kind++) {
        uint64_t count = page->facts->counts.skipped[kind];
        if (count == 0 || (kind == SKIP_HEADER && count == 1)) continue;
        buffer_format(&text, "%s%" PRIu64 " %s", text.len ? ", " : "", count, kinds[kind]);
    }
    if (text.len) {
        buffer_add(&text, STR(": lines that are no records"));
        layout_fact(page->out, "skipped", buffer_str(&text), NULL);
    }
    buffer_release(&text);
    buffer_release(&others);
}

// ---- what holds for all ----------------------------------------------------------------------

// The columns of times that one basis gives a zone, by name.
static void add_zone(struct page *page, struct buffer *text, enum zone_basis by)
{
    static const char *const reasons[] = {"", "as asked for", "as its header says",
                                          "as the profile says"};
    size_t count = 0;
    const struct plan_column *first = NULL;
    for (size_t i = 0; i < page->plan->mapping.count; i++) {
        const struct plan_column *column = &page->plan->mapping.columns[i];
        if (!target_is_time(column->target) || column->zone_by != by) continue;
        count++;
        if (!first) first = column;
    }
    if (count == 0) return;
    buffer_format(text, "%s%.*s", text->len ? "; " : "", STR_ARG(shown(page, first->key)));
    if (count > 1) buffer_format(text, " and %zu more", count - 1);
    buffer_format(text, ": %.*s, %s", STR_ARG(inspect_zone(first->zone, &page->arena)),
                  reasons[by]);
}

static void write_zone(struct page *page)
{
    const struct inspection *inspection = page->facts->inspection;
    uint64_t with = inspection->times_with_offset, without = inspection->times_of_day;
    struct buffer text = {0};
    for (int by = ZONE_BY_USER; by <= ZONE_BY_PROFILE; by++) add_zone(page, &text, by);
    if (text.len == 0 && with) {
        buffer_format(&text, "%" PRIu64 " time%s with an offset, which is kept", with,
                      plural(with));
    }
    if (without) {
        buffer_format(&text,
                      "%s%" PRIu64 " time%s without an offset: written as they are, in no zone",
                      text.len ? "; " : "", without, plural(without));
    }
    if (text.len) layout_fact(page->out, "time zone", buffer_str(&text), "--zone ZONE");
    buffer_release(&text);
}

static void write_delivery(struct page *page)
{
    const struct source_profile *profile = page->plan->profile;
    if (!profile || profile->delivery == DELIVERY_UNKNOWN) return;
    bool is_once = profile->delivery == DELIVERY_ONCE;
    layout_fact(page->out, "delivery",
                is_once ? STR("once, by its profile: no export repeats another's leads")
                        : STR("cumulative, by its profile: leads of earlier exports come again"),
                NULL);
}

static void write_dates(struct page *page)
{
    bool is_any = false;
    for (size_t i = 0; i < page->plan->mapping.count; i++) {
        const struct plan_column *column = &page->plan->mapping.columns[i];
        if (!target_is_time(column->target)) continue;
        str key = shown(page, column->key), dates = inspect_dates(page->facts, i, &page->arena);
        str text =
            arena_format(&page->arena, "%.*s: %.*s", STR_ARG(key), STR_ARG(shown(page, dates)));
        layout_fact(page->out, is_any ? "" : "dates", text, is_any ? NULL : "--dates ORDER");
        is_any = true;
    }
    write_zone(page);
}

static void write_names(struct page *page)
{
    bool is_any = false;
    for (size_t i = 0; i < page->plan->mapping.count; i++) {
        const struct plan_column *column = &page->plan->mapping.columns[i];
        const struct person_votes *votes = &column->names;
        bool is_any_name = votes->given_first + votes->family_first + votes->open + votes->commas +
                               votes->east_asian >
                           0;
        if (column->target != TARGET_FULL_NAME) continue;
        if (!is_any_name && column->names_by != NAMES_BY_USER) continue; // names of one word
        str key = shown(page, column->key);
        str names = inspect_names(column, page->plan, &page->arena);
        layout_fact(page->out, is_any ? "" : "names",
                    arena_format(&page->arena, "%.*s: %.*s", STR_ARG(key), STR_ARG(names)),
                    is_any ? NULL : "--names ORDER");
        is_any = true;
    }
}

static void write_country(struct page *page)
{
    const struct export_plan *plan = page->plan;
    const struct inspection *inspection = page->facts->inspection;
    struct buffer text = {0};
    bool by_profile = plan->profile && plan->country.data == plan->profile->country;
    if (plan->country.len) {
        buffer_format(&text, "%.*s where a lead has none, %s (%" PRIu64 " lead%s)",
                      STR_ARG(plan->country), by_profile ? "by its profile" : "as asked for",
                      inspection->default_country, plural(inspection->default_country));
    } else {
        buffer_add(&text, STR("no default"));
        if (plan->majority_country.len) {
            buffer_format(&text, "; numbers without one are read as %.*s, as most leads show",
                          STR_ARG(plan->majority_country));
            if (inspection->guessed_numbers) {
                buffer_format(&text, " (%" PRIu64 " lead%s)", inspection->guessed_numbers,
                              plural(inspection->guessed_numbers));
            }
        }
    }
    layout_fact(page->out, "country", buffer_str(&text), "--country CODE");
    buffer_release(&text);
}

static void write_rejects(struct page *page)
{
    const struct inspect_facts *facts = page->facts;
    struct buffer text = {0};
    for (size_t i = 0; i < facts->result_count; i++) {
        const struct tally *tally = &facts->results[i].by_reason;
        for (size_t j = 0; j < tally->count; j++) {
            if (!str_equal(tally->entries[j].group, STR("rejects"))) continue;
            buffer_format(&text, "%s%" PRIu64 " %.*s (%s)", text.len ? ", " : "",
                          tally->entries[j].count, STR_ARG(tally->entries[j].name),
                          facts->results[i].name);
        }
    }
    if (text.len == 0) buffer_add(&text, STR("none"));
    layout_fact(page->out, "rejects", buffer_str(&text), NULL);
    buffer_release(&text);
}

// ---- the columns -----------------------------------------------------------------------------

// The cell and what the lead holds of it, on a second line where both do not fit on one.
static void write_example(struct page *page, const struct inspected_column *column)
{
    if (!page->facts->shows_examples) return;
    if (column->example_rank == 0) {
        if (column->filled) buffer_add(page->out, STR("(stays in extra)"));
        return;
    }
    str before = shown(page, column->before), after = shown(page, column->after);
    layout_cell(page->out, before, EXAMPLE_WIDTH, false);
    if (str_equal(before, after)) return;
    if (after.len == 0) after = STR("(nothing)");
    if (utf8_count(before) + utf8_count(after) + 4 > EXAMPLE_WIDTH) {
        buffer_format(page->out, "\n%*s", LAYOUT_WIDTH - EXAMPLE_WIDTH - 1, "");
    }
    buffer_add(page->out, STR(" -> "));
    layout_cell(page->out, after, EXAMPLE_WIDTH - 3, false);
}

static void write_column(struct page *page, size_t i)
{
    const struct plan_column *column = &page->plan->mapping.columns[i];
    const struct inspected_column *seen = &page->facts->inspection->columns[i];
    uint64_t leads = page->facts->inspection->leads;
    str why = inspect_why(page->facts, column, &page->arena);
    buffer_add(page->out, STR("  "));
    layout_cell(page->out, shown(page, column->key), HEADER_WIDTH, true);
    buffer_add_byte(page->out, ' ');
    str field = target_name(column->target);
    if (column->rank)
        field = arena_format(&page->arena, "%.*s %u", STR_ARG(field), column->rank + 1);
    layout_cell(page->out, field, FIELD_WIDTH, true);
    buffer_add_byte(page->out, ' ');
    layout_cell(page->out, why, WHY_WIDTH, true);
    uint64_t percent = leads ? (seen->filled * 100 + leads / 2) / leads : 0;
    if (percent == 0 && seen->filled) percent = 1;
    buffer_format(page->out, "%5u%5" PRIu64 "  ", column->confidence, percent);
    write_example(page, seen);
    while (page->out->len && page->out->data[page->out->len - 1] == ' ') page->out->len--;
    buffer_add_byte(page->out, '\n');
}

static bool is_field(const struct plan_column *column)
{
    return column->target != TARGET_EXTRA && column->target != TARGET_IGNORE;
}

static void list_columns(struct page *page, const char *label, const char *opening, int target,
                         bool is_known, const char *option)
{
    struct buffer text = {0};
    size_t more = 0;
    for (size_t i = 0; i < page->plan->mapping.count; i++) {
        const struct plan_column *column = &page->plan->mapping.columns[i];
        if (column->target != target || (column->why != WHY_NOTHING) != is_known) continue;
        if (text.len > LISTED_BYTES && ++more) continue;
        buffer_format(&text, "%s%.*s", text.len ? ", " : opening,
                      STR_ARG(shown(page, column->key)));
    }
    if (more) buffer_format(&text, " and %zu more", more);
    if (text.len) layout_fact(page->out, label, buffer_str(&text), option);
    buffer_release(&text);
}

// Nothing in the window is in it; then the list behind the table names it, unless all are so.
static bool is_empty(const struct page *page, size_t i)
{
    return page->facts->inspection->leads && page->facts->inspection->columns[i].filled == 0;
}

static void list_empty(struct page *page)
{
    struct buffer text = {0};
    for (size_t i = 0; i < page->plan->mapping.count; i++) {
        const struct plan_column *column = &page->plan->mapping.columns[i];
        if (!is_field(column) || !is_empty(page, i) || text.len > LISTED_BYTES) continue;
        buffer_format(&text, "%s%.*s (%.*s)", text.len ? ", " : "",
                      STR_ARG(shown(page, column->key)), STR_ARG(target_name(column->target)));
    }
    if (text.len) layout_fact(page->out, "empty", buffer_str(&text), NULL);
    buffer_release(&text);
}

static void write_columns(struct page *page)
{
    buffer_format(page->out, "\n  %-*s %-*s %-*s%5s%5s%s\n", HEADER_WIDTH, "column", FIELD_WIDTH,
                  "field", WHY_WIDTH, "why", "sure", "full",
                  page->facts->shows_examples ? "  example" : "");
    for (size_t i = 0; i < page->plan->mapping.count; i++) {
        bool is_listed = is_field(&page->plan->mapping.columns[i]) && !is_empty(page, i);
        if (is_listed) write_column(page, i);
    }
    buffer_add_byte(page->out, '\n');
    list_empty(page);
    list_columns(page, "to extra", "not known: ", TARGET_EXTRA, false,
                 "--mapping \"COLUMN=FIELD\"");
    list_columns(page, "to extra", "known, no field of a lead: ", TARGET_EXTRA, true,
                 "--mapping \"COLUMN=FIELD\"");
    list_columns(page, "dropped", "", TARGET_IGNORE, true, NULL);
}

// The option stands on a line of its own where it would be broken.
static void say_check(void *state, str text, str option)
{
    enum { ROOM = 83 };
    struct page *page = state;
    str one = shown(page, text), other = shown(page, option);
    bool fits = utf8_count(one) + utf8_count(other) <= ROOM;
    const char *between = option.len ? ": " : "";
    if (fits || option.len == 0) {
        one = arena_format(&page->arena, "%.*s%s%.*s", STR_ARG(one), between, STR_ARG(other));
    } else {
        one = arena_format(&page->arena, "%.*s:", STR_ARG(one));
    }
    layout_fact(page->out, "check", one, NULL);
    if (!fits && option.len) layout_fact(page->out, "", other, NULL);
}

void inspect_write_text(const struct inspect_facts *facts, struct buffer *out)
{
    struct page page = {.facts = facts, .plan = facts->plan, .out = out};
    write_title(&page);
    write_encoding(&page);
    if (page.plan->mapping.count) {
        write_dialect(&page);
        write_source(&page);
        write_delivery(&page);
        write_table(&page);
        write_names(&page);
        write_dates(&page);
        write_country(&page);
        write_rejects(&page);
        write_columns(&page);
    }
    inspect_checks(facts, &page, say_check);
    arena_release(&page.arena);
}
