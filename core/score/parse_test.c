// Every message and warning, as people see it: testdata/score/messages.txt holds rule texts, each
// followed by ">>>>" and what must be said about it, "%%" between them. Then what needs files.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "testing.h"

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *text = memory_zeroed(1 << 18, 1);
    size_t len = fread(text, 1, (1 << 18) - 1, file);
    assert_true(len > 0 && len < (1 << 18) - 1);
    fclose(file);
    return text;
}

static void check_messages(const char *path)
{
    char *text = read_file(path), *at = text;
    size_t count = 0;
    while (*at) {
        char *expected = strstr(at, ">>>>\n"), *end = strstr(at, "%%\n");
        assert_true(expected && end && expected < end);
        *expected = *end = '\0';
        expected += 5;
        struct trial trial;
        trial_begin(&trial, at);
        str got = buffer_str(&trial.messages);
        if (!str_equal(got, str_of(expected))) {
            fail_msg("of\n%s\nexpected\n%s\ngot\n%.*s", at, expected, STR_ARG(got));
        }
        trial_end(&trial);
        at = end + 3;
        count++;
    }
    assert_true(count > 5);
    memory_free(text);
}

static void messages(void **state)
{
    (void)state;
    check_messages("testdata/score/messages.txt");
}

static void warnings(void **state)
{
    (void)state;
    check_messages("testdata/score/warnings.txt");
}

// A folder of rule files, gone after the test.
struct folder {
    char path[32];
    const char *names[8];
    size_t count;
};

static void folder_begin(struct folder *folder)
{
    *folder = (struct folder){.path = "/tmp/score-test-XXXXXX"};
    assert_non_null(mkdtemp(folder->path));
}

static void put_file(struct folder *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    folder->names[folder->count++] = name;
}

static void folder_end(struct folder *folder)
{
    char path[256];
    for (size_t i = 0; i < folder->count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder->path, folder->names[i]);
        unlink(path);
    }
    rmdir(folder->path);
}

// Loads main.rules of the folder; afterwards trial is as trial_begin leaves it.
static void load(struct trial *trial, const struct folder *folder)
{
    *trial = (struct trial){0};
    struct score_options options = {0};
    timestamp_parse(STR("2026-11-21"), &options.as_of);
    rulebook_add_dir(&trial->book, folder->path);
    trial->rules = score_ruleset_load(&trial->book, STR("main.rules"), &options, &trial->found);
    diagnostics_write(&trial->found, &trial->messages);
    if (!trial->rules) return;
    size_t count;
    score_ruleset_fields(trial->rules, &count);
    trial->worker = score_worker_new(trial->rules);
    trial->values = memory_zeroed(count + 1, sizeof *trial->values);
}

static void check_reasons(struct trial *trial, const char *record, const char *expected)
{
    if (!trial->rules) fail_msg("%.*s", STR_ARG(buffer_str(&trial->messages)));
    struct score_result result = trial_score(trial, record);
    if (!str_equal(result.reasons, str_of(expected))) {
        fail_msg("%s: expected %s, got %.*s", record, expected, STR_ARG(result.reasons));
    }
}

// The main file's lines win over those it includes, score.rules.local over both.
static void layers(void **state)
{
    (void)state;
    struct folder folder;
    folder_begin(&folder);
    put_file(&folder, "base.rules",
             "group fit from 0 to 50\n"
             "  +10 title has word \"ceo\" \"boss\"\n"
             "  else +5 title present \"has a title\"\n"
             "  +3 company present \"has a company\"\n"
             "tier hot when score >= 1\n"
             "grade fit A from 1, else B\n");
    put_file(&folder, "main.rules",
             "include \"base.rules\"\n"
             "include \"base.rules\"\n" // again: no second time
             "group fit\n"
             "  +20 title has word \"ceo\", \"chief\" \"boss\"\n"
             "tier warm when score >= 20\n"
             "tier cold otherwise\n");
    put_file(&folder, "main.rules.local",
             "list ours from \"ours.txt\"\n"
             "group fit\n"
             "  +4 company present \"has a company\"\n"
             "  +1 domain in ours \"ours\"\n"
             "grade fit X from 1, else Y\n");
    put_file(&folder, "ours.txt", "# ours\nA.example\nb.example\nÄÖ.example\n");
    put_file(&folder, "ours.txt.local", "c.example\n-b.example\n");
    struct trial trial;
    load(&trial, &folder);
    check_reasons(&trial, "job_title=Chief|company=X", "+20 boss; +4 has a company");
    check_reasons(&trial, "job_title=clerk", "+5 has a title");
    check_reasons(&trial, "domain=a.example", "+1 ours");
    check_reasons(&trial, "domain=www.c.example", "+1 ours");
    check_reasons(&trial, "domain=äö.example", "+1 ours");
    check_reasons(&trial, "domain=b.example", "0 no rule matched");
    struct score_result result = trial_score(&trial, "job_title=clerk|company=X");
    assert_int_equal(result.tier, TIER_COLD);
    assert_true(str_equal(result.grade, STR("X")));
    trial_end(&trial);
    folder_end(&folder);
}

