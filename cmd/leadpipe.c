// leadpipe: the whole pipeline in one process, and what goes with it. One file of cmd/leadpipe/ a
// subcommand.
#include <stdio.h>
#include <stdlib.h>

#include "cli/help.h"
#include "cli/program.h"
#include "core/base/suggest.h"
#include "leadpipe/subcommands.h"

static const struct subcommand {
    const char *name, *tagline;
    int (*main)(int argc, char **argv);
} subcommands[] = {
    {"run", "exports in, one clean, scored lead file out", subcommand_run},
    {"inspect", "what is understood of an export, and what would change it", subcommand_inspect},
    {"rules", "which rule files are used, and where they are", subcommand_rules},
    {"schema", "the columns of a lead", subcommand_schema},
};

enum { SUBCOMMANDS = sizeof subcommands / sizeof *subcommands };

static const char *const examples[] = {
    "leadpipe run exports/* -o out --crm hubspot.csv --suppress opt_out.csv",
    "leadpipe run --help",
    NULL,
};

static struct command command(void)
{
    static char about[1024];
    int len = snprintf(
        about, sizeof about,
        "Turns lead exports of trade shows, webinars, ads, purchased lists and CRMs into one\n"
        "clean, deduplicated, scored lead file.\n\n");
    for (size_t i = 0; i < SUBCOMMANDS; i++) {
        len += snprintf(about + len, sizeof about - (size_t)len, "  leadpipe %-8s %s\n",
                        subcommands[i].name, subcommands[i].tagline);
    }
    snprintf(about + len, sizeof about - (size_t)len,
             "\nEach stage is a program of its own as well: lead-normalize, lead-validate, "
             "lead-dedupe,\n"
             "lead-score; piped together they write the same bytes as leadpipe run.");
    return (struct command){.name = "leadpipe",
                            .tagline = "clean, deduplicate and score lead exports",
                            .operands = "COMMAND [FILE...]",
                            .about = about,
                            .examples = examples};
}

__attribute__((noreturn)) static void unknown(const char *name)
{
    struct suggestion best = suggest_start(str_of(name));
    for (size_t i = 0; i < SUBCOMMANDS; i++) suggest_offer(&best, str_of(subcommands[i].name));
    if (!best.word.len) message_usage("no such command: %s", name);
    message_usage("no such command: %s (did you mean %.*s?)", name, STR_ARG(best.word));
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < SUBCOMMANDS; i++) {
        if (strcmp(argv[1], subcommands[i].name) == 0)
            return subcommands[i].main(argc - 1, argv + 1);
    }
    program_start("leadpipe");
    struct command about = command();
    struct operands operands = option_parse(&about, argc, argv);
    if (operands.count) unknown(operands.items[0]);
    message_usage("no command given");
}
