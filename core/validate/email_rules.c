#include "email_rules.h"

#include "core/base/buffer.h"
#include "core/base/memory.h"

static const struct {
    enum email_builtin builtin;
    const char *code;
    enum email_severity severity; // where the rule files do not say
} builtins[BUILTIN_COUNT] = {
    {BUILTIN_MISSING, "missing", SEVERITY_UNKNOWN},
    {BUILTIN_RULE_LIMIT, "rule_limit", SEVERITY_UNKNOWN},
    {BUILTIN_LIST_MISSING, "list_missing", SEVERITY_UNKNOWN},
    {BUILTIN_BAD_UTF8, "bad_utf8", SEVERITY_REJECT},
    {BUILTIN_TOO_LONG, "too_long", SEVERITY_REJECT},
    {BUILTIN_LOCAL_LONG, "local_long", SEVERITY_REJECT},
    {BUILTIN_LOCAL_CHAR, "local_char", SEVERITY_REJECT},
    {BUILTIN_DOMAIN_LONG, "domain_long", SEVERITY_REJECT},
    {BUILTIN_DOMAIN_CHAR, "domain_char", SEVERITY_REJECT},
    {BUILTIN_DOMAIN_IDNA, "domain_idna", SEVERITY_REJECT},
    {BUILTIN_LABEL_BAD_PUNYCODE, "label_bad_punycode", SEVERITY_REJECT},
    {BUILTIN_SMTPUTF8, "smtputf8", SEVERITY_RISK},
    {BUILTIN_TYPO, "typo", SEVERITY_RISK},
};

// The codes that are flags as well.
static const struct {
    const char *code;
    enum email_flag flag;
} code_flags[] = {
    {"role", EMAIL_ROLE},
    {"no_reply", EMAIL_NO_REPLY},
    {"disposable", EMAIL_DISPOSABLE},
    {"disposable_ext", EMAIL_DISPOSABLE},
    {"relay", EMAIL_RELAY},
    {"free", EMAIL_FREE},
    {"typo", EMAIL_TYPO},
    {"fixed", EMAIL_FIXED},
    {"gov", EMAIL_GOV},
    {"edu", EMAIL_EDU},
    {"mil", EMAIL_MIL},
};

static unsigned flag_of(str code)
{
    for (size_t i = 0; i < sizeof code_flags / sizeof *code_flags; i++) {
        if (str_equal(code, str_of(code_flags[i].code))) return code_flags[i].flag;
    }
    return 0;
}

bool email_builtin_is(str code)
{
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        if (str_equal(code, str_of(builtins[i].code))) return true;
    }
    return false;
}

static void add_builtins(struct email_rules *rules)
{
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        int known = email_rules_find(rules, str_of(builtins[i].code));
        if (known < 0) {
            rules->rules = memory_grow(rules->rules, &rules->rule_capacity, rules->rule_count + 1,
                                       sizeof *rules->rules);
            known = (int)rules->rule_count++;
            rules->rules[known] = (struct email_rule){.code = str_of(builtins[i].code),
                                                      .severity = builtins[i].severity};
        }
        rules->builtins[builtins[i].builtin] = known;
    }
}

// Whether the condition can only hold where a list holds the mailbox or its stem.
static bool needs_listed(const struct email_condition *condition)
{
    return condition->test == TEST_IN && !condition->negated &&
           (condition->subject == SUBJECT_MAILBOX || condition->subject == SUBJECT_STEM);
}

// The first condition that holds only where a pattern matches the subject, or NULL.
static const struct email_condition *pattern_on(const struct email_rule *rule,
                                                enum email_subject subject)
{
    for (size_t i = 0; i < rule->condition_count; i++) {
        const struct email_condition *condition = &rule->conditions[i];
        if (condition->test == TEST_PATTERN && !condition->negated &&
            condition->subject == subject) {
            return condition;
        }
    }
    return NULL;
}

