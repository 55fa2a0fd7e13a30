#include "mapping.h"

#include "core/base/utf8.h"
#include "mapping_choice.h"
#include "mapping_header.h"

// Percent of values that must agree before a question, or nothing at all, is believed.
enum { SHARE_QUESTION = 60, SHARE_VALUES = 80, SHARE_VETO = 80, FILLED_VETO = 2 };

static const char *const why_texts[WHY_COUNT] = {"unknown",
                                                 "as asked",
                                                 "source profile",
                                                 "a column of ours",
                                                 "header",
                                                 "header, neighbours and values",
                                                 "question and values",
                                                 "values",
                                                 "values contradict the header",
                                                 "the company's, there is none of the person"};

const char *mapping_why_text(enum mapping_why why) { return why_texts[why]; }

bool target_is_time(int target)
{
    if (target == TARGET_CHECKED_IN_AT) return true;
    return target < LEAD_FIELD_COUNT && schema_fields[target].kind == VALUE_TIME;
}

int mapping_column(const struct mapping *mapping, int target)
{
    int best = -1;
    for (size_t i = 0; i < mapping->count; i++) {
        const struct plan_column *column = &mapping->columns[i];
        if (column->target != target) continue;
        if (best < 0 || column->rank < mapping->columns[best].rank) best = (int)i;
    }
    return best;
}

bool mapping_has_contact(const struct mapping *mapping)
{
    static const int contacts[] = {FIELD_EMAIL,  FIELD_EMAIL_OTHER, FIELD_PHONE,
                                   FIELD_MOBILE, FIELD_PHONE_OTHER, FIELD_LINKEDIN};
    for (size_t i = 0; i < sizeof contacts / sizeof *contacts; i++) {
        if (mapping_column(mapping, contacts[i]) >= 0) return true;
    }
    bool street = mapping_column(mapping, FIELD_STREET) >= 0;
    bool place = mapping_column(mapping, FIELD_CITY) >= 0 ||
                 mapping_column(mapping, FIELD_POSTAL_CODE) >= 0 ||
                 mapping_column(mapping, TARGET_POSTAL_CITY) >= 0;
    return (street && place) || mapping_column(mapping, TARGET_ADDRESS) >= 0;
}

static void set_target(struct plan_column *column, int target, enum mapping_why why,
                       unsigned confidence)
{
    column->target = target;
    column->why = why;
    column->confidence = confidence;
}

// ---- headers ---------------------------------------------------------------------------------

static bool by_user(struct plan_column *column, struct mapping_wish wishes[], size_t count,
                    struct arena *arena)
{
    str key = utf8_is_valid(column->key) ? header_fold(column->key, arena) : (str){"", 0};
    for (size_t i = 0; i < count; i++) {
        if (!str_equal(wishes[i].header, column->folded) && !str_equal(wishes[i].header, key)) {
            continue;
        }
        wishes[i].used = true;
        set_target(column, wishes[i].target, WHY_USER, 100);
        return true;
    }
    return false;
}

// The profile's rule for a column: by its key, which tells columns of one header and columns
// without a header apart, else by its header.
static const struct column_rule *rule_of(const struct source_profile *profile,
                                         const struct plan_column *column, struct arena *arena)
{
    str key = utf8_is_valid(column->key) ? header_fold(column->key, arena) : (str){"", 0};
    const struct column_rule *found = NULL;
    for (size_t i = 0; i < profile->column_count; i++) {
        const struct column_rule *rule = &profile->columns[i];
        if (rule->header.len == 0) continue;
        if (str_equal(rule->header, key)) return rule;
        if (!found && str_equal(rule->header, column->folded)) found = rule;
    }
    return found;
}

static bool by_profile(struct plan_column *column, const struct source_profile *profile,
                       struct arena *arena)
{
    if (!profile) return false;
    if (profile->id_header.len && str_equal(profile->id_header, column->folded)) {
        set_target(column, TARGET_ID, WHY_PROFILE, 100);
        column->prefix = profile->id_prefix;
        return true;
    }
    const struct column_rule *rule = rule_of(profile, column, arena);
    if (rule) {
        set_target(column, rule->target, WHY_PROFILE, 100);
        column->prefix = rule->prefix;
        column->rule = rule;
        return true;
    }
    if (!profile->own_columns) return false;
    int field = schema_find(column->name);
    if (field < 0 || field >= LEAD_FIELD_COUNT) return false;
    set_target(column, field, WHY_OWN, 100);
    return true;
}

