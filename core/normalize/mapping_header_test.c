// Headers with words of systems before or behind them must mean what the words alone do, and no
// others.
#include "mapping_header.h"
#include "synonyms_test.h"
#include "target.h"

static void test_headers(void **state)
{
    (void)state;
    static const struct {
        const char *header, *want; // NULL = unknown
    } rows[] = {
        {"Henkilö - Kaupunki", "city"},
        {"Henkilö - Henkilö luotu", "created_at"},
        {"Person - City", "city"},
        {"Work State/Province", "region"},
        {"Work Status", NULL},
        {"Business Category", NULL},
        {"Durée de la session (minutes)", "duration"},
        {"Antall minutter", "duration"},
        {"Date/heure d'inscription", "created_at"},
        {"Fecha y hora de registro", "created_at"},
        {"Registration Date (UTC)", "created_at"},
        {"Registered at (UTC) [YYYY-MM-DD HH:MM:SS]", "created_at"},
        {"First seen (IST)", "created_at"},
        {"Adres 1: postcode", "postal_code"},
        {"Address 1: Street 1", "street"},
        {"Phone 1 notes", NULL},
        {"Firma/Account", "company"},
        {"E-mail/Telefon", NULL},
        {"/", NULL},
        {"Sukunimi / Etunimi", "full_name"},
        {"", NULL},
    };
    struct arena arena = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct meaning meanings[MEANINGS_MAX];
        str header = str_of(rows[i].header), folded = header_fold(header, &arena);
        size_t count = header_meanings(&synonyms, header, folded, &arena, meanings);
        str got = count ? target_name(meanings[0].target) : (str){"", 0};
        if (str_equal(got, str_of(rows[i].want))) continue;
        print_error("%s: %.*s\n", rows[i].header, STR_ARG(got));
        wrong++;
    }
    assert_int_equal(wrong, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_headers)};
    return cmocka_run_group_tests(tests, load, release);
}
