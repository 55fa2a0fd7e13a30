// Goal: whatever the records, their order, the threads or the memory, the clusters are those that
// the keys say, and every record is in exactly one place.
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
#include <stdio.h>
#include <stdlib.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/pipeline/run.h"
#include "stage.h"

enum { RECORDS = 80, COLUMNS = 9, BATCH_ROWS = 7, ROUNDS = 60 };

enum { LEAD_ID, SOURCE_NAME, FIRST, LAST, EMAIL, PHONE, COMPANY, OPT_OUT, NOTES };

static const str names[COLUMNS] = {{"lead_id", 7},   {"source_name", 11}, {"first_name", 10},
                                   {"last_name", 9}, {"email", 5},        {"phone", 5},
                                   {"company", 7},   {"opt_out", 7},      {"notes", 5}};

struct record {
    char field[COLUMNS][32];
};

static uint64_t random_state;

static uint32_t pick(uint32_t count)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random_state >> 33) % count;
}

// text, the number in two digits, end.
static void put(char *field, const char *text, uint32_t number, const char *end)
{
    snprintf(field, 32, "%s%02u%s", text, number, end);
}

// Small pools, so that records meet in every way, by chains as well.
static void make_records(struct record records[], uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct record *record = &records[i];
        memset(record, 0, sizeof *record);
        put(record->field[LEAD_ID], "x", pick(20) ? i : i / 2, "");
        put(record->field[SOURCE_NAME], "list", pick(3), "");
        if (pick(5)) put(record->field[FIRST], "Given", pick(6), "");
        if (pick(5)) put(record->field[LAST], "Family", pick(6), "");
        if (pick(3)) {
            bool is_role = !pick(8);
            put(record->field[EMAIL], is_role ? "info@f" : "p", pick(30),
                is_role ? ".fi" : "@firm-example.fi");
        }
        if (pick(3)) put(record->field[PHONE], "+3584055501", pick(20), "");
        if (pick(3)) put(record->field[COMPANY], "Firm ", pick(8), "");
        if (!pick(25)) memcpy(record->field[OPT_OUT], "email", 6);
        put(record->field[NOTES], "n", i, "");
    }
}

// ---- what the keys say, the slow way

static bool both(const struct record *a, const struct record *b, int column)
{
    return a->field[column][0] && strcmp(a->field[column], b->field[column]) == 0;
}

static bool agree(const struct record *a, const struct record *b)
{
    bool same_name = both(a, b, FIRST) && both(a, b, LAST);
    bool is_role = strncmp(a->field[EMAIL], "info@", 5) == 0;
    return both(a, b, LEAD_ID) || (both(a, b, EMAIL) && (!is_role || same_name)) ||
           (same_name && both(a, b, PHONE)) || (same_name && both(a, b, COMPANY));
}

// Fills cluster[i] with the smallest record that is one with i.
static void close_clusters(const struct record records[], uint32_t count, uint32_t cluster[])
{
    for (uint32_t i = 0; i < count; i++) cluster[i] = i;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 0; i < count; i++) {
            for (uint32_t j = 0; j < i; j++) {
                if (cluster[i] == cluster[j] || !agree(&records[i], &records[j])) continue;
                uint32_t low = cluster[i] < cluster[j] ? cluster[i] : cluster[j];
                cluster[i] = cluster[j] = low;
                changed = true;
            }
        }
    }
}

// ---- running the stage

struct feed {
    const struct record *records;
    uint32_t count, at;
};

static struct columns *columns;
static struct dedupe_rules rules;
static struct email_providers providers;
static struct company_rules companies;
static struct nicknames nicknames;
static struct frequencies frequencies;
static struct rulebook book;
static bool by_weight; // how the next run matches

