// Asking the opt-out lists about records.
//
// A digest is of one spelling, and nobody knows which. Those of an address: as it stands; in lower
// and in upper case; its key (provider dots and tags do not count, domains of one family are one);
// without its +tag; and, where the provider ignores dots, without these at its own domain, with
// and without the tag. Those of a number: E.164, the same without the plus and with 00 for it,
// and the ten digits of a number of +1.
#include "core/base/memory.h"
#include "opt_outs.h"

enum { SPELLINGS_MAX = 8 };

void opt_out_columns_find(struct opt_out_columns *at, const struct columns *columns)
{
    at->addresses[0] = columns_find(columns, STR("email"));
    at->addresses[1] = columns_find(columns, STR("email_other"));
    at->numbers[0] = columns_find(columns, STR("phone"));
    at->numbers[1] = columns_find(columns, STR("mobile"));
    at->numbers[2] = columns_find(columns, STR("phone_other"));
    at->domain = columns_find(columns, STR("domain"));
}

void opt_out_worker_init(struct opt_out_worker *worker)
{
    *worker = (struct opt_out_worker){.digester = digester_new()};
}

void opt_out_worker_release(struct opt_out_worker *worker)
{
    arena_release(&worker->arena);
    digester_free(worker->digester);
    memory_free(worker->keys);
    memory_free(worker->rows);
}

static void add_key(struct opt_out_worker *worker, hash128 key, uint32_t row)
{
    size_t wanted = worker->count + 1;
    worker->keys = memory_grow(worker->keys, &worker->capacity, wanted, sizeof *worker->keys);
    worker->rows = memory_grow(worker->rows, &worker->row_capacity, wanted, sizeof *worker->rows);
    worker->keys[worker->count] = key;
    worker->rows[worker->count++] = row;
}

// ---- plain keys

// The domain and those above it, to the last but one label.
static void add_domains(struct opt_out_worker *worker, str domain, uint32_t row)
{
    ptrdiff_t dot;
    domain = opt_outs_domain(domain, &worker->arena);
    while ((dot = str_find(domain, '.')) > 0) {
        add_key(worker, key_of_text(KEY_OF_DOMAIN, domain), row);
        domain = str_from(domain, (size_t)dot + 1);
    }
}

// ---- digests

struct spellings {
    str text[SPELLINGS_MAX];
    size_t count;
};

static void add_spelling(struct spellings *spellings, str text)
{
    if (text.len == 0) return;
    for (size_t i = 0; i < spellings->count; i++) {
        if (str_equal(spellings->text[i], text)) return;
    }
    spellings->text[spellings->count++] = text;
}

static str in_case(str text, bool is_upper, struct arena *arena)
{
    char *out = arena_bytes(arena, text.len);
    for (size_t i = 0; i < text.len; i++) {
        char c = byte_lower(text.data[i]);
        out[i] = is_upper && byte_is_letter(c) ? (char)(c & ~32) : c;
    }
    return (str){out, text.len};
}

// The address, in lower case, without the bytes that its provider ignores.
static str without_ignored(const struct email_providers *providers, str address,
                           struct arena *arena)
{
    str local = email_local(address), domain = email_domain(address);
    const struct email_provider *provider = email_provider_of(providers, domain);
    if (!provider || provider->drop.len == 0) return (str){"", 0};
    char *out = arena_bytes(arena, local.len);
    size_t len = 0;
    for (size_t i = 0; i < local.len; i++) {
        if (str_find(provider->drop, local.data[i]) < 0) out[len++] = local.data[i];
    }
    return arena_join(arena, (str){out, len}, '@', domain);
}

static void spell_address(const struct email_providers *providers, str address, str key,
                          struct arena *arena, struct spellings *spellings)
{
    str small = in_case(address, false, arena);
    str bare = without_ignored(providers, small, arena);
    add_spelling(spellings, address);
    add_spelling(spellings, small);
    add_spelling(spellings, in_case(address, true, arena));
    add_spelling(spellings, email_key(providers, address, arena));
    add_spelling(spellings, key);
    if (bare.len == 0) return;
    add_spelling(spellings, bare);
    str mailbox = email_mailbox(email_local(bare));
    add_spelling(spellings, arena_join(arena, mailbox, '@', email_domain(bare)));
}

