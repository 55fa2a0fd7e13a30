// Every construct of the language: what it gives for a record, and what it gives for none.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "testing.h"

// One condition, records it holds for and records it does not, separated by " / ".
static const struct {
    const char *condition, *holds, *fails;
} conditions[] = {
    {"country is \"DE\"", "country=DE / country=de / country= DE ", "country=FR / country= / x=1"},
    {"country is not \"DE\"", "country=FR", "country=DE / country="},
    {"not country is \"DE\"", "country=FR / country=", "country=DE"},
    {"country is missing", "country= / country=  ", "country=DE"},
    {"country is not missing", "country=DE", "country="},
    {"country is present", "country=DE", "country="},
    {"country missing", "x=1", "country=DE"},
    {"country present", "country=DE", "x=1"},
    {"country in DE, \"fr\"", "country=DE / country=FR", "country=SE / country="},
    {"seniority in c_level", "seniority=c_level", "seniority=owner"},
    {"seniority is c_level", "seniority=C_LEVEL", "seniority=c level"},
    {"city is \"Göteborg\"", "city=GÖTEBORG / city=göteborg", "city=Goteborg"},
    {"title contains \"manager\"", "job_title=Sales MANAGER", "job_title=Sales / job_title="},
    {"title contains \"a\", \"b\"", "job_title=a / job_title=b", "job_title=c"},
    {"title starts with \"head\"", "job_title= Head of X", "job_title=Ahead"},
    {"title ends with \"chef\"", "job_title=Försäljningschef ", "job_title=chefen"},
    {"title has word \"vp\", \"head of\"", "job_title=VP / job_title=Head of X", "job_title=SVP"},
    {"title has words \"vp\"", "job_title=VP", "job_title=SVP"},
    {"title has word \"päällikkö\"", "job_title=Myynti PÄÄLLIKKÖ", "job_title=Paallikko"},
    {"title has word \"r&d\", \".net\", \"c++\"",
     "job_title=Head of R&D / job_title=a .NET dev / job_title=C++ dev / job_title=ä .net",
     "job_title=R&Day / job_title=.network / job_title=abc++ / job_title=c"},
    {"title has word \"vice president\"",
     "job_title=Vice -  PRESIDENT / job_title=vice vice-president, x / job_title=ä vice president",
     "job_title=vice presidents / job_title=vice / job_title=vicepresident / "
     "job_title=vice_president"},
    {"title has word \"administration\", \"administrator\"",
     "job_title=Administrator / job_title=x administration",
     "job_title=administrators / job_title=administratio"},
    {"title has word \"ceo\" or title ~ /\\b(?:CEO|cto)\\b/", "job_title=Ceo / job_title=cto",
     "job_title=CTO / job_title=ceos"},
    {"not title has word \"vp\"", "job_title=SVP / job_title=", "job_title=vp"},
    {"email_flags has word free", "email_flags=role free / email_flags=free",
     "email_flags=freemium"},
    {"title ~ /^ch/i", "job_title=Chef", "job_title=sous-chef / job_title="},
    {"title matches /^ch/", "job_title=chef", "job_title=Chef"},
    {"title !~ /chef/", "job_title=cook", "job_title=chef / job_title="},
    {"title ~ /^p..$/", "job_title=pää", "job_title=päää"},
    {"title ~ /x\\?y/", "job_title=x?y", "job_title=xy"},
    {"employees between 50 and 100", "employees=50 / employees=100 / employees= 75 ",
     "employees=49 / employees=101 / employees= / employees=many / employees=75x"},
    {"employees >= 50", "employees=50 / employees=999999999999", "employees=49 / employees=-50"},
    {"employees > 50", "employees=51 / employees=50.5", "employees=50"},
    {"employees <= 50", "employees=50 / employees=-1", "employees=51 / employees="},
    {"employees < 50", "employees=49.999", "employees=50"},
    {"employees = 50", "employees=50 / employees=+50 / employees=50.0", "employees=51"},
    {"employees is 50", "employees=50", "employees=5 / employees="},
    {"employees != 50", "employees=51", "employees=50 / employees= / employees=x"},
    {"employees is not 50", "employees=51", "employees=50 / employees="},
    {"employees present", "employees=5 / employees=x", "employees="},
    {"employees missing", "employees=", "employees=5 / employees=x"},
    {"created_at within 7 days",
     "created_at=2026-11-14 / created_at=2026-11-14T23:00:00Z / "
     "created_at=2027-01-01 / created_at=2026-11-15T00:30+02:00",
     "created_at=2026-11-13 / created_at= / created_at=yesterday / created_at=2026-02-30"},
    {"created_at older than 7 days", "created_at=2026-11-13 / created_at=2026-11-14T00:30+02:00",
     "created_at=2026-11-14 / created_at=2027-01-01 / created_at="},
    {"created_at within 1 week", "created_at=2026-11-14", "created_at=2026-11-13"},
    {"created_at within 36 hours", "created_at=2026-11-19T12:00:00Z",
     "created_at=2026-11-19T11:59:59Z"},
    {"created_at older than 90 minutes", "created_at=2026-11-20T22:29:59Z",
     "created_at=2026-11-20T22:30:00Z"},
    {"created_at present", "created_at=x", "created_at="},
    {"email.domain is \"a.example\"", "email=x@A.example / email=x@y@a.example",
     "email=x@b.a.example / email=a.example / email=x@ / email="},
    {"email.domain in ours", "email=x@ours.example / email=x@mail.Ours.example",
     "email=x@notours.example / email="},
    {"domain in ours", "domain=www.ours.example", "domain=ours.example.com"},
    {"company in ours", "company=OURS.EXAMPLE", "company=www.ours.example"},
    {"name is \"Ada Vogt\"", "first_name=Ada|last_name=Vogt / first_name=ada vogt",
     "first_name=Ada / last_name=Vogt"},
    {"phone.type is mobile", "phone_kind=mobile", "phone_kind=fixed"},
    {"extra.status is \"New\"", "extra={\"Status\":\"new\"}",
     "extra={\"Status\":\"old\"} / extra={}"},
    {"extra \"Lead Status\" is \"New\"", "extra={\"Lead Status\":\"new\"}", "extra="},
    {"extra.pages >= 3", "extra={\"pages\":3} / extra={\"pages\":\"4\"}",
     "extra={\"pages\":2} / extra="},
    {"budget is \"big\"", "budget=BIG", "budget=small / budget="},
    {"source.incentive is high", "source_name=Prize Draw / source_campaign=the lottery",
     "source=ad / source_name=x"},
    {"source.accuracy is low", "source=ad", "source=webinar / source="},
    {"source.awareness missing", "source=unknown / x=1", "source=ad"},
    {"country is DE and employees > 5", "country=DE|employees=6", "country=DE / employees=6 / x=1"},
    {"country is DE or employees > 5", "country=DE / employees=6", "country=FR|employees=5"},
    {"country is DE or country is FR and employees > 5", "country=DE / country=FR|employees=6",
     "country=FR"},
    {"(country is DE or country is FR) and employees > 5", "country=DE|employees=6", "country=DE"},
    {"not (country is DE and employees > 5)", "country=DE / x=1", "country=DE|employees=6"},
    {"not not country is DE", "country=DE", "country=FR"},
};

