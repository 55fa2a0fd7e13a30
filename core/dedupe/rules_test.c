// Every statement of dedupe.rules must be read for what it says, and every slip be told once, where
// it is.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "rules_match.h"
#include "rules_test.h"
#include "weigh.h"

static void test_statements(void **state)
{
    (void)state;
    struct loaded loaded;
    load(&loaded, "# a comment\n"
                  "key one is lead_id\n"
                  "key two is email + shared email + phone + mobile + company + city # parts\n"
                  "key three is first_name + last_name\n"
                  "\n"
                  "prefer source crm, most filled, newest, oldest\n"
                  "created_at takes oldest\n"
                  "notes takes longest\n"
                  "opt_out takes all words\n"
                  "minutes takes most\n"
                  "employees takes least\n"
                  "last_activity_at takes newest\n"
                  "suppress when opt_out has email, all\n"
                  "crm owner from \"Owner\", \"Our \\\"owner\\\"\"\n"
                  "crm stage from \"Stage\"\n");
    struct dedupe_rules *rules = &loaded.rules;
    assert_true(loaded.ok);
    assert_int_equal(loaded.diagnostics.errors + loaded.diagnostics.warnings, 0);
    assert_int_equal(rules->key_count, 3);
    assert_true(str_equal(rules->keys[0].name, STR("one")));
    assert_int_equal(rules->keys[0].parts[0].kind, PART_EXACT);
    static const enum part_kind kinds[] = {PART_EMAIL, PART_EMAIL_SHARED, PART_PHONE,
                                           PART_PHONE, PART_COMPANY,      PART_TEXT};
    assert_int_equal(rules->keys[1].part_count, 6);
    for (size_t i = 0; i < 6; i++) assert_int_equal(rules->keys[1].parts[i].kind, kinds[i]);
    assert_true(str_equal(rules->keys[1].parts[3].column, STR("mobile")));
    assert_int_equal(rules->keys[2].parts[1].kind, PART_NAME);
    static const enum prefer_kind prefers[] = {PREFER_SOURCE, PREFER_FILLED, PREFER_NEWEST,
                                               PREFER_OLDEST};
    assert_int_equal(rules->prefer_count, 4);
    for (size_t i = 0; i < 4; i++) assert_int_equal(rules->prefers[i].kind, prefers[i]);
    assert_true(str_equal(rules->prefers[0].source, STR("crm")));
    static const enum take_kind takes[] = {TAKE_OLDEST, TAKE_LONGEST, TAKE_WORDS,
                                           TAKE_MOST,   TAKE_LEAST,   TAKE_NEWEST};
    assert_int_equal(rules->take_count, 6);
    for (size_t i = 0; i < 6; i++) assert_int_equal(rules->takes[i].kind, takes[i]);
    assert_true(str_equal(rules->takes[1].column, STR("notes")));
    assert_int_equal(rules->suppress_count, 2);
    assert_true(str_equal(rules->suppress_words[1], STR("all")));
    assert_int_equal(rules->crm_owner_count, 2);
    assert_true(str_equal(rules->crm_owner[1], STR("Our \"owner\"")));
    assert_int_equal(rules->crm_stage_count, 1);
    release(&loaded);
}

static void test_match(void **state)
{
    (void)state;
    struct loaded loaded;
    load(&loaded, "match weight\n"
                  "match across list\n"
                  "id rec_id\n"
                  "field given_name as first_name\n"
                  "field \"Date of birth\" as text\n"
                  "field \"Date of birth\" as date\n"
                  "field phone as nothing\n"
                  "field reference as id\n"
                  "merge persons 4.5\n"
                  "review companies -2\n"
                  "key reference is reference + given_name + rec_id\n");
    struct dedupe_rules *rules = &loaded.rules;
    assert_true(loaded.ok);
    assert_int_equal(rules->match.by, MATCH_WEIGHT);
    assert_true(str_equal(rules->match.id.column, STR("rec_id")));
    assert_int_equal(rules->match.id.line, 3);
    assert_true(str_equal(rules->match.across.column, STR("list")));
    assert_int_equal(rules->match.merge_least[0], 4608);
    assert_int_equal(rules->match.merge_least[1], WEIGHT_MERGE);
    assert_int_equal(rules->match.review_least[0], WEIGHT_REVIEW);
    assert_int_equal(rules->match.review_least[1], -2048);
    assert_int_equal(dedupe_rules_kind(rules, STR("given_name")), FACT_FIRST_NAME);
    assert_int_equal(dedupe_rules_kind(rules, STR("Date of birth")), FACT_DATE);
    assert_int_equal(dedupe_rules_kind(rules, STR("mobile")), FACT_PHONE);
    assert_int_equal(dedupe_rules_kind(rules, STR("phone")), FIELD_NO_KIND);
    assert_int_equal(dedupe_rules_kind(rules, STR("notes")), FIELD_NO_KIND);
    assert_true(dedupe_rules_name(rules, STR("list")) && !dedupe_rules_name(rules, STR("")));
    static const enum part_kind kinds[] = {PART_EXACT, PART_NAME, PART_EXACT};
    for (size_t i = 0; i < 3; i++) assert_int_equal(rules->keys[0].parts[i].kind, kinds[i]);
    release(&loaded);
    load(&loaded, "match weight\n"); // no key is needed
    assert_true(loaded.ok);
    assert_true(str_equal(loaded.rules.match.id.column, STR("lead_id")));
    release(&loaded);
}

