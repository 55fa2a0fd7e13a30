// A private file without a name, for what does not fit in memory.
//
//     struct temp_file file;
//     temp_file_init(&file, "/tmp");
//     uint64_t at = temp_file_take(&file, len);          // one thread at a time
//     temp_file_write(&file, text, at, &err);            // any thread
//
// The file is made by the first write and is gone when it is released, however the program ends.
#ifndef DEDUPE_TEMPFILE_H
#define DEDUPE_TEMPFILE_H

#include <pthread.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/str.h"

struct temp_file {
    const char *dir;
    int file; // -1 until something is written
    uint64_t bytes;
    pthread_mutex_t lock;
};

void temp_file_init(struct temp_file *file, const char *dir);
void temp_file_release(struct temp_file *file);

// Where `len` bytes can be put that nobody else was given. Makes the file, and looks whether its
// disk has that much room. Thread-safe. False with err.
bool temp_file_take(struct temp_file *file, size_t len, uint64_t *at, struct err *err);

// Thread-safe. False with err; so is reading what was not written.
bool temp_file_write(const struct temp_file *file, str text, uint64_t at, struct err *err);
bool temp_file_read(const struct temp_file *file, void *out, size_t len, uint64_t at,
                    struct err *err);

#endif
