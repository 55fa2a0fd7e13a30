// The validate stage: the verdict on a lead's address and numbers; unreachable leads set aside.
//
//     struct validate_options options = {.rules = rules, .phones = phones};
//     struct stage stage;
//     validate_stage(&options, &stage);
//
// A MAP stage. Adds email_status to phone_kind (core/lead/schema.h) and drops nothing but leads
// with neither a usable address (there, and not invalid; email or email_other) nor a usable number
// (valid or possible; phone, mobile or phone_other), which go to the rejects with the reason
// "unreachable" where email.rules says "unreachable reject". One that opted out of email or all
// goes on: dedupe takes out all records of that person. Counts by source what came in, how its
// addresses were judged and, where there are any, those of which a rule took too long
// (email_rule_limit) or a list was missing (email_list_missing). About 300 ns a record.
//
// What verifiers found (verdicts) changes the verdict and is named in email_checked. With
// lists_unverified the stage is ORDERED and sends each address that is usable and that no verifier
// has judged, once (by email_key), to PLACE_UNVERIFIED: 26 bytes of memory each. Left out are those
// of records that opted out of email or all before they were sent, and those with a reason that
// email.rules calls unasked. With fixes_typos an address becomes the one that was
// meant where only "fixable" rules reject it, nothing else is as near (email_meant_is_sure) and the
// other can be written to; the change goes to PLACE_CHANGE.
#ifndef VALIDATE_STAGE_H
#define VALIDATE_STAGE_H

#include "core/pipeline/stage.h"
#include "email.h"
#include "phone.h"
#include "verdicts.h"

struct validate_options {
    const struct email_rules *rules;
    const struct phone_rules *phones;        // NULL: numbers are judged by their form alone
    const struct verdicts *verdicts;         // NULL: none
    const struct email_providers *providers; // needed by lists_unverified
    bool lists_unverified, fixes_typos;
    bool has_journal; // of changes, if only an empty one
};

// Fills *stage; what options point to must outlive it. The state is freed by the stage's close.
void validate_stage(const struct validate_options *options, struct stage *stage);

#endif