static bool next(void *state, struct batch *batch, struct err *err)
{
    (void)err;
    struct feed *feed = state;
    uint32_t count = feed->count - feed->at < BATCH_ROWS ? feed->count - feed->at : BATCH_ROWS;
    if (count == 0) return false;
    batch_begin_empty(batch, columns, count);
    for (uint32_t row = 0; row < count; row++) {
        for (uint32_t column = 0; column < COLUMNS; column++) {
            batch_set(batch, row, column, str_of(feed->records[feed->at + row].field[column]), 0);
        }
    }
    feed->at += count;
    return true;
}

static bool collect(void *state, str text, struct err *err)
{
    (void)err;
    buffer_add(state, text);
    return true;
}

struct outcome {
    struct buffer main, duplicates, suppressed;
    uint64_t out[PLACE_COUNT];
};

static void run(const struct record records[], uint32_t count, bool first, unsigned threads,
                uint64_t memory_max, struct outcome *outcome)
{
    *outcome = (struct outcome){0};
    struct feed feed = {records, count, 0};
    struct source source = {.state = &feed, .columns = columns, .next = next};
    struct stage stage;
    const struct profile_rules weights = {&providers, &companies, &nicknames, &frequencies, NULL};
    struct dedupe_options options = {.rules = &rules,
                                     .lists = {&providers, &companies},
                                     .weights = by_weight ? &weights : NULL,
                                     .threads = threads,
                                     .first = first,
                                     .memory_max = memory_max,
                                     .temp_dir = "/tmp"};
    dedupe_stage(&options, &stage);
    struct sink main = {collect, &outcome->main}, duplicates = {collect, &outcome->duplicates},
                suppressed = {collect, &outcome->suppressed};
    struct run_stage stages[] = {{.stage = &stage}};
    stages[0].sinks[PLACE_DUPLICATE] = &duplicates;
    stages[0].sinks[PLACE_SUPPRESSED] = &suppressed;
    struct run one = {
        .source = &source, .stages = stages, .stage_count = 1, .main = &main, .threads = threads};
    struct err err = {0};
    assert_true(run_pipeline(&one, &err));
    memcpy(outcome->out, one.results[0].out, sizeof outcome->out);
    assert_int_equal(one.results[0].in, count);
    run_release(&one);
    stage.close(stage.state);
}

static void release(struct outcome *outcome)
{
    buffer_release(&outcome->main);
    buffer_release(&outcome->duplicates);
    buffer_release(&outcome->suppressed);
}

static void assert_same(const struct outcome *a, const struct outcome *b)
{
    const struct buffer *x[] = {&a->main, &a->duplicates, &a->suppressed};
    const struct buffer *y[] = {&b->main, &b->duplicates, &b->suppressed};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(x[i]->len, y[i]->len);
        assert_memory_equal(x[i]->data, y[i]->data, x[i]->len);
    }
}

// The number in the column "notes" of a line, by which records are told apart.
static uint32_t number_of(str line, size_t column)
{
    str piece = {"", 0};
    for (size_t i = 0; i <= column; i++) assert_true(str_cut(&line, ',', &piece));
    return (uint32_t)strtoul(piece.data + 1, NULL, 10);
}

// ---- tests

