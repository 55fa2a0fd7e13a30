// leadpipe rules: which files are used.
#include <stdio.h>
#include <string.h>

#include "cmd/cli/common.h"
#include "cmd/cli/program.h"
#include "cmd/cli/stray_rules.h"
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

// The file in use, and the one that adds to it.
static void print(struct rulebook *book, str name)
{
    struct arena *arena = &book->arena;
    const char *path = rulebook_where(book, name);
    str local = arena_format(arena, "%.*s.local", STR_ARG(name));
    const char *more = rulebook_where(book, local);
    printf("%-34.*s %s\n", STR_ARG(name), path ? path : "(none)");
    if (more) printf("%-34.*s %s\n", STR_ARG(local), more);
}

// A NAME.local that adds to nothing is not among what print has shown.
static void print_local(struct rulebook *book, str name)
{
    str base = str_first(name, name.len - strlen(".local"));
    if (!rulebook_where(book, base)) {
        printf("%-34.*s %s\n", STR_ARG(name), rulebook_where(book, name));
    }
}

static bool print_folder(struct rulebook *book, const char *folder, struct err *err)
{
    str *names;
    size_t count;
    if (!rulebook_list(book, str_of(folder), STR(""), &names, &count, err)) return false;
    for (size_t i = 0; i < count; i++) {
        str name = str_starts(names[i], STR("./")) ? str_from(names[i], 2) : names[i];
        if (str_ends(name, STR(".local")))
            print_local(book, name);
        else if (str_ends(name, STR(".rules")) || str_ends(name, STR(".tsv")) ||
                 str_ends(name, STR(".txt")) || str_ends(name, STR(".table")))
            print(book, name);
    }
    return true;
}

int subcommand_rules(int argc, char **argv)
{
    static const char *const folders[] = {".", "sources", "email", "normalize", "lists"};
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
    struct err err = {0};
    bool ok = true;
    for (size_t i = 0; ok && !where && i < sizeof folders / sizeof *folders; i++) {
        ok = print_folder(&book, folders[i], &err);
    }
    if (ok && !where) stray_rules_say(&book);
    rulebook_release(&book);
    return ok ? program_finish(status) : program_fail(&err);
}