// ---- values ----------------------------------------------------------------------------------

// Whether the values are what a target's should be. True where values can be anything.
static bool values_agree(const struct value_counts *counts, int target)
{
    uint32_t filled = sniff_filled(counts);
    uint32_t yes_no = sniff_share(counts, LOOK_YES) + sniff_share(counts, LOOK_NO);
    uint32_t phones = sniff_share(counts, LOOK_PHONE) + sniff_share(counts, LOOK_NUMBER);
    uint32_t words = sniff_share(counts, LOOK_TEXT) + sniff_share(counts, LOOK_PERSON) +
                     sniff_share(counts, LOOK_COMPANY);
    if (filled == 0) return false;
    switch (target) {
    case FIELD_EMAIL: return sniff_share(counts, LOOK_EMAIL) >= SHARE_QUESTION;
    case FIELD_PHONE:
    case FIELD_MOBILE: return phones >= SHARE_QUESTION;
    case FIELD_LINKEDIN: return sniff_share(counts, LOOK_LINKEDIN) >= SHARE_QUESTION;
    case FIELD_WEBSITE: return sniff_share(counts, LOOK_URL) >= SHARE_QUESTION;
    case FIELD_COUNTRY: return sniff_share(counts, LOOK_COUNTRY) >= SHARE_QUESTION;
    case FIELD_CONSENT:
    case TARGET_OPT_OUT_EMAIL: {
        // A tick is often the text of the box, or the same answer in all rows.
        bool is_answer = yes_no >= SHARE_QUESTION || counts->bytes / filled <= 60;
        return is_answer && sniff_share(counts, LOOK_EMAIL) == 0;
    }
    case TARGET_FULL_NAME: return words >= SHARE_QUESTION && counts->bytes / filled <= 40;
    case FIELD_FIRST_NAME:
    case FIELD_LAST_NAME:
    case FIELD_CITY:
    case FIELD_COMPANY:
    case FIELD_JOB_TITLE:
        return words >= SHARE_QUESTION && yes_no < 50 && counts->bytes / filled <= 80;
    case FIELD_EMPLOYEES: return yes_no < 50 && counts->bytes / filled <= 40;
    default: return yes_no < SHARE_VETO;
    }
}

// Whether the values are plainly something else than the header says.
static bool values_contradict(const struct value_counts *counts, int target)
{
    uint32_t filled = sniff_filled(counts);
    uint32_t yes_no = sniff_share(counts, LOOK_YES) + sniff_share(counts, LOOK_NO);
    if (filled && target_is_time(target)) return yes_no >= SHARE_VETO; // "Registered: yes"
    if (filled < FILLED_VETO) return false;
    switch (target) {
    case FIELD_EMAIL:
    case FIELD_EMAIL_OTHER: return yes_no >= SHARE_VETO;
    case FIELD_PHONE:
    case FIELD_MOBILE:
    case FIELD_PHONE_OTHER: {
        uint32_t words = sniff_share(counts, LOOK_PERSON) + sniff_share(counts, LOOK_COMPANY) +
                         sniff_share(counts, LOOK_EMAIL) + sniff_share(counts, LOOK_URL);
        return yes_no >= SHARE_VETO || words >= SHARE_VETO;
    }
    case TARGET_FULL_NAME:
    case FIELD_FIRST_NAME:
    case FIELD_LAST_NAME:
    case FIELD_COMPANY:
    case FIELD_JOB_TITLE:
        return yes_no >= SHARE_VETO || sniff_share(counts, LOOK_NUMBER) >= SHARE_VETO ||
               sniff_share(counts, LOOK_DATE) >= SHARE_VETO;
    case FIELD_REGION: return sniff_share(counts, LOOK_STATUS) >= SHARE_QUESTION;
    case FIELD_EMPLOYEES:
        return sniff_share(counts, LOOK_PERSON) + sniff_share(counts, LOOK_EMAIL) >= SHARE_QUESTION;
    case FIELD_CONSENT:
        return sniff_share(counts, LOOK_EMAIL) + sniff_share(counts, LOOK_URL) >= SHARE_QUESTION;
    default: return false;
    }
}