// Every record comes out once: alone or merged in leads or suppressed, or as a duplicate; members
// of a cluster are listed whole, as they were, with one survivor.
static void check_against_keys(const struct record records[], const struct outcome *outcome)
{
    uint32_t cluster[RECORDS], clusters = 0, members[RECORDS] = {0};
    bool opted_out[RECORDS] = {false};
    close_clusters(records, RECORDS, cluster);
    for (uint32_t i = 0; i < RECORDS; i++) {
        clusters += cluster[i] == i;
        members[cluster[i]]++;
        if (records[i].field[OPT_OUT][0]) opted_out[cluster[i]] = true;
    }
    uint32_t suppressed = 0;
    for (uint32_t i = 0; i < RECORDS; i++) suppressed += cluster[i] == i && opted_out[i];
    assert_int_equal(outcome->out[PLACE_MAIN] + outcome->out[PLACE_SUPPRESSED], clusters);
    assert_int_equal(outcome->out[PLACE_SUPPRESSED], suppressed);
    assert_int_equal(outcome->out[PLACE_DUPLICATE], RECORDS - clusters);

    uint32_t listed[RECORDS] = {0}, survivors[RECORDS] = {0};
    str rest = buffer_str(&outcome->duplicates), line;
    assert_true(str_cut(&rest, '\n', &line)); // the header
    while (str_cut(&rest, '\n', &line) && line.len) {
        uint32_t record = number_of(line, 2 + NOTES);
        listed[cluster[record]]++;
        survivors[cluster[record]] += str_starts(line, STR("survivor,"));
        // As it was: the record's own fields stand in the line.
        char own[COLUMNS * 32];
        const struct record *of = &records[record];
        int len = snprintf(own, sizeof own, ",%s,%s,%s,%s,%s,%s,%s,%s,%s", of->field[0],
                           of->field[1], of->field[2], of->field[3], of->field[4], of->field[5],
                           of->field[6], of->field[7], of->field[8]);
        assert_true(str_ends(line, (str){own, (size_t)len}));
    }
    for (uint32_t i = 0; i < RECORDS; i++) {
        if (cluster[i] != i) continue;
        assert_int_equal(listed[i], members[i] > 1 ? members[i] : 0);
        assert_int_equal(survivors[i], members[i] > 1);
    }
}

static void test_clusters_are_what_the_keys_say(void **state)
{
    (void)state;
    struct record records[RECORDS];
    for (uint64_t round = 1; round <= ROUNDS; round++) {
        random_state = round;
        make_records(records, RECORDS);
        struct outcome outcome;
        run(records, RECORDS, false, (unsigned)(1 + round % 3), 0, &outcome);
        check_against_keys(records, &outcome);
        release(&outcome);
    }
}

static void test_threads_and_memory_change_nothing(void **state)
{
    (void)state;
    struct record records[RECORDS];
    for (uint64_t round = 1; round <= ROUNDS / 4; round++) {
        random_state = round * 77;
        make_records(records, RECORDS);
        struct outcome one, other;
        run(records, RECORDS, false, 1, 0, &one);
        for (unsigned threads = 1; threads <= 4; threads++) {
            run(records, RECORDS, false, threads, threads % 2 ? 1 : 2000, &other); // spills
            assert_same(&one, &other);
            release(&other);
        }
        release(&one);
        run(records, RECORDS, true, 1, 0, &one);
        run(records, RECORDS, true, 4, 0, &other);
        assert_same(&one, &other);
        release(&one);
        release(&other);
    }
}

static void check_threads_and_memory(uint64_t seed)
{
    struct record records[RECORDS];
    struct outcome one, other;
    random_state = seed;
    make_records(records, RECORDS);
    run(records, RECORDS, false, 1, 0, &one);
    assert_true(one.out[PLACE_DUPLICATE] > 0);
    for (unsigned threads = 1; threads <= 4; threads++) {
        run(records, RECORDS, false, threads, threads % 2 ? 1 : 2000, &other); // spills
        assert_same(&one, &other);
        release(&other);
    }
    release(&one);
}

static void test_weights_by_threads_and_memory(void **state)
{
    (void)state;
    by_weight = true;
    for (uint64_t round = 1; round <= ROUNDS / 4; round++) check_threads_and_memory(round * 77);
    by_weight = false;
}

static int line_order(const void *a, const void *b)
{
    return str_compare(*(const str *)a, *(const str *)b);
}

// Who is listed with whom, whatever the order and the roles: each line without its role (the
// cluster's id, then the record), sorted, as one hash.
static uint64_t members_hash(const struct buffer *text)
{
    str lines[2 * RECORDS], rest = buffer_str(text), role;
    size_t count = 0;
    while (count < 2 * RECORDS && str_cut(&rest, '\n', &lines[count])) {
        if (lines[count].len && str_cut(&lines[count], ',', &role)) count++;
    }
    if (count) qsort(lines, count, sizeof *lines, line_order);
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++) hash = hash_64_seed(lines[i], hash);
    return hash;
}

