#include "explain.h"

#include <inttypes.h>

#include "review.h"

// The beginning of a line, with the weight's sign.
static void add_weight(struct buffer *out, const char *name, int32_t weight)
{
    struct arena arena = {0};
    str bits = weight_bits(weight, &arena);
    if (weight >= 0) bits = arena_format(&arena, "+%.*s", STR_ARG(bits));
    buffer_format(out, "  %-16s %6.*s  ", name, STR_ARG(bits));
    arena_release(&arena);
}

static const char *level_word(int level)
{
    switch (level) {
    case LEVEL_EQUAL: return "equal";
    case LEVEL_EXCHANGED: return "in each other's place";
    case LEVEL_DIFFERS: return "differ";
    default: return "alike";
    }
}

static void add_part(const struct profile *a, const struct profile *b,
                     const struct weighed *weighed, enum fact_kind kind, struct buffer *out)
{
    str x = profile_text(a, kind), y = profile_text(b, kind);
    const struct weighed_part *part = &weighed->parts[kind];
    add_weight(out, fact_kind_name(kind), part->weight);
    buffer_format(out, "%s: %.*s", level_word(part->level), STR_ARG(x));
    if (!str_equal(x, y)) buffer_format(out, " | %.*s", STR_ARG(y));
    buffer_add_byte(out, '\n');
}

static void add_refusals(unsigned refusals, struct buffer *out)
{
    static const struct {
        unsigned refusal;
        const char *text;
    } why[] = {
        {REFUSED_SUFFIX, "one is a junior, the other a senior: never one"},
        {REFUSED_ONE_FACT, "nothing but one thing agrees"},
        {REFUSED_OTHER_SITE, "a company at another address"},
        {REFUSED_FAMILY, "another first or last name, and nothing that says it is one person"},
        {REFUSED_TWO_PEOPLE, "both names are others: two people, not even for review"},
        {REFUSED_CONFLICT, "two ways to reach them differ, and one at most agrees"},
    };
    for (size_t i = 0; i < sizeof why / sizeof *why; i++) {
        if (refusals & why[i].refusal) buffer_format(out, "  refused: %s\n", why[i].text);
    }
}

static const char *verdict_text(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_MERGE: return "one record";
    case VERDICT_REVIEW: return "for review";
    case VERDICT_NO: break;
    }
    return "two records";
}

void explain_pair(const struct weigher *weigher, const struct profile *a, const struct profile *b,
                  struct buffer *out)
{
    struct weighed weighed;
    struct arena arena = {0};
    weigher_weigh(weigher, a, b, &weighed);
    bool is_company = a->is_company || b->is_company;
    int32_t sum = weigher->prior;
    add_weight(out, "prior", weigher->prior);
    buffer_format(out, "before anything is known, of %" PRIu64 " records\n", weigher->records);
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        if (!(weighed.has >> kind & 1)) continue;
        add_part(a, b, &weighed, kind, out);
        sum += weighed.parts[kind].weight;
    }
    int32_t rest = weighed.total + weighed.capped - sum;
    if (rest) {
        add_weight(out, "place, company", rest);
        buffer_add(out,
                   STR("colleagues and families share all of it: little more than one fact\n"));
    }
    if (weighed.capped) {
        add_weight(out, "email", -weighed.capped);
        buffer_add(out, STR("the addresses are alike because the names are\n"));
    }
    add_weight(out, "total", weighed.total);
    str merge = weight_bits(weigher->merge_least[is_company], &arena);
    str review = weight_bits(weigher->review_least[is_company], &arena);
    buffer_format(out, "%s: one from %.*s bits on, for review from %.*s\n",
                  verdict_text(weighed.verdict), STR_ARG(merge), STR_ARG(review));
    add_refusals(weighed.refusals, out);
    arena_release(&arena);
}
