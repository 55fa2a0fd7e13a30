#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/csv/output.h"

enum { KEPT_BYTES = 256 << 20, FIRST_BYTES = 32 << 20, HUGE_PAGE_BYTES = 2 << 20 };

static atomic_bool stop;
static volatile sig_atomic_t stopped_by;

const atomic_bool *program_stop(void) { return &stop; }

static bool is_published;

void program_published(void) { is_published = true; }

static void die_of(int number)
{
    signal(number, SIG_DFL);
    raise(number);
}

static void on_signal(int number)
{
    if (stopped_by) {
        outputs_unlink_all();
        die_of(number);
    }
    stopped_by = number;
    atomic_store(&stop, true);
}

static void no_memory(size_t bytes)
{
    (void)bytes;
    static const char text[] = ": out of memory\n";
    outputs_unlink_all();
    if (is_published) _exit(EXIT_DONE); // only messages are missing
    // No allocation here: straight to the descriptor.
    if (write(STDERR_FILENO, "leadpipe", 8) < 0 ||
        write(STDERR_FILENO, text, sizeof text - 1) < 0) {
        _exit(EXIT_TROUBLE);
    }
    _exit(EXIT_TROUBLE);
}

// What the parent has told us to ignore (nohup) stays ignored. No SA_RESTART: a blocked read
// returns, so that a pipe without data can be interrupted.
static void catch_signal(int number)
{
    struct sigaction old, action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    sigaction(number, NULL, &old);
    if (old.sa_handler != SIG_IGN) sigaction(number, &action, NULL);
}

// A standard descriptor that the parent has closed would be taken by the next file that is opened,
// and messages or records would end up in it. Reading the first and writing the second fail as
// before; messages are lost.
static void fill_descriptors(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_WRONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) < 0) _exit(EXIT_TROUBLE);
    }
}

// Rules are hash tables of megabytes, touched all over: in pages of 4 KiB the system takes as long
// to hand them out as the program to fill them. Advice only; what is not used is not resident.
static void take_heap(void)
{
    char *room = malloc(FIRST_BYTES);
    if (!room) return;
    uintptr_t start = ((uintptr_t)room + HUGE_PAGE_BYTES - 1) & ~(uintptr_t)(HUGE_PAGE_BYTES - 1);
    (void)madvise((void *)start, FIRST_BYTES - HUGE_PAGE_BYTES, MADV_HUGEPAGE);
    free(room);
}

void program_start(const char *name)
{
    fill_descriptors();
    message_program(name);
    memory_on_failure(no_memory);
    // Blocks of 256 KiB come and go all the time: kept, not given back to the system and zeroed
    // again by it (a tenth of the time of a run in two threads).
    mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    take_heap();
    catch_signal(SIGINT);
    catch_signal(SIGTERM);
    catch_signal(SIGHUP);
    // A reader that goes away is seen as EPIPE, so that unfinished files can be removed first.
    signal(SIGPIPE, SIG_IGN);
}

uint64_t program_memory(void)
{
    char text[128];
    unsigned long long total, resident, shared;
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return 0;
    ssize_t len = read(fd, text, sizeof text - 1);
    (void)close(fd);
    if (len <= 0) return 0;
    text[len] = '\0';
    if (sscanf(text, "%llu %llu %llu", &total, &resident, &shared) != 3) return 0;
    return (resident - shared) * (uint64_t)sysconf(_SC_PAGESIZE);
}

static bool is_held_back;

void program_hold_back(void) { is_held_back = true; }

int program_finish(int status)
{
    if (status == EXIT_DONE && is_held_back) status = EXIT_HELD_BACK;
    bool failed = ferror(stdout) != 0;
    if (fclose(stdout) != 0 || failed) {
        if (errno == EPIPE) die_of(SIGPIPE);
        struct err err = {0};
        err_set(&err, ERR_IO, "<stdout>", 0, "cannot write: %s", strerror(errno));
        message_error(&err);
        status = EXIT_TROUBLE;
    }
    if (stopped_by) die_of(stopped_by);
    return status;
}

int program_fail(const struct err *err)
{
    outputs_unlink_all();
    if (err->kind == ERR_STOPPED && !stopped_by) die_of(SIGPIPE);
    message_error(err);
    return program_finish(EXIT_TROUBLE);
}
