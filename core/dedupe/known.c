#include "known.h"

#include "core/base/json.h"
#include "core/base/memory.h"

// An opt-out is a wish of one mailbox or number, whoever shares it, and whatever tag was put behind
// a +.
static const struct dedupe_rules opt_out_rules = {
    .keys = {{{"email", 5}, {{PART_EMAIL_LOOSE, {"email", 5}}}, 1},
             {{"email_other", 11}, {{PART_EMAIL_LOOSE, {"email_other", 11}}}, 1},
             {{"phone", 5}, {{PART_PHONE, {"phone", 5}}}, 1},
             {{"phone_other", 11}, {{PART_PHONE_OTHER, {"phone_other", 11}}}, 1}},
    .key_count = 4,
};

enum { MAILBOX_KEYS = 2 }; // the first of them

enum { EXTRA_MAX = 256 }; // columns of a CRM export that are looked at

const struct dedupe_rules *known_opt_out_rules(void) { return &opt_out_rules; }

void known_init(struct known *known, const struct key_lists *lists, uint64_t bytes_max,
                const char *temp_dir)
{
    *known = (struct known){0};
    opt_outs_init(&known->outs, lists->providers, bytes_max, temp_dir);
}

struct known_adder {
    struct known *known;
    enum known_list list;
    const struct dedupe_rules *rules;
    struct key_lists lists;
    struct key_plan plan, company_plan, wish_plan; // wish: by which an opt-out is matched
    struct key_worker worker, company_worker, wish_worker;
    int id, extra, consent, opt_out, email, email_other, phone, phone_other, mobile;
    int first_name, last_name, company, domain, country, file, row; // columns
};

static const struct columns *adder_open(void *state, const struct columns *in, struct err *err)
{
    (void)err;
    struct known_adder *adder = state;
    const struct {
        const char *name;
        int *column;
    } columns[] = {{"lead_id", &adder->id},          {"extra", &adder->extra},
                   {"consent", &adder->consent},     {"opt_out", &adder->opt_out},
                   {"email", &adder->email},         {"email_other", &adder->email_other},
                   {"phone", &adder->phone},         {"phone_other", &adder->phone_other},
                   {"mobile", &adder->mobile},       {"first_name", &adder->first_name},
                   {"last_name", &adder->last_name}, {"company", &adder->company},
                   {"domain", &adder->domain},       {"country", &adder->country},
                   {"source_file", &adder->file},    {"source_row", &adder->row}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        *columns[i].column = columns_find(in, str_of(columns[i].name));
    }
    key_plan_make(&adder->plan, adder->rules, &adder->lists, in);
    key_plan_make(&adder->company_plan, crm_company_rules(), &adder->lists, in);
    key_plan_make(&adder->wish_plan, &opt_out_rules, &adder->lists, in);
    return in;
}

// ---- the CRM

// The columns of the export that are no lead's.
struct extra {
    str names[EXTRA_MAX], values[EXTRA_MAX];
    size_t count;
};

static void read_extra(struct batch *batch, uint32_t row, int column, struct extra *extra)
{
    str text = batch_get_or_empty(batch, row, column);
    extra->count = 0;
    while (extra->count < EXTRA_MAX &&
           json_next_member(&text, &batch->arena, &extra->names[extra->count],
                            &extra->values[extra->count])) {
        extra->count++;
    }
}

static str extra_value(const struct extra *extra, str name)
{
    for (size_t i = 0; i < extra->count; i++) {
        if (str_equal_nocase(extra->names[i], name)) return extra->values[i];
    }
    return (str){"", 0};
}

// The first of the names that has a value, kept.
static str first_value(struct known_adder *adder, const struct extra *extra, const str names[],
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        str value = extra_value(extra, names[i]);
        if (value.len) return arena_copy(&adder->known->arena, value);
    }
    return (str){"", 0};
}

