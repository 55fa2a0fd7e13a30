#include "stage.h"

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/lead/schema.h"
#include "core/pipeline/rejects.h"

enum {
    AT_EMAIL_STATUS,
    AT_EMAIL_REASON,
    AT_EMAIL_REASONS,
    AT_EMAIL_FLAGS,
    AT_EMAIL_SUGGESTION,
    AT_EMAIL_CHECKED,
    AT_PHONE_STATUS,
    AT_PHONE_KIND,
};

static const str RULE_LIMIT = {"email_rule_limit", 16}, LIST_MISSING = {"email_list_missing", 18};

enum {
    CHECK_AHEAD = 6, // records between telling of an address and judging it
    CHANGE_COLUMNS = 6,
};

struct validate {
    struct validate_options options;
    struct columns *out;
    uint32_t at[VALIDATE_END - LEAD_FIELD_COUNT]; // where the added columns are
    // Columns of the input, or -1.
    int email, email_other, phone, mobile, phone_other, opt_out;
    int source_name, source_file, source_row, lead_id;
    bool wants[VALIDATE_END - LEAD_FIELD_COUNT]; // somebody reads the added column
    struct columns *changes, *unverified;
    struct key_table listed; // keys of the addresses sent to PLACE_UNVERIFIED
};

struct finding {
    struct email_verdict email;
    struct phone_finding phone;
    str email_status, email_checked;
    str fixed;     // the address that was put right; data NULL = it is as it was
    hash128 to_do; // the key of an address that a verifier has not seen; both halves 0 = none
};

struct validate_worker {
    struct email_worker *email;
    struct finding *findings; // of the batch's records
    bool *keep;
    size_t finding_capacity, keep_capacity;
    struct rejects rejects;
    struct buffer line;
};

static const struct columns *validate_open(void *state, const struct columns *in, struct err *err)
{
    struct validate *validate = state;
    static const str unverified = {"email", 5};
    static const str changes[] = {{"lead_id", 7}, {"source_row", 10}, {"field", 5},
                                  {"before", 6},  {"after", 5},       {"reason", 6}};
    validate->out = schema_extend(in, SCHEMA_STAGE_VALIDATE, validate->at);
    validate->changes = columns_new(changes, CHANGE_COLUMNS);
    validate->unverified = columns_new(&unverified, 1);
    validate->email = columns_find(in, STR("email"));
    validate->email_other = columns_find(in, STR("email_other"));
    validate->phone = columns_find(in, STR("phone"));
    validate->mobile = columns_find(in, STR("mobile"));
    validate->phone_other = columns_find(in, STR("phone_other"));
    validate->opt_out = columns_find(in, STR("opt_out"));
    validate->source_name = columns_find(in, STR("source_name"));
    validate->source_file = columns_find(in, STR("source_file"));
    validate->source_row = columns_find(in, STR("source_row"));
    validate->lead_id = columns_find(in, STR("lead_id"));
    bool has_any = validate->email >= 0 || validate->phone >= 0 || validate->mobile >= 0;
    if (in->count && !has_any) {
        err_set(err, ERR_DATA, NULL, 0, "no column 'email', 'phone' or 'mobile'");
        err_hint(err, "an export is read by lead-normalize first");
        return NULL;
    }
    return validate->out;
}

static void validate_want(void *state, struct wanted *wanted)
{
    struct validate *validate = state;
    uint32_t count;
    const struct schema_field *added = schema_stage_fields(SCHEMA_STAGE_VALIDATE, &count);
    for (uint32_t i = 0; i < count; i++) validate->wants[i] = wanted_has(wanted, added[i].name);
    // What is judged. Rejects hold what there is of a lead, by where it stood.
    wanted_add(wanted, STR("email"));
    wanted_add(wanted, STR("email_other"));
    wanted_add(wanted, STR("phone"));
    wanted_add(wanted, STR("phone_other"));
    wanted_add(wanted, STR("mobile"));
    wanted_add(wanted, STR("opt_out"));
    wanted_add(wanted, STR("lead_id"));
}

