// The two forms of international domain names, and what is no name at all.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "idn.h"

static void test_ascii(void **state)
{
    (void)state;
    static const struct {
        const char *domain, *ascii; // ascii NULL: no name
    } cases[] = {
        {"example.fi", "example.fi"},
        {"Example.FI", "example.fi"},
        {"bücher.de", "xn--bcher-kva.de"},
        {"BÜCHER.de", "xn--bcher-kva.de"},
        {"bu\xCC\x88"
         "cher.de",
         "xn--bcher-kva.de"}, // u and a combining diaeresis
        {"fußball.de", "xn--fuball-cta.de"},
        {"うえあ.com", "xn--l8jhg.com"},
        {"例え。jp", "xn--r8jz45g.jp"}, // ideographic full stop
        {"xn--bcher-kva.de", "xn--bcher-kva.de"},
        {"XN--BCHER-KVA.de", "xn--bcher-kva.de"},
        {"col·legi.cat", "xn--collegi-xma.cat"},
        {"xn--collegi-xma.cat", "xn--collegi-xma.cat"},
        {"a·b.com", NULL}, // a middle dot stands between two l
        {"xn--ab-0ea.com", NULL},
        {"xn--example.com", NULL},
        {"xn--0.com", NULL},
        {"xn--.com", NULL},
        {"xn--abc-.com", NULL},
        {"💩.la", NULL},
        {"-ü.de", NULL},
        {"bü/cher.de", NULL},
        {"bü cher.de", NULL},
        {"bü\xE2\x80\x83"
         "cher.de",
         NULL}, // em space
        {"bü_cher.de", NULL},
        {"", NULL},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str ascii = {0};
        bool ok = idn_to_ascii(str_of(cases[i].domain), &arena, &ascii);
        if (ok != (cases[i].ascii != NULL)) fail_msg("%s: %d", cases[i].domain, ok);
        if (ok && !str_equal(ascii, str_of(cases[i].ascii))) {
            fail_msg("%s: %.*s", cases[i].domain, STR_ARG(ascii));
        }
    }
    arena_release(&arena);
}

static void test_unicode(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_true(str_equal(idn_to_unicode(STR("xn--bcher-kva.de"), &arena), STR("bücher.de")));
    assert_true(str_equal(idn_to_unicode(STR("plain.de"), &arena), STR("plain.de")));
    assert_true(str_equal(idn_to_unicode(STR("xn--0.de"), &arena), STR("xn--0.de")));
    assert_true(idn_is_plain(STR("axn--b.de")));
    assert_false(idn_is_plain(STR("a.xn--b.de")));
    arena_release(&arena);
}

static void test_hostile(void **state)
{
    (void)state;
    struct arena arena = {0};
    str ascii;
    assert_false(idn_to_ascii((str){"a\0ü.de", 7}, &arena, &ascii));
    char *large = arena_bytes(&arena, 4000);
    memset(large, 'x', 4000);
    memcpy(large, "ü", 2);
    assert_false(idn_to_ascii((str){large, 4000}, &arena, &ascii));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_unicode),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
