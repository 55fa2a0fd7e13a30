// The shipped rules, with the test lists of testdata/. Include behind cmocka.h.
#ifndef VALIDATE_EMAIL_RULES_TEST_H
#define VALIDATE_EMAIL_RULES_TEST_H

#include "core/lead/email.h"
#include "email_rules.h"

static struct rulebook book;
static struct diagnostics diagnostics;
static struct email_rules *rules;
static struct email_worker *worker;
static struct email_providers providers;
static struct arena arena;

static inline int load_rules(void **state)
{
    (void)state;
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    rulebook_add_dir(&book, "testdata");
    rules = email_rules_load(&book, EMAIL_ALL, &diagnostics, &err);
    if (!rules || !email_providers_load(&providers, &book, &err)) return -1;
    worker = email_worker_new(rules);
    return 0;
}

static inline int release_rules(void **state)
{
    (void)state;
    email_worker_free(worker);
    email_rules_free(rules);
    email_providers_release(&providers);
    diagnostics_release(&diagnostics);
    rulebook_release(&book);
    arena_release(&arena);
    return 0;
}

#endif
