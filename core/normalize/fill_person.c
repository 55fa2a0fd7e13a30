// Names of people and what they do.
#include "core/lead/words.h"
#include "filler.h"

// The columns of the parts of names, picked.
struct typed_columns {
    const str *salutation, *first, *middle, *last;
};

static struct typed_columns pick_parts(struct filler *filler)
{
    struct typed_columns typed;
    typed.salutation = filler_pick_all(filler, FIELD_SALUTATION, TEXT_NAME, FIELD_SALUTATION);
    typed.first = filler_pick_all(filler, FIELD_FIRST_NAME, TEXT_NAME, FIELD_FIRST_NAME);
    typed.middle = filler_pick_all(filler, FIELD_MIDDLE_NAME, TEXT_NAME, FIELD_MIDDLE_NAME);
    typed.last = filler_pick_all(filler, FIELD_LAST_NAME, TEXT_NAME, FIELD_LAST_NAME);
    return typed;
}

static struct person parts_of(const struct typed_columns *typed, uint32_t row)
{
    return (struct person){.salutation = filler_picked(typed->salutation, row),
                           .first = filler_picked(typed->first, row),
                           .middle = filler_picked(typed->middle, row),
                           .last = filler_picked(typed->last, row)};
}

static void set_part(struct filler *filler, uint32_t row, int field, str typed, str made,
                     const char *reason)
{
    if (typed.len + made.len == 0) return;
    filler_set(filler, row, field, made);
    if (filler->wants_changes && !str_equal(typed, made)) {
        filler_change(filler, row, field, typed, made, reason ? reason : "split_name");
    }
}

// Two people, or a company, stay in one lead; the journal and the counts say so.
static const char *doubt(const struct person *made)
{
    if (made->flags & PERSON_TWO_PEOPLE) return "two_people";
    if (made->flags & PERSON_COMPANY) return "company_as_name";
    return made->flags & PERSON_NOT_A_NAME ? "not_a_name" : NULL;
}

static void note_doubt(struct filler *filler, uint32_t row, const struct person *made)
{
    const char *reason = doubt(made);
    if (!reason) return;
    tally_add(filler->by_reason, STR("doubtful_names"), str_of(reason), 1);
    filler_change(filler, row, FIELD_LAST_NAME, made->last, made->last, reason);
}

static void set_person(struct filler *filler, uint32_t row, const struct person *typed,
                       const struct person *made)
{
    set_part(filler, row, FIELD_SALUTATION, typed->salutation, made->salutation, made->reason);
    set_part(filler, row, FIELD_FIRST_NAME, typed->first, made->first, made->reason);
    set_part(filler, row, FIELD_MIDDLE_NAME, typed->middle, made->middle, made->reason);
    set_part(filler, row, FIELD_LAST_NAME, typed->last, made->last, made->reason);
    if (made->flags) note_doubt(filler, row, made);
}

// A form of address, or a further name, in a column of its own beside the whole name.
static void add_typed(struct filler *filler, const struct person *typed,
                      const struct person_context *context, struct person *made)
{
    struct arena *arena = &filler->batch->arena;
    struct person whole = *made;
    if (made->salutation.len == 0) {
        whole.salutation = typed->salutation;
    } else if (typed->salutation.len && !str_equal_nocase(typed->salutation, made->salutation)) {
        whole.salutation =
            arena_format(arena, "%.*s %.*s", STR_ARG(typed->salutation), STR_ARG(made->salutation));
    }
    if (made->middle.len == 0) whole.middle = typed->middle;
    if (made->is_valid) {
        *made = person_from_parts(&filler->rules->persons, &whole, context, arena);
    } else {
        *made = whole;
    }
}

// The whole name serves where one of its two parts is missing.
static struct person read_name(struct filler *filler, uint32_t row, const struct person *typed,
                               struct person_context context)
{
    const struct person_rules *rules = &filler->rules->persons;
    struct arena *arena = &filler->batch->arena;
    bool has_both = typed->first.len && typed->last.len;
    uint32_t at;
    str full = {"", 0};
    if (!has_both && filler_count(filler, TARGET_FULL_NAME)) {
        full = filler_pick(filler, row, TARGET_FULL_NAME, TEXT_NAME, FIELD_LAST_NAME, &at);
    }
    if (full.len == 0) return person_from_parts(rules, typed, &context, arena);
    context.order = filler->recipe->plan->mapping.columns[at].name_order;
    struct person made = person_from_full(rules, full, &context, arena);
    if (typed->salutation.len || typed->middle.len) add_typed(filler, typed, &context, &made);
    return made;
}

// Most leads have nothing but two names that stay as they are.
static bool keep_usual(struct filler *filler, uint32_t row, const struct typed_columns *typed)
{
    if (!typed->first || !typed->last) return false;
    str first = typed->first[row], last = typed->last[row];
    if (filler_picked(typed->salutation, row).len + filler_picked(typed->middle, row).len) {
        return false;
    }
    if (!person_is_usual(&filler->rules->persons, first, last)) return false;
    filler_set(filler, row, FIELD_FIRST_NAME, first);
    filler_set(filler, row, FIELD_LAST_NAME, last);
    return true;
}

