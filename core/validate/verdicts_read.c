// Reads a verifier's result file, whatever CSV it is.
#include <stdio.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/csv/decode.h"
#include "core/csv/input.h"
#include "core/csv/lenient.h"
#include "verdicts.h"
#include "verdicts_fold.h"

enum {
    PIECE_BYTES = 1 << 20,
    AHEAD_BYTES = 256 << 10, // a record is shorter: it is there whole
    SAMPLE_ROWS = 200,
    DAY_SECONDS = 86400,
};

enum role { ROLE_EMAIL, ROLE_RESULT, ROLE_DETAIL, ROLE_DATE, ROLE_SUGGESTION, ROLE_COUNT };

static const char *const role_names[ROLE_COUNT] = {"email", "result", "detail", "date",
                                                   "suggestion"};

// Where a verifier's columns are in a file.
struct layout {
    str verifier;
    int at[ROLE_COUNT]; // -1 = not there
    size_t known;       // results of the sample that it would have written
};

struct verdict_reader {
    const struct verdict_file *file;
    struct verdicts *verdicts;
    struct input *input;
    struct decoding decoding;
    struct dialect dialect;
    struct buffer raw, text;
    size_t at;                // in text
    uint64_t line, next_line; // where the record begins, and the one behind it; from 1
    bool is_started, is_last;
    struct arena arena; // of one record
    struct arena kept;  // of the file
    str *header;        // folded
    size_t columns;
    struct layout layout;
};

// --- records
// --------------------------------------------------------------------------------------

// More text behind what is left. False with err.
static bool fill(struct verdict_reader *reader, struct err *err)
{
    if (reader->at) {
        reader->text.len -= reader->at;
        memmove(reader->text.data, reader->text.data + reader->at, reader->text.len);
        reader->at = 0;
    }
    char *room = buffer_room(&reader->raw, PIECE_BYTES);
    ssize_t got = input_read(reader->input, room, PIECE_BYTES, err);
    if (got < 0) return false;
    reader->raw.len += (size_t)got;
    reader->is_last = got == 0;
    size_t skipped = 0;
    if (!reader->is_started) {
        if (!decode_guess(&reader->decoding, buffer_str(&reader->raw), reader->file->path, err)) {
            return false;
        }
        skipped = reader->decoding.bom_bytes;
        reader->is_started = true;
    }
    str raw = str_from(buffer_str(&reader->raw), skipped);
    size_t used = decode_append(&reader->decoding, raw, reader->is_last, &reader->text) + skipped;
    reader->raw.len -= used;
    if (used) memmove(reader->raw.data, reader->raw.data + used, reader->raw.len);
    return true;
}

static uint64_t count_lines(str text)
{
    uint64_t lines = 0;
    if (text.len == 0) return 0; // an empty buffer has no address to count from
    for (const char *at = text.data, *end = text.data + text.len; at < end; at++, lines++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (!at) break;
    }
    return lines;
}

// The fields of the next record that has any. False at the end, or with err.
static bool next_record(struct verdict_reader *reader, str **fields, size_t *count, struct err *err)
{
    do {
        while (reader->text.len - reader->at < AHEAD_BYTES && !reader->is_last) {
            if (!fill(reader, err)) return false;
        }
        arena_reset(&reader->arena);
        str rest = str_from(buffer_str(&reader->text), reader->at);
        size_t used = lenient_fields(&reader->dialect, rest, &reader->arena, fields, count);
        if (used == 0) return false;
        reader->at += used;
        reader->line = reader->next_line;
        reader->next_line += count_lines(str_first(rest, used));
    } while (*count == 1 && str_trim((*fields)[0]).len == 0);
    return true;
}

static str field(const struct layout *layout, enum role role, str fields[], size_t count)
{
    int at = layout->at[role];
    return at >= 0 && (size_t)at < count ? str_trim(fields[at]) : (str){"", 0};
}

// --- whose file it is
// -----------------------------------------------------------------------------

static int find_header(const struct verdict_reader *reader, str name)
{
    for (size_t i = 0; i < reader->columns; i++) {
        if (str_equal(reader->header[i], name)) return (int)i;
    }
    return -1;
}

