// Bytes of an input, from wherever they come: a file, standard input, a pipe; plain, .gz or .zst.
//
//     struct input *input = input_open("leads.csv.gz", &err);      // "-" is standard input
//     ssize_t got;
//     while ((got = input_read(input, room, sizeof room, &err)) > 0) ...
//     input_close(input);
//
// Compression is recognised by its first bytes, never by the name. A truncated or damaged stream is
// an error that says so, after the bytes before it have been delivered.
#ifndef CSV_INPUT_H
#define CSV_INPUT_H

#include <sys/types.h>

#include "core/base/err.h"
#include "core/base/hash.h"
#include "core/base/str.h"

struct input;

// Opens a path, or standard input for "-". A directory is an error. NULL and err on failure.
struct input *input_open(const char *path, struct err *err);

// Reads up to len decoded bytes; 0 at the end, -1 with err on failure. Short reads happen only at
// the end: a pipe is read until len bytes are there. EINTR is handled; *stop (see below) ends it.
ssize_t input_read(struct input *input, char *out, size_t len, struct err *err);

// How messages name it: the path as given, or "<stdin>".
const char *input_name(const struct input *input);

// The base name of the path ("leads.csv.gz"), or "stdin".
str input_base_name(const struct input *input);

// Bytes of the file on disk and how many have been consumed; 0 total when unknown (a pipe).
void input_progress(const struct input *input, uint64_t *done, uint64_t *total);

// XXH3-128 of the bytes as they are on disk that were read so far.
hash128 input_digest(const struct input *input);

void input_close(struct input *input); // NULL allowed

#endif
