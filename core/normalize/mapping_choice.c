#include "mapping_choice.h"

enum { MOST = 50 };

static bool can_mean(const struct choice *choice, int target)
{
    for (size_t i = 0; i < choice->count; i++) {
        if (choice->meanings[i].target == target) return true;
    }
    return false;
}

// Name, Nom, Nombre, Nome, Naam, Nazwa: the whole name, unless the other half stands beside it; the
// company's where a person's name stands elsewhere and the values are no persons'.
static int choose_name(const struct mapping *mapping, const struct choice *choice,
                       const struct value_counts *counts)
{
    bool first = mapping_column(mapping, FIELD_FIRST_NAME) >= 0;
    bool last = mapping_column(mapping, FIELD_LAST_NAME) >= 0;
    bool full = mapping_column(mapping, TARGET_FULL_NAME) >= 0;
    bool company = mapping_column(mapping, FIELD_COMPANY) >= 0;
    uint32_t companies = sniff_share(counts, LOOK_COMPANY);
    uint32_t persons = sniff_share(counts, LOOK_PERSON);
    if (can_mean(choice, FIELD_COMPANY) && !company && sniff_filled(counts)) {
        bool named = full || (first && last);
        if (companies >= MOST || (named && (companies >= 20 || persons < MOST))) {
            return FIELD_COMPANY;
        }
    }
    if (can_mean(choice, FIELD_LAST_NAME) && first && !last) {
        // Vorname, Name. But "First name, Name" in which Name holds both is a whole name.
        return persons >= 80 ? TARGET_FULL_NAME : FIELD_LAST_NAME;
    }
    if (can_mean(choice, FIELD_FIRST_NAME) && last && !first) return FIELD_FIRST_NAME;
    if (can_mean(choice, TARGET_FULL_NAME)) return TARGET_FULL_NAME;
    return choice->meanings[0].target;
}

// Title: the job, unless the values are forms of address, or the job has a column of its own.
static int choose_title(const struct mapping *mapping, const struct value_counts *counts)
{
    if (sniff_share(counts, LOOK_HONORIFIC) >= MOST) return FIELD_SALUTATION;
    bool job = mapping_column(mapping, FIELD_JOB_TITLE) >= 0;
    return job && sniff_share(counts, LOOK_HONORIFIC) * 2 >= MOST ? FIELD_SALUTATION
                                                                  : FIELD_JOB_TITLE;
}

// State, Region: a part of a country; a country; or the state of affairs.
static int choose_region(const struct mapping *mapping, const struct choice *choice,
                         const struct value_counts *counts)
{
    if (sniff_share(counts, LOOK_STATUS) >= MOST) return TARGET_EXTRA;
    bool country = mapping_column(mapping, FIELD_COUNTRY) >= 0;
    // Two letters are both a state and a country (CA, DE, IN): whole names decide.
    bool names = sniff_filled(counts) && counts->bytes > 3 * (uint64_t)sniff_filled(counts);
    bool countries = sniff_share(counts, LOOK_COUNTRY) >= 70 && names;
    if (can_mean(choice, FIELD_COUNTRY) && countries && !country) return FIELD_COUNTRY;
    if (can_mean(choice, FIELD_REGION)) return FIELD_REGION;
    return choice->meanings[0].target;
}

static int choose(const struct mapping *mapping, const struct choice *choice,
                  const struct value_counts *counts)
{
    if (can_mean(choice, FIELD_JOB_TITLE) && can_mean(choice, FIELD_SALUTATION)) {
        return choose_title(mapping, counts);
    }
    if (can_mean(choice, FIELD_LINKEDIN) && can_mean(choice, FIELD_WEBSITE)) {
        return sniff_share(counts, LOOK_LINKEDIN) >= MOST ? FIELD_LINKEDIN : FIELD_WEBSITE;
    }
    if (can_mean(choice, FIELD_REGION) && can_mean(choice, FIELD_COUNTRY)) {
        return choose_region(mapping, choice, counts);
    }
    if (can_mean(choice, TARGET_FULL_NAME)) return choose_name(mapping, choice, counts);
    return choice->meanings[0].target;
}

void choose_meanings(struct mapping *mapping, const struct choice choices[])
{
    for (size_t i = 0; i < mapping->count; i++) {
        struct plan_column *column = &mapping->columns[i];
        const struct choice *choice = &choices[i];
        if (choice->count < 2 || column->why != WHY_NOTHING) continue;
        int target = choose(mapping, choice, &column->counts);
        for (size_t j = 0; j < choice->count; j++) {
            if (choice->meanings[j].target != target) continue;
            column->rank = choice->meanings[j].rank;
            column->languages = choice->meanings[j].languages;
        }
        column->target = target;
        column->why = WHY_CHOICE;
        column->confidence = 85;
    }
}
