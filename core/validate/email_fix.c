// Puts an address right where it is plain what was meant (--fix-typos safe), and reads one that is
// spelled out for people.
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

// What stands for a sign; blanks around it do not count.
static const struct {
    str text;
    char sign;
} spelled[] = {{{"(at)", 4}, '@'},  {{"[at]", 4}, '@'},  {{"{at}", 4}, '@'},  {{" at ", 4}, '@'},
               {{"(dot)", 5}, '.'}, {{"[dot]", 5}, '.'}, {{"{dot}", 5}, '.'}, {{" dot ", 5}, '.'}};

// The sign that is spelled at the beginning of the text, and how long it is; 0 = none.
static size_t spelled_sign(str text, char *sign)
{
    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++) {
        size_t len = spelled[i].text.len;
        if (text.len < len || !str_equal_nocase(str_first(text, len), spelled[i].text)) continue;
        *sign = spelled[i].sign;
        return len;
    }
    return 0;
}

str email_spelled_out(struct email_worker *worker, str address, struct arena *arena)
{
    if (address.len > ADDRESS_BYTES_LOOKED_AT || str_find(address, '@') >= 0) return (str){0};
    char *out = arena_bytes(arena, address.len);
    size_t len = 0;
    bool has_at = false;
    for (size_t i = 0; i < address.len;) {
        char sign;
        size_t taken = spelled_sign(str_from(address, i), &sign);
        if (taken == 0) {
            out[len++] = address.data[i++];
            continue;
        }
        while (len && byte_is_blank(out[len - 1])) len--;
        out[len++] = sign;
        has_at |= sign == '@';
        i += taken;
        while (i < address.len && byte_is_blank(address.data[i])) i++;
    }
    struct email_verdict verdict;
    if (!has_at) return (str){0};
    email_check(worker, (str){out, len}, arena, &verdict);
    return email_is_usable(&verdict) ? (str){out, len} : (str){0};
}
