// The options that programs share, and what they mean: where rules are, what time it is, how many
// threads. One name means the same thing everywhere.
#ifndef CLI_COMMON_H
#define CLI_COMMON_H

#include "core/pipeline/stage.h"
#include "core/rules/diagnostics.h"
#include "core/rules/rulebook.h"
#include "option.h"

struct common {
    const char *output; // -o; NULL = standard output
    const char *summary, *temp_dir, *progress;
    const char *keep_all;
    const char *columns;             // to be written: names with commas between; NULL = all
    const char *places[PLACE_COUNT]; // --rejects FILE, ...
    struct option_list rules_dirs;
    struct option_time as_of;
    long threads;
    uint64_t memory;
    bool quiet;
};

extern struct common common;

extern const struct option common_options[];    // --rules-dir --as-of --threads --memory ...
extern const struct option output_options[];    // -o --keep-all
extern const struct option columns_options[];   // --columns
extern const struct option summary_options[];   // --summary
extern const struct option rejects_options[];   // --rejects
extern const struct option changes_options[];   // --changes
extern const struct option duplicate_options[]; // --duplicates --existing --suppressed

// What a stage needs to be made.
struct setup {
    struct rulebook *book;
    struct diagnostics *diagnostics;
    int64_t as_of; // seconds since 1970 UTC
    char as_of_text[21];
    unsigned threads;
    uint64_t memory; // bytes the whole process may take
    const char *temp_dir;
};

// Reads the clock, the number of processors and the environment where options are silent, and opens
// the rulebook: --rules-dir, the user's folder, /etc/leadpipe, then the rules beside the program
// (built or installed). Rule messages are collected in diagnostics.
void common_setup(struct setup *setup, struct rulebook *book, struct diagnostics *diagnostics);

// A rule file named by an option: a file of that name here, in the current folder, before those of
// the rules' folders. NULL for NULL.
const char *common_rule_file(const char *name);

// The user's own folder of rules, searched behind --rules-dir: leadpipe in XDG_CONFIG_HOME, which
// is .config in the home folder unless set. NULL when there is no home. Valid until the next call.
const char *common_user_rules(void);

// Prints the collected rule messages (warnings not when quiet). Returns false when there are
// errors.
bool common_print_diagnostics(const struct diagnostics *diagnostics);

#endif
