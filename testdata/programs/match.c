// match: which records of a table are one, as core/dedupe/MATCHING.md decides it.
//
//     match --rules-dir rules --id rec_id --kind first_name=given_name --kind id=soc_sec_id FILE
//
// Writes id,cluster_id for every record. --kind KIND=COLUMN as often as there are columns, in the
// order in which those of one kind are joined; --source COLUMN: records of one source are never
// paired; --explain: each pair for review or merge on standard error; --count: figures there, in
// seconds of processor time.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/memory.h"
#include "core/csv/reader.h"
#include "core/dedupe/assemble.h"
#include "core/dedupe/blocking.h"

enum { COLUMNS_MAX = 32 };

struct options {
    const char *rules_dir, *id, *source, *file;
    struct {
        enum fact_kind kind;
        str column;
    } kinds[COLUMNS_MAX];
    size_t kind_count;
    bool explain, count;
};

struct match {
    struct options options;
    struct rulebook book;
    struct nicknames nicknames;
    struct email_providers providers;
    struct company_rules companies;
    struct frequencies frequencies;
    struct profile_values values;
    struct arena arena;
    struct profile *profiles;
    size_t count, capacity;
    struct weigher weigher;
    struct candidates candidates;
    struct assembly assembly;
};

static _Noreturn void fail(const char *message)
{
    fprintf(stderr, "match: %s\n", message);
    exit(2);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void add_kind(struct options *options, const char *text)
{
    str rest = str_of(text), word;
    str_cut(&rest, '=', &word);
    int kind = fact_kind_find(word);
    if (kind < 0 || rest.len == 0) fail("--kind wants KIND=COLUMN");
    if (options->kind_count == COLUMNS_MAX) fail("too many columns");
    options->kinds[options->kind_count].kind = (enum fact_kind)kind;
    options->kinds[options->kind_count++].column = rest;
}

static void read_options(struct options *options, char **argv)
{
    for (char **at = argv + 1; *at; at++) {
        str word = str_of(*at);
        if (str_equal(word, STR("--explain"))) {
            options->explain = true;
        } else if (str_equal(word, STR("--count"))) {
            options->count = true;
        } else if (!str_starts(word, STR("--"))) {
            options->file = *at;
        } else if (!at[1]) {
            fail("an option wants its value");
        } else if (str_equal(word, STR("--rules-dir"))) {
            options->rules_dir = *++at;
        } else if (str_equal(word, STR("--id"))) {
            options->id = *++at;
        } else if (str_equal(word, STR("--source"))) {
            options->source = *++at;
        } else if (str_equal(word, STR("--kind"))) {
            add_kind(options, *++at);
        } else {
            fail("no such option");
        }
    }
    if (!options->rules_dir || !options->id || !options->file)
        fail("wants --rules-dir, --id, FILE");
}

static int column_of(const struct csv_reader *reader, str name)
{
    for (uint32_t column = 0; column < csv_reader_columns(reader); column++) {
        if (str_equal(csv_reader_name(reader, column), name)) return (int)column;
    }
    fprintf(stderr, "match: no column %.*s\n", STR_ARG(name));
    exit(2);
}

static void add_record(struct match *match, const struct profile_rules *rules,
                       const struct records *records, uint32_t row, const int columns[])
{
    const struct options *options = &match->options;
    struct profile_column values[COLUMNS_MAX];
    str id = records_text(records, row, (uint32_t)columns[COLUMNS_MAX], &match->arena);
    for (size_t i = 0; i < options->kind_count; i++) {
        str text = records_text(records, row, (uint32_t)columns[i], &match->arena);
        values[i] = (struct profile_column){options->kinds[i].kind, text};
    }
    match->profiles =
        memory_grow(match->profiles, &match->capacity, match->count + 1, sizeof *match->profiles);
    struct profile *profile = &match->profiles[match->count++];
    profile_make(rules, arena_copy(&match->arena, id), values, options->kind_count, &match->arena,
                 profile);
    if (!options->source) return;
    str source = records_text(records, row, (uint32_t)columns[COLUMNS_MAX + 1], &match->arena);
    profile->source = (uint32_t)hash_64(source) | 1;
}

static void read_records(struct match *match)
{
    const struct options *options = &match->options;
    const struct profile_rules rules = {&match->providers, &match->companies, &match->nicknames,
                                        &match->frequencies, &match->values};
    struct err err = {0};
    struct records records = {0};
    struct input *input = input_open(options->file, &err);
    struct csv_reader *reader = input ? csv_reader_open(input, 0, &err) : NULL;
    if (!reader) fail(err.text);
    int columns[COLUMNS_MAX + 2];
    for (size_t i = 0; i < options->kind_count; i++) {
        columns[i] = column_of(reader, options->kinds[i].column);
    }
    columns[COLUMNS_MAX] = column_of(reader, str_of(options->id));
    if (options->source) columns[COLUMNS_MAX + 1] = column_of(reader, str_of(options->source));
    while (csv_reader_next(reader, &records, &err)) {
        for (uint32_t row = 0; row < records.count; row++) {
            add_record(match, &rules, &records, row, columns);
        }
    }
    if (err.kind) fail(err.text);
    records_release(&records);
    csv_reader_close(reader);
    input_close(input);
}

static void explain(const struct profile *a, const struct profile *b, const struct weighed *weighed)
{
    fprintf(stderr, "%.*s %.*s %s %.2f refused=%u", STR_ARG(a->id), STR_ARG(b->id),
            weighed->verdict == VERDICT_MERGE ? "merge" : "review",
            (double)weighed->total / WEIGHT_BIT, weighed->refusals);
    for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++) {
        if (!(weighed->has >> kind & 1)) continue;
        fprintf(stderr, " %s:%d:%.2f", fact_kind_name(kind), weighed->parts[kind].level,
                (double)weighed->parts[kind].weight / WEIGHT_BIT);
    }
    fprintf(stderr, "\n");
}

