// The dedupe stage as programs see it.
#include "core/dedupe/stage.h"

#include "core/normalize/filler.h"
#include "list_reader.h"
#include "message.h"
#include "program.h"
#include "stage_normalize.h"
#include <inttypes.h>

static struct {
    const char *rules;
    bool first;
    struct option_list crm, suppress;
} options;

static const struct option table[] = {
    {OPTION_FLAG, 0, "first", NULL,
     "keep the first record of every key, streaming, merging nothing", &options.first},
    {OPTION_LIST, 0, "crm", "FILE",
     "a CRM export: its contacts are marked in the leads, those who opted out taken out",
     &options.crm},
    {OPTION_LIST, 0, "suppress", "FILE", "an opt-out list: its addresses and numbers are taken out",
     &options.suppress},
    {OPTION_TEXT, 0, "dedupe-rules", "FILE", "rules other than dedupe.rules", &options.rules},
    {0},
};

static struct {
    struct dedupe_rules rules;
    struct email_providers providers;
    struct company_rules companies;
    struct known known;
    uint64_t memory_max, memory_needed; // allowed; what it would have to be
    uint64_t late_opt_outs;
} loaded;

// A list that was named and stops nobody would quietly let everybody through.
static bool check_opt_outs(const struct known *known, struct err *err)
{
    if (options.suppress.count && known->opted_out_count == 0) {
        err_set(err, ERR_DATA, options.suppress.items[0], 0, "the opt-out list is empty");
        return err_hint(err, "leave --suppress out when nobody has opted out");
    }
    if (options.suppress.count && known->opt_out_key_count == 0) {
        err_set(err, ERR_DATA, options.suppress.items[0], 0,
                "none of the %" PRIu64 " entries of the opt-out list is an address or a number",
                known->opted_out_count);
        return err_hint(err, "numbers without a country code need --country");
    }
    if (known->unusable_count == 0) return true;
    struct buffer places = {0};
    for (size_t i = 0; i < KNOWN_UNUSABLE_SHOWN && i < known->unusable_count; i++) {
        buffer_format(&places, "%s%.*s", i ? ", " : "", STR_ARG(known->unusable[i]));
    }
    if (known->unusable_count > KNOWN_UNUSABLE_SHOWN) buffer_add(&places, STR(" ..."));
    message_warning("%" PRIu64 " of %" PRIu64
                    " entries of the opt-out list stop nobody: no address "
                    "and no number that could be read (%.*s); whole domains cannot be listed, "
                    "numbers without a country code need --country",
                    known->unusable_count, known->opted_out_count, (int)places.len, places.data);
    buffer_release(&places);
    return true;
}

static bool read_lists(const struct setup *setup, const struct key_lists *lists, struct err *err)
{
    for (size_t i = 0; i < options.crm.count + options.suppress.count; i++) {
        bool is_crm = i < options.crm.count;
        const char *path =
            is_crm ? options.crm.items[i] : options.suppress.items[i - options.crm.count];
        struct stage stage;
        known_stage(&loaded.known, is_crm ? KNOWN_CRM : KNOWN_OPT_OUT, &loaded.rules, lists,
                    &stage);
        if (!list_read(setup, path, &stage, err)) return false;
    }
    const struct known *known = &loaded.known;
    if (!check_opt_outs(known, err)) return false;
    if (options.crm.count && known->contact_count == 0) {
        message_warning("the CRM export has no contacts");
    }
    return true;
}

static bool make(const struct setup *setup, struct stage *stage, struct err *err)
{
    const struct value_rules *values = normalizer_values();
    if (!dedupe_rules_load(&loaded.rules, setup->book, common_rule_file(options.rules),
                           setup->diagnostics, err) ||
        (!values && !email_providers_load(&loaded.providers, setup->book, err)) ||
        !company_rules_load(&loaded.companies, setup->book, err)) {
        return false;
    }
    struct key_lists lists = {values ? &values->emails : &loaded.providers, &loaded.companies};
    if (!read_lists(setup, &lists, err)) return false;
    struct dedupe_options made = {
        .rules = &loaded.rules,
        .lists = lists,
        .known = options.crm.count + options.suppress.count ? &loaded.known : NULL,
        .first = options.first,
        .divert_existing = common.places[PLACE_EXISTING] != NULL,
        .memory_max = setup->memory,
        .in_use = program_memory,
        .memory_needed = &loaded.memory_needed,
        .late_opt_outs = &loaded.late_opt_outs,
        .temp_dir = setup->temp_dir,
    };
    loaded.memory_max = setup->memory;
    dedupe_stage(&made, stage);
    return true;
}

// Less than this cannot be kept to, whatever goes to the file. The answer is the same.
static void say_memory(void)
{
    enum { MIB = 1 << 20 };
    if (loaded.memory_needed <= loaded.memory_max) return;
    message_warning("--memory was too small for this many leads: these need %" PRIu64 "M",
                    (loaded.memory_needed + MIB - 1) / MIB);
}

// A stream cannot take back what it gave.
static void say_late_opt_outs(void)
{
    if (loaded.late_opt_outs == 0) return;
    message_warning("%" PRIu64
                    " of the leads kept opted out in a later record: --first cannot take "
                    "them back; without it they are suppressed",
                    loaded.late_opt_outs);
    program_hold_back();
}

static void release(void)
{
    say_memory();
    say_late_opt_outs();
    dedupe_rules_release(&loaded.rules);
    email_providers_release(&loaded.providers);
    company_rules_release(&loaded.companies);
    known_release(&loaded.known);
}

const struct stage_module dedupe_module = {"dedupe", table, make, release, NULL};
