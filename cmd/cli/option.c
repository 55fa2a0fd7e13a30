#include "option.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/suggest.h"
#include "core/base/timestamp.h"
#include "help.h"
#include "message.h"
#include "program.h"

static const struct option *find(const struct command *command, str name, char letter)
{
    for (size_t i = 0; i < OPTION_TABLES_MAX && command->tables[i]; i++) {
        for (const struct option *option = command->tables[i]; option->kind; option++) {
            if (letter ? option->letter == letter : str_equal(str_of(option->name), name)) {
                return option;
            }
        }
    }
    return NULL;
}

__attribute__((noreturn)) static void unknown(const struct command *command, str name,
                                              const char *shown)
{
    static const char *const standard[] = {"help", "version", "man", "list-options"};
    for (const struct option_hint *hint = command->hints; hint && hint->name; hint++) {
        if (!str_equal(str_of(hint->name), name)) continue;
        message_usage("no such option: %s (%s)", shown, hint->hint);
    }
    struct suggestion best = suggest_start(name);
    for (size_t i = 0; i < 4; i++) suggest_offer(&best, str_of(standard[i]));
    for (size_t i = 0; i < OPTION_TABLES_MAX && command->tables[i]; i++) {
        for (const struct option *option = command->tables[i]; option->kind; option++) {
            suggest_offer(&best, str_of(option->name));
        }
    }
    if (!best.word.len) message_usage("no such option: %s", shown);
    message_usage("no such option: %s (did you mean --%.*s?)", shown, STR_ARG(best.word));
}

static bool read_number(const char *text, long *number)
{
    char *end;
    errno = 0;
    *number = strtol(text, &end, 10);
    return !errno && end != text && *end == '\0' && byte_is_digit(text[0]);
}

static bool read_size(const char *text, uint64_t *bytes)
{
    static const char units[] = "KMGT";
    char *end;
    errno = 0;
    if (!byte_is_digit(text[0])) return false;
    *bytes = strtoull(text, &end, 10);
    if (errno || end == text) return false;
    const char *unit = byte_is_letter(*end) ? strchr(units, *end & ~32) : NULL;
    if (*end && !unit) return false;
    if (!unit) return true;
    unsigned shift = 10 * (unsigned)(unit - units + 1);
    if (*bytes > UINT64_MAX >> shift) return false;
    *bytes <<= shift;
    return end[1] == '\0' || strcmp(end + 1, "iB") == 0 || strcmp(end + 1, "B") == 0;
}

static void set(const struct option *option, const char *value, const char *shown)
{
    struct option_list *list;
    struct option_time *time;
    switch (option->kind) {
    case OPTION_FLAG: *(bool *)option->value = true; break;
    case OPTION_TEXT: *(const char **)option->value = value; break;
    case OPTION_LIST:
        list = option->value;
        if (list->count == OPTION_LIST_MAX) message_usage("%s: given too often", shown);
        list->items[list->count++] = value;
        break;
    case OPTION_NUMBER:
        if (!read_number(value, option->value)) {
            message_usage("%s: '%s' is not a whole number", shown, value);
        }
        break;
    case OPTION_SIZE:
        if (!read_size(value, option->value)) {
            message_usage("%s: '%s' is not a size such as 512M or 4G", shown, value);
        }
        break;
    case OPTION_TIME:
        time = option->value;
        time->is_set = true;
        if (!timestamp_parse(str_of(value), &time->seconds)) {
            message_usage("%s: '%s' is not a time such as 2026-11-24 or 2026-11-24T06:00Z", shown,
                          value);
        }
        break;
    case OPTION_END: break;
    }
}

// --name, --name=value, --name value. Returns how many arguments were used.
static int take_long(const struct command *command, char **argv, int i)
{
    str name = str_of(argv[i] + 2);
    ptrdiff_t equals = str_find(name, '=');
    const char *value = equals < 0 ? argv[i + 1] : argv[i] + 2 + equals + 1;
    if (equals >= 0) name.len = (size_t)equals;
    const struct option *option = find(command, name, '\0');
    if (!option) unknown(command, name, argv[i]);
    if (option->kind == OPTION_FLAG) {
        if (equals >= 0) message_usage("--%s takes no value", option->name);
        set(option, NULL, argv[i]);
        return 1;
    }
    if (!value) message_usage("%s needs a value: %s", argv[i], option->argument);
    set(option, value, argv[i]);
    return equals < 0 ? 2 : 1;
}

// -a, -ab, -avalue, -a value
static int take_short(const struct command *command, char **argv, int i)
{
    for (const char *at = argv[i] + 1; *at; at++) {
        const struct option *option = find(command, (str){0}, *at);
        if (!option) unknown(command, str_of(argv[i] + 1), argv[i]);
        if (option->kind == OPTION_FLAG) {
            set(option, NULL, argv[i]);
            continue;
        }
        const char *value = at[1] ? at + 1 : argv[i + 1];
        if (!value) message_usage("-%c needs a value: %s", *at, option->argument);
        set(option, value, argv[i]);
        return at[1] ? 1 : 2;
    }
    return 1;
}

static void answer(const struct command *command, const char *argument)
{
    if (strcmp(argument, "--help") == 0)
        help_print(command);
    else if (strcmp(argument, "--version") == 0)
        help_print_version(command);
    else if (strcmp(argument, "--man") == 0)
        help_print_manual(command);
    else if (strcmp(argument, "--list-options") == 0)
        help_print_options(command);
    else
        return;
    exit(program_finish(EXIT_DONE));
}

struct operands option_parse(const struct command *command, int argc, char **argv)
{
    // One more than there can be: a program may put "-" where none was given.
    struct operands operands = {memory_zeroed((size_t)argc + 1, sizeof(char *)), 0};
    for (int i = 1; i < argc;) {
        if (strcmp(argv[i], "--") == 0) {
            for (i++; i < argc; i++) operands.items[operands.count++] = argv[i];
        } else if (argv[i][0] != '-' || !argv[i][1]) {
            operands.items[operands.count++] = argv[i++];
        } else {
            answer(command, argv[i]);
            i += argv[i][1] == '-' ? take_long(command, argv, i) : take_short(command, argv, i);
        }
    }
    return operands;
}
