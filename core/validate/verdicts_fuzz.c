// Any bytes as a verifier's result file: read or refused; whatever is found for an address changes
// a verdict into one whose parts agree.
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "email_fuzz.h"
#include "verdicts.h"

static char path[64];
static int file;

static void load(void)
{
    load_rules();
    file = memfd_create("verdicts", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
}

static void check(const struct verdicts *verdicts, str address, struct arena *arena)
{
    struct email_verdict verdict;
    email_check(worker, address, arena, &verdict);
    const struct verdict_found *found = verdicts_find(verdicts, address, arena);
    if (!found) return;
    verdicts_apply(verdicts, found, address, arena, &verdict);
    need((verdict.status == EMAIL_VALID) == (verdict.reason.len == 0));
    need(str_starts(verdict.reasons, verdict.reason));
    need((verdict.flag_bits == 0) == (verdict.flags.len == 0));
    need(verdicts_checked(found, arena).len > 11);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!rules) load();
    struct err err = {0};
    struct verdicts verdicts = {0};
    struct arena arena = {0};
    need(ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == (ssize_t)size);
    need(verdicts_load(&verdicts, &book, rules, &providers, &err));
    struct verdict_file given = {
        .path = path, .today = 20000, .days_max = 90, .day = 19990, .has_day = size & 1};
    bool ok = verdicts_read(&verdicts, &given, &err);
    need(ok == (err.kind == ERR_NONE));
    need(verdicts.count <= 2 * verdicts.used); // a lasting result stands beside the newest
    check(&verdicts, STR("a@firma.fi"), &arena);
    check(&verdicts, STR("info@gmial.con"), &arena);
    check(&verdicts, STR("jane doe@firma.fi"), &arena);
    verdicts_release(&verdicts);
    arena_release(&arena);
    email_worker_trim(worker);
    return 0;
}
