// The shipped lists: each entry says what its list is for, of the domain and of what is below it,
// and of nothing that only looks like it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "core/rules/list.h"
#include "email_rules_test.h"

static bool has_word(str words, char separator, str word)
{
    str piece;
    while (words.len && str_cut(&words, separator, &piece)) {
        if (str_equal(piece, word)) return true;
    }
    return false;
}

// Whether qx@before+domain has the code or the flag.
static bool has(const char *before, str domain, const char *code)
{
    struct email_verdict verdict;
    str address = arena_format(&arena, "qx@%s%.*s", before, STR_ARG(domain));
    email_check(worker, address, &arena, &verdict);
    return has_word(verdict.reasons, ';', str_of(code)) ||
           has_word(verdict.flags, ' ', str_of(code));
}

static void check_entry(str domain, const char *code)
{
    bool has_dot = str_find(domain, '.') > 0;
    if (has_dot && !has("", domain, code)) fail_msg("%.*s: %s", STR_ARG(domain), code);
    if (!has("sub.", domain, code)) fail_msg("sub.%.*s: %s", STR_ARG(domain), code);
    str inside = arena_format(&arena, "%.*s.spray.se", STR_ARG(domain));
    if (has("", inside, code)) fail_msg("%.*s: %s", STR_ARG(inside), code);
    bool is_short = str_find(domain, '.') == (ptrdiff_t)domain.len - 1;
    if (is_short || !has("qqnonq-", domain, code)) return;
    // A longer entry's parent may be listed itself.
    str parent = str_from(domain, (size_t)str_find(domain, '.') + 1);
    if (!has("", parent, code)) fail_msg("qqnonq-%.*s: %s", STR_ARG(domain), code);
}

// For every entry d of a list: x@d and x@sub.d hit; x@d.spray.se and x@not-<d> do not. Returns how
// many there are.
static size_t check_list(const char *name, const char *code)
{
    struct list list = {0};
    struct err err = {0};
    size_t count = 0;
    assert_true(list_load(&list, &book, str_of(name), NULL, &err));
    for (size_t i = 0; i < list.items.capacity; i++) {
        str domain = {list.items.slots[i].key, list.items.slots[i].len};
        if (!domain.data) continue;
        count++;
        check_entry(domain, code);
        if (arena.bytes > 1 << 20) arena_reset(&arena);
    }
    list_release(&list);
    return count;
}

static void test_lists_by_parent(void **state)
{
    (void)state;
    assert_true(check_list("email/disposable.txt", "disposable") > 8000);
    assert_true(check_list("email/disposable_extended.txt", "disposable") > 16000);
    assert_true(check_list("email/relay.txt", "relay") > 20);
    assert_true(check_list("email/defunct.txt", "defunct_domain") > 10);
    assert_true(check_list("email/reserved.txt", "domain_reserved") >= 3);
    assert_true(check_list("email/special_use.txt", "domain_special_use") > 10);
    assert_int_equal(check_list("email/block.txt", "blocked"), 0); // empty as shipped
}

// Exact: what is below a provider's domain may be anybody's.
static void check_free(str domain)
{
    bool is_typo = has("", domain, "typo");
    if (!is_typo && !has("", domain, "free")) fail_msg("%.*s", STR_ARG(domain));
    if (!is_typo && has("", domain, "corporate")) fail_msg("%.*s", STR_ARG(domain));
    if (!email_is_free(&providers, domain)) fail_msg("%.*s, to the key", STR_ARG(domain));
}

static void check_free_table(const char *name)
{
    struct table table = {0};
    struct err err = {0};
    int column;
    assert_true(table_load(&table, &book, str_of(name), &err));
    assert_true(table_need(&table, name, "domain", &column, &err));
    for (size_t i = 0; i < table.rows; i++) {
        str domain = table_cell(&table, i, column);
        if (domain.data[0] != '.') check_free(domain);
    }
    table_release(&table);
}

static void test_providers_are_free(void **state)
{
    (void)state;
    struct list list = {0};
    struct err err = {0};
    check_free_table("email/providers.tsv");
    check_free_table("email/anchors.tsv");
    assert_true(list_load(&list, &book, STR("email/free_more.txt"), NULL, &err));
    for (size_t i = 0; i < list.items.capacity; i++) {
        str domain = {list.items.slots[i].key, list.items.slots[i].len};
        if (domain.data) check_free(domain);
    }
    list_release(&list);
    assert_false(has("", STR("nokia.com"), "free"));
    assert_false(email_is_free(&providers, STR("nokia.com")));
}

// Of every provider whose mailboxes have several spellings own.tsv has a case with its key.
static void test_own_cases_have_providers(void **state)
{
    (void)state;
    for (size_t i = 0; i < providers.count; i++) {
        const struct email_provider *provider = &providers.rows[i];
        struct rule_text text;
        struct err err = {0};
        bool is_found = !provider->tag && !provider->reading && !provider->subdomains;
        assert_true(rulebook_read(&book, STR("email/own.tsv"), NULL, &text, &err));
        str rest = text.text, line;
        while (!is_found && str_cut(&rest, '\n', &line)) {
            str cells[8] = {0};
            int count = 0;
            while (count < 8 && str_cut(&line, '\t', &cells[count])) count++;
            if (count < 7 || cells[6].len == 0) continue;
            str domain = email_domain(cells[6]);
            is_found = str_equal(domain, provider->key_domain);
        }
        if (!is_found) fail_msg("%.*s: no key in own.tsv", STR_ARG(provider->key_domain));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_by_parent),
        cmocka_unit_test(test_providers_are_free),
        cmocka_unit_test(test_own_cases_have_providers),
    };
    return cmocka_run_group_tests(tests, load_rules, release_rules);
}
