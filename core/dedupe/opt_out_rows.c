// Who is taken out, and who stays but is not to be reached in some way.
#include "internal.h"

// ---- finding out

static void note_opt_outs(const struct dedupe *dedupe, struct batch *batch, row_flags flags[])
{
    const struct dedupe_rules *rules = dedupe->options.rules;
    for (uint32_t row = 0; row < batch->count; row++) {
        str opt_out = batch_get_or_empty(batch, row, dedupe->merge.opt_out);
        if (dedupe_rules_suppress(rules, opt_out)) flags[row] |= ROW_OPTED_OUT;
    }
}

// Mailboxes of contacts that opted out in the CRM.
static void note_crm(const struct dedupe *dedupe, struct batch *batch, row_flags flags[])
{
    const struct key_table *opted_out = &dedupe->options.known->crm_opted_out;
    if (opted_out->count == 0) return;
    for (size_t i = 0; i < 2; i++) {
        int column = dedupe->opt_outs_at.addresses[i];
        for (uint32_t row = 0; column >= 0 && row < batch->count; row++) {
            str address = batch_get(batch, row, (uint32_t)column);
            str key = email_key_loose(dedupe->options.lists.providers, address, &batch->arena);
            if (key.len && key_table_find(opted_out, key_of_text(KEY_OF_MAILBOX, key))) {
                flags[row] |= ROW_CRM_OPTED_OUT;
            }
        }
    }
}

static row_flags flags_of(const struct opt_outs *outs, uint64_t lists)
{
    row_flags flags = 0;
    for (unsigned i = 0; lists; i++, lists >>= 1) {
        if (!(lists & 1)) continue;
        switch (outs->lists[i].meaning) {
        case NO_EMAIL: flags |= ROW_NO_EMAIL; break;
        case NO_PHONE: flags |= ROW_NO_PHONE; break;
        default:
            flags = row_flags_join(flags, (row_flags)(ROW_SUPPRESSED | (i + 1) << ROW_LIST_SHIFT));
        }
    }
    return flags;
}

bool dedupe_flags(const struct dedupe *dedupe, struct dedupe_worker *worker, struct batch *batch,
                  row_flags flags[], struct err *err)
{
    memset(flags, 0, batch->count * sizeof *flags);
    if (dedupe->merge.opt_out >= 0) note_opt_outs(dedupe, batch, flags);
    const struct known *known = dedupe->options.known;
    if (!known) return true;
    note_crm(dedupe, batch, flags);
    if (known->outs.set.count == 0) return true;
    uint64_t *lists = arena_alloc(&batch->arena, (batch->count + 1) * sizeof *lists);
    if (!opt_outs_ask(&known->outs, &dedupe->opt_outs_at, &worker->opt_outs, batch, lists, err)) {
        return false;
    }
    for (uint32_t row = 0; row < batch->count; row++) {
        if (lists[row]) flags[row] = row_flags_join(flags[row], flags_of(&known->outs, lists[row]));
    }
    return true;
}

// ---- saying so

bool dedupe_can_flag(const struct dedupe *dedupe, struct err *err)
{
    const struct known *known = dedupe->options.known;
    if (dedupe->merge.opt_out >= 0 || !known) return true;
    for (size_t i = 0; i < known->outs.list_count; i++) {
        if (known->outs.lists[i].meaning == NEVER_CONTACT) continue;
        err_set(err, ERR_DATA, NULL, 0,
                "--meaning no_email and no_phone are written into the column opt_out, which the "
                "leads do not have");
        return err_hint(err, "lead-normalize adds it");
    }
    return true;
}

static bool has_word(str words, str word)
{
    str one;
    while (words.len && str_cut(&words, ' ', &one)) {
        if (str_equal(one, word) || str_equal(one, STR("all"))) return true;
    }
    return false;
}

void dedupe_set_wishes(const struct dedupe *dedupe, struct batch *batch, uint32_t row,
                       row_flags flags)
{
    static const struct {
        row_flags flag;
        str word;
    } words[] = {{ROW_NO_EMAIL, {"email", 5}}, {ROW_NO_PHONE, {"phone", 5}}};
    if (!(flags & (ROW_NO_EMAIL | ROW_NO_PHONE))) return;
    uint32_t column = (uint32_t)dedupe->merge.opt_out;
    str opt_out = batch_get(batch, row, column);
    for (size_t i = 0; i < 2; i++) {
        if (!(flags & words[i].flag) || has_word(opt_out, words[i].word)) continue;
        opt_out =
            opt_out.len ? arena_join(&batch->arena, opt_out, ' ', words[i].word) : words[i].word;
    }
    batch_set(batch, row, column, opt_out, 0);
}

static str suppressed_by(const struct dedupe *dedupe, row_flags flags)
{
    if (flags & ROW_SUPPRESSED) {
        return dedupe->options.known->outs.lists[(flags >> ROW_LIST_SHIFT) - 1].name;
    }
    return flags & ROW_CRM_OPTED_OUT ? STR("crm_opt_out") : STR("opt_out");
}

void dedupe_set_suppressed_by(const struct dedupe *dedupe, struct stage_worker *worker,
                              const struct batch *batch, const uint8_t places[],
                              const row_flags flags[], struct batch *side)
{
    str place = str_of(place_name(PLACE_SUPPRESSED));
    uint32_t to = 0;
    for (uint32_t row = 0; row < batch->count; row++) {
        if (places[row] != PLACE_SUPPRESSED) continue;
        str by = suppressed_by(dedupe, flags[row]);
        tally_add(&worker->by_reason, place, by, 1);
        batch_set(side, to++, batch->columns->count, by, CELL_PLAIN);
    }
}
