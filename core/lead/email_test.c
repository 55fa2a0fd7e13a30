// Keys for comparing addresses, role and free addresses, and the repairs of typed cells.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "email.h"

struct world {
    struct rulebook book;
    struct email_providers providers;
    struct arena arena;
};

static struct world world;

static int setup(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&world.book, "rules");
    if (!email_providers_load(&world.providers, &world.book, &err)) print_error("%s\n", err.text);
    return err.kind == ERR_NONE ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    email_providers_release(&world.providers);
    rulebook_release(&world.book);
    arena_release(&world.arena);
    return 0;
}

static void test_key(void **state)
{
    (void)state;
    static const struct {
        const char *address, *key;
    } cases[] = {
        {"jane@firma.fi", "jane@firma.fi"},
        {"Jane.Doe@Firma.FI", "jane.doe@firma.fi"},
        {"jane+fair@firma.fi", "jane+fair@firma.fi"},
        // google
        {"Jane.Doe+fair@GoogleMail.com", "janedoe@gmail.com"},
        {"j.a.n.e@gmail.com", "jane@gmail.com"},
        {"jane+@gmail.com", "jane@gmail.com"},
        {"+jane@gmail.com", "+jane@gmail.com"},
        {"...@gmail.com", "...@gmail.com"},
        {"jane.@gmail.com.evil.com", "jane.@gmail.com.evil.com"},
        // microsoft: dots count, families are apart
        {"jane.doe+x@outlook.com", "jane.doe@outlook.com"},
        {"jane.doe+x@hotmail.co.uk", "jane.doe@hotmail.co.uk"},
        {"jane-doe@live.com", "jane-doe@live.com"},
        // apple
        {"jane+shop@me.com", "jane@icloud.com"},
        {"Jane.Doe@mac.com", "jane.doe@icloud.com"},
        // proton
        {"j_a-n.e+x@pm.me", "jane@proton.me"},
        {"jane@protonmail.ch", "jane@proton.me"},
        // yandex
        {"jane-doe+x@ya.ru", "jane.doe@yandex.ru"},
        {"jane.doe@yandex.com", "jane.doe@yandex.ru"},
        // fastmail
        {"anything@jane.fastmail.com", "jane@fastmail.com"},
        {"jane+x@fastmail.com", "jane@fastmail.com"},
        {"jane@a.b.fastmail.com", "jane@a.b.fastmail.com"},
        // yahoo: the minus is no tag
        {"jane-x@yahoo.com", "jane-x@yahoo.com"},
        {"jane+x@yahoo.com", "jane+x@yahoo.com"},
        // international
        {"Jäne@BÜCHER.de", "jäne@xn--bcher-kva.de"},
        {"jane@XN--BCHER-KVA.de", "jane@xn--bcher-kva.de"},
        {"ÅSA@firma.se", "åsa@firma.se"},
        {"A\xCC\x8Asa@firma.se", "åsa@firma.se"},
        // no addresses
        {"", ""},
        {"jane", ""},
        {"@firma.fi", ""},
        {"jane@", ""},
        {"\xFF\xFE@Firma.fi", "\xFF\xFE@firma.fi"},
        {"\"a@b\"@Firma.fi", "\"a@b\"@firma.fi"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str key = email_key(&world.providers, str_of(cases[i].address), &world.arena);
        if (!str_equal(key, str_of(cases[i].key))) {
            fail_msg("%s: %.*s", cases[i].address, STR_ARG(key));
        }
        str again = email_key(&world.providers, key, &world.arena);
        if (!str_equal(key, again)) fail_msg("%s: again %.*s", cases[i].address, STR_ARG(again));
    }
    str loose = email_key_loose(&world.providers, STR("Jane+fair@firma.fi"), &world.arena);
    assert_true(str_equal(loose, STR("jane@firma.fi")));
    // Nothing to change: a view of the address.
    str same = STR("jane@firma.fi");
    assert_ptr_equal(email_key(&world.providers, same, &world.arena).data, same.data);
}

// Every provider is found by its domain, and by nothing like it.
static void test_providers(void **state)
{
    (void)state;
    const struct email_providers *providers = &world.providers;
    for (size_t i = 0; i < providers->count; i++) {
        str domain = providers->rows[i].domain;
        const struct email_provider *found = email_provider_of(providers, domain);
        assert_non_null(found);
        assert_true(str_equal(found->domain, domain));
        str first = str_first(domain, 1), rest = str_from(domain, 1);
        assert_null(email_provider_of(providers, arena_join(&world.arena, first, '_', rest)));
        assert_null(email_provider_of(providers, arena_join(&world.arena, domain, '.', domain)));
    }
    assert_null(email_provider_of(providers, STR("")));
    assert_null(email_provider_of(providers, STR("com")));
}

static void test_parts(void **state)
{
    (void)state;
    assert_true(str_equal(email_domain(STR("a@b@c.fi")), STR("c.fi")));
    assert_true(str_equal(email_local(STR("a@b@c.fi")), STR("a@b")));
    assert_int_equal(email_domain(STR("none")).len, 0);
    assert_int_equal(email_local(STR("none")).len, 0);
    assert_true(str_equal(email_mailbox(STR("jane+x+y")), STR("jane")));
    assert_true(str_equal(email_mailbox(STR("+x")), STR("+x")));
    assert_true(str_equal(email_stem(STR("sales12")), STR("sales")));
}

static void test_role_and_free(void **state)
{
    (void)state;
    static const char *const roles[] = {"info",    "INFO",     "Sales2",       "info+fair",
                                        "noreply", "no-reply", "do.not.reply", "mailer-daemon",
                                        "myynti",  "kontakt",  "buchhaltung",  "asiakaspalvelu"};
    static const char *const persons[] = {"",          "jane",      "infoman", "help.jane", "alexa",
                                          "paris",     "jane.info", "2015",    "ms",        "dean",
                                          "post.jane", "x+info",    "salesman"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (!email_is_role(&world.providers, str_of(roles[i]))) fail_msg("%s", roles[i]);
    }
    for (size_t i = 0; i < sizeof persons / sizeof *persons; i++) {
        if (email_is_role(&world.providers, str_of(persons[i]))) fail_msg("%s", persons[i]);
    }
    assert_true(email_is_free(&world.providers, STR("Gmail.com")));
    assert_true(email_is_free(&world.providers, STR("saunalahti.fi")));
    assert_false(email_is_free(&world.providers, STR("nokia.com")));
    assert_false(email_is_free(&world.providers, STR("mail.gmail.com.nokia.com")));
    assert_false(email_is_free(&world.providers, STR("")));
}

static const struct {
    const char *typed, *address, *reason, *rest;
} cells[] = {
    {"jane@firma.fi", "jane@firma.fi", NULL, ""},
    {"o'hara&co@firma.fi", "o'hara&co@firma.fi", NULL, ""},
    {" jane@firma.fi\t", "jane@firma.fi", "fixed", ""},
    {"\xC2\xA0jane@firma.fi\xE3\x80\x80", "jane@firma.fi", "fixed", ""},
    {"jane\xE2\x80\x8B@firma.fi", "jane@firma.fi", "fixed", ""},
    {"\xEF\xBB\xBFjane@firma.fi", "jane@firma.fi", "fixed", ""},
    {"MAILTO:jane@firma.fi", "jane@firma.fi", "fixed", ""},
    {"mailto:jane@firma.fi?subject=Hi", "jane@firma.fi", "fixed", ""},
    {"<mailto:jane@firma.fi>", "jane@firma.fi", "fixed", ""},
    {"<jane@firma.fi>", "jane@firma.fi", "fixed", ""},
    {"\"jane@firma.fi\"", "jane@firma.fi", "fixed", ""},
    {"'jane@firma.fi'", "jane@firma.fi", "fixed", ""},
    {"\xE2\x80\x9Cjane@firma.fi\xE2\x80\x9D", "jane@firma.fi", "fixed", ""},
    {"[jane@firma.fi]", "jane@firma.fi", "fixed", ""},
    {"Jane Doe <jane@firma.fi>", "jane@firma.fi", "fixed", ""},
    {"\"Doe, Jane\" <jane@firma.fi>;", "jane@firma.fi", "fixed", ""},
    {"jane@firma.fi (Jane Doe)", "jane@firma.fi", "fixed", ""},
    {"jane@firma.fi.", "jane@firma.fi", "fixed", ""},
    {"jane@firma.fi,", "jane@firma.fi", "fixed", ""},
    {"(jane@firma.fi)", "jane@firma.fi", "fixed", ""},
    {"jane\xEF\xBC\xA0"
     "firma\xEF\xBC\x8E"
     "fi",
     "jane@firma.fi", "fixed", ""},
    {"jane%40firma.fi", "jane@firma.fi", "fixed", ""},
    {"A\xCC\x8Asa@firma.se", "\xC3\x85sa@firma.se", "fixed", ""},
    {"\xC3\x85sa@firma.se", "\xC3\x85sa@firma.se", NULL, ""},
    // several
    {"jane@firma.fi; joe@firma.fi", "jane@firma.fi", "multiple_addresses", "joe@firma.fi"},
    {"jane@firma.fi, joe@x.fi, z@y.fi", "jane@firma.fi", "multiple_addresses", "joe@x.fi, z@y.fi"},
    {"Jane <jane@firma.fi>, Joe <joe@x.fi>", "jane@firma.fi", "multiple_addresses",
     "Joe <joe@x.fi>"},
    {"jane@firma.fi/joe@x.fi", "jane@firma.fi", "multiple_addresses", "joe@x.fi"},
    {"jane@firma.fi\njoe@x.fi", "jane@firma.fi", "multiple_addresses", "joe@x.fi"},
    {"jane@firma.fi ::: joe@x.fi", "jane@firma.fi", "multiple_addresses", "joe@x.fi"},
    // behind what is none
    {"n/a, pia.salo@firma.fi", "pia.salo@firma.fi", "fixed", ""},
    {"email: pia.salo@firma.fi", "pia.salo@firma.fi", "fixed", ""},
    {"bad@@x.fi, good.one@firma.fi", "good.one@firma.fi", "multiple_addresses", ""},
    {"Salo, pia@firma.fi, joe@x.fi", "pia@firma.fi", "multiple_addresses", "joe@x.fi"},
    {"J. (work), pia@koti.fi (home)", "pia@koti.fi", "fixed", ""},
    {"jane,doe@firma.fi", "jane,doe@firma.fi", NULL, ""},
    {"Doe, Jane doe@firma.fi", "Doe, Jane doe@firma.fi", NULL, ""},
    // nothing is guessed
    {"jane(at)firma.fi", "jane(at)firma.fi", NULL, ""},
    {"jane@@firma.fi", "jane@@firma.fi", NULL, ""},
    {"a@b@firma.fi", "a@b@firma.fi", NULL, ""},
    {"jane doe@firma.fi", "jane doe@firma.fi", NULL, ""},
    {"jane@firma,fi", "jane@firma,fi", NULL, ""},
    {"\"jane doe\"@firma.fi", "\"jane doe\"@firma.fi", NULL, ""},
    {"jane@[10.0.0.1]", "jane@[10.0.0.1]", NULL, ""},
    {"50%40 off", "50@ off", "fixed", ""},
    {"n/a", "n/a", NULL, ""},
    {"none.", "none.", NULL, ""},
    {" - ", "-", "fixed", ""},
    {"", "", NULL, ""},
    {"@", "@", NULL, ""},
    {"<>", "<>", NULL, ""},
    {"<@>", "@", "fixed", ""},
    {"jane@firma.fi\xFF", "jane@firma.fi\xFF", NULL, ""},
};

static void test_clean(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        str rest;
        const char *reason, *again_reason;
        str typed = str_of(cells[i].typed);
        str address = email_clean(typed, &world.arena, &rest, &reason);
        if (!str_equal(address, str_of(cells[i].address)) ||
            !str_equal(rest, str_of(cells[i].rest)) ||
            (reason ? !cells[i].reason || strcmp(reason, cells[i].reason) != 0
                    : cells[i].reason != NULL)) {
            fail_msg("'%s': '%.*s' %s rest '%.*s'", cells[i].typed, STR_ARG(address),
                     reason ? reason : "-", STR_ARG(rest));
        }
        str again = email_clean(address, &world.arena, NULL, &again_reason);
        if (!str_equal(again, address) || again_reason) fail_msg("'%s' again", cells[i].typed);
    }
}

// Long runs of what is peeled off must not take quadratic time.
static void test_clean_attacks(void **state)
{
    (void)state;
    static const char *const shapes[] = {"<",       ">",        "\"",           "'",        "(",
                                         ")",       "mailto:",  "%40",          "a@",       "@a.",
                                         "a@b.fi,", "<a@b.fi>", "\xE2\x80\x8B", "\xC2\xA0", "(a) "};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        size_t len = strlen(shapes[i]);
        char *text = arena_bytes(&world.arena, 50000 + len);
        size_t at = 0;
        for (; at < 50000; at += len) memcpy(text + at, shapes[i], len);
        const char *reason;
        str rest, clean = email_clean((str){text, at}, &world.arena, &rest, &reason);
        str again = email_clean(clean, &world.arena, &rest, &reason);
        if (!str_equal(clean, again)) fail_msg("%s", shapes[i]);
        arena_reset(&world.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_key),   cmocka_unit_test(test_providers),
        cmocka_unit_test(test_parts), cmocka_unit_test(test_role_and_free),
        cmocka_unit_test(test_clean), cmocka_unit_test(test_clean_attacks),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
