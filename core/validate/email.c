#include "email_rules.h"

#include "core/base/idn.h"
#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "core/lead/email.h"

enum {
    ADDRESS_BYTES_MAX = 254, // RFC 5321 4.5.3.1.3 less the brackets, RFC 3696 erratum 1690
    LOCAL_BYTES_MAX = 64,
    DOMAIN_BYTES_MAX = 253,
};

struct email_worker *email_worker_new(const struct email_rules *rules)
{
    struct email_worker *worker = memory_zeroed(1, sizeof *worker);
    worker->rules = rules;
    worker->scratch = pattern_scratch_new();
    email_domains_init(worker);
    return worker;
}

void email_worker_free(struct email_worker *worker)
{
    if (!worker) return;
    pattern_scratch_free(worker->scratch);
    email_domains_release(worker);
    memory_free(worker);
}

void email_worker_trim(struct email_worker *worker) { email_domains_trim(worker); }

void email_attempt_init(struct email_attempt *attempt, struct email_worker *worker,
                        struct arena *arena)
{
    // Field by field: clearing all of it costs a tenth of a verdict.
    attempt->worker = worker;
    attempt->arena = arena;
    for (int i = 0; i < SUBJECT_COUNT; i++) attempt->subjects[i] = (str){NULL, 0};
    attempt->domain_lists = attempt->domain_lists_under = attempt->tld_lists = 0;
    attempt->mailbox_lists = attempt->stem_lists = 0;
    attempt->held = NULL;
    attempt->meant = (str){NULL, 0};
    attempt->is_sure = false;
    attempt->flags = 0;
    attempt->is_limited = attempt->is_judged = attempt->is_missing = false;
    attempt->fired_count = 0;
    attempt->fired = (struct email_rule_set){0};
}

void email_fire(struct email_attempt *attempt, size_t rule)
{
    const struct email_rule *fired = &attempt->worker->rules->rules[rule];
    if (fired->severity == SEVERITY_OFF) return;
    attempt->flags |= fired->flag;
    if (fired->severity == SEVERITY_FLAG) return;
    uint64_t *word = &attempt->fired.bits[rule / 64], bit = (uint64_t)1 << rule % 64;
    attempt->fired_count += !(*word & bit);
    *word |= bit;
}

static void fire_builtin(struct email_attempt *attempt, enum email_builtin builtin)
{
    email_fire(attempt, (size_t)attempt->worker->rules->builtins[builtin]);
}

static enum pattern_answer search(struct email_attempt *attempt, const struct pattern *pattern,
                                  str subject)
{
    enum pattern_answer answer = pattern_search(pattern, attempt->worker->scratch, subject);
    if (answer == PATTERN_LIMIT) attempt->is_limited = true;
    return answer;
}

static bool is_listed(const struct email_attempt *attempt, const struct email_condition *condition)
{
    uint32_t lists = 0;
    switch (condition->subject) {
    case SUBJECT_DOMAIN:
        lists = condition->test == TEST_UNDER ? attempt->domain_lists_under : attempt->domain_lists;
        break;
    case SUBJECT_TLD: lists = attempt->tld_lists; break;
    case SUBJECT_MAILBOX: lists = attempt->mailbox_lists; break;
    case SUBJECT_STEM: lists = attempt->stem_lists; break;
    default:
        return list_has(&attempt->worker->rules->lists[condition->list].items,
                        attempt->subjects[condition->subject]);
    }
    return lists >> condition->list & 1;
}

static bool is_made_of(str s, size_t part, size_t times)
{
    return s.len >= part * times && s.len % part == 0 && s.data[part] == s.data[0] &&
           memcmp(s.data, s.data + part, s.len - part) == 0;
}

static inline bool may_repeat(str s)
{
    if (s.len < 5) return false;
    char first = s.data[0];
    return first == s.data[1] || first == s.data[2] || first == s.data[3] || first == s.data[4];
}

// One character five times or more, or two to four letters three times or more.
static bool repeats(str s)
{
    if (!may_repeat(s)) return false;
    unsigned char lead = (unsigned char)s.data[0];
    size_t character = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (is_made_of(s, character, 5)) return true;
    for (size_t letters = 0; letters < 4 && byte_is_letter(s.data[letters]);) {
        if (++letters > 1 && is_made_of(s, letters, 3)) return true;
    }
    return false;
}

