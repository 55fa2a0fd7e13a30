// Seeds: testdata/corpus/dedupe_tables.
//
// Property: any bytes as decisions, as a truth or as statistics are refused with a message, or are
// within bounds; statistics that were read are written and read again as the same.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "decisions.h"
#include "evaluate.h"
#include "statistics.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[] = "/tmp/leadpipe_fuzz.XXXXXX";

static void check(bool holds)
{
    if (!holds) abort();
}

static void put(str text)
{
    static bool is_made;
    if (!is_made) {
        int made = mkstemp(path);
        check(made >= 0 && close(made) == 0);
        is_made = true;
    }
    FILE *file = fopen(path, "w");
    check(file && fwrite(text.data, 1, text.len, file) == text.len);
    check(fclose(file) == 0);
}

static void read_decisions(void)
{
    struct decisions decisions = {0};
    struct err err = {0};
    bool ok = decisions_load(&decisions, path, &err);
    check(ok == (err.kind == ERR_NONE));
    for (size_t i = 0; i < decisions.count; i++) {
        const struct decision *decision = &decisions.items[i];
        check(decision->a.len && decision->b.len && decision->decided != NOT_DECIDED);
        check(decisions_of(&decisions, decision->b, decision->a) == decision->decided);
    }
    decisions_release(&decisions);
}

static void read_truth(void)
{
    struct truth truth = {0};
    struct err err = {0};
    bool ok = truth_load(&truth, path, STR("id"), STR("list"), &err);
    check(ok == (err.kind == ERR_NONE));
    for (size_t i = 0; i < truth.count; i++) check(truth.rows[i].person < truth.person_count);
    truth_release(&truth);
}

static bool read_statistics(struct buffer *out)
{
    struct weigher weigher;
    struct err err = {0};
    weigher_init(&weigher, NULL, NULL);
    bool ok = statistics_read(&weigher, path, &err);
    check(ok == (err.kind == ERR_NONE));
    buffer_add(out, STR("part,kind,value,count\n"));
    if (ok) statistics_write(&weigher, out);
    weigher_release(&weigher);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer once = {0}, again = {0};
    put((str){(const char *)data, size});
    read_decisions();
    read_truth();
    if (read_statistics(&once)) {
        put(buffer_str(&once));
        check(read_statistics(&again));
        check(str_equal(buffer_str(&once), buffer_str(&again)));
    }
    buffer_release(&once);
    buffer_release(&again);
    unlink(path);
    return 0;
}
