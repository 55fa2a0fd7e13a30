// Everything a program says to people: on standard error, one line a message, program name first,
// control characters and bytes that are not UTF-8 masked (a lead's name must not steer a terminal).
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include "core/base/buffer.h"
#include "core/base/err.h"

// Exit codes of every program (design section 7).
enum exit_code { EXIT_DONE = 0, EXIT_HELD_BACK = 1, EXIT_TROUBLE = 2 };

// Sets the name that messages begin with, and whether only trouble is to be said.
void message_program(const char *name);
void message_quiet(bool quiet);
bool message_is_quiet(void);

// "program: text". Not said when quiet.
__attribute__((format(printf, 1, 2))) void message_note(const char *format, ...);

// "program: warning: text". Not said when quiet.
__attribute__((format(printf, 1, 2))) void message_warning(const char *format, ...);

// "program: file:line: text" and the hint on a line of its own. Nothing for ERR_STOPPED.
void message_error(const struct err *err);

// Text that is already laid out (rule diagnostics), line by line, masked, without program name.
void message_block(str text);

// Appends text with what a terminal would obey, and what is not UTF-8, as "?"; LF stays.
void message_mask(str text, struct buffer *out);

// The error of wrong usage: the message, "Try 'x --help'", and the end of the program with
// status 2.
__attribute__((noreturn, format(printf, 1, 2))) void message_usage(const char *format, ...);

// Clears the progress line, if one stands on the terminal, before anything else is written there.
void message_before(void (*hook)(void));

#endif
