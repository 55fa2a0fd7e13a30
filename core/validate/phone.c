#include "phone.h"

#include "core/lead/phone.h"

enum level { LEVEL_MISSING, LEVEL_INVALID, LEVEL_POSSIBLE, LEVEL_VALID };

struct judged {
    enum level level;
    enum phone_kind kind;
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
    struct judged judged = {LEVEL_MISSING, PHONE_KIND_NONE};
    if (number.len == 0 || str_trim(number).len == 0) return judged;
    if (!rules) {
        judged.level = is_e164(number) ? LEVEL_POSSIBLE : LEVEL_INVALID;
        return judged;
    }
    switch (phone_level_of(rules, number, &judged.kind)) {
    case PHONE_MISSING: judged.level = LEVEL_MISSING; break;
    case PHONE_INVALID: judged.level = LEVEL_INVALID; break;
    case PHONE_POSSIBLE: judged.level = LEVEL_POSSIBLE; break;
    case PHONE_VALID: judged.level = LEVEL_VALID; break;
    case PHONE_LEVEL_COUNT: break;
    }
    return judged;
}

static str kind_name(enum phone_kind kind)
{
    return kind ? str_of(phone_kind_name(kind)) : (str){"", 0};
}

struct phone_finding phone_check(const struct phone_rules *rules, str phone, str mobile)
{
    static const str names[] = {{"missing", 7}, {"invalid", 7}, {"possible", 8}, {"valid", 5}};
    struct judged first = judge(rules, phone), second = judge(rules, mobile);
    struct judged better = second.level > first.level ? second : first;
    return (struct phone_finding){names[better.level], kind_name(better.kind),
                                  better.level >= LEVEL_POSSIBLE};
}
