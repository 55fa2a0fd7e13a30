#include "output.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "packing.h"
#include "unfinished.h"

// Writes below the first are gathered up to the second. Neither is 64 KiB, the size of a pipe that
// could not be enlarged: filling one exactly makes writer and reader take turns. In a file a call
// costs less than a copy sooner.
enum { DIRECT_BYTES = 96 << 10, DIRECT_FILE_BYTES = 16 << 10, GATHER_BYTES = 128 << 10 };

enum { PIPE_BYTES = 1 << 20 };

// What is published is synchronised first, and whoever waits for that has nothing else to do: so
// the disk is given its work in pieces of this size while more is written.
enum { BEHIND_BYTES = 8 << 20 };

// How long a set stop flag may go unnoticed while a reader takes nothing.
enum { STOP_LOOK_MS = 100 };

enum { NAME_TRIES = 100, NAME_RANDOM = 6 };

// Of the file's own name, this much goes into the unfinished one's: NAME_MAX is 255.
enum { NAME_KEPT_MAX = 240 };

struct output {
    char *path;     // as it was given
    char *folder;   // its folder; held, so that nothing can fail for lack of memory once renamed
    char *beside;   // the unfinished file, NULL when written in place
    int fd;         // -1 once closed
    bool owns_fd;   // false for standard output
    bool may_block; // a write waits for a reader, and cannot be told not to
    const atomic_bool *stop;
    int unfinished; // place in the table, or -1
    bool is_published, is_folder_synced;
    struct packer *packer; // NULL when not compressed
    struct buffer gathered;
    uint64_t bytes;
    uint64_t written, handed_over; // of beside: to the file, and of that to the disk
    struct err failed;
};

