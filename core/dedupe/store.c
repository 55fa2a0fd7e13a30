#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { HINT_RECORDS = 256 };

void store_init(struct store *store, uint64_t memory_max, const char *temp_dir)
{
    *store = (struct store){.memory_max = memory_max, .temp_dir = temp_dir, .file = -1};
    pthread_mutex_init(&store->lock, NULL);
}

static void free_chunk(struct chunk *chunk)
{
    block_release(chunk->block);
    memory_free(chunk->starts);
    memory_free(chunk->flags);
    memory_free(chunk->known);
    memory_free(chunk->keys);
    memory_free(chunk);
}

void store_release(struct store *store)
{
    for (size_t i = 0; i < store->count; i++) free_chunk(store->chunks[i]);
    memory_free(store->chunks);
    memory_free(store->chunk_hints);
    if (store->file >= 0) close(store->file);
    pthread_mutex_destroy(&store->lock);
}

struct chunk *store_chunk(const struct batch *batch, struct buffer *scratch)
{
    struct chunk *chunk = memory_zeroed(1, sizeof *chunk);
    chunk->first_sequence = batch->first_sequence;
    chunk->rows = batch->count;
    chunk->starts = memory_alloc(((size_t)batch->count + 1) * sizeof *chunk->starts);
    chunk->flags = memory_zeroed(batch->count, sizeof *chunk->flags);
    chunk->starts[0] = 0;
    buffer_clear(scratch);
    batch_write_rows(batch, scratch, chunk->starts + 1);
    chunk->len = scratch->len;
    chunk->block = block_new(scratch->len);
    if (scratch->len) memcpy(chunk->block->data, scratch->data, scratch->len);
    chunk->block->len = scratch->len;
    return chunk;
}

void store_set_keys(struct chunk *chunk, const struct stored_key keys[], size_t count)
{
    chunk->keys = memory_alloc(count * sizeof *chunk->keys);
    if (count) memcpy(chunk->keys, keys, count * sizeof *chunk->keys);
    chunk->key_count = count;
}

// An unlinked file that only its owner could have opened.
static bool open_file(struct store *store, struct err *err)
{
    store->file = open(store->temp_dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (store->file >= 0) return true;
    struct buffer path = {0};
    buffer_format(&path, "%s/leadpipe.XXXXXX", store->temp_dir);
    buffer_add_byte(&path, '\0');
    store->file = mkostemp(path.data, O_CLOEXEC);
    if (store->file >= 0) (void)unlink(path.data);
    buffer_release(&path);
    if (store->file >= 0) return true;
    return err_set(err, ERR_IO, store->temp_dir, 0, "cannot make a temporary file: %s",
                   strerror(errno));
}

static bool has_space(const struct store *store, size_t wanted, struct err *err)
{
    struct statvfs about;
    if (fstatvfs(store->file, &about) != 0) return true;
    if ((uint64_t)about.f_bavail * about.f_frsize > wanted) return true;
    err_set(err, ERR_IO, store->temp_dir, 0, "no space left for records that do not fit in memory");
    return err_hint(err, "name a folder with more room: --temp-dir DIR, or allow more --memory");
}

static bool write_at(const struct store *store, str text, uint64_t at, struct err *err)
{
    while (text.len) {
        ssize_t put = pwrite(store->file, text.data, text.len, (off_t)at);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) {
            return err_set(err, ERR_IO, store->temp_dir, 0, "cannot write: %s", strerror(errno));
        }
        text = str_from(text, (size_t)put);
        at += (uint64_t)put;
    }
    return true;
}

static bool read_at(const struct store *store, char *out, size_t len, uint64_t at, struct err *err)
{
    while (len) {
        ssize_t got = pread(store->file, out, len, (off_t)at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            return err_set(err, ERR_IO, store->temp_dir, 0, "cannot read a temporary file: %s",
                           got ? strerror(errno) : "it ends early");
        }
        out += got;
        len -= (size_t)got;
        at += (uint64_t)got;
    }
    return true;
}

static bool spill(struct store *store, struct chunk *chunk, uint64_t at, struct err *err)
{
    if (!has_space(store, chunk->len, err)) return false;
    chunk->file_at = at;
    if (!write_at(store, (str){chunk->block->data, chunk->len}, at, err)) return false;
    block_release(chunk->block);
    chunk->block = NULL;
    return true;
}

static size_t chunk_bytes(const struct chunk *chunk)
{
    return chunk->len + chunk->rows * (sizeof *chunk->starts + sizeof *chunk->flags) +
           chunk->key_count * sizeof *chunk->keys;
}

bool store_add(struct store *store, struct chunk *chunk, struct err *err)
{
    bool ok = true;
    pthread_mutex_lock(&store->lock);
    store->chunks =
        memory_grow(store->chunks, &store->capacity, store->count + 1, sizeof(struct chunk *));
    store->chunks[store->count++] = chunk;
    store->memory_bytes += chunk_bytes(chunk);
    bool must_spill = store->memory_bytes > store->memory_max;
    uint64_t at = store->file_bytes;
    if (must_spill) {
        ok = store->file >= 0 || open_file(store, err);
        store->memory_bytes -= chunk->len;
        store->file_bytes += chunk->len;
    }
    pthread_mutex_unlock(&store->lock);
    return ok && (!must_spill || spill(store, chunk, at, err));
}

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

struct chunk *store_chunk_of(const struct store *store, uint32_t record)
{
    struct chunk *const *chunk = &store->chunks[store->chunk_hints[record / HINT_RECORDS]];
    while (record >= (*chunk)->base + (*chunk)->rows) chunk++;
    return *chunk;
}

struct block *store_block(struct store *store, const struct chunk *chunk, struct err *err)
{
    if (chunk->block) return block_keep(chunk->block);
    struct block *block = block_new(chunk->len);
    block->len = chunk->len;
    if (read_at(store, block->data, chunk->len, chunk->file_at, err)) return block;
    block_release(block);
    return NULL;
}

bool store_record(struct store *store, uint32_t record, struct arena *arena, str *text,
                  struct err *err)
{
    const struct chunk *chunk = store_chunk_of(store, record);
    uint32_t start = chunk->starts[record - chunk->base];
    size_t len = chunk->starts[record - chunk->base + 1] - start;
    if (chunk->block) {
        *text = (str){chunk->block->data + start, len};
        return true;
    }
    char *out = arena_bytes(arena, len);
    *text = (str){out, len};
    return read_at(store, out, len, chunk->file_at + start, err);
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
