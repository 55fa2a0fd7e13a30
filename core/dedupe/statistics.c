#include "statistics.h"

#include <inttypes.h>

#include "core/base/memory.h"
#include "core/csv/reader.h"

enum { VERSION = 1 };

// One of the weigher's tables of counts.
struct counted {
    const char *part;
    int kind; // FACT_KINDS: of no kind
    struct value_counts *counts;
};

enum { COUNTED_MAX = 2 * FACT_KINDS + 6 };

static size_t list_counted(struct weigher *weigher, struct counted counted[COUNTED_MAX])
{
    size_t count = 0;
    for (int kind = 0; kind < FACT_KINDS; kind++) {
        counted[count++] = (struct counted){"value", kind, &weigher->values[kind]};
        counted[count++] = (struct counted){"holder", kind, &weigher->holders[kind]};
    }
    counted[count++] = (struct counted){"word", FACT_KINDS, &weigher->words};
    counted[count++] = (struct counted){"domain", FACT_KINDS, &weigher->domains};
    for (int kind = FACT_FIRST_NAME; kind <= FACT_LAST_NAME; kind++) {
        counted[count++] = (struct counted){"local", kind, &weigher->local[kind]};
    }
    counted[count++] = (struct counted){"name", FACT_KINDS, &weigher->names};
    counted[count++] = (struct counted){"namesake", FACT_KINDS, &weigher->namesakes};
    return count;
}

static const char *kind_word(int kind)
{
    return kind < FACT_KINDS ? fact_kind_name((enum fact_kind)kind) : "";
}

// ---- writing

static void write_counts(const struct counted *counted, struct buffer *out)
{
    struct value_count *list;
    const char *kind = kind_word(counted->kind);
    size_t count = value_counts_list(counted->counts, FREQUENCY_PAIR, &list);
    bool is_exact = value_counts_is_exact(counted->counts);
    if (counted->counts->total) {
        buffer_format(out, "%s,%s,%s,%" PRIu64 "\n", counted->part, kind,
                      is_exact ? "total" : "sketch", counted->counts->total);
    }
    for (size_t i = 0; i < count; i++) {
        char hex[32];
        hash_hex(list[i].value, hex);
        buffer_format(out, "%s,%s,%.*s,%" PRIu32 "\n", counted->part, kind, (int)sizeof hex, hex,
                      list[i].count);
    }
    memory_free(list);
}

void statistics_write(const struct weigher *weigher, struct buffer *out)
{
    struct weigher view = *weigher; // the list's tables are not constant, though nothing is changed
    struct counted counted[COUNTED_MAX];
    size_t count = list_counted(&view, counted);
    buffer_format(out, "version,,,%d\nrecords,,,%" PRIu64 "\n", VERSION, weigher->records);
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        for (int level = 0; level < LEVELS; level++) {
            buffer_format(out, "near,%s,%d,%" PRIu64 "\n", fact_kind_name(kind), level,
                          (uint64_t)weigher->near[kind][level]);
        }
    }
    for (size_t i = 0; i < count; i++) write_counts(&counted[i], out);
}

// ---- reading

enum { AT_PART, AT_KIND, AT_VALUE, AT_COUNT, COLUMNS };

struct reading {
    struct weigher *weigher;
    struct counted counted[COUNTED_MAX];
    size_t counted_count;
    const char *file;
    bool has_version;
};

static bool read_number(str text, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.data[i]) || *number > UINT64_MAX / 10 - 1) return false;
        *number = *number * 10 + (uint64_t)(text.data[i] - '0');
    }
    return text.len > 0;
}

static bool read_digest(str text, hash128 *digest)
{
    enum { DIGITS = 32 };
    uint64_t halves[2] = {0};
    if (text.len != DIGITS) return false;
    for (size_t i = 0; i < DIGITS; i++) {
        char c = text.data[i];
        bool is_letter = c >= 'a' && c <= 'f';
        if (!is_letter && !byte_is_digit(c)) return false;
        halves[i / 16] = halves[i / 16] << 4 | (uint64_t)(is_letter ? c - 'a' + 10 : c - '0');
    }
    *digest = (hash128){halves[1], halves[0]};
    return true;
}