enum { NAME_TARGETS = 5 };

static const int name_targets[NAME_TARGETS] = {TARGET_FULL_NAME, FIELD_SALUTATION, FIELD_FIRST_NAME,
                                               FIELD_MIDDLE_NAME, FIELD_LAST_NAME};

// The bytes of a text that may be letters.
static size_t count_letters(str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += byte_is_letter(text.data[i]) || (text.data[i] & 0x80);
    }
    return count;
}

// Nothing of a name may vanish: a cell of which a word is in no field goes to extra as well. Mostly
// the number of letters shows that there is none.
static void keep_lost(struct filler *filler, uint32_t row, const struct person *made)
{
    size_t kept = count_letters(made->salutation) + count_letters(made->first) +
                  count_letters(made->middle) + count_letters(made->last);
    size_t typed = 0;
    str email = {"", 0};
    if (made->flags & PERSON_EMAIL) email = filler_peek(filler, row, FIELD_EMAIL);
    if (made->flags & PERSON_PLACEHOLDER) return;
    for (int is_second = 0; is_second < 2; is_second++) {
        if (is_second && typed <= kept) return;
        for (size_t t = 0; t < NAME_TARGETS; t++) {
            for (uint32_t i = 0; i < filler_count(filler, name_targets[t]); i++) {
                uint32_t column = filler_column(filler, name_targets[t], i);
                if (!filler_is_used(filler, row, column)) continue;
                str text = filler_cell(filler, row, column, TEXT_NAME).text;
                if (str_find(text, '@') >= 0 && str_equal_nocase(text, email)) continue;
                typed += count_letters(text);
                bool is_lost = is_second && person_has_lost(&filler->rules->persons, text, made,
                                                            &filler->batch->arena);
                if (is_lost) filler_leave(filler, row, column);
            }
        }
    }
}

void fill_names(struct filler *filler)
{
    const struct plan_column *columns = filler->recipe->plan->mapping.columns;
    enum person_order usual = PERSON_ORDER_UNKNOWN;
    uint32_t count = 0;
    for (size_t i = 0; i < NAME_TARGETS; i++) count += filler_count(filler, name_targets[i]);
    if (count == 0) return;
    if (filler_count(filler, TARGET_FULL_NAME)) {
        usual = columns[filler_column(filler, TARGET_FULL_NAME, 0)].name_order;
    }
    struct typed_columns parts = pick_parts(filler);
    for (uint32_t row = 0; row < filler->rows; row++) {
        if (keep_usual(filler, row, &parts)) continue;
        struct person_context context = {usual, filler_get(filler, row, FIELD_COUNTRY)};
        struct person typed = parts_of(&parts, row);
        struct person made = read_name(filler, row, &typed, context);
        set_person(filler, row, &typed, &made);
        if (made.reason || filler_count(filler, TARGET_FULL_NAME)) keep_lost(filler, row, &made);
    }
}

// What the titles say, else what was typed.
static void set_words(struct filler *filler, int field, const str *titles, const str words[],
                      const uint8_t *numbers, size_t stride)
{
    const str *typed = filler_pick_all(filler, field, TEXT_LINE, field);
    if (!titles && !typed) return;
    cell *cells = batch_cells(filler->batch, (uint32_t)field);
    for (uint32_t row = 0; row < filler->rows; row++) {
        str word = words[numbers[row * stride]];
        if (word.len)
            cells[row] = (cell){word.data, (uint32_t)word.len, CELL_SET | CELL_PLAIN};
        else
            filler_set(filler, row, field, filler_picked(typed, row));
    }
}

// Titles repeat, but there are many of them: the memory of all is asked for before any is read.
static struct title_code *read_titles(struct filler *filler, const str *titles)
{
    struct arena *arena = &filler->batch->arena;
    struct title_code *codes = arena_new(arena, struct title_code, filler->rows);
    if (!titles) return codes;
    hash128 *keys = arena_alloc(arena, filler->rows * sizeof *keys);
    for (uint32_t row = 0; row < filler->rows; row++) {
        if (titles[row].len == 0) continue;
        keys[row] = cache_key(titles[row], 0);
        cache_fetch(&filler->titles, keys[row]);
    }
    for (uint32_t row = 0; row < filler->rows; row++) {
        if (titles[row].len == 0) continue;
        bool known;
        struct title_code *code = cache_find_key(&filler->titles, keys[row], &known);
        if (!known) *code = title_code(&filler->rules->titles, titles[row], arena);
        codes[row] = *code;
    }
    return codes;
}

void fill_title(struct filler *filler)
{
    const str *titles = filler_pick_all(filler, FIELD_JOB_TITLE, TEXT_LINE, FIELD_JOB_TITLE);
    filler_set_all(filler, FIELD_JOB_TITLE, titles);
    if (!filler->wants[FIELD_SENIORITY] && !filler->wants[FIELD_DEPARTMENT]) return;
    const struct title_code *codes = read_titles(filler, titles);
    size_t stride = sizeof *codes;
    set_words(filler, FIELD_SENIORITY, titles, lead_seniorities, &codes->seniority, stride);
    set_words(filler, FIELD_DEPARTMENT, titles, lead_departments, &codes->department, stride);
}