static const struct columns *validate_place_columns(void *state, enum place place)
{
    const struct validate *validate = state;
    if (place == PLACE_CHANGE) return validate->changes;
    if (place == PLACE_UNVERIFIED) return validate->unverified;
    return place == PLACE_REJECT ? rejects_columns() : NULL;
}

static void *validate_worker_init(void *state)
{
    const struct validate *validate = state;
    struct validate_worker *worker = memory_zeroed(1, sizeof *worker);
    worker->email = email_worker_new(validate->options.rules);
    return worker;
}

static void validate_worker_release(void *state, void *worker_state)
{
    (void)state;
    struct validate_worker *worker = worker_state;
    email_worker_free(worker->email);
    rejects_release(&worker->rejects);
    buffer_release(&worker->line);
    memory_free(worker->findings);
    memory_free(worker->keep);
    memory_free(worker);
}

// What was counted of one source, in a row of records from it.
struct source_count {
    str name;
    uint64_t in, by_status[4], limited, unlisted;
};

static void flush_count(struct stage_worker *worker, struct source_count *count)
{
    static const str names[] = {
        {"email_valid", 11}, {"email_risky", 11}, {"email_invalid", 13}, {"email_unknown", 13}};
    if (count->in) tally_add(&worker->by_source, count->name, STR("in"), count->in);
    for (int i = 0; i < 4; i++) {
        if (count->by_status[i]) {
            tally_add(&worker->by_source, count->name, names[i], count->by_status[i]);
        }
    }
    if (count->limited) tally_add(&worker->by_source, count->name, RULE_LIMIT, count->limited);
    if (count->unlisted) tally_add(&worker->by_source, count->name, LIST_MISSING, count->unlisted);
    *count = (struct source_count){.name = count->name};
}

static bool has_reason(const struct email_verdict *verdict, str reason)
{
    str codes = verdict->reasons, code;
    while (codes.len && str_cut(&codes, ';', &code)) {
        if (str_equal(code, reason)) return true;
    }
    return false;
}

static void count_verdict(struct source_count *count, const struct email_verdict *verdict)
{
    count->in++;
    count->by_status[verdict->status]++;
    if (verdict->reasons.len == 0) return;
    count->limited += has_reason(verdict, STR("rule_limit"));
    count->unlisted += has_reason(verdict, STR("list_missing"));
}

// What verifiers know of the address, or that it is still to be asked.
static void ask_verifiers(const struct validate *validate, str address, struct arena *arena,
                          struct finding *finding)
{
    const struct validate_options *options = &validate->options;
    const struct verdict_found *found =
        options->verdicts ? verdicts_find(options->verdicts, address, arena) : NULL;
    if (found) {
        verdicts_apply(options->verdicts, found, address, arena, &finding->email);
        finding->email_checked = verdicts_checked(found, arena);
    } else if (options->lists_unverified && email_is_usable(&finding->email)) {
        finding->to_do = hash_128(email_key(options->providers, address, arena));
    }
}

static void judge_email(const struct validate *validate, struct validate_worker *own, str address,
                        struct arena *arena, struct finding *finding)
{
    const struct validate_options *options = &validate->options;
    finding->email_checked = STR("offline");
    finding->fixed = (str){NULL, 0};
    finding->to_do = (hash128){0, 0};
    email_check(own->email, address, arena, &finding->email);
    if (options->fixes_typos) {
        finding->fixed = email_fix(own->email, arena, &finding->email);
        if (finding->fixed.data) address = finding->fixed;
    }
    if (options->verdicts || options->lists_unverified) {
        ask_verifiers(validate, address, arena, finding);
    }
    finding->email_status = email_status_name(finding->email.status);
}

