// Seeds: testdata/corpus/likeness.
//
// Property: any two texts, as they are and folded, have a level that their kind may have, the same
// whichever comes first; a text is exactly itself; keys made of them keep their bounds.
#include <stdlib.h>

#include "core/base/utf8.h"
#include "core/lead/fold.h"
#include "deletions.h"
#include "likeness.h"
#include "phonetic.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds) abort();
}

static void check_pair(const struct likeness_rules *rules, str a, str b, struct arena *arena)
{
    for (int k = 0; k < LIKENESS_KINDS; k++) {
        enum likeness_kind kind = (enum likeness_kind)k;
        struct likeness_value x, y;
        likeness_prepare(rules, kind, a, arena, &x);
        likeness_prepare(rules, kind, b, arena, &y);
        enum likeness level = likeness_of(rules, kind, &x, &y);
        check(level == likeness_of(rules, kind, &y, &x));
        check(likeness_levels(kind) >> level & 1);
        enum likeness itself = likeness_of(rules, kind, &x, &x);
        check(itself == LIKE_EXACT || itself == LIKE_BLANK);
        likeness_names_swapped(rules, &x, &y, &y, &x);
    }
    int winkler = distance_jaro_winkler(a, b);
    check(winkler >= distance_jaro(a, b) && winkler <= 1000);
    check(winkler == distance_jaro_winkler(b, a));
}

static void check_keys(str text, struct arena *arena)
{
    uint64_t hashes[DELETIONS_MAX];
    check(deletions_of(text, hashes) <= DELETIONS_MAX);
    check(tokens_sorted(text, arena_bytes(arena, text.len)).len <= text.len);
    check(phonetic_nordic(text, arena_bytes(arena, text.len)).len <= text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str rest = {(const char *)data, size}, a, b = {"", 0};
    if (size == 0 || !utf8_is_valid(rest)) return 0;
    str_cut(&rest, '\n', &a);
    str_cut(&rest, '\n', &b);
    const struct likeness_rules rules = LIKENESS_RULES;
    struct arena arena = {0};
    check_pair(&rules, a, b, &arena);
    str folded_a = fold_text(a, 0, &arena), folded_b = fold_text(b, 0, &arena);
    check_pair(&rules, folded_a, folded_b, &arena);
    check_keys(folded_a, &arena);
    check_keys(folded_b, &arena);
    arena_release(&arena);
    return 0;
}