// Whether the expression says the same as one of several alternatives: nothing in it counts or
// names groups, ends a quotation or a comment, or steers the matcher. Those that do are asked
// alone.
static bool may_join(str expression)
{
    for (size_t i = 0; i < expression.len; i++) {
        str at = str_from(expression, i);
        char next = at.len > 1 ? at.data[1] : '\0', kind = at.len > 2 ? at.data[2] : '\0';
        if (at.data[0] == '\\') {
            if (byte_is_digit(next) || (next && strchr("gkKQE", next))) return false;
            i++;
        } else if (str_starts(at, STR("(*"))) {
            return false;
        } else if (str_starts(at, STR("(?"))) {
            bool looks_back = kind == '<' && at.len > 3 && (at.data[3] == '=' || at.data[3] == '!');
            if (!looks_back && !(kind && strchr(":=!>|", kind))) return false;
        }
    }
    return true;
}

// What tells, without asking its conditions, that a rule does not hold of a domain.
static void learn_needs(struct email_rule *rule)
{
    for (size_t i = 0; i < rule->condition_count; i++) {
        const struct email_condition *condition = &rule->conditions[i];
        bool is_tld = condition->subject == SUBJECT_TLD;
        bool is_list = condition->test == TEST_IN || condition->test == TEST_UNDER;
        if (condition->subject == SUBJECT_UNICODE_DOMAIN) rule->needs_unicode = true;
        if (condition->pairs && !condition->negated && !rule->pairs) {
            rule->pairs = condition->pairs;
            rule->pairs_of = condition->subject;
        }
        if (!is_list || (!is_tld && condition->subject != SUBJECT_DOMAIN)) continue;
        uint32_t bit = 1u << condition->list;
        if (!condition->negated) {
            rule->needs_lists = bit;
        } else if (is_tld) {
            rule->spared_by |= bit;
        }
    }
}

static enum email_group group_of(const struct email_rule *rule)
{
    size_t of_domain = 0;
    bool is_listed = false, is_unicode = false;
    if (rule->condition_count == 0) return GROUP_NONE;
    if (rule->is_diagnosis) return GROUP_DIAGNOSE;
    for (size_t i = 0; i < rule->condition_count; i++) {
        const struct email_condition *condition = &rule->conditions[i];
        of_domain += email_asks_domain(condition);
        is_listed |= needs_listed(condition);
        is_unicode |= condition->subject == SUBJECT_UNICODE_LOCAL;
    }
    if (of_domain == rule->condition_count) return rule->needs_lists ? GROUP_HELD : GROUP_DOMAIN;
    if (of_domain) return GROUP_GATED;
    if (is_unicode) return GROUP_UNICODE;
    if (is_listed) return GROUP_LISTED;
    const struct email_condition *pattern = pattern_on(rule, SUBJECT_MAILBOX);
    return pattern && may_join(pattern->expression) ? GROUP_JOINED : GROUP_ALWAYS;
}

static void group_rules(struct email_rules *rules)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        struct email_rule *rule = &rules->rules[i];
        rule->number = (uint8_t)i;
        rule->flag = flag_of(rule->code);
        learn_needs(rule);
        rule->group = group_of(rule);
        bool is_asked = rule->severity != SEVERITY_OFF || rule->group == GROUP_DIAGNOSE;
        if (!is_asked || rule->group == GROUP_NONE) continue;
        if (rule->group == GROUP_HELD) rules->held_lists |= rule->needs_lists;
        rules->groups[rule->group][rules->group_counts[rule->group]++] = (uint8_t)i;
    }
}

static void add_alternative(struct buffer *text, const struct email_condition *condition)
{
    buffer_add(text, text->len ? STR("|") : STR("(?|"));
    buffer_format(text, "(?%s:%.*s)", condition->pattern_flags & PATTERN_CASELESS ? "i" : "",
                  STR_ARG(condition->expression));
}

// (?|...) numbers the groups of each alternative from 1, so that back references stay right. NULL
// when they cannot be joined: then every rule is asked.
static struct pattern *compile_joined(struct buffer *text)
{
    struct pattern_fault fault;
    struct pattern *joined = NULL;
    if (text->len) {
        buffer_add_byte(text, ')');
        joined = pattern_compile(buffer_str(text), 0, &fault);
    }
    buffer_release(text);
    return joined;
}

