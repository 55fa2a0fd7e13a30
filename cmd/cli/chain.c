#include "chain.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

#include "core/rules/rulebook.h"
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

// Two outputs under one name would be one output less; records and something else on standard
// output would be neither.
static bool names_differ(struct err *err)
{
    const char *names[PLACE_COUNT + 2] = {common.output ? common.output : "-", common.summary};
    for (int place = 0; place < PLACE_COUNT; place++) names[2 + place] = common.places[place];
    for (size_t i = 0; i < PLACE_COUNT + 2; i++) {
        for (size_t j = 0; j < i && names[i]; j++) {
            if (!names[j] || strcmp(names[i], names[j]) != 0 || strncmp(names[i], "/dev/", 5) == 0)
                continue;
            return err_set(err, ERR_USAGE, NULL, 0, "two outputs have the name '%s'", names[i]);
        }
    }
    return true;
}

bool chain_open_outputs(struct chain *chain, struct err *err)
{
    if (!names_differ(err)) return false;
    if (common.keep_all && mkdir(common.keep_all, 0777) != 0 && errno != EEXIST) {
        return err_set(err, ERR_IO, common.keep_all, 0, "cannot make the folder: %s",
                       strerror(errno));
    }
    if (!chain_open_main(chain, common.output ? common.output : "-", err)) return false;
    const struct stage *stage = &chain->stages[0];
    for (int place = PLACE_MAIN + 1; place < PLACE_COUNT; place++) {
        const char *path = common.places[place];
        char in_dir[PATH_MAX];
        bool is_used = stage->places & STAGE_PLACE(place);
        if (!path && common.keep_all && is_used) {
            snprintf(in_dir, sizeof in_dir, "%s/%s.%s.csv", common.keep_all, stage->name,
                     place_name((enum place)place));
            path = in_dir;
        }
        if (path && !chain_open_place(chain, 0, (enum place)place, path, err)) return false;
    }
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
    chain->file = file;
    return file && output_write(file, text, err);
}

bool chain_publish(struct chain *chain, struct err *err)
{
    struct output *outputs[CHAIN_STAGES_MAX * PLACE_COUNT + 2];
    size_t count = 0;
    for (size_t stage = 0; stage < chain->stage_count; stage++) {
        for (int place = 0; place < PLACE_COUNT; place++) {
            struct output *output = chain->places[stage][place].output;
            if (output) outputs[count++] = output;
        }
    }
    // The leads appear last, when everything that explains them is there.
    if (chain->file) outputs[count++] = chain->file;
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
            if (place == PLACE_CHANGE || !count || chain->places[stage][place].output) continue;
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
    output_close(chain->file);
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
