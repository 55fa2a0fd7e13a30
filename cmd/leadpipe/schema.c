// leadpipe schema: the columns of a lead, for people and for the tools next door.
#include <stdio.h>

#include "cmd/cli/option.h"
#include "cmd/cli/program.h"
#include "core/lead/schema.h"
#include "subcommands.h"

static const char *format = "text";

static const struct option options[] = {
    {OPTION_TEXT, 0, "for", "TOOL", "text, csvkit, duckdb or json", &format},
    {0},
};

static const char *const examples[] = {
    "leadpipe schema",
    "leadpipe schema --for duckdb",
    NULL,
};

static const char *const stage_names[] = {"normalize", "validate", "dedupe", "score", "route"};
static const char *const kind_names[] = {"text", "number", "time", "word", "words", "json"};

// Times are VARCHAR where a date may stand without a time; DuckDB casts them when asked to.
static const char *duckdb_type(enum value_kind kind)
{
    return kind == VALUE_NUMBER ? "BIGINT" : kind == VALUE_JSON ? "JSON" : "VARCHAR";
}

static void print_text(void)
{
    for (int i = 0; i < SCHEMA_FIELD_COUNT; i++) {
        printf("%-18.*s %-8s %s\n", STR_ARG(schema_fields[i].name),
               kind_names[schema_fields[i].kind], stage_names[schema_fields[i].stage]);
    }
}

static void print_csvkit(void)
{
    printf("column,kind,stage\n");
    for (int i = 0; i < SCHEMA_FIELD_COUNT; i++) {
        printf("%.*s,%s,%s\n", STR_ARG(schema_fields[i].name), kind_names[schema_fields[i].kind],
               stage_names[schema_fields[i].stage]);
    }
}

static void print_duckdb(void)
{
    printf("CREATE TABLE leads (");
    for (int i = 0; i < SCHEMA_FIELD_COUNT; i++) {
        printf("%s\n  %.*s %s", i ? "," : "", STR_ARG(schema_fields[i].name),
               duckdb_type(schema_fields[i].kind));
    }
    printf("\n);\n");
}

static void print_json(void)
{
    printf("[");
    for (int i = 0; i < SCHEMA_FIELD_COUNT; i++) {
        printf("%s\n  {\"column\": \"%.*s\", \"kind\": \"%s\", \"stage\": \"%s\"}", i ? "," : "",
               STR_ARG(schema_fields[i].name), kind_names[schema_fields[i].kind],
               stage_names[schema_fields[i].stage]);
    }
    printf("\n]\n");
}

int subcommand_schema(int argc, char **argv)
{
    const struct command command = {
        .name = "leadpipe schema",
        .tagline = "the columns of a lead, in order, with their kind and the stage that adds them",
        .operands = "",
        .about = "Prints the columns in the order in which every stage writes them.",
        .examples = examples,
        .tables = {options},
    };
    static const struct {
        const char *name;
        void (*print)(void);
    } formats[] = {{"text", print_text},
                   {"csvkit", print_csvkit},
                   {"duckdb", print_duckdb},
                   {"json", print_json}};
    program_start(command.name);
    struct operands operands = option_parse(&command, argc, argv);
    if (operands.count) message_usage("takes no file: '%s'", operands.items[0]);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(format, formats[i].name) != 0) continue;
        formats[i].print();
        return program_finish(EXIT_DONE);
    }
    message_usage("--for: '%s' is not text, csvkit, duckdb or json", format);
}
