// Every level of every kind, the same whichever value comes first.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "likeness.h"

static struct rulebook book;
static struct nicknames nicknames;
static struct email_providers providers;
static struct likeness_rules rules;
static struct arena arena;

static int load(void **state)
{
    (void)state;
    rules = LIKENESS_RULES;
    rulebook_add_dir(&book, "rules");
    struct err err = {0};
    if (!nicknames_load(&nicknames, &book, &err)) return -1;
    if (!email_providers_load(&providers, &book, &err)) return -1;
    rules.nicknames = &nicknames;
    rules.providers = &providers;
    return 0;
}

static int unload(void **state)
{
    (void)state;
    nicknames_release(&nicknames);
    email_providers_release(&providers);
    rulebook_release(&book);
    arena_release(&arena);
    return 0;
}

static struct likeness_value prepared(enum likeness_kind kind, const char *text)
{
    struct likeness_value value;
    likeness_prepare(&rules, kind, str_of(text), &arena, &value);
    return value;
}

struct pair {
    const char *a, *b;
    enum likeness level;
};

static void check(enum likeness_kind kind, const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct likeness_value a = prepared(kind, pairs[i].a), b = prepared(kind, pairs[i].b);
        enum likeness level = likeness_of(&rules, kind, &a, &b);
        if (level != pairs[i].level || likeness_of(&rules, kind, &b, &a) != level)
            fail_msg("%s and %s: %s", pairs[i].a, pairs[i].b, likeness_name(level));
    }
    arena_reset(&arena);
}

#define CHECK(kind, pairs) check(kind, pairs, sizeof(pairs) / sizeof *(pairs))

static void test_first_names(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"", "", LIKE_BLANK},
        {"juha", "", LIKE_BLANK},
        {"juha", "juha", LIKE_EXACT},
        {"bob", "robert", LIKE_NICKNAME},
        {"bob", "bobby", LIKE_NICKNAME},
        {"kalle", "kaarlo", LIKE_NICKNAME},
        {"hajo", "hans joachim", LIKE_NICKNAME},
        {"christine", "christopher", LIKE_CLOSE},
        {"patricia", "patrick", LIKE_CLOSE},
        {"robert", "william", LIKE_DIFFER},
        {"j", "juha", LIKE_INITIAL},
        {"j", "k", LIKE_DIFFER},
        {"j", "juha pekka", LIKE_INITIAL},
        {"marjaana", "marjanna", LIKE_TYPO},
        {"heikki", "hiekki", LIKE_TYPO},
        {"jeanpaul", "jean paul", LIKE_TYPO},
        {"ola", "ole", LIKE_TYPO},
        {"philipp", "filip", LIKE_PHONETIC},
        {"ella", "alia", LIKE_DIFFER},
        {"kristoffer", "christopher", LIKE_PHONETIC},
        {"margar", "margarethe", LIKE_START},
        {"giovannimaria", "giovannina", LIKE_CLOSE},
        {"oscar", "osrac", LIKE_CLOSE},
        {"anna", "anna maria", LIKE_SUBSET},
        {"maria anna", "anna maria", LIKE_REORDERED},
        {"anna liisa", "anna maria", LIKE_OVERLAP},
        {"anna", "mark", LIKE_DIFFER},
        {"ян", "иван", LIKE_DIFFER},
        {"наталия", "наталья", LIKE_TYPO},
    };
    CHECK(LIKENESS_FIRST_NAME, pairs);
}

static void test_last_names(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"virtanen", "virtanen", LIKE_EXACT},
        {"v", "virtanen", LIKE_INITIAL},
        {"virtanen", "virtaneb", LIKE_TYPO},
        {"vanderberg", "van der berg", LIKE_TYPO},
        {"schmidt", "schmitz", LIKE_CLOSE},
        {"smith", "schmidt", LIKE_PHONETIC},
        {"kristofferson", "christoffersen", LIKE_PHONETIC},
        {"hansson", "hansen", LIKE_PHONETIC},
        {"carlson", "karlssen", LIKE_PHONETIC},
        {"bob", "robert", LIKE_DIFFER},
        {"smith", "smith jones", LIKE_SUBSET},
        {"jones smith", "smith jones", LIKE_REORDERED},
        {"smith jones", "smith brown", LIKE_DIFFER},
        {"li", "lu", LIKE_DIFFER},
        {"virtanen", "korhonen", LIKE_DIFFER},
    };
    CHECK(LIKENESS_LAST_NAME, pairs);
}

