// The life of a program: what must hold from its first line to its last.
#ifndef CLI_PROGRAM_H
#define CLI_PROGRAM_H

#include <stdatomic.h>

#include "core/base/err.h"
#include "message.h"

// Call first: the name for messages, what happens without memory, signals. SIGINT and SIGTERM set
// program_stop; a second one ends at once. Unfinished output files are removed in every case.
void program_start(const char *name);

const atomic_bool *program_stop(void);

// Bytes of memory the process takes now, what is mapped of files left out. 0 when the system does
// not tell.
uint64_t program_memory(void);

// Tells that everything has been published: whatever fails from now on, even for want of memory,
// the work is done and the status 0.
void program_published(void);

// Tells that something must be looked at though the work is done: the status becomes 1.
void program_hold_back(void);

// Call last: closes standard output, turning a late write error into status 2, and dies of the
// signal that stopped the program, if one did. Returns the exit status.
int program_finish(int status);

// The end after a failure: says it and returns status 2. A reader that went away ends the program
// by SIGPIPE, without a word.
int program_fail(const struct err *err);

#endif
