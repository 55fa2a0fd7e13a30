// Options as tables: from one row come the parsing, --help, --man and --list-options.
//
//     static const char *rejects;
//     static const struct option options[] = {
//         {OPTION_TEXT, 0, "rejects", "FILE", "write refused records to FILE", &rejects},
//         {0},
//     };
//
// --name value, --name=value, -n value, -nvalue, -ab; options and operands in any order; "--" ends
// the options; no abbreviations. Every program also has --help, --version, --man, --list-options.
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_kind {
    OPTION_END,
    OPTION_FLAG,   // bool
    OPTION_TEXT,   // const char *
    OPTION_LIST,   // struct option_list: may be given several times
    OPTION_NUMBER, // long, whole, not negative
    OPTION_SIZE,   // uint64_t bytes: 512M, 4G, 1048576
    OPTION_TIME,   // struct option_time: 2026-11-24, 2026-11-24T06:00, ...Z
};

enum { OPTION_LIST_MAX = 64 };

struct option_list {
    const char *items[OPTION_LIST_MAX];
    size_t count;
};

struct option_time {
    int64_t seconds; // since 1970-01-01 UTC
    bool is_set;
};

struct option {
    enum option_kind kind;
    char letter; // 0 = none
    const char *name, *argument, *help;
    void *value;
};

enum { OPTION_TABLES_MAX = 12 };

// What to say of an option that another program has.
struct option_hint {
    const char *name, *hint;
};

struct command {
    const char *name;                               // "lead-validate", or "leadpipe run"
    const char *tagline;                            // one line, lower case
    const char *operands;                           // "[FILE...]"
    const char *about;                              // paragraphs for --help and the manual
    const char *const *examples;                    // NULL-terminated
    const struct option *tables[OPTION_TABLES_MAX]; // NULL-terminated
    const struct option_hint *hints;                // may be NULL; ends with a row without a name
};

struct operands {
    const char **items;
    size_t count;
};

// Reads the arguments into the tables' values. Answers --help and the like and ends the program;
// wrong use ends it with a message, a hint and status 2, before any input is read.
struct operands option_parse(const struct command *command, int argc, char **argv);

#endif
