// What is wrong with rule files, said the way compilers do: file:line:column, the line, a caret,
// one hint.
//
//     struct diagnostics found = {0};
//     ...                                 // parsing adds to it
//     diagnostics_write(&found, &text);   // for the program to print
//     diagnostics_release(&found);
//
// Warnings are held back while there are errors: what is not understood cannot be judged. At most
// 20 of a kind are written, then "and N more".
#ifndef RULES_DIAGNOSTICS_H
#define RULES_DIAGNOSTICS_H

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/base/err.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

// A place in a rule file. Views live as long as the rulebook that read the file.
struct rule_place {
    const char *file;
    int line, column; // 1-based; column counts bytes. 0 = unknown
    str text;         // the whole line
};

struct diagnostic;

struct diagnostics {
    struct arena arena;
    struct diagnostic *first, **last;
    size_t errors, warnings;
};

// Adds a message. hint may be NULL. The texts are copied.
__attribute__((format(printf, 5, 6))) void
diagnostics_add(struct diagnostics *diagnostics, enum severity severity, struct rule_place place,
                const char *hint, const char *format, ...);

// Appends every message, in the order of file and line they were added in, and nothing else.
void diagnostics_write(const struct diagnostics *diagnostics, struct buffer *out);

// Sets err from the first error (kind ERR_RULES). Returns true when there are no errors.
bool diagnostics_ok(const struct diagnostics *diagnostics, struct err *err);

void diagnostics_release(struct diagnostics *diagnostics);

#endif
