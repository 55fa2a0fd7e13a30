// The lead: its columns in order, what kind of value each holds, and which stage adds which.
//
// The one place that knows the record between stages (design: every column is always present after
// normalize). FIELD_* numbers index the columns of a normalized record; the columns that later
// stages add are found by name.
#ifndef LEAD_SCHEMA_H
#define LEAD_SCHEMA_H

#include "columns.h"

// What a value is: decides how rules may compare it and how other tools are told to read it.
enum value_kind {
    VALUE_TEXT,
    VALUE_NUMBER, // integer
    VALUE_TIME,   // ISO 8601 date or date and time
    VALUE_WORD,   // one of a few fixed words
    VALUE_WORDS,  // any of a few fixed words, separated by a blank
    VALUE_JSON,
};

// Columns after normalize: name, kind. The order is the contract.
#define SCHEMA_LEAD(X)                                                                             \
    X(LEAD_ID, "lead_id", TEXT)                                                                    \
    X(SOURCE, "source", WORD)                                                                      \
    X(SOURCE_NAME, "source_name", TEXT)                                                            \
    X(SOURCE_CAMPAIGN, "source_campaign", TEXT)                                                    \
    X(SOURCE_FILE, "source_file", TEXT)                                                            \
    X(SOURCE_ROW, "source_row", NUMBER)                                                            \
    X(CREATED_AT, "created_at", TIME)                                                              \
    X(LAST_ACTIVITY_AT, "last_activity_at", TIME)                                                  \
    X(SALUTATION, "salutation", TEXT)                                                              \
    X(FIRST_NAME, "first_name", TEXT)                                                              \
    X(MIDDLE_NAME, "middle_name", TEXT)                                                            \
    X(LAST_NAME, "last_name", TEXT)                                                                \
    X(EMAIL, "email", TEXT)                                                                        \
    X(EMAIL_OTHER, "email_other", TEXT)                                                            \
    X(PHONE, "phone", TEXT)                                                                        \
    X(PHONE_EXT, "phone_ext", TEXT)                                                                \
    X(MOBILE, "mobile", TEXT)                                                                      \
    X(PHONE_OTHER, "phone_other", TEXT)                                                            \
    X(COMPANY, "company", TEXT)                                                                    \
    X(COMPANY_ID, "company_id", TEXT)                                                              \
    X(EMPLOYEES, "employees", NUMBER)                                                              \
    X(INDUSTRY, "industry", TEXT)                                                                  \
    X(JOB_TITLE, "job_title", TEXT)                                                                \
    X(SENIORITY, "seniority", WORD)                                                                \
    X(DEPARTMENT, "department", WORD)                                                              \
    X(STREET, "street", TEXT)                                                                      \
    X(CITY, "city", TEXT)                                                                          \
    X(REGION, "region", TEXT)                                                                      \
    X(POSTAL_CODE, "postal_code", TEXT)                                                            \
    X(COUNTRY, "country", TEXT)                                                                    \
    X(WEBSITE, "website", TEXT)                                                                    \
    X(DOMAIN, "domain", TEXT)                                                                      \
    X(LINKEDIN, "linkedin", TEXT)                                                                  \
    X(CONSENT, "consent", WORD)                                                                    \
    X(CONSENT_AT, "consent_at", TIME)                                                              \
    X(OPT_OUT, "opt_out", WORDS)                                                                   \
    X(LEGAL_BASIS, "legal_basis", TEXT)                                                            \
    X(ACQUIRED_AT, "acquired_at", TIME)                                                            \
    X(ATTENDED, "attended", WORD)                                                                  \
    X(MINUTES, "minutes", NUMBER)                                                                  \
    X(RATING, "rating", TEXT)                                                                      \
    X(TIMEFRAME_DAYS, "timeframe_days", NUMBER)                                                    \
    X(INTEREST, "interest", TEXT)                                                                  \
    X(CAPTURED_BY, "captured_by", TEXT)                                                            \
    X(NOTES, "notes", TEXT)                                                                        \
    X(EXTRA, "extra", JSON)

