// The words of fixed columns are those that the rest of the program makes.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "phone.h"
#include "schema.h"
#include "words.h"

static bool has(const char *column, const char *word)
{
    size_t count;
    const str *words = lead_words(str_of(column), &count);
    for (size_t i = 0; i < count; i++) {
        if (str_equal(words[i], str_of(word))) return true;
    }
    return false;
}

static void columns_of_the_schema(void **state)
{
    (void)state;
    size_t fixed = 0, count;
    for (int i = 0; i < SCHEMA_FIELD_COUNT; i++) {
        const struct schema_field *field = &schema_fields[i];
        const str *words = lead_words(field->name, &count);
        if (!words) continue;
        assert_true(field->kind == VALUE_WORD || field->kind == VALUE_WORDS);
        for (size_t j = 0; j < count; j++) assert_true(words[j].len > 0);
        fixed++;
    }
    assert_int_equal(fixed, 9);
    assert_null(lead_words(STR("source"), &count));
    assert_int_equal(count, 0);
}

static void words_of_other_modules(void **state)
{
    (void)state;
    for (int i = 1; i < PHONE_KIND_COUNT; i++) {
        assert_true(has("phone_kind", phone_kind_name((enum phone_kind)i)));
    }
    for (int i = 0; i < PHONE_LEVEL_COUNT; i++) {
        assert_true(has("phone_status", phone_level_name((enum phone_level)i)));
    }
    assert_true(has("seniority", "c_level") && has("seniority", "retired"));
    assert_true(has("department", "admin") && has("department", "general_management"));
    assert_false(has("seniority", ""));
    assert_false(has("seniority", "c_levl"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_of_the_schema),
        cmocka_unit_test(words_of_other_modules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