static void judge(const struct validate *validate, struct stage_worker *worker, struct batch *batch,
                  struct finding findings[])
{
    struct validate_worker *own = worker->state;
    struct source_count count = {.name = {"", 0}};
    bool wants_phone = validate->wants[AT_PHONE_STATUS] || validate->wants[AT_PHONE_KIND];
    for (uint32_t row = 0; row < batch->count; row++) {
        struct finding *finding = &findings[row];
        if (row + CHECK_AHEAD < batch->count) {
            str soon = batch_get_or_empty(batch, row + CHECK_AHEAD, validate->email);
            email_check_soon(own->email, soon);
        }
        judge_email(validate, own, batch_get_or_empty(batch, row, validate->email), &batch->arena,
                    finding);
        // A number that nobody reads about matters where there is no usable address.
        if (wants_phone || !email_is_usable(&finding->email)) {
            finding->phone = phone_check(validate->options.phones,
                                         batch_get_or_empty(batch, row, validate->phone),
                                         batch_get_or_empty(batch, row, validate->mobile));
        }
        str source = batch_get_or_empty(batch, row, validate->source_name);
        if (!str_equal(source, count.name)) flush_count(worker, &count);
        count.name = source;
        count_verdict(&count, &finding->email);
    }
    flush_count(worker, &count);
    email_worker_trim(own->email);
}

// The record as this stage read it: a line of canonical CSV, without its line end.
static str raw_line(struct validate_worker *own, struct batch *batch, uint32_t row)
{
    buffer_clear(&own->line);
    batch_write(batch, row, &own->line);
    str line = buffer_str(&own->line);
    while (line.len && (line.data[line.len - 1] == '\n' || line.data[line.len - 1] == '\r')) {
        line.len--;
    }
    return arena_copy(&batch->arena, line);
}

// Whether the person does not want to be written to.
static bool opts_out(const struct validate *validate, struct batch *batch, uint32_t row)
{
    str words = batch_get_or_empty(batch, row, validate->opt_out), word;
    while (words.len && str_cut(&words, ' ', &word)) {
        if (str_equal(word, STR("email")) || str_equal(word, STR("all"))) return true;
    }
    return false;
}

// Whether the lead's second address or number is of use. They are looked at only where the first
// are not.
static bool others_are_usable(const struct validate *validate, struct validate_worker *own,
                              struct batch *batch, uint32_t row)
{
    struct email_verdict verdict;
    str number = batch_get_or_empty(batch, row, validate->phone_other);
    if (phone_check(validate->options.phones, number, (str){"", 0}).is_usable) return true;
    str address = batch_get_or_empty(batch, row, validate->email_other);
    email_check(own->email, address, &batch->arena, &verdict);
    return email_is_usable(&verdict);
}

// Sends the unreachable to the rejects and takes them, and their findings, out. An opt-out passes:
// it is a wish of all records of the person, which dedupe finds.
static bool reject_unreachable(const struct validate *validate, struct stage_worker *worker,
                               struct batch *batch, struct finding findings[])
{
    struct validate_worker *own = worker->state;
    uint32_t kept = 0;
    own->keep = memory_grow(own->keep, &own->keep_capacity, batch->count, sizeof *own->keep);
    for (uint32_t row = 0; row < batch->count; row++) {
        const struct finding *finding = &findings[row];
        own->keep[row] = email_is_usable(&finding->email) || finding->phone.is_usable ||
                         opts_out(validate, batch, row) ||
                         others_are_usable(validate, own, batch, row);
        if (own->keep[row]) {
            if (kept < row) findings[kept] = *finding;
            kept++;
            continue;
        }
        struct reject reject = {.reason = STR("unreachable"),
                                .source_file =
                                    batch_get_or_empty(batch, row, validate->source_file),
                                .source_row = batch_get_or_empty(batch, row, validate->source_row),
                                .lead_id = batch_get_or_empty(batch, row, validate->lead_id),
                                .raw = raw_line(own, batch, row)};
        rejects_add(&own->rejects, worker, batch_get_or_empty(batch, row, validate->source_name),
                    &reject);
    }
    if (kept == batch->count) return true;
    if (!rejects_emit(&own->rejects, worker, "validate")) return false;
    batch_filter(batch, own->keep);
    return true;
}

