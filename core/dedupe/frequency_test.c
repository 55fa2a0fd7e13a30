// The shipped tables say what the statistics say, a user's tables win, and weights are exact.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "frequency.h"

static struct rulebook book;
static struct frequencies frequencies;

static int begin(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    return frequencies_load(&frequencies, &book, &err) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    frequencies_release(&frequencies);
    rulebook_release(&book);
    return 0;
}

static double bits(enum frequency_kind kind, const char *name, const char *country)
{
    return frequency_bits(frequency_share(&frequencies, kind, str_of(name), str_of(country))) /
           (double)FREQUENCY_BIT;
}

static void test_shipped_tables(void **state)
{
    (void)state;
    // 21,261 of 4,987,948 Finns: 1 in 235, 7.87 bits.
    double virtanen = bits(FREQUENCY_SURNAME, "virtanen", "FI");
    assert_true(virtanen > 7.8 && virtanen < 7.95);
    assert_true(bits(FREQUENCY_SURNAME, "virtanen", "") > virtanen + 2);
    assert_true(bits(FREQUENCY_SURNAME, "virtanen", "ES") > virtanen + 2); // not listed there
    assert_true(bits(FREQUENCY_SURNAME, "smith", "GB") < 7);
    assert_true(bits(FREQUENCY_GIVEN, "james", "GB") < 8);
    assert_true(bits(FREQUENCY_COMPANY_WORD, "holdings", "US") < 5);
    assert_true(bits(FREQUENCY_COMPANY_WORD, "holdings", "FI") < 5);
}

static void test_unknown_and_long_names(void **state)
{
    (void)state;
    char longest[1000];
    for (size_t i = 0; i < sizeof longest; i++) longest[i] = i % 9 ? 'q' : ' ';
    longest[sizeof longest - 1] = '\0';
    assert_true(bits(FREQUENCY_SURNAME, "xqzwv", "FI") == 16);
    assert_true(bits(FREQUENCY_GIVEN, "", "FI") == 15);
    assert_true(bits(FREQUENCY_COMPANY_WORD, longest, "") == 13);
    // Known in one small country alone: not rarer than what nobody has heard of.
    assert_true(bits(FREQUENCY_SURNAME, "aaberg", "") <= 16);
    // Blanks do not count.
    assert_true(bits(FREQUENCY_SURNAME, "de la cruz", "ES") ==
                bits(FREQUENCY_SURNAME, "delacruz", "ES"));
    assert_true(bits(FREQUENCY_SURNAME, "de la cruz", "US") < 13);
}

static void test_bits(void **state)
{
    (void)state;
    assert_int_equal(frequency_bits(SHARE_ONE), 0);
    assert_int_equal(frequency_bits(SHARE_ONE * 2), 0);
    assert_int_equal(frequency_bits(0), 48 * FREQUENCY_BIT);
    assert_int_equal(frequency_bits(1), 48 * FREQUENCY_BIT);
    for (unsigned i = 0; i <= 48; i++) {
        assert_int_equal(frequency_bits(SHARE_ONE >> i), i * FREQUENCY_BIT);
    }
    assert_int_equal(frequency_bits(SHARE_ONE / 3), 1624);     // 1.58496 bits
    assert_int_equal(frequency_bits(SHARE_ONE / 1000), 10205); // 9.96578
    assert_int_equal(frequency_bits(SHARE_ONE / 5 * 2), 1354); // 1.32193
    unsigned before = 48 * FREQUENCY_BIT;
    for (share s = 1; s < SHARE_ONE; s += s / 3 + 1) {
        assert_true(frequency_bits(s) <= before);
        before = frequency_bits(s);
    }
}

static void test_blend(void **state)
{
    (void)state;
    share rare = SHARE_ONE >> 16;
    // Nothing counted: the prior. The pair itself is no evidence that others have the value.
    assert_int_equal(frequency_blend(rare, 0, 0), rare);
    assert_int_equal(frequency_blend(rare, 2, 1000), rare / 2);
    // A large input speaks for itself.
    share common = frequency_blend(rare, 100002, 10000000);
    assert_true(common > SHARE_ONE / 100 - SHARE_ONE / 10000 && common < SHARE_ONE / 100 + rare);
    // A common name stays common in a file of 40.
    share virtanen = frequency_share(&frequencies, FREQUENCY_SURNAME, STR("virtanen"), STR("FI"));
    assert_true(frequency_bits(frequency_blend(virtanen, 2, 40)) < 8 * FREQUENCY_BIT);
    // Whatever is asked, an answer between 0 and 1.
    assert_true(frequency_blend(0, 0, UINT64_MAX / 2) > 0);
    assert_true(frequency_blend(SHARE_ONE * 4, UINT32_MAX, 10) <= SHARE_ONE);
    assert_true(frequency_blend(SHARE_ONE, UINT32_MAX, (uint64_t)1 << 40) <= SHARE_ONE);
}

// A folder with one file in it; both stay until end.
static void write_file(const char *dir, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/dedupe", dir);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/dedupe/%s", dir, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void remove_file(const char *dir, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/dedupe/%s", dir, name);
    unlink(path);
    snprintf(path, sizeof path, "%s/dedupe", dir);
    rmdir(path);
}

static bool load_with(const char *name, const char *text, struct frequencies *own, struct err *err)
{
    char dir[] = "/tmp/frequency_test.XXXXXX";
    assert_non_null(mkdtemp(dir));
    write_file(dir, name, text);
    struct rulebook own_book = {0};
    rulebook_add_dir(&own_book, dir);
    rulebook_add_dir(&own_book, "rules");
    bool is_loaded = frequencies_load(own, &own_book, err);
    share s = frequency_share(own, FREQUENCY_SURNAME, STR("xqz wv"), STR("FI"));
    if (is_loaded) assert_int_equal(frequency_bits(s), 10 * FREQUENCY_BIT);
    frequencies_release(own);
    rulebook_release(&own_book);
    remove_file(dir, name);
    rmdir(dir);
    return is_loaded;
}

static void test_tables_of_a_user(void **state)
{
    (void)state;
    struct frequencies own = {0};
    struct err err = {0};
    const char *head = "name\tshare\tcountries\n";
    char text[200];
    snprintf(text, sizeof text, "%sXqz-Wv\t300\tFI160 SE200\n", head);
    assert_true(load_with("surnames.tsv", text, &own, &err));
    assert_true(load_with("surnames.tsv.local", text, &own, &err));
    static const char *const bad[] = {"xqzwv\tmany\t\n", "xqzwv\t300\tFI\n", "xqzwv\t300\tfi20\n",
                                      "xqzwv\t300\tFI20  SE20\n", "xqzwv\t\tFI20\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        err = (struct err){0};
        snprintf(text, sizeof text, "%s%s", head, bad[i]);
        assert_false(load_with("surnames.tsv", text, &own, &err));
        assert_true(strstr(err.text, "xqzwv") != NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_tables),
        cmocka_unit_test(test_unknown_and_long_names),
        cmocka_unit_test(test_bits),
        cmocka_unit_test(test_blend),
        cmocka_unit_test(test_tables_of_a_user),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
