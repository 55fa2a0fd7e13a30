// dedupe.rules of a test's own text, loaded from its folder. Include behind cmocka.h.
#ifndef DEDUPE_RULES_TEST_H
#define DEDUPE_RULES_TEST_H

#include "core/csv/test_files.h"
#include "rules.h"

struct loaded {
    struct dedupe_rules rules;
    struct rulebook book;
    struct diagnostics diagnostics;
    struct err err;
    bool ok;
};

static inline void load(struct loaded *loaded, const char *text)
{
    *loaded = (struct loaded){0};
    put_file("dedupe.rules", str_of(text));
    rulebook_add_dir(&loaded->book, folder);
    loaded->ok =
        dedupe_rules_load(&loaded->rules, &loaded->book, NULL, &loaded->diagnostics, &loaded->err);
}

static inline void release(struct loaded *loaded)
{
    dedupe_rules_release(&loaded->rules);
    diagnostics_release(&loaded->diagnostics);
    rulebook_release(&loaded->book);
}

#endif
