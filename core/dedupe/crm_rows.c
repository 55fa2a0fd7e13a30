// What the CRM knows of records.
#include "internal.h"

bool dedupe_has_crm(const struct dedupe *dedupe)
{
    return dedupe->options.known && dedupe->options.known->crm.is_asked;
}

static void find_companies(const struct dedupe *dedupe, struct dedupe_worker *worker,
                           struct batch *batch, uint64_t known[])
{
    const struct crm *crm = &dedupe->options.known->crm;
    if (crm->companies.count == 0) return;
    size_t room = keys_room(&dedupe->company_plan, batch->count);
    struct row_key *keys = arena_alloc(&batch->arena, room * sizeof *keys);
    size_t count = keys_of_batch(&dedupe->company_plan, &worker->company_keys, batch, keys);
    for (size_t i = 0; i < count; i++) {
        uint32_t row = keys[i].row;
        if (known[row]) continue;
        str country = batch_get_or_empty(batch, row, dedupe->country);
        known[row] = crm_find_company(crm, keys[i].hash, keys[i].kind, country);
    }
}

void dedupe_known(const struct dedupe *dedupe, struct dedupe_worker *worker, struct batch *batch,
                  const struct row_key keys[], size_t count, uint64_t known[], row_flags flags[])
{
    if (!dedupe_has_crm(dedupe)) return;
    const struct crm *crm = &dedupe->options.known->crm;
    memset(known, 0, batch->count * sizeof *known);
    for (size_t i = 0; i < count && crm->contacts.count; i++) {
        uint32_t row = keys[i].row;
        if (known[row]) continue;
        known[row] = crm_find_contact(crm, keys[i].hash, keys[i].kind);
        if (crm_has_opted_out(crm, known[row])) flags[row] |= ROW_CRM_OPTED_OUT;
    }
    find_companies(dedupe, worker, batch, known);
}

bool dedupe_set_known(const struct dedupe *dedupe, struct batch *batch, uint32_t row,
                      const struct crm_findings *found)
{
    if (found->count == 0) return false;
    const uint32_t *at = dedupe->at;
    struct crm_answer answer;
    crm_answer(&dedupe->options.known->crm, found, &batch->arena, &answer);
    batch_set(batch, row, at[AT_CRM_MATCH], answer.match, CELL_PLAIN);
    batch_set(batch, row, at[AT_CRM_ID], answer.id, 0);
    batch_set(batch, row, at[AT_CRM_OWNER], answer.owner, 0);
    batch_set(batch, row, at[AT_CRM_STAGE], answer.stage, 0);
    return crm_is_contact(found->found[0]);
}

void dedupe_count_known(const struct dedupe *dedupe, struct stage_worker *worker,
                        struct batch *batch, const uint8_t places[])
{
    if (!dedupe_has_crm(dedupe)) return;
    const cell *match = batch->overlay[dedupe->at[AT_CRM_MATCH]];
    if (!match) return;
    uint8_t *is_known = arena_new(&batch->arena, uint8_t, batch->count);
    for (uint32_t row = 0; row < batch->count; row++) {
        bool is_lead = places[row] == PLACE_MAIN || places[row] == PLACE_EXISTING;
        str word = {match[row].data, match[row].len};
        bool is_person = str_equal(word, STR("person")) || str_equal(word, STR("ambiguous"));
        if (is_lead && is_person) is_known[row] = PLACE_EXISTING;
    }
    dedupe_count_rows(dedupe, worker, batch, is_known, PLACE_EXISTING, "known");
}
