// Answers and quantities: every language's words, ranges, units, and what must stay as typed.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "quantity.h"

static struct rulebook book;
static struct word_rules rules;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    if (!word_rules_load(&rules, &book, &err)) fail_msg("%s", err.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    word_rules_release(&rules);
    rulebook_release(&book);
    return 0;
}

typedef struct value reader(const struct word_rules *rules, str cell, struct arena *arena);

struct row {
    const char *cell, *want; // want NULL: not valid
};

static void check_rows(reader *read, const struct row rows[], size_t count)
{
    struct arena arena = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        str cell = str_of(rows[i].cell);
        struct value got = read(&rules, cell, &arena);
        str want = rows[i].want ? str_of(rows[i].want) : cell;
        struct value again = read(&rules, got.text, &arena);
        bool is_stable = !again.reason && again.is_valid == got.is_valid;
        bool is_told = (got.reason != NULL) == !str_equal(got.text, cell);
        if (str_equal(got.text, want) && got.is_valid == (rows[i].want != NULL) && is_stable &&
            is_told) {
            continue;
        }
        print_error("'%s': '%.*s'%s\n", rows[i].cell, STR_ARG(got.text),
                    is_stable ? "" : " unstable");
        wrong++;
    }
    assert_int_equal(wrong, 0);
    arena_release(&arena);
}

#define CHECK(read, rows) check_rows(read, rows, sizeof rows / sizeof *rows)

static void test_yes_no(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"", ""},
        {"yes", "yes"},
        {"no", "no"},
        {"Yes", "yes"},
        {"YES", "yes"},
        {"Y", "yes"},
        {"N", "no"},
        {"TRUE", "yes"},
        {"False", "no"},
        {"1", "yes"},
        {"0", "no"},
        {"x", "yes"},
        {"X", "yes"},
        {"✓", "yes"},
        {"✔", "yes"},
        {"☑", "yes"},
        {"☐", "no"},
        {"✗", "no"},
        {"K", "yes"},
        {"E", "no"},
        {"Kyllä", "yes"},
        {"KYLLÄ", "yes"},
        {"Ei", "no"},
        {"Joo", "yes"},
        {"Ja", "yes"},
        {"Nej", "no"},
        {"Nei", "no"},
        {"Já", "yes"},
        {"Nein", "no"},
        {"Oui", "yes"},
        {"Non", "no"},
        {"Sí", "yes"},
        {"Si", "yes"},
        {"Sim", "yes"},
        {"Não", "no"},
        {"Tak", "yes"},
        {"Nie", "no"},
        {"Nee", "no"},
        {"Ano", "yes"},
        {"on", "yes"},
        {"off", "no"},
        {"Agreed", "yes"},
        {"Yes, I agree to receive news", "yes"},
        {"Kyllä, haluan uutiskirjeen", "yes"},
        {"Ja, ich möchte", "yes"},
        {"No, thanks", "no"},
        {"Ei kiitos", "no"},
        {"On hold", NULL},
        {"maybe", NULL},
        {"2", NULL},
        {"Yesterday", NULL},
        {"Nordic", NULL},
        {"?", NULL},
        {"2026-01-01", NULL},
    };
    CHECK(word_yes_no, rows);
}

static void test_consent(void **state)
{
    (void)state;
    static const struct row consent[] = {
        {"", ""},
        {"Subscribed", "yes"},
        {"Unsubscribed", "no"},
        {"opted-in", "yes"},
        {"Opted out", "no"},
        {"Suostumus annettu", "yes"},
        {"peruttu", "no"},
        {"withdrawn", "no"},
        {"Yes", "yes"},
        {"ei", "no"},
        {"pending", NULL},
    };
    CHECK(word_consent, consent);
    static const struct row attended[] = {
        {"", ""},
        {"Yes", "yes"},
        {"Joined", "yes"},
        {"Checked In", "yes"},
        {"No show", "no"},
        {"no-show", "no"},
        {"Did not attend", "no"},
        {"Registered", "no"},
        {"Osallistui", "yes"},
        {"Ei osallistunut", "no"},
        {"Poissa", "no"},
        {"Deltog", "yes"},
        {"deltog ej", "no"},
        {"teilgenommen", "yes"},
        {"K", "yes"},
        {"Attending", NULL},
        {"45", NULL},
    };
    CHECK(word_attended, attended);
}

