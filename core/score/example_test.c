// A whole rule file as a company would write it, and three made-up leads: a buyer, a prank, and one
// from a competitor; then properties that hold for any rules and any lead.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "testing.h"

static const char example[] =
    "numbers extra.pages\n"
    "texts   seller.domain\n"
    "list    freemail is \"gmail.com\", \"yahoo.com\"\n"
    "list    rivals   is \"rival.example\"\n"
    "sources incentive accuracy awareness\n"
    "  \"Prize draw\"              high none low\n"
    "  /webinar|trade ?show/i      none high high\n"
    "  /^partner feed/i            low medium low\n"
    "  otherwise                   none medium medium\n"
    "group fit from -30 to 50\n"
    "  +25       title ~ /\\b(chief|c[efot]o|founder|owner)\\b/i       \"makes decisions\"\n"
    "  else +18  title has word \"vp\", \"vice president\", \"head of\", \"director\" \"leads a "
    "part\"\n"
    "  else +8   title contains \"manager\"                            \"manages\"\n"
    "  +15       employees between 50 and 1000                         \"right size\"\n"
    "  +10       country in \"DE\", \"FR\", \"NL\"                     \"our market\"\n"
    "  -15       email.domain in freemail                              \"free mail\"\n"
    "  -20       title has word \"student\", \"intern\", \"retired\"   \"does not buy\"\n"
    "group engagement from 0 to 50 half-life 30 days counted from last_activity_at\n"
    "  +30       interest is \"demo\" or interest is \"quote\" keep    \"wants a demo\"\n"
    "  +2 per extra.pages up to 16                                     \"pages\"\n"
    "  +10       last_activity_at within 7 days                        \"here this week\"\n"
    "group source from -30 to 0\n"
    "  -15       source.incentive is high                              \"was paid to answer\"\n"
    "  -10       source.accuracy is none                               \"wrong details\"\n"
    "  -10       source.awareness is low                               \"unaware of us\"\n"
    "group suspicion not in score\n"
    "  +3        name ~ /(.)\\1{3,}/i                                  \"random name\"\n"
    "  +2        phone_status is \"invalid\"                           \"impossible number\"\n"
    "discard when email_status is \"invalid\" and phone_status is \"invalid\" \"unreachable\"\n"
    "set aside for 180 days when email.domain in rivals or seller.domain in rivals \"rival\"\n"
    "tier suspect when suspicion >= 4\n"
    "tier hot     when score >= 60\n"
    "tier warm    when score >= 30\n"
    "tier cold    otherwise\n"
    "grade fit         A from 35, B from 20, C from 5, else D\n"
    "grade engagement  1 from 30, 2 from 15, 3 from 5, else 4\n"
    "lifecycle review  when tier is suspect\n"
    "lifecycle SQL     when tier is hot and interest present\n"
    "lifecycle MQL     when tier is hot or grade in A1, A2, B1\n"
    "lifecycle nurture otherwise\n"
    "answer hot within 15 minutes, warm within 1 day\n"
    "expect title \"CTO\", employees 120, country \"DE\", interest \"demo\" gives tier hot, grade "
    "A1\n"
    "expect title \"student\", email \"x@gmail.com\" gives tier cold\n";

static const struct {
    const char *record;
    int32_t raw;
    enum score_tier tier;
    const char *grade, *lifecycle, *reasons;
} leads[] = {
    {"first_name=Ada|last_name=Vogt|job_title=Chief Operating Officer|employees=240|country=DE|"
     "email=ada@vogt.example|interest=demo|extra={\"pages\":\"9\"}|last_activity_at=2026-10-22|"
     "source_name=Webinar October|phone_status=valid|email_status=valid",
     88, TIER_HOT, "A1", "SQL",
     "+30 wants a demo; +25 makes decisions; +15 right size; +10 our market; +8 pages"},
    {"first_name=aaaaaa|job_title=student|email=x@gmail.com|source_name=Prize draw|"
     "phone_status=invalid|email_status=valid",
     -60, TIER_SUSPECT, "D4", "review",
     "+60 score is at least 0; -20 does not buy; -15 free mail; -15 was paid to answer; "
     "-10 wrong details; -10 unaware of us; +5 fit floor -30; +5 source floor -30; "
     "suspicion 5: random name, impossible number"},
    {"first_name=Bo|last_name=Lind|job_title=Director Sales|employees=80|country=NL|"
     "email=bo@rival.example|source_name=Partner feed 3|email_status=valid",
     33, TIER_WARM, "A4", "set_aside",
     "+18 leads a part; +15 right size; +10 our market; -10 unaware of us; "
     "set aside until 2027-05-20: rival"},
};

