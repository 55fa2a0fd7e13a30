// How well records were put together, measured on a table that says who is who.
//
//     struct truth truth = {0};
//     truth_load(&truth, "truth.csv", STR("lead_id"), (str){0}, &err)
//     truth_place(&truth, &roster, &groups);
//     evaluate(&truth, &figures);
//
// Every row of the truth counts as a record: one that was not read is in a cluster of its own.
#ifndef DEDUPE_EVALUATE_H
#define DEDUPE_EVALUATE_H

#include "blocking.h"
#include "core/base/buffer.h"
#include "roster.h"

struct truth_row {
    str id;
    uint32_t person;  // number of who it is
    uint32_t source;  // number of the list it is in, when pairs of one list do not count; else 0
    uint32_t cluster; // number of its cluster
    uint32_t record;  // number of the first record of that id, or NOT_READ
};

#define NOT_READ UINT32_MAX

enum { EVALUATE_WORST = 5 };

struct truth {
    const char *file;
    struct arena arena;
    struct truth_row *rows;
    size_t count, capacity;
    str *clusters; // [number] ids
    uint32_t person_count, source_count, cluster_count;
    bool has_sources;
};

// Reads canonical CSV: the record's id in the column of that name, or else in the first one; who it
// is in truth_id, person_id, entity_id or cluster_id, or else in the second column. across: a
// column (empty or absent = none) whose equals are never paired. False with err.
bool truth_load(struct truth *truth, const char *file, str id_column, str across, struct err *err);

// Says of each row in which cluster it was put. Once, before evaluate.
void truth_place(struct truth *truth, const struct roster *roster, const struct groups *groups);

void truth_release(struct truth *truth);

struct evaluation {
    uint64_t rows, persons, missing; // missing: not read
    uint64_t true_pairs, found_pairs, both_pairs;
    double b_precision, b_recall;
    // Of the true pairs, how many were compared; and of how many that is known. looked_at 0: keys
    // joined.
    uint64_t compared_pairs, looked_at_pairs;
    struct {
        str cluster;
        uint64_t rows, wrong; // wrong: pairs that are not true
    } largest[EVALUATE_WORST], worst[EVALUATE_WORST];
    size_t largest_count, worst_count;
};

// candidates: the pairs that were compared, NULL when none were.
void evaluate(const struct truth *truth, const struct candidates *candidates,
              struct evaluation *out);

// The figures as lines of text.
void evaluation_write(const struct evaluation *evaluation, const char *file, struct buffer *out);

#endif