static char *copy_bytes(const char *text, size_t len)
{
    char *copy = memory_alloc(len + 1);
    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

static bool is_stdout(const struct output *output) { return strcmp(output->path, "-") == 0; }

const char *output_name(const struct output *output)
{
    return is_stdout(output) ? "<stdout>" : output->path;
}

uint64_t output_bytes(const struct output *output) { return output->bytes; }

void outputs_unlink_all(void) { unfinished_unlink_all(); }

static bool repeat(const struct output *output, struct err *err)
{
    if (err && err->kind == ERR_NONE) *err = output->failed;
    return false;
}

// Gives the unfinished file up: at once, so that a full disk has room again.
static void discard(struct output *output)
{
    if (output->fd >= 0 && output->owns_fd) (void)close(output->fd);
    output->fd = -1;
    if (output->beside && !output->is_published) (void)unlink(output->beside);
    unfinished_remove(output->unfinished);
    output->unfinished = -1;
}

static bool fail(struct output *output, const char *what, int error)
{
    err_set(&output->failed, error == EPIPE ? ERR_STOPPED : ERR_IO, output_name(output), 0,
            "%s: %s", what, strerror(error));
    discard(output);
    return false;
}

static bool must_stop(struct output *output)
{
    if (!output->stop || !atomic_load_explicit(output->stop, memory_order_relaxed)) return false;
    err_set(&output->failed, ERR_STOPPED, output_name(output), 0, "stopped");
    discard(output);
    return true;
}

// Waits until a write will not block; false when the output is to stop first. It wakes up now and
// then to look, as input.c does.
static bool wait_writable(struct output *output)
{
    struct pollfd wait = {.fd = output->fd, .events = POLLOUT};
    int ready;
    do {
        if (must_stop(output)) return false;
        ready = poll(&wait, 1, output->stop ? STOP_LOOK_MS : -1);
    } while (ready == 0 || (ready < 0 && errno == EINTR));
    return true; // also when poll fails: then write says why
}

// Only begins to: what becomes of it is told by sync_file.
static void hand_over(struct output *output)
{
    uint64_t len = output->written - output->handed_over;
    if (!output->beside || len < BEHIND_BYTES) return;
    (void)sync_file_range(output->fd, (off_t)output->handed_over, (off_t)len,
                          SYNC_FILE_RANGE_WRITE);
    output->handed_over = output->written;
}

static bool write_all(struct output *output, str bytes)
{
    while (bytes.len) {
        if (output->may_block && !wait_writable(output)) return false;
        // What is ready to be written takes this much without blocking.
        size_t len = output->may_block && bytes.len > PIPE_BUF ? PIPE_BUF : bytes.len;
        ssize_t put = write(output->fd, bytes.data, len);
        if (put > 0) {
            bytes = str_from(bytes, (size_t)put);
            output->written += (uint64_t)put;
            hand_over(output);
        } else if (put < 0 && errno == EAGAIN) {
            if (!wait_writable(output)) return false;
        } else if (put == 0 || errno != EINTR) {
            // A device that takes nothing and does not say why would be asked forever.
            return fail(output, "cannot write", put == 0 ? ENOSPC : errno);
        }
        // Cut short, perhaps by the signal.
        if (put < (ssize_t)len && !output->beside && must_stop(output)) return false;
    }
    return true;
}

static bool write_gathered(struct output *output)
{
    bool ok = write_all(output, buffer_str(&output->gathered));
    buffer_clear(&output->gathered);
    return ok;
}

static bool write_packed(struct output *output, str bytes, bool finish)
{
    if (!pack(output->packer, bytes, finish, &output->gathered)) {
        return fail(output, "cannot compress", ENOMEM);
    }
    return output->gathered.len < DIRECT_BYTES || write_gathered(output);
}

static bool write_plain(struct output *output, str bytes)
{
    bool is_direct = bytes.len >= (output->beside ? DIRECT_FILE_BYTES : DIRECT_BYTES);
    if (is_direct || output->gathered.len + bytes.len > GATHER_BYTES) {
        if (!write_gathered(output)) return false;
    }
    if (is_direct) return write_all(output, bytes);
    if (!output->gathered.data) buffer_room(&output->gathered, GATHER_BYTES);
    buffer_add(&output->gathered, bytes);
    return true;
}

bool output_write(struct output *output, str bytes, struct err *err)
{
    assert(!output->is_published);
    if (output->failed.kind) return repeat(output, err);
    output->bytes += bytes.len;
    bool ok = output->packer ? write_packed(output, bytes, false) : write_plain(output, bytes);
    return ok || repeat(output, err);
}

bool output_flush(struct output *output, struct err *err)
{
    if (output->failed.kind) return repeat(output, err);
    return write_gathered(output) || repeat(output, err);
}

// Opening

// The folder part of a path, "" for the current one.
static str folder_of(const struct output *output)
{
    const char *slash = strrchr(output->path, '/');
    return (str){output->path, slash ? (size_t)(slash + 1 - output->path) : 0};
}

static const char *file_name(const struct output *output)
{
    return output->path + folder_of(output).len;
}

// The descriptor that /dev/stdout, /dev/stderr or /dev/fd/N stands for, or -1. Opening these would
// begin a second time at the start of a file that was redirected to.
static int own_descriptor(const char *path)
{
    if (strcmp(path, "/dev/stdout") == 0) return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0) return STDERR_FILENO;
    str number = str_of(path), prefix = STR("/dev/fd/");
    if (!str_starts(number, prefix) || number.len == prefix.len) return -1;
    int fd = 0;
    for (number = str_from(number, prefix.len); number.len; number = str_from(number, 1)) {
        if (!byte_is_digit(number.data[0]) || fd > 9999) return -1;
        fd = fd * 10 + (number.data[0] - '0');
    }
    return fd;
}

static bool open_in_place(struct output *output)
{
    output->owns_fd = true;
    int own = own_descriptor(output->path);
    do {
        output->fd = own >= 0 ? fcntl(own, F_DUPFD_CLOEXEC, 3)
                              : open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    } while (output->fd < 0 && errno == EINTR);
    return output->fd >= 0 || fail(output, "cannot open", errno);
}

