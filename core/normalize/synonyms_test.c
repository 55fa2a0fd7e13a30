// Headers of real exports must find their column, and the traps must not.
#include "synonyms_test.h"

#include "target.h"

static void test_folding(void **state)
{
    (void)state;
    static const struct {
        const char *header, *want;
    } cases[] = {
        {"E-Mail", "e mail"},
        {"  First\xC2\xA0 Name ", "first name"},
        {"\xE2\x80\x8B"
         "Email ",
         "email"},
        {"phone_number", "phone number"},
        {"Company / Account", "company/account"},
        {"What's your *email*?", "what's your email"},
        {"What\xE2\x80\x99s your email", "what's your email"},
        {"Email (required)", "email"},
        {"Email *:", "email"},
        {"STRASSE", "strasse"},
        {"Stra\xC3\x9F"
         "e",
         "strasse"},
        {"", ""},
        {"***", ""},
        {"(required)", "(required)"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = header_fold(str_of(cases[i].header), &arena);
        char text[64] = {0};
        memcpy(text, got.data, got.len);
        assert_string_equal(text, cases[i].want);
    }
    arena_release(&arena);
}

static int meaning_of(const char *header)
{
    struct arena arena = {0};
    struct meaning meanings[MEANINGS_MAX];
    str folded = header_fold(str_of(header), &arena);
    size_t count = synonyms_find(&synonyms, folded, &arena, meanings);
    arena_release(&arena);
    return count ? meanings[0].target : -1;
}

static void test_known_headers(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        int want;
    } cases[] = {
        {"Email", FIELD_EMAIL},
        {"E-POST", FIELD_EMAIL},
        {"Sähköposti", FIELD_EMAIL},
        {"sahkoposti", FIELD_EMAIL},
        {"vollständiger_name", TARGET_FULL_NAME},
        {"vollstaendiger name", TARGET_FULL_NAME},
        {"LASTNAME", FIELD_LAST_NAME},
        {"PostalCode", FIELD_POSTAL_CODE},
        {"# Employees", FIELD_EMPLOYEES},
        {"Y-tunnus", FIELD_COMPANY_ID},
        {"Org.nr", FIELD_COMPANY_ID},
        {"CVR-nummer", FIELD_COMPANY_ID},
        {"Osallistui", FIELD_ATTENDED},
        {"Time in Session (minutes)", TARGET_DURATION},
        {"Luokitus", FIELD_RATING},
        {"Skannaaja", FIELD_CAPTURED_BY},
        {"Ostoaikataulu", FIELD_TIMEFRAME_DAYS},
        {"when_do_you_plan_to_buy?", FIELD_TIMEFRAME_DAYS},
        {"Markkinointilupa", FIELD_CONSENT},
        {"Last Activity Date", FIELD_LAST_ACTIVITY_AT},
        {"HASOPTEDOUTOFEMAIL", TARGET_OPT_OUT_EMAIL},
        {"DONOTCALL", TARGET_OPT_OUT_PHONE},
        {"Do Not Mail", TARGET_OPT_OUT_MAIL},
        {"Do not contact", TARGET_OPT_OUT_ALL},
        {"Markkinointikielto", TARGET_OPT_OUT_ALL},
        {"Unsubscribed from all email", TARGET_OPT_OUT_EMAIL},
        {"Corporate Phone", TARGET_COMPANY_PHONE},
        {"Company Country", TARGET_COMPANY_COUNTRY},
        {"Secondary Email", FIELD_EMAIL_OTHER},
        {"Company / Account", FIELD_COMPANY},
        {"Zip/Postal Code", FIELD_POSTAL_CODE},
        {"Person - Phone - Mobile", FIELD_MOBILE},
        {"Anrede", FIELD_SALUTATION},
        {"By", FIELD_CITY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (meaning_of(cases[i].header) != cases[i].want) print_message("%s\n", cases[i].header);
        assert_int_equal(meaning_of(cases[i].header), cases[i].want);
    }
}

static void test_traps(void **state)
{
    (void)state;
    static const char *const traps[] = {
        "Company Name for Emails",
        "Email Status",
        "Email Confidence",
        "Email Sent",
        "Email Domain",
        "E-mail Type",
        "E-mail Display Name",
        "Primary Email Source",
        "Previous Company Name",
        "Phone 1 - Label",
        "ad_name",
        "form_id",
        "campaign_id",
        "Associated Company IDs",
        "Contact owner",
        "Participant ID (UPN)",
        "Lead Status",
        "Created By",
        "Company Linkedin Url",
        "privacy",
    };
    for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
        int target = meaning_of(traps[i]);
        if (target != TARGET_EXTRA) print_message("%s\n", traps[i]);
        assert_int_equal(target, TARGET_EXTRA);
    }
    static const char *const unknown[] = {
        "",       "?", "by the way", "emails opened last year", "how_many_pallets_a_day,_about?",
        "no way", "1"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_int_equal(meaning_of(unknown[i]), -1);
    }
}

static void test_several_meanings(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct meaning meanings[MEANINGS_MAX];
    assert_int_equal(synonyms_find(&synonyms, STR("url"), &arena, meanings), 2);
    assert_int_equal(synonyms_find(&synonyms, STR("title"), &arena, meanings), 2);
    assert_int_equal(meanings[0].target, FIELD_JOB_TITLE);
    assert_int_equal(meanings[1].target, FIELD_SALUTATION);
    assert_true(synonyms_find(&synonyms, STR("name"), &arena, meanings) >= 3);
    // Many languages say e-mail; only one says sähköposti.
    synonyms_find(&synonyms, STR("email"), &arena, meanings);
    assert_true((meanings[0].languages & (meanings[0].languages - 1)) != 0);
    synonyms_find(&synonyms, STR("sähköposti"), &arena, meanings);
    assert_true((meanings[0].languages & (meanings[0].languages - 1)) == 0);
    arena_release(&arena);
}

static void test_phrases(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        int want;
    } cases[] = {
        {"Thanks, {{field:01J9XK7Q}}. What's your *work email*?", FIELD_EMAIL},
        {"What's your name?", TARGET_FULL_NAME},
        {"Which company are you with?", FIELD_COMPANY},
        {"What do you do there?", FIELD_JOB_TITLE},
        {"When would you like to have it in use?", FIELD_TIMEFRAME_DAYS},
        {"I agree that we may send me offers by e-mail. I can unsubscribe.", FIELD_CONSENT},
        {"I do not want to receive offers", TARGET_OPT_OUT_EMAIL},
        {"I agree to the terms and conditions", TARGET_EXTRA},
        {"Montako työntekijää yrityksessäsi on?", FIELD_EMPLOYEES},
        {"Email of your account manager", TARGET_EXTRA},
        {"What's your biggest warehouse headache?", -1},
        {"Telephoned", -1},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str folded = header_fold(str_of(cases[i].header), &arena);
        if (synonyms_phrase(&synonyms, folded, &arena) != cases[i].want) {
            print_message("%s\n", cases[i].header);
        }
        assert_int_equal(synonyms_phrase(&synonyms, folded, &arena), cases[i].want);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folding), cmocka_unit_test(test_known_headers),
        cmocka_unit_test(test_traps),   cmocka_unit_test(test_several_meanings),
        cmocka_unit_test(test_phrases),
    };
    return cmocka_run_group_tests(tests, load, release);
}
