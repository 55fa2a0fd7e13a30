// The domain's part of a verdict: once for every distinct domain, then from the worker's memory.
//
// That memory has one line of the processor's cache for a domain and is larger than the cache, so
// it is asked some addresses ahead (email_check_soon): 15 ns instead of 90. New domains are a fifth
// of all; most are in no list, and most rules need one.
#include "core/base/idn.h"
#include "core/base/memory.h"
#include "core/lead/email.h"
#include "email_rules.h"

enum {
    DOMAIN_BITS = 16, // 4 MiB: a lead file has a hundred thousand domains, most of them rare
    DOMAIN_SLOTS = 1 << DOMAIN_BITS,
    DOMAIN_TEXT_MAX = 4 << 20,
};

void email_domains_init(struct email_worker *worker)
{
    worker->domains = memory_map(DOMAIN_SLOTS * sizeof *worker->domains);
}

void email_domains_release(struct email_worker *worker)
{
    memory_unmap(worker->domains, DOMAIN_SLOTS * sizeof *worker->domains);
    arena_release(&worker->domain_texts);
}

void email_domains_trim(struct email_worker *worker)
{
    if (worker->domain_texts.bytes <= DOMAIN_TEXT_MAX) return;
    arena_reset(&worker->domain_texts);
    memset(worker->domains, 0, DOMAIN_SLOTS * sizeof *worker->domains);
}

// A domain's place, by some of its bytes.
static size_t slot_of(str domain)
{
    uint64_t head = 0, middle = 0, tail = 0;
    if (domain.len >= 8) {
        memcpy(&head, domain.data, 8);
        memcpy(&middle, domain.data + domain.len / 2 - 4, 8);
        memcpy(&tail, domain.data + domain.len - 8, 8);
    } else if (domain.len) {
        memcpy(&head, domain.data, domain.len);
    }
    uint64_t mixed = head ^ middle * 0xC2B2AE3D27D4EB4Fu ^ (tail << 23 | tail >> 41) ^ domain.len;
    return mixed * 0x9E3779B97F4A7C15u >> (64 - DOMAIN_BITS);
}

void email_check_soon(const struct email_worker *worker, str address)
{
    __builtin_prefetch(&worker->domains[slot_of(email_domain(address))], 1);
}

// The domain and its parents, and the lists that hold each.
struct nodes {
    size_t count;
    struct {
        uint8_t at; // where in the domain
        uint32_t lists;
    } node[UINT8_MAX + 1];
};

// Walks from the domain to its top-level domain and adds up the lists that hold a node: those of
// the domain itself, those of any node. A node on the allow list ends what its parents say of the
// lists it is over.
static void look_up(struct email_attempt *attempt, const struct email_rules *rules, str domain,
                    struct nodes *nodes)
{
    uint32_t ignored = 0;
    nodes->count = 0;
    for (size_t at = 0;;) {
        str node = str_from(domain, at);
        uint32_t lists = 0;
        map_find(&rules->domains, node, &lists);
        nodes->node[nodes->count].at = (uint8_t)at;
        nodes->node[nodes->count++].lists = lists;
        if (rules->allow_list >= 0 && lists >> rules->allow_list & 1) {
            ignored |= rules->lists[rules->allow_list].over;
        }
        lists &= ~ignored;
        if (at == 0) attempt->domain_lists = lists;
        attempt->domain_lists_under |= lists;
        attempt->tld_lists = lists;
        ptrdiff_t dot = str_find(node, '.');
        if (dot < 0) return;
        at += (size_t)dot + 1;
    }
}

// The label in front of the public suffix. A top-level domain is one, listed or not.
static str registered_label(const struct email_rules *rules, str domain, const struct nodes *nodes)
{
    size_t i = 0;
    for (; i + 2 < nodes->count; i++) {
        uint32_t lists = nodes->node[i + 1].lists;
        if (rules->suffix_list >= 0 && lists >> rules->suffix_list & 1) break;
    }
    str label = str_from(domain, nodes->node[i].at);
    if (i + 1 == nodes->count) return label;
    return str_first(label, (size_t)(nodes->node[i + 1].at - nodes->node[i].at - 1));
}

// What tells of most rules, without asking their conditions, that they do not hold.
static inline bool may_hold(const struct email_attempt *attempt, const struct email_rule *rule,
                            bool may_match)
{
    if (rule->needs_lists && !(rule->needs_lists & attempt->domain_lists_under)) return false;
    if (rule->spared_by & attempt->tld_lists) return false;
    if (rule->needs_unicode && !attempt->subjects[SUBJECT_UNICODE_DOMAIN].data) return false;
    if (!email_pairs_have(rule->pairs, attempt->subjects[rule->pairs_of])) return false;
    return may_match || !rule->is_joined_domain;
}

// Whether what a rule that may hold asks of the domain holds.
static bool conditions_hold(struct email_attempt *attempt, const struct email_rule *rule)
{
    for (size_t i = 0; i < rule->condition_count; i++) {
        const struct email_condition *condition = &rule->conditions[i];
        if (email_asks_domain(condition) && !email_condition_holds(attempt, condition))
            return false;
    }
    return true;
}

