// The rules of rules/email.rules as they are used: for the files email*.c of this folder alone.
//
// Reading (email_parse.c) gives a list of rules in file order; planning (email_rules.c) sorts them
// by what they ask, so that one address meets few of them: what asks the domain alone is answered
// once for every domain (email_domain.c), the pattern for the whole address is cut at the @
// (email_accept.c: 70 ns less an address), lists are merged into two tables from a text to the set
// of lists that hold it, and the patterns on the mailbox, and those on the domain, are joined into
// one that answers "none of them" at once. Where PCRE2 says which bytes a match can begin with,
// most subjects are answered by their first bytes.
#ifndef VALIDATE_EMAIL_RULES_H
#define VALIDATE_EMAIL_RULES_H

#include <assert.h>

#include "core/base/hash.h"
#include "core/base/map.h"
#include "core/rules/list.h"
#include "core/rules/pattern.h"
#include "email.h"
#include "email_meant.h"

enum {
    EMAIL_RULES_MAX = 250,
    EMAIL_CONDITIONS_MAX = 4,
    EMAIL_LISTS_MAX = 32, // bits of a map's value
    EMAIL_SET_WORDS = 4,  // of 64 bits: one for each rule
    EMAIL_FACTS_FIRED_MAX = 8,
    // Longer cells are not looked at: RFC 5321 allows 254 bytes, the rest is for A-labels that are
    // shorter than what was typed.
    ADDRESS_BYTES_LOOKED_AT = 320,
};

enum email_subject {
    SUBJECT_ADDRESS,
    SUBJECT_LOCAL,
    SUBJECT_MAILBOX,
    SUBJECT_STEM,
    SUBJECT_UNICODE_LOCAL,
    SUBJECT_TYPED_DOMAIN, // this and those below are known from the domain alone
    SUBJECT_DOMAIN,
    SUBJECT_TLD,
    SUBJECT_TAIL,
    SUBJECT_LABEL,
    SUBJECT_UNICODE_DOMAIN,
    SUBJECT_COUNT,
};

enum email_severity {
    SEVERITY_OFF, // asked only to explain why the syntax was not accepted
    SEVERITY_FLAG,
    SEVERITY_NOTE,
    SEVERITY_UNKNOWN,
    SEVERITY_RISK,
    SEVERITY_REJECT,
    SEVERITY_COUNT,
};
extern const char *const email_severity_names[SEVERITY_COUNT]; // as in the rule file

// Flags of which each says that the domain is no company's, or not the one that was meant.
enum { EMAIL_NOT_CORPORATE = EMAIL_FREE | EMAIL_DISPOSABLE | EMAIL_RELAY | EMAIL_TYPO };

// A set of rules, by their numbers.
struct email_rule_set {
    uint64_t bits[EMAIL_SET_WORDS];
};
static_assert(EMAIL_RULES_MAX <= EMAIL_SET_WORDS * 64, "each rule has a bit");

enum email_test { TEST_PATTERN, TEST_IN, TEST_UNDER, TEST_SAME, TEST_REPEATS };

// Which two ASCII bytes a subject that matches an anchored pattern may begin with.
struct email_pairs {
    uint64_t bits[128 * 128 / 64];
};

struct email_condition {
    enum email_subject subject;
    enum email_test test;
    bool negated;
    struct pattern *pattern; // TEST_PATTERN
    str expression;          // its text, for joining
    unsigned pattern_flags;  //
    struct pattern_start start;
    struct email_pairs *pairs; // or NULL = any
    int list;                  // TEST_IN, TEST_UNDER
    enum email_subject other;  // TEST_SAME
};

// What a rule with conditions waits for, in the order of asking.
enum email_group {
    GROUP_NONE,     // checks of the program
    GROUP_DIAGNOSE, // the syntax was not accepted
    GROUP_DOMAIN,   // nothing but the domain
    GROUP_HELD,     // nothing but the domain, and that a list holds it or a parent
    GROUP_GATED,    // the domain, then the mailbox
    GROUP_LISTED,   // a list holds the mailbox or its stem
    GROUP_JOINED,   // the joined pattern matches the mailbox
    GROUP_UNICODE,  // the local part is not ASCII
    GROUP_ALWAYS,
    GROUP_COUNT,
};