// Whether a match is possible, by the bytes that it would have to begin with.
static inline bool may_match(const struct email_attempt *attempt,
                             const struct email_condition *condition, str subject)
{
    if (condition->pairs) return email_pairs_have(condition->pairs, subject);
    if (!attempt->held || !condition->start.is_known) return true;
    const uint64_t *bytes = condition->start.bytes;
    if (condition->start.is_anchored) {
        if (subject.len == 0) return false;
        unsigned first = (unsigned char)subject.data[0];
        return first >= 0x80 || bytes[first / 64] >> first % 64 & 1;
    }
    const uint64_t *held = attempt->held[condition->subject];
    return (held[0] & bytes[0]) | (held[1] & bytes[1]);
}

static inline bool condition_holds(struct email_attempt *attempt,
                                   const struct email_condition *condition)
{
    str subject = attempt->subjects[condition->subject];
    if (!subject.data) return false;
    bool holds = false;
    switch (condition->test) {
    case TEST_PATTERN: {
        if (!may_match(attempt, condition, subject)) break;
        enum pattern_answer answer = search(attempt, condition->pattern, subject);
        if (answer == PATTERN_LIMIT) return false;
        holds = answer == PATTERN_YES;
        break;
    }
    case TEST_SAME:
        holds = attempt->subjects[condition->other].data &&
                str_equal(subject, attempt->subjects[condition->other]);
        break;
    case TEST_IN:
    case TEST_UNDER: holds = is_listed(attempt, condition); break;
    case TEST_REPEATS: holds = repeats(subject); break;
    }
    return holds != condition->negated;
}

bool email_condition_holds(struct email_attempt *attempt, const struct email_condition *condition)
{
    return condition_holds(attempt, condition);
}

// What tells of most rules by their first condition that they do not hold.
static inline bool may_hold(const struct email_attempt *attempt, const struct email_rule *rule)
{
    const struct email_condition *first = &rule->conditions[0];
    str subject = attempt->subjects[first->subject];
    if (first->negated) return true;
    switch (first->test) {
    case TEST_PATTERN: return may_match(attempt, first, subject);
    case TEST_SAME: return subject.len == attempt->subjects[first->other].len;
    case TEST_REPEATS: return may_repeat(subject);
    case TEST_IN:
    case TEST_UNDER: break;
    }
    return true;
}

// Of a rule that may hold.
static bool rule_holds(struct email_attempt *attempt, const struct email_rule *rule)
{
    for (size_t i = 0; i < rule->condition_count; i++) {
        if (!condition_holds(attempt, &rule->conditions[i])) return false;
    }
    return true;
}

// Asks every rule of a group. Returns whether one held, whatever its severity.
static bool ask_group(struct email_attempt *attempt, enum email_group group)
{
    const struct email_rules *rules = attempt->worker->rules;
    bool any = false;
    for (size_t i = 0; i < rules->group_counts[group]; i++) {
        uint8_t rule = rules->groups[group][i];
        if (!may_hold(attempt, &rules->rules[rule])) continue;
        if (!rule_holds(attempt, &rules->rules[rule])) continue;
        email_fire(attempt, rule);
        any = true;
    }
    return any;
}

// What a rule asks besides the domain, which has been answered yes.
static void ask_gated(struct email_attempt *attempt, size_t number)
{
    const struct email_rule *rule = &attempt->worker->rules->rules[number];
    for (size_t i = 0; i < rule->condition_count; i++) {
        const struct email_condition *condition = &rule->conditions[i];
        if (!email_asks_domain(condition) && !condition_holds(attempt, condition)) return;
    }
    email_fire(attempt, number);
}

static void ask_gates(struct email_attempt *attempt, const struct domain_facts *facts)
{
    const uint8_t *gated = attempt->worker->rules->groups[GROUP_GATED];
    for (uint64_t gates = facts->gates; gates; gates &= gates - 1) {
        ask_gated(attempt, gated[__builtin_ctzll(gates)]);
    }
    if (!facts->texts || !facts->texts->gates) return;
    for (int i = -1; (i = email_set_next(facts->texts->gates, i + 1)) >= 0;) {
        ask_gated(attempt, (size_t)i);
    }
}

static uint32_t lists_of(const struct email_rules *rules, str mailbox)
{
    uint32_t lists = 0;
    if (mailbox.len == 0) return 0;
    uint64_t lens = rules->mailbox_lens[(unsigned char)mailbox.data[0]];
    if (lens >> (mailbox.len < 63 ? mailbox.len : 63) & 1) {
        map_find(&rules->mailboxes, mailbox, &lists);
    }
    return lists;
}

