// The verdict on an e-mail address, offline: can it be written to, and is it worth it?
//
//     struct email_rules *rules = email_rules_load(&book, EMAIL_ALL, &diagnostics, &err);
//     struct email_worker *worker = email_worker_new(rules);
//     struct email_verdict verdict;
//     email_check(worker, STR("jane@firma.fi"), &arena, &verdict);
//     // verdict.status == EMAIL_VALID: well-formed, known top-level domain, no risk found.
//     // Offline nobody knows whether the mailbox exists.
//
// What is asked, how heavy it is and how it is called stands in rules/email.rules. Rules are shared
// by all threads; a worker belongs to one. A verdict costs about 200 ns: a table of bytes for what
// stands before the @, the domain's part once for every domain (remembered, and fetched ahead by
// email_check_soon), one pattern and two look-ups for the mailbox. No input makes it slow: longer
// than 320 bytes is too long, and patterns are limited.
#ifndef VALIDATE_EMAIL_H
#define VALIDATE_EMAIL_H

#include "core/base/arena.h"
#include "core/rules/diagnostics.h"
#include "core/rules/rulebook.h"

enum email_status { EMAIL_VALID, EMAIL_RISKY, EMAIL_INVALID, EMAIL_UNKNOWN };

// In the order in which they are written.
enum email_flag {
    EMAIL_ROLE = 1 << 0,
    EMAIL_NO_REPLY = 1 << 1,
    EMAIL_DISPOSABLE = 1 << 2,
    EMAIL_RELAY = 1 << 3,
    EMAIL_FREE = 1 << 4,
    EMAIL_IDN = 1 << 5,
    EMAIL_SMTPUTF8 = 1 << 6,
    EMAIL_SUBADDRESSED = 1 << 7,
    EMAIL_TYPO = 1 << 8,
    EMAIL_FIXED = 1 << 9,
    EMAIL_GOV = 1 << 10,
    EMAIL_EDU = 1 << 11,
    EMAIL_MIL = 1 << 12,
    EMAIL_CORPORATE = 1 << 13,
};

struct email_verdict {
    enum email_status status;
    unsigned flag_bits;   // enum email_flag
    str reason;           // the decisive code; empty when valid
    str reasons;          // all codes, the heaviest first, separated by ';'
    str flags;            // separated by blanks
    str suggestion;       // the address that was probably meant, or empty
    const uint8_t *lines; // the rule behind each code of reasons, for email_line_severity and _text
    bool is_sure;         // a curated row names it, or no other is as near
    bool is_missing;      // there is no address
};

// Whether mail may be sent there: nothing is against the address that makes it invalid. That a rule
// took too long or a list is missing says nothing against it.
static inline bool email_is_usable(const struct email_verdict *verdict)
{
    return verdict->status != EMAIL_INVALID && !verdict->is_missing;
}

// What of the rules is used.
enum email_scope {
    EMAIL_ALL,
    EMAIL_SYNTAX, // no lists and no judging: form alone
};

struct email_rules;
struct email_worker;

// Reads email.rules, email.rules.local, the lists they name, email/typos.tsv, anchors.tsv and
// providers.tsv: some ten milliseconds, most of them for the 40,000 domains of the lists. Returns
// NULL with err, and what is wrong with the rules in diagnostics, where the limits are as well that
// email.rules states: more rules, conditions or lists are refused, and no rule that holds is lost.
// The book must outlive the rules.
struct email_rules *email_rules_load(struct rulebook *book, enum email_scope scope,
                                     struct diagnostics *diagnostics, struct err *err);
void email_rules_free(struct email_rules *rules); // NULL allowed

// Whether a lead with neither a usable address nor a usable phone is set aside ("unreachable
// reject").
bool email_rules_reject_unreachable(const struct email_rules *rules);

// The text for people behind a code, or "": that of its first line.
str email_rules_text(const struct email_rules *rules, str code);

// Whether a line of the rules has the code.
bool email_rules_know(const struct email_rules *rules, str code);

// Of the rule that a verdict names (verdict.lines): its severity, in the word of the rule file, and
// its text for people.
str email_line_severity(const struct email_rules *rules, uint8_t line);
str email_line_text(const struct email_rules *rules, uint8_t line);

// What the rule file says of codes besides their severity.
enum email_mark {
    EMAIL_FIXABLE = 1 << 0, // a mended domain may cure it
    EMAIL_UNASKED = 1 << 1, // no verifier is asked about an address that has it
    EMAIL_LASTING = 1 << 2, // found by a verifier, it is not undone by what is found later
};
bool email_rules_mark(const struct email_rules *rules, str code, enum email_mark mark);

// Whether a mended domain may cure what the code says: no line of it rejects, or it is fixable.
bool email_rules_may_fix(const struct email_rules *rules, str code);

// How bad the code is: more is worse, 0 = not at all, or no line has it.
int email_rules_weight(const struct email_rules *rules, str code);

struct email_worker *email_worker_new(const struct email_rules *rules);
void email_worker_free(struct email_worker *worker); // NULL allowed

// Forgets what takes much room: call it between batches.
void email_worker_trim(struct email_worker *worker);

// Tells that the address will be judged soon: what is known of its domain is fetched meanwhile.
void email_check_soon(const struct email_worker *worker, str address);

// Judges the address as it stands in the cell: nothing is repaired (email_clean in
// core/lead/email.h does that). Texts of the verdict are in the arena, in the rules or literals.
void email_check(struct email_worker *worker, str address, struct arena *arena,
                 struct email_verdict *verdict);

// Makes of a verdict the one with these codes, separated by ';': its status, reason, reasons and
// the flags that codes set. A code that it had stays with the rule that fired, one that is new is
// that of its heaviest line. Other flags, EMAIL_FIXED and the suggestion stay.
void email_verdict_of(const struct email_rules *rules, str codes, struct arena *arena,
                      struct email_verdict *verdict);

// Puts the address right that the verdict is on, where only "fixable" rules reject it, nothing else
// than its suggestion is as near and that one is usable: the verdict becomes that on the
// suggestion, with the code "fixed", and that address is returned. Else data NULL.
str email_fix(struct email_worker *worker, struct arena *arena, struct email_verdict *verdict);

// "valid", "risky", "invalid", "unknown".
str email_status_name(enum email_status status);

#endif