// The meaning of a result; the row with the same detail before that with none.
static const struct verdict_meaning *find_meaning(const struct verdicts *verdicts, str verifier,
                                                  str result, str detail)
{
    const struct verdict_meaning *any = NULL;
    for (size_t i = 0; i < verdicts->meaning_count; i++) {
        const struct verdict_meaning *meaning = &verdicts->meanings[i];
        if (!str_equal(meaning->verifier, verifier) || !str_equal(meaning->result, result)) {
            continue;
        }
        if (meaning->detail.len && str_equal(meaning->detail, detail)) return meaning;
        if (meaning->detail.len == 0) any = meaning;
    }
    return any;
}

// A column for addresses where no header of the verifier's names it: by its name, by what is in it.
static int guess_email(struct verdict_reader *reader, const struct layout *layout)
{
    for (size_t i = 0; i < reader->columns; i++) {
        str name = reader->header[i];
        bool is_email = str_equal(name, STR("email")) || str_equal(name, STR("emailaddress")) ||
                        str_equal(name, STR("mail")) || str_equal(name, STR("address"));
        if (is_email && (int)i != layout->at[ROLE_RESULT]) return (int)i;
    }
    size_t *ats = arena_new(&reader->kept, size_t, reader->columns + 1), best = reader->columns;
    size_t from = reader->at, count;
    str rest = buffer_str(&reader->text), *fields;
    for (size_t rows = 0, used = 1; rows < SAMPLE_ROWS && used; rows++, from += used) {
        used =
            lenient_fields(&reader->dialect, str_from(rest, from), &reader->arena, &fields, &count);
        for (size_t i = 0; used && i < count && i < reader->columns; i++) {
            ats[i] += str_find(fields[i], '@') > 0;
            if (best == reader->columns ? ats[i] > 0 : ats[i] > ats[best]) best = i;
        }
    }
    return best < reader->columns ? (int)best : -1;
}

// How many results of the first rows the verifier would have written.
static size_t count_known(struct verdict_reader *reader, const struct layout *layout)
{
    size_t known = 0, from = reader->at, count;
    str rest = buffer_str(&reader->text), *fields;
    for (size_t rows = 0, used = 1; rows < SAMPLE_ROWS && used; rows++, from += used) {
        used =
            lenient_fields(&reader->dialect, str_from(rest, from), &reader->arena, &fields, &count);
        if (!used) break;
        str result = verdicts_fold(field(layout, ROLE_RESULT, fields, count), &reader->arena);
        known += find_meaning(reader->verdicts, layout->verifier, result, (str){"", 0}) != NULL;
    }
    return known;
}

// Where the columns of the verifier are; the header that is named first wins.
static struct layout lay_out(struct verdict_reader *reader, str verifier, const int columns[3])
{
    const struct table *table = &reader->verdicts->columns;
    struct layout layout = {.verifier = verifier};
    for (int role = 0; role < ROLE_COUNT; role++) layout.at[role] = -1;
    for (size_t row = 0; row < table->rows; row++) {
        if (!str_equal(table_cell(table, row, columns[0]), verifier)) continue;
        for (int role = 0; role < ROLE_COUNT; role++) {
            if (layout.at[role] >= 0 ||
                !str_equal(table_cell(table, row, columns[1]), str_of(role_names[role]))) {
                continue;
            }
            str header = verdicts_fold(table_cell(table, row, columns[2]), &reader->kept);
            layout.at[role] = find_header(reader, header);
        }
    }
    if (layout.at[ROLE_RESULT] < 0) return layout;
    if (layout.at[ROLE_EMAIL] < 0) layout.at[ROLE_EMAIL] = guess_email(reader, &layout);
    layout.known = count_known(reader, &layout);
    return layout;
}

static size_t columns_found(const struct layout *layout)
{
    size_t found = 0;
    for (int role = 0; role < ROLE_COUNT; role++) found += layout->at[role] >= 0;
    return found;
}