// The name for an unfinished file: the path with random letters behind it, as mkstemp has them.
// mkstemp itself would give the file mode 0600, and what it should be instead is only learnt by
// changing the umask of all threads.
static char *name_beside(const struct output *output)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    unsigned char random[NAME_RANDOM];
    if (getrandom(random, sizeof random, 0) != sizeof random) return NULL;
    size_t name_len = strlen(file_name(output));
    size_t kept = folder_of(output).len + (name_len < NAME_KEPT_MAX ? name_len : NAME_KEPT_MAX);
    char *beside = memory_alloc(kept + 1 + NAME_RANDOM + 1);
    memcpy(beside, output->path, kept);
    beside[kept] = '.';
    for (int i = 0; i < NAME_RANDOM; i++) beside[kept + 1 + i] = letters[random[i] & 63];
    beside[kept + 1 + NAME_RANDOM] = '\0';
    return beside;
}

// Creates output->beside; false with errno, and nothing to remove, when that fails.
static bool try_beside(struct output *output, mode_t mode)
{
    char *beside = name_beside(output);
    if (!beside) return false;
    // Remembered before it exists, so that no signal can come in between.
    output->unfinished = unfinished_add(beside);
    output->fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (output->fd >= 0) {
        output->beside = beside;
        output->owns_fd = true;
        return true;
    }
    int error = errno;
    unfinished_remove(output->unfinished);
    output->unfinished = -1;
    memory_free(beside);
    errno = error;
    return false;
}

static bool create_beside(struct output *output, mode_t mode)
{
    if (file_name(output)[0] == '\0') return fail(output, "cannot create", EISDIR);
    for (int i = 0; i < NAME_TRIES; i++) {
        if (try_beside(output, mode)) return true;
        if (errno != EEXIST && errno != EINTR) break;
    }
    bool no_folder = errno == ENOENT;
    fail(output, "cannot create", errno);
    if (no_folder) err_hint(&output->failed, "create its folder first");
    return false;
}

// A file that takes another's place has its owner, as far as we may, and its permissions: first
// created for us alone, because they may be narrower than the umask.
static bool create_like(struct output *output, const struct stat *old)
{
    if (!create_beside(output, 0600)) return false;
    if (old->st_uid != geteuid() || old->st_gid != getegid()) {
        int refused = fchown(output->fd, old->st_uid, old->st_gid);
        (void)refused;
    }
    if (fchmod(output->fd, old->st_mode & 0777) < 0) return fail(output, "cannot create", errno);
    return true;
}

static bool open_file(struct output *output)
{
    struct stat status;
    if (is_stdout(output)) {
        output->fd = STDOUT_FILENO;
        return fcntl(output->fd, F_GETFD) >= 0 || fail(output, "cannot write", errno);
    }
    if (own_descriptor(output->path) >= 0) return open_in_place(output);
    if (stat(output->path, &status) < 0) {
        // Nothing there, or a link that leads nowhere; what else is wrong, creating will tell.
        return create_beside(output, 0666);
    }
    if (S_ISDIR(status.st_mode)) return fail(output, "cannot write", EISDIR);
    return S_ISREG(status.st_mode) ? create_like(output, &status) : open_in_place(output);
}

struct output *output_open(const char *path, struct err *err)
{
    struct output *output = memory_zeroed(1, sizeof *output);
    output->path = copy_bytes(path, strlen(path));
    str folder = folder_of(output);
    output->folder = folder.len ? copy_bytes(folder.data, folder.len) : copy_bytes(".", 1);
    output->fd = output->unfinished = -1;
    if (!open_file(output)) {
        repeat(output, err);
        output_close(output);
        return NULL;
    }
    int pipe_bytes = fcntl(output->fd, F_GETPIPE_SZ);
    if (pipe_bytes >= 0 && pipe_bytes < PIPE_BYTES) {
        (void)fcntl(output->fd, F_SETPIPE_SZ, PIPE_BYTES);
    }
    enum packing packing = packing_of_name(str_of(path));
    if (packing != PACKING_NONE) output->packer = packer_open(packing);
    return output;
}

