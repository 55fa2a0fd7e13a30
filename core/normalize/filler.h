// Filling leads from the records of one export: what all steps of the stage share.
//
// The stage works through a batch field by field, not record by record: each step reads the columns
// that its field comes from (in the order of their rank), makes the value canonical and sets the
// cells of one or a few columns of the lead. Values that no field took end in extra.
#ifndef NORMALIZE_FILLER_H
#define NORMALIZE_FILLER_H

#include "address.h"
#include "company_id.h"
#include "core/base/buffer.h"
#include "core/base/cache.h"
#include "core/lead/batch.h"
#include "core/lead/email.h"
#include "core/lead/phone.h"
#include "core/pipeline/tally.h"
#include "country.h"
#include "date.h"
#include "person.h"
#include "plan.h"
#include "quantity.h"
#include "text.h"
#include "title.h"
#include "web.h"

// Everything normalize knows of values; loaded once, read by all workers.
struct value_rules {
    struct text_rules text;
    struct country_rules countries;
    struct date_rules dates;
    struct person_rules persons;
    struct title_rules titles;
    struct web_rules web;
    struct word_rules words;
    struct address_rules addresses;
    struct phone_rules phones;
    struct email_providers emails;
};

bool value_rules_load(struct value_rules *rules, struct rulebook *book, struct err *err);
void value_rules_release(struct value_rules *rules);

// A website as it was typed, read: remembered, since a company comes again with each of its people.
// A plan as the steps use it: which columns fill which target, in order.
struct recipe {
    const struct export_plan *plan;
    struct {
        uint32_t first, count; // in columns
    } targets[TARGET_COUNT];
    uint32_t *columns; // column numbers, target by target, best rank first
    bool *is_ignored;  // [columns of the plan]: never left over for extra
    str *members;      // [columns of the plan]: how each begins in extra, `"its name": `
    struct buffer member_text;
    bool has_prefixes; // some column's texts begin with a prefix to be taken off
    struct recipe *next;
};

struct change {
    uint32_t row, number; // in the batch, in the order of the steps
    str field, before, after, reason;
};

// One worker's side of the stage.
struct filler {
    const struct value_rules *rules;
    struct recipe *recipes; // of the plans met so far
    const struct sources *source_words;
    struct cache titles, countries, domains, sources;
    struct buffer text; // scratch for building values
    int year_now;
    str today; // see normalize_options

    // The batch being worked on:
    const struct recipe *recipe;
    struct batch *batch;
    uint32_t rows;
    bool *used;         // [rows x columns of the plan]: taken by a field
    bool *is_guessed;   // [rows]: a number was read by what most of the file shows
    uint64_t *looks;    // [rows]: bit of each column whose cell needs a look: it is not clean
                        // (text_is_clean), or a prefix is to be taken off
    uint32_t *plain_to; // [rows]: what stands before this place of the block needs no quotes
    uintptr_t block;    // where that is, and how long
    // What some record of the batch has. Most columns of a file of ours are empty from end to end:
    // not looking into them a cell at a time takes a quarter off such files.
    bool is_filled[TARGET_COUNT];
    uint32_t *left_over; // columns that may be left for extra: filled, and not ignored
    uint32_t left_over_count;
    const bool *wants; // [LEAD_FIELD_COUNT]: somebody reads the column; others may stay empty
    bool wants_changes;
    struct change *changes;
    size_t change_count, change_capacity;
    struct tally *by_reason;
};

void filler_init(struct filler *filler, const struct value_rules *rules,
                 const struct sources *source_words, int year_now);
void filler_release(struct filler *filler);

// Takes up a batch whose origin is a plan: makes it one of lead columns, all empty; the export's
// fields stay readable through the filler.
void filler_begin(struct filler *filler, struct batch *batch, const struct columns *lead_columns);

// The cell of an export's column as it stands in the file, without quotes.
static inline str filler_typed(struct filler *filler, uint32_t row, uint32_t column)
{
    return records_text(&filler->batch->records, row, column, &filler->batch->arena);
}

// The bit of a column in looks: those behind the 63rd share one.
static inline uint64_t filler_look_bit(uint32_t column)
{
    return (uint64_t)1 << (column < 63 ? column : 63);
}

// Whether a cell needs a look.
static inline bool filler_looks(const struct filler *filler, uint32_t row, uint32_t column)
{
    uint64_t looks = filler->looks[row]; // hardly ever any
    return looks && looks & filler_look_bit(column);
}

// A cell that needs a look: for filler_cell.
struct value filler_clean(struct filler *filler, uint32_t column, str typed, enum text_kind kind);

// The same cell, cleaned, its profile's prefix taken off. Marks nothing.
static inline struct value filler_cell(struct filler *filler, uint32_t row, uint32_t column,
                                       enum text_kind kind)
{
    str typed = filler_typed(filler, row, column);
    bool is_kept =
        !filler_looks(filler, row, column) && text_is_kept(&filler->rules->text, typed, kind);
    return is_kept ? value_kept(typed) : filler_clean(filler, column, typed, kind);
}

// How many columns fill a target, and the i-th of them.
static inline uint32_t filler_count(const struct filler *filler, int target)
{
    return filler->recipe->targets[target].count;
}

