#include "filler.h"

#include "core/base/json.h"
#include "core/base/memory.h"

enum { TITLE_SLOTS = 16384, COUNTRY_SLOTS = 1024, DOMAIN_SLOTS = 4096, SOURCE_SLOTS = 256 };

bool value_rules_load(struct value_rules *rules, struct rulebook *book, struct err *err)
{
    return text_rules_load(&rules->text, book, err) &&
           country_rules_load(&rules->countries, book, err) &&
           date_rules_load(&rules->dates, book, err) &&
           person_rules_load(&rules->persons, book, err) &&
           title_rules_load(&rules->titles, book, err) && web_rules_load(&rules->web, book, err) &&
           word_rules_load(&rules->words, book, err) &&
           address_rules_load(&rules->addresses, book, err) &&
           phone_rules_load(&rules->phones, book, err) &&
           email_providers_load(&rules->emails, book, err);
}

void value_rules_release(struct value_rules *rules)
{
    text_rules_release(&rules->text);
    country_rules_release(&rules->countries);
    date_rules_release(&rules->dates);
    person_rules_release(&rules->persons);
    title_rules_release(&rules->titles);
    web_rules_release(&rules->web);
    word_rules_release(&rules->words);
    address_rules_release(&rules->addresses);
    phone_rules_release(&rules->phones);
    email_providers_release(&rules->emails);
}

void filler_init(struct filler *filler, const struct value_rules *rules,
                 const struct sources *source_words, int year_now)
{
    *filler = (struct filler){.rules = rules, .source_words = source_words, .year_now = year_now};
    cache_init(&filler->sources, SOURCE_SLOTS, sizeof(str));
    cache_init(&filler->titles, TITLE_SLOTS, sizeof(struct title_code));
    cache_init(&filler->countries, COUNTRY_SLOTS, sizeof(struct value));
    cache_init(&filler->domains, DOMAIN_SLOTS, sizeof(str));
}

void filler_release(struct filler *filler)
{
    while (filler->recipes) {
        struct recipe *recipe = filler->recipes;
        filler->recipes = recipe->next;
        memory_free(recipe->columns);
        memory_free(recipe->is_ignored);
        memory_free(recipe->members);
        buffer_release(&recipe->member_text);
        memory_free(recipe);
    }
    cache_release(&filler->titles);
    cache_release(&filler->countries);
    cache_release(&filler->domains);
    cache_release(&filler->sources);
    buffer_release(&filler->text);
    memory_free(filler->changes);
}

// ---- recipes

// The columns of one target, in the order of their ranks, from `to` on.
static uint32_t add_target(struct recipe *recipe, int target, uint32_t to)
{
    const struct mapping *mapping = &recipe->plan->mapping;
    uint32_t first = to;
    for (size_t i = 0; i < mapping->count; i++) {
        if (mapping->columns[i].target != target) continue;
        uint32_t at = to++;
        while (at > first &&
               mapping->columns[recipe->columns[at - 1]].rank > mapping->columns[i].rank) {
            recipe->columns[at] = recipe->columns[at - 1];
            at--;
        }
        recipe->columns[at] = (uint32_t)i;
    }
    recipe->targets[target].first = first;
    recipe->targets[target].count = to - first;
    return to;
}

// What a step has taken it marks, cell by cell; only what the user wants dropped is never left
// over.
static void mark_ignored_columns(struct recipe *recipe)
{
    for (uint32_t i = 0; i < recipe->targets[TARGET_IGNORE].count; i++) {
        recipe->is_ignored[recipe->columns[recipe->targets[TARGET_IGNORE].first + i]] = true;
    }
}

static void write_members(struct recipe *recipe)
{
    const struct mapping *mapping = &recipe->plan->mapping;
    struct buffer *text = &recipe->member_text;
    recipe->members = memory_zeroed(mapping->count, sizeof *recipe->members);
    for (size_t i = 0; i < mapping->count; i++) {
        size_t from = text->len;
        bool is_first = true;
        json_add_name(text, &is_first, mapping->columns[i].key);
        recipe->members[i].len = text->len - from;
    }
    const char *at = text->data;
    for (size_t i = 0; i < mapping->count; at += recipe->members[i++].len) {
        recipe->members[i].data = at;
    }
}

