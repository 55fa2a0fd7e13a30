#include "chain.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

#include "core/base/memory.h"
#include "core/rules/rulebook.h"
#include "inputs.h"
#include "program.h"
#include "progress.h"

void chain_init(struct chain *chain, const char *program, const struct setup *setup)
{
    *chain = (struct chain){.program = program, .setup = setup};
}

struct stage *chain_add(struct chain *chain)
{
    struct stage *stage = &chain->stages[chain->stage_count];
    chain->run_stages[chain->stage_count++].stage = stage;
    return stage;
}

static bool write_output(void *state, str text, struct err *err)
{
    return output_write(state, text, err);
}

static struct output *open_stoppable(const char *path, struct err *err)
{
    struct output *output = output_open(path, err);
    if (output) output_stop_on(output, program_stop());
    return output;
}

static bool open_output(struct chain_output *to, const char *path, struct err *err)
{
    to->output = open_stoppable(path, err);
    to->sink = (struct sink){write_output, to->output};
    return to->output != NULL;
}

bool chain_open_main(struct chain *chain, const char *path, struct err *err)
{
    chain->run.main = &chain->main.sink;
    return open_output(&chain->main, path, err);
}

bool chain_open_place(struct chain *chain, size_t stage, enum place place, const char *path,
                      struct err *err)
{
    struct chain_output *to = &chain->places[stage][place];
    chain->run_stages[stage].sinks[place] = &to->sink;
    return open_output(to, path, err);
}

// The files of a program of one stage, as the options name them. NULL = none.
struct names {
    const char *main, *summary;
    const char *places[PLACE_COUNT];
    char in_dir[PLACE_COUNT][PATH_MAX]; // those of --keep-all
};

// What tells files apart, however they are spelled: the folder that a name stands in, links
// resolved, and the name itself, which is replaced even where it is a link. A FIFO is written in
// place and is itself whatever leads to it.
struct identity {
    dev_t device;
    ino_t number;
    const char *name;
};

// False when there is no such folder: opening will say so.
static bool identify(const char *path, struct identity *identity)
{
    struct stat status;
    const char *slash = strrchr(path, '/');
    size_t folder_len = slash ? (size_t)(slash + 1 - path) : 1;
    char folder[PATH_MAX];
    *identity = (struct identity){.name = path};
    if (strcmp(path, "-") == 0) return true;
    bool is_fifo = stat(path, &status) == 0 && S_ISFIFO(status.st_mode);
    if (!is_fifo) {
        if (folder_len >= sizeof folder) return false;
        memcpy(folder, slash ? path : ".", folder_len);
        folder[folder_len] = '\0';
        if (stat(folder, &status) != 0) return false;
    }
    *identity = (struct identity){status.st_dev, status.st_ino,
                                  is_fifo ? ""
                                  : slash ? slash + 1
                                          : path};
    return true;
}

static bool is_same_file(const char *a, const char *b)
{
    struct identity one, other;
    return identify(a, &one) && identify(b, &other) && one.device == other.device &&
           one.number == other.number && strcmp(one.name, other.name) == 0;
}

// No output replaces an input. Two outputs in one file would be one output less; records and
// something else on standard output would be neither.
static bool names_differ(const struct names *names, struct err *err)
{
    const char *all[PLACE_COUNT + 2] = {names->main, names->summary};
    memcpy(all + 2, names->places, sizeof names->places);
    for (size_t i = 0; i < PLACE_COUNT + 2; i++) {
        if (!inputs_are_spared(all[i], err)) return false;
        for (size_t j = 0; j < i && all[i]; j++) {
            if (!all[j] || strncmp(all[i], "/dev/", 5) == 0) continue;
            if (strcmp(all[i], all[j]) == 0) {
                return err_set(err, ERR_USAGE, NULL, 0, "two outputs have the name '%s'", all[i]);
            }
            if (is_same_file(all[i], all[j])) {
                return err_set(err, ERR_USAGE, NULL, 0, "two outputs are one file: '%s' and '%s'",
                               all[j], all[i]);
            }
        }
    }
    return true;
}

// Makes the folder of --keep-all and names the files in it.
static bool name_kept(const struct stage *stage, struct names *names, struct err *err)
{
    if (mkdir(common.keep_all, 0777) != 0 && errno != EEXIST) {
        return err_set(err, ERR_IO, common.keep_all, 0, "cannot make the folder: %s",
                       strerror(errno));
    }
    for (int place = PLACE_MAIN + 1; place < PLACE_COUNT; place++) {
        if (names->places[place] || !(stage->places & STAGE_PLACE(place))) continue;
        char *path = names->in_dir[place];
        int len = snprintf(path, PATH_MAX, "%s/%s.%s.csv", common.keep_all, stage->name,
                           place_name((enum place)place));
        if (len < 0 || len >= PATH_MAX) {
            return err_set(err, ERR_IO, common.keep_all, 0, "cannot create files in the folder: %s",
                           strerror(ENAMETOOLONG));
        }
        names->places[place] = path;
    }
    return names_differ(names, err);
}

