// Exports must be read whole: every line a record or counted, alike from files, pipes and in blocks
// of any size.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/csv/lenient.h"
#include "export.h"

// Longer than the profile window of 16 MiB.
enum { EXPORT_PIPE_BYTES = 18 << 20 };

static struct rulebook book;
static struct knowledge knowledge;
static char folder[240];

static int load(void **state)
{
    (void)state;
    rulebook_add_dir(&book, "rules");
    struct diagnostics diagnostics = {0};
    struct err err = {0};
    const char *where = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/leadpipe_test.XXXXXX", where ? where : P_tmpdir);
    if (!mkdtemp(folder)) return -1;
    return knowledge_load(&knowledge, &book, &diagnostics, &err) ? 0 : -1;
}

static int release(void **state)
{
    (void)state;
    knowledge_release(&knowledge);
    rulebook_release(&book);
    return rmdir(folder);
}

static void put_file(const char *path, str text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text.data, 1, text.len, file), text.len);
    fclose(file);
}

struct reading {
    struct buffer text; // line number, fault and raw fields of each record
    struct export_counts counts;
    struct err err;
    bool opened;
};

static void read_batches(struct export_source *exports, struct reading *reading)
{
    struct source *source = export_source_stage(exports);
    struct batch *batch = batch_new();
    while (source->next(source->state, batch, &reading->err)) {
        for (uint32_t row = 0; row < batch->count; row++) {
            buffer_format(&reading->text,
                          "%llu:", (unsigned long long)records_line(&batch->records, row));
            if (batch->faults && batch->faults[row] != RECORD_OK) {
                buffer_format(&reading->text, "fault %d: %.*s", batch->faults[row],
                              STR_ARG(records_line_text(&batch->records, row)));
            }
            for (uint32_t i = 0; i < batch->columns->count; i++) {
                buffer_add(&reading->text, batch_get(batch, row, i));
                buffer_add_byte(&reading->text, '|');
            }
            buffer_add_byte(&reading->text, '\n');
        }
        batch_clear(batch);
    }
    batch_free(batch);
}

static void read_path(const char *path, size_t block_bytes, const struct export_options *options,
                      struct reading *reading)
{
    *reading = (struct reading){0};
    struct export_input input = {path, options, NULL};
    struct export_source *exports =
        export_source_open(&input, 1, &knowledge, block_bytes, &reading->err);
    reading->opened = exports != NULL;
    if (!exports) return;
    read_batches(exports, reading);
    export_source_counts(exports, 0, &reading->counts);
    export_source_close(exports);
}

static void read_text(const char *text, size_t block_bytes, struct reading *reading)
{
    static const struct export_options none = {0};
    char path[300];
    snprintf(path, sizeof path, "%s/x.csv", folder);
    put_file(path, str_of(text));
    read_path(path, block_bytes, &none, reading);
    unlink(path);
}

static void free_reading(struct reading *reading) { buffer_release(&reading->text); }

static uint64_t skipped_lines(const struct export_counts *counts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < SKIP_COUNT; i++) sum += counts->skipped[i];
    return sum;
}

static const char sections[] = "Attendee Report,\n"
                               "Topic,Webinar ID,Actual Start Time\n"
                               "Shelves,1,\"10/29/2026 02:00:07 PM\"\n"
                               "Host Details,\n"
                               "Attended,User Name (Original Name),Email,Join Time\n"
                               "Yes,Host,host@x.fi,\"10/29/2026 01:45:10 PM\"\n"
                               "Attendee Details,\n"
                               "Attended,First Name,Last Name,Email,Registration Time\n"
                               "Yes,Ada,Lovelace,a@x.fi,\"10/15/2026 08:12:40 AM\"\n"
                               "\n"
                               "Yes,Bea\n"
                               "Attended,First Name,Last Name,Email,Registration Time\n"
                               "No,Cyd,Charisse,c@x.fi,--,too,many\n"
                               "Other Attended,\n"
                               "User Name,Join Time\n"
                               "0401234567,\"10/29/2026 01:45:10 PM\"\n";