struct email_rule {
    str code, text;
    uint8_t number; // in email_rules.rules
    enum email_severity severity;
    bool is_diagnosis;
    unsigned marks;                  // enum email_mark
    bool is_joined_domain;           // cannot hold unless joined_domain matches
    bool needs_unicode;              // cannot hold where there is no unicode_domain
    const struct email_pairs *pairs; // cannot hold unless pairs_of begins with one; NULL = any
    enum email_subject pairs_of;
    uint32_t needs_lists; // cannot hold unless one of these lists holds the domain or a parent
    uint32_t spared_by;   // cannot hold where one of these lists holds the top-level domain
    enum email_group group;
    unsigned flag; // enum email_flag that it sets, or 0
    size_t condition_count;
    struct email_condition conditions[EMAIL_CONDITIONS_MAX];
    struct rule_place place;
};

// Checks that the program makes itself, by the codes they fire.
enum email_builtin {
    BUILTIN_MISSING,
    BUILTIN_RULE_LIMIT,
    BUILTIN_LIST_MISSING,
    BUILTIN_BAD_UTF8,
    BUILTIN_TOO_LONG,
    BUILTIN_LOCAL_LONG,
    BUILTIN_LOCAL_CHAR,
    BUILTIN_DOMAIN_LONG,
    BUILTIN_DOMAIN_CHAR,
    BUILTIN_DOMAIN_IDNA,
    BUILTIN_LABEL_BAD_PUNYCODE,
    BUILTIN_SMTPUTF8,
    BUILTIN_TYPO,
    BUILTIN_COUNT,
};

struct email_list {
    str name, file;
    struct list items;
    uint32_t over; // set of lists that do not count for a domain that is in this one
    bool is_missing;
};

struct email_rules {
    struct arena arena;
    enum email_scope scope;
    bool reject_unreachable;
    struct pattern *accept[SUBJECT_COUNT]; // address, local, typed_domain, domain
    str accept_address;                    // its expression
    unsigned accept_flags;                 // and its flags
    // The same in two parts, where it can be cut (email_accept.c); behind_at NULL = it cannot.
    struct pattern *behind_at; // matches the address from the @ on
    bool knows_plain_domains;  // behind_at is the shipped one, of which a walk answers most
    uint8_t local_class[256];  // before it: bytes of the dot-separated parts, the dot, others
    bool has_usual_atoms;      // all small letters and digits are of such parts

    struct email_rule *rules; // [rule_count], in the order of the files
    size_t rule_count, rule_capacity;
    uint8_t groups[GROUP_COUNT][EMAIL_RULES_MAX];
    size_t group_counts[GROUP_COUNT];
    int builtins[BUILTIN_COUNT]; // the rule of each
    struct pattern *joined;      // matches a mailbox when one of GROUP_JOINED may
    struct email_pairs *joined_pairs;
    struct pattern *joined_domain; // matches a domain when a rule with is_joined_domain may hold

    struct email_list lists[EMAIL_LISTS_MAX];
    size_t list_count;
    int suffix_list, allow_list, tld_list; // or -1
    uint32_t held_lists;                   // those that rules of GROUP_HELD need
    bool has_missing_list;
    struct map domains, mailboxes; // text -> set of lists
    uint64_t mailbox_lens[256];    // by first byte: the lengths (up to 63) that mailboxes has
    struct email_slips slips;
    uint32_t known_lists; // of providers: whose domains are no slips of others
};

// What only few domains have. Text is in the worker's arena, or the rule files'.
struct domain_texts {
    str ascii;      // A-labels, when they are not the typed domain; data NULL when they cannot be
    str unicode;    // when it differs from the A-labels
    str suggestion; // the domain that was probably meant
    bool is_sure;   // nothing else is as near
    // Where domain_facts has no room: what fired, and the rules of GROUP_GATED from the 65th on
    // whose questions on the domain are answered yes. NULL = it has.
    const struct email_rule_set *fired, *gates;
};

// What is known of a domain, whatever stands before it.
struct domain_facts {
    const struct domain_texts *texts; // NULL = none of them
    uint64_t gates; // which of the first 64 of GROUP_GATED are answered yes as to the domain
    unsigned flags; // enum email_flag
    uint8_t label_at, label_len;
    bool is_accepted;   // rules->behind_at matches: then the local part decides
    bool is_unreadable; // no A-labels, or A-labels that stand for nothing
    bool is_limited;    // a pattern met its limit
    bool is_suffix;     // a public suffix: nobody's company
    uint8_t fired_count;
    uint8_t fired[EMAIL_FACTS_FIRED_MAX];
};

// A remembered domain: one line of the processor's cache, so that one fetch brings all of it.
struct domain_slot {
    _Alignas(64) hash128 key; // of the typed domain; both halves 0 = free
    struct domain_facts facts;
};
static_assert(sizeof(struct domain_slot) == 64, "a domain must fit in one line");

