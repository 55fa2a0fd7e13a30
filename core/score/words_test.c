// Folding and whole words: found where they stand as words, nowhere else.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "words.h"

static bool found(const char *phrase, const char *text)
{
    struct word_table table = {0};
    uint64_t bits[2] = {0};
    struct buffer first = {0}, second = {0};
    score_words_add(&table, STR("zzz"), 3); // never there
    score_words_add(&table, score_fold(str_of(phrase), &first), 70);
    score_words_seal(&table);
    score_words_search(&table, score_fold(str_of(text), &second), bits);
    bool other = bits[0] != 0 || (bits[1] & ~(uint64_t)1 << 6);
    bool answer = bits[1] >> 6 & 1;
    score_words_release(&table);
    buffer_release(&first);
    buffer_release(&second);
    assert_false(other);
    return answer;
}

static void whole_words(void **state)
{
    (void)state;
    static const struct {
        const char *phrase, *text;
        bool expected;
    } rows[] = {
        {"vp", "VP Sales", true},
        {"vp", "SVP Sales", false},
        {"vp", "vps", false},
        {"vp", "(vp)", true},
        {"vp", "sales/vp", true},
        {"vp", "vp2", false},
        {"vp", "vp_sales", false},
        {"vp", "", false},
        {"head of", "Head of Sales", true},
        {"head of", "head  of sales", true},
        {"head of", "Head-of-Sales", true},
        {"head of", "headof", false},
        {"head of", "head office", false},
        {"head of", "head", false},
        {"vice president", "Vice-President, EMEA", true},
        {"vice president", "vice vice president", true},
        {"päällikkö", "Myynti PÄÄLLIKKÖ", true},
        {"päällikkö", "myyntipäällikkö", false},
        {"pää", "päällikkö", false},
        {"a", "a\xCC\x88", false}, // a letter with a combining mark is another
        {"r&d", "Head of R&D", true},
        {"r&d", "R&Day", false},
        {".net", "a .NET shop", true},
        {".net", "asp.net", true}, // it begins with no word, so what stands before does not matter
        {".net", ".network", false},
        {"c++", "C++ developer", true},
        {"σας", "ΣΑΣ", true},
        {"директор", "Генеральный Директор", true},
        {"директор", "директора", false},
        {"ceo",
         "\xff"
         "ceo\xff",
         true}, // bad bytes are no letters
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (found(rows[i].phrase, rows[i].text) != rows[i].expected) {
            fail_msg("\"%s\" in \"%s\"", rows[i].phrase, rows[i].text);
        }
    }
}

static void folding(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"", ""},
        {"  CEO \t", "ceo"},
        {"ÅÄÖ", "åäö"},
        {"Head of Sales", "head of sales"},
        {"Chief BÜRO Officer @[`{", "chief büro officer @[`{"},
        {"MANAGING\xFF", "managing?"},
        {"a\xFF"
         "B",
         "a?b"},
        {"\xC3", "?"},
        {"\xE2\x82", "??"},
        {"\xED\xA0\x80", "???"},
        {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
        {"Straße", "straße"},
        {"\xC8\xBA", "\xE2\xB1\xA5"}, // two bytes become three
    };
    struct buffer scratch = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str folded = score_fold(str_of(rows[i].text), &scratch);
        assert_int_equal(folded.len, strlen(rows[i].expected));
        assert_memory_equal(folded.data, rows[i].expected, folded.len);
    }
    buffer_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_words), cmocka_unit_test(folding)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
