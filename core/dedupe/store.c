#include "store.h"

#include <stdlib.h>

enum { HINT_RECORDS = 256, RECORD_BYTES = 12 };

void store_init(struct store *store, uint64_t memory_max, memory_in_use *in_use,
                const char *temp_dir)
{
    *store =
        (struct store){.memory_max = memory_max, .in_use = in_use, .record_bytes = RECORD_BYTES};
    temp_file_init(&store->file, temp_dir);
    pthread_mutex_init(&store->lock, NULL);
}

static size_t keys_bytes(const struct chunk *chunk)
{
    return chunk->key_count * sizeof *chunk->keys;
}

void store_free_keys(struct chunk *chunk)
{
    pages_give_back(chunk->keys, keys_bytes(chunk));
    chunk->keys = NULL;
}

static void forget(struct chunk *chunk)
{
    block_release(chunk->block);
    chunk->block = NULL;
}

void store_drop(struct chunk *chunk)
{
    forget(chunk);
    store_free_keys(chunk);
    memory_free(chunk->key_parts);
    memory_free(chunk->profiles);
    memory_free(chunk->ids);
    memory_free(chunk);
}

void store_release(struct store *store)
{
    for (size_t i = 0; i < store->count; i++) store_drop(store->chunks[i]);
    memory_free(store->chunks);
    memory_free(store->chunk_hints);
    pages_release(&store->pages);
    temp_file_release(&store->file);
    pthread_mutex_destroy(&store->lock);
}

// ---- making chunks

// A chunk's body is its text and, from the next multiple of 8 on, known, starts, flags.
struct body {
    size_t known, starts, flags, bytes;
};

static struct body body_of(const struct chunk *chunk)
{
    struct body body;
    body.known = (chunk->len + 7) / 8 * 8;
    body.starts = body.known + (chunk->has_known ? chunk->rows * sizeof *chunk->known : 0);
    body.flags = body.starts + ((size_t)chunk->rows + 1) * sizeof *chunk->starts;
    body.bytes = body.flags + chunk->rows * sizeof *chunk->flags;
    return body;
}

static void point_into(struct chunk *chunk, struct block *block)
{
    struct body body = body_of(chunk);
    char *data = block->data;
    chunk->block = block;
    chunk->known = chunk->has_known ? (uint64_t *)(void *)(data + body.known) : NULL;
    chunk->starts = (uint32_t *)(void *)(data + body.starts);
    chunk->flags = (row_flags *)(void *)(data + body.flags);
}

struct chunk *store_chunk(struct store *store, const struct batch *batch, bool has_known,
                          struct buffer *scratch)
{
    struct chunk *chunk = memory_zeroed(1, sizeof *chunk);
    uint32_t *ends = memory_alloc(batch->count * sizeof *ends);
    buffer_clear(scratch);
    batch_write_rows(batch, scratch, ends);
    chunk->first_sequence = batch->first_sequence;
    chunk->rows = batch->count;
    chunk->len = scratch->len;
    chunk->has_known = has_known;
    chunk->body_bytes = body_of(chunk).bytes;
    pthread_mutex_lock(&store->lock);
    struct block *block = block_new_paged(&store->pages, chunk->body_bytes);
    pthread_mutex_unlock(&store->lock);
    point_into(chunk, block);
    if (scratch->len) memcpy(chunk->block->data, scratch->data, scratch->len);
    chunk->block->len = scratch->len;
    if (chunk->rows) memcpy(chunk->starts + 1, ends, chunk->rows * sizeof *ends);
    memory_free(ends);
    return chunk;
}

void store_set_keys(struct store *store, struct chunk *chunk, const struct row_key keys[],
                    size_t count)
{
    chunk->key_count = count;
    if (count == 0) return;
    pthread_mutex_lock(&store->lock);
    chunk->keys = pages_take(&store->pages, keys_bytes(chunk));
    pthread_mutex_unlock(&store->lock);
    memcpy(chunk->keys, keys, keys_bytes(chunk));
}

// ---- spilling

static bool put(struct store *store, const void *data, size_t len, uint64_t *at, struct err *err)
{
    return temp_file_take(&store->file, len, at, err) &&
           temp_file_write(&store->file, (str){data, len}, *at, err);
}

