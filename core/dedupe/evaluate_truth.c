// The table that says who is who.
#include "core/base/keytable.h"
#include "core/csv/reader.h"
#include "evaluate.h"

struct truth_columns {
    uint32_t id, person;
    int across;
};

static int find(const struct csv_reader *reader, str name)
{
    for (uint32_t i = 0; i < csv_reader_columns(reader); i++) {
        if (name.len && str_equal(csv_reader_name(reader, i), name)) return (int)i;
    }
    return -1;
}

static bool find_columns(const struct csv_reader *reader, const char *file, str id, str across,
                         struct truth_columns *at, struct err *err)
{
    static const str persons[] = {
        {"truth_id", 8}, {"person_id", 9}, {"entity_id", 9}, {"cluster_id", 10}};
    if (csv_reader_columns(reader) < 2) {
        return err_set(err, ERR_DATA, file, 1,
                       "a truth has two columns: a record's id, and who it is");
    }
    int found = find(reader, id), person = -1;
    at->id = found < 0 ? 0 : (uint32_t)found;
    for (size_t i = 0; i < sizeof persons / sizeof *persons && person < 0; i++) {
        person = find(reader, persons[i]);
        if (person == (int)at->id) person = -1;
    }
    at->person = person < 0 ? (at->id == 1 ? 0 : 1) : (uint32_t)person;
    at->across = find(reader, across);
    return true;
}

// The number of a text, 0 upward in the order of first sight.
static uint32_t number_of(struct key_table *numbers, str text, uint32_t *count)
{
    bool is_new;
    uint32_t *number = key_table_put(numbers, hash_128(text), &is_new);
    if (is_new) *number = (*count)++;
    return *number;
}

struct truth_numbers {
    struct key_table persons, sources;
};

static void take_rows(struct truth *truth, const struct records *records,
                      const struct truth_columns *at, struct truth_numbers *numbers)
{
    truth->rows = memory_grow(truth->rows, &truth->capacity, truth->count + records->count,
                              sizeof *truth->rows);
    for (uint32_t i = 0; i < records->count; i++) {
        struct truth_row row = {.record = NOT_READ};
        row.id = arena_copy(&truth->arena, records_text(records, i, at->id, &truth->arena));
        str person = records_text(records, i, at->person, &truth->arena);
        row.person = number_of(&numbers->persons, person, &truth->person_count);
        if (at->across >= 0) {
            str source = records_text(records, i, (uint32_t)at->across, &truth->arena);
            row.source = 1 + number_of(&numbers->sources, source, &truth->source_count);
        }
        truth->rows[truth->count++] = row;
    }
}

static bool read_rows(struct truth *truth, struct input *input, str id, str across, struct err *err)
{
    struct csv_reader *reader = csv_reader_open(input, 0, err);
    struct truth_columns at = {0};
    struct truth_numbers numbers = {0};
    struct records records = {0};
    bool ok = reader && find_columns(reader, truth->file, id, across, &at, err);
    truth->has_sources = ok && at.across >= 0;
    while (ok && csv_reader_next(reader, &records, err)) {
        take_rows(truth, &records, &at, &numbers);
    }
    records_release(&records);
    key_table_release(&numbers.persons);
    key_table_release(&numbers.sources);
    csv_reader_close(reader);
    return ok && !err->kind;
}

bool truth_load(struct truth *truth, const char *file, str id_column, str across, struct err *err)
{
    truth->file = file;
    struct input *input = input_open(file, err);
    bool ok = input && read_rows(truth, input, id_column, across, err);
    input_close(input);
    return ok;
}

void truth_place(struct truth *truth, const struct roster *roster, const struct groups *groups)
{
    struct key_table by_id = {0}, numbers = {0};
    bool is_new;
    for (uint32_t record = 0; record < roster->count; record++) {
        if (roster->ids[record].len == 0) continue;
        uint32_t *first = key_table_put(&by_id, hash_128(roster->ids[record]), &is_new);
        if (is_new) *first = record;
    }
    truth->clusters = memory_alloc((truth->count + 1) * sizeof *truth->clusters);
    for (size_t i = 0; i < truth->count; i++) {
        struct truth_row *row = &truth->rows[i];
        const uint32_t *record = key_table_find(&by_id, hash_128(row->id));
        if (record) row->record = *record;
        str cluster = record ? roster_cluster(roster, groups, *record) : row->id;
        // What was not read is named by its own id, and stays alone.
        hash128 key = hash_128(cluster);
        if (!record) key.low += i + 1;
        uint32_t *number = key_table_put(&numbers, key, &is_new);
        if (is_new) {
            *number = truth->cluster_count++;
            truth->clusters[*number] = arena_copy(&truth->arena, cluster); // outlives the roster
        }
        row->cluster = *number;
    }
    key_table_release(&by_id);
    key_table_release(&numbers);
}

void truth_release(struct truth *truth)
{
    arena_release(&truth->arena);
    memory_free(truth->rows);
    memory_free(truth->clusters);
    *truth = (struct truth){0};
}