static struct value opt_out_of_email(const struct word_rules *word_rules, str cell,
                                     struct arena *arena)
{
    return word_opt_out(word_rules, cell, STR("email"), arena);
}

static void test_opt_out(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"", ""},
        {"Yes", "email"},
        {"X", "email"},
        {"1", "email"},
        {"true", "email"},
        {"No", ""},
        {"0", ""},
        {"false", ""},
        {"Ei", ""},
        {"email", "email"},
        {"phone", "phone"},
        {"all", "all"},
        {"email phone", "email phone"},
        {"phone, email", "email phone"},
        {"email;all", "all"},
        {"Do not call", "phone"},
        {"Do not contact", "all"},
        {"Ei saa soittaa", "phone"},
        {"Markkinointikielto", "all"},
        {"unsubscribed", "email"},
        {"opted out", "email"},
        {"subscribed", ""},
        {"2026-01-05 10:00", "email"},
        {"1/5/2026", "email"},
        {"perhaps", NULL},
        {"email, pigeons", NULL},
    };
    CHECK(opt_out_of_email, rows);
}

static struct value rating(const struct word_rules *word_rules, str cell, struct arena *arena)
{
    (void)word_rules;
    (void)arena;
    return word_rating(cell);
}

static void test_rating(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"", ""},       {"5", "5"},     {"★★★☆☆", "3"}, {"⭐⭐", "2"}, {"4/5", "4"},
        {"4.0", "4"},   {"3,0", "3"},   {"Hot", "Hot"}, {"A", "A"},  {"☆☆☆", "☆☆☆"},
        {"4.5", "4.5"}, {"★ x", "★ x"}, {"B+", "B+"},
    };
    CHECK(rating, rows);
}

static void test_employees(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"", ""},
        {"0", "0"},
        {"51", "51"},
        {"51-200", "51"},
        {"51–200", "51"},
        {"51 - 200", "51"},
        {"51 to 200", "51"},
        {"51 bis 200 Mitarbeiter", "51"},
        {"51-200 employees", "51"},
        {"51-200 työntekijää", "51"},
        {"10 till 49 anställda", "10"},
        {"1 000", "1000"},
        {"1,000", "1000"},
        {"1.000", "1000"},
        {"1'000", "1000"},
        {"1,001-5,000", "1001"},
        {"1.001-5.000", "1001"},
        {"1 001 - 5 000", "1001"},
        {"10,001+", "10001"},
        {"10001+ employees", "10001"},
        {"250+", "250"},
        {"at least 250", "250"},
        {"mindestens 250 Mitarbeiter", "250"},
        {"> 250", "251"},
        {">250", "251"},
        {"more than 250", "251"},
        {"More than 10,000 employees", "10001"},
        {"yli 250", "251"},
        {"yli 250 henkilöä", "251"},
        {"mer än 250", "251"},
        {"über 1.000 Mitarbeiter", "1001"},
        {"plus de 250 salariés", "251"},
        {"≥ 250", "250"},
        {"< 10", "1"},
        {"under 10", "1"},
        {"alle 10", "1"},
        {"fewer than 10", "1"},
        {"less than 10 employees", "1"},
        {"noin 50", "50"},
        {"~50", "50"},
        {"approx. 50", "50"},
        {"ca. 50", "50"},
        {"5k", "5000"},
        {"5K-10K", "5000"},
        {"1.5k", "1500"},
        {"51.0", "51"},
        {"007", "7"},
        {"1-10", "1"},
        {"2-10", "2"},
        {"11-50", "11"},
        {"Nov-50", "11"},
        {"10-Feb", "2"},
        {"2-Oct", "2"},
        {"1 (self-employed)", "1"},
        {"Self-employed", "1"},
        {"Yksinyrittäjä", "1"},
        {"10.5", NULL},
        {"200-51", NULL},
        {"many", NULL},
        {"1-2-3", NULL},
        {"10 000 000 000 000", NULL},
        {"Building 5", NULL},
        {"-", NULL},
        {"+", NULL},
        {"99999999999999999999", NULL},
    };
    CHECK(quantity_employees, rows);
}

