// UTF-8 must be judged by the standard, to the byte, and folded without surprises.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "utf8.h"

// What the standard's table 3-7 allows, written another way: decode, and ask whether the shortest
// form of the same code point is the same bytes.
static size_t slow_sequence(const unsigned char *p, size_t left)
{
    size_t len = p[0] < 0x80 ? 1 : p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC0 ? 2 : 0;
    if (len == 0 || len > left) return 0;
    uint32_t c = len == 1 ? p[0] : p[0] & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
        c = c << 6 | (p[i] & 0x3F);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    bool is_surrogate = c >= 0xD800 && c <= 0xDFFF;
    return p[0] > 0xF7 || c < least[len] || c > 0x10FFFF || is_surrogate ? 0 : len;
}

static size_t slow_valid_len(str s)
{
    size_t at = 0;
    while (at < s.len) {
        size_t len = slow_sequence((const unsigned char *)s.data + at, s.len - at);
        if (len == 0) break;
        at += len;
    }
    return at;
}

// Every pair of bytes, and every triple and quadruple of the bytes at the edges, at places that the
// fast path takes and does not take.
static void test_valid_len(void **state)
{
    (void)state;
    static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                          0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
                                          0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF};
    enum { EDGES = sizeof edges };
    char text[80];
    memset(text, 'a', sizeof text);
    for (unsigned i = 0; i < 256 * 256; i++) {
        text[40] = (char)(i >> 8);
        text[41] = (char)i;
        str s = {text, 42};
        assert_int_equal(utf8_valid_len(s), slow_valid_len(s));
    }
    for (unsigned i = 0; i < EDGES * EDGES * EDGES * EDGES; i++) {
        text[30] = (char)edges[i % EDGES];
        text[31] = (char)edges[i / EDGES % EDGES];
        text[32] = (char)edges[i / EDGES / EDGES % EDGES];
        text[33] = (char)edges[i / EDGES / EDGES / EDGES];
        str s = {text + 30 - i % 31, 4 + i % 31 + i % 7};
        assert_int_equal(utf8_valid_len(s), slow_valid_len(s));
    }
    assert_int_equal(utf8_valid_len((str){0}), 0);
}

// Every code point: written, valid, counted and read back.
static void test_put_and_next(void **state)
{
    (void)state;
    for (int32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        char bytes[4];
        str s = {bytes, utf8_put(bytes, c)};
        size_t at = 0;
        assert_true(utf8_is_valid(s));
        assert_int_equal(utf8_count(s), 1);
        assert_int_equal(utf8_next(s, &at), c);
        assert_int_equal(at, s.len);
        assert_int_equal(utf8_next(s, &at), -1);
    }
}

static void test_nfc(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"plain", "plain"},
        {"", ""},
        {"\xC3\xA4", "\xC3\xA4"},
        {"a\xCC\x88", "\xC3\xA4"}, // a + diaeresis
        {"A\xCC\x8Angstr\xC3\xB6m", "\xC3\x85ngstr\xC3\xB6m"},
        {"\xE2\x84\xAB", "\xC3\x85"},                  // Angstrom sign
        {"a\xCC\x88\xCC\xA3", "\xE1\xBA\xA1\xCC\x88"}, // marks in canonical order
        {"\xEF\xAC\x81", "\xEF\xAC\x81"},              // the fi ligature is not canonical
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C"}, // Hangul
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str text = str_of(cases[i].text), want = str_of(cases[i].want);
        str nfc = utf8_nfc(text, &arena);
        assert_true(str_equal(nfc, want));
        assert_true(str_equal(utf8_nfc(nfc, &arena), nfc));
    }
    str latin = STR("\xC3\xA4\xCA\xAF");
    assert_ptr_equal(utf8_nfc(latin, &arena).data, latin.data); // not copied
    arena_release(&arena);
}

// What lies below U+0300 is in normal form C as it is: the short way must not skip anything.
static void test_nfc_short_way(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int32_t c = 1; c < 0x300; c++) {
        char bytes[7];
        size_t len = utf8_put(bytes, c);
        memcpy(bytes + len, "\xE1\x84\x92", 3); // leads it to the long way
        str whole = utf8_nfc((str){bytes, len + 3}, &arena);
        assert_true(str_equal(whole, (str){bytes, len + 3}));
    }
    arena_release(&arena);
}