static void test_full_names(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"juha virtanen", "juha virtanen", LIKE_EXACT},
        {"juha virtanen", "virtanen juha", LIKE_REORDERED},
        {"juha virtanen", "juha pekka virtanen", LIKE_SUBSET},
        {"j virtanen", "virtanen juha", LIKE_INITIAL},
        {"j virtanen", "virtanen kalle", LIKE_DIFFER},
        {"bob smith", "smith robert", LIKE_NICKNAME},
        {"bob smyth", "smith robert", LIKE_TYPO},
        {"b smith", "robert smith", LIKE_DIFFER},
        {"juha virtanen", "juha korhonen", LIKE_DIFFER},
        {"juha virtanen", "pekka korhonen", LIKE_DIFFER},
        {"virtanen", "juha virtanen", LIKE_SUBSET},
        {"juhavirtanen", "juha virtanen", LIKE_TYPO},
        {"a b c d e f g h i j", "j i h g f e d c b a", LIKE_DIFFER},
    };
    CHECK(LIKENESS_FULL_NAME, pairs);
}

static void test_contacts(void **state)
{
    (void)state;
    static const struct pair emails[] = {
        {"a.b@acme.fi", "a.b@acme.fi", LIKE_EXACT},
        {"juha.virtanen@acme.fi", "juha.virtanen@acme.com", LIKE_LOCAL_PART},
        {"juha.virtanen@acme.fi", "juha.virtanen@acne.fi", LIKE_TYPO},
        {"juha.virtanen@acme.fi", "juha.virtaenn@acme.fi", LIKE_TYPO},
        {"juha.virtanen@acme.fi", "juha.virtaenn@acne.fi", LIKE_TYPO},
        {"juha.virtanen@acme.fi", "juha.virtaenn@other.fi", LIKE_DIFFER},
        {"jv@acme.fi", "jv@other.fi", LIKE_DIFFER},
        {"juha@acme.fi", "kalle@acme.fi", LIKE_DOMAIN},
        {"ab@acme.fi", "ac@acme.fi", LIKE_DOMAIN},
        {"juhaaa@gmail.com", "kalle@gmail.com", LIKE_DIFFER},
        {"juha", "kalle", LIKE_DIFFER},
        {"juha", "kalle@acme.fi", LIKE_DIFFER},
    };
    static const struct pair phones[] = {
        {"+358405550101", "+358405550101", LIKE_EXACT},
        {"+358405550101", "358405550101", LIKE_EXACT},
        {"+358405550101", "0405550101", LIKE_LAST_DIGITS},
        {"+358405550101", "+358405550110", LIKE_TYPO},
        {"+358405550101", "+358405550102", LIKE_TYPO},
        {"+358405550101", "+358405559902", LIKE_DIFFER},
        {"112", "113", LIKE_DIFFER},
        {"+", "113", LIKE_BLANK},
    };
    static const struct pair sites[] = {
        {"acme.fi", "acme.fi", LIKE_EXACT},     {"acme.fi", "acme.co.uk", LIKE_DOMAIN},
        {"acmex.fi", "acmey.fi", LIKE_TYPO},    {"ibm.com", "ibn.com", LIKE_DIFFER},
        {"nokia.com", "kone.com", LIKE_DIFFER}, {"localhost", "localhosts", LIKE_TYPO},
    };
    CHECK(LIKENESS_EMAIL, emails);
    CHECK(LIKENESS_PHONE, phones);
    CHECK(LIKENESS_WEBSITE, sites);
}

