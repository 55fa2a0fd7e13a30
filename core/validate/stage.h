// The validate stage: the verdict on a lead's address and numbers; unreachable leads set aside.
//
//     struct validate validate = {.rules = rules, .phones = phones};
//     struct stage stage = validate_stage(&validate);
//
// A MAP stage. Adds email_status to phone_kind (core/lead/schema.h) and drops nothing but leads
// with neither a usable address (valid or risky) nor a usable number (valid or possible), which go
// to the rejects with the reason "unreachable" where email.rules says "unreachable reject". Counts
// by source what came in and how its addresses were judged. About 400 ns a record.
#ifndef VALIDATE_STAGE_H
#define VALIDATE_STAGE_H

#include "core/lead/schema.h"
#include "core/pipeline/stage.h"
#include "email.h"
#include "phone.h"

enum { VALIDATE_ADDED = VALIDATE_END - LEAD_FIELD_COUNT };

struct validate {
    // Set by the caller; they outlive the run.
    const struct email_rules *rules;
    const struct phone_rules *phones; // NULL: numbers are judged by their form alone

    // The stage's own.
    struct columns *out;
    uint32_t at[VALIDATE_ADDED]; // where the added columns are
    int email, phone, mobile, source_name, source_file, source_row, lead_id; // of the input, or -1
};

struct stage validate_stage(struct validate *validate);

#endif
