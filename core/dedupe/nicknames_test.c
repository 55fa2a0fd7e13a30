// Short forms must meet the names they stand for, and those must not meet through them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nicknames.h"

static bool meet(const struct nicknames *nicknames, const char *a, const char *b)
{
    uint32_t x = nicknames_find(nicknames, str_of(a)), y = nicknames_find(nicknames, str_of(b));
    bool is = nicknames_meet(nicknames, x, y);
    assert_int_equal(nicknames_meet(nicknames, y, x), is);
    return is;
}

static void test_shipped(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool meet;
    } cases[] = {
        {"bob", "robert", true},
        {"bill", "william", true},
        {"bob", "bobby", true},
        {"peggy", "margaret", true},
        {"chris", "christopher", true},
        {"chris", "christine", true},
        {"christine", "christopher", false},
        {"pat", "patrick", true},
        {"patricia", "patrick", false},
        {"kalle", "kaarlo", true},
        {"kalle", "karl", true},
        {"jussi", "juhani", true},
        {"pekka", "pietari", true},
        {"lasse", "lars", true},
        {"hansi", "johannes", true},
        {"sepp", "josef", true},
        {"manu", "emmanuel", true},
        {"paco", "francisco", true},
        {"beppe", "giuseppe", true},
        {"gosia", "malgorzata", true},
        {"jeppe", "jakob", true},
        {"robert", "robert", true},
        {"robert", "william", false},
        {"kaarlo", "francisco", false},
        {"xyzzy", "xyzzy", false},
        {"xyzzy", "bob", false},
    };
    struct rulebook book = {0};
    struct nicknames nicknames = {0};
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    assert_true(nicknames_load(&nicknames, &book, &err));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (meet(&nicknames, cases[i].a, cases[i].b) != cases[i].meet)
            fail_msg("%s %s", cases[i].a, cases[i].b);
    }
    // Every set has its name in it, rises, and is what its members' numbers say.
    for (uint32_t name = 1; name <= nicknames.count; name++) {
        const uint32_t *ids;
        size_t count = nicknames_set(&nicknames, name, &ids), itself = 0;
        for (size_t i = 0; i < count; i++) {
            assert_true(i == 0 || ids[i - 1] < ids[i]);
            assert_true(ids[i] >= 1 && ids[i] <= nicknames.count);
            itself += ids[i] == name;
        }
        assert_int_equal(itself, 1);
        assert_int_equal(nicknames_find(&nicknames, nicknames_name(&nicknames, name)), name);
        assert_true(nicknames_meet(&nicknames, name, name));
    }
    const uint32_t *ids = NULL;
    assert_int_equal(nicknames_set(&nicknames, 0, &ids), 0);
    nicknames_release(&nicknames);
    rulebook_release(&book);
}

static void put(const char *folder, const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/dedupe/%s", folder, name);
    if (!text) {
        unlink(path);
        return;
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void test_own_rows(void **state)
{
    (void)state;
    char folder[] = "/tmp/nicknames_test.XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/dedupe", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    put(folder, "nicknames.tsv", "form\tnames\nbob\trobert,bobby\n");
    put(folder, "nicknames.tsv.local",
        "names\tform\n-bobby, Roberta\tBob\nJosé María,,\tPepe\n\tnothing\n");
    put(folder, "nicknames_europe.tsv", "form\tnames\tlanguages\nbob\tbogislav\tde\n");
    struct rulebook book = {0};
    struct nicknames nicknames = {0};
    struct err err = {0};
    rulebook_add_dir(&book, folder);
    assert_true(nicknames_load(&nicknames, &book, &err));
    assert_true(meet(&nicknames, "bob", "robert"));
    assert_true(meet(&nicknames, "bob", "roberta"));
    assert_true(meet(&nicknames, "bob", "bogislav"));
    assert_true(meet(&nicknames, "pepe", "jose maria"));
    assert_false(meet(&nicknames, "bob", "bobby"));
    nicknames_release(&nicknames);
    put(folder, "nicknames_europe.tsv", "form\tname\nbob\tbogislav\n");
    rulebook_release(&book);
    book = (struct rulebook){0};
    rulebook_add_dir(&book, folder);
    assert_false(nicknames_load(&nicknames, &book, &err));
    assert_int_equal(err.kind, ERR_RULES);
    nicknames_release(&nicknames);
    rulebook_release(&book);
    put(folder, "nicknames.tsv", NULL);
    put(folder, "nicknames.tsv.local", NULL);
    put(folder, "nicknames_europe.tsv", NULL);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_own_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
