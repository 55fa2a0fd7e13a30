// What a barrier holds: the records, as text of canonical CSV, and their keys, in chunks; in memory
// as long as that is allowed, then in an unlinked private file.
//
// A chunk is what one batch brought. Chunks come in any order; their first_sequence orders them.
//
// The limit is one of the whole process. What the store holds is mapped, so that it is known to the
// byte and given back at once; all the rest of the process (rules, caches, batches on their way) is
// what `in_use` finds beyond that, measured at every chunk, and what grouping and giving back will
// take is put aside (store_later). When the three are more than the limit, chunks are written out,
// the newest first. Per record 12 bytes remain in memory (see group.h), and 1 KiB a chunk.
#ifndef DEDUPE_STORE_H
#define DEDUPE_STORE_H

#include "core/base/buffer.h"
#include "core/lead/batch.h"
#include "keys.h"
#include "tempfile.h"

// Keys are grouped partition by partition, so that one partition's table stays in the cache, and
// the only one in memory.
enum { STORE_PARTITION_BITS = 8, STORE_PARTITIONS = 1 << STORE_PARTITION_BITS };

// The upper half addresses the partition, the lower half a table's slot: they are independent.
static inline size_t store_partition_of(hash128 hash)
{
    return hash.high >> (64 - STORE_PARTITION_BITS);
}

// What is known of a record that is to be taken out or not to be written to; the number of the list
// that takes it out, + 1, stands above these bits.
enum row_flag {
    ROW_OPTED_OUT = 1,     // its own opt_out says so
    ROW_SUPPRESSED = 2,    // an opt-out list has it
    ROW_CRM_OPTED_OUT = 4, // a contact of the CRM that opted out
    ROW_TAKEN_OUT = 7,     // any of these
    ROW_NO_EMAIL = 8,      // a list says so
    ROW_NO_PHONE = 16,
    ROW_LIST_SHIFT = 8,
};

typedef uint16_t row_flags;

// Those of two records that are one: of two lists the first.
static inline row_flags row_flags_join(row_flags a, row_flags b)
{
    unsigned list = a >> ROW_LIST_SHIFT, other = b >> ROW_LIST_SHIFT;
    if (list == 0 || (other && other < list)) list = other;
    return (row_flags)(((a | b) & ((1u << ROW_LIST_SHIFT) - 1)) | list << ROW_LIST_SHIFT);
}

struct chunk {
    uint64_t first_sequence;
    uint32_t rows, base; // base: number of its first record, once store_order was called
    // The text, then what is known of each row; NULL when spilled. Pointers are into it.
    struct block *block;
    size_t len, body_bytes; // of the text; of all
    bool has_known;
    uint32_t *starts; // [rows + 1] offsets into the text
    row_flags *flags; // [rows]
    uint64_t *known;  // [rows], or NULL: see crm.h
    struct row_key *keys;
    size_t key_count;
    struct profile *profiles;  // [rows]: see matcher.h; NULL
    str *ids;                  // [rows]: see roster.h; NULL
    uint64_t body_at, keys_at; // in the file
    uint32_t *key_parts;       // [partitions + 1] of keys in the file; NULL: they are in memory
    bool is_done;
};

// Bytes of memory that the process takes, 0 when that cannot be told.
typedef uint64_t memory_in_use(void);

struct store {
    struct chunk **chunks;
    size_t count, capacity;
    size_t in_memory;      // chunks [0, in_memory) are, before store_order
    size_t done;           // chunks [0, done) are
    uint32_t *chunk_hints; // by record / HINT_RECORDS: the chunk of the first of them
    uint64_t memory_max;
    memory_in_use *in_use;    // NULL: the limit is one of what the store holds
    uint64_t held, elsewhere; // bytes: the chunks', and the most that was seen beyond them
    uint64_t records, key_count, spare;
    uint64_t record_bytes; // what grouping takes a record: 12, or what the caller sets
    struct pages pages;    // of the chunks
    struct temp_file file;
    pthread_mutex_t lock;
};

// spare: bytes that others will need after the last chunk was added.
void store_init(struct store *store, uint64_t memory_max, memory_in_use *in_use,
                const char *temp_dir);
void store_release(struct store *store);

// A chunk with the text of every record of the batch, not yet in the store: its keys, flags and
// known (zeroes, when they are wanted) are the caller's to fill before store_add. The text is made
// in scratch, then copied to exactly the room that it needs: growing room that is kept costs three
// times as much.
// Thread-safe.
struct chunk *store_chunk(struct store *store, const struct batch *batch, bool has_known,
                          struct buffer *scratch);

// Gives up a chunk that was not added.
void store_drop(struct chunk *chunk);

// Gives the chunk its keys, copied. Thread-safe.
void store_set_keys(struct store *store, struct chunk *chunk, const struct row_key keys[],
                    size_t count);

// Takes the chunk; spills chunks when memory is used up. Thread-safe. False with err when the file
// cannot be written.
bool store_add(struct store *store, struct chunk *chunk, struct err *err);

// The least limit that would have been kept to: for what is in the store now, in the file or not.
uint64_t store_needs(const struct store *store);

static inline bool store_has_spilled(const struct store *store)
{
    return store->in_memory < store->count;
}

// Puts the chunks in order and numbers their records. Returns how many there are.
uint32_t store_order(struct store *store);

// Once something was spilled: writes out the keys that are still in memory.
bool store_spill_keys(struct store *store, struct err *err);

// Gives up the chunk's keys in memory.
void store_free_keys(struct chunk *chunk);

// Reads a partition of a chunk's keys from the file into *keys (grown; *capacity), rows within the
// chunk. Returns how many in *count.
bool store_read_keys(const struct store *store, const struct chunk *chunk, size_t partition,
                     struct row_key **keys, size_t *capacity, size_t *count, struct err *err);

// The chunk that holds a record.
struct chunk *store_chunk_of(const struct store *store, uint32_t record);

// A chunk whose text and rows are in memory, read back when they were spilled: a copy with one
// reference to its block for the caller. Thread-safe. False with err.
bool store_load(const struct store *store, const struct chunk *chunk, struct chunk *loaded,
                struct err *err);

// Tells that what begins in chunk number `piece` has been made. When that holds for all chunks
// before it too, nobody will ask for the chunk's text again, and it is given up. Thread-safe.
void store_done(struct store *store, size_t piece);

// One record: its text, with its line end, in the chunk's block or read into arena.
struct stored_row {
    str text;
    uint64_t known;
    row_flags flags;
};

bool store_row(const struct store *store, uint32_t record, struct arena *arena,
               struct stored_row *row, struct err *err);

// Tell that the record's text will be wanted soon: first where it is, some time later its bytes.
void store_fetch_start(const struct store *store, uint32_t record);
void store_fetch_text(const struct store *store, uint32_t record);

#endif