static void test_companies(void **state)
{
    (void)state;
    static const struct pair companies[] = {
        {"nordic timber", "nordic timber", LIKE_EXACT},
        {"nordic timber", "timber nordic", LIKE_REORDERED},
        {"nordic timber", "nordik timber", LIKE_TYPO},
        {"nordic timber", "nordictimber", LIKE_TYPO},
        {"nordic timber", "nordic timber sweden", LIKE_SUBSET},
        {"nordic timber sweden", "nordic timber finland", LIKE_OVERLAP},
        {"nordic timber", "nordic steel works", LIKE_DIFFER},
        {"ibm", "international business machines", LIKE_INITIAL},
        {"ibn", "international business machines", LIKE_DIFFER},
        {"mbi", "international business machines", LIKE_INITIAL},
        {"nordic mfg", "nordic manufacturing", LIKE_ABBREVIATED},
        {"intl paper mfg", "manufacturing international paper", LIKE_ABBREVIATED},
        {"nordic mfg", "nordic timber", LIKE_DIFFER},
        {"mfg", "manufacturing", LIKE_DIFFER},
        {"studio 54", "studio 55", LIKE_OTHER_NUMBER},
        {"studio 54", "studio", LIKE_SUBSET},
        {"3m", "4m", LIKE_DIFFER},
        {"nokia", "kone", LIKE_DIFFER},
        {"a", "b", LIKE_DIFFER},
    };
    static const struct pair cities[] = {
        {"helsinki", "helsinky", LIKE_TYPO}, {"york", "new york", LIKE_SUBSET},
        {"rome", "roma", LIKE_TYPO},         {"london", "lonnod", LIKE_CLOSE},
        {"oslo", "turku", LIKE_DIFFER},
    };
    static const struct pair regions[] = {
        {"nsw", "new south wales", LIKE_INITIAL},
        {"qld", "vic", LIKE_DIFFER},
    };
    CHECK(LIKENESS_COMPANY, companies);
    CHECK(LIKENESS_CITY, cities);
    CHECK(LIKENESS_REGION, regions);
}

static void test_streets(void **state)
{
    (void)state;
    static const struct pair streets[] = {
        {"main st 12", "12 main st", LIKE_REORDERED},
        {"main st 12", "main st 14", LIKE_OTHER_NUMBER},
        {"main st 12", "main street 12", LIKE_ABBREVIATED},
        {"main st 12", "main street 14", LIKE_DIFFER},
        {"main st 12", "mian st 12", LIKE_TYPO},
        {"main st 12", "main st 12 b", LIKE_SUBSET},
        {"main st 12", "main st", LIKE_SUBSET},
        {"main st 12", "maim st 14", LIKE_DIFFER},
        {"12", "12 main st", LIKE_DIFFER},
        {"mannerheimintie 12 a 3", "mannerheimintie 12 b 3", LIKE_TYPO},
        {"old main st 12", "new main st 12", LIKE_OVERLAP},
    };
    CHECK(LIKENESS_STREET, streets);
}

static void test_codes_and_dates(void **state)
{
    (void)state;
    static const struct pair dates[] = {
        {"1983-09-26", "19830926", LIKE_EXACT},
        {"1983-09-26T10:00:00Z", "1983-09-26", LIKE_EXACT},
        {"1983-09-26", "1983-09-25", LIKE_TYPO},
        {"1983-09-26", "1938-09-26", LIKE_TYPO},
        {"1983-09-05", "1983-05-09", LIKE_SWAPPED},
        {"1983-09-26", "1983-09-11", LIKE_YEAR_MONTH},
        {"1983-09-26", "1983-12-26", LIKE_YEAR_DAY},
        {"1983-09-26", "1984-08-12", LIKE_NEAR},
        {"1983-12-31", "1984-01-02", LIKE_NEAR},
        {"1983-09-26", "1991-12-07", LIKE_DIFFER},
        {"1983-09-26", "sept 83", LIKE_DIFFER},
        {"26 sep 83", "26 sep 84", LIKE_TYPO},
        {"198309261", "198309262", LIKE_TYPO},
    };
    static const struct pair codes[] = {
        {"00100", "00100", LIKE_EXACT},    {"00100", "00110", LIKE_TYPO},
        {"00100", "01000", LIKE_TYPO},     {"00100", "00199", LIKE_NEAR},
        {"sw1a1aa", "sw1a2bb", LIKE_NEAR}, {"00100", "90100", LIKE_TYPO},
        {"00100", "90210", LIKE_DIFFER},   {"101", "102", LIKE_DIFFER},
    };
    static const struct pair ids[] = {
        {"1234567", "1234567", LIKE_EXACT},
        {"1234567", "1234576", LIKE_TYPO},
        {"1234", "1235", LIKE_DIFFER},
    };
    static const struct pair countries[] = {
        {"FI", "FI", LIKE_EXACT}, {"FI", "SE", LIKE_DIFFER}, {"FI", "", LIKE_BLANK}};
    CHECK(LIKENESS_DATE, dates);
    CHECK(LIKENESS_POSTAL_CODE, codes);
    CHECK(LIKENESS_ID, ids);
    CHECK(LIKENESS_COUNTRY, countries);
}