static inline bool domain_part_holds(struct email_attempt *attempt, const struct email_rule *rule,
                                     bool may_match)
{
    return may_hold(attempt, rule, may_match) && conditions_hold(attempt, rule);
}

static const struct email_rule_set *keep_set(struct arena *arena, const struct email_rule_set *set)
{
    struct email_rule_set *kept = arena_new(arena, struct email_rule_set, 1);
    *kept = *set;
    return kept;
}

static void ask_domain_group(struct email_attempt *attempt, enum email_group group, bool may_match)
{
    const struct email_rules *rules = attempt->worker->rules;
    for (size_t i = 0; i < rules->group_counts[group]; i++) {
        uint8_t rule = rules->groups[group][i];
        if (domain_part_holds(attempt, &rules->rules[rule], may_match)) email_fire(attempt, rule);
    }
}

// Which rules of GROUP_GATED are open to the domain.
static void answer_gates(struct email_attempt *attempt, struct domain_facts *facts,
                         struct domain_texts *texts, bool may_match)
{
    const struct email_rules *rules = attempt->worker->rules;
    struct email_rule_set more = {0};
    bool has_more = false;
    for (size_t i = 0; i < rules->group_counts[GROUP_GATED]; i++) {
        uint8_t rule = rules->groups[GROUP_GATED][i];
        if (!domain_part_holds(attempt, &rules->rules[rule], may_match)) continue;
        if (i < 64) {
            facts->gates |= (uint64_t)1 << i;
        } else {
            more.bits[rule / 64] |= (uint64_t)1 << rule % 64;
            has_more = true;
        }
    }
    if (has_more) texts->gates = keep_set(attempt->arena, &more);
}

static void answer_rules(struct email_attempt *attempt, struct domain_facts *facts,
                         struct domain_texts *texts)
{
    const struct email_rules *rules = attempt->worker->rules;
    str domain = attempt->subjects[SUBJECT_DOMAIN];
    bool may_match =
        !rules->joined_domain ||
        pattern_search(rules->joined_domain, attempt->worker->scratch, domain) != PATTERN_NO;
    ask_domain_group(attempt, GROUP_DOMAIN, may_match);
    if (attempt->domain_lists_under & rules->held_lists) {
        ask_domain_group(attempt, GROUP_HELD, may_match);
    }
    answer_gates(attempt, facts, texts, may_match);
}

// *is_sure as email_meant_is_sure tells.
static str meant(const struct email_rules *rules, str domain, uint32_t lists, uint32_t tld_lists,
                 struct arena *arena, bool *is_sure)
{
    struct email_slip_query query = {
        .domain = domain,
        .is_allowed = rules->allow_list >= 0 && lists >> rules->allow_list & 1,
        .is_known = lists & rules->known_lists,
        .has_tld = tld_lists != 0,
        .tlds = rules->tld_list >= 0 ? &rules->lists[rules->tld_list].items : NULL,
        .suffixes = &rules->domains,
        .suffix_bit = rules->suffix_list >= 0 ? 1u << rules->suffix_list : 0,
    };
    str right = email_meant(&rules->slips, &query, arena);
    if (!right.data || str_equal(right, domain)) return (str){0};
    *is_sure = email_meant_is_sure(&rules->slips, &query, right);
    return right;
}

// A domain as it was typed, with what stands for a dot made one, doubled dots and those at its ends
// left out. Empty when it does not fit.
static str with_dots(str typed, char *out, size_t capacity)
{
    size_t len = 0;
    if (typed.len >= capacity) return (str){"", 0};
    for (size_t i = 0; i < typed.len; i++) {
        bool is_dot = memchr(".,;", typed.data[i], 3) != NULL;
        if (is_dot && (len == 0 || out[len - 1] == '.')) continue;
        out[len++] = is_dot ? '.' : typed.data[i];
    }
    while (len && out[len - 1] == '.') len--;
    return (str){out, len};
}

// Letters, digits, hyphens and what may be meant for a dot: what else there is was not meant at
// all.
static bool is_typed_domain(str typed)
{
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.data[i];
        bool is_good = byte_is_letter(c) || byte_is_digit(c) || (c && strchr(".,;-", c));
        if (!is_good) return false;
    }
    return true;
}