// In the file the keys stand partition by partition.
static bool spill_keys(struct store *store, struct chunk *chunk, struct err *err)
{
    uint32_t at[STORE_PARTITIONS] = {0}, total = 0;
    for (size_t i = 0; i < chunk->key_count; i++) at[store_partition_of(chunk->keys[i].hash)]++;
    uint32_t *parts = memory_alloc((STORE_PARTITIONS + 1) * sizeof *parts);
    for (size_t p = 0; p < STORE_PARTITIONS; p++) {
        uint32_t count = at[p];
        parts[p] = at[p] = total;
        total += count;
    }
    parts[STORE_PARTITIONS] = total;
    struct row_key *sorted = memory_alloc(keys_bytes(chunk));
    for (size_t i = 0; i < chunk->key_count; i++) {
        sorted[at[store_partition_of(chunk->keys[i].hash)]++] = chunk->keys[i];
    }
    chunk->key_parts = parts;
    bool ok = put(store, sorted, keys_bytes(chunk), &chunk->keys_at, err);
    memory_free(sorted);
    if (ok) store_free_keys(chunk);
    return ok;
}

static bool spill(struct store *store, struct chunk *chunk, struct err *err)
{
    if (!put(store, chunk->block->data, chunk->body_bytes, &chunk->body_at, err)) return false;
    forget(chunk);
    return spill_keys(store, chunk, err);
}

// ---- adding

static size_t in_pages(size_t bytes)
{
    enum { PAGE_BYTES = 4096 };
    return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
}

static size_t chunk_bytes(const struct chunk *chunk)
{
    return in_pages(chunk->body_bytes + BLOCK_PADDING) + in_pages(keys_bytes(chunk));
}

// What grouping takes: three numbers a record, and the table of one partition with its keys, which
// has room for two to four times the keys.
static uint64_t later_bytes(const struct store *store)
{
    enum { KEY_BYTES = 64 + sizeof(struct row_key) };
    return store->records * store->record_bytes + store->key_count / STORE_PARTITIONS * KEY_BYTES +
           store->spare;
}

uint64_t store_needs(const struct store *store) { return store->elsewhere + later_bytes(store); }

// Called with the lock held.
static void measure(struct store *store)
{
    uint64_t in_use = store->in_use ? store->in_use() : 0;
    if (in_use > store->held && in_use - store->held > store->elsewhere) {
        store->elsewhere = in_use - store->held;
    }
}

// A chunk that has to go, or NULL. Called with the lock held.
static struct chunk *next_victim(struct store *store)
{
    uint64_t needs = store->in_use ? store_needs(store) : 0;
    bool fits = needs <= store->memory_max && store->held <= store->memory_max - needs;
    if (fits || store->in_memory == 0) return NULL;
    struct chunk *chunk = store->chunks[--store->in_memory];
    store->held -= chunk_bytes(chunk);
    return chunk;
}

bool store_add(struct store *store, struct chunk *chunk, struct err *err)
{
    pthread_mutex_lock(&store->lock);
    bool must_spill = store_has_spilled(store);
    store->chunks =
        memory_grow(store->chunks, &store->capacity, store->count + 1, sizeof(struct chunk *));
    store->chunks[store->count++] = chunk;
    store->records += chunk->rows;
    store->key_count += chunk->key_count;
    if (!must_spill) {
        store->in_memory = store->count;
        store->held += chunk_bytes(chunk);
    }
    measure(store);
    struct chunk *victim = must_spill ? chunk : next_victim(store);
    bool ok = true;
    while (victim && ok) {
        pthread_mutex_unlock(&store->lock);
        ok = spill(store, victim, err);
        pthread_mutex_lock(&store->lock);
        victim = ok ? next_victim(store) : NULL;
    }
    pthread_mutex_unlock(&store->lock);
    return ok;
}

bool store_spill_keys(struct store *store, struct err *err)
{
    for (size_t i = 0; i < store->count; i++) {
        struct chunk *chunk = store->chunks[i];
        if (!chunk->key_parts && !spill_keys(store, chunk, err)) return false;
    }
    return true;
}

// ---- giving back

static int chunk_order(const void *a, const void *b)
{
    const struct chunk *x = *(struct chunk *const *)a, *y = *(struct chunk *const *)b;
    return (x->first_sequence > y->first_sequence) - (x->first_sequence < y->first_sequence);
}