static struct recipe *make_recipe(const struct export_plan *plan)
{
    struct recipe *recipe = memory_zeroed(1, sizeof *recipe);
    recipe->plan = plan;
    recipe->columns = memory_zeroed(plan->mapping.count, sizeof *recipe->columns);
    recipe->is_ignored = memory_zeroed(plan->mapping.count, sizeof *recipe->is_ignored);
    uint32_t to = 0;
    for (int target = 0; target < TARGET_COUNT; target++) to = add_target(recipe, target, to);
    for (size_t i = 0; i < plan->mapping.count; i++) {
        if (plan->mapping.columns[i].prefix.len) recipe->has_prefixes = true;
    }
    mark_ignored_columns(recipe);
    write_members(recipe);
    return recipe;
}

static const struct recipe *recipe_of(struct filler *filler, const struct export_plan *plan)
{
    for (const struct recipe *known = filler->recipes; known; known = known->next) {
        if (known->plan == plan) return known;
    }
    struct recipe *recipe = make_recipe(plan);
    recipe->next = filler->recipes;
    filler->recipes = recipe;
    return recipe;
}

// ---- cells

// All fields of a record as they stand in the block.
static str fields_text(const struct records *records, uint32_t row)
{
    uint32_t start = records->starts[row], last = records->columns - 1;
    return (str){records->block->data + start, records_field_end(records, row, last) - start};
}

// Columns side by side that were empty in all records so far.
struct range {
    uint32_t from, to;
};

static uint32_t empty_ranges(const bool *is_filled, uint32_t columns, struct range *ranges)
{
    uint32_t count = 0;
    for (uint32_t column = 0; column < columns; column++) {
        if (is_filled[column]) continue;
        bool goes_on = count && ranges[count - 1].to == column;
        if (!goes_on) ranges[count++].from = column;
        ranges[count - 1].to = column + 1;
    }
    return count;
}

// A range is empty where it is as long as the delimiters in it.
static bool is_empty(const struct records *records, uint32_t row, const struct range *range)
{
    uint32_t start = records_field_start(records, row, range->from);
    return records_field_end(records, row, range->to - 1) - start == range->to - 1 - range->from;
}

// Finds the columns in which some cell holds a byte: at first all are asked, soon only those that
// are likely to be empty in all records.
static bool *find_filled(const struct records *records, struct arena *arena)
{
    uint32_t columns = records->columns;
    bool *is_filled = arena_new(arena, bool, columns);
    struct range *ranges = arena_alloc(arena, columns * sizeof *ranges);
    uint32_t count = empty_ranges(is_filled, columns, ranges);
    for (uint32_t row = 0; row < records->count; row++) {
        bool is_new = false;
        for (uint32_t i = 0; i < count; i++) is_new |= !is_empty(records, row, &ranges[i]);
        if (!is_new) continue;
        for (uint32_t column = 0; column < columns; column++) {
            is_filled[column] |= records_raw(records, row, column).len > 0;
        }
        count = empty_ranges(is_filled, columns, ranges);
        if (count == 0) break;
    }
    return is_filled;
}

static void set_filled(struct filler *filler)
{
    const struct recipe *recipe = filler->recipe;
    const struct mapping *mapping = &recipe->plan->mapping;
    struct arena *arena = &filler->batch->arena;
    bool *is_filled = find_filled(&filler->batch->records, arena);
    memset(filler->is_filled, 0, sizeof filler->is_filled);
    filler->left_over = arena_alloc(arena, mapping->count * sizeof *filler->left_over);
    filler->left_over_count = 0;
    for (uint32_t column = 0; column < mapping->count; column++) {
        int target = mapping->columns[column].target;
        if (!is_filled[column]) continue;
        filler->is_filled[target] = true;
        if (recipe->is_ignored[column] || target == FIELD_EXTRA) continue;
        filler->left_over[filler->left_over_count++] = column;
    }
}

