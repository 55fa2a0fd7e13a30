#include "crm.h"

#include "core/base/memory.h"

static const uint32_t CRM_SHARED = (uint32_t)1 << 31;

static const struct dedupe_rules company_rules = {
    .keys = {[CRM_BY_ID] = {{"company_id", 10}, {{PART_TEXT, {"company_id", 10}}}, 1},
             [CRM_BY_DOMAIN] = {{"domain", 6}, {{PART_TEXT, {"domain", 6}}}, 1},
             [CRM_BY_NAME] = {{"company", 7}, {{PART_COMPANY, {"company", 7}}}, 1}},
    .key_count = 3,
};

const struct dedupe_rules *crm_company_rules(void) { return &company_rules; }

void crm_release(struct crm *crm)
{
    key_table_release(&crm->contacts);
    key_table_release(&crm->companies);
    memory_free(crm->records);
    memory_free(crm->shared);
    *crm = (struct crm){0};
}

uint32_t crm_add(struct crm *crm, const struct crm_record *record)
{
    crm->records = memory_grow(crm->records, &crm->record_capacity, crm->record_count + 1,
                               sizeof *crm->records);
    crm->records[crm->record_count] = *record;
    return (uint32_t)crm->record_count++;
}

static bool same_text(str a, str b) { return a.len && str_equal(a, b); }

// ---- keys that more than one record has

static struct crm_shared *shared_of(const struct crm *crm, uint32_t value)
{
    return value & CRM_SHARED ? &crm->shared[value & ~CRM_SHARED] : NULL;
}

// The shared key of a value, made of the one record that had it.
static struct crm_shared *share(struct crm *crm, uint32_t *value)
{
    struct crm_shared *shared = shared_of(crm, *value);
    if (shared) return shared;
    uint32_t record = *value - 1;
    crm->shared =
        memory_grow(crm->shared, &crm->shared_capacity, crm->shared_count + 1, sizeof *crm->shared);
    shared = &crm->shared[crm->shared_count];
    *shared = (struct crm_shared){
        .records = {record}, .count = 1, .has_opted_out = crm->records[record].has_opted_out};
    *value = (uint32_t)crm->shared_count++ | CRM_SHARED;
    return shared;
}

static void compare(const struct crm *crm, struct crm_shared *shared, uint32_t record)
{
    const struct crm_record *first = &crm->records[shared->records[0]];
    const struct crm_record *other = &crm->records[record];
    shared->owners_differ |= !str_equal(first->owner, other->owner);
    shared->stages_differ |= !str_equal(first->stage, other->stage);
    shared->has_opted_out |= other->has_opted_out;
}

static void add_shared(struct crm_shared *shared, uint32_t record)
{
    if (shared->count < CRM_SHOWN_MAX) shared->records[shared->count++] = record;
}

void crm_put_contact(struct crm *crm, hash128 key, uint32_t record)
{
    bool is_new;
    uint32_t *value = key_table_put(&crm->contacts, key, &is_new);
    if (is_new) {
        *value = record + 1;
        return;
    }
    const struct crm_shared *present = shared_of(crm, *value);
    size_t count = present ? present->count : 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t other = present ? present->records[i] : *value - 1;
        if (other == record) return;
        if (!same_text(crm->records[other].id, crm->records[record].id)) continue;
        // One contact in two rows.
        if (crm->records[record].has_opted_out) share(crm, value)->has_opted_out = true;
        return;
    }
    struct crm_shared *shared = share(crm, value);
    compare(crm, shared, record);
    add_shared(shared, record);
}

// A company itself says more than the contacts it has.
void crm_put_company(struct crm *crm, hash128 key, uint32_t record)
{
    bool is_new;
    uint32_t *value = key_table_put(&crm->companies, key, &is_new);
    const struct crm_record *records = crm->records, *added = &records[record];
    if (is_new) {
        *value = record + 1;
        return;
    }
    const struct crm_shared *present = shared_of(crm, *value);
    size_t count = present ? present->count : 1;
    uint32_t first = present ? present->records[0] : *value - 1;
    if (records[first].is_company != added->is_company) {
        if (added->is_company) *value = record + 1;
        return;
    }
    bool is_there = false;
    for (size_t i = 0; i < count; i++) {
        const struct crm_record *other = &records[present ? present->records[i] : *value - 1];
        if (other == added) return;
        is_there |= added->is_company ? same_text(other->id, added->id)
                                      : str_equal(other->account, added->account);
    }
    if (is_there && added->is_company) return;
    if (is_there && str_equal(records[first].owner, added->owner)) return;
    struct crm_shared *shared = share(crm, value);
    compare(crm, shared, record);
    if (!is_there) add_shared(shared, record);
}