static void test_fold(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"lower case", "lower case"},
        {"MiXeD 9@[`{", "mixed 9@[`{"},
        {"\xC3\x84\xC3\x96", "\xC3\xA4\xC3\xB6"},
        {"Stra\xC3\x9F"
         "e",
         "strasse"},
        {"\xEF\xBC\xA1\xEF\xBC\xA2", "ab"}, // full width
        {"\xEF\xAC\x81n", "fin"},           // ligature
        {"A\xCC\x88", "\xC3\xA4"},
        {"\xCE\xA3\xCF\x82", "\xCF\x83\xCF\x83"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str folded = utf8_fold(str_of(cases[i].text), &arena);
        assert_true(str_equal(folded, str_of(cases[i].want)));
    }
    str lower = STR("lower");
    assert_ptr_equal(utf8_fold(lower, &arena).data, lower.data);
    arena_release(&arena);
}

// What is folded the short way is what the library makes of it, which an Omega behind it needs.
static void test_fold_short_way(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int32_t c = 0x80; c < 0x800; c++) {
        char text[8] = {'A'};
        size_t len = 1 + utf8_put(text + 1, c);
        str alone = utf8_fold(arena_copy(&arena, (str){text, len}), &arena);
        memcpy(text + len, "\xCE\xA9", 2);
        str both = utf8_fold(arena_copy(&arena, (str){text, len + 2}), &arena);
        assert_true(str_equal(str_first(both, both.len - 2), alone));
    }
    arena_release(&arena);
}

static void test_kinds(void **state)
{
    (void)state;
    assert_true(utf8_is_letter('a') && utf8_is_letter(0xE4) && utf8_is_letter(0x4E2D));
    assert_false(utf8_is_letter('1') || utf8_is_letter('@') || utf8_is_letter(0x301) ||
                 utf8_is_letter(0xA0) || utf8_is_letter(0x2014));
    assert_true(utf8_is_mark(0x301) && utf8_is_mark(0x20DD) && !utf8_is_mark('a'));
    assert_true(utf8_is_digit('0') && utf8_is_digit(0x665) && !utf8_is_digit(0xB2));
    assert_int_equal(utf8_lower(0xC4), 0xE4);
    assert_int_equal(utf8_upper(0xE4), 0xC4);
    assert_int_equal(utf8_upper('1'), '1');
    assert_true(utf8_is_space(0xA0) && utf8_is_space(0x202F) && utf8_is_space(0x3000));
    assert_false(utf8_is_space(' ') || utf8_is_space('a') || utf8_is_space(0x200B));
    assert_true(utf8_is_invisible(0x200B) && utf8_is_invisible(0xFEFF) && utf8_is_invisible(0xAD));
    assert_false(utf8_is_invisible('a') || utf8_is_invisible(0x2065) || utf8_is_invisible(0x3000));
}

// Zeros of the runs of ten decimal digits (Unicode, UnicodeData.txt, category Nd), all of whose
// digits must have their value; and what is no decimal digit has none.
static void test_digits(void **state)
{
    (void)state;
    static const int32_t zeros[] = {0x30,    0x660,   0x6F0,   0x7C0,   0x966,   0xBE6,   0xE50,
                                    0x0ED0,  0x1040,  0x1090,  0x17E0,  0x19D0,  0x1A80,  0x1A90,
                                    0x1C40,  0x1C50,  0xA8D0,  0xA900,  0xA9D0,  0xA9F0,  0xAA50,
                                    0xABF0,  0xFF10,  0x104A0, 0x11066, 0x110F0, 0x11136, 0x1D7CE,
                                    0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E950};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        for (int digit = 0; digit < 10; digit++) {
            assert_true(utf8_is_digit(zeros[i] + digit));
            assert_int_equal(utf8_digit_value(zeros[i] + digit), digit);
        }
    }
    static const int32_t none[] = {'a', 0xB2, 0xBC, 0x2160, 0x19DA, 0x3007, 0x1D7CD, 0x1D800};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_int_equal(utf8_digit_value(none[i]), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid_len), cmocka_unit_test(test_put_and_next),
        cmocka_unit_test(test_nfc),       cmocka_unit_test(test_nfc_short_way),
        cmocka_unit_test(test_fold),      cmocka_unit_test(test_fold_short_way),
        cmocka_unit_test(test_kinds),     cmocka_unit_test(test_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
