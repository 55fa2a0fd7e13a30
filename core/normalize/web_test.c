// Websites and domains: the many ways addresses are typed, public suffixes, what is nobody's
// domain.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "web.h"

static struct rulebook book;
static struct web_rules rules;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    if (!web_rules_load(&rules, &book, &err)) fail_msg("%s", err.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    web_rules_release(&rules);
    rulebook_release(&book);
    return 0;
}

static const struct {
    const char *cell, *site, *domain; // site NULL: not valid
} rows[] = {
    {"", "", ""},
    {"acme.fi", "acme.fi", "acme.fi"},
    {"www.acme.fi", "acme.fi", "acme.fi"},
    {"WWW.ACME.FI", "acme.fi", "acme.fi"},
    {"http://acme.fi", "acme.fi", "acme.fi"},
    {"https://www.acme.fi/", "acme.fi", "acme.fi"},
    {"HTTPS://www.Acme.fi/Tuotteet/", "acme.fi/Tuotteet", "acme.fi"},
    {"https://acme.fi/en?utm_source=x#top", "acme.fi/en", "acme.fi"},
    {"https://acme.fi?x=1", "acme.fi", "acme.fi"},
    {"http//acme.fi", "acme.fi", "acme.fi"},
    {"htttp://acme.fi", "acme.fi", "acme.fi"},
    {"http:/acme.fi", "acme.fi", "acme.fi"},
    {"ttps://acme.fi", "acme.fi", "acme.fi"},
    {"//acme.fi", "acme.fi", "acme.fi"},
    {"https://https://acme.fi", "acme.fi", "acme.fi"},
    {"www,acme.fi", "acme.fi", NULL},
    {"www.acme.fi.", "acme.fi", "acme.fi"},
    {"wwwacme.fi", "wwwacme.fi", "wwwacme.fi"},
    {"www.www.acme.fi", "acme.fi", "acme.fi"},
    {"acme.fi//", "acme.fi", "acme.fi"},
    {"acme.fi/a,b", "acme.fi/a", NULL},
    {"acme.fi/a%20b", "acme.fi/a%20b", "acme.fi"},
    {"a--b.acme-oy.fi", "a--b.acme-oy.fi", "acme-oy.fi"},
    {"http://acme.fi:8080/x", "acme.fi/x", "acme.fi"},
    {"acme.fi, acme.com", "acme.fi", NULL},
    {"www.acme.fi www.acme.se", "acme.fi", NULL},
    {"Acme Oy www.acme.fi", "acme.fi", NULL},
    {"shop.acme.co.uk/cart", "shop.acme.co.uk/cart", "acme.co.uk"},
    {"https://www2.acme.com", "acme.com", "acme.com"},
    {"www.fi", "www.fi", "www.fi"},
    {"www.com", "www.com", "www.com"},
    {"bücher.de", "xn--bcher-kva.de", "xn--bcher-kva.de"},
    {"https://www.Ääkkönen.fi/", "xn--kknen-fraa0m.fi", "xn--kknen-fraa0m.fi"},
    {"https://xn--bcher-kva.de", "xn--bcher-kva.de", "xn--bcher-kva.de"},
    // Public suffixes
    {"co.uk", "co.uk", ""},
    {"a.b.c.co.jp", "a.b.c.co.jp", "c.co.jp"},
    {"x.city.kawasaki.jp", "x.city.kawasaki.jp", "city.kawasaki.jp"},
    {"a.b.foo.kawasaki.jp", "a.b.foo.kawasaki.jp", "b.foo.kawasaki.jp"},
    {"foo.kawasaki.jp", "foo.kawasaki.jp", ""},
    {"www.ck", "www.ck", "www.ck"},
    {"a.b.ck", "a.b.ck", "a.b.ck"},
    {"acme.com.au", "acme.com.au", "acme.com.au"},
    {"shop.acme.uk.com", "shop.acme.uk.com", "acme.uk.com"},
    {"acme.priv.no", "acme.priv.no", "acme.priv.no"},
    // Nobody's
    {"https://acme.github.io", "acme.github.io", ""},
    {"acme.myshopify.com", "acme.myshopify.com", ""},
    {"acme.wixsite.com/home", "acme.wixsite.com/home", ""},
    {"acme.blogspot.com", "acme.blogspot.com", ""},
    {"linkedin.com/company/acme", "linkedin.com/company/acme", ""},
    {"https://www.facebook.com/acme", "facebook.com/acme", ""},
    {"https://fi.linkedin.com/in/x", "fi.linkedin.com/in/x", ""},
    {"linktr.ee/acme", "linktr.ee/acme", ""},
    {"bit.ly/abc", "bit.ly/abc", ""},
    {"notfacebook.com", "notfacebook.com", "notfacebook.com"},
    // No website
    {"acme", NULL, ""},
    {"acme.notatld", NULL, ""},
    {"acme.local", NULL, ""},
    {"info@acme.fi", NULL, ""},
    {"mailto:info@acme.fi", NULL, ""},
    {"192.168.0.1", NULL, ""},
    {"http://10.0.0.1/x", NULL, ""},
    {"-acme.fi", NULL, ""},
    {"acme..fi", NULL, ""},
    {".fi", NULL, ""},
    {"fi", NULL, ""},
    {"n.a", NULL, ""},
    {"no website", NULL, ""},
    {"http://", NULL, ""},
    {"://", NULL, ""},
    {"\xC3\xA4.\xC3\xA4", NULL, ""},
    {"ac me.fi", "me.fi", NULL},
};