hash128 crm_name_key(hash128 name, const str *country)
{
    static const uint64_t factor = 0x9E3779B97F4A7C15u;
    name.low = (name.low + (country ? hash_64(*country) : 0)) * factor;
    name.high += country != NULL;
    return name;
}

// ---- finding

static uint64_t find(const struct key_table *table, hash128 key, uint32_t kind)
{
    const uint32_t *value = key_table_find(table, key);
    return value ? (uint64_t)kind << 32 | *value : 0;
}

uint64_t crm_find_contact(const struct crm *crm, hash128 key, uint32_t kind)
{
    return find(&crm->contacts, key, kind);
}

uint64_t crm_find_company(const struct crm *crm, hash128 key, uint32_t kind, str country)
{
    uint32_t number = CRM_COMPANY_KIND + kind;
    if (kind != CRM_BY_NAME) return find(&crm->companies, key, number);
    // Who does not say the country may be in any.
    if (country.len == 0) return find(&crm->companies, crm_name_key(key, NULL), number);
    uint64_t found = find(&crm->companies, crm_name_key(key, &country), number);
    return found ? found : find(&crm->companies, crm_name_key(key, &STR("")), number);
}

bool crm_has_opted_out(const struct crm *crm, uint64_t found)
{
    if (!found || !crm_is_contact(found)) return false;
    const struct crm_shared *shared = shared_of(crm, (uint32_t)found);
    return shared ? shared->has_opted_out : crm->records[(uint32_t)found - 1].has_opted_out;
}

void crm_join(struct crm_findings *findings, uint64_t found)
{
    if (!found) return;
    if (findings->count && found >> 32 > findings->found[0] >> 32) return;
    if (findings->count && found >> 32 < findings->found[0] >> 32) findings->count = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->found[i] == found) return;
    }
    if (findings->count < CRM_SHOWN_MAX) findings->found[findings->count++] = found;
}

// ---- answering

struct candidates {
    uint32_t records[CRM_SHOWN_MAX];
    size_t count;
    bool owners_differ, stages_differ;
};

// The id by which two records are one for this answer.
static str id_of(const struct crm_record *record, bool is_contact)
{
    return is_contact || record->is_company ? record->id : record->account;
}

static void add_candidate(const struct crm *crm, struct candidates *all, uint32_t record,
                          bool is_contact)
{
    const struct crm_record *records = crm->records;
    size_t at = all->count;
    for (size_t i = 0; i < all->count; i++) {
        if (all->records[i] == record) return;
        str id = id_of(&records[all->records[i]], is_contact);
        all->owners_differ |= !str_equal(records[all->records[i]].owner, records[record].owner);
        all->stages_differ |= !str_equal(records[all->records[i]].stage, records[record].stage);
        if (same_text(id, id_of(&records[record], is_contact))) return;
    }
    if (all->count == CRM_SHOWN_MAX) return;
    for (; at && all->records[at - 1] > record; at--) all->records[at] = all->records[at - 1];
    all->records[at] = record;
    all->count++;
}

static struct candidates gather(const struct crm *crm, const struct crm_findings *findings,
                                bool is_contact)
{
    struct candidates all = {0};
    for (size_t i = 0; i < findings->count; i++) {
        uint32_t value = (uint32_t)findings->found[i];
        const struct crm_shared *shared = shared_of(crm, value);
        if (!shared) add_candidate(crm, &all, value - 1, is_contact);
        for (size_t k = 0; shared && k < shared->count; k++) {
            add_candidate(crm, &all, shared->records[k], is_contact);
        }
        all.owners_differ |= shared && shared->owners_differ;
        all.stages_differ |= shared && shared->stages_differ;
    }
    return all;
}

void crm_answer(const struct crm *crm, const struct crm_findings *findings, struct arena *arena,
                struct crm_answer *answer)
{
    *answer = (struct crm_answer){.match = STR("none")};
    if (findings->count == 0) return;
    bool is_contact = crm_is_contact(findings->found[0]);
    struct candidates all = gather(crm, findings, is_contact);
    const struct crm_record *first = &crm->records[all.records[0]];
    for (size_t i = 0; i < all.count; i++) {
        str id = id_of(&crm->records[all.records[i]], is_contact);
        if (id.len == 0) continue;
        answer->id = answer->id.len ? arena_join(arena, answer->id, ';', id) : id;
    }
    answer->match = !is_contact ? STR("account") : all.count > 1 ? STR("ambiguous") : STR("person");
    if (!all.owners_differ) answer->owner = first->owner;
    // What stage a contact is in is not its company's.
    if (!all.stages_differ && (is_contact || first->is_company)) answer->stage = first->stage;
}
