#include "stages.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chain.h"
#include "core/base/memory.h"
#include "core/lead/schema.h"
#include "core/pipeline/source.h"
#include "inputs.h"
#include "program.h"
#include "stray_rules.h"

const struct stage_module *const stage_modules[] = {&normalize_module, &validate_module,
                                                    &dedupe_module, &score_module, NULL};

void stages_say(const struct stage_result results[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t at = 0; stage_modules[at]; at++) {
            const struct stage_module *module = stage_modules[at];
            bool is_it = results[i].name && strcmp(results[i].name, module->name) == 0;
            if (is_it && module->say) module->say(&results[i]);
        }
    }
}

static bool write_summary(struct chain *chain, const struct csv_source *source, size_t count,
                          struct err *err)
{
    if (!common.summary) return true;
    struct summary_input *inputs = memory_zeroed(count, sizeof *inputs);
    for (size_t i = 0; i < count; i++) {
        csv_source_input(source, i, &inputs[i].name, &inputs[i].digest, &inputs[i].records);
    }
    struct buffer text = {0};
    chain_summary(chain, inputs, count, &text);
    bool ok = chain_add_file(chain, common.summary, buffer_str(&text), err);
    buffer_release(&text);
    memory_free(inputs);
    return ok;
}

// A raw export has other columns: scored as it is, every lead would get nothing.
static bool has_lead_columns(const struct columns *columns, const struct stage_module *module,
                             const char *file, struct err *err)
{
    for (uint32_t i = 0; i < columns->count; i++) {
        if (schema_find(columns->names[i]) >= 0) return true;
        if (module->reads && module->reads(columns->names[i])) return true;
    }
    if (columns->count == 0) return true; // an empty input
    const char *shown = strcmp(file, "-") == 0 ? "<stdin>" : file;
    err_set(err, ERR_DATA, shown, 1, "none of its columns is a lead's");
    return err_hint(err, "run lead-normalize first: it reads exports of any kind");
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
        ok = source &&
             has_lead_columns(csv_source_stage(source)->columns, module, files.items[0], err);
    }
    ok = ok && chain_open_outputs(&chain, err) && chain_run(&chain, csv_source_stage(source), err);
    if (module->statistics) chain.stats_hash = module->statistics();
    ok = ok && write_summary(&chain, source, files.count, err) && chain_publish(&chain, err);
    if (ok) {
        if (chain.run.records == 0) message_warning("no records in the input");
        stages_say(chain.run.results, chain.stage_count);
        stray_rules_say(setup->book);
        chain_say_dropped(&chain);
    }
    chain_release(&chain);
    csv_source_close(source);
    return ok;
}

struct operands program_open_any(struct program *program, const struct command *command, int argc,
                                 char **argv)
{
    *program = (struct program){0};
    program_start(command->name);
    struct operands operands = option_parse(command, argc, argv);
    common_setup(&program->setup, &program->book, &program->diagnostics);
    return operands;
}

static void check_files(struct operands *files)
{
    static const char *const standard_input[] = {"-"};
    if (files->count == 0) {
        if (isatty(STDIN_FILENO)) message_usage("no file given, and standard input is a terminal");
        files->items[files->count++] = standard_input[0];
    }
    for (size_t i = 0; i < files->count; i++) inputs_protect(files->items[i]);
}

struct operands program_open(struct program *program, const struct command *command, int argc,
                             char **argv)
{
    struct operands files = program_open_any(program, command, argc, argv);
    check_files(&files);
    return files;
}

int program_close(struct program *program, struct operands files, bool ok, struct err *err)
{
    bool rules_ok = common_print_diagnostics(&program->diagnostics);
    diagnostics_release(&program->diagnostics);
    rulebook_release(&program->book);
    memory_free(files.items);
    if (ok) return program_finish(EXIT_DONE);
    // Faults of rule files have been said, with their places.
    bool is_said = !rules_ok && err->kind == ERR_RULES;
    return is_said ? program_finish(EXIT_TROUBLE) : program_fail(err);
}

int stage_program_run(struct program *program, const struct command *command,
                      const struct stage_module *module, struct operands files)
{
    struct err err = {0};
    check_files(&files);
    bool ok = run(command, module, &program->setup, files, &err);
    module->release();
    // The CRM and opt-out lists of dedupe are read as exports.
    normalize_module.release();
    return program_close(program, files, ok, &err);
}

int stage_program(const struct command *command, const struct stage_module *module, int argc,
                  char **argv)
{
    struct program program;
    struct operands files = program_open_any(&program, command, argc, argv);
    return stage_program_run(&program, command, module, files);
}
