// Names of people and what they do.
#include "filler.h"

static struct person typed_parts(struct filler *filler, uint32_t row)
{
    return (struct person){
        .salutation = filler_pick(filler, row, FIELD_SALUTATION, TEXT_NAME, FIELD_SALUTATION, NULL),
        .first = filler_pick(filler, row, FIELD_FIRST_NAME, TEXT_NAME, FIELD_FIRST_NAME, NULL),
        .middle = filler_pick(filler, row, FIELD_MIDDLE_NAME, TEXT_NAME, FIELD_MIDDLE_NAME, NULL),
        .last = filler_pick(filler, row, FIELD_LAST_NAME, TEXT_NAME, FIELD_LAST_NAME, NULL),
    };
}

static void set_part(struct filler *filler, uint32_t row, int field, str typed, str made,
                     const char *reason)
{
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

void fill_names(struct filler *filler)
{
    const struct person_rules *rules = &filler->rules->persons;
    bool has_full = filler_count(filler, TARGET_FULL_NAME) > 0;
    const struct plan_column *columns = filler->recipe->plan->mapping.columns;
    enum person_order usual = PERSON_ORDER_UNKNOWN;
    if (has_full) usual = columns[filler_column(filler, TARGET_FULL_NAME, 0)].name_order;
    for (uint32_t row = 0; row < filler->rows; row++) {
        struct person_context context = {usual, filler_get(filler, row, FIELD_COUNTRY)};
        struct person typed = typed_parts(filler, row), made;
        // A whole name also serves where one of the two parts is missing.
        bool has_both = typed.first.len && typed.last.len;
        if (has_both || (!has_full && (typed.first.len || typed.last.len))) {
            made = person_from_parts(rules, &typed, &context, &filler->batch->arena);
        } else if (has_full) {
            uint32_t at;
            str full = filler_pick(filler, row, TARGET_FULL_NAME, TEXT_NAME, FIELD_LAST_NAME, &at);
            if (full.len) {
                context.order = columns[at].name_order;
                made = person_from_full(rules, full, &context, &filler->batch->arena);
            } else if (typed.first.len || typed.last.len) {
                made = person_from_parts(rules, &typed, &context, &filler->batch->arena);
            } else {
                continue;
            }
        } else {
            continue;
        }
        set_person(filler, row, &typed, &made);
    }
}

// What the title says, else what was typed.
static void set_either(struct filler *filler, uint32_t row, int field, str read)
{
    str typed = filler_pick(filler, row, field, TEXT_LINE, field, NULL);
    if (read.len)
        filler_set_plain(filler, row, field, read);
    else
        filler_set(filler, row, field, typed);
}

// Titles repeat, but there are many of them: the memory of all is asked for before any is read.
void fill_title(struct filler *filler)
{
    struct arena *arena = &filler->batch->arena;
    hash128 *keys = arena_alloc(arena, filler->rows * sizeof *keys);
    for (uint32_t row = 0; row < filler->rows; row++) {
        str title = filler_pick(filler, row, FIELD_JOB_TITLE, TEXT_LINE, FIELD_JOB_TITLE, NULL);
        if (title.len == 0) continue;
        filler_set(filler, row, FIELD_JOB_TITLE, title);
        keys[row] = cache_key(title, 0);
        cache_fetch(&filler->titles, keys[row]);
    }
    for (uint32_t row = 0; row < filler->rows; row++) {
        str title = filler_get(filler, row, FIELD_JOB_TITLE);
        struct title_code none = {0}, *code = &none;
        bool known = true;
        if (title.len) code = cache_find_key(&filler->titles, keys[row], &known);
        if (!known) *code = title_code(&filler->rules->titles, title, arena);
        struct title read = title_words(*code);
        set_either(filler, row, FIELD_SENIORITY, read.seniority);
        set_either(filler, row, FIELD_DEPARTMENT, read.department);
    }
}
