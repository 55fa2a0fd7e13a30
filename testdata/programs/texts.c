// texts: what text_clean (core/normalize/text.h) makes of lines, to be held against what they were.
//
//     texts RULES-DIR <lines >answers.tsv      of each line the clean text and, behind a tab, why
#include <stdio.h>
#include <stdlib.h>

#include "core/base/buffer.h"
#include "core/normalize/text.h"

static void fail(const char *message)
{
    fprintf(stderr, "texts: %s\n", message);
    exit(2);
}

int main(int argc, char **argv)
{
    struct rulebook book = {0};
    struct text_rules rules = {0};
    struct buffer input = {0};
    struct arena arena = {0};
    struct err err = {0};
    char block[1 << 16];
    size_t got;
    if (argc != 2) fail("usage: texts RULES-DIR <lines");
    rulebook_add_dir(&book, argv[1]);
    if (!text_rules_load(&rules, &book, &err)) fail(err.text);
    while ((got = fread(block, 1, sizeof block, stdin)) > 0) buffer_add(&input, (str){block, got});
    str rest = buffer_str(&input), line;
    while (rest.len && str_cut(&rest, '\n', &line)) {
        struct value value = text_clean(&rules, line, TEXT_LINE, &arena);
        printf("%.*s\t%s\n", STR_ARG(value.text), value.reason ? value.reason : "");
        arena_reset(&arena);
    }
    arena_release(&arena);
    buffer_release(&input);
    text_rules_release(&rules);
    rulebook_release(&book);
    return fflush(stdout) == 0 ? 0 : 2;
}
