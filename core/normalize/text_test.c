// Cleaning: what each kind of dirt becomes, that clean text stays, and that cleaning twice changes
// nothing.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/utf8.h"
#include "mojibake.h"
#include "text.h"

static struct rulebook book;
static struct text_rules rules;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    if (!text_rules_load(&rules, &book, &err)) fail_msg("%s", err.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    text_rules_release(&rules);
    rulebook_release(&book);
    return 0;
}

struct row {
    const char *cell;
    const char *want; // NULL: unchanged
    const char *reason;
    enum text_kind kind;
};

static const struct row rows[] = {
    {"Matti", NULL, NULL, TEXT_LINE},
    {"", NULL, NULL, TEXT_LINE},
    {"Matti Virtanen Oy, Helsinki !", NULL, NULL, TEXT_LINE},
    {"Mäkinen", NULL, NULL, TEXT_LINE},
    {"Москва 東京 Αθήνα", NULL, NULL, TEXT_LINE},
    {"SÃO PAULO", NULL, NULL, TEXT_LINE},
    {"abc def", NULL, NULL, TEXT_LINE},
    {"a  b", "a b", "trimmed", TEXT_LINE},
    {"abc  def", "abc def", "trimmed", TEXT_LINE},
    {"abcdefg  hijklmn", "abcdefg hijklmn", "trimmed", TEXT_LINE},
    {"abcdef  hijklmno", "abcdef hijklmno", "trimmed", TEXT_LINE},
    {"abcdefghijklmn  o", "abcdefghijklmn o", "trimmed", TEXT_LINE},
    {" Matti ", "Matti", "trimmed", TEXT_LINE},
    {"\tMatti\r\n", "Matti", "trimmed", TEXT_LINE},
    {"  ", "", "trimmed", TEXT_LINE},
    {" ", "", "trimmed", TEXT_LINE},
    {"\u00A0Matti\u202FV\u3000", "Matti V", "trimmed", TEXT_LINE},
    {"\uFEFFMatti", "Matti", "invisible", TEXT_LINE},
    {"ma\u200Btti@x.fi\u202C", "matti@x.fi", "invisible", TEXT_LINE},
    {"soft\u00ADhyphen", "softhyphen", "invisible", TEXT_LINE},
    {"a\x01"
     "b\x7F",
     "ab", "control", TEXT_LINE},
    {"Ma\u0308kinen", "Mäkinen", "nfc", TEXT_LINE},
    {"line one\r\nline two", "line one line two", "trimmed", TEXT_LINE},
    {"line one  \r\n  line two\r\rend\n\n", "line one\nline two\n\nend", "trimmed", TEXT_NOTES},
    {"one\ntwo", NULL, NULL, TEXT_NOTES},
    {"Smith &amp; Sons", "Smith & Sons", "entity", TEXT_LINE},
    {"R&D", NULL, NULL, TEXT_LINE},
    {"AT&T; Co", NULL, NULL, TEXT_LINE},
    {"&amp;amp;amp; x", "& x", "entity", TEXT_LINE},
    {"M&ouml;ller &#228;&#xE4;", "Möller ää", "entity", TEXT_LINE},
    {"&nbsp;A&nbsp;&nbsp;B", "A B", "entity", TEXT_LINE},
    {"&am\u200Bp;", "&", "entity", TEXT_LINE},
    {"&#0; &#xD800; &bogus;", NULL, NULL, TEXT_LINE},
    {"=\"0123\"", "0123", "text_escape", TEXT_LINE},
    {"=\" 0123 \"", "0123", "text_escape", TEXT_LINE},
    {"=T(\"00102\")", "00102", "text_escape", TEXT_LINE},
    {"=T(\"a\"&\"b\")", NULL, NULL, TEXT_LINE},
    {"'+358 40 123", "+358 40 123", "text_escape", TEXT_LINE},
    {"`09000000005", "09000000005", "text_escape", TEXT_LINE},
    {"'=\"0123\"", "0123", "text_escape", TEXT_LINE},
    {"\"\"Bob\"\"", "Bob", "quotes", TEXT_NAME},
    {" \"\" Acme 1 \"\" ", "Acme 1", "quotes", TEXT_LINE},
    {"\"\"M\u00E4kinen  Oy\"\"", "M\u00E4kinen Oy", "quotes", TEXT_LINE},
    {"\"\"one\ntwo\"\"", "one\ntwo", "quotes", TEXT_NOTES},
    {"\"\"'0123\"\"", "0123", "text_escape", TEXT_LINE},
    {"\"\"n/a\"\"", "", "null", TEXT_LINE},
    {"\"Bob\"", NULL, NULL, TEXT_NAME},
    {"\"\"a\"\" b \"\"c\"\"", NULL, NULL, TEXT_LINE},
    {"\"\"12\" pipe\"\"", NULL, NULL, TEXT_LINE},
    {"\"\"\"Bob\"\"\"", NULL, NULL, TEXT_LINE},
    {"\"\"\"\"", "", "null", TEXT_LINE},
    {"\"", "", "null", TEXT_LINE},
    {"'t Hart", NULL, NULL, TEXT_LINE},
    {"=HYPERLINK(\"http://x\")", NULL, NULL, TEXT_LINE},
    {"=cmd|' /C calc'!A0", NULL, NULL, TEXT_LINE},
    {"@SUM(1)", NULL, NULL, TEXT_LINE},
    {"-", "", "null", TEXT_LINE},
    {"--", "", "null", TEXT_LINE},
    {"########", "", "null", TEXT_LINE},
    {"—", "", "null", TEXT_LINE},
    {"N/A", "", "null", TEXT_LINE},
    {" n/a ", "", "null", TEXT_LINE},
    {"NULL", "", "null", TEXT_LINE},
    {"[not provided]", "", "null", TEXT_LINE},
    {"0000-00-00 00:00:00", "", "null", TEXT_LINE},
    {"#NAME?", "", "null", TEXT_LINE},
    {"#ARVO!", "", "null", TEXT_LINE},
    {"#JAKO/0!", "", "null", TEXT_LINE},
    {"#NAMN?", "", "null", TEXT_LINE},
    {"#VÄRDEFEL!", "", "null", TEXT_LINE},
    {"#WERT!", "", "null", TEXT_LINE},
    {"#1!", "#1!", NULL, TEXT_LINE},
    {"#Leads!", "#Leads!", NULL, TEXT_LINE},
    {"#12 MAIN!", "#12 MAIN!", NULL, TEXT_LINE},
    {"Ei tietoa", "", "null", TEXT_LINE},
    {"-5", NULL, NULL, TEXT_LINE},
    {"***", NULL, NULL, TEXT_LINE},
    {"None of the above", NULL, NULL, TEXT_LINE},
    {"Nancy", NULL, NULL, TEXT_LINE},
    {"Null", "", "null", TEXT_LINE},
    {"Null", NULL, NULL, TEXT_NAME},
    {"Na", NULL, NULL, TEXT_NAME},
    {"NA", NULL, NULL, TEXT_NAME},
    {"NULL", "", "null", TEXT_NAME},
    {"none", "", "null", TEXT_NAME},
    {"N/A", "", "null", TEXT_NAME},
    {"NA", NULL, NULL, TEXT_COUNTRY},
    {"NA", "", "null", TEXT_LINE},
    {"null", "", "null", TEXT_COUNTRY},
    {"MÃ¤kinen", "Mäkinen", "mojibake", TEXT_LINE},
    {"JÃ¼rgen", "Jürgen", "mojibake", TEXT_LINE},
    {"Ã…lesund", "Ålesund", "mojibake", TEXT_LINE},
    {"MÃƒÂ¤kinen", "Mäkinen", "mojibake", TEXT_LINE},
    {"Ã\u00A0 la carte", "à la carte", "mojibake", TEXT_LINE},
    {"Ã\u00ADris", "íris", "mojibake", TEXT_LINE},
    {"â€œKauppaâ€\xC2\x9D Oy", "“Kauppa” Oy", "mojibake", TEXT_LINE},
    {"Lâ€™OrÃ©al", "L’Oréal", "mojibake", TEXT_LINE},
    {"Ã–lander ja MÃ¤ki",
     "Öland"
     "er ja Mäki",
     "mojibake", TEXT_LINE},
    {"MÃƒÆ’Ã‚Â¤kinen", "Mäkinen", "mojibake", TEXT_LINE},
    {"Ã\xC2\x83Â\xC2\x96"
     "land",
     "Öland", "mojibake", TEXT_LINE}, // Latin-1 twice
    {"ÃƒÂ\u00A0 la carte", "à la carte", "mojibake", TEXT_LINE},
    {"MaÌˆkinen", "Mäkinen", "mojibake", TEXT_LINE},
    {"æ\xC2\x9D±äº¬", "東京", "mojibake", TEXT_LINE},
    {"ØªÙ‡Ø±Ø§Ù†", "تهران", "mojibake", TEXT_LINE},
    {"BANGLADÉŠ", NULL, NULL, TEXT_LINE}, // Slovak, upper case
    {"PÓŁNOCNA", NULL, NULL, TEXT_LINE},  // Polish: bytes of Windows-1250
    {"Ø±0,5", NULL, NULL, TEXT_LINE},     // a letter of Arabic, by chance
    {"Café\u00A0»", "Café »", "trimmed", TEXT_LINE},
    {"bad \xE4 byte", "bad \uFFFD byte", "bad_bytes", TEXT_LINE},
    {"\xFF", "\uFFFD", "bad_bytes", TEXT_LINE},
};