// The members of each cluster do not depend on the order of the input. (Which of two equally good
// members stays does: the earlier one.)
static void check_order(void)
{
    struct record records[RECORDS], shuffled[RECORDS];
    for (uint64_t round = 1; round <= ROUNDS / 4; round++) {
        random_state = round * 31;
        make_records(records, RECORDS);
        memcpy(shuffled, records, sizeof records);
        for (uint32_t i = RECORDS; i-- > 1;) {
            uint32_t j = pick(i + 1);
            struct record swapped = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swapped;
        }
        struct outcome one, other;
        run(records, RECORDS, false, 2, 0, &one);
        run(shuffled, RECORDS, false, 2, 0, &other);
        assert_true(members_hash(&one.duplicates) == members_hash(&other.duplicates));
        assert_int_equal(one.out[PLACE_MAIN], other.out[PLACE_MAIN]);
        assert_int_equal(one.out[PLACE_DUPLICATE], other.out[PLACE_DUPLICATE]);
        assert_int_equal(one.out[PLACE_SUPPRESSED], other.out[PLACE_SUPPRESSED]);
        release(&one);
        release(&other);
    }
}

static void test_order_changes_no_cluster(void **state)
{
    (void)state;
    check_order();
    by_weight = true;
    check_order();
    by_weight = false;
}

// Streaming: a record passes when no earlier one, kept or not, has one of its keys.
static void test_first_keeps_the_first_of_every_key(void **state)
{
    (void)state;
    struct record records[RECORDS];
    for (uint64_t round = 1; round <= ROUNDS; round++) {
        random_state = round * 13;
        make_records(records, RECORDS);
        for (uint32_t i = 0; i < RECORDS; i++) records[i].field[OPT_OUT][0] = '\0';
        struct outcome outcome;
        run(records, RECORDS, true, 2, 0, &outcome);
        uint32_t kept = 0;
        str rest = buffer_str(&outcome.main), line;
        assert_true(str_cut(&rest, '\n', &line));
        for (uint32_t i = 0; i < RECORDS; i++) {
            bool seen = false;
            for (uint32_t j = 0; j < i && !seen; j++) seen = agree(&records[i], &records[j]);
            if (seen) continue;
            assert_true(str_cut(&rest, '\n', &line));
            assert_int_equal(number_of(line, NOTES), i);
            kept++;
        }
        assert_int_equal(outcome.out[PLACE_MAIN], kept);
        assert_int_equal(outcome.out[PLACE_DUPLICATE], RECORDS - kept);
        release(&outcome);
    }
}

static int set_up(void **state)
{
    (void)state;
    struct diagnostics diagnostics = {0};
    struct err err = {0};
    rulebook_add_dir(&book, "rules");
    columns = columns_new(names, COLUMNS);
    bool ok = dedupe_rules_load(&rules, &book, NULL, &diagnostics, &err) &&
              email_providers_load(&providers, &book, &err) &&
              company_rules_load(&companies, &book, &err) &&
              nicknames_load(&nicknames, &book, &err) &&
              frequencies_load(&frequencies, &book, &err);
    diagnostics_release(&diagnostics);
    return ok ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    columns_free(columns);
    dedupe_rules_release(&rules);
    email_providers_release(&providers);
    company_rules_release(&companies);
    nicknames_release(&nicknames);
    frequencies_release(&frequencies);
    rulebook_release(&book);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clusters_are_what_the_keys_say),
        cmocka_unit_test(test_threads_and_memory_change_nothing),
        cmocka_unit_test(test_weights_by_threads_and_memory),
        cmocka_unit_test(test_order_changes_no_cluster),
        cmocka_unit_test(test_first_keeps_the_first_of_every_key),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
