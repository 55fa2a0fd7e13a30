// leadpipe inspect: what is understood of an export, before anything is made of it.
#include <stdio.h>

#include "cmd/cli/chain.h"
#include "cmd/cli/program.h"
#include "cmd/cli/stage_normalize.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/csv/lenient.h"
#include "inspect_facts.h"
#include "inspect_save.h"
#include "subcommands.h"

static struct {
    bool json, no_examples, force;
    const char *save;
} options;

static const struct option inspect_options[] = {
    {OPTION_FLAG, 0, "json", NULL, "the same facts as JSON", &options.json},
    {OPTION_FLAG, 0, "no-examples", NULL, "show no values of the leads", &options.no_examples},
    {OPTION_TEXT, 0, "save", "NAME", "save what is understood as the source profile NAME",
     &options.save},
    {OPTION_FLAG, 0, "force", NULL, "let --save replace a profile", &options.force},
    {0},
};

static const char *const examples[] = {
    "leadpipe inspect scans.csv",
    "leadpipe inspect scans.csv --mapping \"Kontakt=full_name\" --country DE",
    "leadpipe inspect scans.csv --mapping \"Kontakt=full_name\" --country DE --save booth",
    "leadpipe inspect exports/* --json --no-examples",
    NULL,
};

static const char about[] =
    "Shows, one screen an export, what lead-normalize and leadpipe run would make of it: encoding\n"
    "and dialect, the source profile and by what it is known, the table and its header row, the\n"
    "field of each column with the reason, the order of dates with the evidence, countries, the\n"
    "records that would be rejected, damage done to the file, and what to check. At the right, or\n"
    "behind what is to be checked, stands the option that changes it; all of them are options of\n"
    "lead-normalize and leadpipe run as well. Only --save writes\n"
    "anything.\n"
    "\n"
    "It is their own code that decides, from the first 16 MiB, and their stages that fill the\n"
    "leads. In the table of columns 'sure' is how sure the field is, 'full' how many of the leads\n"
    "have something in the column, both in percent; an example shows a cell and what the lead\n"
    "holds of it. A number behind a field says that the column is asked second or third.\n"
    "\n"
    "With --save NAME the understanding is kept as a source profile, sources/NAME.rules in the\n"
    "first --rules-dir, else in ~/.config/leadpipe. Exports with the same headers are known by it\n"
    "from then on, and --source NAME uses it. It is text, to be read and changed. Encoding and\n"
    "delimiter are not in it: each file tells its own.\n"
    "\n"
    "With --json: {\"schema\": \"leadpipe.inspect/1\", \"files\": [...]}, for each file its\n"
    "name and either \"error\" or: encoding, dialect, profile, recognised_by, source,\n"
    "source_name, source_campaign, event_date, delivery, has_header, header_known, header_line, "
    "tables,\n"
    "skipped (lines by kind), is_whole (false: only its first 16 MiB were looked at), is_refused\n"
    "(nobody can be reached), records, leads, rejects (by stage and reason), repaired_quotes,\n"
    "short_records, country, dates, language, columns (each: column, field, rank, why,\n"
    "languages, confidence, prefix, filled, taken, dates, names, looks, damage, example), changes "
    "(by\n"
    "field and reason), check (text and option). The same file gives the same bytes.";

// ---- reading the start of an export ------------------------------------------------------------

// Ends the source where the profile window ends, and counts how its lines are written.
struct looking {
    struct source source, *inner;
    const struct export_plan *plan;
    struct inspect_lines *lines;
};

// Whether a record has fewer fields than the header: it was repaired, and its line has too few.
static bool is_short(const struct records *records, uint32_t row, char delimiter)
{
    if (!records->raw_starts || records->raw_starts[row] == records->starts[row]) return false;
    str line = records_line_text(records, row);
    uint32_t fields = 1;
    bool in_quotes = false;
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == '"') in_quotes = !in_quotes;
        fields += line.data[i] == delimiter && !in_quotes;
    }
    return fields < records->columns;
}

static void count_lines(struct looking *looking, const struct batch *batch)
{
    struct inspect_lines *lines = looking->lines;
    const struct records *records = &batch->records;
    for (uint32_t row = 0; row < records->count; row++) {
        str line = records_line_text(records, row);
        bool is_good = !batch->faults || batch->faults[row] == RECORD_OK;
        bool is_crlf = line.data[line.len] == '\r'; // the end of a line, whatever was repaired
        lines->readable += is_good;
        lines->crlf += is_crlf;
        lines->lf += !is_crlf;
        lines->shorter += is_good && is_short(records, row, looking->plan->dialect.delimiter);
        for (uint32_t i = 0; is_good && i < records->columns; i++) {
            lines->quoted += records_is_quoted(records, row, i);
        }
    }
    lines->records += records->count;
}

static bool next(void *state, struct batch *batch, struct err *err)
{
    struct looking *looking = state;
    if (!looking->plan->is_whole && looking->lines->readable >= looking->plan->window_records) {
        looking->lines->is_cut = true;
        return false;
    }
    if (!looking->inner->next(looking->inner->state, batch, err)) return false;
    count_lines(looking, batch);
    return true;
}

// ---- one export --------------------------------------------------------------------------------

