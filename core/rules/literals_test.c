// What is told without PCRE2 must be what PCRE2 says.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "literals.h"
#include "pattern.h"

struct both {
    struct literal_table table;
    struct pattern *patterns[64];
    struct pattern_scratch *scratch;
    struct buffer lower;
    size_t count;
};

static uint64_t next_number(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void add(struct both *both, str expression, unsigned flags)
{
    struct pattern_fault fault;
    struct pattern *pattern = pattern_compile(expression, flags, &fault);
    if (!pattern) fail_msg("%.*s: %s", STR_ARG(expression), fault.text);
    if (!literals_add(&both->table, expression, flags, (uint32_t)both->count)) {
        fail_msg("not taken: %.*s", STR_ARG(expression));
    }
    both->patterns[both->count++] = pattern;
}

static void seal(struct both *both)
{
    literals_seal(&both->table);
    both->scratch = pattern_scratch_new();
}

static void release(struct both *both)
{
    for (size_t i = 0; i < both->count; i++) pattern_free(both->patterns[i]);
    pattern_scratch_free(both->scratch);
    buffer_release(&both->lower);
    literals_release(&both->table);
}

// Compares the answers about text, which is put where the sanitizer sees a byte read too far.
static void compare(struct both *both, str text)
{
    uint64_t found[1] = {0}, expected = 0;
    char *copy = memory_alloc(text.len ? text.len : 1);
    memcpy(copy, text.data, text.len);
    str tight = {copy, text.len};
    bool is_told = literals_search(&both->table, tight, &both->lower, found);
    assert_int_equal(is_told, str_is_ascii(text) && text.len <= LITERALS_TEXT_MAX);
    for (size_t i = 0; is_told && i < both->count; i++) {
        bool answer = pattern_search(both->patterns[i], both->scratch, tight) == PATTERN_YES;
        expected |= (uint64_t)answer << i;
    }
    if (found[0] != expected && is_told) {
        fail_msg("'%.*s': %llx, PCRE2 says %llx", STR_ARG(text), (unsigned long long)found[0],
                 (unsigned long long)expected);
    }
    memory_free(copy);
}

static void add_all(struct both *both)
{
    static const struct {
        const char *expression;
        unsigned flags;
    } patterns[] = {
        {"\\b(?:ceo|cto|chief|president)\\b", PATTERN_CASELESS},
        {"\\b(?:ceo|cto|Chief)\\b", 0},
        {"\\b(vp|vice president|head of|head of sales|head)\\b", PATTERN_CASELESS},
        {"\\bhead-of\\b", PATTERN_CASELESS},
        {"\\b(?:r&d|c\\.o\\.o|a b|2nd_1)\\b", 0},
        {"\\b(?:sweepstakes?|colou?rs?)\\b", PATTERN_CASELESS},
        {"\\b(?:administration|administrator|administrators)\\b", PATTERN_CASELESS},
        {"\\ba\\b", 0},
        {"\\b_\\b", 0},
        {"\\b(?:a|ab|abc|abcdefgh|abcdefghi)\\b", PATTERN_CASELESS},
        {"^(?:gmail|googlemail|gmx)\\.[a-z.]+$", 0},
        {"^(?:gmail|googlemail|gmx)\\.[a-z.]+$", PATTERN_CASELESS},
        {"^(?:mailinator|10minutemail|gm)\\.", 0},
        {"^(?:referral|web|chat)", PATTERN_CASELESS},
        {"^https?:\\/\\/", 0},
        {"^(head|he)$", 0},
        {"\\Aa[A-Z0-9_-]*\\z", PATTERN_CASELESS},
        {"^(a b|-|\\.)", 0},
        {"^ceo$", PATTERN_CASELESS},
        {"^ab?c?[a\\-]*$", 0},
        {"^x[0-Z]+$", PATTERN_CASELESS},
    };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        add(both, str_of(patterns[i].expression), patterns[i].flags);
    }
    seal(both);
}

// Texts made of what the patterns speak of, and of what may stand around it.
static void random_texts(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "ceo",     "CTO",        "Chief",    "president", "vp",          "vice president",
        "head",    "of",         "sales",    "r&d",       "c.o.o",       "2nd_1",
        "colours", "sweepstake", "gmail.",   "com",       "gmx.de",      "googlemail.co.uk",
        "a",       "b",          "abc",      "abcdefgh",  "abcdefghi",   "administrator",
        "s",       "_",          "10minute", "mail",      "mailinator.", "http://",
        "https:",  "web",        "Referral", "x",         "Z9",          " ",
        " ",       " ",          "-",        ".",         ",",           "/",
        "\n",      "\r\n",       "\x7F",     "@",         "[",           "`",
        "{",       "0",          "9",        ":",         "\xC3\xA4",    "\xE2\x84\xAA",
    };
    enum { PIECES = sizeof pieces / sizeof *pieces, ROUNDS = 40000 };
    struct both both = {0};
    struct buffer text = {0};
    uint64_t seed = 20261124;
    add_all(&both);
    for (int round = 0; round < ROUNDS; round++) {
        buffer_clear(&text);
        uint64_t count = next_number(&seed) % (round % 16 ? 8 : 60);
        for (uint64_t i = 0; i < count; i++) {
            buffer_add(&text, str_of(pieces[next_number(&seed) % PIECES]));
        }
        if (next_number(&seed) % 64 == 0) buffer_add_byte(&text, '\0');
        compare(&both, text.len ? buffer_str(&text) : STR(""));
    }
    buffer_release(&text);
    release(&both);
}

