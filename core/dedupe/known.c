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

const struct dedupe_rules *known_opt_out_rules(void) { return &opt_out_rules; }

struct known_adder {
    struct known *known;
    enum known_list list;
    const struct dedupe_rules *rules;
    struct key_lists lists;
    struct key_plan plan, wish_plan; // wish: by which an opt-out is matched
    struct key_worker worker, wish_worker;
    int id_column, extra_column, consent_column, opt_out_column;
    int email_column, phone_column, file_column, row_column;
};

static const struct columns *adder_open(void *state, const struct columns *in, struct err *err)
{
    (void)err;
    struct known_adder *adder = state;
    key_plan_make(&adder->plan, adder->rules, &adder->lists, in);
    key_plan_make(&adder->wish_plan, &opt_out_rules, &adder->lists, in);
    adder->id_column = columns_find(in, STR("lead_id"));
    adder->extra_column = columns_find(in, STR("extra"));
    adder->consent_column = columns_find(in, STR("consent"));
    adder->opt_out_column = columns_find(in, STR("opt_out"));
    adder->email_column = columns_find(in, STR("email"));
    adder->phone_column = columns_find(in, STR("phone"));
    adder->file_column = columns_find(in, STR("source_file"));
    adder->row_column = columns_find(in, STR("source_row"));
    return in;
}

static str extra_value(struct known_adder *adder, str extra, const str names[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        str value;
        if (json_member(extra, names[i], &adder->known->arena, &value) && value.len) {
            return arena_copy(&adder->known->arena, value);
        }
    }
    return (str){"", 0};
}

// The CRM's own id: behind the source key of lead_id where the export is a known one, else from the
// columns that the rules name.
static str contact_id(struct known_adder *adder, str lead_id, str extra)
{
    ptrdiff_t colon = str_find(lead_id, ':');
    if (colon >= 0) return arena_copy(&adder->known->arena, str_from(lead_id, (size_t)colon + 1));
    return extra_value(adder, extra, adder->rules->crm_id, adder->rules->crm_id_count);
}

static void add_contact(struct known_adder *adder, struct batch *batch, uint32_t row)
{
    struct known *known = adder->known;
    str extra = batch_get_or_empty(batch, row, adder->extra_column);
    str id = contact_id(adder, batch_get_or_empty(batch, row, adder->id_column), extra);
    struct known_contact contact = {
        id, extra_value(adder, extra, adder->rules->crm_owner, adder->rules->crm_owner_count),
        extra_value(adder, extra, adder->rules->crm_stage, adder->rules->crm_stage_count),
        dedupe_rules_suppress(adder->rules, batch_get_or_empty(batch, row, adder->opt_out_column))};
    known->contacts = memory_grow(known->contacts, &known->contact_capacity,
                                  known->contact_count + 1, sizeof *known->contacts);
    known->contacts[known->contact_count++] = contact;
}

// A list of all subscribers with their state: those who still are have not opted out.
static bool is_subscribed(const struct known_adder *adder, struct batch *batch, uint32_t row)
{
    return str_equal(batch_get_or_empty(batch, row, adder->consent_column), STR("yes")) &&
           batch_get_or_empty(batch, row, adder->opt_out_column).len == 0;
}

// A number with its country code that stands among the addresses, as in a list of both: it is put
// where numbers are.
static void take_number(const struct known_adder *adder, struct batch *batch, uint32_t row)
{
    enum { DIGITS_MIN = 8, DIGITS_MAX = 15 };
    if (adder->email_column < 0 || adder->phone_column < 0) return;
    str text = str_trim(batch_get(batch, row, (uint32_t)adder->email_column));
    if (!str_starts(text, STR("+")) || batch_get(batch, row, (uint32_t)adder->phone_column).len) {
        return;
    }
    char *number = arena_bytes(&batch->arena, DIGITS_MAX + 2);
    size_t len = 0;
    number[len++] = '+';
    for (size_t i = 1; i < text.len; i++) {
        if (strchr(" ()-./", text.data[i])) continue;
        if (!byte_is_digit(text.data[i]) || len > DIGITS_MAX) return;
        number[len++] = text.data[i];
    }
    if (len <= DIGITS_MIN) return;
    batch_set(batch, row, (uint32_t)adder->phone_column, (str){number, len}, CELL_PLAIN);
}

static void note_unusable(const struct known_adder *adder, struct batch *batch, uint32_t row)
{
    struct known *known = adder->known;
    if (known->unusable_count++ >= KNOWN_UNUSABLE_SHOWN) return;
    str file = batch_get_or_empty(batch, row, adder->file_column);
    str line = batch_get_or_empty(batch, row, adder->row_column);
    known->unusable[known->unusable_count - 1] =
        arena_format(&known->arena, "%.*s:%.*s", STR_ARG(file), STR_ARG(line));
}

static void put_contact(struct known_adder *adder, const struct row_key keys[], size_t count)
{
    struct known *known = adder->known;
    for (size_t i = 0; i < count; i++) {
        bool is_new;
        uint32_t *value = key_table_put(&known->contacts_by_key, keys[i].hash, &is_new);
        if (is_new) *value = (uint32_t)known->contact_count;
    }
}

static void put_opt_out(struct known_adder *adder, const struct row_key keys[], size_t count)
{
    struct known *known = adder->known;
    for (size_t i = 0; i < count; i++) {
        bool is_new;
        if (adder->list == KNOWN_CRM && keys[i].kind >= MAILBOX_KEYS) continue;
        uint32_t *value = key_table_put(&known->opted_out, keys[i].hash, &is_new);
        if (is_new || adder->list == KNOWN_OPT_OUT) *value = adder->list;
        known->opt_out_key_count += adder->list == KNOWN_OPT_OUT;
    }
}

static void add_to_crm(struct known_adder *adder, struct batch *batch, uint32_t row)
{
    struct row_key keys[ROW_KEYS_MAX];
    size_t count = keys_of_row(&adder->plan, &adder->worker, batch, row, keys);
    add_contact(adder, batch, row);
    put_contact(adder, keys, count);
    if (!adder->known->contacts[adder->known->contact_count - 1].has_opted_out) return;
    count = keys_of_row(&adder->wish_plan, &adder->wish_worker, batch, row, keys);
    put_opt_out(adder, keys, count);
}

static void add_to_opt_outs(struct known_adder *adder, struct batch *batch, uint32_t row)
{
    struct row_key keys[ROW_KEYS_MAX];
    take_number(adder, batch, row);
    adder->known->opted_out_count++;
    if (is_subscribed(adder, batch, row)) return;
    size_t count = keys_of_row(&adder->wish_plan, &adder->wish_worker, batch, row, keys);
    if (count == 0) note_unusable(adder, batch, row);
    put_opt_out(adder, keys, count);
}

static bool adder_process(void *state, struct stage_worker *stage_worker, struct batch *batch,
                          struct err *err)
{
    (void)stage_worker;
    (void)err;
    struct known_adder *adder = state;
    for (uint32_t row = 0; row < batch->count; row++) {
        if (adder->list == KNOWN_CRM)
            add_to_crm(adder, batch, row);
        else
            add_to_opt_outs(adder, batch, row);
    }
    return true;
}

static void adder_close(void *state)
{
    struct known_adder *adder = state;
    key_worker_release(&adder->worker);
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
    key_table_release(&known->contacts_by_key);
    key_table_release(&known->opted_out);
    memory_free(known->contacts);
    arena_release(&known->arena);
    *known = (struct known){0};
}