static void test_sections(void **state)
{
    (void)state;
    for (size_t block_bytes = 1; block_bytes <= 4096; block_bytes = block_bytes * 2 + 1) {
        struct reading reading;
        read_text(sections, block_bytes, &reading);
        assert_true(reading.opened);
        assert_int_equal(reading.err.kind, ERR_NONE);
        buffer_add_byte(&reading.text, '\0');
        assert_string_equal(reading.text.data,
                            "9:Yes|Ada|Lovelace|a@x.fi|10/15/2026 08:12:40 AM|\n"
                            "11:Yes|Bea||||\n"
                            "13:fault 1: No,Cyd,Charisse,c@x.fi,--,too,many|||||\n");
        const uint64_t *skipped = reading.counts.skipped;
        assert_int_equal(skipped[SKIP_PREAMBLE], 3);
        assert_int_equal(skipped[SKIP_HEADER], 2);
        assert_int_equal(skipped[SKIP_OTHER_TABLE], 6);
        assert_int_equal(skipped[SKIP_BLANK], 1);
        assert_int_equal(skipped[SKIP_REPEATED_HEADER], 1);
        assert_int_equal(reading.counts.records, 3);
        assert_int_equal(reading.counts.unreadable, 1);
        assert_int_equal(skipped_lines(&reading.counts) + reading.counts.records, 16);
        free_reading(&reading);
    }
}

static void test_ends(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t records, footer, other;
    } cases[] = {
        {"Name,Email\nAda,a@x.fi\n\nGrand Totals (1 records)\n\nConfidential Information - x\n", 1,
         2, 0},
        {"Name,Email\nAda,a@x.fi\n\"Copyright (c) 2000-2026 x, inc.\"\n", 1, 1, 0},
        {"Name,Email,Guests\nAda,a@x.fi,1\nTotal,,1\nBea,b@x.fi,2\n", 2, 1, 0},
        {"Name;Email\nAda;a@x.fi\nYhteensä: 1;\n", 1, 1, 0},
        // Poor records, not titles: no table follows, or the cell is an address.
        {"Name,Email\nAda,a@x.fi\nBea,\nCyd,c@x.fi\n", 3, 0, 0},
        {"Name,Email\nTotal Recall,\nAda,a@x.fi\n", 2, 0, 0},
        {"Summa,Email,Name\nSumma,,Ada Summa\n", 1, 0, 0},
        {"Email,Name\na@x.fi,\nEmail,Phone\n", 2, 0, 0},
        {"Name,Email\nAda,a@x.fi\nSpeakers,\nName,Email,Phone\nBea,b@x.fi,\n", 1, 0, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading reading;
        read_text(cases[i].text, 0, &reading);
        assert_true(reading.opened);
        if (reading.counts.records != cases[i].records) print_message("%s\n", cases[i].text);
        assert_int_equal(reading.counts.records, cases[i].records);
        assert_int_equal(reading.counts.skipped[SKIP_FOOTER], cases[i].footer);
        assert_int_equal(reading.counts.skipped[SKIP_OTHER_TABLE], cases[i].other);
        free_reading(&reading);
    }
}

static void test_example_exports(void **state)
{
    (void)state;
    FILE *expected = fopen("testdata/exports.expected.tsv", "r");
    assert_non_null(expected);
    char line[200], path[240], name[120];
    unsigned long records;
    size_t files = 0;
    static const struct export_options none = {0};
    assert_non_null(fgets(line, sizeof line, expected));
    while (fgets(line, sizeof line, expected)) {
        assert_int_equal(sscanf(line, "%119s %lu", name, &records), 2);
        snprintf(path, sizeof path, "testdata/exports/%s", name);
        struct reading reading, small;
        read_path(path, 0, &none, &reading);
        read_path(path, 100, &none, &small);
        assert_true(reading.opened);
        assert_int_equal(reading.counts.records, records);
        assert_int_equal(reading.counts.unreadable, 0);
        assert_true(str_equal(buffer_str(&reading.text), buffer_str(&small.text)));
        assert_memory_equal(reading.counts.skipped, small.counts.skipped,
                            sizeof small.counts.skipped);
        assert_true(hash128_equal(reading.counts.digest, small.counts.digest));
        free_reading(&reading);
        free_reading(&small);
        files++;
    }
    fclose(expected);
    assert_int_equal(files, 11);
}

