#include "profile.h"

#include "core/base/utf8.h"
#include "name_order.h"

bool profile_name_is_good(str name)
{
    if (name.len == 0 || name.len > 60 || !byte_is_letter(name.data[0])) return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        if (!byte_is_letter(c) && !byte_is_digit(c) && c != '_' && c != '-') return false;
    }
    return !source_is_word(name);
}

// ---- writing ---------------------------------------------------------------------------------

// A text of the rules' grammar; it cannot hold a line end.
static void add_text(struct buffer *out, str text)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '"' || c == '\\') buffer_add_byte(out, '\\');
        buffer_add_byte(out, c == '\n' || c == '\r' ? ' ' : c);
    }
    buffer_add_byte(out, '"');
}

// OPENING "A", "B", ...
static void add_texts(struct buffer *out, const char *opening, const str texts[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_add(out, i ? STR(", ") : str_of(opening));
        add_text(out, texts[i]);
    }
    if (count) buffer_add_byte(out, '\n');
}

static void add_set(struct buffer *out, const char *opening, const struct text_set *set)
{
    add_texts(out, opening, set->items, set->count);
}

static bool says_something(const struct plan_column *column)
{
    return column->name.len && column->folded.len;
}

static void add_recognition(const struct export_plan *plan, struct buffer *out)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->mapping.count; i++) {
        if (!says_something(&plan->mapping.columns[i])) continue;
        buffer_add(out, count++ ? STR(", ") : STR("    recognised by header has "));
        add_text(out, plan->mapping.columns[i].name);
    }
    if (count) {
        buffer_add_byte(out, '\n');
    } else {
        buffer_add(out, STR("    # Its list has no header row to be known by: use --source.\n"));
    }
}

static void add_prefix(struct buffer *out, str prefix)
{
    if (prefix.len == 0) return;
    buffer_add(out, STR(" without prefix "));
    add_text(out, prefix);
}

static bool has_times(const struct export_plan *plan)
{
    bool has = plan->created.len > 0 || plan->dates_by == DATES_BY_USER;
    for (size_t i = 0; i < plan->mapping.count; i++) {
        has = has || target_is_time(plan->mapping.columns[i].target);
    }
    return has;
}

static void add_constants(const struct export_plan *plan, struct buffer *out)
{
    const struct source_profile *profile = plan->profile;
    bool is_by_file = plan->source_name.data == plan->file.data; // the file's name, shortened
    buffer_add(out, STR("    name "));
    if (is_by_file) {
        buffer_add(out, STR("file"));
    } else {
        add_text(out, plan->source_name);
    }
    buffer_add_byte(out, '\n');
    if (profile && profile->key.len) buffer_format(out, "    key %.*s\n", STR_ARG(profile->key));
    if (plan->dates != DATE_ORDER_UNKNOWN && has_times(plan)) {
        buffer_format(out, "    dates %s\n", date_order_text(plan->dates));
    }
    if (plan->zone_by != ZONE_BY_NOTHING && has_times(plan)) {
        int minutes = plan->zone < 0 ? -plan->zone : plan->zone;
        buffer_format(out, "    zone \"%c%02d:%02d\"\n", plan->zone < 0 ? '-' : '+', minutes / 60,
                      minutes % 60);
    }
    if (profile && profile->delivery != DELIVERY_UNKNOWN) {
        bool is_once = profile->delivery == DELIVERY_ONCE;
        buffer_format(out, "    delivery %s\n", is_once ? "once" : "cumulative");
    }
    int name = mapping_column(&plan->mapping, TARGET_FULL_NAME);
    const struct plan_column *names = name < 0 ? NULL : &plan->mapping.columns[name];
    if (names && names->names_by != NAMES_BY_NOTHING) {
        buffer_format(out, "    names %s\n",
                      names->name_order == PERSON_FAMILY_FIRST ? "family first" : "given first");
    }
    if (plan->country.len) buffer_format(out, "    country %.*s\n", STR_ARG(plan->country));
    for (size_t i = 0; profile && i < profile->set_count; i++) {
        buffer_format(out, "    set %.*s to ", STR_ARG(target_name(profile->sets[i].target)));
        add_text(out, profile->sets[i].text);
        buffer_add_byte(out, '\n');
    }
}