// The mailbox's part of a verdict, on a local part in lower case.
static void judge_mailbox(struct email_attempt *attempt, const struct domain_facts *facts)
{
    const struct email_rules *rules = attempt->worker->rules;
    str local = attempt->subjects[SUBJECT_LOCAL];
    str mailbox = email_mailbox(local), stem = email_stem(mailbox);
    attempt->subjects[SUBJECT_MAILBOX] = mailbox;
    attempt->subjects[SUBJECT_STEM] = stem;
    if (mailbox.len < local.len) attempt->flags |= EMAIL_SUBADDRESSED;
    attempt->mailbox_lists = lists_of(rules, mailbox);
    attempt->stem_lists = stem.len == mailbox.len ? attempt->mailbox_lists : lists_of(rules, stem);
    if (facts->gates || facts->texts) ask_gates(attempt, facts);
    if (attempt->mailbox_lists | attempt->stem_lists) ask_group(attempt, GROUP_LISTED);
    bool may_match = attempt->subjects[SUBJECT_UNICODE_LOCAL].data ||
                     email_pairs_have(rules->joined_pairs, mailbox);
    // A limit met by the joined pattern is no limit met by a rule: then each is asked.
    if (may_match && (!rules->joined || pattern_search(rules->joined, attempt->worker->scratch,
                                                       mailbox) != PATTERN_NO)) {
        ask_group(attempt, GROUP_JOINED);
    }
    ask_group(attempt, GROUP_ALWAYS);
}

static void fire_unreadable(struct email_attempt *attempt)
{
    bool is_ascii = str_is_ascii(attempt->subjects[SUBJECT_TYPED_DOMAIN]);
    fire_builtin(attempt, is_ascii ? BUILTIN_LABEL_BAD_PUNYCODE : BUILTIN_DOMAIN_IDNA);
}

// What fired on the domain.
static void fire_facts(struct email_attempt *attempt, const struct domain_facts *facts)
{
    for (size_t i = 0; i < facts->fired_count; i++) email_fire(attempt, facts->fired[i]);
    if (!facts->texts || !facts->texts->fired) return;
    for (int i = -1; (i = email_set_next(facts->texts->fired, i + 1)) >= 0;) {
        email_fire(attempt, (size_t)i);
    }
}

static void judge(struct email_attempt *attempt, const struct domain_facts *facts)
{
    const struct email_rules *rules = attempt->worker->rules;
    attempt->is_judged = true;
    if (facts->is_unreadable) fire_unreadable(attempt);
    if (facts->texts) {
        attempt->meant = facts->texts->suggestion;
        attempt->is_sure = facts->texts->is_sure;
    }
    attempt->flags |= facts->flags;
    attempt->is_limited |= facts->is_limited;
    fire_facts(attempt, facts);
    if (rules->scope == EMAIL_SYNTAX) return;
    bool is_converted = facts->texts && facts->texts->ascii.data;
    str domain = is_converted ? facts->texts->ascii : attempt->subjects[SUBJECT_TYPED_DOMAIN];
    attempt->subjects[SUBJECT_DOMAIN] = domain;
    attempt->subjects[SUBJECT_LABEL] = (str){domain.data + facts->label_at, facts->label_len};
    judge_mailbox(attempt, facts);
    if (attempt->subjects[SUBJECT_UNICODE_LOCAL].data) ask_group(attempt, GROUP_UNICODE);
    bool is_nobodys = attempt->flags & EMAIL_NOT_CORPORATE || facts->is_suffix;
    if (!is_nobodys) attempt->flags |= EMAIL_CORPORATE;
    if (rules->has_missing_list) fire_builtin(attempt, BUILTIN_LIST_MISSING);
}

static bool has_reject(const struct email_attempt *attempt)
{
    const struct email_rule *rules = attempt->worker->rules->rules;
    for (int i = -1; (i = email_set_next(&attempt->fired, i + 1)) >= 0;) {
        if (rules[i].severity == SEVERITY_REJECT) return true;
    }
    return false;
}

