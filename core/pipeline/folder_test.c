// A run folder must show whole runs only, whatever stands there or happens in between.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"

static char base[64];

static int make(void **state)
{
    (void)state;
    snprintf(base, sizeof base, "/tmp/folder_test.XXXXXX");
    return mkdtemp(base) ? 0 : -1;
}

static int clean(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", base);
    return system(command);
}

static const char *in_base(const char *name)
{
    static char paths[4][256];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", base, name);
    return path;
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_holds(const char *name, const char *text)
{
    char got[64] = "";
    FILE *file = fopen(in_base(name), "r");
    assert_non_null(file);
    size_t len = fread(got, 1, sizeof got - 1, file);
    fclose(file);
    got[len] = '\0';
    assert_string_equal(got, text);
}

static void assert_link(const char *name, const char *target)
{
    char got[256] = "";
    ssize_t len = readlink(in_base(name), got, sizeof got - 1);
    assert_true(len > 0);
    assert_string_equal(got, target);
}

static bool exists(const char *name)
{
    struct stat about;
    return lstat(in_base(name), &about) == 0;
}

static void run(const char *id, const char *leads, bool with_rejects)
{
    struct folder folder;
    struct err err = {0};
    assert_true(folder_open(&folder, in_base("out"), id, &err));
    put(folder_path(&folder, "leads.csv"), leads);
    if (with_rejects) put(folder_path(&folder, "rejects.csv"), "rejects");
    assert_true(folder_publish(&folder, &err));
    assert_int_equal(err.kind, ERR_NONE);
    folder_close(&folder);
}

static void test_runs_follow_each_other(void **state)
{
    (void)state;
    run("one", "1", true);
    assert_link("out/latest", "runs/one");
    assert_link("out/leads.csv", "latest/leads.csv");
    assert_holds("out/leads.csv", "1");
    assert_holds("out/rejects.csv", "rejects");
    run("two", "2", true);
    assert_link("out/latest", "runs/two");
    assert_holds("out/leads.csv", "2");
    assert_holds("out/runs/one/leads.csv", "1");
    run("two", "3", true); // within the same second
    assert_link("out/latest", "runs/two-2");
    assert_holds("out/leads.csv", "3");
    assert_holds("out/runs/two/leads.csv", "2");
    assert_false(exists("out/leads.csv.new"));
}

// A name that the newest run does not have must not show an older run's file.
static void test_no_stale_names(void **state)
{
    (void)state;
    run("one", "1", true);
    run("two", "2", false);
    assert_holds("out/leads.csv", "2");
    assert_int_not_equal(access(in_base("out/rejects.csv"), F_OK), 0);
    assert_false(exists("out/rejects.csv")); // no link that leads nowhere either
    assert_holds("out/runs/one/rejects.csv", "rejects");
}

static void test_unpublished_leaves_nothing(void **state)
{
    (void)state;
    struct folder folder;
    struct err err = {0};
    run("one", "1", false);
    assert_true(folder_open(&folder, in_base("out"), "two", &err));
    put(folder_path(&folder, "leads.csv"), "half");
    assert_true(exists("out/runs/two.partial/leads.csv"));
    folder_close(&folder);
    assert_false(exists("out/runs/two.partial"));
    assert_false(exists("out/runs/two"));
    assert_holds("out/leads.csv", "1");
    folder_close(&folder); // twice is harmless
}

// What a killed run left behind neither stands in the way nor shows.
static void test_after_a_crash(void **state)
{
    (void)state;
    run("one", "1", false);
    assert_int_equal(mkdir(in_base("out/runs/two.partial"), 0777), 0);
    put(in_base("out/runs/two.partial/leads.csv"), "half");
    run("two", "2", false);
    assert_holds("out/leads.csv", "2");
    assert_int_equal(mkdir(in_base("out/runs/old.partial"), 0777), 0);
    put(in_base("out/runs/old.partial/leads.csv"), "half");
    run("three", "3", false);
    assert_false(exists("out/runs/old.partial") || exists("out/runs/two.partial"));
}

static void test_foreign_folders_are_refused(void **state)
{
    (void)state;
    struct folder folder;
    struct err err = {0};
    assert_int_equal(mkdir(in_base("home"), 0777), 0);
    put(in_base("home/thesis.txt"), "text");
    assert_false(folder_open(&folder, in_base("home"), "one", &err));
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text, "is there already and is not a run folder");
    folder_close(&folder);
    assert_false(exists("home/.leadpipe"));
    assert_false(exists("home/runs"));

    err = (struct err){0};
    put(in_base("file"), "text");
    assert_false(folder_open(&folder, in_base("file"), "one", &err));
    folder_close(&folder);
    assert_holds("file", "text");

    err = (struct err){0};
    assert_false(folder_open(&folder, in_base("no/such/parent"), "one", &err));
    assert_int_equal(err.kind, ERR_IO);
    folder_close(&folder);

    // An empty folder may be used.
    err = (struct err){0};
    assert_int_equal(mkdir(in_base("empty"), 0777), 0);
    assert_true(folder_open(&folder, in_base("empty"), "one", &err));
    folder_close(&folder);
    assert_true(exists("empty")); // as it was found
}