static void test_swapped_names(void **state)
{
    (void)state;
    static const struct {
        const char *first_a, *last_a, *first_b, *last_b;
        bool is;
    } cases[] = {
        {"juha", "virtanen", "virtanen", "juha", true},
        {"juha", "virtanen", "virtanne", "juha", true},
        {"juha", "virtanen", "juha", "virtanen", false},
        {"juha", "juha", "juha", "juha", false},
        {"juha", "", "", "juha", false},
        {"juha", "virtanen", "virtanen", "kalle", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct likeness_value first_a = prepared(LIKENESS_FIRST_NAME, cases[i].first_a);
        struct likeness_value last_a = prepared(LIKENESS_LAST_NAME, cases[i].last_a);
        struct likeness_value first_b = prepared(LIKENESS_FIRST_NAME, cases[i].first_b);
        struct likeness_value last_b = prepared(LIKENESS_LAST_NAME, cases[i].last_b);
        assert_int_equal(likeness_names_swapped(&rules, &first_a, &last_a, &first_b, &last_b),
                         cases[i].is);
        assert_int_equal(likeness_names_swapped(&rules, &first_b, &last_b, &first_a, &last_a),
                         cases[i].is);
    }
}

static const char *const texts[] = {
    "",
    "a",
    "b",
    "ab",
    "a b",
    "b a",
    "a b c",
    "aa",
    "anna",
    "hanna",
    "anna maria",
    "maria",
    "mary ann",
    "ann mary",
    "anne marie",
    "marie",
    "mia",
    "bob",
    "robert bob",
    "bob robert",
    "rob bert",
    "robert",
    "bert",
    "12",
    "12 a",
    "a 12",
    "13",
    "main st 12",
    "st main 13",
    "main 12 13",
    "иван",
    "иванов иван",
    "иван и",
    "王小明",
    "aaaaaaaaaa",
    "aaaaaaaaab",
    "@",
    "a@b",
    "@b",
    "a@",
    "anna@b.c",
    "anna@c.c",
    "hanna@b.c",
    ".",
    "a.b",
    ".b",
    "2020-01-02",
    "20200102",
    "2020-02-01",
    "2020-13-99",
    "+12345678",
    "12345678",
    "12345687",
    " ",
    "  ",
    "st a street",
    "street a st",
    "st street stst",
    "stst street st",
    "s st a",
    "abcdefgh abcdefgi abcdefgj",
    "abcdefgi abcdefgh abcdefgx",
    "abcdefgj abcdefgy abcdefgi",
};

// Every pair of odd texts under every kind: the same level either way, and one the kind may have.
static void test_symmetry(void **state)
{
    (void)state;
    enum { TEXTS = sizeof texts / sizeof *texts };
    static struct likeness_value values[TEXTS];
    for (int kind = 0; kind < LIKENESS_KINDS; kind++) {
        for (size_t i = 0; i < TEXTS; i++) values[i] = prepared((enum likeness_kind)kind, texts[i]);
        for (size_t i = 0; i < TEXTS * TEXTS; i++) {
            const struct likeness_value *a = &values[i / TEXTS], *b = &values[i % TEXTS];
            enum likeness level = likeness_of(&rules, (enum likeness_kind)kind, a, b);
            assert_int_equal(likeness_of(&rules, (enum likeness_kind)kind, b, a), level);
            assert_true(likeness_levels((enum likeness_kind)kind) >> level & 1);
            if (a == b) assert_true(level == LIKE_EXACT || level == LIKE_BLANK);
        }
        arena_reset(&arena);
    }
}

static void test_words(void **state)
{
    (void)state;
    for (int kind = 0; kind < LIKENESS_KINDS; kind++) {
        str name = str_of(likeness_kind_name((enum likeness_kind)kind));
        assert_int_equal(likeness_kind_find(name), kind);
    }
    for (int level = 0; level < LIKE_LEVELS; level++) {
        assert_int_equal(likeness_find(str_of(likeness_name((enum likeness)level))), level);
    }
    assert_int_equal(likeness_kind_find(STR("")), -1);
    assert_int_equal(likeness_find(STR("same")), -1);
    assert_true(sizeof(struct likeness_value) == 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_names),     cmocka_unit_test(test_last_names),
        cmocka_unit_test(test_full_names),      cmocka_unit_test(test_contacts),
        cmocka_unit_test(test_companies),       cmocka_unit_test(test_streets),
        cmocka_unit_test(test_codes_and_dates), cmocka_unit_test(test_swapped_names),
        cmocka_unit_test(test_symmetry),        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
