// Bytes of an input, from wherever they come: a file, standard input, a pipe; plain, .gz or .zst.
//
//     struct input *input = input_open("leads.csv.gz", &err);      // "-" is standard input
//     ssize_t got;
//     while ((got = input_read(input, room, sizeof room, &err)) > 0) ...
//     input_close(input);
//
// Compression is recognised by its first bytes, never by the name; several gzip members or zstd
// frames in a row are one input. A truncated or damaged stream is an error that says so, after the
// bytes before it have been delivered.
//
// Files are read, not mapped. A map delivers 12.5 GB/s where read delivers 7.7 (page cache, Zen 4),
// but would have to be copied into the caller's room, and a file that is cut while it is mapped is
// a SIGBUS.
#ifndef CSV_INPUT_H
#define CSV_INPUT_H

#include <stdatomic.h>
#include <sys/types.h>

#include "core/base/err.h"
#include "core/base/hash.h"
#include "core/base/str.h"

struct input;

// Opens a path, or standard input for "-". Reads nothing yet. NULL and err (ERR_IO) on failure; a
// directory is one.
struct input *input_open(const char *path, struct err *err);

// From now on a read ends with ERR_STOPPED once *stop is set, which is looked at before every
// read() and, while one has to wait for bytes, ten times a second: whichever thread took the
// signal. stop lives as long as the input.
void input_stop_on(struct input *input, const atomic_bool *stop);

// From now on no digest is made: for who will read the file again from its start.
void input_skip_digest(struct input *input);

// Reads up to len unpacked bytes; 0 at the end, -1 with err on failure (ERR_IO, ERR_DATA for a
// damaged stream), which later calls repeat. Short reads happen only at the end and before an
// error: a pipe is read until len bytes are there. EINTR and EAGAIN are handled. Costs what the
// system's read costs plus the digest (0.1 ms a MiB).
ssize_t input_read(struct input *input, char *out, size_t len, struct err *err);

// How messages name it: the path as given, or "<stdin>".
const char *input_name(const struct input *input);

// The base name of the path ("leads.csv.gz"), or "stdin".
str input_base_name(const struct input *input);

// Bytes of the file on disk and how many have been consumed; 0 total when unknown (a pipe). May be
// called by another thread than the one that reads.
void input_progress(const struct input *input, uint64_t *done, uint64_t *total);

// XXH3-128 of the bytes as they are on disk that were read so far: of the whole file once
// input_read has returned 0. Not after input_skip_digest.
hash128 input_digest(const struct input *input);

void input_close(struct input *input); // NULL allowed

#endif
