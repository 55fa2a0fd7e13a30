// Property: whatever is typed, a valid or possible number is E.164, is read as itself with any
// country, and is known from its digits alone; the text of further numbers gets shorter.
// Input: two bytes of country, then the text.
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/lead/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rulebook book;
static struct phone_rules rules;

static void check(bool ok)
{
    if (!ok) abort();
}

static void check_same(const struct phone *a, const struct phone *b)
{
    check(str_equal(str_of(a->e164), str_of(b->e164)) && a->level == b->level);
    check(a->kind == b->kind && a->code == b->code && memcmp(a->region, b->region, 3) == 0);
}

static void check_number(const struct phone *phone, str country)
{
    bool is_number = phone->level == PHONE_VALID || phone->level == PHONE_POSSIBLE;
    check(is_number == (phone->len > 0) && phone->e164[phone->len] == '\0');
    check(phone->ext_len < sizeof phone->ext && phone->ext[phone->ext_len] == '\0');
    check((phone->level == PHONE_VALID) == (phone->kind != PHONE_KIND_NONE));
    check(phone->level != PHONE_INVALID || phone->reason);
    if (!is_number) return;
    check(phone->e164[0] == '+' && phone->code && phone->len <= 21);
    for (size_t i = 1; i < phone->len; i++) check(byte_is_digit(phone->e164[i]));
    struct phone again;
    str e164 = {phone->e164, phone->len};
    check(phone_parse(&rules, e164, country, &again).len == 0);
    check_same(&again, phone);
    phone_parse(&rules, e164, STR(""), &again);
    check_same(&again, phone);
    phone_classify(&rules, e164, &again);
    check_same(&again, phone);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    if (!rules.states) {
        rulebook_add_dir(&book, "rules");
        check(phone_rules_load(&rules, &book, &err));
    }
    if (size < 2) return 0;
    // An exact copy, so that reading past the end is seen.
    char *copy = memory_alloc(size - 1);
    memcpy(copy, data + 2, size - 2);
    str country = {(const char *)data, 2}, rest = {copy, size - 2};
    struct phone phone;
    phone_classify(&rules, rest, &phone);
    check(phone.level != PHONE_INVALID || phone.reason);
    enum phone_kind kind;
    check(phone_level_of(&rules, rest, &kind) == phone.level && kind == phone.kind);
    do {
        size_t before = rest.len;
        rest = phone_parse(&rules, rest, country, &phone);
        check_number(&phone, country);
        check(rest.len == 0 || rest.len < before);
    } while (rest.len);
    memory_free(copy);
    return 0;
}
