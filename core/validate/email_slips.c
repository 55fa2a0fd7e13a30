// The tables of slips (email_meant.h), read and ordered for looking up.
#include "core/base/memory.h"
#include "core/rules/diagnostics.h"
#include "email_meant.h"

static bool read_anchor(struct email_slips *slips, size_t row, int domain, int edits,
                        struct err *err)
{
    struct email_anchor *anchor = &slips->anchors[row];
    str how = table_cell(&slips->table, row, edits);
    anchor->domain = table_cell(&slips->table, row, domain);
    ptrdiff_t dot = str_find(anchor->domain, '.');
    if (str_equal(how, STR("2"))) {
        anchor->edits = 2;
    } else if (str_equal(how, STR("1"))) {
        anchor->edits = 1;
    } else if (!str_equal(how, STR("slip"))) {
        return err_set(err, ERR_RULES, "email/anchors.tsv", 0,
                       "\"%.*s\": edits is 2, 1 or slip, not \"%.*s\"", STR_ARG(anchor->domain),
                       STR_ARG(how));
    }
    if (dot < 0 || dot > EMAIL_LABEL_MAX) {
        return err_set(err, ERR_RULES, "email/anchors.tsv", 0,
                       "\"%.*s\" is no domain with a name of up to %d letters",
                       STR_ARG(anchor->domain), EMAIL_LABEL_MAX);
    }
    anchor->label = str_first(anchor->domain, (size_t)dot);
    anchor->suffix = str_from(anchor->domain, (size_t)dot + 1);
    anchor->letters = email_letters(anchor->label);
    return true;
}

static struct email_anchor_group *group_of(struct email_slips *slips, str suffix)
{
    uint32_t number;
    if (map_find(&slips->by_suffix, suffix, &number)) return &slips->groups[number];
    map_put(&slips->by_suffix, suffix, (uint32_t)slips->group_count);
    slips->groups = memory_grow(slips->groups, &slips->group_capacity, slips->group_count + 1,
                                sizeof *slips->groups);
    struct email_anchor_group *group = &slips->groups[slips->group_count++];
    *group = (struct email_anchor_group){0};
    return group;
}

// Chains the anchors of one suffix and length in their order.
static void chain_anchors(struct email_slips *slips)
{
    for (size_t i = slips->anchor_count; i-- > 0;) {
        const struct email_anchor *anchor = &slips->anchors[i];
        if (anchor->label.len == 0) {
            ptrdiff_t dot = str_find(anchor->suffix, '.');
            str tld = str_from(anchor->suffix, (size_t)(dot + 1));
            if (dot > 0) map_put(&slips->by_country, tld, (uint32_t)i);
            continue;
        }
        uint32_t *first = &group_of(slips, anchor->suffix)->first[anchor->label.len];
        slips->next[i] = *first;
        *first = (uint32_t)i + 1;
        map_put(&slips->by_domain, anchor->domain, (uint32_t)i);
        map_put(&slips->by_label, anchor->label, (uint32_t)i);
    }
}

static bool half_row(struct rulebook *book, str typed, struct err *err)
{
    struct rule_place place;
    list_where(book, STR("email/typos.tsv"), typed, &place);
    err_set(err, ERR_RULES, place.file ? place.file : "email/typos.tsv", place.line,
            "a row is a mistyped domain, a tab and the right one: \"%.*s\"", STR_ARG(typed));
    return err_hint(err, "blanks and commas separate nothing");
}

bool email_slips_load(struct email_slips *slips, struct rulebook *book, struct err *err)
{
    static const char typos[] = "email/typos.tsv", anchors[] = "email/anchors.tsv";
    int wrong, domain, edits;
    if (!table_load(&slips->typos, book, STR("email/typos.tsv"), err) ||
        !table_need(&slips->typos, typos, "wrong", &wrong, err) ||
        !table_need(&slips->typos, typos, "right", &slips->right, err) ||
        !table_load(&slips->table, book, STR("email/anchors.tsv"), err) ||
        !table_need(&slips->table, anchors, "domain", &domain, err) ||
        !table_need(&slips->table, anchors, "edits", &edits, err)) {
        return false;
    }
    for (size_t i = 0; i < slips->typos.rows; i++) {
        str typed = table_cell(&slips->typos, i, wrong);
        if (typed.len == 0 || table_cell(&slips->typos, i, slips->right).len == 0) {
            return half_row(book, typed, err);
        }
        map_put(&slips->by_typo, typed, (uint32_t)i);
    }
    slips->anchors = memory_zeroed(slips->table.rows, sizeof *slips->anchors);
    slips->next = memory_zeroed(slips->table.rows, sizeof *slips->next);
    slips->anchor_count = slips->table.rows;
    for (size_t i = 0; i < slips->anchor_count; i++) {
        if (!read_anchor(slips, i, domain, edits, err)) return false;
    }
    chain_anchors(slips);
    return true;
}

void email_slips_release(struct email_slips *slips)
{
    map_release(&slips->by_typo);
    map_release(&slips->by_domain);
    map_release(&slips->by_label);
    map_release(&slips->by_country);
    map_release(&slips->by_suffix);
    memory_free(slips->anchors);
    memory_free(slips->groups);
    memory_free(slips->next);
    table_release(&slips->typos);
    table_release(&slips->table);
    *slips = (struct email_slips){0};
}
