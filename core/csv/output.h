// Where records go: standard output, or a file that appears under its name only when it is whole.
//
//     struct output *output = output_open("leads.csv", &err);      // "-" is standard output
//     output_write(output, text, &err);
//     if (!output_publish(output, &err)) ...
//     output_close(output);
//
// A file is written beside its name (leads.csv.XXXXXX), synchronised once and renamed by
// output_publish; output_close removes it when it was not published, and so does every failure.
// A new file has mode 0666 less umask; one that replaces a file takes over its permissions, so that
// a private list stays private. A name that is a symbolic link to a file is itself replaced: what
// it pointed to is never touched. A name ending in .gz or .zst is compressed.
//
// What is there and is no file (a FIFO, /dev/null, a terminal) is written in place, and
// /dev/stdout, /dev/stderr and /dev/fd/N are the program's own descriptors. A pipe is set to 1 MiB
// where that is allowed. What was written in place cannot be taken back.
//
// Writes are gathered to 128 KiB; memory is that and, when compressing, 0.3 to 1.5 MiB. One thread
// at a time may use an output.
//
// outputs_unlink_all is for a program that is about to die of a signal or of lack of memory: it
// removes every unfinished file (the first 256 that are open at once) and is safe in a signal
// handler. File names are kept as given, so a program that changes its folder must not use it.
#ifndef CSV_OUTPUT_H
#define CSV_OUTPUT_H

#include <stdatomic.h>

#include "core/base/err.h"
#include "core/base/str.h"

struct output;

// Opens a path for writing, or standard output for "-". NULL and err (ERR_IO) when the file cannot
// be created; a directory is such a case.
struct output *output_open(const char *path, struct err *err);

// From now on a write that would wait for its reader (of a pipe, a FIFO or a socket) ends with
// ERR_STOPPED once *stop is set, which is looked at ten times a second: whichever thread took the
// signal. What else is written in place, a terminal, ends when the signal interrupts the write
// itself; files are written on. Before the first write; stop lives as long as the output. What
// cannot be opened once more, not to block, is written 4 KiB at a time.
void output_stop_on(struct output *output, const atomic_bool *stop);

// How messages name it: the path as given, or "<stdout>".
const char *output_name(const struct output *output);

// Writes all of it, now or later. A full disk (ERR_IO) or a reader that has gone away (ERR_STOPPED,
// for EPIPE; SIGPIPE must be ignored for that) returns false; the error is kept and given again by
// later calls. Keeps no pointer into bytes.
bool output_write(struct output *output, str bytes, struct err *err);

// Hands on what has been gathered: for a filter whose input pauses. Compressed data may stay
// inside.
bool output_flush(struct output *output, struct err *err);

// Finishes: flush, fdatasync, rename, and one fsync of the folder. False and err when the file does
// not stand under its name. A folder that cannot be synchronised is no failure: the file is whole
// and there, and after a crash of the machine either it or the one before is. Once published,
// further calls do nothing and return true.
bool output_publish(struct output *output, struct err *err);

// The same for several: all are finished and synchronised before the first is renamed, and each
// folder is synchronised once. They are renamed in the given order, so the one that others wait for
// comes last. False and err when one failed; then those before it are published and the others not.
bool output_publish_all(struct output *outputs[], size_t count, struct err *err);

void output_close(struct output *output); // NULL allowed

// Bytes given to output_write, before compression.
uint64_t output_bytes(const struct output *output);

void outputs_unlink_all(void);

#endif
