#include "phone.h"

#if __has_include("core/lead/phone.h")
#include "core/lead/phone.h"
#define HAS_PHONE_RULES 1
#else
#define HAS_PHONE_RULES 0
#endif

enum level { LEVEL_MISSING, LEVEL_INVALID, LEVEL_POSSIBLE, LEVEL_VALID };

struct judged {
    enum level level;
    str kind;
};

// A + and 8 to 15 digits, the first not 0.
static bool is_e164(str number)
{
    if (number.len < 9 || number.len > 16 || number.data[0] != '+' || number.data[1] == '0') {
        return false;
    }
    for (size_t i = 1; i < number.len; i++) {
        if (!byte_is_digit(number.data[i])) return false;
    }
    return true;
}

static struct judged judge(const struct phone_rules *rules, str number)
{
    struct judged judged = {LEVEL_MISSING, {"", 0}};
    if (number.len == 0 || str_trim(number).len == 0) return judged;
    if (!rules) {
        judged.level = is_e164(number) ? LEVEL_POSSIBLE : LEVEL_INVALID;
        return judged;
    }
#if HAS_PHONE_RULES
    struct phone phone;
    phone_classify(rules, number, &phone);
    judged.kind = str_of(phone_kind_name(phone.kind));
    switch (phone.level) {
    case PHONE_MISSING: judged.level = LEVEL_MISSING; break;
    case PHONE_INVALID: judged.level = LEVEL_INVALID; break;
    case PHONE_POSSIBLE: judged.level = LEVEL_POSSIBLE; break;
    case PHONE_VALID: judged.level = LEVEL_VALID; break;
    case PHONE_LEVEL_COUNT: break;
    }
#endif
    return judged;
}

struct phone_finding phone_check(const struct phone_rules *rules, str phone, str mobile)
{
    static const str names[] = {{"missing", 7}, {"invalid", 7}, {"possible", 8}, {"valid", 5}};
    struct judged first = judge(rules, phone), second = judge(rules, mobile);
    struct judged better = second.level > first.level ? second : first;
    return (struct phone_finding){names[better.level], better.kind, better.level >= LEVEL_POSSIBLE};
}
