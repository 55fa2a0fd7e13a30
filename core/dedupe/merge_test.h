// Clusters for the tests of merging: rules, members, and what becomes of one field.
#ifndef DEDUPE_MERGE_TEST_H
#define DEDUPE_MERGE_TEST_H

#include <stdio.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/csv/writer.h"
#include "merge.h"

enum { COLUMNS = 28, MEMBERS_MAX = 5 };

static const str names[COLUMNS] = {{"lead_id", 7},       {"source", 6},
                                   {"source_name", 11},  {"source_campaign", 15},
                                   {"created_at", 10},   {"last_activity_at", 16},
                                   {"email", 5},         {"email_other", 11},
                                   {"phone", 5},         {"phone_ext", 9},
                                   {"opt_out", 7},       {"minutes", 7},
                                   {"notes", 5},         {"budget", 6},
                                   {"email_status", 12}, {"consent_at", 10},
                                   {"source_file", 11},  {"source_row", 10},
                                   {"consent", 7},       {"timeframe_days", 14},
                                   {"street", 6},        {"city", 4},
                                   {"postal_code", 11},  {"country", 7},
                                   {"mobile", 6},        {"phone_other", 11},
                                   {"interest", 8},      {"phone_status", 12}};

static struct columns *columns;

static inline int begin(void **state)
{
    (void)state;
    columns = columns_new(names, COLUMNS);
    return 0;
}

static inline int end(void **state)
{
    (void)state;
    columns_free(columns);
    return 0;
}

// A cluster, its rules and its members, given as COLUMN=VALUE pieces separated by |; \ in a
// value is |.
struct cluster {
    struct dedupe_rules rules;
    struct diagnostics diagnostics;
    struct rulebook book;
    struct merge_plan plan;
    struct arena arena;
    struct member members[MEMBERS_MAX];
    size_t count;
};

static inline void read_rules(struct cluster *cluster, const char *text)
{
    char path[] = "/tmp/leadpipe_test.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    fprintf(out, "key same is lead_id\n%s\n", text);
    fclose(out);
    struct err err = {0};
    bool ok = dedupe_rules_load(&cluster->rules, &cluster->book, path, &cluster->diagnostics, &err);
    remove(path);
    if (!ok) fail_msg("%s: %s", text, err.text);
    merge_plan_make(&cluster->plan, &cluster->rules, columns);
}

static inline void add_member(struct cluster *cluster, const char *given)
{
    str values[COLUMNS] = {{"", 0}}, rest = str_of(given), piece;
    for (size_t i = 0; i < COLUMNS; i++) values[i] = (str){"", 0};
    while (str_cut(&rest, '|', &piece)) {
        ptrdiff_t equals = str_find(piece, '=');
        if (equals < 0) continue;
        int column = columns_find(columns, str_first(piece, (size_t)equals));
        assert_true(column >= 0);
        char *value = arena_bytes(&cluster->arena, piece.len);
        values[column] = (str){value, piece.len - (size_t)equals - 1};
        for (size_t i = 0; i < values[column].len; i++) {
            char c = piece.data[(size_t)equals + 1 + i];
            value[i] = c == '\\' ? '|' : c;
        }
    }
    struct buffer line = {0};
    for (size_t i = 0; i < COLUMNS; i++) {
        if (i) buffer_add_byte(&line, ',');
        csv_write_field(&line, values[i]);
    }
    buffer_add_byte(&line, '\n');
    str copy = arena_copy(&cluster->arena, buffer_str(&line));
    buffer_release(&line);
    merge_read(&cluster->plan, copy, &cluster->arena, &cluster->members[cluster->count++]);
}

static inline void make(struct cluster *cluster, const char *rules, const char *const given[])
{
    *cluster = (struct cluster){0};
    read_rules(cluster, rules);
    for (size_t i = 0; i < MEMBERS_MAX && given[i]; i++) add_member(cluster, given[i]);
}

static inline void release(struct cluster *cluster)
{
    merge_plan_release(&cluster->plan);
    dedupe_rules_release(&cluster->rules);
    diagnostics_release(&cluster->diagnostics);
    rulebook_release(&cluster->book);
    arena_release(&cluster->arena);
}

// What the merged record has in one column.
struct field_case {
    const char *rules;
    const char *members[MEMBERS_MAX];
    const char *column, *want;
};

static inline void check_field(const struct field_case *wanted)
{
    struct cluster cluster;
    make(&cluster, wanted->rules, wanted->members);
    str out[COLUMNS];
    size_t survivor = merge_survivor(&cluster.plan, cluster.members, cluster.count);
    merge_fields(&cluster.plan, cluster.members, cluster.count, survivor, &cluster.arena, out);
    str got = out[columns_find(columns, str_of(wanted->column))];
    if (!str_equal(got, str_of(wanted->want))) {
        fail_msg("%s of '%s', '%s'...: '%.*s', not '%s'", wanted->column, wanted->members[0],
                 wanted->members[1], STR_ARG(got), wanted->want);
    }
    release(&cluster);
}

#endif