#define SCHEMA_VALIDATE(X)                                                                         \
    X(EMAIL_STATUS, "email_status", WORD)                                                          \
    X(EMAIL_REASON, "email_reason", WORD)                                                          \
    X(EMAIL_REASONS, "email_reasons", TEXT)                                                        \
    X(EMAIL_FLAGS, "email_flags", WORDS)                                                           \
    X(EMAIL_SUGGESTION, "email_suggestion", TEXT)                                                  \
    X(EMAIL_CHECKED, "email_checked", TEXT)                                                        \
    X(PHONE_STATUS, "phone_status", WORD)                                                          \
    X(PHONE_KIND, "phone_kind", WORD)

#define SCHEMA_DEDUPE(X)                                                                           \
    X(CLUSTER_ID, "cluster_id", TEXT)                                                              \
    X(CLUSTER_SIZE, "cluster_size", NUMBER)                                                        \
    X(MATCHED_ON, "matched_on", TEXT)                                                              \
    X(MATCH_WEIGHT, "match_weight", NUMBER)                                                        \
    X(SOURCES, "sources", WORDS)                                                                   \
    X(TOUCHES, "touches", NUMBER)                                                                  \
    X(FIRST_TOUCH_AT, "first_touch_at", TIME)                                                      \
    X(LAST_TOUCH_AT, "last_touch_at", TIME)                                                        \
    X(CRM_MATCH, "crm_match", WORD)                                                                \
    X(CRM_ID, "crm_id", TEXT)                                                                      \
    X(CRM_OWNER, "crm_owner", TEXT)                                                                \
    X(CRM_STAGE, "crm_stage", TEXT)

#define SCHEMA_SCORE(X)                                                                            \
    X(SCORE, "score", NUMBER)                                                                      \
    X(FIT, "fit", NUMBER)                                                                          \
    X(ENGAGEMENT, "engagement", NUMBER)                                                            \
    X(SOURCE_POINTS, "source_points", NUMBER)                                                      \
    X(SUSPICION, "suspicion", NUMBER)                                                              \
    X(GRADE, "grade", WORD)                                                                        \
    X(TIER, "tier", WORD)                                                                          \
    X(LIFECYCLE, "lifecycle", WORD)                                                                \
    X(REASONS, "reasons", TEXT)                                                                    \
    X(RULES_VERSION, "rules_version", TEXT)

#define SCHEMA_ROUTE(X)                                                                            \
    X(OWNER, "owner", TEXT)                                                                        \
    X(QUEUE, "queue", TEXT)                                                                        \
    X(ANSWER_BY, "answer_by", TIME)                                                                \
    X(ROUTE_REASON, "route_reason", TEXT)

#define SCHEMA_NUMBER(id, name, kind) FIELD_##id,
enum lead_field { SCHEMA_LEAD(SCHEMA_NUMBER) LEAD_FIELD_COUNT };
enum validate_field {
    VALIDATE_FIRST = LEAD_FIELD_COUNT - 1,
    SCHEMA_VALIDATE(SCHEMA_NUMBER) VALIDATE_END
};
enum dedupe_field { DEDUPE_FIRST = VALIDATE_END - 1, SCHEMA_DEDUPE(SCHEMA_NUMBER) DEDUPE_END };
enum score_field { SCORE_FIRST = DEDUPE_END - 1, SCHEMA_SCORE(SCHEMA_NUMBER) SCORE_END };
enum route_field { ROUTE_FIRST = SCORE_END - 1, SCHEMA_ROUTE(SCHEMA_NUMBER) SCHEMA_FIELD_COUNT };
#undef SCHEMA_NUMBER

enum schema_stage {
    SCHEMA_STAGE_NORMALIZE,
    SCHEMA_STAGE_VALIDATE,
    SCHEMA_STAGE_DEDUPE,
    SCHEMA_STAGE_SCORE,
    SCHEMA_STAGE_ROUTE,
    SCHEMA_STAGE_COUNT
};

struct schema_field {
    str name;
    enum value_kind kind;
    enum schema_stage stage; // the stage that adds it
};

// Every column of the schema in order, SCHEMA_FIELD_COUNT of them.
extern const struct schema_field schema_fields[];

// The number of the field of that name, or -1.
int schema_find(str name);

// The columns that a stage adds: *count names, in order, from schema_fields.
const struct schema_field *schema_stage_fields(enum schema_stage stage, uint32_t *count);

// in, followed by what the stage adds (or in place where in has it); at[i] is the column of the
// stage's i-th field.
struct columns *schema_extend(const struct columns *in, enum schema_stage stage, uint32_t at[]);

#endif
