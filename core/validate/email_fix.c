// Puts an address right where it is plain what was meant (--fix-typos safe).
#include "email_rules.h"

// Whether putting right what was mistyped cures all that stands against the address.
static bool is_safe(const struct email_rules *rules, const struct email_verdict *verdict)
{
    str codes = verdict->reasons, code;
    if (verdict->status != EMAIL_INVALID || verdict->suggestion.len == 0 || !verdict->is_sure) {
        return false;
    }
    while (codes.len && str_cut(&codes, ';', &code)) {
        if (!email_rules_may_fix(rules, code)) return false;
    }
    return true;
}

str email_fix(struct email_worker *worker, struct arena *arena, struct email_verdict *verdict)
{
    struct email_verdict fixed;
    if (!is_safe(worker->rules, verdict)) return (str){NULL, 0};
    str address = verdict->suggestion;
    email_check(worker, address, arena, &fixed);
    if (!email_is_usable(&fixed)) return (str){NULL, 0};
    str codes = fixed.reasons.len ? arena_format(arena, "%.*s;fixed", STR_ARG(fixed.reasons))
                                  : STR("fixed");
    email_verdict_of(worker->rules, codes, arena, &fixed);
    *verdict = fixed;
    return address;
}
