// Who is known already: the contacts of a CRM, and the addresses and numbers that opted out. A
// contact whose own opt_out suppresses counts as opted out, and so does its mailbox; its number may
// be one of the whole company.
//
// Filled by running each list through a chain that ends in a known_stage, then read by any number
// of threads.
#ifndef DEDUPE_KNOWN_H
#define DEDUPE_KNOWN_H

#include "core/base/keytable.h"
#include "core/pipeline/stage.h"
#include "keys.h"

struct known_contact {
    str id, owner, stage;
    bool has_opted_out;
};

enum known_list { KNOWN_CRM, KNOWN_OPT_OUT };

enum { KNOWN_UNUSABLE_SHOWN = 3 };

struct known {
    struct arena arena;
    struct key_table contacts_by_key; // value = number of the contact + 1
    struct known_contact *contacts;
    size_t contact_count, contact_capacity;
    struct key_table opted_out; // value = enum known_list that said so; the opt-out list first
    uint64_t opted_out_count, unusable_count; // records of opt-out lists; without address or number
    uint64_t opt_out_key_count;               // addresses and numbers of opt-out lists
    str unusable[KNOWN_UNUSABLE_SHOWN];       // where the first of those are: "file:line"
};

// The stage that adds what it sees to `known` and lets everything pass. rules and lists must
// outlive it. Free the state with the stage's close.
void known_stage(struct known *known, enum known_list list, const struct dedupe_rules *rules,
                 const struct key_lists *lists, struct stage *stage);

// The rules by which an opt-out list is matched: the mailbox alone, or the phone number alone.
const struct dedupe_rules *known_opt_out_rules(void);

void known_release(struct known *known);

#endif
