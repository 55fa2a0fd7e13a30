// Reading a file of duplicates, and giving the rows of members back.
#include <string.h>

#include "core/csv/writer.h"
#include "undo_internal.h"

static bool not_duplicates(const struct undo *undo, struct err *err)
{
    err_set(err, ERR_DATA, input_name(undo->input), 1,
            "no file of duplicates: its first columns are not role and cluster_id");
    return err_hint(err, "give the file that lead-dedupe wrote to --duplicates");
}

struct undo *undo_open(struct input *duplicates, const struct undo_wanted *wanted, struct err *err)
{
    struct undo *undo = memory_zeroed(1, sizeof *undo);
    undo->input = duplicates;
    undo->wanted = *wanted;
    undo->is_met = memory_zeroed(wanted->count + 1, sizeof *undo->is_met);
    undo->cluster_of = memory_zeroed(wanted->count + 1, sizeof *undo->cluster_of);
    undo->reader = csv_reader_open(duplicates, 0, err);
    bool ok = undo->reader != NULL;
    ok = ok && ((csv_reader_columns(undo->reader) > UNDO_OWN &&
                 str_equal(csv_reader_name(undo->reader, UNDO_ROLE), STR("role")) &&
                 str_equal(csv_reader_name(undo->reader, UNDO_CLUSTER_ID), STR("cluster_id"))) ||
                not_duplicates(undo, err));
    if (!ok) {
        undo_close(undo);
        return NULL;
    }
    undo->lead_id = -1;
    for (uint32_t i = csv_reader_columns(undo->reader); i-- > UNDO_OWN;) {
        if (str_equal(csv_reader_name(undo->reader, i), STR("lead_id"))) undo->lead_id = (int)i;
    }
    return undo;
}

void undo_close(struct undo *undo)
{
    if (!undo) return;
    csv_reader_close(undo->reader);
    csv_reader_close(undo->leads);
    records_release(&undo->records);
    arena_release(&undo->arena);
    arena_release(&undo->names);
    buffer_release(&undo->text);
    key_table_release(&undo->by_id);
    if (undo->columns) merge_plan_release(&undo->plan);
    columns_free(undo->columns);
    memory_free(undo->is_met);
    memory_free(undo->cluster_of);
    memory_free(undo->clusters);
    memory_free(undo->rows);
    memory_free(undo->sources);
    memory_free(undo);
}

struct undo_counts undo_counts(const struct undo *undo) { return undo->counts; }

// Whether somebody asked for the cluster. Who gave a lead's id is to be told its cluster's.
static bool is_wanted(struct undo *undo, uint32_t row, str cluster)
{
    bool is_met = undo->wanted.count == 0;
    str lead_id = {"", 0};
    if (undo->lead_id >= 0 && !is_met) {
        lead_id = records_text(&undo->records, row, (uint32_t)undo->lead_id, &undo->arena);
    }
    for (size_t i = 0; i < undo->wanted.count; i++) {
        str asked = str_of(undo->wanted.clusters[i]);
        if (str_equal(asked, cluster)) is_met = undo->is_met[i] = true;
        if (!undo->cluster_of[i].len && str_equal(asked, lead_id)) {
            undo->cluster_of[i] = arena_copy(&undo->names, cluster);
        }
    }
    return is_met;
}

bool undo_member(struct undo *undo, uint32_t row, struct undo_member *member, struct err *err)
{
    const struct records *records = &undo->records;
    const char *file = input_name(undo->input);
    int line = (int)records_line(records, row);
    str role = records_text(records, row, UNDO_ROLE, &undo->arena);
    member->cluster = records_text(records, row, UNDO_CLUSTER_ID, &undo->arena);
    member->is_survivor = str_equal(role, STR("survivor"));
    if (!member->is_survivor && !str_equal(role, STR("duplicate"))) {
        return err_set(err, ERR_DATA, file, line, "the role is neither survivor nor duplicate");
    }
    if (member->cluster.len == 0) {
        err_set(err, ERR_DATA, file, line, "a duplicate of no cluster");
        return err_hint(err, "--first merges nothing: there is nothing to be undone");
    }
    if (!is_wanted(undo, row, member->cluster)) return false;
    uint32_t start = records_field_start(records, row, UNDO_OWN);
    uint32_t end = records_field_end(records, row, records->columns - 1);
    member->row = (str){records->block->data + start, end - start};
    // Of a record of one column a blank line would be read as no record.
    if (member->row.len == 0 && records->columns == UNDO_OWN + 1) member->row = STR("\"\"");
    undo->counts.clusters += member->is_survivor;
    undo->counts.rows++;
    return true;
}

bool undo_all_met(const struct undo *undo, struct err *err)
{
    for (size_t i = 0; i < undo->wanted.count; i++) {
        if (undo->is_met[i]) continue;
        err_set(err, ERR_DATA, input_name(undo->input), 0, "no cluster \"%s\"",
                undo->wanted.clusters[i]);
        str cluster = undo->cluster_of[i];
        if (cluster.len == 0) return err_hint(err, "clusters stand in its column cluster_id");
        return err_hint(err, "the lead of that id is in --cluster %.*s", STR_ARG(cluster));
    }
    return true;
}

static void put_header(const struct undo *undo, struct buffer *out)
{
    uint32_t count = csv_reader_columns(undo->reader);
    str *names = memory_zeroed(count, sizeof *names);
    for (uint32_t i = UNDO_OWN; i < count; i++) names[i] = csv_reader_name(undo->reader, i);
    csv_write_record(out, names + UNDO_OWN, count - UNDO_OWN);
    memory_free(names);
}

static bool put_members(struct undo *undo, struct buffer *out, struct err *err)
{
    arena_reset(&undo->arena);
    for (uint32_t row = 0; row < undo->records.count; row++) {
        struct undo_member member;
        if (undo_member(undo, row, &member, err)) {
            buffer_add(out, member.row);
            buffer_add_byte(out, '\n');
        } else if (err->kind) {
            return false;
        }
    }
    return true;
}

bool undo_rows(struct undo *undo, struct buffer *out, struct err *err)
{
    if (undo->has_ended) return false;
    if (!undo->has_started) put_header(undo, out);
    undo->has_started = true;
    bool ok = true, gives_some = undo->wanted.count == 0;
    while (ok && csv_reader_next(undo->reader, &undo->records, err)) {
        ok = put_members(undo, out, err);
        if (ok && gives_some) return true;
    }
    undo->has_ended = true;
    return ok && err->kind == ERR_NONE && undo_all_met(undo, err);
}
