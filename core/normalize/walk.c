#include "walk.h"

#include <pthread.h>

#include "core/csv/lenient.h"
#include "follow.h"

enum { PIECE_BYTES = 256 << 10, PIECES = 4 };

// Located records that are to be visited.
struct piece {
    struct records records;
    unsigned char *faults;
    size_t faults_capacity;
};

struct locator {
    struct lenient lenient;
    struct follow follow;
    str body; // what is left
    size_t piece_bytes;
    bool is_whole;
};

static void locator_init(struct locator *locator, const struct walk_of *of, str body)
{
    *locator = (struct locator){.body = body, .piece_bytes = PIECE_BYTES, .is_whole = of->is_whole};
    locator->lenient.dialect = of->plan->dialect;
    locator->lenient.columns = (uint32_t)of->plan->mapping.count;
    follow_init(&locator->follow, of->knowledge, of->plan);
}

// False when there are no more.
static bool locate(struct locator *locator, struct piece *piece)
{
    while (locator->body.len) {
        str text = str_first(locator->body, locator->piece_bytes);
        bool is_last = text.len == locator->body.len && locator->is_whole;
        struct block *block = block_new(text.len);
        memcpy(block->data, text.data, text.len);
        block->len = text.len;
        uint64_t lines;
        size_t used = lenient_locate(&locator->lenient, block, 0, is_last, &piece->records,
                                     &piece->faults, &piece->faults_capacity, &lines);
        block_release(block);
        if (used == 0 && text.len == locator->body.len) return false;
        locator->piece_bytes = used ? PIECE_BYTES : locator->piece_bytes * 2;
        if (used == 0) continue;
        follow_rows(&locator->follow, &piece->records, piece->faults, locator->body);
        locator->body = str_from(locator->body, used);
        return true;
    }
    return false;
}

static bool visit_piece(const struct piece *piece, walk_visit *visit, void *state,
                        struct arena *arena)
{
    bool goes_on = true;
    for (uint32_t row = 0; goes_on && row < piece->records.count; row++) {
        if (piece->faults[row] == RECORD_OK) goes_on = visit(state, &piece->records, row, arena);
    }
    arena_reset(arena);
    return goes_on;
}

static void piece_release(struct piece *piece)
{
    records_release(&piece->records);
    memory_free(piece->faults);
}

void walk_records(const struct walk_of *of, str body, walk_visit *visit, void *state)
{
    struct locator locator;
    struct piece piece = {0};
    struct arena arena = {0};
    locator_init(&locator, of, body);
    while (locate(&locator, &piece) && visit_piece(&piece, visit, state, &arena)) {
    }
    follow_release(&locator.follow);
    piece_release(&piece);
    arena_release(&arena);
}

// A ring of pieces between the thread that locates and the one that visits.
struct relay {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct piece pieces[PIECES];
    size_t located, visited; // pieces so far
    bool is_ended;           // no more are located
    walk_visit *visit;
    void *state;
};

static void *visit_all(void *of_relay)
{
    struct relay *relay = of_relay;
    struct arena arena = {0};
    pthread_mutex_lock(&relay->lock);
    for (;;) {
        while (relay->visited == relay->located && !relay->is_ended) {
            pthread_cond_wait(&relay->changed, &relay->lock);
        }
        if (relay->visited == relay->located) break;
        const struct piece *piece = &relay->pieces[relay->visited % PIECES];
        pthread_mutex_unlock(&relay->lock);
        (void)visit_piece(piece, relay->visit, relay->state, &arena);
        pthread_mutex_lock(&relay->lock);
        relay->visited++;
        pthread_cond_signal(&relay->changed);
    }
    pthread_mutex_unlock(&relay->lock);
    arena_release(&arena);
    return NULL;
}

static void locate_all(struct relay *relay, struct locator *locator)
{
    for (bool more = true; more;) {
        pthread_mutex_lock(&relay->lock);
        while (relay->located - relay->visited == PIECES) {
            pthread_cond_wait(&relay->changed, &relay->lock);
        }
        pthread_mutex_unlock(&relay->lock);
        more = locate(locator, &relay->pieces[relay->located % PIECES]);
        pthread_mutex_lock(&relay->lock);
        relay->located += more;
        relay->is_ended = !more;
        pthread_cond_signal(&relay->changed);
        pthread_mutex_unlock(&relay->lock);
    }
}

void walk_all(const struct walk_of *of, str body, walk_visit *visit, void *state)
{
    struct relay relay = {.lock = PTHREAD_MUTEX_INITIALIZER,
                          .changed = PTHREAD_COND_INITIALIZER,
                          .visit = visit,
                          .state = state};
    pthread_t visitor;
    bool is_worth_it = of->threads > 1 && body.len > 2 * (size_t)PIECE_BYTES;
    if (!is_worth_it || pthread_create(&visitor, NULL, visit_all, &relay) != 0) {
        walk_records(of, body, visit, state);
        return;
    }
    struct locator locator;
    locator_init(&locator, of, body);
    locate_all(&relay, &locator);
    pthread_join(visitor, NULL);
    follow_release(&locator.follow);
    for (size_t i = 0; i < PIECES; i++) piece_release(&relay.pieces[i]);
}
