// Which lists are no exports, and what of them counts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bare_list.h"
#include "core/base/memory.h"

#define MD5 "0cc175b9c0f1b6a831c399e269772661"
#define OF_NOTHING "d41d8cd98f00b204e9800998ecf8427e"

static struct rulebook book;
static struct email_providers providers;

static int begin(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    return email_providers_load(&providers, &book, &err) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    email_providers_release(&providers);
    rulebook_release(&book);
    return 0;
}

static void test_guess(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_list;
        int domain_column;
    } cases[] = {
        {"", false, -1},
        {"\n\n", false, -1},
        {"email\n", false, 0},
        {MD5 "\n", true, 0},
        {"md5\n" MD5, true, 0},
        {"\xEF\xBB\xBF" MD5 "\r\n", true, 0},
        {"\"" MD5 "\"\n", true, 0},
        {"id,email_md5\n1," MD5 "\n", true, -1},
        {"Email,EUID\na@b.fi," MD5 "\n", false, -1}, // an export with such a column
        {MD5 "\na@b.fi\nc@b.fi\n", false, 0},
        {MD5 "\na@b.fi\n", true, 0},
        {"nord.de\nsued.de\n", true, 0},
        {"domain\nnord.de", true, 0},
        {"@nord.de\n*.sued.de\nhttps://www.ost.de/x\n", true, 0},
        {"since,Web site or URL\n2026,nord.de\n", true, 1},
        {"Company,Email,Domain\nNord,,nord.de\n", false, -1},
        {"Company,City\nNord.de,Bonn\n", false, -1},
        {"First Name,Last Name\nJ.Jane,Doe\n", false, -1},
        {"+358405550101\n+358405550102\n", false, 0},
        {"1.2\n3.4\n", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bare_list list;
        assert_int_equal(bare_list_guess(str_of(cases[i].text), true, &list), cases[i].is_list);
        assert_int_equal(list.domain_column, cases[i].domain_column);
    }
    struct bare_list list;
    assert_false(bare_list_guess(STR("md5\n" MD5), false, &list)); // the line may go on
}

static void test_domains(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"nord.de", "nord.de"},
        {" NORD.de. ", "nord.de"},
        {"*@nord.de", "nord.de"},
        {"*.nord.de", "nord.de"},
        {"HTTPS://www.nord.de/a/b.html", "nord.de"},
        {"bücher.de", "xn--bcher-kva.de"},
        {"xn--bcher-kva.de", "xn--bcher-kva.de"},
        {"mail.nord.co.uk", "mail.nord.co.uk"},
        {"nord", ""},
        {"", ""},
        {".", ""},
        {"nord..de", ""},
        {"jane@nord.de", ""},
        {"nord.d", ""},
        {"10.0.0.1", ""},
        {"3.14", ""},
        {"two words.de", ""},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str domain = opt_outs_domain(str_of(cases[i][0]), &arena);
        assert_int_equal(domain.len, strlen(cases[i][1]));
        assert_memory_equal(domain.data, cases[i][1], domain.len);
    }
    arena_release(&arena);
}

struct counts {
    uint64_t entries, keys, unusable;
};

// Reads the text, cut after `head` bytes as if these had been looked at.
static struct counts read_list(str text, size_t head)
{
    char path[] = "/tmp/leadpipe_test.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text.data + head, text.len - head), text.len - head);
    close(file);
    struct err err = {0};
    struct opt_outs outs;
    opt_outs_init(&outs, &providers, 0, "/tmp");
    opt_outs_begin_list(&outs, STR("list"), NEVER_CONTACT);
    struct input *input = input_open(path, &err);
    assert_non_null(input);
    const struct bare_list list = {0};
    assert_true(bare_list_read(&list, str_first(text, head), input, &outs, &err));
    assert_true(opt_outs_seal(&outs, &err));
    struct counts counts = {outs.entry_count, outs.key_count, outs.unusable_count};
    input_close(input);
    opt_outs_release(&outs);
    unlink(path);
    return counts;
}

static void test_read_cut_anywhere(void **state)
{
    (void)state;
    const str text = STR("email\r\n\n" MD5 ";x\n" OF_NOTHING "\njane@doe-example.fi\n+358 40 555 "
                         "0101\nnord.de\nwhat\n \"" MD5 "\"");
    for (size_t head = 0; head <= text.len; head++) {
        struct counts counts = read_list(text, head);
        assert_int_equal(counts.entries, 7);
        assert_int_equal(counts.keys, 5);
        assert_int_equal(counts.unusable, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guess),
        cmocka_unit_test(test_domains),
        cmocka_unit_test(test_read_cut_anywhere),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