static inline uint32_t filler_column(const struct filler *filler, int target, uint32_t i)
{
    return filler->recipe->columns[filler->recipe->targets[target].first + i];
}

// Marks a cell as taken by a field.
static inline void filler_use(struct filler *filler, uint32_t row, uint32_t column)
{
    filler->used[(size_t)row * filler->recipe->plan->mapping.count + column] = true;
}

// Takes the mark off: the cell goes to extra, whatever fields have read in it.
static inline void filler_leave(struct filler *filler, uint32_t row, uint32_t column)
{
    filler->used[(size_t)row * filler->recipe->plan->mapping.count + column] = false;
}

static inline bool filler_is_used(const struct filler *filler, uint32_t row, uint32_t column)
{
    return filler->used[(size_t)row * filler->recipe->plan->mapping.count + column];
}

// filler_pick of a target that is filled.
str filler_pick_any(struct filler *filler, uint32_t row, int target, enum text_kind kind, int field,
                    uint32_t *column);

// The first column of the target that holds something; its cell is marked used and journaled under
// `field` when cleaning changed it. Empty when none does. *column (may be NULL) = where it was.
static inline str filler_pick(struct filler *filler, uint32_t row, int target, enum text_kind kind,
                              int field, uint32_t *column)
{
    if (!filler->is_filled[target]) return (str){"", 0};
    return filler_pick_any(filler, row, target, kind, field, column);
}

// filler_pick of all rows, at a third of the cost: what is the same for all of them is looked up
// once. NULL when no row has any. Good until the batch is done with.
const str *filler_pick_all(struct filler *filler, int target, enum text_kind kind, int field);

static inline str filler_picked(const str *picked, uint32_t row)
{
    return picked ? picked[row] : (str){"", 0};
}

// The same without marking it: the cell stays in extra as well. As one line.
str filler_peek(struct filler *filler, uint32_t row, int target);

// Whether a text, not empty, is a piece of an unquoted field: then the writer need not look through
// it once more, which most texts are too short to pay for.
static inline bool filler_is_plain(const struct filler *filler, uint32_t row, str text)
{
    return (uintptr_t)text.data - filler->block < filler->plain_to[row] &&
           (unsigned char)text.data[0] > ' ' && text.data[text.len - 1] > ' ';
}

// Sets a cell of the lead. filler_set_plain for text that is known to need no quotes.
static inline void filler_set(struct filler *filler, uint32_t row, int field, str text)
{
    if (text.len == 0) return;
    unsigned flags = filler_is_plain(filler, row, text) ? CELL_PLAIN : 0;
    batch_set(filler->batch, row, (uint32_t)field, text, flags);
}

static inline void filler_set_plain(struct filler *filler, uint32_t row, int field, str text)
{
    if (text.len) batch_set(filler->batch, row, (uint32_t)field, text, CELL_PLAIN);
}

// filler_set of all rows; NULL sets none.
void filler_set_all(struct filler *filler, int field, const str *texts);

// A cell of the lead that an earlier step has set.
static inline str filler_get(struct filler *filler, uint32_t row, int field)
{
    return batch_get(filler->batch, row, (uint32_t)field);
}

// Journals a change: for filler_change.
void filler_add_change(struct filler *filler, uint32_t row, int field, str before, str after,
                       const char *reason);

// The same, when anyone wants to know.
static inline void filler_change(struct filler *filler, uint32_t row, int field, str before,
                                 str after, const char *reason)
{
    if (filler->wants_changes) filler_add_change(filler, row, field, before, after, reason);
}

// Counts a value that could not be made canonical.
void filler_count_unreadable(struct filler *filler, int field);

// Sets a value, journals what changed, counts what could not be made canonical.
static inline void filler_set_value(struct filler *filler, uint32_t row, int field, str typed,
                                    struct value value)
{
    bool is_plain =
        value.is_valid && (schema_fields[field].kind == VALUE_TIME || field == FIELD_COUNTRY);
    if (is_plain)
        filler_set_plain(filler, row, field, value.text);
    else
        filler_set(filler, row, field, value.text);
    if (value.reason) filler_change(filler, row, field, typed, value.text, value.reason);
    if (!value.is_valid) filler_count_unreadable(filler, field);
}

// The steps, in the order in which they are done; each fills the columns it is named after for all
// rows of the batch.
void fill_source(struct filler *filler);  // source ... source_row
void fill_country(struct filler *filler); // from its column alone
void fill_names(struct filler *filler);   // salutation ... last_name
void fill_emails(struct filler *filler);  // email, email_other
void fill_phones(struct filler *filler);  // phone ... phone_other, and country where it was unknown
void fill_company(struct filler *filler); // company ... industry, website, domain, linkedin
void fill_title(struct filler *filler);   // job_title, seniority, department
void fill_address(struct filler *filler); // street ... postal_code
void fill_times(struct filler *filler);   // created_at, last_activity_at, consent_at, acquired_at
void fill_words(struct filler *filler);   // consent, opt_out, attended, minutes, timeframe_days ...
void fill_sets(struct filler *filler);    // what the source profile sets, where nothing is
void fill_texts(struct filler *filler);   // interest, notes, captured_by and the like
void fill_id(struct filler *filler);      // lead_id
void fill_extra(struct filler *filler);   // extra, from whatever no field took

#endif