// NULL when the pattern may begin with too much for a look at two bytes to pay.
static struct email_pairs *learn_pairs(const struct pattern *pattern,
                                       const struct pattern_start *start,
                                       struct pattern_scratch *scratch)
{
    enum { FIRST_MAX = 24 };
    int firsts = __builtin_popcountll(start->bytes[0]) + __builtin_popcountll(start->bytes[1]);
    if (!start->is_known || !start->is_anchored || firsts > FIRST_MAX) return NULL;
    struct email_pairs *pairs = memory_zeroed(1, sizeof *pairs);
    for (unsigned first = 0; first < 128; first++) {
        if (!(start->bytes[first / 64] >> first % 64 & 1)) continue;
        for (unsigned second = 0; second < 128; second++) {
            char text[2] = {(char)first, (char)second};
            uint64_t may_begin = pattern_may_begin(pattern, scratch, (str){text, 2});
            pairs->bits[first << 1 | second >> 6] |= may_begin << (second & 63);
        }
    }
    return pairs;
}

// What PCRE2 knows of the start of matches. Two bytes are looked at where a subject is always
// ASCII.
static void learn_starts(struct email_rules *rules)
{
    struct pattern_scratch *scratch = pattern_scratch_new();
    for (size_t i = 0; i < rules->rule_count; i++) {
        struct email_rule *rule = &rules->rules[i];
        for (size_t j = 0; j < rule->condition_count; j++) {
            struct email_condition *condition = &rule->conditions[j];
            if (condition->test != TEST_PATTERN) continue;
            condition->start = pattern_learn_start(condition->pattern, scratch);
            bool is_ascii = condition->subject == SUBJECT_DOMAIN ||
                            condition->subject == SUBJECT_TLD || condition->subject == SUBJECT_TAIL;
            if (!is_ascii || rule->is_diagnosis) continue;
            condition->pairs = learn_pairs(condition->pattern, &condition->start, scratch);
        }
    }
    pattern_scratch_free(scratch);
}

static void learn_joined_start(struct email_rules *rules)
{
    if (!rules->joined) return;
    struct pattern_scratch *scratch = pattern_scratch_new();
    struct pattern_start start = pattern_learn_start(rules->joined, scratch);
    rules->joined_pairs = learn_pairs(rules->joined, &start, scratch);
    pattern_scratch_free(scratch);
}

static bool is_told_early(const struct email_rule *rule)
{
    return rule->needs_lists || rule->needs_unicode || rule->pairs;
}

// One pattern of what the rules of GROUP_JOINED need of the mailbox, one of what others need of the
// domain.
static void join_patterns(struct email_rules *rules)
{
    struct buffer mailbox = {0}, domain = {0};
    for (size_t i = 0; i < rules->rule_count; i++) {
        struct email_rule *rule = &rules->rules[i];
        if (rule->severity == SEVERITY_OFF) continue;
        if (rule->group == GROUP_JOINED) {
            add_alternative(&mailbox, pattern_on(rule, SUBJECT_MAILBOX));
        }
        bool is_of_domain =
            rule->group == GROUP_DOMAIN || rule->group == GROUP_HELD || rule->group == GROUP_GATED;
        if (!is_of_domain) continue;
        if (is_told_early(rule)) continue;
        const struct email_condition *condition = pattern_on(rule, SUBJECT_DOMAIN);
        if (!condition || !may_join(condition->expression)) continue;
        rule->is_joined_domain = true;
        add_alternative(&domain, condition);
    }
    rules->joined = compile_joined(&mailbox);
    rules->joined_domain = compile_joined(&domain);
}

