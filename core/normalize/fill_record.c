// Where a lead came from, its own id, its texts, and what no field took.
#include "core/base/json.h"
#include "core/csv/writer.h"
#include "filler.h"

enum { ID_DIGITS = 24, COUNTER_DIGITS = 20 };

// ---- source

// Which of our words a system's own word for the source means; there are few, and they repeat.
static str source_of(struct filler *filler, str text)
{
    bool known;
    if (text.len == 0) return text;
    str *word = cache_find(&filler->sources, text, 0, &known);
    if (!known) *word = sources_word(filler->source_words, text, &filler->batch->arena);
    return *word; // one of our words: they stay
}

// The system's own word for where the lead came from counts when it is one of ours; otherwise it
// stays in extra and the export's source holds.
static void set_source(struct filler *filler, uint32_t row)
{
    static const int targets[] = {FIELD_SOURCE, TARGET_LEAD_SOURCE};
    const struct export_plan *plan = filler->recipe->plan;
    str source = plan->source;
    for (size_t t = 0; t < 2; t++) {
        for (uint32_t i = 0; i < filler_count(filler, targets[t]); i++) {
            uint32_t column = filler_column(filler, targets[t], i);
            str text = filler_cell(filler, row, column, TEXT_LINE).text;
            str word = source_of(filler, text);
            if (word.len == 0) continue;
            source = word;
            filler_use(filler, row, column);
            if (!str_equal(word, text)) {
                filler_change(filler, row, FIELD_SOURCE, text, word, "source_word");
            }
            t = 2;
            break;
        }
    }
    filler_set_plain(filler, row, FIELD_SOURCE, source);
}

// What each record says, else what holds for the whole export. Most exports say nothing: then the
// same cell is every record's, and whether it needs quotes is asked once.
static void set_or(struct filler *filler, int field, str otherwise)
{
    if (filler_count(filler, field) == 0 && otherwise.len == 0) return;
    unsigned flags = csv_needs_quotes(otherwise) ? CELL_SET : CELL_SET | CELL_PLAIN;
    const str *picked = filler_pick_all(filler, field, TEXT_LINE, field);
    cell *cells = batch_cells(filler->batch, (uint32_t)field);
    const cell same = {otherwise.data, (uint32_t)otherwise.len, flags};
    for (uint32_t row = 0; row < filler->rows; row++) {
        str text = filler_picked(picked, row);
        if (text.len)
            filler_set(filler, row, field, text);
        else
            cells[row] = same;
    }
}

// A number in digits that is counted up: a third of what writing each anew takes.
struct counter {
    uint64_t number;
    size_t at; // of the first digit
    char digits[COUNTER_DIGITS];
};

static void set_counter(struct counter *counter, uint64_t number)
{
    size_t at = COUNTER_DIGITS;
    counter->number = number;
    if (number == 0) counter->digits[--at] = '0';
    for (; number; number /= 10) counter->digits[--at] = (char)('0' + number % 10);
    counter->at = at;
}

static void count_to(struct counter *counter, uint64_t number)
{
    size_t last = COUNTER_DIGITS - 1;
    bool is_next = number == counter->number + 1 && counter->digits[last] != '9';
    if (!is_next) set_counter(counter, number);
    counter->digits[last] = (char)(counter->digits[last] + is_next);
    counter->number = number;
}

static void set_row_numbers(struct filler *filler)
{
    const struct records *records = &filler->batch->records;
    const str *picked = filler_pick_all(filler, FIELD_SOURCE_ROW, TEXT_LINE, FIELD_SOURCE_ROW);
    struct counter counter;
    set_counter(&counter, 0);
    for (uint32_t row = 0; row < filler->rows; row++) {
        str line = filler_picked(picked, row);
        if (line.len) {
            filler_set(filler, row, FIELD_SOURCE_ROW, line);
            continue;
        }
        count_to(&counter, records_line(records, row));
        str digits = {counter.digits + counter.at, COUNTER_DIGITS - counter.at};
        filler_set_plain(filler, row, FIELD_SOURCE_ROW, arena_copy(&filler->batch->arena, digits));
    }
}

void fill_source(struct filler *filler)
{
    const struct export_plan *plan = filler->recipe->plan;
    for (uint32_t row = 0; row < filler->rows; row++) set_source(filler, row);
    set_row_numbers(filler);
    set_or(filler, FIELD_SOURCE_NAME, plan->source_name);
    // What the lines above the table say is as raw as any cell.
    str campaign =
        text_clean(&filler->rules->text, plan->campaign, TEXT_LINE, &filler->batch->arena).text;
    set_or(filler, FIELD_SOURCE_CAMPAIGN, campaign);
    set_or(filler, FIELD_SOURCE_FILE, plan->file);
}

// ---- texts