// A column with no known header, by what it holds. Only what cannot be mistaken is taken, and
// only when no other column fills the field.
static void by_values(const struct mapping *mapping, struct plan_column *column)
{
    static const struct {
        enum look look;
        int target;
    } looks[] = {
        {LOOK_EMAIL, FIELD_EMAIL}, {LOOK_PHONE, FIELD_PHONE}, {LOOK_LINKEDIN, FIELD_LINKEDIN}};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        uint32_t share = sniff_share(&column->counts, looks[i].look);
        if (share < SHARE_VALUES || mapping_column(mapping, looks[i].target) >= 0) continue;
        // A number that might be anything is a phone only when there is no other of any kind.
        bool taken =
            looks[i].target == FIELD_PHONE &&
            (mapping_column(mapping, FIELD_MOBILE) >= 0 || sniff_filled(&column->counts) < 2);
        if (taken) continue;
        set_target(column, looks[i].target, WHY_VALUES, share * 9 / 10);
        return;
    }
}

static void by_question(const struct knowledge *knowledge, struct plan_column *column, bool *known,
                        struct arena *arena)
{
    int target = synonyms_phrase(&knowledge->synonyms, column->folded, arena);
    *known = target == TARGET_EXTRA;
    if (target < 0 || target == TARGET_EXTRA) return;
    if (values_agree(&column->counts, target)) set_target(column, target, WHY_QUESTION, 80);
}

// ---- afterwards ------------------------------------------------------------------------------

static void veto(struct mapping *mapping)
{
    for (size_t i = 0; i < mapping->count; i++) {
        struct plan_column *column = &mapping->columns[i];
        if (column->why != WHY_HEADER && column->why != WHY_CHOICE) continue;
        if (!values_contradict(&column->counts, column->target)) continue;
        set_target(column, TARGET_EXTRA, WHY_VETO, 80);
    }
}

// A column of names that holds addresses is the address, when there is no other.
static void names_that_are_addresses(struct mapping *mapping)
{
    for (size_t i = 0; i < mapping->count; i++) {
        struct plan_column *column = &mapping->columns[i];
        if (column->why == WHY_USER || column->target != TARGET_FULL_NAME) continue;
        if (sniff_share(&column->counts, LOOK_EMAIL) < SHARE_VALUES) continue;
        bool have = mapping_column(mapping, FIELD_EMAIL) >= 0;
        set_target(column, have ? TARGET_EXTRA : FIELD_EMAIL, have ? WHY_VETO : WHY_VALUES, 80);
    }
}

static void company_address(struct mapping *mapping)
{
    static const int pairs[][2] = {{TARGET_COMPANY_STREET, FIELD_STREET},
                                   {TARGET_COMPANY_CITY, FIELD_CITY},
                                   {TARGET_COMPANY_REGION, FIELD_REGION},
                                   {TARGET_COMPANY_POSTAL_CODE, FIELD_POSTAL_CODE},
                                   {TARGET_COMPANY_COUNTRY, FIELD_COUNTRY}};
    size_t count = sizeof pairs / sizeof *pairs;
    // All or nothing: half of one address and half of another would be nobody's.
    for (size_t i = 0; i < count; i++) {
        if (mapping_column(mapping, pairs[i][1]) >= 0) return;
    }
    if (mapping_column(mapping, TARGET_ADDRESS) >= 0) return;
    for (size_t i = 0; i < count; i++) {
        int at = mapping_column(mapping, pairs[i][0]);
        if (at >= 0) set_target(&mapping->columns[at], pairs[i][1], WHY_FALLBACK, 60);
    }
}

// Of two columns with one rank, whether column a is asked first.
static bool stands_before(const struct mapping *mapping, size_t a, size_t b)
{
    const struct column_rule *x = mapping->columns[a].rule, *y = mapping->columns[b].rule;
    if (x && y) return x == y ? a < b : x < y;
    return x || y ? x != NULL : a < b;
}

// Ranks of 9 count only when no other column has the target. Then ranks become 0, 1, 2 ... in the
// order of the synonyms' ranks; of equals those that the profile names come first, in its order,
// then the others from left to right.
static void settle_ranks(struct mapping *mapping, struct arena *arena)
{
    unsigned *ranks = arena_new(arena, unsigned, mapping->count + 1);
    for (size_t i = 0; i < mapping->count; i++) {
        struct plan_column *column = &mapping->columns[i];
        bool is_last_resort = column->rank == 9 && column->target != TARGET_EXTRA;
        if (is_last_resort && mapping_column(mapping, column->target) != (int)i) {
            set_target(column, TARGET_EXTRA, WHY_CHOICE, 70);
        }
        ranks[i] = column->rank;
    }
    for (size_t i = 0; i < mapping->count; i++) {
        mapping->columns[i].rank = 0;
        if (mapping->columns[i].target == TARGET_EXTRA) continue;
        for (size_t j = 0; j < mapping->count; j++) {
            bool before =
                ranks[j] < ranks[i] || (ranks[j] == ranks[i] && stands_before(mapping, j, i));
            bool same = mapping->columns[j].target == mapping->columns[i].target;
            mapping->columns[i].rank += same && before;
        }
    }
}