// The first line of a message, less the folder; the lines that follow are the line and its caret.
static void test_messages(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place, *message, *hint;
    } cases[] = {
        {"", "0:0", "no key: nothing would be joined", ""},
        {"prefer newest\n", "0:0", "no key: nothing would be joined", ""},
        {"kye a is email\n", "1:1", "\"kye\"", "key"},
        {"key\n", "1:4", "expected the key's name, found the end of the line", ""},
        {"key a\n", "1:6", "expected \"is\"", ""},
        {"key a is\n", "1:9", "expected a column", ""},
        {"key a is emial\n", "1:10", "no column called \"emial\"", "email"},
        {"key a is email +\n", "1:17", "expected a column", ""},
        {"key a is email last_name\n", "1:16", "last_name", ""},
        {"key a is shared phone\n", "1:10", "only an email can be shared", ""},
        {"key a is email\nkey a is phone\n", "2:5", "there is a key \"a\" already", ""},
        {"key a is city + city + city + city + city + city + city\n", "1:52",
         "a key has 6 parts at most", ""},
        {"key a is email\nprefer most\n", "2:12", "expected \"filled\"", ""},
        {"key a is email\nprefer filled\n", "2:8", "expected most filled, newest, oldest or source",
         ""},
        {"key a is email\nprefer source\n", "2:14", "expected a source such as webinar", ""},
        {"key a is email\nnotes takes\n", "2:12", "expected what it takes", ""},
        {"key a is email\nnotes take longest\n", "2:7", "expected \"takes\"", ""},
        {"key a is email\nnotes takes shortest\n", "2:13", "a column takes oldest", ""},
        {"key a is email\nnotes takes all\n", "2:16", "expected \"words\"", ""},
        {"key a is email\nminutes takes sum file\n", "2:19", "file", ""},
        {"key a is email\nminutes takes sum per row\n", "2:23", "expected \"file\"", ""},
        {"key a is email\nsuppress when opt_out has all, emial\n", "2:32", "an opt-out is",
         "email"},
        {"key a is email\nsuppress when opt_out has\n", "2:26", "expected email, phone", ""},
        {"key a is email\nsuppress when email has x\n", "2:15", "expected \"opt_out\"", ""},
        {"key a is email\ncrm who from \"x\"\n", "2:5",
         "expected id, owner, stage, account or addresses", ""},
        {"key a is email\ncrm owner from x\n", "2:16", "expected a column's name in quotes", ""},
        {"key a is email\ncrm owner from \"x\n", "2:18", "this text has no closing quote",
         "add \" at the end"},
        {"match\n", "1:6", "expected keys, weight or across", ""},
        {"match wieght\n", "1:7", "expected keys, weight or across", ""},
        {"match weight\nid\n", "2:3", "expected a column's name", ""},
        {"match weight\nfield x\n", "2:8", "expected \"as\"", ""},
        {"match weight\nfield x as\n", "2:11", "expected a kind such as email", ""},
        {"match weight\nfield x as fistname\n", "2:12", "no kind called \"fistname\"",
         "first_name"},
        {"match weight\nfeild x as email\n", "2:1", "\"feild\"", "field"},
        {"match weight\nmerge 3\n", "2:7", "expected persons or companies", ""},
        {"match weight\nmerge persons\n", "2:14", "expected a weight in bits", ""},
        {"match weight\nmerge persons 201\n", "2:15", "a weight is between -200 and 200", ""},
        {"match weight\nreview persons 4\n", "0:0", "review persons is above merge", ""},
        {"match weight\nkey a is given\nfield given as email\n", "2:10",
         "no column called \"given\"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct loaded loaded;
        struct buffer out = {0};
        load(&loaded, cases[i].text);
        diagnostics_write(&loaded.diagnostics, &out);
        buffer_add_byte(&out, '\0');
        assert_false(loaded.ok);
        assert_int_equal(loaded.err.kind, ERR_RULES);
        if (loaded.diagnostics.errors != 1) fail_msg("%zu messages: %s", i, out.data);
        char place[100];
        snprintf(place, sizeof place, "dedupe.rules:%s: ", cases[i].place);
        bool has_place = cases[i].place[0] == '0' || strstr(out.data, place);
        if (!has_place || !strstr(out.data, cases[i].message) || !strstr(out.data, cases[i].hint)) {
            fail_msg("'%s': %s", cases[i].text, out.data);
        }
        buffer_release(&out);
        release(&loaded);
    }
}

