#include "help.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#ifndef LEADPIPE_VERSION
#define LEADPIPE_VERSION "0.1"
#endif

const char *help_version(void) { return LEADPIPE_VERSION; }

static const char exit_status[] = "0 done; 1 done, but a check that was asked for did not hold or "
                                  "something was held back; 2 nothing was published.";

static const struct option standard[] = {
    {OPTION_FLAG, 0, "help", NULL, "show this text", NULL},
    {OPTION_FLAG, 0, "version", NULL, "show the version", NULL},
    {OPTION_FLAG, 0, "man", NULL, "print the manual page (mdoc)", NULL},
    {0},
};

static void print_table(const struct option *table)
{
    for (const struct option *option = table; option->kind; option++) {
        char left[80];
        int len = option->letter
                      ? snprintf(left, sizeof left, "  -%c, --%s", option->letter, option->name)
                      : snprintf(left, sizeof left, "      --%s", option->name);
        if (option->argument) {
            snprintf(left + len, sizeof left - (size_t)len, " %s", option->argument);
        }
        if (strlen(left) > 28)
            printf("%s\n%30s%s\n", left, "", option->help);
        else
            printf("%-30s%s\n", left, option->help);
    }
}

void help_print(const struct command *command)
{
    printf("%s: %s\n\nusage: %s [options] %s\n\n%s\n\noptions\n", command->name, command->tagline,
           command->name, command->operands, command->about);
    for (size_t i = 0; i < OPTION_TABLES_MAX && command->tables[i]; i++) {
        print_table(command->tables[i]);
    }
    print_table(standard);
    printf("\nexit status\n  %s\n\nexamples\n", exit_status);
    for (const char *const *example = command->examples; *example; example++) {
        printf("  %s\n", *example);
    }
}

void help_print_version(const struct command *command)
{
    printf("%s %s\n", command->name, help_version());
}

void help_print_options(const struct command *command)
{
    for (size_t i = 0; i < OPTION_TABLES_MAX && command->tables[i]; i++) {
        for (const struct option *option = command->tables[i]; option->kind; option++) {
            printf("--%s%s\n", option->name, option->argument ? "=" : "");
        }
    }
    printf("--help\n--version\n--man\n");
}

// mdoc: a line must not begin with a control character, a blank line is a paragraph.
static void print_prose(const char *text)
{
    bool at_start = true;
    for (const char *c = text; *c; c++) {
        if (at_start && *c == '\n') {
            printf(".Pp\n");
            continue;
        }
        if (at_start && (*c == '.' || *c == '\'')) printf("\\&");
        // Every sentence begins on a line of its own.
        bool ends_sentence = *c == '.' && c[1] == ' ';
        if (*c == '\\')
            printf("\\e");
        else
            putchar(*c);
        if (ends_sentence) {
            putchar('\n');
            c++;
        }
        at_start = *c == '\n' || ends_sentence;
    }
    if (!at_start) putchar('\n');
}

static void print_manual_options(const struct option *table)
{
    for (const struct option *option = table; option->kind; option++) {
        printf(".It ");
        if (option->letter) printf("Fl %c , ", option->letter);
        printf("Fl -%s", option->name);
        if (option->argument) printf(" Ar %s", option->argument);
        printf("\n");
        print_prose(option->help);
    }
}

void help_print_manual(const struct command *command)
{
    char title[64];
    snprintf(title, sizeof title, "%s", command->name);
    for (char *c = title; *c; c++) *c = *c == ' ' ? '-' : (char)toupper((unsigned char)*c);
    printf(".Dd $Mdocdate$\n.Dt %s 1\n.Os leadpipe\n.Sh NAME\n.Nm %s\n.Nd %s\n", title,
           command->name, command->tagline);
    printf(".Sh SYNOPSIS\n.Nm\n.Op Ar options\n.Ar %s\n.Sh DESCRIPTION\n", command->operands);
    print_prose(command->about);
    printf(".Sh OPTIONS\n.Bl -tag -width Ds\n");
    for (size_t i = 0; i < OPTION_TABLES_MAX && command->tables[i]; i++) {
        print_manual_options(command->tables[i]);
    }
    print_manual_options(standard);
    printf(".El\n.Sh EXIT STATUS\n");
    print_prose(exit_status);
    printf(".Sh EXAMPLES\n.Bd -literal -offset indent\n");
    for (const char *const *example = command->examples; *example; example++) {
        print_prose(*example);
    }
    printf(".Ed\n");
}
