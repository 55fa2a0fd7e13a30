// Contacts and companies are found by their keys; what they do not agree in is not said.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "crm.h"

static hash128 key(const char *text) { return hash_128(str_of(text)); }

static uint32_t add(struct crm *crm, const char *id, const char *owner, const char *stage)
{
    const struct crm_record record = {str_of(id), str_of(owner), str_of(stage),
                                      STR(""),    false,         false};
    return crm_add(crm, &record);
}

static uint32_t add_company(struct crm *crm, const char *id, const char *owner)
{
    const struct crm_record record = {str_of(id), str_of(owner), STR("customer"),
                                      STR(""),    false,         true};
    return crm_add(crm, &record);
}

static void assert_answer(const struct crm *crm, const uint64_t found[], size_t count,
                          const char *want)
{
    struct arena arena = {0};
    struct crm_findings findings = {0};
    struct crm_answer answer;
    for (size_t i = 0; i < count; i++) crm_join(&findings, found[i]);
    crm_answer(crm, &findings, &arena, &answer);
    str text = arena_format(&arena, "%.*s %.*s %.*s %.*s", STR_ARG(answer.match),
                            STR_ARG(answer.id), STR_ARG(answer.owner), STR_ARG(answer.stage));
    assert_int_equal(text.len, strlen(want));
    assert_memory_equal(text.data, want, text.len);
    arena_release(&arena);
}

static void test_contacts(void **state)
{
    (void)state;
    struct crm crm = {0};
    uint32_t jane = add(&crm, "1", "ann", "lead"), again = add(&crm, "1", "ann", "lead");
    uint32_t other = add(&crm, "2", "bob", "lead"), nameless = add(&crm, "", "ann", "lead");
    crm.records[again].has_opted_out = true;
    crm_put_contact(&crm, key("one"), jane);
    crm_put_contact(&crm, key("one"), jane);
    crm_put_contact(&crm, key("two rows"), jane);
    crm_put_contact(&crm, key("two rows"), again);
    crm_put_contact(&crm, key("two"), jane);
    crm_put_contact(&crm, key("two"), other);
    crm_put_contact(&crm, key("no id"), nameless);
    crm_put_contact(&crm, key("no id"), jane);

    uint64_t one = crm_find_contact(&crm, key("one"), 3);
    assert_answer(&crm, NULL, 0, "none   ");
    assert_answer(&crm, &one, 1, "person 1 ann lead");
    assert_false(crm_has_opted_out(&crm, one));
    uint64_t rows = crm_find_contact(&crm, key("two rows"), 3);
    assert_answer(&crm, &rows, 1, "person 1 ann lead");
    assert_true(crm_has_opted_out(&crm, rows));
    uint64_t two = crm_find_contact(&crm, key("two"), 3);
    assert_answer(&crm, &two, 1, "ambiguous 1;2  lead");
    uint64_t no_id = crm_find_contact(&crm, key("no id"), 3);
    assert_answer(&crm, &no_id, 1, "ambiguous 1 ann lead");
    assert_true(crm_find_contact(&crm, key("none"), 3) == 0);
    crm_release(&crm);
}

// Members of a cluster find what they find: the strongest kind of key decides.
static void test_findings(void **state)
{
    (void)state;
    struct crm crm = {0};
    for (int i = 0; i < 6; i++) {
        static const char *const ids[] = {"a", "b", "c", "d", "e", "f"};
        crm_put_contact(&crm, key(ids[i]), add(&crm, ids[i], "ann", ids[i]));
    }
    uint64_t a = crm_find_contact(&crm, key("a"), 2), b = crm_find_contact(&crm, key("b"), 1);
    uint64_t c = crm_find_contact(&crm, key("c"), 1);
    assert_answer(&crm, (uint64_t[]){a, b}, 2, "person b ann b");
    assert_answer(&crm, (uint64_t[]){b, a, b}, 3, "person b ann b");
    assert_answer(&crm, (uint64_t[]){c, a, b}, 3, "ambiguous b;c ann ");
    uint64_t all[6];
    static const char *const ids[] = {"f", "e", "d", "c", "b", "a"};
    for (int i = 0; i < 6; i++) all[i] = crm_find_contact(&crm, key(ids[i]), 0);
    assert_answer(&crm, all, 6, "ambiguous c;d;e;f ann ");
    crm_release(&crm);
}

static void test_companies(void **state)
{
    (void)state;
    struct crm crm = {0};
    uint32_t joe = add(&crm, "1", "ann", "lead"), roe = add(&crm, "2", "bob", "lead");
    crm.records[joe].account = crm.records[roe].account = STR("70");
    crm_put_company(&crm, key("nord"), joe);
    uint64_t nord = crm_find_company(&crm, key("nord"), CRM_BY_DOMAIN, STR(""));
    assert_false(crm_is_contact(nord));
    assert_answer(&crm, &nord, 1, "account 70 ann ");
    crm_put_company(&crm, key("nord"), roe);
    nord = crm_find_company(&crm, key("nord"), CRM_BY_DOMAIN, STR(""));
    assert_answer(&crm, &nord, 1, "account 70  ");
    crm_put_company(&crm, key("nord"), add_company(&crm, "71", "carl"));
    crm_put_company(&crm, key("nord"), roe); // says less
    nord = crm_find_company(&crm, key("nord"), CRM_BY_DOMAIN, STR(""));
    assert_answer(&crm, &nord, 1, "account 71 carl customer");
    crm_put_company(&crm, key("nord"), add_company(&crm, "72", "carl"));
    nord = crm_find_company(&crm, key("nord"), CRM_BY_DOMAIN, STR(""));
    assert_answer(&crm, &nord, 1, "account 71;72 carl customer");
    uint64_t contact = (uint64_t)5 << 32 | 1;
    assert_answer(&crm, (uint64_t[]){nord, contact}, 2, "person 1 ann lead");
    crm_release(&crm);
}

static void test_names_in_countries(void **state)
{
    (void)state;
    struct crm crm = {0};
    const str finland = STR("FI"), none = STR("");
    uint32_t here = add_company(&crm, "1", ""), somewhere = add_company(&crm, "2", "");
    crm_put_company(&crm, crm_name_key(key("nord"), &finland), here);
    crm_put_company(&crm, crm_name_key(key("nord"), NULL), here);
    crm_put_company(&crm, crm_name_key(key("sued"), &none), somewhere);
    crm_put_company(&crm, crm_name_key(key("sued"), NULL), somewhere);
    assert_true(crm_find_company(&crm, key("nord"), CRM_BY_NAME, finland) != 0);
    assert_true(crm_find_company(&crm, key("nord"), CRM_BY_NAME, STR("SE")) == 0);
    assert_true(crm_find_company(&crm, key("nord"), CRM_BY_NAME, none) != 0);
    assert_true(crm_find_company(&crm, key("sued"), CRM_BY_NAME, finland) != 0);
    assert_true(crm_find_company(&crm, key("sued"), CRM_BY_NAME, none) != 0);
    assert_true(crm_find_company(&crm, key("ost"), CRM_BY_NAME, none) == 0);
    crm_release(&crm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contacts),
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_companies),
        cmocka_unit_test(test_names_in_countries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