static void example_leads(void **state)
{
    (void)state;
    struct trial trial;
    trial_begin(&trial, example);
    if (trial.messages.len) fail_msg("%.*s", STR_ARG(buffer_str(&trial.messages)));
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        struct score_result result = trial_score(&trial, leads[i].record);
        assert_int_equal(result.score_raw, leads[i].raw);
        assert_int_equal(result.tier, leads[i].tier);
        assert_true(str_equal(result.grade, str_of(leads[i].grade)));
        assert_true(str_equal(result.lifecycle, str_of(leads[i].lifecycle)));
        if (!str_equal(result.reasons, str_of(leads[i].reasons))) {
            fail_msg("%.*s", STR_ARG(result.reasons));
        }
        assert_int_equal(reasons_sum(result.reasons), result.score);
    }
    assert_int_equal(score_ruleset_answer_minutes(trial.rules, TIER_HOT), 15);
    trial_end(&trial);
}

// A generator of its own, so that a failure can be repeated: xorshift64.
static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static int random_below(uint64_t *seed, int limit)
{
    return (int)(random_next(seed) % (uint64_t)limit);
}

static const char *pick(uint64_t *seed, const char *const from[], int count)
{
    return from[random_below(seed, count)];
}

static const char *const tests_of[] = {
    "title has word \"a\", \"b\"",
    "title contains \"ab\"",
    "title missing",
    "employees > 3",
    "employees between 1 and 5",
    "country in a, b, c",
    "not country is a",
    "country is b",
    "created_at within 30 days",
    "title ~ /a.b/i",
    "source.accuracy is low",
    "extra.x is \"a\"",
    "country present",
    "name has word \"a b\"",
};
enum { TESTS_OF = sizeof tests_of / sizeof *tests_of };

static void add_condition(uint64_t *seed, struct buffer *out)
{
    static const char *const joins[] = {" and ", " or ", " and not "};
    buffer_format(out, "%s", pick(seed, tests_of, TESTS_OF));
    for (int more = random_below(seed, 3); more > 0; more--) {
        buffer_format(out, "%s%s", pick(seed, joins, 3), pick(seed, tests_of, TESTS_OF));
    }
}

// One plain line and the else lines of its chain.
static void add_chain(uint64_t *seed, int number, struct buffer *out)
{
    int lines = 1 + random_below(seed, 3);
    for (int i = 0; i < lines; i++) {
        buffer_format(out, "  %s%+d ", i ? "else " : "", random_below(seed, 121) - 60);
        bool is_per = random_below(seed, 5) == 0;
        if (is_per) {
            buffer_format(out, "per %d employees up to %d", 1 + random_below(seed, 3),
                          random_below(seed, 40));
        } else {
            add_condition(seed, out);
        }
        if (random_below(seed, 4) == 0) buffer_add(out, STR(" keep"));
        buffer_format(out, " \"rule %d.%d\"\n", number, i);
    }
}

enum { GROUPS = 4, CHAINS = 8 };

// Groups and their chains in the given orders; what they hold depends on the seed alone.
static void write_rules(uint64_t seed, const int groups[GROUPS], const int chains[CHAINS],
                        struct buffer *out)
{
    static const char *const heads[GROUPS] = {
        "group fit from -30 to 45", "group engagement half-life 20 days of created_at",
        "group source from -20 to 10 fades over 90 days of created_at", "group suspicion apart"};
    buffer_add(out, STR("sources incentive accuracy awareness\n  \"a\" high low low\n"
                        "  otherwise low high low\n"));
    for (int i = 0; i < GROUPS; i++) {
        buffer_format(out, "%s\n", heads[groups[i]]);
        for (int j = 0; j < CHAINS; j++) {
            uint64_t own = seed * 1000003 + (uint64_t)(groups[i] * CHAINS + chains[j]) * 7919 + 1;
            for (int k = 0; k < 5; k++) random_next(&own);
            add_chain(&own, groups[i] * CHAINS + chains[j], out);
        }
    }
    buffer_add(out, STR("tier hot when score >= 50\ntier warm when fit > 3 or suspicion > 9\n"
                        "grade fit A from 20, B from 0, else C\n"));
    buffer_add_byte(out, '\0');
}

