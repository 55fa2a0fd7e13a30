#include "keys.h"

#include "core/base/utf8.h"
#include "core/lead/fold.h"
#include "core/lead/schema.h"

enum {
    COMPANY_SLOTS = 8192,
    CACHE_BYTES_MAX = 8 << 20,
    PHONE_BYTES_MIN = 8,
    PART_BYTES_MAX = 160, // of what is hashed as it stands
    KEY_BYTES_MAX = 1 + DEDUPE_PARTS_MAX * (4 + PART_BYTES_MAX),
};

static uint8_t part_number(struct key_plan *plan, const struct key_part *part,
                           const struct columns *columns)
{
    int column = columns_find(columns, part->column), second = -1;
    if (part->kind == PART_PHONE) {
        bool is_mobile = str_equal(part->column, STR("mobile"));
        second = columns_find(columns, is_mobile ? STR("phone") : STR("mobile"));
        if (column < 0) column = second, second = -1;
    }
    for (size_t i = 0; i < plan->part_count; i++) {
        if (plan->parts[i].kind == part->kind && plan->parts[i].column == column) return (uint8_t)i;
    }
    size_t number = plan->part_count++;
    plan->parts[number].kind = part->kind;
    plan->parts[number].column = column;
    plan->parts[number].column_second = second;
    return (uint8_t)number;
}

void key_plan_make(struct key_plan *plan, const struct dedupe_rules *rules,
                   const struct key_lists *lists, const struct columns *columns)
{
    *plan = (struct key_plan){.rules = rules, .lists = *lists, .key_count = rules->key_count};
    plan->country_column = columns_find(columns, STR("country"));
    for (size_t i = 0; i < rules->key_count; i++) {
        const struct key_rule *rule = &rules->keys[i];
        plan->keys[i].is_usable = true;
        plan->keys[i].part_count = (uint8_t)rule->part_count;
        for (size_t j = 0; j < rule->part_count; j++) {
            uint8_t number = part_number(plan, &rule->parts[j], columns);
            plan->keys[i].parts[j] = number;
            if (plan->parts[number].column < 0) plan->keys[i].is_usable = false;
        }
    }
}

void key_worker_init(struct key_worker *worker)
{
    *worker = (struct key_worker){0};
    cache_init(&worker->companies, COMPANY_SLOTS, sizeof(str));
}

void key_worker_release(struct key_worker *worker)
{
    arena_release(&worker->arena);
    cache_release(&worker->companies);
}

void key_worker_trim(struct key_worker *worker) { cache_trim(&worker->companies, CACHE_BYTES_MAX); }

static str company_part(const struct key_plan *plan, struct key_worker *worker, struct batch *batch,
                        uint32_t row, str text)
{
    if (text.len == 0) return text;
    str country = batch_get_or_empty(batch, row, plan->country_column);
    bool known;
    str *key = cache_find(&worker->companies, text, hash_64(country), &known);
    if (!known) {
        str made = company_key(plan->lists.companies, text, country, &worker->arena);
        *key = arena_copy(cache_arena(&worker->companies), made);
    }
    return *key;
}

static str name_part(str text, struct arena *arena)
{
    str folded = fold_text(text, 0, arena);
    // One letter is an initial: it agrees with too many. No character has more than four bytes.
    return folded.len < 5 && utf8_count(folded) < 2 ? (str){"", 0} : folded;
}

static str email_part(const struct key_plan *plan, struct key_worker *worker, str text,
                      bool is_shared_allowed)
{
    // Two parts may ask for the same address, with and without shared mailboxes.
    bool is_same = worker->address.data == text.data && worker->address.len == text.len;
    if (!is_same) worker->mailbox = email_key(plan->lists.providers, text, &worker->arena);
    worker->address = text;
    str key = worker->mailbox;
    if (!key.len || is_shared_allowed) return key;
    return email_is_role(plan->lists.providers, email_local(key)) ? (str){"", 0} : key;
}

static str phone_part(str text)
{
    bool is_number = text.len >= PHONE_BYTES_MIN && text.data[0] == '+';
    return is_number ? text : (str){"", 0};
}

