// From what fired to the verdict: status, decisive reason, all reasons, flags, suggestion.
#include "core/lead/email.h"
#include "email_rules.h"

str email_status_name(enum email_status status)
{
    static const str names[] = {{"valid", 5}, {"risky", 5}, {"invalid", 7}, {"unknown", 7}};
    return names[status];
}

// Leaves one rule for every code, its heaviest, in the order of the files. Returns how many.
static size_t sort_fired(struct email_attempt *attempt)
{
    const struct email_rule *rules = attempt->worker->rules->rules;
    uint8_t *fired = attempt->fired;
    size_t kept = 0;
    for (size_t i = 0; i < attempt->fired_count; i++) {
        uint8_t rule = fired[i];
        size_t at = 0;
        while (at < kept && !str_equal(rules[fired[at]].code, rules[rule].code)) at++;
        if (at == kept)
            kept++;
        else if (rules[fired[at]].severity >= rules[rule].severity)
            continue;
        fired[at] = rule;
    }
    for (size_t i = 1; i < kept; i++) {
        uint8_t rule = fired[i];
        size_t at = i;
        for (; at > 0 && fired[at - 1] > rule; at--) fired[at] = fired[at - 1];
        fired[at] = rule;
    }
    return kept;
}

static enum email_status status_of(enum email_severity severity)
{
    switch (severity) {
    case SEVERITY_REJECT: return EMAIL_INVALID;
    case SEVERITY_RISK: return EMAIL_RISKY;
    case SEVERITY_UNKNOWN: return EMAIL_UNKNOWN;
    case SEVERITY_NOTE:
    case SEVERITY_FLAG:
    case SEVERITY_OFF:
    case SEVERITY_COUNT: break;
    }
    return EMAIL_VALID;
}

// All codes, the heaviest first.
static str join_reasons(const struct email_attempt *attempt, size_t count)
{
    const struct email_rule *rules = attempt->worker->rules->rules;
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) bytes += rules[attempt->fired[i]].code.len + 1;
    char *out = arena_bytes(attempt->arena, bytes);
    size_t len = 0;
    for (int severity = SEVERITY_REJECT; severity >= SEVERITY_NOTE; severity--) {
        for (size_t i = 0; i < count; i++) {
            const struct email_rule *rule = &rules[attempt->fired[i]];
            if ((int)rule->severity != severity) continue;
            if (len) out[len++] = ';';
            memcpy(out + len, rule->code.data, rule->code.len);
            len += rule->code.len;
        }
    }
    return (str){out, len};
}

static str join_flags(unsigned flags, struct arena *arena)
{
    static const str names[] = {
        {"role", 4}, {"no_reply", 8}, {"disposable", 10},   {"relay", 5},     {"free", 4},
        {"idn", 3},  {"smtputf8", 8}, {"subaddressed", 12}, {"typo", 4},      {"fixed", 5},
        {"gov", 3},  {"edu", 3},      {"mil", 3},           {"corporate", 9},
    };
    if (flags == 0) return (str){"", 0};
    if ((flags & (flags - 1)) == 0) return names[__builtin_ctz(flags)];
    char *out = arena_bytes(arena, 128);
    size_t len = 0;
    for (; flags; flags &= flags - 1) {
        str name = names[__builtin_ctz(flags)];
        if (len) out[len++] = ' ';
        memcpy(out + len, name.data, name.len);
        len += name.len;
    }
    arena_trim(arena, out + len);
    return (str){out, len};
}

// What was meant by a domain that is not judged ("gmail", "firma,fi"), behind a name that can be.
static str meant_by_typed(const struct email_attempt *attempt, bool *is_sure)
{
    const struct email_worker *worker = attempt->worker;
    str typed = attempt->subjects[SUBJECT_TYPED_DOMAIN], local = attempt->subjects[SUBJECT_LOCAL];
    if (!typed.data || attempt->is_judged || attempt->is_limited) return (str){0};
    if (pattern_search(worker->rules->accept[SUBJECT_LOCAL], worker->scratch, local) !=
        PATTERN_YES) {
        return (str){0};
    }
    return email_meant_unjudged(worker, typed, attempt->arena, is_sure);
}

