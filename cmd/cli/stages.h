// The stages as programs see them: their options, and how each is made. One row of stage_modules a
// stage, in the order of the flow; lead-NAME runs one of them, `leadpipe run` all.
#ifndef CLI_STAGES_H
#define CLI_STAGES_H

#include "common.h"
#include "core/pipeline/run.h"

struct stage_module {
    const char *name; // "dedupe"
    const struct option *options;
    // Fills *stage from the options; what it loads it keeps until release.
    bool (*make)(const struct setup *setup, struct stage *stage, struct err *err);
    void (*release)(void);
    // The digest of what the stage has judged by, for the summary; NULL: none.
    hash128 (*statistics)(void);
    // Whether the stage reads a column that is not a lead's, by its rules; NULL: no such.
    bool (*reads)(str column);
    // Says what people should know of what was counted; NULL: nothing.
    void (*say)(const struct stage_result *result);
};

// Lets each stage say it, once all have run.
void stages_say(const struct stage_result results[], size_t count);

extern const struct stage_module normalize_module, validate_module, dedupe_module, score_module;

extern const struct stage_module *const stage_modules[]; // NULL-terminated

// lead-validate --explain: whether it was asked for, and what it does: writes to standard output
// what was found about each address, those of standard input (one a line) for "-" or none. False
// with err when rules or input cannot be read.
extern const struct option explain_options[]; // --explain, of lead-validate alone
bool validate_explains(void);
bool validate_explain(const struct setup *setup, struct operands addresses, struct err *err);

// lead-dedupe --undo: whether it was asked for, and what it does: writes to -o the members of
// merged leads as they were, or the leads of the one file with those merges undone. False with err.
extern const struct option undo_options[]; // --undo --cluster, of lead-dedupe alone
bool dedupe_undoes(void);
bool dedupe_undo(struct operands leads, struct err *err);

// What every program that reads files holds from its first line to its last.
struct program {
    struct rulebook book;
    struct diagnostics diagnostics;
    struct setup setup;
};

// Starts: messages, signals, options, rules. Without a file the operand is "-", standard input.
struct operands program_open(struct program *program, const struct command *command, int argc,
                             char **argv);

// Ends: says what is wrong with rules, or the error. Returns the exit status.
int program_close(struct program *program, struct operands files, bool ok, struct err *err);

// The same without files: what is to be read is not, or not only, leads.
struct operands program_open_any(struct program *program, const struct command *command, int argc,
                                 char **argv);

// Runs the program of one stage that reads canonical CSV, once it has been opened: files, chain,
// summary. Returns the exit status.
int stage_program_run(struct program *program, const struct command *command,
                      const struct stage_module *module, struct operands files);

// Opens and runs it.
int stage_program(const struct command *command, const struct stage_module *module, int argc,
                  char **argv);

#endif