// One message a line, and the lines behind a bad one are read.
static void test_goes_on(void **state)
{
    (void)state;
    struct loaded loaded;
    load(&loaded, "key a is emial + pohne\nkey b is email\nwhat\nprefer newst\n");
    assert_false(loaded.ok);
    assert_int_equal(loaded.diagnostics.errors, 3);
    assert_int_equal(loaded.rules.key_count, 1);
    release(&loaded);
}

static void test_too_many(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i < DEDUPE_KEYS_MAX; i++) buffer_format(&text, "key k%d is email\n", i);
    for (int i = 0; i < 100; i++) buffer_format(&text, "notes takes longest\n");
    for (int i = 0; i < DEDUPE_NAMES_MAX / 2; i++) {
        buffer_format(&text, "suppress when opt_out has phone, all\n");
    }
    buffer_add_byte(&text, '\0');
    struct loaded loaded;
    load(&loaded, text.data);
    assert_true(loaded.ok);
    assert_int_equal(loaded.rules.key_count, DEDUPE_KEYS_MAX);
    assert_int_equal(loaded.rules.take_count, 100);
    assert_int_equal(loaded.rules.suppress_count, DEDUPE_NAMES_MAX);
    release(&loaded);
    static const char *const more[] = {
        "key one_more is email\n",
        "prefer newest, newest, newest, newest, newest, newest, newest, newest, newest, newest, "
        "newest, newest, newest, newest, newest, newest, newest\n",
        "suppress when opt_out has mail\n",
        "crm owner from \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", "
        "\"11\", \"12\", \"13\", \"14\", \"15\", \"16\", \"17\"\n"};
    text.len--;
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        size_t len = text.len;
        buffer_add(&text, str_of(more[i]));
        buffer_add_byte(&text, '\0');
        load(&loaded, text.data);
        if (loaded.ok || loaded.diagnostics.errors != 1) fail_msg("not refused: %s", more[i]);
        release(&loaded);
        text.len = len;
    }
    buffer_release(&text);
}

// What stands in NAME.local comes on top; a crm line there replaces the shipped one.
static void test_local(void **state)
{
    (void)state;
    struct loaded loaded;
    put_file("dedupe.rules.local",
             STR("key b is phone + last_name\nnotes takes newest\ncrm owner from \"Mine\"\n"));
    load(&loaded, "key a is email\nnotes takes longest\ncrm owner from \"A\", \"B\"\n");
    assert_true(loaded.ok);
    assert_int_equal(loaded.rules.key_count, 2);
    assert_true(str_equal(loaded.rules.keys[1].name, STR("b")));
    assert_int_equal(loaded.rules.crm_owner_count, 1);
    assert_true(str_equal(loaded.rules.crm_owner[0], STR("Mine")));
    release(&loaded);
    put_file("dedupe.rules.local", STR("key a is phone\n"));
    load(&loaded, "key a is email\n");
    assert_false(loaded.ok);
    release(&loaded);
}

static void test_shipped(void **state)
{
    (void)state;
    struct loaded loaded = {0};
    rulebook_add_dir(&loaded.book, "rules");
    assert_true(
        dedupe_rules_load(&loaded.rules, &loaded.book, NULL, &loaded.diagnostics, &loaded.err));
    assert_int_equal(loaded.diagnostics.errors + loaded.diagnostics.warnings, 0);
    // design: two records with one lead_id are the same lead seen again, always joined.
    assert_int_equal(loaded.rules.keys[0].parts[0].kind, PART_EXACT);
    assert_true(str_equal(loaded.rules.keys[0].parts[0].column, STR("lead_id")));
    release(&loaded);
    loaded = (struct loaded){0};
    rulebook_add_dir(&loaded.book, folder);
    assert_false(dedupe_rules_load(&loaded.rules, &loaded.book, "no/such.rules",
                                   &loaded.diagnostics, &loaded.err));
    assert_true(loaded.err.kind != ERR_NONE);
    release(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statements), cmocka_unit_test(test_match),
        cmocka_unit_test(test_messages),   cmocka_unit_test(test_goes_on),
        cmocka_unit_test(test_too_many),   cmocka_unit_test_teardown(test_local, empty_folder),
        cmocka_unit_test(test_shipped),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
