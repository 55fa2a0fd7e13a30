// Where records go: standard output, or a file that appears under its name only when it is whole.
//
//     struct output *output = output_open("leads.csv", &err);      // "-" is standard output
//     output_write(output, text, &err);
//     if (!output_publish(output, &err)) ...
//
// A file is written beside its name (leads.csv.XXXXXX, mode 0666 less umask), synchronised once and
// renamed by output_publish; output_discard removes it, and so does output_close when nothing was
// published. A name ending in .gz or .zst is compressed. A pipe is set to 1 MiB where that is
// allowed. /dev/* and FIFOs are written in place.
//
// outputs_unlink_all is for a program that is about to die of a signal or of lack of memory: it
// removes every unfinished file and is safe in a signal handler.
#ifndef CSV_OUTPUT_H
#define CSV_OUTPUT_H

#include "core/base/err.h"
#include "core/base/str.h"

struct output;

struct output *output_open(const char *path, struct err *err);

// Writes all of it. A full disk or a reader that has gone away (ERR_STOPPED, for EPIPE) returns
// false; the error is kept and given again by later calls.
bool output_write(struct output *output, str bytes, struct err *err);

// Finishes: flush, fdatasync, rename, and one fsync of the folder.
bool output_publish(struct output *output, struct err *err);

void output_close(struct output *output); // NULL allowed

uint64_t output_bytes(const struct output *output);

void outputs_unlink_all(void);

#endif