static void check_condition(struct trial *trial, const char *condition, const char *records,
                            bool expected)
{
    char one[256];
    while (*records) {
        const char *end = strstr(records, " / ");
        size_t len = end ? (size_t)(end - records) : strlen(records);
        assert_true(len < sizeof one);
        memcpy(one, records, len);
        one[len] = '\0';
        // Twice: the second answer comes from memory.
        for (int i = 0; i < 2; i++) {
            struct score_result result = trial_score(trial, one);
            if ((result.score == 7) != expected) {
                fail_msg("%s of %s: %.*s", condition, one, STR_ARG(result.reasons));
            }
        }
        records += len + (end ? 3 : 0);
    }
}

static void every_condition(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        struct buffer text = {0};
        buffer_format(
            &text,
            "numbers extra.pages\ntexts budget\nlist ours is \"ours.example\"\n"
            "sources incentive accuracy awareness\n  \"prize draw\" high low low\n"
            "  /lottery/i high low low\n  \"ad\" low low high\n  \"webinar\" none high high\n"
            "group fit\n  +7 %s \"yes\"\n",
            conditions[i].condition);
        buffer_add_byte(&text, '\0');
        struct trial trial;
        trial_begin(&trial, text.data);
        if (!trial.rules) fail_msg("%.*s", STR_ARG(buffer_str(&trial.messages)));
        check_condition(&trial, conditions[i].condition, conditions[i].holds, true);
        check_condition(&trial, conditions[i].condition, conditions[i].fails, false);
        trial_end(&trial);
        buffer_release(&text);
    }
}

