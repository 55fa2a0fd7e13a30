#include "evaluate.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/keytable.h"

static uint64_t pairs_of(uint64_t count) { return count * (count - 1) / 2; }

// Rows in order of one or two of their numbers, so that equal ones stand together.
struct keyed_row {
    uint32_t first, second, third;
    const struct truth_row *row;
};

static int compare(const void *a, const void *b)
{
    const struct keyed_row *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->second != y->second) return x->second < y->second ? -1 : 1;
    if (x->third != y->third) return x->third < y->third ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static struct keyed_row *sorted(const struct truth *truth, bool by_person, bool by_cluster)
{
    struct keyed_row *rows = memory_alloc((truth->count + 1) * sizeof *rows);
    for (size_t i = 0; i < truth->count; i++) {
        const struct truth_row *row = &truth->rows[i];
        rows[i] = (struct keyed_row){by_cluster ? row->cluster : 0, by_person ? row->person : 0,
                                     row->source, row};
    }
    qsort(rows, truth->count, sizeof *rows, compare);
    return rows;
}

static bool is_together(const struct keyed_row *a, const struct keyed_row *b)
{
    return a->first == b->first && a->second == b->second;
}

// Pairs within the groups of equal rows, those within one source not counted.
static uint64_t count_pairs(const struct truth *truth, const struct keyed_row rows[])
{
    uint64_t pairs = 0;
    for (size_t start = 0, end; start < truth->count; start = end) {
        for (end = start; end < truth->count && is_together(&rows[start], &rows[end]);) end++;
        pairs += pairs_of(end - start);
        for (size_t from = start, to; from < end && truth->has_sources; from = to) {
            for (to = from; to < end && rows[to].third == rows[from].third;) to++;
            pairs -= pairs_of(to - from);
        }
    }
    return pairs;
}

struct sizes {
    uint32_t *persons, *clusters;
};

// Keeps the entries with the most, the first of equal ones before.
static void offer(str cluster, uint64_t rows, uint64_t wrong, bool by_wrong, struct evaluation *out)
{
    size_t *count = by_wrong ? &out->worst_count : &out->largest_count, at = *count;
    for (; at; at--) {
        uint64_t before = by_wrong ? out->worst[at - 1].wrong : out->largest[at - 1].rows;
        str name = by_wrong ? out->worst[at - 1].cluster : out->largest[at - 1].cluster;
        uint64_t mine = by_wrong ? wrong : rows;
        if (before > mine || (before == mine && str_compare(name, cluster) < 0)) break;
    }
    if (at == EVALUATE_WORST) return;
    if (*count < EVALUATE_WORST) ++*count;
    for (size_t i = *count - 1; i > at; i--) {
        if (by_wrong)
            out->worst[i] = out->worst[i - 1];
        else
            out->largest[i] = out->largest[i - 1];
    }
    if (by_wrong) {
        out->worst[at].cluster = cluster;
        out->worst[at].rows = rows;
        out->worst[at].wrong = wrong;
    } else {
        out->largest[at].cluster = cluster;
        out->largest[at].rows = rows;
        out->largest[at].wrong = wrong;
    }
}

static void count_sizes(const struct truth *truth, struct sizes *sizes)
{
    sizes->persons = memory_zeroed(truth->person_count + 1, sizeof *sizes->persons);
    sizes->clusters = memory_zeroed(truth->cluster_count + 1, sizeof *sizes->clusters);
    for (size_t i = 0; i < truth->count; i++) {
        sizes->persons[truth->rows[i].person]++;
        sizes->clusters[truth->rows[i].cluster]++;
    }
}

// Rows sorted by cluster, then person: B-cubed, and the clusters to look at.
static void count_clusters(const struct truth *truth, const struct keyed_row rows[],
                           struct evaluation *out)
{
    struct sizes sizes;
    double precision = 0, recall = 0;
    count_sizes(truth, &sizes);
    for (size_t start = 0, end; start < truth->count; start = end) {
        uint32_t cluster = rows[start].first;
        uint64_t size = sizes.clusters[cluster], right = 0;
        for (end = start; end < truth->count && rows[end].first == cluster;) {
            size_t from = end;
            while (end < truth->count && is_together(&rows[from], &rows[end])) end++;
            double both = (double)(end - from);
            right += pairs_of(end - from);
            precision += both * both / (double)size;
            recall += both * both / (double)sizes.persons[rows[from].second];
        }
        str name = truth->clusters[cluster];
        uint64_t wrong = pairs_of(size) - right;
        if (size > 1) offer(name, size, wrong, false, out);
        if (wrong) offer(name, size, wrong, true, out);
    }
    out->b_precision = truth->count ? precision / (double)truth->count : 1;
    out->b_recall = truth->count ? recall / (double)truth->count : 1;
    memory_free(sizes.persons);
    memory_free(sizes.clusters);
}