uint32_t store_order(struct store *store)
{
    if (store->count) qsort(store->chunks, store->count, sizeof(struct chunk *), chunk_order);
    uint32_t base = 0;
    for (size_t i = 0; i < store->count; i++) {
        store->chunks[i]->base = base;
        base += store->chunks[i]->rows;
    }
    store->chunk_hints = memory_alloc((base / HINT_RECORDS + 1) * sizeof *store->chunk_hints);
    uint32_t chunk = 0;
    for (uint32_t record = 0; record < base; record += HINT_RECORDS) {
        while (record >= store->chunks[chunk]->base + store->chunks[chunk]->rows) chunk++;
        store->chunk_hints[record / HINT_RECORDS] = chunk;
    }
    return base;
}

bool store_read_keys(const struct store *store, const struct chunk *chunk, size_t partition,
                     struct row_key **keys, size_t *capacity, size_t *count, struct err *err)
{
    uint32_t first = chunk->key_parts[partition];
    *count = chunk->key_parts[partition + 1] - first;
    if (*count == 0) return true;
    *keys = memory_grow(*keys, capacity, *count, sizeof **keys);
    return temp_file_read(&store->file, *keys, *count * sizeof **keys,
                          chunk->keys_at + first * sizeof **keys, err);
}

struct chunk *store_chunk_of(const struct store *store, uint32_t record)
{
    struct chunk *const *chunk = &store->chunks[store->chunk_hints[record / HINT_RECORDS]];
    while (record >= (*chunk)->base + (*chunk)->rows) chunk++;
    return *chunk;
}

bool store_load(const struct store *store, const struct chunk *chunk, struct chunk *loaded,
                struct err *err)
{
    *loaded = *chunk;
    if (block_keep(loaded->block)) return true;
    point_into(loaded, block_new(chunk->body_bytes));
    loaded->block->len = chunk->len;
    if (temp_file_read(&store->file, loaded->block->data, chunk->body_bytes, chunk->body_at, err)) {
        return true;
    }
    forget(loaded);
    return false;
}

void store_done(struct store *store, size_t piece)
{
    pthread_mutex_lock(&store->lock);
    store->chunks[piece]->is_done = true;
    while (store->done < store->count && store->chunks[store->done]->is_done) {
        forget(store->chunks[store->done++]);
    }
    pthread_mutex_unlock(&store->lock);
}

static bool read_row(const struct store *store, const struct chunk *chunk, uint32_t row,
                     struct arena *arena, struct stored_row *out, struct err *err)
{
    struct body body = body_of(chunk);
    const struct temp_file *file = &store->file;
    uint64_t at = chunk->body_at;
    uint32_t span[2];
    if (!temp_file_read(file, span, sizeof span, at + body.starts + row * sizeof *span, err) ||
        !temp_file_read(file, &out->flags, sizeof out->flags,
                        at + body.flags + row * sizeof out->flags, err)) {
        return false;
    }
    if (chunk->has_known && !temp_file_read(file, &out->known, sizeof out->known,
                                            at + body.known + row * sizeof out->known, err)) {
        return false;
    }
    char *text = arena_bytes(arena, span[1] - span[0]);
    out->text = (str){text, span[1] - span[0]};
    return temp_file_read(file, text, out->text.len, at + span[0], err);
}

bool store_row(const struct store *store, uint32_t record, struct arena *arena,
               struct stored_row *row, struct err *err)
{
    const struct chunk *chunk = store_chunk_of(store, record);
    uint32_t at = record - chunk->base;
    *row = (struct stored_row){0};
    if (!chunk->block) return read_row(store, chunk, at, arena, row, err);
    uint32_t start = chunk->starts[at];
    row->text = (str){chunk->block->data + start, chunk->starts[at + 1] - start};
    row->flags = chunk->flags[at];
    if (chunk->known) row->known = chunk->known[at];
    return true;
}

void store_fetch_start(const struct store *store, uint32_t record)
{
    const struct chunk *chunk = store_chunk_of(store, record);
    if (chunk->block) __builtin_prefetch(&chunk->starts[record - chunk->base]);
}

void store_fetch_text(const struct store *store, uint32_t record)
{
    enum { LINE_BYTES = 64, LINES_MAX = 8 };
    const struct chunk *chunk = store_chunk_of(store, record);
    if (!chunk->block) return;
    const uint32_t *start = &chunk->starts[record - chunk->base];
    for (uint32_t at = 0; at < start[1] - start[0] && at < LINE_BYTES * LINES_MAX;
         at += LINE_BYTES) {
        __builtin_prefetch(chunk->block->data + start[0] + at);
    }
}