static void add_tables(const struct export_plan *plan, struct buffer *out)
{
    const struct source_profile *profile = plan->profile;
    for (size_t i = 0; plan->table_count > 1 && i < plan->table_count; i++) {
        str title = plan->tables[i].title;
        if (title.len == 0 || !utf8_is_valid(title)) continue;
        bool is_taken = plan->tables[i].line == plan->header_line;
        add_texts(out, is_taken ? "    table " : "    other table ", &title, 1);
    }
    if (!profile) return;
    add_set(out, "    table ", &profile->tables);
    add_set(out, "    other table ", &profile->other_tables);
    add_set(out, "    table ends at ", &profile->ends);
    add_set(out, "    campaign from ", &profile->campaign_keys);
    add_set(out, "    date from ", &profile->date_keys);
    if (profile->own_columns) buffer_add(out, STR("    own columns\n"));
}

// Columns in the order in which they are asked, so that the profile's order says it.
static void add_columns(const struct export_plan *plan, struct buffer *out)
{
    const struct mapping *mapping = &plan->mapping;
    for (unsigned rank = 0; rank <= mapping->count; rank++) {
        size_t count = 0;
        for (size_t i = 0; i < mapping->count; i++) {
            const struct plan_column *column = &mapping->columns[i];
            count += column->rank >= rank;
            bool is_empty = column->target == TARGET_IGNORE && column->why == WHY_NOTHING;
            if (column->rank != rank || column->why == WHY_OWN || is_empty) continue;
            if (!utf8_is_valid(column->key) || (column->name.len && !column->folded.len)) continue;
            bool is_id = column->target == TARGET_ID;
            buffer_add(out, is_id ? STR("    id column ") : STR("    column "));
            add_text(out, column->key);
            if (!is_id) buffer_format(out, " is %.*s", STR_ARG(target_name(column->target)));
            add_prefix(out, column->prefix);
            buffer_add_byte(out, '\n');
        }
        if (count == 0) return;
    }
}

void profile_write(const struct export_plan *plan, str name, struct buffer *out)
{
    buffer_format(out,
                  "# Saved by leadpipe inspect: what was understood of one export, for those that "
                  "follow.\n"
                  "# Exports that have all of the headers below are taken for this source; strike "
                  "out those\n"
                  "# that not every export has. The first column of a field is asked first. Change "
                  "what is\n"
                  "# wrong and look again: leadpipe inspect FILE. The words are those of "
                  "--mapping.\n\n"
                  "source \"%.*s\" is %.*s\n",
                  STR_ARG(name), STR_ARG(plan->source));
    add_recognition(plan, out);
    add_constants(plan, out);
    add_tables(plan, out);
    add_columns(plan, out);
}

// ---- reading back ----------------------------------------------------------------------------

static bool is_same(struct buffer *differences, const char *what, str before, str after)
{
    if (str_equal(before, after)) return true;
    buffer_format(differences, "%s: '%.*s' is now '%.*s'\n", what, STR_ARG(before), STR_ARG(after));
    return false;
}

static bool is_same_column(struct buffer *differences, const struct plan_column *before,
                           const struct plan_column *after)
{
    bool ok =
        is_same(differences, "field", target_name(before->target), target_name(after->target));
    ok = is_same(differences, "prefix", before->prefix, after->prefix) && ok;
    ok = is_same(differences, "dates", str_of(date_order_text(before->dates.order)),
                 str_of(date_order_text(after->dates.order))) &&
         ok;
    ok = is_same(differences, "order of names", str_of(person_order_text(before->name_order)),
                 str_of(person_order_text(after->name_order))) &&
         ok;
    if (before->zone_by != ZONE_BY_NOTHING && before->zone != after->zone) {
        buffer_format(differences, "time zone of column '%.*s'\n", STR_ARG(before->key));
        return false;
    }
    if (ok && before->rank == after->rank) return true;
    buffer_format(differences, "column '%.*s'\n", STR_ARG(before->key));
    return false;
}

bool profile_reads_back(const struct export_plan *before, const struct export_plan *after,
                        struct buffer *differences)
{
    bool ok = is_same(differences, "source", before->source, after->source);
    ok = is_same(differences, "name", before->source_name, after->source_name) && ok;
    ok = is_same(differences, "country", before->country, after->country) && ok;
    ok = is_same(differences, "date of the event", before->created, after->created) && ok;
    if (before->header_line != after->header_line ||
        before->mapping.count != after->mapping.count) {
        buffer_add(differences, STR("another table is taken\n"));
        return false;
    }
    for (size_t i = 0; i < before->mapping.count; i++) {
        ok = is_same_column(differences, &before->mapping.columns[i], &after->mapping.columns[i]) &&
             ok;
    }
    return ok;
}
