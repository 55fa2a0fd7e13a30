#include "export.h"

#include "core/base/memory.h"
#include "core/csv/lenient.h"
#include "export_text.h"
#include "follow.h"

enum { BLOCK_BYTES = 256 << 10 };

struct export_file {
    struct export_text text;
    struct export_plan plan;
    struct lenient lenient;
    struct follow follow;
    char *name; // base name, which outlives the input
    uint64_t records, unreadable, line;
    hash128 digest;
    struct decoding decoding; // its counters, once closed
    uint64_t done, total;     // bytes, once closed
    bool is_started;
};

struct export_source {
    struct source source;
    const struct knowledge *knowledge;
    struct export_file *files;
    size_t count, current, block_bytes, next_bytes;
    unsigned char *faults;
    size_t faults_capacity;
};

static bool open_file(struct export_source *exports, struct export_file *file,
                      const struct export_input *in, struct err *err)
{
    const struct export_options *options = in->options;
    const enum encoding *encoding = options->has_encoding ? &options->encoding : NULL;
    if (!export_text_open(&file->text, in->path, encoding, in->stop, err)) return false;
    str base = input_base_name(file->text.input);
    file->name = memory_alloc(base.len + 1);
    memcpy(file->name, base.data, base.len);
    file->plan.decoding = file->text.decoding;
    const char *name = strcmp(in->path, "-") == 0 ? "<stdin>" : in->path;
    input_progress(file->text.input, &file->done, &file->total);
    file->done = 0;
    bool ok = plan_make(&file->plan, exports->knowledge, options, export_text_window(&file->text),
                        file->text.ended, name, (str){file->name, base.len}, err);
    export_text_rewind(&file->text);
    return ok;
}

static void start(struct export_source *exports, struct export_file *file)
{
    const struct export_plan *plan = &file->plan;
    file->lenient =
        (struct lenient){.dialect = plan->dialect, .columns = (uint32_t)plan->mapping.count};
    follow_init(&file->follow, exports->knowledge, plan);
    file->line = plan->body_line;
    file->is_started = true;
}

// Steps over what stands before the first record.
static bool skip_head(struct export_file *file, struct err *err)
{
    if (!export_text_fill(&file->text, file->plan.body, err)) return false;
    size_t left = export_text_left(&file->text).len;
    if (left < file->plan.body) {
        return err_set(err, ERR_IO, file->plan.name, 0, "the file has changed while it was read");
    }
    export_text_use(&file->text, file->plan.body);
    return true;
}

static void finish(struct export_file *file)
{
    file->digest = input_digest(file->text.input);
    file->decoding = file->text.decoding;
    input_progress(file->text.input, &file->done, &file->total);
    export_text_close(&file->text);
    follow_release(&file->follow);
}

static struct block *copy_block(str text)
{
    struct block *block = block_new(text.len);
    memcpy(block->data, text.data, text.len);
    block->len = text.len;
    return block;
}

static void keep_faults(struct export_source *exports, struct export_file *file,
                        struct batch *batch)
{
    uint32_t count = batch->records.count, bad = 0;
    for (uint32_t row = 0; row < count; row++) bad += exports->faults[row] != RECORD_OK;
    file->unreadable += bad;
    if (bad == 0) return;
    unsigned char *faults = arena_alloc(&batch->arena, count);
    memcpy(faults, exports->faults, count);
    batch->faults = faults;
}