str email_meant_unjudged(const struct email_worker *worker, str typed, struct arena *arena,
                         bool *is_sure, bool *is_typo)
{
    const struct email_rules *rules = worker->rules;
    char text[256];
    str domain = with_dots(typed, text, sizeof text);
    uint32_t lists = 0, tld_lists = 0;
    if (domain.len == 0 || rules->scope == EMAIL_SYNTAX) return (str){0};
    const char *dot = memrchr(domain.data, '.', domain.len);
    str tld = dot ? str_from(domain, (size_t)(dot - domain.data) + 1) : (str){"", 0};
    map_find(&rules->domains, domain, &lists);
    map_find(&rules->domains, tld, &tld_lists);
    str right = meant(rules, domain, lists, tld_lists, arena, is_sure);
    if (!right.data) right = domain;
    if (!str_equal(domain, typed)) *is_sure = false;
    bool is_good =
        !str_equal(right, typed) &&
        pattern_search(rules->accept[SUBJECT_DOMAIN], worker->scratch, right) == PATTERN_YES;
    // Dots alone put right must give a domain that can be.
    if (!is_good || (right.data == text && !tld_lists)) return (str){0};
    *is_typo = right.data != text && is_typed_domain(typed);
    return arena_copy(arena, right);
}

static void judge(struct email_attempt *attempt, struct domain_facts *facts,
                  struct domain_texts *texts)
{
    struct email_worker *worker = attempt->worker;
    const struct email_rules *rules = worker->rules;
    str domain = attempt->subjects[SUBJECT_DOMAIN];
    struct nodes nodes;
    look_up(attempt, rules, domain, &nodes);
    str label = registered_label(rules, domain, &nodes);
    facts->label_at = (uint8_t)(label.data - domain.data);
    facts->label_len = (uint8_t)label.len;
    attempt->subjects[SUBJECT_TLD] = str_from(domain, nodes.node[nodes.count - 1].at);
    size_t tail = nodes.count > 1 ? nodes.count - 2 : 0;
    attempt->subjects[SUBJECT_TAIL] = str_from(domain, nodes.node[tail].at);
    attempt->subjects[SUBJECT_LABEL] = label;
    if (texts->unicode.data) attempt->subjects[SUBJECT_UNICODE_DOMAIN] = texts->unicode;
    facts->is_suffix = rules->suffix_list >= 0 && attempt->domain_lists >> rules->suffix_list & 1;
    answer_rules(attempt, facts, texts);
    texts->suggestion = meant(rules, domain, attempt->domain_lists, attempt->tld_lists,
                              &worker->domain_texts, &texts->is_sure);
    if (texts->suggestion.data) email_fire(attempt, (size_t)rules->builtins[BUILTIN_TYPO]);
}

// The A-labels of the domain and its Unicode form.
static void read_domain(struct email_attempt *attempt, struct domain_facts *facts,
                        struct domain_texts *texts, str typed)
{
    struct email_worker *worker = attempt->worker;
    struct arena *arena = &worker->domain_texts;
    str ascii;
    attempt->subjects[SUBJECT_TYPED_DOMAIN] = typed;
    if (str_is_ascii(typed)) attempt->subjects[SUBJECT_DOMAIN] = typed;
    if (idn_is_plain(typed)) return;
    enum pattern_answer answer =
        pattern_search(worker->rules->accept[SUBJECT_TYPED_DOMAIN], worker->scratch, typed);
    facts->is_limited = answer == PATTERN_LIMIT;
    if (answer != PATTERN_YES) return;
    facts->is_unreadable = !idn_to_ascii(typed, arena, &ascii);
    if (facts->is_unreadable) return;
    texts->ascii = arena_copy(arena, ascii);
    str unicode = idn_to_unicode(texts->ascii, arena);
    if (!str_equal(unicode, texts->ascii)) {
        texts->unicode = unicode;
        facts->flags |= EMAIL_IDN;
    }
    attempt->subjects[SUBJECT_DOMAIN] = texts->ascii;
}

const struct domain_facts *email_domain_facts(struct email_worker *worker, str typed_domain)
{
    struct domain_slot *slot = &worker->domains[slot_of(typed_domain)];
    struct domain_facts *facts = &slot->facts;
    hash128 key = hash_128(typed_domain);
    if (hash128_equal(slot->key, key)) return facts;
    *slot = (struct domain_slot){.key = key};
    struct arena *arena = &worker->domain_texts;
    facts->is_accepted = worker->rules->behind_at && email_accept_domain(worker, typed_domain);
    struct email_attempt attempt;
    email_attempt_init(&attempt, worker, arena);
    struct domain_texts texts = {0};
    read_domain(&attempt, facts, &texts, typed_domain);
    size_t len = attempt.subjects[SUBJECT_DOMAIN].len;
    if (len > 0 && len <= UINT8_MAX && worker->rules->scope == EMAIL_ALL) {
        judge(&attempt, facts, &texts);
    }
    facts->flags |= attempt.flags;
    facts->is_limited |= attempt.is_limited;
    if (attempt.fired_count > EMAIL_FACTS_FIRED_MAX) texts.fired = keep_set(arena, &attempt.fired);
    for (int i = -1; !texts.fired && (i = email_set_next(&attempt.fired, i + 1)) >= 0;) {
        facts->fired[facts->fired_count++] = (uint8_t)i;
    }
    if (texts.ascii.data || texts.suggestion.data || texts.fired || texts.gates) {
        struct domain_texts *kept = arena_new(arena, struct domain_texts, 1);
        *kept = texts;
        facts->texts = kept;
    }
    return facts;
}
