// What a program says of itself: --help, --version, --man, --list-options, all to standard output.
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "option.h"

void help_print(const struct command *command);
void help_print_version(const struct command *command);
void help_print_manual(const struct command *command); // mdoc
void help_print_options(const struct command *command);

// The version of the programs, "0.1".
const char *help_version(void);

#endif