// A folder that was made for a run that did not publish is gone again.
static void test_made_in_vain(void **state)
{
    (void)state;
    struct folder folder;
    struct err err = {0};
    assert_true(folder_open(&folder, in_base("out"), "one", &err));
    put(folder_path(&folder, "leads.csv"), "half");
    folder_close(&folder);
    assert_false(exists("out"));
}

static void test_one_run_at_a_time(void **state)
{
    (void)state;
    struct folder first, second;
    struct err err = {0};
    assert_true(folder_open(&first, in_base("out"), "one", &err));
    assert_false(folder_open(&second, in_base("out"), "two", &err));
    assert_string_equal(err.text, "another run is at work in this folder");
    folder_close(&second);
    put(folder_path(&first, "leads.csv"), "1");
    err = (struct err){0};
    assert_true(folder_publish(&first, &err));
    folder_close(&first);
    assert_holds("out/leads.csv", "1");
    assert_true(folder_open(&second, in_base("out"), "two", &err));
    folder_close(&second);
}

// A file of the user's that stands where a link must go is kept, and the run is not published.
static void test_a_file_in_the_way(void **state)
{
    (void)state;
    struct folder folder;
    struct err err = {0};
    run("one", "1", false);
    assert_int_equal(unlink(in_base("out/leads.csv")), 0);
    put(in_base("out/leads.csv"), "edited by hand");
    assert_true(folder_open(&folder, in_base("out"), "two", &err));
    assert_true(folder_name_is_free(&folder, "rejects.csv", &err));
    assert_false(folder_name_is_free(&folder, "leads.csv", &err));
    err = (struct err){0};
    put(folder_path(&folder, "leads.csv"), "2");
    assert_false(folder_publish(&folder, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    folder_close(&folder);
    assert_holds("out/leads.csv", "edited by hand");
    assert_link("out/latest", "runs/one");
    assert_false(exists("out/runs/two") || exists("out/runs/two.partial"));
}

// What cannot be shown is taken back: no whole run that nobody sees, no link that leads nowhere.
static void test_latest_in_the_way(void **state)
{
    (void)state;
    struct folder folder;
    struct err err = {0};
    assert_true(folder_open(&folder, in_base("out"), "one", &err));
    assert_int_equal(mkdir(in_base("out/latest"), 0777), 0);
    assert_false(folder_name_is_free(&folder, "latest", &err));
    err = (struct err){0};
    put(folder_path(&folder, "leads.csv"), "1");
    assert_false(folder_publish(&folder, &err));
    folder_close(&folder);
    assert_false(exists("out/runs/one") || exists("out/runs/one.partial"));
    assert_int_not_equal(unlink(in_base("out/leads.csv")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_runs_follow_each_other, make, clean),
        cmocka_unit_test_setup_teardown(test_no_stale_names, make, clean),
        cmocka_unit_test_setup_teardown(test_unpublished_leaves_nothing, make, clean),
        cmocka_unit_test_setup_teardown(test_after_a_crash, make, clean),
        cmocka_unit_test_setup_teardown(test_foreign_folders_are_refused, make, clean),
        cmocka_unit_test_setup_teardown(test_made_in_vain, make, clean),
        cmocka_unit_test_setup_teardown(test_one_run_at_a_time, make, clean),
        cmocka_unit_test_setup_teardown(test_a_file_in_the_way, make, clean),
        cmocka_unit_test_setup_teardown(test_latest_in_the_way, make, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
