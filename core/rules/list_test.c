// Lists and tables must be read as their authors wrote them, the user's own lines included.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "list.h"

static char folder[] = "/tmp/list_test.XXXXXX";
static struct rulebook book;

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int make(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int start(void **state)
{
    (void)state;
    rulebook_add_dir(&book, folder);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    rulebook_release(&book);
    static const char *const names[] = {"a.txt", "a.txt.local", "t.tsv", "t.tsv.local"};
    for (size_t i = 0; i < 4; i++) unlink(path_of(names[i]));
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void test_list(void **state)
{
    (void)state;
    put("a.txt", "\xEF\xBB\xBF# comment\n\nGmail.com\r\n  yahoo.com \n-kept\n #item\nlast");
    put("a.txt.local", "# own\nown.fi\n-yahoo.com\n- GMAIL.com\n-nothing\n");
    struct list list = {0};
    struct err err = {0};
    assert_true(list_load(&list, &book, STR("a.txt"), NULL, &err));
    assert_int_equal(err.kind, ERR_NONE);
    static const struct {
        const char *item;
        bool is_in;
    } cases[] = {
        {"gmail.com", false}, {"yahoo.com", false}, {"own.fi", true}, {"last", true},
        {"-kept", true},      {"#item", true},      {"", false},      {"# comment", false},
        {"Gmail.com", false}, {"nothing", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(list_has(&list, str_of(cases[i].item)), cases[i].is_in);
    }
    list_add(&list, STR("yahoo.com"));
    assert_true(list_has(&list, STR("yahoo.com")));
    list_release(&list);
    assert_false(list_has(&list, STR("last")));
}

static void test_domains(void **state)
{
    (void)state;
    struct list list = {0};
    list_add(&list, STR("gmail.com"));
    list_add(&list, STR("test"));
    static const struct {
        const char *domain;
        bool is_in;
    } cases[] = {
        {"gmail.com", true},
        {"mail.gmail.com", true},
        {"a.b.gmail.com", true},
        {"xgmail.com", false},
        {"com", false},
        {"gmail.com.evil.org", false},
        {"x.test", true},
        {"test", true},
        {"latest", false},
        {"", false},
        {".", false},
        {"gmail.com.", false},
        {".gmail.com", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(list_has_domain(&list, str_of(cases[i].domain)), cases[i].is_in);
    }
    list_release(&list);
}

static void assert_cell(const struct table *table, size_t row, const char *name, const char *want)
{
    int column = table_column(table, name);
    assert_true(column >= 0);
    assert_true(str_equal(table_cell(table, row, column), str_of(want)));
}

static void test_table(void **state)
{
    (void)state;
    put("t.tsv",
        "# comment\nname\tcode\tnote\r\nFinland\tFI\tx\r\nSweden\tSE\n\nNorway\t\t a \tmore\n");
    put("t.tsv.local", "# own\ncode\tother\tname\nAX\tz\tAland\n");
    struct table table = {0};
    struct err err = {0};
    assert_true(table_load(&table, &book, STR("t.tsv"), &err));
    assert_int_equal(table.rows, 4);
    assert_int_equal(table.columns, 3);
    assert_cell(&table, 0, "name", "Finland");
    assert_cell(&table, 0, "note", "x");
    assert_cell(&table, 1, "code", "SE");
    assert_cell(&table, 1, "note", ""); // missing at the end
    assert_cell(&table, 2, "code", "");
    assert_cell(&table, 2, "note", " a ");   // blanks count
    assert_cell(&table, 3, "name", "Aland"); // by its own order of columns
    assert_cell(&table, 3, "code", "AX");
    assert_cell(&table, 3, "note", "");
    assert_int_equal(table_column(&table, "other"), -1);
    int column;
    assert_true(table_need(&table, "t.tsv", "code", &column, &err));
    assert_int_equal(column, 1);
    assert_false(table_need(&table, "t.tsv", "iso", &column, &err));
    assert_string_equal(err.text, "the table has no column 'iso'");
    assert_string_equal(err.file, "t.tsv");
    table_release(&table);
    table_release(&table);
}

// What is added without its own line of names, or with something else than tabs in it.
static void test_local_without_names(void **state)
{
    (void)state;
    static const char *const texts[] = {"# mine\nAX\tAland\n", "code name\nAX Aland\n",
                                        "code,name\nAX,Aland\n"};
    static const long lines[] = {2, 1, 1};
    for (size_t i = 0; i < 3; i++) {
        struct table table = {0};
        struct rulebook own = {0};
        struct err err = {0};
        put("t.tsv", "code\tname\nFI\tFinland\n");
        put("t.tsv.local", texts[i]);
        rulebook_add_dir(&own, folder);
        assert_false(table_load(&table, &own, STR("t.tsv"), &err));
        assert_string_equal(err.text,
                            "the first line names none of the table's columns: code, name");
        assert_int_equal(err.line, lines[i]);
        assert_non_null(strstr(err.file, "t.tsv.local"));
        table_release(&table);
        rulebook_release(&own);
    }
}

static void test_failures(void **state)
{
    (void)state;
    struct list list = {0};
    struct table table = {0};
    struct err err = {0};
    assert_false(list_load(&list, &book, STR("none.txt"), NULL, &err));
    assert_int_equal(err.kind, ERR_RULES);
    assert_string_equal(err.text, "no rule file 'none.txt'");
    assert_non_null(strstr(err.hint, folder));
    err = (struct err){0};
    put("t.tsv", "# nothing\n\n");
    assert_false(table_load(&table, &book, STR("t.tsv"), &err));
    assert_string_equal(err.text, "a table needs a line of column names");
    table_release(&table);
    list_release(&list);
}

static void test_empty_list(void **state)
{
    (void)state;
    put("a.txt", "");
    struct list list = {0};
    struct err err = {0};
    assert_true(list_load(&list, &book, STR("a.txt"), NULL, &err));
    assert_false(list_has(&list, STR("")));
    list_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_list, start, clean),
        cmocka_unit_test(test_domains),
        cmocka_unit_test_setup_teardown(test_table, start, clean),
        cmocka_unit_test_setup_teardown(test_local_without_names, start, clean),
        cmocka_unit_test_setup_teardown(test_failures, start, clean),
        cmocka_unit_test_setup_teardown(test_empty_list, start, clean),
    };
    return cmocka_run_group_tests(tests, make, remove_folder);
}