// Fields of a file with commas between them hold none but in quotes: what stands before the first
// quote of a record needs none. Records that had to be repaired stand elsewhere in the block, in a
// form of their own.
static uint32_t plain_to(const struct filler *filler, const struct records *records, uint32_t row,
                         str text, struct byte_seeker *quote)
{
    const char *data = records->block->data, *end = text.data + text.len;
    bool is_as_read = records->raw_starts && records->raw_starts[row] == records->starts[row];
    if (filler->recipe->plan->dialect.delimiter != ',' || !is_as_read) return 0;
    if (filler->looks[row] && str_find(text, '\r') >= 0) return 0;
    if (byte_seek(quote, text, data + records->block->len, '"')) end = quote->at;
    return (uint32_t)(end - data);
}

// Which of the columns from..to - 1 of a record need a look. Many that need none are seen in one
// go, where the delimiters between them are clean.
static uint64_t columns_to_look_at(const struct filler *filler, uint32_t row, uint32_t from,
                                   uint32_t to)
{
    const struct records *records = &filler->batch->records;
    uint32_t start = records_field_start(records, row, from);
    str text = {records->block->data + start, records_field_end(records, row, to - 1) - start};
    bool is_one = to - from == 1;
    bool is_seen = is_one || filler->recipe->plan->dialect.delimiter > ' ';
    if (is_seen && text_is_clean(text)) return 0;
    if (is_one) return filler_look_bit(from);
    uint32_t middle = from + (to - from) / 2;
    return columns_to_look_at(filler, row, from, middle) |
           columns_to_look_at(filler, row, middle, to);
}

void filler_begin(struct filler *filler, struct batch *batch, const struct columns *lead_columns)
{
    filler->recipe = recipe_of(filler, batch->origin);
    filler->batch = batch;
    filler->rows = batch->count;
    filler->change_count = 0;
    filler->used =
        arena_new(&batch->arena, bool, (size_t)batch->count * filler->recipe->plan->mapping.count);
    filler->is_guessed = arena_new(&batch->arena, bool, batch->count);
    filler->looks = arena_alloc(&batch->arena, batch->count * sizeof *filler->looks);
    filler->plain_to = arena_alloc(&batch->arena, batch->count * sizeof *filler->plain_to);
    struct byte_seeker quote = {0};
    filler->block = (uintptr_t)batch->records.block->data;
    uint32_t columns = batch->records.columns;
    for (uint32_t row = 0; row < batch->count; row++) {
        str text = fields_text(&batch->records, row);
        filler->looks[row] =
            filler->recipe->has_prefixes ? UINT64_MAX : columns_to_look_at(filler, row, 0, columns);
        filler->plain_to[row] = plain_to(filler, &batch->records, row, text, &quote);
    }
    set_filled(filler);
    batch_replace(batch, lead_columns);
}

struct value filler_clean(struct filler *filler, uint32_t column, str typed, enum text_kind kind)
{
    if (typed.len == 0) return value_kept(typed);
    struct value clean = text_clean(&filler->rules->text, typed, kind, &filler->batch->arena);
    str prefix = filler->recipe->plan->mapping.columns[column].prefix;
    if (prefix.len == 0 || !str_starts(clean.text, prefix)) return clean;
    str rest = str_trim(str_from(clean.text, prefix.len));
    if (!clean.reason) clean.reason = "prefix";
    clean.text = rest;
    return clean;
}

str filler_peek(struct filler *filler, uint32_t row, int target)
{
    if (!filler->is_filled[target]) return (str){"", 0};
    for (uint32_t i = 0; i < filler_count(filler, target); i++) {
        str text = filler_cell(filler, row, filler_column(filler, target, i), TEXT_LINE).text;
        if (text.len) return text;
    }
    return (str){"", 0};
}

// Not inlined: then the usual pick above it has no registers to save.
__attribute__((noinline)) static str pick_first(struct filler *filler, uint32_t row, int target,
                                                enum text_kind kind, int field, uint32_t *column)
{
    for (uint32_t i = 0; i < filler_count(filler, target); i++) {
        uint32_t at = filler_column(filler, target, i);
        struct value value = filler_cell(filler, row, at, kind);
        if (value.reason && filler->wants_changes) {
            filler_change(filler, row, field, filler_typed(filler, row, at), value.text,
                          value.reason);
        }
        if (value.text.len == 0) continue;
        filler_use(filler, row, at);
        if (column) *column = at;
        return value.text;
    }
    return (str){"", 0};
}

