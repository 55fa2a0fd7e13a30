// The keys of all opt-out lists: which lists have this key?
//
//     struct suppress_set set;
//     suppress_set_init(&set, bytes_max, "/tmp");
//     suppress_set_add(&set, key, list, &err) ...          // one thread
//     suppress_set_seal(&set, &err);                       // once, behind the last
//     suppress_set_find(&set, key, &lists, &err);          // any number of threads
//
// A key is 120 bits of an XXH3 or of a digest; 16 bytes an entry. They are gathered in 256
// partitions by their first byte and sorted there, so that the table has no empty slot. Past
// bytes_max entries go to an unlinked file; of each a 16-bit mark stays, 2.5 bytes an entry with
// its index, and one look in 10,000 for a key that is not there reads from the file.
#ifndef DEDUPE_SUPPRESS_SET_H
#define DEDUPE_SUPPRESS_SET_H

#include "core/base/hash.h"
#include "tempfile.h"

enum { SUPPRESS_LISTS_MAX = 64, SUPPRESS_PARTITIONS = 256 };

struct suppress_part {
    hash128 *entries; // of high the last byte is the list's number; NULL once in the file
    size_t count, capacity;
    uint32_t *starts; // sealed: where in entries each bucket begins; one more than buckets
    uint16_t *marks;  // sealed, in the file
    uint64_t at;      // sealed, in the file
    unsigned shift;   // from the rest of a key to its bucket
};

struct suppress_run {
    uint64_t at;
    uint32_t count;
    uint8_t part;
};

struct suppress_set {
    struct suppress_part parts[SUPPRESS_PARTITIONS];
    size_t count, held, held_max; // entries: all, and those in memory
    struct suppress_run *runs;    // what was written before sealing
    size_t run_count, run_capacity;
    struct temp_file file, sorted;
};

// bytes_max: what entries may take in memory; 0 = any.
void suppress_set_init(struct suppress_set *set, uint64_t bytes_max, const char *temp_dir);
void suppress_set_release(struct suppress_set *set);

// list < SUPPRESS_LISTS_MAX. False with err when the file cannot be written.
bool suppress_set_add(struct suppress_set *set, hash128 key, unsigned list, struct err *err);

// Sorts; nothing may be added any more. 10 ns an entry. False with err when the file fails.
bool suppress_set_seal(struct suppress_set *set, struct err *err);

static inline bool suppress_set_has_spilled(const struct suppress_set *set)
{
    return set->run_count > 0;
}

// Bit n of *lists is set when list n has the key. False with err when the file cannot be read.
bool suppress_set_find(const struct suppress_set *set, hash128 key, uint64_t *lists,
                       struct err *err);

// For a key that will be looked for soon: first, and some keys later.
void suppress_set_fetch_start(const struct suppress_set *set, hash128 key);
void suppress_set_fetch(const struct suppress_set *set, hash128 key);

#endif
