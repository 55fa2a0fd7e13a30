#include "digest.h"

#include <openssl/evp.h>

#include "memory.h"

enum { KEPT_BYTES = 16 };

static const struct {
    const char *name;
    size_t hex_digits, base64_digits; // the latter with the = behind them
    hash128 of_nothing;
} kinds[DIGEST_KINDS] = {
    {"MD5", 32, 24, {0xd41d8cd98f00b204u, 0xe9800998ecf8427eu}},
    {"SHA-1", 40, 28, {0xda39a3ee5e6b4b0du, 0x3255bfef95601890u}},
    {"SHA-256", 64, 44, {0xe3b0c44298fc1c14u, 0x9afbf4c8996fb924u}},
};

const char *digest_name(enum digest_kind kind) { return kinds[kind].name; }

// Eight hex digits as a number, the first digit on top; *bad gets bits where one is none.
static uint64_t read_eight(const char *digits, uint64_t *bad)
{
    uint64_t word;
    memcpy(&word, digits, sizeof word);
    uint64_t small = word_lower(word);
    uint64_t letters = word_between(small, 'a', 'f') >> 7;
    *bad |= ~(letters << 7 | word_between(small, '0', '9')) & 0x8080808080808080u;
    uint64_t values = (small & 0x0F0F0F0F0F0F0F0Fu) + letters * 9;
    values = __builtin_bswap64(values); // the first digit is the highest byte
    values = (values | values >> 4) & 0x00FF00FF00FF00FFu;
    values = (values | values >> 8) & 0x0000FFFF0000FFFFu;
    return (values | values >> 16) & 0xFFFFFFFFu;
}

static int base64_value(char c)
{
    if (byte_is_upper(c)) return c - 'A';
    if (byte_is_letter(c)) return c - 'a' + 26;
    if (byte_is_digit(c)) return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static uint64_t word_at(const unsigned char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return __builtin_bswap64(word);
}

static bool read_base64(str text, enum digest_kind *kind, hash128 *bits)
{
    unsigned char bytes[33];
    size_t len = 0, digits = text.len;
    while (digits && digits + 2 > text.len && text.data[digits - 1] == '=') digits--;
    for (*kind = 0; *kind < DIGEST_KINDS; ++*kind) {
        size_t padding = kinds[*kind].base64_digits * 3 / 4 - kinds[*kind].hex_digits / 2;
        if (kinds[*kind].base64_digits == text.len && digits + padding == text.len) break;
    }
    if (*kind == DIGEST_KINDS) return false;
    uint32_t held = 0, held_bits = 0;
    for (size_t i = 0; i < digits; i++) {
        int value = base64_value(text.data[i]);
        if (value < 0) return false;
        held = held << 6 | (uint32_t)value;
        held_bits += 6;
        if (held_bits < 8) continue;
        held_bits -= 8;
        bytes[len++] = (unsigned char)(held >> held_bits);
    }
    *bits = (hash128){word_at(bytes), word_at(bytes + KEPT_BYTES / 2)};
    return true;
}

bool digest_read(str text, enum digest_kind *kind, hash128 *bits)
{
    enum digest_kind found = 0;
    if (text.len && text.data[text.len - 1] == '=') return read_base64(text, kind, bits);
    while (found < DIGEST_KINDS && kinds[found].hex_digits != text.len) found++;
    if (found == DIGEST_KINDS) return false;
    uint64_t bad = 0, words[4];
    for (size_t i = 0; i < 4; i++) words[i] = read_eight(text.data + 8 * i, &bad);
    for (size_t at = 32; at < text.len; at += 8) (void)read_eight(text.data + at, &bad);
    *kind = found;
    *bits = (hash128){words[0] << 32 | words[1], words[2] << 32 | words[3]};
    return bad == 0;
}

bool digest_is_of_nothing(enum digest_kind kind, hash128 bits)
{
    return hash128_equal(kinds[kind].of_nothing, bits);
}

struct digester {
    EVP_MD_CTX *context;
    EVP_MD *methods[DIGEST_KINDS]; // NULL: not asked for yet
};

struct digester *digester_new(void) { return memory_zeroed(1, sizeof(struct digester)); }

void digester_free(struct digester *digester)
{
    if (!digester) return;
    for (int i = 0; i < DIGEST_KINDS; i++) EVP_MD_free(digester->methods[i]);
    EVP_MD_CTX_free(digester->context);
    memory_free(digester);
}

bool digester_first_bits(struct digester *digester, enum digest_kind kind, str text, hash128 *bits)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    if (!digester->context) digester->context = EVP_MD_CTX_new();
    EVP_MD **method = &digester->methods[kind];
    if (!*method) *method = EVP_MD_fetch(NULL, kinds[kind].name, NULL);
    if (!digester->context || !*method || !EVP_DigestInit_ex2(digester->context, *method, NULL) ||
        !EVP_DigestUpdate(digester->context, text.data, text.len) ||
        !EVP_DigestFinal_ex(digester->context, bytes, NULL)) {
        return false;
    }
    *bits = (hash128){word_at(bytes), word_at(bytes + KEPT_BYTES / 2)};
    return true;
}
