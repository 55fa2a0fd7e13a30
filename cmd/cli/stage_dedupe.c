// The dedupe stage as programs see it.
#include "core/dedupe/stage.h"

#include "core/normalize/filler.h"
#include "inputs.h"
#include "list_reader.h"
#include "message.h"
#include "opt_out_lists.h"
#include "program.h"
#include "stage_dedupe.h"
#include "stage_normalize.h"
#include <inttypes.h>
#include <stdio.h>

static struct {
    const char *rules, *match, *truth, *statistics, *on_match;
    bool first, again;
    struct option_list crm, suppress, meanings, decisions, explain;
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
    {OPTION_TEXT, 0, "match", "HOW", "what makes leads one: keys or weight, whatever the rules say",
     &options.match},
    {OPTION_TEXT, 0, "clusters", "FILE",
     "list every record with its cluster in FILE: its id, cluster_id",
     &common.places[PLACE_CLUSTER]},
    {OPTION_TEXT, 0, "review", "FILE",
     "list doubtful pairs side by side in FILE, to be decided (by weight)",
     &common.places[PLACE_REVIEW]},
    {OPTION_LIST, 0, "decisions", "FILE",
     "obey what was decided of pairs: decision,a,b,by,date,because; same or different",
     &options.decisions},
    {OPTION_FLAG, 0, "again", NULL,
     "leads that have a cluster_id already: deduplicate them once more", &options.again},
    {OPTION_TEXT, 0, "stats", "FILE",
     "judge by the statistics in FILE, not by these leads' own (by weight)", &options.statistics},
    {OPTION_TEXT, 0, "stats-out", "FILE",
     "keep the statistics in FILE, for later runs: counts of digests, no names (by weight)",
     &common.places[PLACE_STATISTICS]},
    {OPTION_LIST, 0, "explain-pair", "A,B",
     "say why the records of these ids are one or not, on standard output (by weight)",
     &options.explain},
    {OPTION_TEXT, 0, "evaluate", "TRUTH",
     "say how good the clusters are, by a table of ids and of who they are", &options.truth},
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
    struct nicknames nicknames;
    struct frequencies frequencies;
    struct profile_rules weights;
    hash128 statistics_hash;
    uint64_t blocks_left_out[BLOCK_KEYS];
    struct decisions decisions;
    struct decision explain[OPTION_LIST_MAX]; // pairs to be explained
    struct buffer explanation;
    struct truth truth;
    struct evaluation evaluation;
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

// Whether weights decide: as the option says, or else the rules.
static bool matches_by_weight(bool *by_weight, struct err *err)
{
    str match = str_of(options.match);
    *by_weight = options.match ? str_equal(match, STR("weight"))
                               : loaded.rules.match.by == MATCH_WEIGHT && !options.first;
    if (*by_weight && options.first) {
        return err_set(err, ERR_USAGE, NULL, 0,
                       "--first keeps the first record of every key: it cannot weigh pairs");
    }
    if (*by_weight || !options.match || str_equal(match, STR("keys"))) return true;
    return err_set(err, ERR_USAGE, NULL, 0, "--match takes keys or weight, not '%s'",
                   options.match);
}

static bool load_weights(const struct setup *setup, const struct key_lists *lists, struct err *err)
{
    loaded.weights = (struct profile_rules){lists->providers, lists->companies, &loaded.nicknames,
                                            &loaded.frequencies, NULL};
    return nicknames_load(&loaded.nicknames, setup->book, err) &&
           frequencies_load(&loaded.frequencies, setup->book, err);
}

// What needs all records, and is no use where they stream.
static bool check_whole(struct err *err)
{
    const struct {
        bool is_given;
        const char *name;
    } asked[] = {{common.places[PLACE_CLUSTER], "clusters"},
                 {common.places[PLACE_REVIEW], "review"},
                 {options.decisions.count, "decisions"},
                 {options.explain.count, "explain-pair"},
                 {options.truth, "evaluate"}};
    for (size_t i = 0; i < sizeof asked / sizeof *asked && options.first; i++) {
        if (!asked[i].is_given) continue;
        return err_set(err, ERR_USAGE, NULL, 0,
                       "--%s and --first do not go together: "
                       "there are no clusters",
                       asked[i].name);
    }
    return true;
}

static bool load_truth(struct err *err)
{
    const struct match_rules *match = &loaded.rules.match;
    if (!options.truth) return true;
    inputs_protect(options.truth);
    return truth_load(&loaded.truth, options.truth, match->id.column, match->across.column, err);
}

// What means nothing where keys join.
static bool check_weights(bool by_weight, struct err *err)
{
    const struct {
        bool is_given;
        const char *name;
    } asked[] = {{common.places[PLACE_REVIEW], "review"},
                 {common.places[PLACE_STATISTICS], "stats-out"},
                 {options.statistics, "stats"},
                 {options.explain.count, "explain-pair"}};
    for (size_t i = 0; i < sizeof asked / sizeof *asked && !by_weight; i++) {
        if (!asked[i].is_given) continue;
        return err_set(err, ERR_USAGE, NULL, 0, "--%s is about weights: it needs --match weight",
                       asked[i].name);
    }
    if (options.statistics) inputs_protect(options.statistics);
    return true;
}

static bool load_decisions(struct err *err)
{
    for (size_t i = 0; i < options.decisions.count; i++) {
        inputs_protect(options.decisions.items[i]);
        if (!decisions_load(&loaded.decisions, options.decisions.items[i], err)) return false;
    }
    return true;
}

// Leads are not what was asked for, unless -o is given.
static bool read_pairs(struct err *err)
{
    for (size_t i = 0; i < options.explain.count; i++) {
        struct decision *pair = &loaded.explain[i];
        pair->b = str_of(options.explain.items[i]);
        if (!str_cut(&pair->b, ',', &pair->a) || !pair->a.len || !pair->b.len) {
            return err_set(err, ERR_USAGE, NULL, 0, "--explain-pair takes two ids, A,B, not '%s'",
                           options.explain.items[i]);
        }
    }
    if (options.explain.count && !common.output) common.output = "/dev/null";
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
    bool by_weight;
    if (!matches_by_weight(&by_weight, err) || !check_whole(err) || !load_truth(err)) return false;
    if (!check_weights(by_weight, err) || !load_decisions(err) || !read_pairs(err)) return false;
    if (by_weight && !load_weights(setup, &lists, err)) return false;
    bool diverts;
    if (!reads_on_match(&diverts, err) || !read_lists(setup, &lists, err)) return false;
    struct dedupe_options made = {
        .rules = &loaded.rules,
        .lists = lists,
        .known = options.crm.count + options.suppress.count ? &loaded.known : NULL,
        .first = options.first,
        .weights = by_weight ? &loaded.weights : NULL,
        .threads = setup->threads,
        .statistics = options.statistics,
        .lists_statistics = common.places[PLACE_STATISTICS] != NULL,
        .blocks_left_out = loaded.blocks_left_out,
        .statistics_hash = &loaded.statistics_hash,
        .explain = loaded.explain,
        .explain_count = options.explain.count,
        .explanation = &loaded.explanation,
        .decisions = options.decisions.count ? &loaded.decisions : NULL,
        .lists_reviews = common.places[PLACE_REVIEW] != NULL,
        .again = options.again,
        .lists_clusters = common.places[PLACE_CLUSTER] != NULL,
        .truth = options.truth ? &loaded.truth : NULL,
        .evaluation = &loaded.evaluation,
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

// Pairs that nobody looked at: what they share, too many records share.
static void say_left_out(void)
{
    struct buffer text = {0};
    for (enum block_key key = 0; key < BLOCK_KEYS; key++) {
        uint64_t count = loaded.blocks_left_out[key];
        if (count == 0) continue;
        buffer_format(&text, "%s%" PRIu64 " of %s", text.len ? ", " : "", count,
                      block_key_name(key));
    }
    if (text.len) {
        message_note("not compared within groups of too many records that share one key: %.*s",
                     STR_ARG(buffer_str(&text)));
    }
    buffer_release(&text);
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

// Asked for, so said even when quiet.
static void say_evaluation(void)
{
    if (!options.truth || !loaded.evaluation.rows) return; // or the run has failed
    if (loaded.evaluation.missing == loaded.evaluation.rows) {
        message_warning("no record has an id of %s: its column for ids is %.*s, or else the first",
                        options.truth, STR_ARG(loaded.rules.match.id.column));
    }
    struct buffer text = {0};
    evaluation_write(&loaded.evaluation, options.truth, &text);
    message_block(buffer_str(&text));
    buffer_release(&text);
}

static void say_explanation(void)
{
    struct buffer text = {0};
    message_mask(buffer_str(&loaded.explanation), &text);
    if (text.len) (void)fwrite(text.data, 1, text.len, stdout); // program_finish looks at stdout
    buffer_release(&text);
    buffer_release(&loaded.explanation);
}

static void release(void)
{
    say_evaluation();
    say_explanation();
    truth_release(&loaded.truth);
    decisions_release(&loaded.decisions);
    say_memory();
    say_left_out();
    say_late_opt_outs();
    dedupe_rules_release(&loaded.rules);
    email_providers_release(&loaded.providers);
    company_rules_release(&loaded.companies);
    nicknames_release(&loaded.nicknames);
    frequencies_release(&loaded.frequencies);
    known_release(&loaded.known);
}

static hash128 statistics(void) { return loaded.statistics_hash; }

static bool reads(str column) { return dedupe_rules_name(&loaded.rules, column); }

const struct stage_module dedupe_module = {"dedupe", table, make, release, statistics, reads, NULL};
