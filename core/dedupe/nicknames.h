// Whether two given names may be one person's: Bob and Robert, Kalle and Kaarlo, Paco and
// Francisco.
//
//     struct nicknames nicknames = {0};
//     if (!nicknames_load(&nicknames, &book, &err)) ...
//     uint32_t bob = nicknames_find(&nicknames, STR("bob"));       // once a record
//     if (nicknames_meet(&nicknames, bob, robert)) ...             // a few ns a pair
//
// A name is expanded to itself and the names it may stand for, and two names meet when these sets
// have one in common. The sets are never joined further: Chris is Christopher or Christine, who are
// not each other. Loaded once, then read by any number of threads.
#ifndef DEDUPE_NICKNAMES_H
#define DEDUPE_NICKNAMES_H

#include "core/rules/list.h"

struct nickname_entry {
    str name;
    uint64_t signature;    // a bit for each name of the set: none in common, no name in common
    uint32_t start, count; // of its set in ids
};

struct nicknames {
    struct map by_name;
    struct nickname_entry *entries; // of name number 1, 2 ...
    uint32_t *ids;                  // the sets: numbers of names, rising
    size_t count, capacity;
};

// Reads dedupe/nicknames.tsv and dedupe/nicknames_europe.tsv (columns form and names; their heads
// say how to add to them) through the book, which must outlive it. About 1 ms.
bool nicknames_load(struct nicknames *nicknames, struct rulebook *book, struct err *err);
void nicknames_release(struct nicknames *nicknames);

// The number of a folded name (core/lead/fold.h), or 0: nothing is known of it, and it is like
// itself alone.
uint32_t nicknames_find(const struct nicknames *nicknames, str name);

// Whether their sets have a name in common; false when either is 0.
bool nicknames_meet(const struct nicknames *nicknames, uint32_t a, uint32_t b);

// The set of a name, itself in it, for keys: *ids is set, and how many there are is returned. 0 for
// name 0.
size_t nicknames_set(const struct nicknames *nicknames, uint32_t name, const uint32_t **ids);

// The text of a name's number.
str nicknames_name(const struct nicknames *nicknames, uint32_t name);

#endif
