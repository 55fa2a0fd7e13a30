// Any bytes as a cell of any kind: what comes out is valid UTF-8 where cleaned, and normalising it
// again changes nothing.
#include <stdlib.h>

#include "address.h"
#include "company_id.h"
#include "core/base/utf8.h"
#include "core/lead/company.h"
#include "country.h"
#include "date.h"
#include "person.h"
#include "quantity.h"
#include "text.h"
#include "title.h"
#include "web.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct {
    struct rulebook book;
    struct text_rules text;
    struct country_rules country;
    struct date_rules date;
    struct person_rules person;
    struct title_rules title;
    struct web_rules web;
    struct word_rules word;
    struct address_rules address;
    struct company_rules company;
} rules;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    struct err err = {0};
    rulebook_add_dir(&rules.book, "rules");
    bool is_good = text_rules_load(&rules.text, &rules.book, &err) &&
                   country_rules_load(&rules.country, &rules.book, &err) &&
                   date_rules_load(&rules.date, &rules.book, &err) &&
                   person_rules_load(&rules.person, &rules.book, &err) &&
                   title_rules_load(&rules.title, &rules.book, &err) &&
                   web_rules_load(&rules.web, &rules.book, &err) &&
                   word_rules_load(&rules.word, &rules.book, &err) &&
                   address_rules_load(&rules.address, &rules.book, &err) &&
                   company_rules_load(&rules.company, &rules.book, &err);
    if (!is_good) abort();
    return 0;
}

static struct value normalise(unsigned kind, str cell, struct arena *arena)
{
    struct date_context context = {.order = (enum date_order)(kind / 16 % 5), .is_serial = true};
    switch (kind % 11) {
    case 0: return country_code(&rules.country, cell, arena);
    case 1: return date_normalize(&rules.date, cell, &context, arena);
    case 2: return web_site(&rules.web, cell, arena);
    case 3: return web_linkedin(&rules.web, cell, arena);
    case 4: return word_consent(&rules.word, cell, arena);
    case 5: return word_opt_out(&rules.word, cell, STR("phone"), arena);
    case 6: return quantity_employees(&rules.word, cell, arena);
    case 7: return quantity_minutes(&rules.word, cell, arena);
    case 8: return quantity_timeframe_days(&rules.word, cell, arena);
    case 9: return postal_code(&rules.address, cell, kind & 64 ? STR("GB") : STR("FI"), arena);
    default: return company_id(cell, kind & 64 ? STR("FI") : STR(""), arena);
    }
}

static void check_value(unsigned kind, str cell, struct arena *arena)
{
    struct value once = normalise(kind, cell, arena);
    struct value twice = normalise(kind, once.text, arena);
    if (twice.reason || once.is_valid != twice.is_valid) abort();
    if (!once.is_valid && !str_equal(once.text, cell)) abort();
    if (!once.reason != str_equal(once.text, cell)) abort();
}

static void check_person(unsigned kind, str cell, struct arena *arena)
{
    struct person_context context = {(enum person_order)(kind % 3),
                                     kind & 8 ? STR("ES") : STR("FI")};
    struct person once = person_from_full(&rules.person, cell, &context, arena);
    struct person twice = person_from_parts(&rules.person, &once, &context, arena);
    if (!str_equal(once.first, twice.first) || !str_equal(once.middle, twice.middle) ||
        !str_equal(once.last, twice.last) || !str_equal(once.salutation, twice.salutation)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 4096) return 0;
    unsigned kind = data[0];
    struct arena arena = {0};
    // Text that ends where the cell ends, so that reading past it is seen.
    char *bytes = malloc(size);
    if (!bytes) return 0;
    memcpy(bytes, data + 1, size - 1);
    str cell = {bytes, size - 1};
    struct value clean = text_clean(&rules.text, cell, (enum text_kind)(kind >> 2 & 3), &arena);
    if (!utf8_is_valid(clean.text)) abort();
    if (text_clean(&rules.text, clean.text, (enum text_kind)(kind >> 2 & 3), &arena).reason)
        abort();
    check_value(kind, clean.text, &arena);
    check_person(kind, clean.text, &arena);
    title_read(&rules.title, clean.text, &arena);
    str key = company_key(&rules.company, clean.text, STR("FI"), &arena);
    if (!utf8_is_valid(key)) abort();
    free(bytes);
    arena_release(&arena);
    return 0;
}