static void spell_number(str number, struct arena *arena, struct spellings *spellings)
{
    str digits = str_from(number, 1);
    add_spelling(spellings, number);
    add_spelling(spellings, digits);
    add_spelling(spellings, arena_join(arena, STR("0"), '0', digits));
    if (digits.len == 11 && digits.data[0] == '1') add_spelling(spellings, str_from(digits, 1));
}

static bool add_digests(const struct opt_outs *outs, struct opt_out_worker *worker,
                        const struct spellings *spellings, uint32_t row, struct err *err)
{
    for (enum digest_kind kind = 0; kind < DIGEST_KINDS; kind++) {
        if (!outs->has_digests[kind]) continue;
        for (size_t i = 0; i < spellings->count; i++) {
            hash128 bits;
            if (!digester_first_bits(worker->digester, kind, spellings->text[i], &bits)) {
                return err_set(err, ERR_IO, NULL, 0, "cannot make %s digests", digest_name(kind));
            }
            add_key(worker, bits, row);
        }
    }
    return true;
}

static bool has_digests(const struct opt_outs *outs)
{
    for (int i = 0; i < DIGEST_KINDS; i++) {
        if (outs->has_digests[i]) return true;
    }
    return false;
}

// ---- one record

static bool add_address(const struct opt_outs *outs, struct opt_out_worker *worker, str address,
                        uint32_t row, struct err *err)
{
    if (address.len == 0) return true;
    str key = email_key_loose(outs->providers, address, &worker->arena);
    if (key.len == 0) return true;
    if (outs->has_plain) add_key(worker, key_of_text(KEY_OF_MAILBOX, key), row);
    if (outs->has_domains) add_domains(worker, email_domain(address), row);
    if (!has_digests(outs)) return true;
    struct spellings spellings = {0};
    spell_address(outs->providers, address, key, &worker->arena, &spellings);
    return add_digests(outs, worker, &spellings, row, err);
}

static bool add_number(const struct opt_outs *outs, struct opt_out_worker *worker, str number,
                       uint32_t row, struct err *err)
{
    enum { BYTES_MIN = 8 };
    if (number.len < BYTES_MIN || number.data[0] != '+') return true;
    if (outs->has_plain) add_key(worker, key_of_text(KEY_OF_NUMBER, number), row);
    if (!has_digests(outs)) return true;
    struct spellings spellings = {0};
    spell_number(number, &worker->arena, &spellings);
    return add_digests(outs, worker, &spellings, row, err);
}

static bool add_record(const struct opt_outs *outs, const struct opt_out_columns *at,
                       struct opt_out_worker *worker, struct batch *batch, uint32_t row,
                       struct err *err)
{
    bool ok = true;
    for (size_t i = 0; i < 2 && ok; i++) {
        ok = add_address(outs, worker, batch_get_or_empty(batch, row, at->addresses[i]), row, err);
    }
    for (size_t i = 0; i < 3 && ok; i++) {
        ok = add_number(outs, worker, batch_get_or_empty(batch, row, at->numbers[i]), row, err);
    }
    if (outs->has_domains) {
        add_domains(worker, batch_get_or_empty(batch, row, at->domain), row);
    }
    return ok;
}

static bool look_up(const struct opt_outs *outs, const struct opt_out_worker *worker,
                    uint64_t lists[], struct err *err)
{
    enum { START_AHEAD = 24, ENTRY_AHEAD = 12 };
    const struct suppress_set *set = &outs->set;
    const hash128 *keys = worker->keys;
    size_t count = worker->count;
    for (size_t i = 0; i < count; i++) {
        uint64_t found;
        if (i + START_AHEAD < count) suppress_set_fetch_start(set, keys[i + START_AHEAD]);
        if (i + ENTRY_AHEAD < count) suppress_set_fetch(set, keys[i + ENTRY_AHEAD]);
        if (!suppress_set_find(set, keys[i], &found, err)) return false;
        lists[worker->rows[i]] |= found;
    }
    return true;
}

bool opt_outs_ask(const struct opt_outs *outs, const struct opt_out_columns *at,
                  struct opt_out_worker *worker, struct batch *batch, uint64_t lists[],
                  struct err *err)
{
    memset(lists, 0, batch->count * sizeof *lists);
    arena_reset(&worker->arena);
    worker->count = 0;
    for (uint32_t row = 0; row < batch->count; row++) {
        if (!add_record(outs, at, worker, batch, row, err)) return false;
    }
    return look_up(outs, worker, lists, err);
}
