#include "decisions.h"

#include "core/base/memory.h"
#include "core/base/suggest.h"
#include "core/csv/reader.h"

enum column { AT_DECISION, AT_A, AT_B, COLUMNS };

// Of the pair, whichever stands first.
static hash128 pair_key(str a, str b)
{
    hash128 x = hash_128(a), y = hash_128(b);
    return (hash128){x.low + y.low, (x.high ^ y.high) + x.low * y.low};
}

enum decided decisions_of(const struct decisions *decisions, str a, str b)
{
    const uint32_t *number = key_table_find(&decisions->by_pair, pair_key(a, b));
    return number && *number ? decisions->items[*number - 1].decided : NOT_DECIDED;
}

static void take(struct decisions *decisions, str a, str b, enum decided decided)
{
    bool is_new;
    uint32_t *number = key_table_put(&decisions->by_pair, pair_key(a, b), &is_new);
    if (!is_new) {
        decisions->items[*number - 1].decided = decided;
        return;
    }
    decisions->items = memory_grow(decisions->items, &decisions->capacity, decisions->count + 1,
                                   sizeof *decisions->items);
    decisions->items[decisions->count++] = (struct decision){
        arena_copy(&decisions->arena, a), arena_copy(&decisions->arena, b), decided};
    *number = (uint32_t)decisions->count;
}

static bool read_word(str word, enum decided *decided)
{
    *decided = str_equal(word, STR("same"))        ? DECIDED_SAME
               : str_equal(word, STR("different")) ? DECIDED_DIFFERENT
                                                   : NOT_DECIDED;
    return *decided != NOT_DECIDED;
}

static bool read_row(struct decisions *decisions, const struct records *records, uint32_t row,
                     const uint32_t at[COLUMNS], const char *file, struct err *err)
{
    str cells[COLUMNS];
    enum decided decided;
    long line = (long)records_line(records, row);
    for (int i = 0; i < COLUMNS; i++) {
        cells[i] = str_trim(records_text(records, row, at[i], &decisions->arena));
    }
    if (cells[AT_DECISION].len == 0) return true;
    if (!read_word(cells[AT_DECISION], &decided)) {
        struct suggestion best = suggest_start(cells[AT_DECISION]);
        suggest_offer(&best, STR("same"));
        suggest_offer(&best, STR("different"));
        err_set(err, ERR_DATA, file, line, "a decision is same or different, not \"%.*s\"",
                STR_ARG(cells[AT_DECISION]));
        return best.word.len ? err_hint(err, "did you mean %.*s?", STR_ARG(best.word)) : false;
    }
    if (cells[AT_A].len == 0 || cells[AT_B].len == 0) {
        return err_set(err, ERR_DATA, file, line, "a decision wants the ids of two records");
    }
    if (str_equal(cells[AT_A], cells[AT_B])) {
        return err_set(err, ERR_DATA, file, line, "\"%.*s\" is one record, not two",
                       STR_ARG(cells[AT_A]));
    }
    take(decisions, cells[AT_A], cells[AT_B], decided);
    return true;
}

static bool find_columns(const struct csv_reader *reader, const char *file, uint32_t at[COLUMNS],
                         struct err *err)
{
    static const str names[COLUMNS] = {{"decision", 8}, {"a", 1}, {"b", 1}};
    for (int i = 0; i < COLUMNS; i++) {
        uint32_t column = 0, count = csv_reader_columns(reader);
        while (column < count && !str_equal(csv_reader_name(reader, column), names[i])) column++;
        if (column == count) {
            err_set(err, ERR_DATA, file, 1, "no column \"%.*s\"", STR_ARG(names[i]));
            return err_hint(err, "decisions have the columns decision,a,b,by,date,because");
        }
        at[i] = column;
    }
    return true;
}

static bool read_rows(struct decisions *decisions, struct input *input, const char *file,
                      struct err *err)
{
    struct csv_reader *reader = csv_reader_open(input, 0, err);
    struct records records = {0};
    uint32_t at[COLUMNS] = {0};
    bool ok = reader != NULL;
    if (ok && csv_reader_columns(reader)) ok = find_columns(reader, file, at, err);
    while (ok && csv_reader_next(reader, &records, err)) {
        for (uint32_t row = 0; row < records.count && ok; row++) {
            ok = read_row(decisions, &records, row, at, file, err);
        }
    }
    records_release(&records);
    csv_reader_close(reader);
    return ok && !err->kind;
}

bool decisions_load(struct decisions *decisions, const char *file, struct err *err)
{
    struct input *input = input_open(file, err);
    bool ok = input && read_rows(decisions, input, file, err);
    input_close(input);
    return ok;
}

void decisions_release(struct decisions *decisions)
{
    arena_release(&decisions->arena);
    memory_free(decisions->items);
    key_table_release(&decisions->by_pair);
    *decisions = (struct decisions){0};
}
