#include "email.h"

#include "core/base/idn.h"
#include "core/base/memory.h"
#include "core/base/utf8.h"

// Longer text is no address; its key is its lower-case form.
enum { ADDRESS_BYTES_MAX = 1024 };

// What a provider makes of each byte of a local part.
struct email_reading {
    bool stays[256];
    char becomes[256];
};

static void make_reading(const struct email_provider *provider, struct email_reading *reading)
{
    for (int byte = 0; byte < 256; byte++) {
        char c = (char)byte;
        reading->stays[byte] = str_find(provider->drop, c) < 0;
        for (size_t i = 0; i < provider->turn.len; i += 2) {
            if (provider->turn.data[i] == c) c = provider->turn.data[i + 1];
        }
        reading->becomes[byte] = c;
    }
}

// Most domains are no provider's: the first byte and the length say so without a hash.
static uint32_t length_bit(str domain) { return 1u << (domain.len < 31 ? domain.len : 31); }

static void add_provider(struct email_providers *providers, size_t number)
{
    struct email_provider *row = &providers->rows[number];
    if (row->turn.len % 2) row->turn.len--;
    if (row->drop.len || row->turn.len) {
        make_reading(row, &providers->readings[number]);
        row->reading = &providers->readings[number];
    }
    if (row->domain.len) {
        providers->lengths[(unsigned char)row->domain.data[0]] |= length_bit(row->domain);
    }
    map_put(&providers->by_domain, row->domain, (uint32_t)number);
}

static bool load_table(struct email_providers *providers, struct rulebook *book, struct err *err)
{
    static const char file[] = "email/providers.tsv";
    struct table *table = &providers->table;
    int domain, key_domain, name, tag, drop, turn, subdomain;
    if (!table_load(table, book, STR("email/providers.tsv"), err)) return false;
    bool ok = table_need(table, file, "domain", &domain, err) &&
              table_need(table, file, "key_domain", &key_domain, err) &&
              table_need(table, file, "provider", &name, err) &&
              table_need(table, file, "tag", &tag, err) &&
              table_need(table, file, "drop", &drop, err) &&
              table_need(table, file, "turn", &turn, err) &&
              table_need(table, file, "subdomain", &subdomain, err);
    if (!ok) return false;
    providers->rows = memory_zeroed(table->rows, sizeof *providers->rows);
    providers->readings = memory_zeroed(table->rows, sizeof *providers->readings);
    for (size_t i = 0; i < table->rows; i++) {
        struct email_provider *row = &providers->rows[i];
        *row = (struct email_provider){.domain = table_cell(table, i, domain),
                                       .key_domain = table_cell(table, i, key_domain),
                                       .name = table_cell(table, i, name),
                                       .drop = table_cell(table, i, drop),
                                       .turn = table_cell(table, i, turn)};
        str cut = table_cell(table, i, tag);
        if (cut.len) row->tag = cut.data[0];
        row->subdomains = str_equal(table_cell(table, i, subdomain), STR("yes"));
        add_provider(providers, i);
    }
    providers->count = table->rows;
    return true;
}

// Providers that people mean when they mistype one are free mail without a line in the list.
static bool add_anchors(struct list *free_mail, struct rulebook *book, struct err *err)
{
    static const char file[] = "email/anchors.tsv";
    struct table table = {0};
    uint32_t is_in;
    int domain;
    bool ok = table_load(&table, book, STR("email/anchors.tsv"), err) &&
              table_need(&table, file, "domain", &domain, err);
    for (size_t i = 0; ok && i < table.rows; i++) {
        str item = table_cell(&table, i, domain);
        bool is_ending = str_starts(item, STR("."));
        if (!is_ending && !map_find(&free_mail->items, item, &is_in)) list_add(free_mail, item);
    }
    table_release(&table);
    return ok;
}

bool email_providers_load(struct email_providers *providers, struct rulebook *book, struct err *err)
{
    return load_table(providers, book, err) &&
           list_load(&providers->roles, book, STR("email/role.txt"), NULL, err) &&
           list_load(&providers->roles, book, STR("email/role_more.txt"), NULL, err) &&
           list_load(&providers->no_reply, book, STR("email/no_reply.txt"), NULL, err) &&
           list_load(&providers->free, book, STR("email/free.txt"), NULL, err) &&
           list_load(&providers->free, book, STR("email/free_more.txt"), NULL, err) &&
           add_anchors(&providers->free, book, err);
}

void email_providers_release(struct email_providers *providers)
{
    map_release(&providers->by_domain);
    memory_free(providers->rows);
    memory_free(providers->readings);
    table_release(&providers->table);
    list_release(&providers->roles);
    list_release(&providers->no_reply);
    list_release(&providers->free);
    *providers = (struct email_providers){0};
}

const struct email_provider *email_provider_of(const struct email_providers *providers, str domain)
{
    uint32_t at;
    if (domain.len == 0) return NULL;
    if (!(providers->lengths[(unsigned char)domain.data[0]] & length_bit(domain))) return NULL;
    return map_find(&providers->by_domain, domain, &at) ? &providers->rows[at] : NULL;
}

static const char *last_at(str address)
{
    return address.len ? memrchr(address.data, '@', address.len) : NULL;
}

str email_domain(str address)
{
    const char *at = last_at(address);
    return at ? str_from(address, (size_t)(at - address.data) + 1) : (str){"", 0};
}

str email_local(str address)
{
    const char *at = last_at(address);
    return at ? str_first(address, (size_t)(at - address.data)) : (str){"", 0};
}

str email_mailbox(str local)
{
    const char *plus = local.len > 1 ? memchr(local.data + 1, '+', local.len - 1) : NULL;
    return plus ? str_first(local, (size_t)(plus - local.data)) : local;
}