static void test_minutes(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"", ""},
        {"62", "62"},
        {"0", "0"},
        {"62.5", "62"},
        {"62,5", "62"},
        {"062", "62"},
        {"1h 2m 6s", "62"},
        {"1h2m6s", "62"},
        {"1 h 2 min", "62"},
        {"1 t 2 min", "62"},
        {"2 h 44 m", "164"},
        {"2 h 44", "164"},
        {"1 hour 2 minutes", "62"},
        {"1 hour, 2 minutes and 6 seconds", "62"},
        {"62 min", "62"},
        {"62 minutes", "62"},
        {"62 minuuttia", "62"},
        {"1 tunti 2 minuuttia", "62"},
        {"1 tim 2 min", "62"},
        {"1 Std. 2 Min.", "62"},
        {"59s", "0"},
        {"3720 s", "62"},
        {"1:02:06", "62"},
        {"01:02:06", "62"},
        {"62:06", "62"},
        {"1:02", "62"},
        {"PT1H2M6S", "62"},
        {"< 1 min", "0"},
        {"at least 5 min", "5"},
        {"1.5 h", "90"},
        {"1:62:00", NULL},
        {"1:02:06:09", NULL},
        {"long", NULL},
        {"5 apples", NULL},
        {"1 2 3", NULL},
        {"-5", NULL},
        {"2026-01-01", NULL},
    };
    CHECK(quantity_minutes, rows);
}

static void test_timeframe(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"", ""},
        {"90", "90"},
        {"0", "0"},
        {"1-3 months", "90"},
        {"1–3 months", "90"},
        {"1 to 3 months", "90"},
        {"0-3 months", "90"},
        {"1–2 kk", "60"},
        {"1-2 kuukautta", "60"},
        {"3-6 månader", "180"},
        {"3 bis 6 Monate", "180"},
        {"3 à 6 mois", "180"},
        {"3 a 6 meses", "180"},
        {"within 6 months", "180"},
        {"Within the next 6 months", "180"},
        {"in 6 weeks", "42"},
        {"6 viikkoa", "42"},
        {"2 vk", "14"},
        {"6 kuukauden sisällä", "180"},
        {"6 kuukauden kuluessa", "180"},
        {"inom 6 månader", "180"},
        {"innerhalb von 6 Monaten", "180"},
        {"less than 3 months", "90"},
        {"< 3 months", "90"},
        {"alle 3 kk", "90"},
        {"1 year", "360"},
        {"1-2 years", "720"},
        {"1 vuosi", "360"},
        {"30 days", "30"},
        {"30 pv", "30"},
        {"2 quarters", "180"},
        {"1.5 years", "540"},
        {"Immediately", "0"},
        {"immediately!", "0"},
        {"ASAP", "0"},
        {"Heti", "0"},
        {"heti.", "0"},
        {"Omgående", "0"},
        {"sofort", "0"},
        {"Now", "0"},
        {"This quarter", "90"},
        {"puolen vuoden sisällä", "180"},
        {"Just looking", ""},
        {"Vain selailen", ""},
        {"No plans", ""},
        {"Ei suunnitelmia", ""},
        {"Vet ej", ""},
        {"Q1 2027", NULL},
        {"2027", "2027"},
        {"1-3", NULL},
        {"months", NULL},
        {"spring 2027", NULL},
        {"3 bananas", NULL},
        {"6-3 months", NULL},
        {"1 month 2 weeks", NULL},
    };
    CHECK(quantity_timeframe_days, rows);
}

