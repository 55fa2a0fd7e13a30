#include "keys.h"

#include "core/base/utf8.h"
#include "core/lead/fold.h"
#include "core/lead/schema.h"

enum { COMPANY_SLOTS = 32768, PHONE_BYTES_MIN = 8 };

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

// What a key of one mailbox or one number is about does not depend on the column it stands in; any
// other key is told apart by its number.
static uint8_t key_mark(const struct key_rule *rule, size_t number)
{
    if (rule->part_count > 1) return (uint8_t)number;
    enum part_kind kind = rule->parts[0].kind;
    if (kind == PART_EMAIL_LOOSE) return KEY_OF_MAILBOX;
    return kind == PART_PHONE || kind == PART_PHONE_OTHER ? KEY_OF_NUMBER : (uint8_t)number;
}

void key_plan_make(struct key_plan *plan, const struct dedupe_rules *rules,
                   const struct key_lists *lists, const struct columns *columns)
{
    *plan = (struct key_plan){.rules = rules, .lists = *lists, .key_count = rules->key_count};
    plan->country_column = columns_find(columns, STR("country"));
    plan->is_single = true;
    for (size_t i = 0; i < rules->key_count; i++) {
        const struct key_rule *rule = &rules->keys[i];
        plan->keys[i].is_usable = true;
        plan->keys[i].part_count = (uint8_t)rule->part_count;
        plan->is_single &= rule->part_count == 1;
        for (size_t j = 0; j < rule->part_count; j++) {
            uint8_t number = part_number(plan, &rule->parts[j], columns);
            plan->keys[i].parts[j] = number;
            if (plan->parts[number].column < 0) plan->keys[i].is_usable = false;
        }
        plan->keys[i].mark = key_mark(rule, i);
    }
}

void key_worker_init(struct key_worker *worker)
{
    *worker = (struct key_worker){0};
    cache_init(&worker->companies, COMPANY_SLOTS, sizeof(hash128));
}

void key_worker_release(struct key_worker *worker)
{
    arena_release(&worker->arena);
    cache_release(&worker->companies);
}

// ---- the texts of one part, record by record: what of them is compared, in place

struct rows {
    struct batch *batch;
    uint32_t first, count;
};

static void read_column(const struct rows *rows, int column, str texts[])
{
    for (uint32_t i = 0; i < rows->count; i++) {
        texts[i] = batch_get_or_empty(rows->batch, rows->first + i, column);
    }
}

static void fold_texts(str texts[], uint32_t count, struct arena *arena)
{
    for (uint32_t i = 0; i < count; i++) {
        if (texts[i].len) texts[i] = utf8_fold(texts[i], arena);
    }
}

static void fold_names(str texts[], uint32_t count, struct arena *arena)
{
    for (uint32_t i = 0; i < count; i++) {
        if (texts[i].len == 0) continue;
        texts[i] = fold_text(texts[i], 0, arena);
        // One letter is an initial: it agrees with too many. No character has more than four bytes.
        if (texts[i].len < 5 && utf8_count(texts[i]) < 2) texts[i].len = 0;
    }
}

// Two parts may ask for the same addresses, with and without shared mailboxes.
static void read_mailboxes(const struct key_plan *plan, struct key_worker *worker, int column,
                           str texts[], uint32_t count)
{
    if (worker->mailboxes && worker->mailbox_column == column) {
        memcpy(texts, worker->mailboxes, count * sizeof *texts);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!texts[i].len) continue;
        texts[i] = email_key(plan->lists.providers, texts[i], &worker->arena);
    }
    worker->mailboxes = arena_alloc(&worker->arena, count * sizeof *texts);
    memcpy(worker->mailboxes, texts, count * sizeof *texts);
    worker->mailbox_column = column;
}

static void drop_shared(const struct key_plan *plan, str texts[], uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (email_is_role(plan->lists.providers, email_local(texts[i]))) texts[i].len = 0;
    }
}

