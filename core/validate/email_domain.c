// The domain's part of a verdict: once for every distinct domain, then from the worker's memory.
//
// That memory has one line of the processor's cache for a domain and is larger than the cache, so
// it is asked some addresses ahead (email_check_soon): 15 ns instead of 90. New domains are a fifth
// of all; most are in no list, which a filter of bits by hash tells without a look at the lists.
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

// map_find in the lists of domains.
static bool find_lists(const struct email_rules *rules, str domain, uint32_t *lists)
{
    if (!email_filter_has(rules, domain)) return false;
    return map_find(&rules->domains, domain, lists);
}

// Walks from the domain to its top-level domain and adds up the lists that hold a node: those of
// the domain itself, those of any node. A node on the allow list ends what its parents say of the
// lists it is over.
static void look_up(struct email_attempt *attempt, const struct email_rules *rules, str domain)
{
    uint32_t ignored = 0;
    for (str node = domain;;) {
        uint32_t lists = 0;
        find_lists(rules, node, &lists);
        if (rules->allow_list >= 0 && lists >> rules->allow_list & 1) {
            ignored |= rules->lists[rules->allow_list].over;
        }
        lists &= ~ignored;
        if (node.data == domain.data) attempt->domain_lists = lists;
        attempt->domain_lists_under |= lists;
        ptrdiff_t dot = str_find(node, '.');
        attempt->tld_lists = lists;
        if (dot < 0) return;
        node = str_from(node, (size_t)dot + 1);
    }
}

static bool is_suffix(const struct email_rules *rules, str domain)
{
    uint32_t lists;
    if (str_find(domain, '.') < 0) return true;
    return rules->suffix_list >= 0 && find_lists(rules, domain, &lists) &&
           lists >> rules->suffix_list & 1;
}

// The label in front of the public suffix.
static str registered_label(const struct email_rules *rules, str domain)
{
    for (str node = domain;;) {
        ptrdiff_t dot = str_find(node, '.');
        if (dot < 0) return node;
        str parent = str_from(node, (size_t)dot + 1);
        if (is_suffix(rules, parent)) return str_first(node, (size_t)dot);
        node = parent;
    }
}

static str top_level(str domain)
{
    const char *dot = memrchr(domain.data, '.', domain.len);
    return dot ? str_from(domain, (size_t)(dot - domain.data) + 1) : domain;
}

static bool is_of_domain(const struct email_condition *condition)
{
    if (!email_subject_is_domain(condition->subject)) return false;
    return condition->test != TEST_SAME || email_subject_is_domain(condition->other);
}

// Whether what the rule asks of the domain holds.
static bool domain_part_holds(struct email_attempt *attempt, const struct email_rule *rule,
                              bool may_match)
{
    if (rule->is_joined_domain && !may_match) return false;
    for (size_t i = 0; i < rule->condition_count; i++) {
        const struct email_condition *condition = &rule->conditions[i];
        if (is_of_domain(condition) && !email_condition_holds(attempt, condition)) return false;
    }
    return true;
}

static uint64_t answer_rules(struct email_attempt *attempt, const struct email_rules *rules,
                             str domain)
{
    uint64_t gates = 0;
    bool may_match =
        !rules->joined_domain ||
        pattern_search(rules->joined_domain, attempt->worker->scratch, domain) != PATTERN_NO;
    for (size_t i = 0; i < rules->group_counts[GROUP_DOMAIN]; i++) {
        uint8_t rule = rules->groups[GROUP_DOMAIN][i];
        if (domain_part_holds(attempt, &rules->rules[rule], may_match)) email_fire(attempt, rule);
    }
    for (size_t i = 0; i < rules->gate_count; i++) {
        bool opens = domain_part_holds(attempt, &rules->rules[rules->gated[i]], may_match);
        gates |= (uint64_t)opens << i;
    }
    return gates;
}

static str typo_row(const struct email_rules *rules, str wrong)
{
    uint32_t row;
    if (!map_find(&rules->typos, wrong, &row)) return (str){0};
    return table_cell(&rules->typo_table, row, rules->typo_right);
}

// The domain that was probably meant: by the whole domain, or by a top-level domain that does not
// exist. data NULL = none.
static str meant(const struct email_attempt *attempt, const struct email_rules *rules, str domain,
                 struct arena *arena)
{
    bool is_allowed = rules->allow_list >= 0 && attempt->domain_lists >> rules->allow_list & 1;
    str right = is_allowed ? (str){0} : typo_row(rules, domain);
    if (right.data) return arena_copy(arena, right);
    str tld = top_level(domain);
    if (tld.len + 1 >= domain.len || attempt->tld_lists) return (str){0};
    right = typo_row(rules, (str){tld.data - 1, tld.len + 1});
    if (!right.data) return (str){0};
    return arena_format(arena, "%.*s%.*s", (int)(domain.len - tld.len - 1), domain.data,
                        STR_ARG(right));
}

static void judge(struct email_attempt *attempt, struct domain_facts *facts,
                  struct domain_texts *texts)
{
    struct email_worker *worker = attempt->worker;
    const struct email_rules *rules = worker->rules;
    str domain = attempt->subjects[SUBJECT_DOMAIN], label = registered_label(rules, domain);
    facts->label_at = (uint8_t)(label.data - domain.data);
    facts->label_len = (uint8_t)label.len;
    attempt->subjects[SUBJECT_TLD] = top_level(domain);
    attempt->subjects[SUBJECT_LABEL] = label;
    if (texts->unicode.data) attempt->subjects[SUBJECT_UNICODE_DOMAIN] = texts->unicode;
    look_up(attempt, rules, domain);
    facts->gates = answer_rules(attempt, rules, domain);
    texts->suggestion = meant(attempt, rules, domain, &worker->domain_texts);
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

// Whether an address is accepted from its @ on.
static bool accept_behind_at(struct email_worker *worker, str domain)
{
    char text[ADDRESS_BYTES_LOOKED_AT + 1] = "@";
    if (!worker->rules->behind_at || domain.len >= sizeof text || !str_is_ascii(domain))
        return false;
    memcpy(text + 1, domain.data, domain.len);
    str from_at = {text, domain.len + 1};
    return pattern_search(worker->rules->behind_at, worker->scratch, from_at) == PATTERN_YES;
}

const struct domain_facts *email_domain_facts(struct email_worker *worker, str typed_domain)
{
    struct domain_slot *slot = &worker->domains[slot_of(typed_domain)];
    struct domain_facts *facts = &slot->facts;
    hash128 key = hash_128(typed_domain);
    if (hash128_equal(slot->key, key)) return facts;
    *slot = (struct domain_slot){.key = key};
    struct arena *arena = &worker->domain_texts;
    facts->is_accepted = accept_behind_at(worker, typed_domain);
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
    for (size_t i = 0; i < attempt.fired_count && i < EMAIL_FACTS_FIRED_MAX; i++) {
        facts->fired[facts->fired_count++] = attempt.fired[i];
    }
    if (texts.ascii.data || texts.suggestion.data) {
        struct domain_texts *kept = arena_new(arena, struct domain_texts, 1);
        *kept = texts;
        facts->texts = kept;
    }
    return facts;
}