static bool choose_layout(struct verdict_reader *reader, struct err *err)
{
    static const char file[] = "email/verifier_columns.tsv";
    const struct table *table = &reader->verdicts->columns;
    int columns[3];
    if (!table_need(table, file, "verifier", &columns[0], err) ||
        !table_need(table, file, "column", &columns[1], err) ||
        !table_need(table, file, "header", &columns[2], err)) {
        return false;
    }
    bool has_any = false;
    for (size_t row = 0; row < table->rows; row++) {
        str verifier = table_cell(table, row, columns[0]);
        if (row && str_equal(verifier, table_cell(table, row - 1, columns[0]))) continue;
        struct layout layout = lay_out(reader, verifier, columns);
        if (layout.at[ROLE_RESULT] < 0 || layout.at[ROLE_EMAIL] < 0) continue;
        bool is_better = !has_any || layout.known > reader->layout.known ||
                         (layout.known == reader->layout.known &&
                          columns_found(&layout) > columns_found(&reader->layout));
        if (is_better) reader->layout = layout;
        has_any = true;
    }
    if (find_header(reader, STR("emailchecked")) >= 0) {
        return err_set(err, ERR_DATA, reader->file->path, 1,
                       "these are leads, not what a verifier found");
    }
    if (has_any && (reader->layout.at[ROLE_DATE] >= 0 || reader->file->has_day)) return true;
    if (has_any) {
        err_set(err, ERR_DATA, reader->file->path, 0,
                "neither its columns nor its name say when it was checked");
        return err_hint(err, "--verdicts-date says it");
    }
    err_set(err, ERR_DATA, reader->file->path, 1, "no column of an e-mail verifier's results");
    return err_hint(err, "known are those of ZeroBounce, NeverBounce and Kickbox; "
                         "verifier_columns.tsv.local names those of others");
}

// --- results
// --------------------------------------------------------------------------------------

static uint32_t add_found(struct verdicts *verdicts, struct verdict_found found)
{
    verdicts->found = memory_grow(verdicts->found, &verdicts->capacity, verdicts->count + 1,
                                  sizeof *verdicts->found);
    verdicts->found[verdicts->count++] = found;
    return (uint32_t)verdicts->count;
}

// Whether the result takes the place of one of the same kind: of lasting ones the worst stays, of
// others the newest.
static bool replaces(const struct verdict_found *found, const struct verdict_found *known)
{
    int worse = found->meaning->weight - known->meaning->weight;
    int newer = (found->day > known->day) - (found->day < known->day);
    int first = found->meaning->is_lasting ? worse : newer;
    return (first ? first : worse + newer) >= 0;
}

static void keep(struct verdict_reader *reader, str address, struct verdict_found found)
{
    struct verdicts *verdicts = reader->verdicts;
    const char *reason;
    bool is_new;
    str clean = email_clean(address, &reader->arena, NULL, &reason);
    str key = email_key(verdicts->providers, clean, &reader->arena);
    if (key.len == 0) return;
    uint32_t *number = key_table_put(&verdicts->by_key, hash_128(key), &is_new);
    verdicts->used++;
    if (*number == 0) *number = add_found(verdicts, (struct verdict_found){0});
    size_t at = *number - 1, lasting = verdicts->found[at].lasting;
    if (found.meaning->is_lasting) {
        if (lasting == 0) lasting = add_found(verdicts, (struct verdict_found){0});
        verdicts->found[at].lasting = (uint32_t)lasting;
        at = lasting - 1;
    } else {
        found.lasting = (uint32_t)lasting;
    }
    struct verdict_found *known = &verdicts->found[at];
    if (known->meaning && !replaces(&found, known)) return;
    found.suggestion = arena_copy(&verdicts->arena, found.suggestion);
    *known = found;
}

// 2026-11-20 or 20.11.2026, with a time of day behind it or not. False when it is neither.
static bool read_date(str date, int64_t *seconds)
{
    char text[11];
    if (date.len >= 10 && !(date.len > 10 && byte_is_digit(date.data[10])) &&
        timestamp_parse(str_first(date, 10), seconds)) {
        return true;
    }
    unsigned part[3] = {0};
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        size_t start = at;
        while (at < date.len && byte_is_digit(date.data[at]) && at - start < 4) {
            part[i] = part[i] * 10 + (unsigned)(date.data[at++] - '0');
        }
        if (at == start || at - start > 2 + 2 * (size_t)(i == 2)) return false;
        if (i < 2 && (at == date.len || date.data[at++] != '.')) return false;
    }
    if (part[2] < 1000 || (at < date.len && !byte_is_blank(date.data[at]))) return false;
    snprintf(text, sizeof text, "%04u-%02u-%02u", part[2] % 10000, part[1] % 100, part[0] % 100);
    return timestamp_parse((str){text, 10}, seconds);
}

