// Any bytes as an address: a verdict whose status, reason and reasons agree; the same again; a key
// that is its own key; a cleaned cell that is clean.
#include "email_fuzz.h"

#include "core/base/utf8.h"

static struct arena arena;

static void check_verdict(str address)
{
    struct email_verdict first, again;
    email_check(worker, address, &arena, &first);
    need((first.status == EMAIL_VALID) == (first.reason.len == 0));
    need(str_starts(first.reasons, first.reason));
    need(first.status == EMAIL_VALID || email_rules_text(rules, first.reason).len > 0);
    need((first.flag_bits == 0) == (first.flags.len == 0));
    if (first.status == EMAIL_VALID || first.status == EMAIL_RISKY) {
        need(utf8_is_valid(address) && email_domain(address).len > 3);
        need(email_key(&providers, address, &arena).len > 0);
    }
    if (first.suggestion.len && str_find(address, '@') < 0) {
        // What was spelled out.
        email_check(worker, first.suggestion, &arena, &again);
        need(email_is_usable(&again));
    } else if (first.suggestion.len) {
        // Another domain behind the same name, and one that can be.
        need(str_equal(email_local(first.suggestion), email_local(address)));
        need(!str_equal(email_domain(first.suggestion), email_domain(address)));
        need(email_domain(first.suggestion).len > 3);
    }
    email_check(worker, address, &arena, &again);
    need(first.status == again.status && str_equal(first.reasons, again.reasons) &&
         str_equal(first.flags, again.flags) && str_equal(first.suggestion, again.suggestion));
}

static void check_key(str address)
{
    str key = email_key(&providers, address, &arena);
    need(str_equal(key, email_key(&providers, key, &arena)));
    str loose = email_key_loose(&providers, address, &arena);
    need(str_equal(loose, email_key_loose(&providers, loose, &arena)));
}

static void check_clean(str typed)
{
    str rest, again_rest;
    const char *reason, *again_reason;
    str clean = email_clean(typed, &arena, &rest, &reason);
    need(clean.len + rest.len <= typed.len * 3 + 3);
    need(reason || str_equal(clean, typed));
    str again = email_clean(clean, &arena, &again_rest, &again_reason);
    need(str_equal(again, clean) && again_rest.len == 0 && !again_reason);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!rules) load_rules();
    // A copy of the exact size, so that reading past its end is seen.
    char *copy = malloc(size ? size : 1);
    if (size) memcpy(copy, data, size);
    str address = {copy, size};
    check_verdict(address);
    check_key(address);
    check_clean(address);
    free(copy);
    arena_reset(&arena);
    email_worker_trim(worker);
    return 0;
}
