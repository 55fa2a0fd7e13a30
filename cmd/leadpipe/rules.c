// leadpipe rules: which files are used.
#include <stdio.h>

#include "cmd/cli/common.h"
#include "cmd/cli/program.h"
#include "subcommands.h"

static const char *where;

static const struct option options[] = {
    {OPTION_TEXT, 0, "where", "NAME", "print the path of the rule file or list that is used",
     &where},
    {0},
};

static const char *const examples[] = {
    "leadpipe rules",
    "leadpipe rules --where score.rules",
    "leadpipe rules --rules-dir my-rules --where email/free.txt",
    NULL,
};

static void print(struct rulebook *book, const char *name)
{
    const char *path = rulebook_where(book, str_of(name));
    char local[300];
    snprintf(local, sizeof local, "%s.local", name);
    const char *more = rulebook_where(book, str_of(local));
    printf("%-16s %s\n", name, path ? path : "(none)");
    if (more) printf("%-16s %s\n", local, more);
}

int subcommand_rules(int argc, char **argv)
{
    static const char *const shipped[] = {"score.rules", "dedupe.rules", "email.rules"};
    const struct command command = {
        .name = "leadpipe rules",
        .tagline = "which rule files are used, and where they are",
        .operands = "",
        .about =
            "Rules and lists are looked for in --rules-dir, then ~/.config/leadpipe, then\n"
            "/etc/leadpipe, then the folder that came with the program; the first that has the "
            "file\n"
            "wins. NAME.local adds to it.",
        .examples = examples,
        .tables = {options, common_options},
    };
    program_start(command.name);
    struct operands operands = option_parse(&command, argc, argv);
    if (operands.count) message_usage("takes no file: '%s'", operands.items[0]);
    struct rulebook book = {0};
    struct diagnostics diagnostics = {0};
    struct setup setup;
    common_setup(&setup, &book, &diagnostics);
    int status = EXIT_DONE;
    if (where) {
        const char *path = rulebook_where(&book, str_of(where));
        if (path) puts(path);
        if (!path) message_note("no rule file '%s'", where);
        if (!path) status = EXIT_TROUBLE;
    }
    for (size_t i = 0; !where && i < sizeof shipped / sizeof *shipped; i++) {
        print(&book, shipped[i]);
    }
    rulebook_release(&book);
    return program_finish(status);
}