static const char constructs[] =
    "group fit from -30 to 50\n"
    "  +25       title has word \"ceo\"           \"decision maker\"\n"
    "  else +18  title has word \"vp\", \"ceo\"   \"vice\"\n"
    "  else +8   title present                    \"has a title\"\n"
    "  +30       company present                  \"company\"\n"
    "  -40       country is XX                    \"far away\"\n"
    "group engagement from 0 to 60 half-life 30 days counted from last_activity_at or created_at\n"
    "  +16       interest present                 \"interest\"\n"
    "  +10       notes present  keep              \"notes\"\n"
    "  +10       rating present fades over 60 days of created_at \"rating\"\n"
    "  -10       attended is no                   \"no show\"\n"
    "  +2 per minutes up to 16 keep               \"minutes\"\n"
    "  +1 per 5 touches up to 3 keep              \"touches\"\n"
    "  -1 per employees up to 4                   \"employees\"\n"
    "  +0        industry present                 \"on trial\"\n"
    "group suspicion not in score from 0 to 4\n"
    "  +3        city is \"x\"                    \"x as city\"\n"
    "  +3        street is \"x\"                  \"x as street\"\n";

static const struct {
    const char *record, *reasons;
} constructed[] = {
    {"x=1", "0 no rule matched"},
    {"industry=x", "0 no rule gave points"},
    {"job_title=CEO and VP", "+25 decision maker"},
    {"job_title=VP", "+18 vice"},
    {"job_title=clerk", "+8 has a title"},
    {"job_title=ceo|company=x", "+30 company; +25 decision maker; -5 fit limit 50"},
    {"country=XX", "-40 far away; +30 score is at least 0; +10 fit floor -30"},
    {"interest=x", "+16 interest"},
    {"interest=x|last_activity_at=2026-11-21", "+16 interest"},
    {"interest=x|last_activity_at=2026-10-22", "+8 interest"},
    {"interest=x|created_at=2026-10-22", "+8 interest"},
    {"interest=x|last_activity_at=?|created_at=2026-10-22", "+8 interest"},
    {"interest=x|last_activity_at=2026-11-21|created_at=2026-10-22", "+16 interest"},
    {"interest=x|last_activity_at=2027-10-22", "+16 interest"},
    {"interest=x|last_activity_at=2006-10-22", "0 no rule gave points"},
    {"notes=x|last_activity_at=2006-10-22", "+10 notes"},
    {"rating=x|created_at=2026-10-22", "+5 rating"},
    {"rating=x|created_at=2026-09-01", "0 no rule gave points"},
    {"attended=no|interest=x|last_activity_at=2026-10-22",
     "-10 no show; +8 interest; +2 engagement floor 0"},
    {"minutes=3", "+6 minutes"},
    {"minutes=3.9", "+6 minutes"},
    {"minutes=80", "+16 minutes"},
    {"minutes=999999999999999", "+16 minutes"},
    {"minutes=-3", "0 no rule matched"},
    {"minutes=many", "0 no rule matched"},
    {"touches=4", "0 no rule matched"},
    {"touches=9", "+1 touches"},
    {"touches=99", "+3 touches"},
    {"minutes=5|employees=3", "+10 minutes; -3 employees"},
    {"minutes=5|employees=300", "+10 minutes; -4 employees"},
    {"job_title=ceo|company=x|interest=x|notes=x|rating=x|minutes=9",
     "+30 company; +25 decision maker; +16 interest; +16 minutes; +10 notes; +10 rating; -5 fit "
     "limit 50; -2 score is at most 100"},
    {"city=x", "0 no rule gave points; suspicion 3: x as city"},
    {"city=x|street=x|job_title=VP", "+18 vice; suspicion 4: x as city, x as street"},
};

