// What was merged must come apart byte for byte, alone and where it stood in the leads, and what is
// no merge of these leads must be told.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/csv/test_files.h"
#include "undo.h"

#define HEAD "role,cluster_id,lead_id,source,created_at,last_activity_at,notes\n"

// Quotes that nobody needed, blanks in quotes, line ends and quotes in fields, quoted blanks; the
// rows of c1 are not neighbours.
static const char duplicates[] = HEAD "duplicate,c1,\"c1\",ad,2026-02-01,2026-01-01,\"\"\n"
                                      "survivor,\"c,2\",\"c,2\",,,,\"a \"\"b\"\",\nd\"\n"
                                      "duplicate,\"c,2\",c3,web,soon,2026-01-05,\" kept \"\n"
                                      "survivor,c1,c9,ad,,,x\n";

static const char members[] = "lead_id,source,created_at,last_activity_at,notes\n"
                              "\"c1\",ad,2026-02-01,2026-01-01,\"\"\n"
                              "\"c,2\",,,,\"a \"\"b\"\",\nd\"\n"
                              "c3,web,soon,2026-01-05,\" kept \"\n"
                              "c9,ad,,,x\n";

#define LEADS_HEAD                                                                                 \
    "lead_id,notes,budget,cluster_id,cluster_size,matched_on,sources,touches,first_touch_at,"      \
    "last_touch_at,score\n"

static const char leads[] = LEADS_HEAD "z,\"z\",,z,1,,ad,1,,,5\n"
                                       "c9,x,9,c1,2,email,ad,1,,,7\r\n"
                                       "\"c,2\",k,,\"c,2\",2,phone,web,1,,,8\n";

static const char undone[] = LEADS_HEAD "z,\"z\",,z,1,,ad,1,,,5\n"
                                        "\"c1\",\"\",,c1,1,,ad,1,2026-01-01,2026-02-01,\n"
                                        "c9,x,,c9,1,,ad,1,,,\n"
                                        "\"c,2\",\"a \"\"b\"\",\nd\",,\"c,2\",1,,,1,,,\n"
                                        "c3,\" kept \",,c3,1,,web,1,2026-01-05,2026-01-05,\n";

struct undoing {
    struct buffer out;
    struct undo_counts counts;
    struct err err;
};

// Undoes clusters, separated by |, all for ""; in the leads unless they are NULL.
static void make(struct undoing *undoing, const char *text, const char *clusters, const char *given)
{
    *undoing = (struct undoing){0};
    struct err *err = &undoing->err;
    char wanted[4][64];
    const char *items[4];
    struct undo_wanted asked = {items, 0};
    for (str rest = str_of(clusters), piece; rest.len && str_cut(&rest, '|', &piece);) {
        snprintf(wanted[asked.count], sizeof *wanted, "%.*s", STR_ARG(piece));
        items[asked.count] = wanted[asked.count];
        asked.count++;
    }
    struct input *from = input_open(put_file("d.csv", str_of(text)), err), *to = NULL;
    struct undo *undo = undo_open(from, &asked, err);
    if (undo && given) {
        to = input_open(put_file("l.csv", str_of(given)), err);
        if (undo_leads_open(undo, to, err)) {
            while (undo_leads(undo, &undoing->out, err)) continue;
            assert_false(undo_leads(undo, &undoing->out, err));
        }
    } else if (undo) {
        while (undo_rows(undo, &undoing->out, err)) continue;
        assert_false(undo_rows(undo, &undoing->out, err));
    }
    if (undo) undoing->counts = undo_counts(undo);
    undo_close(undo);
    input_close(from);
    input_close(to);
}

static void check(const char *text, const char *clusters, const char *given, const char *want)
{
    struct undoing undoing;
    make(&undoing, text, clusters, given);
    assert_string_equal(undoing.err.text, "");
    if (!str_equal(buffer_str(&undoing.out), str_of(want))) {
        fail_msg("'%s': %.*s", clusters, STR_ARG(buffer_str(&undoing.out)));
    }
    buffer_release(&undoing.out);
}

