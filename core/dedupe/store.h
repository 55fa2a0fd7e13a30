// The records that a barrier holds: text of canonical CSV in chunks, in memory as long as that is
// allowed, then in an unlinked private file.
//
// A chunk is what one batch brought. Chunks come in any order; their first_sequence orders them.
#ifndef DEDUPE_STORE_H
#define DEDUPE_STORE_H

#include <pthread.h>

#include "core/base/buffer.h"
#include "core/lead/batch.h"
#include "keys.h"

struct stored_key {
    hash128 hash;
    uint32_t row; // within the chunk
    uint32_t kind;
};

enum row_flag {
    ROW_OPTED_OUT = 1,  // its own opt_out says so
    ROW_SUPPRESSED = 2, // the opt-out list has it
};

struct chunk {
    uint64_t first_sequence;
    uint32_t rows, base; // base: number of its first record, once store_order was called
    struct block *block; // NULL when spilled
    uint64_t file_at;
    size_t len;
    uint32_t *starts; // [rows + 1] offsets into the text
    uint8_t *flags;   // [rows]
    uint64_t *known;  // [rows], or NULL: see known.h
    struct stored_key *keys;
    size_t key_count;
};

struct store {
    struct chunk **chunks;
    size_t count, capacity;
    uint32_t *chunk_hints; // by record / HINT_RECORDS: the chunk of the first of them
    uint64_t memory_bytes, memory_max;
    const char *temp_dir;
    int file; // -1 until something is spilled
    uint64_t file_bytes;
    pthread_mutex_t lock;
};

void store_init(struct store *store, uint64_t memory_max, const char *temp_dir);
void store_release(struct store *store);

// A chunk with the text of every record of the batch, not yet in the store: its keys and flags are
// the caller's to fill before store_add. The text is made in scratch, then copied to exactly the
// room that it needs: growing room that is kept costs three times as much.
struct chunk *store_chunk(const struct batch *batch, struct buffer *scratch);

// Gives the chunk its keys, copied.
void store_set_keys(struct chunk *chunk, const struct stored_key keys[], size_t count);

// Takes the chunk; spills its text when memory is used up. Thread-safe. False with err when the
// file cannot be written.
bool store_add(struct store *store, struct chunk *chunk, struct err *err);

// Puts the chunks in order and numbers their records. Returns how many there are.
uint32_t store_order(struct store *store);

// The chunk that holds a record.
struct chunk *store_chunk_of(const struct store *store, uint32_t record);

// The chunk's text as a block (one reference for the caller), read back when it was spilled.
// Thread-safe. NULL with err.
struct block *store_block(struct store *store, const struct chunk *chunk, struct err *err);

// The text of one record, its line end included: into the chunk's block, or read into arena.
bool store_record(struct store *store, uint32_t record, struct arena *arena, str *text,
                  struct err *err);

// Tell that the record's text will be wanted soon: first where it is, some time later its bytes.
void store_fetch_start(const struct store *store, uint32_t record);
void store_fetch_text(const struct store *store, uint32_t record);

#endif