static void every_construct(void **state)
{
    (void)state;
    struct trial trial;
    trial_begin(&trial, constructs);
    if (!trial.rules) fail_msg("%.*s", STR_ARG(buffer_str(&trial.messages)));
    for (size_t i = 0; i < sizeof constructed / sizeof *constructed; i++) {
        struct score_result result = trial_score(&trial, constructed[i].record);
        str expected = str_of(constructed[i].reasons);
        if (!str_equal(result.reasons, expected)) {
            fail_msg("%s\nexpected %.*s\ngot      %.*s", constructed[i].record, STR_ARG(expected),
                     STR_ARG(result.reasons));
        }
        assert_int_equal(reasons_sum(result.reasons), result.score);
        bool has_comma = str_find(result.reasons, ',') >= 0;
        assert_int_equal(result.reasons_are_plain, !has_comma);
    }
    trial_end(&trial);
}

static const char decisions[] =
    "group fit\n"
    "  +1 per employees up to 100       \"fit\"\n"
    "group engagement\n"
    "  +1 per minutes up to 100         \"engagement\"\n"
    "group source from -50 to 0\n"
    "  -1 per touches up to 50          \"source\"\n"
    "group suspicion apart\n"
    "  +5 city is \"x\"                 \"x\"\n"
    "discard when notes is \"junk\"     \"junk\"\n"
    "discard when grade is D4 and notes present \"poor\"\n"
    "set aside when notes is \"junk\" or notes is \"rival\" \"rival, perhaps\"\n"
    "set aside for 30 days when tier is warm and notes is \"later\" \"later\"\n"
    "tier suspect when suspicion >= 4\n"
    "tier hot when score >= 60 and source_points > -10\n"
    "tier warm when (score between 30 and 59 or fit >= 90) and grade is not C4\n"
    "grade fit A from 35, B from 20, C from 5, else D\n"
    "grade engagement 1 from 30, 2 from 15, 3 from 5, else 4\n"
    "lifecycle review when tier is suspect\n"
    "lifecycle SQL when tier is hot and phone present\n"
    "lifecycle MQL when tier in hot, warm or grade in A1, A2, B1 or score < 3\n"
    "answer hot within 15 minutes, warm within 1 day\n";

