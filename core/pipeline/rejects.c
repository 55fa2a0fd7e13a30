#include "rejects.h"

#include "core/base/memory.h"
#include "core/base/utf8.h"

enum { REJECT_COLUMNS = 6 };

static const char column_text[] = "stagereasonsource_filesource_rowlead_idraw";
static const str column_names[REJECT_COLUMNS] = {
    {column_text, 5},       {column_text + 5, 6},  {column_text + 11, 11},
    {column_text + 22, 10}, {column_text + 32, 7}, {column_text + 39, 3},
};
static const struct columns columns = {.count = REJECT_COLUMNS, .names = column_names};

const struct columns *rejects_columns(void) { return &columns; }

void rejects_add(struct rejects *rejects, struct stage_worker *worker, str source_name,
                 const struct reject *reject)
{
    rejects->rows =
        memory_grow(rejects->rows, &rejects->capacity, rejects->count + 1, sizeof *rejects->rows);
    rejects->rows[rejects->count++] = *reject;
    tally_add(&worker->by_reason, str_of(place_name(PLACE_REJECT)), reject->reason, 1);
    tally_add(&worker->by_source, source_name, str_of(place_name(PLACE_REJECT)), 1);
}

// raw with every byte that is not part of valid UTF-8, and NUL, as \xHH.
static str escaped(str raw, struct arena *arena)
{
    if (utf8_is_valid(raw) && str_find(raw, '\0') < 0) return arena_copy(arena, raw);
    static const char digits[] = "0123456789abcdef";
    char *out = arena_bytes(arena, raw.len * 4), *to = out;
    while (raw.len) {
        size_t good = utf8_valid_len(raw);
        ptrdiff_t nul = str_find(str_first(raw, good), '\0');
        if (nul >= 0) good = (size_t)nul;
        memcpy(to, raw.data, good);
        to += good;
        raw = str_from(raw, good);
        if (raw.len == 0) break;
        unsigned char bad = (unsigned char)raw.data[0];
        *to++ = '\\';
        *to++ = 'x';
        *to++ = digits[bad >> 4];
        *to++ = digits[bad & 15];
        raw = str_from(raw, 1);
    }
    return (str){out, (size_t)(to - out)};
}

static void fill_row(struct batch *batch, uint32_t row, const char *stage,
                     const struct reject *reject)
{
    batch_set(batch, row, 0, str_of(stage), CELL_PLAIN);
    batch_set(batch, row, 1, reject->reason, 0);
    batch_set(batch, row, 2, reject->source_file, 0);
    batch_set(batch, row, 3, reject->source_row, 0);
    batch_set(batch, row, 4, reject->lead_id, 0);
    batch_set(batch, row, 5, escaped(reject->raw, &batch->arena), 0);
}

bool rejects_emit(struct rejects *rejects, struct stage_worker *worker, const char *stage)
{
    if (rejects->count == 0) return true;
    struct batch *batch = stage_batch(worker);
    batch_begin_empty(batch, &columns, (uint32_t)rejects->count);
    if (stage_wants(worker, PLACE_REJECT)) {
        for (size_t i = 0; i < rejects->count; i++) {
            fill_row(batch, (uint32_t)i, stage, &rejects->rows[i]);
        }
    }
    rejects->count = 0;
    return stage_emit(worker, PLACE_REJECT, batch);
}

void rejects_release(struct rejects *rejects)
{
    memory_free(rejects->rows);
    *rejects = (struct rejects){0};
}
