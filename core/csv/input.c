#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "packing.h"

// Packed bytes are read this much at a time.
enum { PACKED_BYTES = 256 << 10 };

// No more than this goes through one read(), so that the digest finds the bytes in the cache.
enum { READ_BYTES_MAX = 1 << 20 };

// What a pipe can hold, when it is ours to say.
enum { PIPE_BYTES = 1 << 20 };

// How long a set stop flag may go unnoticed while an input waits for bytes.
enum { STOP_LOOK_MS = 100 };

struct input {
    char *path; // as it was given
    int fd;
    struct unpacker *unpacker; // NULL for a plain input
    char *ahead;               // bytes read and not yet delivered: the first ones, or packed ones
    size_t ahead_at, ahead_len;
    bool has_ended; // read() has returned 0
    bool is_recognised;
    enum packing packing; // once it is recognised
    const atomic_bool *stop;
    struct hash_stream *digest;
    _Atomic uint64_t done;
    uint64_t total;
    struct err failed;
};

static bool is_stdin(const struct input *input) { return strcmp(input->path, "-") == 0; }

const char *input_name(const struct input *input)
{
    return is_stdin(input) ? "<stdin>" : input->path;
}

str input_base_name(const struct input *input)
{
    if (is_stdin(input)) return STR("stdin");
    const char *slash = strrchr(input->path, '/');
    return str_of(slash ? slash + 1 : input->path);
}

static ssize_t fail(const struct input *input, struct err *err)
{
    if (err && err->kind == ERR_NONE) *err = input->failed;
    return -1;
}

static bool must_stop(struct input *input)
{
    if (!input->stop || !atomic_load_explicit(input->stop, memory_order_relaxed)) return false;
    err_set(&input->failed, ERR_STOPPED, input_name(input), 0, "stopped");
    return true;
}

// Waits until a read will not block; false when the input is to stop first. It wakes up now and
// then to look: a signal may come just before the wait, or be taken by another thread.
static bool wait_readable(struct input *input)
{
    struct pollfd wait = {.fd = input->fd, .events = POLLIN};
    int ready;
    do {
        if (must_stop(input)) return false;
        ready = poll(&wait, 1, input->stop ? STOP_LOOK_MS : -1);
    } while (ready == 0 || (ready < 0 && errno == EINTR));
    return true; // also when poll fails: then read says why
}

// One read(): up to len bytes as they are on disk. 0 at the end and on failure.
static size_t read_some(struct input *input, char *out, size_t len)
{
    if (input->has_ended || input->failed.kind) return 0;
    errno = 0;
    for (;;) {
        // A wait that can be stopped, or is needed since the descriptor was set not to block.
        if ((input->stop || errno == EAGAIN) && !wait_readable(input)) return 0;
        ssize_t got = read(input->fd, out, len < READ_BYTES_MAX ? len : READ_BYTES_MAX);
        if (got > 0) {
            if (input->digest) hash_stream_add(input->digest, (str){out, (size_t)got});
            atomic_fetch_add_explicit(&input->done, (uint64_t)got, memory_order_relaxed);
            return (size_t)got;
        }
        if (got == 0) {
            input->has_ended = true;
            return 0;
        }
        if (errno != EINTR && errno != EAGAIN) {
            err_set(&input->failed, ERR_IO, input_name(input), 0, "cannot read: %s",
                    strerror(errno));
            return 0;
        }
    }
}

static size_t take_ahead(struct input *input, char *out, size_t len)
{
    size_t left = input->ahead_len - input->ahead_at;
    if (left < len) len = left;
    if (len) memcpy(out, input->ahead + input->ahead_at, len);
    input->ahead_at += len;
    return len;
}

static size_t read_plain(struct input *input, char *out, size_t len)
{
    size_t got = take_ahead(input, out, len);
    while (got < len) {
        size_t more = read_some(input, out + got, len - got);
        if (more == 0) break;
        got += more;
    }
    return got;
}

static void set_damaged(struct input *input, const char *why)
{
    err_set(&input->failed, ERR_DATA, input_name(input), 0, "the %s data is damaged: %s",
            packing_name(input->packing), why);
    err_hint(&input->failed, "copy or download the file again");
}

static void set_truncated(struct input *input)
{
    err_set(&input->failed, ERR_DATA, input_name(input), 0,
            "the %s data ends early: the file is truncated", packing_name(input->packing));
    err_hint(&input->failed, "copy or download the file again");
}

