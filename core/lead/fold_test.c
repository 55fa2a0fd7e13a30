// Folding: letters, signs and scripts; folding twice is folding once.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/utf8.h"
#include "fold.h"

static const struct {
    const char *text, *want;
    unsigned flags;
} rows[] = {
    {"", "", 0},
    {"nokia", "nokia", 0},
    {"Nokia  Oyj.", "nokia oyj", 0},
    {"Mäkinen Åström Øyvind", "makinen astrom oyvind", 0},
    {"STRASSE straße STRAẞE", "strasse strasse strasse", 0},
    {"Ærø Þór Ðuro Łódź ĲSSEL", "aero thor duro lodz ijssel", 0},
    {"L'Oréal L’Oréal", "loreal loreal", 0},
    {"O'Brien-Smith", "obrien smith", 0},
    {"R&D + IT", "r and d and it", FOLD_AND},
    {"R&D", "r d", 0},
    {"&", "and", FOLD_AND},
    {"&&&", "and and and", FOLD_AND},
    {"S.p.A.", "spa", FOLD_JOIN_DOTS},
    {"S.p.A.", "s p a", 0},
    {"...", "", FOLD_JOIN_DOTS},
    {" - ", "", 0},
    {"Nguyễn Thị", "nguyen thi", 0},
    {"Ａｂｃ１２", "abc12", 0},
    {"ﬁnance", "finance", 0},
    {"Ромашка ЙОД Ёж", "ромашка иод еж", 0},
    {"Αθήνα", "αθηνα", 0},
    {"株式会社日立", "株式会社日立", 0},
    {"がぎ", "がぎ", 0},
    {"a\u0308b", "ab", 0},
    {"İstanbul ISPARTA ılık", "istanbul isparta ilik", 0},
    {"Köln №5 ™", "koln no5 tm", 0},
    {"ŽiŽka ČSOB", "zizka csob", 0},
    {"co\u00ADop x\u200By", "coop xy", 0},
    {"ƏLİYEV əliyev", "eliyev eliyev", 0},
    {"C++", "c and and", FOLD_AND},
};

static void test_rows(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str got = fold_text(str_of(rows[i].text), rows[i].flags, &arena);
        if (!str_equal(got, str_of(rows[i].want))) {
            fail_msg("'%s': got '%.*s'", rows[i].text, STR_ARG(got));
        }
    }
    arena_release(&arena);
}

// Every character of the lower planes, on its own and between letters.
static void test_idempotent(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int32_t c = 1; c < 0x20000; c++) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        char text[8] = "a";
        size_t len = 1 + utf8_put(text + 1, c);
        text[len++] = 'B';
        str once = fold_text((str){text, len}, FOLD_AND, &arena);
        str twice = fold_text(once, FOLD_AND, &arena);
        if (!str_equal(once, twice)) fail_msg("U+%04X", (unsigned)c);
        assert_true(utf8_is_valid(once));
        arena_reset(&arena);
    }
    arena_release(&arena);
}

static void test_words(void **state)
{
    (void)state;
    str words[3];
    assert_int_equal(fold_words(STR("a bc  d e"), words, 3), 3);
    assert_true(str_equal(words[1], STR("bc")));
    assert_true(str_equal(words[2], STR("d")));
    assert_int_equal(fold_words(STR(""), words, 3), 0);
    assert_int_equal(fold_words(STR(" x "), words, 3), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_idempotent),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