// Opens what the descriptor stands for once more, not to block: the flag of the descriptor itself
// would be that of everyone who shares it, the shell as well. False where that cannot be done.
static bool open_nonblocking(struct output *output)
{
    char path[32];
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", output->fd);
    int fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return false;
    if (output->owns_fd) (void)close(output->fd);
    output->fd = fd;
    output->owns_fd = true;
    return true;
}

void output_stop_on(struct output *output, const atomic_bool *stop)
{
    struct stat status;
    output->stop = stop;
    if (output->beside || output->fd < 0 || fstat(output->fd, &status) < 0) return;
    bool waits_for_reader = S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode);
    output->may_block = waits_for_reader && !open_nonblocking(output);
}

// Publishing

static bool sync_file(struct output *output)
{
    int status;
    do {
        status = fdatasync(output->fd);
    } while (status < 0 && errno == EINTR);
    // Some file systems have nothing to synchronise and say so.
    if (status == 0 || errno == EINVAL || errno == ENOSYS || errno == ENOTSUP) return true;
    return fail(output, "cannot write", errno);
}

// Closes; over a network a full disk may only be told here. Standard output stays open for whatever
// else the program has to say, so a copy of it is closed.
static bool close_file(struct output *output)
{
    int fd = output->owns_fd ? output->fd : fcntl(output->fd, F_DUPFD_CLOEXEC, 3);
    if (output->owns_fd) output->fd = -1;
    if (fd < 0 || close(fd) == 0 || errno == EINTR) return true;
    return fail(output, "cannot write", errno);
}

// Writes what is left and has the disk begin with it: of several files it then does so at once.
static bool write_rest(struct output *output)
{
    if (output->packer && !write_packed(output, STR(""), true)) return false;
    if (!write_gathered(output)) return false;
    if (output->beside) (void)sync_file_range(output->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    return true;
}

static bool finish(struct output *output)
{
    if (output->beside && !sync_file(output)) return false;
    return close_file(output);
}

static bool rename_beside(struct output *output)
{
    if (output->beside && rename(output->beside, output->path) < 0) {
        return fail(output, "cannot rename the finished file", errno);
    }
    output->is_published = true;
    unfinished_remove(output->unfinished);
    output->unfinished = -1;
    return true;
}

static void sync_folder(const struct output *output)
{
    int fd = open(output->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    (void)fsync(fd);
    (void)close(fd);
}

// Synchronises the folder of outputs[at] for it and for those behind it.
static void sync_folder_once(struct output *outputs[], size_t count, size_t at)
{
    if (!outputs[at]->beside || outputs[at]->is_folder_synced) return;
    sync_folder(outputs[at]);
    for (size_t i = at; i < count; i++) {
        if (str_equal(folder_of(outputs[i]), folder_of(outputs[at]))) {
            outputs[i]->is_folder_synced = true;
        }
    }
}

bool output_publish_all(struct output *outputs[], size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (outputs[i]->is_published) continue;
        if (outputs[i]->failed.kind || !write_rest(outputs[i])) return repeat(outputs[i], err);
    }
    for (size_t i = 0; i < count; i++) {
        if (!outputs[i]->is_published && !finish(outputs[i])) return repeat(outputs[i], err);
    }
    size_t renamed = 0;
    while (renamed < count && (outputs[renamed]->is_published || rename_beside(outputs[renamed]))) {
        renamed++;
    }
    for (size_t i = 0; i < renamed; i++) sync_folder_once(outputs, renamed, i);
    return renamed == count || repeat(outputs[renamed], err);
}

bool output_publish(struct output *output, struct err *err)
{
    return output_publish_all(&output, 1, err);
}

void output_close(struct output *output)
{
    if (!output) return;
    discard(output);
    packer_close(output->packer);
    buffer_release(&output->gathered);
    memory_free(output->beside);
    memory_free(output->folder);
    memory_free(output->path);
    memory_free(output);
}