static void test_members(void **state)
{
    (void)state;
    check(duplicates, "", NULL, members);
    check(duplicates, "c,2|c1", NULL, members);
    check(duplicates, "c1", NULL,
          "lead_id,source,created_at,last_activity_at,notes\n"
          "\"c1\",ad,2026-02-01,2026-01-01,\"\"\nc9,ad,,,x\n");
    check(HEAD, "", NULL, "lead_id,source,created_at,last_activity_at,notes\n");
    // Records of one column: a blank line would be none.
    check("role,cluster_id,email\nsurvivor,a,\nduplicate,a,\"\"\n", "", NULL,
          "email\n\"\"\n\"\"\n");
    // What was merged twice has a cluster_id of its own.
    check("role,cluster_id,lead_id,cluster_id\nsurvivor,b,a,b\n", "", NULL,
          "lead_id,cluster_id\na,b\n");
}

static void test_leads(void **state)
{
    (void)state;
    check(duplicates, "", leads, undone);
    check(duplicates, "c1|c,2", leads, undone);
    check(duplicates, "c1", leads,
          LEADS_HEAD "z,\"z\",,z,1,,ad,1,,,5\n"
                     "\"c1\",\"\",,c1,1,,ad,1,2026-01-01,2026-02-01,\n"
                     "c9,x,,c9,1,,ad,1,,,\n"
                     "\"c,2\",k,,\"c,2\",2,phone,web,1,,,8\n");
    // The second time there is nothing left to be undone.
    check(duplicates, "", undone, undone);
    // A column of members is theirs, also one that dedupe adds.
    check("role,cluster_id,lead_id,cluster_id,touches\nsurvivor,a,a,k,4\nduplicate,a,b,,\n", "",
          "cluster_id,touches\na,5\n", "cluster_id,touches\nk,4\n,\n");
    // No size, no column of the members.
    check(duplicates, "c1", "cluster_id,score\nc1,3\n", "cluster_id,score\nc1,\nc9,\n");

    struct undoing undoing;
    make(&undoing, duplicates, "", "cluster_id\nc1\n");
    assert_int_equal(undoing.counts.clusters, 1);
    assert_int_equal(undoing.counts.rows, 2);
    assert_int_equal(undoing.counts.missing, 1);
    buffer_release(&undoing.out);
}

static void test_refusals(void **state)
{
    (void)state;
    static const struct {
        const char *duplicates, *clusters, *leads, *want, *hint;
    } cases[] = {
        {"", "", NULL, "no file of duplicates", "--duplicates"},
        {"lead_id,email\na,b\n", "", NULL, "no file of duplicates", "--duplicates"},
        {"role,cluster_id\nsurvivor,a\n", "", NULL, "no file of duplicates", "--duplicates"},
        {HEAD "leader,a,a,,,,\n", "", NULL, "the role is neither", ""},
        {HEAD "duplicate,,a,,,,\n", "", NULL, "a duplicate of no cluster", "--first"},
        {HEAD "survivor,a,a,,,\n", "", NULL, "", ""}, // the reader's own message
        {duplicates, "c", NULL, "no cluster \"c\"", "column cluster_id"},
        {duplicates, "c1|c3", NULL, "no cluster \"c3\"", "--cluster c,2"},
        {duplicates, "c1|c3", leads, "no cluster \"c3\"", "--cluster c,2"},
        {duplicates, "", "lead_id\nc1\n", "no column \"cluster_id\"", "lead-dedupe"},
        {duplicates, "", "", "no column \"cluster_id\"", "lead-dedupe"},
        {duplicates, "c1", "cluster_id,cluster_size\nc1,3\n", "of 3 records here, of 2", "run"},
        {duplicates, "c1", "cluster_id,cluster_size\nc1,x\n", "of 0 records here, of 2", "run"},
        {duplicates, "c1", "cluster_id,cluster_size\nc1,2\nc1,2\n", "stands there twice", ""},
        {duplicates, "c1", undone, "no merged record of cluster \"c1\"", "undone before"},
        {duplicates, "c1", "cluster_id\n", "no merged record of cluster \"c1\"", "suppressed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct undoing undoing;
        make(&undoing, cases[i].duplicates, cases[i].clusters, cases[i].leads);
        if (!undoing.err.kind || !strstr(undoing.err.text, cases[i].want) ||
            !strstr(undoing.err.hint, cases[i].hint)) {
            fail_msg("%zu: %s (%s)", i, undoing.err.text, undoing.err.hint);
        }
        buffer_release(&undoing.out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_members, empty_folder),
        cmocka_unit_test_teardown(test_leads, empty_folder),
        cmocka_unit_test_teardown(test_refusals, empty_folder),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
