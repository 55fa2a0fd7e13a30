// The shipped rules of addresses, for the fuzz targets that ask them.
#ifndef VALIDATE_EMAIL_FUZZ_H
#define VALIDATE_EMAIL_FUZZ_H

#include <stdlib.h>

#include "core/lead/email.h"
#include "email.h"

static struct rulebook book;
static struct email_rules *rules;
static struct email_worker *worker;
static struct email_providers providers;

static void need(bool holds)
{
    if (!holds) abort();
}

static void load_rules(void)
{
    struct diagnostics diagnostics = {0};
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    rules = email_rules_load(&book, EMAIL_ALL, &diagnostics, &err);
    need(rules && email_providers_load(&providers, &book, &err));
    worker = email_worker_new(rules);
    diagnostics_release(&diagnostics);
}

#endif
