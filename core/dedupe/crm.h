// What the CRM knows: its contacts, by the keys of the rules, and its companies, by company id,
// domain, and name with country. A row with a company and no person is a company.
//
// Its records are never merged and never written: a lead that two of them may be is ambiguous.
// Filled row by row in the order of the exports, then asked by any number of threads.
#ifndef DEDUPE_CRM_H
#define DEDUPE_CRM_H

#include "core/base/keytable.h"
#include "keys.h"

enum { CRM_SHOWN_MAX = 4 }; // records that are named of those one lead may be

struct crm_record {
    str id, owner, stage;
    str account; // of a contact: the id of its company, where the export has it
    bool has_opted_out, is_company;
};

// A key that more than one record has.
struct crm_shared {
    uint32_t records[CRM_SHOWN_MAX];
    uint8_t count;
    bool owners_differ, stages_differ, has_opted_out;
};

struct crm {
    struct key_table contacts, companies; // value: a record + 1, or a shared key + CRM_SHARED
    struct crm_record *records;
    size_t record_count, record_capacity;
    struct crm_shared *shared;
    size_t shared_count, shared_capacity;
    bool is_asked; // there is a CRM, if an empty one: who is not in it is none
};

void crm_release(struct crm *crm);

// Takes a record, whose texts are kept; returns its number.
uint32_t crm_add(struct crm *crm, const struct crm_record *record);

// That the record has the key of a contact, or of a company.
void crm_put_contact(struct crm *crm, hash128 key, uint32_t record);
void crm_put_company(struct crm *crm, hash128 key, uint32_t record);

// The keys of a company: company_id, domain, company. The third is to be put, and asked for, with
// the country: see crm_name_key.
const struct dedupe_rules *crm_company_rules(void);
enum { CRM_BY_ID, CRM_BY_DOMAIN, CRM_BY_NAME };

// A company's name in a country ("" = not said), or in whichever (NULL).
hash128 crm_name_key(hash128 name, const str *country);

// ---- what was found of a record: the kind of the key << 32 | its value in the table; 0 = nothing.
// Kinds of companies begin behind those of contacts.
enum { CRM_COMPANY_KIND = DEDUPE_KEYS_MAX };

static inline bool crm_is_contact(uint64_t found) { return found >> 32 < CRM_COMPANY_KIND; }

uint64_t crm_find_contact(const struct crm *crm, hash128 key, uint32_t kind);
uint64_t crm_find_company(const struct crm *crm, hash128 key, uint32_t kind, str country);

bool crm_has_opted_out(const struct crm *crm, uint64_t found);

// What was found of all members of a cluster: by the strongest key.
struct crm_findings {
    uint64_t found[CRM_SHOWN_MAX];
    size_t count;
};

void crm_join(struct crm_findings *findings, uint64_t found);

struct crm_answer {
    str match;        // person, account, ambiguous or none
    str id;           // of all that it may be, in the order of the exports, with ; between
    str owner, stage; // where they agree
};

void crm_answer(const struct crm *crm, const struct crm_findings *findings, struct arena *arena,
                struct crm_answer *answer);

#endif
