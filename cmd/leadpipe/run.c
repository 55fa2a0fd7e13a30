// leadpipe run: exports in, a run folder out.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "cmd/cli/chain.h"
#include "cmd/cli/help.h"
#include "cmd/cli/inputs.h"
#include "cmd/cli/message.h"
#include "cmd/cli/program.h"
#include "cmd/cli/spool.h"
#include "cmd/cli/stage_dedupe.h"
#include "cmd/cli/stage_normalize.h"
#include "cmd/cli/stray_rules.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/pipeline/folder.h"
#include "report.h"
#include "subcommands.h"

static struct {
    const char *dir, *through;
    bool changes, divert_existing;
} options;

static const struct option run_options[] = {
    {OPTION_TEXT, 'o', "output", "DIR", "the run folder: DIR/leads.csv is the newest whole run's",
     &options.dir},
    {OPTION_TEXT, 0, "through", "STAGE", "stop after STAGE: normalize, validate, dedupe or score",
     &options.through},
    {OPTION_FLAG, 0, "changes", NULL, "write changes.csv: every changed value, before and after",
     &options.changes},
    {OPTION_FLAG, 0, "divert-existing", NULL,
     "put leads that the CRM knows into existing.csv: --on-match divert", &options.divert_existing},
    {0},
};

// What the programs of the pipe keep in a file of their own.
static const struct option_hint hints[] = {
    {"rejects", "the run folder has them: rejects.csv"},
    {"duplicates", "the run folder has them: duplicates.csv"},
    {"suppressed", "the run folder has them: suppressed.csv"},
    {"existing", "--divert-existing puts them into existing.csv of the run folder"},
    {"keep-all", "the run folder has every record: rejects.csv, duplicates.csv, suppressed.csv"},
    {"explain", "lead-validate --explain ADDRESS"},
    {0},
};

static const char *const examples[] = {
    "leadpipe run exports/* -o leads",
    "leadpipe run exports/* -o leads --crm hubspot.csv --suppress opt_out.csv",
    "leadpipe run list.csv -o leads --source purchased_list --name \"Acme list\" --country FI",
    NULL,
};

static const char about[] =
    "Runs all stages in one process: normalize, validate, dedupe, score. Writes a run folder with\n"
    "leads.csv and every other record beside it: rejects.csv, duplicates.csv, suppressed.csv; "
    "counts\n"
    "by source and reason in summary.json; load.sql to load the leads into DuckDB. The files "
    "appear\n"
    "when the run is whole; DIR/leads.csv and the others always are those of the newest run.\n"
    "\n"
    "The table on the screen counts leads by tier; aside are those that a rule has set aside: "
    "they\n"
    "stay in leads.csv, with the lifecycle set_aside, and count in no tier.\n"
    "\n"
    "The same bytes come from the pipe: lead-normalize | lead-validate | lead-dedupe | lead-score.";

// One run, from options to published folder.
struct whole_run {
    struct setup setup;
    struct operands files;
    struct chain chain;
    struct folder folder;
    struct normalizer *normalizer;
    struct spool spools[CHAIN_STAGES_MAX], changes[CHAIN_STAGES_MAX];
    struct top_lead top;
    struct output *summary; // for --summary: opened before the work, shown behind the run
    size_t real_stages;     // without the one that watches for the top lead
    struct timespec started;
};

static bool make_stages(struct whole_run *run, struct operands files, struct err *err)
{
    struct stage *first = chain_add(&run->chain);
    run->normalizer = normalizer_open(&run->setup, files.items, files.count, true, first, err);
    if (!run->normalizer) return false;
    for (size_t i = 1; stage_modules[i]; i++) {
        if (options.through && strcmp(options.through, stage_modules[i - 1]->name) == 0) break;
        if (!stage_modules[i]->make(&run->setup, chain_add(&run->chain), err)) return false;
    }
    run->real_stages = run->chain.stage_count;
    // Whom to call first is said on the screen only.
    if (!common.quiet) top_stage(&run->top, chain_add(&run->chain));
    return true;
}

// Rejects and changes of the first stage go straight to the file, those of the others are put
// behind them. Addresses to be verified go where the user says.
static bool open_place(struct whole_run *run, size_t stage, enum place place, struct err *err)
{
    char name[64];
    if (!(run->chain.stages[stage].places & STAGE_PLACE(place))) return true;
    if (place == PLACE_CHANGE && !options.changes) return true;
    if (place == PLACE_EXISTING && !options.divert_existing) return true;
    if (stage > 0 && (place == PLACE_REJECT || place == PLACE_CHANGE)) {
        struct spool *spools = place == PLACE_REJECT ? run->spools : run->changes;
        run->chain.run_stages[stage].sinks[place] = &spools[stage].sink;
        return true;
    }
    if (place_is_asked_for(place)) {
        const char *path = common.places[place];
        if (common.summary && strcmp(common.summary, path) == 0) {
            return err_set(err, ERR_USAGE, NULL, 0, "two outputs have the name '%s'", path);
        }
        return inputs_are_spared(path, err) &&
               chain_open_place(&run->chain, stage, place, path, err);
    }
    snprintf(name, sizeof name, "%s.csv", place_name(place));
    if (!folder_name_is_free(&run->folder, name, err)) return false;
    return chain_open_place(&run->chain, stage, place, folder_path(&run->folder, name), err);
}