// The text of a field, without quotes if it has any. False when a doubled quote is to be undone.
static inline bool take_field(str raw, bool is_quoted, str *text)
{
    *text = raw;
    if (!is_quoted) return true;
    *text = raw.len >= 2 ? (str){raw.data + 1, raw.len - 2} : (str){raw.data, 0};
    return str_find(*text, '"') < 0;
}

// Nearly all picks are of one column and find nothing to clean: half of what the loop costs.
str filler_pick_any(struct filler *filler, uint32_t row, int target, enum text_kind kind, int field,
                    uint32_t *column)
{
    uint32_t at = filler_column(filler, target, 0);
    const struct records *records = &filler->batch->records;
    bool is_usual = filler_count(filler, target) == 1 && !filler_looks(filler, row, at) &&
                    !records_is_quoted(records, row, at);
    str typed = records_raw(records, row, at);
    if (!is_usual || !text_is_kept(&filler->rules->text, typed, kind)) {
        return pick_first(filler, row, target, kind, field, column);
    }
    if (typed.len == 0) return typed;
    filler->used[(size_t)row * records->columns + at] = true; // filler_use, without looking for
    if (column) *column = at;                                 // what is at hand
    return typed;
}

const str *filler_pick_all(struct filler *filler, int target, enum text_kind kind, int field)
{
    if (!filler->is_filled[target]) return NULL;
    uint32_t rows = filler->rows;
    str *picked = arena_alloc(&filler->batch->arena, (rows + 1) * sizeof *picked);
    if (filler_count(filler, target) > 1) {
        for (uint32_t row = 0; row < rows; row++) {
            picked[row] = pick_first(filler, row, target, kind, field, NULL);
        }
        return picked;
    }
    const struct records *records = &filler->batch->records;
    const struct text_rules *texts = &filler->rules->text;
    const char *data = records->block->data;
    uint32_t at = filler_column(filler, target, 0), columns = records->columns;
    const uint32_t *ends = records->ends + at;
    bool *used = filler->used + at;
    const uint64_t *looks = filler->looks, look_bit = filler_look_bit(at);
    for (uint32_t row = 0; row < rows; row++, ends += columns, used += columns) {
        uint32_t start = at ? (ends[-1] & ~FIELD_QUOTED) + 1 : records->starts[row];
        str typed = {data + start, (ends[0] & ~FIELD_QUOTED) - start};
        bool is_usual =
            !(looks[row] & look_bit) && take_field(typed, ends[0] & FIELD_QUOTED, &typed);
        if (!is_usual || !text_is_kept(texts, typed, kind)) {
            typed = pick_first(filler, row, target, kind, field, NULL);
        } else if (typed.len) {
            *used = true;
        }
        picked[row] = typed;
    }
    return picked;
}

void filler_set_all(struct filler *filler, int field, const str *texts)
{
    if (!texts) return;
    cell *cells = batch_cells(filler->batch, (uint32_t)field);
    for (uint32_t row = 0; row < filler->rows; row++) {
        str text = texts[row];
        if (text.len == 0) continue;
        unsigned flags = filler_is_plain(filler, row, text) ? CELL_SET | CELL_PLAIN : CELL_SET;
        cells[row] = (cell){text.data, (uint32_t)text.len, flags};
    }
}

void filler_add_change(struct filler *filler, uint32_t row, int field, str before, str after,
                       const char *reason)
{
    filler->changes = memory_grow(filler->changes, &filler->change_capacity,
                                  filler->change_count + 1, sizeof *filler->changes);
    uint32_t number = (uint32_t)filler->change_count++;
    filler->changes[number] =
        (struct change){row, number, schema_fields[field].name, before, after, str_of(reason)};
}

void filler_count_unreadable(struct filler *filler, int field)
{
    tally_add(filler->by_reason, STR("unreadable_values"), schema_fields[field].name, 1);
}
