// dedupe.rules: which leads are one, which record stays, what it takes from the others. The file
// itself explains its language.
#ifndef DEDUPE_RULES_H
#define DEDUPE_RULES_H

#include "core/rules/diagnostics.h"
#include "core/rules/rulebook.h"

enum { DEDUPE_KEYS_MAX = 32, DEDUPE_PARTS_MAX = 6, DEDUPE_NAMES_MAX = 16 };
enum { DEDUPE_BLOCKS_MAX = 8, BLOCK_COLUMNS_MAX = 16 };

enum part_kind {
    PART_TEXT,         // without case
    PART_NAME,         // without case, marks and signs, at least two letters
    PART_EMAIL,        // canonical, no shared mailbox
    PART_EMAIL_SHARED, // canonical
    PART_EMAIL_LOOSE,  // canonical, less any +tag
    PART_PHONE,        // phone and mobile, each
    PART_PHONE_OTHER,  // one number
    PART_COMPANY,      // without legal form
    PART_EXACT,        // as it stands
};

struct key_part {
    enum part_kind kind;
    str column;
};

struct key_rule {
    str name;
    struct key_part parts[DEDUPE_PARTS_MAX];
    size_t part_count;
};

enum prefer_kind { PREFER_FILLED, PREFER_NEWEST, PREFER_OLDEST, PREFER_SOURCE };

struct prefer_rule {
    enum prefer_kind kind;
    str source;
};

enum take_kind {
    // One member's value.
    TAKE_FILL, // the survivor's; when it has none, the next best record's
    TAKE_OLDEST,
    TAKE_NEWEST,
    TAKE_LONGEST,
    TAKE_COMMON,
    TAKE_MOST,
    TAKE_LEAST,
    TAKE_OF_NEWEST, // newest, oldest of a column that holds no time: by that of its record
    TAKE_OF_OLDEST,
    TAKE_SURVIVOR, // also when it has none
    // What is made of several.
    TAKE_SUM,
    TAKE_SUM_FILE, // of the rows of one event in one file; of several the most
    TAKE_WORDS,
    TAKE_UNION,
    TAKE_OBJECTS, // of objects of JSON
    TAKE_JOINED,
};

struct take_rule {
    str column;
    enum take_kind kind;
};

enum match_by { MATCH_KEYS, MATCH_WEIGHT };

enum { FIELD_NO_KIND = -1 };

struct field_rule {
    str column;
    int kind;         // enum fact_kind, or FIELD_NO_KIND: not compared
    const char *file; // where it stands, for messages
    int line;
};

// How records become one: by any key, or by the weight of all that they agree and differ in.
struct match_rules {
    enum match_by by;
    struct field_rule id;     // its column; no file: lead_id, by default
    struct field_rule across; // records that have the same there are never one; empty = no such
    struct field_rule *fields;
    size_t field_count, field_capacity;
    int32_t merge_least[2], review_least[2]; // persons, companies: weights in 1/1024 bit
};

// Columns that are one thing in several parts: all of one record.
struct block_rule {
    str name;
    str columns[BLOCK_COLUMNS_MAX];
    size_t column_count;
    enum take_kind kind; // TAKE_FILL: of the record that has most of them
};

struct dedupe_rules {
    struct arena arena;
    struct match_rules match;
    struct key_rule keys[DEDUPE_KEYS_MAX];
    size_t key_count;
    struct prefer_rule prefers[DEDUPE_NAMES_MAX];
    size_t prefer_count;
    struct take_rule *takes;
    size_t take_count, take_capacity;
    struct block_rule blocks[DEDUPE_BLOCKS_MAX];
    size_t block_count;
    str suppress_words[DEDUPE_NAMES_MAX];
    size_t suppress_count;
    str crm_id[DEDUPE_NAMES_MAX], crm_owner[DEDUPE_NAMES_MAX], crm_stage[DEDUPE_NAMES_MAX];
    size_t crm_id_count, crm_owner_count, crm_stage_count;
    str crm_account[DEDUPE_NAMES_MAX], crm_address[DEDUPE_NAMES_MAX];
    size_t crm_account_count, crm_address_count;
};

// Reads `name` (NULL = "dedupe.rules") through the book. Faults go to diagnostics; false when there
// are errors or the file cannot be read.
bool dedupe_rules_load(struct dedupe_rules *rules, struct rulebook *book, const char *name,
                       struct diagnostics *diagnostics, struct err *err);

// The kind of a column: as a field line says, else what a lead's own column is (its email an email;
// first_name, last_name, email, phone, mobile, company, street, city, region, postal_code, country
// and website have one). FIELD_NO_KIND: it is not compared.
int dedupe_rules_kind(const struct dedupe_rules *rules, str column);

// Whether the rules name the column as the id, as what is matched across, or as a field.
bool dedupe_rules_name(const struct dedupe_rules *rules, str column);

// Whether somebody with these words in opt_out is taken out.
bool dedupe_rules_suppress(const struct dedupe_rules *rules, str opt_out);

void dedupe_rules_release(struct dedupe_rules *rules);

#endif