// The CRM's own id: behind the source key of lead_id where the export is a known one, else from the
// columns that the rules name.
static str record_id(struct known_adder *adder, str lead_id, const struct extra *extra)
{
    ptrdiff_t colon = str_find(lead_id, ':');
    if (colon >= 0) return arena_copy(&adder->known->arena, str_from(lead_id, (size_t)colon + 1));
    return first_value(adder, extra, adder->rules->crm_id, adder->rules->crm_id_count);
}

static bool has_any(struct batch *batch, uint32_t row, const int columns[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (batch_get_or_empty(batch, row, columns[i]).len) return true;
    }
    return false;
}

// A row that names a company and no person.
static bool is_company(const struct known_adder *adder, struct batch *batch, uint32_t row)
{
    const int of_person[] = {adder->email, adder->first_name, adder->last_name, adder->mobile};
    const int of_company[] = {adder->company, adder->domain};
    return !has_any(batch, row, of_person, 4) && has_any(batch, row, of_company, 2);
}

static uint32_t add_record(struct known_adder *adder, struct batch *batch, uint32_t row,
                           const struct extra *extra)
{
    const struct dedupe_rules *rules = adder->rules;
    struct crm_record record = {
        .id = record_id(adder, batch_get_or_empty(batch, row, adder->id), extra),
        .owner = first_value(adder, extra, rules->crm_owner, rules->crm_owner_count),
        .stage = first_value(adder, extra, rules->crm_stage, rules->crm_stage_count),
        .account = first_value(adder, extra, rules->crm_account, rules->crm_account_count),
        .has_opted_out =
            dedupe_rules_suppress(rules, batch_get_or_empty(batch, row, adder->opt_out)),
        .is_company = is_company(adder, batch, row)};
    return crm_add(&adder->known->crm, &record);
}

// The keys are those of the company that the row names.
static void put_company(struct known_adder *adder, struct batch *batch, uint32_t row,
                        const struct row_key keys[], size_t count, uint32_t record)
{
    struct crm *crm = &adder->known->crm;
    str country = batch_get_or_empty(batch, row, adder->country);
    str domain = batch_get_or_empty(batch, row, adder->domain);
    for (size_t i = 0; i < count; i++) {
        hash128 key = keys[i].hash;
        if (keys[i].kind == CRM_BY_DOMAIN && email_is_free(adder->lists.providers, domain)) {
            continue;
        }
        if (keys[i].kind == CRM_BY_NAME) {
            crm_put_company(crm, crm_name_key(key, NULL), record);
            key = crm_name_key(key, &country);
        }
        crm_put_company(crm, key, record);
    }
}

// The mailboxes of the row as it stands now, of a contact that opted out.
static void put_opted_out(struct known_adder *adder, struct batch *batch, uint32_t row,
                          uint32_t record)
{
    struct known *known = adder->known;
    struct row_key keys[ROW_KEYS_MAX];
    if (!known->crm.records[record].has_opted_out) return;
    size_t count = keys_of_row(&adder->wish_plan, &adder->wish_worker, batch, row, keys);
    for (size_t i = 0; i < count; i++) {
        bool is_new;
        if (keys[i].kind < MAILBOX_KEYS)
            key_table_put(&known->crm_opted_out, keys[i].hash, &is_new);
    }
}

// The contact by the row as it stands now.
static void put_contact(struct known_adder *adder, struct batch *batch, uint32_t row,
                        uint32_t record)
{
    struct row_key keys[ROW_KEYS_MAX];
    size_t count = keys_of_row(&adder->plan, &adder->worker, batch, row, keys);
    for (size_t i = 0; i < count; i++) crm_put_contact(&adder->known->crm, keys[i].hash, record);
    put_opted_out(adder, batch, row, record);
}