// The day of a row's result. False, counted, when it cannot be told or does not count.
static bool read_day(struct verdict_reader *reader, str date, int32_t *day)
{
    struct verdicts *verdicts = reader->verdicts;
    const struct verdict_file *file = reader->file;
    int64_t seconds;
    bool is_read = read_date(date, &seconds);
    if (date.len == 0 ? !file->has_day : !is_read) {
        if (verdicts->undated_line == 0) verdicts->undated_line = reader->line;
        verdicts->undated++;
        return false;
    }
    *day = is_read ? (int32_t)(seconds / DAY_SECONDS) : file->day;
    if (*day > file->today + 1) { // a day, for clocks of other countries
        if (verdicts->ahead_line == 0) verdicts->ahead_line = reader->line;
        verdicts->ahead++;
        return false;
    }
    if (file->today - *day <= file->days_max) return true;
    verdicts->old++;
    return false;
}

static void take(struct verdict_reader *reader, str fields[], size_t count)
{
    struct verdicts *verdicts = reader->verdicts;
    const struct layout *layout = &reader->layout;
    str typed = field(layout, ROLE_RESULT, fields, count);
    str result = verdicts_fold(typed, &reader->arena);
    str detail = verdicts_fold(field(layout, ROLE_DETAIL, fields, count), &reader->arena);
    const struct verdict_meaning *meaning =
        find_meaning(verdicts, layout->verifier, result, detail);
    if (!meaning) {
        if (verdicts->unknown++ == 0)
            verdicts->unknown_result = arena_copy(&verdicts->arena, typed);
        return;
    }
    struct verdict_found found = {.meaning = meaning,
                                  .suggestion = field(layout, ROLE_SUGGESTION, fields, count)};
    if (!read_day(reader, field(layout, ROLE_DATE, fields, count), &found.day)) return;
    if (str_equal(meaning->code, STR("nothing"))) return;
    if (str_find(found.suggestion, '@') < 1) found.suggestion = (str){"", 0};
    keep(reader, field(layout, ROLE_EMAIL, fields, count), found);
}

static bool read_header(struct verdict_reader *reader, struct err *err)
{
    str *fields;
    if (!fill(reader, err)) return false;
    reader->dialect = dialect_guess(buffer_str(&reader->text));
    reader->at = reader->dialect.body;
    reader->next_line = 1 + count_lines(str_first(buffer_str(&reader->text), reader->at));
    if (!next_record(reader, &fields, &reader->columns, err)) {
        if (err->kind) return false;
        return err_set(err, ERR_DATA, reader->file->path, 0, "the file is empty");
    }
    reader->header = arena_new(&reader->kept, str, reader->columns);
    for (size_t i = 0; i < reader->columns; i++) {
        reader->header[i] = verdicts_fold(fields[i], &reader->kept);
    }
    return choose_layout(reader, err);
}

bool verdicts_read(struct verdicts *verdicts, const struct verdict_file *file, struct err *err)
{
    struct verdict_reader reader = {.file = file, .verdicts = verdicts};
    verdicts->undated_line = verdicts->ahead_line = 0;
    reader.input = input_open(file->path, err);
    if (!reader.input) return false;
    if (file->stop) input_stop_on(reader.input, file->stop);
    bool ok = read_header(&reader, err);
    str *fields;
    size_t count;
    while (ok && next_record(&reader, &fields, &count, err)) take(&reader, fields, count);
    input_close(reader.input);
    buffer_release(&reader.raw);
    buffer_release(&reader.text);
    arena_release(&reader.arena);
    arena_release(&reader.kept);
    return ok && err->kind == ERR_NONE;
}