// Locates the next records of a file into the batch. Sets *ended when there are no more.
static bool read_block(struct export_source *exports, struct export_file *file, struct batch *batch,
                       bool *ended, struct err *err)
{
    struct export_text *text = &file->text;
    if (!export_text_fill(text, exports->next_bytes + FOLLOW_AHEAD_BYTES, err)) return false;
    str left = export_text_left(text);
    *ended = left.len == 0;
    if (*ended) return true;
    str piece = str_first(left, exports->next_bytes);
    bool is_last = text->ended && piece.len == left.len;
    struct block *block = copy_block(piece);
    uint64_t lines = 0;
    size_t used = lenient_locate(&file->lenient, block, 0, is_last, &batch->records,
                                 &exports->faults, &exports->faults_capacity, &lines);
    block_release(block);
    exports->next_bytes = used ? exports->block_bytes : exports->next_bytes * 2;
    batch->records.line_first = file->line;
    file->line += lines;
    follow_rows(&file->follow, &batch->records, exports->faults, left);
    export_text_use(text, used);
    return true;
}

static bool next(void *state, struct batch *batch, struct err *err)
{
    struct export_source *exports = state;
    while (exports->current < exports->count) {
        struct export_file *file = &exports->files[exports->current];
        if (!file->is_started) {
            start(exports, file);
            if (!skip_head(file, err)) return false;
        }
        bool ended;
        if (!read_block(exports, file, batch, &ended, err)) return false;
        if (ended) {
            finish(file);
            exports->current++;
            continue;
        }
        if (batch->records.count == 0) {
            records_clear(&batch->records);
            continue;
        }
        file->records += batch->records.count;
        batch_begin(batch, file->plan.columns);
        batch->origin = &file->plan;
        keep_faults(exports, file, batch);
        return true;
    }
    return false;
}

static void progress(void *state, uint64_t *done, uint64_t *total)
{
    const struct export_source *exports = state;
    bool known = true;
    *done = *total = 0;
    for (size_t i = 0; i < exports->count; i++) {
        const struct export_file *file = &exports->files[i];
        uint64_t file_done = file->done, file_total = file->total;
        if (file->text.input) input_progress(file->text.input, &file_done, &file_total);
        *done += file_done;
        *total += file_total;
        known = known && file_total;
    }
    if (!known) *total = 0;
}

struct export_source *export_source_open(const struct export_input inputs[], size_t count,
                                         const struct knowledge *knowledge, size_t block_bytes,
                                         struct err *err)
{
    struct export_source *exports = memory_zeroed(1, sizeof *exports);
    exports->knowledge = knowledge;
    exports->files = memory_zeroed(count, sizeof *exports->files);
    exports->next_bytes = exports->block_bytes = block_bytes ? block_bytes : BLOCK_BYTES;
    exports->source = (struct source){.state = exports, .next = next, .progress = progress};
    for (size_t i = 0; i < count; i++) {
        exports->count = i + 1;
        if (open_file(exports, &exports->files[i], &inputs[i], err)) continue;
        export_source_close(exports);
        return NULL;
    }
    return exports;
}

struct source *export_source_stage(struct export_source *exports) { return &exports->source; }

const struct export_plan *export_source_plan(const struct export_source *exports, size_t input)
{
    return &exports->files[input].plan;
}

void export_source_counts(const struct export_source *exports, size_t input,
                          struct export_counts *counts)
{
    const struct export_file *file = &exports->files[input];
    *counts = (struct export_counts){.records = file->records,
                                     .unreadable = file->unreadable,
                                     .irregular = file->lenient.irregular,
                                     .padded = file->lenient.padded,
                                     .trimmed = file->lenient.trimmed,
                                     .decoding = file->decoding,
                                     .digest = file->digest};
    for (size_t i = 0; i < SKIP_COUNT; i++) {
        counts->skipped[i] = file->plan.skipped[i] + file->follow.skipped[i];
    }
    counts->skipped[SKIP_BLANK] += file->lenient.blank_lines;
}

void export_source_close(struct export_source *exports)
{
    if (!exports) return;
    for (size_t i = 0; i < exports->count; i++) {
        struct export_file *file = &exports->files[i];
        export_text_close(&file->text);
        follow_release(&file->follow);
        plan_release(&file->plan);
        memory_free(file->name);
    }
    memory_free(exports->files);
    memory_free(exports->faults);
    memory_free(exports);
}