static void conclude_fired(struct email_attempt *attempt, struct email_verdict *verdict)
{
    const struct email_rule *rules = attempt->worker->rules->rules;
    size_t count = attempt->fired_count > 1 ? sort_fired(attempt) : attempt->fired_count;
    enum email_severity heaviest = SEVERITY_OFF;
    for (size_t i = 0; i < count; i++) {
        const struct email_rule *rule = &rules[attempt->fired[i]];
        if (rule->severity <= heaviest) continue;
        heaviest = rule->severity;
        verdict->reason = rule->code;
    }
    verdict->status = status_of(heaviest);
    if (verdict->status == EMAIL_VALID) verdict->reason = (str){"", 0};
    verdict->reasons = count == 1 ? rules[attempt->fired[0]].code : join_reasons(attempt, count);
}

// The heaviest rule with that code, or -1.
static int heaviest(const struct email_rules *rules, str code)
{
    int best = -1;
    for (size_t i = 0; i < rules->rule_count; i++) {
        const struct email_rule *rule = &rules->rules[i];
        if (!str_equal(rule->code, code)) continue;
        if (best < 0 || rule->severity > rules->rules[best].severity) best = (int)i;
    }
    return best;
}

void email_verdict_of(const struct email_rules *rules, str codes, struct arena *arena,
                      struct email_verdict *verdict)
{
    // Only the rules and the arena are looked at.
    struct email_worker worker = {.rules = rules};
    struct email_attempt attempt;
    email_attempt_init(&attempt, &worker, arena);
    unsigned by_code = 0;
    for (size_t i = 0; i < rules->rule_count; i++) {
        bool is_flag = rules->rules[i].severity == SEVERITY_FLAG;
        if (!is_flag) by_code |= rules->rules[i].flag;
    }
    attempt.flags = verdict->flag_bits & ~(by_code | EMAIL_CORPORATE);
    for (str code; codes.len && str_cut(&codes, ';', &code);) {
        int rule = code.len ? heaviest(rules, code) : -1;
        if (rule >= 0) email_fire(&attempt, (size_t)rule);
    }
    str suggestion = verdict->suggestion;
    *verdict =
        (struct email_verdict){.reason = {"", 0}, .reasons = {"", 0}, .suggestion = suggestion};
    if (attempt.fired_count) conclude_fired(&attempt, verdict);
    unsigned others = EMAIL_FREE | EMAIL_DISPOSABLE | EMAIL_RELAY | EMAIL_TYPO;
    bool is_corporate = verdict->status != EMAIL_INVALID && !(attempt.flags & others);
    if (is_corporate) attempt.flags |= EMAIL_CORPORATE;
    verdict->flag_bits = attempt.flags;
    verdict->flags = join_flags(attempt.flags, arena);
}

void email_conclude(struct email_attempt *attempt, str address, struct email_verdict *verdict)
{
    if (attempt->is_limited)
        email_fire(attempt, (size_t)attempt->worker->rules->builtins[BUILTIN_RULE_LIMIT]);
    *verdict = (struct email_verdict){.reason = {"", 0}, .reasons = {"", 0}, .suggestion = {"", 0}};
    if (attempt->fired_count) conclude_fired(attempt, verdict);
    if (verdict->status == EMAIL_INVALID) attempt->flags &= ~(unsigned)EMAIL_CORPORATE;
    verdict->flag_bits = attempt->flags;
    verdict->flags = join_flags(attempt->flags, attempt->arena);
    verdict->is_sure = attempt->is_sure;
    str meant = attempt->meant.data ? attempt->meant : meant_by_typed(attempt, &verdict->is_sure);
    if (meant.data) {
        str local = email_local(address);
        verdict->suggestion =
            arena_format(attempt->arena, "%.*s@%.*s", STR_ARG(local), STR_ARG(meant));
    }
}