static const struct {
    const char *record;
    enum score_tier tier;
    const char *grade, *lifecycle;
    enum score_verdict verdict;
    int32_t source_points;
} decided[] = {
    {"x=1", TIER_COLD, "D4", "MQL", SCORE_KEEP, 0},
    {"employees=4", TIER_COLD, "D4", "", SCORE_KEEP, 0},
    {"employees=35", TIER_WARM, "A4", "MQL", SCORE_KEEP, 0},
    {"employees=19|minutes=12", TIER_WARM, "C3", "MQL", SCORE_KEEP, 0},
    {"employees=20|minutes=5", TIER_COLD, "B3", "", SCORE_KEEP, 0},
    {"employees=35|minutes=30", TIER_HOT, "A1", "MQL", SCORE_KEEP, 0},
    {"employees=35|minutes=30|phone=1", TIER_HOT, "A1", "SQL", SCORE_KEEP, 0},
    {"employees=60|minutes=30|phone=1|touches=20", TIER_COLD, "A1", "MQL", SCORE_KEEP, -20},
    {"employees=35|minutes=30|city=x", TIER_SUSPECT, "A1", "review", SCORE_KEEP, 0},
    {"employees=35|minutes=30|notes=rival", TIER_HOT, "A1", "set_aside", SCORE_SET_ASIDE, 0},
    {"employees=35|notes=later", TIER_WARM, "A4", "set_aside", SCORE_SET_ASIDE, 0},
    {"employees=5|notes=later", TIER_COLD, "C4", "", SCORE_KEEP, 0},
    {"employees=35|notes=junk", TIER_WARM, "A4", "discarded", SCORE_DISCARD, 0},
    {"notes=anything", TIER_COLD, "D4", "discarded", SCORE_DISCARD, 0},
};

static void every_decision(void **state)
{
    (void)state;
    struct trial trial;
    trial_begin(&trial, decisions);
    if (!trial.rules) fail_msg("%.*s", STR_ARG(buffer_str(&trial.messages)));
    for (size_t i = 0; i < sizeof decided / sizeof *decided; i++) {
        struct score_result result = trial_score(&trial, decided[i].record);
        bool same = result.tier == decided[i].tier && result.verdict == decided[i].verdict &&
                    result.source_points == decided[i].source_points &&
                    str_equal(result.grade, str_of(decided[i].grade)) &&
                    str_equal(result.lifecycle, str_of(decided[i].lifecycle));
        if (!same) {
            fail_msg("%s: %.*s %.*s %.*s %d %d", decided[i].record,
                     STR_ARG(score_tier_name(result.tier)), STR_ARG(result.grade),
                     STR_ARG(result.lifecycle), (int)result.verdict, (int)result.source_points);
        }
    }
    struct score_result result = trial_score(&trial, "employees=35|notes=junk");
    assert_true(
        str_equal(result.reasons, STR("+35 fit; discarded: junk; set aside: rival, perhaps")));
    assert_false(result.reasons_are_plain);
    result = trial_score(&trial, "employees=35|notes=later");
    assert_true(str_equal(result.reasons, STR("+35 fit; set aside until 2026-12-21: later")));
    assert_true(result.reasons_are_plain);
    assert_int_equal(result.part_count, 1);
    assert_int_equal(result.parts[0].points, 35);
    assert_int_equal(score_ruleset_place(trial.rules, result.parts[0].rule).line, 2);
    trial_end(&trial);
}

