// The shipped synonyms, for the tests that read headers by them.
#ifndef NORMALIZE_SYNONYMS_TEST_H
#define NORMALIZE_SYNONYMS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "synonyms.h"

static struct rulebook book;
static struct synonyms synonyms;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    return synonyms_load(&synonyms, &book, &err) ? 0 : -1;
}

static int release(void **state)
{
    (void)state;
    synonyms_release(&synonyms);
    rulebook_release(&book);
    return 0;
}

#endif