static bool open_files(struct whole_run *run, struct err *err)
{
    char id[21];
    timestamp_format((int64_t)time(NULL), id);
    for (char *c = id; *c; c++) {
        if (*c == ':') *c = '.';
    }
    if (!folder_open(&run->folder, options.dir, id, err)) return false;
    static const char *const always[] = {"latest", "leads.csv", "summary.json", "manifest.json",
                                         "load.sql"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        if (!folder_name_is_free(&run->folder, always[i], err)) return false;
    }
    if (!chain_open_main(&run->chain, folder_path(&run->folder, "leads.csv"), err)) return false;
    for (size_t stage = 0; stage < run->real_stages; stage++) {
        for (int place = PLACE_MAIN + 1; place < PLACE_COUNT; place++) {
            if (!open_place(run, stage, (enum place)place, err)) return false;
        }
    }
    return true;
}

static bool append_spooled(struct whole_run *run, struct err *err)
{
    struct output *rejects = run->chain.places[0][PLACE_REJECT].output;
    struct output *changes = run->chain.places[0][PLACE_CHANGE].output;
    for (size_t stage = 1; stage < run->real_stages; stage++) {
        if (!spool_copy(&run->spools[stage], rejects, err)) return false;
        if (changes && !spool_copy(&run->changes[stage], changes, err)) return false;
    }
    return true;
}

static bool write_named(struct whole_run *run, const char *name, const struct buffer *text,
                        struct err *err)
{
    return chain_add_file(&run->chain, folder_path(&run->folder, name), buffer_str(text), err);
}

static void add_paths(struct buffer *out, const char *name, const char *const paths[], size_t count)
{
    buffer_format(out, ",\n \"%s\": [", name);
    for (size_t i = 0; i < count; i++) {
        char *real = realpath(paths[i], NULL);
        if (i) buffer_add(out, STR(", "));
        json_add_string(out, str_of(real ? real : paths[i]));
        free(real);
    }
    buffer_add_byte(out, ']');
}

// What must not be in the summary because it differs from run to run.
static void describe_run(const struct whole_run *run, struct buffer *out)
{
    struct timespec now;
    struct rusage usage;
    char host[256] = "", time_text[21];
    clock_gettime(CLOCK_MONOTONIC, &now);
    getrusage(RUSAGE_SELF, &usage);
    gethostname(host, sizeof host - 1);
    timestamp_format((int64_t)time(NULL), time_text);
    double seconds = (double)(now.tv_sec - run->started.tv_sec) +
                     1e-9 * (double)(now.tv_nsec - run->started.tv_nsec);
    buffer_format(
        out, "{\"program\": \"leadpipe run\",\n \"version\": \"%s\",\n \"host\": ", help_version());
    json_add_string(out, str_of(host));
    add_paths(out, "inputs", run->files.items, run->files.count);
    add_paths(out, "rules", run->setup.book->dirs, run->setup.book->dir_count);
    buffer_format(out,
                  ",\n \"finished\": \"%s\",\n \"seconds\": %.3f,\n \"threads\": %u,\n"
                  " \"records\": %" PRIu64 ",\n \"peak_memory_kib\": %ld}\n",
                  time_text, seconds, run->setup.threads, run->chain.run.records, usage.ru_maxrss);
}

static void describe_load(struct buffer *out)
{
    buffer_add(out,
               STR("-- duckdb < load.sql, in this folder: the leads as a table, text as text.\n"
                   "CREATE OR REPLACE TABLE leads AS\n"
                   "SELECT * FROM read_csv('leads.csv', header = true, all_varchar = true);\n"));
}

static bool write_descriptions(struct whole_run *run, struct err *err)
{
    struct buffer summary = {0}, manifest = {0}, load = {0};
    size_t count;
    const struct summary_input *inputs = normalizer_inputs(run->normalizer, &count);
    size_t all_stages = run->chain.stage_count;
    for (size_t i = 0; stage_modules[i]; i++) {
        if (stage_modules[i]->statistics) run->chain.stats_hash = stage_modules[i]->statistics();
    }
    run->chain.stage_count = run->real_stages;
    chain_summary(&run->chain, inputs, count, &summary);
    run->chain.stage_count = all_stages;
    describe_run(run, &manifest);
    describe_load(&load);
    bool ok = write_named(run, "summary.json", &summary, err) &&
              write_named(run, "manifest.json", &manifest, err) &&
              write_named(run, "load.sql", &load, err);
    if (ok && run->summary) {
        ok = output_write(run->summary, buffer_str(&summary), err) &&
             output_flush(run->summary, err);
    }
    buffer_release(&summary);
    buffer_release(&manifest);
    buffer_release(&load);
    return ok;
}