// Records and their values are anywhere in memory.
static void fetch_ahead(const struct match *match, size_t at)
{
    enum { STEPS = 3, AHEAD = 6 };
    for (int step = 0; step < STEPS; step++) {
        size_t pair = at + (size_t)(STEPS - step) * AHEAD;
        if (pair >= match->candidates.count) continue;
        profile_prefetch(&match->profiles[match->candidates.pairs[pair].a], step);
        profile_prefetch(&match->profiles[match->candidates.pairs[pair].b], step);
    }
}

// Returns how many pairs are for review.
static size_t weigh_pairs(struct match *match)
{
    size_t review = 0;
    for (size_t i = 0; i < match->candidates.count; i++) {
        struct candidate pair = match->candidates.pairs[i];
        const struct profile *a = &match->profiles[pair.a], *b = &match->profiles[pair.b];
        struct weighed weighed;
        fetch_ahead(match, i);
        weigher_weigh(&match->weigher, a, b, &weighed);
        if (weighed.verdict == VERDICT_MERGE) {
            assembly_add(&match->assembly, pair.a, pair.b, weighed.total);
        }
        review += weighed.verdict == VERDICT_REVIEW;
        if (match->options.explain && weighed.verdict != VERDICT_NO) explain(a, b, &weighed);
    }
    return review;
}

static void print_clusters(const struct match *match)
{
    printf("%s,cluster_id\n", match->options.id);
    for (uint32_t i = 0; i < match->count; i++) {
        const struct profile *first = &match->profiles[assembly_cluster(&match->assembly, i)];
        printf("%.*s,%.*s\n", STR_ARG(match->profiles[i].id), STR_ARG(first->id));
    }
}

static void run(struct match *match)
{
    double start = seconds();
    read_records(match);
    double read = seconds();
    uint32_t count = (uint32_t)match->count;
    candidates_find(&match->nicknames, match->profiles, count, &match->candidates);
    double found = seconds();
    weigher_init(&match->weigher, &match->frequencies, &match->nicknames);
    for (uint32_t i = 0; i < count; i++) weigher_count(&match->weigher, &match->profiles[i]);
    weigher_settle(&match->weigher, match->profiles, count);
    double settled = seconds();
    size_t review = weigh_pairs(match);
    double weighed = seconds();
    assembly_make(&match->assembly, &match->weigher, match->profiles, count);
    print_clusters(match);
    if (!match->options.count) return;
    size_t pairs = match->candidates.count;
    fprintf(stderr,
            "records %u pairs %zu merge %zu review %zu; seconds: read %.3f pairs %.3f statistics "
            "%.3f weigh %.3f (%.0f ns a pair) assemble %.3f\n",
            count, pairs, match->assembly.edge_count, review, read - start, found - read,
            settled - found, weighed - settled,
            pairs ? 1e9 * (weighed - settled) / (double)pairs : 0.0, seconds() - weighed);
    for (enum block_key key = 0; key < BLOCK_KEYS; key++) {
        size_t skipped = (size_t)match->candidates.skipped[key];
        if (skipped) fprintf(stderr, "blocks of %s left out: %zu\n", block_key_name(key), skipped);
    }
}

int main(int argc, char **argv)
{
    struct match match = {0};
    struct err err = {0};
    (void)argc;
    read_options(&match.options, argv);
    rulebook_add_dir(&match.book, match.options.rules_dir);
    if (!nicknames_load(&match.nicknames, &match.book, &err) ||
        !email_providers_load(&match.providers, &match.book, &err) ||
        !company_rules_load(&match.companies, &match.book, &err) ||
        !frequencies_load(&match.frequencies, &match.book, &err))
        fail(err.text);
    run(&match);
    assembly_release(&match.assembly);
    candidates_release(&match.candidates);
    weigher_release(&match.weigher);
    memory_free(match.profiles);
    profile_values_release(&match.values);
    arena_release(&match.arena);
    nicknames_release(&match.nicknames);
    email_providers_release(&match.providers);
    company_rules_release(&match.companies);
    frequencies_release(&match.frequencies);
    rulebook_release(&match.book);
    return fflush(stdout) == 0 ? 0 : 2;
}
