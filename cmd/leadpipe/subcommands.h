// The subcommands of leadpipe: argv[0] is the subcommand's name. Each returns the exit status.
#ifndef LEADPIPE_SUBCOMMANDS_H
#define LEADPIPE_SUBCOMMANDS_H

int subcommand_run(int argc, char **argv);
int subcommand_inspect(int argc, char **argv);
int subcommand_rules(int argc, char **argv);
int subcommand_schema(int argc, char **argv);

#endif