static void test_rows(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str cell = str_of(rows[i].cell);
        struct value got = web_site(&rules, cell, &arena);
        str want = rows[i].site ? str_of(rows[i].site) : cell;
        str domain = web_domain(&rules, cell, &arena);
        bool is_same = str_equal(got.text, want) && got.is_valid == (rows[i].site != NULL);
        bool is_domain = !rows[i].domain || str_equal(domain, str_of(rows[i].domain));
        struct value again = web_site(&rules, got.text, &arena);
        bool is_stable = !again.reason && again.is_valid == got.is_valid;
        // The domain of the canonical site is the same.
        str later = web_domain(&rules, got.text, &arena);
        bool is_kept = !rows[i].domain || !got.is_valid || str_equal(later, domain);
        if (is_same && is_domain && is_stable && is_kept) continue;
        print_error("'%s': '%.*s' domain '%.*s'%s\n", rows[i].cell, STR_ARG(got.text),
                    STR_ARG(domain), is_stable ? "" : " unstable");
        wrong++;
    }
    assert_int_equal(wrong, 0);
    arena_release(&arena);
}

static void test_email(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const char *const cases[][2] = {
        {"jane@acme.fi", "acme.fi"},
        {"Jane@Mail.Acme.CO.UK", "acme.co.uk"},
        {"jane@acme.github.io", ""},
        {"jane@google.com", "google.com"},
        {"jane", ""},
        {"", ""},
        {"jane@", ""},
        {"\"a@b\"@acme.fi", "acme.fi"},
        {"jane@localhost", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = web_email_domain(&rules, str_of(cases[i][0]), &arena);
        if (!str_equal(got, str_of(cases[i][1]))) fail_msg("%s", cases[i][0]);
    }
    arena_release(&arena);
}

static void test_linkedin(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"https://www.linkedin.com/in/jane-doe", "https://www.linkedin.com/in/jane-doe"},
        {"linkedin.com/in/jane-doe", "https://www.linkedin.com/in/jane-doe"},
        {"www.linkedin.com/in/Jane-Doe/", "https://www.linkedin.com/in/jane-doe"},
        {"http://fi.linkedin.com/in/jane-doe?trk=x", "https://www.linkedin.com/in/jane-doe"},
        {"https://www.linkedin.com/in/jane-doe/fi", "https://www.linkedin.com/in/jane-doe"},
        {"in/jane-doe", "https://www.linkedin.com/in/jane-doe"},
        {"/in/jane-doe", "https://www.linkedin.com/in/jane-doe"},
        {"https://www.linkedin.com/company/acme/about", "https://www.linkedin.com/company/acme"},
        {"https://www.linkedin.com/pub/jane-doe/1/2a/3b4",
         "https://www.linkedin.com/pub/jane-doe/1/2a/3b4"},
        {"https://www.linkedin.com/in/%C3%A4iti", "https://www.linkedin.com/in/%c3%a4iti"},
        {"https://www.linkedin.com/sales/lead/x", NULL},
        {"https://www.linkedin.com/", NULL},
        {"https://www.linkedin.com/in/", NULL},
        {"https://notlinkedin.com/in/x", NULL},
        {"https://www.facebook.com/in/x", NULL},
        {"jane-doe", NULL},
        {"jane@linkedin.com", NULL},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str cell = str_of(cases[i][0]);
        struct value got = web_linkedin(&rules, cell, &arena);
        str want = cases[i][1] ? str_of(cases[i][1]) : cell;
        if (!str_equal(got.text, want) || got.is_valid != (cases[i][1] != NULL)) {
            fail_msg("'%s': '%.*s'", cases[i][0], STR_ARG(got.text));
        }
        assert_null(web_linkedin(&rules, got.text, &arena).reason);
    }
    assert_true(web_is_linkedin(STR("https://FI.LinkedIn.com/in/x")));
    assert_false(web_is_linkedin(STR("acme.fi")));
    arena_release(&arena);
}

static void test_idempotent(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "http", "https", "://", ":",  "/",  "//", "www",    ".",  ",",        "acme", "fi",
        "com",  "co",    "uk",  "?",  "#",  "@",  " ",      "in", "linkedin", "ä",    "xn--",
        "-",    "A",     "80",  "..", "\\", ";",  "github", "io", "_",        "1",
    };
    struct arena arena = {0};
    int sites = 0;
    uint32_t seed = 5;
    for (int i = 0; i < 200000; i++) {
        char text[100];
        size_t len = 0;
        seed = seed * 1664525 + 1013904223;
        for (unsigned j = 0; j < 1 + (seed >> 28); j++) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)];
            if (len + strlen(piece) > sizeof text) break;
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        str cell = {text, len};
        struct value once = web_site(&rules, cell, &arena);
        struct value twice = web_site(&rules, once.text, &arena);
        struct value link = web_linkedin(&rules, cell, &arena);
        struct value relink = web_linkedin(&rules, link.text, &arena);
        if (twice.reason || relink.reason || once.is_valid != twice.is_valid) {
            fail_msg("'%.*s': '%.*s' '%.*s' '%.*s'", STR_ARG(cell), STR_ARG(once.text),
                     STR_ARG(twice.text), STR_ARG(link.text));
        }
        struct site site = web_read(&rules, cell, &arena);
        assert_true(str_equal(site.website.text, once.text));
        assert_int_equal(site.website.is_valid, once.is_valid);
        assert_true(str_equal(site.domain, web_domain(&rules, once.text, &arena)));
        sites += site.domain.len > 0;
        arena_reset(&arena);
    }
    assert_true(sites > 100);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_email),
        cmocka_unit_test(test_linkedin),
        cmocka_unit_test(test_idempotent),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
