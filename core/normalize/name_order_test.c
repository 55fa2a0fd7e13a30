// The order of whole names must be told by headers in any of the languages, and only by headers
// that name both parts.
#include "name_order.h"
#include "synonyms_test.h"

static void test_headers(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        enum person_order want;
        bool is_name;
    } rows[] = {
        {"Sukunimi Etunimi", PERSON_FAMILY_FIRST, true},
        {"Sukunimi, etunimi", PERSON_FAMILY_FIRST, true},
        {"Sukunimi ja etunimi", PERSON_FAMILY_FIRST, true},
        {"Nimi (sukunimi etunimi)", PERSON_FAMILY_FIRST, true},
        {"Etu- ja sukunimi", PERSON_GIVEN_FIRST, false},
        {"Nom et prénom", PERSON_FAMILY_FIRST, true},
        {"Prénom / Nom", PERSON_GIVEN_FIRST, true},
        {"Nachname, Vorname", PERSON_FAMILY_FIRST, true},
        {"Vor- und Nachname", PERSON_GIVEN_FIRST, false},
        {"Apellidos y nombre", PERSON_FAMILY_FIRST, true},
        {"Nombre y apellidos", PERSON_GIVEN_FIRST, true},
        {"Cognome e nome", PERSON_FAMILY_FIRST, true},
        {"Imię i nazwisko", PERSON_GIVEN_FIRST, true},
        {"Efternamn, förnamn", PERSON_FAMILY_FIRST, true},
        {"Last Name, First Name", PERSON_FAMILY_FIRST, true},
        {"First & Last Name", PERSON_GIVEN_FIRST, true},
        {"Full name", PERSON_ORDER_UNKNOWN, false},
        {"Name", PERSON_ORDER_UNKNOWN, false},
        {"Company name", PERSON_ORDER_UNKNOWN, false},
        {"", PERSON_ORDER_UNKNOWN, false},
        {"/", PERSON_ORDER_UNKNOWN, false},
        {"()", PERSON_ORDER_UNKNOWN, false},
    };
    struct arena arena = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool is_name;
        str folded = header_fold(str_of(rows[i].header), &arena);
        enum person_order order = name_order_of_header(&synonyms, folded, &is_name, &arena);
        if (order == rows[i].want && is_name == rows[i].is_name) continue;
        print_error("%s: %d %d\n", rows[i].header, order, is_name);
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
