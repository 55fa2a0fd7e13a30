// The dedupe stage as programs see it.
#include "core/dedupe/stage.h"

#include "core/normalize/filler.h"
#include "list_reader.h"
#include "message.h"
#include "opt_out_lists.h"
#include "program.h"
#include "stage_dedupe.h"
#include "stage_normalize.h"
#include <inttypes.h>

static struct {
    const char *rules, *on_match;
    bool first;
    struct option_list crm, suppress, meanings;
} options;

static const struct option table[] = {
    {OPTION_FLAG, 0, "first", NULL,
     "keep the first record of every key, streaming, merging nothing", &options.first},
    {OPTION_LIST, 0, "crm", "FILE",
     "a CRM export, of contacts or companies: marked in the leads, who opted out taken out",
     &options.crm},
    {OPTION_TEXT, 0, "on-match", "HOW", "leads that the CRM knows: keep (default), divert or drop",
     &options.on_match},
    {OPTION_LIST, 0, "suppress", "[NAME:]FILE",
     "an opt-out list: addresses, domains, numbers or digests of these are taken out",
     &options.suppress},
    {OPTION_LIST, 0, "meaning", "[NAME:]WHAT",
     "what the lists mean: never_contact (default), no_email or no_phone (the lead stays)",
     &options.meanings},
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

static bool read_crm(const struct setup *setup, const struct key_lists *lists, struct err *err)
{
    struct crm *crm = &loaded.known.crm;
    crm->is_asked = options.crm.count > 0;
    for (size_t i = 0; i < options.crm.count; i++) {
        struct stage stage;
        known_stage(&loaded.known, KNOWN_CRM, &loaded.rules, lists, &stage);
        if (!list_read(setup, options.crm.items[i], &stage, err)) return false;
    }
    if (options.crm.count && crm->record_count == 0) {
        message_warning("the CRM export has no contacts");
    }
    return true;
}

// Opt-out lists may take a quarter of the memory: more is in the file as fast, beside leads.
static bool read_lists(const struct setup *setup, const struct key_lists *lists, struct err *err)
{
    enum { SHARE = 4 };
    known_init(&loaded.known, lists, setup->memory / SHARE, setup->temp_dir);
    return read_crm(setup, lists, err) &&
           opt_out_lists_read(setup, &options.suppress, &options.meanings, &loaded.rules, lists,
                              &loaded.known, err);
}

// What becomes of leads that the CRM knows: whether they are diverted.
static bool reads_on_match(bool *diverts, struct err *err)
{
    bool has_file = common.places[PLACE_EXISTING] != NULL;
    *diverts = has_file;
    if (!options.on_match) return true;
    bool keeps = strcmp(options.on_match, "keep") == 0;
    bool drops = strcmp(options.on_match, "drop") == 0;
    if (!keeps && !drops && strcmp(options.on_match, "divert") != 0) {
        return err_set(err, ERR_USAGE, NULL, 0, "--on-match takes keep, divert or drop, not '%s'",
                       options.on_match);
    }
    if (has_file && (keeps || drops)) {
        return err_set(err, ERR_USAGE, NULL, 0, "--existing diverts leads; --on-match says %s",
                       options.on_match);
    }
    if (!keeps && !drops && !has_file && !common.keep_all) {
        err_set(err, ERR_USAGE, NULL, 0, "--on-match divert: where to?");
        return err_hint(err, "--existing FILE or --keep-all DIR");
    }
    *diverts = !keeps;
    return true;
}

bool dedupe_diverts(void) { return options.on_match && strcmp(options.on_match, "divert") == 0; }

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
    bool diverts;
    if (!reads_on_match(&diverts, err) || !read_lists(setup, &lists, err)) return false;
    struct dedupe_options made = {
        .rules = &loaded.rules,
        .lists = lists,
        .known = options.crm.count + options.suppress.count ? &loaded.known : NULL,
        .first = options.first,
        .divert_existing = diverts,
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

const struct stage_module dedupe_module = {"dedupe", table, make, release};