// A pipe gives what a file gives, also when it is longer than the profile window.
static void test_pipe(void **state)
{
    (void)state;
    static const struct export_options none = {0};
    char path[300], fifo[310];
    snprintf(path, sizeof path, "%s/x.csv", folder);
    snprintf(fifo, sizeof fifo, "cat %s", path);
    struct buffer text = {0};
    buffer_add(&text, STR("Name,Email\n"));
    for (int i = 0; text.len < EXPORT_PIPE_BYTES; i++) {
        buffer_format(&text, "Ada Lovelace number %d,ada.lovelace.%d@example.com\n", i, i);
    }
    put_file(path, buffer_str(&text));
    struct reading file, pipe;
    read_path(path, 0, &none, &file);
    FILE *cat = popen(fifo, "r");
    assert_non_null(cat);
    char name[32];
    snprintf(name, sizeof name, "/dev/fd/%d", fileno(cat));
    read_path(name, 0, &none, &pipe);
    pclose(cat);
    unlink(path);
    assert_true(file.opened && pipe.opened);
    assert_int_equal(file.err.kind, ERR_NONE);
    assert_int_equal(pipe.err.kind, ERR_NONE);
    assert_true(file.counts.records > 300000);
    assert_true(str_equal(buffer_str(&file.text), buffer_str(&pipe.text)));
    assert_true(hash128_equal(file.counts.digest, pipe.counts.digest));
    free_reading(&file);
    free_reading(&pipe);
    buffer_release(&text);
}

static void test_several_inputs(void **state)
{
    (void)state;
    static const struct export_options none = {0};
    struct export_input inputs[] = {{"testdata/exports/messuskanneri.csv", &none, NULL},
                                    {"testdata/exports/meta_lead_ads.csv", &none, NULL}};
    struct err err = {0};
    struct export_source *exports = export_source_open(inputs, 2, &knowledge, 0, &err);
    assert_non_null(exports);
    struct source *source = export_source_stage(exports);
    struct batch *batch = batch_new();
    for (size_t i = 0; i < 2; i++) {
        assert_true(source->next(source->state, batch, &err));
        assert_ptr_equal(batch->origin, export_source_plan(exports, i));
        assert_null(batch->faults);
        batch_clear(batch);
    }
    assert_false(source->next(source->state, batch, &err));
    assert_int_equal(err.kind, ERR_NONE);
    uint64_t done, total;
    source->progress(source->state, &done, &total);
    assert_int_equal(done, total);
    assert_true(total > 20000);
    batch_free(batch);
    export_source_close(exports);

    // The second is refused before the first has given anything.
    inputs[1].path = "testdata/nowhere.csv";
    assert_null(export_source_open(inputs, 2, &knowledge, 0, &err));
    assert_int_equal(err.kind, ERR_IO);
}

static void test_empty(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t skipped;
    } cases[] = {{"", 0}, {"\xEF\xBB\xBF", 0}, {"\n\n\n", 3}, {"name,email\n", 1}, {"email", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading reading;
        read_text(cases[i].text, 0, &reading);
        assert_true(reading.opened);
        assert_int_equal(reading.err.kind, ERR_NONE);
        assert_int_equal(reading.counts.records, 0);
        assert_int_equal(skipped_lines(&reading.counts), cases[i].skipped);
        free_reading(&reading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections),        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_example_exports), cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_several_inputs),  cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, load, release);
}
