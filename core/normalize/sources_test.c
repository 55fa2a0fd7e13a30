// Profiles must be read, recognised by their headers only, and say what is wrong with them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sources.h"
#include "sources_parse.h"
#include "synonyms.h"
#include "target.h"

static struct rulebook book;
static struct sources sources;

static int load(void **state)
{
    (void)state;
    rulebook_add_dir(&book, "rules");
    struct diagnostics diagnostics = {0};
    struct err err = {0};
    bool ok = sources_load(&sources, &book, &diagnostics, &err);
    if (!ok) print_message("%s:%ld: %s\n", err.file, err.line, err.text);
    diagnostics_release(&diagnostics);
    return ok ? 0 : -1;
}

static int release(void **state)
{
    (void)state;
    sources_release(&sources);
    rulebook_release(&book);
    return 0;
}

static void test_recognise(void **state)
{
    (void)state;
    static const struct {
        const char *headers, *want; // headers separated by |
    } cases[] = {
        {"id|created_time|ad_id|ad_name|form_id|is_organic|email", "Meta lead ads"},
        {"ID|Created_Time|ad id|Form ID|is organic", "Meta lead ads"},
        {"id|created_time|ad_id|email", NULL},
        {"Record ID|First Name|Contact owner|Lead Status|Create Date|Lifecycle Stage", "HubSpot"},
        {"Etunimi|Sukunimi|Skannattu|Skannaaja|Luokitus", "Messuskanneri"},
        {"First Name|Last Name|URL|Email Address|Company|Position|Connected On",
         "LinkedIn connections"},
        {"First Name|Last Name|Email", NULL},
        {"Name|First Join|Last Leave|In-Meeting Duration|Email|Participant ID (UPN)|Role",
         "Microsoft Teams"},
        {"", NULL},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str headers[16], rest = str_of(cases[i].headers), piece;
        size_t count = 0;
        while (str_cut(&rest, '|', &piece)) headers[count++] = header_fold(piece, &arena);
        const struct source_profile *profile =
            sources_recognise(&sources, headers, count, NULL, 0, NULL);
        if (!cases[i].want) {
            assert_null(profile);
            continue;
        }
        if (!profile) print_message("%s\n", cases[i].headers);
        assert_non_null(profile);
        assert_true(str_equal(profile->name, str_of(cases[i].want)));
    }
    arena_release(&arena);
}

static void test_preamble(void **state)
{
    (void)state;
    str headers[] = {STR("first name"), STR("email")};
    str preamble[] = {STR("attendee report"), STR("topic"), STR("attendee details")};
    const struct recognition *by = NULL;
    const struct source_profile *zoom = sources_recognise(&sources, headers, 2, preamble, 3, &by);
    assert_non_null(zoom);
    assert_true(str_equal(zoom->name, STR("Zoom webinar")));
    assert_true(by && by->by_preamble);
    assert_null(sources_recognise(&sources, headers, 2, preamble, 2, NULL));
}

static void test_statements(void **state)
{
    (void)state;
    const struct source_profile *meta = sources_find(&sources, STR("meta LEAD ads"));
    assert_non_null(meta);
    assert_true(str_equal(meta->source, STR("ad")));
    assert_true(str_equal(meta->key, STR("meta")));
    assert_true(str_equal(meta->id_header, STR("id")));
    assert_true(str_equal(meta->id_prefix, STR("l:")));
    assert_int_equal(meta->dates, DATE_ISO);
    assert_int_equal(meta->delivery, DELIVERY_CUMULATIVE);
    assert_false(meta->has_zone);
    const struct source_profile *mailchimp = sources_find(&sources, STR("Mailchimp"));
    assert_true(mailchimp->has_zone && mailchimp->zone == 0);
    const struct source_profile *teams = sources_find(&sources, STR("Microsoft Teams"));
    assert_int_equal(teams->set_count, 1);
    assert_int_equal(teams->sets[0].target, FIELD_ATTENDED);
    assert_true(text_set_begins(&teams->tables, STR("2 participants")));
    assert_false(text_set_begins(&teams->tables, STR("20 participants")));
    assert_false(text_set_begins(&teams->tables, STR("participants")));
    assert_null(sources_find(&sources, STR("nobody")));
}

static void test_words(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"Organic Search", "content"},
        {"ORGANIC_SEARCH", "content"},
        {"PAID_SOCIAL", "ad"},
        {"Live Chat", "chat"},
        {"Referrals", "referral"},
        {"Partner Referral", "partner"},
        {"Lost Opportunity", "lost_opportunity"},
        {"Purchased List", "purchased_list"},
        {"Trade Show", "trade_show"},
        {"trade_show", "trade_show"},
        {" Messut ", "trade_show"},
        {"Mässa", "trade_show"},
        {"Other", ""},
        {"Offline Sources", ""},
        {"the trade show in Tampere", ""},
        {"", ""},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = sources_word(&sources, str_of(cases[i].text), &arena);
        if (!str_equal(got, str_of(cases[i].want))) print_message("%s\n", cases[i].text);
        assert_true(str_equal(got, str_of(cases[i].want)));
    }
    arena_release(&arena);
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want; // a part of the message
    } cases[] = {
        {"recognised by header has \"a\"\n", "a profile begins with"},
        {"source \"X\" is adverts\n", "not a kind of source"},
        {"source \"X\" is ad\nsource \"x\" is ad\n", "described in"},
        {"source \"X\" is ad\ncolumn \"Role\" is nothing\n", "is not a field"},
        {"source \"X\" is ad\ndates first\n", "expected day, month or year"},
        {"source \"X\" is ad\nnames last first\n", "expected given or family"},
        {"source \"X\" is ad\nzone \"Helsinki\"\n", "a time zone is written"},
        {"source \"X\" is ad\nzone UTC\n", "expected a time zone"},
        {"source \"X\" is ad\ndelivery daily\n", "expected \"cumulative\""},
        {"source \"X\" is ad\nkey 1\n", "expected the key"},
        {"source \"X\" is ad\nkey \"9a\"\n", "a key is a letter"},
        {"source \"X\" is ad\ncountry Finland\n", "two capital letters"},
        {"source \"X\" is ad\ntable \"**\"\n", "says nothing"},
        {"source \"X\" is ad\nrecognized by header has \"a\"\n",
         "not a word that can start a line"},
        {"source \"X\" is ad\nkey meta meta\n", "does not belong here"},
        {"source X is ad\n", "expected the name of the source"},
        {"source \"X\" is ad\nown\n", "expected \"columns\""},
        {"source \"X\" is ad\nstrip \"p:\" from\n", "expected a field"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sources bad = {0};
        struct diagnostics diagnostics = {0};
        struct err err = {0};
        sources_parse(&bad, (struct rule_text){"x.rules", str_of(cases[i].text)}, &diagnostics);
        assert_false(diagnostics_ok(&diagnostics, &err));
        assert_int_equal(err.kind, ERR_RULES);
        if (!strstr(err.text, cases[i].want)) print_message("%s: %s\n", cases[i].text, err.text);
        assert_non_null(strstr(err.text, cases[i].want));
        diagnostics_release(&diagnostics);
        sources_release(&bad);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recognise),  cmocka_unit_test(test_preamble),
        cmocka_unit_test(test_statements), cmocka_unit_test(test_words),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, load, release);
}