static void cut_tags(const struct key_plan *plan, str texts[], uint32_t count, struct arena *arena)
{
    for (uint32_t i = 0; i < count; i++) {
        texts[i] = email_key_loose(plan->lists.providers, texts[i], arena);
    }
}

static void drop_bad_numbers(str texts[], uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        bool is_number = texts[i].len >= PHONE_BYTES_MIN && texts[i].data[0] == '+';
        if (!is_number) texts[i].len = 0;
    }
}

// ---- digests of parts: all zero where there is nothing to compare

static hash128 digest_of(str text) { return text.len ? hash_128(text) : (hash128){0, 0}; }

static bool is_blank(hash128 digest) { return (digest.low | digest.high) == 0; }

static void digest_companies(const struct key_plan *plan, struct key_worker *worker,
                             const struct rows *rows, const str texts[], hash128 digests[])
{
    int column = plan->country_column;
    hash128 *keys = arena_alloc(&worker->arena, rows->count * sizeof *keys);
    str country = {"", 0};
    uint64_t salt = hash_64(country);
    for (uint32_t i = 0; i < rows->count; i++) {
        str next = batch_get_or_empty(rows->batch, rows->first + i, column);
        if (!str_equal(next, country)) salt = hash_64(next);
        country = next;
        keys[i] = cache_key(texts[i], salt);
        cache_fetch(&worker->companies, keys[i]);
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        bool is_known;
        digests[i] = (hash128){0, 0};
        if (texts[i].len == 0) continue;
        hash128 *digest = cache_find_key(&worker->companies, keys[i], &is_known);
        if (!is_known) {
            country = batch_get_or_empty(rows->batch, rows->first + i, column);
            *digest =
                digest_of(company_key(plan->lists.companies, texts[i], country, &worker->arena));
        }
        digests[i] = *digest;
    }
}

// The digests of part `number` in that column; NULL when there is no column.
static hash128 *digest_part(const struct key_plan *plan, struct key_worker *worker,
                            const struct rows *rows, size_t number, int column)
{
    if (column < 0) return NULL;
    uint32_t count = rows->count;
    str *texts = arena_alloc(&worker->arena, count * sizeof *texts);
    hash128 *digests = arena_alloc(&worker->arena, count * sizeof *digests);
    enum part_kind kind = plan->parts[number].kind;
    read_column(rows, column, texts);
    switch (kind) {
    case PART_TEXT: fold_texts(texts, count, &worker->arena); break;
    case PART_NAME: fold_names(texts, count, &worker->arena); break;
    case PART_EMAIL:
    case PART_EMAIL_SHARED: read_mailboxes(plan, worker, column, texts, count); break;
    case PART_EMAIL_LOOSE: cut_tags(plan, texts, count, &worker->arena); break;
    case PART_PHONE:
    case PART_PHONE_OTHER: drop_bad_numbers(texts, count); break;
    case PART_COMPANY: digest_companies(plan, worker, rows, texts, digests); return digests;
    case PART_EXACT: break;
    }
    if (kind == PART_EMAIL) drop_shared(plan, texts, count);
    for (uint32_t i = 0; i < count; i++) digests[i] = digest_of(texts[i]);
    return digests;
}

// ---- keys

// Joins the digests of a key's parts, if none is blank: each part is digested once, however many
// keys it is in. Odd factors, another one for each place, keep what differs apart.
static inline bool join_digests(uint8_t mark, const hash128 parts[], size_t part_count,
                                hash128 *key)
{
    static const uint64_t factor_low = 0x9E3779B97F4A7C15u, factor_high = 0xC2B2AE3D27D4EB4Fu;
    hash128 sum = {mark, mark};
    for (size_t i = 0; i < part_count; i++) {
        if (is_blank(parts[i])) return false;
        sum.low = sum.low * factor_low + parts[i].low;
        sum.high = sum.high * factor_high + parts[i].high;
    }
    *key = (hash128){sum.low * factor_low, sum.high * factor_high};
    return true;
}