static str part_text(const struct key_plan *plan, struct key_worker *worker, struct batch *batch,
                     uint32_t row, size_t number, int column)
{
    str text = batch_get_or_empty(batch, row, column);
    switch (plan->parts[number].kind) {
    case PART_TEXT: return utf8_fold(text, &worker->arena);
    case PART_NAME: return name_part(text, &worker->arena);
    case PART_EMAIL: return email_part(plan, worker, text, false);
    case PART_EMAIL_SHARED: return email_part(plan, worker, text, true);
    case PART_EMAIL_LOOSE: return email_key_loose(plan->lists.providers, text, &worker->arena);
    case PART_PHONE:
    case PART_PHONE_OTHER: return phone_part(text);
    case PART_COMPANY: return company_part(plan, worker, batch, row, text);
    case PART_EXACT: return text;
    }
    return text;
}

// What a key of one mailbox or one number is about does not depend on the column it stands in; any
// other key is told apart by its number.
static char key_mark(const struct key_plan *plan, size_t kind)
{
    const struct key_rule *rule = &plan->rules->keys[kind];
    if (rule->part_count == 1 && rule->parts[0].kind == PART_EMAIL_LOOSE) return (char)0xFE;
    bool is_phone = rule->parts[0].kind == PART_PHONE || rule->parts[0].kind == PART_PHONE_OTHER;
    return rule->part_count == 1 && is_phone ? (char)0xFD : (char)kind;
}

// Adds the key made of these parts, if none is blank. The length stands before each part, so that
// parts do not run into one another.
static size_t add_key(char mark, size_t kind, const str parts[], size_t part_count,
                      struct row_key *key)
{
    char text[KEY_BYTES_MAX];
    size_t len = 0;
    text[len++] = mark;
    for (size_t i = 0; i < part_count; i++) {
        if (parts[i].len == 0) return 0;
        uint32_t part_len = (uint32_t)parts[i].len;
        hash128 digest;
        const void *bytes = parts[i].data;
        size_t size = parts[i].len;
        if (size > PART_BYTES_MAX) { // long text counts by its digest
            digest = hash_128(parts[i]);
            bytes = &digest;
            size = sizeof digest;
        }
        memcpy(text + len, &part_len, 4);
        memcpy(text + len + 4, bytes, size);
        len += 4 + size;
    }
    *key = (struct row_key){hash_128((str){text, len}), (uint32_t)kind};
    return 1;
}

size_t keys_of_row(const struct key_plan *plan, struct key_worker *worker, struct batch *batch,
                   uint32_t row, struct row_key keys[ROW_KEYS_MAX])
{
    str first[KEY_PARTS_MAX], second[KEY_PARTS_MAX];
    arena_reset(&worker->arena);
    worker->address = worker->mailbox = (str){"", 0}; // what the row before had is not carried over
    for (size_t i = 0; i < plan->part_count; i++) {
        first[i] = part_text(plan, worker, batch, row, i, plan->parts[i].column);
        second[i] = (str){"", 0};
        if (plan->parts[i].column_second < 0) continue;
        second[i] = part_text(plan, worker, batch, row, i, plan->parts[i].column_second);
        if (str_equal(first[i], second[i])) second[i].len = 0;
    }
    size_t count = 0;
    for (size_t i = 0; i < plan->key_count; i++) {
        if (!plan->keys[i].is_usable) continue;
        str parts[DEDUPE_PARTS_MAX];
        size_t part_count = plan->keys[i].part_count;
        int with_second = -1;
        for (size_t j = 0; j < part_count; j++) {
            parts[j] = first[plan->keys[i].parts[j]];
            if (second[plan->keys[i].parts[j]].len) with_second = (int)j;
        }
        count += add_key(key_mark(plan, i), i, parts, part_count, &keys[count]);
        if (with_second < 0) continue;
        parts[with_second] = second[plan->keys[i].parts[with_second]];
        count += add_key(key_mark(plan, i), i, parts, part_count, &keys[count]);
    }
    return count;
}