static void counts(void **state)
{
    (void)state;
    struct trial trial;
    trial_begin(&trial, "group fit half-life 9 days of created_at\n  +5 title present \"a\"\n"
                        "  +5 company ~ /(a+)+$/ keep \"b\"\n");
    trial_score(&trial, "job_title=x");
    trial_score(&trial, "job_title=x|created_at=?");
    trial_score(&trial, "job_title=x|created_at=2026-11-22");
    trial_score(&trial, "company=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
    const struct score_counts *found = score_worker_counts(trial.worker);
    assert_int_equal(found->dates_missing, 2);
    assert_int_equal(found->dates_future, 1);
    assert_int_equal(found->pattern_limits, 1);
    size_t at = 0;
    str field;
    uint64_t count;
    assert_true(score_next_future(trial.rules, trial.worker, &at, &field, &count));
    assert_true(str_equal(field, STR("created_at")));
    assert_int_equal(count, 1);
    assert_false(score_next_future(trial.rules, trial.worker, &at, &field, &count));
    at = 0;
    assert_false(score_next_future(trial.rules, trial.worker, &at, &field, &count));
    trial_end(&trial);
}

// Bytes that are no UTF-8, NUL and very long values reach patterns and words unharmed.
static void nasty_values(void **state)
{
    (void)state;
    struct trial trial;
    trial_begin(&trial, "group fit\n  +1 title ~ /\\w\\d/ \"a\"\n  +2 title has word \"ä\" \"b\"\n"
                        "  +4 title contains \"zz\" \"c\"\n  +8 title is \"q\" \"d\"\n");
    size_t count;
    score_ruleset_fields(trial.rules, &count);
    assert_int_equal(count, 1);
    struct score_result result;
    char *large = memory_alloc(1 << 20);
    memset(large, 'z', 1 << 20);
    const str values[] = {
        {"\xFF\xC3 x1", 5}, {"\0x1\0", 4}, {"\xE4", 1}, {large, 1 << 20}, {" q ", 3}};
    static const int expected[] = {1, 1, 0, 4, 8};
    for (int i = 0; i < 5; i++) {
        trial.values[0] = values[i];
        score_evaluate(trial.rules, trial.worker, trial.values, &trial.arena, &result);
        assert_int_equal(result.score, expected[i]);
    }
    memory_free(large);
    trial_end(&trial);
}

// Dates that are read at sight and those that are not give the day that timestamp_parse gives.
static void every_date(void **state)
{
    (void)state;
    static const char *const dates[] = {
        "2026-11-20",
        "2026-02-28",
        "2026-02-29",
        "2024-02-29",
        "2025-12-31",
        "2025-11-31",
        "2026-00-10",
        "2026-13-10",
        "2026-10-00",
        "0000-01-01",
        "0001-03-01",
        "1999-12-31T23:59:59Z",
        "2000-03-01T00:00",
        "2000-03-01T24:00",
        "2000-03-01T23:60Z",
        "2000-03-01T23:59:60Z",
        "2000-03-01T1:00",
        "2000-03-01T",
        "2000-03-01Z",
        "2000-03-01T1",
        "2000-03-01T10",
        "2000-03-01T10:",
        "2000-03-01T10:0",
        "2000-03-01T10:00:0",
        "2000-03-01T10:00:00+02:00",
        "2000-03-01T00:30+02:00",
        "2000-03-01 10:00",
        "2000-03-01x",
        "200a-03-01",
        "2000/03/01",
        "2000-03-1",
        "2000-03-01T10x00Z",
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        int64_t seconds = 0, day = 0;
        bool known = timestamp_parse(str_of(dates[i]), &seconds);
        day = seconds / 86400 - (seconds % 86400 < 0);
        struct buffer text = {0};
        buffer_format(&text,
                      "group fit\n  +1 created_at within %lld days \"a\"\n"
                      "  +2 created_at older than %lld days \"b\"\n",
                      (long long)(known ? 20778 - day : 1000000),
                      (long long)(known ? 20777 - day : 0));
        buffer_add_byte(&text, '\0');
        struct trial trial;
        trial_begin(&trial, text.data); // 2026-11-21 is day 20778
        if (!trial.rules) fail_msg("%s %.*s", dates[i], STR_ARG(buffer_str(&trial.messages)));
        // An exact copy on the heap, so that reading past its end is seen.
        size_t len = strlen(dates[i]);
        char *exact = memory_alloc(len);
        memcpy(exact, dates[i], len);
        trial.values[0] = (str){exact, len};
        struct score_result result;
        score_evaluate(trial.rules, trial.worker, trial.values, &trial.arena, &result);
        if (result.score != (known ? 3 : 0)) fail_msg("%s: %d", dates[i], (int)result.score);
        memory_free(exact);
        trial_end(&trial);
        buffer_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_condition), cmocka_unit_test(every_construct),
        cmocka_unit_test(every_decision),  cmocka_unit_test(counts),
        cmocka_unit_test(nasty_values),    cmocka_unit_test(every_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