hash128 key_of_text(enum key_of what, str text)
{
    hash128 key = {0, 0}, digest = digest_of(text);
    (void)join_digests((uint8_t)what, &digest, 1, &key);
    return key;
}

// The keys of one record, given the digests of all parts; second are those of a second column.
static size_t join_row(const struct key_plan *plan, uint32_t row, uint32_t i,
                       hash128 *const first[], hash128 *const second[], struct row_key keys[])
{
    size_t count = 0;
    for (size_t k = 0; k < plan->key_count; k++) {
        if (!plan->keys[k].is_usable) continue;
        const uint8_t *numbers = plan->keys[k].parts;
        size_t part_count = plan->keys[k].part_count;
        hash128 parts[DEDUPE_PARTS_MAX], other = {0, 0};
        size_t place_of_other = 0;
        for (size_t j = 0; j < part_count; j++) {
            parts[j] = first[numbers[j]][i];
            if (!second[numbers[j]] || is_blank(second[numbers[j]][i])) continue;
            if (hash128_equal(second[numbers[j]][i], parts[j])) continue;
            other = second[numbers[j]][i];
            place_of_other = j;
        }
        keys[count].row = row;
        keys[count].kind = (uint32_t)k;
        count += join_digests(plan->keys[k].mark, parts, part_count, &keys[count].hash);
        if (is_blank(other)) continue;
        parts[place_of_other] = other;
        keys[count].row = row;
        keys[count].kind = (uint32_t)k;
        count += join_digests(plan->keys[k].mark, parts, part_count, &keys[count].hash);
    }
    return count;
}

// The keys of all records where every key is one part: there is nothing to join, and what is the
// same for all records is looked up once.
static size_t single_keys(const struct key_plan *plan, const struct rows *rows,
                          hash128 *const first[], hash128 *const second[], struct row_key keys[])
{
    size_t count = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        uint32_t row = rows->first + i;
        for (uint32_t k = 0; k < plan->key_count; k++) {
            if (!plan->keys[k].is_usable) continue;
            uint8_t number = plan->keys[k].parts[0], mark = plan->keys[k].mark;
            hash128 digest = first[number][i];
            keys[count].row = row;
            keys[count].kind = k;
            count += join_digests(mark, &digest, 1, &keys[count].hash);
            if (!second[number] || is_blank(second[number][i])) continue;
            if (hash128_equal(second[number][i], digest)) continue;
            keys[count].row = row;
            keys[count].kind = k;
            count += join_digests(mark, &second[number][i], 1, &keys[count].hash);
        }
    }
    return count;
}

static size_t keys_of(const struct key_plan *plan, struct key_worker *worker,
                      const struct rows *rows, struct row_key keys[])
{
    hash128 *first[KEY_PARTS_MAX], *second[KEY_PARTS_MAX];
    arena_reset(&worker->arena);
    worker->mailboxes = NULL;
    for (size_t i = 0; i < plan->part_count; i++) {
        first[i] = digest_part(plan, worker, rows, i, plan->parts[i].column);
        second[i] = digest_part(plan, worker, rows, i, plan->parts[i].column_second);
    }
    if (plan->is_single) return single_keys(plan, rows, first, second, keys);
    size_t count = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        count += join_row(plan, rows->first + i, i, first, second, keys + count);
    }
    return count;
}

size_t keys_room(const struct key_plan *plan, uint32_t rows) { return plan->key_count * 2 * rows; }

size_t keys_of_batch(const struct key_plan *plan, struct key_worker *worker, struct batch *batch,
                     struct row_key keys[])
{
    return keys_of(plan, worker, &(struct rows){batch, 0, batch->count}, keys);
}

size_t keys_of_row(const struct key_plan *plan, struct key_worker *worker, struct batch *batch,
                   uint32_t row, struct row_key keys[ROW_KEYS_MAX])
{
    return keys_of(plan, worker, &(struct rows){batch, row, 1}, keys);
}
