// Undoing merges in a file of leads: the members stand where their cluster's record stood.
#include <inttypes.h>

#include "core/csv/writer.h"
#include "core/lead/schema.h"
#include "undo_internal.h"

// Keeps a member's row with its cluster.
static void keep(struct undo *undo, const struct undo_member *member)
{
    bool is_new;
    uint32_t *number = key_table_put(&undo->by_id, hash_128(member->cluster), &is_new);
    if (is_new) {
        *number = (uint32_t)undo->cluster_count;
        undo->clusters = memory_grow(undo->clusters, &undo->cluster_capacity,
                                     undo->cluster_count + 1, sizeof *undo->clusters);
        undo->clusters[undo->cluster_count++] = (struct undo_cluster){0};
    }
    struct undo_cluster *cluster = &undo->clusters[*number];
    undo->rows =
        memory_grow(undo->rows, &undo->row_capacity, undo->row_count + 2, sizeof *undo->rows);
    if (undo->row_count == 0) undo->rows[undo->row_count++] = (struct undo_row){0};
    uint32_t row = (uint32_t)undo->row_count++;
    undo->rows[row] = (struct undo_row){undo->text.len, (uint32_t)member->row.len, 0};
    buffer_add(&undo->text, member->row);
    buffer_add_byte(&undo->text, '\n');
    if (cluster->last)
        undo->rows[cluster->last].next = row;
    else
        cluster->first = row;
    cluster->last = row;
    cluster->count++;
}

static bool keep_all(struct undo *undo, struct err *err)
{
    while (csv_reader_next(undo->reader, &undo->records, err)) {
        arena_reset(&undo->arena);
        for (uint32_t row = 0; row < undo->records.count; row++) {
            struct undo_member member;
            if (undo_member(undo, row, &member, err))
                keep(undo, &member);
            else if (err->kind)
                return false;
        }
    }
    undo->counts = (struct undo_counts){0}; // those of the leads count
    return err->kind == ERR_NONE && undo_all_met(undo, err);
}

static struct columns *columns_of(const struct csv_reader *reader, uint32_t from)
{
    uint32_t count = csv_reader_columns(reader) - from;
    str *names = memory_zeroed(count + 1, sizeof *names);
    for (uint32_t i = 0; i < count; i++) names[i] = csv_reader_name(reader, from + i);
    struct columns *columns = columns_new(names, count);
    memory_free(names);
    return columns;
}

static struct undo_column source_of(const struct undo *undo, str name)
{
    const struct merge_plan *plan = &undo->plan;
    int at = columns_find(undo->columns, name);
    if (at >= 0) return (struct undo_column){UNDO_OF_MEMBER, (uint32_t)at};
    if (str_equal(name, STR("cluster_id"))) at = plan->lead_id;
    if (str_equal(name, STR("sources"))) at = plan->source;
    if (at >= 0) return (struct undo_column){UNDO_TEXT, (uint32_t)at};
    enum undo_source source = UNDO_EMPTY;
    if (str_equal(name, STR("cluster_size")) || str_equal(name, STR("touches"))) source = UNDO_ONE;
    if (str_equal(name, STR("first_touch_at"))) source = UNDO_FIRST_TOUCH;
    if (str_equal(name, STR("last_touch_at"))) source = UNDO_LAST_TOUCH;
    return (struct undo_column){source, 0};
}

bool undo_leads_open(struct undo *undo, struct input *leads, struct err *err)
{
    undo->leads_input = leads;
    undo->columns = columns_of(undo->reader, UNDO_OWN);
    merge_plan_make(&undo->plan, &undo->rules, undo->columns);
    if (!keep_all(undo, err)) return false;
    undo->leads = csv_reader_open(leads, 0, err);
    if (!undo->leads) return false;
    struct columns *columns = columns_of(undo->leads, 0);
    undo->id_at = columns_find(columns, STR("cluster_id"));
    undo->size_at = columns_find(columns, STR("cluster_size"));
    undo->sources = memory_zeroed(columns->count + 1, sizeof *undo->sources);
    for (uint32_t i = 0; i < columns->count; i++) {
        undo->sources[i] = source_of(undo, columns->names[i]);
    }
    columns_free(columns);
    if (undo->id_at >= 0) return true;
    err_set(err, ERR_DATA, input_name(leads), 1, "no column \"cluster_id\"");
    return err_hint(err, "give leads as lead-dedupe or a later stage wrote them");
}

