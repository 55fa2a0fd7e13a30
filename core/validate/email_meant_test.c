// How often a mistyped domain is told, and a right one left alone: testdata/email/slips.tsv, which
// was written by hand, and every provider of free.txt.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "core/rules/list.h"
#include "email_rules_test.h"

// What is suggested for jane.doe@domain: its domain, or "".
static str suggested(str domain)
{
    struct email_verdict verdict;
    str address = arena_format(&arena, "jane.doe@%.*s", STR_ARG(domain));
    email_check(worker, address, &arena, &verdict);
    return str_from(verdict.suggestion, verdict.suggestion.len ? strlen("jane.doe@") : 0);
}

static void test_slips_are_told(void **state)
{
    (void)state;
    struct table table = {0};
    struct err err = {0};
    assert_true(table_load(&table, &book, STR("email/slips.tsv"), &err));
    size_t right = 0, wrong = 0;
    for (size_t i = 0; i < table.rows; i++) {
        str typed = table_cell(&table, i, 0), meant = table_cell(&table, i, 1);
        str found = suggested(typed);
        if (str_equal(found, meant)) {
            right++;
            continue;
        }
        wrong += found.len > 0;
        print_message("%.*s: %.*s, not %.*s\n", STR_ARG(typed), STR_ARG(meant), STR_ARG(found));
    }
    print_message("%zu slips: %zu told, %zu told wrongly\n", table.rows, right, wrong);
    assert_true(table.rows >= 300);
    assert_true(right * 100 >= table.rows * 95);
    assert_true(wrong * 100 <= table.rows);
    table_release(&table);
}

static void test_providers_are_left_alone(void **state)
{
    (void)state;
    struct list list = {0};
    struct err err = {0};
    size_t count = 0, wrong = 0;
    assert_true(list_load(&list, &book, STR("email/free.txt"), NULL, &err));
    for (size_t i = 0; i < list.items.capacity; i++) {
        str domain = {list.items.slots[i].key, list.items.slots[i].len};
        if (!domain.data) continue;
        count++;
        str found = suggested(domain);
        wrong += found.len > 0;
        if (found.len) print_message("%.*s: %.*s?\n", STR_ARG(domain), STR_ARG(found));
        if (arena.bytes > 1 << 20) arena_reset(&arena);
    }
    print_message("%zu providers: %zu suggested to be others\n", count, wrong);
    assert_true(count > 5000);
    assert_true(wrong * 1000 <= count * 2);
    list_release(&list);
}

// Names of companies and words that are one or two letters from a provider's.
static void test_companies_are_left_alone(void **state)
{
    (void)state;
    static const char *const domains[] = {
        "cloud.com",     "life.com",    "love.com",    "olive.com",   "grail.com",   "aon.com",
        "key.com",       "man.eu",      "msc.com",     "hex.com",     "ski.com",     "say.com",
        "fox.net",       "act.net",     "compass.net", "horizon.net", "chatter.net", "grange.fr",
        "orage.fr",      "free.com",    "frey.fr",     "webb.com",    "wed.de",      "roger.com",
        "bogers.com",    "talus.net",   "shawn.ca",    "mali.com",    "nail.ru",     "emirates.com",
        "tesco.uk",      "cisco.uk",    "outlet.com",  "outback.com", "hotel.com",   "hotels.com",
        "gap.com",       "gain.com",    "gmac.com",    "yamaha.com",  "yale.edu",    "yahoo.fi",
        "verisign.net",  "protein.com", "ziggy.nl",    "planet.com",  "telia.fi",    "telenor.no",
        "nokia.com",     "fastly.com",  "symantec.ca", "rambler.com", "interim.pl",  "liberty.it",
        "sapo.io",       "onet.com",    "sky.net",     "skye.com",    "home.com",    "comcast.com",
        "amail.com",     "foo.co",      "firma.cm",    "startup.co",  "example.ne",  "bank.co.com",
        "firma.co.uk",   "a.org.uk",    "b.com.br",    "monaco.mc",   "telecom.fr",  "eco.uk",
        "skyy.com",      "laporte.net", "webb.de",     "imail.com",   "umail.com",   "at.net",
        "hotelmail.com", "sify.com",
    };
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) {
        str found = suggested(str_of(domains[i]));
        if (found.len) fail_msg("%s: %.*s?", domains[i], STR_ARG(found));
    }
}

