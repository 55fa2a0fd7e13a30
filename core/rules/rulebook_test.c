// Files must be found in the first folder that has them, and listed once, in order.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rulebook.h"

static char base[240];

static const char *path(const char *name)
{
    static char text[300];
    snprintf(text, sizeof text, "%s/%s", base, name);
    return text;
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(path(name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int make(void **state)
{
    (void)state;
    const char *where = getenv("TMPDIR");
    snprintf(base, sizeof base, "%s/leadpipe_test.XXXXXX", where ? where : P_tmpdir);
    if (!mkdtemp(base)) return -1;
    mkdir(path("own"), 0777);
    mkdir(path("own/sources"), 0777);
    mkdir(path("shipped"), 0777);
    mkdir(path("shipped/sources"), 0777);
    put("own/sources/zoom.rules", "own");
    put("own/sources/acme.rules", "acme");
    put("own/sources/.hidden.rules", "");
    put("own/sources/notes.txt", "");
    put("shipped/sources/zoom.rules", "shipped");
    put("shipped/sources/B.rules", "b");
    return 0;
}

static int clean(void **state)
{
    (void)state;
    static const char *const files[] = {"own/sources/zoom.rules",     "own/sources/acme.rules",
                                        "own/sources/.hidden.rules",  "own/sources/notes.txt",
                                        "shipped/sources/zoom.rules", "shipped/sources/B.rules"};
    static const char *const folders[] = {"own/sources", "own", "shipped/sources", "shipped", ""};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) unlink(path(files[i]));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) rmdir(path(folders[i]));
    return 0;
}

static void test_list(void **state)
{
    (void)state;
    struct rulebook book = {0};
    rulebook_add_dir(&book, path("own"));
    rulebook_add_dir(&book, path("missing"));
    rulebook_add_dir(&book, path("shipped"));
    str *names;
    size_t count;
    struct err err = {0};
    assert_true(rulebook_list(&book, STR("sources"), STR(".rules"), &names, &count, &err));
    assert_int_equal(count, 3);
    static const char *const want[] = {"sources/B.rules", "sources/acme.rules",
                                       "sources/zoom.rules"};
    for (size_t i = 0; i < count; i++) assert_true(str_equal(names[i], str_of(want[i])));
    struct rule_text text;
    assert_true(rulebook_read(&book, names[2], NULL, &text, &err));
    assert_true(str_equal(text.text, STR("own")));
    assert_true(rulebook_list(&book, STR("nowhere"), STR(".rules"), &names, &count, &err));
    assert_int_equal(count, 0);
    rulebook_release(&book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_list)};
    return cmocka_run_group_tests(tests, make, clean);
}