struct email_worker {
    const struct email_rules *rules;
    struct pattern_scratch *scratch;
    struct domain_slot *domains; // [DOMAIN_SLOTS]
    struct arena domain_texts;   // what facts point to
};

// One address on its way to a verdict.
struct email_attempt {
    struct email_worker *worker;
    struct arena *arena;
    str subjects[SUBJECT_COUNT];                          // data NULL = there is none
    uint32_t domain_lists, domain_lists_under, tld_lists; // set while a domain is judged
    uint32_t mailbox_lists, stem_lists;
    const uint64_t (*held)[2]; // by subject: the bytes that it holds; NULL = not looked at
    str meant;                 // the domain that was probably meant
    unsigned flags;
    bool is_sure; // nothing else is as near
    bool is_limited, is_judged, is_missing;
    size_t fired_count;
    struct email_rule_set fired;
};

// email_parse.c: reads one file's rules into rules, in order. Trouble goes to diagnostics; false
// with err when a list cannot be read.
bool email_parse(struct email_rules *rules, struct rule_text text, struct rulebook *book,
                 struct diagnostics *diagnostics, struct err *err);

// The number of the first rule with that code, or -1.
int email_rules_find(const struct email_rules *rules, str code);

// The number of the heaviest, or -1.
int email_rules_heaviest(const struct email_rules *rules, str code);

// The first member from number `from` on, or -1.
static inline int email_set_next(const struct email_rule_set *set, int from)
{
    for (int word = from / 64; word < EMAIL_SET_WORDS; word++) {
        uint64_t bits = set->bits[word];
        if (word == from / 64) bits = bits >> from % 64 << from % 64;
        if (bits) return word * 64 + __builtin_ctzll(bits);
    }
    return -1;
}

static inline bool email_pairs_have(const struct email_pairs *pairs, str subject)
{
    if (!pairs || subject.len < 2) return true;
    unsigned first = (unsigned char)subject.data[0], second = (unsigned char)subject.data[1];
    if ((first | second) & 0x80) return true;
    return pairs->bits[first << 1 | second >> 6] >> (second & 63) & 1;
}

// email.c
void email_attempt_init(struct email_attempt *attempt, struct email_worker *worker,
                        struct arena *arena);
bool email_condition_holds(struct email_attempt *attempt, const struct email_condition *condition);
void email_fire(struct email_attempt *attempt, size_t rule);

// email_accept.c: cuts accept[SUBJECT_ADDRESS] in two if it has the form that allows it.
void email_accept_plan(struct email_rules *rules);

// Whether rules->accept_address matches an address without any other pattern than rules->behind_at,
// which is known to match. False = ask the pattern.
bool email_accept_local(const struct email_rules *rules, str local);

// Whether rules->behind_at, which must be there, matches "@" and the domain, in lower case.
bool email_accept_domain(const struct email_worker *worker, str domain);

// email_fix.c: the address that "jane (at) firma (dot) fi" spells out, if it is usable, in the
// arena; else data NULL.
str email_spelled_out(struct email_worker *worker, str address, struct arena *arena);

// email_conclude.c: fills the verdict on `address` from what fired.
void email_conclude(struct email_attempt *attempt, str address, struct email_verdict *verdict);

// Whether the program itself fires the code.
bool email_builtin_is(str code);

// email_lists.c: merges the lists into rules->domains and rules->mailboxes, by what the rules ask
// of them. Warns of items that no address can have. False with err when a table cannot be read.
bool email_lists_merge(struct email_rules *rules, struct rulebook *book,
                       struct diagnostics *diagnostics, struct err *err);

static inline bool email_subject_is_domain(enum email_subject subject)
{
    return subject >= SUBJECT_TYPED_DOMAIN;
}

// Whether the condition asks nothing but the domain.
static inline bool email_asks_domain(const struct email_condition *condition)
{
    if (!email_subject_is_domain(condition->subject)) return false;
    return condition->test != TEST_SAME || email_subject_is_domain(condition->other);
}

// email_domain.c: what is known of the typed domain (lower case when ASCII), judged once and then
// remembered. Valid until the next call.
const struct domain_facts *email_domain_facts(struct email_worker *worker, str typed_domain);

// What was probably meant behind the @ of an address that was not judged; data NULL = nothing, or
// the domain as it is. *is_typo: more than its dots are wrong. In the arena or the rules.
str email_meant_unjudged(const struct email_worker *worker, str typed, struct arena *arena,
                         bool *is_sure, bool *is_typo);

void email_domains_init(struct email_worker *worker);
void email_domains_trim(struct email_worker *worker); // forgets when texts need much room
void email_domains_release(struct email_worker *worker);

#endif