static bool check_lengths(struct email_attempt *attempt, size_t local_len, size_t domain_len)
{
    size_t before = attempt->fired_count;
    if (local_len > LOCAL_BYTES_MAX) fire_builtin(attempt, BUILTIN_LOCAL_LONG);
    if (domain_len > DOMAIN_BYTES_MAX) fire_builtin(attempt, BUILTIN_DOMAIN_LONG);
    if (local_len + 1 + domain_len > ADDRESS_BYTES_MAX) fire_builtin(attempt, BUILTIN_TOO_LONG);
    return attempt->fired_count == before;
}

// The ASCII bytes that a text holds.
static void collect_bytes(str text, uint64_t held[2])
{
    held[0] = held[1] = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned byte = (unsigned char)text.data[i];
        if (byte < 0x80) held[byte / 64] |= (uint64_t)1 << byte % 64;
    }
}

// ask_group of the diagnosis, most of whose rules look for bytes that are not there.
static bool ask_diagnosis(struct email_attempt *attempt)
{
    uint64_t held[SUBJECT_COUNT][2];
    if (!str_is_ascii(attempt->subjects[SUBJECT_ADDRESS])) {
        return ask_group(attempt, GROUP_DIAGNOSE);
    }
    for (int i = 0; i < SUBJECT_COUNT; i++) collect_bytes(attempt->subjects[i], held[i]);
    attempt->held = (const uint64_t(*)[2])held;
    bool any = ask_group(attempt, GROUP_DIAGNOSE);
    attempt->held = NULL;
    return any;
}

// Why the syntax was not accepted. Returns whether the address may still be written to: all that
// was found is less than a reject.
static bool diagnose(struct email_attempt *attempt)
{
    bool has_at = attempt->subjects[SUBJECT_TYPED_DOMAIN].data;
    str domain = attempt->subjects[SUBJECT_DOMAIN], local = attempt->subjects[SUBJECT_LOCAL];
    bool explained = ask_diagnosis(attempt);
    if (has_at && domain.data && !check_lengths(attempt, local.len, domain.len)) explained = true;
    if (!explained && attempt->fired_count == 0 && !attempt->is_limited) {
        const struct pattern *accept = attempt->worker->rules->accept[SUBJECT_LOCAL];
        bool is_local = has_at && search(attempt, accept, local) == PATTERN_YES;
        fire_builtin(attempt, is_local ? BUILTIN_DOMAIN_CHAR : BUILTIN_LOCAL_CHAR);
        return false;
    }
    return has_at && domain.len && !has_reject(attempt) && !attempt->is_limited;
}

// Splits at the last @; without one there is neither local part nor domain.
static bool split(struct email_attempt *attempt, str address)
{
    const char *at = address.len ? memrchr(address.data, '@', address.len) : NULL;
    if (!at) return false;
    attempt->subjects[SUBJECT_LOCAL] = str_first(address, (size_t)(at - address.data));
    attempt->subjects[SUBJECT_TYPED_DOMAIN] = str_from(address, (size_t)(at - address.data) + 1);
    return true;
}

// ASCII letters in lower case, eight bytes at a time; others as they are.
static str lower_ascii(str s, struct arena *arena)
{
    char *out = arena_bytes(arena, s.len);
    size_t i = 0;
    for (; i + 8 <= s.len; i += 8) {
        uint64_t word;
        memcpy(&word, s.data + i, 8);
        word = word_lower(word);
        memcpy(out + i, &word, 8);
    }
    for (; i < s.len; i++) out[i] = byte_lower(s.data[i]);
    return (str){out, s.len};
}

// Whether the rule file accepts the address, whose parts are in the subjects. The pattern is asked
// where its halves do not say yes at once. *facts of the domain where they are known.
static enum pattern_answer accept_ascii(struct email_attempt *attempt, str address,
                                        const struct domain_facts **facts)
{
    const struct email_rules *rules = attempt->worker->rules;
    str domain = attempt->subjects[SUBJECT_TYPED_DOMAIN];
    *facts = NULL;
    if (rules->behind_at && domain.len &&
        email_accept_local(rules, attempt->subjects[SUBJECT_LOCAL])) {
        *facts = email_domain_facts(attempt->worker, domain);
        if ((*facts)->is_accepted) return PATTERN_YES;
    }
    return search(attempt, rules->accept[SUBJECT_ADDRESS], address);
}