struct session {
    const struct setup *setup;
    struct buffer *out;
    struct inspection inspection;
    struct inspect_lines lines;
    struct stage stages[2];
    struct run_stage run_stages[2];
    struct run run;
    struct normalizer *normalizer;
    bool has_validate;
};

static void write_facts(struct session *session)
{
    struct inspect_facts facts = {.plan = session->inspection.plan,
                                  .knowledge = normalizer_knowledge(),
                                  .inspection = &session->inspection,
                                  .lines = session->lines,
                                  .results = session->run.results,
                                  .result_count = session->run.stage_count,
                                  .shows_examples = !options.no_examples};
    normalizer_counts(session->normalizer, 0, &facts.counts);
    tally_sort(&session->inspection.changes);
    if (options.json) {
        inspect_write_json(&facts, session->out);
    } else {
        inspect_write_text(&facts, session->out);
    }
}

static bool follow_plan(struct session *session, const char *path, struct err *err)
{
    normalizer_watch(inspection_watch, &session->inspection);
    session->normalizer = normalizer_open(session->setup, &path, 1, true, &session->stages[0], err);
    if (!session->normalizer) return false;
    const struct export_plan *plan = normalizer_plan(session->normalizer, 0);
    inspection_init(&session->inspection, plan);
    session->has_validate = true;
    if (!validate_module.make(session->setup, &session->stages[1], err)) return false;
    struct looking looking = {
        .inner = normalizer_source(session->normalizer), .plan = plan, .lines = &session->lines};
    looking.source = (struct source){.state = &looking, .next = next};
    for (size_t i = 0; i < 2; i++) session->run_stages[i].stage = &session->stages[i];
    session->run = (struct run){.source = &looking.source,
                                .stages = session->run_stages,
                                .stage_count = 2,
                                .threads = 1, // inspection_watch is called by one
                                .stop = program_stop()};
    return run_pipeline(&session->run, err);
}

static void release(struct session *session)
{
    for (size_t i = 0; i < 2; i++) {
        if (session->stages[i].close) session->stages[i].close(session->stages[i].state);
    }
    run_release(&session->run);
    inspection_release(&session->inspection);
    normalizer_close(session->normalizer);
    if (session->has_validate) validate_module.release();
}

static void write_error(const char *path, const struct err *err, struct buffer *out)
{
    buffer_add(out, STR("{\"file\": "));
    json_add_string(out, str_of(path));
    buffer_add(out, STR(", \"error\": "));
    json_add_string(out, str_of(err->text));
    buffer_add(out, STR("}"));
}

static bool inspect(const struct setup *setup, const char *path, struct buffer *out,
                    struct err *err)
{
    struct session session = {.setup = setup, .out = out};
    bool ok = follow_plan(&session, path, err);
    if (ok) write_facts(&session);
    bool is_refused = ok && session.inspection.plan->is_refused;
    if (is_refused) ok = plan_refuse(session.inspection.plan, err);
    bool is_saved = ok && options.save;
    if (is_saved && session.inspection.plan->mapping.count == 0) {
        ok = err_set(err, ERR_DATA, path, 0, "it has no columns to save");
    } else if (is_saved) {
        ok = inspect_save(setup, session.inspection.plan, options.save, path, options.force, err);
    }
    if (!ok && !is_saved && !is_refused && options.json) write_error(path, err, out);
    release(&session);
    return ok;
}

// A file that cannot be read does not hide the others; the status tells. Faults of the rules or of
// the options would be the same for all.
static bool inspect_all(const struct setup *setup, struct operands files, struct err *err)
{
    struct buffer out = {0};
    bool ok = true, is_any = false;
    if (options.json) buffer_add(&out, STR("{\"schema\": \"leadpipe.inspect/1\", \"files\": [\n"));
    for (size_t i = 0; i < files.count; i++) {
        struct err one = {0};
        if (i && options.json) buffer_add(&out, STR(",\n"));
        if (is_any && !options.json) buffer_add_byte(&out, '\n');
        size_t len = out.len;
        bool is_good = inspect(setup, files.items[i], &out, &one);
        if (out.len > len) {
            fwrite(out.data, 1, out.len, stdout);
            is_any = true;
        }
        buffer_clear(&out);
        if (is_good) continue;
        if (!ok) message_error(err);
        *err = one;
        ok = false;
        if (one.kind == ERR_USAGE || one.kind == ERR_RULES || one.kind == ERR_STOPPED) break;
    }
    if (options.json) fputs("\n]}\n", stdout);
    buffer_release(&out);
    return ok;
}

int subcommand_inspect(int argc, char **argv)
{
    const struct command command = {
        .name = "leadpipe inspect",
        .tagline = "what is understood of an export, and what would change it",
        .operands = "EXPORT...",
        .about = about,
        .examples = examples,
        .tables = {inspect_options, normalize_options, common_options},
    };
    struct program program;
    struct err err = {0};
    struct operands files = program_open(&program, &command, argc, argv);
    if (options.save) inspect_check_name(options.save);
    if (options.save && files.count > 1) message_usage("--save takes one export");
    bool ok = inspect_all(&program.setup, files, &err);
    normalize_module.release();
    return program_close(&program, files, ok, &err);
}
