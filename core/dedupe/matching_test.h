// What the tests of the matcher share: the shipped knowledge, and records made of a few words.
#ifndef DEDUPE_MATCHING_TEST_H
#define DEDUPE_MATCHING_TEST_H

#include "profile.h"

static struct rulebook book;
static struct nicknames nicknames;
static struct email_providers providers;
static struct company_rules companies;
static struct frequencies frequencies;
static struct profile_rules rules;
static struct arena arena;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    rules = (struct profile_rules){&providers, &companies, &nicknames, &frequencies, NULL};
    return nicknames_load(&nicknames, &book, &err) &&
                   email_providers_load(&providers, &book, &err) &&
                   company_rules_load(&companies, &book, &err) &&
                   frequencies_load(&frequencies, &book, &err)
               ? 0
               : -1;
}

static int unload(void **state)
{
    (void)state;
    nicknames_release(&nicknames);
    email_providers_release(&providers);
    company_rules_release(&companies);
    frequencies_release(&frequencies);
    rulebook_release(&book);
    arena_release(&arena);
    return 0;
}

// "first_name=Anna|city=Ulm" as a record.
static inline struct profile profile_of(const char *id, const char *text)
{
    struct profile_column columns[FACT_KINDS * 2];
    size_t count = 0;
    str rest = str_of(text), piece, kind;
    while (rest.len && str_cut(&rest, '|', &piece)) {
        str_cut(&piece, '=', &kind);
        columns[count].kind = (enum fact_kind)fact_kind_find(kind);
        columns[count++].value = piece;
    }
    struct profile profile;
    profile_make(&rules, str_of(id), columns, count, &arena, &profile);
    return profile;
}

#endif