bool chain_open_outputs(struct chain *chain, struct err *err)
{
    struct names names = {.main = common.output ? common.output : "-", .summary = common.summary};
    memcpy(names.places, common.places, sizeof names.places);
    if (!names_differ(&names, err)) return false;
    if (common.keep_all && !name_kept(&chain->stages[0], &names, err)) return false;
    if (!chain_open_main(chain, names.main, err)) return false;
    for (int place = PLACE_MAIN + 1; place < PLACE_COUNT; place++) {
        const char *path = names.places[place];
        if (path && !chain_open_place(chain, 0, (enum place)place, path, err)) return false;
    }
    return true;
}

// The names of --columns, views of the option.
static bool choose(struct chain *chain, struct err *err)
{
    if (!common.columns) return true;
    str rest = str_of(common.columns), name;
    chain->chosen = memory_alloc((rest.len + 1) * sizeof *chain->chosen);
    while (str_cut(&rest, ',', &name)) {
        name = str_trim(name);
        if (name.len == 0) {
            return err_set(err, ERR_USAGE, NULL, 0, "--columns: a name is missing in '%s'",
                           common.columns);
        }
        chain->chosen[chain->run.chosen_count++] = name;
    }
    chain->run.chosen = chain->chosen;
    return true;
}

bool chain_run(struct chain *chain, struct source *source, struct err *err)
{
    struct run *run = &chain->run;
    run->source = source;
    run->stages = chain->run_stages;
    run->stage_count = chain->stage_count;
    run->threads = chain->setup->threads;
    run->stop = program_stop();
    if (!choose(chain, err)) return false;
    progress_start(chain->program, &run->progress);
    bool ok = run_pipeline(run, err);
    progress_end(ok ? run->records : 0);
    if (!ok) return false;
    struct summary summary = {.results = run->results, .stage_count = run->stage_count};
    return summary_holds(&summary, run->records, err);
}

bool chain_add_file(struct chain *chain, const char *path, str text, struct err *err)
{
    struct output *file = open_stoppable(path, err);
    if (file) chain->files[chain->file_count++] = file;
    return file && output_write(file, text, err);
}

bool chain_publish(struct chain *chain, struct err *err)
{
    struct output *outputs[CHAIN_STAGES_MAX * PLACE_COUNT + CHAIN_FILES_MAX + 1];
    size_t count = 0;
    for (size_t stage = 0; stage < chain->stage_count; stage++) {
        for (int place = 0; place < PLACE_COUNT; place++) {
            struct output *output = chain->places[stage][place].output;
            if (output) outputs[count++] = output;
        }
    }
    // The leads appear last, when everything that explains them is there.
    for (size_t i = 0; i < chain->file_count; i++) outputs[count++] = chain->files[i];
    if (chain->main.output) outputs[count++] = chain->main.output;
    if (!output_publish_all(outputs, count, err)) return false;
    if (!chain->is_part) program_published();
    return true;
}

void chain_summary(const struct chain *chain, const struct summary_input inputs[], size_t count,
                   struct buffer *out)
{
    struct summary summary = {
        .program = chain->program,
        .as_of = str_of(chain->setup->as_of_text),
        .rules_hash = rulebook_hash(chain->setup->book),
        .stats_hash = chain->stats_hash,
        .inputs = inputs,
        .input_count = count,
        .results = chain->run.results,
        .stage_count = chain->stage_count,
    };
    summary_write(&summary, out);
}

void chain_say_dropped(const struct chain *chain)
{
    struct buffer text = {0};
    for (size_t stage = 0; stage < chain->stage_count; stage++) {
        for (int place = PLACE_MAIN + 1; place < PLACE_COUNT; place++) {
            uint64_t count = chain->run.results[stage].out[place];
            if (place_is_beside((enum place)place) || !count || chain->places[stage][place].output)
                continue;
            buffer_format(&text, "%s%" PRIu64 " %s", text.len ? ", " : "", count,
                          place_name((enum place)place));
        }
    }
    if (text.len) {
        message_note("%.*s were taken out and not kept (--keep-all DIR keeps them)",
                     STR_ARG(buffer_str(&text)));
    }
    buffer_release(&text);
}

void chain_release(struct chain *chain)
{
    for (size_t stage = 0; stage < chain->stage_count; stage++) {
        for (int place = 0; place < PLACE_COUNT; place++) {
            output_close(chain->places[stage][place].output);
        }
        struct stage *made = &chain->stages[stage];
        if (made->close) made->close(made->state);
    }
    output_close(chain->main.output);
    for (size_t i = 0; i < chain->file_count; i++) output_close(chain->files[i]);
    memory_free(chain->chosen);
    run_release(&chain->run);
}

bool write_file(const char *path, str text, struct err *err)
{
    struct output *output = open_stoppable(path, err);
    if (!output) return false;
    bool ok = output_write(output, text, err) && output_publish(output, err);
    output_close(output);
    return ok;
}