static bool load_files(struct email_rules *rules, struct rulebook *book,
                       struct diagnostics *diagnostics, struct err *err)
{
    struct rule_text text;
    struct err local_err = {0};
    if (!rulebook_read(book, STR("email.rules"), NULL, &text, err)) return false;
    if (!email_parse(rules, text, book, diagnostics, err)) return false;
    if (rulebook_read_local(book, STR("email.rules"), &text, &local_err)) {
        if (!email_parse(rules, text, book, diagnostics, err)) return false;
    } else if (local_err.kind != ERR_NONE) {
        if (err) *err = local_err;
        return false;
    }
    static const enum email_subject needed[] = {SUBJECT_ADDRESS, SUBJECT_LOCAL,
                                                SUBJECT_TYPED_DOMAIN, SUBJECT_DOMAIN};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (!rules->accept[needed[i]]) {
            return err_set(err, ERR_RULES, text.file, 0,
                           "accept is needed for address, local, typed_domain and domain");
        }
    }
    return rules->scope == EMAIL_SYNTAX || email_slips_load(&rules->slips, book, err);
}

struct email_rules *email_rules_load(struct rulebook *book, enum email_scope scope,
                                     struct diagnostics *diagnostics, struct err *err)
{
    struct email_rules *rules = memory_zeroed(1, sizeof *rules);
    rules->scope = scope;
    rules->reject_unreachable = true;
    if (!load_files(rules, book, diagnostics, err)) {
        email_rules_free(rules);
        return NULL;
    }
    add_builtins(rules);
    learn_starts(rules);
    group_rules(rules);
    join_patterns(rules);
    learn_joined_start(rules);
    if (!email_lists_merge(rules, book, diagnostics, err)) {
        email_rules_free(rules);
        return NULL;
    }
    email_accept_plan(rules);
    return rules;
}

void email_rules_free(struct email_rules *rules)
{
    if (!rules) return;
    for (size_t i = 0; i < rules->rule_count; i++) {
        for (size_t j = 0; j < rules->rules[i].condition_count; j++) {
            pattern_free(rules->rules[i].conditions[j].pattern);
            memory_free(rules->rules[i].conditions[j].pairs);
        }
    }
    for (size_t i = 0; i < SUBJECT_COUNT; i++) pattern_free(rules->accept[i]);
    for (size_t i = 0; i < rules->list_count; i++) list_release(&rules->lists[i].items);
    pattern_free(rules->behind_at);
    pattern_free(rules->joined);
    pattern_free(rules->joined_domain);
    map_release(&rules->domains);
    map_release(&rules->mailboxes);
    email_slips_release(&rules->slips);
    memory_free(rules->joined_pairs);
    memory_free(rules->rules);
    arena_release(&rules->arena);
    memory_free(rules);
}

bool email_rules_reject_unreachable(const struct email_rules *rules)
{
    return rules->reject_unreachable;
}

bool email_rules_know(const struct email_rules *rules, str code)
{
    return email_rules_find(rules, code) >= 0;
}

str email_line_severity(const struct email_rules *rules, uint8_t line)
{
    return str_of(email_severity_names[rules->rules[line].severity]);
}

str email_line_text(const struct email_rules *rules, uint8_t line)
{
    return rules->rules[line].text;
}

int email_rules_heaviest(const struct email_rules *rules, str code)
{
    int best = -1;
    for (size_t i = 0; i < rules->rule_count; i++) {
        const struct email_rule *rule = &rules->rules[i];
        if (!str_equal(rule->code, code)) continue;
        if (best < 0 || rule->severity > rules->rules[best].severity) best = (int)i;
    }
    return best;
}

bool email_rules_mark(const struct email_rules *rules, str code, enum email_mark mark)
{
    int rule = email_rules_find(rules, code);
    return rule >= 0 && rules->rules[rule].marks & mark;
}

int email_rules_weight(const struct email_rules *rules, str code)
{
    int rule = email_rules_heaviest(rules, code);
    return rule < 0 ? 0 : (int)rules->rules[rule].severity;
}

bool email_rules_may_fix(const struct email_rules *rules, str code)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        const struct email_rule *rule = &rules->rules[i];
        if (rule->severity != SEVERITY_REJECT || rule->marks & EMAIL_FIXABLE) continue;
        if (str_equal(rule->code, code)) return false;
    }
    return true;
}

str email_rules_text(const struct email_rules *rules, str code)
{
    int rule = email_rules_find(rules, code);
    return rule < 0 ? (str){"", 0} : rules->rules[rule].text;
}