static bool read_near(struct reading *reading, str kind_text, str level_text, uint64_t number)
{
    uint64_t level;
    int kind = fact_kind_find(kind_text);
    bool is_good = kind >= 0 && kind < FACT_KINDS && read_number(level_text, &level) &&
                   level < LEVELS && number <= SHARE_ONE;
    if (is_good) reading->weigher->near[kind][level] = number;
    return is_good;
}

static bool read_count(struct reading *reading, const str cells[COLUMNS], uint64_t number)
{
    for (size_t i = 0; i < reading->counted_count; i++) {
        const struct counted *counted = &reading->counted[i];
        hash128 value;
        if (!str_equal(cells[AT_PART], str_of(counted->part)) ||
            !str_equal(cells[AT_KIND], str_of(kind_word(counted->kind)))) {
            continue;
        }
        bool is_sketch = str_equal(cells[AT_VALUE], STR("sketch"));
        if (is_sketch || str_equal(cells[AT_VALUE], STR("total"))) {
            value_counts_begin(counted->counts, is_sketch, number);
            return true;
        }
        return read_digest(cells[AT_VALUE], &value) && number <= UINT32_MAX &&
               value_counts_put(counted->counts, (struct value_count){value, (uint32_t)number});
    }
    return false;
}

static bool read_row(struct reading *reading, const str cells[COLUMNS])
{
    uint64_t number;
    if (!read_number(cells[AT_COUNT], &number)) return false;
    if (str_equal(cells[AT_PART], STR("version"))) {
        reading->has_version = number == VERSION;
        return reading->has_version;
    }
    if (!reading->has_version) return false;
    if (str_equal(cells[AT_PART], STR("records"))) {
        reading->weigher->records = number;
        return number > 0;
    }
    if (str_equal(cells[AT_PART], STR("near"))) {
        return read_near(reading, cells[AT_KIND], cells[AT_VALUE], number);
    }
    return read_count(reading, cells, number);
}

static bool refuse(const struct reading *reading, uint64_t line, struct err *err)
{
    err_set(err, ERR_DATA, reading->file, (long)line, "these are no statistics of this version");
    return err_hint(err, "--stats reads what --stats-out has written");
}

static bool has_columns(const struct csv_reader *reader)
{
    static const str names[COLUMNS] = {{"part", 4}, {"kind", 4}, {"value", 5}, {"count", 5}};
    if (csv_reader_columns(reader) != COLUMNS) return false;
    for (uint32_t i = 0; i < COLUMNS; i++) {
        if (!str_equal(csv_reader_name(reader, i), names[i])) return false;
    }
    return true;
}

static bool read_rows(struct reading *reading, struct csv_reader *reader, struct err *err)
{
    struct records records = {0};
    struct arena arena = {0};
    bool ok = has_columns(reader) || refuse(reading, 1, err);
    while (ok && csv_reader_next(reader, &records, err)) {
        for (uint32_t row = 0; row < records.count && ok; row++) {
            str cells[COLUMNS];
            for (uint32_t i = 0; i < COLUMNS; i++) {
                cells[i] = records_text(&records, row, i, &arena);
            }
            ok = read_row(reading, cells) || refuse(reading, records_line(&records, row), err);
        }
        arena_reset(&arena);
    }
    records_release(&records);
    arena_release(&arena);
    return ok && !err->kind;
}

bool statistics_read(struct weigher *weigher, const char *file, struct err *err)
{
    struct reading reading = {.weigher = weigher, .file = file};
    reading.counted_count = list_counted(weigher, reading.counted);
    struct input *input = input_open(file, err);
    struct csv_reader *reader = input ? csv_reader_open(input, 0, err) : NULL;
    bool ok = reader && read_rows(&reading, reader, err);
    if (ok && weigher->records == 0) ok = refuse(&reading, 1, err);
    csv_reader_close(reader);
    input_close(input);
    return ok;
}
