// The validate stage: the verdict on a lead's address and numbers; unreachable leads set aside.
//
//     struct validate_options options = {.rules = rules, .phones = phones};
//     struct stage stage;
//     validate_stage(&options, &stage);
//
// A MAP stage. Adds email_status to phone_kind (core/lead/schema.h) and drops nothing but leads
// with neither a usable address (valid or risky) nor a usable number (valid or possible), which go
// to the rejects with the reason "unreachable" where email.rules says "unreachable reject". Counts
// by source what came in and how its addresses were judged. About 400 ns a record.
#ifndef VALIDATE_STAGE_H
#define VALIDATE_STAGE_H

#include "core/pipeline/stage.h"
#include "email.h"
#include "phone.h"

struct validate_options {
    const struct email_rules *rules;
    const struct phone_rules *phones; // NULL: numbers are judged by their form alone
};

// Fills *stage; what options point to must outlive it. The state is freed by the stage's close.
void validate_stage(const struct validate_options *options, struct stage *stage);

#endif
