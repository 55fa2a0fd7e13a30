// Makes the n-th system call or allocation of a program fail, to see what it does then.
//
//     LD_PRELOAD=build/fault.so LEADPIPE_FAULT=write:3:ENOSPC build/lead-normalize leads.csv
//     LD_PRELOAD=build/fault.so LEADPIPE_FAULT_COUNT=counts build/lead-normalize leads.csv
//
// LEADPIPE_FAULT is a comma-separated list of KIND:N[+][:WHAT]. KIND is malloc (with calloc,
// realloc and aligned forms), read, write, fsync (with fdatasync), rename, open or mmap. The N-th
// call of the kind fails, with N+ all from there on. WHAT is an errno name or number (default: the
// likely one), or short: the read or write moves one byte only.
//
// LEADPIPE_FAULT_COUNT names a file that gets "KIND CALLS" lines when the program ends, so that a
// sweep knows how far to go.
//
// Calls are counted from main on and in all threads: what the loader does before is not the
// program's. Calls that the C library makes inside itself (stdio's writes) go past this; use
// /dev/full for those. For glibc, and not together with the address sanitizer.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { MALLOC, READ, WRITE, FSYNC, RENAME, OPEN, MMAP, KINDS };

static const struct {
    const char *name;
    int error; // when none is named
} kinds[KINDS] = {
    {"malloc", ENOMEM}, {"read", EIO},    {"write", ENOSPC}, {"fsync", EIO},
    {"rename", EIO},    {"open", EACCES}, {"mmap", ENOMEM},
};

static const struct {
    const char *name;
    int error;
} errors[] = {
    {"EACCES", EACCES}, {"EAGAIN", EAGAIN}, {"EBADF", EBADF},   {"EDQUOT", EDQUOT},
    {"EINTR", EINTR},   {"EINVAL", EINVAL}, {"EIO", EIO},       {"EMFILE", EMFILE},
    {"ENOENT", ENOENT}, {"ENOMEM", ENOMEM}, {"ENOSPC", ENOSPC}, {"EPIPE", EPIPE},
    {"EROFS", EROFS},   {"EXDEV", EXDEV},
};

// A fault that is no error: one byte is moved.
enum { SHORT = -1 };

struct fault {
    enum kind kind;
    unsigned long at;
    bool and_later;
    int error;
};

static struct fault faults[16];
static size_t fault_count;
static atomic_ulong calls[KINDS];
static atomic_bool is_armed;
static int count_fd = -1;

// glibc's own names: no symbol has to be looked up while looking up symbols allocates.
void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *old, size_t bytes);
void *__libc_memalign(size_t align, size_t bytes);

static void die(const char *text)
{
    (void)!syscall(SYS_write, STDERR_FILENO, text, strlen(text));
    syscall(SYS_exit_group, 125);
}

static bool take_error(const char *text, struct fault *fault)
{
    if (strcmp(text, "short") == 0) {
        fault->error = SHORT;
        return fault->kind == READ || fault->kind == WRITE;
    }
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (strcmp(text, errors[i].name) == 0) fault->error = errors[i].error;
    }
    char *end;
    long number = strtol(text, &end, 10);
    if (*text && !*end && number > 0) fault->error = (int)number;
    return fault->error != 0;
}

// KIND:N[+][:WHAT]
static bool take_fault(const char *text, struct fault *fault)
{
    size_t len = strcspn(text, ":");
    int kind = 0;
    while (kind < KINDS &&
           (strlen(kinds[kind].name) != len || strncmp(text, kinds[kind].name, len) != 0)) {
        kind++;
    }
    if (kind == KINDS || text[len] != ':') return false;
    char *end;
    *fault = (struct fault){.kind = (enum kind)kind, .at = strtoul(text + len + 1, &end, 10)};
    if (fault->at == 0) return false;
    if (*end == '+') {
        fault->and_later = true;
        end++;
    }
    if (*end == ':') return take_error(end + 1, fault);
    fault->error = kinds[kind].error;
    return *end == '\0';
}

