// lead-normalize: any export in, canonical leads out.
#include <stdlib.h>
#include <unistd.h>

#include "cli/chain.h"
#include "cli/program.h"
#include "cli/stage_normalize.h"
#include "cli/stray_rules.h"
#include "core/base/memory.h"

static const char *const examples[] = {
    "lead-normalize exports/* -o leads.csv --keep-all other",
    "lead-normalize webinar.csv | lead-validate | lead-dedupe | lead-score > scored.csv",
    "lead-normalize list.csv --source purchased_list --name \"Acme list\" --country FI",
    "lead-normalize odd.csv --mapping \"Yhteyshlö=full_name\"",
    NULL,
};

static const char about[] =
    "Reads lead exports as their systems write them (any delimiter, UTF-8, UTF-16 or "
    "Windows-1252,\n"
    "headers in 16 languages, preambles, several tables, .gz and .zst) and writes leads: "
    "canonical\n"
    "CSV with a fixed set of columns. Names, phone numbers (E.164), countries, dates, companies "
    "and\n"
    "websites are made canonical; what no column of the lead takes is kept in extra.\n"
    "\n"
    "Every record ends in the output or, with the reason, in --rejects: unreadable ones and test\n"
    "leads. --changes journals every value that was changed.";

static bool write_summary(struct normalizer *normalizer, struct chain *chain, struct err *err)
{
    if (!common.summary) return true;
    size_t count;
    const struct summary_input *inputs = normalizer_inputs(normalizer, &count);
    struct buffer text = {0};
    chain_summary(chain, inputs, count, &text);
    bool ok = chain_add_file(chain, common.summary, buffer_str(&text), err);
    buffer_release(&text);
    return ok;
}

static bool run(const struct command *command, const struct setup *setup, struct operands files,
                struct err *err)
{
    struct chain chain;
    chain_init(&chain, command->name, setup);
    struct normalizer *normalizer =
        normalizer_open(setup, files.items, files.count, true, chain_add(&chain), err);
    bool ok = normalizer && chain_open_outputs(&chain, err) &&
              chain_run(&chain, normalizer_source(normalizer), err) &&
              write_summary(normalizer, &chain, err) && chain_publish(&chain, err);
    if (normalizer) normalizer_say_warnings(normalizer);
    if (ok) normalizer_say_numbers(&chain.run.results[0]);
    if (ok) stray_rules_say(setup->book);
    if (ok) chain_say_dropped(&chain);
    chain_release(&chain);
    normalizer_close(normalizer);
    return ok;
}

int main(int argc, char **argv)
{
    const struct command command = {
        .name = "lead-normalize",
        .tagline = "any lead export in, canonical leads out",
        .operands = "[EXPORT...]",
        .about = about,
        .examples = examples,
        .tables = {output_options, rejects_options, changes_options, normalize_options,
                   columns_options, summary_options, common_options},
    };
    struct program program;
    struct operands files = program_open(&program, &command, argc, argv);
    struct err err = {0};
    bool ok = run(&command, &program.setup, files, &err);
    normalize_module.release();
    return program_close(&program, files, ok, &err);
}
