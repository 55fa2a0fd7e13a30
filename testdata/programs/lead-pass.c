// lead-pass: a chain of stages that change nothing, to show that the engine changes nothing either:
// bytes in = bytes out, whatever the kinds of the stages, the threads and the size of the blocks.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cli/chain.h"
#include "cmd/cli/program.h"
#include "core/base/memory.h"
#include "core/pipeline/source.h"

static struct {
    struct option_list kinds;
    uint64_t block;
} options;

static const struct option pass_options[] = {
    {OPTION_LIST, 0, "kind", "KIND",
     "add a stage: map, ordered or barrier (may be repeated; default: map)", &options.kinds},
    {OPTION_SIZE, 0, "block", "SIZE", "locate SIZE bytes of records at a time", &options.block},
    {0},
};

static const char *const examples[] = {"lead-pass --kind map --kind barrier leads.csv", NULL};

// ---- the stages

// Records kept by a barrier: the block is shared, the places of the fields are copied.
struct kept {
    uint64_t sequence;
    struct records records;
};

struct pass {
    const struct columns *columns;
    struct kept *kept; // guarded by the lock
    size_t count, capacity, given;
    pthread_mutex_t lock;
    uint64_t next_sequence; // ORDERED: of the batch that must come now
};

static const struct columns *open_pass(void *state, const struct columns *in, struct err *err)
{
    (void)err;
    struct pass *pass = state;
    pass->columns = in;
    return in;
}

static bool pass_on(void *state, struct stage_worker *worker, struct batch *batch, struct err *err)
{
    (void)state;
    (void)worker;
    (void)batch;
    (void)err;
    return true;
}

// Nothing is dropped on the way, so each batch must begin where the one before it ended.
static bool pass_in_order(void *state, struct stage_worker *worker, struct batch *batch,
                          struct err *err)
{
    (void)worker;
    struct pass *pass = state;
    if (batch->first_sequence != pass->next_sequence) {
        return err_set(err, ERR_DATA, NULL, 0, "batches came out of order");
    }
    pass->next_sequence = batch->first_sequence + batch->count;
    return true;
}

static void *copied(const void *from, size_t bytes)
{
    void *copy = memory_alloc(bytes);
    if (bytes) memcpy(copy, from, bytes);
    return copy;
}

// A copy that shares the block; its arrays hold just what is used.
static struct records copy_records(const struct records *from)
{
    size_t cells = (size_t)from->count * from->columns;
    return (struct records){
        .block = block_keep(from->block),
        .count = from->count,
        .columns = from->columns,
        .starts = copied(from->starts, from->count * sizeof *from->starts),
        .ends = copied(from->ends, cells * sizeof *from->ends),
        .lines = copied(from->lines, from->count * sizeof *from->lines),
        .line_first = from->line_first,
        .starts_capacity = from->count,
        .ends_capacity = cells,
        .lines_capacity = from->count,
    };
}

static bool keep(void *state, struct stage_worker *worker, struct batch *batch, struct err *err)
{
    (void)worker;
    (void)err;
    struct pass *pass = state;
    struct kept kept = {batch->first_sequence, copy_records(&batch->records)};
    pthread_mutex_lock(&pass->lock);
    pass->kept = memory_grow(pass->kept, &pass->capacity, pass->count + 1, sizeof *pass->kept);
    pass->kept[pass->count++] = kept;
    pthread_mutex_unlock(&pass->lock);
    return true;
}

static int by_sequence(const void *a, const void *b)
{
    const struct kept *x = a, *y = b;
    return (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

static bool combine(void *state, struct stage_worker *worker, struct err *err)
{
    (void)worker;
    (void)err;
    struct pass *pass = state;
    if (pass->count) qsort(pass->kept, pass->count, sizeof *pass->kept, by_sequence);
    return true;
}

static bool drain(void *state, uint64_t *piece, struct err *err)
{
    (void)err;
    struct pass *pass = state;
    *piece = pass->given;
    return pass->given++ < pass->count;
}

static bool fill(void *state, struct stage_worker *worker, uint64_t piece, struct batch *batch,
                 struct err *err)
{
    (void)worker;
    (void)err;
    struct pass *pass = state;
    records_release(&batch->records);
    batch->records = copy_records(&pass->kept[piece].records);
    batch->first_sequence = pass->kept[piece].sequence;
    batch_begin(batch, pass->columns);
    return true;
}

static void close_pass(void *state)
{
    struct pass *pass = state;
    for (size_t i = 0; i < pass->count; i++) records_release(&pass->kept[i].records);
    memory_free(pass->kept);
    pthread_mutex_destroy(&pass->lock);
    memory_free(pass);
}

static void make_stage(const char *kind, struct stage *stage)
{
    struct pass *pass = memory_zeroed(1, sizeof *pass);
    pthread_mutex_init(&pass->lock, NULL);
    *stage = (struct stage){.name = "pass", .state = pass, .open = open_pass, .close = close_pass};
    if (strcmp(kind, "map") == 0) {
        stage->kind = STAGE_MAP;
        stage->process = pass_on;
    } else if (strcmp(kind, "ordered") == 0) {
        stage->kind = STAGE_ORDERED;
        stage->process = pass_in_order;
    } else if (strcmp(kind, "barrier") == 0) {
        stage->kind = STAGE_BARRIER;
        stage->sink = keep;
        stage->combine = combine;
        stage->drain = drain;
        stage->fill = fill;
    } else {
        message_usage("--kind: '%s' is not map, ordered or barrier", kind);
    }
}

// ---- the program

static bool run(const struct setup *setup, struct operands files, struct err *err)
{
    struct chain chain;
    chain_init(&chain, "lead-pass", setup);
    if (options.kinds.count == 0) options.kinds.items[options.kinds.count++] = "map";
    if (options.kinds.count > CHAIN_STAGES_MAX) message_usage("--kind: given too often");
    for (size_t i = 0; i < options.kinds.count; i++) {
        make_stage(options.kinds.items[i], chain_add(&chain));
    }
    struct csv_source *source =
        csv_source_open(files.items, files.count, options.block, program_stop(), err);
    bool ok = source && chain_open_outputs(&chain, err) &&
              chain_run(&chain, csv_source_stage(source), err) && chain_publish(&chain, err);
    if (ok && chain.run.records == 0) message_warning("no records in the input");
    chain_release(&chain);
    csv_source_close(source);
    return ok;
}

int main(int argc, char **argv)
{
    static const struct command command = {
        .name = "lead-pass",
        .tagline = "leads out as they came in",
        .operands = "[FILE...]",
        .about = "Reads leads (canonical CSV) and writes them unchanged, through stages of the "
                 "kinds asked\nfor. A test aid.",
        .examples = examples,
        .tables = {pass_options, output_options, columns_options, common_options},
    };
    program_start(command.name);
    struct operands files = option_parse(&command, argc, argv);
    if (files.count == 0) {
        if (isatty(STDIN_FILENO)) message_usage("no file given, and standard input is a terminal");
        files.items[files.count++] = "-";
    }
    struct rulebook book = {0};
    struct diagnostics diagnostics = {0};
    struct setup setup;
    struct err err = {0};
    common_setup(&setup, &book, &diagnostics);
    bool ok = run(&setup, files, &err);
    rulebook_release(&book);
    memory_free(files.items);
    return ok ? program_finish(EXIT_DONE) : program_fail(&err);
}
