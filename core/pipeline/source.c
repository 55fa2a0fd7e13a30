#include "source.h"

#include "core/base/memory.h"
#include "core/csv/reader.h"

struct csv_input {
    struct input *input;
    struct csv_reader *reader;
    uint64_t records;
};

struct csv_source {
    struct source source;
    struct csv_input *inputs;
    size_t count, current, block_bytes;
    const atomic_bool *stop;
    struct columns *columns;
};

static struct columns *columns_of(const struct csv_reader *reader)
{
    uint32_t count = csv_reader_columns(reader);
    str *names = memory_zeroed(count, sizeof *names);
    for (uint32_t i = 0; i < count; i++) names[i] = csv_reader_name(reader, i);
    struct columns *columns = columns_new(names, count);
    memory_free(names);
    return columns;
}

static bool same_columns(const struct columns *columns, const struct csv_reader *reader)
{
    if (csv_reader_columns(reader) != columns->count) return false;
    for (uint32_t i = 0; i < columns->count; i++) {
        if (!str_equal(csv_reader_name(reader, i), columns->names[i])) return false;
    }
    return true;
}

static bool next(void *state, struct batch *batch, struct err *err)
{
    struct csv_source *source = state;
    for (; source->current < source->count; source->current++) {
        struct csv_input *in = &source->inputs[source->current];
        if (csv_reader_next(in->reader, &batch->records, err)) {
            in->records += batch->records.count;
            batch_begin(batch, source->columns);
            return true;
        }
        if (err->kind) return false;
    }
    return false;
}

static void progress(void *state, uint64_t *done, uint64_t *total)
{
    const struct csv_source *source = state;
    bool known = true;
    *done = *total = 0;
    for (size_t i = 0; i < source->count; i++) {
        uint64_t input_done, input_total;
        input_progress(source->inputs[i].input, &input_done, &input_total);
        *done += input_done;
        *total += input_total;
        known = known && input_total;
    }
    if (!known) *total = 0;
}

// A name that stands twice names neither: a stage would judge the first and pass both on. Columns
// without a name are nobody's and may be many.
static bool names_differ(const struct columns *columns, const char *file, struct err *err)
{
    for (uint32_t i = 0; i < columns->count; i++) {
        str name = columns->names[i];
        int first = columns_find(columns, name);
        if (name.len == 0 || first == (int)i) continue;
        err_set(err, ERR_DATA, file, 1, "two columns, %d and %d, have the name '%.*s'", first + 1,
                (int)i + 1, STR_ARG(name));
        return err_hint(err, "rename one; only lead-normalize takes headers that repeat a name");
    }
    return true;
}

static bool open_input(struct csv_source *source, struct csv_input *in, const char *path,
                       struct err *err)
{
    in->input = input_open(path, err);
    if (!in->input) return false;
    if (source->stop) input_stop_on(in->input, source->stop);
    in->reader = csv_reader_open(in->input, source->block_bytes, err);
    if (!in->reader) return false;
    if (!source->columns || source->columns->count == 0) {
        columns_free(source->columns);
        source->columns = columns_of(in->reader);
        return names_differ(source->columns, input_name(in->input), err);
    }
    if (csv_reader_columns(in->reader) == 0 || same_columns(source->columns, in->reader)) {
        return true;
    }
    err_set(err, ERR_DATA, input_name(in->input), 1, "its columns differ from those of '%s'",
            input_name(source->inputs[0].input));
    return err_hint(err, "files given together need the same header; lead-normalize makes it so");
}

struct csv_source *csv_source_open(const char *const paths[], size_t count, size_t block_bytes,
                                   const atomic_bool *stop, struct err *err)
{
    struct csv_source *source = memory_zeroed(1, sizeof *source);
    source->inputs = memory_zeroed(count, sizeof *source->inputs);
    source->block_bytes = block_bytes;
    source->stop = stop;
    for (size_t i = 0; i < count; i++) {
        source->count = i + 1;
        if (open_input(source, &source->inputs[i], paths[i], err)) continue;
        csv_source_close(source);
        return NULL;
    }
    source->source = (struct source){
        .state = source, .columns = source->columns, .next = next, .progress = progress};
    return source;
}

struct source *csv_source_stage(struct csv_source *source) { return &source->source; }

void csv_source_input(const struct csv_source *source, size_t i, str *name, hash128 *digest,
                      uint64_t *records)
{
    const struct csv_input *in = &source->inputs[i];
    *name = input_base_name(in->input);
    *digest = input_digest(in->input);
    *records = in->records;
}

void csv_source_close(struct csv_source *source)
{
    if (!source) return;
    for (size_t i = 0; i < source->count; i++) {
        csv_reader_close(source->inputs[i].reader);
        input_close(source->inputs[i].input);
    }
    columns_free(source->columns);
    memory_free(source->inputs);
    memory_free(source);
}