static void check_row(const struct row *row)
{
    struct arena arena = {0};
    str cell = str_of(row->cell);
    struct value got = text_clean(&rules, cell, row->kind, &arena);
    str want = row->want ? str_of(row->want) : cell;
    if (!str_equal(got.text, want)) {
        fail_msg("'%s': got '%.*s'", row->cell, STR_ARG(got.text));
    }
    if (!row->want && (got.text.data != cell.data || got.reason)) fail_msg("'%s'", row->cell);
    if (row->reason) {
        assert_non_null(got.reason);
        assert_string_equal(got.reason, row->reason);
    }
    struct value again = text_clean(&rules, got.text, row->kind, &arena);
    if (again.reason) fail_msg("'%s' changes again: %s", row->cell, again.reason);
    arena_release(&arena);
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) check_row(&rows[i]);
}

// Double blanks, blanks at the ends and odd bytes are found at every position and length.
static void test_positions(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t len = 1; len < 40; len++) {
        char text[40];
        memset(text, 'x', sizeof text);
        assert_null(text_clean(&rules, (str){text, len}, TEXT_LINE, &arena).reason);
        for (size_t i = 0; i < len; i++) {
            text[i] = '\x03';
            assert_int_equal(text_clean(&rules, (str){text, len}, TEXT_LINE, &arena).text.len,
                             len - 1);
            text[i] = ' ';
            bool is_end = i == 0 || i == len - 1;
            assert_int_equal(text_clean(&rules, (str){text, len}, TEXT_LINE, &arena).text.len,
                             len - is_end);
            if (i + 1 < len) {
                text[i + 1] = ' ';
                size_t lost = 1 + (i == 0 || i + 2 == len);
                assert_int_equal(text_clean(&rules, (str){text, len}, TEXT_LINE, &arena).text.len,
                                 len - lost);
                text[i + 1] = 'x';
            }
            text[i] = 'x';
        }
    }
    arena_release(&arena);
}