// Every byte on either side of a word, and words at every place of long texts.
static void borders(void **state)
{
    (void)state;
    enum { LONG = LITERALS_TEXT_MAX + 1 };
    struct both both = {0};
    add_all(&both);
    for (int c = 0; c < 256; c++) {
        char text[] = {(char)c, 'c', 'e', 'o', (char)c};
        compare(&both, (str){text, sizeof text});
        compare(&both, (str){text, sizeof text - 1});
        compare(&both, (str){text + 1, sizeof text - 1});
    }
    static const char word[] = "administrator";
    char *text = memory_alloc(LONG);
    for (size_t len = 0; len < 200; len++) {
        for (size_t at = 0; at + sizeof word - 1 <= len; at++) {
            memset(text, at % 3 ? ' ' : 'x', len);
            if (at) text[at - 1] = '.';
            memcpy(text + at, word, sizeof word - 1);
            compare(&both, (str){text, len});
        }
    }
    memset(text, 'a', LONG);
    memcpy(text + LONG - 4, " ceo", 4);
    compare(&both, (str){text, LONG});
    compare(&both, (str){text + 1, LONG - 1});
    compare(&both, (str){text + 1, LONG - 2});
    memory_free(text);
    release(&both);
}

static void what_is_not_taken(void **state)
{
    (void)state;
    static const char *const expressions[] = {
        "",
        "ceo",
        "ceo|cto",
        "\\bceo",
        "ceo\\b",
        "\\bceo\\b|cto",
        "\\bceo|cto\\b",
        "\\b(?:ceo|cto)\\b.",
        "\\b(?:ceo|)\\b",
        "\\b(?:ceo|-cto)\\b",
        "\\b(?:ceo|cto-)\\b",
        "\\b(?:ceo|-?cto)\\b",
        "\\b(?:ceo|c+to)\\b",
        "\\b(?:ceo|c{2}to)\\b",
        "\\b(?:ceo|c.o)\\b",
        "\\b(?:ceo|c[et]o)\\b",
        "\\b(?:ceo|(cto))\\b",
        "\\b(?:ceo|\\d)\\b",
        "\\b(?:ceo)?\\b",
        "\\b(?i:ceo)\\b",
        "\\b(?=ceo)\\b",
        "\\b(?<x>ceo)\\b",
        "\\b(*ACCEPT)\\b",
        "\\bt\xC3\xA4vling\\b",
        "\\bk??\\b",
        "\\bab?+\\b",
        "\\ba?b?c?d?e?f?\\b",
        "^",
        "^$",
        "^a?",
        "^a?$",
        "^(?:a|b)+",
        "^(?:a|b)*",
        "^a+",
        "^a|b",
        "^ab$c",
        "^a[^b]+$",
        "^a[[:alpha:]]+$",
        "^a[\\w]+$",
        "^a[]a]+$",
        "^a[a-]b]+$",
        "^a[+--]+$",
        "^a[a-z]$",
        "^a[a-z]+",
        "^a[a-z]++$",
        "^a[a-z]{2}$",
        "^a[z",
        "\\A(?:docomo|ezweb)\\.ne\\.jp\\Z",
    };
    struct literal_table table = {0};
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        if (literals_add(&table, str_of(expressions[i]), 0, 0)) fail_msg("%s", expressions[i]);
    }
    assert_false(literals_add(&table, STR("^a"), PATTERN_WHOLE, 0));
    assert_false(literals_add(&table, STR("^a"), PATTERN_BYTES, 0));
    assert_int_equal(table.count, 0);
    literals_release(&table);
}

// More literals than first bytes or slots, so that some share both.
static void many(void **state)
{
    (void)state;
    struct both both = {0};
    struct buffer expression = {0};
    uint64_t seed = 7;
    for (int pattern = 0; pattern < 40; pattern++) {
        buffer_clear(&expression);
        buffer_format(&expression, pattern % 2 ? "^(?:q" : "\\b(?:q");
        for (int i = 0; i < 120; i++) {
            buffer_format(&expression, "|w%d", (int)(next_number(&seed) % 9000));
        }
        buffer_format(&expression, pattern % 2 ? ")" : ")\\b");
        add(&both, buffer_str(&expression), pattern % 3 ? 0 : PATTERN_CASELESS);
    }
    seal(&both);
    for (int i = 0; i < 9000; i++) {
        char text[32];
        int len = snprintf(text, sizeof text, "%cW%d w%d", i % 2 ? ' ' : 'w', i, i);
        compare(&both, (str){text, (size_t)len});
        compare(&both, (str){text + 1, (size_t)len - 1});
    }
    buffer_release(&expression);
    release(&both);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_texts),
        cmocka_unit_test(borders),
        cmocka_unit_test(what_is_not_taken),
        cmocka_unit_test(many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