static void read_settings(void)
{
    const char *text = getenv("LEADPIPE_FAULT");
    while (text && *text) {
        char one[64];
        size_t len = strcspn(text, ",");
        if (len >= sizeof one || fault_count == sizeof faults / sizeof *faults) {
            die("fault: LEADPIPE_FAULT is too long\n");
        }
        memcpy(one, text, len);
        one[len] = '\0';
        if (!take_fault(one, &faults[fault_count++])) {
            die("fault: LEADPIPE_FAULT is a list of KIND:N[+][:WHAT]\n");
        }
        text += len + (text[len] == ',');
    }
    // Opened now, for the program may change its folder or run out of descriptors.
    const char *count = getenv("LEADPIPE_FAULT_COUNT");
    if (!count) return;
    long fd = syscall(SYS_openat, AT_FDCWD, count, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    // Out of the way of the low numbers that programs play with.
    count_fd = fd < 0 ? -1 : fcntl((int)fd, F_DUPFD_CLOEXEC, 200);
    if (fd >= 0) syscall(SYS_close, fd);
    if (count_fd < 0) die("fault: cannot write LEADPIPE_FAULT_COUNT\n");
}

// Counts a call; the errno it is to fail with, SHORT, or 0 to go on.
static int next_call(enum kind kind)
{
    if (!atomic_load_explicit(&is_armed, memory_order_relaxed)) return 0;
    unsigned long call = atomic_fetch_add(&calls[kind], 1) + 1;
    for (size_t i = 0; i < fault_count; i++) {
        if (faults[i].kind != kind) continue;
        if (faults[i].at == call || (faults[i].and_later && call > faults[i].at)) {
            return faults[i].error;
        }
    }
    return 0;
}

static bool must_fail(enum kind kind)
{
    int error = next_call(kind);
    if (error == 0) return false;
    errno = error;
    return true;
}

static void write_counts(void)
{
    if (count_fd < 0) return;
    char text[256];
    int len = 0;
    for (int kind = 0; kind < KINDS; kind++) {
        len += snprintf(text + len, sizeof text - (size_t)len, "%s %lu\n", kinds[kind].name,
                        atomic_load(&calls[kind]));
    }
    (void)!syscall(SYS_pwrite64, count_fd, text, (size_t)len, 0L);
}

// The real function behind ours. Looked up before main, when nothing is counted yet.
static int (*real_main)(int, char **, char **);

static int armed_main(int count, char **arguments, char **environment)
{
    atomic_store(&is_armed, true);
    return real_main(count, arguments, environment);
}

__attribute__((destructor)) static void finish(void)
{
    atomic_store(&is_armed, false);
    write_counts();
}

int __libc_start_main(int (*main)(int, char **, char **), int count, char **arguments,
                      void (*init)(void), void (*fini)(void), void (*loader_fini)(void),
                      void *stack_end);

int __libc_start_main(int (*main)(int, char **, char **), int count, char **arguments,
                      void (*init)(void), void (*fini)(void), void (*loader_fini)(void),
                      void *stack_end)
{
    real_main = main;
    read_settings();
    __typeof__(__libc_start_main) *start;
    *(void **)&start = dlsym(RTLD_NEXT, "__libc_start_main");
    return start(armed_main, count, arguments, init, fini, loader_fini, stack_end);
}

void _exit(int status)
{
    finish();
    syscall(SYS_exit_group, status);
    __builtin_unreachable();
}

void *malloc(size_t bytes) { return must_fail(MALLOC) ? NULL : __libc_malloc(bytes); }

void *calloc(size_t count, size_t bytes)
{
    return must_fail(MALLOC) ? NULL : __libc_calloc(count, bytes);
}

void *realloc(void *old, size_t bytes)
{
    return must_fail(MALLOC) ? NULL : __libc_realloc(old, bytes);
}

void *aligned_alloc(size_t align, size_t bytes)
{
    return must_fail(MALLOC) ? NULL : __libc_memalign(align, bytes);
}

int posix_memalign(void **out, size_t align, size_t bytes)
{
    if (must_fail(MALLOC)) return ENOMEM;
    void *memory = __libc_memalign(align, bytes);
    if (!memory) return ENOMEM;
    *out = memory;
    return 0;
}

// Whether the call goes on, with *bytes possibly cut to one.
static bool may_move(enum kind kind, size_t *bytes)
{
    int error = next_call(kind);
    if (error == SHORT && *bytes > 1) *bytes = 1;
    if (error > 0) errno = error;
    return error <= 0;
}

ssize_t read(int fd, void *bytes, size_t count)
{
    return may_move(READ, &count) ? syscall(SYS_read, fd, bytes, count) : -1;
}

ssize_t pread(int fd, void *bytes, size_t count, off_t at)
{
    return may_move(READ, &count) ? syscall(SYS_pread64, fd, bytes, count, at) : -1;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    return may_move(WRITE, &count) ? syscall(SYS_write, fd, bytes, count) : -1;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    return may_move(WRITE, &count) ? syscall(SYS_pwrite64, fd, bytes, count, at) : -1;
}

int fsync(int fd) { return must_fail(FSYNC) ? -1 : (int)syscall(SYS_fsync, fd); }

int fdatasync(int fd) { return must_fail(FSYNC) ? -1 : (int)syscall(SYS_fdatasync, fd); }

int rename(const char *from, const char *to) { return renameat(AT_FDCWD, from, AT_FDCWD, to); }

int renameat(int from_fd, const char *from, int to_fd, const char *to)
{
    return must_fail(RENAME) ? -1 : (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, 0);
}

static int open_at(int fd, const char *path, int flags, va_list arguments)
{
    unsigned mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, unsigned) : 0;
    return must_fail(OPEN) ? -1 : (int)syscall(SYS_openat, fd, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    int fd = open_at(AT_FDCWD, path, flags, arguments);
    va_end(arguments);
    return fd;
}

int openat(int at, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    int fd = open_at(at, path, flags, arguments);
    va_end(arguments);
    return fd;
}

void *mmap(void *address, size_t bytes, int protection, int flags, int fd, off_t at)
{
    if (must_fail(MMAP)) return MAP_FAILED;
    return (void *)syscall(SYS_mmap, address, bytes, protection, flags, fd, at);
}

// What these are called where off_t was made 64 bits wide by a macro.
int open64(const char *path, int flags, ...) __attribute__((alias("open")));
int openat64(int at, const char *path, int flags, ...) __attribute__((alias("openat")));
ssize_t pread64(int fd, void *bytes, size_t count, off_t at) __attribute__((alias("pread")));
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at)
    __attribute__((alias("pwrite")));
void *mmap64(void *address, size_t bytes, int protection, int flags, int fd, off_t at)
    __attribute__((alias("mmap")));