static void write_record(uint64_t *seed, struct buffer *out)
{
    static const char *const titles[] = {"", "a", "ab", "A B", "a-b", "xab b", "axb", "b, a"};
    static const char *const numbers[] = {"", "0", "1", "4", "7", "100", "x"};
    static const char *const countries[] = {"", "a", "b", "c", "d"};
    static const char *const dates[] = {
        "", "2026-11-20", "2026-10-20", "2026-08-01", "2027-01-01", "2026-11-01T10:00:00Z", "no"};
    static const char *const extras[] = {"", "{\"x\":\"a\"}", "{\"x\":1}", "{"};
    buffer_clear(out);
    buffer_format(out,
                  "job_title=%s|employees=%s|country=%s|created_at=%s|extra=%s|source=%s|"
                  "first_name=%s|last_name=%s",
                  pick(seed, titles, 8), pick(seed, numbers, 7), pick(seed, countries, 5),
                  pick(seed, dates, 7), pick(seed, extras, 4), pick(seed, countries, 5),
                  pick(seed, titles, 8), pick(seed, titles, 8));
    buffer_add_byte(out, '\0');
}

static void shuffle(uint64_t *seed, int items[], int count)
{
    for (int i = 0; i < count; i++) items[i] = i;
    for (int i = count - 1; i > 0; i--) {
        int other = random_below(seed, i + 1), kept = items[i];
        items[i] = items[other];
        items[other] = kept;
    }
}

// For random rules and leads: the reasons add up; the order of groups and of chains changes
// neither score nor tier; a second worker, and one that has seen other leads, say the same.
static void properties(void **state)
{
    (void)state;
    static const int in_order[] = {0, 1, 2, 3, 4, 5, 6, 7};
    uint64_t seed = 2026;
    struct buffer text = {0}, other_text = {0}, record = {0};
    size_t distinct = 0;
    for (uint64_t round = 0; round < 60; round++) {
        int groups[GROUPS], chains[CHAINS];
        shuffle(&seed, groups, GROUPS);
        shuffle(&seed, chains, CHAINS);
        buffer_clear(&text);
        buffer_clear(&other_text);
        write_rules(round, in_order, in_order, &text);
        write_rules(round, groups, chains, &other_text);
        struct trial trial, other;
        trial_begin(&trial, text.data);
        trial_begin(&other, other_text.data);
        if (!trial.rules) fail_msg("%s\n%.*s", text.data, STR_ARG(buffer_str(&trial.messages)));
        assert_non_null(other.rules);
        int32_t before = 0;
        for (int i = 0; i < 200; i++) {
            write_record(&seed, &record);
            struct score_result a = trial_score(&trial, record.data);
            struct score_result b = trial_score(&other, record.data);
            if (reasons_sum(a.reasons) != a.score) {
                fail_msg("%s\n%s: %d, %.*s", text.data, record.data, (int)a.score,
                         STR_ARG(a.reasons));
            }
            assert_int_equal(reasons_sum(b.reasons), b.score);
            assert_int_equal(a.score_raw, b.score_raw);
            assert_int_equal(a.fit, b.fit);
            assert_int_equal(a.engagement, b.engagement);
            assert_int_equal(a.source_points, b.source_points);
            assert_int_equal(a.suspicion, b.suspicion);
            assert_int_equal(a.tier, b.tier);
            assert_true(str_equal(a.grade, b.grade));
            str reasons = arena_copy(&trial.arena, a.reasons);
            score_worker_free(trial.worker);
            trial.worker = score_worker_new(trial.rules);
            struct score_result again = trial_score(&trial, record.data);
            assert_true(str_equal(again.reasons, reasons));
            distinct += a.score_raw != before;
            before = a.score_raw;
        }
        trial_end(&trial);
        trial_end(&other);
    }
    assert_true(distinct > 5000); // the leads were not all alike
    buffer_release(&text);
    buffer_release(&other_text);
    buffer_release(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(example_leads),
                                       cmocka_unit_test(properties)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
