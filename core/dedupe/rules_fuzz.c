// Seeds: testdata/corpus/dedupe_rules.
//
// Property: any bytes as dedupe.rules are refused with a message, or give rules that keep their
// bounds and with which the keys of any record can be made, the same the second time.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/lead/schema.h"
#include "keys.h"
#include "merge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds) abort();
}

static void check_bounds(const struct dedupe_rules *rules)
{
    check((rules->key_count > 0 || rules->match.by == MATCH_WEIGHT) &&
          rules->key_count <= DEDUPE_KEYS_MAX);
    check(rules->prefer_count <= DEDUPE_NAMES_MAX && rules->suppress_count <= DEDUPE_NAMES_MAX);
    for (size_t i = 0; i < rules->key_count; i++) {
        const struct key_rule *key = &rules->keys[i];
        check(key->part_count > 0 && key->part_count <= DEDUPE_PARTS_MAX);
        for (size_t k = 0; k < key->part_count; k++) {
            str column = key->parts[k].column;
            check(schema_find(column) >= 0 || dedupe_rules_name(rules, column));
        }
        for (size_t k = 0; k < i; k++) check(!str_equal(key->name, rules->keys[k].name));
    }
    check(rules->block_count <= DEDUPE_BLOCKS_MAX);
    for (size_t i = 0; i < rules->block_count; i++) {
        check(rules->blocks[i].column_count <= BLOCK_COLUMNS_MAX);
    }
}

// Every column filled, from the bytes themselves: ASCII, so that it is text.
static struct batch *batch_of(const struct columns *columns, str text)
{
    struct batch *batch = batch_new();
    batch_begin_empty(batch, columns, 2);
    for (uint32_t column = 0; column < columns->count; column++) {
        str piece = str_first(str_from(text, column * 3), 1 + column * 7);
        if (!str_is_ascii(piece)) piece = STR("+358405550100");
        batch_set(batch, 0, column, piece, 0);
        batch_set(batch, 1, column, piece, 0);
    }
    return batch;
}

static void check_keys(const struct dedupe_rules *rules, str text)
{
    static struct email_providers providers;
    static struct company_rules companies;
    const struct key_lists lists = {&providers, &companies};
    str names[SCHEMA_FIELD_COUNT];
    for (int i = 0; i < SCHEMA_FIELD_COUNT; i++) names[i] = schema_fields[i].name;
    struct columns *columns = columns_new(names, SCHEMA_FIELD_COUNT);
    struct key_plan plan;
    struct key_worker worker;
    struct merge_plan merge;
    struct row_key a[ROW_KEYS_MAX], b[ROW_KEYS_MAX];
    key_plan_make(&plan, rules, &lists, columns);
    merge_plan_make(&merge, rules, columns);
    key_worker_init(&worker);
    struct batch *batch = batch_of(columns, text);
    size_t count = keys_of_row(&plan, &worker, batch, 0, a);
    check(count <= ROW_KEYS_MAX && keys_of_row(&plan, &worker, batch, 1, b) == count);
    for (size_t i = 0; i < count; i++) {
        check(hash128_equal(a[i].hash, b[i].hash) && a[i].kind == b[i].kind);
        check(a[i].kind < rules->key_count);
    }
    batch_free(batch);
    key_worker_release(&worker);
    merge_plan_release(&merge);
    columns_free(columns);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/tmp/leadpipe_fuzz.%ld", (long)getpid());
    FILE *file = fopen(path, "w");
    if (!file) return 0;
    fwrite(data, 1, size, file);
    fclose(file);
    struct dedupe_rules rules = {0};
    struct rulebook book = {0};
    struct diagnostics diagnostics = {0};
    struct err err = {0};
    if (dedupe_rules_load(&rules, &book, path, &diagnostics, &err)) {
        check(diagnostics.errors == 0);
        check_bounds(&rules);
        check_keys(&rules, (str){(const char *)data, size});
    } else {
        check(err.kind != ERR_NONE && err.text[0]);
    }
    dedupe_rules_release(&rules);
    diagnostics_release(&diagnostics);
    rulebook_release(&book);
    unlink(path);
    return 0;
}
