// From what fired to the verdict: status, decisive reason, all reasons, flags, suggestion.
#include "core/lead/email.h"
#include "email_rules.h"

str email_status_name(enum email_status status)
{
    static const str names[] = {{"valid", 5}, {"risky", 5}, {"invalid", 7}, {"unknown", 7}};
    return names[status];
}

// What fired, one rule for every code, its heaviest, in the order of the files. Returns how many.
static size_t sort_fired(const struct email_attempt *attempt, uint8_t sorted[EMAIL_RULES_MAX])
{
    const struct email_rules *rules = attempt->worker->rules;
    size_t count = 0;
    for (int i = -1; (i = email_set_next(&attempt->fired, i + 1)) >= 0;) {
        const struct email_rule *rule = &rules->rules[i];
        size_t at = 0;
        while (at < count && !str_equal(rules->rules[sorted[at]].code, rule->code)) at++;
        if (at < count) {
            if (rules->rules[sorted[at]].severity >= rule->severity) continue;
            count--;
            memmove(sorted + at, sorted + at + 1, count - at);
        }
        sorted[count++] = (uint8_t)i;
    }
    return count;
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

// All codes, the heaviest first, and the rule of each.
static void join_reasons(const struct email_attempt *attempt, const uint8_t sorted[], size_t count,
                         struct email_verdict *verdict)
{
    const struct email_rule *rules = attempt->worker->rules->rules;
    size_t bytes = 0, len = 0, lines = 0;
    for (size_t i = 0; i < count; i++) bytes += rules[sorted[i]].code.len + 1;
    char *out = arena_bytes(attempt->arena, bytes + count);
    uint8_t *line = (uint8_t *)out + bytes;
    for (int severity = SEVERITY_REJECT; severity >= SEVERITY_NOTE; severity--) {
        for (size_t i = 0; i < count; i++) {
            const struct email_rule *rule = &rules[sorted[i]];
            if ((int)rule->severity != severity) continue;
            if (len) out[len++] = ';';
            memcpy(out + len, rule->code.data, rule->code.len);
            len += rule->code.len;
            line[lines++] = sorted[i];
        }
    }
    verdict->reasons = (str){out, len};
    verdict->lines = line;
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
static str meant_by_typed(const struct email_attempt *attempt, bool *is_sure, bool *is_typo)
{
    const struct email_worker *worker = attempt->worker;
    str typed = attempt->subjects[SUBJECT_TYPED_DOMAIN], local = attempt->subjects[SUBJECT_LOCAL];
    if (!typed.data || attempt->is_judged || attempt->is_limited) return (str){0};
    if (pattern_search(worker->rules->accept[SUBJECT_LOCAL], worker->scratch, local) !=
        PATTERN_YES) {
        return (str){0};
    }
    return email_meant_unjudged(worker, typed, attempt->arena, is_sure, is_typo);
}

static void conclude_fired(const struct email_attempt *attempt, struct email_verdict *verdict)
{
    const struct email_rule *rules = attempt->worker->rules->rules;
    uint8_t sorted[EMAIL_RULES_MAX];
    size_t count = sort_fired(attempt, sorted);
    enum email_severity heaviest = SEVERITY_OFF;
    for (size_t i = 0; i < count; i++) {
        const struct email_rule *rule = &rules[sorted[i]];
        if (rule->severity <= heaviest) continue;
        heaviest = rule->severity;
        verdict->reason = rule->code;
    }
    verdict->status = status_of(heaviest);
    if (verdict->status == EMAIL_VALID) verdict->reason = (str){"", 0};
    if (count > 1) {
        join_reasons(attempt, sorted, count, verdict);
        return;
    }
    verdict->reasons = rules[sorted[0]].code;
    verdict->lines = &rules[sorted[0]].number;
}

// The rule that the verdict has behind a code; else the heaviest, or -1.
static int rule_of(const struct email_rules *rules, const struct email_verdict *verdict, str code)
{
    str rest = verdict->reasons, own;
    for (size_t i = 0; rest.len && str_cut(&rest, ';', &own); i++) {
        if (str_equal(own, code)) return verdict->lines[i];
    }
    return email_rules_heaviest(rules, code);
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
    // What was repaired stays repaired when a verifier has confirmed it.
    by_code &= ~(unsigned)EMAIL_FIXED;
    attempt.flags = verdict->flag_bits & ~(by_code | EMAIL_CORPORATE);
    for (str code; codes.len && str_cut(&codes, ';', &code);) {
        int rule = code.len ? rule_of(rules, verdict, code) : -1;
        if (rule >= 0) email_fire(&attempt, (size_t)rule);
    }
    *verdict = (struct email_verdict){.reason = {"", 0},
                                      .reasons = {"", 0},
                                      .suggestion = verdict->suggestion,
                                      .is_missing = verdict->is_missing};
    if (attempt.fired_count) conclude_fired(&attempt, verdict);
    bool is_corporate = verdict->status != EMAIL_INVALID && !(attempt.flags & EMAIL_NOT_CORPORATE);
    if (is_corporate) attempt.flags |= EMAIL_CORPORATE;
    verdict->flag_bits = attempt.flags;
    verdict->flags = join_flags(attempt.flags, arena);
}

void email_conclude(struct email_attempt *attempt, str address, struct email_verdict *verdict)
{
    const struct email_rules *rules = attempt->worker->rules;
    *verdict = (struct email_verdict){.reason = {"", 0}, .reasons = {"", 0}, .suggestion = {"", 0}};
    verdict->is_sure = attempt->is_sure;
    verdict->is_missing = attempt->is_missing;
    if (attempt->is_limited) email_fire(attempt, (size_t)rules->builtins[BUILTIN_RULE_LIMIT]);
    str meant = attempt->meant;
    bool is_typo = false;
    if (!meant.data) {
        meant = meant_by_typed(attempt, &verdict->is_sure, &is_typo);
        if (is_typo) email_fire(attempt, (size_t)rules->builtins[BUILTIN_TYPO]);
    }
    if (attempt->fired_count) conclude_fired(attempt, verdict);
    if (verdict->status == EMAIL_INVALID) attempt->flags &= ~(unsigned)EMAIL_CORPORATE;
    verdict->flag_bits = attempt->flags;
    verdict->flags = join_flags(attempt->flags, attempt->arena);
    if (meant.data) {
        str local = email_local(address);
        verdict->suggestion =
            arena_format(attempt->arena, "%.*s@%.*s", STR_ARG(local), STR_ARG(meant));
    } else if (verdict->status == EMAIL_INVALID && rules->scope == EMAIL_ALL) {
        str spelled = email_spelled_out(attempt->worker, address, attempt->arena);
        if (spelled.data) verdict->suggestion = spelled;
    }
}
