#include "roster.h"

#include "core/base/hash.h"
#include "core/base/memory.h"

str *roster_ids(struct batch *batch, int column, struct arena *arena)
{
    str *ids = memory_alloc((batch->count + 1) * sizeof *ids);
    for (uint32_t row = 0; row < batch->count; row++) {
        ids[row] = arena_copy(arena, batch_get_or_empty(batch, row, column));
    }
    return ids;
}

str cluster_digest(str line, struct arena *arena)
{
    enum { DIGEST_DIGITS = 24 };
    char digits[32];
    hash_hex(hash_128(line), digits);
    return arena_format(arena, "x%.*s", DIGEST_DIGITS, digits);
}

void roster_take(struct roster *roster, struct store *store, uint32_t records)
{
    *roster = (struct roster){.count = records};
    roster->ids = memory_alloc((records + 1) * sizeof *roster->ids);
    for (size_t i = 0; i < store->count; i++) {
        struct chunk *chunk = store->chunks[i];
        memcpy(roster->ids + chunk->base, chunk->ids, chunk->rows * sizeof *chunk->ids);
        memory_free(chunk->ids);
        chunk->ids = NULL;
    }
}

static bool name_by_text(struct roster *roster, const struct store *store,
                         const struct groups *groups, uint32_t root, struct err *err)
{
    struct arena arena = {0};
    str smallest = {0};
    bool ok = true;
    for (uint32_t record = root; ok; record = groups->next[record]) {
        struct stored_row row;
        ok = store_row(store, record, &arena, &row, err);
        if (ok && (!smallest.data || str_compare(row.text, smallest) < 0)) smallest = row.text;
        if (!groups->next[record]) break;
    }
    if (ok) roster->clusters[root] = cluster_digest(smallest, &roster->arena);
    arena_release(&arena);
    return ok;
}

bool roster_name(struct roster *roster, const struct store *store, const struct groups *groups,
                 struct err *err)
{
    roster->clusters = memory_zeroed(groups->count + 1, sizeof *roster->clusters);
    for (uint32_t record = 0; record < groups->count; record++) {
        str id = roster->ids[record], *cluster = &roster->clusters[groups->parent[record]];
        if (id.len && (!cluster->len || str_compare(id, *cluster) < 0)) *cluster = id;
    }
    for (uint32_t root = 0; root < groups->count; root++) {
        bool is_unnamed = groups->next[root] && groups->parent[root] == root;
        if (!is_unnamed || roster->clusters[root].len) continue;
        if (!name_by_text(roster, store, groups, root, err)) return false;
    }
    return true;
}

void roster_release(struct roster *roster)
{
    memory_free(roster->ids);
    memory_free(roster->clusters);
    arena_release(&roster->arena);
    *roster = (struct roster){0};
}
