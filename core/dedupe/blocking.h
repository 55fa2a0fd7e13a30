// Which pairs of records are looked at: those that share a key (MATCHING.md, section 2).
//
//     struct candidates candidates = {0};
//     candidates_find(&nicknames, profiles, count, &candidates);
//     for (size_t i = 0; i < candidates.count; i++) weigh(candidates.pairs[i]);
//     candidates_release(&candidates);
//
// A key that too many records have is split by what else they share; what is still too large is
// left out and counted. Records that are the same in all facts meet the first of them only. Which
// pairs are found depends on the records alone, not on their order. Holds 32 bytes a key, of one
// family at a time (2 to 16 keys a record), and 8 a pair. About 6 us a record.
#ifndef DEDUPE_BLOCKING_H
#define DEDUPE_BLOCKING_H

#include "profile.h"

enum { BLOCK_OWN_MAX = 40, BLOCK_KEYS_MAX = 512 };

enum block_key {
    // Of persons and companies.
    KEY_PHONE,
    KEY_PHONE_INITIAL,
    KEY_ID,
    // Of persons.
    KEY_EMAIL,
    KEY_LOCAL_PART,
    KEY_NAMES,
    KEY_SOUNDS,
    KEY_DATE,
    KEY_DATE_INITIAL,
    KEY_DATE_CITY,
    KEY_DATE_LAST,
    KEY_DATE_FIRST,
    KEY_FIRST_YEAR,
    KEY_LAST_YEAR,
    KEY_FIRST_DAY,
    KEY_LAST_DAY,
    KEY_NAME_DAY,
    KEY_YEAR_CITY,
    KEY_POSTAL_YEAR,
    KEY_POSTAL_DAY,
    KEY_FIRST_SOUND_YEAR,
    KEY_LAST_SOUND_YEAR,
    KEY_LAST_POSTAL,
    KEY_FIRST_POSTAL,
    KEY_STREET,
    KEY_NUMBER_POSTAL,
    KEY_STREET_LAST,
    KEY_LAST_CITY,
    KEY_FIRST_CITY,
    KEY_LAST_SLIP,
    KEY_FIRST_SLIP,
    // Of companies.
    KEY_COMPANY,
    KEY_SITE,
    KEY_SITE_INITIAL,
    KEY_COMPANY_STREET,
    KEY_WORD_POSTAL,
    KEY_WORD_CITY,
    KEY_WORD_NUMBER,
    KEY_ACRONYM,
    KEY_STREET_INITIAL,
    KEY_COMPANY_SLIP,
    BLOCK_KEYS
};

// Keys that are sorted together.
enum block_family {
    FAMILY_CONTACT,
    FAMILY_NAMES,
    FAMILY_DATES,
    FAMILY_PLACES,
    FAMILY_LAST_SLIP,
    FAMILY_FIRST_SLIP,
    BLOCK_FAMILIES
};

struct block_keys {
    struct {
        uint64_t hash;
        enum block_key kind;
    } keys[BLOCK_KEYS_MAX];
    size_t count;
};

// The keys of one record; what goes beyond BLOCK_KEYS_MAX is left out. About 2 us for all families.
void block_keys_of(const struct nicknames *nicknames, const struct profile *profile,
                   enum block_family family, struct block_keys *out);

struct candidate {
    uint32_t a, b; // numbers of records, a < b
};

struct candidates {
    struct candidate *pairs; // rising, each once
    size_t count, capacity;
    uint64_t skipped[BLOCK_KEYS]; // blocks left out, by key
};

void candidates_find(const struct nicknames *nicknames, const struct profile profiles[],
                     uint32_t count, struct candidates *out);
void candidates_release(struct candidates *candidates);

// How many records may share a key in a table of so many: the larger it is, the more the rest of a
// pair must say, and the rarer must be what it shares (MATCHING.md, section 2).
size_t block_records_max(uint32_t records);

// Its word in reports: "last_postal".
const char *block_key_name(enum block_key key);

#endif
