// Who is known already: the contacts and companies of a CRM, and the people who opted out. A
// contact whose own opt_out suppresses counts as opted out, and so do all its mailboxes; its number
// may be one of the whole company.
//
// Filled by running each export through a chain that ends in a known_stage (lists that are no
// exports by bare_list_read), then sealed and read by any number of threads.
#ifndef DEDUPE_KNOWN_H
#define DEDUPE_KNOWN_H

#include "core/pipeline/stage.h"
#include "crm.h"
#include "opt_outs.h"

enum known_list { KNOWN_CRM, KNOWN_OPT_OUT };

struct known {
    struct arena arena;
    struct crm crm;
    struct key_table crm_opted_out; // mailboxes of contacts that opted out
    struct opt_outs outs;
};

// Begins with nobody known. bytes_max is what the entries of opt-out lists may take in memory, past
// which they go to a file in temp_dir; lists and temp_dir must outlive it.
void known_init(struct known *known, const struct key_lists *lists, uint64_t bytes_max,
                const char *temp_dir);

// The stage that adds what it sees to `known` and lets everything pass: to the CRM, or to the list
// that opt_outs_begin_list began. rules and lists must outlive it. Free the state with the stage's
// close.
void known_stage(struct known *known, enum known_list list, const struct dedupe_rules *rules,
                 const struct key_lists *lists, struct stage *stage);

// The rules by which a list is matched: the mailbox alone, or the phone number alone.
const struct dedupe_rules *known_opt_out_rules(void);

void known_release(struct known *known);

#endif
