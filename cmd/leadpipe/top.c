#include "top.h"

#include <stdio.h>

#include "core/base/memory.h"

static struct {
    struct top_lead *top;
    const struct columns *columns;
    int score, tier, lifecycle;
} state;

struct top_worker {
    struct top_lead best;
};

static const struct columns *open_top(void *unused, const struct columns *in, struct err *err)
{
    (void)unused;
    (void)err;
    state.columns = in;
    state.score = columns_find(in, STR("score"));
    state.tier = columns_find(in, STR("tier"));
    state.lifecycle = columns_find(in, STR("lifecycle"));
    return in;
}

static void *init_worker(void *unused)
{
    (void)unused;
    return memory_zeroed(1, sizeof(struct top_worker));
}

// Whether a lead of that score and place is to be called before best.
static bool is_before(long score, uint64_t sequence, const struct top_lead *best)
{
    if (!best->is_found) return true;
    if (score != best->score) return score > best->score;
    return sequence < best->sequence;
}

static void release_worker(void *unused, void *worker)
{
    (void)unused;
    const struct top_worker *top = worker;
    const struct top_lead *best = &top->best;
    if (best->is_found && is_before(best->score, best->sequence, state.top)) *state.top = *best;
    memory_free(worker);
}

static long read_score(str text)
{
    bool is_negative = text.len && text.data[0] == '-';
    long score = 0;
    for (size_t i = is_negative; i < text.len && i < 9; i++)
        score = score * 10 + (text.data[i] - '0');
    return is_negative ? -score : score;
}

static str value(struct batch *batch, uint32_t row, const char *column)
{
    return batch_get_or_empty(batch, row, columns_find(state.columns, str_of(column)));
}

static void copy(char *out, size_t size, str text)
{
    snprintf(out, size, "%.*s", (int)(text.len < size ? text.len : size - 1), text.data);
}

static void remember(struct top_lead *best, struct batch *batch, uint32_t row)
{
    str first = value(batch, row, "first_name"), last = value(batch, row, "last_name");
    str mobile = value(batch, row, "mobile"), phone = value(batch, row, "phone");
    str email = value(batch, row, "email");
    if (!mobile.len) mobile = phone;
    snprintf(best->name, sizeof best->name, "%.*s%s%.*s", STR_ARG(first),
             first.len && last.len ? " " : "", STR_ARG(last));
    snprintf(best->contact, sizeof best->contact, "%.*s%s%.*s", STR_ARG(mobile),
             mobile.len && email.len ? ", " : "", STR_ARG(email));
    copy(best->company, sizeof best->company, value(batch, row, "company"));
    copy(best->job_title, sizeof best->job_title, value(batch, row, "job_title"));
    copy(best->tier, sizeof best->tier, value(batch, row, "tier"));
    copy(best->reasons, sizeof best->reasons, value(batch, row, "reasons"));
    copy(best->owner, sizeof best->owner, value(batch, row, "crm_owner"));
}

static bool process(void *unused, struct stage_worker *stage_worker, struct batch *batch,
                    struct err *err)
{
    (void)unused;
    (void)err;
    if (state.score < 0) return true;
    struct top_worker *worker = stage_worker->state;
    for (uint32_t row = 0; row < batch->count; row++) {
        long score = read_score(batch_get(batch, row, (uint32_t)state.score));
        uint64_t sequence = batch->first_sequence + row;
        if (!is_before(score, sequence, &worker->best)) continue;
        // Suspects and leads that were set aside are not to be called.
        if (str_equal(batch_get_or_empty(batch, row, state.tier), STR("suspect"))) continue;
        if (str_equal(batch_get_or_empty(batch, row, state.lifecycle), STR("set_aside"))) continue;
        if (str_equal(value(batch, row, "consent"), STR("no"))) continue;
        worker->best.is_found = true;
        worker->best.score = score;
        worker->best.sequence = sequence;
        remember(&worker->best, batch, row);
    }
    return true;
}

static void want(void *unused, struct wanted *wanted)
{
    (void)unused;
    static const str read[] = {
        {"score", 5},     {"tier", 4},    {"lifecycle", 9}, {"consent", 7}, {"first_name", 10},
        {"last_name", 9}, {"mobile", 6},  {"phone", 5},     {"email", 5},   {"company", 7},
        {"job_title", 9}, {"reasons", 7}, {"crm_owner", 9}};
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) wanted_add(wanted, read[i]);
}

void top_stage(struct top_lead *top, struct stage *stage)
{
    *top = (struct top_lead){0};
    state.top = top;
    *stage = (struct stage){.name = "top",
                            .kind = STAGE_MAP,
                            .open = open_top,
                            .want = want,
                            .worker_init = init_worker,
                            .worker_release = release_worker,
                            .process = process};
}