static void check_ascii(struct email_attempt *attempt, str address, str small)
{
    const struct domain_facts *facts;
    bool has_at = split(attempt, small);
    enum pattern_answer answer = accept_ascii(attempt, address, &facts);
    str local = attempt->subjects[SUBJECT_LOCAL], domain = attempt->subjects[SUBJECT_TYPED_DOMAIN];
    if (answer == PATTERN_LIMIT) {
        attempt->subjects[SUBJECT_LOCAL] = attempt->subjects[SUBJECT_TYPED_DOMAIN] = (str){0};
        return;
    }
    attempt->subjects[SUBJECT_ADDRESS] = address;
    if (answer != PATTERN_YES) {
        if (has_at) attempt->subjects[SUBJECT_DOMAIN] = domain;
        if (!diagnose(attempt)) return;
    } else if (!check_lengths(attempt, local.len, domain.len)) {
        return;
    }
    judge(attempt, facts ? facts : email_domain_facts(attempt->worker, domain));
}

static void check_unicode(struct email_attempt *attempt, str typed)
{
    struct email_worker *worker = attempt->worker;
    const struct email_rules *rules = worker->rules;
    str address = utf8_nfc(typed, attempt->arena);
    attempt->subjects[SUBJECT_ADDRESS] = address;
    if (!split(attempt, address)) {
        diagnose(attempt);
        return;
    }
    str local = lower_ascii(attempt->subjects[SUBJECT_LOCAL], attempt->arena);
    str domain = lower_ascii(attempt->subjects[SUBJECT_TYPED_DOMAIN], attempt->arena);
    attempt->subjects[SUBJECT_LOCAL] = local;
    attempt->subjects[SUBJECT_TYPED_DOMAIN] = domain;
    if (!str_is_ascii(local)) attempt->subjects[SUBJECT_UNICODE_LOCAL] = local;
    const struct domain_facts *facts = email_domain_facts(worker, domain);
    str ascii = {0};
    if (idn_is_plain(domain))
        ascii = domain;
    else if (facts->texts)
        ascii = facts->texts->ascii;
    attempt->subjects[SUBJECT_DOMAIN] = ascii;
    attempt->is_limited |= facts->is_limited;
    bool accepted = ascii.data &&
                    search(attempt, rules->accept[SUBJECT_DOMAIN], ascii) == PATTERN_YES &&
                    search(attempt, rules->accept[SUBJECT_LOCAL], local) == PATTERN_YES &&
                    check_lengths(attempt, local.len, ascii.len);
    if (!accepted && attempt->fired_count == 0) {
        if (facts->is_unreadable) fire_unreadable(attempt);
        if (!diagnose(attempt)) return;
    }
    if (has_reject(attempt)) return;
    if (attempt->subjects[SUBJECT_UNICODE_LOCAL].data) {
        attempt->flags |= EMAIL_SMTPUTF8;
        fire_builtin(attempt, BUILTIN_SMTPUTF8);
    }
    judge(attempt, facts);
}

// Whether the cell holds nothing that can be seen. What is ASCII has been looked at.
static bool is_blank(str address)
{
    if (address.len > ADDRESS_BYTES_LOOKED_AT || !utf8_is_valid(address)) return false;
    for (size_t at = 0; at < address.len;) {
        int32_t c = utf8_next(address, &at);
        bool is_unseen =
            c < 0x80 ? byte_is_blank((char)c) : utf8_is_space(c) || utf8_is_invisible(c);
        if (!is_unseen) return false;
    }
    return true;
}

void email_check(struct email_worker *worker, str address, struct arena *arena,
                 struct email_verdict *verdict)
{
    struct email_attempt attempt;
    email_attempt_init(&attempt, worker, arena);
    bool is_missing = str_trim(address).len == 0;
    if (!is_missing && (unsigned char)address.data[0] >= 0x80) is_missing = is_blank(address);
    if (is_missing) {
        attempt.is_missing = true;
        fire_builtin(&attempt, BUILTIN_MISSING);
    } else if (address.len > ADDRESS_BYTES_LOOKED_AT) {
        fire_builtin(&attempt, BUILTIN_TOO_LONG);
    } else if (str_is_small(address)) {
        check_ascii(&attempt, address, address);
    } else if (str_is_ascii(address)) {
        check_ascii(&attempt, address, lower_ascii(address, arena));
    } else if (!utf8_is_valid(address)) {
        fire_builtin(&attempt, BUILTIN_BAD_UTF8);
    } else {
        check_unicode(&attempt, address);
    }
    email_conclude(&attempt, address, verdict);
}