// Pieces whose combinations uncover one another.
static const char *const pieces[] = {
    "&", "&amp;",  "amp;",   "am",       "p;",       "&#",     "38;",  "&shy;",  "\u200B", "\u0303",
    "A", "Ã",      "¤",      "&Atilde;", "&curren;", "\u037E", ";",    " ",      "\u00A0", "\n",
    "'", "=\"",    "\"",     "\"\"",     "1",        "-",      "n/a",  "\u00AD", "\x80",   "\x01",
    "e", "\u0301", "&#769;", "Â",        "€",        "â",      "&lt;",
};

static void test_idempotent(void **state)
{
    (void)state;
    uint32_t seed = 12345;
    struct arena arena = {0};
    int kept = 0;
    for (int i = 0; i < 200000; i++) {
        char text[80];
        size_t len = 0;
        seed = seed * 1664525 + 1013904223;
        for (unsigned j = 0; j < 1 + (seed >> 29); j++) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        enum text_kind kind = (enum text_kind)(i & 3);
        struct value first = text_clean(&rules, (str){text, len}, kind, &arena);
        str once = first.text;
        bool is_kept =
            text_is_clean((str){text, len}) && text_is_kept(&rules, (str){text, len}, kind);
        assert_false(is_kept && first.reason);
        kept += is_kept;
        struct value twice = text_clean(&rules, once, kind, &arena);
        if (twice.reason) {
            fail_msg("'%.*s' -> '%.*s' -> '%.*s'", (int)len, text, STR_ARG(once),
                     STR_ARG(twice.text));
        }
        assert_true(utf8_is_valid(once));
        arena_reset(&arena);
    }
    assert_true(kept > 1000);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_idempotent),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
