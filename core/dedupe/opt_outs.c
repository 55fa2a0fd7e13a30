#include "opt_outs.h"

#include "core/base/idn.h"
#include "core/base/utf8.h"

void opt_outs_init(struct opt_outs *outs, const struct email_providers *providers,
                   uint64_t bytes_max, const char *temp_dir)
{
    *outs = (struct opt_outs){.providers = providers};
    suppress_set_init(&outs->set, bytes_max, temp_dir);
}

void opt_outs_release(struct opt_outs *outs)
{
    suppress_set_release(&outs->set);
    arena_release(&outs->arena);
}

void opt_outs_begin_list(struct opt_outs *outs, str name, enum opt_out_meaning meaning)
{
    outs->lists[outs->list_count++] = (struct opt_out_list){name, meaning};
}

bool opt_outs_take_key(struct opt_outs *outs, hash128 key, struct err *err)
{
    outs->key_count++;
    return suppress_set_add(&outs->set, key, (unsigned)outs->list_count - 1, err);
}

// ---- domains

// Labels of letters, digits and hyphens, of any script, two at least; the last one has letters.
static bool is_domain(str text)
{
    enum { LENGTH_MAX = 253 };
    size_t label = 0, letters = 0, labels = 0;
    if (text.len > LENGTH_MAX) return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '.') {
            if (label == 0) return false;
            labels++;
            label = letters = 0;
            continue;
        }
        bool is_letter = byte_is_letter(c) || (unsigned char)c >= 0x80;
        if (!is_letter && !byte_is_digit(c) && c != '-') return false;
        label++;
        letters += is_letter;
    }
    return labels > 0 && label > 1 && letters > 1;
}

static str without(str text, const char *prefix)
{
    size_t len = strlen(prefix);
    return str_equal_nocase(str_first(text, len), str_of(prefix)) ? str_from(text, len) : text;
}

// In lower case, as A-labels; as it stands when it cannot be.
static str plain_domain(str domain, struct arena *arena)
{
    str ascii;
    if (str_is_small(domain)) return domain;
    if (!idn_is_plain(domain) && utf8_is_valid(domain) && idn_to_ascii(domain, arena, &ascii)) {
        return ascii;
    }
    char *out = arena_bytes(arena, domain.len);
    for (size_t i = 0; i < domain.len; i++) out[i] = byte_lower(domain.data[i]);
    return (str){out, domain.len};
}

str opt_outs_domain(str text, struct arena *arena)
{
    static const char *const prefixes[] = {"http://", "https://", "*", "@", ".", "www."};
    text = str_trim(text);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        text = without(text, prefixes[i]);
    }
    ptrdiff_t slash = str_find(text, '/');
    if (slash >= 0) text = str_first(text, (size_t)slash);
    if (text.len && text.data[text.len - 1] == '.') text.len--;
    return is_domain(text) ? plain_domain(text, arena) : (str){"", 0};
}

bool opt_outs_take_domain(struct opt_outs *outs, str domain, struct arena *arena, bool *is_entry,
                          struct err *err)
{
    domain = opt_outs_domain(domain, arena);
    *is_entry = domain.len > 0;
    outs->has_domains |= *is_entry;
    return !*is_entry || opt_outs_take_key(outs, key_of_text(KEY_OF_DOMAIN, domain), err);
}

// ---- other entries

// A number with its country code, less what people put between its digits. False for all else.
static bool is_number(str text, struct arena *arena, str *number)
{
    enum { DIGITS_MIN = 8, DIGITS_MAX = 15 };
    if (text.len < 2 || text.data[0] != '+') return false;
    char *out = arena_bytes(arena, DIGITS_MAX + 2);
    size_t len = 0;
    out[len++] = '+';
    for (size_t i = 1; i < text.len; i++) {
        if (strchr(" ()-./", text.data[i])) continue;
        if (!byte_is_digit(text.data[i]) || len > DIGITS_MAX) return false;
        out[len++] = text.data[i];
    }
    *number = (str){out, len};
    return len > DIGITS_MIN;
}

bool opt_outs_take_digest(struct opt_outs *outs, enum digest_kind kind, hash128 bits,
                          struct err *err)
{
    if (digest_is_of_nothing(kind, bits)) return true;
    outs->has_digests[kind] = true;
    return opt_outs_take_key(outs, bits, err);
}

bool opt_outs_take_cell(struct opt_outs *outs, str text, struct arena *arena, bool *is_entry,
                        struct err *err)
{
    enum digest_kind kind;
    hash128 bits;
    str number, address;
    *is_entry = true;
    if (digest_read(text, &kind, &bits)) return opt_outs_take_digest(outs, kind, bits, err);
    if (str_find(text, '@') > 0 && utf8_is_valid(text)) {
        const char *reason;
        address = email_clean(text, arena, NULL, &reason);
        address = email_key_loose(outs->providers, address, arena);
        if (address.len) {
            outs->has_plain = true;
            return opt_outs_take_key(outs, key_of_text(KEY_OF_MAILBOX, address), err);
        }
    }
    if (is_number(text, arena, &number)) {
        outs->has_plain = true;
        return opt_outs_take_key(outs, key_of_text(KEY_OF_NUMBER, number), err);
    }
    return opt_outs_take_domain(outs, text, arena, is_entry, err);
}

void opt_outs_note_unusable(struct opt_outs *outs, str file, uint64_t line)
{
    if (outs->unusable_count++ >= OPT_OUTS_UNUSABLE_SHOWN) return;
    outs->unusable[outs->unusable_count - 1] =
        arena_format(&outs->arena, "%.*s:%llu", STR_ARG(file), (unsigned long long)line);
}

// What this libcrypto cannot make is found here, not at the first lead.
static bool can_digest(const struct opt_outs *outs, struct err *err)
{
    struct digester *digester = digester_new();
    bool ok = true;
    for (enum digest_kind kind = 0; kind < DIGEST_KINDS && ok; kind++) {
        hash128 bits;
        if (!outs->has_digests[kind] || digester_first_bits(digester, kind, STR("x"), &bits)) {
            continue;
        }
        ok = err_set(err, ERR_IO, NULL, 0,
                     "the opt-out list holds %s digests, which libcrypto does not make here",
                     digest_name(kind));
    }
    digester_free(digester);
    return ok;
}

bool opt_outs_seal(struct opt_outs *outs, struct err *err)
{
    return can_digest(outs, err) && suppress_set_seal(&outs->set, err);
}
