// The domain that was probably meant where one is mistyped.
//
//     str meant = email_meant(&rules->slips, &query, &arena); // gmial.com -> gmail.com
//
// In this order: a row of email/typos.tsv; nothing for a known domain; an ending that does not
// exist repaired; a second level put right (firmaco.uk -> firma.co.uk); a provider of
// email/anchors.tsv that is one or two slips of the fingers away. About 300 ns for a domain that is
// none of these; ask once for every domain.
#ifndef VALIDATE_EMAIL_MEANT_H
#define VALIDATE_EMAIL_MEANT_H

#include "core/base/arena.h"
#include "core/rules/list.h"

// A provider, or with a dot in front an ending.
struct email_anchor {
    str domain, label, suffix; // label.suffix
    uint32_t letters;          // which letters the label has
    int edits;                 // how many slips may be in it; 0 = a letter doubled or two exchanged
};

enum { EMAIL_LABEL_MAX = 15 };

// The anchors of one suffix.
struct email_anchor_group {
    uint32_t first[EMAIL_LABEL_MAX + 1]; // by the length of the label: number + 1, 0 = none
};

struct email_slips {
    struct table typos, table; // email/typos.tsv, email/anchors.tsv
    struct map by_typo;        // wrong -> row of typos
    struct email_anchor *anchors;
    size_t anchor_count;
    struct map by_domain;  // an anchor's domain -> its number
    struct map by_label;   // what it begins with -> the number of the first that does
    struct map by_country; // a country's domain -> the number of the ending below it
    struct map by_suffix;  // -> number of the group
    struct email_anchor_group *groups;
    size_t group_count, group_capacity;
    uint32_t *next; // by number: the next of the same group and length + 1, 0 = none
    int right;      // a column of typos
};

// Which letters a label has, a bit each.
// Digits and hyphens share the bits of letters: a set may only be too small a difference.
static inline uint32_t email_letters(str label)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < label.len; i++) letters |= 1u << (label.data[i] & 31);
    return letters;
}

// What is to be known of a domain in lower case before its slips are looked for.
struct email_slip_query {
    str domain;
    bool is_allowed;            // the user says it is right
    bool is_known;              // a provider: no slip of another
    bool has_tld;               // its top-level domain exists
    const struct list *tlds;    // those that exist; NULL = not known
    const struct map *suffixes; // public suffixes: text -> set of lists ...
    uint32_t suffix_bit;        // ... one of which they are; 0 = not known
};

// Reads the two tables. False with err. Release in either case.
bool email_slips_load(struct email_slips *slips, struct rulebook *book, struct err *err);
void email_slips_release(struct email_slips *slips);

// The domain that was meant, in the arena or the rules; data NULL, or the domain: as it is.
str email_meant(const struct email_slips *slips, const struct email_slip_query *query,
                struct arena *arena);

// Whether nothing else is as near as what email_meant told: the whole domain or its ending is a row
// of email/typos.tsv, or the ending is one slip away from a single one of all that exist, and the
// name before it as it was typed or a slip of a single provider's. About 10 us without a row.
bool email_meant_is_sure(const struct email_slips *slips, const struct email_slip_query *query,
                         str meant);

#endif