// All columns of a target, one after another.
static void join(struct filler *filler, uint32_t row, int field, enum text_kind kind, str separator)
{
    uint32_t count = filler_count(filler, field);
    buffer_clear(&filler->text);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t column = filler_column(filler, field, i);
        str text = filler_cell(filler, row, column, kind).text;
        filler_use(filler, row, column);
        if (text.len == 0) continue;
        if (filler->text.len) buffer_add(&filler->text, separator);
        buffer_add(&filler->text, text);
    }
    filler_set(filler, row, field, arena_copy(&filler->batch->arena, buffer_str(&filler->text)));
}

static void join_all(struct filler *filler, int field, enum text_kind kind, str separator)
{
    if (filler_count(filler, field) < 2) {
        filler_set_all(filler, field, filler_pick_all(filler, field, kind, field));
        return;
    }
    for (uint32_t row = 0; row < filler->rows; row++) join(filler, row, field, kind, separator);
}

void fill_texts(struct filler *filler)
{
    static const int lines[] = {FIELD_INDUSTRY, FIELD_LEGAL_BASIS, FIELD_CAPTURED_BY};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        filler_set_all(filler, lines[i], filler_pick_all(filler, lines[i], TEXT_LINE, lines[i]));
    }
    if (filler->is_filled[FIELD_INTEREST]) {
        join_all(filler, FIELD_INTEREST, TEXT_LINE, STR("; "));
    }
    if (filler->is_filled[FIELD_NOTES]) join_all(filler, FIELD_NOTES, TEXT_NOTES, STR("\n"));
}

// ---- lead_id

// What a lead is named by: texts, each behind its length.
enum { IDENTITY_TEXTS = 7 };

static void add_identity(struct buffer *out, const str texts[], size_t count)
{
    size_t room = 0;
    for (size_t i = 0; i < count; i++) room += sizeof(uint32_t) + texts[i].len;
    char *to = buffer_room(out, room);
    out->len += room;
    for (size_t i = 0; i < count; i++) {
        uint32_t len = (uint32_t)texts[i].len;
        memcpy(to, &len, sizeof len);
        to = bytes_put(to + sizeof len, texts[i].data, len);
    }
}

// The digits of the numbers as they were typed: where the country was read off the rest of the
// file, the canonical number would make the id depend on it.
static str typed_digits(struct filler *filler, uint32_t row, int field)
{
    str typed = filler_peek(filler, row, field);
    char *out = arena_bytes(&filler->batch->arena, typed.len);
    size_t len = 0;
    for (size_t i = 0; i < typed.len; i++) {
        if (byte_is_digit(typed.data[i])) out[len++] = typed.data[i];
    }
    return (str){out, len};
}

// A number without a country of its own is named as it was typed.
static str identity_number(struct filler *filler, uint32_t row, int field)
{
    str made = filler_get(filler, row, field);
    bool is_unread = made.len && made.data[0] != '+';
    return is_unread || filler->is_guessed[row] ? typed_digits(filler, row, field) : made;
}

// The same holds for a day and month whose order the file decides.
static str identity_time(struct filler *filler, uint32_t row, int field)
{
    str typed = filler_peek(filler, row, field);
    return typed.len ? typed : filler_get(filler, row, field);
}

static str hex_id(struct filler *filler)
{
    char hex[32], *id = arena_bytes(&filler->batch->arena, 1 + ID_DIGITS);
    hash_hex(hash_128(buffer_str(&filler->text)), hex);
    id[0] = 'x';
    memcpy(id + 1, hex, ID_DIGITS);
    return (str){id, 1 + ID_DIGITS};
}

// From what makes the lead who it is, so that it does not depend on other rows, other columns or
// the file's name: canonical address, numbers, names, company, time. A record without any of these
// is named by all its fields.
static str hashed_id(struct filler *filler, uint32_t row)
{
    str email = filler_get(filler, row, FIELD_EMAIL);
    str key = email_key(&filler->rules->emails, email, &filler->batch->arena);
    const str texts[IDENTITY_TEXTS] = {key.len ? key : email,
                                       identity_number(filler, row, FIELD_PHONE),
                                       identity_number(filler, row, FIELD_MOBILE),
                                       filler_get(filler, row, FIELD_FIRST_NAME),
                                       filler_get(filler, row, FIELD_LAST_NAME),
                                       filler_get(filler, row, FIELD_COMPANY),
                                       identity_time(filler, row, FIELD_CREATED_AT)};
    size_t held = 0, columns = filler->recipe->plan->mapping.count;
    for (size_t i = 0; i + 1 < IDENTITY_TEXTS; i++) held += texts[i].len; // but the time
    buffer_clear(&filler->text);
    add_identity(&filler->text, texts, IDENTITY_TEXTS);
    for (uint32_t column = 0; held == 0 && column < columns; column++) {
        str text = filler_cell(filler, row, column, TEXT_LINE).text;
        add_identity(&filler->text, &text, 1);
    }
    return hex_id(filler);
}