static void set_prefixes(struct mapping *mapping, const struct source_profile *profile)
{
    for (size_t i = 0; profile && i < profile->column_count; i++) {
        const struct column_rule *rule = &profile->columns[i];
        if (rule->header.len) continue;
        for (size_t j = 0; j < mapping->count; j++) {
            struct plan_column *column = &mapping->columns[j];
            if (column->target == rule->target && !column->prefix.len)
                column->prefix = rule->prefix;
        }
    }
}

static void map_column(struct plan_column *column, const struct knowledge *knowledge,
                       const struct source_profile *profile, struct choice *choice,
                       struct arena *arena)
{
    if (by_profile(column, profile, arena)) return;
    choice->count = header_meanings(&knowledge->synonyms, column->name, column->folded, arena,
                                    choice->meanings);
    if (choice->count == 0) return;
    struct meaning first = choice->meanings[0];
    column->languages = first.languages;
    column->rank = first.rank;
    if (choice->count == 1) {
        // An id is only an id where somebody says which of the columns that may be one it is.
        bool is_id = first.target == TARGET_ID;
        set_target(column, is_id ? TARGET_EXTRA : first.target, WHY_HEADER, 95);
    }
}

void mapping_decide(struct mapping *mapping, const struct knowledge *knowledge,
                    const struct source_profile *profile, struct mapping_wish wishes[],
                    size_t wish_count, struct arena *arena)
{
    struct choice *choices = arena_new(arena, struct choice, mapping->count + 1);
    for (size_t i = 0; i < mapping->count; i++) {
        struct plan_column *column = &mapping->columns[i];
        column->folded =
            utf8_is_valid(column->name) ? header_fold(column->name, arena) : (str){"", 0};
        set_target(column, TARGET_EXTRA, WHY_NOTHING, 0);
        if (by_user(column, wishes, wish_count, arena)) continue;
        map_column(column, knowledge, profile, &choices[i], arena);
    }
    choose_meanings(mapping, choices);
    veto(mapping);
    names_that_are_addresses(mapping);
    for (size_t i = 0; i < mapping->count; i++) {
        struct plan_column *column = &mapping->columns[i];
        if (column->why != WHY_NOTHING || choices[i].count) continue;
        bool known = false;
        by_question(knowledge, column, &known, arena);
        if (column->why == WHY_NOTHING && !known) by_values(mapping, column);
    }
    for (size_t i = 0; i < mapping->count; i++) {
        struct plan_column *column = &mapping->columns[i];
        bool empty = column->why == WHY_NOTHING && column->name.len == 0;
        if (empty && sniff_filled(&column->counts) == 0) column->target = TARGET_IGNORE;
    }
    company_address(mapping);
    settle_ranks(mapping, arena);
    set_prefixes(mapping, profile);
}

void mapping_headerless(struct mapping *mapping)
{
    static const struct {
        enum look look;
        int target;
    } looks[] = {{LOOK_EMAIL, FIELD_EMAIL_OTHER}, // the first is taken for the address already
                 {LOOK_PHONE, FIELD_PHONE},       {LOOK_PERSON, TARGET_FULL_NAME},
                 {LOOK_COMPANY, FIELD_COMPANY},   {LOOK_COUNTRY, FIELD_COUNTRY},
                 {LOOK_URL, FIELD_WEBSITE}};
    for (size_t i = 0; i < mapping->count; i++) {
        struct plan_column *column = &mapping->columns[i];
        if (column->why != WHY_NOTHING || column->target != TARGET_EXTRA) continue;
        for (size_t j = 0; j < sizeof looks / sizeof *looks; j++) {
            uint32_t share = sniff_share(&column->counts, looks[j].look);
            if (share < SHARE_QUESTION || mapping_column(mapping, looks[j].target) >= 0) continue;
            set_target(column, looks[j].target, WHY_VALUES, share * 8 / 10);
            break;
        }
    }
}
