// What e-mail verifiers found, by address: the results of paid checks, read once and used until
// they are too old.
//
//     struct verdicts verdicts = {0};
//     if (!verdicts_load(&verdicts, &book, rules, &providers, &err)) ...
//     struct verdict_file file = {
//         .path = "zerobounce.csv", .today = 20781, .days_max = 90, .day = 20780, .has_day = true};
//     if (!verdicts_read(&verdicts, &file, &err)) ...
//     const struct verdict_found *found = verdicts_find(&verdicts, address, &arena);
//
// A file is any CSV with a verifier's result column (email/verifier_columns.tsv); what the results
// mean stands in email/verifier_results.tsv. Addresses are compared by their keys (email_key). Of
// several results for one address the newest counts, of the same day the worst, of these the last
// that was read. A result that email.rules calls lasting (a trap, a complaint) counts whatever was
// found later, unless that is worse. What has a date that cannot be read, or one more than a day
// ahead of today, does not count. Keeps 48 bytes an address. Once all files are read, for any
// number of threads.
#ifndef VALIDATE_VERDICTS_H
#define VALIDATE_VERDICTS_H

#include <stdatomic.h>

#include "core/base/keytable.h"
#include "core/lead/email.h"
#include "email.h"

// One meaning of a verifier's result.
struct verdict_meaning {
    str verifier, result, detail; // result and detail folded
    str code;                     // of email.rules; empty = the mailbox exists
    str refutes;                  // codes, separated by blanks
    int weight;                   // of the code: its severity; more is worse
    bool is_lasting;              // "lasting" in email.rules: what is found later does not undo it
};

struct verdict_found {
    const struct verdict_meaning *meaning; // NULL: only a lasting result is known
    str suggestion;
    int32_t day;      // since 1970-01-01
    uint32_t lasting; // number of found + 1: the worst lasting result; 0 = none
};

struct verdicts {
    struct arena arena;
    const struct email_rules *rules;
    const struct email_providers *providers;
    struct table columns, results; // the two tables
    struct verdict_meaning *meanings;
    size_t meaning_count;
    struct key_table by_key; // -> number of found + 1
    struct verdict_found *found;
    size_t count, capacity;
    uint64_t used, old, unknown;       // rows: kept, too old, with a result that is not known
    str unknown_result;                // the first of those
    uint64_t undated, ahead;           // rows: whose date cannot be read, lies in the future
    uint64_t undated_line, ahead_line; // the first of those in the file read last, from 1
};

struct verdict_file {
    const char *path;
    int32_t today;    // days since 1970-01-01
    int32_t days_max; // older results do not count
    int32_t day;      // when it was checked, for rows without a date
    bool has_day;     // day is known
    const atomic_bool *stop;
};

// Reads the two tables, whose codes must stand in rules. What is passed must outlive the verdicts.
bool verdicts_load(struct verdicts *verdicts, struct rulebook *book,
                   const struct email_rules *rules, const struct email_providers *providers,
                   struct err *err);

// Adds the results of one file. False with err when it cannot be read, when no verifier's columns
// are in it, or when neither a column nor has_day tells when it was checked.
bool verdicts_read(struct verdicts *verdicts, const struct verdict_file *file, struct err *err);

// What is known of an address, or NULL. May use the arena.
const struct verdict_found *verdicts_find(const struct verdicts *verdicts, str address,
                                          struct arena *arena);

// Changes what was judged offline by what was found: the result's code comes in, refuted ones go
// out.
void verdicts_apply(const struct verdicts *verdicts, const struct verdict_found *found, str address,
                    struct arena *arena, struct email_verdict *verdict);

// "zerobounce 2026-11-20".
str verdicts_checked(const struct verdict_found *found, struct arena *arena);

void verdicts_release(struct verdicts *verdicts);

#endif