void fill_id(struct filler *filler)
{
    const struct export_plan *plan = filler->recipe->plan;
    const str *own = filler_pick_all(filler, FIELD_LEAD_ID, TEXT_LINE, FIELD_LEAD_ID);
    const str *numbers = NULL;
    filler_set_all(filler, FIELD_LEAD_ID, own);
    if (plan->key.len && !own) {
        numbers = filler_pick_all(filler, TARGET_ID, TEXT_LINE, FIELD_LEAD_ID);
    }
    for (uint32_t row = 0; row < filler->rows; row++) {
        if (filler_picked(own, row).len) continue;
        str number = filler_picked(numbers, row);
        if (plan->key.len && own) {
            number = filler_pick(filler, row, TARGET_ID, TEXT_LINE, FIELD_LEAD_ID, NULL);
        }
        if (number.len == 0) {
            filler_set_plain(filler, row, FIELD_LEAD_ID, hashed_id(filler, row));
            continue;
        }
        str id = arena_join(&filler->batch->arena, plan->key, ':', number);
        filler_set(filler, row, FIELD_LEAD_ID, id);
    }
}

// ---- what the profile says

// A report of people who were there says so for all of them.
void fill_sets(struct filler *filler)
{
    const struct source_profile *profile = filler->recipe->plan->profile;
    for (size_t i = 0; profile && i < profile->set_count; i++) {
        int field = profile->sets[i].target;
        if (field < 0 || field >= LEAD_FIELD_COUNT) continue;
        for (uint32_t row = 0; row < filler->rows; row++) {
            if (filler_get(filler, row, field).len) continue;
            filler_set(filler, row, field, profile->sets[i].text);
            filler_change(filler, row, field, STR(""), profile->sets[i].text, "profile");
        }
    }
}

// ---- extra

// The first of the columns that may be left over, from the i-th on, that no field took in this row
// and that is not empty; their count when there is none.
static inline uint32_t next_left_over(const struct filler *filler, uint32_t row, uint32_t i)
{
    const struct records *records = &filler->batch->records;
    const bool *used = filler->used + (size_t)row * records->columns;
    const uint32_t *columns = filler->left_over;
    uint32_t count = filler->left_over_count;
    for (; i < count; i++) {
        if (!used[columns[i]] && records_raw(records, row, columns[i]).len) break;
    }
    return i;
}

// The members that a file of ours brings with it come first. is_first is cleared when there are
// any.
static void begin_object(struct buffer *text, str own, bool *is_first)
{
    bool is_object = own.len > 2 && own.data[0] == '{' && own.data[own.len - 1] == '}';
    buffer_add(text, is_object ? str_first(own, own.len - 1) : STR("{"));
    *is_first = !is_object;
}

// An object as fill_extra makes it.
static bool is_ours(str text)
{
    if (text.len < 4 || !str_starts(text, STR("{\""))) return false;
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.data[i] < ' ') return false;
    }
    return text.data[text.len - 1] == '}';
}

// What a file of ours has in extra. An object is taken as it stands: its texts were cleaned when it
// was made, and a second look would be at the whole of it.
static str own_extra(struct filler *filler, uint32_t row)
{
    if (filler_count(filler, FIELD_EXTRA) == 0) return (str){"", 0};
    uint32_t column = filler_column(filler, FIELD_EXTRA, 0);
    str typed = filler_typed(filler, row, column);
    if (is_ours(typed)) {
        filler_use(filler, row, column);
        return typed;
    }
    str text = filler_pick(filler, row, FIELD_EXTRA, TEXT_LINE, FIELD_EXTRA, NULL);
    if (text.len == 0) return text;
    // Somebody else's column of that name is a column like any other.
    bool is_first = true;
    buffer_clear(&filler->text);
    buffer_add_byte(&filler->text, '{');
    json_add_name(&filler->text, &is_first, STR("extra"));
    json_add_string(&filler->text, text);
    buffer_add_byte(&filler->text, '}');
    return arena_copy(&filler->batch->arena, buffer_str(&filler->text));
}

// The export's own names, in the export's order. A file of ours brings its extra with it.
void fill_extra(struct filler *filler)
{
    const str *members = filler->recipe->members;
    for (uint32_t row = 0; row < filler->rows; row++) {
        str own = own_extra(filler, row);
        bool is_first = true;
        buffer_clear(&filler->text);
        for (uint32_t i = 0;; i++) {
            i = next_left_over(filler, row, i);
            if (i == filler->left_over_count) break;
            uint32_t column = filler->left_over[i];
            str text = filler_cell(filler, row, column, TEXT_NOTES).text;
            if (text.len == 0) continue;
            if (is_first) begin_object(&filler->text, own, &is_first);
            if (!is_first) buffer_add(&filler->text, STR(", "));
            is_first = false;
            buffer_add(&filler->text, members[column]);
            json_add_string(&filler->text, text);
        }
        if (!is_first) {
            buffer_add_byte(&filler->text, '}');
            own = arena_copy(&filler->batch->arena, buffer_str(&filler->text));
        }
        filler_set(filler, row, FIELD_EXTRA, own);
    }
}
