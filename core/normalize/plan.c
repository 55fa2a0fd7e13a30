#include "plan.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/base/suggest.h"
#include "core/base/utf8.h"
#include "core/csv/lenient.h"
#include "plan_window.h"

// How many lines are looked at for a header row, and how much of them.
enum { HEAD_ROWS_MAX = 3000, HEAD_BYTES_MAX = 2 << 20 };

void plan_note(struct export_plan *plan, const char *format, ...)
{
    char text[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    struct plan_note *note = arena_new(&plan->arena, struct plan_note, 1);
    note->text = arena_copy(&plan->arena, str_of(text));
    if (!plan->last_note) plan->last_note = &plan->notes;
    *plan->last_note = note;
    plan->last_note = &note->next;
}

void plan_release(struct export_plan *plan)
{
    struct arena arena = plan->arena;
    columns_free((struct columns *)(uintptr_t)plan->columns);
    *plan = (struct export_plan){0};
    arena_release(&arena);
}

// ---- the start of the file, line by line -----------------------------------------------------

static uint64_t count_lines(str text)
{
    uint64_t count = 0;
    for (ptrdiff_t at; (at = str_find(text, '\n')) >= 0; text = str_from(text, (size_t)at + 1)) {
        count++;
    }
    return count;
}

static size_t read_head(const struct export_plan *plan, str text, struct arena *arena,
                        struct sheet_row **rows)
{
    size_t count = 0, at = plan->dialect.body;
    uint64_t line = 1 + count_lines(str_first(text, at));
    *rows = arena_new(arena, struct sheet_row, HEAD_ROWS_MAX);
    while (count < HEAD_ROWS_MAX && at < text.len && at < HEAD_BYTES_MAX) {
        struct sheet_row *row = &(*rows)[count];
        size_t used =
            lenient_fields(&plan->dialect, str_from(text, at), arena, &row->cells, &row->count);
        if (used == 0) break;
        row->start = at;
        row->end = at + used;
        row->line = line;
        for (size_t i = 0; i < row->count; i++) row->filled += str_trim(row->cells[i]).len > 0;
        line += count_lines((str){text.data + at, used});
        at = row->end;
        count++;
    }
    return count;
}

// ---- options ---------------------------------------------------------------------------------

static bool read_wishes(struct export_plan *plan, const struct export_options *options,
                        struct mapping_wish *wishes, struct err *err)
{
    for (size_t i = 0; i < options->mapping_count; i++) {
        str field = options->mappings[i].field, header = options->mappings[i].header;
        wishes[i].target = target_find(field);
        if (wishes[i].target < 0) {
            struct suggestion best = suggest_start(field);
            for (int j = 0; j < TARGET_COUNT; j++) suggest_offer(&best, target_name(j));
            err_set(err, ERR_USAGE, NULL, 0, "'%.*s' is not a field of a lead", STR_ARG(field));
            if (best.word.len) err_hint(err, "did you mean '%.*s'?", STR_ARG(best.word));
            return false;
        }
        if (!utf8_is_valid(header)) {
            return err_set(err, ERR_USAGE, NULL, 0, "the header of a mapping is not UTF-8");
        }
        wishes[i].header = header_fold(header, &plan->arena);
    }
    return true;
}

static bool check_wishes(const struct export_plan *plan, const struct export_options *options,
                         const struct mapping_wish *wishes, struct err *err)
{
    for (size_t i = 0; i < options->mapping_count; i++) {
        if (wishes[i].used) continue;
        str header = options->mappings[i].header;
        struct suggestion best = suggest_start(header);
        for (size_t j = 0; j < plan->mapping.count; j++) {
            suggest_offer(&best, plan->mapping.columns[j].name);
        }
        err_set(err, ERR_USAGE, plan->name, (long)plan->header_line,
                "there is no column '%.*s' to map", STR_ARG(header));
        if (best.word.len) err_hint(err, "did you mean '%.*s'?", STR_ARG(best.word));
        return false;
    }
    return true;
}

// --source takes a word or a profile's name.
static bool read_source(struct export_plan *plan, const struct knowledge *knowledge,
                        const struct export_options *options, struct err *err)
{
    if (options->source.len == 0) return true;
    if (source_is_word(options->source)) {
        plan->source = options->source;
        return true;
    }
    plan->profile = sources_find(&knowledge->sources, options->source);
    if (plan->profile) return true;
    struct suggestion best = suggest_start(options->source);
    for (size_t i = 0; i < knowledge->sources.count; i++) {
        suggest_offer(&best, knowledge->sources.profiles[i].name);
    }
    err_set(err, ERR_USAGE, NULL, 0, "'%.*s' is neither a kind of source nor a source profile",
            STR_ARG(options->source));
    if (best.word.len) return err_hint(err, "did you mean '%.*s'?", STR_ARG(best.word));
    return err_hint(err, "kinds: ad trade_show webinar purchased_list referral social content chat "
                         "direct_mail partner crm lost_opportunity other");
}

// ---- what holds for all records --------------------------------------------------------------

static str stem_of(str file)
{
    static const char *const endings[] = {".gz", ".zst", ".csv", ".tsv", ".txt"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        str ending = str_of(endings[i]);
        if (file.len > ending.len &&
            str_equal_nocase(str_from(file, file.len - ending.len), ending)) {
            file.len -= ending.len;
        }
    }
    return file;
}

static void set_constants(struct export_plan *plan, const struct export_options *options,
                          const struct sheet *sheet)
{
    const struct source_profile *profile = plan->profile;
    if (plan->source.len == 0) plan->source = profile ? profile->source : STR("other");
    plan->source_name = stem_of(plan->file);
    if (profile && !profile->named_by_file) {
        plan->source_name = profile->source_name.len ? profile->source_name : profile->name;
    }
    if (options->source_name.len) plan->source_name = options->source_name;
    plan->campaign = options->source_campaign.len ? options->source_campaign
                                                  : arena_copy(&plan->arena, sheet->campaign);
    plan->key = profile && profile->key.len ? profile->key : plan->source;
    plan->created = arena_copy(&plan->arena, sheet->date);
    plan->year = date_year_in(plan->campaign);
    if (!plan->year) plan->year = date_year_in(plan->created);
    if (!plan->year) plan->year = sheet->year;
    if (profile && profile->country[0]) plan->country = (str){profile->country, 2};
    if (options->country.len) plan->country = options->country;
}

// A header without what shows nothing, runs of any blanks made one: for names and keys.
static str clean_header(struct export_plan *plan, str header)
{
    header = str_trim(header);
    if (!utf8_is_valid(header)) return arena_copy(&plan->arena, header);
    char *out = arena_bytes(&plan->arena, header.len + 1);
    size_t len = 0;
    bool blank = false;
    for (size_t at = 0; at < header.len;) {
        int32_t c = utf8_next(header, &at);
        if (utf8_is_invisible(c)) continue;
        bool is_blank = c <= ' ' || c == 0x7F || utf8_is_space(c);
        if (blank && !is_blank && len) out[len++] = ' ';
        blank = is_blank;
        if (!is_blank) len += utf8_put(out + len, c);
    }
    return (str){out, len};
}

// A column's name in extra and in batches: its header, made different from those before it.
static str unique_key(struct export_plan *plan, struct map *keys, str name, size_t column)
{
    str base = name.len ? name : arena_format(&plan->arena, "column %zu", column + 1), key = base;
    for (size_t again = 2; map_find(keys, key, NULL); again++) {
        key = arena_format(&plan->arena, "%.*s %zu", STR_ARG(base), again);
    }
    map_put(keys, key, 1);
    return key;
}

static void set_columns(struct export_plan *plan, const struct sheet *sheet,
                        const struct sheet_row rows[])
{
    struct mapping *mapping = &plan->mapping;
    mapping->count = sheet->columns;
    mapping->columns = arena_new(&plan->arena, struct plan_column, mapping->count + 1);
    str *keys = arena_new(&plan->arena, str, mapping->count + 1);
    struct map known = {0};
    if (sheet->has_header) plan->header = arena_new(&plan->arena, str, mapping->count + 1);
    for (size_t i = 0; i < mapping->count; i++) {
        struct plan_column *column = &mapping->columns[i];
        if (plan->header) {
            plan->header[i] = arena_copy(&plan->arena, rows[sheet->header_row].cells[i]);
            column->name = clean_header(plan, plan->header[i]);
        }
        keys[i] = column->key = unique_key(plan, &known, column->name, i);
    }
    map_release(&known);
    plan->columns = columns_new(keys, (uint32_t)mapping->count);
}

static void set_language(struct export_plan *plan, const struct knowledge *knowledge)
{
    unsigned points[LANGUAGES_MAX] = {0};
    size_t best = 0;
    for (size_t i = 0; i < plan->mapping.count; i++) {
        unsigned languages = plan->mapping.columns[i].languages, count = 0;
        for (size_t j = 0; j < LANGUAGES_MAX; j++) count += languages >> j & 1;
        for (size_t j = 0; j < LANGUAGES_MAX; j++) {
            if (languages >> j & 1) points[j] += 60 / count;
        }
    }
    for (size_t j = 1; j < LANGUAGES_MAX; j++) {
        if (points[j] > points[best]) best = j;
    }
    if (points[best]) plan->language = knowledge->synonyms.languages[best];
}

bool plan_refuse(const struct export_plan *plan, struct err *err)
{
    struct buffer names = {0};
    for (size_t i = 0; i < plan->mapping.count && names.len < 150; i++) {
        str name = plan->mapping.columns[i].name;
        if (name.len) buffer_format(&names, "%s%.*s", names.len ? ", " : "", STR_ARG(name));
    }
    err_set(err, ERR_DATA, plan->name, (long)plan->header_line,
            "no column holds an e-mail address, a phone number or a postal address");
    err_hint(err, "its columns are: %.*s; if one of them does, name it with --mapping",
             STR_ARG(buffer_str(&names)));
    buffer_release(&names);
    return false;
}

static void note_header(struct export_plan *plan)
{
    if (plan->has_header && plan->header_known) return;
    struct buffer found = {0};
    for (size_t i = 0; i < plan->mapping.count; i++) {
        const struct plan_column *column = &plan->mapping.columns[i];
        if (column->target >= LEAD_FIELD_COUNT && column->target != TARGET_FULL_NAME) continue;
        buffer_format(&found, "%s%.*s is %.*s", found.len ? ", " : "", STR_ARG(column->key),
                      STR_ARG(target_name(column->target)));
    }
    plan_note(plan, "%s; by their values: %.*s",
              plan->has_header ? "none of its headers is known" : "it has no header row",
              STR_ARG(buffer_str(&found)));
    buffer_release(&found);
}

// The zone of times that name none: as asked for, else the header's, else the profile's.
static void set_zones(struct export_plan *plan, const struct export_options *options)
{
    const struct source_profile *profile = plan->profile;
    if (options->has_zone || (profile && profile->has_zone)) {
        plan->zone_by = options->has_zone ? ZONE_BY_USER : ZONE_BY_PROFILE;
        plan->zone = options->has_zone ? options->zone : profile->zone;
    }
    for (size_t i = 0; i < plan->mapping.count; i++) {
        struct plan_column *column = &plan->mapping.columns[i];
        if (!target_is_time(column->target)) continue;
        str rest;
        column->zone_by = plan->zone_by;
        column->zone = plan->zone;
        if (plan->zone_by == ZONE_BY_USER) continue;
        if (date_zone_of_header(column->name, &rest, &column->zone)) {
            column->zone_by = ZONE_BY_HEADER;
        }
    }
}

static bool map_columns(struct export_plan *plan, const struct knowledge *knowledge,
                        const struct export_options *options, struct mapping_wish *wishes, str body,
                        bool is_whole, struct err *err)
{
    window_sample(plan, knowledge, body, is_whole);
    mapping_decide(&plan->mapping, knowledge, plan->profile, wishes, options->mapping_count,
                   &plan->arena);
    if (!plan->has_header) mapping_headerless(&plan->mapping);
    if (!check_wishes(plan, options, wishes, err)) return false;
    // An export of a known source is one of leads, even where nobody in it can be reached.
    bool has_contact = mapping_has_contact(&plan->mapping);
    plan->is_refused = !has_contact && !plan->profile;
    if (!has_contact && plan->profile) {
        plan_note(plan, "no column holds an e-mail address or a phone number: nobody in it can be "
                        "reached");
    }
    if (plan->is_refused && !options->is_look) return plan_refuse(plan, err);
    set_language(plan, knowledge);
    window_decide(plan, knowledge, options, body, is_whole);
    set_zones(plan, options);
    return true;
}

// Finds the table; an input without any text is a plan without columns.
static bool find_table(struct export_plan *plan, const struct knowledge *knowledge,
                       const struct export_options *options, const struct mapping_wish *wishes,
                       const struct sheet_row rows[], size_t count, struct arena *arena,
                       struct sheet *sheet, struct err *err)
{
    size_t blank = 0;
    while (blank < count && rows[blank].filled == 0) blank++;
    if (blank == count) {
        *sheet = (struct sheet){.first_row = count, .skipped[SKIP_BLANK] = count};
        plan_note(plan, count ? "it holds nothing but blank lines" : "it is empty");
        return true;
    }
    str *headers = arena_new(arena, str, options->mapping_count + 1);
    for (size_t i = 0; i < options->mapping_count; i++) headers[i] = wishes[i].header;
    struct sheet_wishes wanted = {headers, options->mapping_count, plan->profile,
                                  options->header_line};
    return sheet_find(sheet, knowledge, &wanted, rows, count, plan->name, arena, err);
}

static void set_table(struct export_plan *plan, const struct sheet *sheet,
                      const struct sheet_row rows[], size_t count, str text)
{
    size_t first = sheet->first_row;
    plan->profile = sheet->profile ? sheet->profile : plan->profile;
    plan->recognised = sheet->recognised;
    plan->table_count = sheet->table_count;
    plan->tables = arena_new(&plan->arena, struct sheet_table, sheet->table_count + 1);
    for (size_t i = 0; i < sheet->table_count; i++) {
        plan->tables[i] = sheet->tables[i];
        plan->tables[i].title = arena_copy(&plan->arena, sheet->tables[i].title);
    }
    plan->has_header = sheet->has_header;
    plan->header_known = sheet->header_known;
    memcpy(plan->skipped, sheet->skipped, sizeof plan->skipped);
    if (plan->dialect.had_sep_line) plan->skipped[SKIP_PREAMBLE]++;
    if (sheet->has_header) plan->header_line = rows[sheet->header_row].line;
    plan->body = first < count ? rows[first].start : count ? rows[count - 1].end : text.len;
    plan->body_line = 1 + count_lines(str_first(text, plan->body));
    set_columns(plan, sheet, rows);
}

static bool make(struct export_plan *plan, const struct knowledge *knowledge,
                 const struct export_options *options, str text, bool is_whole, struct arena *arena,
                 struct err *err)
{
    struct mapping_wish *wishes = arena_new(arena, struct mapping_wish, options->mapping_count + 1);
    if (!read_wishes(plan, options, wishes, err)) return false;
    if (!read_source(plan, knowledge, options, err)) return false;
    plan->dialect = dialect_guess(text);
    if (options->delimiter) plan->dialect.delimiter = options->delimiter;
    struct sheet_row *rows;
    struct sheet sheet;
    size_t count = read_head(plan, text, arena, &rows);
    if (!find_table(plan, knowledge, options, wishes, rows, count, arena, &sheet, err)) {
        return false;
    }
    set_table(plan, &sheet, rows, count, text);
    set_constants(plan, options, &sheet);
    if (plan->mapping.count == 0) return true;
    str body = str_from(text, plan->body);
    if (!map_columns(plan, knowledge, options, wishes, body, is_whole, err)) return false;
    note_header(plan);
    if (plan->window_records == 0) plan_note(plan, "it has a header row but no records");
    return true;
}

bool plan_make(struct export_plan *plan, const struct knowledge *knowledge,
               const struct export_options *options, str text, bool is_whole, const char *name,
               str file, struct err *err)
{
    struct arena arena = {0};
    plan->name = name;
    plan->file = file;
    plan->is_whole = is_whole;
    bool ok = make(plan, knowledge, options, text, is_whole, &arena, err);
    arena_release(&arena);
    return ok;
}