// The files that hold what is not in the leads.
static void name_others(const struct whole_run *run, struct report *report)
{
    static const enum place places[] = {PLACE_REJECT, PLACE_DUPLICATE, PLACE_SUPPRESSED,
                                        PLACE_EXISTING};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bool is_there = false;
        for (size_t stage = 0; stage < run->real_stages; stage++) {
            is_there |= run->chain.places[stage][places[i]].output != NULL;
        }
        if (is_there) report->others[report->other_count++] = place_name(places[i]);
    }
}

static void say_report(struct whole_run *run, size_t input_count)
{
    if (common.quiet) return;
    struct report report = {.program = "leadpipe run",
                            .as_of = run->setup.as_of_text,
                            .dir = options.dir,
                            .input_count = input_count,
                            .results = run->chain.run.results,
                            .stage_count = run->real_stages,
                            .top = &run->top};
    name_others(run, &report);
    struct buffer text = {0};
    report_write(&report, &text);
    message_block(buffer_str(&text));
    buffer_release(&text);
}

// It may stand in the run folder, so that is made before.
static bool open_summary(struct whole_run *run, struct err *err)
{
    if (!common.summary) return true;
    if (!inputs_are_spared(common.summary, err)) return false;
    run->summary = output_open(common.summary, err);
    if (run->summary) output_stop_on(run->summary, program_stop());
    return run->summary != NULL;
}

static bool do_run(struct whole_run *run, struct operands files, struct err *err)
{
    bool ok = make_stages(run, files, err) && open_files(run, err) && open_summary(run, err) &&
              chain_run(&run->chain, normalizer_source(run->normalizer), err) &&
              append_spooled(run, err) && write_descriptions(run, err) &&
              chain_publish(&run->chain, err) && folder_publish(&run->folder, err);
    if (ok && run->summary) ok = output_publish(run->summary, err);
    if (ok) program_published();
    if (run->normalizer) normalizer_say_warnings(run->normalizer);
    if (ok) normalizer_say_numbers(&run->chain.run.results[0]);
    if (ok) stages_say(run->chain.run.results, run->real_stages);
    if (ok) stray_rules_say(run->setup.book);
    if (ok) say_report(run, files.count);
    return ok;
}

static void check_options(void)
{
    if (!options.dir) message_usage("no run folder given: -o DIR");
    if (strcmp(options.dir, "-") == 0) {
        message_usage("-o takes a folder: a run is more than one file "
                      "(the programs of the pipe write to standard output)");
    }
    bool is_stage = !options.through;
    for (size_t i = 0; stage_modules[i] && !is_stage; i++) {
        is_stage = strcmp(options.through, stage_modules[i]->name) == 0;
    }
    if (!is_stage) message_usage("--through: no stage is called '%s'", options.through);
    bool stops_early = options.through && strcmp(options.through, "normalize") == 0;
    if (stops_early && common.places[PLACE_UNVERIFIED]) {
        message_usage("--unverified: --through normalize stops before any address is judged");
    }
    options.divert_existing |= dedupe_diverts();
    if (options.divert_existing) common.places[PLACE_EXISTING] = "existing.csv";
    if (options.changes) common.places[PLACE_CHANGE] = "changes.csv";
}

int subcommand_run(int argc, char **argv)
{
    const struct command command = {
        .name = "leadpipe run",
        .tagline = "exports in, one clean, deduplicated, scored lead file out",
        .operands = "EXPORT...",
        .about = about,
        .examples = examples,
        .tables = {run_options, normalize_module.options, validate_module.options,
                   dedupe_module.options, score_module.options, columns_options, summary_options,
                   common_options},
        .hints = hints,
    };
    static struct whole_run run;
    struct program program;
    struct err err = {0};
    struct operands files = program_open(&program, &command, argc, argv);
    check_options();
    clock_gettime(CLOCK_MONOTONIC, &run.started);
    run.setup = program.setup;
    run.files = files;
    chain_init(&run.chain, command.name, &run.setup);
    run.folder.lock = -1;
    run.chain.is_part = true;
    for (size_t i = 0; i < CHAIN_STAGES_MAX; i++) {
        spool_init(&run.spools[i], run.setup.temp_dir);
        spool_init(&run.changes[i], run.setup.temp_dir);
    }
    bool ok = do_run(&run, files, &err);
    for (size_t i = 0; i < CHAIN_STAGES_MAX; i++) {
        spool_release(&run.spools[i]);
        spool_release(&run.changes[i]);
    }
    chain_release(&run.chain);
    normalizer_close(run.normalizer);
    folder_close(&run.folder);
    output_close(run.summary);
    for (size_t i = 0; stage_modules[i]; i++) stage_modules[i]->release();
    return program_close(&program, files, ok, &err);
}
