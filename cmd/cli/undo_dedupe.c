// lead-dedupe --undo: merges taken apart, alone or in a file of leads.
#include <inttypes.h>
#include <string.h>

#include "core/dedupe/undo.h"

#include "core/csv/output.h"
#include "inputs.h"
#include "program.h"
#include "stages.h"

static struct {
    const char *duplicates;
    struct option_list clusters;
} options;

const struct option undo_options[] = {
    {OPTION_TEXT, 0, "undo", "DUPLICATES",
     "give back the records of its clusters as they were before; with FILE, the leads "
     "that FILE holds with those merges undone",
     &options.duplicates},
    {OPTION_LIST, 0, "cluster", "ID", "--undo: this cluster alone", &options.clusters},
    {0},
};

bool dedupe_undoes(void)
{
    if (options.clusters.count && !options.duplicates) message_usage("--cluster goes with --undo");
    return options.duplicates != NULL;
}

static bool is_given(const struct option *option)
{
    switch (option->kind) {
    case OPTION_FLAG: return *(const bool *)option->value;
    case OPTION_TEXT: return *(const char *const *)option->value != NULL;
    case OPTION_LIST: return ((const struct option_list *)option->value)->count > 0;
    default: return false;
    }
}

// What an option that was given would do is not done: better said than left out.
static void refuse_others(void)
{
    const struct option *tables[] = {dedupe_module.options, duplicate_options, columns_options,
                                     summary_options};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (const struct option *option = tables[i]; option->kind != OPTION_END; option++) {
            if (is_given(option))
                message_usage("--undo takes -o and --cluster, not --%s", option->name);
        }
    }
    if (common.keep_all) message_usage("--undo takes -o and --cluster, not --keep-all");
}

static bool write_all(struct undo *undo, bool has_leads, struct output *output, struct err *err)
{
    struct buffer text = {0};
    bool ok = true;
    while (ok && (has_leads ? undo_leads(undo, &text, err) : undo_rows(undo, &text, err))) {
        ok = output_write(output, buffer_str(&text), err);
        buffer_clear(&text);
    }
    buffer_release(&text);
    return ok && err->kind == ERR_NONE && output_publish(output, err);
}

// Leads that opted out or were discarded stay where they are.
static void say_missing(struct undo_counts counts, const char *leads)
{
    if (counts.missing == 0) return;
    message_note("%" PRIu64 " of %" PRIu64 " clusters undone; %s does not have the others",
                 counts.clusters, counts.clusters + counts.missing, leads);
}

bool dedupe_undo(struct operands files, struct err *err)
{
    refuse_others();
    if (files.count > 1) message_usage("--undo changes one file of leads, not %zu", files.count);
    const char *leads_path = files.count ? files.items[0] : NULL;
    if (leads_path && strcmp(leads_path, "-") == 0 && strcmp(options.duplicates, "-") == 0) {
        message_usage("the duplicates and the leads cannot both be standard input");
    }
    if (leads_path) inputs_protect(leads_path);
    inputs_protect(options.duplicates);
    const struct undo_wanted wanted = {options.clusters.items, options.clusters.count};
    struct undo *undo = NULL;
    struct output *output = NULL;
    struct input *leads = NULL, *duplicates = input_open(options.duplicates, err);
    if (duplicates) input_stop_on(duplicates, program_stop());
    bool ok = duplicates && (undo = undo_open(duplicates, &wanted, err)) != NULL;
    if (ok && leads_path) {
        leads = input_open(leads_path, err);
        if (leads) input_stop_on(leads, program_stop());
        ok = leads && undo_leads_open(undo, leads, err);
    }
    const char *path = common.output ? common.output : "-";
    ok = ok && inputs_are_spared(path, err) && (output = output_open(path, err)) != NULL;
    if (ok) {
        output_stop_on(output, program_stop());
        ok = write_all(undo, leads_path != NULL, output, err);
    }
    if (ok) program_published();
    if (ok && leads_path) say_missing(undo_counts(undo), input_name(leads));
    output_close(output);
    undo_close(undo);
    input_close(leads);
    input_close(duplicates);
    return ok;
}