// Tiers of score.rules.local take the place of all others: said, with those that are gone.
static void lost_tiers(void **state)
{
    (void)state;
    struct folder folder;
    folder_begin(&folder);
    put_file(&folder, "main.rules",
             "group fit from 0 to 50\n"
             "  +50 title has word \"ceo\" \"boss\"\n"
             "group suspicion not in score\n"
             "  +4 title has word \"x\" \"x\"\n"
             "tier suspect when suspicion >= 4\n"
             "tier hot when score >= 40\n"
             "tier warm when score >= 20\n"
             "tier cold otherwise\n"
             "lifecycle SQL when tier is hot\n"
             "lifecycle nurture otherwise\n");
    put_file(&folder, "main.rules.local",
             "tier hot when score >= 30\nlifecycle nurture when tier is hot\n");
    struct trial trial;
    load(&trial, &folder);
    char expected[512];
    snprintf(expected, sizeof expected,
             "%s/main.rules.local:1:1: warning: this replaces all tiers of main.rules: suspect, "
             "warm have no line\n    tier hot when score >= 30\n    ^\n"
             "    copy the tier lines that are to stay from main.rules to this file\n"
             "%s/main.rules.local:2:1: warning: this replaces all lifecycles of main.rules: SQL "
             "has no line\n    lifecycle nurture when tier is hot\n    ^\n"
             "    copy the lifecycle lines that are to stay from main.rules to this file\n",
             folder.path, folder.path);
    buffer_add_byte(&trial.messages, '\0');
    assert_string_equal(trial.messages.data, expected);
    trial_end(&trial);
    folder_end(&folder);
}

static void cycles(void **state)
{
    (void)state;
    struct folder folder;
    folder_begin(&folder);
    put_file(&folder, "main.rules", "include \"a.rules\"\n");
    put_file(&folder, "a.rules", "\ninclude \"b.rules\"\n");
    put_file(&folder, "b.rules", "group fit\n  +5 title present \"a\"\ninclude \"main.rules\"\n");
    struct trial trial;
    load(&trial, &folder);
    assert_null(trial.rules);
    char expected[512];
    snprintf(expected, sizeof expected,
             "%s/b.rules:3:9: error: a file includes itself: %s/main.rules -> %s/a.rules -> "
             "%s/b.rules -> %s/main.rules\n    include \"main.rules\"\n            ^\n",
             folder.path, folder.path, folder.path, folder.path, folder.path);
    buffer_add_byte(&trial.messages, '\0');
    assert_string_equal(trial.messages.data, expected);
    trial_end(&trial);
    folder_end(&folder);
}

static void not_utf8(void **state)
{
    (void)state;
    struct trial trial;
    trial_begin(&trial, "group fit\n  +5 title is \"p\xE4\xE4\" \"a\"\n");
    assert_null(trial.rules);
    assert_non_null(memmem(trial.messages.data, trial.messages.len,
                           "t.rules:2:17: error: this is not UTF-8", 38));
    trial_end(&trial);
}

// The version changes with the content of any file, and with nothing else.
static void version(void **state)
{
    (void)state;
    struct trial a, b, c;
    trial_begin(&a, "group fit\n  +5 title present \"a\"\n");
    trial_begin(&b, "group fit\n  +5 title present \"a\"\n");
    trial_begin(&c, "group fit\n  +6 title present \"a\"\n");
    str version = score_ruleset_version(a.rules);
    assert_int_equal(version.len, 13);
    assert_int_equal(version.data[0], 'r');
    assert_true(str_equal(version, score_ruleset_version(b.rules)));
    assert_false(str_equal(version, score_ruleset_version(c.rules)));
    trial_end(&a);
    trial_end(&b);
    trial_end(&c);
}

// The shipped rules load without a word; their own `expect` lines are run by that.
static void shipped(void **state)
{
    (void)state;
    struct rulebook book = {0};
    struct diagnostics found = {0};
    struct score_options options = {.as_of = 1795219200};
    rulebook_add_dir(&book, "rules");
    struct score_ruleset *rules = score_ruleset_load(&book, STR("score.rules"), &options, &found);
    struct buffer messages = {0};
    diagnostics_write(&found, &messages);
    if (messages.len) fail_msg("%.*s", STR_ARG(buffer_str(&messages)));
    assert_non_null(rules);
    assert_true(score_ruleset_rule_count(rules) > 30);
    assert_int_equal(score_ruleset_answer_minutes(rules, TIER_HOT), 15);
    assert_int_equal(score_ruleset_answer_minutes(rules, TIER_WARM), 1440);
    assert_int_equal(score_ruleset_answer_minutes(rules, TIER_SUSPECT), 0);
    score_ruleset_free(rules);
    diagnostics_release(&found);
    buffer_release(&messages);
    rulebook_release(&book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages),   cmocka_unit_test(warnings), cmocka_unit_test(layers),
        cmocka_unit_test(lost_tiers), cmocka_unit_test(cycles),   cmocka_unit_test(not_utf8),
        cmocka_unit_test(version),    cmocka_unit_test(shipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