static str text_at(const struct finding *finding, size_t offset)
{
    str text;
    memcpy(&text, (const char *)finding + offset, sizeof text);
    return text;
}

// Column by column: for each record the text that stands `offset` bytes into its finding. A column
// that the input did not have is empty already, as reasons and the like nearly always are.
static void set_column(const struct finding findings[], struct batch *batch, uint32_t column,
                       size_t offset, unsigned flags)
{
    uint32_t row = 0;
    if (column >= batch->raw_columns && !batch->overlay[column]) {
        while (row < batch->count && text_at(&findings[row], offset).len == 0) row++;
        if (row == batch->count) return;
    }
    cell *cells = batch_cells(batch, column);
    for (; row < batch->count; row++) {
        str text = text_at(&findings[row], offset);
        cells[row] = (cell){text.data, (uint32_t)text.len, flags | CELL_SET};
    }
}

static void set_cells(const struct validate *validate, struct batch *batch,
                      const struct finding findings[])
{
    // Codes are words of a rule file; the name of a verifier may be anything.
    unsigned checked_flags = validate->options.verdicts ? 0 : CELL_PLAIN;
    const struct {
        size_t offset;
        unsigned flags;
    } texts[] = {
        [AT_EMAIL_STATUS] = {offsetof(struct finding, email_status), CELL_PLAIN},
        [AT_EMAIL_REASON] = {offsetof(struct finding, email.reason), CELL_PLAIN},
        [AT_EMAIL_REASONS] = {offsetof(struct finding, email.reasons), CELL_PLAIN},
        [AT_EMAIL_FLAGS] = {offsetof(struct finding, email.flags), CELL_PLAIN},
        [AT_EMAIL_SUGGESTION] = {offsetof(struct finding, email.suggestion), 0},
        [AT_EMAIL_CHECKED] = {offsetof(struct finding, email_checked), checked_flags},
        [AT_PHONE_STATUS] = {offsetof(struct finding, phone.status), CELL_PLAIN},
        [AT_PHONE_KIND] = {offsetof(struct finding, phone.kind), CELL_PLAIN},
    };
    for (size_t at = 0; at < sizeof texts / sizeof *texts; at++) {
        if (!validate->wants[at]) continue;
        set_column(findings, batch, validate->at[at], texts[at].offset, texts[at].flags);
    }
}

// Writes the addresses that were put right and journals them.
static bool set_fixed(const struct validate *validate, struct stage_worker *worker,
                      struct batch *batch, const struct finding findings[])
{
    uint32_t count = 0;
    for (uint32_t row = 0; row < batch->count; row++) count += findings[row].fixed.data != NULL;
    if (count == 0) return true;
    struct batch *side = stage_batch(worker);
    batch_begin_empty(side, validate->changes, count);
    for (uint32_t row = 0, i = 0; row < batch->count; row++) {
        str fixed = findings[row].fixed;
        if (!fixed.data) continue;
        batch_set(side, i, 0, batch_get_or_empty(batch, row, validate->lead_id), 0);
        batch_set(side, i, 1, batch_get_or_empty(batch, row, validate->source_row), 0);
        batch_set(side, i, 2, STR("email"), CELL_PLAIN);
        batch_set(side, i, 3, batch_get_or_empty(batch, row, validate->email), 0);
        batch_set(side, i, 4, fixed, 0);
        batch_set(side, i++, 5, STR("typo"), CELL_PLAIN);
        batch_set(batch, row, (uint32_t)validate->email, fixed, 0);
    }
    return stage_emit(worker, PLACE_CHANGE, side);
}

// Whether an answer about the address would be worth its price: somebody reads what is sent there,
// and wants to.
static bool is_worth_asking(const struct validate *validate, struct batch *batch, uint32_t row,
                            const struct email_verdict *verdict)
{
    str codes = verdict->reasons, code;
    while (codes.len && str_cut(&codes, ';', &code)) {
        if (email_rules_mark(validate->options.rules, code, EMAIL_UNASKED)) return false;
    }
    return !opts_out(validate, batch, row);
}