// No upper end: beyond the number.
static void test_open_timeframe(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"more than 2 weeks", "15"},
        {">14 days", "15"},
        {"more than 6 months", "181"},
        {"over the next 6 months", "180"},
        {"no more than 6 months", "180"},
        {"6+ months", "181"},
        {"6 months+", "181"},
        {"6 months or more", "181"},
        {"at least 6 months", "181"},
        {"after 6 months", "181"},
        {"≥ 6 months", "181"},
        {">= 6 months", "181"},
        {"<= 6 months", "180"},
        {"3-6+ months", "181"},
        {"yli 6 kk", "181"},
        {"enemmän kuin 6 kk", "181"},
        {"vähintään 6 kk", "181"},
        {"6 kk tai enemmän", "181"},
        {"mer än 6 månader", "181"},
        {"minst 6 månader", "181"},
        {"mere end 6 måneder", "181"},
        {"mindst 6 måneder", "181"},
        {"mehr als 6 Monate", "181"},
        {"über 6 Monate", "181"},
        {"mindestens 3 Monate", "91"},
        {"ab 6 Monaten", "181"},
        {"plus de 6 mois", "181"},
        {"au moins 6 mois", "181"},
        {"6 mois et plus", "181"},
        {"> 6 mois", "181"},
        {"< 6 mois", "180"},
        {"6 mois", "180"},
        {"más de 6 meses", "181"},
        {"al menos 6 meses", "181"},
        {"più di 6 mesi", "181"},
        {"almeno 6 mesi", "181"},
        {"mais de 6 meses", "181"},
        {"pelo menos 6 meses", "181"},
        {"meer dan 6 maanden", "181"},
        {"minimaal 6 maanden", "181"},
        {"ponad 6 miesięcy", "181"},
        {"co najmniej 6 miesięcy", "181"},
        {"more than a year", "361"},
        {"> 1 year", "361"},
        {"yli vuosi", "361"},
        {"mehr als ein Jahr", "361"},
        {"ab sofort", "0"},
    };
    CHECK(quantity_timeframe_days, rows);
}

static void test_random(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "1",   "50", "200", "000", " ",  "-",   "–",     "to",   ",",   ".", "+",  "more than",
        "yli", "<",  ">",   "k",   "kk", "h",   "min",   "s",    ":",   "x", "ja", "months",
        "PT",  "no", "yes", "✓",   "★",  "all", "email", "heti", "Nov", "'", "(",  "ä",
    };
    static reader *const readers[] = {
        word_yes_no, word_consent,       word_attended,    opt_out_of_email,
        rating,      quantity_employees, quantity_minutes, quantity_timeframe_days};
    struct arena arena = {0};
    uint32_t seed = 3;
    for (int i = 0; i < 200000; i++) {
        char text[120];
        size_t len = 0;
        seed = seed * 1664525 + 1013904223;
        for (unsigned j = 0; j < 1 + (seed >> 29); j++) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        for (size_t k = 0; k < sizeof readers / sizeof *readers; k++) {
            struct value once = readers[k](&rules, (str){text, len}, &arena);
            struct value twice = readers[k](&rules, once.text, &arena);
            if (twice.reason || once.is_valid != twice.is_valid) {
                fail_msg("%zu: '%.*s' '%.*s' '%.*s'", k, (int)len, text, STR_ARG(once.text),
                         STR_ARG(twice.text));
            }
        }
        arena_reset(&arena);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yes_no),    cmocka_unit_test(test_consent),
        cmocka_unit_test(test_opt_out),   cmocka_unit_test(test_rating),
        cmocka_unit_test(test_employees), cmocka_unit_test(test_minutes),
        cmocka_unit_test(test_timeframe), cmocka_unit_test(test_open_timeframe),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
