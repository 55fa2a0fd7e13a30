// What the tests of telephone numbers share: the shipped rules, loaded once a test program.
#ifndef LEAD_PHONE_TEST_H
#define LEAD_PHONE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/lead/phone.h"

static struct rulebook book;
static struct phone_rules rules;

static int load(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    if (!phone_rules_load(&rules, &book, &err)) {
        print_error("%s:%ld: %s\n", err.file, err.line, err.text);
        return 1;
    }
    return 0;
}

static int release(void **state)
{
    (void)state;
    phone_rules_release(&rules);
    rulebook_release(&book);
    return 0;
}

#endif