static size_t read_packed(struct input *input, char *out, size_t len)
{
    size_t got = 0;
    while (got < len && !input->failed.kind) {
        if (input->ahead_at == input->ahead_len) {
            input->ahead_at = 0;
            input->ahead_len = read_some(input, input->ahead, PACKED_BYTES);
            if (input->failed.kind) break;
        }
        str packed = {input->ahead + input->ahead_at, input->ahead_len - input->ahead_at};
        size_t before = packed.len, more;
        const char *why;
        bool ok = unpack(input->unpacker, &packed, out + got, len - got, &more, &why);
        input->ahead_at = input->ahead_len - packed.len;
        got += more;
        if (!ok) {
            set_damaged(input, why);
            break;
        }
        if (more == 0 && packed.len == before && input->has_ended) {
            if (!unpacker_is_between(input->unpacker)) set_truncated(input);
            break;
        }
    }
    return got;
}

// Reads the first bytes and decides from them. Not done by input_open, because a read can be
// stopped and an open cannot.
static void recognise(struct input *input)
{
    input->is_recognised = true;
    input->ahead = memory_alloc(PACKED_BYTES);
    while (input->ahead_len < PACKING_MAGIC_BYTES) {
        size_t got =
            read_some(input, input->ahead + input->ahead_len, PACKED_BYTES - input->ahead_len);
        if (got == 0) break;
        input->ahead_len += got;
    }
    input->packing = packing_of_bytes((str){input->ahead, input->ahead_len});
    if (input->packing != PACKING_NONE) input->unpacker = unpacker_open(input->packing);
}

ssize_t input_read(struct input *input, char *out, size_t len, struct err *err)
{
    if (!input->is_recognised) recognise(input);
    size_t got = input->unpacker ? read_packed(input, out, len) : read_plain(input, out, len);
    return got == 0 && len > 0 && input->failed.kind ? fail(input, err) : (ssize_t)got;
}

// What kind of thing the descriptor is. A directory can be opened but not read.
static bool look_at(struct input *input, struct err *err)
{
    struct stat status;
    if (fstat(input->fd, &status) < 0) {
        return err_set(err, ERR_IO, input_name(input), 0, "cannot read: %s", strerror(errno));
    }
    if (S_ISDIR(status.st_mode)) {
        err_set(err, ERR_IO, input_name(input), 0, "cannot read: it is a directory");
        return err_hint(err, "name the files in it, such as its *.csv");
    }
    if (S_ISREG(status.st_mode)) {
        off_t at = lseek(input->fd, 0, SEEK_CUR);
        if (at >= 0 && at < status.st_size) input->total = (uint64_t)(status.st_size - at);
        (void)posix_fadvise(input->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    } else if (S_ISFIFO(status.st_mode) && fcntl(input->fd, F_GETPIPE_SZ) < PIPE_BYTES) {
        (void)fcntl(input->fd, F_SETPIPE_SZ, PIPE_BYTES);
    }
    return true;
}

static int open_again(const char *path)
{
    int fd;
    do {
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

struct input *input_open(const char *path, struct err *err)
{
    struct input *input = memory_zeroed(1, sizeof *input);
    size_t bytes = strlen(path) + 1;
    input->path = memcpy(memory_alloc(bytes), path, bytes);
    input->fd = is_stdin(input) ? STDIN_FILENO : open_again(path);
    if (input->fd < 0) {
        err_set(err, ERR_IO, path, 0, "cannot open: %s", strerror(errno));
        input_close(input);
        return NULL;
    }
    if (!look_at(input, err)) {
        input_close(input);
        return NULL;
    }
    input->digest = hash_stream_new();
    return input;
}

void input_stop_on(struct input *input, const atomic_bool *stop) { input->stop = stop; }

void input_progress(const struct input *input, uint64_t *done, uint64_t *total)
{
    *done = atomic_load_explicit(&input->done, memory_order_relaxed);
    *total = input->total;
}

void input_skip_digest(struct input *input)
{
    hash_stream_free(input->digest);
    input->digest = NULL;
}

hash128 input_digest(const struct input *input) { return hash_stream_digest(input->digest); }

void input_close(struct input *input)
{
    if (!input) return;
    if (input->fd >= 0 && !is_stdin(input)) (void)close(input->fd);
    unpacker_close(input->unpacker);
    hash_stream_free(input->digest);
    memory_free(input->ahead);
    memory_free(input->path);
    memory_free(input);
}
