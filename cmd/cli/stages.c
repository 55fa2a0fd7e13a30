#include "stages.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "chain.h"
#include "core/base/memory.h"
#include "core/pipeline/source.h"
#include "program.h"

const struct stage_module *const stage_modules[] = {&normalize_module, &validate_module,
                                                    &dedupe_module, &score_module, NULL};

static bool write_summary(const struct chain *chain, const struct csv_source *source, size_t count,
                          struct err *err)
{
    if (!common.summary) return true;
    struct summary_input *inputs = memory_zeroed(count, sizeof *inputs);
    for (size_t i = 0; i < count; i++) {
        csv_source_input(source, i, &inputs[i].name, &inputs[i].digest, &inputs[i].records);
    }
    struct buffer text = {0};
    chain_summary(chain, inputs, count, &text);
    bool ok = write_file(common.summary, buffer_str(&text), err);
    buffer_release(&text);
    memory_free(inputs);
    return ok;
}

static bool run(const struct command *command, const struct stage_module *module,
                const struct setup *setup, struct operands files, struct err *err)
{
    struct chain chain;
    chain_init(&chain, command->name, setup);
    struct csv_source *source = NULL;
    bool ok = module->make(setup, chain_add(&chain), err);
    if (ok) {
        source = csv_source_open(files.items, files.count, 0, program_stop(), err);
        ok = source != NULL;
    }
    ok = ok && chain_open_outputs(&chain, err) &&
         chain_run(&chain, csv_source_stage(source), err) &&
         write_summary(&chain, source, files.count, err) && chain_publish(&chain, err);
    if (ok) {
        if (chain.run.records == 0) message_warning("no records in the input");
        chain_say_dropped(&chain);
    }
    chain_release(&chain);
    csv_source_close(source);
    return ok;
}

int stage_program(const struct command *command, const struct stage_module *module, int argc,
                  char **argv)
{
    static const char *const standard_input[] = {"-"};
    program_start(command->name);
    struct operands files = option_parse(command, argc, argv);
    if (files.count == 0) {
        if (isatty(STDIN_FILENO)) message_usage("no file given, and standard input is a terminal");
        files.items[files.count++] = standard_input[0];
    }
    struct rulebook book = {0};
    struct diagnostics diagnostics = {0};
    struct setup setup;
    struct err err = {0};
    common_setup(&setup, &book, &diagnostics);
    bool ok = run(command, module, &setup, files, &err);
    bool rules_ok = common_print_diagnostics(&diagnostics);
    module->release();
    diagnostics_release(&diagnostics);
    rulebook_release(&book);
    memory_free(files.items);
    if (ok) return program_finish(EXIT_DONE);
    // Faults of rule files have been said, with their places.
    return !rules_ok && err.kind == ERR_RULES ? program_finish(EXIT_TROUBLE) : program_fail(&err);
}
