// The figures are those that counting pairs one by one gives, also where pairs of one list do not
// count, and rows that were not read are told.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "evaluate.h"

enum { ROWS = 40, ROUNDS = 100 };

static uint64_t random_state;

static uint32_t pick(uint32_t count)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random_state >> 33) % count;
}

static void make(struct truth *truth, struct truth_row rows[ROWS], str clusters[ROWS])
{
    *truth = (struct truth){.rows = rows,
                            .count = ROWS,
                            .clusters = clusters,
                            .person_count = 12,
                            .cluster_count = 15,
                            .has_sources = pick(2)};
    static const char digits[] = "abcdefghijklmno";
    for (uint32_t i = 0; i < ROWS; i++) {
        clusters[i] = (str){&digits[i % 15], 1};
        rows[i] = (struct truth_row){.id = STR("x"), .person = pick(12), .record = i};
        rows[i].cluster = pick(3) ? rows[i].person : pick(15);
        rows[i].source = truth->has_sources ? 1 + pick(2) : 0;
    }
}

// The slow way.
static void check_pairs(const struct truth *truth, const struct evaluation *got)
{
    uint64_t pairs[3] = {0}, compared = 0, looked_at = 0;
    for (uint32_t i = 0; i < ROWS; i++) {
        for (uint32_t j = 0; j < i; j++) {
            const struct truth_row *a = &truth->rows[i], *b = &truth->rows[j];
            if (truth->has_sources && a->source == b->source) continue;
            bool is_true = a->person == b->person, is_found = a->cluster == b->cluster;
            pairs[0] += is_true;
            pairs[1] += is_found;
            pairs[2] += is_true && is_found;
            looked_at += is_true;
            compared += is_true && (i + j) % 3 == 0;
        }
    }
    assert_int_equal(got->true_pairs, pairs[0]);
    assert_int_equal(got->found_pairs, pairs[1]);
    assert_int_equal(got->both_pairs, pairs[2]);
    assert_int_equal(got->looked_at_pairs, looked_at);
    assert_int_equal(got->compared_pairs, compared);
}

static void check_clusters(const struct truth *truth, const struct evaluation *got)
{
    double precision = 0, recall = 0;
    for (uint32_t i = 0; i < ROWS; i++) {
        double together = 0, cluster = 0, person = 0;
        for (uint32_t j = 0; j < ROWS; j++) {
            bool is_true = truth->rows[i].person == truth->rows[j].person;
            bool is_found = truth->rows[i].cluster == truth->rows[j].cluster;
            together += is_true && is_found;
            cluster += is_found;
            person += is_true;
        }
        precision += together / cluster / ROWS;
        recall += together / person / ROWS;
    }
    assert_true(got->b_precision - precision < 1e-9 && precision - got->b_precision < 1e-9);
    assert_true(got->b_recall - recall < 1e-9 && recall - got->b_recall < 1e-9);
    for (size_t i = 1; i < got->largest_count; i++) {
        assert_true(got->largest[i - 1].rows >= got->largest[i].rows);
    }
    for (size_t i = 1; i < got->worst_count; i++) {
        assert_true(got->worst[i - 1].wrong >= got->worst[i].wrong);
    }
}

static void test_figures(void **state)
{
    (void)state;
    struct candidate pairs[ROWS * ROWS];
    struct candidates candidates = {.pairs = pairs};
    for (uint32_t a = 0; a < ROWS; a++) {
        for (uint32_t b = a + 1; b < ROWS; b++) {
            if ((a + b) % 3 == 0) pairs[candidates.count++] = (struct candidate){a, b};
        }
    }
    for (uint64_t round = 1; round <= ROUNDS; round++) {
        struct truth truth;
        struct truth_row rows[ROWS];
        str clusters[ROWS];
        struct evaluation evaluation;
        random_state = round;
        make(&truth, rows, clusters);
        evaluate(&truth, &candidates, &evaluation);
        check_pairs(&truth, &evaluation);
        check_clusters(&truth, &evaluation);
    }
}

static void test_nothing(void **state)
{
    (void)state;
    struct truth truth = {0};
    struct evaluation evaluation;
    struct buffer text = {0};
    evaluate(&truth, NULL, &evaluation);
    evaluation_write(&evaluation, "truth.csv", &text);
    assert_true(text.len > 0);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_figures),
                                       cmocka_unit_test(test_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
