#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "common.h"
#include "message.h"

static struct {
    const char *program;
    struct timespec start, last;
    bool is_json, is_line, stands;
} shown;

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + 1e-9 * (double)(now.tv_nsec - then->tv_nsec);
}

static void take_away(void)
{
    if (shown.stands) fprintf(stderr, "\r\033[K");
    shown.stands = false;
}

static void show_json(const struct run_progress *progress, double seconds)
{
    fprintf(stderr,
            "{\"program\": \"%s\", \"records\": %" PRIu64 ", \"bytes\": %" PRIu64
            ", \"bytes_total\": %" PRIu64 ", \"seconds\": %.1f}\n",
            shown.program, progress->records, progress->bytes, progress->bytes_total, seconds);
}

static void show_line(const struct run_progress *progress, double seconds)
{
    double rate = seconds > 0 ? (double)progress->records / seconds : 0;
    fprintf(stderr, "\r\033[K%s: %" PRIu64 " records, %.0f a second", shown.program,
            progress->records, rate);
    if (progress->bytes_total && progress->bytes) {
        double share = (double)progress->bytes / (double)progress->bytes_total;
        fprintf(stderr, ", %.0f %%, %.0f s left", 100 * share, seconds / share - seconds);
    }
    fflush(stderr);
    shown.stands = true;
}

static void show(void *state, const struct run_progress *progress)
{
    (void)state;
    if (seconds_since(&shown.last) < (shown.is_json ? 1.0 : 0.2)) return;
    clock_gettime(CLOCK_MONOTONIC, &shown.last);
    double seconds = seconds_since(&shown.start);
    if (shown.is_json)
        show_json(progress, seconds);
    else
        show_line(progress, seconds);
}

void progress_start(const char *program,
                    void (**callback)(void *state, const struct run_progress *progress))
{
    const char *how = common.progress ? common.progress : "auto";
    shown.program = program;
    shown.is_json = strcmp(how, "json") == 0;
    shown.is_line = strcmp(how, "auto") == 0 && isatty(STDERR_FILENO) && !common.quiet;
    if (!shown.is_json && strcmp(how, "auto") != 0 && strcmp(how, "none") != 0) {
        message_usage("--progress: '%s' is not auto, json or none", how);
    }
    clock_gettime(CLOCK_MONOTONIC, &shown.start);
    shown.last = shown.start;
    message_before(take_away);
    *callback = shown.is_json || shown.is_line ? show : NULL;
}

void progress_end(uint64_t records)
{
    take_away();
    struct run_progress last = {.records = records};
    if (shown.is_json) show_json(&last, seconds_since(&shown.start));
}