static bool has_pair(const struct candidates *candidates, uint32_t a, uint32_t b)
{
    if (a > b) {
        uint32_t other = a;
        a = b;
        b = other;
    }
    size_t low = 0, high = candidates->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct candidate pair = candidates->pairs[middle];
        if (pair.a < a || (pair.a == a && pair.b < b))
            low = middle + 1;
        else
            high = middle;
    }
    return low < candidates->count && candidates->pairs[low].a == a &&
           candidates->pairs[low].b == b;
}

// Rows of one person: which of their pairs were compared. Two rows of one record need not be.
static void count_compared(const struct keyed_row rows[], size_t count,
                           const struct candidates *candidates, struct evaluation *out)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            const struct truth_row *a = rows[i].row, *b = rows[j].row;
            if (a->record == NOT_READ || b->record == NOT_READ) continue;
            if (a->source && a->source == b->source) continue;
            out->looked_at_pairs++;
            out->compared_pairs +=
                a->record == b->record || has_pair(candidates, a->record, b->record);
        }
    }
}

static void count_all_compared(const struct truth *truth, const struct keyed_row rows[],
                               const struct candidates *candidates, struct evaluation *out)
{
    enum { ROWS_MAX = 1000 }; // larger persons take too long, and tell of the table
    for (size_t start = 0, end; start < truth->count; start = end) {
        for (end = start; end < truth->count && is_together(&rows[start], &rows[end]);) end++;
        if (end - start > ROWS_MAX) continue;
        count_compared(rows + start, end - start, candidates, out);
    }
}

void evaluate(const struct truth *truth, const struct candidates *candidates,
              struct evaluation *out)
{
    *out = (struct evaluation){.rows = truth->count, .persons = truth->person_count};
    for (size_t i = 0; i < truth->count; i++) out->missing += truth->rows[i].record == NOT_READ;
    struct keyed_row *by_person = sorted(truth, true, false);
    struct keyed_row *by_cluster = sorted(truth, false, true);
    struct keyed_row *by_both = sorted(truth, true, true);
    out->true_pairs = count_pairs(truth, by_person);
    out->found_pairs = count_pairs(truth, by_cluster);
    out->both_pairs = count_pairs(truth, by_both);
    count_clusters(truth, by_both, out);
    if (candidates) count_all_compared(truth, by_person, candidates, out);
    memory_free(by_person);
    memory_free(by_cluster);
    memory_free(by_both);
}

static double share_of(uint64_t part, uint64_t all) { return all ? (double)part / (double)all : 1; }

static double f1(double precision, double recall)
{
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

void evaluation_write(const struct evaluation *evaluation, const char *file, struct buffer *out)
{
    const struct evaluation *e = evaluation;
    double precision = share_of(e->both_pairs, e->found_pairs);
    double recall = share_of(e->both_pairs, e->true_pairs);
    buffer_format(out, "evaluation against %s: %" PRIu64 " records of %" PRIu64, file, e->rows,
                  e->persons);
    if (e->missing) buffer_format(out, ", %" PRIu64 " of them not read", e->missing);
    buffer_format(out,
                  "\n  pairs       %" PRIu64 " true, %" PRIu64 " found, %" PRIu64 " of them true\n"
                  "  precision   %.4f\n  recall      %.4f\n  F1          %.4f\n",
                  e->true_pairs, e->found_pairs, e->both_pairs, precision, recall,
                  f1(precision, recall));
    buffer_format(out, "  B-cubed     precision %.4f  recall %.4f  F1 %.4f\n", e->b_precision,
                  e->b_recall, f1(e->b_precision, e->b_recall));
    if (e->looked_at_pairs) {
        buffer_format(out, "  compared    %.4f of the true pairs: %" PRIu64 " of %" PRIu64 "\n",
                      share_of(e->compared_pairs, e->looked_at_pairs), e->compared_pairs,
                      e->looked_at_pairs);
    }
    for (size_t i = 0; i < e->largest_count; i++) {
        buffer_format(out, "  %-11s %.*s: %" PRIu64 " records\n", i ? "" : "largest",
                      STR_ARG(e->largest[i].cluster), e->largest[i].rows);
    }
    for (size_t i = 0; i < e->worst_count; i++) {
        buffer_format(out, "  %-11s %.*s: %" PRIu64 " of %" PRIu64 " pairs are wrong\n",
                      i ? "" : "worst", STR_ARG(e->worst[i].cluster), e->worst[i].wrong,
                      pairs_of(e->worst[i].rows));
    }
}