// Sends the addresses that are to be verified and were not sent before.
static bool list_unverified(struct validate *validate, struct stage_worker *worker,
                            struct batch *batch, struct finding findings[])
{
    uint32_t count = 0;
    for (uint32_t row = 0; row < batch->count; row++) {
        hash128 none = {0, 0}, *key = &findings[row].to_do;
        if (hash128_equal(*key, none)) continue;
        // One that is left out is so in later records as well.
        bool is_new = key_table_add(&validate->listed, *key);
        if (is_new && is_worth_asking(validate, batch, row, &findings[row].email))
            count++;
        else
            *key = none;
    }
    if (count == 0) return true;
    struct batch *side = stage_batch(worker);
    batch_begin_empty(side, validate->unverified, count);
    for (uint32_t row = 0, i = 0; row < batch->count; row++) {
        if (hash128_equal(findings[row].to_do, (hash128){0, 0})) continue;
        batch_set(side, i++, 0, batch_get_or_empty(batch, row, validate->email), 0);
    }
    return stage_emit(worker, PLACE_UNVERIFIED, side);
}

// What follows from the findings.
static bool finish(struct validate *validate, struct stage_worker *worker, struct batch *batch,
                   struct finding findings[])
{
    const struct validate_options *options = &validate->options;
    if (email_rules_reject_unreachable(options->rules) &&
        !reject_unreachable(validate, worker, batch, findings)) {
        return false;
    }
    if (options->fixes_typos && !set_fixed(validate, worker, batch, findings)) return false;
    if (options->lists_unverified && !list_unverified(validate, worker, batch, findings)) {
        return false;
    }
    batch_widen(batch, validate->out);
    set_cells(validate, batch, findings);
    return true;
}

static bool validate_process(void *state, struct stage_worker *worker, struct batch *batch,
                             struct err *err)
{
    (void)err;
    struct validate_worker *own = worker->state;
    own->findings =
        memory_grow(own->findings, &own->finding_capacity, batch->count, sizeof *own->findings);
    judge(state, worker, batch, own->findings);
    return finish(state, worker, batch, own->findings);
}

// The same in two steps, where addresses are listed in the order of the records.
static bool validate_prepare(void *state, struct stage_worker *worker, struct batch *batch,
                             void **findings, struct err *err)
{
    (void)err;
    *findings = arena_alloc(&batch->arena, batch->count * sizeof(struct finding));
    judge(state, worker, batch, *findings);
    return true;
}

static bool validate_process_prepared(void *state, struct stage_worker *worker, struct batch *batch,
                                      void *findings, struct err *err)
{
    (void)err;
    return finish(state, worker, batch, findings);
}

static void validate_close(void *state)
{
    struct validate *validate = state;
    columns_free(validate->out);
    columns_free(validate->changes);
    columns_free(validate->unverified);
    key_table_release(&validate->listed);
    memory_free(validate);
}

void validate_stage(const struct validate_options *options, struct stage *stage)
{
    struct validate *validate = memory_zeroed(1, sizeof *validate);
    validate->options = *options;
    memset(validate->wants, true, sizeof validate->wants);
    *stage = (struct stage){.name = "validate",
                            .kind = STAGE_MAP,
                            .places = STAGE_PLACE(PLACE_REJECT),
                            .state = validate,
                            .open = validate_open,
                            .place_columns = validate_place_columns,
                            .want = validate_want,
                            .worker_init = validate_worker_init,
                            .worker_release = validate_worker_release,
                            .process = validate_process,
                            .close = validate_close};
    if (options->fixes_typos || options->has_journal) stage->places |= STAGE_PLACE(PLACE_CHANGE);
    if (!options->lists_unverified) return;
    stage->places |= STAGE_PLACE(PLACE_UNVERIFIED);
    stage->kind = STAGE_ORDERED;
    stage->prepare = validate_prepare;
    stage->process_prepared = validate_process_prepared;
}