// The contact by each address of a text, in place of its first.
static void put_addresses(struct known_adder *adder, struct batch *batch, uint32_t row,
                          uint32_t record, str text)
{
    const char *reason;
    while (text.len && str_find(text, '@') >= 0) {
        str rest = {"", 0};
        str address = email_clean(text, &batch->arena, &rest, &reason);
        if (str_find(address, '@') > 0) {
            batch_set(batch, row, (uint32_t)adder->email, address, 0);
            put_contact(adder, batch, row, record);
        }
        text = rest;
    }
}

// All addresses and numbers that the contact has are its own.
static void put_others(struct known_adder *adder, struct batch *batch, uint32_t row,
                       uint32_t record, const struct extra *extra)
{
    const struct dedupe_rules *rules = adder->rules;
    str number = batch_get_or_empty(batch, row, adder->phone_other);
    if (adder->email >= 0) {
        str email = batch_get(batch, row, (uint32_t)adder->email);
        put_addresses(adder, batch, row, record,
                      batch_get_or_empty(batch, row, adder->email_other));
        for (size_t i = 0; i < rules->crm_address_count; i++) {
            put_addresses(adder, batch, row, record, extra_value(extra, rules->crm_address[i]));
        }
        batch_set(batch, row, (uint32_t)adder->email, email, 0);
    }
    if (adder->phone < 0 || number.len == 0) return;
    batch_set(batch, row, (uint32_t)adder->phone, number, CELL_PLAIN);
    put_contact(adder, batch, row, record);
}

// The keys of a batch, and where those of the next row begin.
struct batch_keys {
    struct row_key *keys;
    size_t count, at;
};

static struct batch_keys make_keys(const struct key_plan *plan, struct key_worker *worker,
                                   struct batch *batch)
{
    struct batch_keys made = {0};
    made.keys = arena_alloc(&batch->arena, keys_room(plan, batch->count) * sizeof *made.keys);
    made.count = keys_of_batch(plan, worker, batch, made.keys);
    return made;
}

static const struct row_key *next_keys(struct batch_keys *all, uint32_t row, size_t *count)
{
    size_t from = all->at;
    while (all->at < all->count && all->keys[all->at].row == row) all->at++;
    *count = all->at - from;
    return all->keys + from;
}

static void add_to_crm(struct known_adder *adder, struct batch *batch)
{
    struct crm *crm = &adder->known->crm;
    struct batch_keys contacts = make_keys(&adder->plan, &adder->worker, batch);
    struct batch_keys companies = make_keys(&adder->company_plan, &adder->company_worker, batch);
    for (uint32_t row = 0; row < batch->count; row++) {
        struct extra extra;
        size_t count;
        read_extra(batch, row, adder->extra, &extra);
        uint32_t record = add_record(adder, batch, row, &extra);
        const struct row_key *keys = next_keys(&companies, row, &count);
        put_company(adder, batch, row, keys, count, record);
        keys = next_keys(&contacts, row, &count);
        if (crm->records[record].is_company) continue;
        for (size_t i = 0; i < count; i++) crm_put_contact(crm, keys[i].hash, record);
        put_opted_out(adder, batch, row, record);
        put_others(adder, batch, row, record, &extra);
    }
}

// ---- opt-out lists

// A list of all subscribers with their state: those who still are have not opted out.
static bool is_subscribed(const struct known_adder *adder, struct batch *batch, uint32_t row)
{
    return str_equal(batch_get_or_empty(batch, row, adder->consent), STR("yes")) &&
           batch_get_or_empty(batch, row, adder->opt_out).len == 0;
}

// What stands where addresses do and is none: a number, a domain, a digest.
static bool take_email_cell(struct known_adder *adder, struct batch *batch, uint32_t row,
                            bool *is_entry, struct err *err)
{
    str text = str_trim(batch_get_or_empty(batch, row, adder->email));
    *is_entry = false;
    if (text.len == 0 || str_find(text, '@') > 0) return true;
    return opt_outs_take_cell(&adder->known->outs, text, &batch->arena, is_entry, err);
}