str email_stem(str mailbox)
{
    while (mailbox.len && byte_is_digit(mailbox.data[mailbox.len - 1])) mailbox.len--;
    return mailbox;
}

// Lower case by the simple mappings, composed. ASCII or not valid UTF-8: ASCII letters only.
static str lower(str s, struct arena *arena)
{
    if (str_is_small(s)) return s;
    char *out = arena_bytes(arena, s.len * 2 + 4);
    size_t len = 0;
    if (str_is_ascii(s) || !utf8_is_valid(s)) {
        for (; len < s.len; len++) out[len] = byte_lower(s.data[len]);
        arena_trim(arena, out + len);
        return (str){out, len};
    }
    for (size_t at = 0; at < s.len;) len += utf8_put(out + len, utf8_lower(utf8_next(s, &at)));
    arena_trim(arena, out + len);
    return utf8_nfc((str){out, len}, arena);
}

static str lower_local(str local, struct arena *arena)
{
    if (str_is_ascii(local) || !utf8_is_valid(local)) return lower(local, arena);
    // Lower case of a composed letter may compose further; three rounds settle every letter.
    for (int round = 0; round < 3; round++) {
        str next = lower(utf8_nfc(local, arena), arena);
        if (str_equal(next, local)) break;
        local = next;
    }
    return local;
}

static str lower_domain(str domain, struct arena *arena)
{
    str ascii;
    if (idn_is_plain(domain) || !utf8_is_valid(domain)) return lower(domain, arena);
    return idn_to_ascii(domain, arena, &ascii) ? ascii : lower_local(domain, arena);
}

// The local part as the provider reads it, in place. Nothing is left: as it was.
static str read_as(const struct email_provider *provider, char tag, str local, struct arena *arena)
{
    str cut = local;
    if (tag) {
        ptrdiff_t at = str_find(local, tag);
        if (at > 0) cut.len = (size_t)at;
    }
    if (!provider || !provider->reading) return cut;
    const struct email_reading *reading = provider->reading;
    char *out = arena_bytes(arena, cut.len);
    size_t len = 0;
    for (size_t i = 0; i < cut.len; i++) {
        unsigned char byte = (unsigned char)cut.data[i];
        out[len] = reading->becomes[byte];
        len += reading->stays[byte];
    }
    arena_trim(arena, out + len);
    if (len) return (str){out, len};
    arena_trim(arena, out);
    return local;
}

// x@user.fastmail.com: the provider, and *local becomes user.
static const struct email_provider *provider_by_parent(const struct email_providers *providers,
                                                       str domain, str *local)
{
    ptrdiff_t dot = str_find(domain, '.');
    if (dot <= 0) return NULL;
    str parent = str_from(domain, (size_t)dot + 1);
    const struct email_provider *provider = email_provider_of(providers, parent);
    if (!provider || !provider->subdomains) return NULL;
    *local = str_first(domain, (size_t)dot);
    return provider;
}

static str join(str local, str domain, struct arena *arena)
{
    char *out = arena_bytes(arena, local.len + 1 + domain.len);
    memcpy(out, local.data, local.len);
    out[local.len] = '@';
    memcpy(out + local.len + 1, domain.data, domain.len);
    return (str){out, local.len + 1 + domain.len};
}

static str key_of(const struct email_providers *providers, str address, char any_tag,
                  struct arena *arena)
{
    const char *at = last_at(address);
    if (!at) return (str){"", 0};
    str local = {address.data, (size_t)(at - address.data)};
    str domain = str_from(address, local.len + 1);
    if (local.len == 0 || domain.len == 0) return (str){"", 0};
    if (address.len > ADDRESS_BYTES_MAX) return lower(address, arena);
    bool is_plain = str_is_small(address) && (str_find(domain, '-') < 0 || idn_is_plain(domain));
    if (!is_plain) domain = lower_domain(domain, arena);
    const struct email_provider *provider = email_provider_of(providers, domain);
    if (!provider) provider = provider_by_parent(providers, domain, &local);
    if (is_plain && !provider && !any_tag) return address;
    // Lower case last: it depends on whether the text is valid, which cutting may change.
    local = read_as(provider, provider && provider->tag ? provider->tag : any_tag, local, arena);
    if (!is_plain || (provider && provider->reading)) local = lower_local(local, arena);
    str key_domain = provider ? provider->key_domain : domain;
    if (local.len + 1 + key_domain.len == address.len && str_starts(address, local) &&
        str_ends(address, key_domain)) {
        return address;
    }
    return join(local, key_domain, arena);
}

str email_key(const struct email_providers *providers, str address, struct arena *arena)
{
    return key_of(providers, address, '\0', arena);
}

str email_key_loose(const struct email_providers *providers, str address, struct arena *arena)
{
    return key_of(providers, address, '+', arena);
}

bool email_is_role(const struct email_providers *providers, str local)
{
    char small[64];
    if (local.len == 0 || local.len > sizeof small) return false;
    for (size_t i = 0; i < local.len; i++) small[i] = byte_lower(local.data[i]);
    str mailbox = email_mailbox((str){small, local.len});
    str stem = email_stem(mailbox);
    return list_has(&providers->roles, stem) || list_has(&providers->no_reply, stem) ||
           list_has(&providers->no_reply, mailbox);
}

bool email_is_free(const struct email_providers *providers, str domain)
{
    char small[256];
    if (domain.len == 0 || domain.len > sizeof small) return false;
    for (size_t i = 0; i < domain.len; i++) small[i] = byte_lower(domain.data[i]);
    str lower = {small, domain.len};
    uint32_t is_in; // also of one that the user has taken out
    if (map_find(&providers->free.items, lower, &is_in)) return is_in;
    return email_provider_of(providers, lower) != NULL;
}