// The cluster whose merged record stands there; NULL when it is none to be undone.
static struct undo_cluster *merged_at(struct undo *undo, uint32_t row, struct err *err)
{
    const struct records *records = &undo->records;
    str id = records_text(records, row, (uint32_t)undo->id_at, &undo->arena);
    const uint32_t *number = key_table_find(&undo->by_id, hash_128(id));
    if (!number) return NULL;
    struct undo_cluster *cluster = &undo->clusters[*number];
    int64_t members = cluster->count;
    if (undo->size_at >= 0) {
        str size = records_text(records, row, (uint32_t)undo->size_at, &undo->arena);
        if (!merge_number(size, &members)) members = 0;
    }
    if (members == 1) return NULL; // undone before: the member that gave the cluster its id
    if (members == cluster->count && !cluster->is_found) {
        cluster->is_found = true;
        return cluster;
    }
    const char *file = input_name(undo->leads_input);
    long line = (long)records_line(records, row);
    if (members == cluster->count) {
        err_set(err, ERR_DATA, file, line, "the cluster \"%.*s\" stands there twice", STR_ARG(id));
        return NULL;
    }
    err_set(err, ERR_DATA, file, line,
            "the cluster \"%.*s\" is one of %" PRId64 " records here, of %" PRIu32
            " in the duplicates",
            STR_ARG(id), members, cluster->count);
    err_hint(err, "both must have been written by the same run");
    return NULL;
}

static void put_column(struct undo *undo, const struct undo_column *column,
                       const struct member *member, struct buffer *out)
{
    switch (column->source) {
    case UNDO_EMPTY: break;
    case UNDO_OF_MEMBER: buffer_add(out, member->raws[column->at]); break;
    case UNDO_TEXT: csv_write_field(out, member->fields[column->at]); break;
    case UNDO_ONE: buffer_add_byte(out, '1'); break;
    case UNDO_FIRST_TOUCH: csv_write_field(out, merge_first_touch(&undo->plan, member)); break;
    case UNDO_LAST_TOUCH: csv_write_field(out, merge_last_touch(&undo->plan, member)); break;
    }
}

static void put_members(struct undo *undo, const struct undo_cluster *cluster, struct buffer *out)
{
    uint32_t columns = csv_reader_columns(undo->leads);
    for (uint32_t i = cluster->first; i; i = undo->rows[i].next) {
        struct member member;
        str line = {undo->text.data + undo->rows[i].at, undo->rows[i].len + 1};
        merge_read(&undo->plan, line, &undo->arena, &member);
        size_t start = out->len;
        for (uint32_t column = 0; column < columns; column++) {
            if (column) buffer_add_byte(out, ',');
            put_column(undo, &undo->sources[column], &member, out);
        }
        if (out->len == start) buffer_add(out, STR("\"\""));
        buffer_add_byte(out, '\n');
        undo->counts.rows++;
    }
    undo->counts.clusters++;
}

static bool put_leads(struct undo *undo, struct buffer *out, struct err *err)
{
    arena_reset(&undo->arena);
    for (uint32_t row = 0; row < undo->records.count; row++) {
        const struct undo_cluster *cluster = merged_at(undo, row, err);
        if (err->kind) return false;
        if (cluster) {
            put_members(undo, cluster, out);
            continue;
        }
        buffer_add(out, records_line_text(&undo->records, row));
        buffer_add_byte(out, '\n');
    }
    return true;
}

// What was asked for and is not in the leads is an error; of all clusters it is counted.
static bool check_found(struct undo *undo, struct err *err)
{
    for (size_t i = 0; i < undo->wanted.count; i++) {
        str id = str_of(undo->wanted.clusters[i]);
        const uint32_t *number = key_table_find(&undo->by_id, hash_128(id));
        if (undo->clusters[*number].is_found) continue;
        err_set(err, ERR_DATA, input_name(undo->leads_input), 0,
                "no merged record of cluster \"%.*s\"", STR_ARG(id));
        return err_hint(err, "it was undone before, or stands with the suppressed, the existing "
                             "or the rejects");
    }
    undo->counts.missing = undo->cluster_count - undo->counts.clusters;
    return true;
}

bool undo_leads(struct undo *undo, struct buffer *out, struct err *err)
{
    if (undo->has_ended) return false;
    if (!undo->has_started) {
        uint32_t count = csv_reader_columns(undo->leads);
        str *names = memory_zeroed(count, sizeof *names);
        for (uint32_t i = 0; i < count; i++) names[i] = csv_reader_name(undo->leads, i);
        csv_write_record(out, names, count);
        memory_free(names);
        undo->has_started = true;
    }
    if (csv_reader_next(undo->leads, &undo->records, err)) return put_leads(undo, out, err);
    undo->has_ended = true;
    return err->kind == ERR_NONE && check_found(undo, err);
}