// A row that names a company and no person: its domain.
static bool take_company(struct known_adder *adder, struct batch *batch, uint32_t row,
                         bool *is_entry, struct err *err)
{
    str domain = batch_get_or_empty(batch, row, adder->domain);
    *is_entry = false;
    if (domain.len == 0 || !is_company(adder, batch, row)) return true;
    return opt_outs_take_domain(&adder->known->outs, domain, &batch->arena, is_entry, err);
}

static void note_unusable(const struct known_adder *adder, struct batch *batch, uint32_t row)
{
    str line = batch_get_or_empty(batch, row, adder->row);
    uint64_t number = 0;
    for (size_t i = 0; i < line.len && byte_is_digit(line.data[i]); i++) {
        number = number * 10 + (uint64_t)(line.data[i] - '0');
    }
    opt_outs_note_unusable(&adder->known->outs, batch_get_or_empty(batch, row, adder->file),
                           number);
}

// Who does not want mail may share a number with others; who has no address is known by it alone.
static bool take_keys(struct known_adder *adder, const struct row_key keys[], size_t count,
                      struct err *err)
{
    struct opt_outs *outs = &adder->known->outs;
    bool has_mailbox = count && keys[0].kind < MAILBOX_KEYS;
    bool leaves_numbers = has_mailbox && outs->lists[outs->list_count - 1].meaning == NO_EMAIL;
    for (size_t i = 0; i < count; i++) {
        if (leaves_numbers && keys[i].kind >= MAILBOX_KEYS) continue;
        outs->has_plain = true;
        if (!opt_outs_take_key(outs, keys[i].hash, err)) return false;
    }
    return true;
}

static bool add_to_opt_outs(struct known_adder *adder, struct batch *batch, uint32_t row,
                            struct err *err)
{
    struct row_key keys[ROW_KEYS_MAX];
    bool is_entry, is_company_entry = false;
    adder->known->outs.entry_count++;
    if (is_subscribed(adder, batch, row)) return true;
    if (!take_email_cell(adder, batch, row, &is_entry, err)) return false;
    size_t count = keys_of_row(&adder->wish_plan, &adder->wish_worker, batch, row, keys);
    if (count == 0 && !is_entry && !take_company(adder, batch, row, &is_company_entry, err)) {
        return false;
    }
    if (count == 0 && !is_entry && !is_company_entry) note_unusable(adder, batch, row);
    return take_keys(adder, keys, count, err);
}

static bool adder_process(void *state, struct stage_worker *stage_worker, struct batch *batch,
                          struct err *err)
{
    (void)stage_worker;
    struct known_adder *adder = state;
    if (adder->list == KNOWN_CRM) {
        add_to_crm(adder, batch);
        return true;
    }
    for (uint32_t row = 0; row < batch->count; row++) {
        if (!add_to_opt_outs(adder, batch, row, err)) return false;
    }
    return true;
}

static void adder_close(void *state)
{
    struct known_adder *adder = state;
    key_worker_release(&adder->worker);
    key_worker_release(&adder->company_worker);
    key_worker_release(&adder->wish_worker);
    memory_free(adder);
}

void known_stage(struct known *known, enum known_list list, const struct dedupe_rules *rules,
                 const struct key_lists *lists, struct stage *stage)
{
    struct known_adder *adder = memory_zeroed(1, sizeof *adder);
    adder->known = known;
    adder->list = list;
    adder->rules = rules;
    adder->lists = *lists;
    key_worker_init(&adder->worker);
    key_worker_init(&adder->company_worker);
    key_worker_init(&adder->wish_worker);
    *stage = (struct stage){.name = "known",
                            .kind = STAGE_ORDERED,
                            .state = adder,
                            .open = adder_open,
                            .process = adder_process,
                            .close = adder_close};
}

void known_release(struct known *known)
{
    if (!known->outs.providers) return; // never begun
    crm_release(&known->crm);
    key_table_release(&known->crm_opted_out);
    opt_outs_release(&known->outs);
    arena_release(&known->arena);
}
