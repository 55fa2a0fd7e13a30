#include "weigh_refuse.h"

unsigned fact_group(enum fact_kind kind)
{
    switch (kind) {
    case FACT_LAST_NAME: return 1u << FACT_FIRST_NAME;
    case FACT_POSTAL_CODE:
    case FACT_CITY:
    case FACT_REGION: return 1u << FACT_STREET;
    case FACT_COUNTRY: return 0; // that all are of one country is no fact about two of them
    default: return 1u << kind;
    }
}

static bool is_one_fact(const struct weigher *weigher, const struct weighed *weighed)
{
    unsigned groups = 0;
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        if (weighed->has >> kind & 1 && weighed->parts[kind].weight > 0) groups |= fact_group(kind);
    }
    return weigher->group_count > 1 && __builtin_popcount(groups) < 2;
}

static bool is_nameless(const struct profile *profile)
{
    return !(profile->has & (1u << FACT_FIRST_NAME | 1u << FACT_LAST_NAME));
}

// A mailbox says who it is by itself, unless two names stand beside it; those of many are blank.
static bool is_mailbox_enough(const struct profile *a, const struct profile *b,
                              const struct weighed *weighed)
{
    return weighed_level(weighed, FACT_EMAIL) == LEVEL_EQUAL && (is_nameless(a) || is_nameless(b));
}

static bool agrees(int level) { return level == LEVEL_EQUAL || level == LEVEL_NEAR; }

static bool is_other_site(const struct weighed *weighed)
{
    int street = weighed_level(weighed, FACT_STREET);
    int postal = weighed_level(weighed, FACT_POSTAL_CODE);
    if (street == LEVEL_BLANK && postal == LEVEL_BLANK) return false;
    return !agrees(street) && !agrees(postal);
}

// Different names, or two known names that are only alike, where no date tells that they are one
// person's.
static bool is_other_name(const struct profile *a, const struct profile *b,
                          const struct weighed *weighed, enum fact_kind kind)
{
    int level = weighed_level(weighed, kind), date = weighed_level(weighed, FACT_DATE);
    if (level == LEVEL_DIFFERS) return true;
    if (level != LEVEL_LEAST) return false;
    bool is_date_near = date != LEVEL_BLANK && date != LEVEL_EQUAL && date != LEVEL_DIFFERS;
    return !is_date_near && profile_fact(a, kind)->is_known && profile_fact(b, kind)->is_known;
}

static unsigned family(const struct profile *a, const struct profile *b,
                       const struct weighed *weighed)
{
    if (agrees(weighed_level(weighed, FACT_DATE)) || agrees(weighed_level(weighed, FACT_ID)))
        return 0;
    int first = weighed_level(weighed, FACT_FIRST_NAME);
    int last = weighed_level(weighed, FACT_LAST_NAME);
    if (first == LEVEL_DIFFERS && last == LEVEL_DIFFERS) return REFUSED_FAMILY | REFUSED_TWO_PEOPLE;
    if (is_other_name(a, b, weighed, FACT_FIRST_NAME)) return REFUSED_FAMILY;
    if (weighed_level(weighed, FACT_EMAIL) == LEVEL_EQUAL) return 0;
    return is_other_name(a, b, weighed, FACT_LAST_NAME) ? REFUSED_FAMILY : 0;
}

static int address_level(const struct weighed *weighed)
{
    int street = weighed_level(weighed, FACT_STREET);
    int postal = weighed_level(weighed, FACT_POSTAL_CODE);
    if (agrees(street) || (agrees(postal) && street != LEVEL_DIFFERS)) return LEVEL_EQUAL;
    if (street == LEVEL_DIFFERS) return LEVEL_DIFFERS;
    return street == LEVEL_BLANK && postal == LEVEL_DIFFERS ? LEVEL_DIFFERS : LEVEL_BLANK;
}

// Mailboxes that two companies gave to a name.
static bool are_two_companies(const struct profile *a, const struct profile *b)
{
    const struct fact *x = profile_fact(a, FACT_EMAIL), *y = profile_fact(b, FACT_EMAIL);
    if (x->is_free || y->is_free) return false;
    const struct name_letters *first = &x->words[1].letters, *second = &y->words[1].letters;
    return !str_equal(first->text, second->text) && text_likeness(first, second) == 0;
}

// Of address, phone, company and mailbox two or more differ, and at most one agrees.
static bool is_conflict(const struct profile *a, const struct profile *b,
                        const struct weighed *weighed, bool is_derived)
{
    int email = weighed_level(weighed, FACT_EMAIL), address = address_level(weighed);
    int company = weighed_level(weighed, FACT_COMPANY);
    if (is_derived) {
        bool differ = email == LEVEL_LESS || are_two_companies(a, b);
        email = differ ? LEVEL_DIFFERS : LEVEL_BLANK;
    }
    if (address == LEVEL_DIFFERS && company != LEVEL_DIFFERS) company = LEVEL_BLANK;
    const int levels[] = {email, weighed_level(weighed, FACT_PHONE), company, address};
    int differ = 0, agree = 0;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        differ += levels[i] == LEVEL_DIFFERS;
        agree += agrees(levels[i]);
    }
    return differ >= 2 && agree <= 1;
}

unsigned refusals_of(const struct weigher *weigher, const struct profile *a,
                     const struct profile *b, const struct weighed *weighed, bool is_derived)
{
    unsigned refusals = 0;
    if (a->suffix && b->suffix && a->suffix != b->suffix) refusals |= REFUSED_SUFFIX;
    if (is_one_fact(weigher, weighed) && !is_mailbox_enough(a, b, weighed)) {
        refusals |= REFUSED_ONE_FACT;
    }
    if (a->is_company || b->is_company) {
        return refusals | (is_other_site(weighed) ? REFUSED_OTHER_SITE : 0);
    }
    bool is_sure = weighed_level(weighed, FACT_DATE) == LEVEL_EQUAL ||
                   weighed_level(weighed, FACT_ID) == LEVEL_EQUAL;
    if (is_sure) return refusals;
    if (is_conflict(a, b, weighed, is_derived)) refusals |= REFUSED_CONFLICT;
    return refusals | family(a, b, weighed);
}
