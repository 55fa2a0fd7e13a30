#include "common.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/base/timestamp.h"
#include "message.h"

#ifndef LEADPIPE_RULES_DIR
#define LEADPIPE_RULES_DIR "/usr/local/share/leadpipe/rules"
#endif

enum { THREADS_MAX = 64, THREADS_UNSET = -1 };

struct common common = {.threads = THREADS_UNSET};

const struct option output_options[] = {
    {OPTION_TEXT, 'o', "output", "FILE", "write leads to FILE, whole or not at all (- = stdout)",
     &common.output},
    {OPTION_TEXT, 0, "keep-all", "DIR",
     "keep all other records too, in DIR/STAGE.rejects.csv and the like", &common.keep_all},
    {0},
};

const struct option columns_options[] = {
    {OPTION_TEXT, 0, "columns", "LIST",
     "write only these columns of leads, in this order (email,phone,score); others are not made",
     &common.columns},
    {0},
};

const struct option summary_options[] = {
    {OPTION_TEXT, 0, "summary", "FILE", "write what was done, as JSON, to FILE", &common.summary},
    {0},
};

const struct option rejects_options[] = {
    {OPTION_TEXT, 0, "rejects", "FILE", "keep refused records, with the reason, in FILE",
     &common.places[PLACE_REJECT]},
    {0},
};

const struct option changes_options[] = {
    {OPTION_TEXT, 0, "changes", "FILE", "journal every changed value, before and after, in FILE",
     &common.places[PLACE_CHANGE]},
    {0},
};

const struct option duplicate_options[] = {
    {OPTION_TEXT, 0, "duplicates", "FILE", "keep the members of merged clusters in FILE",
     &common.places[PLACE_DUPLICATE]},
    {OPTION_TEXT, 0, "existing", "FILE", "divert leads that the CRM knows to FILE",
     &common.places[PLACE_EXISTING]},
    {OPTION_TEXT, 0, "suppressed", "FILE", "keep leads that opted out in FILE",
     &common.places[PLACE_SUPPRESSED]},
    {0},
};

const struct option common_options[] = {
    {OPTION_LIST, 0, "rules-dir", "DIR", "look for rules and lists in DIR first (may be repeated)",
     &common.rules_dirs},
    {OPTION_TIME, 0, "as-of", "TIME", "take TIME as now: 2026-11-24 or 2026-11-24T06:00Z",
     &common.as_of},
    {OPTION_NUMBER, 0, "threads", "N", "work in N threads (default: one a processor)",
     &common.threads},
    {OPTION_SIZE, 0, "memory", "SIZE", "take at most SIZE of memory, such as 512M or 4G",
     &common.memory},
    {OPTION_TEXT, 0, "temp-dir", "DIR", "spill to DIR (default: TMPDIR, else /tmp)",
     &common.temp_dir},
    {OPTION_TEXT, 0, "progress", "HOW", "auto (on a terminal), json or none", &common.progress},
    {OPTION_FLAG, 'q', "quiet", NULL, "say nothing but errors", &common.quiet},
    {0},
};

static unsigned processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return (unsigned)CPU_COUNT(&set);
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (unsigned)count;
}

// The limit of the control group, if there is one (version 2, then 1).
static uint64_t group_limit(void)
{
    static const char *const files[] = {"/sys/fs/cgroup/memory.max",
                                        "/sys/fs/cgroup/memory/memory.limit_in_bytes"};
    uint64_t limit = UINT64_MAX;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        FILE *file = fopen(files[i], "r");
        if (!file) continue;
        unsigned long long bytes;
        if (fscanf(file, "%llu", &bytes) == 1 && bytes < limit) limit = bytes;
        fclose(file);
    }
    return limit;
}

static uint64_t default_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), bytes = sysconf(_SC_PAGESIZE);
    uint64_t memory = pages > 0 && bytes > 0 ? (uint64_t)pages * (uint64_t)bytes : 1u << 30;
    uint64_t limit = group_limit();
    return (limit < memory ? limit : memory) / 2;
}

// The rules beside the program: ../rules from build/, ../share/leadpipe/rules from an installed
// bin/.
static void add_own_rules(struct rulebook *book)
{
    static const char *const places[] = {"/../rules", "/../../rules", "/../share/leadpipe/rules"};
    char path[1024];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len > 0) {
        path[len] = '\0';
        char *slash = strrchr(path, '/');
        if (slash) *slash = '\0';
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            char dir[1100], probe[1200];
            snprintf(dir, sizeof dir, "%s%s", path, places[i]);
            snprintf(probe, sizeof probe, "%s/score.rules", dir);
            if (access(probe, F_OK) == 0) rulebook_add_dir(book, dir);
        }
    }
    rulebook_add_dir(book, LEADPIPE_RULES_DIR);
}

const char *common_user_rules(void)
{
    static char path[1024];
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (config && config[0] == '/') {
        snprintf(path, sizeof path, "%s/leadpipe", config);
    } else if (home && home[0] == '/') {
        snprintf(path, sizeof path, "%s/.config/leadpipe", home);
    } else {
        return NULL;
    }
    return path;
}

void common_setup(struct setup *setup, struct rulebook *book, struct diagnostics *diagnostics)
{
    message_quiet(common.quiet);
    for (size_t i = 0; i < common.rules_dirs.count; i++) {
        if (access(common.rules_dirs.items[i], R_OK | X_OK) != 0) {
            message_usage("--rules-dir: cannot read the folder '%s'", common.rules_dirs.items[i]);
        }
        rulebook_add_dir(book, common.rules_dirs.items[i]);
    }
    // The home of somebody else, kept in the environment by sudo, is not for us.
    const char *own = common_user_rules();
    if (own && access(own, R_OK | X_OK) == 0) rulebook_add_dir(book, own);
    rulebook_add_dir(book, "/etc/leadpipe");
    add_own_rules(book);
    *setup = (struct setup){.book = book, .diagnostics = diagnostics};
    setup->as_of = common.as_of.is_set ? common.as_of.seconds : (int64_t)time(NULL);
    timestamp_format(setup->as_of, setup->as_of_text);
    if (common.threads == 0) message_usage("--threads: at least one is needed");
    setup->threads = common.threads > 0 ? (unsigned)common.threads : processors();
    if (setup->threads > THREADS_MAX) setup->threads = THREADS_MAX;
    setup->memory = common.memory ? common.memory : default_memory();
    setup->temp_dir = common.temp_dir ? common.temp_dir : getenv("TMPDIR");
    if (!setup->temp_dir || !*setup->temp_dir) setup->temp_dir = "/tmp";
}

bool common_print_diagnostics(const struct diagnostics *diagnostics)
{
    if (diagnostics->errors == 0 && common.quiet) return true;
    struct buffer text = {0};
    if (diagnostics->errors || !message_is_quiet()) diagnostics_write(diagnostics, &text);
    if (text.len) message_block(buffer_str(&text));
    buffer_release(&text);
    return diagnostics->errors == 0;
}

const char *common_rule_file(const char *name)
{
    // One of each kind is named in a run.
    static char paths[4][4096];
    static size_t used;
    if (!name || strchr("/.", name[0]) || access(name, F_OK) != 0) return name;
    char *path = paths[used++ % 4];
    int len = snprintf(path, sizeof paths[0], "./%s", name);
    return len > 0 && (size_t)len < sizeof paths[0] ? path : name;
}