// Each way of repairing, and where it stops.
static void test_ways(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"gmai.com", "gmail.com"},       // a row
        {"nokia.con", "nokia.com"},      // an ending: a row
        {"nokia.comx", "nokia.com"},     // one slip away
        {"nokia.com2", "nokia.com"},     // digits behind it
        {"gmial.con", "gmail.com"},      // an ending and a name
        {"orange.fe", "orange.fr"},      // the ending that makes a provider
        {"nokia.qzx", ""},               // like no ending
        {"elisa.if", "elisa.fi"},        // two letters exchanged come before another letter
        {"firma.fu", "firma.fi"},        // a key beside the right one as well
        {"firma.co.ip", "firma.co.jp"},  // the last two labels together
        {"hotmail.f", "hotmail.fr"},     // a provider's ending cut short
        {"suomi24.f", "suomi24.fi"},     //
        {"t-online.d", "t-online.de"},   //
        {"gmail.fi", "gmail.com"},       // rows of what exists and has no mail
        {"outlook.fi", "outlook.com"},   //
        {"gmail.con.fi", "gmail.com"},   //
        {"gooogle.com", "google.com"},   //
        {"hanmail.com", "hanmail.net"},  //
        {"nokia.com.com", "nokia.com"},  // twice
        {"firmaco.uk", "firma.co.uk"},   // a second level without its dot
        {"firmacom.br", "firma.com.br"}, //
        {"yahooco.uk", "yahoo.co.uk"},   //
        {"firma.vo.uk", "firma.co.uk"},  // one slip away
        {"firma.ac.uk", ""},             // a real one
        {"firma.bt.uk", ""},             // not near
        {"hotmail.uk", "hotmail.co.uk"}, // left out
        {"hotmail.co", "hotmail.com"},   // an ending that exists, behind a provider's name
        {"hotmial.co", "hotmail.com"},   //
        {"outlookc.om", "outlook.com"},  //
        {"nokia.co", ""},                // behind another name
        {"hotmael.com", "hotmail.com"},  // two slips
        {"yandeks.com", ""},             //
        {"gmail", "gmail.com"},          // no dot
        {"gmxnet", "gmx.net"},           //
        {"nokia", ""},                   //
        {"nokia,com", "nokia.com"},      // something else for a dot
        {".nokia.com", "nokia.com"},     //
        {"nokia..com.", "nokia.com"},    //
        {"nokia,qzx", ""},               //
        {"gmial,com", "gmail.com"},      //
        {"gmail.com", ""},               // as it is
        {"mail.gmail.com", ""},          //
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str found = suggested(str_of(cases[i][0]));
        if (!str_equal(found, str_of(cases[i][1]))) {
            fail_msg("%s: %.*s, not %s", cases[i][0], STR_ARG(found), cases[i][1]);
        }
    }
}

// What may be put right unasked: a row, or an ending that nothing else is as near to.
static void test_sure(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *meant; // meant NULL = whatever it is, it is not sure
    } cases[] = {
        {"nokia.con", "nokia.com"},
        {"gmial.con", "gmail.com"},
        {"gmai.com", "gmail.com"},
        {"nokia.c0m", "nokia.com"},
        {"nokia.c", "nokia.com"},
        {"nokia.com2", "nokia.com"},
        {"firma.couk", "firma.co.uk"},
        {"firma.co.ukk", "firma.co.uk"},
        {"Firma.CON", "firma.com"},
        {"firma.fl", NULL},
        {"firma.fu", NULL},
        {"firma.ur", NULL},
        {"firma.ul", NULL},
        {"firma.nk", NULL},
        {"firma.ei", NULL},
        {"firma.bk", NULL},
        {"firma.te", NULL},
        {"firma.co.ny", NULL},
        {"firma.co.ul", NULL},
        {"orange.fl", NULL},
        {"firma.fi2", NULL}, // .fi, or .fit
        {"nokia,con", NULL},
        {"firma.ff", NULL},
        {"firma.dr", NULL},
        {"firmaco.uk", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct email_verdict verdict;
        str address = arena_format(&arena, "jane@%s", cases[i].typed);
        email_check(worker, address, &arena, &verdict);
        str found = str_from(verdict.suggestion, verdict.suggestion.len ? strlen("jane@") : 0);
        bool is_right = cases[i].meant ? verdict.is_sure && str_equal(found, str_of(cases[i].meant))
                                       : !verdict.is_sure;
        if (!is_right) fail_msg("%s: %.*s", cases[i].typed, STR_ARG(found));
    }
}

// What is remembered of a domain does not lie in the address that it came from.
static void test_remembered(void **state)
{
    (void)state;
    struct email_verdict verdict;
    char typed[] = "jane@kauppa.com.com";
    email_check(worker, str_of(typed), &arena, &verdict);
    memset(typed, 'x', sizeof typed - 1);
    email_check(worker, STR("jane@kauppa.com.com"), &arena, &verdict);
    assert_true(str_equal(verdict.suggestion, STR("jane@kauppa.com")));
}

// A name that cannot be stands before no suggestion.
static void test_names_must_be_good(void **state)
{
    (void)state;
    static const char *const addresses[] = {"jane doe@gmial,com", "@gmail", ".jane@gmail,com",
                                            "jane@doe@gmail"};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        struct email_verdict verdict;
        email_check(worker, str_of(addresses[i]), &arena, &verdict);
        if (verdict.suggestion.len) fail_msg("%s", addresses[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slips_are_told),
        cmocka_unit_test(test_providers_are_left_alone),
        cmocka_unit_test(test_companies_are_left_alone),
        cmocka_unit_test(test_ways),
        cmocka_unit_test(test_sure),
        cmocka_unit_test(test_remembered),
        cmocka_unit_test(test_names_must_be_good),
    };
    return cmocka_run_group_tests(tests, load_rules, release_rules);
}
