// Any bytes may come as a file: packed or not, in any encoding. It is refused with a reason, or
// what comes out is canonical: every record a lead or a reject, and normalizing it again, from
// smaller blocks, changes nothing. Seeds: testdata/corpus/file
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/utf8.h"
#include "core/pipeline/run.h"
#include "export.h"
#include "stage.h"

static struct knowledge knowledge;
static struct value_rules rules;
static struct rulebook book;

struct made {
    struct buffer leads, rejects;
    struct export_counts counts;
    uint64_t in, out, rejected;
    struct err err;
    bool ok;
};

static bool add_text(void *state, str text, struct err *err)
{
    (void)err;
    struct buffer *buffer = state;
    buffer_add(buffer, text);
    return true;
}

static void run(struct export_source *exports, struct made *made)
{
    struct normalize_options options = {
        .rules = &rules, .source_words = &knowledge.sources, .year_now = 2026};
    struct stage stage;
    struct sink leads = {add_text, &made->leads}, rejects = {add_text, &made->rejects};
    struct run_stage stages[] = {{.stage = &stage, .sinks[PLACE_REJECT] = &rejects}};
    normalize_stage(&options, &stage);
    struct run run = {.source = export_source_stage(exports),
                      .stages = stages,
                      .stage_count = 1,
                      .main = &leads,
                      .threads = 1};
    made->ok = run_pipeline(&run, &made->err);
    if (made->ok) {
        made->in = run.results[0].in;
        made->out = run.results[0].out[PLACE_MAIN];
        made->rejected = run.results[0].out[PLACE_REJECT];
    }
    stage.close(stage.state);
    run_release(&run);
}

// As a program would read a file of these bytes.
static void normalize(str bytes, size_t block_bytes, struct made *made)
{
    static const struct export_options none = {0};
    char path[64];
    *made = (struct made){0};
    int file = memfd_create("fuzz", 0);
    if (file < 0 || write(file, bytes.data, bytes.len) != (ssize_t)bytes.len) abort();
    snprintf(path, sizeof path, "/dev/fd/%d", file);
    if (lseek(file, 0, SEEK_SET) != 0) abort();
    struct export_input input = {path, &none, NULL};
    struct export_source *exports =
        export_source_open(&input, 1, &knowledge, block_bytes, &made->err);
    if (exports) {
        run(exports, made);
        export_source_counts(exports, 0, &made->counts);
    }
    export_source_close(exports);
    close(file);
}

static void release(struct made *made)
{
    buffer_release(&made->leads);
    buffer_release(&made->rejects);
}

static void load(void)
{
    struct err err = {0};
    struct diagnostics diagnostics = {0};
    if (book.dir_count) return;
    rulebook_add_dir(&book, "rules");
    knowledge.persons = &rules.persons;
    if (!knowledge_load(&knowledge, &book, &diagnostics, &err)) abort();
    if (!value_rules_load(&rules, &book, &err)) abort();
}

// What came out is an export of ours: as many leads, and settled after one look more. (Garbage that
// is cut into pieces may be repaired piece by piece.)
static void check_again(const struct made *first)
{
    struct made again, settled;
    normalize(buffer_str(&first->leads), 4096, &again);
    if (!again.ok || again.in != first->out || again.out != first->out) abort();
    normalize(buffer_str(&again.leads), 0, &settled);
    str was = buffer_str(&again.leads), is = buffer_str(&settled.leads);
    if (!settled.ok || !str_equal(was, is)) {
        fprintf(stderr, "first:\n%.*s\nagain:\n%.*s\n%s\n", STR_ARG(was), STR_ARG(is),
                settled.err.text);
        abort();
    }
    release(&again);
    release(&settled);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    load();
    struct made made;
    normalize((str){(const char *)data, size}, 0, &made);
    if (!made.ok && (made.err.kind != ERR_DATA || made.err.text[0] == '\0')) abort();
    if (made.ok) {
        if (made.in != made.counts.records || made.in != made.out + made.rejected) abort();
        if (!utf8_is_valid(buffer_str(&made.leads))) abort();
        if (made.out) check_again(&made);
    }
    release(&made);
    return 0;
}
